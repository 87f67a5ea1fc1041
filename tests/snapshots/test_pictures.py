"""Pictures of every screen and dialog under a frozen clock: what changes on screen is seen before it is kept."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from stylistdesk.exchange.importing import ImportReport
from stylistdesk.exchange.reading import Source
from stylistdesk.exchange.records import RefusedRow
from stylistdesk.paths import DeskPaths
from stylistdesk.queries.daily_tasks import Queue
from stylistdesk.ui.screens.importing import Importing
from stylistdesk.ui.screens.welcome import Beginnings
from tests.snapshots.picture_desk import PictureDesk, make_app

SMALL, LARGE = (80, 24), (120, 40)
FETCHING = ("load", "panes", "counts", "metrics", "ahead")
"""The groups of workers that bring in what a picture shows."""

PICTURES: dict[str, tuple[str, ...]] = {
    "daily_tasks": (),
    "daily_tasks_marked": ("space", "space"),
    "daily_tasks_filtered": ("ctrl+f", "c", "o", "a", "t"),
    "snooze": ("s",),
    "follow_up": ("f",),
    "message": ("m",),
    "call": ("c",),
    "dismiss": ("x",),
    "note": ("n",),
    "task": ("t",),
    "why": ("w",),
    "help": ("question_mark",),
    "all_clients": ("8",),
    "add_client": ("8", "a"),
    "add_client_refused": ("8", "a", "ctrl+s"),
    "leave": ("n", "x", "escape"),
}


async def settle(pilot: Pilot[Any], keys: Iterable[str] = ()) -> None:
    """Press the keys, each when the one before has been dealt with."""
    await loaded(pilot)
    for key in keys:
        await pilot.press(key)
        await loaded(pilot)
    await pilot.pause(0.1)


async def loaded(pilot: Pilot[Any]) -> None:
    """Wait until nothing is being fetched; forms that wait for the rep are no fetching."""
    for _ in range(200):
        await pilot.pause(0.02)
        fetching = any(worker.group in FETCHING and worker.is_running for worker in pilot.app.workers)
        if not fetching and getattr(pilot.app, "desk", None) is not None:
            return


@pytest.fixture
def picture(snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., bool]:
    def take(size: tuple[int, int], *keys: str, desk: Any = None, over: Any = None, **first: Any) -> bool:
        app = make_app(desk or PictureDesk(), monkeypatch, tmp_path, **first)

        async def before(pilot: Pilot[Any]) -> None:
            await settle(pilot)
            if over is not None:
                app.push_screen(over(app))
            await settle(pilot, keys)
            await pilot.pause(0.3)  # a line above that comes with the answer lays all below it out once more

        alike = snap_compare(app, terminal_size=size, run_before=before)
        assert not list(tmp_path.rglob("reports/*")), "what is in the picture is an error"
        return alike

    return take


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PICTURES)
def test_dark(picture: Callable[..., bool], name: str, size: tuple[int, int]) -> None:
    assert picture(size, *PICTURES[name])


@pytest.mark.parametrize("name", ["daily_tasks", "message", "all_clients"])
def test_light(picture: Callable[..., bool], name: str) -> None:
    assert picture(LARGE, *PICTURES[name], theme="light")


def test_broad(picture: Callable[..., bool]) -> None:
    assert picture((200, 50))


def test_in_ascii(picture: Callable[..., bool]) -> None:
    assert picture(SMALL, symbols="ascii")


def test_without_colour(picture: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert picture(LARGE)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_a_good_day(picture: Callable[..., bool], size: tuple[int, int]) -> None:
    desk = PictureDesk()
    desk.rows.clear()
    assert picture(size, desk=desk)


def test_no_clients_yet(picture: Callable[..., bool]) -> None:
    desk = PictureDesk()
    desk.rows.clear()
    assert picture(SMALL, "8", desk=desk)


def test_read_only(picture: Callable[..., bool]) -> None:
    desk = PictureDesk()
    desk.read_only = "This desk is open in another window; here it can only be read."  # type: ignore[assignment]
    assert picture(LARGE, desk=desk)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_first_questions(picture: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setattr(DeskPaths, "is_named", False)  # or the picture tells the folder
    desk = PictureDesk()
    desk.is_set_up = False
    desk.rows.clear()
    monkeypatch.setattr(desk, "queue", lambda: Queue((), 0, 0, 0, no_clients=True))
    assert picture(size, desk=desk)


def test_beginnings(picture: Callable[..., bool]) -> None:
    assert picture(SMALL, over=lambda app: Beginnings(app, "Robin"))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_import_preview(picture: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]) -> None:
    async def looked(self: Importing) -> None:
        self.source = Source(self.path, "shopify_customers", "Shopify customers", "utf-8", ("utf-8",), ",", (), (), 1)
        self.report = ImportReport(
            file="customers.csv", format="shopify_customers", created={"client": 2, "contact": 2},
            updated={"client": 1}, unchanged={"client": 40}, refused=(RefusedRow(44, "the row has 5 cells of 20"),),
            unused_columns=("Total Spent", "Tax Exempt"), notices=(), encoding="utf-8", encodings=("utf-8",),
            delimiter=",", columns=("First Name", "Email"), samples=(("Fay", "fay@example.com"),),
            new_clients=("Fay Lindqvist", "Hana Novak"),
        )  # fmt: skip
        self._show()

    monkeypatch.setattr(Importing, "_look", looked)
    assert picture(size, over=lambda _: Importing(Path("customers.csv")))
