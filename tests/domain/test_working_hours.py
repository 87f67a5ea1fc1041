"""Working hours are time on the clock of the wall, also on the days on which the clocks change (R17, R18)."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_hours import parse_hours, say_hours
from stylistdesk.domain.working_hours import DAY, Hours, WorkingHours, at_minute, merged, painted, without

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


def test_an_hour_that_is_shown_again_after_midnight_is_worked_twice_on_the_evening_before() -> None:
    """Until 2011 the clocks of St. John's went from 0:01 back to 23:01."""
    zone, first = ZoneInfo("America/St_Johns"), datetime(2010, 11, 7, 2, 30, tzinfo=UTC)
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    assert ALL_DAY.spans(date(2010, 11, 6), zone)[1:] == ((first + minute, first + hour),)
    assert ALL_DAY.spans(date(2010, 11, 7), zone)[0] == (first, first + minute)
    assert ALL_DAY.worked(first - hour, first + hour / 2, zone) == 1.5 * hour


def test_hours_that_the_clocks_skip_are_not_worked() -> None:
    early = WorkingHours(dates={date(2026, 3, 8): ((60, 150), (150, 240))})  # 1:00 to 2:30 to 4:00; 2:00 to 3:00 is not
    assert [ends - starts for starts, ends in early.spans(date(2026, 3, 8), NEW_YORK)] == [
        timedelta(hours=1),
        timedelta(hours=1),
    ]


@given(
    st.sampled_from([*ZONES, "America/Havana"]), st.dates(date(2005, 1, 1), date(2040, 1, 1)), st.integers(0, 96),
    st.integers(0, 96),
)  # fmt: skip
def test_she_works_whenever_the_clock_on_the_wall_shows_her_hours(name: str, day: date, one: int, other: int) -> None:
    """Also the second time: painted from 1:00 to 1:30, she works at both 1:00 of the night that has two."""
    zone, starts, ends = ZoneInfo(name), 15 * min(one, other), 15 * max(one, other)
    spans = WorkingHours(dates={day: ((starts, ends),)}).spans(day, zone)
    at, end = start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone) + timedelta(hours=1)
    while at < end:
        local = at.astimezone(zone)
        if local.date() == day:
            works = starts <= local.hour * 60 + local.minute < ends
            assert works == any(since <= at < until for since, until in spans), local
        at += timedelta(minutes=15)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


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


HOURS = st.lists(st.tuples(st.integers(0, 96), st.integers(0, 96)), max_size=5).map(
    lambda spans: tuple((15 * min(span), 15 * max(span)) for span in spans)
)


@given(HOURS, st.integers(-4, 100), st.integers(-4, 100), st.booleans())
def test_painting_is_union_and_rubbing_out_is_difference(hours: Hours, one: int, other: int, works: bool) -> None:
    def minutes(spans: Hours) -> set[int]:
        return {minute for starts, ends in spans for minute in range(starts, ends)}

    starts, ends = 15 * min(one, other), 15 * max(one, other)
    brush = set(range(max(0, starts), min(DAY, ends)))
    found = painted(hours, starts, ends, works=works)
    assert minutes(found) == (minutes(hours) | brush if works else minutes(hours) - brush)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(found))  # merged, in order
    assert all(0 <= first < last <= DAY for first, last in found)


@given(HOURS, st.integers(0, 96), st.integers(0, 96))
def test_painting_twice_is_painting_once(hours: Hours, one: int, other: int) -> None:
    once = painted(hours, 15 * one, 15 * other, works=True)
    assert painted(once, 15 * one, 15 * other, works=True) == once


def test_one_date_that_differs_leaves_the_usual_hours_of_the_other_days() -> None:
    """A rep who paints one Saturday before she filled in her week still works from Monday to Friday."""
    hours = WorkingHours(dates={date(2026, 11, 21): ((600, 840),)})
    assert hours.is_assumed and hours.hours(date(2026, 11, 23)) == ((540, 1020),)
    assert hours.hours(date(2026, 11, 21)) == ((600, 840),)


@given(
    st.sets(st.integers(0, 6)),
    st.sets(st.dates(date(2026, 11, 1), date(2026, 12, 31)), max_size=40),
    st.dates(date(2026, 10, 20), date(2027, 1, 10)),
)
def test_the_next_unfilled_day_is_the_first_one(weekdays: set[int], dates: set[date], after: date) -> None:
    hours = WorkingHours(dict.fromkeys(weekdays, ()), dict.fromkeys(dates, ()))
    found = hours.next_unfilled(after)
    assert (found is None) == (len(weekdays) == 7)
    if found is not None:
        assert found > after and not hours.is_filled(found)
        between = [after + timedelta(days=ahead) for ahead in range(1, (found - after).days)]
        assert all(hours.is_filled(day) for day in between)


def test_there_is_no_day_after_the_last() -> None:
    assert WorkingHours().next_unfilled(date.max) is None


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("9-12, 13-17", ((540, 720), (780, 1020))),
        ("9:30–17", ((570, 1020),)),
        ("9am-5pm", ((540, 1020),)),
        ("9 to 5pm", ((540, 1020),)),
        ("13-17 9-12", ((540, 720), (780, 1020))),
        ("8-12 and 11-14", ((480, 840),)),
        ("0-24", ((0, 1440),)),
        ("noon-6pm", ((720, 1080),)),
        ("10pm-midnight", ((1320, 1440),)),
        ("off", ()),
        ("Closed", ()),
        ("", None),
    ],
)
def test_hours_are_typed_as_people_write_them(typed: str, hours: Hours | None) -> None:
    assert parse_hours(typed) == hours


@pytest.mark.parametrize("typed", ["9", "9-", "17-9", "9-25", "9-17:75", "some", "9-9", "9-12-15"])
def test_other_words_are_refused_with_examples(typed: str) -> None:
    with pytest.raises(Refused) as no:
        parse_hours(typed)
    assert "9-12" in no.value.hint


@given(HOURS)
def test_hours_read_as_they_are_written(hours: Hours) -> None:
    assert parse_hours(say_hours(merged(hours))) == merged(hours)
