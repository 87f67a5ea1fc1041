"""Assignments: booked, moved, begun, delivered, closed, cancelled, missed and revised (R10 to R14)."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.sessions import (
    assignment_with,
    begin,
    cancel,
    deliver,
    has_lookbook,
    meetings,
    move,
    named,
    owes,
    place,
    when,
)
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.db.tables import Assignment, Client
from stylistdesk.domain.assignments import Relative, check_move, check_type, next_revision, type_for
from stylistdesk.domain.bookings import check_span
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import YEARS
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import AssignmentStatus, AssignmentType

WHEN = "For example: fri 10:00, 3/14 9:30."
LONGEST_EFFORT = 24 * 60


@dataclass(frozen=True, slots=True)
class SessionForm:
    """What the form of a session holds. Instants are UTC; `effort_minutes` is how long its lookbook takes to make."""

    consultation_at: datetime | None
    consultation_ends_at: datetime | None = None
    look_review_at: datetime | None = None
    effort_minutes: int | None = None
    season: str = ""
    season_year: int | None = None
    rep_notes: str = ""

    def checked(self) -> "SessionForm":
        """The same, cleaned. Raises `Refused` at the first wrong field; without a consultation it has no time yet."""
        at = self.consultation_at
        if at is not None:
            if at.year not in YEARS:
                raise Refused("That day is too far away.", field="starts", hint=WHEN)
            check_span(at, self.consultation_ends_at)
            if self.look_review_at is not None and self.look_review_at < at:
                raise Refused("The look review is before the consultation.", field="review", hint=WHEN)
        if self.effort_minutes is not None and not 0 < self.effort_minutes <= LONGEST_EFFORT:
            raise Refused("A lookbook takes minutes to a day.", field="effort", hint="For example: 1h30, 45 min.")
        return replace(
            self,
            consultation_ends_at=self.consultation_ends_at if at else None,
            look_review_at=self.look_review_at if at else None,
            season=clean(self.season),
            rep_notes=clean(self.rep_notes, multiline=True, limit=MOST_WORDS),
        )


def _booked(work: Work, assignment: Assignment, form: SessionForm) -> Assignment:
    assignment.consultation_at, assignment.consultation_ends_at = form.consultation_at, form.consultation_ends_at
    assignment.look_review_at, assignment.effort_minutes = form.look_review_at, form.effort_minutes
    assignment.rep_notes = form.rep_notes
    work.session.add(assignment)
    work.session.flush()
    place(work, assignment)
    work.session.flush()
    for meeting in meetings(work, assignment):
        meeting.season, meeting.season_year = form.season, form.season_year
    return assignment


def _hers(work: Work, assignment_id: int) -> tuple[Assignment, Client]:
    assignment = assignment_with(work, assignment_id)
    return assignment, client_named(work.session, assignment.client_id)


@dataclass(frozen=True, slots=True)
class BookAssignment:
    """Book a session with its consultation and look review. `Outcome.value` is the assignment's id.

    Without a type it is the one that R10 says; another one needs a reason.
    """

    client_id: int
    form: SessionForm
    type: AssignmentType | None = None
    type_reason: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without a time, for a type that R10 does not allow, and at the first wrong field."""
        client = client_named(work.session, self.client_id)
        form = self.form.checked()
        if form.consultation_at is None:
            raise Refused("Say when the consultation is.", field="starts", hint=WHEN)
        delivered, reason = has_lookbook(work.session, self.client_id), clean(self.type_reason)
        right = type_for(delivered=delivered)
        kind = self.type or right
        check_type(kind, delivered=delivered, parent_delivered=None, reason=reason)
        assignment = Assignment(client_id=self.client_id, type=kind, type_reason=reason if kind is not right else "")
        _booked(work, assignment, form)
        said = f"Booked {client.name} for {when(work, form.consultation_at)}, {named(assignment)}"
        return Outcome(said, (self.client_id,), assignment.id)


