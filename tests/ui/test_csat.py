"""CSAT by keys alone: read, answer, adjust, ask the ASM, look back (R21; R5, rule 1)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.csat import AddResponse, CheckToday, ResponseForm
from stylistdesk.db.tables import Assignment, CsatResponse, Message, Ticket
from stylistdesk.desk import Desk
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, Theme
from stylistdesk.paths import desk_paths
from stylistdesk.ui.dialogs import question
from tests.commands.doing import Do
from tests.ui.conftest import NOW, Rep, at_the_desk, fill
from tests.ui.test_hostile_text import STORABLE, harmless

LATE = "The looks were lovely, but I had to ask twice before anyone told me the jacket was sold out."


def with_responses(desk: Desk) -> None:
    """Bea's 2, Ana's 5 and Cleo's 4, all unread; what Dana said in spring is read."""

    def rows(work: Any) -> None:
        at = work.now - timedelta(days=3)
        work.session.add(
            Assignment(
                client_id=2, type=AssignmentType.INITIAL, status=AssignmentStatus.DELIVERED, consultation_at=at,
                delivered_at=at + timedelta(hours=5),
            )
        )  # fmt: skip
        work.session.flush()
        for days, who, score, comment in ((1, 2, 2, LATE), (2, 1, 5, "She listens."), (9, 3, 4, "")):
            work.session.add(
                CsatResponse(
                    client_id=who, external_id=f"c{who}", responded_at=work.now - timedelta(days=days), score=score,
                    comment=comment, assignment_id=1 if who == 2 else None,
                )
            )  # fmt: skip

    fill(desk)
    desk.do(AddResponse(4, ResponseForm(3, NOW - timedelta(days=200), "Good, one size off.", nps=7)))
    desk.do(Do(rows))


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A desk with responses on it."""
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        with_responses(desk)
    return tmp_path


@pytest.fixture
async def rep(full: Path) -> AsyncIterator[Rep]:
    """A rep who looks at how her clients feel."""
    async with at_the_desk(full) as someone:
        await someone.sees("clients need you")
        await someone.press("7")
        await someone.sees("3 unread", "Bea Okafor", "She said")
        yield someone


def rows(rep: Rep, table: Any = CsatResponse) -> list[Any]:
    def ask(asking: Any) -> list[Any]:
        found = list(asking.session.exec(select(table).order_by(table.id)))
        asking.session.expunge_all()
        return found

    return rep.desk.ask(ask)


async def on(rep: Rep, name: str) -> None:
    """Wait until the cursor is on a client's response."""
    await rep.until(lambda _: rep.app.screen.row is not None and rep.app.screen.row.client == name, name)  # type: ignore[attr-defined]


async def back_to_bea(rep: Rep) -> None:
    """Go to Bea's response, wherever it is by now."""
    await rep.until(lambda _: type(rep.app.screen).__name__ == "Csat", "the tab")
    await rep.press("g")
    while rep.app.screen.row.client != "Bea Okafor":  # type: ignore[attr-defined]
        await rep.press("j")


async def test_what_is_new_comes_first_with_all_that_is_known_of_it(rep: Rep) -> None:
    await rep.sees("Unread", "Read", "1 to answer", "CSAT 67 % of 3 in 90 days", "not checked today")
    shown = [row.client for row in rep.app.screen.grouped.records]  # type: ignore[attr-defined]
    assert shown == ["Bea Okafor", "Ana Ruiz", "Cleo Marsh", "Dana Whitfield"]
    await rep.sees(
        "twice before anyone told me the jacket was", "2 of 5",
        "Head to Toe of Wed 18 Nov 9:42", "delivered 14:42", "not answered yet",
        "Trend", "CSAT 50 % of 4 (15–85 %), mean 3.5", "NPS 0 of 1", "67 % of 3",
    )  # fmt: skip


