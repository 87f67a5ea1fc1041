"""The Appointments tab, by keys alone (R8 to R15)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.assignments import BookAssignment, DeliverLookbook, SessionForm
from stylistdesk.commands.calendar import AddEvent, EventForm
from stylistdesk.commands.desk import SetRecipients
from stylistdesk.commands.lookbooks import AddItem, BeginLookbook, ItemForm
from stylistdesk.db.tables import Assignment, Lookbook, Ticket
from stylistdesk.desk import Desk
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, EventKind
from stylistdesk.paths import desk_paths
from stylistdesk.ui.screens import tickets
from tests.commands.doing import Do
from tests.ui.conftest import NOW, Rep, at_the_desk

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)  # 10:00 in New York


class FromHq(Do):
    """A step of an import from HQ, which alone may write its notes."""

    from_hq = True


@pytest.fixture
def booked(folder: Path) -> Path:
    """Ana at 10:00 today with a note of HQ's, Bea on Monday, Cleo delivered yesterday."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW - timedelta(days=1))) as desk:
        ten = NOW + timedelta(minutes=18)
        for client_id, at in ((1, ten), (2, MONDAY), (3, NOW - 23 * HOUR)):
            desk.do(BookAssignment(client_id, SessionForm(at, at + HOUR, at + 3 * HOUR)))
        desk.do(DeliverLookbook(3))

        def note(work: object) -> None:
            work.session.get(Assignment, 1).hq_notes = "Wants wool, no silk."  # type: ignore[attr-defined]

        desk.do(FromHq(note))
    return folder


@pytest.fixture
async def rep(booked: Path) -> AsyncIterator[Rep]:
    async with at_the_desk(booked) as someone:
        await someone.sees("clients need you")
        await someone.press("2")
        await someone.sees("Today  1", "This week  1", "Delivered, to close out  1", "2 appointments due")
        yield someone


def job(rep: Rep, number: int) -> Assignment:
    found = rep.desk.ask(lambda asking: asking.session.get(Assignment, number))
    assert found is not None
    return found


def at(rep: Rep) -> str:
    """With whom the row under the cursor is."""
    row = rep.app.screen.row  # type: ignore[attr-defined]
    return row.about.name if row else ""


async def test_a_row_and_its_pane_tell_all_of_r9_with_hqs_notes_apart(rep: Rep) -> None:
    await rep.sees(
        "10:00", "Head to Toe", "Scheduled", "HQ note", "unconfirmed", "review 13:00", "from HQ, read only",
        "Wants wool, no silk.", "Style Quiz", "Orders", "Phone", "(212) 555-0101", "hearted", "in cart", "received",
    )  # fmt: skip
    await rep.press("V")
    await rep.sees("Conversation", "Ana Ruiz")
    await rep.press("escape", "Q")
    await rep.sees("Style Quiz")
    assert rep.app.screen.PLACE == "Style Quiz"  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_status_of_a_row_is_there_whatever_is_late(booked: Path, width: int) -> None:
    """It had given way to what is to be noticed: a cancelled session looked like any other."""
    async with at_the_desk(booked, size=(width, 30), now=NOW + 4 * HOUR) as rep:
        await rep.press("2")
        shown = await rep.sees("Ana Ruiz", "review 13:00")
        line = next(line for line in shown.splitlines() if "review 13:00" in line)
        line = line.split("│")[1]
        assert "Scheduled" in line and "not begun" in line and "…" not in line
        assert ("HQ note" in line) == (line.count("·") == 3)  # what is late is there first


async def test_from_scheduled_to_closed_by_one_key_each(rep: Rep) -> None:
    await rep.press("y")
    await rep.sees("Confirmed the appointment with Ana Ruiz", "confirmed")
    await rep.press("i")
    await rep.sees("Began with Ana Ruiz", "In Progress")
    await rep.press("l")
    await rep.sees("Lookbook for Ana Ruiz", "Build it")
    await rep.press("j", "enter")
    await rep.sees("Delivered the lookbook of Ana Ruiz", "Delivered, to close out  2")
    assert job(rep, 1).status is AssignmentStatus.DELIVERED
    await rep.press("G", "o")
    await rep.sees("what comes next?", "Book her next session")
    await rep.press("escape")
    await rep.sees("Delivered, to close out  1")
    await rep.press("u")
    await rep.sees("Took back", "Delivered, to close out  2")


