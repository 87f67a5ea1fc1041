"""At which period the screens of numbers look."""

from datetime import date, timedelta

from stylistdesk.domain.periods import period_of
from stylistdesk.domain.types import PeriodKind
from stylistdesk.ui.looking import EARLIEST, Looking

TODAY = date(2026, 11, 21)


def test_rolling_days_never_go_beyond_today() -> None:
    """A year ago, and then a week at a time forward, the last step is shorter."""
    looking = Looking(period_of(TODAY, PeriodKind.YEAR, rolling=True), TODAY)
    assert looking.turn("before", TODAY, 0) and looking.turn("week", TODAY, 0)
    while looking.turn("after", TODAY, 0):
        assert looking.period.ends <= TODAY + timedelta(days=1) and looking.period.days == 7
    assert looking.period == period_of(TODAY, PeriodKind.WEEK, rolling=True)


def test_no_period_is_before_the_earliest_or_after_todays() -> None:
    looking = Looking(period_of(TODAY, PeriodKind.YEAR), TODAY)
    assert not looking.turn("after", TODAY, 0)
    while looking.turn("before", TODAY, 0):
        pass
    assert looking.period == period_of(date(EARLIEST, 6, 1), PeriodKind.YEAR)


def test_a_new_day_is_followed_by_the_period_of_today_alone() -> None:
    month = period_of(TODAY, PeriodKind.MONTH)
    here, there = Looking(month, TODAY), Looking(month.step(-1), TODAY)
    for looking in (here, there):
        looking.follow(date(2026, 12, 1), 0)
    assert (here.period, there.period) == (month.step(1), month.step(-1))
