"""Search: `/` from anywhere, what was found as she types, and enter opens the thing itself (R43)."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input, TextArea

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.appointments import AddAppointment, AppointmentForm
from stylistdesk.commands.assignments import BookAssignment, SessionForm
from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.gifts import SellGift
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.work import AddTask
from stylistdesk.db.tables import Assignment, CompanyFile, HostEvent, Message, Order, OrderLine, Return, SignUp, Ticket
from stylistdesk.desk import Desk
from stylistdesk.domain.types import AssignmentType, Cents, Channel, Direction, OrderStatus, TicketTo
from stylistdesk.paths import desk_paths
from stylistdesk.queries.search import search
from stylistdesk.ui.dialogs.search import LONGEST
from stylistdesk.ui.profile.screen import Profile
from stylistdesk.ui.widgets.entries import Entries
from tests.ui.conftest import NOW, Rep, at_the_desk

DAY = NOW.date()


@dataclass(frozen=True, slots=True)
class Wrote:
    """Rows of all sorts, as an import would bring them."""

    rows: tuple[Callable[[], Any], ...]

    def apply(self, work: Work) -> Outcome:
        for make in self.rows:
            work.session.add(make())
            work.session.flush()
        return Outcome("Wrote")


ORDER = {
    "client_id": 4, "source": "desk", "number": "S1042", "status": OrderStatus.PLACED, "placed_at": NOW,
    "currency": "USD", "subtotal_cents": 42_000, "shipping_cents": 0, "tax_cents": 0, "discount_cents": 0,
    "total_cents": 42_000,
}  # fmt: skip

WRITTEN: tuple[Command, ...] = (
    AddNote(2, "Her sister moves to Lisbon in May."),
    *(AddNote(2, f"Filler {n}") for n in range(30)),
    BookAssignment(5, SessionForm(NOW + timedelta(days=2, hours=1))),
    AddTask(3, "Swatches of heather by post", DAY + timedelta(days=3)),
    SellGift(2, Cents(5_000), DAY, "Marisol", number="GC7K2M9XQW"),
    Wrote(
        (
            lambda: Order(**ORDER),
            lambda: OrderLine(order_id=1, position=1, name="Velvet cape", quantity=1, price_cents=42_000),
            lambda: OrderLine(order_id=1, position=2, name="Wool scarf", quantity=1, price_cents=0),
            lambda: Order(**ORDER | {"client_id": 5, "number": "S2"}),
            lambda: OrderLine(order_id=2, position=1, name="Wool scarf", quantity=1, price_cents=0),
            lambda: Message(
                client_id=3, channel=Channel.EMAIL, direction=Direction.IN, sent_at=NOW, subject="Zinnias", body="A"
            ),
            lambda: Return(
                client_id=4, order_id=1, root_order_id=1, number="R2026-7", opened_on=DAY, currency="USD", note="small"
            ),
            lambda: HostEvent(name="Autumn soiree", code="autumn", opens_on=DAY, closes_on=DAY + timedelta(days=4)),
            lambda: CompanyFile(title="Terms of sale", dated_on=date(2026, 5, 1), name="t.txt", sha256="0", size=1,
                added_at=NOW),
            lambda: SignUp(name="Wilhelmina Vos", code="wv", added_at=NOW),
            lambda: Assignment(client_id=3, type=AssignmentType.INITIAL, rep_notes="Ask about the wedding"),
            lambda: Ticket(recipient=TicketTo.HQ, subject="Broken clasps", body="Three.", drafted_at=NOW),
        )
    ),
)  # fmt: skip


@pytest.fixture
def folder(folder: Path) -> Path:
    """The desk with something of every kind."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for command in WRITTEN:
            desk.do(command)
    return folder


async def look_for(rep: Rep, words: str) -> None:
    await rep.press("slash")
    await rep.sees("─ Search ─")
    await rep.write(words)


