"""Orders moved between events (R41): here where both are open, by customer service where that must do it."""

from dataclasses import dataclass

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.moving import Judged, calendars, judged_move, move_now
from stylistdesk.commands.orders import order_with
from stylistdesk.commands.reward_adjustments import rewards_follow
from stylistdesk.commands.tickets import DraftTicket, MarkTicketSent, SettleTicket
from stylistdesk.db.moves import AT_SERVICE, company_zone, event_facts, order_fact
from stylistdesk.db.tables import Client, DeskInfo, Order, OrderMove, Ticket
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.moves import Broken, Way, judge
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import MoveState, TicketTo

MOST_MOVES = 1_000
"""A plan has at most so many moves."""


def _judged(work: Work, order_id: int, event_id: int) -> Judged:
    return judged_move(work, order_with(work.session, order_id), event_id)


@dataclass(frozen=True, slots=True)
class MoveOrder:
    """Move an order from one open event to another, in the month in which it was placed."""

    order_id: int
    event_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` naming the rule that says no."""
        judged = _judged(work, self.order_id, self.event_id)
        move_now(work, judged)
        return Outcome(f"Moved order {judged.order.number} to “{judged.to.name}”", (judged.order.client_id,))


@dataclass(frozen=True, slots=True)
class MoveOrders:
    """Several orders, each to an event: a plan carried out as one step."""

    moves: tuple[tuple[int, int], ...]

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` naming the first order that may not be moved; then none is."""
        if len(self.moves) > MOST_MOVES:
            raise Refused(f"At most {MOST_MOVES} orders are moved in one step.")
        clients: dict[int, None] = {}
        for order_id, event_id in self.moves:
            judged = _judged(work, order_id, event_id)
            move_now(work, judged)
            clients[judged.order.client_id] = None
        count = len(self.moves)
        return Outcome(f"Moved {count} order{'' if count == 1 else 's'} as planned", tuple(clients))


@dataclass(frozen=True, slots=True)
class RequestMove:
    """Draft the email by which customer service is asked to move an order. `Outcome.value` is the id of the move."""

    order_id: int
    event_id: int
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an order that can be moved here, and for one that nobody can move."""
        judged = _judged(work, self.order_id, self.event_id)
        order, note = judged.order, clean(self.note, multiline=True, limit=2_000)
        if judged.verdict.way is Way.MOVE:
            raise Refused(
                f"Order {order.number} needs no customer service.",
                field="event",
                hint="Both events are open, and its month is not over: move it here.",
            )
        subject, body = _letter(work, judged, note)
        ticket = DraftTicket(TicketTo.SERVICE, subject, body, order.client_id).apply(work)
        move = OrderMove(
            client_id=order.client_id,
            order_id=self.order_id,
            from_event_id=order.event_id,
            to_event_id=self.event_id,
            state=MoveState.DRAFTED,
            entered_at=work.now,
            ticket_id=ticket.value,
            note=note,
        )
        work.session.add(move)
        work.session.flush()
        return Outcome(f"Drafted an email to customer service on {order.number}", (order.client_id,), move.id)


def _letter(work: Work, judged: Judged, note: str) -> tuple[str, str]:
    """The subject and the words of the email to customer service."""
    order, source, to = judged.order, judged.source, judged.to
    client, desk = work.session.get(Client, order.client_id), work.session.get(DeskInfo, 1)
    placed = work.say(order.placed_at.astimezone(company_zone(work.session, work.zone)).date())
    came = f"It is in the event “{source.name}” now." if source else "It was not placed in an event."
    window = f"{work.say(to.opens_on)} to {work.say(to.closes_on)}"
    why = f"\n\nI cannot move it myself: {judged.verdict.reason}" if source else ""
    more = f"\n\n{note}" if note else ""
    body = (
        f"Hello,\n\nplease move order {order.number} of {client.name if client else ''}, placed on {placed}, "
        f"to the event “{to.name}” (open {window}).\n\n{came}{why}{more}\n\n{desk.rep_name if desk else ''}"
    ).rstrip()
    return f"Move order {order.number} to {to.name}", body


