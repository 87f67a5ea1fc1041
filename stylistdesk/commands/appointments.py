"""Appointments (R27): booked, moved, confirmed, cancelled.

An appointment of an assignment and the assignment's own time are one thing, so that moving one moves the other; the
assignment's status stays (R12). Within 48 hours of it [late_change_hours], HQ has to be told of a move or a
cancellation: a task is added that says it, and the lookbook is still made and sent (R14).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.db.tables import Appointment, Assignment, Brand, Client, Location, Task
from stylistdesk.domain.bookings import check_span
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import YEARS
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import AssignmentStatus

_COLUMNS = {"consultation": "consultation_at", "look review": "look_review_at"}
"""Which time of an assignment an appointment of a kind is."""
_OPEN = (AssignmentStatus.SCHEDULED, AssignmentStatus.IN_PROGRESS)


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
        return Outcome(f"Booked {client.name} for {_when(work, form.starts_at)}", (self.client_id,), appointment.id)


def _when(work: Work, at: datetime) -> str:
    local = at.astimezone(work.zone)
    return f"{local:%a %-d %b} {local.hour}:{local.minute:02}"


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


@dataclass(frozen=True, slots=True)
class EditAppointment:
    """Change an appointment; one that gets a new time is rescheduled: it is to be confirmed again, and stands again."""

    appointment_id: int
    form: AppointmentForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field."""
        appointment, client = _hers(work, self.appointment_id)
        form = self.form.checked(work, appointment.client_id)
        before = appointment.starts_at
        _fill(appointment, form)
        if form.starts_at == before:
            return Outcome(f"Edited an appointment with {client.name}", (appointment.client_id,), appointment.id)
        told = "" if appointment.cancelled_at else _tell_hq(work, appointment, before, "moved")
        appointment.confirmed_at = appointment.cancelled_at = None
        _keep_in_step(work, appointment)
        said = f"Moved {client.name} to {_when(work, form.starts_at)}"
        return Outcome(said + told, (appointment.client_id,), appointment.id)


def _keep_in_step(work: Work, appointment: Appointment) -> None:
    assignment = work.session.get(Assignment, appointment.assignment_id) if appointment.assignment_id else None
    column = _COLUMNS.get(appointment.kind.casefold())
    if assignment is not None and column is not None and assignment.status in _OPEN:
        setattr(assignment, column, appointment.starts_at)


def _tell_hq(work: Work, appointment: Appointment, was_at: datetime, what: str) -> str:
    """A task to tell HQ, if it is so late and HQ's business; what to say of it (R14)."""
    late = timedelta(hours=work.settings.late_change_hours)
    if appointment.assignment_id is None or not work.now <= was_at < work.now + late:
        return ""
    now = f", now {_when(work, appointment.starts_at)}" if what == "moved" else ""
    work.session.add(
        Task(
            client_id=appointment.client_id,
            description=f"Tell HQ: {appointment.kind} of {_when(work, was_at)} {what}{now}; the lookbook is sent.",
            category="HQ",
            due_on=work.now.astimezone(work.zone).date(),
        )
    )
    return "; a task says to tell HQ, the lookbook is still sent"


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
        already = appointment.cancelled_at is not None
        told = ""
        if self.cancelled and not already:
            appointment.cancelled_at = work.now
            told = _tell_hq(work, appointment, appointment.starts_at, "cancelled")
        elif not self.cancelled:
            appointment.cancelled_at = None
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
