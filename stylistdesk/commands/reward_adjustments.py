"""Rewards that are redeemed already (R38, R39): a return posts an adjustment of them, and nothing is reopened.

What the host has is what was frozen when her host order was placed, and what was posted since. A return takes of that
what today's orders no longer earn, and never what she was not granted: an order that came later earned her nothing.
"""

from dataclasses import dataclass

from sqlmodel import col, delete, select

from stylistdesk.commands.base import Work
from stylistdesk.db.event_orders import rewards_of_events
from stylistdesk.db.host_orders import live_host_order
from stylistdesk.db.tables import HostOrder, Return, RewardAdjustment
from stylistdesk.domain.host_rewards import Rewards
from stylistdesk.domain.money import format_money
from stylistdesk.domain.types import HostOrderStatus


def rewards_now(work: Work, event_id: int | None) -> Rewards | None:
    """What the orders of an event earn as they stand; None without an event."""
    if event_id is None:
        return None
    return rewards_of_events(work.session, work.settings, (event_id,)).get(event_id)


@dataclass(slots=True)
class _Redeemed:
    """What the host has since her host order was placed: what was frozen, and what was posted of it."""

    host_order: HostOrder
    posted: list[RewardAdjustment]

    @property
    def cents(self) -> int:
        return (self.host_order.reward_cents or 0) + sum(one.cents for one in self.posted)

    @property
    def half_price_items(self) -> int:
        return (self.host_order.half_price_items or 0) + sum(one.half_price_items for one in self.posted)


def _redeemed(work: Work, event_id: int) -> _Redeemed | None:
    placed = live_host_order(work.session, event_id)
    if placed is None or placed.status is not HostOrderStatus.PLACED:
        return None
    rows = select(RewardAdjustment).where(RewardAdjustment.event_id == event_id)
    return _Redeemed(placed, list(work.session.exec(rows.order_by(col(RewardAdjustment.id).desc())).all()))


def post_adjustment(work: Work, row: Return, event_id: int | None, before: Rewards | None) -> str:
    """Post what a return takes off redeemed rewards, if anything; what to say of it. `before` is what was earned."""
    after = rewards_now(work, event_id)
    if event_id is None or before is None or after is None or after == before:
        return ""
    has = _redeemed(work, event_id)
    if has is None:
        if (after.cents, after.half_price_items) == (before.cents, before.half_price_items):
            return ""
        was, now = (format_money(one.cents, work.currency) for one in (before, after))
        return f"; the host's rewards change from {was} to {now}"
    cents, items = min(0, after.cents - has.cents), min(0, after.half_price_items - has.half_price_items)
    if not cents and not items:
        return "; the rewards that were redeemed stay as they are"
    posted = RewardAdjustment(event_id=event_id, posted_on=row.opened_on, cents=cents, half_price_items=items)
    posted.return_id, posted.order_id, posted.note = row.id, row.root_order_id, f"Return {row.number}"
    work.session.add(posted)
    said = [format_money(cents, work.currency)] if cents else []
    said += [f"{items:+d} half-price item{'' if abs(items) == 1 else 's'}"] if items else []
    return f"; the rewards were redeemed, so {' and '.join(said)} is posted as an adjustment"


def take_back_adjustment(work: Work, row: Return, event_id: int | None) -> None:
    """Take back what a return posted, once its credit is gone: it is cancelled.

    Where the orders earn the host more again than she would have then, less of the other adjustments stands too, the
    newest first.
    """
    work.session.exec(delete(RewardAdjustment).where(col(RewardAdjustment.return_id) == row.id))
    earned, has = rewards_now(work, event_id), None if event_id is None else _redeemed(work, event_id)
    if earned is None or has is None:
        return
    frozen = has.host_order.reward_cents or 0, has.host_order.half_price_items or 0
    cents = max(0, min(frozen[0], earned.cents) - has.cents)
    items = max(0, min(frozen[1], earned.half_price_items) - has.half_price_items)
    for one in has.posted:
        some, few = min(cents, max(0, -one.cents)), min(items, max(0, -one.half_price_items))
        one.cents, one.half_price_items = one.cents + some, one.half_price_items + few
        cents, items = cents - some, items - few
        if not one.cents and not one.half_price_items:
            work.session.delete(one)
