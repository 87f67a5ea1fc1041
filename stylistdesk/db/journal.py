"""The journal (R7): triggers write an image of each changed row with the id of the running command.

No path can forget it, bulk imports included. Undo replays the images backwards, in one transaction, under a command
of its own; a row that no longer looks as the command left it stops the undo, which says by what it was changed.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table
from sqlmodel import AutoString, Session, SQLModel

from stylistdesk.db import consent_ledger, covered_gifts, one_primary, search, sent_emails
from stylistdesk.domain.errors import NotUndoable, Refused

NOT_JOURNALED = frozenset(
    {
        "journal_command",
        "journal_change",
        "journal_state",
        "primary_wanted",
        "buyer_model",
        "expected_value",
        "calendar_link",
        "delivery",
        "erasure",
    }
)
"""The journal's own, what is empty whenever a command has ended, what is worked out from other rows alone, how things
stand on a server, which no undo here changes, and that a client was erased, which none may take back."""
WINDOW = 2_000
"""Changes replayed at a time: bounds the memory of undoing a large import."""


def journaled_tables() -> list[Table]:
    """Every table whose rows are the desk's: all but those of `NOT_JOURNALED`."""
    import stylistdesk.db.tables  # noqa: F401  (registers the tables; 0.2 s that reading does without)

    return [table for table in SQLModel.metadata.sorted_tables if table.name not in NOT_JOURNALED]


def install(connection: Connection) -> None:
    """Make the triggers from the metadata, in place of those that are there."""
    for table in journaled_tables():
        for name, statement in _triggers(table).items():
            connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}"')
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT OR IGNORE INTO journal_state (id, command_id) VALUES (1, 0)")


def missing_triggers(connection: Connection) -> list[str]:
    """The names of the triggers that are not there, or not as they should be."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    there = {str(row.name): str(row.sql) for row in rows}
    return [name for t in journaled_tables() for name, sql in _triggers(t).items() if there.get(name) != sql]


@contextmanager
def paused(connection: Connection) -> Iterator[None]:
    """Run without the triggers, for building a made-up desk in bulk; they are back before the transaction ends.

    The index of the search is then made once, from all rows.
    """
    for table in journaled_tables():
        for name in _triggers(table):
            connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}"')
    yield
    install(connection)
    search.make(connection)


def _triggers(table: Table) -> dict[str, str]:
    own = consent_ledger.guards() if table.name == "consent" else one_primary.guards(table.name)
    return _journaling(table) | own | covered_gifts.guards(table.name) | search.triggers(table.name)


def _journaling(table: Table) -> dict[str, str]:
    changed = " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in table.columns)
    wanted = {
        "I": ("INSERT", "NEW", "", "NULL", _image(table, "NEW.")),
        "U": ("UPDATE", "NEW", f"WHEN {changed}", _image(table, "OLD."), _image(table, "NEW.")),
        "D": ("DELETE", "OLD", "", _image(table, "OLD."), "NULL"),
    }
    return {
        f"journal_{table.name}_{op}": (
            f'CREATE TRIGGER "journal_{table.name}_{op}" AFTER {event} ON "{table.name}" {when} BEGIN '
            "INSERT INTO journal_change "
            "(command_id, table_name, row_id, op, client_id, before, after, left_client_id) VALUES "
            f"((SELECT command_id FROM journal_state WHERE id = 1), '{table.name}', {row}.id, '{op}', "
            f"{_client_of(table, row)}, {before}, {after}, {_client_left(table, op)}); END"
        )
        for op, (event, row, when, before, after) in wanted.items()
    }


def _image(table: Table, prefix: str = "", width: int | None = None) -> str:
    return "json_array(" + ", ".join(f'{prefix}"{c.name}"' for c in list(table.columns)[:width]) + ")"


def _client_of(table: Table, row: str) -> str:
    """The SQL for the client a row belongs to: its own column, or that of the row it hangs on."""
    if table.name == "client":
        return f"{row}.id"
    if "client_id" in table.columns:
        return f"{row}.client_id"
    for column in table.columns:
        for foreign in column.foreign_keys:
            parent = foreign.column.table
            if "client_id" in parent.columns:
                return f'(SELECT client_id FROM "{parent.name}" WHERE id = {row}."{column.name}")'
    return "NULL"


def _client_left(table: Table, op: str) -> str:
    """The SQL for the client from whom an update takes a row."""
    if op != "U" or "client_id" not in table.columns:
        return "NULL"
    return "CASE WHEN OLD.client_id IS NOT NEW.client_id THEN OLD.client_id END"


def begin(session: Session, *, at: datetime, by: str, kind: str, name: str, target: int | None = None) -> int:
    """Open a command: what is written from now on in this transaction belongs to it. Gives its id."""
    connection = session.connection()
    stamp = at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if kind == "do":
        connection.exec_driver_sql(
            "UPDATE journal_command SET state = 'dropped' WHERE kind = 'do' AND state = 'undone'"
        )
    row = connection.exec_driver_sql(
        "INSERT INTO journal_command (at, by, kind, name, label, state, target_id) VALUES (?, ?, ?, ?, '', 'done', ?) "
        "RETURNING id",
        (stamp, by, kind, name, target),
    )
    command_id = int(row.scalar_one())
    connection.exec_driver_sql("UPDATE journal_state SET command_id = ? WHERE id = 1", (command_id,))
    return command_id


def finish(session: Session, command_id: int, label: str) -> bool:
    """Close the command with its label for history. False if it changed nothing."""
    session.flush()
    connection = session.connection()
    search.follow(connection)
    connection.exec_driver_sql("UPDATE journal_state SET command_id = 0 WHERE id = 1")
    connection.exec_driver_sql("UPDATE journal_command SET label = ? WHERE id = ?", (label, command_id))
    found = connection.exec_driver_sql("SELECT 1 FROM journal_change WHERE command_id = ? LIMIT 1", (command_id,))
    return found.first() is not None


def forget(session: Session, command_id: int) -> None:
    """Leave no trace of a command that changed no row of the desk's."""
    session.connection().exec_driver_sql("DELETE FROM journal_command WHERE id = ?", (command_id,))


