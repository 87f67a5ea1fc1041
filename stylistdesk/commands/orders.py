"""Orders that the rep types in (R29): order summaries and purchase orders, entered and changed.

An order summary is what the rep knows herself, so it makes no "checked out" signal: she need not be told to thank for
an order that she has just written down. One that a shop's file brings does.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, delete, select, update

from stylistdesk.commands.base import Outcome, Work, at_noon
from stylistdesk.commands.brands import brand_called
from stylistdesk.commands.host_events import check_order_day
from stylistdesk.commands.moving import judged_move, move_now, take_out
from stylistdesk.commands.paying import give_back
from stylistdesk.commands.reward_adjustments import rewards_follow
from stylistdesk.commands.triage import client_named, client_of_sale
from stylistdesk.db import tables
from stylistdesk.db.derive import refresh_order_summary
from stylistdesk.db.gifts import paid_by_gifts
from stylistdesk.db.orders import KnownOrder, read_orders
from stylistdesk.db.rating import rate_orders
from stylistdesk.db.returns import SENT_INSTEAD, let_go_of, refuse_if_back
from stylistdesk.db.tables import CommissionRate, Order, OrderLine
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import BY_ITSELF, IN_AN_EVENT, sells_gift
from stylistdesk.domain.money import format_money
from stylistdesk.domain.moves import BY_SERVICE
from stylistdesk.domain.order_lines import MOST_CENTS, TypedLine, same_lines
from stylistdesk.domain.rates import WHOLE
from stylistdesk.domain.sales import NOTHING, net_of_line
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import BasisPoints, Cents, OrderKind, OrderStatus, RateScope

OURS = "desk"
"""The source of an order that was typed in."""

PREFIXES = {OrderKind.SUMMARY: "S", OrderKind.PURCHASE_ORDER: "PO"}
FIRST_NUMBER = 1001
MOST_UNITS = 10_000_000
ASK_SERVICE = "Customer service can do it: 9, Moving orders. An order that was only just entered is taken back with u."


@dataclass(frozen=True, slots=True)
class OrderForm:
    """What the form of an order holds. A purchase order's total and units are those of its lines.

    `rate` is the commission agreed for this order alone: 0 is a rate, None is none. An empty number gets the next one.
    `event_id` is the event that it was placed in (R37), 0 for none; None leaves it where it is.
    """

    ordered_on: date
    total: Cents = NOTHING
    brand: str = ""
    season: str = ""
    season_year: int | None = None
    ship_on: date | None = None
    cancel_on: date | None = None
    location_id: int | None = None
    number: str = ""
    units: int | None = None
    rate: BasisPoints | None = None
    rep: str = ""
    origin: str = ""
    description: str = ""
    lines: tuple[TypedLine, ...] = ()
    event_id: int | None = None

    def check(self, work: Work) -> None:
        """Raises `Refused` at the first wrong field."""
        if self.ordered_on > work.now.astimezone(work.zone).date():
            raise Refused("That day is not here yet.", field="ordered_on", hint="An order is entered when it is there.")
        if self.ship_on is not None and self.ship_on < self.ordered_on:
            raise Refused("It would ship before it is ordered.", field="ship_on")
        if self.cancel_on is not None and self.cancel_on < (self.ship_on or self.ordered_on):
            raise Refused("It would be cancelled before it ships.", field="cancel_on")
        if not 0 <= self.total <= MOST_CENTS:
            raise Refused("The total is zero or more.", field="total", hint="What comes back is a credit memo.")
        if self.units is not None and not 0 <= self.units <= MOST_UNITS:
            raise Refused("Units are zero or more.", field="units")
        if self.rate is not None and not 0 <= self.rate <= WHOLE:
            raise Refused("A rate is 0 to 100 %.", field="rate", hint="Write it as 7 or 7.5 %.")


def order_with(session: Session, order_id: int) -> Order:
    """The order, or `Refused` if it is gone."""
    order = session.get(Order, order_id)
    if order is None:
        raise Refused("This order is no longer on the desk.", hint="Undo brings a removed order back.")
    return order


def refuse_of_shop(order: Order) -> None:
    """Raises `Refused` for an order that a shop keeps: its next file would say otherwise."""
    if order.kind is OrderKind.SHOP:
        if order.source == SENT_INSTEAD:
            number = order.number.removesuffix("X")
            raise Refused(f"Order {order.number} is what is sent for return {number}.",
                          hint=f"Cancel {number} under Returns, or open a return of this order.")  # fmt: skip
        raise Refused(
            f"Order {order.number} is kept by {order.source}.", hint="Change it there and import its file again."
        )


def refuse_of_host(session: Session, order: Order) -> None:
    """Raises `Refused` for what a host order became when it was placed: it is final (R38)."""
    placed = select(tables.HostOrder.id).where(tables.HostOrder.order_id == order.id)
    if order.is_host_order and session.exec(placed).first() is not None:
        raise Refused(
            f"Order {order.number} is a host order, and final.", hint="Cancel the host order in the back office."
        )


def known(work: Work, order_id: int) -> KnownOrder:
    """The order as it is now, with all that hangs on it."""
    work.session.flush()
    return next(read_orders(work.session, work.zone, ids=(order_id,)))


def settle(work: Work, order_id: int) -> None:
    """Bring what follows from an order's money in step: its status, its commission, and its client's summary."""
    session, order = work.session, order_with(work.session, order_id)
    if order.kind is not OrderKind.SHOP:
        stand(work, order)
    session.flush()
    rate_orders(session, work.zone, work.now, ids=(order_id,))
    refresh_order_summary(session, (order.client_id,), work.zone)


def stand(work: Work, order: Order) -> None:
    """Bring what has shipped of an order that was typed in, and its status, in step with its shipments and sums."""
    assert order.id is not None
    order.shipped_cents = sum(shipment["amount_cents"] for shipment in known(work, order.id).shipments)
    found = known(work, order.id)
    standing = found.facts.standing
    days = [shipment["shipped_on"] for shipment in found.shipments]
    cancelled = standing.cancelled >= standing.booked if standing.booked else order.cancelled_at is not None
    done = not cancelled and standing.booked > 0 and standing.open <= 0
    order.status = OrderStatus.CANCELLED if cancelled else OrderStatus.SHIPPED if done else OrderStatus.PLACED
    order.shipped_at = max(at_noon(work, max(days)), order.placed_at) if done and days else None
    if not order.cancelled_cents and standing.booked:
        order.cancelled_at = None


def next_number(prefix: str, numbers: list[str]) -> str:
    """The number after the highest of those with this prefix: "S1001" is the first."""
    digits = [number.removeprefix(prefix) for number in numbers if number.startswith(prefix)]
    highest = max((int(d) for d in digits if d.isascii() and d.isdigit() and len(d) <= 9), default=FIRST_NUMBER - 1)
    return f"{prefix}{highest + 1}"


def next_order_number(session: Session, kind: OrderKind) -> str:
    """The number that an order of this kind gets next."""
    taken = session.exec(select(Order.number).where(Order.source == OURS, Order.kind == kind)).all()
    return next_number(PREFIXES[kind], list(taken))


@dataclass(frozen=True, slots=True)
class AddOrderSummary:
    """Write down what a client ordered, in one sum. `Outcome.value` is the order's id."""

    client_id: int
    form: OrderForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong."""
        return _add(work, self.client_id, self.form, OrderKind.SUMMARY)


@dataclass(frozen=True, slots=True)
class AddPurchaseOrder:
    """Write down a purchase order with its lines. `Outcome.value` is the order's id."""

    client_id: int
    form: OrderForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, without a line, and for a gift certificate among them (R36)."""
        return _add(work, self.client_id, self.form, OrderKind.PURCHASE_ORDER)


def _add(work: Work, client_id: int, form: OrderForm, kind: OrderKind) -> Outcome:
    session, client = work.session, client_named(work.session, client_id)
    form.check(work)
    order = Order(
        client_id=client_id,
        source=OURS,
        number=clean(form.number, limit=100) or next_order_number(session, kind),
        status=OrderStatus.PLACED,
        placed_at=at_noon(work, form.ordered_on),
        currency=work.currency,
        subtotal_cents=0,
        shipping_cents=0,
        tax_cents=0,
        discount_cents=0,
        total_cents=0,
        kind=kind,
    )
    _refuse_taken(session, order.number)
    if form.event_id:
        order.event_id = check_order_day(work, form.event_id, form.ordered_on).id
    session.add(order)
    _put(work, order, form)
    assert order.id is not None
    settle(work, order.id)
    total = format_money(order_with(session, order.id).total_cents, work.currency)
    return Outcome(f"Added order {order.number} of {client.name}, {total}", (client_id,), order.id)


@dataclass(frozen=True, slots=True)
class EditOrder:
    """Change an order that was typed in. What is frozen on it stays, unless the form names another rate for it.

    A rate agreed for the order rates all of it; one agreed for a line rates that line alone. A line that stays keeps
    its rate, a new one is rated by the order's day, and one that goes takes its rate along. Where it costs less now,
    certificates get back at once what they paid and is owed no longer (R36).
    """

    order_id: int
    form: OrderForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, an order of a shop, and less than has shipped already."""
        session, order = work.session, order_with(work.session, self.order_id)
        refuse_of_shop(order)
        self.form.check(work)
        before = order.total_cents
        number = clean(self.form.number, limit=100) or order.number
        day = order.placed_at.astimezone(work.zone).date()
        if (number, self.form.total, self.form.ordered_on) != (order.number, order.total_cents, day):
            refuse_of_host(session, order)
        _refuse_taken(session, number, but=self.order_id)
        with rewards_follow(
            work, f"Order {number} changed", order.event_id, self.form.event_id, order_id=self.order_id
        ) as told:
            self._change(work, order, number, day)
        client_id = order_with(session, self.order_id).client_id
        name = client_of_sale(session, client_id).name
        back, clients = give_back(work, self.order_id) if order.total_cents < before else ("", ())
        label = f"Edited order {number} of {name}{''.join(told)}{back}"
        return Outcome(label, tuple(dict.fromkeys((client_id, *clients))))

    def _change(self, work: Work, order: Order, number: str, day: date) -> None:
        session = work.session
        order.number = number
        if self.form.ordered_on != day:
            if order.event_id and self.form.event_id in (None, order.event_id):
                check_order_day(work, order.event_id, self.form.ordered_on)
            order.placed_at = at_noon(work, self.form.ordered_on)
        whole, lines = _put(work, order, self.form)
        found = known(work, self.order_id)
        if found.booked < order.cancelled_cents or found.facts.standing.open < 0:
            raise Refused("More than that has shipped or was cancelled already.", field="total")
        if found.facts.kept_back > found.facts.standing.active:
            raise Refused("More than that was credited already.", field="total")
        if any(shipment["shipped_on"] < found.day for shipment in found.shipments):
            raise Refused("A part of it shipped before that day.", field="ordered_on")
        if whole or lines:
            rate_orders(session, work.zone, work.now, ids=(self.order_id,), anew=whole, anew_lines=lines)
        settle(work, self.order_id)


