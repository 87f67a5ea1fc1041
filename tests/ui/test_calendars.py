"""Calendars on servers on screen: added, synced, and both sides looked at where both have changed (R19)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.appointments import AddAppointment, AppointmentForm, EditAppointment
from stylistdesk.commands.calendar_accounts import AccountForm, AddCalendarAccount
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.caldav_accounts import add_account, edit_account
from stylistdesk.paths import desk_paths
from stylistdesk.queries.calendars import calendar_accounts
from tests.exchange.radicale_server import PASSWORD, USER, Phone, Radicale
from tests.ui.conftest import NOW, Rep

pytest.importorskip("radicale", reason="radicale is not installed")
pytest.importorskip("caldav", reason="caldav is not installed")
keyring = pytest.importorskip("keyring", reason="keyring is not installed")


@pytest.fixture
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    server = Radicale.start(tmp_path_factory.mktemp("radicale"))
    found = Phone(f"http://127.0.0.1:{server.port}/{USER}/desk/")
    found.ask("MKCALENDAR")
    yield found
    server.stop()


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[Any, str]:
    """A keyring in memory; what it holds."""
    held: dict[Any, str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, user: held.get((service, user)))
    monkeypatch.setattr(keyring, "set_password", lambda service, user, word: held.update({(service, user): word}))
    monkeypatch.setattr(keyring, "delete_password", lambda service, user: held.pop((service, user), None))
    return held


def at(hour: int) -> datetime:
    return datetime(2026, 11, 24, hour, tzinfo=UTC)


async def test_a_calendar_is_added_and_a_conflict_settled(rep: Rep, phone: Phone, kept: dict[Any, str]) -> None:
    """She would have to read files to see what her phone says."""
    desk = rep.desk
    row = desk.do(AddAppointment(1, AppointmentForm("fitting", at(15), at(16)))).value
    await rep.press("5", "S")
    await rep.sees("Calendars on servers", "a adds a calendar on a server")
    await rep.press("a")
    await rep.sees("Add a calendar on a server", "system's keyring")
    await rep.write("phone")
    await rep.press("tab", "ctrl+u")
    await rep.write(phone.url)
    await rep.press("tab")
    await rep.write(USER)
    await rep.press("tab")
    await rep.write(PASSWORD)
    assert PASSWORD not in rep.read()
    await rep.press("ctrl+s")
    await rep.sees("phone: 1 sent", "in step just now")
    assert list(kept.values()) == [PASSWORD]
    (name,) = phone.names()
    phone.change(name, "20261124T150000Z", "20261124T130000Z")
    desk.do(EditAppointment(row, AppointmentForm("fitting", at(17), at(18))))
    await rep.press("s")
    await rep.sees("phone: 1 to settle", "Changed on both sides", "Tue 24 Nov 12:00", "Tue 24 Nov 8:00")
    await rep.press("escape")
    await rep.sees("1 changed on both sides (S)")
    await rep.press("S")
    await rep.sees("Yours", "Theirs")
    await rep.press("g", "o")
    await rep.sees("Kept yours where both had changed")
    await rep.press("s")
    await rep.sees("phone: 1 sent")
    assert "20261124T170000Z" in phone.text(name)


async def test_what_goes_wrong_is_said(rep: Rep, kept: dict[Any, str]) -> None:
    await rep.press("5", "S", "a")
    await rep.sees("Add a calendar on a server")
    await rep.write("phone")
    await rep.press("tab", "ctrl+u")
    await rep.write("http://example.com/ana/")
    await rep.press("ctrl+s")
    await rep.sees("That address is not encrypted.")
    assert kept == {}
    await rep.press("escape", "y", "s")
    await rep.sees("There is no calendar yet.")


def test_a_calendar_that_is_refused_changes_no_password(folder: Path, kept: dict[Any, str]) -> None:
    """The calendar that she has would not sync any more, since another one was named wrongly."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for name in ("phone", "work"):
            add_account(desk, AccountForm(name, f"http://localhost/{name}/", "ana"), f"of {name}")
        before = dict(kept)
        account = desk.ask(calendar_accounts)[0]
        for url in ("http://localhost/phone/", "http://localhost/new/"):
            with pytest.raises(Refused):
                add_account(desk, AccountForm("work", url, "ana"), "other")
            with pytest.raises(Refused):
                edit_account(desk, account, AccountForm("work", url, "ana"), "other")
        assert kept == before
        edit_account(desk, account, AccountForm("phone", "http://localhost/phone/", "ana"), "new")
        assert kept["stylistdesk calendar", "ana at http://localhost/phone/"] == "new"


async def test_a_calendar_is_called_something_else(rep: Rep, kept: dict[Any, str]) -> None:
    """A calendar at a new address would ask for a password that she has typed already."""
    kept["stylistdesk calendar", "ana at http://localhost/a/"] = PASSWORD
    rep.desk.do(AddCalendarAccount(AccountForm("phone", "http://localhost/a/", "ana")))
    await rep.press("5", "S")
    await rep.sees("phone", "not synced yet")
    await rep.press("e")
    await rep.sees("Edit phone", "empty keeps the one that is kept")
    await rep.press("ctrl+u")
    await rep.write("work")
    await rep.press("tab", "ctrl+u")
    await rep.write("http://localhost/b/")
    await rep.press("ctrl+s")
    await rep.sees("Edited the calendar work", "ana at http://localhost/b/")
    assert kept == {("stylistdesk calendar", "ana at http://localhost/b/"): PASSWORD}