def refuse_changed(session: Session, command_id: int, table_name: str, column: str, no: Refused) -> None:
    """Raise the refusal if a command has written a column that is not its own to write."""
    connection = session.connection()
    touched = connection.exec_driver_sql(
        "SELECT before, after FROM journal_change WHERE command_id = ? AND table_name = ? AND op <> 'D'",
        (command_id, table_name),
    ).all()
    if not touched:
        return
    place = [c.name for c in _table(table_name).columns].index(column)
    for before, after in touched:
        if (json.loads(before)[place] if before else "") != json.loads(after)[place]:
            raise no


NO_WORDS = frozenset(
    ("sha256", "file_sha256", "picture_sha256", "hash", "previous_hash", "name_key", "email_key", "external_id", "uid",
     "ics", "recurrence", "ours", "theirs", "counts", "url", "link", "shop_url", "video_url", "website", "picture",
     "currency", "country", "time_zone", "company_zone", "rate_from", "position_from")
)  # fmt: skip
"""Columns of text that hold no words of the rep: keys, hashes, codes, and addresses on the web with their long ids."""


def refuse_words(session: Session, command_id: int, is_wrong: Callable[[str], bool], no: Refused) -> None:
    """Raise the refusal, at the column, if a command has written words that must not be kept."""
    columns = _columns_of_words()
    rows = session.connection().exec_driver_sql(
        "SELECT table_name, before, after FROM journal_change WHERE command_id = ? AND op <> 'D'", (command_id,)
    )
    for table_name, before, after in rows:
        if table_name not in columns:
            continue
        was, now = json.loads(before) if before else [], json.loads(after)
        for place, name in columns[table_name]:
            if now[place] and (place >= len(was) or was[place] != now[place]) and is_wrong(now[place]):
                raise Refused(no.reason, field=name, hint=no.hint)


@cache
def _columns_of_words() -> dict[str, list[tuple[int, str]]]:
    """By table, the places and names of all text but `NO_WORDS`: every command asks for them."""
    found = {
        table.name: [
            (place, c.name)
            for place, c in enumerate(table.columns)
            if isinstance(c.type, AutoString) and c.name not in NO_WORDS
        ]
        for table in journaled_tables()
    }
    return {name: columns for name, columns in found.items() if columns}


def undo(session: Session, *, at: datetime, by: str, command_id: int | None = None) -> tuple[str, tuple[int, ...]]:
    """Take back the last command, or the one named: its label and the clients it touched.

    Raises `NotUndoable` if there is none, or a row has been changed since by something else.
    """
    target, label = _to_undo(session, command_id)
    _replay(session, target, label, at=at, by=by, kind="undo")
    return label, clients_of(session, target)


class Earlier(NamedTuple):
    """A step that undo can take back, and what is said of the one after it, which stays."""

    id: int
    label: str
    stays: str