@dataclass(frozen=True, slots=True)
class RequestRevision:
    """Changes to a delivered lookbook are asked for, with a time or none yet (R10). `Outcome.value` is its id."""

    parent_id: int
    form: SessionForm = field(default_factory=lambda: SessionForm(None))

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` unless what it revises was delivered, and at the first wrong field."""
        parent, client = _hers(work, self.parent_id)
        form = self.form.checked()
        kind = AssignmentType.REVISION
        check_type(kind, delivered=True, parent_delivered=parent.delivered_at is not None, reason="")
        hers = work.session.exec(
            select(Assignment.id, Assignment.parent_id, Assignment.revision_number).where(
                Assignment.client_id == parent.client_id
            )
        )
        number = next_revision(self.parent_id, [Relative(one or 0, of, number) for one, of, number in hers])
        assignment = Assignment(client_id=parent.client_id, type=kind, parent_id=self.parent_id, revision_number=number)
        _booked(work, assignment, form)
        at = f" for {when(work, form.consultation_at)}" if form.consultation_at else ", with no time yet"
        return Outcome(f"Booked {named(assignment)} with {client.name}{at}", (parent.client_id,), assignment.id)


@dataclass(frozen=True, slots=True)
class RescheduleAssignment:
    """Give an assignment new times, or its first; late, HQ is to be told (R14). One that was missed is open again."""

    assignment_id: int
    consultation_at: datetime
    consultation_ends_at: datetime | None = None
    look_review_at: datetime | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field, and for one that was delivered or closed."""
        assignment, client = _hers(work, self.assignment_id)
        form = SessionForm(self.consultation_at, self.consultation_ends_at, self.look_review_at).checked()
        ends_at, review_at = form.consultation_ends_at, form.look_review_at
        told = move(work, assignment, self.consultation_at, ends_at, review_at)
        said = f"Moved {client.name} to {when(work, self.consultation_at)}{told}"
        return Outcome(said, (assignment.client_id,), assignment.id)


@dataclass(frozen=True, slots=True)
class CancelAssignment:
    """Its session does not take place; late, HQ is to be told and the lookbook is still made and sent (R14)."""

    assignment_id: int
    reason: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` unless it is Scheduled or In Progress (R12)."""
        assignment, client = _hers(work, self.assignment_id)
        told = cancel(work, assignment, clean(self.reason))
        return Outcome(
            f"Cancelled {named(assignment)} with {client.name}{told}", (assignment.client_id,), assignment.id
        )


@dataclass(frozen=True, slots=True)
class MarkNoShow:
    """She did not come. It does not use up her Initial Looks (R10)."""

    assignment_id: int
    reason: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` before the consultation has begun, and unless it is Scheduled or In Progress (R12)."""
        assignment, client = _hers(work, self.assignment_id)
        check_move(assignment.status, AssignmentStatus.NO_SHOW)
        if assignment.consultation_at is None or assignment.consultation_at > work.now:
            raise Refused("Its consultation has not begun.", hint="Cancel it, if it does not take place.")
        assignment.status, assignment.end_reason = AssignmentStatus.NO_SHOW, clean(self.reason)
        assignment.cancelled_at = work.now
        for meeting in meetings(work, assignment):
            if meeting.starts_at > work.now:
                meeting.cancelled_at = meeting.cancelled_at or work.now
        return Outcome(f"{client.name} did not come", (assignment.client_id,), assignment.id)


@dataclass(frozen=True, slots=True)
class StartConsultation:
    """The consultation begins: In Progress (R12). Later than its time it is flagged late."""

    assignment_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` unless it is Scheduled."""
        assignment, client = _hers(work, self.assignment_id)
        begin(work, assignment)
        return Outcome(f"Began with {client.name}", (assignment.client_id,), assignment.id)


@dataclass(frozen=True, slots=True)
class DeliverLookbook:
    """The lookbook of an assignment was delivered now (R12, R13); late is recorded, never refused."""

    assignment_id: int

    def apply(self, work: Work) -> Outcome:
        """Makes a lookbook if there is none. Raises `Refused` if it was delivered, missed or cancelled early."""
        assignment, client = _hers(work, self.assignment_id)
        deliver(work, assignment)
        return Outcome(f"Delivered the lookbook of {client.name}", (assignment.client_id,), assignment.id)


@dataclass(frozen=True, slots=True)
class CloseOut:
    """An assignment is over: its lookbook was delivered, or there is a reason why not (R14)."""

    assignment_id: int
    reason: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without a delivery and without a reason, and where R12 does not let it be closed."""
        assignment, client = _hers(work, self.assignment_id)
        check_move(assignment.status, AssignmentStatus.CLOSED, owed=owes(work, assignment))
        reason = clean(self.reason)
        if assignment.delivered_at is None and not reason:
            raise Refused("No lookbook was delivered.", field="reason", hint="Say why, or deliver it first.")
        assignment.status, assignment.closed_at = AssignmentStatus.CLOSED, work.now
        assignment.end_reason = reason or assignment.end_reason
        return Outcome(f"Closed {named(assignment)} with {client.name}", (assignment.client_id,), assignment.id)


@dataclass(frozen=True, slots=True)
class SetRepNotes:
    """Write the rep's own notes on an assignment; HQ's are not hers to change (R11)."""

    assignment_id: int
    words: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the assignment is gone."""
        assignment, client = _hers(work, self.assignment_id)
        assignment.rep_notes = clean(self.words, multiline=True, limit=MOST_WORDS)
        return Outcome(
            f"Wrote your notes on {client.name}'s {named(assignment)}", (assignment.client_id,), assignment.id
        )
