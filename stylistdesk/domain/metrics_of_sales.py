"""What the rep sells and earns (R20). Amounts are cents of the desk's currency; others only count as orders.

Sales count on the day of the order, commission on the day on which it was earned or paid. An order of which nothing is
left counts as booked and cancelled, and nowhere else. Formulas that look at each order spell `active` and
`is_cancelled` out: of a hundred thousand, the calls would take half the time.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from stylistdesk.domain.commission import half_up
from stylistdesk.domain.metrics import Measure, Row, Unit, mean_of, rate_of, sum_of


class Sale(NamedTuple):
    """One order as it stands now. `units` is empty where nobody has told; `projected` is what it earns if all ships.

    `refunded` is what a shop paid back of what is active, `has_arrived` whether it says that the order was received.
    """

    on: date
    client_id: int
    order_id: int
    placed_at: datetime
    is_own_currency: bool
    booked: int
    cancelled: int
    shipped: int
    units: int | None
    projected: int
    refunded: int = 0
    has_arrived: bool = False

    @property
    def active(self) -> int:
        """Booked less cancelled."""
        return self.booked - self.cancelled

    @property
    def is_cancelled(self) -> bool:
        """Whether all of it was cancelled."""
        return self.booked > 0 and self.cancelled >= self.booked


@dataclass(slots=True)
class Sold:
    """What is summed up of orders: of one, or of all of a day, which are no one client's.

    Each amount stands with the number of orders that it is made of. Orders in another currency have units alone.
    """

    on: date
    client_id: int = 0
    orders: int = 0
    booked: int = 0
    standing: int = 0
    active: int = 0
    cut: int = 0
    cancelled: int = 0
    sent: int = 0
    shipped: int = 0
    counted: int = 0
    units: int = 0
    rated: int = 0
    projected: int = 0

    def add(self, sale: Sale) -> None:
        """One order more."""
        _, _, _, _, is_own, booked, cancelled, shipped, units, projected, _, _ = sale
        stands = not cancelled >= booked > 0
        if stands and units is not None:
            self.counted += 1
            self.units += units
        if not is_own:
            return
        self.orders += 1
        self.booked += booked
        if stands:
            self.standing += 1
            self.active += booked - cancelled
        if cancelled:
            self.cut += 1
            self.cancelled += cancelled
        if shipped:
            self.sent += 1
            self.shipped += shipped
        if projected:
            self.rated += 1
            self.projected += projected


def one_by_one(sales: Iterable[Sale]) -> tuple[Sold, ...]:
    """Each order by itself, for who is behind a number."""
    found = []
    for sale in sales:
        found.append(Sold(sale.on, sale.client_id))
        found[-1].add(sale)
    return tuple(found)


def by_day(sales: Iterable[Sale]) -> tuple[Sold, ...]:
    """The sums of each day, in the order of the days: a year of them is soon added up."""
    days: dict[date, Sold] = {}
    for sale in sales:
        day = days.get(sale.on)
        if day is None:
            day = days[sale.on] = Sold(sale.on)
        day.add(sale)
    return tuple(days[on] for on in sorted(days))


def booked(sold: Iterable[Sold]) -> Measure:
    """What was ordered."""
    return sum_of(((s.client_id, s.booked, s.orders) for s in sold if s.orders), Unit.CENTS)


def cancelled(sold: Iterable[Sold]) -> Measure:
    """What was cancelled of it since."""
    return sum_of(((s.client_id, s.cancelled, s.cut) for s in sold if s.cut), Unit.CENTS)


def active(sold: Iterable[Sold]) -> Measure:
    """Booked less cancelled."""
    return sum_of(_net(sold), Unit.CENTS)


def _net(sold: Iterable[Sold]) -> Iterable[Row]:
    return ((s.client_id, s.active, s.standing) for s in sold if s.standing)


def shipped(sold: Iterable[Sold]) -> Measure:
    """What was sent of it, less what was reopened."""
    return sum_of(((s.client_id, s.shipped, s.sent) for s in sold if s.sent), Unit.CENTS)


def order_value(sold: Iterable[Sold]) -> Measure:
    """Net merchandise / orders: no tax, no shipping, nothing that was cancelled."""
    return mean_of(_net(sold), Unit.CENTS)


def units_per_order(sold: Iterable[Sold]) -> Measure:
    """Units / orders, in hundredths, of the orders whose units are known."""
    return mean_of(((s.client_id, s.units, s.counted) for s in sold if s.counted), Unit.HUNDREDTHS, 100)


def projected(sold: Iterable[Sold]) -> Measure:
    """Commission on the orders, if all of what is active ships."""
    return sum_of(((s.client_id, s.projected, s.rated) for s in sold if s.rated), Unit.CENTS)


def retention(before: Iterable[Sale], now: Iterable[Sale]) -> Measure:
    """Clients who bought in the period before and again in this one / clients who bought in the period before."""
    again = {s.client_id for s in now if not s.cancelled >= s.booked > 0}
    hers = dict.fromkeys(s.client_id for s in before if not s.cancelled >= s.booked > 0)
    return rate_of((client_id, int(client_id in again), 1) for client_id in hers)


class Sent(NamedTuple):
    """A root lookbook that was delivered."""

    on: date
    client_id: int
    delivered_at: datetime


class Checkout(NamedTuple):
    """A client checked out, and no order of it is known."""

    client_id: int
    at: datetime


class Won(NamedTuple):
    """A root lookbook, how many orders and checkouts are put down to it, and what the orders come to."""

    on: date
    client_id: int
    orders: int
    net: int


def attributed(
    lookbooks: Sequence[Sent], sales: Iterable[Sale], checkouts: Iterable[Checkout], days: int
) -> tuple[Won, ...]:
    """Which orders are put down to which lookbook: to the last one that she got before, within so many days of it.

    The lookbooks stay in their order.
    """
    hers: dict[int, list[tuple[datetime, int]]] = {}
    for index, lookbook in enumerate(lookbooks):
        hers.setdefault(lookbook.client_id, []).append((lookbook.delivered_at, index))
    for found in hers.values():
        found.sort()
    window = timedelta(days=days)
    orders, net = [0] * len(lookbooks), [0] * len(lookbooks)

    def before(client_id: int, at: datetime) -> int | None:
        sent = hers.get(client_id, ())
        place = bisect_right(sent, (at, -1))  # one that came at the same instant is not before it
        return sent[place - 1][1] if place and at <= sent[place - 1][0] + window else None

    for sale in sales:
        if not sale.is_cancelled and (book := before(sale.client_id, sale.placed_at)) is not None:
            orders[book] += 1
            net[book] += sale.active if sale.is_own_currency else 0
    for checkout in checkouts:
        if (book := before(checkout.client_id, checkout.at)) is not None:
            orders[book] += 1
    return tuple(Won(s.on, s.client_id, orders[i], net[i]) for i, s in enumerate(lookbooks))


def conversion(lookbooks: Iterable[Won]) -> Measure:
    """Root lookbooks that were followed by an order or a checkout / root lookbooks delivered."""
    return rate_of((one.client_id, int(one.orders > 0), 1) for one in lookbooks)


def revenue_per_lookbook(lookbooks: Iterable[Won]) -> Measure:
    """What the orders after a lookbook come to / root lookbooks delivered."""
    return mean_of(((one.client_id, one.net, 1) for one in lookbooks), Unit.CENTS)


class Moved(NamedTuple):
    """An item that came to a client, or that she sent back; of which order is not always known."""

    on: date
    client_id: int
    order_id: int | None
    is_back: bool


class Received(NamedTuple):
    """An order that arrived, on the day after its return window: its units, and how many of them came back."""

    on: date
    client_id: int
    units: int
    returned: int


def returns(sales: Sequence[Sale], moved: Iterable[Moved], window_days: int) -> tuple[Received, ...]:
    """What came back of each order that arrived; `sales` are in the order of their days, and so is what is given.

    An item that names no order is of the last one before it. A refund counts as its share of the units, where the shop
    tells of more money back than of items.
    """
    items = list(moved)
    unnamed = {item.client_id for item in items if item.order_id is None}
    hers: dict[int, list[Sale]] = {}
    for sale in sales:
        if sale.client_id in unnamed and sale.booked > sale.cancelled:
            hers.setdefault(sale.client_id, []).append(sale)
    back: dict[int, int] = {}
    arrived: set[int] = set()
    for item in items:
        order_id = item.order_id
        if order_id is None:
            before = [sale.order_id for sale in hers.get(item.client_id, ()) if sale.on <= item.on]
            if not before:
                continue
            order_id = before[-1]
        if item.is_back:
            back[order_id] = back.get(order_id, 0) + 1
        arrived.add(order_id)
    days: dict[date, date] = {}
    closed = timedelta(days=window_days + 1)
    found = []
    for placed_on, client_id, key, _, _, booked, cancelled, _, bought, _, refunded, has_arrived in sales:
        worth, units = booked - cancelled, bought or 0
        if worth <= 0 or not (has_arrived or key in arrived):
            continue
        came = back.get(key, 0)
        if refunded:
            came = max(came, half_up(units * refunded, worth))
        on = days.get(placed_on) or days.setdefault(placed_on, placed_on + closed)
        found.append(Received(on, client_id, units, min(units, came)))
    return tuple(found)


def kept(received: Iterable[Received], today: date) -> Measure:
    """(received - returned) / received, of the orders whose return window has closed."""
    return rate_of((one.client_id, max(0, one.units - one.returned), one.units) for one in received if one.on <= today)


class Earned(NamedTuple):
    """Commission that an order earned on a day, or that a credit took back (below zero)."""

    on: date
    client_id: int
    order_id: int
    cents: int


@dataclass(frozen=True, slots=True)
class Payment:
    """Commission that was paid to the rep, or taken back; for one brand or for all."""

    on: date
    id: int
    cents: int
    brand_id: int | None = None
    note: str = ""


def earned(postings: Iterable[Earned]) -> Measure:
    """What shipped earned, less what credits took back."""
    return sum_of(((one.client_id, one.cents, 1) for one in postings if one.cents), Unit.CENTS)


def paid(payments: Iterable[Payment]) -> Measure:
    """What was paid to the rep."""
    found = list(payments)
    total = sum(one.cents for one in found)
    return Measure(Unit.CENTS, total, total, len(found))


class Owed(NamedTuple):
    """What was earned less what was paid up to a day and with it, and how many postings that rests on."""

    on: date
    cents: int
    n: int


def owed(postings: Iterable[Earned], payments: Iterable[Payment]) -> tuple[Owed, ...]:
    """The same for each day on which something was earned or paid, in the order of the days."""
    days: dict[date, tuple[int, int]] = {}
    for posting in postings:
        cents, n = days.get(posting.on, (0, 0))
        days[posting.on] = cents + posting.cents, n + (posting.cents != 0)
    for payment in payments:
        cents, n = days.get(payment.on, (0, 0))
        days[payment.on] = cents - payment.cents, n
    found, cents, n = [], 0, 0
    for on, (more, of) in sorted(days.items()):
        cents, n = cents + more, n + of
        found.append(Owed(on, cents, n))
    return tuple(found)


def outstanding(days: Sequence[Owed]) -> Measure:
    """All that was earned up to the last of these days less all that was paid; below zero where it was paid ahead."""
    _, total, n = days[-1] if days else (None, 0, 0)
    return Measure(Unit.CENTS, total, total, n)
