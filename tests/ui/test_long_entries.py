"""A page of very many entries: only what is in sight is laid out, and no key looks at all of them."""

from functools import partial

import pytest
from textual.app import App, ComposeResult

from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.widgets.entries import Entries, Entry, Later

MANY = 100_000


class Page(App[None]):
    """Nothing but entries."""

    def compose(self) -> ComposeResult:
        yield Entries(id="entries")


def _said(entries: Entries, y: int) -> str:
    return entries.render_line(y).text.strip()


@pytest.mark.asyncio
async def test_a_hundred_thousand_orders_are_gone_through_without_laying_them_out() -> None:
    """She would wait seconds for a list of which she sees twenty rows, and at each key for page down."""
    drawn: list[int] = []

    def draw(number: int) -> tuple[Line, ...]:
        drawn.append(number)
        return (Piece(f"order {number}"),), (Piece("shipped", "quiet"),)

    rows = [Entry((BLANK,)), *(Entry(Later(partial(draw, n), 2), ("order", n)) for n in range(MANY))]
    async with Page().run_test(size=(40, 21)) as pilot:
        entries = pilot.app.query_one(Entries)
        entries.focus()
        entries.show(rows)
        await pilot.pause()
        assert (entries.current, _said(entries, 1), _said(entries, 2)) == (("order", 0), "order 0", "shipped")
        for key, at in (
            ("G", MANY - 1),
            ("k", MANY - 2),
            ("pageup", MANY - 12),
            ("g", 0),
            ("pagedown", 10),
            ("j", 11),
        ):
            await pilot.press(key)
            assert entries.current == ("order", at), key
            shown = [_said(entries, y) for y in range(entries.size.height)]
            assert f"order {at}" in shown, key
        entries.show(rows, keep_place=True)
        assert entries.current == ("order", 11)
    assert len(set(drawn)) < 100


@pytest.mark.asyncio
async def test_headings_and_entries_without_lines_shift_nothing() -> None:
    """The cursor's bar would stand on the row above the one that a key acts on."""
    rows = [
        Entry(((Piece("heading"),),)),
        Entry((), ("gone", 1)),
        Entry(((Piece("one"),),), ("row", 1)),
        Entry(((Piece("words"),), (Piece("more words"),))),
        Entry(((Piece("two"),),), ("row", 2)),
    ]
    async with Page().run_test(size=(40, 10)) as pilot:
        entries = pilot.app.query_one(Entries)
        entries.focus()
        entries.show(rows, at=("row", 1))
        await pilot.pause()
        assert [_said(entries, y) for y in range(6)] == ["heading", "one", "words", "more words", "two", ""]
        await pilot.press("j")
        assert entries.current == ("row", 2)
        await pilot.click(Entries, offset=(1, 1))
        assert entries.current == ("row", 1)
