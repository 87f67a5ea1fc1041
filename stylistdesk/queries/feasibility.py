"""What a booking would do to the day: does it go past midnight, and which lookbook would be late first (R13, R15)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from stylistdesk.db.tables import Assignment
from stylistdesk.domain.assignments import crosses_midnight, deadline, is_owed, say_type
from stylistdesk.domain.bookings import LONGEST
from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.feasibility import Job, first_late
from stylistdesk.domain.types import AssignmentStatus, AssignmentType
from stylistdesk.domain.working_hours import Span, without
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.events import events_between
from stylistdesk.queries.facts import Plan, instant, reader, stored
from stylistdesk.queries.host_events import parties_between
from stylistdesk.queries.working_hours import working_hours

NEW = 0
"""The job of what is being booked."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A booking that is not saved yet. Instants are UTC.

    `assignment_id` and `appointment_id` are what it changes, `None` for a new one. `makes` is whether it is to end in a
    lookbook, `what` of which type in words, `effort` how long that takes, if it is not as long as usual.
    """

    starts_at: datetime
    ends_at: datetime | None
    makes: bool
    name: str = ""
    assignment_id: int | None = None
    appointment_id: int | None = None
    effort: timedelta | None = None
    review_at: datetime | None = None
    overlaps: bool = False  # whether what it stands across is to be said with the rest
    what: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """What is to be said before it is saved. `late` is whose lookbook would be late first ("" where she is not known
    yet, `None` if all fit), `what` its type in words ("" where it is not known), `short` what of it is left.

    `assumed` is whether the usual hours count since the rep has filled in none.
    """

    past_midnight: bool = False
    late: str | None = None
    due_at: datetime | None = None
    short: timedelta = timedelta()
    assumed: bool = False
    review_late: bool = False  # the look review is after the lookbook is due
    what: str = ""

    def __bool__(self) -> bool:
        return self.past_midnight or self.review_late or self.late is not None


def look_ahead(asking: Asking, planned: Planned) -> Warned:
    """What saving it would mean; nothing for what is past."""
    settings, zone, now = asking.settings, asking.zone, asking.now
    plan = Plan.of(asking)
    starts_at, ends_at = planned.starts_at, planned.ends_at or planned.starts_at + plan.usual
    due_at = deadline(starts_at, planned.ends_at, plan.anchor, plan.usual, zone)
    past_midnight = planned.makes and crosses_midnight(starts_at, planned.ends_at, plan.usual, zone)
    review_late = planned.makes and planned.review_at is not None and planned.review_at > due_at
    since = max(now, start_of_day(starts_at.astimezone(zone).date(), zone))
    until = max(due_at, ends_at)
    all_fit = Warned(past_midnight, review_late=review_late)
    if due_at < now:
        return all_fit
    jobs, named = [], {}
    if planned.makes:
        effort = planned.effort or timedelta(minutes=settings.lookbook_minutes)
        jobs, named = [Job(NEW, max(now, ends_at), effort, due_at)], {NEW: (planned.name, planned.what)}
    for job, name, what in _jobs(asking, planned, since, until):
        jobs.append(job)
        named[job.id] = name, what
    if not jobs:
        return all_fit
    hours = working_hours(asking)
    until = max(until, *(job.deadline for job in jobs))
    busy = [(starts_at, ends_at), *_busy(asking, planned, since, until)]
    late = first_late(jobs, without(hours.between(since, until, zone), busy))
    if late is None:
        return all_fit
    whose, what = named[late.job.id]
    if late.job.id == NEW and planned.assignment_id is not None:
        moved = asking.session.get(Assignment, planned.assignment_id)
        what = say_type(moved.type, moved.revision_number) if moved is not None else what
    return Warned(past_midnight, whose, late.job.deadline, late.short, hours.is_assumed, review_late, what)


_JOBS = """
    SELECT a.id, c.name, a.consultation_at, a.consultation_ends_at, a.effort_minutes, a.cancelled_at,
        a.type, a.revision_number
    FROM assignment a JOIN client c ON c.id = a.client_id
    WHERE (a.status IN ('scheduled', 'in_progress') OR (a.status = 'cancelled' AND a.cancelled_at IS NOT NULL))
      AND a.delivered_at IS NULL AND a.consultation_at > :from AND a.consultation_at < :until"""


def _jobs(asking: Asking, planned: Planned, since: datetime, until: datetime) -> Iterator[tuple[Job, str, str]]:
    """The lookbooks due on the days of the booking, whose and of which type; what is late already is not counted."""
    settings, plan, day = asking.settings, Plan.of(asking), timedelta(days=2)
    rows = reader(asking, settings.waits).rows(_JOBS, **{"from": stored(since - day), "until": stored(until)})
    for key, name, starts, ends, minutes, cancelled, kind, number in rows:
        if key == planned.assignment_id:
            continue
        at, ends_at = instant(starts), instant(ends) if ends else None
        due_at = deadline(at, ends_at, plan.anchor, plan.usual, asking.zone)
        gone_at = instant(cancelled) if cancelled else None
        owed = is_owed(AssignmentStatus.CANCELLED, at, due_at, gone_at, None, plan.late_change)
        if since <= due_at and (owed or gone_at is None):
            what = say_type(AssignmentType(kind), number)
            release = asking.now if owed else max(asking.now, ends_at or at + plan.usual)
            yield Job(key, release, timedelta(minutes=minutes or settings.lookbook_minutes), due_at), name, what


# The look review is when the lookbook is wanted, no meeting that takes time from making it.
_BOOKED = """
    SELECT p.id, p.assignment_id, p.kind, p.starts_at, p.ends_at FROM appointment p
    WHERE p.cancelled_at IS NULL AND p.starts_at > :from AND p.starts_at < :until
      AND NOT (p.assignment_id IS NOT NULL AND lower(p.kind) = 'look review')
    UNION ALL
    SELECT 0, a.id, 'consultation', a.consultation_at, a.consultation_ends_at FROM assignment a
    WHERE a.status IN ('scheduled', 'in_progress') AND a.consultation_at > :from AND a.consultation_at < :until
      AND NOT EXISTS (SELECT 1 FROM appointment p WHERE p.assignment_id = a.id AND lower(p.kind) = 'consultation')"""


def _busy(asking: Asking, planned: Planned, since: datetime, until: datetime) -> Iterator[Span]:
    """The time that is taken by everything but what is being booked."""
    usual = timedelta(minutes=asking.settings.appointment_minutes)
    given = {"from": stored(since - LONGEST - timedelta(days=1)), "until": stored(until)}
    for key, assignment_id, kind, starts, ends in reader(asking, asking.settings.waits).rows(_BOOKED, **given):
        own = assignment_id is not None and assignment_id == planned.assignment_id and kind.casefold() == "consultation"
        if key != planned.appointment_id and not own:
            at = instant(starts)
            yield at, instant(ends) if ends else at + usual
    yield from ((event.starts_at, event.ends_at) for event in events_between(asking, since, until) if event.busy)
    yield from ((party.starts_at, party.ends_at) for party in parties_between(asking, since, until))