def _put(work: Work, order: Order, form: OrderForm) -> tuple[bool, list[int]]:
    """Write the form into the order. Whether the rate agreed for it is another now, and for which of its lines."""
    session = work.session
    brand = brand_called(session, form.brand)
    if form.location_id is not None:
        place = session.get(tables.Location, form.location_id)
        if place is None or place.client_id != order.client_id:
            raise Refused("That is not one of her locations.", field="location_id")
    lines = form.lines if order.kind is OrderKind.PURCHASE_ORDER else ()
    if order.kind is OrderKind.PURCHASE_ORDER and not lines:
        raise Refused("A purchase order has lines.", field="lines", hint="Add an order summary for one without.")
    if any(sells_gift(line.name) for line in lines):
        raise Refused("A gift certificate is no part of an order.", field="lines",
                      hint="Sell such a cart among your Certificates: it is split there.")  # fmt: skip
    total = sum(net_of_line(x.price, x.quantity, x.discount) for x in lines) if lines else form.total
    if total > MOST_CENTS:
        raise Refused("That is too much for one order.", field="lines")
    order.brand_id = brand.id if brand is not None else None
    order.season, order.season_year = clean(form.season, limit=60), form.season_year
    order.ship_on, order.cancel_on, order.location_id = form.ship_on, form.cancel_on, form.location_id
    order.units = sum(x.quantity for x in lines) if lines else form.units
    order.rep, order.origin = clean(form.rep, limit=200), clean(form.origin, limit=200)
    order.note = clean(form.description, multiline=True, limit=20_000)
    order.total_cents = total
    order.discount_cents = sum(x.discount for x in lines)
    order.subtotal_cents = total
    if form.event_id is not None and form.event_id != (order.event_id or 0):
        _change_event(work, order, form.event_id)
    if order.event_id and any(sells_gift(line) for line in form.description.splitlines()):
        raise Refused(IN_AN_EVENT, field="description", hint=BY_ITSELF)
    session.flush()
    changed = _agreed(work, order, RateScope.ORDER, form.rate, order_id=order.id)
    return changed, _put_lines(work, order, lines)


