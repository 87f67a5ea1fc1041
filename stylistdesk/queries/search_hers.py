"""What a client has to do with words: "ana coat" is what was written about a coat to Ana, or by her.

Each is found by what its kind is called too: "ana orders", "ana appointments", "ticket hollis"; what has a day also by
that: "ana monday", "ana 2026-11-23".
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from stylistdesk.db.search import Indexed
from stylistdesk.domain.searching import grouped_number, needles_of, tokens_of, without_small_words
from stylistdesk.domain.spoken_dates import ways_to_say
from stylistdesk.domain.text import folded
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.search_told import NAMING, TIMED, local_day

FEW_CLIENTS = 5
"""So many who are called so are meant at most, the newest; a first letter alone means nobody."""
NEWEST = 300
"""So many of theirs are looked through, of each kind."""

LOOKED_THROUGH = 20_000
"""Among so many of the last signals it is looked for comments."""

LONGEST_NAME = 2
"""So many words of a name may be mistyped."""

Asks = Callable[[Sequence[str]], str]
"""Makes of the words of a name what the index of clients is asked."""
Having = Callable[[Indexed, Sequence[str]], list[int]]
"""The newest of a kind that have these words."""
Near = Callable[[str, str], Sequence[str]]
"""Which words of a kind are nearly this one."""

CALLED = {
    "client": "clients",
    "contact": "contacts",
    "order": "orders",
    "certificate": "gift certificates",
    "return": "returns",
    "event": "events",
    "item": "items",
    "note": "notes",
    "message": "messages emails texts calls",
    "comment": "comments",
    "task": "tasks",
    "follow_up": "follow-ups followups",
    "appointment": "appointments",
    "session": "sessions appointments assignments",
    "ticket": "tickets",
    "lookbook": "lookbooks",
    "place": "places locations",
    "attachment": "attachments files",
    "sign_up": "sign-ups signups",
}
"""What the kinds are called beside a client's name. What belongs to no client is not here."""
CALLED_FROM = 3
"""So many letters of it are meant for it: a first letter may begin any word."""

BY_KIND = frozenset({"client", "contact", "place", "sign_up"})
"""What has her name, or nothing of its own: found beside her name only as what it is called."""

LATEST = {
    "order": "t.placed_at",
    "certificate": "t.sold_on",
    "return": "t.opened_on",
    "event": "t.opens_on",
    "note": "t.written_at",
    "message": "t.sent_at",
    "comment": "t.occurred_at",
    "ticket": "t.drafted_at",
    "lookbook": "t.delivered_at",
    "attachment": "t.added_at",
}
"""Which day of it says what is newest; of the others, that is the last to be put down."""

DATED = {
    "appointment": ("t.starts_at", "'appointments ' || CASE WHEN t.cancelled_at IS NOT NULL THEN 'cancelled' "
        "WHEN t.confirmed_at IS NOT NULL THEN 'confirmed' ELSE 'unconfirmed' END"),
    "session": ("t.consultation_at", "'sessions appointments assignments'"),
    "task": ("t.due_on", "'tasks ' || CASE WHEN t.done_at IS NULL THEN 'open' ELSE 'done' END"),
    "follow_up": ("coalesce(t.due_on, t.completed_at)", "'follow-ups ' || t.status || ' ' || coalesce(t.channel, '')"),
}  # fmt: skip
"""What is also found by its day: which that is, and what it is."""
STILL = {"task": "t.done_at IS NULL", "follow_up": "t.status = 'scheduled'"}
"""What is still to do, of what can be done."""


def of_a_kind(
    asking: Asking,
    driver: sqlite3.Connection,
    kinds: Sequence[Indexed],
    parts: Sequence[str],
    most: int,
    having: Having,
) -> dict[str, list[int]]:
    """What has the rest of the words, of the kind that is called as they begin or end: "order 1042".

    Of a kind alone it is what comes next, or was last: "gift certificates", "tasks".
    """
    found: dict[str, list[int]] = {}
    for one in kinds:
        called = set(tokens_of(CALLED.get(one.kind, "")))
        is_name = [bool(tokens := tokens_of(part)) and all({t, f"{t}s"} & called for t in tokens) for part in parts]
        if all(is_name):
            found[one.kind] = _at_hand(asking, driver, one, most)
        elif is_name[0] or is_name[-1]:
            rest = [part for part, is_its_name in zip(parts, is_name, strict=True) if not is_its_name]
            found[one.kind] = having(one, rest)
    return {kind: ids for kind, ids in found.items() if ids}