async def test_reading_goes_on_to_the_next_and_the_tab_counts_it(rep: Rep) -> None:
    await rep.sees("CSAT 3")
    await rep.press("r")
    await rep.sees("Read the response of Bea Okafor.", "u undoes it.", "CSAT 2", "To answer")
    await on(rep, "Ana Ruiz")
    await rep.press("r", "r")
    await rep.until(lambda shown: "7 CSAT " in shown and "CSAT 1" not in shown, "nothing is unread")
    await rep.press("u")
    await rep.sees("Took back", "CSAT 1")
    await on(rep, "Cleo Marsh")


async def test_unread_again(rep: Rep) -> None:
    await rep.press("G", "r")
    await rep.sees("Marked the response of Dana Whitfield as unread", "CSAT 4")


async def test_checked_today_reads_all_and_says_when(rep: Rep) -> None:
    await rep.press("y")
    await rep.sees("Checked your responses today, 3 of them new", "u undoes it.")
    await rep.press("escape")
    await rep.sees("Nothing unread", "1 to answer", "checked today 9:42")
    await rep.press("u")
    await rep.sees("CSAT 3")
    await rep.press("escape")
    await rep.sees("3 unread", "not checked today")


async def test_a_check_of_yesterday_is_none_of_today(full: Path) -> None:
    with Desk.open(desk_paths(full), clock=FrozenClock(NOW - timedelta(days=1))) as desk:
        desk.do(CheckToday())
    async with at_the_desk(full) as rep:
        await rep.sees("clients need you")
        await rep.press("7")
        await rep.sees("Nothing unread", "not checked today")


async def test_an_answer_is_drafted_sent_and_settles_it_in_one_step(rep: Rep) -> None:
    before = (await rep.sees("Daily Tasks")).splitlines()[0]
    await rep.press("m")
    await rep.sees("Message to Bea Okafor", "2 of 5", "The looks were lovely", "it is answered", "Needs no consent")
    assert "I am sorry" in rep.app.screen.query_one("#field-body").text  # type: ignore[attr-defined]
    await rep.press("ctrl+s")
    await rep.sees("Answered the response of Bea Okafor.", "It is copied to be pasted.", "u undoes it.")
    assert "I am sorry" in rep.app.clipboard
    (message,) = rows(rep, Message)
    assert message.consent.startswith("answer")
    response = next(row for row in rows(rep) if row.client_id == 2)
    assert response.answered_at == NOW and response.read_at == NOW
    await rep.press("u")
    await rep.sees("Took back", "CSAT 3")
    assert rows(rep, Message) == []
    assert (await rep.sees("Daily Tasks")).splitlines()[0] == before


async def test_a_call_comes_first_and_may_leave_it_open(rep: Rep) -> None:
    await rep.press("c")
    await rep.sees("Call with Bea Okafor", "The looks were lovely", "it is answered")
    await rep.press("shift+tab", "l", "tab", *"Rang twice", "tab", "n", "ctrl+s")
    await rep.sees("Logged a call with Bea Okafor")
    assert (rows(rep, Message)[0].outcome, rows(rep, Message)[0].body) == ("left a message", "Rang twice")
    await back_to_bea(rep)
    await rep.press("c", "ctrl+s")
    await rep.sees("Answered the response of Bea Okafor")


async def test_making_it_right_in_daily_tasks_reads_and_answers_it(rep: Rep) -> None:
    """Rule 1: call first; done with a call settles it, and the tab counts one less."""
    await rep.press("3")
    await rep.sees("Make it right", "by phone")
    while rep.under_cursor() != "Bea Okafor":
        await rep.press("j")
    await rep.press("c")
    await rep.sees("Call with Bea Okafor")
    await rep.press("ctrl+s")
    await rep.sees("Completed follow-up with Bea Okafor", "CSAT 2")
    await rep.press("7")
    await rep.sees("2 unread", "answered")


async def test_themes_by_their_letters(rep: Rep) -> None:
    await rep.press("T")
    await rep.sees("Themes: Bea Okafor", "timely responses", "look quality")
    await rep.press("t", "s", "s", "l", "enter")
    await rep.sees("Changed the themes of the response of Bea Okafor to timely responses, look quality", "By theme")
    assert next(row for row in rows(rep) if row.client_id == 2).themes == f"{Theme.TIMELY} {Theme.LOOKS}"
    await rep.press("T", "t", "escape")
    await rep.sees("timely responses, look quality")


