"""Finding anything as it is typed (R43): what the index has of the words, by kind, and what each thing is.

Whole words come before beginnings of words, and the newest before the older; nothing is ranked over a million hits. A
name that begins with what was typed comes first of all, and before any kind what is called just so. Where no person is
found, those are who are nearly called so; where nothing at all is found, everything that nearly has the words.
"""

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from stylistdesk.db.search import INDEXED, Indexed
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.searching import (
    dialled,
    grouped_number,
    marks,
    needles_of,
    parts_of,
    tokens_joined,
    tokens_of,
    without_small_words,
)
from stylistdesk.domain.text import plain_letters
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.search_day import on_a_day
from stylistdesk.queries.search_hers import CALLED, hers, nearly_hers, of_a_kind
from stylistdesk.queries.search_told import PHONED, Hit, last_of_theirs, told

EACH = 5
"""So many of each kind are shown among all kinds; of one kind alone, `ALONE`."""
ALONE = 100

PEOPLE = frozenset({"client", "contact"})
NUMBERED = frozenset(one.kind for one in INDEXED if one.numbers) - {"place"}
NAMED = PEOPLE | {"event", "item", "sign_up"}
MOST_WITH_IT = 50
"""Where more have the words than are shown, so many are looked at for the one that is called just so."""
FEW = 3
"""Where fewer things than that have the words, and none is a person, she may have meant one."""
NEAREST = 4
"""At most so many words are tried in the place of one that nothing has."""


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one kind; `more` where there are others, `near` where they only nearly have the words."""

    kind: str
    hits: tuple[Hit, ...]
    more: bool
    near: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for what was typed, and which beginnings of words are to be marked in it; the day, if one."""

    typed: str
    groups: tuple[Group, ...] = ()
    needles: tuple[str, ...] = ()
    day: date | None = None


class Vocabulary:
    """The words in the index, for what is nearly right."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """`words` by kind of thing; only those of letters alone count."""
        self._words = {kind: sorted(word for word in those if word.isalpha()) for kind, those in words.items()}
        every = {word for those in self._words.values() for word in those}
        # Whatever is one slip away from a word has one of the word's first two letters in one of its own first places.
        self._begins: dict[tuple[int, int, str], list[str]] = {}
        for size in range(SHORTEST, LONGEST + 2):
            for begin in {word[:size] for word in every if size - 2 <= len(word) >= SHORTEST - 1}:
                for place in (0, 1):
                    self._begins.setdefault((size, place, begin[place]), []).append(begin)
        self._near: dict[str, tuple[str, ...]] = {}

    def has(self, kind: str, begin: str) -> bool:
        """Whether a word of this kind of thing begins so."""
        words = self._words.get(kind, [])
        at = bisect_left(words, begin)
        return at < len(words) and words[at].startswith(begin)

    def near(self, kind: str, token: str) -> list[str]:
        """What words of this kind of thing begin with that is nearly the token, the nearest first."""
        token = token[:LONGEST]
        if token not in self._near:
            self._near[token] = self._nearly(token)
        return [begin for begin in self._near[token] if self.has(kind, begin)][:NEAREST]

    def _nearly(self, token: str) -> tuple[str, ...]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(token) < SHORTEST or not token.isalpha():
            return ()
        most = 1 if len(token) < TWO_FROM else 2
        found: dict[str, int] = {}
        for size in (len(token), len(token) + 1):
            for place in (0, 1):
                for letter in {token[0], token[1]}:
                    begins = self._begins.get((size, place, letter), ())
                    near = process.extract(token, begins, scorer=OSA.distance, score_cutoff=most, limit=10 * NEAREST)
                    found |= {begin: int(distance) for begin, distance, _ in near}
        # Of a short word, another first letter makes another word.
        # Nor is it the same word with two slips and another first letter: "today" is not "monday".
        kept = [begin for begin in found if begin[0] == token[0] or (len(token) > SHORTEST and found[begin] < 2)]
        return tuple(sorted(kept, key=lambda begin: (found[begin], begin[0] != token[0], begin)))


SHORTEST, LONGEST, TWO_FROM = 3, 10, 6
"""Words from so many letters on can be mistyped, and are looked at up to so many; from `TWO_FROM` on, twice."""


def vocabulary(asking: Asking) -> Vocabulary:
    """The words in the index, to find near misses among. Takes a while on a large desk: ask in the background."""
    driver = _driver(asking)
    with _damage_told():
        return Vocabulary(
            {
                one.kind: [
                    *(row[0] for row in driver.execute(f"SELECT term FROM {one.vocabulary}")),
                    *tokens_of(CALLED.get(one.kind, "")),
                ]
                for one in _indexed(driver)
            }
        )


@contextmanager
def _damage_told() -> Iterator[None]:
    """A damaged index is no damage of the desk: whoever opens it to write makes it anew. Raises `Refused`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise Refused(
            f"The index of the search is damaged ({error}); nothing of yours is.",
            hint="`stylistdesk check` makes it anew, with the desk closed.",
        ) from error


