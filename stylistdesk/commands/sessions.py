"""The session of an assignment and the appointments that stand for it, kept in step; its lookbook delivered.

Every way to move, cancel, begin or deliver comes through here: the Appointments tab, the calendar, the profile, a key
in Daily Tasks. Within 48 hours [late_change_hours] of the session a ticket to HQ is drafted, and the lookbook is still
made and sent (R14): one that is moved is due on the day of its new time; of one that is cancelled only the lookbook
remains, due when it was, and it can be delivered and closed.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from stylistdesk.commands.base import Work
from stylistdesk.commands.tickets import tell_hq
from stylistdesk.db.tables import Appointment, Assignment, Lookbook
from stylistdesk.domain.assignments import (
    MISSED,
    OPEN,
    check_move,
    deadline,
    is_late_change,
    is_owed,
    say_type,
    type_for,
)
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import AssignmentStatus, AssignmentType

CONSULTATION, LOOK_REVIEW = "Consultation", "Look review"


def assignment_with(work: Work, assignment_id: int) -> Assignment:
    """The assignment, or `Refused` if it is gone."""
    assignment = work.session.get(Assignment, assignment_id)
    if assignment is None:
        raise Refused("This assignment is no longer on the desk.", hint="Undo brings a removed one back.")
    return assignment


def when(work: Work, at: datetime) -> str:
    """An instant in words for a label: "Mon 23 Nov 10:00"."""
    local = at.astimezone(work.zone)
    return f"{work.say(local.date())} {local.hour}:{local.minute:02}"


def due_at(work: Work, assignment: Assignment) -> datetime | None:
    """The same-day deadline (R13), if it has a time."""
    if assignment.consultation_at is None:
        return None
    usual = timedelta(minutes=work.settings.appointment_minutes)
    anchor = work.settings.deadline_counts_from
    return deadline(assignment.consultation_at, assignment.consultation_ends_at, anchor, usual, work.zone)


def owes(work: Work, assignment: Assignment) -> bool:
    """Whether it was cancelled so late that its lookbook is still to be sent (R14)."""
    within = timedelta(hours=work.settings.late_change_hours)
    one = assignment
    return is_owed(one.status, one.consultation_at, due_at(work, one), one.cancelled_at, one.delivered_at, within)


def meetings(work: Work, assignment: Assignment) -> list[Appointment]:
    """The appointments that stand for it, oldest first."""
    found = select(Appointment).where(Appointment.assignment_id == assignment.id).order_by(col(Appointment.id))
    return list(work.session.exec(found))


def is_kind(meeting: Appointment, kind: str) -> bool:
    """Whether the appointment is of that kind, however it is written."""
    return meeting.kind.casefold() == kind.casefold()


# ---------------------------------------------------------------------- its times


def place(work: Work, assignment: Assignment) -> None:
    """Let there be an appointment for each time that it has: a new time is not confirmed yet, and stands again."""
    known = meetings(work, assignment)
    for kind, starts_at, ends_at in (
        (CONSULTATION, assignment.consultation_at, assignment.consultation_ends_at),
        (LOOK_REVIEW, assignment.look_review_at, None),
    ):
        meeting = next((one for one in known if is_kind(one, kind)), None)
        if starts_at is None:
            if meeting is not None:
                work.session.delete(meeting)
            continue
        if meeting is None:
            meeting = Appointment(
                client_id=assignment.client_id, assignment_id=assignment.id, kind=kind, starts_at=starts_at
            )
        elif meeting.starts_at != starts_at:
            meeting.confirmed_at = None
        if kind == CONSULTATION:
            meeting.ends_at = ends_at
        elif meeting.ends_at is not None:
            meeting.ends_at += starts_at - meeting.starts_at
        meeting.starts_at, meeting.cancelled_at = starts_at, None
        work.session.add(meeting)


def move(work: Work, assignment: Assignment, at: datetime, ends_at: datetime | None, review_at: datetime | None) -> str:
    """Give it new times; what to say of it. One that was cancelled or missed is open again, as when HQ moves it.

    Raises `Refused` for one that was delivered or closed.
    """
    if assignment.status not in (*OPEN, *MISSED) or assignment.delivered_at is not None:
        raise Refused("Its lookbook was delivered.", hint="Ask for a revision, or book the next session.")
    told = ""
    before = assignment.consultation_at
    if before is not None and before != at:
        late = assignment.status in OPEN and _is_late(work, assignment)
        told = tell_hq(work, assignment, f"was moved from {when(work, before)} to {when(work, at)}", late=late)
    if assignment.status in MISSED or at > work.now:
        if at > work.now:
            assignment.started_at = None  # what is still to come has not begun
        _open_again(assignment)
    assignment.consultation_at, assignment.consultation_ends_at = at, ends_at
    assignment.look_review_at = review_at
    work.session.add(assignment)
    place(work, assignment)
    return told


def _open_again(assignment: Assignment) -> None:
    begun = assignment.started_at is not None
    assignment.status = AssignmentStatus.IN_PROGRESS if begun else AssignmentStatus.SCHEDULED
    assignment.cancelled_at, assignment.end_reason = None, ""


def _is_late(work: Work, assignment: Assignment) -> bool:
    due = due_at(work, assignment)
    within = timedelta(hours=work.settings.late_change_hours)
    at = assignment.consultation_at
    return at is not None and due is not None and is_late_change(at, due, work.now, within)


def cancel(work: Work, assignment: Assignment, reason: str = "") -> str:
    """Its session does not take place; what to say of it. Raises `Refused` unless R12 lets it be cancelled."""
    check_move(assignment.status, AssignmentStatus.CANCELLED)
    late = _is_late(work, assignment)
    told = ""
    if assignment.consultation_at is not None:
        told = tell_hq(work, assignment, f"of {when(work, assignment.consultation_at)} was cancelled", late=late)
    assignment.status, assignment.end_reason = AssignmentStatus.CANCELLED, reason
    assignment.cancelled_at = work.now
    work.session.add(assignment)
    for meeting in meetings(work, assignment):
        if late and is_kind(meeting, LOOK_REVIEW):
            continue  # the lookbook is still to be sent then
        meeting.cancelled_at = meeting.cancelled_at or work.now
        work.session.add(meeting)
    return told


def restore(work: Work, assignment: Assignment) -> None:
    """It was not cancelled after all."""
    if assignment.status in MISSED:
        tell_hq(work, assignment, "takes place after all", late=False)
        _open_again(assignment)
        work.session.add(assignment)
        place(work, assignment)


# --------------------------------------------------------------------- its status


def begin(work: Work, assignment: Assignment) -> None:
    """R12: In Progress. Raises `Refused` unless it was Scheduled."""
    check_move(assignment.status, AssignmentStatus.IN_PROGRESS)
    assignment.status = AssignmentStatus.IN_PROGRESS
    assignment.started_at = assignment.started_at or work.now
    work.session.add(assignment)


def deliver(work: Work, assignment: Assignment, lookbook: Lookbook | None = None, at: datetime | None = None) -> None:
    """R12: Delivered, with its lookbook, which is made if there is none. What was delivered before keeps its time.

    Raises `Refused` unless it was Scheduled or In Progress, or cancelled so late that the lookbook is still sent.
    """
    check_move(assignment.status, AssignmentStatus.DELIVERED, owed=owes(work, assignment))
    at = at or work.now
    if assignment.status is not AssignmentStatus.CANCELLED:
        assignment.started_at = assignment.started_at or at
    assignment.status, assignment.delivered_at = AssignmentStatus.DELIVERED, at
    lookbook = lookbook or lookbook_of(work, assignment)
    if lookbook is None:
        lookbook = Lookbook(client_id=assignment.client_id, assignment_id=assignment.id, title=title_for(work, at))
    lookbook.delivered_at = lookbook.delivered_at or at
    work.session.add(assignment)
    work.session.add(lookbook)
    _type_again(work, assignment.client_id)


def take_delivery_back(work: Work, assignment: Assignment) -> None:
    """Its lookbook was not delivered after all. Raises `Refused` once it is closed out with that delivery."""
    if assignment.status is AssignmentStatus.CLOSED and assignment.delivered_at is not None:
        raise Refused("It was closed out with this delivery.", hint="Take the close-out back first, in her History.")
    if assignment.status is AssignmentStatus.DELIVERED:
        assignment.status = AssignmentStatus.CANCELLED if assignment.cancelled_at else AssignmentStatus.IN_PROGRESS
        assignment.delivered_at = None
        work.session.add(assignment)
        _type_again(work, assignment.client_id)


def has_lookbook(session: Session, client_id: int) -> bool:
    """Whether a lookbook has been delivered to her (R10)."""
    book, job = Lookbook, Assignment
    books = select(book.id).where(book.client_id == client_id, col(book.delivered_at).is_not(None)).limit(1)
    jobs = select(job.id).where(job.client_id == client_id, col(job.delivered_at).is_not(None)).limit(1)
    return session.exec(books).first() is not None or session.exec(jobs).first() is not None


def _type_again(work: Work, client_id: int) -> None:
    """What is booked ahead is Initial exactly while no lookbook was delivered (R10), unless HQ or a reason says so."""
    work.session.flush()
    right = type_for(delivered=has_lookbook(work.session, client_id))
    job = Assignment
    ahead = select(job).where(
        job.client_id == client_id,
        job.status == AssignmentStatus.SCHEDULED,
        job.type != AssignmentType.REVISION,
        job.type_reason == "",
        col(job.external_id).is_(None),
    )
    for assignment in work.session.exec(ahead):
        assignment.type = right
        work.session.add(assignment)


def lookbook_of(work: Work, assignment: Assignment) -> Lookbook | None:
    """The lookbook that it is to end in: one that is not delivered yet before one that is."""
    found = (
        select(Lookbook)
        .where(Lookbook.assignment_id == assignment.id)
        .order_by(col(Lookbook.delivered_at).is_not(None), col(Lookbook.id))
    )
    return work.session.exec(found).first()


def title_for(work: Work, at: datetime) -> str:
    """What a lookbook is called until the rep says otherwise."""
    return f"Lookbook of {at.astimezone(work.zone):%-d %b %Y}"


def named(assignment: Assignment) -> str:
    """What kind of assignment it is, in words."""
    return say_type(assignment.type, assignment.revision_number)
