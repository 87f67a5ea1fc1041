"""Tickets to HQ, to the ASM and to customer service, and where they go (R14, R21, R41)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from stylistdesk.db.tables import Client, DeskInfo, Ticket
from stylistdesk.domain.types import TicketTo
from stylistdesk.queries.asking import Asking

MOST = 200


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One ticket, with the name of the client whom it is about."""

    id: int
    client_id: int | None
    client: str
    recipient: TicketTo
    subject: str
    body: str
    drafted_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipients:
    """Where tickets go, and the IANA zone in which the company's months end; empty where the rep has not said."""

    hq_email: str = ""
    asm_name: str = ""
    asm_email: str = ""
    service_email: str = ""
    company_zone: str = ""

    def email(self, recipient: TicketTo) -> str:
        """The address of one of them."""
        return {
            TicketTo.HQ: self.hq_email, TicketTo.ASM: self.asm_email, TicketTo.SERVICE: self.service_email
        }[recipient]  # fmt: skip


def tickets(asking: Asking) -> tuple[TicketRow, ...]:
    """The tickets, the newest first: those to be sent, those that wait for an answer, then what is settled."""
    one = Ticket
    rows = asking.session.exec(
        select(one, Client.name)
        .join(Client, col(Client.id) == one.client_id, isouter=True)
        .order_by(col(one.settled_at).is_not(None), col(one.sent_at).is_not(None), col(one.id).desc())
        .limit(MOST)
    )
    return tuple(
        TicketRow(
            t.id or 0, t.client_id, name or "", t.recipient, t.subject, t.body, t.drafted_at, t.sent_at, t.settled_at
        )
        for t, name in rows
    )


def to_send(asking: Asking) -> int:
    """How many tickets are drafted and not sent."""
    found = asking.session.connection().exec_driver_sql(
        "SELECT count(*) FROM ticket WHERE sent_at IS NULL AND settled_at IS NULL"
    )
    return int(found.scalar() or 0)


def recipients(asking: Asking) -> Recipients:
    """HQ's address, the ASM's name and address, and that of customer service."""
    desk = asking.session.get(DeskInfo, 1)
    if desk is None:
        return Recipients()
    return Recipients(desk.hq_email, desk.asm_name, desk.asm_email, desk.service_email, desk.company_zone)
