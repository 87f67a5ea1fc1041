"""Working hours are time on the clock of the wall, also on the days on which the clocks change (R17, R18)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.working_hours import DAY, WorkingHours, at_minute, without

NEW_YORK = ZoneInfo("America/New_York")
ZONES = ["America/New_York", "Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo", "UTC",
         "America/Santiago", "Asia/Beirut"]  # fmt: skip
ALL_DAY = WorkingHours(weekly=dict.fromkeys(range(7), ((0, DAY),)))


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 11, 2), 24)],
)
def test_a_whole_day_has_the_hours_that_it_has(day: date, hours: int) -> None:
    spans = ALL_DAY.spans(day, NEW_YORK)
    assert [ends - starts for starts, ends in spans] == [timedelta(hours=hours)]


def test_hours_that_the_clocks_skip_are_not_worked() -> None:
    early = WorkingHours(dates={date(2026, 3, 8): ((60, 150), (150, 240))})  # 1:00 to 2:30 to 4:00; 2:00 to 3:00 is not
    assert [ends - starts for starts, ends in early.spans(date(2026, 3, 8), NEW_YORK)] == [
        timedelta(hours=1),
        timedelta(hours=1),
    ]


def test_a_date_stands_in_place_of_its_weekday_and_a_day_off_is_filled_in() -> None:
    hours = WorkingHours(weekly={0: ((540, 1020),), 6: ()}, dates={date(2026, 11, 23): ()})
    assert hours.hours(date(2026, 11, 23)) == ()
    assert hours.hours(date(2026, 11, 30)) == ((540, 1020),)
    assert [hours.is_filled(date(2026, 11, day)) for day in (22, 23, 24)] == [True, True, False]


def test_until_something_is_filled_in_the_usual_hours_count() -> None:
    hours = WorkingHours()
    assert hours.is_assumed and not hours.is_filled(date(2026, 11, 23))
    assert [len(hours.hours(date(2026, 11, 16) + timedelta(days=n))) for n in range(7)] == [1, 1, 1, 1, 1, 0, 0]


@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, DAY), st.integers(0, DAY))
def test_a_later_minute_is_no_earlier_instant(name: str, day: date, one: int, other: int) -> None:
    zone = ZoneInfo(name)
    first, last = sorted((one, other))
    assert start_of_day(day, zone) <= at_minute(day, first, zone) or first == 0
    assert at_minute(day, first, zone) <= at_minute(day, last, zone)


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001
    st.integers(0, 14 * DAY),
    st.integers(0, 14 * DAY),
)
def test_working_time_adds_up(name: str, since: datetime, one: int, other: int) -> None:
    """All of the time is worked by who always works, and two stretches of time are worth as much as both together."""
    zone, since = ZoneInfo(name), since.replace(tzinfo=UTC)
    middle, until = since + timedelta(minutes=min(one, other)), since + timedelta(minutes=max(one, other))
    assert ALL_DAY.worked(since, until, zone) == until - since
    usual = WorkingHours()
    assert usual.worked(since, middle, zone) + usual.worked(middle, until, zone) == usual.worked(since, until, zone)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20)), max_size=6),
       st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20)), max_size=6))  # fmt: skip
def test_what_is_left_is_what_is_not_busy(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    zero = datetime(2026, 1, 1, tzinfo=UTC)

    def minutes(spans: object) -> set[int]:
        return {
            minute
            for starts, ends in spans  # type: ignore[attr-defined]
            for minute in range(int((starts - zero).total_seconds()) // 60, int((ends - zero).total_seconds()) // 60)
        }

    spans, busy = (
        [(zero + timedelta(minutes=at), zero + timedelta(minutes=at + long)) for at, long in each]
        for each in (one, other)
    )
    assert minutes(without(spans, busy)) == minutes(spans) - minutes(busy)