async def test_themes_of_all_that_are_marked(rep: Rep) -> None:
    await rep.press("space", "space")
    await rep.sees("2 marked")
    await rep.press("T", "e", "enter")
    await rep.sees("Changed the themes of 2 responses")
    assert [row.themes for row in rows(rep)] == ["", "execution", "execution", ""]


async def test_an_action_item_from_its_beginning_to_its_end(rep: Rep) -> None:
    await rep.press("i")
    await rep.sees("Action item for Bea Okafor", "The looks were lovely", "CSAT")
    await rep.write("Tell her each morning")
    await rep.press("tab")
    await rep.write("fri")
    await rep.press("ctrl+s")
    await rep.sees("Added an action item for Bea Okafor", "action 27 Nov")
    await back_to_bea(rep)
    await rep.sees("Tell her each morning", "by Fri 27 Nov")
    await rep.press("i")
    await rep.sees("Edit the action item", "not needed any more")
    await rep.press("shift+tab", "right", "ctrl+s")
    await rep.sees("Did the action item for Bea Okafor", "action done")
    await rep.press("i")
    await rep.sees("Edit the action item")
    await rep.press("shift+tab", "right", "ctrl+s")
    await rep.sees("Removed the task “Tell her each morning”")
    await rep.until(lambda shown: "action done" not in shown)


