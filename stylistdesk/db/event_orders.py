"""What the orders of events count for (R38): merchandise after discounts and returns, without tax and shipping.

Gift certificates are never sold in an event (R36), and a host order is what the rewards pay for: neither counts. Nor
does an order in another currency than the desk's: it cannot be added to the others.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session, col, select

from stylistdesk.db.sums import BASE
from stylistdesk.db.tables import HostEvent, RewardTier
from stylistdesk.domain.host_rewards import USUAL_TIERS, RewardRules, Rewards, Tier, rewards_of
from stylistdesk.domain.types import BasisPoints, Cents
from stylistdesk.settings import Settings


class EventOrder(NamedTuple):
    """An order of an event, and what it counts for in minor units; 0 where nothing is left of it."""

    event_id: int
    order_id: int
    client_id: int
    base: Cents


_ORDERS = f"""
    SELECT event_id, id, client_id, {BASE}
    FROM "order" WHERE event_id IS NOT NULL AND NOT is_host_order AND {{which}} ORDER BY event_id, placed_at, id"""


def event_orders(session: Session, event_ids: Collection[int] | None = None) -> list[EventOrder]:
    """The orders of these events, or of all, each event's in the order in which they were placed."""
    session.flush()
    which = "1" if event_ids is None else f"event_id IN ({', '.join(str(int(key)) for key in event_ids) or 'NULL'})"
    rows = session.connection().exec_driver_sql(_ORDERS.format(which=which))
    return [EventOrder(event, order, client, Cents(base)) for event, order, client, base in rows]


def bases_of(session: Session, order_ids: Collection[int]) -> dict[int, Cents]:
    """What these orders count for, or would in an event, by their ids."""
    session.flush()
    listed = ", ".join(str(int(key)) for key in order_ids) or "NULL"
    rows = session.connection().exec_driver_sql(f'SELECT id, {BASE} FROM "order" WHERE id IN ({listed})')
    return {key: Cents(base) for key, base in rows}


def reward_rules(session: Session, settings: Settings) -> RewardRules:
    """The tiers that the rep has written, or the usual ones, and from what on an event qualifies."""
    rows = session.exec(select(RewardTier).order_by(col(RewardTier.from_cents))).all()
    tiers = tuple(
        Tier(
            Cents(row.from_cents),
            None if row.to_cents is None else Cents(row.to_cents),
            None if row.fixed_cents is None else Cents(row.fixed_cents),
            None if row.percent is None else BasisPoints(row.percent),
            row.half_price_items,
        )
        for row in rows
    )
    return RewardRules(settings.host_orders_needed, Cents(settings.host_sales_needed_cents), tiers or USUAL_TIERS)


def rewards_of_events(
    session: Session, settings: Settings, event_ids: Collection[int] | None = None
) -> dict[int, Rewards]:
    """What these events have come to, or all, by their ids."""
    rules = reward_rules(session, settings)
    bases: dict[int, list[int]] = {}
    for order in event_orders(session, event_ids):
        bases.setdefault(order.event_id, []).append(order.base)
    query = select(HostEvent.id)
    if event_ids is not None:
        query = query.where(col(HostEvent.id).in_(event_ids))
    return {key: rewards_of(bases.get(key, ()), rules) for key in session.exec(query).all() if key is not None}
