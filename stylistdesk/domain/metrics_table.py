"""The metrics of R20, one row each, and the board of them all for a period.

A new metric is a formula and its row. The board is a pure function of the rows that the desk holds.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any, TypeVar

from stylistdesk.domain import metrics_of_sales as of_sales
from stylistdesk.domain import metrics_of_work as of_work
from stylistdesk.domain.dates import add_months
from stylistdesk.domain.metrics import Measure, Unit
from stylistdesk.domain.periods import Period
from stylistdesk.domain.types import PeriodKind

T = TypeVar("T")
SERIES = 12
"""How many weeks or months a plot shows; a year is shown by its months."""


@dataclass(frozen=True, slots=True)
class Ground:
    """All rows that metrics are made of, each kind in the order of its days, and what they are judged by."""

    now: datetime
    today: date
    grace: timedelta = timedelta(0)
    rebooking_days: int = 14
    ratings: Sequence[of_work.Rating] = ()
    consultations: Sequence[of_work.Consultation] = ()
    deliveries: Sequence[of_work.Delivery] = ()
    delivered: Sequence[of_work.Delivered] = ()
    answers: Sequence[of_work.Answer] = ()
    promises: Sequence[of_work.Promise] = ()
    closings: Sequence[of_work.Closing] = ()
    contacts: Sequence[of_work.Contacts] = ()
    buyers: Sequence[of_sales.Buyers] = ()
    sold: Sequence[of_sales.Sold] = ()
    won: Sequence[of_sales.Won] = ()
    received: Sequence[of_sales.Received] = ()
    earned: Sequence[of_sales.Earned] = ()
    payments: Sequence[of_sales.Payment] = ()
    owed: Sequence[of_sales.Owed] = ()


Span = tuple[date, date]
"""From a day up to, not with, another."""

_ON = attrgetter("on")


def within(rows: Sequence[T], span: Span) -> Sequence[T]:
    """The rows of these days; the rows are in the order of their days."""
    return rows[bisect_left(rows, span[0], key=_ON) : bisect_left(rows, span[1], key=_ON)]


def until(rows: Sequence[T], day: date) -> Sequence[T]:
    """The rows before a day."""
    return rows[: bisect_left(rows, day, key=_ON)]


Formula = Callable[[Ground, Span, Span], Measure]
"""Of the ground, the days at hand, and the days before them."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: `top` and `bottom` say its formula in words, `group` under which heading it stands.

    `note` says what the formula leaves open.
    """

    id: str
    group: str
    label: str
    unit: Unit
    of: Formula
    top: str
    bottom: str = ""
    less_is_better: bool = False
    note: str = ""
    misses_first: bool = False

    def weight(self, numerator: int, n: int) -> int:
        """How much a client matters to the number: she who misses, where that is what the rep looks for."""
        return n - numerator if self.misses_first else numerator


def _rows(name: str, formula: Callable[..., Measure], *given: str) -> Formula:
    """A formula of the rows of one kind, and of what else of the ground it is given."""

    def of(ground: Ground, span: Span, _: Span) -> Measure:
        more: list[Any] = [getattr(ground, each) for each in given]
        return formula(within(getattr(ground, name), span), *more)

    return of


def _retention(ground: Ground, span: Span, before: Span) -> Measure:
    return of_sales.retention(within(ground.buyers, before), within(ground.buyers, span))


def _outstanding(ground: Ground, span: Span, _: Span) -> Measure:
    return of_sales.outstanding(until(ground.owed, span[1]))


SERVICE, SOLD, COMMISSION = "Service", "Sales", "Commission"

METRICS: tuple[Metric, ...] = (
    Metric(
        "csat", SERVICE, "CSAT", Unit.RATE, _rows("ratings", of_work.csat), "ratings of 4 and 5", "all ratings",
        misses_first=True,
    ),
    Metric(
        "nps", SERVICE, "NPS", Unit.POINTS, _rows("ratings", of_work.nps),
        "answers of 9 and 10 less those of 0 to 6", "answers", misses_first=True,
    ),
    Metric(
        "on_time", SERVICE, "On-time start", Unit.RATE, _rows("consultations", of_work.on_time, "grace", "now"),
        "consultations begun on time", "consultations", misses_first=True,
        note="Begun is your first message, up to an hour before; on time is by the start, or within the grace of your "
        "settings. A session without any message counts as late.",
    ),
    Metric(
        "same_day", SERVICE, "Same-day delivery", Unit.RATE, _rows("deliveries", of_work.same_day, "now"),
        "lookbooks delivered on the day of the consultation", "lookbooks due", misses_first=True,
    ),
    Metric(
        "revisions", SERVICE, "Revision rate", Unit.RATE, _rows("delivered", of_work.revisions),
        "revisions delivered", "first versions of lookbooks delivered", less_is_better=True,
    ),
    Metric(
        "response", SERVICE, "Response, median", Unit.MINUTES, _rows("answers", of_work.response_median),
        "the middle of the times that clients waited for an answer", "messages answered", less_is_better=True,
        note="Counted in working hours, from her first message that waited.",
    ),
    Metric(
        "response_90", SERVICE, "Response, 9 of 10", Unit.MINUTES, _rows("answers", of_work.response_90),
        "the time within which 9 of 10 messages were answered", "messages answered", less_is_better=True,
        note="Counted in working hours, from her first message that waited.",
    ),
    Metric(
        "timeliness", SERVICE, "Follow-ups on time", Unit.RATE, _rows("promises", of_work.timeliness, "today"),
        "follow-ups done on time", "follow-ups due", misses_first=True,
        note="Only those that had a day to be done on. A snoozed one was due on the day first promised.",
    ),
    Metric(
        "rebooking", SERVICE, "Rebooked", Unit.RATE,
        _rows("closings", of_work.rebooking, "rebooking_days", "today"),
        "closed sessions rebooked in time", "closed sessions",
        note="In time: within 14 days (a setting). Until those are over, a session counts only once it is rebooked.",
        misses_first=True,
    ),
    Metric(
        "contacted", SERVICE, "Clients contacted", Unit.COUNT, _rows("contacts", of_work.contacted),
        "clients contacted, each once a day at most",
    ),
    Metric(
        "booked", SOLD, "Booked", Unit.CENTS, _rows("sold", of_sales.booked),
        "merchandise ordered, without tax and shipping",
    ),
    Metric(
        "cancelled", SOLD, "Cancelled", Unit.CENTS, _rows("sold", of_sales.cancelled), "cancelled of these orders",
        less_is_better=True,
    ),
    Metric("active", SOLD, "Active", Unit.CENTS, _rows("sold", of_sales.active), "booked less cancelled"),
    Metric("shipped", SOLD, "Shipped", Unit.CENTS, _rows("sold", of_sales.shipped), "shipped of these orders so far"),
    Metric(
        "order_value", SOLD, "Average order", Unit.CENTS, _rows("sold", of_sales.order_value),
        "net merchandise", "orders", note="No tax, no shipping; orders cancelled whole are left out.",
    ),
    Metric(
        "units", SOLD, "Units per order", Unit.HUNDREDTHS, _rows("sold", of_sales.units_per_order), "units", "orders",
    ),
    Metric(
        "conversion", SOLD, "Conversion", Unit.RATE, _rows("won", of_sales.conversion),
        "first versions of lookbooks that an order followed", "first versions of lookbooks delivered",
        note="An order counts for the last lookbook before it; so does a checkout without one.",
    ),
    Metric(
        "per_lookbook", SOLD, "Per lookbook", Unit.CENTS, _rows("won", of_sales.revenue_per_lookbook),
        "net merchandise of the orders that followed", "first versions of lookbooks delivered",
        note="An order counts for the last lookbook before it; a checkout without one brings no amount.",
    ),
    Metric(
        "kept", SOLD, "Keep rate", Unit.RATE, _rows("received", of_sales.kept, "today"),
        "units received and not returned", "units received", note="Orders whose return window closed in the period.",
        misses_first=True,
    ),
    Metric(
        "retention", SOLD, "Retention", Unit.RATE, _retention,
        "clients who bought in the period before and again", "clients who bought in the period before",
    ),
    Metric(
        "projected", COMMISSION, "Projected", Unit.CENTS, _rows("sold", of_sales.projected),
        "commission on the period's orders, if all of them ships",
    ),
    Metric(
        "earned", COMMISSION, "Earned", Unit.CENTS, _rows("earned", of_sales.earned),
        "commission on what shipped, less what credits took back",
    ),
    Metric(
        "paid", COMMISSION, "Paid", Unit.CENTS, _rows("payments", of_sales.paid), "commission paid to you",
        note="A payment goes to the orders that earned first.",
    ),
    Metric(
        "outstanding", COMMISSION, "Outstanding", Unit.CENTS, _outstanding,
        "all earned so far less all paid so far", less_is_better=True,
        note="Up to the end of the period. A payment goes to the orders that earned first.",
    ),
)  # fmt: skip

BY_ID = {metric.id: metric for metric in METRICS}


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series: of these days."""

    starts: date
    ends: date
    value: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """A metric in a period, in the period before, and over time."""

    metric: Metric
    now: Measure
    before: Measure
    series: tuple[Point, ...]


