"""How an order gets into another event (R41), judged in one place: for a move, a plan, and an order that is edited."""

from dataclasses import dataclass

from stylistdesk.commands.base import Work
from stylistdesk.db.moves import at_service, company_zone, event_facts, order_fact
from stylistdesk.db.tables import Order, OrderMove
from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.moves import EventFact, Verdict, Way, judge, judge_leaving
from stylistdesk.domain.types import MoveState


@dataclass(frozen=True, slots=True)
class Judged:
    """An order, the events that it is about, and how it can get there."""

    order: Order
    source: EventFact | None
    to: EventFact
    verdict: Verdict


def calendars(work: Work) -> tuple[LocalNow, LocalNow]:
    """Now by the desk's calendar, and by the company's."""
    return LocalNow(work.now, work.zone), LocalNow(work.now, company_zone(work.session, work.zone))


def judged_move(work: Work, order: Order, event_id: int) -> Judged:
    """Raises `Refused` if the event is gone, if nobody can move the order, and while customer service is at it."""
    events = event_facts(work.session, [key for key in (order.event_id, event_id) if key is not None])
    to = events.get(event_id)
    if to is None:
        raise Refused("This event is no longer on the desk.", field="event", hint="Undo brings a removed one back.")
    source = events.get(order.event_id) if order.event_id is not None else None
    verdict = judge(order_fact(order), source, to, *calendars(work))
    if verdict.way is Way.NO:
        raise Refused(verdict.reason, field="event", hint=verdict.hint)
    _refuse_at_service(work, order)
    return Judged(order, source, to, verdict)


def move_now(work: Work, judged: Judged) -> None:
    """Put it there, and keep that it was moved. Raises `Refused` where only customer service can."""
    order, verdict = judged.order, judged.verdict
    if verdict.way is not Way.MOVE:
        raise Refused(verdict.reason, field="event", hint=verdict.hint)
    assert order.id is not None
    work.session.add(
        OrderMove(
            client_id=order.client_id,
            order_id=order.id,
            from_event_id=order.event_id,
            to_event_id=judged.to.id,
            state=MoveState.MOVED,
            entered_at=work.now,
            settled_at=work.now,
        )
    )
    order.event_id = judged.to.id
    work.session.add(order)


def take_out(work: Work, order: Order) -> None:
    """Leave the order in no event. Raises `Refused` where it could not be moved from its own either."""
    assert order.event_id is not None
    source = event_facts(work.session, (order.event_id,))[order.event_id]
    verdict = judge_leaving(order_fact(order), source, *calendars(work))
    if verdict.way is not Way.MOVE:
        raise Refused(verdict.reason, field="event", hint=verdict.hint)
    _refuse_at_service(work, order)
    order.event_id = None
    work.session.add(order)


def _refuse_at_service(work: Work, order: Order) -> None:
    if at_service(work.session, (order.id or 0,)):
        raise Refused(
            f"Customer service is to move order {order.number} already.",
            field="event",
            hint="Say first that they confirmed it or refused it, or remove the draft.",
        )
