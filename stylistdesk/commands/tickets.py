"""Tickets: what the rep writes to HQ, to her ASM or to customer service about her work (R14, R21, R41).

They are drafted here, sent by her mail program, and settled.
"""

from dataclasses import dataclass

from sqlmodel import col, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.tables import Assignment, Client, DeskInfo, OrderMove, Ticket
from stylistdesk.domain.assignments import say_type
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import MoveState, TicketTo

LATE_CHANGE = "Late change"
MOST_WORDS = 20_000
"""A ticket is at most so long."""
WHOM = {TicketTo.HQ: "HQ", TicketTo.ASM: "your ASM", TicketTo.SERVICE: "customer service"}


def tell_hq(work: Work, assignment: Assignment, what: str, *, late: bool) -> str:
    """A late change of a session drafts a ticket to HQ (R14); what to say of it. `what` follows on "…session".

    A draft that was not sent yet tells of each later change too, late or not: it would be wrong otherwise.
    """
    draft = work.session.exec(
        select(Ticket).where(
            Ticket.assignment_id == assignment.id,
            Ticket.recipient == TicketTo.HQ,
            col(Ticket.sent_at).is_(None),
            col(Ticket.settled_at).is_(None),
            col(Ticket.subject).startswith(LATE_CHANGE),
        )
    ).first()
    if draft is not None:
        desk = work.session.get(DeskInfo, 1)
        name = desk.rep_name if desk else ""
        letter = draft.body.removesuffix(name).rstrip() if name else draft.body
        draft.body = f"{letter}\n\nSince then: the session {what}.\n\n{name}".rstrip()
        work.session.add(draft)
        return "; the ticket to HQ says so too"
    if not late:
        return ""
    _draft_late_change(work, assignment, what)
    return "; a ticket to HQ is drafted, the lookbook is still sent"


def _draft_late_change(work: Work, assignment: Assignment, what: str) -> None:
    client = work.session.get(Client, assignment.client_id)
    desk = work.session.get(DeskInfo, 1)
    name = client.name if client else ""
    number = f", assignment {assignment.external_id}" if assignment.external_id else ""
    kind = say_type(assignment.type, assignment.revision_number)
    hours = work.settings.late_change_hours
    ticket = Ticket(
        client_id=assignment.client_id,
        assignment_id=assignment.id,
        recipient=TicketTo.HQ,
        subject=f"{LATE_CHANGE}: {name}",
        body=(
            f"Hello,\n\nthe {kind} session with {name}{number} {what}, "
            f"within {hours} hours of it.\n\nThe lookbook is still made and sent.\n\n{desk.rep_name if desk else ''}"
        ).rstrip(),
        drafted_at=work.now,
    )
    work.session.add(ticket)


@dataclass(frozen=True, slots=True)
class DraftTicket:
    """Draft a ticket about a client, her assignment or her response. `Outcome.value` is its id."""

    recipient: TicketTo
    subject: str
    body: str
    client_id: int | None = None
    assignment_id: int | None = None
    csat_id: int | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without a subject or words."""
        subject, body = _checked(self.subject, self.body)
        ticket = Ticket(
            client_id=self.client_id,
            assignment_id=self.assignment_id,
            csat_id=self.csat_id,
            recipient=self.recipient,
            subject=subject,
            body=body,
            drafted_at=work.now,
        )
        work.session.add(ticket)
        work.session.flush()
        return Outcome(f"Drafted a ticket to {whom(self.recipient)}", _clients(ticket), ticket.id)


def _checked(subject: str, body: str) -> tuple[str, str]:
    subject, body = clean(subject), clean(body, multiline=True, limit=MOST_WORDS)
    if not subject:
        raise Refused("The subject is missing.", field="subject", hint="A few words: what it is about.")
    if not body:
        raise Refused("The ticket is empty.", field="body", hint="Write a few words.")
    return subject, body


def whom(recipient: TicketTo) -> str:
    """To whom, in words."""
    return WHOM[recipient]


def _clients(ticket: Ticket) -> tuple[int, ...]:
    return (ticket.client_id,) if ticket.client_id is not None else ()


def _ticket(work: Work, ticket_id: int) -> Ticket:
    ticket = work.session.get(Ticket, ticket_id)
    if ticket is None:
        raise Refused("This ticket is no longer on the desk.", hint="Undo brings a removed one back.")
    return ticket


@dataclass(frozen=True, slots=True)
class EditTicket:
    """Change what a ticket says, before it is sent."""

    ticket_id: int
    subject: str
    body: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without a subject or words, and for one that was sent."""
        ticket = _ticket(work, self.ticket_id)
        if ticket.sent_at is not None:
            raise Refused("It was sent.", hint="Draft another one, or undo.")
        ticket.subject, ticket.body = _checked(self.subject, self.body)
        return Outcome(f"Edited a ticket to {whom(ticket.recipient)}", _clients(ticket), ticket.id)


@dataclass(frozen=True, slots=True)
class MarkTicketSent:
    """A ticket was sent now, or was not after all."""

    ticket_id: int
    sent: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was sent before keeps its time. Raises `Refused` if the ticket is gone."""
        ticket = _ticket(work, self.ticket_id)
        ticket.sent_at = (ticket.sent_at or work.now) if self.sent else None
        _moves_along(work, self.ticket_id, sent=self.sent)
        said = "Sent" if self.sent else "Took back the sending of"
        return Outcome(f"{said} a ticket to {whom(ticket.recipient)}", _clients(ticket), ticket.id)


def _moves_along(work: Work, ticket_id: int, *, sent: bool) -> None:
    """An order's move that customer service is asked for by this ticket is requested once it was sent (R41)."""
    before, after = (MoveState.DRAFTED, MoveState.REQUESTED)[:: 1 if sent else -1]
    for move in work.session.exec(select(OrderMove).where(OrderMove.ticket_id == ticket_id, OrderMove.state == before)):
        move.state, move.requested_at = after, work.now if sent else None
        work.session.add(move)


@dataclass(frozen=True, slots=True)
class SettleTicket:
    """What a ticket was about is settled, answered or not needed any more; or is not after all."""

    ticket_id: int
    settled: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was settled before keeps its time. Raises `Refused` if the ticket is gone."""
        ticket = _ticket(work, self.ticket_id)
        ticket.settled_at = (ticket.settled_at or work.now) if self.settled else None
        said = "Settled" if self.settled else "Opened again"
        return Outcome(f"{said} a ticket to {whom(ticket.recipient)}", _clients(ticket), ticket.id)
