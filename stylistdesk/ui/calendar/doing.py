"""What the keys of the calendar do to it: painting, booking, blocking, changing and removing."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from stylistdesk.domain.bookings import say_length
from stylistdesk.domain.calendar_days import Entry, What
from stylistdesk.domain.day_slots import STEP, as_typed, instant, minutes_of, say_row
from stylistdesk.domain.month_grid import start_of_week
from stylistdesk.domain.types import EventKind
from stylistdesk.ui.calendar import marks
from stylistdesk.ui.calendar.place import MONTH

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.ui.screens.calendar import CalendarScreen

SECTIONS = {
    What.APPOINTMENT: "Appointments",
    What.CONSULTATION: "Appointments",
    What.LOOK_REVIEW: "Appointments",
    What.DEADLINE: "Lookbooks",
    What.FOLLOW_UP: "Tasks",
    What.TASK: "Tasks",
    What.CADENCE: "Cadence",
}
"""Where in her profile what is under the cursor belongs."""


async def paint(screen: "CalendarScreen") -> None:
    """Whole days in the month; by the hour the half hours that are selected: off if she works in all of them."""
    from stylistdesk.commands.availability import PaintHours, TurnDays

    place, grid, desk = screen.place, screen.hours, screen.desk
    days = place.chosen_days
    command: Command
    if place.view == MONTH or desk is None:
        command = TurnDays(days)
    else:
        rows = [grid.rows[row] for row in place.chosen_rows]
        spans = {day: span for day in days if (span := minutes_of(day, rows, desk.zone)) is not None}
        if not spans:
            screen.tell(f"There is no {say_row(rows[0])} on {marks.day_title(place.day, screen.today)}.")
            return
        starts, ends = min(span[0] for span in spans.values()), max(span[1] for span in spans.values())
        if any(row[1] for row in rows) and len(set(spans.values())) > 1:
            screen.tell("The clocks show this hour twice on one of these days: paint that day by itself.")
            return
        there = [(day, row) for day in spans if day in grid.dates for row in place.chosen_rows if grid.has(day, row)]
        works = all(grid.works(day, row) for day, row in there)
        command = PaintHours(tuple(spans), starts, ends, works=not works)
    screen.go(screen.place.without_selection())
    await screen.carry_out(command)


async def as_usual(screen: "CalendarScreen") -> None:
    """The days have their weekly hours again."""
    from stylistdesk.commands.availability import ClearDays

    days = screen.place.chosen_days
    screen.go(screen.place.without_selection())
    await screen.carry_out(ClearDays(days))


async def copy_week(screen: "CalendarScreen") -> None:
    """The next week gets the hours of this one, and is shown, unless it has them already."""
    from stylistdesk.commands.availability import CopyWeek

    source = start_of_week(screen.place.day, screen.place.week_starts)
    target = source + timedelta(days=7)
    outcome = await screen.carry_out(CopyWeek(source, target))
    if outcome is not None and not outcome.changed:
        screen.tell("The next week has the same hours: nothing was changed.")
    elif outcome is not None:
        screen.go(screen.place.to_day(screen.place.day + timedelta(days=7)))


async def edit_hours(screen: "CalendarScreen") -> None:
    """The weekly hours, and those of the day under the cursor."""
    from stylistdesk.ui.calendar.forms import hours_form

    desk, page = screen.desk, screen.page
    if desk is not None and page is not None:
        place = screen.place
        await screen.show_form(hours_form(desk, screen.saver, page.hours, place.day, place.week_starts))


# ------------------------------------------------------------------------ new ones


def _span(screen: "CalendarScreen") -> tuple[datetime, timedelta] | None:
    """From when, and how long, by the hours that are selected; in the month when she begins to work, and no length."""
    desk, place = screen.desk, screen.place
    assert desk is not None
    days = place.chosen_days
    if place.view == MONTH:
        day = place.day
        at = _begins(screen, day)
        while day >= screen.today and (at is None or at < desk.now()) and day < screen.today + timedelta(days=7):
            day += timedelta(days=1)  # her work of today has begun: the next day is offered
            at = _begins(screen, day)
        return (at, timedelta()) if at is not None else None
    rows = [screen.hours.rows[row] for row in place.chosen_rows]
    at = instant(days[0], rows[0], desk.zone)
    last = instant(days[-1], rows[-1], desk.zone)
    if at is None:
        return None
    long = timedelta() if place.anchor is None or last is None else last - at + timedelta(minutes=STEP)
    return at, long


def _begins(screen: "CalendarScreen", day: date) -> datetime | None:
    """When she begins to work on a day; today, with the next part of her hours that is still ahead."""
    desk, page = screen.desk, screen.page
    assert desk is not None
    hours = page.hours.hours(day) if page is not None else ()
    starts = [instant(day, (minute - minute % STEP, 0), desk.zone) for minute, _ in hours or ((9 * 60, 0),)]
    there = [at for at in starts if at is not None]
    ahead = [at for at in there if at >= desk.now()]
    return next(iter(ahead or there), None)


async def book(screen: "CalendarScreen") -> None:
    """Book an appointment at the cursor; the form asks with whom."""
    from stylistdesk.ui.dialogs.appointment import appointment_dialog

    desk = screen.desk
    if desk is None:
        return
    span = _span(screen)
    starts = as_typed(span[0], desk.zone) if span is not None else screen.place.day.isoformat()
    dialog = await appointment_dialog(desk, None, screen.saver, starts=starts)
    if span is not None and span[1]:
        dialog.fields["ends"] = replace(dialog.fields["ends"], value=say_length(span[1]))
    screen.point_at(await screen.show_form(dialog), What.APPOINTMENT)


async def add_event(screen: "CalendarScreen", kind: EventKind) -> None:
    """An event or blocked time at the cursor: whole days in the month, else the hours that are selected."""
    from stylistdesk.ui.calendar.forms import EventDialog

    desk, days = screen.desk, screen.place.chosen_days
    if desk is None:
        return
    starts, ends = days[0].isoformat(), days[-1].isoformat() if len(days) > 1 else ""
    span = _span(screen)
    if screen.place.view != MONTH and span is not None:
        starts, ends = as_typed(span[0], desk.zone), say_length(span[1] or timedelta(hours=1))
    outcome = await screen.show_form(EventDialog(desk, screen.saver, kind, starts, ends))
    screen.point_at(outcome, What.BLOCKED if kind is EventKind.BLOCKED else What.EVENT)


# ---------------------------------------------------------------- what is there already


SHOP = (What.PARTY, What.SHOP_WINDOW)
"""What belongs to an event with a shop window, which the back office keeps."""


async def edit(screen: "CalendarScreen", entry: Entry) -> None:
    """Change an event or an appointment; what belongs to a client's profile is changed there."""
    from stylistdesk.queries.appointments import client_appointments
    from stylistdesk.queries.events import event
    from stylistdesk.ui.calendar.forms import EventDialog
    from stylistdesk.ui.dialogs.appointment import appointment_dialog

    desk = screen.desk
    if desk is None:
        return
    if entry.what in (What.EVENT, What.BLOCKED):
        row = await asyncio.to_thread(desk.ask, event, entry.id)
        if row is not None and not row.is_ours:
            said = "This came from another calendar: change it there, then sync or import it again."
            screen.program.tell(said, bad=True)
        elif row is not None:
            await screen.show_form(EventDialog(desk, screen.saver, row.kind, row=row))
        return
    if entry.what is What.APPOINTMENT and entry.client_id is not None:
        rows = await asyncio.to_thread(desk.ask, client_appointments, entry.client_id)
        booked = next((row for row in rows if row.id == entry.id), None)
        if booked is not None:
            await screen.show_form(await appointment_dialog(desk, entry.client_id, screen.saver, booked))
        return
    await open_entry(screen, entry)


