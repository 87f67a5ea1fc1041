"""The mouse: a click goes there, another opens; tabs, footer keys and what is beside a page answer too."""

import pytest
from textual.widgets import Input

from tests.ui.conftest import Rep, at_the_desk
from tests.ui.test_jump_and_copy import place_of

TABS = {
    "1 Sweep": "Week",
    "2 App": "Appointments",
    "4 Follow-ups": "Follow-ups",
    "5 Calendar": "Nov 2026",
    "6 Metrics": "Retention",
    "7 CSAT": "CSAT",
    "8 All": "5 clients",
    "9 Office": "Training",
}


async def click(rep: Rep, words: str, times: int = 1) -> None:
    await rep.pilot.click(offset=place_of(rep, words), times=times)
    await rep.pilot.pause()


@pytest.mark.parametrize("tab", TABS)
async def test_a_tab_is_clicked_and_has_something_to_click(rep: Rep, tab: str) -> None:
    await click(rep, tab)
    await rep.sees(TABS[tab])
    await click(rep, "? Help")
    await rep.sees("Back")
    await rep.pilot.click(offset=(1, 35))
    await rep.until(lambda _: not rep.app.screen.is_modal, "back")


async def test_a_click_goes_to_a_row_and_another_opens_it(rep: Rep) -> None:
    at = place_of(rep, "Bea Okafor")
    await rep.pilot.click(offset=at)
    assert rep.under_cursor() == "Bea Okafor"
    await rep.pilot.pause(0.7)
    await rep.pilot.click(offset=at)
    await rep.sees("Overview", "Contacts")
    await click(rep, "Contacts")
    await rep.sees("email: ")
    await click(rep, "c2@example.com  ")
    await rep.sees("To the list")


async def test_a_double_click_opens_and_its_second_half_does_nothing_more(rep: Rep) -> None:
    await click(rep, "Cleo Marsh", times=2)
    await rep.sees("Overview", "Contacts", "Cleo Marsh")
    assert not rep.app.screen.is_modal


async def test_the_first_click_into_a_list_only_goes_there(rep: Rep) -> None:
    await click(rep, "Ana Ruiz")
    await rep.pilot.pause(0.1)
    assert "Overview" not in rep.read()


async def test_a_key_of_the_footer_a_field_and_the_wheel(rep: Rep) -> None:
    await click(rep, "d Done")
    await rep.sees("Completed follow-up with Ana Ruiz")
    await click(rep, "n? Help"[1:])
    await rep.sees("Keys in Daily Tasks")
    await rep.pilot.click(offset=(1, 1))
    await rep.until(lambda _: not rep.app.screen.is_modal, "back")
    await rep.press("8", "a")
    await rep.sees("Add a client")
    await click(rep, "Email")
    x, y = place_of(rep, "Email")
    await rep.pilot.click(offset=(x + 20, y))
    assert isinstance(rep.app.screen.focused, Input)
    assert rep.app.screen.focused.id == "field-email"
    await click(rep, "esc Cancel")
    await rep.sees("5 clients")


async def test_no_sign_of_ours_is_left_in_ascii(folder) -> None:  # type: ignore[no-untyped-def]
    async with at_the_desk(folder, first={"symbols": "ascii"}) as rep:
        for key in "123456789":
            await rep.press(key)
            await rep.pilot.pause(0.4)
            assert rep.read().isascii(), rep.read()
            await rep.press("question_mark")
            await rep.pilot.pause(0.1)
            assert rep.read().isascii(), rep.read()
            await rep.press("escape")
        for keys in (("3", "m"), ("3", "f"), ("8", "a"), ("M",), ("ctrl+o",), ("ctrl+p",), ("3", "enter")):
            await rep.press(*keys)
            await rep.pilot.pause(0.5)
            assert rep.read().isascii(), rep.read()
            await rep.press("escape")
            await rep.pilot.pause(0.1)
