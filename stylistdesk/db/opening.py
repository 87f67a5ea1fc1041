"""How a desk's file is opened: checked before it is touched, made if there is none, upgraded if it is behind."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stylistdesk.clock import machine_zone
from stylistdesk.db import owner
from stylistdesk.db.backups import backups_in
from stylistdesk.db.engine import (
    APPLICATION_ID,
    REVISION,
    SCHEMA_VERSION,
    Database,
    file_version,
    said_plainly,
    say_version,
)
from stylistdesk.db.marks import UNREADABLE, opened_at_rest
from stylistdesk.db.restoring import set_aside
from stylistdesk.domain.errors import DeskDamaged, DeskReadOnly
from stylistdesk.paths import PRIVATE_FILE, DeskPaths, no_desk

CHECKED_AT_ONCE = 16_000_000
"""Files up to this size (bytes) are checked before they are opened; larger ones by `damage` in the background."""


OF_THE_SEARCH = "malformed database schema (search_"
"""What SQLite says where it cannot read how a part of the index of the search was made."""
NO_CONTENTS = "The desk's file is damaged (its table of contents is no text)."
"""SQLite quotes in its message what the damage has made of a name, so that the message is no text itself."""


def open_for_writing(paths: DeskPaths, *, now: datetime, recipient: str = "") -> Database:
    """Open the desk as its owner. The caller holds the lock.

    Raises `DeskDamaged` (the file has been set aside, and there is never an empty desk in its place), `NotADesk`,
    `FileTooNew`, or what SQLite said in plain words.
    """
    refuse_in_place_of_a_lost_one(paths)
    if not paths.database.exists():
        return _make(paths)
    try:
        version = file_version(paths.database)
        with said_plainly(paths.database):
            looks = paths.suspect.exists() or not is_large(paths.database)
            said = damage(paths.database) if looks else ""
            if said and not (OF_THE_SEARCH in said and _is_whole_without_the_search(paths.database)):
                raise DeskDamaged(said)
        paths.suspect.unlink(missing_ok=True)
    except DeskDamaged as error:
        raise put_away(paths, error.reason, now=now) from error
    if version < SCHEMA_VERSION:
        from stylistdesk.db.upgrade import upgrade

        upgrade(paths, now=now, recipient=recipient)
    database = Database(paths.database)
    try:
        _renew_the_search(database)
    except (DeskDamaged, UnicodeDecodeError) as error:
        database.close()
        reason = error.reason if isinstance(error, DeskDamaged) else NO_CONTENTS
        raise put_away(paths, reason, now=now) from error
    return database


def _renew_the_search(database: Database) -> None:
    """Make the index of the search anew where an earlier stylistdesk made it by other rules, or where it is damaged."""
    from stylistdesk.db import search

    with database.read() as session:
        connection = session.connection()
        if not search.is_of_another_version(connection) and search.can_be_asked(connection):
            return
    from stylistdesk.db import journal

    with database.write() as session:
        journal.install(session.connection())
        search.make(session.connection())


def open_for_reading(paths: DeskPaths) -> Database:
    """Open the desk for a second window, or where nothing can be written.

    Raises `DeskReadOnly` for a file that is behind: only its owner brings it up to date.
    """
    if (version := file_version(paths.database)) < SCHEMA_VERSION:
        raise DeskReadOnly(
            f"This desk was written by an earlier stylistdesk (file {say_version(version)}, "
            f"program {say_version(SCHEMA_VERSION)}).",
            hint="Close it in all windows and open it once by itself: that brings it up to date. Nothing was changed.",
        )
    with said_plainly(paths.database):
        try:
            with closing(sqlite3.connect(f"file:{paths.database}?mode=ro", uri=True)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema")
        except sqlite3.OperationalError:
            return Database(paths.database, read_only=True, immutable=True)
        except UnicodeDecodeError as error:  # SQLite quotes the damage in its message
            raise DeskDamaged(NO_CONTENTS, hint=_what_now(paths)) from error
    return Database(paths.database, read_only=True)


def go_on_to_write(paths: DeskPaths) -> Database:
    """Open for writing what this process has open for reading. The caller holds the lock.

    The file is looked at through SQLite alone: to open and close it by hand would drop this process's locks on it. For
    that reason a damaged one is not set aside either. Raises `DeskDamaged`, `DeskReadOnly`.
    """
    path = paths.database
    if not os.access(path, os.W_OK):
        raise DeskReadOnly(f"{path.name} cannot be written; the desk can only be read.")
    with said_plainly(path), closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
        pragmas = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if pragmas != [APPLICATION_ID, SCHEMA_VERSION]:
        raise DeskReadOnly("Another version of the program has changed the desk's file; open the desk again.")
    if not is_large(path) and (said := damage(path)):
        raise DeskDamaged(f"{said} Close the desk and open it again: the backups are offered then.")
    return Database(path)


def is_large(path: Path) -> bool:
    """Whether a check of this file would hold up the start."""
    return path.stat().st_size > CHECKED_AT_ONCE


def damage(path: Path) -> str:
    """What is wrong with a file, in one line; empty if nothing: SQLite's quick check, and that each column is there."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
            connection.text_factory = lambda said: said.decode(errors="replace")
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if said == "ok" and (lost := _lost_column(connection)):
                said = f"{lost} is not there"
    except UnicodeDecodeError:
        return NO_CONTENTS
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return f"The desk's file is damaged ({error})."
        raise
    return "" if said == "ok" else f"The desk's file is damaged ({str(said).splitlines()[-1]})."


