"""What is unexpected is reported without client data, and what was typed comes back."""

import asyncio
import stat
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from textual.css.query import NoMatches

from stylistdesk import crash
from stylistdesk.clock import FrozenClock
from stylistdesk.desk import Desk
from stylistdesk.paths import desk_paths
from stylistdesk.ui import doing
from stylistdesk.ui.app import StylistDesk
from stylistdesk.ui.dialogs.search import SearchBox
from stylistdesk.ui.drafts import Drafts
from stylistdesk.ui.jobs import start
from stylistdesk.ui.screens.clients import AllClients
from tests.ui.conftest import NOW, Rep, at_the_desk

SECRET = "Ana Ruiz, c1@example.com"


def explode(*_: object, **__: object) -> None:
    raise RuntimeError(SECRET)


@pytest.mark.parametrize(("key", "name"), [("d", "complete"), ("delete", "remove")])
async def test_an_error_in_a_key_leaves_the_desk_open(
    rep: Rep, folder: Path, monkeypatch: pytest.MonkeyPatch, key: str, name: str
) -> None:
    monkeypatch.setattr(doing, name, explode)
    await rep.press(key)
    await rep.sees("Something went wrong")
    report = next((folder / "reports").iterdir())
    assert "RuntimeError" in report.read_text()
    assert SECRET not in report.read_text()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    monkeypatch.undo()
    await rep.press("j", "d")
    await rep.sees("Completed follow-up")


async def test_an_error_while_saving_keeps_the_form(rep: Rep, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doing, "note", explode)
    await rep.press("n", *"hello", "ctrl+s")
    await rep.until(lambda _: any((folder / "reports").iterdir()), "a report")
    assert "hello" in rep.read()
    monkeypatch.undo()
    await rep.press("ctrl+s")
    await rep.sees("Added a note about Ana Ruiz")


async def test_an_error_while_loading_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stylistdesk.ui import asking

    monkeypatch.setattr(asking, "read_queue", explode)
    async with at_the_desk(folder) as rep:
        await rep.sees("Something went wrong")
        monkeypatch.undo()
        await rep.press("8")
        await rep.sees("5 clients")


async def test_what_goes_while_a_job_reads_for_it_is_no_error(rep: Rep, folder: Path) -> None:
    """She closed the search just as its answer came: there is no list any more in which to show it."""
    await rep.press("slash")
    await rep.sees("Search")
    box, answered, ended = rep.app.screen, asyncio.Event(), asyncio.Event()
    assert isinstance(box, SearchBox)

    async def answer() -> None:
        with suppress(asyncio.CancelledError):
            await answered.wait()
        ended.set()
        raise NoMatches("no list")

    start(box, answer, "search")
    await rep.press("escape")
    await rep.until(lambda _: not box.is_attached, "no search")
    answered.set()
    await ended.wait()
    await rep.press("j")
    assert "Something went wrong" not in rep.read()
    assert not any((folder / "reports").iterdir())
    start(rep.app.screen, answer, "a real one")
    await rep.sees("Something went wrong")


async def test_a_screen_that_comes_as_the_desk_opens_fills_itself(rep: Rep) -> None:
    """She pressed a tab's key before the desk was read: the screen was there, and nothing yet that it consists of."""
    waiting = rep.app.push_screen(AllClients())
    rep.app._fill_screens()
    await waiting
    await rep.sees("5 clients")
    assert "Something went wrong" not in rep.read()


async def test_tabs_that_were_gone_to_before_the_desk_was_open_fill_when_she_comes_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She pressed 1, 2, 8 at once: they said "Opening your desk" for as long as the program ran."""
    may_open, opened = threading.Event(), Desk.open

    def slowly(*args: Any, **given: Any) -> Desk:
        assert may_open.wait(20)
        return opened(*args, **given)

    monkeypatch.setattr(Desk, "open", slowly)
    app = StylistDesk(lambda: Desk.open(desk_paths(folder), clock=FrozenClock(NOW)), {}, folder, clock=FrozenClock(NOW))
    async with app.run_test(size=(120, 36)) as pilot:
        rep = Rep(app, pilot)
        for key in "1289":
            await pilot.press(key)
            await pilot.pause(0.1)
        may_open.set()
        await rep.until(lambda _: app.desk is not None, "the desk")
        for key, there in (("8", "5 clients"), ("3", "clients need you"), ("2", "Appointments"), ("1", "Week")):
            await pilot.press(key)
            await rep.until(lambda shown, there=there: there in shown and "Opening your desk" not in shown, there)


async def test_what_was_typed_and_not_saved_comes_back(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("Ana Ruiz", "clients need you")
        await rep.press("n", *"hello")
        await rep.until(lambda _: (folder / "unsaved.json").exists(), "the draft")
        # The window is closed on her: the form is never left.
    assert stat.S_IMODE((folder / "unsaved.json").stat().st_mode) == 0o600
    async with at_the_desk(folder) as rep:
        await rep.sees("Ana Ruiz", "clients need you")
        await rep.press("n")
        await rep.sees("hello", "What you had not saved is back.")
        await rep.press("ctrl+s")
        await rep.sees("Added a note about Ana Ruiz")
    assert not (folder / "unsaved.json").exists()


def test_a_broken_draft_file_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "unsaved.json").write_text("{not json")
    drafts = Drafts(tmp_path)
    assert drafts.read("note:1") == {}
    drafts.keep("note:1", {"body": "x"})
    assert drafts.read("note:1") == {"body": "x"}
    drafts.forget("note:1")
    assert not drafts.path.exists()


def test_a_report_tells_where_but_not_what() -> None:
    try:
        try:
            explode()
        except RuntimeError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        report = crash.report_of(error, "done", NOW)
    assert "ValueError" in report
    assert "RuntimeError" in report
    assert "in explode" in report
    assert "Ana" not in report


def test_a_report_that_cannot_be_written_is_no_second_error(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("in the way")
    assert crash.write_report(tmp_path, ValueError("x"), "done", NOW) is None