def before_what_stays(session: Session, now: datetime) -> Earlier | None:
    """Where undo stands at an erasing or an email that has gone out, which nothing takes back: the step before it."""
    connection = session.connection()
    last = connection.exec_driver_sql("SELECT kind FROM journal_command ORDER BY id DESC LIMIT 1").scalar()
    stays = "The erasing stays: it cannot be undone." if last == "erase" else ""
    for row in connection.exec_driver_sql(
        "SELECT id, label FROM journal_command WHERE kind = 'do' AND state = 'done' ORDER BY id DESC"
    ):
        try:
            sent_emails.refuse_sent(connection, row.id, row.label, now)
        except NotUndoable as no:
            stays = stays or no.reason
            continue
        return Earlier(int(row.id), str(row.label), stays) if stays else None
    return None


def redo(session: Session, *, at: datetime, by: str) -> tuple[str, tuple[int, ...]]:
    """Do again the command that was taken back last. Raises `NotUndoable` as `undo` does."""
    row = (
        session.connection()
        .exec_driver_sql(
            "SELECT d.id, d.label FROM journal_command u JOIN journal_command d ON d.id = u.target_id "
            "WHERE u.kind = 'undo' AND d.state = 'undone' ORDER BY u.id DESC LIMIT 1"
        )
        .first()
    )
    if row is None:
        raise NotUndoable("There is nothing to put back.")
    _replay(session, int(row.id), row.label, at=at, by=by, kind="redo")
    return str(row.label), clients_of(session, int(row.id))


def clients_of(session: Session, command_id: int, most: int = 100) -> tuple[int, ...]:
    """The clients that a command touched, at most so many."""
    rows = session.connection().exec_driver_sql(
        "SELECT DISTINCT client_id FROM journal_change WHERE command_id = ? AND client_id IS NOT NULL LIMIT ?",
        (command_id, most),
    )
    return tuple(int(row[0]) for row in rows)


def _to_undo(session: Session, command_id: int | None) -> tuple[int, str]:
    connection = session.connection()
    if command_id is None:
        row = connection.exec_driver_sql(
            "SELECT id, label, kind, state FROM journal_command WHERE kind = 'do' AND state = 'done' "
            "ORDER BY id DESC LIMIT 1"
        ).first()
        if row is None:
            raise NotUndoable("There is nothing to take back.")
        return int(row.id), str(row.label)
    row = connection.exec_driver_sql(
        "SELECT id, label, kind, state FROM journal_command WHERE id = ?", (command_id,)
    ).first()
    if row is None:
        raise NotUndoable(f"There is no command {command_id}.", hint="`stylistdesk history` lists them.")
    if row.kind == "erase" or row.state == "erased":
        raise NotUndoable(_erased(connection, str(row.label)), hint="That is for good: nobody can bring her back.")
    if row.kind != "do" or row.state != "done":
        raise NotUndoable(f"Command {command_id} is not in force: {row.label}.", hint="It was taken back already.")
    return int(row.id), str(row.label)


def _erased(connection: Connection, label: str) -> str:
    """Who was erased, and when; never who she was."""
    number = next(iter(re.findall(r"client (\d+)", label)), "0")
    row = connection.exec_driver_sql(
        "SELECT erased_at FROM erasure WHERE client_number = ? ORDER BY id DESC LIMIT 1", (int(number),)
    ).first()
    when = f" on {datetime.fromisoformat(row.erased_at):%-d %b %Y}" if row is not None else ""
    return f"This touched only client {number}, who was erased{when}."


def _replay(session: Session, target: int, label: str, *, at: datetime, by: str, kind: str) -> None:
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    backwards = kind == "undo"
    if backwards:
        sent_emails.refuse_sent(connection, target, label, at)
    own = begin(session, at=at, by=by, kind=kind, name=kind, target=target)
    try:
        for (table, op), changes in _runs(connection, target, backwards=backwards):
            if backwards:
                _put(connection, label, table, {"I": "D", "U": "U", "D": "I"}[op], changes, then="after", now="before")
            else:
                _put(connection, label, table, op, changes, then="before", now="after")
    except sqlite3.IntegrityError as error:
        if consent_ledger.REFUSED in str(error):
            raise consent_ledger.later_entry(label) from error
        raise depended_on(label) from error
    connection.exec_driver_sql(
        "UPDATE journal_command SET state = ? WHERE id = ?", ("undone" if backwards else "done", target)
    )
    finish(session, own, f"{'Took back' if backwards else 'Did again'}: {label}")


