"""Events (R37): how one stands by the day, its window, its code and link, and the steps of closing it."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from stylistdesk.domain.codes import link_made_of
from stylistdesk.domain.errors import Refused


class EventState(StrEnum):
    """How an event stands: over once its window has passed, until it is closed."""

    UPCOMING = "upcoming"
    OPEN = "open"
    OVER = "over"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ClosingStep(StrEnum):
    """What is done when an event is closed, in this order."""

    ORDERS_ENTERED = "orders_entered"
    ORDERS_MOVED = "orders_moved"
    HOST_ORDER = "host_order"
    HOST_THANKED = "host_thanked"
    CERTIFICATES = "certificates"


STEPS: dict[ClosingStep, str] = {
    ClosingStep.ORDERS_ENTERED: "All orders are entered",
    ClosingStep.ORDERS_MOVED: "Orders that belong here are moved in",
    ClosingStep.HOST_ORDER: "The host order is placed",
    ClosingStep.HOST_THANKED: "The host is thanked",
    ClosingStep.CERTIFICATES: "Gift certificates are sent",
}
"""Each step in words."""
OF_A_HOST = frozenset({ClosingStep.HOST_ORDER, ClosingStep.HOST_THANKED})
"""An own event has no host, and not these."""


def state_of(
    opens_on: date, closes_on: date, closed_at: datetime | None, cancelled_at: datetime | None, today: date
) -> EventState:
    """How an event stands today; the days of its window are both with it."""
    if cancelled_at is not None:
        return EventState.CANCELLED
    if closed_at is not None:
        return EventState.CLOSED
    if today < opens_on:
        return EventState.UPCOMING
    return EventState.OPEN if today <= closes_on else EventState.OVER


def steps_of(*, has_host: bool) -> tuple[ClosingStep, ...]:
    """The steps of closing an event of a host, or an own one."""
    return tuple(step for step in ClosingStep if has_host or step not in OF_A_HOST)


def read_steps(words: str) -> frozenset[ClosingStep]:
    """The steps that are kept in an event's `steps_done`; a word that is none is passed over."""
    known = {step.value: step for step in ClosingStep}
    return frozenset(known[word] for word in words.split() if word in known)


def write_steps(done: Collection[ClosingStep]) -> str:
    """The steps as `read_steps` reads them, in their order."""
    return " ".join(step.value for step in ClosingStep if step in done)


def days_of_window(opens_on: date, closes_on: date) -> int:
    """How many days a window is open, the first and the last with it."""
    return (closes_on - opens_on).days + 1


def check_window(opens_on: date, closes_on: date, most: int) -> None:
    """Raises `Refused` for a window that closes before it opens, or is longer than `most` days (R37)."""
    days = days_of_window(opens_on, closes_on)
    if days < 1:
        raise Refused("It closes before it opens.", field="closes_on", hint="Both days are open ones.")
    if days > most:
        raise Refused(
            f"A shop window is open for at most {most} days; that is {days:,}.",
            field="closes_on",
            hint="Close it earlier, and add another event for the days after.",
        )


def link_of(template: str, *, code: str, event: str, host: str = "") -> str:
    """The link of an event's shop window: `template` with {code}, {event} and {host} in it (`codes.link_made_of`)."""
    return link_made_of(template, "links.event", code=code, event=event, host=host)
