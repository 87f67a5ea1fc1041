"""What the orders of events count for (R38): merchandise after discounts and returns, without tax and shipping.

Gift certificates are never sold in an event (R36), and a host order is what the rewards pay for: neither counts. Nor
does an order in another currency than the desk's: it cannot be added to the others.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session, col, select

from stylistdesk.db.sums import BASE
from stylistdesk.db.tables import HostEvent, RewardTier
from stylistdesk.domain.host_rewards import USUAL_TIERS, RewardRules, Rewards, Tier, rewards_on
from stylistdesk.domain.types import BasisPoints, Cents
from stylistdesk.settings import Settings


class EventOrder(NamedTuple):
    """An order of an event, and what it counts for in minor units; 0 where nothing is left of it."""

    event_id: int
    order_id: int
    client_id: int
    base: Cents


class EventSum(NamedTuple):
    """What the orders of an event come to: how many there are, of how many something is left, and how much."""

    orders: int
    counted: int
    base: Cents

    def rewards(self, rules: RewardRules) -> Rewards:
        """What it earns."""
        return rewards_on(self.counted, self.base, rules)


NO_ORDERS = EventSum(0, 0, Cents(0))
"""An event without any."""
_IN_EVENTS = 'FROM "order" WHERE event_id IS NOT NULL AND NOT is_host_order AND {which}'
_ORDERS = f"SELECT event_id, id, client_id, {BASE} {_IN_EVENTS} ORDER BY event_id, placed_at, id"
# Materialized, as SQLite would else work out twice what each order counts for.
_SUMS = f"""
    WITH counts AS MATERIALIZED (SELECT event_id, {BASE} AS base {_IN_EVENTS})
    SELECT event_id, count(*), count(nullif(base, 0)), sum(base) FROM counts GROUP BY event_id"""


def event_orders(session: Session, event_ids: Collection[int] | None = None) -> list[EventOrder]:
    """The orders of these events, or of all, each event's in the order in which they were placed."""
    session.flush()
    rows = session.connection().exec_driver_sql(_ORDERS.format(which=_which(event_ids)))
    return [EventOrder(event, order, client, Cents(base)) for event, order, client, base in rows]


def event_sums(session: Session, event_ids: Collection[int] | None = None) -> dict[int, EventSum]:
    """What the orders of these events come to, or of all, by the ids of those that have any."""
    session.flush()
    rows = session.connection().exec_driver_sql(_SUMS.format(which=_which(event_ids)))
    return {event: EventSum(orders, counted, Cents(base)) for event, orders, counted, base in rows}


def _which(event_ids: Collection[int] | None) -> str:
    return "1" if event_ids is None else f"event_id IN ({', '.join(str(int(key)) for key in event_ids) or 'NULL'})"


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
    sums = event_sums(session, event_ids)
    query = select(HostEvent.id)
    if event_ids is not None:
        query = query.where(col(HostEvent.id).in_(event_ids))
    return {key: sums.get(key, NO_ORDERS).rewards(rules) for key in session.exec(query).all() if key is not None}
