"""What all tests share: a desk in a temporary folder, under a frozen clock."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from textual import _wait

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.desk import Desk
from tests.torture import LONG

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)
"""Saturday, 21 November 2026, 9:42 in New York."""

hypothesis_settings.register_profile("short", deadline=None, max_examples=50, derandomize=True)
hypothesis_settings.register_profile("long", deadline=None, max_examples=2_000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "long" if LONG else "short"))


_wait.SLEEP_GRANULARITY = 1 / 100
"""Twice as often as by Textual it is asked whether the program still works on the last key: that took most time."""
HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@pytest.fixture(scope="session", autouse=True)
def _no_home_of_fixtures(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What fixtures of the whole session open knows no real home either."""
    for name in HOMES:
        os.environ[name] = str(tmp_path_factory.getbasetemp() / "home")


@pytest.fixture(autouse=True)
def _no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing outside of temporary folders is touched, whoever runs the tests."""
    for name in [n for n in os.environ if n.startswith("STYLISTDESK_")]:
        monkeypatch.delenv(name)
    for name in HOMES:
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "America/New_York")


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty desk of a made-up rep in New York; copying it is quicker than making one."""
    folder = tmp_path_factory.mktemp("empty")
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        desk.do(SetUpDesk("Ola Berg", "America/New_York", "USD", "US"))
    return folder / "desk.sqlite3"


@pytest.fixture(scope="session")
def new_desk(empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Desk]:
    """Opens another empty desk, for tests that need many."""

    def make() -> Desk:
        folder = tmp_path_factory.mktemp("desk", numbered=True)
        shutil.copy(empty_desk, folder)
        return Desk.open(folder, clock=FrozenClock(NOW))

    return make


@pytest.fixture(scope="session")
def demo_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo desk: something of every kind is in it. Copy it to change it."""
    from stylistdesk.demo.small import build_demo

    folder = tmp_path_factory.mktemp("demo")
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        build_demo(desk)
    return folder


@pytest.fixture
def desk(tmp_path: Path, empty_desk: Path, clock: FrozenClock) -> Iterator[Desk]:
    """An empty desk of a made-up rep in New York, in `tmp_path / "desk"`."""
    (tmp_path / "desk").mkdir()
    shutil.copy(empty_desk, tmp_path / "desk")
    with Desk.open(tmp_path / "desk", clock=clock) as opened:
        yield opened
