"""A day is shown in all the half hours that it has, no more and no fewer (R17, R18)."""

import itertools
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.day_slots import STEP, as_typed, instant, rows_of, say_row, slots_of
from stylistdesk.domain.spoken_dates import parse_moment
from stylistdesk.domain.working_hours import DAY
from tests.conftest import NOW

NEW_YORK = ZoneInfo("America/New_York")
SPRING, FALL = date(2026, 3, 8), date(2026, 11, 1)
ZONES = st.sampled_from(
    ["America/New_York", "Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo", "UTC",
     "America/Santiago", "Asia/Beirut", "America/Havana", "Asia/Kathmandu"]
).map(ZoneInfo)  # fmt: skip
DAYS = st.dates(date(2005, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(("day", "count"), [(SPRING, 46), (FALL, 50), (date(2026, 11, 2), 48)])
def test_a_day_has_as_many_half_hours_as_it_has(day: date, count: int) -> None:
    assert len(slots_of(day, NEW_YORK)) == count


def test_the_skipped_hour_has_no_slots_and_the_repeated_one_has_them_twice() -> None:
    spring = [say_row(slot.row) for slot in slots_of(SPRING, NEW_YORK)]
    assert spring[2:6] == ["1:00", "1:30", "3:00", "3:30"]
    fall = [say_row(slot.row) for slot in slots_of(FALL, NEW_YORK)]
    assert fall[2:8] == ["1:00", "1:30", "1:00*", "1:30*", "2:00", "2:30"]
    rows = [say_row(row) for row in rows_of([FALL, FALL + timedelta(days=1)], NEW_YORK)]
    assert rows[:8] == ["0:00", "0:30", "1:00", "1:30", "1:00*", "1:30*", "2:00", "2:30"]
    assert instant(SPRING, (120, 0), NEW_YORK) is None


@given(ZONES, DAYS)
def test_the_slots_are_the_day_without_a_gap_and_each_has_a_row_in_order(zone: ZoneInfo, day: date) -> None:
    slots = slots_of(day, zone)
    assert slots[0].starts_at == start_of_day(day, zone)
    assert slots[-1].ends_at == start_of_day(day + timedelta(days=1), zone)
    assert all(one.ends_at == other.starts_at for one, other in itertools.pairwise(slots))
    assert all(timedelta() < slot.ends_at - slot.starts_at <= timedelta(minutes=STEP) for slot in slots)
    assert len({slot.row for slot in slots}) == len(slots)
    rows = rows_of([day], zone)
    places = [rows.index(slot.row) for slot in slots]
    assert places == sorted(places)
    assert {row[0] for row in rows} == set(range(0, DAY, STEP))


@given(ZONES, DAYS, st.integers(0, 49))
def test_what_is_typed_for_a_slot_is_read_back_as_its_start(zone: ZoneInfo, day: date, number: int) -> None:
    """So that a form which opens at the cursor says the time under it, also the second of two."""
    slots = slots_of(day, zone)
    at = slots[number % len(slots)].starts_at
    assert parse_moment(as_typed(at, zone), NOW, zone, strict=True) == at
