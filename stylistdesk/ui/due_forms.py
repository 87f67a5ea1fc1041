"""The forms of the Appointments tab: book, move, revise, call off, close out, the rep's notes."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.assignments import is_late_change
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import AssignmentStatus, AssignmentType
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.dialogs.session import AUTOMATIC, SessionDialog, Whom, read_whom
from stylistdesk.ui.lines import BLANK, Line, Piece

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.queries.assignments import DueRow
    from stylistdesk.ui.screens.appointments import AppointmentsDue


async def book(screen: "AppointmentsDue", client_id: int | None = None) -> None:
    """Book a session, for this client or for one who is found by a few letters."""
    desk = screen.desk
    assert desk is not None
    whom = await asyncio.to_thread(read_whom, desk, client_id) if client_id is not None else None

    def make(form: SessionDialog, values: dict[str, str]) -> "Command":
        from stylistdesk.commands.assignments import BookAssignment

        if form.whom is None:
            raise Refused("Say with whom.", field="client", hint="A few letters of her name.")
        kind = AssignmentType(values["type"]) if values["type"] != AUTOMATIC else None
        return BookAssignment(form.whom.client_id, form.session(values), kind, values["reason"])

    title = f"Book a session with {whom.name}" if whom is not None else "Book a session"
    draft = f"session:new:{client_id or ''}"
    await show(screen, SessionDialog(desk, title, screen.saver, make, whom=whom, draft=draft))


async def show(screen: "AppointmentsDue", dialog: SessionDialog) -> Any:
    """Show a form of a session, then the assignment that it made or moved."""
    outcome = await screen.app.push_screen_wait(dialog)
    if outcome is not None:
        await screen.load(at_key=2 * outcome.value)
        screen.program.tell_done(outcome)
    return outcome


async def revise(screen: "AppointmentsDue", row: "DueRow") -> None:
    """A revision of what was delivered, with a time or none yet."""
    desk, parent_id = screen.desk, row.assignment_id
    assert desk is not None
    if parent_id is None or row.delivered_at is None:
        screen.tell("Only a lookbook that was delivered can be revised.", bad=True)
        return

    def make(form: SessionDialog, values: dict[str, str]) -> "Command":
        from stylistdesk.commands.assignments import RequestRevision

        return RequestRevision(parent_id, form.session(values))

    title = f"A revision for {row.about.name}"
    whom = Whom(row.about.client_id, row.about.name, delivered=True)
    about: tuple[Line, ...] = ((Piece(f"Of {row.what}: the number follows from the first lookbook.", "quiet"),), BLANK)
    dialog = SessionDialog(desk, title, screen.saver, make, whom=whom, row=row, may_wait=True, about=about)
    await show(screen, dialog)


async def reschedule(screen: "AppointmentsDue", row: "DueRow") -> None:
    """New times for an assignment; for another appointment its own form."""
    desk, number = screen.desk, row.assignment_id
    assert desk is not None
    if number is None:
        await edit_appointment(screen, row)
        return
    if row.delivered_at is not None:
        screen.tell("Its lookbook was delivered.", bad=True, after="v asks for a revision.")
        return

    def make(form: SessionDialog, values: dict[str, str]) -> "Command":
        from stylistdesk.commands.assignments import RescheduleAssignment

        session = form.session(values)
        assert session.consultation_at is not None
        return RescheduleAssignment(
            number, session.consultation_at, session.consultation_ends_at, session.look_review_at
        )

    title = f"{'Move' if row.at else 'A time for'} {row.what} with {row.about.name}"
    whom = Whom(row.about.client_id, row.about.name, delivered=False)
    about = late_lines(screen, row)
    await show(screen, SessionDialog(desk, title, screen.saver, make, whom=whom, row=row, books=False, about=about))


def late_lines(screen: "AppointmentsDue", row: "DueRow") -> tuple[Line, ...]:
    """What is said above a form that moves or calls off a session within 48 hours of it (R14)."""
    desk = screen.desk
    assert desk is not None
    hours = desk.settings.late_change_hours
    if row.at is None or row.due_at is None or row.status is AssignmentStatus.CANCELLED:
        return ()
    if not is_late_change(row.at, row.due_at, desk.now(), timedelta(hours=hours)):
        return ()
    said = f"Within {hours} hours of the session: a ticket to HQ is drafted,"
    return ((Piece(said, "late"),), (Piece("and the lookbook is still made and sent.", "late"),), BLANK)


async def edit_appointment(screen: "AppointmentsDue", row: "DueRow | None") -> None:
    """The form of an appointment that ends in no lookbook: a new one, or this one."""
    from stylistdesk.queries.appointments import client_appointments
    from stylistdesk.ui.dialogs.appointment import appointment_dialog

    desk = screen.desk
    assert desk is not None
    client_id, stands = None, None
    if row is not None:
        client_id = row.about.client_id
        hers = await asyncio.to_thread(desk.ask, client_appointments, client_id)
        stands = next((one for one in hers if one.id == row.appointment_id), None)
    dialog = await appointment_dialog(desk, client_id, screen.saver, stands)
    outcome = await screen.app.push_screen_wait(dialog)
    if outcome is not None:
        await screen.load(at_key=2 * outcome.value + 1)
        screen.program.tell_done(outcome)


async def call_off(screen: "AppointmentsDue", row: "DueRow") -> None:
    """It is cancelled, or she did not come."""
    from stylistdesk.commands.appointments import CancelAppointment
    from stylistdesk.commands.assignments import CancelAssignment, MarkNoShow

    number, desk = row.assignment_id, screen.desk
    assert desk is not None
    if number is None:
        if row.appointment_id is not None:
            await screen.carry_out_here(CancelAppointment(row.appointment_id))
        return
    begun = row.at is not None and row.at <= desk.now()
    missed = (("no_show", "she did not come"),) if begun else ()
    fields = [
        Field("how", "It is", choices=(("cancelled", "cancelled"), *missed)),
        Field("reason", "Reason", hint="why, in a few words; may be empty"),
    ]

    def make(values: dict[str, str]) -> "Command":
        did = MarkNoShow if values["how"] == "no_show" else CancelAssignment
        return did(number, values["reason"])

    title = f"Call off {row.what} with {row.about.name}"
    await screen.fill_in_here(title, fields, make, does="Call off", about=late_lines(screen, row))


async def close_out(screen: "AppointmentsDue", row: "DueRow") -> None:
    """Close it, with a reason if nothing was delivered; then offer what comes next (R14)."""
    from stylistdesk.commands.assignments import CloseOut

    number = row.assignment_id
    if number is None:
        screen.tell("Only an assignment is closed out.", bad=True, after="x calls an appointment off.")
        return
    if row.delivered_at is not None:
        outcome = await screen.carry_out_here(CloseOut(number))
    else:
        fields = [Field("reason", "Reason", hint="why it ends without a lookbook")]
        title = f"Close {row.what} with {row.about.name}"
        outcome = await screen.fill_in_here(title, fields, lambda v: CloseOut(number, v["reason"]), does="Close")
    if outcome is None:
        return
    choices = [("", "Nothing for now"), ("next", "Book her next session")]
    if row.delivered_at is not None:
        choices.insert(1, ("revision", "She wants changes: a revision"))
    chosen = await screen.app.push_screen_wait(Picker(f"{row.about.name}: what comes next?", choices))
    if chosen == "revision":
        await revise(screen, row)
    elif chosen == "next":
        await book(screen, row.about.client_id)


async def write_notes(screen: "AppointmentsDue", row: "DueRow") -> None:
    """The rep's own notes on an assignment."""
    from stylistdesk.commands.assignments import SetRepNotes

    number = row.assignment_id
    if number is None:
        await edit_appointment(screen, row)
        return
    fields = [Field("notes", "Your notes", row.notes, hint="HQ's are read-only, in a box of their own", lines=6)]
    title = f"Your notes on {row.about.name}'s {row.what}"
    await screen.fill_in_here(title, fields, lambda v: SetRepNotes(number, v["notes"]), stay=True)