def _change_event(work: Work, order: Order, event_id: int) -> None:
    """Move an order that is known (R41), or with 0 take it out. Raises `Refused` where only customer service can."""
    if order.is_host_order:
        raise Refused("A host order stays in its event.", field="event_id", hint="Cancel it there instead.")
    try:
        if event_id:
            move_now(work, judged_move(work, order, event_id))
        else:
            take_out(work, order)
    except Refused as no:
        hint = ASK_SERVICE if no.hint == BY_SERVICE else no.hint
        raise Refused(no.reason, field="event_id", hint=hint) from None


def _put_lines(work: Work, order: Order, lines: tuple[TypedLine, ...]) -> list[int]:
    """Write the lines; the ids of those for which another rate is agreed now."""
    session = work.session
    there = session.exec(
        select(OrderLine).where(OrderLine.order_id == order.id).order_by(col(OrderLine.position), col(OrderLine.id))
    ).all()
    own = dict(
        session.exec(
            select(CommissionRate.order_line_id, CommissionRate.rate).where(
                CommissionRate.scope == RateScope.LINE, CommissionRate.order_id == order.id
            )
        ).all()
    )
    stays = same_lines([_typed(row, own.get(row.id)) for row in there], lines)
    for index, gone in enumerate(there):
        if index not in stays:
            refuse_if_back(session, gone.id)
            session.exec(delete(CommissionRate).where(col(CommissionRate.order_line_id) == gone.id))
            session.delete(gone)
    changed = []
    for position, (typed, known_at) in enumerate(zip(lines, stays, strict=True)):
        row = (
            there[known_at]
            if known_at is not None
            else OrderLine(order_id=order.id or 0, position=position, name="", quantity=0, price_cents=0)
        )
        if row.id is not None and typed.quantity < row.quantity:
            refuse_if_back(session, row.id, typed.quantity)
        row.position = position
        row.name, row.sku = clean(typed.name, limit=300), clean(typed.sku, limit=100)
        row.quantity, row.price_cents, row.discount_cents = typed.quantity, typed.price, typed.discount
        session.add(row)
        session.flush()
        if _agreed(work, order, RateScope.LINE, typed.rate, order_id=order.id, line_id=row.id) and row.id:
            changed.append(row.id)
    return changed


