"""Pictures of the other tabs on the demo desk, under a frozen clock."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from stylistdesk.clock import FrozenClock
from stylistdesk.desk import Desk
from stylistdesk.paths import desk_paths
from stylistdesk.ui.app import StylistDesk
from tests.snapshots.conftest import NOW
from tests.snapshots.picture_desk import stop_blinking
from tests.snapshots.test_pictures import LARGE, SMALL, loaded

TABS: dict[str, tuple[str, ...]] = {
    "sweep": ("1",),
    "sweep_month": ("1", "m"),
    "appointments": ("2",),
    "follow_ups": ("4",),
    "calendar": ("5",),
    "calendar_week": ("5", "w"),
    "metrics": ("6",),
    "metric": ("6", "enter"),
    "ledger": ("6", "c"),
    "csat": ("7",),
}
SMALL_ONLY: dict[str, tuple[str, ...]] = {
    "appointment_page": ("2", "enter"),
    "book": ("2", "a"),
    "lookbook": ("2", "l"),
    "tickets": ("2", "T"),
    "snooze_follow_up": ("4", "s"),
    "calendar_day": ("5", "d"),
    "hours": ("5", "H"),
    "goal": ("6", "G"),
    "csat_page": ("7", "enter"),
}
"""What opens from a tab; where it is as wide at 80 columns as elsewhere, one picture does."""


@pytest.fixture
def picture(
    demo: Path, tmp_path: Path, snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., bool]:
    stop_blinking(monkeypatch)

    def take(size: tuple[int, int], keys: tuple[str, ...], *, opens: bool = False, **first: Any) -> bool:
        folder = tmp_path / "desk"
        shutil.copytree(demo, folder)
        clock = FrozenClock(NOW)
        app = StylistDesk(lambda: Desk.open(desk_paths(folder), clock=clock), first, folder, clock=clock)

        async def before(pilot: Pilot[Any]) -> None:
            await loaded(pilot)
            for key in keys:
                await pilot.press(key)
                await loaded(pilot)
            for _ in range(200):  # what opens over a tab reads first, and a busy machine takes its time
                if len(app.screen_stack) > 1 or not opens:
                    break
                await pilot.pause(0.02)
            await pilot.pause(0.3)
            await loaded(pilot)

        alike = snap_compare(app, terminal_size=size, run_before=before)
        assert not list(folder.rglob("reports/*")), "what is in the picture is an error"
        return alike

    return take


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", TABS)
def test_each_tab(picture: Callable[..., bool], name: str, size: tuple[int, int]) -> None:
    assert picture(size, TABS[name], opens=name in ("metric", "ledger"))


@pytest.mark.parametrize("name", SMALL_ONLY)
def test_what_opens(picture: Callable[..., bool], name: str) -> None:
    assert picture(SMALL, SMALL_ONLY[name], opens=name != "calendar_day")


@pytest.mark.parametrize("name", ["appointments", "calendar", "metrics"])
def test_light(picture: Callable[..., bool], name: str) -> None:
    assert picture(LARGE, TABS[name], theme="light")


@pytest.mark.parametrize("name", ["sweep", "calendar", "metrics"])
def test_in_ascii(picture: Callable[..., bool], name: str) -> None:
    assert picture(SMALL, TABS[name], symbols="ascii")