def _indexed(driver: sqlite3.Connection) -> list[Indexed]:
    """What the file has an index of: one that can only be read may be of an earlier stylistdesk."""
    there = {row[0] for row in driver.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'search_of_%'")}
    return [one for one in INDEXED if one.index in there]


def search(asking: Asking, typed: str, known: Vocabulary | None = None, *, only: str = "", each: int = EACH) -> Found:
    """What has all the words that were typed, at most `each` of a kind, or of `only` one kind."""
    parts = parts_of(typed)
    if not parts:
        return Found(typed)
    with _damage_told():
        return _found(asking, typed, parts, known, only, each)


def _found(asking: Asking, typed: str, parts: Sequence[str], known: Vocabulary | None, only: str, each: int) -> Found:
    driver = _driver(asking)
    kinds = [one for one in _indexed(driver) if only in ("", one.kind)]
    said = typed
    day, also = on_a_day(asking, driver, typed, each + 1)
    clients: Sequence[int] = ()
    if not also:
        clients, also = hers(asking, driver, kinds, parts, _begun)
    if not also:
        having = partial(_having, driver, each + 1)
        also = of_a_kind(asking, driver, kinds, parts, each + 1, having)
    groups = _right(asking, driver, kinds, parts, said, each, also)
    if not groups and (fewer := without_small_words(parts)) != parts:
        parts, said = fewer, " ".join(fewer)
        groups = _right(asking, driver, kinds, parts, said, each, also)
    needles = set(_needles(parts, said))
    if known is not None and day is None and not also and not PEOPLE & groups.keys():
        tokens = dict.fromkeys(token for part in parts for token in tokens_of(part))
        few = sum(len(group.hits) for group in groups.values()) < FEW
        nearly: dict[str, Group] = {}
        for one in kinds:
            if one.kind not in groups and (not groups or (few and one.kind in PEOPLE)):
                meant = {t: [t] if known.has(one.kind, t) else known.near(one.kind, t) for t in tokens}
                near = {word for token, words in meant.items() for word in words if word != token}
                if near and all(meant.values()):
                    _add(asking, driver, nearly, one, _nearly(meant), each, (*needles, *near), near=True)
                    needles |= near if one.kind in nearly else set()
        if not groups and not nearly.keys() - PEOPLE:
            also = nearly_hers(asking, driver, kinds, parts, _begun, known.near)
            for one in kinds:
                if one.kind not in nearly:
                    _add(asking, driver, nearly, one, (), each, tuple(needles), also.get(one.kind, ()), near=True)
        groups |= nearly
    if clients and "item" in groups:
        hits = tuple(last_of_theirs(asking, driver, hit, clients) for hit in groups["item"].hits)
        groups["item"] = replace(groups["item"], hits=hits)
    in_order = [_exact_first(asking, driver, one, groups[one.kind], parts) for one in kinds if one.kind in groups]
    ordered = tuple(sorted(in_order, key=lambda group: not _is_exactly(group.hits[0], parts)))
    return Found(typed, ordered, tuple(sorted(needles, key=len, reverse=True)), day)


def _needles(parts: Sequence[str], typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (*needles_of((*parts, typed)), grouped_number(" ".join(parts)))))


def _right(
    asking: Asking,
    driver: sqlite3.Connection,
    kinds: Sequence[Indexed],
    parts: Sequence[str],
    typed: str,
    each: int,
    also: Mapping[str, Sequence[int]],
) -> dict[str, Group]:
    """What has all the words; `also` is what is hers beside her name."""
    groups: dict[str, Group] = {}
    needles = _needles(parts, typed)
    for one in kinds:
        _add(asking, driver, groups, one, _asked(one, parts, typed), each, needles, also.get(one.kind, ()))
    return groups


def _having(driver: sqlite3.Connection, most: int, one: Indexed, parts: Sequence[str]) -> list[int]:
    return _ids(driver, one, _asked(one, parts, " ".join(parts)), most)


