"""Pictures of the profile's sections on the demo desk, under a frozen clock."""

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
from stylistdesk.ui.profile.sections import SECTIONS
from tests.snapshots.conftest import NOW
from tests.snapshots.test_pictures import LARGE, SMALL, loaded

RICH = "Ana Ruiz"
"""The client of the demo who has something in every section."""


@pytest.fixture
def picture(demo: Path, tmp_path: Path, snap_compare: Callable[..., bool]) -> Callable[..., bool]:
    def take(size: tuple[int, int], section: str, **first: Any) -> bool:
        folder = tmp_path / "desk"
        shutil.copytree(demo, folder)
        clock = FrozenClock(NOW)
        app = StylistDesk(lambda: Desk.open(desk_paths(folder), clock=clock), first, folder, clock=clock)

        async def before(pilot: Pilot[Any]) -> None:
            await loaded(pilot)
            assert app.desk is not None
            whose = "SELECT id FROM client WHERE name = ?"
            client_id = app.desk.ask(lambda a: a.session.connection().exec_driver_sql(whose, (RICH,)).scalar_one())
            await app.open_profile(client_id, section)
            await loaded(pilot)
            await pilot.press("enter")
            await loaded(pilot)

        alike = snap_compare(app, terminal_size=size, run_before=before)
        assert not list(folder.rglob("reports/*")), "what is in the picture is an error"
        return alike

    return take


@pytest.mark.parametrize("section", [section.TITLE for section in SECTIONS])
def test_each_section(picture: Callable[..., bool], section: str) -> None:
    assert picture(SMALL, section)


def test_wide(picture: Callable[..., bool]) -> None:
    assert picture(LARGE, SECTIONS[0].TITLE)


def test_light(picture: Callable[..., bool]) -> None:
    assert picture(LARGE, SECTIONS[-1].TITLE, theme="light")
