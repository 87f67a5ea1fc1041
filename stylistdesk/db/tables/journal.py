"""The journal's own tables. They have no triggers; everything else does (`db/journal.py`)."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, utc


class CommandRow(SQLModel, table=True):
    """One command that ran. `kind` is do, undo or redo; `target_id` is what an undo or redo took back or put back.

    `state` of a do: done, undone (can be redone) or dropped (undone, and something else was done since).
    """

    __tablename__ = "journal_command"
    __table_args__ = (Index("journal_command_stack", "kind", "state", "id"), KEPT)

    id: int | None = key()
    at: datetime = utc()
    by: str
    kind: str
    name: str
    label: str
    state: str = "done"
    target_id: int | None = None


class Change(SQLModel, table=True):
    """The images of one row before and after one statement, as JSON arrays in the order of the table's columns.

    `command_id` 0 is a change made outside of any command (by another program). `client_id` is whose row it is then;
    `left_client_id` is set where a row goes from one client to another, and is the one it leaves.
    """

    __tablename__ = "journal_change"
    __table_args__ = (
        Index("journal_change_of_command", "command_id"),
        Index("journal_change_of_client", "client_id", "id"),
        Index("journal_change_left", "left_client_id", "id", sqlite_where=text("left_client_id IS NOT NULL")),
        KEPT,
    )

    id: int | None = key()
    command_id: int
    table_name: str
    row_id: int
    op: str  # I, U or D
    client_id: int | None = None
    before: str | None = None
    after: str | None = None
    left_client_id: int | None = None


class JournalState(SQLModel, table=True):
    """One row: the command that is running now, or 0."""

    __tablename__ = "journal_state"

    id: int | None = Field(default=1, primary_key=True)
    command_id: int = 0
