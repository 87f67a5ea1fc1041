"""Where the rep is in her calendar: the view, the day, the half hour, and what is selected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import add_months
from stylistdesk.domain.day_slots import Row, rows_of
from stylistdesk.domain.month_grid import Week, month_grid, week_of
from stylistdesk.domain.seasons import YEARS

MONTH, WEEK, DAY = "month", "week", "day"
PLAIN = rows_of((), ZoneInfo("UTC"))
"""The rows of a day of 24 hours."""

MORNING = 18
"""The row of a plain day at which it opens: 9:00."""


@dataclass(frozen=True, slots=True)
class Place:
    """`row` is that of the hours; `anchor` is where a selection began; `sticky`: plain arrows go on with it."""

    day: date
    view: str = MONTH
    row: int = MORNING
    anchor: tuple[date, int] | None = None
    sticky: bool = False
    week_starts: int = 0

    # ----------------------------------------------------------------- what shows

    @property
    def month(self) -> date:
        """The first day of the month that the day is in."""
        return self.day.replace(day=1)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks of the month."""
        return month_grid(self.day, self.week_starts)

    @property
    def dates(self) -> tuple[date, ...]:
        """The days that are shown by the hour."""
        return (self.day,) if self.view == DAY else week_of(self.day, self.week_starts)

    def rows(self, zone: ZoneInfo) -> tuple[Row, ...]:
        """The rows that are shown, more than usual where the clocks of the zone go back; a month has those of a day."""
        return PLAIN if self.view == MONTH else rows_of(self.dates, zone)

    @property
    def chosen_days(self) -> tuple[date, ...]:
        """The days that are selected, or the one under the cursor."""
        first, last = sorted((self.day, self.anchor[0] if self.anchor else self.day))
        return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))

    @property
    def chosen_rows(self) -> range:
        """The rows that are selected, or the one under the cursor."""
        first, last = sorted((self.row, self.anchor[1] if self.anchor else self.row))
        return range(first, last + 1)

    # -------------------------------------------------------------------- moving

    def to_day(self, day: date) -> "Place":
        """On that day, if any calendar goes there."""
        return replace(self, day=day) if day.year in YEARS else self

    def _days(self, count: int) -> "Place":
        try:
            return self.to_day(self.day + timedelta(days=count))
        except OverflowError:
            return self

    def stepped(self, across: int, down: int, rows: int) -> "Place":
        """So many days on and, by the hour, so many rows, of which there are `rows`; in the month so many weeks."""
        if self.view == MONTH:
            return self._days(across + 7 * down)
        return replace(self._days(across), row=max(0, min(self.row + down, rows - 1)))

    def moved(self, how: "Callable[[Place], Place]", *, select: bool = False) -> "Place":
        """Somewhere else, with the selection going on or ended."""
        select = select or self.sticky
        anchor = (self.anchor or (self.day, self.row)) if select else None
        return replace(how(self), anchor=anchor)

    def turned(self, by: int) -> "Place":
        """So many months, weeks or days on."""
        if self.view == MONTH:
            return self.to_day(add_months(self.day, by)) if (self.day.year + by) in YEARS else self
        return self._days(by * (7 if self.view == WEEK else 1))

    def ended(self, rows: int, *, last: bool) -> "Place":
        """At the first or last day of the month, or row of the day, of which there are `rows`."""
        if self.view == MONTH:
            return self.to_day(add_months(self.month, 1) - timedelta(days=1) if last else self.month)
        return replace(self, row=rows - 1 if last else 0)

    def among(self, before: Sequence[Row], after: Sequence[Row]) -> "Place":
        """At the same hour where other rows are shown: a day on which the clocks go back has more of them."""

        def same(row: int) -> int:
            hour = before[min(row, len(before) - 1)]
            return after.index(hour if hour in after else (hour[0], 0))

        anchor = (self.anchor[0], same(self.anchor[1])) if self.anchor is not None else None
        return replace(self, row=same(self.row), anchor=anchor)

    def without_selection(self) -> "Place":
        """Nothing is selected."""
        return replace(self, anchor=None, sticky=False)
