"""The mouse on what opens from everywhere: search, templates, settings, keep safe, emails, comparison, erasing."""

from pathlib import Path
from typing import Any

import pytest
from textual import events

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.brands import AddBrand
from stylistdesk.commands.consent import SetSender
from stylistdesk.commands.sending import SendEmail
from stylistdesk.desk import Desk
from stylistdesk.domain.types import MessageKind
from stylistdesk.paths import desk_paths
from tests.ui.conftest import NOW, Rep, at_the_desk
from tests.ui.test_jump_and_copy import place_of
from tests.ui.test_mouse import click


async def wheel(rep: Rep, at: tuple[int, int], down: int) -> None:
    kind: Any = events.MouseScrollDown if down > 0 else events.MouseScrollUp
    for _ in range(abs(down)):
        await rep.pilot._post_mouse_events([kind], offset=at, button=0)
    await rep.pilot.pause(0.2)


async def twice(rep: Rep, words: str) -> None:
    """A click, and one more later: the first goes there."""
    at = place_of(rep, words)
    await rep.pilot.click(offset=at)
    await rep.pilot.pause(0.7)
    assert not rep.app.screen.is_modal, "the first click only goes there"
    await rep.pilot.click(offset=at)


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "settings.toml").write_text(
        '[sending]\nhost = "127.0.0.1"\nport = 9\nsecurity = "none"\nfrom_address = "robin@example.com"\n'
    )
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddBrand("Alder"))
        desk.do(SetSender("1 Main St, Albany NY 12207", ""))
        for who in (1, 2):
            words = f"Word for {who}"
            desk.do(SendEmail(who, f"c{who}@example.com", words, "It is in navy too.", MessageKind.ANSWER))
    return folder


OPENS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "templates": (("ctrl+k",), "Help with her cart", "Your words for “Help with her cart”"),
    "settings": (("ctrl+l",), "Country", "Your desk"),
    "keep_safe": (("ctrl+n", "b"), "asked for", "The desk and the backup"),
    "emails": (("ctrl+x",), "Word for 1", "from you"),
    "rates": (("ctrl+b",), "Alder", "The default of Alder"),
}


@pytest.mark.parametrize("page", OPENS)
async def test_a_row_of_a_page_is_clicked_and_clicked_again(folder: Path, page: str) -> None:
    keys, row, opened = OPENS[page]
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press(*keys)
        await rep.sees(row)
        await twice(rep, row)
        await rep.until(lambda _: rep.app.screen.is_modal or "Overview" in rep.read(), "something opens")
        await rep.sees(opened)


@pytest.mark.parametrize("page", ["templates", "settings", "search"])
async def test_the_wheel_scrolls_and_the_cursor_stays(folder: Path, page: str) -> None:
    async with at_the_desk(folder, (80, 18)) as rep:
        await rep.sees("clients need you")
        await rep.press(*{"templates": ("ctrl+k",), "settings": ("ctrl+l",), "search": ("slash", *"c")}[page])
        await rep.pilot.pause(1)
        before = rep.read()
        await wheel(rep, (10, 6), 8)
        assert rep.read() != before, page
        await wheel(rep, (10, 6), -8)
        assert rep.read() == before, page


FOOTERS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "templates": (("ctrl+k",), "v Other client", "See it for whom?"),
    "settings": (("ctrl+l",), "c Only changed", "not at their default"),
    "keep_safe": (("ctrl+n",), "b Back up", "Backed up 5 clients"),
    "emails": (("ctrl+x",), "e Your account", "Sending email"),
    "search": (("slash", "a"), "tab Next kind", "Ana Ruiz"),
    "template": (("ctrl+k", "enter"), "ctrl+k Field", "Put in which field?"),
    "erasing": (("enter", "X"), "esc Cancel", "Overview"),
}


@pytest.mark.parametrize("page", FOOTERS)
async def test_a_key_of_its_footer_is_clicked(folder: Path, page: str) -> None:
    keys, key, does = FOOTERS[page]
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        for one in keys:
            await rep.press(one)
            await rep.pilot.pause(0.3)
        await rep.sees(key)
        await click(rep, key)
        await rep.sees(does)
        if page in ("templates", "template", "emails"):
            await rep.press("escape")
        await rep.pilot.pause(0.2)
        await rep.press("f1")
        await rep.sees("Keys in")


async def test_a_comparison_is_left_by_a_click_beside_it_and_turned_with_the_wheel(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you")
        await rep.press("ctrl+n", "b")
        await rep.sees("Backed up")
        await rep.press("c")
        await rep.sees("The desk and the backup")
        await rep.press("f1")
        before = await rep.sees("Keys in Comparison", "… more below")
        await wheel(rep, (20, 10), 5)
        assert rep.read() != before
        await rep.pilot.click(offset=(0, 23))
        await rep.until(lambda shown: "Keys in" not in shown and "The desk and the backup" in shown, "the comparison")
        await rep.pilot.click(offset=(0, 23))
        await rep.until(lambda shown: "The desk and the backup" not in shown, "the list of backups")
        await rep.pilot.pause(0.2)
        assert not rep.app.screen.is_modal
