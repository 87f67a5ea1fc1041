"""Which orders may be moved between events (R41): both events open, and in the month in which the order was placed.

A month is the calendar's in the company's zone; the days of an event's shop window are the desk's.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from stylistdesk.domain.dates import LocalNow, add_months, end_of_day, say_short_day, start_of_day


class Way(StrEnum):
    """How an order can get to an event: by a move here, by customer service, or not at all."""

    MOVE = "move"
    SERVICE = "service"
    NO = "no"


class Broken(StrEnum):
    """The rule that stands against a move."""

    HOST_ORDER = "host order"
    EXCHANGE = "exchange"
    CANCELLED = "cancelled"
    SAME_EVENT = "same event"
    EVENT_CANCELLED = "event cancelled"
    NO_EVENT = "not placed in an event"
    OTHER_MONTH = "other month"
    NOT_OPEN = "not open"


@dataclass(frozen=True, slots=True)
class EventFact:
    """An event as moves see it: its window, both days with it. Once its rewards are redeemed, nothing moves."""

    id: int
    name: str
    opens_on: date
    closes_on: date
    closed: bool = False
    cancelled: bool = False
    redeemed: bool = False

    def why_not_open(self, today: date) -> str:
        """What keeps it from being open today, as "it …"; empty where it is open."""
        if self.cancelled:
            return "was cancelled"
        if self.closed:
            return "is closed"
        if self.redeemed:
            return "has its rewards redeemed"
        if today < self.opens_on:
            return f"opens on {say_short_day(self.opens_on, today)}"
        return f"ended on {say_short_day(self.closes_on, today)}" if today > self.closes_on else ""

    def is_open(self, today: date) -> bool:
        """Whether orders may come and go today."""
        return not self.why_not_open(today)


@dataclass(frozen=True, slots=True)
class OrderFact:
    """An order as moves see it; `event_id` is the event that it is in, None if it was placed in none."""

    id: int
    number: str
    placed_at: datetime
    event_id: int | None = None
    is_host_order: bool = False
    cancelled: bool = False
    was_exchanged: bool = False  # it was sent for what came back, and is no purchase


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an order can get to an event; and if not by a move here, the rule that says no, and what to do instead."""

    way: Way
    broken: Broken | None = None
    reason: str = ""
    hint: str = ""


MAY = Verdict(Way.MOVE)
BY_SERVICE = "Customer service can do it: draft an email to them."
NOT_OUT = "If it was never part of the event: remove it, and enter it anew."


def month_of(company: LocalNow) -> tuple[datetime, datetime]:
    """The first instant of the company's month, and that of the next one, in UTC."""
    first = company.today.replace(day=1)
    return start_of_day(first, company.zone), start_of_day(add_months(first, 1), company.zone)


def last_day(company: LocalNow) -> date:
    """The last day of the company's month."""
    return add_months(company.today.replace(day=1), 1) - timedelta(days=1)


def month_ends(company: LocalNow) -> datetime:
    """The last second of the company's month, in UTC."""
    return end_of_day(last_day(company), company.zone)


def judge(order: OrderFact, source: EventFact | None, to: EventFact, here: LocalNow, company: LocalNow) -> Verdict:
    """How an order, which is in the event `source` or in none, can get to another one (R41).

    `here` is now by the desk's calendar, `company` by the company's.
    """
    return _never(order, to) or _not_here(order, source, to, here, company) or MAY


def judge_leaving(order: OrderFact, source: EventFact, here: LocalNow, company: LocalNow) -> Verdict:
    """Whether an order can be taken out of its event: only while it could be moved from there."""
    found = _not_here(order, source, source, here, company)
    return MAY if found is None else replace(found, way=Way.NO, hint=NOT_OUT)


def _never(order: OrderFact, to: EventFact) -> Verdict | None:
    """What nobody can move, if it is that."""
    what = f"Order {order.number}"
    if order.is_host_order:
        reason = f"{what} is a host order: it was placed against an event's rewards, and stays with it."
        return Verdict(Way.NO, Broken.HOST_ORDER, reason)
    if order.was_exchanged:
        return Verdict(Way.NO, Broken.EXCHANGE, f"{what} was sent for a return: it counts for no event.")
    if order.cancelled:
        return Verdict(Way.NO, Broken.CANCELLED, f"{what} is cancelled.")
    if order.event_id == to.id:
        return Verdict(Way.NO, Broken.SAME_EVENT, f"{what} is in {to.name} already.")
    if to.cancelled:
        return Verdict(Way.NO, Broken.EVENT_CANCELLED, f"{to.name} was cancelled.", "Choose another event.")
    return None


def _not_here(
    order: OrderFact, source: EventFact | None, to: EventFact, here: LocalNow, company: LocalNow
) -> Verdict | None:
    """What only customer service can move, if it is that."""
    starts, ends = month_of(company)
    if not starts <= order.placed_at < ends:
        day = say_short_day(company.day(order.placed_at), company.today)
        by = "" if company.zone.key == here.zone.key else " by the company's calendar"
        reason = (
            f"Order {order.number} was placed on {day}{by}: "
            "an order moves only within the calendar month in which it was placed."
        )
        return Verdict(Way.SERVICE, Broken.OTHER_MONTH, reason, BY_SERVICE)
    for event in (source, to):
        if event is not None and (why := event.why_not_open(here.today)):
            reason = f"{event.name} {why}: an order moves only while both events are open."
            return Verdict(Way.SERVICE, Broken.NOT_OPEN, reason, BY_SERVICE)
    if source is None:
        reason = f"Order {order.number} was not placed in an event: such an order is moved by customer service."
        return Verdict(Way.SERVICE, Broken.NO_EVENT, reason, BY_SERVICE)
    return None