def depended_on(label: str, by: str = "") -> NotUndoable:
    """The refusal for a replay that would leave other rows without what they need (told at the commit, as a rule).

    `by` is the later step that needs it, with when it was, where that is known.
    """
    if by:
        return NotUndoable(f"“{label}” cannot be undone: {by} depends on what it changed.", hint="Undo that one first.")
    return NotUndoable(
        f"“{label}” cannot be undone: something added since depends on what it changed.",
        hint="Take back what was done after it first.",
    )


def _runs(connection: Connection, command_id: int, *, backwards: bool) -> Iterator[tuple[tuple[str, str], list[Any]]]:
    """The changes of a command in order of replay, in runs of one table and one kind of change."""
    compare, order = ("<", "DESC") if backwards else (">", "ASC")
    last = 2**62 if backwards else 0
    while True:
        rows = connection.exec_driver_sql(
            f"SELECT id, table_name, row_id, op, before, after FROM journal_change "
            f"WHERE command_id = ? AND id {compare} ? ORDER BY id {order} LIMIT {WINDOW}",
            (command_id, last),
        ).all()
        if not rows:
            return
        last = rows[-1].id
        for run, changes in groupby(rows, key=lambda row: (row.table_name, row.op)):
            yield run, list(changes)


def _put(
    connection: Connection, label: str, table_name: str, op: str, changes: list[Any], *, then: str, now: str
) -> None:
    """Insert, update or delete rows so that they look as `now`, if they look as `then`."""
    driver: Any = connection.connection.driver_connection  # its rowcount is the sum over all rows
    for width, alike in groupby(changes, key=_width):
        rows = list(alike)
        delete, update, insert = _statements(table_name, width)
        driver.execute("SAVEPOINT put")
        if op == "D":
            done = driver.executemany(delete, [(c.row_id, getattr(c, then)) for c in rows])
        elif op == "U":
            values = [(*json.loads(getattr(c, now)), c.row_id, getattr(c, then)) for c in rows]
            done = driver.executemany(update, values)
        else:
            done = driver.executemany(insert, [json.loads(getattr(c, now)) for c in rows])
        if done.rowcount != len(rows):
            # As they were before, or those that did match would look changed too.
            driver.execute("ROLLBACK TO put")
            raise _moved_on(connection, label, table_name, rows, then)
        driver.execute("RELEASE put")


def _width(change: Any) -> int:
    """How many columns the table had when the change was made; a later schema may have added more at its end."""
    return len(json.loads(change.after or change.before))


def _moved_on(connection: Connection, label: str, table_name: str, changes: list[Any], then: str) -> NotUndoable:
    for change in changes:
        image = connection.exec_driver_sql(
            f'SELECT {_image(_table(table_name), width=_width(change))} FROM "{table_name}" WHERE id = ?',
            (change.row_id,),
        ).scalar()
        if image == getattr(change, then):
            continue
        by = connection.exec_driver_sql(
            "SELECT c.command_id, d.label FROM journal_change c LEFT JOIN journal_command d ON d.id = c.command_id "
            "WHERE c.table_name = ? AND c.row_id = ? AND c.id > ? AND c.command_id <> ("
            "SELECT command_id FROM journal_state WHERE id = 1) ORDER BY c.id DESC LIMIT 1",
            (table_name, change.row_id, change.id),
        ).first()
        who = f"“{by.label}”" if by is not None and by.label else "another program"
        return NotUndoable(
            f"“{label}” cannot be undone: {table_name.replace('_', ' ')} {change.row_id} was changed since by {who}.",
            hint="Take that back first." if by is not None and by.label else "Nothing was changed.",
        )
    return NotUndoable(f"“{label}” cannot be undone: its rows have been changed since.", hint="Nothing was changed.")


def _table(name: str) -> Table:
    return {table.name: table for table in journaled_tables()}[name]


@cache
def _statements(table_name: str, width: int) -> tuple[str, str, str]:
    """Delete, update and insert for rows of so many columns; the first two only touch a row that looks as expected."""
    table = _table(table_name)
    columns = [f'"{c.name}"' for c in table.columns][:width]
    image = _image(table, width=width)
    return (
        f'DELETE FROM "{table_name}" WHERE id = ? AND {image} = ?',
        f'UPDATE "{table_name}" SET {", ".join(f"{c} = ?" for c in columns)} WHERE id = ? AND {image} = ?',
        f'INSERT INTO "{table_name}" ({", ".join(columns)}) VALUES ({", ".join("?" for _ in columns)})',
    )
