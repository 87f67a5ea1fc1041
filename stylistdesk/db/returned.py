"""Clients who were erased and whom a restore brings back: the older copy knows nothing of it, so the desk remembers.

What is remembered lies beside the desk, as a restore replaces what is in it: numbers and days, and no names.
"""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from stylistdesk.db.marks import UNREADABLE, opened_at_rest
from stylistdesk.domain.comparison import Returned
from stylistdesk.paths import DeskPaths, write_private

Erased = dict[int, date]


def would_return(paths: DeskPaths, copy: Path) -> tuple[Returned, ...]:
    """Whom putting a file at rest in the desk's place would bring back; nobody where the desk cannot be read."""
    try:
        with (
            closing(sqlite3.connect(f"{paths.database.absolute().as_uri()}?mode=ro", uri=True)) as here,
            closing(opened_at_rest(copy)) as there,
        ):
            return returning(_waiting(paths) | erased_in(here), there)
    except UNREADABLE:
        return ()


def returning(erased: Erased, there: sqlite3.Connection) -> tuple[Returned, ...]:
    """Those of the erased whom the other file still has, or has again, with the names that it has of them."""
    known = erased_in(there)
    rows = there.execute("SELECT id, name FROM client ORDER BY name_key, id")
    return tuple(Returned(row[0], row[1], erased[row[0]]) for row in rows if row[0] in erased and row[0] not in known)


def remember(paths: DeskPaths, found: tuple[Returned, ...]) -> None:
    """Keep whom a restore has brought back, to be told until they are erased again."""
    if found or _place(paths).exists():
        write_private(_place(paths), json.dumps([[one.number, one.on.isoformat()] for one in found]).encode())


def still_there(paths: DeskPaths, connection: sqlite3.Connection) -> tuple[Returned, ...]:
    """Who was brought back and has not been erased since."""
    waiting = _waiting(paths)
    return returning(waiting, connection) if waiting else ()


def erased_in(connection: sqlite3.Connection) -> Erased:
    """Who was erased, by number, and on which day; nobody where the file is of a schema that does not know it."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'erasure'").fetchone() is None:
        return {}
    row = connection.execute("SELECT time_zone FROM desk_info").fetchone()
    zone = ZoneInfo(row[0]) if row and row[0] else ZoneInfo("UTC")
    rows = connection.execute("SELECT client_number, erased_at FROM erasure ORDER BY id")
    return {row[0]: datetime.fromisoformat(row[1]).replace(tzinfo=UTC).astimezone(zone).date() for row in rows}


def _place(paths: DeskPaths) -> Path:
    return paths.data_dir / "desk.erased-and-back.json"


def _waiting(paths: DeskPaths) -> Erased:
    try:
        return {int(number): date.fromisoformat(on) for number, on in json.loads(_place(paths).read_text())}
    except (OSError, ValueError, TypeError):
        return {}
