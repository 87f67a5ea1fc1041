"""The first section of the profile: what is known of a client in short, and always as it is now."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stylistdesk.commands.notes import AddNote
from stylistdesk.ui.screens.pane_screen import AT_REST
from tests.ui.conftest import Rep, at_the_desk


@pytest.fixture
async def rep(folder: Path) -> AsyncIterator[Rep]:
    """A rep at a terminal high enough for all of an overview."""
    async with at_the_desk(folder, (120, 60)) as someone:
        await someone.sees("clients need you", "Ana Ruiz", "Since your last follow-up")
        yield someone


async def test_what_was_read_ahead_is_not_shown_once_the_desk_has_changed(rep: Rep) -> None:
    await rep.press("enter")
    await rep.sees("Overview")
    await rep.press("escape")
    await rep.sees("clients need you")
    await asyncio.sleep(AT_REST * 3)
    rep.desk.do(AddNote(1, "Likes ink and bone"))
    await rep.press("enter")
    await rep.sees("Overview", "Likes ink and bone")


async def test_the_first_few_of_each_are_shown_and_where_the_others_are(rep: Rep) -> None:
    for number in range(5):
        rep.desk.do(AddNote(1, f"note number {number}"))
    await rep.press("enter")
    shown = await rep.sees("Overview", "more in Notes", "note number 4", "note number 2")
    assert "note number 1" not in shown


async def test_birthday_and_website_go_in_by_the_form(rep: Rep) -> None:
    await rep.press("enter", "e")
    await rep.sees("Edit Ana Ruiz", "Birthday", "Website")
    await rep.press(*["tab"] * 5)
    await rep.write("3/41")
    await rep.press("ctrl+s")
    await rep.sees("“3/41” is no birthday", "For example 1984-03-14")
    await rep.write("3/14")
    await rep.press("tab")
    await rep.write("ana.example.com")
    await rep.press("ctrl+s")
    await rep.sees("Edited Ana Ruiz", "Birthday       14 Mar", "Website        https://ana.example.com")
    await rep.press("e", *["tab"] * 5)
    await rep.sees("03-14")
    await rep.press("escape", "u")
    await rep.until(lambda shown: "14 Mar" not in shown and "Took back: Edited Ana Ruiz" in shown)


async def test_a_section_of_hers_is_in_the_palette(rep: Rep) -> None:
    await rep.press("ctrl+p")
    await rep.press(*("space" if letter == " " else letter for letter in "consent of"))
    await rep.sees("Consent of this client")
    await rep.press("enter")
    await rep.sees("May she be written to?", "Ana Ruiz")
