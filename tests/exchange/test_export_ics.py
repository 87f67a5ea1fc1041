"""The desk's calendar in other programs, and theirs in the desk: khal and icalendar are the judges (R19)."""

import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.appointments import AddAppointment, AppointmentForm, CancelAppointment, ConfirmAppointment
from stylistdesk.commands.assignments import (
    BookAssignment,
    CancelAssignment,
    DeliverLookbook,
    MarkNoShow,
    SessionForm,
    StartConsultation,
)
from stylistdesk.commands.calendar import AddEvent, EventForm
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.commands.host_events import AddHostEvent, CancelHostEvent, HostEventForm
from stylistdesk.db.tables import CalendarEvent
from stylistdesk.desk import Desk
from stylistdesk.domain.recurrences import occurrences
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Channel, EventKind
from stylistdesk.exchange.exporting import Exported, export_for, save
from stylistdesk.paths import desk_paths
from tests.conftest import NOW
from tests.exchange.conftest import Bench
from tests.helpers import add_client

NEW_YORK = ZoneInfo("America/New_York")
KHAL = Path(sys.executable).parent / "khal"


def written(desk: Desk, name: str = "calendar") -> Exported:
    return desk.ask(export_for(Path(), name).make, None)


def events(content: bytes) -> list[Any]:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def at(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=NEW_YORK).astimezone(UTC)


@pytest.fixture
def busy_desk(desk: Desk) -> Desk:
    """A client with an appointment that she confirmed, one that she cancelled, a follow-up, and a show."""
    ana = add_client(desk, "Ana Ruiz", email="ana@example.com")
    first = desk.do(
        AddAppointment(ana, AppointmentForm("fitting", at(24), at(24, 11), note="Linen; wool, no\nsilk"))
    ).value
    second = desk.do(AddAppointment(ana, AppointmentForm("consultation", at(26)))).value
    third = desk.do(AddAppointment(ana, AppointmentForm("look review", at(27), at(27, 12)))).value
    desk.do(ConfirmAppointment(first))
    desk.do(CancelAppointment(second))
    assert third
    desk.do(ScheduleFollowUp(ana, Channel.TEXT, date(2026, 11, 25), "Ask for photos"))
    desk.do(AddEvent(EventForm("Trade show", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 3), busy=False)))
    desk.do(AddEvent(EventForm("", EventKind.BLOCKED, starts_at=at(30, 13), ends_at=at(30, 14))))
    return desk


def test_all_that_is_hers_is_in_the_file(busy_desk: Desk) -> None:
    """A session would be missing from her phone, or stand an hour off."""
    made = written(busy_desk)
    found = {str(one["UID"]).partition(".")[0]: one for one in events(made.content)}
    assert made.count == len(found) == 6
    first = found["appointment-1"]
    assert (first["SUMMARY"], first["DESCRIPTION"]) == ("Ana Ruiz, fitting", "Linen; wool, no\nsilk")
    assert (first.start, first.end, first["STATUS"], first["SEQUENCE"]) == (at(24), at(24, 11), "CONFIRMED", 1)
    second = found["appointment-2"]
    assert (second["STATUS"], second["TRANSP"], second.end - second.start) == (
        "CANCELLED",
        "TRANSPARENT",
        timedelta(hours=1),
    )
    assert found["appointment-3"]["STATUS"] == "TENTATIVE"
    reminder = found["follow-up-1"]
    assert (reminder["SUMMARY"], reminder["DESCRIPTION"]) == ("Follow up with Ana Ruiz by text", "Ask for photos")
    assert (reminder.start, reminder.end, reminder["TRANSP"]) == (date(2026, 11, 25), date(2026, 11, 26), "TRANSPARENT")
    show = next(one for one in found.values() if one["SUMMARY"] == "Trade show")
    assert (show.start, show.end, show["TRANSP"]) == (date(2026, 12, 1), date(2026, 12, 3), "TRANSPARENT")
    assert all(len(line) <= 75 for line in made.content.split(b"\r\n"))
    assert written(busy_desk).content == made.content


