"""Under which heading of the Appointments tab something stands (R8)."""

from datetime import datetime
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


def group_of(at: datetime | None, due_at: datetime | None, status: AssignmentStatus | None, here: LocalNow) -> DueGroup:
    """Where an assignment, or an appointment without a status, stands.

    Overdue is a lookbook whose deadline is past, and a consultation that is not begun at its time. This week is the
    seven days from today on, so that on a Saturday the Monday after it is not just later.
    """
    if status is AssignmentStatus.DELIVERED:
        return DueGroup.TO_CLOSE
    if at is None:
        return DueGroup.NO_TIME
    not_begun = status is AssignmentStatus.SCHEDULED and at <= here.now
    if not_begun or (due_at is not None and due_at < here.now):
        return DueGroup.OVERDUE
    away = (here.day(at) - here.today).days
    if away <= 1:
        return DueGroup.TOMORROW if away == 1 else DueGroup.TODAY
    return DueGroup.THIS_WEEK if away < 7 else DueGroup.LATER
