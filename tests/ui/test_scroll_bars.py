"""A list that is longer than its place says so."""

from pathlib import Path

from stylistdesk.ui.widgets.drawn import Page
from tests.ui.conftest import at_the_desk


async def test_lists_and_pages_show_their_scroll_bar(folder: Path) -> None:
    async with at_the_desk(folder, (80, 12)) as rep:
        await rep.sees("5 clients need you", "Ana Ruiz")
        await rep.until(lambda _: rep.app.screen.listed.show_vertical_scrollbar)  # type: ignore[attr-defined]
        await rep.press("enter")
        await rep.sees("esc Back", "Next")
        await rep.until(lambda _: rep.app.screen.query_one(Page).show_vertical_scrollbar)
