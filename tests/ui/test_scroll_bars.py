"""A list that is longer than its place says so."""

from pathlib import Path

from stylistdesk.ui.widgets.drawn import Scrolled
from stylistdesk.ui.widgets.entries import Entries
from tests.ui.conftest import at_the_desk


def _has_bar(shown: Scrolled) -> bool:
    """The bar has a thumb: there is more than what is in sight."""
    bar = shown.vertical_scrollbar
    return shown.show_vertical_scrollbar and 0 < bar.window_size < bar.window_virtual_size


async def test_lists_and_pages_show_their_scroll_bar(folder: Path) -> None:
    async with at_the_desk(folder, (80, 12)) as rep:
        await rep.sees("5 clients need you", "Ana Ruiz")
        await rep.until(lambda _: _has_bar(rep.app.screen.listed))  # type: ignore[attr-defined]
        await rep.press("enter")
        await rep.sees("esc Back", "Next")
        await rep.until(lambda _: _has_bar(rep.app.screen.query_one(Entries)))
