"""A month is whole weeks, from the day on which the rep's week begins (R17)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.month_grid import first_weekday, month_grid, week_of


@pytest.mark.parametrize(
    ("month", "week_starts", "first", "last", "weeks"),
    [
        (date(2026, 11, 21), "monday", date(2026, 10, 26), date(2026, 12, 6), 6),
        (date(2026, 11, 21), "sunday", date(2026, 11, 1), date(2026, 12, 5), 5),
        (date(2027, 2, 3), "monday", date(2027, 2, 1), date(2027, 2, 28), 4),
    ],
)
def test_months_of_four_to_six_weeks(month: date, week_starts: str, first: date, last: date, weeks: int) -> None:
    grid = month_grid(month, first_weekday(week_starts))
    assert (grid[0][0], grid[-1][-1], len(grid)) == (first, last, weeks)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 6))
def test_every_day_of_the_month_is_there_once_under_its_weekday(day: date, starts: int) -> None:
    grid = month_grid(day, starts)
    days = [one for week in grid for one in week]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert all(week[0].weekday() == starts and len(week) == 7 for week in grid)
    of_month = [one for one in days if (one.year, one.month) == (day.year, day.month)]
    assert of_month[0].day == 1 and (of_month[-1] + timedelta(days=1)).day == 1
    assert all(any(one.month == day.month for one in week) for week in grid)
    assert day in week_of(day, starts)