def _at_hand(asking: Asking, driver: sqlite3.Connection, one: Indexed, most: int) -> list[int]:
    """What is still to do and when, or comes next; else the newest. Only what was put down lately is looked through."""
    day, today = DATED.get(one.kind, (LATEST.get(one.kind, "NULL"),))[0], f"{asking.now:%Y-%m-%d}"
    last = f'(SELECT max(id) FROM "{one.table}") - {LOOKED_THROUGH}'
    where = {**STILL, "comment": f"t.id > {last} AND {one.plain('t.')} <> ''"}.get(one.kind, "1")
    rows = driver.execute(f'SELECT t.id, {day} FROM "{one.table}" t WHERE {where} ORDER BY t.id DESC LIMIT {NEWEST}')
    ahead, past = list[tuple[str, int]](), list[tuple[str, int]]()
    for id_, at in rows:
        comes = one.kind in DATED and (one.kind in STILL or (at or "") >= today)
        (ahead if comes else past).append((at or "", id_))
    in_order = (*sorted(ahead), *sorted(past, reverse=True))
    return [id_ for _, id_ in in_order[:most]]


def hers(
    asking: Asking, driver: sqlite3.Connection, kinds: Sequence[Indexed], parts: Sequence[str], ask: Asks
) -> tuple[Sequence[int], dict[str, list[int]]]:
    """By kind, what has the rest of the words where the first or the last of them are a client's name, newest first.

    Also who that is: a first name may be that of several.
    """
    theirs = [one for one in kinds if one.kind in CALLED]
    for name, rest in _names(parts, len(parts) - 1):
        clients = _called(driver, without_small_words(name), ask)
        if clients and (found := _with_words(asking, driver, theirs, clients, rest)):
            return clients, found
    return (), {}


def nearly_hers(
    asking: Asking, driver: sqlite3.Connection, kinds: Sequence[Indexed], parts: Sequence[str], ask: Asks, near: Near
) -> dict[str, list[int]]:
    """The same, where either her name or the rest of the words is only nearly so."""
    theirs = [one for one in kinds if one.kind in CALLED]
    for name, rest in _names(parts, LONGEST_NAME):
        clients = _called(driver, name, ask)
        if clients:
            return _with_words(asking, driver, theirs, clients, rest, near)
    for name, rest in _names(parts, LONGEST_NAME):
        for at, part in enumerate(name):
            for meant in near("client", folded(part)):
                clients = _called(driver, (*name[:at], meant, *name[at + 1 :]), ask)
                if clients and (found := _with_words(asking, driver, theirs, clients, rest)):
                    return found
    return {}


def _names(parts: Sequence[str], longest: int) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """What may be a name at the beginning or at the end, of at most so many words, and the rest; the longest first."""
    for count in range(min(longest, len(parts) - 1), 0, -1):
        yield parts[:count], parts[count:]
        yield parts[-count:], parts[:-count]


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
    near: Near | None = None,
) -> dict[str, list[int]]:
    """What has them all, or nearly has them; where nothing has, what has them but for the small words."""
    every, bare = tokens_of(" ".join(parts)), " ".join(without_small_words(parts))
    number = grouped_number(bare)
    today = asking.now.astimezone(asking.zone).date()
    found: dict[str, list[int]] = {}
    with_all: dict[str, list[int]] = {}
    for one in kinds:
        needles = [(token, *(near(one.kind, token) if near else ())) for token in tokens_of(bare)]
        is_called = _is_called(one, needles)
        if (one.kind in BY_KIND and not is_called) or (near and not any(ways[1:] for ways in needles)):
            continue
        has_number = [(number,)] if number and one.numbers else needles
        asked = _items(len(clients)) if one.kind == "item" else _rows(one, len(clients), is_called=is_called)
        rows = driver.execute(asked, {f"c{at}": id_ for at, id_ in enumerate(clients)}).fetchall()
        if one.kind in TIMED:  # the newest day first, and of one day the first hour
            rows.sort(key=lambda row: row[2] or "")
            rows.sort(key=lambda row: local_day(asking, row[2]) if row[2] else date.min, reverse=True)
        for id_, words, at, what in rows:
            said = f"{words} {what} {ways_to_say(local_day(asking, at), today)}" if at else f"{words} {what}"
            if _has(said, needles) or _has(said, has_number):
                found.setdefault(one.kind, []).append(id_)
                if _has(said, every):
                    with_all.setdefault(one.kind, []).append(id_)
    return with_all or found


