"""What an assignment is, how its status may move, when its lookbook is due and what of it is late (R10 to R14).

Late is recorded and shown, never blocked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import end_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, DeadlineAnchor

TYPE_WORDS = {
    AssignmentType.INITIAL: "Head to Toe",
    AssignmentType.RECURRING: "Recurring Looks",
    AssignmentType.REVISION: "Revision",
}
STATUS_WORDS = {
    AssignmentStatus.SCHEDULED: "Scheduled",
    AssignmentStatus.IN_PROGRESS: "In Progress",
    AssignmentStatus.DELIVERED: "Delivered",
    AssignmentStatus.CLOSED: "Closed",
    AssignmentStatus.CANCELLED: "Cancelled",
    AssignmentStatus.NO_SHOW: "No-show",
}
OPEN = (AssignmentStatus.SCHEDULED, AssignmentStatus.IN_PROGRESS)
"""The two from which it can still be moved, cancelled or missed."""
MISSED = (AssignmentStatus.CANCELLED, AssignmentStatus.NO_SHOW)
"""The two in which its session does not take place: a new time opens it again."""

MOVES: Mapping[AssignmentStatus, frozenset[AssignmentStatus]] = {
    AssignmentStatus.SCHEDULED: frozenset(AssignmentStatus) - {AssignmentStatus.SCHEDULED},
    AssignmentStatus.IN_PROGRESS: frozenset(AssignmentStatus) - set(OPEN),
    AssignmentStatus.DELIVERED: frozenset({AssignmentStatus.CLOSED}),
    AssignmentStatus.CLOSED: frozenset(),
    AssignmentStatus.CANCELLED: frozenset(),
    AssignmentStatus.NO_SHOW: frozenset(),
}
"""R12. What was not begun can be delivered too (it is begun then), and closed with a reason (R14)."""

EARLIEST = timedelta(minutes=60)
"""A message sent so long before the consultation is its beginning; an earlier one is about something else."""


def say_type(kind: AssignmentType, number: int | None) -> str:
    """A type in the words of the trade: "Head to Toe", "Recurring Looks", "Revision 2"."""
    return f"{TYPE_WORDS[kind]} {number}" if kind is AssignmentType.REVISION and number else TYPE_WORDS[kind]


# --------------------------------------------------------------------- its type


def type_for(*, delivered: bool) -> AssignmentType:
    """R10: Initial exactly while no lookbook has been delivered to her; a no-show does not use it up."""
    return AssignmentType.RECURRING if delivered else AssignmentType.INITIAL


def why_type(*, delivered: bool) -> str:
    """Why `type_for` says so, in words."""
    return "she has had a lookbook" if delivered else "no lookbook has been delivered to her yet"


def check_type(kind: AssignmentType, *, delivered: bool, parent_delivered: bool | None, reason: str) -> None:
    """Raises `Refused` for a type that R10 does not allow.

    `parent_delivered` is whether the lookbook that it revises was delivered, `None` if there is none such. `reason` is
    why it is another type than R10 says; the one type needs none.
    """
    if kind is AssignmentType.REVISION:
        if not parent_delivered:
            raise Refused(
                "Only a lookbook that was delivered can be revised.",
                field="type",
                hint="Deliver it first." if parent_delivered is False else "Choose the one that it revises.",
            )
        return
    right = type_for(delivered=delivered)
    if kind is not right and not reason.strip():
        raise Refused(
            f"It would be {TYPE_WORDS[right]}: {why_type(delivered=delivered)}.",
            field="reason",
            hint="Say why it is another type.",
        )


@dataclass(frozen=True, slots=True)
class Relative:
    """An assignment as far as revisions go: which one it revises, and its number."""

    id: int
    parent_id: int | None = None
    number: int | None = None


def next_revision(parent_id: int, family: Iterable[Relative]) -> int:
    """R10: the number belongs to the root, so a revision of revision 1 is revision 2. `family` is all of hers."""
    by_id = {one.id: one for one in family}
    root = _root(parent_id, by_id)
    return max((one.number or 0 for one in by_id.values() if _root(one.id, by_id) == root), default=0) + 1


def _root(one_id: int, by_id: Mapping[int, Relative]) -> int:
    passed = {one_id}
    while (one := by_id.get(one_id)) is not None:
        parent_id = one.parent_id
        if parent_id is None or parent_id not in by_id or parent_id in passed:
            break
        one_id = parent_id
        passed.add(one_id)
    return one_id


# ------------------------------------------------------------------- its status


def check_move(status: AssignmentStatus, to: AssignmentStatus, *, owed: bool = False) -> None:
    """Raises `Refused` unless R12 lets the status move so; what is owed (`is_owed`) may still be delivered."""
    if to in MOVES[status] or (owed and to in (AssignmentStatus.DELIVERED, AssignmentStatus.CLOSED)):
        return
    is_now = STATUS_WORDS[status]
    if status is to:
        raise Refused(f"It is {is_now} already.")
    raise Refused(
        f"It is {is_now}: it cannot become {STATUS_WORDS[to]}.", hint="A step of it can be taken back in her History."
    )


def is_late_change(at: datetime, due_at: datetime, now: datetime, within: timedelta) -> bool:
    """R14: whether moving or cancelling now is within so long of the session at `at`, and its day is not over."""
    return at - within < now <= due_at


def is_owed(
    status: AssignmentStatus,
    consultation_at: datetime | None,
    due_at: datetime | None,
    cancelled_at: datetime | None,
    delivered_at: datetime | None,
    within: timedelta,
) -> bool:
    """R14: cancelled so late that its lookbook is still to be made and sent. Only the rep's cancelling has a time."""
    return (
        status is AssignmentStatus.CANCELLED
        and consultation_at is not None
        and due_at is not None
        and cancelled_at is not None
        and delivered_at is None
        and is_late_change(consultation_at, due_at, cancelled_at, within)
    )


