"""Under which heading of the Appointments tab something stands (R8)."""

from datetime import date, datetime
from enum import StrEnum

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.types import AssignmentStatus


class DueGroup(StrEnum):
    """The headings, in their order."""

    OVERDUE = "Overdue"
    TODAY = "Today"
    TOMORROW = "Tomorrow"
    THIS_WEEK = "This week"
    LATER = "Later"
    NO_TIME = "No time yet"
    TO_CLOSE = "Delivered, to close out"


def group_of(
    at: datetime | None, due_at: datetime | None, status: AssignmentStatus | None, here: LocalNow, week_ends: date
) -> DueGroup:
    """Where an assignment, or an appointment without a status, stands. `week_ends` is the first day of the next week.

    Overdue is a lookbook whose deadline is past, and a consultation that is not begun at its time.
    """
    if status is AssignmentStatus.DELIVERED:
        return DueGroup.TO_CLOSE
    if at is None:
        return DueGroup.NO_TIME
    not_begun = status is AssignmentStatus.SCHEDULED and at <= here.now
    if not_begun or (due_at is not None and due_at < here.now):
        return DueGroup.OVERDUE
    day = here.day(at)
    away = (day - here.today).days
    if away <= 1:
        return DueGroup.TOMORROW if away == 1 else DueGroup.TODAY
    return DueGroup.THIS_WEEK if day < week_ends else DueGroup.LATER
