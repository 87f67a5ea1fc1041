"""Tasks, appointments, notes, Style Quiz, cadence and lookbooks of a client, by keys."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.appointments import AddAppointment, AppointmentForm
from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.lookbooks import AddItem, AddLookbook, ItemForm
from stylistdesk.commands.quizzes import AddQuiz, QuizForm
from stylistdesk.db.tables import Appointment, Lookbook, LookbookItem, Note, StyleQuiz, StyleQuizAnswer, Task
from stylistdesk.desk import Desk
from stylistdesk.domain.dates import LocalNow
from stylistdesk.paths import desk_paths
from stylistdesk.queries.appointments import client_appointments
from stylistdesk.queries.lookbooks import ItemRow, LookbookRow
from stylistdesk.ui.dialogs.appointment import appointment_dialog
from stylistdesk.ui.profile.lookbooks import Lookbooks
from stylistdesk.ui.profile.screen import Profile
from stylistdesk.ui.profile.section import Look
from stylistdesk.ui.profile.sections import SECTIONS
from stylistdesk.ui.symbols import UNICODE
from tests.ui.conftest import NOW, Rep, at_the_desk

FIRST = [section.TITLE for section in SECTIONS]


@pytest.fixture
async def rep(folder: Path) -> AsyncIterator[Rep]:
    """A rep who has her queue before her."""
    async with at_the_desk(folder) as someone:
        await someone.sees("clients need you", "Ana Ruiz", "Since your last follow-up")
        yield someone


async def go_to(rep: Rep, section: str) -> None:
    """Open Ana's profile and go into a section."""
    await rep.press("enter")
    await rep.sees("Overview", "Ana Ruiz")
    await rep.press(*["right_square_bracket"] * FIRST.index(section), "enter")
    await rep.until(lambda _: isinstance(rep.app.screen, Profile) and rep.app.screen._entries.has_focus, section)


async def fill(rep: Rep, *fields: str) -> None:
    """Type into one field after the other, and save."""
    for at, words in enumerate(fields):
        if at:
            await rep.press("tab")
        if words:
            await rep.write(words)
    await rep.press("ctrl+s")


async def test_a_task_from_its_beginning_to_its_end(rep: Rep) -> None:
    await go_to(rep, "Tasks")
    await rep.sees("Nothing here yet.", "a adds a task.", "f schedules a follow-up.")
    await rep.press("a")
    await rep.sees("Add a task")
    await fill(rep, "Send the swatch", "fri", "Samples", "Mira")
    await rep.sees(
        "Added the task “Send the swatch” for Ana Ruiz", "To do", "Fri 27 Nov", "Send the swatch", "Samples", "for Mira"
    )
    await rep.press("space")
    await rep.sees("Did the task “Send the swatch” for Ana Ruiz", "Done", "Sat 21 Nov", "swatch  done")
    await rep.press("space")
    await rep.sees("Reopened the task", "To do")
    await rep.press("e")
    await rep.sees("Edit the task")
    await fill(rep, "Send two swatches")
    await rep.sees("Send two swatches")
    await rep.press("delete")
    await rep.sees("Nothing here yet.")
    await rep.press("u")
    await rep.sees("Send two swatches")


async def test_a_promised_follow_up_is_changed_and_done(rep: Rep) -> None:
    await go_to(rep, "Tasks")
    await rep.press("f")
    await rep.sees("Follow up with Ana Ruiz")
    await fill(rep, "fri", "Ask about the coat")
    await rep.sees("Promised follow-ups", "Fri 27 Nov", "Ask about the coat")
    await rep.press("e")
    await rep.sees("Edit the follow-up")
    await fill(rep, "mon")
    await rep.sees("Mon 23 Nov")
    await rep.press("space")
    await rep.sees("Completed follow-up with Ana Ruiz", "Earlier follow-ups")
    await rep.press("delete")
    await rep.sees("A completed follow-up stays")


async def test_an_appointment_is_booked_confirmed_called_off_and_moved(rep: Rep) -> None:
    await go_to(rep, "Appointments")
    await rep.press("a")
    await rep.sees("Appointment with Ana Ruiz")
    await fill(rep, "mon 10:00", "1h30", "Fitting", "", "", "fall 26", "Bring the coats")
    await rep.sees(
        "Booked Ana Ruiz for Mon 23 Nov 10:00", "To come", "10:00–11:30", "Fitting", "unconfirmed", "Fall 2026"
    )
    await rep.press("space")
    await rep.until(lambda shown: "unconfirmed" not in shown and "confirmed" in shown)
    await rep.press("o")
    await rep.sees("cancelled", "Cancelled the appointment")
    await rep.press("e")
    await rep.sees("Change the appointment")
    await fill(rep, "tue 9:00")
    await rep.sees("Moved Ana Ruiz to Tue 24 Nov 9:00", "9:00–10:30", "unconfirmed")
    await rep.press("delete")
    await rep.sees("Nothing here yet.", "a adds an appointment.")
    await rep.press("u")
    await rep.sees("Fitting")