def _known(work: Work, move_id: int) -> tuple[OrderMove, Order]:
    move = work.session.get(OrderMove, move_id)
    if move is None:
        raise Refused("This move is no longer on the desk.", hint="Undo brings a removed one back.")
    return move, order_with(work.session, move.order_id)


def _refuse_settled(move: OrderMove, order: Order) -> None:
    if move.state not in AT_SERVICE:
        said = f"The move of order {order.number} is {move.state.value} already."
        if move.state is MoveState.MOVED:
            said = f"Order {order.number} was moved already, by you."
        raise Refused(said, hint="u takes back what was done last.")


@dataclass(frozen=True, slots=True)
class MarkMoveRequested:
    """The email to customer service was sent."""

    move_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a move that was sent already, or is settled."""
        move, order = _known(work, self.move_id)
        _refuse_settled(move, order)
        if move.state is MoveState.REQUESTED:
            raise Refused(f"The move of order {order.number} is requested already.", hint="Say what they answer.")
        move.state, move.requested_at = MoveState.REQUESTED, work.now
        work.session.add(move)
        if move.ticket_id is not None:
            MarkTicketSent(move.ticket_id).apply(work)
        return Outcome(f"Requested the move of order {order.number}", (move.client_id,), move.id)


@dataclass(frozen=True, slots=True)
class ConfirmMove:
    """Customer service has moved the order: from now on it counts for its new event."""

    move_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a move that is settled, and for one that can no longer be."""
        move, order = _known(work, self.move_id)
        _refuse_settled(move, order)
        fact, to = order_fact(order), event_facts(work.session, (move.to_event_id,))[move.to_event_id]
        verdict = judge(fact, None, to, *calendars(work))
        if verdict.way is Way.NO and verdict.broken is not Broken.SAME_EVENT:
            raise Refused(verdict.reason, hint="Say that the move was refused.")
        if order.event_id not in (move.from_event_id, move.to_event_id):
            raise Refused(f"Order {order.number} left the event from which they were to move it.",
                          hint="Say that the move was refused.")  # fmt: skip
        sent = _settle(work, move, MoveState.CONFIRMED)
        note = f"Order {order.number} moved"
        with rewards_follow(work, note, order.event_id, to.id, order_id=order.id) as told:
            order.event_id = to.id
            work.session.add(order)
        said = f"Customer service moved order {order.number} to “{to.name}”{sent}{''.join(told)}"
        return Outcome(said, (move.client_id,), move.id)


@dataclass(frozen=True, slots=True)
class RefuseMove:
    """Customer service will not move the order: it stays where it is."""

    move_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a move that is settled."""
        move, order = _known(work, self.move_id)
        _refuse_settled(move, order)
        sent = _settle(work, move, MoveState.REFUSED)
        return Outcome(f"Customer service refused to move order {order.number}{sent}", (move.client_id,), move.id)


def _settle(work: Work, move: OrderMove, state: MoveState) -> str:
    """Who answers was asked: a draft counts as sent now, outside of the desk; then that is what to say too."""
    sent = ""
    if move.state is MoveState.DRAFTED:
        MarkMoveRequested(move.id or 0).apply(work)
        sent = "; email marked as sent"
    move.state, move.settled_at = state, work.now
    work.session.add(move)
    if move.ticket_id is not None:
        SettleTicket(move.ticket_id).apply(work)
    return sent


@dataclass(frozen=True, slots=True)
class RemoveMove:
    """Take back a draft to customer service that was not sent, with its email."""

    move_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` once it was sent or settled."""
        move, order = _known(work, self.move_id)
        if move.state is not MoveState.DRAFTED:
            raise Refused(
                f"The move of order {order.number} is {move.state.value}: it is kept.",
                hint="Only a draft is removed; u takes back what was done last.",
            )
        ticket_id = move.ticket_id
        work.session.delete(move)
        work.session.flush()
        ticket = work.session.get(Ticket, ticket_id) if ticket_id is not None else None
        if ticket is not None:
            work.session.delete(ticket)
        return Outcome(f"Removed the draft about order {order.number}", (move.client_id,))