async def test_a_question_to_the_asm_is_drafted_then_sent_then_settled(
    rep: Rep, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(question, "open_link", lambda link: opened.append(link) or True)
    await rep.press("Q")
    await rep.sees("Ask your ASM about Bea Okafor", "Bea Okafor: 2 of 5", "How would you make this right?")
    body = rep.app.screen.query_one("#field-body").text  # type: ignore[attr-defined]
    assert LATE in body and "Head to Toe of 18 Nov" in body
    await rep.press("ctrl+o")
    await rep.sees("Your ASM's email is missing.")
    await rep.press("ctrl+s")
    await rep.sees("Drafted a question to your ASM about Bea Okafor")
    await back_to_bea(rep)
    await rep.sees("drafted, not sent yet")
    await rep.press("Q")
    await rep.sees("Ask your ASM")
    rep.app.screen.query_one("#field-address").focus()
    await rep.write("asm@example.com")
    await rep.press("ctrl+o")
    await rep.sees("Sent a question to your ASM about Bea Okafor", "ASM")
    assert opened and opened[0].startswith("mailto:asm@example.com?subject=Bea%20Okafor")
    assert [ticket.sent_at for ticket in rows(rep, Ticket)] == [NOW]
    await back_to_bea(rep)
    await rep.press("Q")
    await rep.sees("Your ASM was asked", "It is settled")
    await rep.press("enter")
    await rep.sees("Settled a ticket to your ASM")


async def test_a_response_is_typed_in_changed_and_removed(rep: Rep) -> None:
    await rep.press("a")
    await rep.sees("Type in a response", "her newest session")
    await rep.write("bea")
    await rep.press("tab", "3", "tab", *"Nice", "tab")
    await rep.write("yesterday")
    await rep.press("tab")
    await rep.write("11")
    await rep.press("ctrl+s")
    await rep.sees("That is not 0 to 10.")
    await rep.write("9")
    await rep.press("ctrl+s")
    await rep.sees(
        "Added a 5 of 5 by Bea Okafor", "“Nice”", "typed in by you", "recommends you 9 of 10", "Head to Toe of"
    )
    await rep.press("e")
    await rep.sees("Edit the response of Bea Okafor")
    await rep.press("right", "ctrl+s")
    await rep.sees("Edited the response of Bea Okafor", "4 of 5")
    await rep.press("delete")
    await rep.sees("Removed the response of Bea Okafor")
    assert len(rows(rep)) == 4


async def test_what_came_in_a_file_stays(rep: Rep) -> None:
    for key in ("e", "delete"):
        await rep.press(key)
        await rep.sees("This response came in a file")
    assert len(rows(rep)) == 4


async def test_only_some_are_shown(rep: Rep) -> None:
    await rep.press("v")
    await rep.sees("Show only", "about timely responses", "asked of your ASM")
    await rep.press("j", "j", "enter")
    await rep.until(lambda shown: "Ana Ruiz" not in shown and "Bea Okafor" in shown)
    await rep.press("d")
    await rep.sees("Answered the response of Bea Okafor", "No response is to answer.", "esc")
    await rep.press("escape")
    await rep.sees("Ana Ruiz", "Bea Okafor", "answered")


async def test_the_filter_finds_words_of_a_comment(rep: Rep) -> None:
    await rep.press("ctrl+f", *"sold")
    await rep.until(lambda shown: "Ana Ruiz" not in shown and "Bea Okafor" in shown)
    await rep.press("escape")
    await rep.sees("Ana Ruiz")


async def test_enter_reads_it_and_at_80_columns_shows_all_of_it(full: Path) -> None:
    async with at_the_desk(full, (80, 24)) as rep:
        await rep.sees("need you")
        await rep.press("7")
        await rep.sees("3 unread", "not checked today", "enter Open", "Bea Okafor")
        await rep.press("enter")
        await rep.sees("anyone told me the jacket was sold out", "Themes", "Your ASM", "not answered yet", "Trend")
        await rep.press("escape")
        await rep.sees("CSAT 2", "To answer")
        await rep.press("p")
        await rep.sees("Overview")


async def test_enter_opens_her_profile_where_the_pane_has_room(rep: Rep) -> None:
    await rep.press("enter")
    await rep.sees("Overview", "Read the response of Bea Okafor")
    await rep.press("escape")
    await rep.sees("CSAT 2", "2 unread")


async def test_ascii_terminals_see_scores_too(full: Path) -> None:
    async with at_the_desk(full, first={"symbols": "ascii"}) as rep:
        await rep.sees("need you")
        await rep.press("7")
        shown = await rep.sees("**---", "*****", "Bea Okafor", "Trend")
        assert all(
            ord(character) < 128 for character in shown.replace("…", "").replace("–", "") if character.isprintable()
        )


async def test_an_empty_tab_says_what_to_press(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("need you")
        await rep.press("7")
        await rep.sees("No client has said how she feels yet.", "type in what a client said", "no rating in 90 days")
        await rep.press("r", "d", "T", "i", "m", "delete", "enter")
        await rep.sees("No client has said")


@pytest.mark.parametrize("first", range(0, len(STORABLE), 8))
async def test_whatever_a_comment_says_it_does_nothing(tmp_path: Path, first: int) -> None:
    """A survey is answered by anybody: her words must not act on the terminal."""
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        fill(desk)
        desk.do(
            Do(
                lambda work: work.session.add_all(
                    CsatResponse(client_id=1, external_id=str(at), responded_at=work.now, score=2, comment=words)
                    for at, words in enumerate(STORABLE[first : first + 8])
                )
            )
        )
    async with at_the_desk(tmp_path) as rep:
        await rep.sees("5 clients need you")
        for key in ("7", "j", "m", "c", "i", "Q", "T", "j", "ctrl+f"):
            await rep.press(key)
            await rep.pilot.pause()
            assert harmless(rep.read())
            if key not in ("j", "7"):
                await rep.press("escape")
        assert rep.app.is_running


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("f", "", "Scheduled a follow-up with Bea Okafor"),
        ("n", "Wants to be told", "Added a note about Bea Okafor"),
        ("t", "Ring the shop", "Added the task “Ring the shop” for Bea Okafor"),
    ],
)
async def test_what_is_done_with_a_client_is_done_with_whose_response_it_is(
    rep: Rep, key: str, words: str, said: str
) -> None:
    await rep.press(key)
    await rep.sees("Bea Okafor", "ctrl+s")
    if words:
        await rep.write(words)
    await rep.press("ctrl+s")
    await rep.sees(said, "u undoes it.")