@pytest.mark.parametrize(
    ("typed", "heading", "there"),
    [
        ("okafor", "Clients", ("Bea Okafor", "Overview")),
        ("okafro", "Clients, nearly so", ("Bea Okafor", "Overview")),
        ("(212) 555-0103", "Contacts", ("─ Contacts ─", "Cleo Marsh")),
        ("lisbon", "Notes", ("─ Notes ─", "Her sister moves to Lisbon")),
        ("zinnias", "Messages", ("─ Emails ─", "Zinnias")),
        ("love the coat", "Comments", ("─ History ─", "Love the coat")),
        ("swatches", "Tasks", ("─ Tasks ─", "Swatches of heather")),
        ("1042", "Orders", ("S1042", "$420 ", "Velvet cape")),
        ("7k2m9xqw", "Gift certificates", ("GC7K2M9XQW", "Marisol", "$50 of $50")),
        ("2026-7", "Returns", ("R2026-7",)),
        ("soirée", "Events", ("─ Autumn soiree ─",)),
        ("velvet", "Items", ("Dana Whitfield", "Overview")),
        ("wool scarf", "Items", ("─ Wool scarf ─", "Dana Whitfield", "ordered", "Emi")),
        ("terms of", "Company files", ("─ Company files ─", "Terms of sale")),
        ("wilhelm", "Sign-ups", ("─ Sign-ups ─", "Wilhelmina Vos")),
        ("emi head to toe", "Sessions", ("─ Appointments ─", "To come", "Mon 23 Nov")),
        ("emi 2026-11-23", "Appointments", ("─ Appointments ─", "To come", "Mon 23 Nov")),
        ("wedding", "Sessions", ("appointments due", "no time yet", "Ask about the wedding")),
        ("clasps", "Tickets", ("─ Tickets ─", "Broken clasps")),
    ],
)
async def test_enter_opens_the_thing_itself(folder: Path, typed: str, heading: str, there: tuple[str, ...]) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await look_for(rep, typed)
        await rep.sees(heading)
        await rep.press("enter")
        await rep.until(lambda shown: "─ Search ─" not in shown and all(w in shown for w in there), there)


async def test_the_cursor_is_on_the_note_that_was_found(folder: Path) -> None:
    """However many notes were written since: the next key is meant for that one."""
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("need you")
        await look_for(rep, "lisbon")
        await rep.sees("Her sister moves to Lisbon")
        await rep.press("enter")
        await rep.sees("─ Notes ─", "Lisbon")
        entries = rep.app.screen.query_one("#entries", Entries)
        await rep.until(lambda _: entries.has_focus and entries.current == ("note", 1), "on the note")
        await rep.press("escape", "escape")
        await rep.sees("─ Search ─", "lisbon")
        await rep.press("escape")
        await rep.sees("need you")


@pytest.mark.parametrize(
    ("typed", "there", "escapes"),
    [
        ("okafor", "Overview", 1), ("lisbon", "─ Notes ─", 2), ("1042", "$420 ", 1), ("7k2m9xqw", "$50 of $50", 1),
        ("2026-7", "R2026-7", 1), ("soiree", "─ Autumn soiree ─", 1), ("terms of", "─ Company files ─", 2),
        ("clasps", "─ Tickets ─", 1), ("velvet", "Overview", 1),
        ("wool scarf", "─ Wool scarf ─", 1),
    ],
)  # fmt: skip
async def test_escape_goes_back_to_the_search_and_from_there_to_where_she_was(
    folder: Path, typed: str, there: str, escapes: int
) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("8")
        await rep.sees("by name")
        await look_for(rep, typed)
        await rep.until(lambda _: rep.app.screen.listed.record is not None, "found")  # type: ignore[attr-defined]
        await rep.press("enter")
        await rep.until(lambda shown: "─ Search ─" not in shown and there in shown, there)
        await rep.pilot.pause(0.1)
        await rep.press(*["escape"] * escapes)
        await rep.sees("─ Search ─", typed)
        await rep.press("escape")
        await rep.until(lambda shown: "─ Search ─" not in shown and "by name" in shown, "where she was")
        await rep.press("enter")
        await rep.sees("Overview")
        await rep.press("escape")
        await rep.until(lambda shown: "─ Search ─" not in shown and "by name" in shown, "no search opened that one")


