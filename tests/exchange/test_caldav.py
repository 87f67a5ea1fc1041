"""A calendar on a server and the desk, in step both ways: nothing is lost, nothing comes twice (R19)."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import SQLModel, select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.appointments import AddAppointment, AppointmentForm, CancelAppointment, EditAppointment
from stylistdesk.commands.calendar import AddEvent, EditEvent, EventForm, RemoveEvent
from stylistdesk.commands.calendar_accounts import (
    AccountForm,
    AddCalendarAccount,
    EditCalendarAccount,
    RemoveCalendarAccount,
)
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.db.tables import Appointment, CalendarConflict, CalendarEvent, CalendarLink, FollowUp
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused, ServerAway
from stylistdesk.domain.server_address import checked_server_address
from stylistdesk.domain.types import Channel
from stylistdesk.exchange import caldav_server
from stylistdesk.exchange.caldav_apply import SettleConflict
from stylistdesk.exchange.caldav_server import Server
from stylistdesk.exchange.caldav_sync import SyncReport, sync_account
from stylistdesk.exchange.exporting import export_for
from stylistdesk.exchange.ics_merge import merged
from stylistdesk.queries.calendars import calendar_accounts, conflicts, open_conflicts
from tests.conftest import NOW
from tests.exchange.radicale_server import PASSWORD, USER, Phone, Radicale
from tests.helpers import add_client, dump

pytest.importorskip("radicale", reason="radicale is not installed")
pytest.importorskip("caldav", reason="caldav is not installed")

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    server = Radicale.start(tmp_path_factory.mktemp("radicale"))
    yield server
    server.stop()


class Both:
    """A desk and a phone on one calendar."""

    def __init__(self, desk: Desk, phone: Phone) -> None:
        self.desk, self.phone = desk, phone
        self.account = int(desk.do(AddCalendarAccount(AccountForm("phone", phone.url, USER))).value)

    def sync(self) -> SyncReport:
        return sync_account(self.desk, self.account, PASSWORD)

    def all(self, model: type[SQLModel]) -> list[Any]:
        return self.desk.ask(lambda asking: list(asking.session.exec(select(model).order_by("id"))))  # type: ignore[arg-type]

    def only(self, part: str) -> str:
        (name,) = [name for name in self.phone.names() if name.startswith(part)]
        return name


@pytest.fixture
def both(desk: Desk, radicale: Radicale, request: pytest.FixtureRequest) -> Both:
    phone = Phone(f"http://127.0.0.1:{radicale.port}/{USER}/{abs(hash(request.node.name))}/")
    phone.ask("MKCALENDAR")
    return Both(desk, phone)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=NEW_YORK).astimezone(UTC)


def z(when: datetime) -> str:
    return f"{when:%Y%m%dT%H%M%SZ}"


@pytest.fixture
def booked(both: Both) -> Both:
    """Ana has a fitting, which is on the server too."""
    ana = add_client(both.desk, "Ana Ruiz")
    both.desk.do(AddAppointment(ana, AppointmentForm("fitting", at(24), at(24, 11), note="Linen")))
    assert both.sync().sent == 1
    return both


def moved(both: Both, hour: int) -> None:
    row = both.all(Appointment)[0]
    form = AppointmentForm(row.kind, at(24, hour), at(24, hour + 1), note=row.note)
    both.desk.do(EditAppointment(row.id, form))


# ---------------------------------------------------------------- what is there


def test_what_is_hers_goes_there_and_what_is_there_comes_in(both: Both) -> None:
    """Her phone would not know her day, nor the desk what the phone knows."""
    ana = add_client(both.desk, "Ana Ruiz")
    both.desk.do(AddAppointment(ana, AppointmentForm("fitting", at(24), at(24, 11), note="Linen")))
    both.desk.do(AddAppointment(ana, AppointmentForm("fitting", datetime(2020, 1, 1, tzinfo=UTC))))
    both.desk.do(ScheduleFollowUp(ana, Channel.TEXT, date(2026, 11, 25), "Ask"))
    both.desk.do(AddEvent(EventForm("Trade show", starts_on=date(2026, 12, 1))))
    both.phone.put(
        "x.ics", "UID:dentist", "SUMMARY:Den\u202etist", f"DTSTART:{z(at(26))}", f"DTEND:{z(at(26, 11))}",
        "RRULE:FREQ=WEEKLY;COUNT=2",
    )  # fmt: skip
    report = both.sync()
    assert (report.sent, report.taken_in, report.conflicts, report.problems) == (3, 1, 0, [])
    whole = both.phone.whole()
    assert "SUMMARY:Ana Ruiz\\, fitting" in whole and f"DTSTART:{z(at(24))}" in whole and "SUMMARY:Trade show" in whole
    event = next(row for row in both.all(CalendarEvent) if row.source == "phone")
    assert (event.title, event.starts_at, event.recurs) == ("Dentist", at(26), True)


def test_a_second_sync_changes_nothing(booked: Both) -> None:
    """Every sync would write everything again, and fill her history."""
    booked.phone.put("x.ics", "UID:dentist", "SUMMARY:Dentist", f"DTSTART:{z(at(26))}", f"DTEND:{z(at(26, 11))}")
    booked.sync()
    names, before = booked.phone.whole(), dump(booked.desk)
    again = booked.sync()
    assert again.in_words == "nothing new"
    assert (booked.phone.whole(), dump(booked.desk)) == (names, before)
    (row,) = booked.desk.ask(calendar_accounts)
    assert (row.events, row.conflicts, row.synced_at) == (2, 0, booked.desk.now())


# ------------------------------------------------------------- changed, one side


def test_what_she_moves_on_the_desk_moves_there_and_keeps_its_alarm(booked: Both) -> None:
    """Her phone would ring at the old hour, or not ring at all."""
    name = booked.only("appointment")
    booked.phone.change(
        name, "END:VEVENT", "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nEND:VALARM\nX-COLOR:red\nEND:VEVENT"
    )
    assert booked.sync().in_words == "nothing new"
    moved(booked, 14)
    assert booked.sync().sent == 1
    text = booked.phone.text(name)
    assert f"DTSTART:{z(at(24, 14))}" in text and "TRIGGER:-PT15M" in text and "X-COLOR:red" in text
    assert "SEQUENCE:1" in text and text.count("SUMMARY") == 1


def test_what_she_moves_on_the_phone_moves_here(booked: Both) -> None:
    name = booked.only("appointment")
    booked.phone.change(name, z(at(24)), z(at(25)))
    booked.phone.change(name, z(at(24, 11)), z(at(25, 12)))
    booked.phone.change(name, "fitting", "last fitting")
    booked.phone.change(name, "Linen", "Linen\\, and wool")
    before = dump(booked.desk)
    assert booked.sync().changed == 1
    (row,) = booked.all(Appointment)
    assert (row.starts_at, row.ends_at, row.kind, row.note) == (at(25), at(25, 12), "last fitting", "Linen, and wool")
    booked.desk.undo()
    assert dump(booked.desk)["appointment"] == before["appointment"]


def test_taking_a_sync_back_is_a_change_that_goes_to_the_server(booked: Both) -> None:
    """She takes the move back, and the next sync moves it again; or the phone keeps another hour for ever."""
    name = booked.only("appointment")
    booked.phone.change(name, z(at(24)), z(at(24, 9)))
    booked.sync()
    booked.desk.undo()
    report = booked.sync()
    assert (report.sent, report.changed, report.conflicts) == (1, 0, 0)
    assert booked.all(Appointment)[0].starts_at == at(24)
    assert f"DTSTART:{z(at(24))}" in booked.phone.text(name)


def test_a_follow_up_is_moved_from_the_phone(both: Both) -> None:
    ana = add_client(both.desk, "Ana Ruiz")
    both.desk.do(ScheduleFollowUp(ana, Channel.TEXT, date(2026, 11, 25), "Ask"))
    both.sync()
    name = both.only("follow-up")
    both.phone.change(name, "20261125", "20261127")
    both.phone.change(name, "20261126", "20261128")
    assert both.sync().changed == 1
    assert both.all(FollowUp)[0].due_on == date(2026, 11, 27)
    both.phone.change(name, "20261127", "20261101")  # the desk promises nothing for a day that is past
    both.phone.change(name, "20261128", "20261102")
    assert both.sync().conflicts == 1
    assert both.all(FollowUp)[0].due_on == date(2026, 11, 27)


# -------------------------------------------------------------------- deletions


def test_what_is_cancelled_here_is_taken_away_there(booked: Both) -> None:
    (row,) = booked.all(Appointment)
    booked.desk.do(CancelAppointment(row.id))
    assert booked.sync().removed_there == 1
    assert booked.phone.names() == []
    booked.desk.do(CancelAppointment(row.id, cancelled=False))
    assert booked.sync().sent == 1
    assert len(booked.phone.names()) == 1


def test_what_is_removed_there_is_cancelled_here_and_comes_back_with_undo(booked: Both) -> None:
    """An appointment that she swiped away on the phone would be gone without a trace."""
    booked.phone.delete(booked.only("appointment"))
    assert booked.sync().removed_here == 1
    assert booked.all(Appointment)[0].cancelled_at == booked.desk.now()
    assert booked.sync().in_words == "nothing new"
    booked.desk.undo()
    assert booked.sync().sent == 1
    assert len(booked.phone.names()) == 1 and booked.all(Appointment)[0].cancelled_at is None


def test_a_calendar_that_was_emptied_there_takes_nothing_away_here(booked: Both) -> None:
    """A calendar lost on the server would cancel her whole week, unasked, from a script at night."""
    for day in (25, 26):
        booked.desk.do(AddAppointment(1, AppointmentForm("fitting", at(day), at(day, 11))))
    booked.sync()
    for name in booked.phone.names():
        booked.phone.delete(name)
    with pytest.raises(Refused, match="3 of your own would be cancelled"):
        booked.sync()
    assert [row.cancelled_at for row in booked.all(Appointment)] == [None] * 3


def test_an_event_of_theirs_goes_and_one_that_undo_took_out_comes_again(both: Both) -> None:
    both.phone.put("x.ics", "UID:dentist", "SUMMARY:Dentist", f"DTSTART:{z(at(26))}", f"DTEND:{z(at(26, 11))}")
    both.sync()
    both.desk.undo()
    assert both.all(CalendarEvent) == []
    assert both.sync().taken_in == 1
    assert both.phone.names() == ["x.ics"]
    both.phone.delete("x.ics")
    assert both.sync().removed_here == 1
    assert (both.all(CalendarEvent), both.sync().in_words) == ([], "nothing new")


def test_an_event_of_theirs_is_changed_and_removed_there(both: Both) -> None:
    """What she removes here would stand there again after the next sync."""
    both.phone.put("x.ics", "UID:x", "SUMMARY:Yoga", f"DTSTART:{z(at(26))}", "RRULE:FREQ=WEEKLY;COUNT=2")
    both.sync()
    (row,) = both.all(CalendarEvent)
    for command in (RemoveEvent(row.id), EditEvent(row.id, EventForm("Yoga", starts_at=at(26)))):
        with pytest.raises(Refused, match="the calendar phone") as no:
            both.desk.do(command)
        assert "there, then sync" in no.value.hint
    both.phone.delete("x.ics")
    assert both.sync().removed_here == 1 and both.all(CalendarEvent) == []


def test_a_series_comes_with_its_moved_days(both: Both) -> None:
    both.phone.put(
        "s.ics", "UID:s", "SUMMARY:Market", f"DTSTART:{z(at(3))}", f"DTEND:{z(at(3, 12))}", "RRULE:FREQ=WEEKLY",
        "END:VEVENT", "BEGIN:VEVENT", "UID:s", "DTSTAMP:20261101T000000Z", f"RECURRENCE-ID:{z(at(10))}",
        "SUMMARY:Market\\, late", f"DTSTART:{z(at(10, 15))}", f"DTEND:{z(at(10, 17))}",
    )  # fmt: skip
    both.sync()
    assert [(row.title, row.recurrence) for row in both.all(CalendarEvent)] == [
        ("Market", ""), ("Market, late", z(at(10))),
    ]  # fmt: skip
    assert both.sync().in_words == "nothing new"


# -------------------------------------------------------------------- conflicts


@pytest.fixture
def apart(booked: Both) -> Both:
    """The fitting was moved to 14 on the desk and to 16 on the phone."""
    moved(booked, 14)
    name = booked.only("appointment")
    booked.phone.change(name, z(at(24)), z(at(24, 16)))
    booked.phone.change(name, z(at(24, 11)), z(at(24, 17)))
    assert booked.sync().conflicts == 1
    return booked


def test_what_both_have_changed_waits_for_her_word(apart: Both) -> None:
    """One of two people would come to an empty shop."""
    assert apart.desk.ask(open_conflicts) == 1
    (conflict,) = apart.desk.ask(conflicts)
    assert z(at(24, 14)) in conflict.ours and z(at(24, 16)) in conflict.theirs
    assert apart.sync().in_words == "nothing new"
    assert apart.all(Appointment)[0].starts_at == at(24, 14)
    assert z(at(24, 16)) in apart.phone.whole()


@pytest.mark.parametrize(("kept", "hour"), [("ours", 14), ("theirs", 16)])
def test_her_word_counts_on_both_sides(apart: Both, kept: str, hour: int) -> None:
    before = dump(apart.desk)
    apart.desk.do(SettleConflict(apart.all(CalendarConflict)[0].id, kept))
    apart.desk.undo()
    assert dump(apart.desk) == before
    apart.desk.do(SettleConflict(apart.all(CalendarConflict)[0].id, kept))
    apart.sync()
    assert apart.all(Appointment)[0].starts_at == at(24, hour)
    assert f"DTSTART:{z(at(24, hour))}" in apart.phone.whole()
    assert (apart.sync().in_words, apart.desk.ask(open_conflicts)) == ("nothing new", 0)


def test_a_word_counts_for_what_she_saw_and_once(apart: Both, clock: FrozenClock) -> None:
    """The phone's next change would be written over because of what she had said of the last one."""
    apart.desk.do(SettleConflict(apart.all(CalendarConflict)[0].id, "ours"))
    name = apart.only("appointment")
    apart.phone.change(name, z(at(24, 16)), z(at(24, 15)))
    assert apart.sync().conflicts == 1
    apart.desk.do(SettleConflict(apart.all(CalendarConflict)[1].id, "ours"))
    apart.sync()
    clock.at += timedelta(hours=1)
    apart.sync()
    clock.at += timedelta(hours=1)
    apart.phone.change(name, z(at(24, 14)), z(at(24, 15)))
    assert apart.sync().conflicts == 0
    assert apart.all(Appointment)[0].starts_at == at(24, 15)


