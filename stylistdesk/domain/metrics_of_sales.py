"""What the rep sells and earns (R20). Amounts are cents of the desk's currency; others only count as orders.

Sales count on the day of the order, commission on the day on which it was earned or paid. An order of which nothing is
left counts as booked and cancelled, and nowhere else. Formulas that look at each order spell `active` and
`is_cancelled` out: of a hundred thousand, the calls would take half the time.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from stylistdesk.domain.commission import half_up
from stylistdesk.domain.metrics import Measure, Row, Unit, mean_of, rate, rate_of, sum_of


class Sale(NamedTuple):
    """One order as it stands now, and when it was placed, as it is stored: few need to be told as an instant.

    `projected` is what it earns if all ships, `refunded` what a shop paid back of what is active, `has_arrived` whether
    it says that the order was received. `units` is empty where nobody has told.
    """

    placed_at: str
    client_id: int
    order_id: int
    is_own_currency: bool
    booked: int
    cancelled: int
    shipped: int
    projected: int
    refunded: int
    has_arrived: bool
    units: int | None

    @property
    def active(self) -> int:
        """Booked less cancelled."""
        return self.booked - self.cancelled

    @property
    def is_cancelled(self) -> bool:
        """Whether all of it was cancelled."""
        return self.booked > 0 and self.cancelled >= self.booked


class Sales(NamedTuple):
    """Orders of a day, in the order in which they were placed: all of them, which are no one client's, or one."""

    on: date
    orders: Sequence[Sale]
    client_id: int = 0


def one_by_one(sales: Iterable[Sales]) -> tuple[Sales, ...]:
    """Each order by itself, for who is behind a number."""
    return tuple(Sales(day.on, (sale,), sale.client_id) for day in sales for sale in day.orders)


class Sold(NamedTuple):
    """What is summed up of the orders of a day.

    Each amount stands with the number of orders that it is made of. Orders in another currency have units alone.
    """

    on: date
    client_id: int
    orders: int
    others: int
    booked: int
    standing: int
    active: int
    cut: int
    cancelled: int
    sent: int
    shipped: int
    counted: int
    units: int
    rated: int
    projected: int


def summed(sales: Iterable[Sales]) -> tuple[Sold, ...]:
    """The sums of each day: a year of them is soon added up."""
    return tuple(_sold(day) for day in sales)


def _sold(day: Sales) -> Sold:
    units = [s.units for s in day.orders if s.units is not None and not s.cancelled >= s.booked > 0]
    own = [s for s in day.orders if s.is_own_currency]
    booked, cancelled = [s.booked for s in own], [s.cancelled for s in own]
    shipped, projected = [s.shipped for s in own], [s.projected for s in own]
    return Sold(
        day.on,
        day.client_id,
        orders=len(own),
        others=len(day.orders) - len(own),
        booked=sum(booked),
        standing=len([s for s in own if not s.cancelled >= s.booked > 0]),
        active=sum(booked) - sum(cancelled),
        cut=len(own) - cancelled.count(0),
        cancelled=sum(cancelled),
        sent=len(own) - shipped.count(0),
        shipped=sum(shipped),
        counted=len(units),
        units=sum(units),
        rated=len(own) - projected.count(0),
        projected=sum(projected),
    )


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


class Buyers(NamedTuple):
    """Who bought on a day what was not cancelled whole."""

    on: date
    clients: frozenset[int]


def buyers(sales: Iterable[Sales]) -> tuple[Buyers, ...]:
    """Those of each day."""
    return tuple(
        Buyers(day.on, frozenset([s.client_id for s in day.orders if not s.cancelled >= s.booked > 0])) for day in sales
    )


def retention(before: Iterable[Buyers], now: Iterable[Buyers]) -> Measure:
    """Clients who bought in the period before and again in this one / clients who bought in the period before."""
    again = frozenset[int]().union(*(day.clients for day in now))
    hers = frozenset[int]().union(*(day.clients for day in before))
    return rate(len(hers & again), len(hers), lambda: [(key, int(key in again), 1) for key in hers])


class Sent(NamedTuple):
    """A root lookbook that was delivered."""

    on: date
    client_id: int
    delivered_at: datetime


class Bought(NamedTuple):
    """An order that stands, and what it comes to; or a checkout of which no order is known, which brings nothing."""

    client_id: int
    at: datetime
    net: int = 0


class Won(NamedTuple):
    """A root lookbook, how many orders and checkouts are put down to it, and what the orders come to."""

    on: date
    client_id: int
    orders: int
    net: int


def attributed(lookbooks: Sequence[Sent], bought: Iterable[Bought], days: int) -> tuple[Won, ...]:
    """What is put down to which lookbook: to the last one that she got before, within so many days of it.

    The lookbooks stay in their order.
    """
    hers: dict[int, list[tuple[datetime, int]]] = {}
    for index, lookbook in enumerate(lookbooks):
        hers.setdefault(lookbook.client_id, []).append((lookbook.delivered_at, index))
    for found in hers.values():
        found.sort()
    window = timedelta(days=days)
    orders, net = [0] * len(lookbooks), [0] * len(lookbooks)
    for client_id, at, cents in bought:
        sent = hers.get(client_id, ())
        place = bisect_right(sent, (at, -1))  # one that came at the same instant is not before it
        if place and at <= sent[place - 1][0] + window:
            book = sent[place - 1][1]
            orders[book] += 1
            net[book] += cents
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
    """Orders that arrived, on the day after their return window: their units, and how many of them came back."""

    on: date
    client_id: int
    units: int
    returned: int


def items_back(sales: Iterable[Sales], moved: Iterable[Moved]) -> dict[int, int]:
    """How many items came back of each order of which an item is known to have come or gone, by its id.

    An item that names no order is of the last one before it.
    """
    items = list(moved)
    unnamed = {item.client_id for item in items if item.order_id is None}
    hers: dict[int, list[tuple[date, int]]] = {}
    for on, orders, _ in sales:
        for sale in orders:
            if sale.client_id in unnamed and sale.booked > sale.cancelled:
                hers.setdefault(sale.client_id, []).append((on, sale.order_id))
    found: dict[int, int] = {}
    for item in items:
        order_id = item.order_id
        if order_id is None:
            before = hers.get(item.client_id, ())
            place = bisect_right(before, item.on, key=itemgetter(0))
            if not place:
                continue
            order_id = before[place - 1][1]
        found[order_id] = found.get(order_id, 0) + item.is_back
    return found


def returns(sales: Iterable[Sales], back: Mapping[int, int], window_days: int) -> tuple[Received, ...]:
    """What came back of the orders of each day that arrived; `back` is what items tell of orders, by their ids.

    A refund counts as its share of the units, where the shop tells of more money back than of items.
    """
    closed = timedelta(days=window_days + 1)
    found = []
    for on, orders, client_id in sales:
        got = [s for s in orders if (s.has_arrived or s.order_id in back) and s.booked > s.cancelled]
        if got:
            came = sum([_came_back(s, back.get(s.order_id, 0)) for s in got if s.refunded or s.order_id in back])
            found.append(Received(on + closed, client_id, sum([s.units or 0 for s in got]), came))
    return tuple(found)


def _came_back(sale: Sale, items: int) -> int:
    units = sale.units or 0
    return min(units, max(items, half_up(units * sale.refunded, sale.active)))


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
