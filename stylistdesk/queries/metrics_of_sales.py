"""The rows of sales and commission that metrics are made of (R20).

An order stands and earns as `db/orders.py` tells it: that is asked of each of which a part was sent or came back.
Of the others, which are nearly all, the sums over its lines say the same, and a hundred thousand are read in one go.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from stylistdesk.db.orders import read_orders
from stylistdesk.db.rating import is_any_rated
from stylistdesk.db.sums import BOOKED, CANCELLED, REFUNDED, SENT_INSTEAD
from stylistdesk.domain.commission import earning
from stylistdesk.domain.metrics_of_sales import Bought, Buyers, Earned, Moved, Payment, Sale, Sales, Sent
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant
from stylistdesk.queries.local_days import LocalDays, plain_rows

_APART = """
    SELECT order_id FROM shipment UNION SELECT order_id FROM credit_memo
    UNION SELECT id FROM "order" WHERE shipped_cents <> 0
    UNION SELECT l.order_id FROM order_line l JOIN "order" o ON o.id = l.order_id
          WHERE l.shipped AND o.kind = 'shop' AND o.status = 'placed'"""
"""Orders of which a part was sent or came back."""
_SENT = "(status = 'received' OR status = 'shipped') AND kind = 'shop'"
_KEPT = f"({BOOKED} - {CANCELLED})"


_ORDERS = f"""
    SELECT placed_at, client_id, id, currency = :currency, {BOOKED}, {CANCELLED},
           CASE WHEN {_SENT} THEN {_KEPT} ELSE 0 END, coalesce(commission_cents, 0),
           CASE WHEN refunded_cents THEN min({REFUNDED}, {_KEPT}) ELSE 0 END, received_at IS NOT NULL,
           coalesce(units, quantity)
    FROM "order" LEFT JOIN (SELECT order_id, sum(quantity) AS quantity FROM order_line GROUP BY order_id)
         ON order_id = id
    WHERE placed_at >= :since AND NOT {SENT_INSTEAD} ORDER BY placed_at"""
"""They are made in the order in which they are looked at: to look at them then takes half the time."""


def sales(asking: Asking, days: LocalDays, since: date) -> tuple[Sales, ...]:
    """All orders from a day on, by their days."""
    rows = plain_rows(asking, _ORDERS, currency=asking.currency, since=days.starts(since))
    found = list(map(Sale._make, rows))
    apart = {row[0] for row in plain_rows(asking, _APART)}
    if apart:
        in_parts = read_orders(asking.session, asking.zone, ids=apart.intersection([sale.order_id for sale in found]))
        shipped = {order.row["id"]: order.facts.standing.shipped for order in in_parts}
        found = [s._replace(shipped=shipped[s.order_id]) if s.order_id in shipped else s for s in found]
    return tuple(Sales(on, orders) for on, orders in days.split(found))


_BUYERS = f"""
    SELECT placed_at, client_id FROM "order"
    WHERE placed_at >= :since AND placed_at < :until AND ({CANCELLED} < {BOOKED} OR {BOOKED} = 0)
    AND NOT {SENT_INSTEAD} ORDER BY placed_at"""


def buyers_before(asking: Asking, days: LocalDays, since: date, until: date) -> tuple[Buyers, ...]:
    """Who bought on each day from a day on, up to the one from which on all orders are read."""
    rows = list(plain_rows(asking, _BUYERS, since=days.starts(since), until=days.starts(until)))
    return tuple(Buyers(on, frozenset([client_id for _, client_id in some])) for on, some in days.split(rows))


def bought(sales: Iterable[Sales], sent: Sequence[Sent], days: int) -> Iterator[Bought]:
    """The orders that may be put down to a lookbook sent so many days before: only theirs need to be told as instants.

    The lookbooks are in the order of their days.
    """
    last: dict[int, date] = {}  # the day up to which an order of hers may count
    place = 0
    for on, orders, _ in sales:
        while place < len(sent) and sent[place].on <= on:
            last[sent[place].client_id] = sent[place].on + timedelta(days=days + 1)
            place += 1
        for sale in orders:
            if last.get(sale.client_id, date.min) >= on and not sale.is_cancelled:
                yield Bought(sale.client_id, instant(sale.placed_at), sale.active if sale.is_own_currency else 0)


_WEIGHT = "max(0, price_cents * quantity - discount_cents)"
_RATED = f"""
    SELECT o.id, o.client_id, coalesce(shipped_at, received_at, placed_at), {_KEPT}, {_SENT},
           CASE WHEN refunded_cents THEN {REFUNDED} ELSE 0 END,
           o.rate, l.worth, l.weighted, l.best
    FROM "order" o LEFT JOIN (
        SELECT order_id, sum({_WEIGHT}) AS worth, sum({_WEIGHT} * rate) AS weighted, max(rate) AS best
        FROM order_line GROUP BY order_id) l ON l.order_id = o.id
    WHERE o.rated_at IS NOT NULL AND o.currency = :currency"""


def earned(asking: Asking, days: LocalDays) -> tuple[Earned, ...]:
    """All commission that was ever earned or taken back, in the desk's currency, by its day."""
    if not is_any_rated(asking.session):
        return ()
    apart = {row[0] for row in plain_rows(asking, _APART)}
    found: list[Earned] = []
    for key, client_id, sent_at, active, is_sent, refunded, rate, worth, weighted, best in plain_rows(
        asking, _RATED, currency=asking.currency
    ):
        if key in apart or worth == 0:
            apart.add(key)
            continue
        if worth is None:  # it has no lines
            worth, weighted, best = active, active * (rate or 0), rate  # noqa: PLW2901
        left = active - min(refunded, active) if is_sent else 0
        if best is not None and left:
            found.append(Earned(days.of(sent_at), client_id, key, earning(left, worth, weighted or 0)))
    for order in read_orders(asking.session, asking.zone, ids=apart):
        if order.row["currency"] == asking.currency:
            found += [
                Earned(one.on, order.row["client_id"], order.row["id"], one.commission)
                for one in order.postings(order.terms)
                if one.cents
            ]
    return tuple(sorted(found, key=lambda one: (one.on, one.order_id)))