@pytest.mark.parametrize("kept", ["ours", "theirs"])
def test_moved_here_and_removed_there(booked: Both, kept: str) -> None:
    moved(booked, 14)
    booked.phone.delete(booked.only("appointment"))
    assert booked.sync().conflicts == 1
    booked.desk.do(SettleConflict(booked.all(CalendarConflict)[0].id, kept))
    booked.sync()
    assert len(booked.phone.names()) == (kept == "ours")
    assert (booked.all(Appointment)[0].cancelled_at is None) == (kept == "ours")
    assert booked.sync().in_words == "nothing new"


@pytest.mark.parametrize("kept", ["ours", "theirs"])
def test_cancelled_here_and_moved_there(booked: Both, kept: str) -> None:
    booked.desk.do(CancelAppointment(booked.all(Appointment)[0].id))
    booked.phone.change(booked.only("appointment"), z(at(24)), z(at(24, 9)))
    assert booked.sync().conflicts == 1
    booked.desk.do(SettleConflict(booked.all(CalendarConflict)[0].id, kept))
    booked.sync()
    assert len(booked.phone.names()) == (kept == "theirs")
    assert [row.starts_at for row in booked.all(CalendarEvent)] == ([at(24, 9)] if kept == "theirs" else [])
    assert booked.sync().in_words == "nothing new"