async def test_back_in_the_search_are_the_kind_and_the_cursor_that_she_left(folder: Path) -> None:
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("need you")
        await look_for(rep, "filler")
        await rep.sees("… more notes")
        await rep.press("up", *["down"] * 5, "enter")
        await rep.until(lambda shown: "… more notes" not in shown and shown.count("Filler") > 10, "all of them")
        await rep.press(*["down"] * 8)
        chosen = rep.app.screen.listed.record  # type: ignore[attr-defined]
        await rep.press("enter")
        await rep.sees("─ Notes ─")
        await rep.press("escape", "escape")
        await rep.sees("─ Search ─", "Filler")
        await rep.until(lambda _: rep.app.screen.listed.record == chosen, "the same note")  # type: ignore[attr-defined]
        await rep.press("escape")
        await rep.sees("… more notes")


@pytest.mark.parametrize("opens", ["slash", "n"])
async def test_what_is_taken_back_in_a_burst_is_gone_before_what_is_typed_after_it(rep: Rep, opens: str) -> None:
    """In a form as well: letters overtook the backspaces before them, and were taken back in their stead."""
    await rep.press(opens)
    await rep.until(lambda _: isinstance(rep.app.focused, Input | TextArea), "a line")
    line = rep.app.focused
    assert isinstance(line, Input | TextArea)
    for key in (*"gift", *["backspace"] * 4, *"ordr", "left", "e", "end", "backspace", "r", *" 1042"):
        is_letter = len(key) == 1
        rep.app.post_message(events.Key(_character_to_key(key) if is_letter else key, key if is_letter else None))
    await rep.sees("1042")
    assert (line.text if isinstance(line, TextArea) else line.value) == "order 1042"


async def test_an_item_says_who_last_had_to_do_with_it(folder: Path) -> None:
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("need you")
        await look_for(rep, "velvet")
        await rep.sees("Velvet cape", "ordered by Dana Whitfield", "21 Nov")
        await rep.write("dana velvet")
        await rep.sees("Velvet cape", "ordered by Dana Whitfield")
        await rep.press("enter")
        await rep.sees("Order ", "Velvet cape")
        await rep.press("escape")
        await rep.sees("─ Search ─")
        await rep.write("emi head")
        await rep.sees("Head to Toe", "10:42", "Scheduled", "23 Nov")


async def test_a_day_shows_what_is_on_it_and_says_where_days_are(folder: Path) -> None:
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("need you")
        await look_for(rep, "23 nov")
        await rep.sees("Appointments", "Sessions", "10:42", "Autumn soiree")
        await rep.press("ctrl+u")
        await rep.write("24 december")
        await rep.sees("Nothing is on “24 december”.", "beside a client's name", "5  ")


async def test_another_search_over_what_was_opened_opens_that(folder: Path) -> None:
    """And leaves the page of the first, without its search coming back."""
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await look_for(rep, "1042")
        await rep.sees("S1042")
        await rep.press("enter")
        await rep.sees("$420 ", "Velvet cape")
        await look_for(rep, "okafor")
        await rep.sees("Bea Okafor")
        await rep.press("enter")
        await rep.sees("Bea Okafor", "Overview")
        await rep.pilot.pause(0.3)
        assert "─ Search ─" not in rep.read()
        await rep.press("3")
        await rep.sees("clients need you")
        await rep.press("escape")
        await rep.pilot.pause(0.3)
        assert "─ Search ─" not in rep.read()


async def test_an_appointment_that_does_not_show_in_her_profile_is_shown_when_it_was_found(folder: Path) -> None:
    (folder / "settings.toml").write_text('appointments_shown = "upcoming"\n')
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddAppointment(4, AppointmentForm("Fitting", NOW - timedelta(days=40))))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await look_for(rep, "dana fitting")
        await rep.sees("Appointments", "12 Oct")
        await rep.press("enter")
        await rep.sees("─ Appointments ─", "Fitting", "Past")
        entries = rep.app.screen.query_one("#entries", Entries)
        await rep.until(lambda _: entries.current == ("appointment", 2), "on it")


async def test_the_last_search_is_there_again(folder: Path) -> None:
    """With the cursor where it was; what is typed takes its place; escape goes back to where she was."""
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("8")
        await rep.sees("by name")
        await look_for(rep, "a")
        await rep.sees("Clients")
        await rep.press("tab", "escape")
        await rep.until(lambda shown: "by name" in shown and "─ Search ─" not in shown, "back in All clients")
        await rep.press("slash")
        await rep.sees("─ Search ─", "Clients", "Events")
        await rep.until(lambda _: getattr(rep.app.screen.listed.record, "kind", "") == "event", "the place")  # type: ignore[attr-defined]
        await rep.press(*"zzz")
        await rep.sees("Nothing on the desk has “zzz”.")
        await rep.press("escape", "slash")
        await rep.write("")
        await rep.sees("Type a few letters, or a few digits.")


