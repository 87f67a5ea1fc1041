"""Sign-ups in the back office, by keys: added, invited if it is lawful, each step marked, reminded of."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.consent import SetSender
from stylistdesk.commands.sign_ups import AddSignUp, MarkSignUp, RemindOfSignUp, SignUpForm, Step
from stylistdesk.desk import Desk
from stylistdesk.paths import desk_paths
from stylistdesk.queries.conversations import conversation
from stylistdesk.queries.sign_ups import sign_ups
from tests.ui.conftest import NOW, Rep, at_the_desk
from tests.ui.test_company_files import go_to

LINK = "https://join.example.com/?rep=rosa-delgado"


@pytest.fixture
async def rep(folder: Path) -> AsyncIterator[Rep]:
    """A rep whose messages say where her own mail goes."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(SetSender("12 Canal Street, New York"))
    async with at_the_desk(folder) as someone:
        await someone.sees("clients need you", "Ana Ruiz")
        yield someone


async def add_rosa(rep: Rep) -> None:
    await go_to(rep, "Sign-ups")
    await rep.sees("Nothing here yet.", "a adds someone who may become a rep.")
    await rep.press("a", "tab")
    await rep.write("Rosa Delgado")
    await rep.press("tab")
    await rep.write("rosa@example.com")
    await rep.press("ctrl+s")
    await rep.sees("Added Rosa Delgado to the sign-ups", LINK, "email  She has not consented")


async def test_someone_is_invited_only_once_she_has_said_yes(rep: Rep) -> None:
    await add_rosa(rep)
    await rep.press("m")
    await rep.sees("Message to Rosa Delgado", "She is no client", LINK, "express consent in person")
    await rep.press("ctrl+s")
    await rep.sees("She has not consented")
    await rep.press("escape")
    await rep.until(lambda shown: "Message to Rosa" not in shown)
    await rep.press("C")
    await rep.sees("Rosa Delgado said yes", "She may be written to at rosa@example.com")
    await rep.press("x", "ctrl+s")  # the cursor is where the evidence goes
    await rep.sees("“x” would prove nothing.", "Where and how did she say")
    await rep.press("backspace", "ctrl+s")
    await rep.sees("The evidence is missing")
    await rep.write("At the market: yes")
    await rep.press("ctrl+s")
    await rep.sees("Recorded express consent of Rosa Delgado", "email  express consent of 21 Nov 2026")
    await rep.press("m")
    await rep.sees("Message to Rosa Delgado", "May be written to: express consent", "remind me in 7 days")
    await rep.press("ctrl+s")
    await rep.sees("Sent Rosa Delgado her link; reminds on Sat 28 Nov. It is copied.", "reminds Sat 28 Nov")
    assert LINK in rep.app.clipboard and "12 Canal Street" in rep.app.clipboard
    await rep.press("u")
    await rep.until(lambda shown: "Rosa Delgado  added" in shown and "reminds Sat" not in shown)


async def test_no_reminder_is_said_as_such_before_it_is_saved(rep: Rep) -> None:
    await add_rosa(rep)
    await rep.press("h", "s")
    await rep.sees("Remind of Rosa Delgado", "in 1 week")
    await rep.press("end", "ctrl+u")
    await rep.sees("or none: no reminder")
    await rep.write("none")
    await rep.press("ctrl+s")
    await rep.sees("No reminder of Rosa Delgado")


