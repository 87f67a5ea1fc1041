"""What the rules of R5 may know of one client: plain values, gathered by `queries/daily_tasks.py`.

Every instant is aware and in UTC; every date is local to the desk.
"""

from dataclasses import dataclass
from datetime import date, datetime

from stylistdesk.domain.types import AssignmentStatus, AssignmentType, Cents, Channel, SignalKind


@dataclass(frozen=True, slots=True)
class Unseen:
    """All signals of one kind recorded after the client's watermark (R4); the details are those of the newest."""

    kind: SignalKind
    count: int
    first_at: datetime
    last_at: datetime
    last_id: int
    item: str = ""
    brand: str = ""
    lookbook: str = ""
    comment: str = ""
    amount: Cents | None = None


@dataclass(frozen=True, slots=True)
class CsatFact:
    """The oldest response scored 1 or 2 that has no answer yet."""

    id: int
    score: int
    comment: str
    responded_at: datetime


@dataclass(frozen=True, slots=True)
class AssignmentFact:
    """An assignment that is Scheduled or In Progress."""

    id: int
    type: AssignmentType
    status: AssignmentStatus
    consultation_at: datetime | None
    look_review_at: datetime | None
    revision_number: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveredFact:
    """The lookbook delivered last, and whether the client has done anything since."""

    assignment_id: int
    title: str
    delivered_at: datetime
    signal_since: bool


@dataclass(frozen=True, slots=True)
class ReceivedFact:
    """What the client received last, seen or not; `bought_at` is the original purchase, where it is known."""

    signal_id: int
    at: datetime
    item: str = ""
    bought_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AppointmentFact:
    """An appointment to come that is not cancelled."""

    id: int
    starts_at: datetime
    kind: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class DueFact:
    """A scheduled follow-up or an open task."""

    kind: str  # "follow_up" or "task"
    id: int
    due_on: date
    text: str
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Dismissed:
    """R6: a rule hidden for this client and subject until a signal with a higher id feeds it."""

    rule: str
    subject: str
    mark: int


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The client is hidden until then, unless something urgent or a newer signal wakes her."""

    until: datetime
    mark: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules know of one client."""

    client_id: int
    name: str
    first_name: str
    spending_power: int | None = None
    added_by_hand_at: datetime | None = None
    quiz_taken_at: datetime | None = None
    has_session: bool = False  # any assignment that was not cancelled
    unseen: tuple[Unseen, ...] = ()
    last_signal_id: int = 0
    last_follow_up_at: datetime | None = None  # completed ones only
    csat: CsatFact | None = None
    assignments: tuple[AssignmentFact, ...] = ()
    delivered: DeliveredFact | None = None
    received: ReceivedFact | None = None
    appointments: tuple[AppointmentFact, ...] = ()
    cadence_next_on: date | None = None
    cadence_label: str = ""
    order_count: int = 0
    last_order_on: date | None = None
    rhythm_days: int | None = None  # median gap between her orders, from 3 orders on
    due: tuple[DueFact, ...] = ()
    dismissed: tuple[Dismissed, ...] = ()
    snoozed: Snoozed | None = None
