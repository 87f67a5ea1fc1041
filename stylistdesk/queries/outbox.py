"""What the desk has to send by itself, has sent, or could not send (R44)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stylistdesk.domain.types import DeliveryState
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant, stored

MOST = 500
"""The list shows at most so many, the newest."""


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """How far an email has come; `said` are the server's words, or ours."""

    state: DeliveryState
    tries: int
    tried_at: datetime | None
    next_at: datetime | None
    said: str


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One email that the desk sends itself. `is_news` until the rep has seen that it could not be sent."""

    message_id: int
    client_id: int
    client: str
    address: str
    subject: str
    queued_at: datetime
    delivery: DeliveryLine

    @property
    def is_news(self) -> bool:
        """Whether the rep is still told of it."""
        return self.delivery.state is DeliveryState.FAILED and self.delivery.next_at is not None


@dataclass(frozen=True, slots=True)
class OutboxState:
    """When something is due next, how much waits, and what could not be sent and was not seen yet."""

    next_at: datetime | None = None
    waiting: int = 0
    failed: int = 0
    last_failed: str = ""


_EMAILS = """
    SELECT o.message_id, o.client_id, c.name, o.to_address, m.subject, o.queued_at,
           d.state, d.tries, d.tried_at, d.next_at, d.said
    FROM outgoing_email o JOIN delivery d ON d.id = o.id JOIN message m ON m.id = o.message_id
    JOIN client c ON c.id = o.client_id"""


def outbox(asking: Asking) -> tuple[OutboxRow, ...]:
    """What could not be sent first, then what waits, then what was sent, each the newest first."""
    rows = asking.session.connection().exec_driver_sql(
        f"{_EMAILS} ORDER BY CASE d.state WHEN 'failed' THEN 0 WHEN 'sent' THEN 2 ELSE 1 END, o.id DESC LIMIT {MOST}"
    )
    return tuple(
        OutboxRow(
            row.message_id,
            row.client_id,
            row.name,
            row.to_address,
            row.subject,
            instant(row.queued_at),
            _delivery(row),
        )
        for row in rows
    )


def outbox_state(asking: Asking) -> OutboxState:
    """What the program must know while it is open."""
    connection = asking.session.connection()
    waits = connection.exec_driver_sql(
        "SELECT min(CASE d.state WHEN 'waiting' THEN d.next_at ELSE ? END) AS next_at, count(*) AS many "
        "FROM outgoing_email o JOIN delivery d ON d.id = o.id WHERE d.state IN ('waiting', 'sending')",
        (stored(asking.now),),
    ).one()
    failed = connection.exec_driver_sql(
        f"SELECT c.name, count(*) OVER () AS many FROM ({_EMAILS} "
        "WHERE d.state = 'failed' AND d.next_at IS NOT NULL) c ORDER BY c.next_at DESC LIMIT 1"
    ).first()
    return OutboxState(
        instant(waits.next_at) if waits.next_at else None,
        waits.many,
        failed.many if failed else 0,
        failed.name if failed else "",
    )


def deliveries(asking: Asking, client_id: int) -> dict[int, DeliveryLine]:
    """How far her emails have come, by the id of the message; those that the desk does not send are not there."""
    rows = asking.session.connection().exec_driver_sql(
        "SELECT o.message_id, d.state, d.tries, d.tried_at, d.next_at, d.said "
        "FROM outgoing_email o JOIN delivery d ON d.id = o.id WHERE o.client_id = ?",
        (client_id,),
    )
    return {row.message_id: _delivery(row) for row in rows}


def _delivery(row: Any) -> DeliveryLine:
    return DeliveryLine(
        DeliveryState(row.state),
        row.tries,
        instant(row.tried_at) if row.tried_at else None,
        instant(row.next_at) if row.next_at else None,
        row.said,
    )
