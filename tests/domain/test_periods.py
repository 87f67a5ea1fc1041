"""Weeks, months and years follow on one another without a gap, and say what they are (R2)."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.periods import period_of, say_period
from stylistdesk.domain.types import PeriodKind

SAT = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "rolling", "week_starts", "starts", "ends", "said"),
    [
        (PeriodKind.WEEK, False, 0, date(2026, 11, 16), date(2026, 11, 23), "16–22 Nov"),
        (PeriodKind.WEEK, False, 6, date(2026, 11, 15), date(2026, 11, 22), "15–21 Nov"),
        (PeriodKind.MONTH, False, 0, date(2026, 11, 1), date(2026, 12, 1), "Nov 2026"),
        (PeriodKind.YEAR, False, 0, date(2026, 1, 1), date(2027, 1, 1), "2026"),
        (PeriodKind.WEEK, True, 0, date(2026, 11, 15), date(2026, 11, 22), "7 days to 21 Nov"),
        (PeriodKind.MONTH, True, 0, date(2026, 10, 23), date(2026, 11, 22), "30 days to 21 Nov"),
        (PeriodKind.YEAR, True, 0, date(2025, 11, 22), date(2026, 11, 22), "365 days to 21 Nov"),
    ],
)
def test_the_period_of_a_day(
    kind: PeriodKind, rolling: bool, week_starts: int, starts: date, ends: date, said: str
) -> None:
    period = period_of(SAT, kind, rolling=rolling, week_starts=week_starts)
    assert (period.starts, period.ends, say_period(period, SAT)) == (starts, ends, said)


@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from(PeriodKind), st.booleans(), st.integers(0, 6),
    st.integers(-30, 30),
)  # fmt: skip
def test_periods_meet_and_their_parts_fill_them(
    day: date, kind: PeriodKind, rolling: bool, week_starts: int, by: int
) -> None:
    period = period_of(day, kind, rolling=rolling, week_starts=week_starts)
    assert period.has(day)
    assert period.step(1).starts == period.ends
    assert period.step(by).step(-by) == period
    parts = period.parts()
    assert parts[0][0] == period.starts and parts[-1][1] == period.ends
    assert all(one[1] == other[0] for one, other in pairwise(parts))
    assert sum((ends - starts).days for starts, ends in parts) == period.days