def test_what_is_held_is_confirmed_and_what_is_off_is_cancelled(desk: Desk, clock: FrozenClock) -> None:
    """Half of her colleague's view was tentative: what had been long ago, and what was being held."""
    kinds = ("past", "ahead", "begun", "delivered", "cancelled", "missed")
    ids = {kind: add_client(desk, kind.capitalize()) for kind in kinds}
    clock.at = at(10)
    form = SessionForm(at(23, 15), at(23, 16), at(23, 20))
    sessions = {kind: desk.do(BookAssignment(ids[kind], form)).value for kind in kinds[2:]}
    desk.do(AddAppointment(ids["past"], AppointmentForm("fitting", at(11))))
    desk.do(AddAppointment(ids["ahead"], AppointmentForm("fitting", at(25))))
    clock.at = at(23, 14)
    desk.do(StartConsultation(sessions["begun"]))
    desk.do(DeliverLookbook(sessions["delivered"]))
    desk.do(CancelAssignment(sessions["cancelled"]))
    clock.at = at(23, 17)
    desk.do(MarkNoShow(sessions["missed"]))
    assert {str(one["SUMMARY"]): (str(one["STATUS"]), str(one["TRANSP"])) for one in events(written(desk).content)} == {
        "Past, fitting": ("CONFIRMED", "OPAQUE"),
        "Ahead, fitting": ("TENTATIVE", "OPAQUE"),
        "Begun, Consultation": ("CONFIRMED", "OPAQUE"),
        "Begun, Look review": ("CONFIRMED", "TRANSPARENT"),
        "Delivered, Consultation": ("CONFIRMED", "OPAQUE"),
        "Delivered, Look review": ("CONFIRMED", "TRANSPARENT"),
        "Cancelled, Consultation": ("CANCELLED", "TRANSPARENT"),
        "Cancelled, Look review": ("CANCELLED", "TRANSPARENT"),
        "Missed, Consultation": ("CONFIRMED", "OPAQUE"),
        "Missed, Look review": ("CANCELLED", "TRANSPARENT"),
    }


def test_the_file_is_private(busy_desk: Desk, tmp_path: Path) -> None:
    path = save(tmp_path / "a.ics", written(busy_desk).content, force=False, paths=busy_desk.paths)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_free_and_busy_says_when_and_nothing_else(busy_desk: Desk) -> None:
    """A colleague who is shown when she has time would read her clients' names."""
    made = written(busy_desk, "freebusy")
    assert b"Ana" not in made.content and b"show" not in made.content and b"fitting" not in made.content
    (part,) = icalendar.Calendar.from_ical(made.content).walk("VFREEBUSY")
    spans = [(one.params["FBTYPE"], one.start, one.end) for one in part["FREEBUSY"]]
    assert len(spans) == made.count
    busy = [(start, end) for kind, start, end in spans if kind == "BUSY"]
    assert busy == [(at(24), at(24, 11)), (at(27), at(27, 12)), (at(30, 13), at(30, 14))]
    closed = [(start, end) for kind, start, end in spans if kind == "BUSY-UNAVAILABLE"]
    assert (at(23, 17), at(24, 9)) in closed


def test_what_the_desk_wrote_makes_no_doubles_when_it_comes_back(bench: Any, busy_desk: Desk) -> None:
    """Taking in the file that she had sent to her phone would book everybody twice."""
    report = bench.take(written(busy_desk).content, "own.ics")
    assert not report.changes_something
    assert report.unchanged == {"appointment": 3, "follow_up": 1, "calendar_event": 2}


