"""Days and times in the rep's words, both ways."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain import past_days
from stylistdesk.domain.dates import (
    LocalNow,
    add_months,
    cadence_due,
    days_late,
    end_of_day,
    next_cadence,
    say_ago,
    say_day,
    say_due,
    start_of_day,
)
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_dates import parse_day, parse_moment, parse_past_day
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import Channel
from tests.domain.making import HERE, NOW, TODAY, ZONE, ago, local

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("today", "2026-11-21"),
        ("Tomorrow", "2026-11-22"),
        ("day after tomorrow", "2026-11-23"),
        ("fri", "2026-11-27"),
        ("on Friday", "2026-11-27"),
        ("next fri", "2026-11-27"),
        ("sat", "2026-11-28"),
        ("this sat", "2026-11-21"),
        ("next week", "2026-11-23"),
        ("next month", "2026-12-01"),
        ("end of month", "2026-11-30"),
        ("in 2 weeks", "2026-12-05"),
        ("two weeks", "2026-12-05"),
        ("2w", "2026-12-05"),
        ("3d", "2026-11-24"),
        ("+3 days", "2026-11-24"),
        ("in a month", "2026-12-21"),
        ("1y", "2027-11-21"),
        ("3/14", "2027-03-14"),
        ("11/21", "2026-11-21"),
        ("25/12", "2026-12-25"),
        ("3/14/28", "2028-03-14"),
        ("14 mar", "2027-03-14"),
        ("March 14th", "2027-03-14"),
        ("14 mar 2029", "2029-03-14"),
        ("14.3.", "2027-03-14"),
        ("the 14th", "2026-12-14"),
        ("mon 14 dec", "2026-12-14"),
        ("29 feb", "2028-02-29"),
        ("2026-12-01", "2026-12-01"),
        ("  2026/12/1 ", "2026-12-01"),
    ],
)
def test_a_rep_can_say_a_day_in_her_own_words(words: str, expected: str) -> None:
    assert parse_day(words, TODAY).isoformat() == expected


def test_next_friday_in_the_middle_of_a_week_is_the_friday_of_the_week_after() -> None:
    wednesday = date(2026, 11, 18)
    assert parse_day("fri", wednesday) == date(2026, 11, 20)
    assert parse_day("next fri", wednesday) == date(2026, 11, 27)


def test_where_the_day_comes_first_3_4_is_in_april() -> None:
    assert parse_day("3/4", TODAY) == date(2027, 3, 4)
    assert parse_day("3/4", TODAY, day_first=True) == date(2027, 4, 3)


@pytest.mark.parametrize(
    "words", ["", "soon", "31 feb", "13/13", "9999999d", "9999y", "0/0", "2026-02-30", "٣d", "fri 14"]
)
def test_what_is_no_day_is_refused_with_examples(words: str) -> None:
    with pytest.raises(Refused) as no:
        parse_day(words, TODAY)
    assert "next fri" in no.value.hint


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("31 feb 2026", "There is no 31 February 2026."),
        ("feb 30", "There is no 30 February."),
        ("9/31", "There is no 31 September."),
        ("2026-02-29", "There is no 29 February 2026."),
    ],
)
def test_a_date_that_no_calendar_has_is_said_to_be_none(words: str, said: str) -> None:
    """As "not a day that I understand", she would type it again in other words."""
    for read in (
        lambda: parse_day(words, TODAY),
        lambda: past_days.parse_past_day(words, TODAY),
        lambda: parse_moment(f"{words} 10:00", NOW, ZONE),
    ):
        with pytest.raises(Refused) as no:
            read()
        assert no.value.reason == said


def test_a_date_on_another_weekday_is_refused_with_its_own() -> None:
    with pytest.raises(Refused, match="14 Dec is a Monday"):
        parse_day("wed 14 dec", TODAY)


@given(st.text(max_size=30))
def test_any_words_give_a_day_or_a_refusal(words: str) -> None:
    for parse in (lambda: parse_day(words, TODAY), lambda: parse_moment(words, NOW, ZONE)):
        try:
            parse()
        except Refused as no:
            assert no.hint or "is a" in no.reason


@given(DAYS, st.integers(0, 3000))
def test_a_day_that_the_desk_says_is_understood_again(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert parse_day(say_day(day, today), today) == day


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mon 9:30", "2026-11-23 09:30"),
        ("9:30 mon", "2026-11-23 09:30"),
        ("tomorrow 14:00", "2026-11-22 14:00"),
        ("tomorrow at 2 pm", "2026-11-22 14:00"),
        ("noon tomorrow", "2026-11-22 12:00"),
        ("5pm", "2026-11-21 17:00"),
        ("at 5pm", "2026-11-21 17:00"),
        ("9am", "2026-11-22 09:00"),
        ("12am", "2026-11-22 00:00"),
        ("in 2 hours", "2026-11-21 11:42"),
        ("30 min", "2026-11-21 10:12"),
        ("tomorrow", "2026-11-22 09:00"),
        ("2026-12-01 10:00", "2026-12-01 10:00"),
        ("2026-12-01T10:00:00-05:00", "2026-12-01 10:00"),
        ("now", "2026-11-21 09:42"),
    ],
)
def test_a_rep_can_say_a_time_in_her_own_words(words: str, expected: str) -> None:
    moment = parse_moment(words, NOW, ZONE)
    assert moment.utcoffset() == timedelta(0)
    assert f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize("words", ["8:30", "10:15"])
def test_a_time_alone_stays_on_the_day_that_it_is_typed_for(words: str) -> None:
    moment = parse_moment(words, NOW, ZONE, day=date(2026, 11, 28)).astimezone(ZONE)
    assert f"{moment:%d %H:%M}" == f"28 {words.zfill(5)}"


@pytest.mark.parametrize("words", ["", "25:00", "13pm", "0am", "9:60", "whenever", "tomorrow 5"])
def test_what_is_no_time_is_refused_with_examples(words: str) -> None:
    with pytest.raises(Refused) as no:
        parse_moment(words, NOW, ZONE)
    assert "tomorrow 14:00" in no.value.hint


def test_a_time_that_the_clocks_skip_is_as_much_later_and_one_they_repeat_is_the_first() -> None:
    spring = datetime(2027, 3, 13, 12, tzinfo=UTC)
    assert f"{parse_moment('tomorrow 2:30', spring, ZONE).astimezone(ZONE):%H:%M}" == "03:30"
    autumn = datetime(2026, 10, 31, 12, tzinfo=UTC)
    assert parse_moment("tomorrow 1:30", autumn, ZONE) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 11, 1), 25), (date(2027, 3, 14), 23), (date(2026, 11, 21), 24)])
def test_a_day_of_23_or_25_hours_ends_when_the_local_day_ends(day: date, hours: int) -> None:
    assert end_of_day(day, ZONE) - start_of_day(day, ZONE) == timedelta(hours=hours, seconds=-1)


@given(DAYS, st.sampled_from(["America/New_York", "Africa/Cairo", "America/Havana", "Pacific/Apia", "Asia/Kolkata"]))
def test_every_day_begins_where_the_one_before_ends(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    assert end_of_day(day, zone) + timedelta(seconds=1) == start_of_day(day + timedelta(days=1), zone)


def test_the_31st_monthly_is_28_feb_and_then_31_mar() -> None:
    anchor = date(2027, 1, 31)
    assert next_cadence(anchor, 1, "month", date(2027, 1, 31)) == date(2027, 2, 28)
    assert next_cadence(anchor, 1, "month", date(2027, 2, 28)) == date(2027, 3, 31)
    assert next_cadence(anchor, 1, "month", date(2026, 1, 1)) == anchor


@given(DAYS, st.integers(1, 12), st.sampled_from(["week", "month"]), st.integers(-400, 4000))
def test_the_next_day_of_a_cadence_is_the_first_after(anchor: date, every: int, unit: str, away: int) -> None:
    after = anchor + timedelta(days=away)
    days = (
        anchor + timedelta(weeks=every * number) if unit == "week" else add_months(anchor, every * number)
        for number in range(600)
    )
    assert next_cadence(anchor, every, unit, after) == next(day for day in days if day > after)


def test_a_missed_day_of_a_cadence_is_due_until_she_has_had_her_looks() -> None:
    anchor = date(2026, 10, 9)
    assert cadence_due(anchor, 6, "week", anchor, TODAY) == date(2026, 11, 20)
    assert cadence_due(anchor, 6, "week", None, TODAY) == date(2026, 11, 20)
    assert cadence_due(anchor, 6, "week", date(2026, 11, 17), TODAY) == date(2027, 1, 1)
    assert cadence_due(date(2026, 12, 24), 6, "week", None, TODAY) == date(2026, 12, 24)


def test_of_many_missed_days_only_the_last_is_due() -> None:
    assert cadence_due(date(2020, 1, 31), 1, "month", None, TODAY) == date(2026, 10, 31)


def _due(due: datetime, **fields: object) -> str:
    suggestion = Suggestion("check_in", 12, "Check in", Channel.TEXT, "", "", due, **fields)  # type: ignore[arg-type]
    return say_due(suggestion, NOW, ZONE)


def test_due_is_said_as_shortly_as_it_can_be() -> None:
    assert _due(local(21)) == "today"
    assert _due(ago(hours=2), all_day=False) == "now"
    assert _due(local(21, 17), all_day=False) == "17:00"
    assert _due(local(21, 23, 59), suggested_at=local(21, 17)) == "17:00"
    assert _due(local(21, 23, 59), suggested_at=local(21, 8)) == "today"
    assert _due(local(22)) == "Sun"
    assert _due(local(30)) == "9 d"
    assert _due(local(19), promised=True) == "-2 d"
    assert _due(local(19)) == "today"


def test_late_is_counted_in_local_days() -> None:
    just_before_midnight = Suggestion("x", 3, "", Channel.TEXT, "", "", local(20, 23, 59), promised=True)
    assert days_late(just_before_midnight, local(21, 0, 1), ZONE) == 1
    assert days_late(just_before_midnight, local(20, 23, 59), ZONE) == 0


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (ago(seconds=30), "just now"),
        (ago(minutes=5), "five minutes ago"),
        (ago(hours=2), "two hours ago"),
        (local(20, 12), "yesterday"),
        (local(18, 12), "three days ago"),
        (local(9, 12, month=10), "on 9 Oct"),
        (NOW + timedelta(hours=3), "just now"),
    ],
)
def test_how_long_ago_is_said_as_one_says_it(at: datetime, expected: str) -> None:
    assert say_ago(at, HERE) == expected


def test_late_in_the_evening_is_not_yesterday_an_hour_later() -> None:
    assert say_ago(local(21, 23, 30), LocalNow(local(22, 0, 30), ZONE)) == "one hour ago"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 20)),
        ("fri", date(2026, 11, 20)),
        ("last monday", date(2026, 11, 16)),
        ("sat", date(2026, 11, 14)),
        ("3 mar", date(2026, 3, 3)),
        ("24 dec", date(2025, 12, 24)),
        ("3/14", date(2026, 3, 14)),
        ("the 3rd", date(2026, 11, 3)),
        ("the 30th", date(2026, 10, 30)),
        ("29 feb", date(2024, 2, 29)),
        ("3 days ago", date(2026, 11, 18)),
        ("2 weeks ago", date(2026, 11, 7)),
        ("6 months ago", date(2026, 5, 21)),
        ("a year ago", date(2025, 11, 21)),
        ("1 jan 2020", date(2020, 1, 1)),
        ("3/14/25", date(2025, 3, 14)),
        ("1 jan 2027", date(2027, 1, 1)),
        ("tomorrow", date(2026, 11, 22)),
    ],
)
def test_a_day_of_something_that_has_happened(words: str, day: date) -> None:
    assert parse_past_day(words, date(2026, 11, 21)) == day