# ------------------------------------------------------------ what can go wrong


def test_a_sync_that_was_cut_off_is_done_again(booked: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wire goes after the server was changed and before the desk knows: everything would be there twice."""
    ana = add_client(booked.desk, "Bea Okafor")
    booked.desk.do(AddAppointment(ana, AppointmentForm("fitting", at(25), at(25, 11))))
    booked.phone.change(booked.only("appointment"), z(at(24)), z(at(24, 9)))

    def cut(*_: Any, **__: Any) -> None:
        raise OSError("cut")

    with monkeypatch.context() as broken:
        broken.setattr(booked.desk, "note", cut)
        with pytest.raises(OSError, match="cut"):
            booked.sync()
    assert len(booked.phone.names()) == 2
    report = booked.sync()
    assert (report.sent, report.changed, report.conflicts) == (0, 0, 0)
    assert (len(booked.phone.names()), len(booked.all(Appointment)), booked.sync().in_words) == (2, 2, "nothing new")


def test_an_account_that_was_removed_and_comes_back_makes_no_doubles(booked: Both) -> None:
    booked.phone.put("x.ics", "UID:dentist", "SUMMARY:Dentist", f"DTSTART:{z(at(26))}", f"DTEND:{z(at(26, 11))}")
    booked.sync()
    before = dump(booked.desk)
    booked.desk.do(RemoveCalendarAccount(booked.account))
    assert (booked.all(CalendarEvent), booked.all(CalendarLink)) == ([], [])
    booked.desk.undo()
    booked.sync()
    after = dump(booked.desk)
    assert (after["calendar_event"], after["appointment"]) == (before["calendar_event"], before["appointment"])
    assert len(booked.phone.names()) == 2


def test_a_change_between_reading_and_writing_is_not_written_over(
    booked: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What she typed on the phone in that second would be lost."""
    moved(booked, 14)
    name = booked.only("appointment")
    put = Server.put

    def meanwhile(self: Server, *given: Any) -> str:
        booked.phone.change(name, z(at(24)), z(at(24, 9)))
        return put(self, *given)

    with monkeypatch.context() as slow:
        slow.setattr(Server, "put", meanwhile)
        assert "changed there meanwhile" in booked.sync().problems[0]
    assert booked.sync().conflicts == 1


def test_two_desks_on_one_calendar_do_not_take_each_others_events(booked: Both, tmp_path: Path) -> None:
    """Her colleague's first appointment has the same number: Ana would be moved to Ben's hour."""
    other_desk = Desk.open(tmp_path / "other", clock=FrozenClock(NOW + timedelta(seconds=1)))
    other_desk.do(SetUpDesk("Ivy Cole", "America/New_York", "USD", "US"))
    ben = add_client(other_desk, "Ben Ode")
    other_desk.do(AddAppointment(ben, AppointmentForm("sale", at(25), at(25, 11))))
    other = Both(other_desk, booked.phone)
    other.sync()
    booked.sync()
    assert [row.title for row in booked.all(CalendarEvent)] == ["Ben Ode, sale"]
    assert [row.title for row in other.all(CalendarEvent)] == ["Ana Ruiz, fitting"]
    assert booked.all(Appointment)[0].starts_at == at(24)
    other_desk.close()


def test_the_file_and_the_server_call_a_thing_by_one_name(both: Both) -> None:
    """The file that she put into the same calendar by hand would show each session twice."""
    ana = add_client(both.desk, "Ana Ruiz")
    both.desk.do(AddAppointment(ana, AppointmentForm("fitting", at(24), at(24, 11))))
    both.desk.do(ScheduleFollowUp(ana, Channel.TEXT, date(2026, 11, 25), "Ask"))
    both.desk.do(AddEvent(EventForm("Trade show", starts_on=date(2026, 12, 1))))
    content = both.desk.ask(export_for(Path(), "calendar").make, None).content.decode()
    in_file = sorted(re.findall(r"^UID:(\S+)", content, re.MULTILINE))
    both.sync()
    assert in_file == sorted(re.findall(r"^UID:(\S+)", both.phone.whole(), re.MULTILINE)) and len(in_file) == 3


def test_a_server_that_is_away_is_said_and_nothing_is_lost(booked: Both, tmp_path: Path) -> None:
    away = Radicale.start(tmp_path)
    away.stop()
    form = AccountForm("phone", f"http://127.0.0.1:{away.port}/x/", USER)
    moved(booked, 14)
    account = int(booked.desk.do(AddCalendarAccount(AccountForm("other", form.url, USER))).value)
    before = dump(booked.desk)
    with pytest.raises(ServerAway, match=r"127\.0\.0\.1 does not answer"):
        sync_account(booked.desk, account, PASSWORD)
    assert dump(booked.desk) == before


def test_a_wrong_password_and_a_wrong_address_are_said(booked: Both) -> None:
    with pytest.raises(Refused, match="does not accept the user name or the password"):
        sync_account(booked.desk, booked.account, "wrong")
    booked.desk.do(EditCalendarAccount(booked.account, AccountForm("phone", booked.phone.url + "none/", USER)))
    with pytest.raises(Refused, match="no calendar at this address"):
        booked.sync()


def test_an_answer_without_an_end_is_not_read_to_it(booked: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    booked.phone.put("x.ics", "UID:x", "SUMMARY:x", f"DTSTART:{z(at(26))}", f"DESCRIPTION:{'x' * 60_000}")
    monkeypatch.setattr(caldav_server, "LARGEST", 20_000)
    with pytest.raises(ServerAway, match="has no end"):
        booked.sync()


def test_what_is_no_event_is_told_and_keeps_nothing_else_out(both: Both) -> None:
    both.phone.put("bad.ics", "UID:bad", "SUMMARY:x", "DTSTART:20000101T000000Z", "DTEND:20400101T000000Z")
    both.phone.put("good.ics", "UID:good", "SUMMARY:Good", f"DTSTART:{z(at(26))}", f"DTEND:{z(at(27))}")
    report = both.sync()
    assert (report.taken_in, len(report.problems)) == (1, 1)
    assert "longer than ten years" in report.problems[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("http://example.com/ana/", "not encrypted"),
        ("https://ana:secret@example.com/", "password out of the address"),
        ("ftp://example.com/", "not the address"),
        ("", "not the address"),
        ("https://exa mple.com/", "not the address"),
    ],
)
def test_an_address_that_would_tell_her_password_to_others_is_refused(words: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        checked_server_address(words)


@pytest.mark.parametrize(
    ("words", "kept"),
    [("example.com/ana", "https://example.com/ana/"), ("http://127.0.0.1:5232/ana/", "http://127.0.0.1:5232/ana/")],
)
def test_an_address_is_completed(words: str, kept: str) -> None:
    assert checked_server_address(words) == kept


def test_moved_days_of_theirs_stay_when_ours_is_written() -> None:
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20261110T100000Z\nSUMMARY:moved\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:1\nSUMMARY:old\nSEQUENCE:4\nLOCATION:There\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    found = merged(text, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:new\nSEQUENCE:0\nEND:VEVENT\nEND:VCALENDAR\n")
    assert found.replace("\r\n", "\n") == text.replace("SUMMARY:old\nSEQUENCE:4\n", "").replace(
        "BEGIN:VEVENT\nUID:1\nLOCATION", "BEGIN:VEVENT\nUID:1\nSUMMARY:new\nSEQUENCE:5\nLOCATION"
    )


def test_a_report_is_json(booked: Both) -> None:
    assert json.loads(json.dumps(booked.sync().as_json()))["sent"] == 0
