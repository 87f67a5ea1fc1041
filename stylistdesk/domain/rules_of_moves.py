"""Rule 16 of R5: an order that can still be moved to an event before the month ends (R41)."""

from datetime import timedelta

from stylistdesk.domain.dates import LocalNow, say_day, say_short_day, start_of_day
from stylistdesk.domain.facts import Facts
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import Channel
from stylistdesk.domain.waits import Waits


def move_order(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 16: an order of this month is in no event, though one is open: ask her, then customer service."""
    for order in facts.movable:
        left = (order.last_day - here.today).days
        subject = f"move:{order.order_id}"
        if not 0 <= left <= waits.move_days or facts.hides("move_order", subject, 0):
            continue
        if facts.did("move_order", start_of_day(order.last_day - timedelta(days=waits.move_days), here.zone)):
            continue
        placed = say_short_day(here.day(order.placed_at), here.today)
        until = say_day(order.last_day, here.today)
        until = until if until in ("today", "tomorrow") else f"until {until}"
        does = "send customer service the email that is drafted" if order.drafted else "write to customer service"
        return Suggestion(
            rule="move_order",
            number=16,
            action="Move her order to an event",
            channel=facts.by(Channel.TEXT),
            reason=f"Her order of {placed} is in no event, and can be moved to an open one "
            f"{'only ' if left < 2 else ''}{until}; ask her, then {does}.",
            detail=f"Order of {placed} · " + (f"only {until}" if left < 2 else until),
            due=order.until,
            subject=subject,
        )
    return None