async def test_closing_offers_a_revision_which_may_have_no_time_yet(rep: Rep) -> None:
    await rep.press("G")
    assert at(rep) == "Cleo Marsh"
    await rep.press("o")
    await rep.sees("what comes next?")
    await rep.press("j", "enter")
    await rep.sees("A revision for Cleo Marsh")
    await rep.press("ctrl+s")
    await rep.sees("Booked Revision 1 with Cleo Marsh, with no time yet", "No time yet  1")
    row = job(rep, 4)
    assert (row.type, row.parent_id, row.revision_number) == (AssignmentType.REVISION, 3, 1)


async def test_closing_without_a_lookbook_asks_for_a_reason(rep: Rep) -> None:
    await rep.press("o")
    await rep.sees("Close Head to Toe with Ana Ruiz")
    await rep.press("ctrl+s")
    await rep.sees("No lookbook was delivered.")
    await rep.write("moved")
    await rep.press("ctrl+s")
    await rep.sees("what comes next?")
    assert job(rep, 1).end_reason == "moved"


async def test_booking_says_the_type_and_which_lookbook_would_be_late_and_lets_her_go_on(rep: Rep) -> None:
    await rep.press("a")
    await rep.sees("Book a session", "automatic")
    await rep.write("dana")
    await rep.press("tab")
    await rep.write("mon 15:00")
    await rep.sees("with Dana Whitfield", "Head to Toe: no lookbook", "The lookbook of Dana Whitfield")
    await rep.press("ctrl+s")
    await rep.sees("The lookbook of Dana Whitfield", "30 min of it does", "again saves")
    await rep.sees("(Head to Toe, due", "Mon 23 Nov 23:59) would be late")
    await rep.press("ctrl+s")
    await rep.sees("Booked Dana Whitfield for Mon 23 Nov 15:00, Head to Toe", "This week  2")


async def test_another_type_needs_a_reason(rep: Rep) -> None:
    await rep.press("a")
    await rep.sees("Book a session")
    await rep.write("dana")
    await rep.press("tab")
    await rep.write("tue 10:00")
    await rep.press("tab", "tab", "tab", "right", "right", "ctrl+s")
    await rep.sees("It would be Head to Toe: no lookbook", "Say why it is another type.")
    await rep.write("styled elsewhere")
    await rep.press("ctrl+s")
    await rep.sees("Booked Dana Whitfield for Tue 24 Nov 10:00, Recurring Looks", "Another type because")


async def test_a_late_cancellation_drafts_a_ticket_and_the_lookbook_is_still_owed(
    rep: Rep, monkeypatch: pytest.MonkeyPatch
) -> None:
    await rep.press("x")
    await rep.sees("Call off Head to Toe with Ana Ruiz", "a ticket to HQ is drafted")
    await rep.press("tab")
    await rep.write("ill")
    await rep.press("ctrl+s")
    await rep.sees("Cancelled Head to Toe with Ana Ruiz", "lookbook owed", "2 Appointments 1")
    await rep.press("j", "k")
    await rep.sees("1 ticket (T)")
    await rep.press("T")
    await rep.sees("to HQ", "Late change: Ana Ruiz", "The lookbook is still made and sent.")
    await rep.press("j", "o")
    await rep.sees("The address of HQ is not known.")
    await rep.press("c")
    await rep.sees("Its words are copied. They go to HQ. s when it is sent.")
    assert "The lookbook is still made and sent." in rep.app.clipboard
    await asyncio.to_thread(rep.desk.do, SetRecipients("hq@example.com"))
    monkeypatch.setattr(tickets, "open_link", lambda link: False)
    await rep.press("escape", "T")
    await rep.sees("Late change: Ana Ruiz")
    await rep.press("j", "o")
    await rep.sees("No program here opens mailto: links. c copies its words.")
    await rep.press("e")
    await rep.sees("Edit the ticket")
    await rep.write("Ana is ill")
    await rep.press("ctrl+s")
    await rep.sees("Edited a ticket to HQ", "Ana is ill")
    await rep.press("s")
    await rep.sees("Sent a ticket to HQ", "Sent  1")
    ticket = rep.desk.ask(lambda asking: asking.session.exec(select(Ticket)).one())
    assert (ticket.subject, ticket.sent_at) == ("Ana is ill", NOW)
    await rep.press("escape")
    await rep.sees("lookbook owed")
    await rep.until(lambda shown: "ticket to send" not in shown, "the ticket gone")