def test_shop_windows_and_parties_are_in_the_file_and_come_back_as_themselves(bench: Any, desk: Desk) -> None:
    """A client would stand at the door on a day on which the rep's phone says that she is free."""
    form = HostEventForm("Fay's party", date(2026, 11, 20), date(2026, 11, 30), held_at=at(24, 17), place="Her loft")
    desk.do(AddHostEvent(form))
    desk.do(AddHostEvent(HostEventForm("One day", date(2026, 12, 5), date(2026, 12, 5))))
    off = desk.do(AddHostEvent(HostEventForm("Called off", date(2026, 12, 6), date(2026, 12, 7)))).value
    desk.do(CancelHostEvent(off))
    content = written(desk).content
    assert [(str(one["SUMMARY"]), one.start, one.end, str(one["TRANSP"])) for one in events(content)] == [
        ("Opens: Fay's party", date(2026, 11, 20), date(2026, 11, 21), "TRANSPARENT"),
        ("Closes: Fay's party", date(2026, 11, 30), date(2026, 12, 1), "TRANSPARENT"),
        ("Fay's party", at(24, 17), at(24, 18), "OPAQUE"),
        ("Open today: One day", date(2026, 12, 5), date(2026, 12, 6), "TRANSPARENT"),
        ("Opens: Called off", date(2026, 12, 6), date(2026, 12, 7), "TRANSPARENT"),
        ("Closes: Called off", date(2026, 12, 7), date(2026, 12, 8), "TRANSPARENT"),
    ]
    assert [str(one.get("STATUS", "")) for one in events(content)][-3:] == ["", "CANCELLED", "CANCELLED"]
    report = bench.take(content, "own.ics")
    assert not report.changes_something and bench.all(CalendarEvent) == []


def test_a_file_that_was_written_before_uids_had_a_mark_makes_no_doubles(bench: Any, busy_desk: Desk) -> None:
    """The file that she wrote last month is still in her folder."""
    before = re.sub(rb"\.[0-9a-f]{12}@", b"@", written(busy_desk).content)
    assert not bench.take(before, "own.ics").changes_something


def test_the_file_of_another_desk_is_another_calendar(busy_desk: Desk, tmp_path: Path) -> None:
    """Her colleague's first appointment would be taken for her own first one, and left out."""
    with Desk.open(desk_paths(tmp_path / "other"), clock=FrozenClock(NOW + timedelta(seconds=1))) as other:
        other.do(SetUpDesk("Ivy Cole", "America/New_York", "USD", "US"))
        ben = add_client(other, "Ben Ode")
        other.do(AddAppointment(ben, AppointmentForm("sale", at(25), at(25, 11))))
        other.do(AddEvent(EventForm("Team day", starts_on=date(2026, 12, 4))))
        theirs = written(other).content
    Bench(busy_desk, tmp_path).take(theirs, "ivy.ics")
    assert {"Ben Ode, sale", "Team day"} <= {row.title for row in _rows(busy_desk)}


_TITLES = st.sampled_from(["Fitting", "a,b;c\\n", "Zoë " * 30, "日本語", "x:y\\", "=1+1"]).map(clean)
_ZONES = st.sampled_from(["America/New_York", "Europe/Dublin", "Australia/Lord_Howe", "America/St_Johns"])


