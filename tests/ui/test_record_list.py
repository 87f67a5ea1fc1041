"""The list draws what is in sight and nothing else."""

from typing import Any

import pytest
from textual.app import App, ComposeResult

from stylistdesk.ui.lines import Line, Piece, fit
from stylistdesk.ui.widgets.record_list import RecordList


class Big(App[None]):
    CSS = "RecordList { height: 20; } " + " ".join(
        f".look--{name} {{ color: white; }}"
        for name in [
            "name",
            "quiet",
            "late",
            "power",
            "signal",
            "heart",
            "label",
            "good",
            "strong",
            "key",
            "tab",
            "alert",
            "chosen",
            "cursor",
        ]
    )

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.drawn: list[int] = []
        self.wanted: list[int] = []

    def compose(self) -> ComposeResult:
        yield RecordList[int](self.lay_out, lambda row: row, id="list")

    def lay_out(self, row: int, width: int) -> tuple[Line, ...]:
        self.drawn.append(row)
        return (Piece(fit(f"client {row}", width)),), (Piece(fit("日本語 👗", width)),)

    def on_record_list_wanted(self, event: RecordList.Wanted) -> None:
        self.wanted.append(event.index)


@pytest.mark.parametrize("count", [0, 1, 10_000])
async def test_only_rows_in_sight_are_drawn(count: int) -> None:
    app = Big(count)
    async with app.run_test(size=(60, 24)) as pilot:
        listed: RecordList[int] = app.query_one(RecordList)
        listed.set_rows(list(range(count)))
        listed.focus()
        await pilot.pause()
        assert len(set(app.drawn)) <= 12
        await pilot.press("G")
        assert listed.cursor == max(0, count - 1)
        await pilot.press("g", "pagedown", "k", "j", "down", "up", "pageup")
        assert listed.cursor == 0
        assert len(set(app.drawn)) <= 60


async def test_a_move_draws_two_rows_and_no_more() -> None:
    app = Big(10_000)
    async with app.run_test(size=(60, 24)) as pilot:
        listed: RecordList[int] = app.query_one(RecordList)
        listed.set_rows(list(range(10_000)))
        listed.focus()
        await pilot.pause()
        app.drawn.clear()
        await pilot.press("j")
        assert len(app.drawn) <= 2


async def test_rows_that_are_not_here_are_asked_for_and_filled_in() -> None:
    app = Big(1000)
    async with app.run_test(size=(60, 24)) as pilot:
        listed: RecordList[int] = app.query_one(RecordList)
        rows: list[Any] = [None] * 1000
        rows[:20] = range(20)
        listed.set_rows(rows)
        listed.focus()
        await pilot.press("G")
        await pilot.pause()
        assert 999 in app.wanted
        listed.fill(990, range(990, 1000))
        await pilot.pause()
        assert listed.current == 999