# -------------------------------------------------------------------- its times


def deadline(
    starts_at: datetime, ends_at: datetime | None, anchor: DeadlineAnchor, usual: timedelta, zone: ZoneInfo
) -> datetime:
    """R13: the last second of the local day on which the consultation starts, or ends [anchor], in UTC.

    One without an end is taken to be as long as usual.
    """
    at = starts_at if anchor is DeadlineAnchor.START else ends_at or starts_at + usual
    return end_of_day(at.astimezone(zone).date(), zone)


def crosses_midnight(starts_at: datetime, ends_at: datetime | None, usual: timedelta, zone: ZoneInfo) -> bool:
    """R13: whether the consultation goes on into another local day; one that ends at midnight does not."""
    last = (ends_at or starts_at + usual) - timedelta(microseconds=1)
    return starts_at.astimezone(zone).date() < last.astimezone(zone).date()


def first_contact(starts_at: datetime, sent: Iterable[datetime]) -> datetime | None:
    """The first message or call to her from an hour before the consultation on: with it the consultation begins."""
    return min((at for at in sent if at >= starts_at - EARLIEST), default=None)


def started_on_time(starts_at: datetime, sent: Iterable[datetime], grace: timedelta = timedelta()) -> bool:
    """R13: whether the first outgoing message was at or before the start, and the grace.

    `sent` are the instants of outgoing messages and calls to her, in any order.
    """
    first = first_contact(starts_at, sent)
    return first is not None and first <= starts_at + grace


@dataclass(frozen=True, slots=True)
class Times:
    """Everything about an assignment that can be late. Instants are UTC; `due_at` is the deadline of R13."""

    status: AssignmentStatus
    consultation_at: datetime | None = None
    look_review_at: datetime | None = None
    due_at: datetime | None = None
    started_at: datetime | None = None
    delivered_at: datetime | None = None
    first_contact_at: datetime | None = None
    cancelled_at: datetime | None = None


def late_flags(one: Times, now: datetime, *, grace: timedelta = timedelta(), owed: bool = False) -> tuple[str, ...]:
    """What of it is late, in words, in the order in which it would have happened."""
    if one.status in MISSED and not owed:
        return ()
    flags = []
    at = one.consultation_at
    held = at is not None and one.cancelled_at is None
    if at is not None and held:
        if one.status is AssignmentStatus.SCHEDULED and at <= now:
            flags.append("not begun")
        elif one.started_at is not None and one.started_at > at and one.status is AssignmentStatus.IN_PROGRESS:
            flags.append("begun late")
        first = one.first_contact_at
        unknown = first is None and one.started_at is None and one.status not in OPEN  # before this desk, say
        if at + grace < now and not unknown and (first is None or first > at + grace):
            flags.append("consultation late")
    due = one.due_at
    if due is not None and (one.delivered_at or now) > due:
        flags.append("lookbook late" if one.delivered_at is None else "delivered late")
    elif one.delivered_at is None and one.look_review_at is not None and one.look_review_at < now:
        flags.append("look review passed")
    if one.status is AssignmentStatus.DELIVERED and one.delivered_at is not None and due is not None and now > due:
        flags.append("not closed")
    return tuple(flags)
