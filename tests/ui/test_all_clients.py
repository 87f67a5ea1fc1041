"""All clients and the profile: find, add, change, remove."""

from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import AddClient, ClientForm
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.desk import Desk
from stylistdesk.paths import desk_paths
from stylistdesk.queries.conversations import conversation
from tests.ui.conftest import NOW, Rep, at_the_desk


async def test_add_a_client_by_hand_and_take_it_back(rep: Rep) -> None:
    await rep.press("8")
    await rep.sees("5 clients", "by name", "(212) 555-0101")
    await rep.press("a")
    await rep.sees("Add a client", "Name")
    await rep.press("ctrl+s")
    await rep.sees("The name is missing.")
    await rep.write("Fay Lindqvist")
    await rep.press("tab")
    await rep.write("no address")
    await rep.press("ctrl+s")
    await rep.sees("is no email address", "Fay Lindqvist")
    await rep.write("fay@example.com")
    await rep.press("ctrl+s")
    await rep.sees("Added Fay Lindqvist", "fay@example.com")
    assert rep.under_cursor() == "Fay Lindqvist"
    await rep.press("u")
    await rep.sees("Took back: Added Fay Lindqvist")
    assert "fay@example.com" not in rep.read()


async def test_edit_keeps_what_was_there(rep: Rep) -> None:
    await rep.press("8", "e")
    await rep.sees("Edit Ana Ruiz", "c1@example.com", "(212) 555-0101")
    await rep.write("Ana Maria Ruiz")
    await rep.press("ctrl+s")
    await rep.sees("Edited Ana Maria Ruiz")
    assert rep.under_cursor() == "Ana Maria Ruiz"


async def test_a_number_is_read_the_same_wherever_it_stands(folder: Path) -> None:
    """She would take +12125550101 and (212) 555-0101 for two; and a desk abroad takes in what its forms show."""
    for country, typed in (("CA", "(212) 555-0101"), ("GB", "+12125550101")):
        with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
            desk.do(SetUpDesk("Robin", "America/New_York", "USD", country))
        async with at_the_desk(folder) as rep:
            await rep.sees("clients need you")
            await rep.press("8", "e")
            await rep.sees("Edit Ana Ruiz", typed)
            await rep.press("end", *country, "ctrl+s")
            await rep.sees(f"Edited Ana Ruiz{country}", "(212) 555-0101")
            await rep.press("u")
            await rep.sees("Took back: Edited")
            await rep.press("m")
            await rep.sees("Message to Ana Ruiz", typed)
            if country == "CA":  # once: it is an answer then
                await rep.press(*" So. ", "ctrl+s")
                await rep.sees("copied to be pasted")
            (thread,) = rep.desk.ask(conversation, 1)
            assert (thread.number, thread.messages[0].address) == ("+12125550101", "+12125550101")


async def test_remove_does_not_ask_and_undo_brings_her_back(rep: Rep) -> None:
    await rep.press("8", "delete")
    await rep.sees("Removed Ana Ruiz")
    assert rep.under_cursor() == "Bea Okafor"
    await rep.press("u")
    await rep.sees("Took back: Removed Ana Ruiz")
    assert rep.under_cursor() == "Ana Ruiz"


async def test_the_filter_finds_by_any_word_and_by_digits(rep: Rep) -> None:
    await rep.press("8", "ctrl+f", *"ruiz")
    await rep.sees("1 have “ruiz”")
    await rep.press("escape", "ctrl+f", *"0104")
    await rep.sees("1 have “0104”", "Dana Whitfield")
    await rep.press("escape")
    await rep.until(lambda shown: "have" not in shown)


@pytest.mark.parametrize("tab", ["1", "3", "8"])
async def test_the_filter_finds_by_spending_power(rep: Rep, tab: str) -> None:
    await rep.press(tab)
    await rep.sees("Ana Ruiz", "$$$$")
    await rep.press("ctrl+f", *"$$$$")
    await rep.sees("with “$$$$”", "Ana Ruiz")
    await rep.press("$")
    await rep.until(lambda shown: "Ana Ruiz" not in shown, "nobody spends so much")


async def test_the_filter_does_not_ask_for_accents(rep: Rep) -> None:
    rep.desk.do(AddClient(ClientForm(name="Zoë Åkesson")))
    await rep.press("8", "ctrl+f", *"zoe akes")
    await rep.sees("1 have “zoe akes”", "Zoë Åkesson")


async def test_triage_works_there_too(rep: Rep) -> None:
    await rep.press("8", "d")
    await rep.sees("Completed follow-up with Ana Ruiz")
    assert rep.under_cursor() == "Bea Okafor"
    await rep.press("3")
    await rep.until(lambda shown: "4 clients need you" in shown or "Daily Tasks 4" in shown)


async def test_the_profile_shows_what_is_known_and_goes_back(rep: Rep) -> None:
    await rep.press("n", *"Likes ink", "ctrl+s")
    await rep.sees("Added a note")
    await rep.press("k", "enter")
    shown = await rep.sees("Ana Ruiz", "Contacts", "c1@example.com", "Notes", "Likes")
    assert "Answer her comment" in shown
    await rep.press("d")
    await rep.sees("Completed follow-up with Ana Ruiz")
    await rep.press("escape")
    await rep.sees("4 clients need you")


async def test_a_list_at_80_columns_opens_the_rest_with_enter(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        shown = await rep.sees("5 clients need you", "Ana Ruiz", "enter Profile", "u Undo", "? Help")
        assert "Since your last follow-up" not in shown
        await rep.press("enter")
        await rep.sees("Since your last follow-up", "esc Back")


async def test_resizing_moves_the_pane_and_keeps_the_cursor(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("5 clients need you", "Ana Ruiz")
        await rep.press("j", "j")
        name = rep.under_cursor()
        await rep.pilot.resize_terminal(170, 40)
        await rep.sees("What she did", "Since your last follow-up")
        assert rep.under_cursor() == name
        await rep.pilot.resize_terminal(80, 40)
        await rep.sees("Next")
        assert rep.under_cursor() == name
