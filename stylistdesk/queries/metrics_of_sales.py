"""The rows of sales and commission that metrics are made of (R20).

An order stands and earns as `db/orders.py` tells it: that is asked of each of which a part was sent or came back.
Of the others, which are nearly all, the sums over its lines say the same, and a hundred thousand are read in one go.
"""

from datetime import date

from stylistdesk.db.orders import read_orders
from stylistdesk.db.rating import is_any_rated
from stylistdesk.db.sums import BOOKED, CANCELLED
from stylistdesk.domain.commission import earning
from stylistdesk.domain.metrics_of_sales import Checkout, Earned, Moved, Payment, Sale
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant
from stylistdesk.queries.local_days import LocalDays, plain_rows

_APART = """
    SELECT order_id FROM shipment UNION SELECT order_id FROM credit_memo
    UNION SELECT id FROM "order" WHERE shipped_cents <> 0
    UNION SELECT l.order_id FROM order_line l JOIN "order" o ON o.id = l.order_id
          WHERE l.shipped AND o.kind = 'shop' AND o.status = 'placed'"""
"""Orders of which a part was sent or came back."""
_SENT = "kind = 'shop' AND status IN ('shipped', 'received')"
_KEPT = f"({BOOKED} - {CANCELLED})"


_ORDERS = f"""
    SELECT id, client_id, placed_at, received_at IS NOT NULL, currency = :currency, {BOOKED}, {CANCELLED}, {_SENT},
           refunded_cents, units, commission_cents
    FROM "order" WHERE placed_at >= :since ORDER BY placed_at"""
"""They are made in the order in which they are looked at: to look at them then takes half the time."""
_QUANTITIES = "SELECT order_id, sum(quantity) FROM order_line GROUP BY order_id"


def sales(asking: Asking, days: LocalDays, since: date) -> tuple[Sale, ...]:
    """All orders from a day on, in the order of their days."""
    apart = {row[0] for row in plain_rows(asking, _APART)}
    found: list[Sale] = []
    in_parts: list[int] = []
    day_of, make = days.of, Sale._make
    quantities = dict(plain_rows(asking, _QUANTITIES))
    for (
        key, client_id, placed_at, is_received, is_own, booked, cancelled, is_sent, refunded, units, commission
    ) in plain_rows(asking, _ORDERS, currency=asking.currency, since=days.starts(since)):  # fmt: skip
        if key in apart:
            in_parts.append(key)
            continue
        active = booked - cancelled
        found.append(make((
            day_of(placed_at), client_id, key, instant(placed_at), is_own, booked, cancelled, active if is_sent else 0,
            quantities.get(key) if units is None else units, commission or 0,
            refunded and min(refunded, active), is_received,
        )))  # fmt: skip
    for order in read_orders(asking.session, asking.zone, ids=in_parts):
        row, facts = order.row, order.facts
        standing = facts.standing
        found.append(
            Sale(
                order.day,
                row["client_id"],
                row["id"],
                row["placed_at"],
                row["currency"] == asking.currency,
                standing.booked,
                standing.cancelled,
                standing.shipped,
                standing.units if row["units"] is not None or order.lines else None,
                row["commission_cents"] or 0,
                facts.paid_back,
                row["received_at"] is not None,
            )
        )
    if in_parts:
        found.sort(key=lambda sale: (sale.on, sale.order_id))
    return tuple(found)


_WEIGHT = "max(0, price_cents * quantity - discount_cents)"
_RATED = f"""
    SELECT o.id, o.client_id, coalesce(shipped_at, received_at, placed_at), {_KEPT}, {_SENT}, refunded_cents,
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
        left = (active if is_sent else 0) - min(refunded, active)
        if best is not None and left:
            found.append(Earned(days.of(sent_at), client_id, key, earning(left, worth, weighted or 0)))
    for order in read_orders(asking.session, asking.zone, ids=apart):
        if order.row["currency"] == asking.currency:
            found += [
                Earned(one.on, order.row["client_id"], order.row["id"], one.commission)
                for one in order.postings(order.terms)
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


_MOVED = """
    SELECT client_id, order_id, occurred_at, kind = 'returned' FROM signal
    WHERE kind = 'returned' AND occurred_at >= :since
    UNION ALL
    SELECT client_id, order_id, occurred_at, 0 FROM signal
    WHERE kind = 'received' AND occurred_at >= :since AND client_id IN (
        SELECT client_id FROM "order" WHERE received_at IS NULL AND status <> 'cancelled')"""
"""What came and went; what came only of clients with an order of which the shop does not tell it."""


def checkouts(asking: Asking, days: LocalDays, since: date) -> tuple[Checkout, ...]:
    """All checkouts from a day on of which no order is known."""
    rows = plain_rows(
        asking,
        "SELECT client_id, occurred_at FROM signal INDEXED BY signal_checked_out "
        "WHERE kind = 'checked_out' AND order_id IS NULL AND occurred_at >= :since",
        since=days.starts(since),
    )
    return tuple(Checkout(client_id, instant(at)) for client_id, at in rows)


def moved(asking: Asking, days: LocalDays, since: date) -> tuple[Moved, ...]:
    """All items that clients received or returned from a day on, as far as their orders do not tell it."""
    rows = plain_rows(asking, _MOVED, since=days.starts(since))
    return tuple(Moved(days.of(at), client_id, order_id, bool(back)) for client_id, order_id, at, back in rows)
