"""The commission ledger (R20, R32): the orders of a period with what they earn, and the payments."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from stylistdesk.db.orders import read_brands, read_orders
from stylistdesk.domain.metrics_ledger import LedgerRow, settle
from stylistdesk.domain.metrics_of_sales import Payment
from stylistdesk.domain.periods import Period
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Cents
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.local_days import LocalDays
from stylistdesk.queries.metrics_of_sales import earned, payments


@dataclass(frozen=True, slots=True)
class Ledger:
    """The commission of a period, in the desk's currency.

    `rows` are the orders that were placed or earned something in it, the newest first, as they stand now. `earned` and
    `paid` are those of its days, `outstanding` is at its end, and `ahead` what was paid beyond all that was earned.
    """

    period: Period
    rows: tuple[LedgerRow, ...]
    payments: tuple[tuple[Payment, str], ...]
    projected: Cents
    earned: Cents
    paid: Cents
    outstanding: Cents
    ahead: Cents


def ledger(asking: Asking, period: Period) -> Ledger:
    """The ledger of a period; payments are shared out among all orders of the desk, the first earned first."""
    today = asking.now.astimezone(asking.zone).date()
    days = LocalDays(asking.zone, today)
    all_earned, all_paid = earned(asking, days), payments(asking)
    brands = read_brands(asking.session)
    here: dict[int, int] = {}
    for posting in all_earned:
        if period.has(posting.on):
            here[posting.order_id] = here.get(posting.order_id, 0) + posting.cents
    names = _named(asking, (days.starts(period.starts), days.starts(period.ends)), list(here))
    orders = read_orders(asking.session, asking.zone, ids=names)
    settled = settle(all_earned, all_paid, brands_of(asking, all_paid))
    by_order: dict[int, int] = {}
    for posting in all_earned:
        by_order[posting.order_id] = by_order.get(posting.order_id, 0) + posting.cents
    rows = [
        LedgerRow(
            order.row["id"],
            order.row["client_id"],
            names[order.row["id"]],
            order.row["number"],
            order.day,
            order.row["commission_cents"] or 0 if period.has(order.day) else None,
            by_order.get(order.row["id"], 0),
            here.get(order.row["id"], 0),
            settled.paid.get(order.row["id"], 0),
            order.row["rate"],
            order.why,
        )
        for order in orders
    ]
    return Ledger(
        period,
        tuple(sorted(rows, key=lambda row: (row.on, row.order_id), reverse=True)),
        tuple((one, brands.names.get(one.brand_id or 0, "")) for one in reversed(all_paid) if period.has(one.on)),
        Cents(sum(row.projected or 0 for row in rows)),
        Cents(sum(one.cents for one in all_earned if period.has(one.on))),
        Cents(sum(one.cents for one in all_paid if period.has(one.on))),
        Cents(
            sum(one.cents for one in all_earned if one.on < period.ends)
            - sum(one.cents for one in all_paid if one.on < period.ends)
        ),
        Cents(settled.ahead),
    )


def _named(asking: Asking, placed: tuple[str, str], ids: list[int]) -> dict[int, str]:
    """The client of each rated order that was placed between the two instants, or is one of these."""
    rows = asking.session.connection().exec_driver_sql(
        'SELECT o.id, c.name FROM "order" o JOIN client c ON c.id = o.client_id '
        "WHERE o.currency = ? AND o.rated_at IS NOT NULL AND (o.placed_at >= ? AND o.placed_at < ? "
        "OR o.id IN (SELECT value FROM json_each(?)))",
        (asking.currency, *placed, json.dumps(ids)),
    )
    return {int(key): str(name) for key, name in rows}


def brands_of(asking: Asking, paid: Sequence[Payment]) -> dict[int, frozenset[int]]:
    """The brands of each order, where any payment was for one."""
    if all(payment.brand_id is None for payment in paid):
        return {}
    ids = read_brands(asking.session).ids
    found: dict[int, set[int]] = {}
    connection = asking.session.connection()
    for key, brand_id in connection.exec_driver_sql('SELECT id, brand_id FROM "order" WHERE brand_id IS NOT NULL'):
        found.setdefault(key, set()).add(brand_id)
    for key, name in connection.exec_driver_sql("SELECT DISTINCT order_id, brand FROM order_line WHERE brand <> ''"):
        brand_id = ids.get(name_key(name))
        if brand_id is not None:
            found.setdefault(key, set()).add(brand_id)
    return {key: frozenset(brands) for key, brands in found.items()}
