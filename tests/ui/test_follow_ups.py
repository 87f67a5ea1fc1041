"""The Follow-ups tab, by keys alone (R16)."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.commands.triage import LogMessage
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.paths import desk_paths
from stylistdesk.queries.follow_ups import follow_ups_due
from tests.ui.conftest import NOW, Rep, at_the_desk

TODAY = date(2026, 11, 21)


@pytest.fixture
def promised(folder: Path) -> Path:
    """Ana waits since Thursday, Bea for today, Cleo in a week."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW - timedelta(days=4))) as desk:
        for client_id, days, words in ((1, -2, "Ask about the coat"), (2, 0, "Size of the boot"), (3, 7, "Holiday")):
            desk.do(ScheduleFollowUp(client_id, Channel.TEXT, TODAY + timedelta(days=days), words))
        desk.do(LogMessage(2, Channel.TEXT, "+12125550102", "", "The 38 is back", MessageKind.ANSWER))
    return folder


@pytest.fixture
async def rep(promised: Path) -> AsyncIterator[Rep]:
    async with at_the_desk(promised) as someone:
        await someone.sees("clients need you")
        await someone.press("4")
        await someone.sees("Overdue  1", "Today  1", "Upcoming  1", "2 wait for you")
        yield someone


def at(rep: Rep) -> str:
    """With whom the follow-up under the cursor is."""
    row = rep.app.screen.row  # type: ignore[attr-defined]
    return row.client if row else ""


async def test_done_goes_on_to_the_next_and_the_counts_follow(rep: Rep) -> None:
    assert at(rep) == "Ana Ruiz"
    await rep.sees("4 Follow-ups 2", "2 days late", "Ask about the coat")
    waits = rep.app.counts.held
    assert 1 in waits.rows
    await rep.press("d")
    await rep.sees("Completed follow-up with Ana Ruiz", "4 Follow-ups 1", "Completed  1")
    assert at(rep) == "Bea Okafor"
    await rep.until(lambda _: 1 not in waits.rows, "Ana out of Daily Tasks")
    await rep.press("u")
    await rep.sees("Took back", "4 Follow-ups 2", "Overdue  1")
    assert at(rep) == "Ana Ruiz"
    await rep.until(lambda _: 1 in waits.rows, "Ana in Daily Tasks")


async def test_a_day_of_another_year_says_its_year(promised: Path) -> None:
    """“Sun 31 Jan…” may be in any year."""
    with Desk.open(desk_paths(promised), clock=FrozenClock(NOW)) as desk:
        desk.do(ScheduleFollowUp(4, Channel.TEXT, date(2027, 1, 31), "Spring"))
    async with at_the_desk(promised, size=(80, 24)) as rep:
        await rep.press("4")
        await rep.sees("31 Jan 2027  Dana Whitfield", "Sat 28 Nov   Cleo Marsh")


async def test_the_pane_shows_what_was_said_and_the_note_in_full(rep: Rep) -> None:
    await rep.press("j")
    await rep.sees("Bea Okafor  $$$$", "Reminder", "Size of the boot", "Last messages", "You  The 38 is back")


async def test_snooze_takes_words_and_keeps_the_first_promise(rep: Rep) -> None:
    await rep.press("s")
    await rep.sees("Snooze Ana Ruiz")
    await rep.write("yesterday")
    await rep.press("ctrl+s")
    await rep.sees("That is not later.")
    await rep.write("in 2 weeks")
    await rep.sees("until Sat 5 Dec")
    await rep.press("ctrl+s")
    await rep.sees("Snoozed the follow-up with Ana Ruiz until Sat 5 Dec", "Upcoming  2", "first 19 Nov")
    assert at(rep) == "Bea Okafor"


