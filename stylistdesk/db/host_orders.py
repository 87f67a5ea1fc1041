"""Host orders with their lines (R38), read at once."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from stylistdesk.db.tables import HostOrder, HostOrderLine, RewardAdjustment
from stylistdesk.domain.host_orders import HostLine
from stylistdesk.domain.host_rewards import Redeemed
from stylistdesk.domain.types import Cents, HostOrderStatus


def lines_of(session: Session, host_order_ids: Collection[int] | None = None) -> dict[int, tuple[HostLine, ...]]:
    """The lines of these host orders, or of all, by the ids of the orders."""
    query = select(HostOrderLine).order_by(
        col(HostOrderLine.host_order_id), col(HostOrderLine.position), col(HostOrderLine.id)
    )
    if host_order_ids is not None:
        query = query.where(col(HostOrderLine.host_order_id).in_(host_order_ids))
    found: dict[int, list[HostLine]] = {}
    for row in session.exec(query).all():
        line = HostLine(row.name, row.quantity, Cents(row.price_cents), row.pays)
        found.setdefault(row.host_order_id, []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


def live_host_order(session: Session, event_id: int) -> HostOrder | None:
    """The host order of an event that is pending or placed: there is at most one."""
    return session.exec(
        select(HostOrder)
        .where(HostOrder.event_id == event_id, HostOrder.status != HostOrderStatus.CANCELLED)
        .order_by(col(HostOrder.id).desc())
    ).first()


def redeemed(session: Session, event_id: int) -> Redeemed | None:
    """What the host of an event has of her rewards; None while her host order is not placed."""
    placed = live_host_order(session, event_id)
    if placed is None or placed.status is not HostOrderStatus.PLACED:
        return None
    posted = session.exec(select(RewardAdjustment).where(RewardAdjustment.event_id == event_id)).all()
    frozen, items = Cents(placed.reward_cents or 0), placed.half_price_items or 0
    cents = Cents(frozen + sum(one.cents for one in posted))
    return Redeemed(frozen, items, cents, items + sum(one.half_price_items for one in posted))
