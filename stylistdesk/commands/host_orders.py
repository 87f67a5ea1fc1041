"""Host orders (R38): entered against an event's rewards, placed, cancelled.

One is pending while it can be changed. Placing it is final: what the rewards are is frozen on it, and what the host
pays becomes an order of hers. Cancelling it lets the rewards be used again. An event has one at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.host_events import TickStep, event_with
from stylistdesk.commands.orders import OURS, AddOrderSummary, OrderForm, known, next_number, order_with, settle
from stylistdesk.commands.triage import client_named, client_of_sale
from stylistdesk.db.event_orders import rewards_of_events
from stylistdesk.db.gifts import paid_by_gifts
from stylistdesk.db.host_orders import lines_of, live_host_order
from stylistdesk.db.tables import HostEvent, HostOrder, HostOrderLine, Order, RewardAdjustment
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_events import ClosingStep
from stylistdesk.domain.host_orders import HostLine, Taken, check_lines, refusal, spell_host_line, taken
from stylistdesk.domain.money import format_money
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import HostOrderStatus

PREFIX = "HO-"


@dataclass(frozen=True, slots=True)
class EnterHostOrder:
    """Write down what the host of an event takes against its rewards. `Outcome.value` is the host order's id.

    `client_id` says who takes them where the event is the rep's own: it has no host.
    """

    event_id: int
    lines: Sequence[HostLine]
    client_id: int | None = None
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for more than the rewards, for one too many, and for another client than the host."""
        session, event = work.session, _earning(work, self.event_id)
        there = live_host_order(session, self.event_id)
        if there is not None:
            hint = "Change it, or cancel it." if there.status is HostOrderStatus.PENDING else "Cancel it first."
            raise Refused(f"There is a host order {there.number} already, {there.status.value}.", hint=hint)
        client_id = _host_of(event, self.client_id)
        name = client_named(session, client_id).name
        lines = _checked(self.lines)
        takes = _fitting(work, self.event_id, lines)
        order = HostOrder(
            event_id=self.event_id,
            client_id=client_id,
            number=next_host_number(session),
            status=HostOrderStatus.PENDING,
            entered_at=work.now,
            note=clean(self.note, multiline=True, limit=2_000),
        )
        session.add(order)
        session.flush()
        _put_lines(session, order, lines)
        return Outcome(f"Entered host order {order.number} of {name}, {_she_pays(work, takes)}", (client_id,), order.id)


@dataclass(frozen=True, slots=True)
class EditHostOrder:
    """Change a host order while it is pending."""

    host_order_id: int
    lines: Sequence[HostLine]
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for more than the rewards, and for one that was placed or cancelled."""
        session, order = work.session, _host_order(work.session, self.host_order_id)
        _refuse_unless_pending(order)
        lines = _checked(self.lines)
        takes = _fitting(work, order.event_id, lines)
        order.note = clean(self.note, multiline=True, limit=2_000)
        _put_lines(session, order, lines)
        name = client_of_sale(session, order.client_id).name
        said = f"Changed host order {order.number} of {name}, {_she_pays(work, takes)}"
        return Outcome(said, (order.client_id,), order.id)


@dataclass(frozen=True, slots=True)
class PlaceHostOrder:
    """Place a pending host order. `Outcome.value` is the id of the order that it becomes: what the host pays."""

    host_order_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` where the rewards no longer allow it, and where the event has another host by now."""
        session, host_order = work.session, _host_order(work.session, self.host_order_id)
        _refuse_unless_pending(host_order)
        event = _earning(work, host_order.event_id)
        _refuse_another_host(session, event, host_order)
        lines = lines_of(session, (self.host_order_id,)).get(self.host_order_id, ())
        check_lines(lines)
        takes = _fitting(work, host_order.event_id, lines)
        rewards = rewards_of_events(session, work.settings, (host_order.event_id,))[host_order.event_id]
        today = work.now.astimezone(work.zone).date()
        words = [f"Host order of {event.name}", *(spell_host_line(line, work.currency) for line in lines)]
        form = OrderForm(
            today, takes.she_pays, number=host_order.number, units=takes.units, description="\n".join(words)
        )
        order_id = AddOrderSummary(host_order.client_id, form).apply(work).value
        order = order_with(session, order_id)
        order.event_id, order.is_host_order = host_order.event_id, True
        host_order.status, host_order.placed_at = HostOrderStatus.PLACED, work.now
        host_order.reward_cents, host_order.half_price_items = rewards.cents, rewards.half_price_items
        host_order.order_id = order_id
        name = client_of_sale(session, host_order.client_id).name
        _tick(work, host_order.event_id, done=True)
        said = f"Placed host order {host_order.number} of {name}, {_she_pays(work, takes)}"
        if event.closes_on >= today:
            said += f"; the event is open until {work.say(event.closes_on)}"
        return Outcome(said, (host_order.client_id,), order_id)


