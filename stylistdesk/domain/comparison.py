"""A copy of the desk beside the desk: what restoring it would change, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

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
class Comparison:
    """A copy beside the desk. `lacks` counts by kind what only the desk has, `adds` what only the copy has.

    `since` is how many changes were made on the desk since the copy; `None` where the two have gone different ways.
    `erased` clients were erased for good since the copy, which still has them.
    """

    lacks: dict[str, int]
    adds: dict[str, int]
    lost: Names
    back: Names
    changed: Names
    since: int | None
    erased: int = 0

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
        return "it went another way"
    return "nothing has changed since" if since == 0 else f"{counted(since, 'change')} since"


def say_comparison(found: Comparison) -> list[tuple[str, str]]:
    """What restoring the copy would change: a heading and its words, line by line."""
    if found.is_same:
        return [("Same", "The desk holds what the copy holds: nothing has changed since.")]
    said = []
    if found.since is None:
        said.append(("Apart", "The two have gone different ways: each has changes that the other has not."))
    else:
        said.append(("Since then", f"{counted(found.since, 'change')} on the desk, which a restore takes away."))
    if found.lacks:
        said.append(("Fewer", f"{say_rows(found.lacks)} fewer in the copy."))
    if found.adds:
        said.append(("More", f"{say_rows(found.adds)} more in the copy."))
    for heading, names, words in (
        ("Gone", found.lost, "only on the desk"),
        ("Back", found.back, "only in the copy"),
        ("Changed", found.changed, "changed since"),
    ):
        if names.count:
            said.append((heading, f"{counted(names.count, 'client')} {words}: {names}."))
    if found.erased:
        said.append(
            ("Erased", f"{counted(found.erased, 'client')} erased for good since would be back: erase them again.")
        )
    return said