async def test_all_of_a_kind_are_shown_when_more_is_opened(folder: Path) -> None:
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("need you")
        await look_for(rep, "filler")
        await rep.sees("… more notes")
        await rep.press("up", *["down"] * 5, "enter")
        await rep.until(lambda shown: "… more notes" not in shown and shown.count("Filler") > 10, "all of them")
        await rep.press("escape")
        await rep.sees("… more notes")


async def test_enter_right_after_the_last_letter_opens_what_was_typed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers to the letters before it come late, and are not what she means."""
    asked: list[str] = []
    gate = threading.Event()

    def slow(asking: Any, typed: str, *args: Any, **how: Any) -> Any:
        asked.append(typed)
        gate.wait(5)
        return search(asking, typed, *args, **how)

    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("slash")
        await rep.sees("─ Search ─", "Type a few letters")
        monkeypatch.setattr("stylistdesk.queries.search.search", slow)
        await rep.press(*"marsh", "enter")
        gate.set()
        await rep.until(lambda _: isinstance(rep.app.screen, Profile), "a profile")
        await rep.sees("Cleo Marsh")
        assert len(asked) < len("marsh"), "letters that were typed over are not asked for"


async def test_what_is_typed_at_once_goes_into_the_box(folder: Path) -> None:
    """And does nothing to the client under the cursor, though each letter is a key of triage."""
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        before = rep.desk.version
        for key in ("slash", *"dsnx"):
            rep.app.post_message(events.Key(key, key if len(key) == 1 else "/"))
        await rep.sees("─ Search ─", "dsnx")
        assert rep.desk.version == before
        await rep.press("escape")
        await rep.sees("clients need you")


async def test_of_a_long_paste_the_beginning_is_taken(folder: Path) -> None:
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("clients need you")
        await rep.press("/")
        await rep.sees("Type a few letters")
        rep.app.post_message(events.Paste("nothing like it " * 700))
        await rep.sees("Nothing on the desk has “nothing like it nothing", "in one thing or in its client's name.")
        assert len(rep.app.screen._line.value) == LONGEST  # type: ignore[attr-defined]


async def test_a_click_chooses_and_a_second_one_opens(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await look_for(rep, "a")
        await rep.sees("Clients", "Events")
        await rep.pilot.click("#hits", offset=(4, 1), times=2)
        await rep.until(lambda _: isinstance(rep.app.screen, Profile), "a profile")


async def test_it_works_from_a_page_over_another_and_not_over_a_form(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("w")
        await rep.until(lambda _: rep.app.screen.is_modal, "why")
        await look_for(rep, "lisbon")
        await rep.sees("Her sister moves to Lisbon")
        await rep.press("enter")
        await rep.sees("─ Notes ─", "Lisbon")
        await rep.press("escape", "escape")
        await rep.sees("─ Search ─")
        await rep.press("escape")
        await rep.sees("clients need you")
        await rep.press("n")
        await rep.sees("Note on")
        await rep.press("slash")
        await rep.until(lambda shown: "─ Search ─" not in shown and "/" in shown, "a slash in the note")
        rep.app.action_search()
        await rep.pilot.pause(0.2)
        assert "─ Search ─" not in rep.read()


async def test_a_window_that_only_reads_searches_too(folder: Path) -> None:
    """Also on a profile as it was: what is found is of today."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)):
        async with at_the_desk(folder) as rep:
            await rep.sees("open in another window")
            await look_for(rep, "okafro")
            await rep.sees("Bea Okafor")
            await rep.press("enter")
            await rep.sees("Bea Okafor", "Overview")
            await rep.press("ctrl+y")
            await rep.sees("The profile as of")
            await rep.write("today")
            await rep.press("enter")
            await rep.sees("it can only be read")
            await look_for(rep, "lisbon")
            await rep.sees("Her sister")
            await rep.press("enter")
            await rep.until(lambda shown: "─ Notes ─" in shown and "As of" not in shown, "the notes of today")