@dataclass(frozen=True, slots=True)
class CancelHostOrder:
    """Cancel a host order: the rewards can be used again. Of one that was placed, its order is cancelled too.

    Adjustments that were posted since are taken away: what they are about is in what the orders come to.
    """

    host_order_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for one that is cancelled, and where something of its order was sent, paid or credited."""
        session, host_order = work.session, _host_order(work.session, self.host_order_id)
        if host_order.status is HostOrderStatus.CANCELLED:
            raise Refused(f"Host order {host_order.number} is cancelled already.", hint="Enter another one.")
        was_placed = host_order.status is HostOrderStatus.PLACED
        host_order.status, host_order.cancelled_at = HostOrderStatus.CANCELLED, work.now
        if was_placed:
            _cancel_order(work, host_order)
            _tick(work, host_order.event_id, done=False)
            posted = select(RewardAdjustment).where(RewardAdjustment.event_id == host_order.event_id)
            for adjustment in session.exec(posted).all():
                session.delete(adjustment)
        name = client_of_sale(session, host_order.client_id).name
        also = " and its order" if was_placed and host_order.order_id is not None else ""
        said = f"Cancelled host order {host_order.number} of {name}{also}"
        return Outcome(said, (host_order.client_id,), host_order.id)


def _tick(work: Work, event_id: int, *, done: bool) -> None:
    """The step of closing the event that this is (R37), where it has a host."""
    event = work.session.get(HostEvent, event_id)
    if event is not None and event.client_id is not None:
        TickStep(event_id, ClosingStep.HOST_ORDER, done).apply(work)


def _cancel_order(work: Work, host_order: HostOrder) -> None:
    if host_order.order_id is None:
        return
    order, found = order_with(work.session, host_order.order_id), known(work, host_order.order_id)
    if found.shipments or found.credits:
        done = "something of it was sent" if found.shipments else "something of it was credited"
        raise Refused(f"Order {order.number} cannot be cancelled: {done}.", hint="Take that back on her order first.")
    if paid_by_gifts(work.session, host_order.order_id):
        raise Refused(
            f"Order {order.number} was paid with a gift certificate.", hint="Put that back on the certificate first."
        )
    order.cancelled_cents, order.cancelled_at = found.booked, max(work.now, order.placed_at)
    settle(work, host_order.order_id)


def _earning(work: Work, event_id: int) -> HostEvent:
    """The event, or `Refused` if it is gone or was cancelled."""
    event = event_with(work, event_id)
    if event.cancelled_at is not None:
        raise Refused(f"{event.name} was cancelled: it earns nothing.", hint="Reopen the event first.")
    return event


def next_host_number(session: Session) -> str:
    """The number that a host order gets next: none that an order of the desk has."""
    taken_numbers = [
        *session.exec(select(HostOrder.number)).all(),
        *session.exec(select(Order.number).where(Order.source == OURS)).all(),
    ]
    return next_number(PREFIX, taken_numbers)


def _host_of(event: HostEvent, client_id: int | None) -> int:
    if event.client_id is None:
        if client_id is None:
            raise Refused(
                f"{event.name} is your own event: say which client takes its rewards.",
                field="client",
                hint="Add yourself as a client if it is you.",
            )
        return client_id
    if client_id not in (None, event.client_id):
        raise Refused("The rewards of an event are its host's alone.", field="client", hint="Change the event's host.")
    return event.client_id


def _refuse_another_host(session: Session, event: HostEvent, host_order: HostOrder) -> None:
    if event.client_id not in (None, host_order.client_id):
        host, other = (client_named(session, key).name for key in (event.client_id or 0, host_order.client_id))
        raise Refused(
            f"{host} is the host of {event.name} now, and {host_order.number} is {other}'s.",
            hint="Cancel it, and enter another one.",
        )


def _host_order(session: Session, host_order_id: int) -> HostOrder:
    found = session.get(HostOrder, host_order_id)
    if found is None:
        raise Refused("This host order is no longer on the desk.", hint="Undo brings it back.")
    return found


def _refuse_unless_pending(host_order: HostOrder) -> None:
    if host_order.status is HostOrderStatus.PLACED:
        raise Refused(f"Host order {host_order.number} was placed: it is final.", hint="Cancel it, and enter another.")
    if host_order.status is HostOrderStatus.CANCELLED:
        raise Refused(f"Host order {host_order.number} was cancelled.", hint="Enter another one.")


def _checked(lines: Sequence[HostLine]) -> tuple[HostLine, ...]:
    cleaned = tuple(HostLine(clean(line.name, limit=300), line.quantity, line.price, line.pays) for line in lines)
    check_lines(cleaned)
    return cleaned


def _fitting(work: Work, event_id: int, lines: Sequence[HostLine]) -> Taken:
    """What the lines take. Raises `Refused` where that is more than the event's rewards allow."""
    takes = taken(lines)
    no = refusal(takes, rewards_of_events(work.session, work.settings, (event_id,))[event_id], work.currency)
    if no is not None:
        raise no
    return takes


def _she_pays(work: Work, takes: Taken) -> str:
    return f"she pays {format_money(takes.she_pays, work.currency)}"


def _put_lines(session: Session, order: HostOrder, lines: Sequence[HostLine]) -> None:
    """Write the lines; one that stays as it is stays untouched."""
    assert order.id is not None
    there = session.exec(
        select(HostOrderLine).where(HostOrderLine.host_order_id == order.id).order_by(col(HostOrderLine.position))
    ).all()
    for gone in there[len(lines) :]:
        session.delete(gone)
    for position, line in enumerate(lines):
        row = there[position] if position < len(there) else None
        row = row or HostOrderLine(
            host_order_id=order.id, position=position, name="", quantity=0, price_cents=0, pays=line.pays
        )
        row.position, row.name, row.quantity = position, line.name, line.quantity
        row.price_cents, row.pays = line.price, line.pays
        session.add(row)
    session.flush()
