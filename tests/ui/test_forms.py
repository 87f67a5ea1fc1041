"""Forms on a small terminal: what is wrong and the keys of the form are always in sight."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from textual.events import Key

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import ClientForm, EditClient
from stylistdesk.db.tables import Message
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_dates import parse_day
from stylistdesk.domain.types import Channel
from stylistdesk.paths import desk_paths
from stylistdesk.queries.follow_ups import follow_ups_due
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.profile.screen import Profile
from tests.ui.conftest import NOW, Rep, at_the_desk


def no_day(typed: str) -> str:
    """What is said of words that are no day."""
    with pytest.raises(Refused) as no:
        parse_day(typed, date(2026, 11, 21))
    return str(no.value)


async def nothing(values: dict[str, str]) -> None:
    """Save nothing."""


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
        await rep.sees("empty gets the next one", "ctrl+s Save and close")
        await rep.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await rep.sees("4 x Cardigan @ 95.00, one line each;")
        await rep.press("shift+tab")
        await rep.sees("its name; a new one is added")


LONG = (
    "How did she say it, where, and to what? For example: on the phone on 3 March, to the news by email.",
    f"{no_day('the week after that')} ",
    "Let the credit not reopen the order, or reinstate the order first, and then write the credit memo.",
    "Try: tomorrow 14:00, mon 9:30, 5pm, in 2 hours, 2026-12-01 10:00.",
)


async def test_a_hint_takes_the_lines_it_needs(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you")
        for words in LONG:
            rep.app.push_screen(Form("Try", [Field("one", "One", hint=words), Field("two", "Two")], nothing))
            shown = await rep.sees("One", "Two", words.split()[0], words.split()[-1])
            assert "…" not in shown.partition("Try")[2].partition("Two")[0]
            await rep.press("escape")
            await rep.until(lambda shown: "╭─ Try" not in shown)


async def test_a_form_that_is_left_twice_at_once_is_left_once(rep: Rep, folder: Path) -> None:
    """She presses escape again before the screen has answered: nothing has gone wrong."""
    for typed in ("", "x"):
        await rep.press("n")
        await rep.sees("Note", "Ana Ruiz")
        if typed:
            await rep.write(typed)
        driver = rep.app._driver
        assert driver is not None
        for _ in range(2):
            event = Key("escape", None)
            event.set_sender(rep.app)
            driver.send_message(event)
        if typed:
            await rep.sees("Leave without saving?")
            await rep.press("y")
        await rep.until(lambda shown: "ctrl+s" not in shown and "clients need you" in shown)
    assert not list((folder / "reports").iterdir())


async def test_the_key_that_saves_says_what_it_does(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        for key, title, does in (
            ("s", "Snooze Ana Ruiz", "Snooze"),
            ("x", "Dismiss for Ana Ruiz", "Dismiss"),
            ("number_sign", "Find by phone number", "Find"),
            ("ctrl+e enter", "Export: Clients", "Export"),
        ):
            await rep.press(*key.split())
            await rep.sees(title, f"ctrl+s {does}")
            await rep.press("escape")
            await rep.until(lambda shown, title=title: title not in shown)
        await profile_at(rep, "Orders")
        await rep.press("W")
        await rep.sees("What if", "ctrl+s Try")
        await rep.press("escape", "ctrl+y")
        await rep.sees("The profile as of", "ctrl+s Show")


async def test_a_long_name_leaves_room_for_how_to_undo(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(EditClient(1, ClientForm("Ana Sofia Maria Guadalupe Ruiz de la Vega y Hernandez-Montoya of Soho")))
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("Ana Sofia")
        await rep.press("t")
        await rep.sees("Task for")
        await rep.write("Send the swatches of all the coats that she has ever hearted")
        await rep.press("ctrl+s")
        await rep.sees("Added the task “Send the swatches of all the coats that", "u undoes it.")
        await rep.press("u")
        await rep.sees("Took back: Added the task “Send", "U does it again.")


def last_call(asking: Any) -> tuple[str, str]:
    """What came of the only call, and what was said."""
    call = asking.session.exec(select(Message)).one()
    return call.outcome, call.body


async def test_what_is_typed_into_the_form_of_a_call_is_what_was_said(rep: Rep) -> None:
    """Its letters chose an outcome, and the words were lost."""
    await rep.press("c")
    await rep.sees("Call with Ana Ruiz", "Words")
    await rep.press(*"Wants a coat, will come Tuesday", "ctrl+s")
    await rep.sees("Completed follow-up with Ana Ruiz")
    assert rep.desk.ask(last_call) == ("talked", "Wants a coat, will come Tuesday")


async def test_the_outcome_of_a_call_is_a_shift_tab_away(rep: Rep) -> None:
    await rep.press("c")
    await rep.sees("Call with Ana Ruiz", "shift+tab goes to the outcome")
    await rep.press("shift+tab", "l", "ctrl+s")
    await rep.sees("Completed follow-up with Ana Ruiz")
    assert rep.desk.ask(last_call) == ("left a message", "")


async def test_what_is_typed_into_the_form_of_a_follow_up_is_its_day(rep: Rep) -> None:
    """Its letters chose a channel, and the day stayed at a week from now."""
    await rep.press("f")
    await rep.sees("Follow up with Ana Ruiz", "Sat 28 Nov")
    await rep.press(*"in 3 days")
    await rep.sees("Tue 24 Nov")
    await rep.press("ctrl+s")
    await rep.sees("Scheduled a follow-up with Ana Ruiz for Tue 24 Nov")
    (due,) = rep.desk.ask(follow_ups_due).upcoming
    assert (due.due_on, due.channel) == (date(2026, 11, 24), Channel.TEXT)


async def test_enter_goes_from_the_day_to_the_reminder_and_saves(rep: Rep) -> None:
    await rep.press("f")
    await rep.sees("Follow up with Ana Ruiz")
    await rep.press(*"mon", "enter", *"Ask about the coat", "enter")
    await rep.sees("Scheduled a follow-up with Ana Ruiz for Mon 23 Nov")
    (due,) = rep.desk.ask(follow_ups_due).upcoming
    assert due.reminder == "Ask about the coat"


async def test_what_came_of_a_follow_up_is_typed_at_once(rep: Rep) -> None:
    await rep.press("D")
    await rep.sees("Done with Ana Ruiz")
    await rep.press(*"Eats it up", "ctrl+s")
    await rep.sees("Completed follow-up with Ana Ruiz")
    (done,) = rep.desk.ask(follow_ups_due).completed
    assert (done.outcome, done.channel) == ("Eats it up", Channel.TEXT)


async def test_a_promise_begins_with_whom(rep: Rep) -> None:
    await rep.press("4", "a")
    await rep.sees("Promise a follow-up")
    await rep.press(*"dana")
    await rep.sees("with Dana Whitfield")


async def test_a_letter_that_begins_no_word_of_a_choice_is_said(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you")
        await rep.press("c")
        await rep.sees("Call with Ana Ruiz")
        await rep.press("shift+tab", "W")
        assert " talked " in await rep.sees("none begins with “W”")
        await rep.press("l")
        shown = await rep.until(lambda shown: "none begins" not in shown)
        assert "call back" in shown
        await rep.press("w")
        await rep.sees("none begins with “w”")
        await rep.press("tab")
        await rep.until(lambda shown: "none begins" not in shown)
