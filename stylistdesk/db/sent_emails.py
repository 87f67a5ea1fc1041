"""What was sent is not taken back (R7): an undo that would take an email out is asked here first."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from stylistdesk.domain.dates import LocalNow, say_day
from stylistdesk.domain.errors import NotUndoable
from stylistdesk.domain.types import DeliveryState


def refuse_sent(connection: Connection, command_id: int, label: str, now: datetime) -> None:
    """Raises `NotUndoable` if an email that this command queued was sent since, or is being sent."""
    gone = connection.exec_driver_sql(
        "SELECT d.state, d.tried_at FROM journal_change c JOIN delivery d ON d.id = c.row_id "
        "WHERE c.command_id = ? AND c.table_name = 'outgoing_email' AND c.op = 'I' AND d.state IN (?, ?) LIMIT 1",
        (command_id, DeliveryState.SENT, DeliveryState.SENDING),
    ).first()
    if gone is None:
        return
    if gone.state == DeliveryState.SENDING:
        raise NotUndoable(f"“{label}” cannot be undone: the email is being sent.", hint="Nothing was changed.")
    zone = connection.exec_driver_sql("SELECT time_zone FROM desk_info WHERE id = 1").scalar()
    here = LocalNow(now, ZoneInfo(zone or "UTC"))
    at = datetime.fromisoformat(gone.tried_at).replace(tzinfo=UTC)
    day = "" if here.day(at) == here.today else f" {say_day(here.day(at), here.today)}"
    raise NotUndoable(
        f"“{label}” cannot be undone: it was sent{day} at {here.hour(at)}.", hint="Write to her again instead."
    )