def _is_called(one: Indexed, needles: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of the words is for what this kind is called."""
    words = [word for ways in needles for word in ways if len(word) >= CALLED_FROM]
    return any(_has(CALLED[one.kind], (word,)) for word in words)


def _rows(one: Indexed, clients: int, *, is_called: bool) -> str:
    """From her rows to the words, not from the words to her: a million rows may have them."""
    said = f"SELECT v.said FROM {one.rows} v WHERE v.id = t.id"
    day, what = DATED.get(one.kind, ("NULL", f"'{CALLED[one.kind]}'" if is_called else "''"))
    if one.kind == "message" and is_called:
        what = "'messages ' || t.channel || 's'"
    if one.kind == "certificate":  # beside who bought it, also who gets it is found, and the other way round
        other = f"CASE WHEN t.client_id IN ({_places(clients)}) THEN t.for_client_id ELSE t.client_id END"
        what += f" || ' ' || coalesce((SELECT name FROM client WHERE id = {other}), '')"
    latest = f"{DATED[one.kind][0] if one.kind in DATED else LATEST.get(one.kind, 't.id')} DESC, t.id DESC"
    needs_words = one.kind == "comment" or not (is_called or one.kind in DATED)  # most signals have no comment
    has_words = f"AND {one.plain('t.')} <> '' " if needs_words else ""
    newest = (
        f'SELECT t.id FROM "{one.table}" t WHERE {_whose(one, clients)} {has_words}ORDER BY {latest} LIMIT {NEWEST}'
    )
    return (
        f"SELECT t.id, coalesce(({said}), ''), {day}, {what} FROM \"{one.table}\" t "
        f"WHERE t.id IN ({newest}) ORDER BY {latest}"
    )


def _items(clients: int) -> str:
    """What she had to do with, by its name."""
    hers = " UNION ALL ".join(
        f"SELECT {name} AS name, {at} AS at FROM {rows} WHERE {'b' if ' b ' in rows else 't'}.client_id "
        f"IN ({_places(clients)})"
        for name, _, at, rows in NAMING.values()
    )
    return (
        f"SELECT s.id, s.name, NULL, '{CALLED['item']}' FROM (SELECT name, max(at) at FROM ({hers}) GROUP BY name) n "
        f"JOIN search_item s ON s.name = n.name ORDER BY n.at DESC, s.id DESC LIMIT {NEWEST}"
    )


def _whose(one: Indexed, clients: int) -> str:
    """A certificate is hers who bought it, and hers who gets it."""
    columns = {"client": ("id",), "certificate": ("client_id", "for_client_id")}.get(one.kind, ("client_id",))
    return "(" + " OR ".join(f"t.{column} IN ({_places(clients)})" for column in columns) + ")"


def _places(clients: int) -> str:
    return ", ".join(f":c{at}" for at in range(clients))


def _has(text: str, needles: Iterable[str | tuple[str, ...]]) -> bool:
    """Whether a word of the text begins with each of the needles, or with one of its ways to be written."""
    tokens = tokens_of(text)
    return all(any(token.startswith(needle) for token in tokens) for needle in needles)
