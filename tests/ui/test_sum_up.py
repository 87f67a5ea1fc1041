"""The line that says what was just done: whole, on a second line where it needs one, and nothing else moves for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stylistdesk.ui.lines import Piece
from stylistdesk.ui.widgets.frame import SumUp
from tests.ui.conftest import Rep, at_the_desk

LONG = "The backup of Sat 21 Nov 9:42 is the desk now. 1 client you had erased is back: erase her again with E."


@pytest.fixture
async def rep(folder: Path) -> AsyncIterator[Rep]:
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you")
        yield rep


async def test_what_has_no_room_in_a_line_is_said_on_two_until_the_next_key(rep: Rep) -> None:
    before = rep.read().splitlines()
    rep.app.tell(LONG)
    after = (await rep.sees("erase her again with E.")).splitlines()
    assert f"{after[1].strip()} {after[2].strip()}" == LONG
    assert after[3:] == before[3:], "only the quiet line gave way"
    await rep.press("down")
    shown = await rep.sees("clients need you")
    assert shown.splitlines()[2].strip() == ""
    assert [line[:3] for line in shown.splitlines()[3:]] == [line[:3] for line in before[3:]]


async def test_the_filter_stays_in_sight_below_it(rep: Rep) -> None:
    await rep.press("ctrl+f", *"ana", "enter")
    rep.app.tell(LONG)
    shown = await rep.sees("erase her again with E.")
    assert shown.splitlines()[3].strip() == "ana"


def test_a_long_name_gives_way_to_what_follows_from_it() -> None:
    line = SumUp()
    name, after, undo = f"Added the task “{'very ' * 40}” for Ana Ruiz", " Still to do: Call.", " u undoes it."
    line.told = (Piece(name), Piece(after), Piece(undo))
    first, second = ("".join(piece.text for piece in each) for each in line.lines(80))
    assert first.startswith("  Added the task “very") and second.endswith("… Still to do: Call. u undoes it.")
    assert max(len(first), len(second)) <= 79
