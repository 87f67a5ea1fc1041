"""Weeks, months and years to look at, by the calendar or rolling, back and forward (R2, R20)."""

from dataclasses import dataclass
from datetime import date, timedelta

from stylistdesk.domain.dates import MONTHS, add_months, say_short_day
from stylistdesk.domain.month_grid import start_of_week
from stylistdesk.domain.types import PeriodKind

DAYS = {PeriodKind.WEEK: 7, PeriodKind.MONTH: 30, PeriodKind.YEAR: 365}
"""How many days a rolling period has."""


@dataclass(frozen=True, slots=True)
class Period:
    """From `starts` up to, not with, `ends`: local days of the desk."""

    kind: PeriodKind
    rolling: bool
    starts: date
    ends: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends - self.starts).days

    def has(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.starts <= day < self.ends

    def step(self, by: int) -> "Period":
        """The period so many of its kind later, or before."""
        if self.rolling or self.kind is PeriodKind.WEEK:
            days = timedelta(days=self.days * by)
            return Period(self.kind, self.rolling, self.starts + days, self.ends + days)
        months = by * (12 if self.kind is PeriodKind.YEAR else 1)
        starts = add_months(self.starts, months)
        return Period(self.kind, False, starts, add_months(starts, 12 if self.kind is PeriodKind.YEAR else 1))

    def parts(self) -> tuple[tuple[date, date], ...]:
        """The days of a week, the days of a month, the months of a year: what a bar or a plot shows it by."""
        found = []
        at = self.starts
        while at < self.ends:
            until = add_months(at, 1) if self.kind is PeriodKind.YEAR else at + timedelta(days=1)
            found.append((at, min(until, self.ends)))
            at = until
        return tuple(found)


def period_of(day: date, kind: PeriodKind, *, rolling: bool = False, week_starts: int = 0) -> Period:
    """The period that has the day; a rolling one ends with it. `week_starts` is the first weekday, 0 for Monday."""
    if rolling:
        ends = day + timedelta(days=1)
        return Period(kind, True, ends - timedelta(days=DAYS[kind]), ends)
    if kind is PeriodKind.WEEK:
        starts = start_of_week(day, week_starts)
        return Period(kind, False, starts, starts + timedelta(days=7))
    if kind is PeriodKind.MONTH:
        starts = day.replace(day=1)
        return Period(kind, False, starts, add_months(starts, 1))
    return Period(kind, False, date(day.year, 1, 1), date(day.year + 1, 1, 1))


def say_period(period: Period, today: date) -> str:
    """A period in words: "16–22 Nov", "November 2026" as "Nov 2026", "2026", "the 30 days to 21 Nov"."""
    last = period.ends - timedelta(days=1)
    if period.rolling:
        return f"{period.days} days to {say_short_day(last, today)}"
    if period.kind is PeriodKind.YEAR:
        return str(period.starts.year)
    if period.kind is PeriodKind.MONTH:
        return f"{MONTHS[period.starts.month - 1]} {period.starts.year}"
    first = str(period.starts.day) if period.starts.month == last.month else say_short_day(period.starts, today)
    return f"{first}–{say_short_day(last, today)}"