def _typed(row: OrderLine, own: int | None) -> TypedLine:
    rate = BasisPoints(own) if own is not None else None
    return TypedLine(row.name, row.quantity, Cents(row.price_cents), Cents(row.discount_cents), row.sku, rate)


def _agreed(
    work: Work,
    order: Order,
    scope: RateScope,
    rate: BasisPoints | None,
    *,
    order_id: int | None,
    line_id: int | None = None,
) -> bool:
    """Keep the rate agreed for this order or line alone. Whether that changes it."""
    session = work.session
    there = session.exec(
        select(CommissionRate).where(
            CommissionRate.scope == scope,
            CommissionRate.order_id == order_id,
            CommissionRate.order_line_id == line_id,
        )
    ).all()
    if [row.rate for row in there] == ([] if rate is None else [rate]):
        return False
    for row in there:
        session.delete(row)
    if rate is not None:
        session.add(
            CommissionRate(
                scope=scope,
                client_id=order.client_id,
                order_id=order_id,
                order_line_id=line_id,
                rate=rate,
                set_at=work.now,
            )
        )
    session.flush()
    return True


def _refuse_taken(session: Session, number: str, but: int | None = None) -> None:
    taken = session.exec(select(Order.id).where(Order.source == OURS, Order.number == number, Order.id != but)).first()
    if taken is not None:
        raise Refused(f"There is an order {number} already.", field="number", hint="Leave it empty for the next one.")


_BELONGING = (tables.Shipment, tables.CreditMemo, tables.CardPayment, tables.OrderMove)


@dataclass(frozen=True, slots=True)
class RemoveOrder:
    """Remove an order with its lines, shipments, credit memos and rates. A signal that told of it stays."""

    order_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone, while a gift certificate pays for it, or where a return hangs on it."""
        session, order = work.session, order_with(work.session, self.order_id)
        refuse_of_host(session, order)
        client_id, number = order.client_id, order.number
        name = client_of_sale(session, client_id).name
        if paid_by_gifts(session, self.order_id):
            raise Refused(f"A gift certificate pays for order {number}.", hint="Give it back to the certificate first.")
        with rewards_follow(work, f"Order {number} removed", order.event_id) as told:
            self._remove(work, order)
        refresh_order_summary(session, (client_id,), work.zone)
        return Outcome(f"Removed order {number} of {name}{''.join(told)}", (client_id,))

    def _remove(self, work: Work, order: Order) -> None:
        session = work.session
        for naming in (tables.GiftMovement, tables.GiftCertificate, tables.RewardAdjustment):
            session.exec(update(naming).where(col(naming.order_id) == self.order_id).values(order_id=None))
        let_go_of(session, self.order_id)
        session.exec(update(tables.Signal).where(col(tables.Signal.order_id) == self.order_id).values(order_id=None))
        for table in (CommissionRate, OrderLine, *_BELONGING):
            session.exec(delete(table).where(col(table.order_id) == self.order_id))
        session.delete(order)
        session.flush()
