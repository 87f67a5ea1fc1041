"""Checking the sums of orders and what they earn (R29, R32): what the desk reckons itself, never a shop's own sums.

What follows from the rest is written anew, as the commands would have written it. The statements only find which orders
that may be; how an order stands and what it earns is told by the same functions as everywhere.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from stylistdesk.commands.base import Work
from stylistdesk.commands.orders import order_with, stand
from stylistdesk.db.rating import rate_orders
from stylistdesk.db.sums import ACTIVE, BOOKED
from stylistdesk.domain.commission import Terms
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import WHOLE, format_rate
from stylistdesk.domain.types import Cents

_WORTH = "max(0, price_cents * quantity - discount_cents)"

_TOTALS = f"""
    UPDATE "order" SET (total_cents, subtotal_cents, discount_cents, units) = (w.worth, w.worth, w.less, w.units)
    FROM (SELECT order_id, sum({_WORTH}) AS worth, sum(discount_cents) AS less, sum(quantity) AS units
          FROM order_line GROUP BY order_id) AS w
    WHERE kind = 'purchase_order' AND w.order_id = "order".id
    AND (total_cents, subtotal_cents, discount_cents) IS NOT (w.worth, w.worth, w.less)"""
_TYPED_IN = f"""
    SELECT o.id, number, name, currency, status, shipped_cents, {BOOKED} AS booked, cancelled_cents AS off,
    cancelled_at,
    coalesce(s.cents, 0) AS sent, coalesce(m.reopened, 0) AS reopened, coalesce(m.kept, 0) AS kept
    FROM (SELECT * FROM "order" WHERE kind <> 'shop') AS o JOIN client ON client.id = o.client_id
    LEFT JOIN (SELECT order_id, sum(amount_cents) AS cents FROM shipment GROUP BY order_id) AS s ON s.order_id = o.id
    LEFT JOIN (SELECT order_id, sum(amount_cents * reopens) AS reopened, sum(amount_cents * (1 - reopens)) AS kept
               FROM credit_memo GROUP BY order_id) AS m ON m.order_id = o.id"""


def repair_totals(connection: Connection) -> int:
    """The sums of purchase orders are those of their lines."""
    return connection.exec_driver_sql(_TOTALS).rowcount


def repair_standing(work: Work) -> int:
    """What has shipped is what was sent, and the status says how the order stands."""
    work.session.flush()
    stale = []
    for row in work.session.connection().exec_driver_sql(_TYPED_IN):
        cancelled = row.off >= row.booked if row.booked > 0 else row.cancelled_at is not None
        done = row.booked > 0 and row.booked - row.off <= row.sent - row.reopened
        status = "cancelled" if cancelled else "shipped" if done else "placed"
        if (row.shipped_cents, row.status) != (row.sent, status):
            stale.append(int(row.id))
    for order_id in stale:
        stand(work, order_with(work.session, order_id))
    work.session.flush()
    return len(stale)


def repair_commissions(work: Work) -> int:
    """What an order, its lines and its credits earn is what their frozen rates make of it."""
    connection = work.session.connection()
    unsure = {row.id for row in _unsure(connection)}
    wrong = [order_id for order_id in _earning_wrongly(connection) if order_id not in unsure]
    return len(rate_orders(work.session, work.zone, work.now, ids=wrong, frozen=True))


_EARNING = f"""
    SELECT id, {ACTIVE} AS active, rate, commission_cents, rated_at IS NOT NULL AS stamped,
    id IN (SELECT order_id FROM credit_memo) AS credited FROM "order" ORDER BY id"""
_OF_LINES = f"SELECT order_id, {_WORTH}, rate, commission_cents FROM order_line ORDER BY order_id, position, id"


def _earning_wrongly(connection: Connection) -> Iterator[int]:
    """The orders of which a commission is not that of its rate; those with credits may be among them."""
    rows = connection.exec_driver_sql(_OF_LINES).all()
    by_order = {key: [tuple(row[1:]) for row in some] for key, some in groupby(rows, key=itemgetter(0))}
    for key, active, rate, commission, stamped, credited in connection.exec_driver_sql(_EARNING).all():
        lines: list[tuple[int, int | None, int | None]] = by_order.get(key) or [(active, rate, commission)]
        rates = {rate for _, rate, _ in lines}
        if rates == {None}:
            right = rate is commission is None and not stamped and all(cents is None for _, _, cents in lines)
        else:
            worths = [worth for worth, _, _ in lines]
            weights = worths if any(worths) else [1] * len(lines)
            terms = Terms(tuple(zip(weights, (rate for _, rate, _ in lines), strict=True)))
            right = bool(stamped) and rate == (next(iter(rates)) if len(rates) == 1 else None)
            right = right and commission == terms.on(active)
            if right and len(lines) > 1:
                right = terms.by_line(active) == tuple(cents for _, _, cents in lines)
            elif right:
                right = commission == lines[0][2]
        if credited or not right:
            yield key


_FROZEN = """
    SELECT order_id, rate, rate_from FROM order_line UNION ALL
    SELECT id, rate, rate_from FROM "order" WHERE NOT EXISTS (SELECT 1 FROM order_line WHERE order_id = "order".id)"""
_WITH_REASON = f"""
    SELECT o.id, number, name, f.rate, f.rate_from FROM ({_FROZEN}) AS f JOIN "order" o ON o.id = f.order_id
    JOIN client ON client.id = o.client_id WHERE f.rate IS ? AND f.rate_from = ? ORDER BY o.id"""


def _unsure(connection: Connection) -> list[Any]:
    """Frozen rates that are none, or not the ones of which their reason speaks: which is right cannot be told."""
    pairs = connection.exec_driver_sql(f"SELECT DISTINCT rate, rate_from FROM ({_FROZEN})").all()
    wrong = [(rate, why) for rate, why in pairs if not _is_said(rate, why)]
    return [row for pair in wrong for row in connection.exec_driver_sql(_WITH_REASON, pair)]


def _is_said(rate: int | None, why: str) -> bool:
    return why == "" if rate is None else 0 <= rate <= WHOLE and why.startswith(f"{format_rate(rate)}: ")


_WITHOUT_LINES = """
    SELECT number, name FROM "order" o JOIN client ON client.id = o.client_id
    WHERE kind = 'purchase_order' AND NOT EXISTS (SELECT 1 FROM order_line WHERE order_id = o.id) ORDER BY o.id"""


def sales_problems(connection: Connection) -> Iterator[str]:
    """What cannot be reckoned from the rest, each with the order's number and the client's name."""
    for row in connection.exec_driver_sql(_WITHOUT_LINES):
        yield f"Order {row.number} of {row.name}: the lines of this purchase order are gone"
    for row in connection.exec_driver_sql(f"{_TYPED_IN} ORDER BY o.id"):

        def money(cents: int, currency: str = row.currency) -> str:
            return format_money(Cents(cents), currency)

        who, shipped = f"Order {row.number} of {row.name}", row.sent - row.reopened
        if shipped < 0:
            yield f"{who}: {money(row.reopened)} was reopened by credits, and only {money(row.sent)} was shipped"
        if row.off < 0 or shipped + row.off > row.booked:
            gone = f"{money(shipped)} shipped and {money(row.off)} cancelled"
            yield f"{who}: {gone} is more than the {money(row.booked)} that was booked"
        elif row.kept > row.booked - row.off:
            yield f"{who}: {money(row.kept)} was credited, and only {money(row.booked - row.off)} is left of it"
    for row in _unsure(connection):
        said = f"is {format_rate(row.rate)}" if row.rate is not None else "is gone"
        yield f"Order {row.number} of {row.name}: a rate on it {said}, and its reason says “{row.rate_from}”"
