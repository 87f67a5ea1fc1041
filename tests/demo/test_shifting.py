"""Moving the sample files keeps their spelling, their times of day and their distances."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.demo.shifting import Shift, shift_files
from stylistdesk.demo.world import World, data_folder, read_world

WORLD = read_world(data_folder())
NEW_YORK = ZoneInfo("America/New_York")


def _to(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> Shift:
    return Shift(WORLD, datetime(year, month, day, hour, minute, tzinfo=NEW_YORK))


def test_no_move_on_the_reference_day() -> None:
    shift = Shift(WORLD, WORLD.reference)
    for file in filter(Path.is_file, data_folder().iterdir()):
        words = file.read_text("utf-8")
        assert shift.text(words) == words


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("2026-11-20T21:06:57-05:00", "2027-07-03T21:06:57-04:00"),
        ("2026-11-21T02:06:57Z", "2027-07-04T01:06:57Z"),
        ("2026-11-20 08:51:05 -0500", "2027-07-03 08:51:05 -0400"),
        ("2026-09-02 08:14:00 -0400", "2027-04-15 08:14:00 -0400"),
        ("2026-07-04 12:00:00 +0000", "2027-02-14 13:00:00 +0000"),
        ("2026-11-20T21:06-05:00", "2027-07-03T21:06-04:00"),
    ],
)
def test_every_spelling_is_kept_and_the_clock_changes_are_followed(was: str, now: str) -> None:
    assert _to(2027, 7, 4).text(f"a,{was},b") == f"a,{now},b"


@pytest.mark.parametrize(
    "words", ["", "2026-11-21", "la-20411", "+12125550101", "5870109127618", "9999-99-99T10:00:00Z"]
)
def test_what_is_no_timestamp_stays(words: str) -> None:
    assert _to(2027, 7, 4).text(words) == words


def test_an_hour_that_the_clocks_skip_becomes_the_next_one() -> None:
    assert _to(2027, 3, 15).text("2026-11-20T02:30:00-05:00") == "2027-03-14T03:30:00-04:00"


def test_an_hour_that_comes_twice_keeps_its_place() -> None:
    shift = _to(2026, 11, 21)
    assert shift.text("2026-11-01T01:25:00-05:00") == "2026-11-01T01:25:00-05:00"
    assert shift.text("2026-11-01T01:25:00-04:00") == "2026-11-01T01:25:00-04:00"


def test_the_day_so_far_is_drawn_together_before_the_reference_hour() -> None:
    early = _to(2027, 7, 4, 4, 51)
    assert early.text("2026-11-21T00:00:00-05:00") == "2027-07-04T00:00:00-04:00"
    assert early.text("2026-11-21T09:42:00-05:00") == "2027-07-04T04:51:00-04:00"
    assert early.text("2026-11-20T23:59:00-05:00") == "2027-07-03T23:59:00-04:00"
    assert early.text("2026-11-21T09:55:00-05:00", planned=True) == "2027-07-04T09:55:00-04:00"
    assert _to(2027, 7, 4, 22).text("2026-11-21T07:38:00-05:00") == "2027-07-04T07:38:00-04:00"


INSTANTS = st.integers(0, 20 * 366 * 86_400).map(lambda s: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


@given(INSTANTS, INSTANTS)
def test_the_distance_in_days_and_the_time_of_day_stay(at: datetime, now: datetime) -> None:
    shift = Shift(WORLD, now)
    moved, local = shift.instant(at, planned=True).astimezone(NEW_YORK), at.astimezone(NEW_YORK)
    wanted = local.replace(tzinfo=None) + timedelta(days=shift.days)
    assert moved.replace(tzinfo=None) - wanted in (timedelta(0), timedelta(hours=1))


@given(INSTANTS)
def test_nothing_that_happened_lies_ahead(now: datetime) -> None:
    shift = Shift(WORLD, now)
    for words in ("2026-11-21T09:21:59-05:00", "2026-11-21T08:51:05-05:00", "2026-11-21T00:00:01-05:00"):
        assert shift.instant(datetime.fromisoformat(words)) <= now


def test_files_change_in_nothing_but_their_timestamps(tmp_path: Path, folder: Path, world: World) -> None:
    stamp = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d ?(Z|[+-]\d\d:?\d\d)|(?=,))")
    written = shift_files(folder, tmp_path / "moved", Shift(world, datetime(2027, 7, 4, 16, tzinfo=UTC)))
    assert written
    for copy in written:
        was, now = (folder / copy.name).read_bytes().decode(), copy.read_bytes().decode()
        assert stamp.sub("", now) == stamp.sub("", was)
        lists = ("shopify_customers", "address_book", "brands", "mailchimp_subscribed")  # they name no instant
        assert copy.name.startswith(lists) or now != was
        assert copy.stat().st_mode & 0o777 == 0o600
