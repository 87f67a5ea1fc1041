"""`stylistdesk sync`: calendars on servers in step, from a script (R19)."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from stylistdesk import cli
from stylistdesk.commands.appointments import AddAppointment, AppointmentForm
from stylistdesk.commands.calendar_accounts import AccountForm, AddCalendarAccount
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from tests.exchange.radicale_server import PASSWORD, USER, Phone, Radicale
from tests.helpers import add_client

pytest.importorskip("radicale", reason="radicale is not installed")
pytest.importorskip("caldav", reason="caldav is not installed")
keyring = pytest.importorskip("keyring", reason="keyring is not installed")


def run(folder: Path, *arguments: str) -> Any:
    return CliRunner().invoke(
        cli.app,
        ["--data-dir", str(folder), "--at", "2026-11-21T09:42-05:00", "sync", *arguments],
        catch_exceptions=True,
    )


def test_a_script_brings_her_calendar_in_step(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Her phone would only know her day when the desk is on the screen."""
    monkeypatch.setattr(keyring, "get_password", lambda _service, _user: PASSWORD)
    server = Radicale.start(tmp_path)
    try:
        phone = Phone(f"http://127.0.0.1:{server.port}/{USER}/desk/")
        phone.ask("MKCALENDAR")
        ana = add_client(desk, "Ana Ruiz")
        desk.do(AddAppointment(ana, AppointmentForm("fitting", datetime(2026, 11, 24, 15, tzinfo=UTC))))
        desk.do(AddCalendarAccount(AccountForm("phone", phone.url, USER)))
        folder = desk.paths.data_dir
        desk.close()
        assert run(folder).stdout == "phone: 1 sent\n"
        told = run(folder, "phone", "--json")
        assert json.loads(told.stdout)[0] == {
            "calendar": "phone", "sent": 0, "removed_there": 0, "taken_in": 0, "changed": 0, "removed_here": 0,
            "conflicts": 0, "problems": [],
        }  # fmt: skip
        assert len(phone.names()) == 1
    finally:
        server.stop()
    away = run(folder)
    assert (away.exit_code, "phone: 127.0.0.1 does not answer." in away.stderr) == (12, True)


def test_there_may_be_no_calendar(desk: Desk) -> None:
    folder = desk.paths.data_dir
    desk.close()
    said = run(folder)
    assert isinstance(said.exception, Refused)
    assert "Calendars are added in the tab Calendar" in str(said.exception)