def _begun(name: Sequence[str]) -> str:
    return " AND ".join(map(_beginning, name))


def _driver(asking: Asking) -> sqlite3.Connection:
    driver: Any = asking.session.connection().connection.driver_connection  # a keystroke asks some fifty times
    return driver  # type: ignore[no-any-return]


# ---------------------------------------------------------------- asking the index


def _asked(one: Indexed, parts: Sequence[str], typed: str) -> Iterator[str]:
    """What the index is asked, one after the other until there is enough."""
    whole, begun = [_phrase(part) for part in parts], [_beginning(part) for part in parts]
    if one.names and not dialled(parts[0]):
        yield " AND ".join(["^" + whole[0], *whole[1:]])
        yield " AND ".join(["^" + begun[0], *begun[1:]])
    yield " AND ".join(whole)
    if len(parts) > 1:  # what she still types is the last: of whole words the index has a list at hand
        yield " AND ".join([*whole[:-1], begun[-1]])
    yield " AND ".join(begun)
    if one.numbers and (number := grouped_number(" ".join(parts))):
        yield f'"{number}" *'
    if one.phones and (digits := dialled(typed)):
        yield f'"{digits}" *'
        if digits.startswith("0"):  # as it is dialled at home: the country is in its place
            yield f'"{digits[1:]}" *'


def _phrase(part: str) -> str:
    return '"' + plain_letters(part).replace('"', '""') + '"'


def _beginning(part: str) -> str:
    digits = dialled(part)
    if digits and digits != part:
        return f'({_phrase(part)} * OR "{digits}" *)'
    return f"{_phrase(part)} *"


def _nearly(meant: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The nearest of each word first; then any of them."""
    for star in ("", " *"):
        yield " AND ".join(f'"{words[0]}"{star}' for words in meant.values())
    yield " AND ".join("(" + " OR ".join(f'"{word}" *' for word in words) + ")" for words in meant.values())


def _add(
    asking: Asking,
    driver: sqlite3.Connection,
    groups: dict[str, Group],
    one: Indexed,
    asked: Iterable[str],
    each: int,
    needles: Sequence[str],
    also: Sequence[int] = (),
    *,
    near: bool = False,
) -> None:
    most = each + 1 if one.kind != "contact" else 4 * each + 1
    ids = list(dict.fromkeys((*_ids(driver, one, asked, most), *also)))[:most]
    hits = told(asking, driver, one, ids) if ids else []
    if one.kind == "contact" and "client" in groups:
        # A contact who is called as the client is says nothing more than the client does.
        shown = {hit.client_id for hit in groups["client"].hits}
        hits = [hit for hit in hits if hit.client_id not in shown or marks(f"{hit.title} {hit.text}", needles)]
    if hits:
        groups[one.kind] = Group(one.kind, tuple(hits[:each]), len(hits) > each, near)


def _exact_first(asking: Asking, driver: sqlite3.Connection, one: Indexed, group: Group, parts: Sequence[str]) -> Group:
    """The same group, with what has just this number, name or address before all else."""
    exact = [hit for hit in group.hits if _is_exactly(hit, parts)]
    if not exact and group.more and one.kind in (*NUMBERED, *NAMED):
        ids = _ids(driver, one, [_phrase(" ".join(parts))], MOST_WITH_IT)
        exact = [hit for hit in told(asking, driver, one, ids) if _is_exactly(hit, parts)]
    return replace(group, hits=tuple(dict.fromkeys((*exact, *group.hits)))[: len(group.hits)]) if exact else group


def _is_exactly(hit: Hit, parts: Sequence[str]) -> bool:
    """Whether all that was typed is the thing's number, its name, or one of its addresses."""
    called = [hit.title] if hit.kind in NUMBERED else [hit.title or hit.who] if hit.kind in NAMED else []
    if hit.kind in PHONED:
        called += hit.text.split("  ")
    return tokens_joined(" ".join(parts)) in map(tokens_joined, called)


def _ids(driver: sqlite3.Connection, one: Indexed, asked: Iterable[str], most: int) -> list[int]:
    """The newest that the first question finds, then those of the next ones, until there are enough."""
    statement = f"SELECT rowid FROM {one.index} WHERE {one.index} MATCH ? ORDER BY rowid DESC LIMIT ?"
    found: dict[int, None] = {}
    for question in asked:
        found |= dict.fromkeys(row[0] for row in driver.execute(statement, (question, most)))
        if len(found) >= most:
            break
    return list(found)[:most]