async def remove(screen: "CalendarScreen", entry: Entry) -> None:
    """Take it away; what follows from an assignment or a cadence is changed there."""
    from stylistdesk.commands.appointments import RemoveAppointment
    from stylistdesk.commands.calendar import RemoveEvent
    from stylistdesk.commands.follow_ups import RemoveFollowUp
    from stylistdesk.commands.work import RemoveTask

    made: Callable[[int], Command] | None = {
        What.EVENT: RemoveEvent,
        What.BLOCKED: RemoveEvent,
        What.APPOINTMENT: RemoveAppointment,
        What.FOLLOW_UP: RemoveFollowUp,
        What.TASK: RemoveTask,
    }.get(entry.what)  # type: ignore[assignment]
    if entry.what in SHOP:
        screen.program.tell("This event has a shop window.", bad=True, after="The back office calls it off.")
    elif made is None:
        key = screen.program.keymap_of_desk.shown("calendar_open")
        screen.program.tell(f"This follows from her looks: {key} goes to them.", bad=True)
    else:
        await screen.carry_out(made(entry.id))


async def open_entry(screen: "CalendarScreen", entry: Entry) -> None:
    """Open what it is about: the client's profile at the section it belongs to, or the form of an event."""
    if entry.client_id is not None and entry.what in SECTIONS:
        await screen.program.open_profile(entry.client_id, SECTIONS[entry.what])
    elif entry.what in (What.EVENT, What.BLOCKED):
        await edit(screen, entry)
    elif entry.what in SHOP:
        from stylistdesk.ui.backoffice.event_page import HostEventPage

        await screen.app.push_screen(HostEventPage(entry.id))
    else:
        key = screen.program.keymap_of_desk.shown("calendar_remove")
        screen.program.tell(f"This task is nobody's in particular. {key} removes it.")
