"""What a client has to do with words: "ana coat" is what was written about a coat to Ana, or by her.

What has a day is also found by it, and by what it is: "ana monday", "ana 2026-11-23", "ana appointments".
"""

import sqlite3
from collections.abc import Callable, Sequence

from stylistdesk.db.search import Indexed
from stylistdesk.domain.searching import grouped_number, needles_of, tokens_of
from stylistdesk.domain.spoken_dates import ways_to_say
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.search_told import local_day

FEW_CLIENTS = 5
"""So many who are called so are meant at most, the newest; a first letter alone means nobody."""
NEWEST = 300
"""So many of theirs are looked through, of each kind."""

Asks = Callable[[Sequence[str]], str]
"""Makes of the words of a name what the index of clients is asked."""

NOT_HERS = frozenset({"client", "contact", "item", "company_file", "place", "sign_up"})
"""What belongs to no client, or has no words or number of its own."""

DATED = {
    "appointment": ("t.starts_at", "'appointments ' || CASE WHEN t.cancelled_at IS NOT NULL THEN 'cancelled' "
        "WHEN t.confirmed_at IS NOT NULL THEN 'confirmed' ELSE 'unconfirmed' END"),
    "session": ("t.consultation_at", "'sessions appointments assignments'"),
    "task": ("t.due_on", "'tasks ' || CASE WHEN t.done_at IS NULL THEN 'open' ELSE 'done' END"),
    "follow_up": ("coalesce(t.due_on, t.completed_at)", "'follow-ups ' || t.status || ' ' || coalesce(t.channel, '')"),
}  # fmt: skip
"""What is also found by its day: which that is, and what it is."""


def hers(
    asking: Asking, driver: sqlite3.Connection, kinds: Sequence[Indexed], parts: Sequence[str], ask: Asks
) -> dict[str, list[int]]:
    """By kind, what has the rest of the words where the first or the last of them are a client's name, newest first."""
    theirs = [one for one in kinds if one.kind not in NOT_HERS]
    for count in range(len(parts) - 1, 0, -1):
        for name, rest in ((parts[:count], parts[count:]), (parts[-count:], parts[:-count])):
            clients = _called(driver, name, ask)
            if clients:
                return _with_words(asking, driver, theirs, clients, rest)
    return {}


def _called(driver: sqlite3.Connection, name: Sequence[str], ask: Asks) -> list[int]:
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


def _with_words(
    asking: Asking,
    driver: sqlite3.Connection,
    kinds: Sequence[Indexed],
    clients: Sequence[int],
    parts: Sequence[str],
) -> dict[str, list[int]]:
    needles, number = tokens_of(" ".join(parts)), grouped_number(" ".join(parts))
    today = asking.now.astimezone(asking.zone).date()
    found: dict[str, list[int]] = {}
    for one in kinds:
        has_number = (number,) if number and one.numbers else needles
        for id_, words, at, what in driver.execute(_rows(one, len(clients)), tuple(clients)):
            said = f"{words} {what} {ways_to_say(local_day(asking, at), today)}" if at else f"{words} {what}"
            if _has(said, needles) or _has(said, has_number):
                found.setdefault(one.kind, []).append(id_)
    return found


def _rows(one: Indexed, clients: int) -> str:
    """From her rows to the words, not from the words to her: a million rows may have them."""
    said = f"SELECT v.said FROM {one.rows} v WHERE v.id = t.id"
    day, what = DATED.get(one.kind, ("NULL", "''"))
    has_words, latest = ("", f"{day} DESC, ") if one.kind in DATED else (f"AND {one.plain('t.')} <> '' ", "")
    return (
        f"SELECT t.id, coalesce(({said}), ''), {day}, {what} FROM \"{one.table}\" t "
        f"WHERE t.client_id IN ({', '.join('?' * clients)}) {has_words}ORDER BY {latest}t.id DESC LIMIT {NEWEST}"
    )


def _has(text: str, needles: Sequence[str]) -> bool:
    """Whether a word of the text begins with each of the needles."""
    tokens = tokens_of(text)
    return all(any(token.startswith(needle) for token in tokens) for needle in needles)
