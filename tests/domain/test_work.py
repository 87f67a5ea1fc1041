"""Seasons, stages, bookings and lookbook items: tables of what a rep would expect."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.bookings import Booked, overlapping, parse_end, parse_length, say_length
from stylistdesk.domain.dates import cadence_dates, next_cadence
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.lookbook_items import Listed, item_of_order, item_of_signal, names_item
from stylistdesk.domain.seasons import parse_season, say_season
from stylistdesk.domain.spoken_dates import on_the_clock, parse_moment
from stylistdesk.domain.stages import stage_after
from stylistdesk.domain.types import CallStatus, Overlaps, Stage
from stylistdesk.domain.web_address import checked_web_address, encoded_web_address
from tests.domain.making import NOW, ZONE, local

HOUR = timedelta(hours=1)
ZONES = ["America/New_York", "Africa/Cairo", "America/Havana", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]


@pytest.mark.parametrize(
    ("words", "season", "year"),
    [
        ("fall 2026", "Fall", 2026),
        ("Fall '26", "Fall", 2026),
        ("FW26", "Fall", 2026),
        ("autumn 26", "Fall", 2026),
        ("holiday", "Holiday", None),
        ("pre-fall 2027", "Pre-Fall", 2027),
        ("2027", "", 2027),
        ("", "", None),
        ("  bridal   2028 ", "Bridal", 2028),
        ("market week 27", "Market week", 2027),
    ],
)
def test_a_season_is_understood(words: str, season: str, year: int | None) -> None:
    assert parse_season(words) == (season, year)
    assert parse_season(say_season(season, year)) == (season, year)


@pytest.mark.parametrize("words", ["fall 1026", "3/14", "fall 2026 2027 x9", "a" * 40])
def test_what_is_no_season_is_refused(words: str) -> None:
    with pytest.raises(Refused) as no:
        parse_season(words)
    assert no.value.field == "season"


@given(st.text(max_size=30))
def test_any_words_are_a_season_or_refused(words: str) -> None:
    try:
        season, year = parse_season(words)
    except Refused:
        return
    assert parse_season(say_season(season, year)) == (season, year)


@pytest.mark.parametrize(
    ("stage", "status", "after"),
    [
        (None, CallStatus.NO_ANSWER, None),
        (Stage.LEAD, CallStatus.LEFT_MESSAGE, Stage.LEAD),
        (None, CallStatus.TALKED, Stage.CONTACTED),
        (Stage.LEAD, CallStatus.TALKED, Stage.CONTACTED),
        (Stage.INTERESTED, CallStatus.TALKED, Stage.INTERESTED),
        (Stage.ACTIVE, CallStatus.INTERESTED, Stage.ACTIVE),
        (Stage.CONTACTED, CallStatus.INTERESTED, Stage.INTERESTED),
        (Stage.CONTACTED, CallStatus.APPOINTMENT_MADE, Stage.INTERESTED),
        (Stage.LEAD, CallStatus.ORDERED, Stage.ACTIVE),
        (Stage.LEAD, CallStatus.NOT_NOW, Stage.CONTACTED),
        (Stage.INTERESTED, CallStatus.NOT_NOW, Stage.INTERESTED),
        (Stage.DORMANT, CallStatus.TALKED, Stage.CONTACTED),
        (Stage.DORMANT, CallStatus.NO_ANSWER, Stage.DORMANT),
        (Stage.LOST, CallStatus.TALKED, Stage.LOST),
        (Stage.LOST, CallStatus.INTERESTED, Stage.INTERESTED),
        (Stage.LOST, CallStatus.ORDERED, Stage.ACTIVE),
        (Stage.ACTIVE, CallStatus.NOT_INTERESTED, Stage.LOST),
        (None, CallStatus.NOT_INTERESTED, Stage.LOST),
        (Stage.LEAD, None, Stage.LEAD),
    ],
)
def test_a_call_status_sets_the_stage(stage: Stage | None, status: CallStatus | None, after: Stage | None) -> None:
    assert stage_after(stage, status) is after


def test_who_has_ordered_is_not_made_contacted_by_a_talk() -> None:
    assert stage_after(None, CallStatus.TALKED, has_orders=True) is None
    assert stage_after(None, CallStatus.NOT_INTERESTED, has_orders=True) is Stage.LOST
    assert stage_after(None, CallStatus.ORDERED, has_orders=True) is Stage.ACTIVE


@given(st.sampled_from([None, *Stage]), st.sampled_from([None, *CallStatus]), st.booleans())
def test_the_same_call_status_twice_sets_what_it_set_once(
    stage: Stage | None, status: CallStatus | None, has_orders: bool
) -> None:
    once = stage_after(stage, status, has_orders=has_orders)
    assert stage_after(once, status, has_orders=has_orders) is once


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("1h", 60), ("45 min", 45), ("45m", 45), ("1h30", 90), ("1 h 30 min", 90), ("1.5h", 90), ("1,5 hours", 90),
     ("90", 90), ("2 hours", 120), ("half an hour", 30), ("an hour", 60), ("for 20 minutes", 20), ("in 2 hours", 120)],
)  # fmt: skip
def test_a_length_is_understood(words: str, minutes: int) -> None:
    assert parse_length(words) == timedelta(minutes=minutes)


@pytest.mark.parametrize("words", ["", "11:30", "tomorrow", "h", "1.5h30", "an eternity", "-5 min"])
def test_what_is_no_length_is_none(words: str) -> None:
    assert parse_length(words) is None


@given(st.integers(1, 14 * 24 * 60))
def test_a_length_that_the_desk_says_is_understood_again(minutes: int) -> None:
    length = timedelta(minutes=minutes)
    assert parse_length(say_length(length)) == length


def test_an_end_is_a_length_or_a_time_of_that_day() -> None:
    ten = local(23, 10)
    assert parse_end("1h", ten, ZONE) == local(23, 11)
    assert parse_end("11:30", ten, ZONE) == local(23, 11, 30)
    assert parse_end("3pm", ten, ZONE) == local(23, 15)
    assert parse_end("0:00", ten, ZONE) == local(24)
    assert parse_end("tomorrow 1:00", ten, ZONE) == local(24, 1)
    assert parse_end(" ", ten, ZONE) is None


@pytest.mark.parametrize("words", ["9:30", "10:00", "0", "20 days", "400h", "when she is tired"])
def test_an_end_that_is_none_is_refused_at_its_field(words: str) -> None:
    with pytest.raises(Refused) as no:
        parse_end(words, local(23, 10), ZONE)
    assert no.value.field == "ends" and "1h30" in no.value.hint


def test_an_hour_across_a_change_of_the_clocks_is_an_hour() -> None:
    before_spring = datetime(2027, 3, 14, 1, 30, tzinfo=ZONE).astimezone(UTC)
    end = parse_end("1h", before_spring, ZONE)
    assert end is not None and f"{end.astimezone(ZONE):%H:%M}" == "03:30"
    before_autumn = datetime(2026, 11, 1, 1, 30, tzinfo=ZONE).astimezone(UTC)
    end = parse_end("1h", before_autumn, ZONE)
    assert end is not None and f"{end.astimezone(ZONE):%H:%M}" == "01:30"


def test_a_time_that_the_clocks_skip_is_refused_and_says_what_there_is() -> None:
    spring = datetime(2027, 3, 13, 12, tzinfo=UTC)
    with pytest.raises(Refused) as no:
        parse_moment("tomorrow 2:30", spring, ZONE, strict=True)
    assert "no 2:30 on Sun 14 Mar" in no.value.reason and "3:30" in no.value.hint
    with pytest.raises(Refused, match=r"no 2:30"):
        parse_end("2:30", datetime(2027, 3, 14, 1, tzinfo=ZONE).astimezone(UTC), ZONE)


def test_a_time_that_is_there_twice_is_the_first_and_the_second_can_be_said() -> None:
    at, said = on_the_clock(date(2026, 11, 1), time(1, 30), ZONE)
    assert at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert on_the_clock(date(2026, 11, 1), time(1, 30, fold=1), ZONE) == (at, said)
    second = said.rpartition(" ")[2]
    assert parse_moment(second, NOW, ZONE, strict=True) == at + HOUR


@given(
    st.datetimes(NOW.replace(year=2000, tzinfo=None), NOW.replace(year=2080, tzinfo=None)),
    st.sampled_from(ZONES),
)
def test_a_time_on_the_clock_is_shown_again_as_it_was_typed_or_refused(when: datetime, name: str) -> None:
    zone, clock = ZoneInfo(name), when.time().replace(second=0, microsecond=0)
    try:
        at, said = on_the_clock(when.date(), clock, zone)
    except Refused:
        back = datetime.combine(when.date(), clock, tzinfo=zone).astimezone(UTC).astimezone(zone)
        assert (back.date(), back.time()) != (when.date(), clock)
        return
    shown = at.astimezone(zone)
    assert (shown.date(), shown.time()) == (when.date(), clock)
    if said:
        second = datetime.fromisoformat(said.rpartition(" ")[2])
        again = second.astimezone(zone)
        assert second > at and (again.date(), again.time()) == (when.date(), clock)


def _booked(key: int, start: int, end: int | None, brand: int | None = None) -> Booked:
    return Booked(key, local(23, start), local(23, end) if end else None, brand)


def test_what_stands_across_is_told_and_what_only_meets_is_not() -> None:
    one = _booked(1, 10, 12, brand=7)
    others = [_booked(2, 9, 10), _booked(3, 11, 13), _booked(4, 12, 13), _booked(5, 8, 18, brand=7), one]
    assert [found.id for found in overlapping(one, others, HOUR)] == [5, 3]
    assert [found.id for found in overlapping(one, others, HOUR, Overlaps.SAME_BRAND)] == [5]
    assert overlapping(one, others, HOUR, Overlaps.IGNORE) == ()
    assert overlapping(_booked(6, 11, 12), others, HOUR, Overlaps.SAME_BRAND) == ()


def test_one_without_an_end_counts_as_the_usual_length() -> None:
    open_ended = _booked(1, 10, None)
    assert overlapping(open_ended, [_booked(2, 10, 11)], HOUR)
    assert not overlapping(open_ended, [_booked(2, 11, 12)], HOUR)


@given(st.lists(st.tuples(st.integers(0, 22), st.integers(1, 6)), min_size=2, max_size=6))
def test_if_one_stands_across_another_the_other_stands_across_it(spans: list[tuple[int, int]]) -> None:
    all_of_them = [
        Booked(key, local(23, start), local(23, start) + timedelta(hours=length))
        for key, (start, length) in enumerate(spans)
    ]
    for one in all_of_them:
        for other in overlapping(one, all_of_them, HOUR):
            assert one in overlapping(other, all_of_them, HOUR)


@given(
    st.dates(date(2000, 1, 1), date(2090, 12, 31)),
    st.integers(1, 24),
    st.sampled_from(["week", "month"]),
    st.integers(-400, 4000),
)
def test_the_next_six_dates_are_each_the_next_after_the_one_before(
    anchor: date, every: int, unit: str, away: int
) -> None:
    after = anchor + timedelta(days=away)
    found = cadence_dates(anchor, every, unit, after)
    assert len(found) == 6
    for day in found:
        assert day == next_cadence(anchor, every, unit, after)
        assert unit == "week" or day.day == anchor.day or (day + timedelta(days=1)).day == 1
        after = day


def test_the_31st_monthly_comes_back_to_the_31st() -> None:
    days = cadence_dates(date(2027, 1, 31), 1, "month", date(2027, 1, 31))
    assert [f"{day:%d %b}" for day in days] == ["28 Feb", "31 Mar", "30 Apr", "31 May", "30 Jun", "31 Jul"]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Silk shirt, bone", True),
        ("silk  shirt, Bone", True),
        ("Silk shirt, bone, M", True),
        ("Silk shirt, bone - M", True),
        ("Silk shirt, bone / M", True),
        ("Silk shirt, boned", False),
        ("Silk shirt", False),
        ("", False),
    ],
)
def test_an_item_is_known_by_its_name_with_a_size_behind(said: str, names: bool) -> None:
    assert names_item("Silk shirt, bone", said) is names
    assert names_item("Silk shirt, bone", said, brand="Maison Orme", said_brand="maison orme") is names
    assert not names_item("Silk shirt, bone", said, brand="Maison Orme", said_brand="Alder & Wick")


def test_a_signal_is_about_the_item_of_its_lookbook_and_an_order_about_the_newest() -> None:
    items = [
        Listed(1, "Silk shirt, bone", "", "Fall looks 1", local(1)),
        Listed(2, "Silk shirt, bone", "", "Fall looks 2", local(10)),
        Listed(3, "Silk shirt", "", "Fall looks 2", local(10)),
        Listed(4, "Coat", "", "Not yet", None),
    ]
    found = item_of_signal(items, lookbook="fall looks 1", name="Silk shirt, bone, M", brand="")
    assert found is not None and found.id == 1
    found = item_of_signal(items, lookbook="", name="Silk shirt, bone, M", brand="")
    assert found is not None and found.id == 2
    assert item_of_signal(items, lookbook="Other looks", name="Silk shirt, bone", brand="") is None
    found = item_of_order(items, placed_at=local(5), name="Silk shirt, bone - M", brand="")
    assert found is not None and found.id == 1
    found = item_of_order(items, placed_at=local(15), name="Silk shirt, bone - M", brand="")
    assert found is not None and found.id == 2
    assert item_of_order(items, placed_at=local(15), name="Coat", brand="") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("looks.example.com/1", "https://looks.example.com/1"),
        ("http://a.example", "http://a.example"),
        ("https://shop.example.com/a|b^c", "https://shop.example.com/a|b^c"),
    ],
)
def test_the_address_of_a_page_gets_its_scheme(typed: str, kept: str) -> None:
    assert checked_web_address(typed) == kept == checked_web_address(kept)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        ("http://a.example", "http://a.example"),
        ("https://shop.example.com/a|b^c{d}[e]\\f#%zz", "https://shop.example.com/a%7Cb%5Ec%7Bd%7D%5Be%5D%5Cf#%25zz"),
        ("a.example:8443/?q=50%25#a#b", "https://a.example:8443/?q=50%25#a%23b"),
    ],
)
def test_an_address_is_written_into_a_page_as_a_validator_takes_it(typed: str, written: str) -> None:
    assert encoded_web_address(typed) == written == encoded_web_address(written)


@pytest.mark.parametrize(
    "typed",
    [
        "javascript://a.b/%0a",
        "file:///etc/x.y",
        "a page",
        "https://",
        "https://[1",
        "http://x",
        "http://a.b:99999/",
        "http://a.b:0/",
        "http://a..b/",
        "https://a|b.example/",
        "https://a.b\\c.d/",
        "https://-a.b/",
        "http://[2001:db8::1]/",
    ],
)
def test_what_is_no_page_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as no:
        checked_web_address(typed)
    assert no.value.field == "url"