@given(
    st.lists(
        st.tuples(
            _TITLES,
            st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001
            st.integers(0, 3000),
            _ZONES,
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_events_come_back_at_the_same_time(
    new_desk: Callable[[], Desk], tmp_path_factory: pytest.TempPathFactory, told: list[Any]
) -> None:
    """A session in the hour that the clocks repeat would move by one."""
    desk, other = new_desk(), Bench(new_desk(), tmp_path_factory.mktemp("files", numbered=True))
    for title, start, minutes, zone, whole in told:
        begins = start.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        form = EventForm(title, starts_at=begins, ends_at=begins + timedelta(minutes=max(1, minutes)), note=title)
        if whole:
            form = EventForm(title, starts_on=start.date(), ends_on=start.date() + timedelta(days=1 + minutes // 1000))
        desk.do(AddEvent(form))
    rows = {row.uid: row for row in _rows(desk)}
    expected = {(row.title, row.starts_at, row.ends_at, row.starts_on, row.ends_on) for row in rows.values()}
    report = other.take(written(desk).content, "a.ics")
    assert (report.refused, report.notices) == ((), ())
    found = {(row.title, row.starts_at, row.ends_at, row.starts_on, row.ends_on) for row in _rows(other.desk)}
    assert found == expected
    desk.close()
    other.desk.close()


def _rows(desk: Desk) -> list[CalendarEvent]:
    from sqlmodel import select

    return desk.ask(lambda asking: list(asking.session.exec(select(CalendarEvent))))


SERIES = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:x\r
BEGIN:VEVENT\r
UID:series\r
DTSTAMP:20261101T000000Z\r
SUMMARY:Market\r
DTSTART;TZID=America/New_York:20261020T100000\r
DTEND;TZID=America/New_York:20261020T120000\r
RRULE:FREQ=WEEKLY;COUNT=6\r
EXDATE;TZID=America/New_York:20261027T100000\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_series_goes_out_as_it_came_in(bench: Any, new_bench: Callable[[], Any]) -> None:
    """A market day would be another one after a trip through a file."""
    bench.take(SERIES, "a.ics")
    (row,) = bench.all(CalendarEvent)

    class MakeOurs:
        def apply(self, work: Any) -> Any:
            from stylistdesk.commands.base import Outcome

            work.session.get(CalendarEvent, row.id).source = "desk"
            return Outcome("made ours")

    bench.desk.do(MakeOurs())
    content = written(bench.desk).content
    assert b"BEGIN:VTIMEZONE" in content
    other = new_bench()
    other.take(content, "b.ics")
    (again,) = other.all(CalendarEvent)
    span = at(1, 0), at(1, 0, month=12)
    assert again.starts_at == row.starts_at
    assert occurrences(again.ics, *span, NEW_YORK) == occurrences(row.ics, *span, NEW_YORK) != ()


# ------------------------------------------------------------------------- khal


@pytest.fixture
def khal(tmp_path: Path) -> Callable[..., str]:
    if not KHAL.exists() and not shutil.which("khal"):
        pytest.skip("khal is not installed")
    config, folder = tmp_path / "khal.conf", tmp_path / "khal"
    folder.mkdir()
    config.write_text(
        f"[calendars]\n[[test]]\npath = {folder}\n[sqlite]\npath = {tmp_path / 'khal.db'}\n[locale]\n"
        "local_timezone = America/New_York\ndefault_timezone = America/New_York\ntimeformat = %H:%M\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        "longdatetimeformat = %Y-%m-%d %H:%M\n[default]\ndefault_calendar = test\n"
    )

    def run(*arguments: str) -> str:
        told = subprocess.run(
            [str(KHAL) if KHAL.exists() else "khal", "-c", str(config), *arguments],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout

    return run


def test_another_program_shows_her_calendar(busy_desk: Desk, tmp_path: Path, khal: Callable[..., str]) -> None:
    """The file would open nowhere else."""
    path = tmp_path / "out.ics"
    path.write_bytes(written(busy_desk).content)
    khal("import", "--batch", str(path))
    form = ("--format", "{start-end-time-style}|{title}|{status}", "--day-format", "{date}")
    said = khal("list", *form, "2026-11-23", "14d").splitlines()
    shown = {line.partition("|")[0] + "|" + line.split("|")[1] for line in said if "|" in line}
    assert {"10:00-11:00|Ana Ruiz, fitting", "10:00-12:00|Ana Ruiz, look review", "13:00-14:00|Blocked"} <= shown
    assert any("Follow up with Ana Ruiz by text" in line for line in said)
    assert sum("Trade show" in line for line in said) == 2


def test_the_calendar_of_another_program_is_taken_in(bench: Any, tmp_path: Path, khal: Callable[..., str]) -> None:
    """What she wrote into another calendar would have to be typed in again."""
    khal(
        "new",
        "--repeat",
        "weekly",
        "--until",
        "2026-12-15",
        "2026-11-24",
        "10:00",
        "11:30",
        "Fitting",
        "::",
        "Bring linen",
    )
    khal("new", "2026-11-26", "Day off")
    files = sorted((tmp_path / "khal").iterdir())
    assert len(files) == 2
    for path in files:
        assert bench.take(path.read_bytes(), path.name).refused == ()
    series, off = sorted(bench.all(CalendarEvent), key=lambda row: row.all_day)
    assert (series.title, series.note, series.starts_at) == ("Fitting", "Bring linen", at(24))
    days = [
        start.astimezone(NEW_YORK).date().day for start, _ in occurrences(series.ics, at(1), at(31, month=12), NEW_YORK)
    ]
    assert days == [24, 1, 8]
    assert (off.title, off.starts_on, off.ends_on) == ("Day off", date(2026, 11, 26), date(2026, 11, 27))