async def test_done_with_an_outcome(rep: Rep) -> None:
    await rep.press("D")
    await rep.sees("Done with Ana Ruiz")
    await rep.write("She takes it")
    await rep.press("ctrl+s")
    await rep.sees("Completed follow-up with Ana Ruiz")
    assert rep.desk.ask(follow_ups_due).completed[0].outcome == "She takes it"
    await rep.press("G", "d")
    await rep.sees("This follow-up is done.")


async def test_what_is_ahead_is_snoozed_to_a_later_day_only(rep: Rep) -> None:
    await rep.press("G", "s")  # Cleo, in a week
    await rep.sees("Snooze Cleo Marsh", "until Sun 29 Nov")
    await rep.press("ctrl+u")
    await rep.write("tomorrow")
    await rep.press("ctrl+s")
    await rep.sees("It is due Sat 28 Nov: that is not later.", "Reschedule it")
    await rep.press("ctrl+u")
    await rep.write("12/2")
    await rep.press("ctrl+s")
    await rep.sees("until Wed 2 Dec")


async def test_reschedule_and_repeat(rep: Rep) -> None:
    await rep.press("r")
    await rep.write("12/1")
    await rep.press("ctrl+s")
    await rep.sees("Upcoming  2", "Tue 1 Dec")
    await rep.press("G", "k", "e")  # Cleo, in a week
    await rep.sees("Change the follow-up with")
    await rep.press("tab", "tab")
    await rep.write("every fortnight")
    await rep.sees("every 2 weeks from that day on")
    await rep.press("ctrl+s")
    await rep.sees("Changed the follow-up with", "every 2 weeks")


async def test_promise_one_by_a_few_letters_of_a_name(rep: Rep) -> None:
    await rep.press("a")
    await rep.sees("Promise a follow-up")
    await rep.write("nobody")
    await rep.press("ctrl+s")
    await rep.sees("No client has “nobody” in her name.")
    await rep.write("dana")
    await rep.sees("with Dana Whitfield")
    await rep.press("tab", "tab")
    await rep.write("fri")
    await rep.press("ctrl+s")
    await rep.sees("Scheduled a follow-up with Dana Whitfield for Fri 27 Nov", "Upcoming  2")
    assert at(rep) == "Dana Whitfield"
    await rep.press("delete")
    await rep.sees("Removed a follow-up with Dana Whitfield", "Upcoming  1")
    await rep.press("u")
    await rep.sees("Upcoming  2")


async def test_several_at_once_are_one_step(rep: Rep) -> None:
    await rep.press("space", "space", "d")
    await rep.sees("Completed  2", "Completed follow-up with Ana Ruiz and 1 more")
    await rep.press("u")
    await rep.sees("Overdue  1", "Today  1")


async def test_the_filter_and_an_empty_tab_say_what_to_press(rep: Rep, tmp_path: Path) -> None:
    await rep.press("ctrl+f", *"boot")
    await rep.sees("Bea Okafor")
    await rep.until(lambda shown: "Ana Ruiz" not in shown, "only Bea")
    await rep.press("escape")
    await rep.sees("Ana Ruiz")


async def test_at_80_columns_enter_shows_what_the_pane_would(promised: Path) -> None:
    async with at_the_desk(promised, (80, 24)) as rep:
        await rep.press("4")
        await rep.sees("Overdue  1", "enter Open")
        await rep.press("j", "enter")
        await rep.sees("Size of the boot", "Last messages", "The 38 is back")
        await rep.press("escape", "p")
        await rep.sees("Bea Okafor", "Overview")


async def test_what_becomes_due_appears_while_the_desk_is_open(promised: Path) -> None:
    """A desk left open over midnight is right in the morning."""
    clock = FrozenClock(NOW)
    async with at_the_desk(promised) as rep:
        await rep.press("4")
        await rep.sees("Today  1", "2 wait for you")
        clock.at = NOW + timedelta(days=7)
        rep.desk.clock = clock
        await rep.sees("Overdue  2", "Today  1", "3 wait for you", "4 Follow-ups 3")