async def test_rescheduling_moves_the_session_and_its_appointment(rep: Rep) -> None:
    await rep.press("j", "r")
    await rep.sees("Move Head to Toe with Bea Okafor")
    await rep.write("14:30")
    await rep.sees("Mon 23 Nov 14:30")  # her day, not today
    await rep.press("ctrl+u")
    await rep.write("wed 11:00")
    await rep.press("tab", "tab")
    await rep.write("15:00")
    await rep.sees("Wed 25 Nov 15:00")
    await rep.press("ctrl+s")
    await rep.sees("Moved Bea Okafor to Wed 25 Nov 11:00")
    assert at(rep) == "Bea Okafor"
    assert job(rep, 2).look_review_at == datetime(2026, 11, 25, 20, tzinfo=UTC)


async def test_the_look_review_moves_along_until_another_is_typed(rep: Rep) -> None:
    """Moved in one step with its session, and back by one undo."""
    await rep.press("j", "r")
    await rep.sees("Move Head to Toe with Bea Okafor", "Mon 23 Nov 13:00")
    await rep.write("wed 11:00")
    await rep.sees("Wed 25 Nov 14:00, moved along")
    await rep.press("ctrl+s")
    await rep.sees("Moved Bea Okafor to Wed 25 Nov 11:00")
    assert job(rep, 2).look_review_at == datetime(2026, 11, 25, 19, tzinfo=UTC)
    await rep.press("u")
    await rep.sees("Took back")
    assert job(rep, 2).look_review_at == MONDAY + 3 * HOUR
    await rep.press("r", "tab", "tab")
    await rep.write("17:00")
    await rep.press("shift+tab", "shift+tab")
    await rep.write("wed 11:00")
    await rep.sees("Wed 25 Nov 17:00")
    await rep.press("tab", "tab", "ctrl+u")
    await rep.write("wed 18:00")
    await rep.sees("Wed 25 Nov 18:00")  # the day of the session, not the next one of that name
    await rep.press("ctrl+u")
    await rep.write("17:00")
    await rep.press("ctrl+s")
    await rep.sees("Moved Bea Okafor to Wed 25 Nov 11:00")
    assert job(rep, 2).look_review_at == datetime(2026, 11, 25, 22, tzinfo=UTC)


async def test_a_no_show_is_offered_once_it_has_begun(booked: Path) -> None:
    async with at_the_desk(booked, now=NOW + HOUR) as rep:
        await rep.press("2")
        await rep.sees("Overdue  1", "not begun", "consultation late")
        await rep.press("x")
        await rep.sees("she did not come")
        await rep.press("right", "ctrl+s")
        await rep.sees("Ana Ruiz did not come")
        assert job(rep, 1).status is AssignmentStatus.NO_SHOW


async def test_a_lookbook_is_written_out_to_send(rep: Rep) -> None:
    book = int(rep.desk.do(BeginLookbook(1)).value)
    rep.desk.do(AddItem(book, ItemForm("Cashmere coat", "Look 1", url="https://looks.example.com/1")))
    rep.app.screen.reload()  # type: ignore[attr-defined]
    await rep.pilot.pause(0.3)
    await rep.press("l")
    await rep.sees("Write it out as text", "1 item")
    await rep.press("G", "enter")
    await rep.sees("Wrote ")
    written = list(rep.desk.paths.exports.iterdir())
    assert len(written) == 1 and "Cashmere coat" in written[0].read_text()