def _is_whole_without_the_search(path: Path) -> bool:
    """Strike the index of the search from the table of contents, if the file is then whole: it follows from the rows.

    `_renew_the_search` makes it anew. Else the file is as it was.
    """
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")  # or nothing can be read at all
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM sqlite_schema WHERE name GLOB 'search_*' AND rootpage = 0")
        connection.execute("PRAGMA writable_schema = RESET")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
            connection.execute("COMMIT")
            return not damage(path)
        connection.execute("ROLLBACK")
    return False


def _lost_column(connection: sqlite3.Connection) -> str:
    """A column of this version's tables that the file has under no name or another; the quick check passes by that."""
    from sqlmodel import SQLModel

    import stylistdesk.db.tables  # noqa: F401  (registers the tables)

    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        return ""  # one that is behind is upgraded, and then it is whole or as before
    there = set(
        connection.execute(
            "SELECT tables.name, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns "
            "WHERE tables.sql LIKE 'CREATE TABLE%'"  # the index of the search is made anew where it is damaged
        )
    )
    wanted = [(table.name, column.name) for table in SQLModel.metadata.sorted_tables for column in table.columns]
    return next((f"{table}.{column}" for table, column in wanted if (table, column) not in there), "")


def put_away(paths: DeskPaths, reason: str, *, now: datetime) -> DeskDamaged:
    """Set a damaged file aside and say where it is and which backups there are."""
    aside = set_aside(paths, now=now, why="damaged")
    paths.suspect.unlink(missing_ok=True)
    return DeskDamaged(f"{reason} It was set aside as {aside.name}.", hint=_what_now(paths))


def refuse_in_place_of_a_lost_one(paths: DeskPaths) -> None:
    """Raise `DeskDamaged` where there is no desk, but was one. Makes nothing."""
    if paths.database.exists():
        return
    if list(paths.data_dir.glob("desk-damaged-*.sqlite3")):
        raise DeskDamaged(
            "The desk's file was damaged and is set aside; no desk is in its place.", hint=_what_now(paths)
        )
    if backups_in(paths.backups):
        raise DeskDamaged(f"There is no desk in {paths.data_dir}, but there are backups.", hint=_what_now(paths))
    had, seen = owner.read_owner(paths), owner.remembered(paths)
    if had is not None:
        raise DeskDamaged(
            f"There is no desk in {paths.data_dir}, but there was one, last on “{had.machine.host}” "
            f"({say_at_rest(paths, had.seen)}).",
            hint="If the folder is synced, wait until the desk has arrived. `stylistdesk restore FILE` puts a backup "
            "in its place; `stylistdesk takeover` begins with an empty one.",
        )
    if seen is not None:
        raise DeskDamaged(
            f"There is no desk in {paths.data_dir}, where one was on {say_at_rest(paths, seen.at)}.",
            hint="Is its disk or its synced folder there? `stylistdesk restore FILE` puts a backup in its place; "
            "`stylistdesk takeover` begins with an empty one.",
        )
    if copies := owner.conflict_copies(paths):
        raise DeskDamaged(
            f"There is no desk in {paths.data_dir}, but a copy of one: {copies[0].name}.",
            hint="Name it desk.sqlite3, or move it away to begin with an empty desk.",
        )


def refuse_where_none_is(paths: DeskPaths) -> None:
    """Raise `NoDesk` where there is no desk, and `DeskDamaged` where there was one. Makes nothing."""
    refuse_in_place_of_a_lost_one(paths)
    if not paths.database.exists():
        raise no_desk(paths)


def zone_at_rest(paths: DeskPaths) -> ZoneInfo:
    """The zone of a desk that is not opened, as its file says; the machine's where that cannot be read."""
    try:
        if paths.database.exists():
            with closing(opened_at_rest(paths.database)) as connection:
                return ZoneInfo(connection.execute("SELECT time_zone FROM desk_info").fetchone()[0])
    except (*UNREADABLE, TypeError, ValueError, ZoneInfoNotFoundError):
        pass
    return ZoneInfo(machine_zone())


def say_at_rest(paths: DeskPaths, at: datetime) -> str:
    """An instant in the zone of a desk that is not opened: "2026-11-21 09:42"."""
    return f"{at.astimezone(zone_at_rest(paths)):%Y-%m-%d %H:%M}"


def _what_now(paths: DeskPaths) -> str:
    backups = backups_in(paths.backups)
    if not backups:
        return "There is no backup. Move the damaged file out of the folder to start afresh."
    newest = backups[0]
    return (
        f"`stylistdesk restore latest` puts back the backup of {say_at_rest(paths, newest.made_at)} "
        f"({newest.rows.get('client', 0)} clients); `stylistdesk restore` lists what there is."
    )


def _make(paths: DeskPaths) -> Database:
    """A new desk: built beside under a temporary name, so that a kill leaves either no desk or a whole one."""
    from sqlmodel import SQLModel, create_engine

    import stylistdesk.db.tables  # noqa: F401  (registers the tables)
    from stylistdesk.db import journal, search

    temporary = paths.data_dir / ".desk.new"
    for leftover in paths.data_dir.glob(".desk.new*"):
        leftover.unlink()
    temporary.touch(mode=PRIVATE_FILE)
    with said_plainly(paths.database):
        engine = create_engine(f"sqlite:///{temporary}")
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN")  # or each of some hundred statements is a transaction of its own
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
            SQLModel.metadata.create_all(connection)
            journal.install(connection)
            search.make(connection)
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))
        engine.dispose()
    temporary.rename(paths.database)
    return Database(paths.database)
