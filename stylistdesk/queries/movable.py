"""Whose orders of this month are in no event, though one is open (R5 rule 16, R41): in one statement, near its end."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from stylistdesk.db.sums import BASE, SENT_INSTEAD
from stylistdesk.domain.dates import LocalNow, end_of_day
from stylistdesk.domain.facts import MovableFact
from stylistdesk.domain.moves import month_ends, month_of

Rows = Callable[..., Iterator[tuple[Any, ...]]]

OPEN = """opens_on <= :today AND closes_on >= :today AND closed_at IS NULL AND cancelled_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM host_order h WHERE h.event_id = host_event.id AND h.status = 'placed')"""
"""An event that orders may come to today; `domain.moves.EventFact` says the same of one."""

# What is asked of an order first stands in the index of their days; a host order is in its event.
_MOVABLE = f"""
    SELECT client_id, id, placed_at FROM "order"
    WHERE placed_at >= :since AND placed_at < :until
      AND status <> 'cancelled' AND kind <> 'purchase_order' AND total_cents > refunded_cents
      AND id NOT IN (SELECT id FROM "order" WHERE event_id > 0)
      AND NOT {SENT_INSTEAD} AND {BASE} > 0 {{one}}
    ORDER BY placed_at, id"""
# Nothing is suggested of what customer service was asked for already, or said no to.
_ASKED = "SELECT order_id, max(state <> 'drafted') FROM order_move WHERE 1 {one} GROUP BY order_id"


def movable(rows: Rows, here: LocalNow, days: int) -> dict[int, tuple[MovableFact, ...]]:
    """By client, her orders that can still be moved to an event, if their month ends within so many days.

    `rows` runs a statement, with `{one}` filled in as a condition on a column where one client is asked for.
    """
    found: dict[int, tuple[MovableFact, ...]] = {}
    named = next(rows("SELECT company_zone FROM desk_info WHERE id = 1", ""), ("",))[0]
    company = LocalNow(here.now, ZoneInfo(named)) if named else here
    until = month_ends(company)
    if (here.day(until) - here.today).days > days:
        return found
    closes = next(rows(f"SELECT max(closes_on) FROM host_event WHERE {OPEN}", "", today=here.today.isoformat()))[0]
    if closes is None:
        return found
    until = min(until, end_of_day(date.fromisoformat(closes), here.zone))
    since, before = month_of(company)
    last_day = here.day(until)
    asked: dict[int, int] = dict(rows(_ASKED))
    for client_id, key, placed_at in rows(_MOVABLE, "client_id", since=_stored(since), until=_stored(before)):
        if not asked.get(key):
            fact = MovableFact(key, datetime.fromisoformat(placed_at + "+00:00"), until, last_day, key in asked)
            found[client_id] = (*found.get(client_id, ()), fact)
    return found


def _stored(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")