async def test_a_lookbook_is_begun_by_building_it_or_by_saving_its_words_alone(rep: Rep) -> None:
    """Left without saving, an empty lookbook stood in her profile."""

    def books() -> list[tuple[str, str]]:
        found = select(Lookbook.title, Lookbook.words).where(Lookbook.assignment_id == 1)
        return rep.desk.ask(lambda asking: [(title, said) for title, said in asking.session.exec(found)])

    await rep.press("l")
    await rep.sees("Build it: looks and items (begins it)")
    await rep.press("G", "enter")
    await rep.sees("Lookbook for Ana Ruiz", "empty is its day")
    await rep.press("escape")
    await rep.press("l")
    await rep.sees("Build it")
    assert books() == []
    await rep.press("G", "enter", "tab")
    await rep.sees("empty is its day")
    await rep.write("For you")
    await rep.press("ctrl+s")
    await rep.sees("Began a lookbook for Ana Ruiz")
    assert books() == [("Lookbook of 21 Nov 2026", "For you")]
    await rep.press("u")
    await rep.sees("Took back")
    assert books() == []


async def test_writing_to_her_that_it_is_ready_delivers_it(rep: Rep) -> None:
    await rep.press("l")
    await rep.sees("Write to her that it is ready")
    await rep.press("j", "j", "enter")
    await rep.sees("Message to Ana Ruiz", "Your lookbook is ready")
    await rep.write("Hi Ana, here is your lookbook: https://looks.example.com/ana")
    await rep.press("ctrl+s")
    await rep.sees("Completed follow-up with Ana Ruiz")
    assert job(rep, 1).status is AssignmentStatus.DELIVERED
    assert at(rep) == "Bea Okafor"  # what comes next in place, not where Ana's row went to
    book = rep.desk.ask(lambda asking: asking.session.exec(select(Lookbook).where(Lookbook.client_id == 1)).one())
    assert book.delivered_at == NOW


async def test_a_lookbook_delivered_in_her_profile_does_not_take_the_list_to_its_end(rep: Rep) -> None:
    rep.desk.do(DeliverLookbook(1))
    rep.app.screen.reload()  # type: ignore[attr-defined]
    await rep.sees("Delivered, to close out  2")
    assert at(rep) == "Bea Okafor"
    await rep.press("u")
    await rep.sees("Took back", "Today  1")
    assert at(rep) == "Ana Ruiz"


async def test_her_own_notes_and_another_appointment(rep: Rep) -> None:
    await rep.press("N")
    await rep.sees("Your notes on Ana Ruiz's Head to Toe")
    await rep.write("Likes long coats")
    await rep.press("ctrl+s")
    await rep.sees("Wrote your notes", "Likes long coats", "Wants wool, no silk.")
    await rep.press("b")
    await rep.sees("Appointment", "Client")
    await rep.write("emi")
    await rep.press("tab")
    await rep.write("tomorrow 12:00")
    await rep.press("ctrl+s")
    await rep.sees("Booked Emi Tanaka for Sun 22 Nov 12:00", "Tomorrow  1")


async def test_at_80_columns_enter_opens_all_of_r9_with_the_same_keys(booked: Path) -> None:
    async with at_the_desk(booked, (80, 24)) as rep:
        await rep.press("2")
        await rep.sees("Today  1")
        await rep.press("enter")
        await rep.sees("from HQ, read only", "Wants wool, no silk.", "Head to Toe", "as in the list")
        await rep.press("i")
        await rep.sees("Began with Ana Ruiz", "Today  1")
        assert job(rep, 1).status is AssignmentStatus.IN_PROGRESS


async def test_at_80_columns_the_footer_has_the_keys_of_the_row(booked: Path) -> None:
    """She had to open the help to find that one can move, call off and confirm."""
    async with at_the_desk(booked, (80, 24)) as rep:
        await rep.press("2")
        await rep.sees("Today  1")
        await rep.sees("i In progress", "l Lookbook", "r Reschedule", "x Call off", "y Confirmed", "? Help")
        await rep.press("y")
        await rep.until(lambda shown: "y Confirmed" not in shown, "what is done gone")
        await rep.press("G")
        shown = await rep.sees("l Lookbook", "o Close out", "v Revision", "a Book", "? Help")
        assert "r Reschedule" not in shown
        await rep.press("question_mark")
        await rep.sees("Keys in Appointments due", "… more below")
        await rep.press("end")
        await rep.until(lambda shown: "more below" not in shown and "settings (ctrl+l)" in shown, "the end of the page")
        await rep.press("k")
        await rep.sees("… more below")


