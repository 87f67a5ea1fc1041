"""What was sent is not taken back (R7), and nothing is sent twice because a copy of the desk did not know of it."""

import sqlite3
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


IN_A_COPY = "It waited in the copy that is the desk now, and may have been sent since. Send it only if it was not."
_HOLD = "UPDATE delivery SET state = ?, next_at = ?, said = ? WHERE state IN (?, ?)"


def hold_waiting(driver: sqlite3.Connection, now: datetime) -> int:
    """Send nothing that waited in a copy which has become the desk, unless the rep says so; how much is held."""
    at = now.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    held = DeliveryState.FAILED.value, at, IN_A_COPY, DeliveryState.WAITING.value, DeliveryState.SENDING.value
    return int(driver.execute(_HOLD, held).rowcount)
