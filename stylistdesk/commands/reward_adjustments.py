"""Rewards that are redeemed already (R38, R39): what their orders earn less is posted, and nothing is reopened.

What the host has is what was frozen when her host order was placed, and what was posted since. Whatever happens to an
order of the event (it comes back, is credited, cancelled, changed, moved or removed) takes of that what today's orders
no longer earn, and never what she was not granted: an order that came later earned her nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlmodel import col, delete, select

from stylistdesk.commands.base import Work
from stylistdesk.db.event_orders import rewards_of_events
from stylistdesk.db.host_orders import redeemed
from stylistdesk.db.tables import Return, RewardAdjustment
from stylistdesk.domain.host_rewards import Rewards, say_adjustment
from stylistdesk.domain.money import format_money


def rewards_now(work: Work, event_id: int | None) -> Rewards | None:
    """What the orders of an event earn as they stand; None without an event."""
    if event_id is None:
        return None
    return rewards_of_events(work.session, work.settings, (event_id,)).get(event_id)


@contextmanager
def rewards_follow(work: Work, note: str, *event_ids: int | None, order_id: int | None = None) -> Iterator[list[str]]:
    """Post what is done inside to the redeemed rewards of these events; afterwards, the list has what to say of it."""
    before = {key: rewards_now(work, key) for key in event_ids if key and redeemed(work.session, key) is not None}
    told: list[str] = []
    yield told
    for key, earned in before.items():
        said = _post(work, key, earned, RewardAdjustment(event_id=key, posted_on=_today(work), cents=0, note=note,
                                                         order_id=order_id))  # fmt: skip
        if said:
            told.append(f"; the rewards were redeemed: {said} is posted")


def post_adjustment(work: Work, row: Return, event_id: int | None, before: Rewards | None) -> str:
    """Post what a return takes off redeemed rewards, if anything; what to say of it. `before` is what was earned."""
    after = rewards_now(work, event_id)
    if event_id is None or before is None or after is None or after == before:
        return ""
    if redeemed(work.session, event_id) is None:
        if (after.cents, after.half_price_items) == (before.cents, before.half_price_items):
            return ""
        was, now = (format_money(one.cents, work.currency) for one in (before, after))
        return f"; the host's rewards change from {was} to {now}"
    one = RewardAdjustment(event_id=event_id, posted_on=row.opened_on, cents=0, note=f"Return {row.number}")
    one.return_id, one.order_id = row.id, row.root_order_id
    said = _post(work, event_id, before, one)
    if not said:
        return "; the rewards that were redeemed stay as they are"
    return f"; the rewards were redeemed, so {said} is posted as an adjustment"


def take_back_adjustment(work: Work, row: Return, event_id: int | None) -> None:
    """Take back what a return posted, once its credit is gone: it is cancelled.

    Where the orders earn the host more again than she would have then, less of the other adjustments stands too, the
    newest first.
    """
    work.session.exec(delete(RewardAdjustment).where(col(RewardAdjustment.return_id) == row.id))
    earned, has = rewards_now(work, event_id), None if event_id is None else redeemed(work.session, event_id)
    if event_id is None or earned is None or has is None:
        return
    cents = max(0, min(has.frozen, earned.cents) - has.cents)
    _give_back(work, event_id, cents, max(0, min(has.frozen_items, earned.half_price_items) - has.items))


def _today(work: Work) -> date:
    return work.now.astimezone(work.zone).date()


def _post(work: Work, event_id: int, before: Rewards | None, row: RewardAdjustment) -> str:
    """Post what follows from what is earned now, with `row` for what is taken; in words, empty for nothing."""
    after, has = rewards_now(work, event_id), redeemed(work.session, event_id)
    if before is None or after is None or has is None:
        return ""
    cents, items = has.adjustment(before, after)
    _give_back(work, event_id, max(0, cents), max(0, items))
    row.cents, row.half_price_items = min(0, cents), min(0, items)
    if row.cents or row.half_price_items:
        work.session.add(row)
    return say_adjustment(cents, items, work.currency)


def _give_back(work: Work, event_id: int, cents: int, items: int) -> None:
    """Let so much less of what was posted stand, the newest first."""
    rows = select(RewardAdjustment).where(RewardAdjustment.event_id == event_id)
    for one in work.session.exec(rows.order_by(col(RewardAdjustment.id).desc())).all() if cents or items else ():
        some, few = min(cents, max(0, -one.cents)), min(items, max(0, -one.half_price_items))
        one.cents, one.half_price_items = one.cents + some, one.half_price_items + few
        cents, items = cents - some, items - few
        if not one.cents and not one.half_price_items:
            work.session.delete(one)
