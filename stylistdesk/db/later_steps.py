"""Which later step stands against taking one back (R7), where the database says no only when the transaction ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Connection
from sqlmodel import Session

from stylistdesk.db import covered_gifts

MOST = 200
"""So many of the rows that stand against it are looked at."""


@dataclass(frozen=True, slots=True)
class LaterStep:
    """A step as history names it, and when it was done (UTC)."""

    label: str
    at: datetime


def in_the_way(session: Session) -> LaterStep | None:
    """The last step in force that an undo would leave without what it needs; asked within that undo, as it stands.

    None where only something from outside needs it.
    """
    connection = session.connection()
    undone = connection.exec_driver_sql("SELECT target_id FROM journal_command ORDER BY id DESC LIMIT 1").scalar()
    found: tuple[int, str, str] = (0, "", "")
    for table, which in islice(_rows(connection), MOST):
        row = connection.exec_driver_sql(
            f"SELECT d.id, d.label, d.at FROM journal_change c JOIN journal_command d ON d.id = c.command_id "
            f"WHERE c.command_id > ? AND c.table_name = ? AND d.kind = 'do' AND d.state = 'done' "
            f'AND c.row_id IN (SELECT id FROM "{table}" WHERE {which}) ORDER BY d.id DESC LIMIT 1',
            (undone, table),
        ).first()
        found = max(found, (row.id, row.label, row.at) if row is not None else found)
    return LaterStep(found[1], datetime.fromisoformat(found[2]).replace(tzinfo=UTC)) if found[0] else None


def _rows(connection: Connection) -> Iterator[tuple[str, str]]:
    """The rows that break a rule as things stand: a table, and the SQL that says which of its rows."""
    for table, row_id, _parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        if table != "primary_wanted":
            yield table, f"id = {row_id}"
    for kind, about in connection.exec_driver_sql("SELECT kind, client_id FROM primary_wanted").all():
        yield covered_gifts.taken(kind, about) or (kind, f"client_id = {about}")
