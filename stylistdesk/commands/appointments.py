"""Appointments (R27): booked, moved, confirmed, cancelled.

The consultation of an assignment and the assignment's own session are one thing: moving or cancelling the one moves or
cancels the other, as `commands/sessions.py` does (R12, R14). A look review moves by itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.sessions import CONSULTATION, LOOK_REVIEW, cancel, is_kind, move, restore, when
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.db.tables import Appointment, Assignment, Brand, Client, Location
from stylistdesk.domain.assignments import MISSED, OPEN
from stylistdesk.domain.bookings import check_span
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import YEARS
from stylistdesk.domain.text import clean


@dataclass(frozen=True, slots=True)
class AppointmentForm:
    """What the form of an appointment holds. Instants are UTC; the location is one of hers."""

    kind: str
    starts_at: datetime
    ends_at: datetime | None = None
    season: str = ""
    season_year: int | None = None
    location_id: int | None = None
    brand_id: int | None = None
    note: str = ""

    def checked(self, work: Work, client_id: int) -> "AppointmentForm":
        """The same, cleaned. Raises `Refused` at the first wrong field."""
        kind = clean(self.kind)
        if not kind:
            raise Refused("Say what kind of appointment it is.", field="kind", hint="For example: consultation.")
        if self.starts_at.year not in YEARS:
            raise Refused("That day is too far away.", field="starts", hint="For example: fri 10:00, 3/14 9:30.")
        check_span(self.starts_at, self.ends_at)
        location = work.session.get(Location, self.location_id) if self.location_id else None
        if self.location_id and (location is None or location.client_id != client_id):
            raise Refused("This is not a place of hers.", field="location", hint="Leave it empty if none fits.")
        if self.brand_id and work.session.get(Brand, self.brand_id) is None:
            raise Refused("This brand is no longer on the desk.", field="brand", hint="Leave it empty if none fits.")
        return replace(
            self,
            kind=kind,
            season=clean(self.season),
            note=clean(self.note, multiline=True, limit=MOST_WORDS),
        )


@dataclass(frozen=True, slots=True)
class AddAppointment:
    """Book an appointment with a client. `Outcome.value` is its id."""

    client_id: int
    form: AppointmentForm

    def apply(self, work: Work) -> Outcome:
        """One that is past is kept too, for the record. Raises `Refused` at the first wrong field."""
        client = client_named(work.session, self.client_id)
        form = self.form.checked(work, self.client_id)
        appointment = Appointment(client_id=self.client_id, kind=form.kind, starts_at=form.starts_at)
        _fill(appointment, form)
        work.session.add(appointment)
        work.session.flush()
        return Outcome(f"Booked {client.name} for {when(work, form.starts_at)}", (self.client_id,), appointment.id)


def _fill(appointment: Appointment, form: AppointmentForm) -> None:
    appointment.kind, appointment.note = form.kind, form.note
    appointment.starts_at, appointment.ends_at = form.starts_at, form.ends_at
    appointment.season, appointment.season_year = form.season, form.season_year
    appointment.location_id, appointment.brand_id = form.location_id, form.brand_id


def _hers(work: Work, appointment_id: int) -> tuple[Appointment, Client]:
    appointment = work.session.get(Appointment, appointment_id)
    if appointment is None:
        raise Refused("This appointment is no longer on the desk.", hint="Undo brings a removed one back.")
    return appointment, client_named(work.session, appointment.client_id)


def _session(work: Work, appointment: Appointment) -> Assignment | None:
    """The assignment whose consultation this is."""
    if appointment.assignment_id is None or not is_kind(appointment, CONSULTATION):
        return None
    return work.session.get(Assignment, appointment.assignment_id)


@dataclass(frozen=True, slots=True)
class EditAppointment:
    """Change an appointment; one that gets a new time is rescheduled: it is to be confirmed again, and stands again."""

    appointment_id: int
    form: AppointmentForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field, and for a session whose lookbook was delivered."""
        appointment, client = _hers(work, self.appointment_id)
        form = self.form.checked(work, appointment.client_id)
        assignment, before = _session(work, appointment), appointment.starts_at
        _fill(appointment, form)
        if form.starts_at == before:
            if assignment is not None and assignment.consultation_at == before:
                assignment.consultation_ends_at = form.ends_at
            return Outcome(f"Edited an appointment with {client.name}", (appointment.client_id,), appointment.id)
        appointment.confirmed_at = appointment.cancelled_at = None
        told = ""
        if assignment is not None and (assignment.status in (*OPEN, *MISSED) or assignment.delivered_at is not None):
            review_at = assignment.look_review_at
            review_at = review_at and review_at + (form.starts_at - before)
            told = move(work, assignment, form.starts_at, form.ends_at, review_at)
            told = f" and its look review along{told}" if review_at is not None else told
        elif appointment.assignment_id is not None and is_kind(appointment, LOOK_REVIEW):
            reviewed = work.session.get(Assignment, appointment.assignment_id)
            if reviewed is not None and reviewed.status in OPEN:
                reviewed.look_review_at = form.starts_at
        said = f"Moved {client.name} to {when(work, form.starts_at)}"
        return Outcome(said + told, (appointment.client_id,), appointment.id)


@dataclass(frozen=True, slots=True)
class ConfirmAppointment:
    """She has confirmed, or has not after all."""

    appointment_id: int
    confirmed: bool = True

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for one that was cancelled."""
        appointment, client = _hers(work, self.appointment_id)
        if appointment.cancelled_at is not None:
            raise Refused("It was cancelled.", hint="Give it a new time, or take the cancellation back.")
        appointment.confirmed_at = (appointment.confirmed_at or work.now) if self.confirmed else None
        said = "Confirmed" if self.confirmed else "Took back the confirmation of"
        return Outcome(f"{said} the appointment with {client.name}", (appointment.client_id,), appointment.id)


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    """It does not take place, or does after all. It stays in the list."""

    appointment_id: int
    cancelled: bool = True

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the appointment is gone."""
        appointment, client = _hers(work, self.appointment_id)
        assignment = _session(work, appointment)
        told = ""
        if self.cancelled:
            if assignment is not None and assignment.status in OPEN and appointment.cancelled_at is None:
                told = cancel(work, assignment)
            appointment.cancelled_at = appointment.cancelled_at or work.now
        else:
            appointment.cancelled_at = None
            if assignment is not None:
                restore(work, assignment)
        said = "Cancelled" if self.cancelled else "Took back the cancellation of"
        return Outcome(f"{said} the appointment with {client.name}{told}", (appointment.client_id,), appointment.id)


@dataclass(frozen=True, slots=True)
class RemoveAppointment:
    """Take an appointment away that should never have been there."""

    appointment_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the appointment is gone."""
        appointment, client = _hers(work, self.appointment_id)
        work.session.delete(appointment)
        return Outcome(f"Removed an appointment with {client.name}", (appointment.client_id,))
