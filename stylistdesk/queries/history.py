"""What was done on the desk, newest first (R7, and the ground of R30)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from stylistdesk.queries.asking import Asking

MOST_CHANGES = 1_000
"""A command's changes are listed up to so many; an import may hold 100,000 and more."""


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One row that a command changed: `what` kind of row, its id, whose it is, and I, U or D."""

    what: str
    id: int
    client_id: int | None
    op: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One command that ran; `undone` says that it is not in force now."""

    id: int
    at: datetime
    by: str
    label: str
    undone: bool
    change_count: int
    changes: tuple[HistoryChange, ...]


def history(asking: Asking, *, client_id: int | None = None, limit: int = 50) -> list[HistoryEntry]:
    """The last commands, of all or of one client, newest first, each with its changes."""
    connection = asking.session.connection()
    of_client = "AND id IN (SELECT command_id FROM journal_change WHERE client_id = :client)" if client_id else ""
    given: dict[str, Any] = {"limit": limit, "client": client_id}
    rows = connection.exec_driver_sql(
        f"SELECT id, at, by, label, state FROM journal_command WHERE id > 0 {of_client} ORDER BY id DESC LIMIT :limit",
        given,
    ).all()
    return [
        HistoryEntry(
            id=row.id,
            at=datetime.fromisoformat(row.at).replace(tzinfo=UTC),
            by=row.by,
            label=row.label,
            undone=row.state != "done",
            change_count=_count(asking, row.id, client_id),
            changes=_changes(asking, row.id, client_id),
        )
        for row in rows
    ]


def find_client(asking: Asking, words: str) -> list[tuple[int, str]]:
    """The clients whose id, name or email is `words`, as (id, name)."""
    rows = asking.session.connection().exec_driver_sql(
        "SELECT DISTINCT client.id, client.name FROM client LEFT JOIN contact ON contact.client_id = client.id "
        "WHERE client.name_key = ? OR contact.email_key = ? OR CAST(client.id AS TEXT) = ? ORDER BY client.id",
        (" ".join(words.casefold().split()), words.casefold().strip(), words.strip()),
    )
    return [(int(row[0]), str(row[1])) for row in rows]


def _count(asking: Asking, command_id: int, client_id: int | None) -> int:
    return int(
        asking.session.connection()
        .exec_driver_sql(
            "SELECT count(*) FROM journal_change WHERE command_id = ? AND (? IS NULL OR client_id = ?)",
            (command_id, client_id, client_id),
        )
        .scalar_one()
    )


def _changes(asking: Asking, command_id: int, client_id: int | None) -> tuple[HistoryChange, ...]:
    rows = asking.session.connection().exec_driver_sql(
        "SELECT table_name, row_id, client_id, op FROM journal_change "
        "WHERE command_id = ? AND (? IS NULL OR client_id = ?) ORDER BY id LIMIT ?",
        (command_id, client_id, client_id, MOST_CHANGES),
    )
    return tuple(HistoryChange(*row) for row in rows)
