"""Events that recur: their times are those that other programs give, and no rule holds the desk up."""

import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.recurrence_rules import moments, parse_rule, without_count
from stylistdesk.domain.recurrences import occurrences

TORONTO = ZoneInfo("America/Toronto")
ZONES = ("America/Toronto", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")


def local(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day)  # noqa: DTZ001 - on the clock of the event's zone


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT", ""])


def by_the_judge(ics: str, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    whole = icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{ics}END:VCALENDAR\r\n")
    found = recurring_ical_events.of(whole).between(since, until)
    return sorted((one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in found)


days = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True)
placed = st.lists(
    st.sampled_from(["1MO", "2TU", "-1FR", "3SU", "-2WE", "5TH", "4SA"]), min_size=1, max_size=3, unique=True
)
months = st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True)
month_days = st.lists(st.integers(1, 31) | st.integers(-31, -1), min_size=1, max_size=3, unique=True)


def part(name: str, values: st.SearchStrategy[list[object]]) -> st.SearchStrategy[str]:
    return st.just("") | values.map(lambda found: f";{name}={','.join(map(str, found))}")


@st.composite
def rules(draw: st.DrawFn) -> str:
    every = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    said = f"FREQ={every};INTERVAL={draw(st.integers(1, 5))}"
    if every in ("DAILY", "WEEKLY"):
        said += draw(part("BYDAY", days)) + draw(part("BYMONTH", months))
        if every == "WEEKLY":
            said += draw(st.sampled_from(["", ";WKST=SU"]))
    else:
        if every == "YEARLY":
            said += draw(part("BYYEARDAY", st.lists(st.integers(1, 366) | st.integers(-366, -1), min_size=1)))
        said += draw(part("BYMONTH", months)) + draw(part("BYMONTHDAY", month_days))
        said += draw(part("BYDAY", days | placed))
        if ";BY" in said:
            said += draw(part("BYSETPOS", st.lists(st.sampled_from([1, 2, -1, -2]), min_size=1, max_size=2)))
    said += draw(part("BYHOUR", st.lists(st.integers(0, 23), min_size=1, max_size=2, unique=True)))
    return said + draw(st.sampled_from(["", "", ";UNTIL=20270405T120000Z"]))


@settings(max_examples=300, deadline=None)
@given(
    rules(),
    st.datetimes(local(2015), local(2026, 12, 31)),
    st.integers(0, 40 * 60),
    st.sampled_from(ZONES),
    st.datetimes(local(2026), local(2027, 6, 1)),
)
def test_a_series_comes_when_another_program_says_so(
    rule: str, start: datetime, minutes: int, zone: str, since: datetime
) -> None:
    """A standing appointment would show on another day here than on her phone."""
    at = start.replace(second=0, microsecond=0, fold=0)
    at = at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))  # a time that there is
    at = at.replace(fold=0)
    ends = at.astimezone(UTC) + timedelta(minutes=minutes)
    ics = event(f"DTSTART;TZID={zone}:{at:%Y%m%dT%H%M%S}", f"DTEND:{ends:%Y%m%dT%H%M%SZ}", f"RRULE:{rule}")
    begins = since.replace(tzinfo=UTC)
    until = begins + timedelta(days=70)
    ours = occurrences(ics, begins, until, TORONTO)
    assert [span[0] for span in ours] == [span[0] for span in by_the_judge(ics, begins, until)]
    assert {span[1] - span[0] for span in ours} <= {timedelta(minutes=minutes)}


@pytest.mark.filterwarnings("ignore:Using both")
@settings(max_examples=150, deadline=None)
@given(rules(), st.datetimes(local(2015), local(2026, 12, 31)), st.integers(1, 60))
def test_so_many_times_end_with_the_last_one(rule: str, start: datetime, count: int) -> None:
    """ "Ten sessions" would go on for ever, or stop at nine."""
    from dateutil.rrule import rrulestr

    rule = rule.partition(";UNTIL")[0]
    start = start.replace(microsecond=0)
    judge = rrulestr(f"{rule};COUNT={count};UNTIL=21500101T000000", dtstart=start)
    try:
        bounded = without_count(parse_rule(f"{rule};COUNT={count}"), start)
    except Refused:
        assert list(judge) == []
        return
    assert bounded.count is None
    ours = list(moments(bounded, start, start, local(2150)))
    assert ours == list(judge)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=WEEKLY;INTERVAL=999999999",
        "FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=-366",
        "FREQ=YEARLY;BYHOUR=" + ",".join(map(str, range(24))),
    ],
)
def test_no_rule_holds_the_desk_up(rule: str) -> None:
    """A file with one hostile rule would freeze the month."""
    ics = event("DTSTART:19000101T100000Z", "DTEND:19000101T110000Z", f"RRULE:{rule}")
    began = time.perf_counter()
    occurrences(ics, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), TORONTO)
    with suppress(Refused):
        without_count(parse_rule(rule), local(1900))
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=9",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=1,2;BYMINUTE=" + ",".join(map(str, range(60))),
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=YEARLY;BYMONTH=13",
    ],
)
def test_a_rule_that_is_none_is_refused(rule: str) -> None:
    with pytest.raises(Refused):
        parse_rule(rule)


def test_whole_days_are_those_of_the_desk() -> None:
    """A holiday would begin at 19:00 the evening before."""
    ics = event(
        "DTSTART;VALUE=DATE:20261101", "DTEND;VALUE=DATE:20261102", "RRULE:FREQ=DAILY", "EXDATE;VALUE=DATE:20261102"
    )
    found = occurrences(
        ics, datetime(2026, 11, 1, 4, tzinfo=UTC), datetime(2026, 11, 4, 5, tzinfo=UTC), TORONTO, {"20261103"}
    )
    assert found == ((datetime(2026, 11, 1, 4, tzinfo=UTC), datetime(2026, 11, 2, 5, tzinfo=UTC)),)  # 25 hours


def test_days_left_out_and_added_and_moved() -> None:
    """A session that was called off would still stand, and one that was moved would stand twice."""
    ics = event(
        "DTSTART;TZID=America/Toronto:20261103T100000",
        "DTEND;TZID=America/Toronto:20261103T110000",
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=America/Toronto:20261110T100000",
        "RDATE:20261112T150000Z",
    )
    found = occurrences(
        ics, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), TORONTO, {"20261117T150000Z"}
    )
    assert [at.astimezone(TORONTO).date() for at, _ in found] == [
        date(2026, 11, 3),
        date(2026, 11, 12),
        date(2026, 11, 24),
    ]


def test_a_text_that_is_no_component_gives_nothing() -> None:
    assert occurrences("rubbish", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), TORONTO) == ()