def spans_of(period: Period) -> tuple[Span, ...]:
    """What the series of a period shows, the oldest first: the months of a year, else the last periods of its kind.

    The first one is that before the series: what the next is compared with.
    """
    if period.kind is PeriodKind.YEAR:
        return (add_months(period.starts, -1), period.starts), *period.parts()
    return tuple((each.starts, each.ends) for each in (period.step(by) for by in range(-SERIES, 1)))


def measure(ground: Ground, metric: Metric, period: Period) -> Measure:
    """One number, with the rows that it was made of."""
    before = period.step(-1)
    return metric.of(ground, (period.starts, period.ends), (before.starts, before.ends))


def card(ground: Ground, metric: Metric, period: Period) -> Card:
    """One metric in a period, in the one before, and over time; without the rows."""
    found: dict[Span, Measure] = {}
    spans = spans_of(period)
    for previous, span in pairwise(spans):
        # What has not begun has no value yet, rather than one of 0.
        if span[0] <= ground.today:
            found[span] = metric.of(ground, span, previous).alone()
    points = tuple(Point(*span, found[span].value if span in found else None) for span in spans[1:])
    now, before = (
        found.get((each.starts, each.ends)) or measure(ground, metric, each).alone()
        for each in (period, period.step(-1))
    )
    return Card(metric, now, before, points)


def board(ground: Ground, period: Period) -> tuple[Card, ...]:
    """All metrics in a period, in the order of the table."""
    return tuple(card(ground, metric, period) for metric in METRICS)