def payments(asking: Asking) -> tuple[Payment, ...]:
    """All payments of commission in the desk's currency, the oldest first."""
    rows = plain_rows(
        asking,
        "SELECT paid_on, id, amount_cents, brand_id, note FROM commission_payment WHERE currency = :currency "
        "ORDER BY paid_on, id",
        currency=asking.currency,
    )
    return tuple(Payment(date.fromisoformat(on), *rest) for on, *rest in rows)


_NOT_TOLD = "o.received_at IS NULL AND o.status <> 'cancelled'"
_MOVED = f"""
    SELECT client_id, order_id, occurred_at, 1 FROM signal WHERE kind = 'returned' AND occurred_at >= :since
    UNION ALL
    SELECT s.client_id, s.order_id, s.occurred_at, 0 FROM "order" o CROSS JOIN signal s ON s.order_id = o.id
    WHERE s.kind = 'received' AND s.occurred_at >= :since AND {_NOT_TOLD}
    UNION ALL
    SELECT s.client_id, NULL, s.occurred_at, 0 FROM "order" o CROSS JOIN signal s ON s.client_id = o.client_id
    WHERE s.kind = 'received' AND s.order_id IS NULL AND {_NOT_TOLD}
      AND s.occurred_at >= max(:since, date(o.placed_at, '-2 days'))
    UNION ALL
    SELECT r.client_id, r.order_id, r.received_at, l.quantity
    FROM goods_return r JOIN return_line l ON l.return_id = r.id
    WHERE r.received_at >= :since AND r.order_id = r.root_order_id AND NOT EXISTS (
        SELECT 1 FROM signal s WHERE s.client_id = r.client_id AND s.kind = 'returned'
        AND (s.order_id = r.order_id OR (s.order_id IS NULL AND s.occurred_at >= r.opened_on)))"""
"""What went back, as signals tell it or else the rep's own returns (R39); and what came of the orders of which the shop
does not tell it, or may have come of them."""


def checkouts(asking: Asking, days: LocalDays, since: date) -> tuple[Bought, ...]:
    """All checkouts from a day on of which no order is known."""
    rows = plain_rows(
        asking,
        "SELECT client_id, occurred_at FROM signal INDEXED BY signal_checked_out "
        "WHERE kind = 'checked_out' AND order_id IS NULL AND occurred_at >= :since",
        since=days.starts(since),
    )
    return tuple(Bought(client_id, instant(at)) for client_id, at in rows)


def moved(asking: Asking, days: LocalDays, since: date) -> tuple[Moved, ...]:
    """All items that clients received or returned from a day on, as far as their orders do not tell it."""
    rows = plain_rows(asking, _MOVED, since=days.starts(since))
    return tuple(
        Moved(days.of(at), client_id, order_id, bool(back))
        for client_id, order_id, at, back in rows
        for _ in range(back or 1)
    )
