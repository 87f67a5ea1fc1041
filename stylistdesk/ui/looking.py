"""At which period a screen of numbers looks, and the keys that choose another (R20)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.month_grid import first_weekday
from stylistdesk.domain.periods import Period, period_of, say_period
from stylistdesk.domain.types import PeriodKind
from stylistdesk.ui.lines import Line, Piece
from stylistdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.metrics import Gathered

EARLIEST = 1980
"""No period that begins in an earlier year is looked at."""


@dataclass(slots=True)
class Looking:
    """The period that is looked at, and what was gathered for it last; the screens of one tab share it."""

    period: Period
    today: date
    held: "Gathered | None" = None

    def follow(self, today: date, week_starts: int) -> None:
        """On a new day, go on with the days if the period at hand was the one of the day before."""
        before, self.today = self.today, today
        period = self.period
        if before != today and period == period_of(
            before, period.kind, rolling=period.rolling, week_starts=week_starts
        ):
            self.period = period_of(today, period.kind, rolling=period.rolling, week_starts=week_starts)

    def turn(self, how: str, today: date, week_starts: int) -> bool:
        """Choose another period by the name of a key's act; whether there is one."""
        other, kind, rolling = self.period, self.period.kind, self.period.rolling
        if how in ("before", "after"):
            other = other.step(-1 if how == "before" else 1)
            if other.starts > today or other.starts.year < EARLIEST:
                return False
        elif how == "rolling":
            rolling = not rolling
        else:
            kind = PeriodKind(how)
        day = min(today, other.ends - timedelta(days=1))
        self.period = period_of(day, kind, rolling=rolling, week_starts=week_starts)
        return True

    def said(self, today: date) -> Line:
        """The period in words: "November 2026", and which it is compared with."""
        before = say_period(self.period.step(-1), today)
        said = f"   was: {before}"
        gone = (today - self.period.starts).days + 1
        if 0 < gone < self.period.days:  # so that a number that is less is not taken for a bad one
            said += f"   day {gone} of {self.period.days}, against a whole {self.period.kind.value}"
        return (Piece(say_period(self.period, today), "strong"), Piece(said, "quiet"))


def begin(desk: "Desk", kind: PeriodKind) -> Looking:
    """The period of today, by the calendar or rolling as the settings have it."""
    today = desk.now().astimezone(desk.zone).date()
    rolling = desk.settings.periods == "rolling"
    return Looking(period_of(today, kind, rolling=rolling, week_starts=week_starts(desk)), today)


def week_starts(desk: "Desk") -> int:
    """The first weekday, 0 for Monday."""
    return first_weekday(desk.settings.week_starts)


class PeriodKeys(DeskScreen):
    """A screen whose numbers are of a period."""

    KIND: ClassVar[PeriodKind] = PeriodKind.MONTH
    looking: Looking | None = None

    @property
    def today(self) -> date:
        """The desk's day."""
        return self.program.local_now().date()

    def look(self, desk: "Desk") -> Looking:
        """Where it looks today."""
        if self.looking is None:
            self.looking = begin(desk, self.KIND)
        self.looking.follow(self.today, week_starts(desk))
        return self.looking

    def action_period(self, how: str) -> None:
        """Look at another period."""
        desk = self.desk
        if desk is None:
            return
        if self.look(desk).turn(how, self.today, week_starts(desk)):
            self.hush()
            self.period_turned()
        elif how == "after":
            self.not_begun()

    def forget(self) -> None:
        super().forget()
        if self.looking is not None:
            self.looking.held = None

    def not_begun(self) -> None:
        """Say why there is no period after this one."""
        self.tell("That has not begun yet.", bad=True)

    def period_turned(self) -> None:
        """Show the other period."""
        self.reload()

    def time_passed(self) -> None:
        if self.desk is not None:
            self.look(self.desk)
        self.reload()
