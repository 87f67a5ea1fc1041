"""Forms on a small terminal: what is wrong and the keys of the form are always in sight."""

from pathlib import Path

from stylistdesk.ui.profile.screen import Profile
from tests.ui.conftest import Rep, at_the_desk


async def profile_at(rep: Rep, section: str) -> None:
    """The profile of Ana Ruiz, at a section, with the cursor on the list of sections."""
    await rep.sees("Ana Ruiz")
    await rep.press("8")
    await rep.sees("5 clients", "by name")
    await rep.press("enter")
    await rep.sees("Overview", "Attachments")
    profile = rep.app.screen
    assert isinstance(profile, Profile)
    while section != profile.section.TITLE:
        await rep.press("right_square_bracket")


async def test_a_refusal_below_a_high_field_is_in_sight_and_so_are_the_keys(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await profile_at(rep, "Orders")
        await rep.press("P")
        await rep.sees("Add a purchase order", "ctrl+s Save and close", "esc Cancel")
        await rep.press("ctrl+s")
        await rep.sees("A purchase order has lines.", "ctrl+s Save and close")
        await rep.press(*"4 coats")
        await rep.press("ctrl+s")
        await rep.sees("4 coats", "is no line of an order", "ctrl+s Save and close")


async def test_a_field_that_gets_the_cursor_shows_its_hint(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await profile_at(rep, "Orders")
        await rep.press("P")
        await rep.sees("Add a purchase order")
        for _ in range(7):
            await rep.press("tab")
        await rep.sees("For example: 4 x Cable cardigan", "ctrl+s Save and close")
        await rep.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await rep.sees("its name; a new one is added")
