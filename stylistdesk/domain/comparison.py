"""A copy of the desk beside the desk: what restoring it would change, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stylistdesk.domain.text import counted

MOST_NAMES = 20
"""So many clients are told by their names."""

_WORDS = {
    "goods_return": "return",
    "consent": "consent entry",
    "csat_response": "CSAT response",
    "host_event": "event",
    "follow_up": "follow-up",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Clients by name, at most `MOST_NAMES` of so many."""

    names: tuple[str, ...] = ()
    count: int = 0

    def __str__(self) -> str:
        more = f" and {self.count - len(self.names):,} more" if self.count > len(self.names) else ""
        return ", ".join(self.names) + more


@dataclass(frozen=True, slots=True)
class Returned:
    """A client who was erased for good on a day, and whom a copy still has: her number and her name there."""

    number: int
    name: str
    on: date

    def __str__(self) -> str:
        return f"{self.name} (client {self.number}), erased for good on {self.on:%-d %b %Y}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A copy beside the desk. `lacks` counts by kind what only the desk has, `adds` what only the copy has.

    `since` is how many changes were made on the desk since the copy; `None` where the copy has changes of its own.
    `erased` are the clients who were erased for good, and whom the copy still has.
    """

    lacks: dict[str, int]
    adds: dict[str, int]
    lost: Names
    back: Names
    changed: Names
    since: int | None
    erased: tuple[Returned, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether the desk and the copy hold the same, as far as the journal knows."""
        return self.since == 0 and not self.lacks and not self.adds


def say_rows(rows: Mapping[str, int], most: int = 99) -> str:
    """Rows by kind: "12 clients, 40 notes", at most so many kinds."""
    said = [counted(count, _WORDS.get(kind, kind)) for kind, count in rows.items()]
    more = f", {len(said) - most} more kinds" if len(said) > most + 1 else ""
    return ", ".join(said[:most] if more else said) + more


def say_since(since: int | None) -> str:
    """How many changes were made since a copy."""
    if since is None:
        return "it has changes that are not here"
    return "nothing has changed since" if since == 0 else f"{counted(since, 'change')} since"


def say_beyond(beyond: Mapping[str, int], most: int = 99) -> str:
    """What the desk has beyond a backup, and what it lacks of it: "2 clients more here; 1 note fewer here"."""
    more = say_rows({kind: count for kind, count in beyond.items() if count > 0}, most)
    fewer = say_rows({kind: -count for kind, count in beyond.items() if count < 0}, most)
    return "; ".join(f"{rows} {how} here" for rows, how in ((more, "more"), (fewer, "fewer")) if rows)


def say_comparison(found: Comparison) -> list[tuple[str, str]]:
    """What restoring the copy would change: a heading and its words, line by line."""
    if found.is_same:
        return [("Same", "The desk holds what the copy holds: nothing has changed since.")]
    said = []
    if found.since is None:
        said.append(("Apart", "The copy has changes that are not on the desk, and the desk may have others."))
    else:
        said.append(("Since then", f"{counted(found.since, 'change')} on the desk, which a restore takes away."))
    both = ((say_rows(found.lacks), "fewer"), (say_rows(found.adds), "more"))
    if counts := "; ".join(f"{rows} {how}" for rows, how in both if rows):
        said.append(("In all", f"{counts} in the copy."))
    for heading, names, words in (
        ("Gone", found.lost, "only on the desk"),
        ("Back", found.back, "only in the copy"),
        ("Changed", found.changed, "changed since"),
    ):
        if names.count:
            said.append((heading, f"{counted(names.count, 'client')} {words}: {names}."))
    if found.erased:
        back = "; ".join(map(str, found.erased[:MOST_NAMES]))
        more = f"; and {len(found.erased) - MOST_NAMES:,} more" if len(found.erased) > MOST_NAMES else ""
        said.append(("Erased", f"Would be back: {back}{more}. Erase them again after the restore."))
    return said


def say_returned(found: Sequence[Returned], how: str) -> list[str]:
    """Who is back though she was erased, a sentence each, and `how` she is erased again, with `{number}` in it."""
    return [f"{one}, is back by the restore: erase her again with {how.format(number=one.number)}." for one in found]
