"""Raise inside every action: whatever goes wrong behind a key, the desk stays open; a report says where, not what."""

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.places import AddLocation, LocationForm
from stylistdesk.commands.work import AddTask
from stylistdesk.desk import Desk
from stylistdesk.paths import desk_paths
from stylistdesk.ui.backoffice.tasks import TASKS
from stylistdesk.ui.keymap import PLACES, Keymap, acts_of
from stylistdesk.ui.profile.sections import SECTIONS
from tests.torture import LONG
from tests.ui.conftest import NOW, Rep, at_the_desk, fill

SECRET = "Ana Ruiz, c1@example.com"
TABS = {"1": "Client Sweep", "2": "Appointments due", "3": "Daily Tasks", "4": "Follow-ups", "5": "Calendar",
        "6": "Metrics", "7": "CSAT", "8": "All clients"}  # fmt: skip
PAGES = {"ctrl+b": "Brands and rates", "ctrl+k": "Templates", "ctrl+d": "Duplicates", "M": "Map", "slash": "Search",
         "ctrl+l": "Settings", "ctrl+n": "Keep safe", "ctrl+x": "Emails to send"}  # fmt: skip
FORMS = {"n": "Form", "t": "Form", "m": "Message", "f": "Form", "ctrl+f": "Filter"}
BEHIND = {"Appointment", "As of", "Calendars", "Certificate", "Commission ledger", "Event", "Guide", "Import", "Merge",
          "Metric", "Order", "Order form", "Page", "Return", "Reward tiers", "Rewards of an event", "Sending",
          "Template", "Tickets", "Welcome"}  # fmt: skip
"""Pages behind a row: their actions come through the same door."""
DIALOGS = {"Choice", "Choice by letters", "Comparison", "Erasing", "File", "Palette", "Question", "Theme", "Themes",
           "Trouble", "Two machines", "Why"}  # fmt: skip
"""Dialogs that have few keys of the table, all of them had elsewhere."""
TEXTUALS = ("app.focus", "command_palette", "quit")
"""Actions that Textual itself carries out."""


def explode(*_: object, **__: object) -> None:
    raise RuntimeError(SECRET)


async def explode_later(*_: object, **__: object) -> None:
    raise RuntimeError(SECRET)


def classes_with_actions() -> Iterator[tuple[type[Any], str, Callable[..., Any]]]:
    """Every `action_…` that a screen, a dialog or a widget of ours has."""
    for name, module in list(sys.modules.items()):
        if name.startswith("stylistdesk.ui"):
            for kind in list(vars(module).values()):
                if inspect.isclass(kind) and kind.__module__ == name:
                    for each, does in list(vars(kind).items()):
                        if each.startswith("action_") and callable(does):
                            yield kind, each, does


@contextmanager
def every_action_explodes() -> Iterator[None]:
    """No action does anything but raise."""
    with pytest.MonkeyPatch.context() as patched:
        for kind, name, does in list(classes_with_actions()):
            patched.setattr(kind, name, explode_later if inspect.iscoroutinefunction(does) else explode)
        yield


@contextmanager
def the_desk_explodes() -> Iterator[None]:
    """Whatever is asked of the desk, or done with it, raises."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("ask", "do", "undo", "redo", "preview", "poll", "keep_file", "back_up"):
            patched.setattr(Desk, name, explode)
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with something in the sections that the keys act on."""
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        fill(desk)
        desk.do(AddNote(1, "a note"))
        desk.do(AddTask(1, "a task"))
        desk.do(AddLocation(1, LocationForm("Home", city="New York", position="40.7, -74")))
    return tmp_path


def assert_reported(folder: Path, pressed: str) -> None:
    """One report, without a word of hers; it is taken away, since the clock stands still."""
    reports = list((folder / "reports").iterdir())
    assert reports, f"{pressed} left no report"
    for report in reports:
        assert "RuntimeError" in report.read_text() and "Ana" not in report.read_text()
        report.unlink()


async def press_every_key(rep: Rep, folder: Path, place: str, tried: set[str]) -> None:
    """Each key of a place while each action raises: those not tried elsewhere, and in the long form all of them."""
    keymap = Keymap()
    for act in acts_of(PLACES[place]):
        method = act.does.split("(")[0]
        if act.does.startswith(TEXTUALS) or (method in tried and not LONG):
            continue
        at = rep.app.screen
        with every_action_explodes():
            await rep.press(keymap.keys[act.id][0])
            await rep.pilot.pause()
        assert rep.app.is_running and rep.app._exception is None, (place, act.id)
        assert rep.app.screen is at, (place, act.id)
        if list((folder / "reports").glob("*.txt")):
            assert_reported(folder, f"{act.id} in {place}")
            tried |= {act.id, method}


async def test_an_error_in_any_action_of_any_place_leaves_the_desk_open(folder: Path) -> None:
    seen: set[str] = set()
    tried: set[str] = set()
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you", "Ana Ruiz")

        async def here(place: str) -> None:
            await rep.pilot.pause(0.05)
            seen.add(place)
            await press_every_key(rep, folder, place, tried)

        for key, place in FORMS.items():
            await rep.press(key)
            await here(place)
            await rep.press("escape")
            await rep.pilot.pause(0.1)
        for key, place in TABS.items():
            await rep.press(key)
            await here(place)
        for key, place in PAGES.items():
            await rep.press(key)
            await here(place)
            await rep.press("escape")
        await rep.press("3", "p")
        await rep.pilot.pause(0.3)
        for section in SECTIONS:
            await rep.press("enter")
            await here(section.TITLE if section.TITLE in PLACES else "Overview")
            await rep.press("escape", "right_square_bracket")
        await rep.press("escape", "escape", "9")
        await rep.pilot.pause(0.3)
        for task in TASKS:
            await rep.press("enter")
            await here(task.TITLE)
            await rep.press("escape", "right_square_bracket")
        assert set(PLACES) - seen == BEHIND | DIALOGS, "a new place: go there too"
        assert len(tried) > 100
        # It was nothing but the actions: now they work.
        await rep.press("3", "d")
        await rep.sees("Completed follow-up")


PLACES_OF_DESK = {"Daily Tasks": ("3",), "All clients": ("8",)}
if LONG:
    PLACES_OF_DESK |= {place: (key,) for key, place in TABS.items()}
    PLACES_OF_DESK |= {"Notes": ("3", "p", *["right_square_bracket"] * 9), "Training": ("9",)}


@pytest.mark.parametrize("place", PLACES_OF_DESK)
async def test_an_error_in_the_desk_itself_leaves_the_screens_open(folder: Path, place: str) -> None:
    """Whatever is asked or done behind a key of the place raises; each key on a desk that was just opened."""
    keymap = Keymap()
    acts = [act for act in acts_of(PLACES[place]) if act.id != "quit" and not act.does.startswith(TEXTUALS)]
    for act in acts if LONG else acts[:: max(1, len(acts) // 4)]:
        async with at_the_desk(folder) as rep:
            await rep.sees("clients need you", "Ana Ruiz")
            await rep.press(*PLACES_OF_DESK[place])
            with the_desk_explodes():
                await rep.press(keymap.keys[act.id][0])
                await rep.pilot.pause(0.05)
                assert rep.app.is_running and rep.app._exception is None, (place, act.id)
        for report in (folder / "reports").glob("*"):
            assert "Ana" not in report.read_text()
            report.unlink()
