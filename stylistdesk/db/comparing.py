"""What the desk has and a copy of it has not, and the other way round: what restoring that copy would change."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from stylistdesk.db import returned
from stylistdesk.db.marks import Course, Mark, course, mark_of, opened_at_rest
from stylistdesk.domain.comparison import MOST_NAMES, Comparison, Names
from stylistdesk.domain.errors import DeskDamaged

KINDS = (
    "client",
    "contact",
    "location",
    "note",
    "task",
    "follow_up",
    "appointment",
    "assignment",
    "lookbook",
    "message",
    "signal",
    "order",
    "csat_response",
    "style_quiz",
    "attachment",
    "host_event",
    "gift_certificate",
    "goods_return",
    "consent",
    "template",
)
"""The kinds of rows that are told by count, in this order."""


def compare(desk: Path, copy: Path) -> Comparison:
    """Compare the desk's file, which may be open, with a copy at rest. Raises `DeskDamaged`."""
    try:
        with (
            closing(sqlite3.connect(f"{desk.absolute().as_uri()}?mode=ro", uri=True)) as here,
            closing(opened_at_rest(copy)) as there,
        ):
            here.execute("BEGIN")
            return _compare(here, there)
    except sqlite3.DatabaseError as error:
        raise DeskDamaged(f"{copy.name} cannot be read ({error}).", hint="Take another one.") from error


def _compare(here: sqlite3.Connection, there: sqlite3.Connection) -> Comparison:
    lacks, adds = {}, {}
    for kind in KINDS:
        ours, theirs = _count(here, kind), _count(there, kind)
        if ours > theirs:
            lacks[kind] = ours - theirs
        elif theirs > ours:
            adds[kind] = theirs - ours
    our_clients, their_clients = _clients(here), _clients(there)
    mark = mark_of(there)
    since = changes_since(here, mark)
    touched: set[int] = set()
    if since is not None:
        rows = here.execute(
            "SELECT DISTINCT client_id FROM journal_change WHERE command_id > ? AND client_id IS NOT NULL", (mark.last,)
        )
        touched = {row[0] for row in rows}
    changed = [
        name
        for key, name in our_clients.items()
        if key in their_clients and (key[0] in touched or name != their_clients[key])
    ]
    return Comparison(
        lacks,
        adds,
        _names(name for key, name in our_clients.items() if key not in their_clients),
        _names(name for key, name in their_clients.items() if key not in our_clients),
        _names(changed),
        since,
        returned.returning(returned.erased_in(here), there),
    )


def changes_since(connection: sqlite3.Connection, mark: Mark) -> int | None:
    """How many changes the desk has seen since a mark; `None` where it has not seen all that is marked."""
    if course(connection, mark) not in (Course.SAME, Course.AHEAD):
        return None
    return int(connection.execute("SELECT count(*) FROM journal_command WHERE id > ?", (mark.last,)).fetchone()[0])


def count_rows(connection: sqlite3.Connection, kinds: Iterable[str]) -> dict[str, int]:
    """How many rows of each kind there are; a client who was erased is none, though her sales stand under a number."""
    return {kind: _count(connection, kind) for kind in kinds}


def _count(connection: sqlite3.Connection, kind: str) -> int:
    """As `count_rows`; none where the file is of a schema that does not know the kind."""
    if not _knows(connection, kind):
        return 0
    if kind == "client":
        return len(_clients(connection))
    return int(connection.execute(f'SELECT count(*) FROM "{kind}"').fetchone()[0])


def _knows(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


def _clients(connection: sqlite3.Connection) -> dict[tuple[int, str], str]:
    """The clients by id and when they were added: after a restore the same id may be another client."""
    living = "WHERE id NOT IN (SELECT client_number FROM erasure)" if _knows(connection, "erasure") else ""
    rows = connection.execute(f"SELECT id, added_at, name FROM client {living} ORDER BY name_key, id")
    return {(row[0], row[1]): row[2] for row in rows}


def _names(names: Iterable[str]) -> Names:
    found = list(names)
    return Names(tuple(found[:MOST_NAMES]), len(found))
