"""Client Sweep (R2) by keys alone."""

import csv
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import AddClient, ClientForm
from stylistdesk.desk import Desk
from stylistdesk.domain.types import SignalKind
from stylistdesk.paths import desk_paths
from tests.ui.conftest import NOW, Did, Rep, at_the_desk


async def test_week_month_and_year_back_and_forward(rep: Rep) -> None:
    await rep.press("1")
    shown = await rep.sees("16–22 Nov", "4 clients", "5 activities", "1 order", "Dana Whitfield", "calendar week")
    assert "Emi Tanaka" not in shown, "who did nothing is not there"
    await rep.press("left_square_bracket")
    await rep.sees("9–15 Nov", "Nothing was done in 9–15 Nov.", "look at the week before")
    await rep.press("m")
    await rep.sees("Nov 2026", "4 clients")
    await rep.press("left_square_bracket")
    await rep.sees("Oct 2026", "0 clients")
    await rep.press("right_square_bracket", "right_square_bracket")
    await rep.sees("This month is not over yet")
    await rep.press("y")
    await rep.sees("2026", "4 clients", "calendar year")
    await rep.press("r")
    await rep.sees("365 days to 21 Nov", "rolling year")


async def test_the_period_and_the_order_stay_while_she_is_elsewhere(rep: Rep) -> None:
    await rep.press("1", "m", "o", "o")
    await rep.sees("Nov 2026", "by activity")
    await rep.press("3")
    await rep.sees("clients need you")
    await rep.press("1")
    await rep.sees("Nov 2026", "by activity", "calendar month")


async def test_enter_opens_her_and_what_was_done_there_shows(rep: Rep) -> None:
    await rep.press("1", "ctrl+f", *"whitfield", "enter")
    await rep.sees("1 client", "of 4, with “whitfield”", "Dana Whitfield")
    await rep.press("enter")
    await rep.sees("Overview", "Dana Whitfield")
    await rep.press("n")
    await rep.sees("Note on Dana Whitfield")
    await rep.pilot.press(*"navy")
    await rep.press("ctrl+s")
    await rep.sees("u undoes it")
    await rep.press("escape")
    await rep.sees("16–22 Nov", "2 activities", "today, your note")
    await rep.press("u")
    await rep.sees("Took back")
    await rep.press("k")
    await rep.sees("1 activity")


async def test_the_settings_say_how_periods_begin(folder: Path) -> None:
    desk_paths(folder).settings.write_text('periods = "rolling"\n')
    async with at_the_desk(folder) as rep:
        await rep.press("1")
        await rep.sees("7 days to 21 Nov", "4 clients", "rolling week")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_shown_is_written_for_a_spreadsheet(folder: Path, size: tuple[int, int], tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(exist_ok=True)
    async with at_the_desk(folder, size) as rep:
        await rep.press("1")
        await rep.sees("4 clients")
        await rep.press("ctrl+f", *"ruiz", "enter", "E")
        await rep.sees("Export what is shown", "sweep-2026-11-16-to-2026-11-22.csv")
        await rep.press("ctrl+s")
        await rep.sees("Wrote 1 client to")
    written = tmp_path / "home" / "sweep-2026-11-16-to-2026-11-22.csv"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    (row,) = csv.DictReader(written.open(encoding="utf-8-sig", newline=""))
    assert (row["client"], row["hearts"], row["comments"], row["activities"]) == ("Ana Ruiz", "1", "1", "2")


async def test_bars_come_into_sight_as_she_goes_down(folder: Path) -> None:
    """More clients than one page: the last one has her bar too."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for number in range(120):
            client_id = desk.do(AddClient(ClientForm(name=f"Client {number:03}"))).value
            desk.do(Did(int(client_id), SignalKind.HEARTED, timedelta(hours=80, minutes=number)))
    async with at_the_desk(folder) as rep:
        await rep.press("1", "G")
        await rep.sees("124 clients", "Client 119")
        await rep.until(
            lambda shown: any("Client 119   " in line and "▂" in line[:58] for line in shown.splitlines()), "her bar"
        )


@pytest.mark.parametrize("tab", ["1", "2", "3", "4", "7", "8"])
async def test_a_key_that_means_nothing_does_nothing(rep: Rep, tab: str) -> None:
    """Textual takes a method `key_at` for the answer to `@`."""
    await rep.press(tab, "at", "ampersand", "percent_sign")
    await rep.press("question_mark")
    await rep.sees("Keys in")
