"""At which period a screen of numbers looks, and the keys that choose another (R20)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.periods import Period, period_of, say_period
from stylistdesk.domain.types import PeriodKind
from stylistdesk.ui.lines import Line, Piece
from stylistdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.metrics import Gathered


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

    def turn(self, how: str, today: date, week_starts: int) -> str:
        """Choose another period by the name of a key's act; gives what speaks against it, or nothing."""
        period = self.period
        if how in ("before", "after"):
            other = period.step(-1 if how == "before" else 1)
            if other.starts > today:
                return "That has not begun yet."
            self.period = other
            return ""
        kind = period.kind if how == "rolling" else PeriodKind(how)
        rolling = not period.rolling if how == "rolling" else period.rolling
        day = min(today, period.ends - timedelta(days=1))
        self.period = period_of(day, kind, rolling=rolling, week_starts=week_starts)
        return ""

    def said(self, today: date) -> Line:
        """The period in words: "November 2026", and which it is compared with."""
        before = say_period(self.period.step(-1), today)
        return (Piece(say_period(self.period, today), "strong"), Piece(f"   was: {before}", "quiet"))


def begin(desk: "Desk") -> Looking:
    """The month of today, by the calendar or rolling as the settings have it."""
    today = desk.now().astimezone(desk.zone).date()
    rolling = desk.settings.periods == "rolling"
    return Looking(period_of(today, PeriodKind.MONTH, rolling=rolling, week_starts=week_starts(desk)), today)


def week_starts(desk: "Desk") -> int:
    """The first weekday, 0 for Monday."""
    return 6 if desk.settings.week_starts == "sunday" else 0


class PeriodKeys(DeskScreen):
    """A screen whose numbers are of a period."""

    looking: Looking | None = None

    @property
    def today(self) -> date:
        """The desk's day."""
        assert self.desk is not None
        return self.desk.now().astimezone(self.desk.zone).date()

    def action_period(self, how: str) -> None:
        """Look at another period."""
        desk = self.desk
        if desk is None or self.looking is None:
            return
        no = self.looking.turn(how, self.today, week_starts(desk))
        if no:
            self.tell(no, bad=True)
            return
        self.hush()
        self.period_turned()

    def period_turned(self) -> Any:
        """Show the other period."""
        self.reload()

    def time_passed(self) -> None:
        if self.desk is not None and self.looking is not None:
            self.looking.follow(self.today, week_starts(self.desk))
        self.reload()