async def test_each_step_is_one_key_and_undone_by_the_next(rep: Rep) -> None:
    await add_rosa(rep)
    for key, state in (("h", "sent"), ("o", "opened"), ("E", "enrolled")):
        await rep.press(key)
        await rep.sees(f"Rosa Delgado  {state}")
    await rep.press("x")
    await rep.sees("Rosa Delgado has enrolled. If that was a mistake")
    await rep.press("E", "x")
    await rep.sees("Given up", "Rosa Delgado  given up", "is not asked any more")
    await rep.press("m")
    await rep.sees("Message to Rosa Delgado")
    await rep.press("escape", "x")
    await rep.sees("Rosa Delgado may be asked again", "Rosa Delgado  opened")
    await rep.press("y")
    await rep.sees(f"Copied {LINK}")
    assert rep.app.clipboard == LINK
    await rep.press("r")
    await rep.sees(LINK, "▀")
    await rep.press("escape")
    await rep.press("enter")
    await rep.sees("Edit the sign-up of Rosa Delgado", "empty is made from her code")
    await rep.press("tab", "tab", "tab", "tab")
    await rep.write("r 25")
    await rep.press("ctrl+s")
    await rep.sees("A code has letters, digits")
    await rep.write("r25")
    await rep.press("ctrl+s")
    await rep.sees("Changed the sign-up of Rosa Delgado", "?rep=r25")
    await rep.press("delete")
    await rep.sees("Removed Rosa Delgado", "Nothing here yet.")
    await rep.press("u")
    await rep.sees("?rep=r25")


async def test_a_client_is_chosen_by_a_few_letters_and_her_invitation_is_logged(rep: Rep) -> None:
    await go_to(rep, "Sign-ups")
    await rep.press("a")
    await rep.sees("Someone who may become a rep")
    await rep.write("dana")
    await rep.sees("Dana Whitfield, your client")
    await rep.press("ctrl+s")
    await rep.sees("Added Dana Whitfield to the sign-ups", "?rep=dana-whitfield", "Dana Whitfield  added")
    await rep.press("C")
    await rep.sees("Her consent is recorded in her profile.")
    await rep.press("m")
    await rep.sees("Message to Dana Whitfield", "Asking someone to join is a commercial message.")
    await rep.press("shift+tab", "shift+tab", "a", "ctrl+s")  # it is an answer: she asked for it
    await rep.sees("Sent Dana Whitfield her link; reminds on Sat 28 Nov")
    (row,) = rep.desk.ask(sign_ups)
    assert row.client_id is not None and row.remind_on is not None
    assert "?rep=dana-whitfield" in str(rep.desk.ask(conversation, row.client_id))
    await rep.press("4")
    await rep.sees("Dana Whitfield", "Ask about her sign-up link")
    await rep.press("9", "p")
    await rep.sees("Overview", "Dana Whitfield")


async def test_who_is_due_stands_on_top_and_counts_in_the_tab(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for name in ("Rosa Delgado", "Ida Voss"):
            desk.do(AddSignUp(SignUpForm(name)))
        desk.do(MarkSignUp(1, Step.SENT))
    async with at_the_desk(folder, size=(80, 24), now=NOW + timedelta(days=8)) as rep:
        await rep.sees("Office 1")
        await go_to(rep, "Sign-ups")
        shown = await rep.sees("1 to ask again", "since Sat 28 Nov", "no email or phone yet")
        assert shown.index("Rosa Delgado") < shown.index("Ida Voss")
        await rep.press("s")
        await rep.sees("Remind of Rosa Delgado")
        await rep.write("fri")
        await rep.press("ctrl+s")
        await rep.sees("Reminds of Rosa Delgado on Fri 4 Dec", "reminds Fri 4 Dec")
        await rep.until(lambda shown: "Office 1" not in shown)


async def test_daily_tasks_tells_of_one_who_is_no_client(rep: Rep) -> None:
    """She stands in no list of clients: her reminder was only behind a number in the bar."""
    await asyncio.to_thread(rep.desk.do, AddSignUp(SignUpForm("Rosa Delgado", email="rosa@example.com")))
    await asyncio.to_thread(rep.desk.do, RemindOfSignUp(1, NOW.date()))
    await rep.press("4", "3")
    await rep.sees("clients need you", "1 sign-up due: 9")
    await asyncio.to_thread(rep.desk.do, RemindOfSignUp(1, None))
    await rep.press("4", "3")
    await rep.until(lambda shown: "clients need you" in shown and "sign-up" not in shown, "nobody is to be asked again")
