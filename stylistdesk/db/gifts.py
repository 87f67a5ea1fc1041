"""Gift certificates (R36): what is left on them, what they paid for, and what is still due on an order.

All are sums of movements, nowhere kept. That no balance is below zero is kept by the database (`covered_gifts.py`).
"""

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from stylistdesk.db.tables import GiftMovement
from stylistdesk.domain.gifts import OrderDue
from stylistdesk.domain.types import Cents, GiftMove


def balances(session: Session, gift_ids: Collection[int] | None = None) -> dict[int, Cents]:
    """What is left on these certificates, or on all, by their ids."""
    session.flush()
    query = select(GiftMovement.gift_id, func.sum(GiftMovement.cents)).group_by(col(GiftMovement.gift_id))
    if gift_ids is not None:
        query = query.where(col(GiftMovement.gift_id).in_(gift_ids))
    return {key: Cents(int(cents or 0)) for key, cents in session.exec(query).all()}


def paid_by_gifts(session: Session, order_id: int) -> dict[int, Cents]:
    """What each certificate has paid for an order, less what went back to it; in the order in which they paid."""
    session.flush()
    rows = session.exec(
        select(GiftMovement)
        .where(
            GiftMovement.order_id == order_id,
            col(GiftMovement.kind).in_((GiftMove.REDEEMED, GiftMove.REFUNDED)),
        )
        .order_by(col(GiftMovement.id))
    ).all()
    found: dict[int, int] = {}
    for row in rows:
        found[row.gift_id] = found.get(row.gift_id, 0) - row.cents
    return {key: Cents(cents) for key, cents in found.items() if cents > 0}


_DUE = """
    SELECT o.id, o.client_id, c.name, o.number, o.source, o.currency, o.total_cents,
    CASE WHEN o.kind = 'shop' AND o.status = 'cancelled' THEN o.total_cents ELSE o.cancelled_cents
        + coalesce((SELECT sum(amount_cents) FROM credit_memo WHERE order_id = o.id), 0) + max(0, o.refunded_cents
        - coalesce((SELECT sum(goods_cents) FROM goods_return WHERE root_order_id = o.id AND credit_id IS NOT NULL), 0))
        END,
    coalesce((SELECT -sum(cents) FROM gift_movement WHERE order_id = o.id AND kind IN ('redeemed', 'refunded')), 0),
    coalesce((SELECT sum(cents) FROM card_payment WHERE order_id = o.id), 0),
    coalesce((SELECT sum(cents) FROM gift_movement WHERE order_id = o.id AND kind = 'refunded'), 0),
    coalesce((SELECT -sum(cents) FROM card_payment WHERE order_id = o.id AND cents < 0), 0),
    coalesce((SELECT sum(fee_cents) FROM goods_return WHERE root_order_id = o.id AND cancelled_at IS NULL), 0)
    FROM "order" o JOIN client c ON c.id = o.client_id WHERE {which}
    ORDER BY o.placed_at DESC, o.id DESC LIMIT {most}"""


def due_of(session: Session, order_id: int) -> OrderDue | None:
    """What is due on an order; `None` if it is gone."""
    return next(iter(_dues(session, "o.id = ?", (order_id,), 1)), None)


def orders_numbered(session: Session, number: str, most: int = 10) -> list[OrderDue]:
    """The orders of this number: each shop numbers its own."""
    return _dues(session, "o.number = ? COLLATE NOCASE", (number,), most)


def orders_of_clients(session: Session, client_ids: Collection[int], most: int = 50) -> list[OrderDue]:
    """The newest orders of these clients."""
    ids = ", ".join(str(int(key)) for key in client_ids) or "NULL"
    return _dues(session, f"o.client_id IN ({ids})", (), most)


def paid_of(session: Session, order_ids: Collection[int]) -> dict[int, OrderDue]:
    """Of these orders those for which a certificate or a card has paid here, by their ids."""
    paid = "EXISTS (SELECT 1 FROM {} WHERE order_id = o.id)"
    ids = ", ".join(str(int(key)) for key in order_ids) or "NULL"
    which = f"o.id IN ({ids}) AND ({paid.format('gift_movement')} OR {paid.format('card_payment')})"
    return {one.order_id: one for one in _dues(session, which, (), -1) if any(one[8:])}


def _dues(session: Session, which: str, given: tuple[object, ...], most: int) -> list[OrderDue]:
    session.flush()
    rows = session.connection().exec_driver_sql(_DUE.format(which=which, most=most), given)
    return [OrderDue(*row) for row in rows]