async def test_at_80_columns_the_field_in_hand_of_a_long_form_stays_in_sight(booked: Path) -> None:
    """What the warning says above pushed it out, and nothing told that fields are below."""
    async with at_the_desk(booked, (80, 24)) as rep:
        await rep.press("2")
        await rep.sees("Today  1")
        await rep.press("a")
        await rep.sees("Book a session", "… more below")
        await rep.write("dana")
        await rep.press(*["tab"] * 7)
        await rep.write("fall 2027")
        await rep.sees("Fall 2027")
        rep.app.screen.put("starts", "mon 15:00")  # type: ignore[attr-defined]
        await rep.sees("Head to Toe, due Mon 23 Nov", "fall 2027", "… more below")
        await rep.press("tab")
        await rep.until(lambda shown: "more below" not in shown and "only you see them" in shown, "the last field")


async def test_an_empty_tab_says_what_to_press(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.press("2")
        await rep.sees("No session is booked", "book a session", "book another appointment")


async def test_another_appointment_that_takes_the_time_of_a_lookbook_warns_once(rep: Rep) -> None:
    await rep.press("b")
    await rep.sees("Appointment", "Client")
    await rep.write("emi")
    await rep.press("tab")
    await rep.write("mon 11:00")
    await rep.press("tab")
    await rep.write("5h")
    await rep.sees("The lookbook of Bea", "due Mon 23 Nov 23:59", "would be late: 30")
    await rep.press("ctrl+s")
    await rep.sees("again saves it")
    await rep.press("ctrl+s")
    await rep.sees("Booked Emi Tanaka for Mon 23 Nov 11:00")


@pytest.mark.parametrize("width", [80, 120])
async def test_her_profile_writes_a_lookbook_out_too(booked: Path, width: int) -> None:
    """The message names the file and the folder, also where there is little room."""
    async with at_the_desk(booked, size=(width, 30)) as rep:
        await rep.sees("clients need you")
        await _written_out(rep)


async def _written_out(rep: Rep) -> None:
    book = int(rep.desk.do(BeginLookbook(1)).value)
    rep.desk.do(AddItem(book, ItemForm("Cashmere coat", "Look 1")))
    await rep.app.open_profile(1, "Lookbooks")
    await rep.sees("Cashmere coat")
    await rep.press("enter", "W")
    await rep.sees("Write it out as one page")
    await rep.press("enter")
    said = (await rep.sees("Wrote ana-ruiz-lookbook-of-21-nov-2026.html to /")).splitlines()
    assert any(line.endswith("/exports.") for line in said)
    assert [one.suffix for one in rep.desk.paths.exports.iterdir()] == [".html"]


async def test_booking_across_another_appointment_warns_once(rep: Rep) -> None:
    """Or she stands before two clients at one time (R17)."""
    await rep.press("a")
    await rep.sees("Book a session")
    await rep.write("cleo")
    await rep.press("tab")
    await rep.write("mon 10:30")
    await rep.sees("It overlaps")
    await rep.press("ctrl+s")
    await rep.sees("ctrl+s again")
    await rep.press("ctrl+s")
    await rep.sees("Booked Cleo Marsh for Mon 23 Nov 10:30")


async def test_booking_into_blocked_time_warns_once(rep: Rep) -> None:
    rep.desk.do(AddEvent(EventForm("Dentist", EventKind.BLOCKED, MONDAY + 10 * HOUR, MONDAY + 12 * HOUR)))
    rep.desk.do(
        AddEvent(EventForm("Fair", EventKind.BLOCKED, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 25)))
    )
    await rep.press("a")
    await rep.sees("Book a session")
    await rep.write("cleo")
    await rep.press("tab")
    await rep.write("mon 20:30")
    await rep.sees("It overlaps Dentist 20:00–22:00")
    await rep.press("ctrl+u")
    await rep.write("tue 10:00")
    await rep.sees("It overlaps Fair all day")


async def test_an_empty_list_offers_only_the_keys_that_do_something_there(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you")
        await rep.press("2")
        shown = await rep.sees("a Book", "b Appointment", "u Undo", "? Help")
        assert not any(key in shown for key in ("In progress", "l Lookbook", "v Revision", "enter Profile"))
        await rep.press("a")
        await rep.until(lambda _: rep.app.screen.is_modal, "whom to book")