async def test_the_form_of_an_appointment_tells_what_it_stands_across_and_what_the_clocks_skip(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        monday = datetime(2026, 11, 23, 15, tzinfo=UTC)
        desk.do(AddAppointment(2, AppointmentForm("Market", monday, monday + timedelta(hours=2))))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        await go_to(rep, "Appointments")
        await rep.press("a")
        await rep.sees("Appointment with Ana Ruiz")
        await rep.write("mon 11:00")
        await rep.sees("Mon 23 Nov 11:00", "until 12:00, 1h; overlaps Bea Okafor 10:00–12:00")
        await rep.write("mon 12:00")
        await rep.until(lambda shown: "until 13:00, 1h" in shown and "across" not in shown)
        await rep.write("14 mar 2:30")
        await rep.press("ctrl+s")
        await rep.sees("There is no 2:30 on Sun 14 Mar", "3:30")
        await rep.write("mon 11:00")
        await rep.press("ctrl+s")
        await rep.sees("Booked Ana Ruiz")


async def test_only_a_year_or_a_season_shows_if_she_wants(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for year, kind, season in ((2024, "Market", "Fall"), (2026, "Fitting", "Fall"), (2027, "Review", "")):
            at = datetime(year, 3, 2, 15, tzinfo=UTC)
            desk.do(AddAppointment(1, AppointmentForm(kind, at, season=season, season_year=year if season else None)))
    settings = desk_paths(folder).settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('appointments_shown = "upcoming"\n')
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        await go_to(rep, "Appointments")
        shown = await rep.sees("Only to come: 1 of 3", "Review")
        assert "Market" not in shown
        await rep.press("y")
        await rep.sees("Show", "all years and seasons", "Fall 2024")
        await rep.press("g", "enter")
        await rep.sees("To come", "Review", "Past", "Fitting", "Market", "Tue 2 Mar 2027")
        await rep.press("y")
        await rep.sees("Fall 2024")
        await rep.press("G", "enter")
        shown = await rep.sees("Only Fall 2024: 1 of 3", "Market")
        assert "Fitting" not in shown


async def test_a_note_tells_its_author_and_sets_how_far_she_is(rep: Rep) -> None:
    await go_to(rep, "Notes")
    await rep.press("a")
    await rep.sees("Note on Ana Ruiz")
    await fill(rep, "Wants two coats", "Fit")
    await rep.sees("Added a note about Ana Ruiz", "Robin", "Fit", "Wants two coats", "stage not said")
    await rep.press("e")
    await rep.sees("Edit the note")
    await rep.press("tab", "tab", "i", "tab")
    await rep.write("holiday 26")
    await rep.press("ctrl+s")
    await rep.sees("she is now interested", "call: interested", "Holiday 2026")
    await rep.press("h")
    await rep.sees("How far she is", "dormant")
    await rep.press("j", "enter")
    await rep.sees("Ana Ruiz is now active")
    await rep.press("delete")
    await rep.sees("Removed a note", "Nothing here yet.", "h says how far she is.")


async def test_n_on_a_list_stays_quick_and_contact_only_just_warns(rep: Rep) -> None:
    await rep.press("n")
    shown = await rep.sees("Note on Ana Ruiz", "Call", "Season")
    assert "Last contact" not in shown
    await fill(rep, "Loves navy")
    await rep.sees("Added a note about Ana Ruiz")
    await rep.press("g", "n")
    assert "Last contact" not in await rep.sees("Note on Ana Ruiz")
    await rep.press("escape")
    await rep.press("c")
    await rep.sees("Call with Ana Ruiz")
    await rep.press("tab", "right", "ctrl+s")
    await rep.sees("Logged a call with Ana Ruiz")
    for key, title in (("c", "Call with Ana Ruiz"), ("n", "Note on Ana Ruiz"), ("m", "Message to Ana Ruiz")):
        await rep.press("g", key)
        await rep.sees(title, "Last contact just now: a call by Robin.")
        await rep.press("escape")
        await rep.until(lambda shown, title=title: title not in shown)  # type: ignore[misc]


async def test_a_note_on_several_tells_how_many_were_contacted_only_just(rep: Rep) -> None:
    await rep.press("c")
    await rep.sees("Call with Ana Ruiz")
    await rep.press("tab", "right", "ctrl+s")
    await rep.sees("Logged a call with Ana Ruiz")
    await rep.press("asterisk", "n")
    await rep.sees("Note on 5 clients", "1 of these 5 was contacted in the last days.")
    await fill(rep, "Invited to the trunk show")
    await rep.sees("Added a note about Ana Ruiz and 4 more")


async def test_a_quiz_is_taken_again_and_both_stand_side_by_side(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        answers = (("Your sizes?", "M, 8, 38"), ("Which colors?", "Ink, bone"))
        desk.do(AddQuiz(1, QuizForm(NOW - timedelta(days=90), 4, answers)))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        await go_to(rep, "Style Quiz")
        await rep.sees("Sun 23 Aug", "$$$$", "2 answers", "Her answers", "Ink, bone")
        await rep.press("a")
        await rep.sees("Add a Style Quiz", "Your sizes?", "last time: M, 8, 38")
        await fill(rep, "yesterday", "", "L, 10, 38", "ink, bone", "Heels?", "Never")
        await rep.sees(
            "Added a Style Quiz", "Fri 20 Nov", "3 answers", "Side by side", "* L, 10, 38", "M, 8, 38", "Never"
        )
        await rep.press("e")
        await rep.sees("Edit the Style Quiz")
        await rep.press("tab", "end", "right", "right", "ctrl+s")
        await rep.sees("Edited a Style Quiz", "$$ ")
        await rep.press("delete")
        await rep.sees("Removed a Style Quiz", "Her answers", "$$$$")


async def test_she_is_enrolled_paused_and_leaves(rep: Rep) -> None:
    await go_to(rep, "Cadence")
    await rep.sees("She has not signed up", "a enrols her.")
    await rep.press("a")
    await rep.sees("Enrol her")
    await fill(rep, "month", "31 jan")
    await rep.sees(
        "Enrolled Ana Ruiz: every month", "counted from Sun 31 Jan 2027", "Sun 28 Feb 2027", "Wed 31 Mar 2027"
    )
    await rep.press("space")
    await rep.sees("Paused the cadence", "paused since Sat 21 Nov", "would come")
    await rep.press("space")
    await rep.sees("Resumed the cadence", "The next six")
    await rep.press("e")
    await rep.sees("Change her cadence")
    await fill(rep, "twice a day")
    await rep.sees("is no interval", "6 weeks")
    await fill(rep, "6 weeks", "today")
    await rep.sees("every 6 weeks", "Sat 2 Jan 2027")
    await rep.press("delete")
    await rep.sees("Ended the cadence", "a enrols her.")


async def test_a_lookbook_is_filled_ordered_and_delivered(rep: Rep, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("stylistdesk.ui.profile.lookbooks.open_link", lambda link: opened.append(link) or True)
    await go_to(rep, "Lookbooks")
    await rep.press("i")
    await rep.sees("Add a lookbook first")
    await rep.press("a")
    await rep.sees("Add a lookbook")
    await fill(rep, "Fall looks 2")
    await rep.sees("to deliver", "Fall looks 2", "not delivered", "no items yet")
    for name, price, page in (("Cashmere coat, ink", "420", "looks.example.com/1"), ("Silk shirt, bone", "140.50", "")):
        await rep.press("g", "i")
        await rep.sees("Add to Fall looks 2")
        await fill(rep, name, "", "Alder & Wick", price, page)
        await rep.sees(f"Added {name}")
    await rep.sees("2 items", "$560.50", "Look 1", "Cashmere coat, ink, Alder & Wick", "$140.50", "1 hearted")
    await rep.press("g", "j", "o")
    await rep.sees("Opened the page of Cashmere coat, ink.")
    assert opened == ["https://looks.example.com/1"]
    await rep.press("J")
    shown = await rep.sees("Moved Cashmere coat, ink")
    assert shown.index("Silk shirt") < shown.rindex("Cashmere coat, ink, Alder")
    await rep.press("g", "y")
    await rep.sees("Delivered “Fall looks 2”", "Sat 21 Nov")
    await rep.press("y")
    await rep.sees("Took back the delivery")
    await rep.press("g", "j", "e")
    await rep.sees("Edit the item")
    await fill(rep, "Silk blouse", "Look 2", "", "lots")
    await rep.sees("is not an amount of money")
    await rep.write("99")
    await rep.press("ctrl+s")
    await rep.sees("Silk blouse", "Look 2", "$99")
    await rep.press("g", "j", "delete")
    await rep.sees("Removed Silk blouse")
    await rep.press("g", "delete")
    await rep.sees("Removed “Fall looks 2”", "a adds a lookbook.")


async def test_a_lookbook_of_many_items_fits_a_small_terminal(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddLookbook(1, "A title that is a good deal longer than a small terminal has room for beside a date"))
        for number in range(40):
            desk.do(
                AddItem(
                    1,
                    ItemForm(f"Item {number} with a long name [/] " * 3, f"Look {number // 4}", "Brand", 42_000, "USD"),
                )
            )
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        await go_to(rep, "Lookbooks")
        await rep.press("G")
        shown = await rep.sees("Item 39", "$420")
        assert all(len(row) <= 80 for row in shown.splitlines())


@pytest.mark.parametrize("width", [55, 70, 97, 110])
def test_an_item_of_which_much_came_is_told_to_its_end(width: int) -> None:
    """The word at the end says that it has a page to open."""
    item = ItemRow(
        1, "", "A long name of a coat " * 5, "Alder", 42_000, "USD", "https://x.example.com", "", *[12] * 4, ()
    )
    other = replace(item, id=2, name="Scarf", hearted=0, commented=0, carted=0, units=0)
    look = Look(LocalNow(NOW, ZoneInfo("America/New_York")), UNICODE, width, lambda name: name)
    book = LookbookRow(1, "Fall looks", NOW, (item, other))
    coat, scarf = ("".join(piece.text for piece in entry.lines[0]) for entry in Lookbooks().entries((book,), look)[-2:])
    assert coat.endswith("12 bought  page" if width >= 70 else "12")
    assert coat.index("$420") == scarf.index("$420")
    assert cell_len(coat) <= width


async def test_without_a_client_the_form_of_an_appointment_finds_her_by_name(rep: Rep) -> None:
    made: list[object] = []

    def saver(make: Callable[[dict[str, str]], Command]) -> Callable[[dict[str, str]], Awaitable[object]]:
        async def save(values: dict[str, str]) -> object:
            made.append(rep.desk.do(make(values)))
            return made[-1]

        return save

    await rep.app.push_screen(await appointment_dialog(rep.desk, None, saver, starts="fri 10:00"))
    await rep.sees("Appointment", "Client", "a few letters of her name", "Fri 27 Nov 10:00")
    await rep.press("ctrl+s")
    await rep.sees("Say with whom.")
    await rep.write("n")
    await rep.press("ctrl+s")
    await rep.sees("“n” can be several clients.", "Ana Ruiz")
    await rep.write("okaf")
    await rep.press("ctrl+s")
    await rep.until(lambda shown: "Consultation" not in shown or made, "saved")
    row = rep.desk.ask(client_appointments, 2)[0]
    assert (row.kind, f"{row.starts_at:%d %H:%M}") == ("Consultation", "27 15:00")


async def test_an_appointment_in_the_repeated_hour_can_be_changed_without_moving_it(folder: Path) -> None:
    second = datetime(2026, 11, 1, 6, 30, 12, tzinfo=UTC)  # the second 1:30, and 12 seconds
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddAppointment(1, AppointmentForm("Late show", second, second + timedelta(minutes=45))))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        await go_to(rep, "Appointments")
        await rep.press("e")
        await rep.sees("2026-11-01T01:30-05:00", "45 min", "the second 1:30")
        await fill(rep, "", "", "Late dinner")
        await rep.sees("Edited an appointment with Ana Ruiz", "Late dinner")
        assert rep.desk.ask(client_appointments, 1)[0].starts_at == second


async def test_stored_text_of_any_kind_acts_on_nothing(folder: Path) -> None:
    evil = "Anna [/] [@click=app.quit()]x[/] \x1b[31m\x07 \u202e end"
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(Evil(evil))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        await rep.press("enter")
        for section in ("Tasks", "Appointments", "Notes", "Style Quiz", "Lookbooks"):
            await rep.app.open_profile(1, section)
            shown = await rep.sees("Anna [/] [@click=app.quit()]x[/]")
            assert not any(ord(sign) < 32 or sign == "\u202e" for sign in shown.replace("\n", ""))
            await rep.press("enter", "e")
            await rep.sees("esc Cancel")
            await rep.press("escape")
            await rep.until(lambda shown: "esc Cancel" not in shown)


@dataclass(frozen=True, slots=True)
class Evil:
    """Rows that something else wrote, uncleaned."""

    text: str

    def apply(self, work: Work) -> Outcome:
        rows = (
            Task(client_id=1, description=self.text, category=self.text, assignee=self.text),
            Appointment(client_id=1, kind=self.text, starts_at=NOW, season=self.text, note=self.text),
            Note(client_id=1, written_at=NOW, body=self.text, kind=self.text, author=self.text, season=self.text),
            StyleQuiz(client_id=1, taken_at=NOW),
            StyleQuizAnswer(quiz_id=1, position=0, question=self.text, answer=self.text),
            Lookbook(client_id=1, title=self.text),
            LookbookItem(lookbook_id=1, look=self.text, name=self.text, brand=self.text, url=self.text),
        )
        for row in rows:
            work.session.add(row)
            work.session.flush()
        return Outcome("Wrote rows")
