"""What a client has to do with words: "ana coat" is what was written about a coat to Ana, or by her."""

import sqlite3
from collections.abc import Callable, Sequence

from stylistdesk.db.search import INDEXED, Indexed
from stylistdesk.domain.searching import grouped_number, needles_of, tokens_of

FEW_CLIENTS = 5
"""So many who are called so are meant at most, the newest; a first letter alone means nobody."""
NEWEST = 300
"""So many of theirs are looked through, of each kind."""

HERS: tuple[Indexed, ...] = tuple(
    one for one in INDEXED if one.kind not in ("client", "contact", "item", "company_file", "place", "sign_up")
)
"""What belongs to a client and has words or a number of its own."""


def hers(driver: sqlite3.Connection, parts: Sequence[str], ask: Callable[[Sequence[str]], str]) -> dict[str, list[int]]:
    """By kind, what has the rest of the words where the first or the last of them are a client's name, newest first.

    `ask` makes what the index of clients is asked.
    """
    for count in range(len(parts) - 1, 0, -1):
        for name, rest in ((parts[:count], parts[count:]), (parts[-count:], parts[:-count])):
            clients = _called(driver, name, ask)
            if clients:
                return _with_words(driver, clients, rest)
    return {}


def _called(driver: sqlite3.Connection, name: Sequence[str], ask: Callable[[Sequence[str]], str]) -> list[int]:
    """Who is called so: not whoever has the words in her tags or her description."""
    needles = needles_of(name)
    if max(map(len, needles), default=0) < 2:
        return []
    found = driver.execute(
        "SELECT id, name || ' ' || company FROM client WHERE id IN (SELECT rowid FROM search_of_client "
        f"WHERE search_of_client MATCH ? ORDER BY rowid DESC LIMIT {4 * FEW_CLIENTS}) ORDER BY id DESC",
        (ask(name),),
    )
    return [id_ for id_, called in found if _has(called, needles)][:FEW_CLIENTS]


def _with_words(driver: sqlite3.Connection, clients: Sequence[int], parts: Sequence[str]) -> dict[str, list[int]]:
    needles, number = needles_of(parts), grouped_number(" ".join(parts))
    marks = ", ".join("?" * len(clients))
    found: dict[str, list[int]] = {}
    for one in HERS:
        # From her rows to the words, not from the words to her: a million rows may have them.
        rows = driver.execute(
            f'SELECT id, said FROM {one.rows} WHERE id IN (SELECT id FROM "{one.table}" WHERE client_id IN ({marks}) '
            f"AND {one.plain()} <> '' ORDER BY id DESC LIMIT {NEWEST}) ORDER BY id DESC",
            tuple(clients),
        )
        has_number = (number,) if number and one.numbers else needles
        if ids := [id_ for id_, said in rows if _has(said, needles) or _has(said, has_number)]:
            found[one.kind] = ids
    return found


def _has(text: str, needles: Sequence[str]) -> bool:
    """Whether a word of the text begins with each of the needles."""
    tokens = tokens_of(text)
    return all(any(token.startswith(needle) for token in tokens) for needle in needles)
