"""What the rules of R5 may know of one client: plain values, gathered by `queries/facts.py`.

Every instant is aware and in UTC; every date is local to the desk.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from stylistdesk.domain.expected import Expected
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, Cents, Channel, SignalKind


class Unseen(NamedTuple):
    """All signals of one kind recorded after the client's watermark (R4); the details are those of the newest.

    A named tuple, as there are ten times as many of them as of clients.
    """

    kind: SignalKind
    count: int  # type: ignore[assignment]  # in place of the tuple's own method
    first_at: datetime
    last_at: datetime
    last_id: int
    item: str = ""
    brand: str = ""
    lookbook: str = ""
    comment: str = ""
    amount: Cents | None = None
    currency: str = ""


REACTIONS = frozenset(
    {
        SignalKind.HEARTED,
        SignalKind.FAVOURITED,
        SignalKind.COMMENTED,
        SignalKind.REPLIED,
        SignalKind.ADDED_TO_CART,
        SignalKind.CHECKED_OUT,
    }
)
"""What a client does about the looks she was sent (R5 rule 7)."""


@dataclass(frozen=True, slots=True)
class CsatFact:
    """A response scored 1 or 2 that has no answer yet; a client's come oldest first."""

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
    due_at: datetime | None = None  # the deadline of R13, where it is not the end of the day of the consultation
    owed: bool = False  # cancelled so late that only its lookbook is still to be sent (R14)


@dataclass(frozen=True, slots=True)
class DeliveredFact:
    """The lookbook delivered last, and whether the client has reacted to it since.

    Opening an email, or an earlier order that arrives or goes back, is no reaction: see `REACTIONS`.
    """

    assignment_id: int | None
    title: str
    delivered_at: datetime
    signal_since: bool
    lookbook_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReceivedFact:
    """What the client received last and kept, by its date, seen or not; `bought_at` is the original purchase, if known.

    Where something newer came back, `newer_came_back`; then `news` is what is unseen of what she kept, if anything.
    """

    signal_id: int
    at: datetime
    item: str = ""
    bought_at: datetime | None = None
    newer_came_back: bool = False
    news: Unseen | None = None


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
class ConsentFact:
    """The ground on which she may be written to by a channel, lapsing soon: nothing of hers holds beyond `last_day`."""

    channel: Channel
    ground: str  # in words: "purchase of 30 Nov 2024"
    last_day: date


class MovableFact(NamedTuple):
    """An order of this month that is in no event, though one is open: until then it can be moved (R41)."""

    order_id: int
    placed_at: datetime
    until: datetime  # the company's month ends, or the last event closes
    last_day: date  # that day, by the desk's calendar
    drafted: bool = False  # the email to customer service waits to be sent


class Owed(StrEnum):
    """What the rep still owes her (R5, rule 15)."""

    RETURN = "return"
    EXCHANGE = "exchange"
    GIFT = "gift"


class OwedFact(NamedTuple):
    """A Return ID not passed on, an exchange not sent, or a certificate whose number was not; since which day."""

    kind: Owed
    id: int
    number: str
    since: date
    for_name: str = ""  # to whom a certificate goes, where that is no client


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
    has_session: bool = False  # any assignment but those cancelled and no-shows
    unseen: tuple[Unseen, ...] = ()
    last_signal_id: int = 0
    last_follow_up_at: datetime | None = None  # completed ones only
    done: tuple[tuple[str, datetime], ...] = ()  # when what a rule asked for was last done
    csat: tuple[CsatFact, ...] = ()
    assignments: tuple[AssignmentFact, ...] = ()
    delivered: DeliveredFact | None = None
    received: ReceivedFact | None = None
    appointments: tuple[AppointmentFact, ...] = ()
    cadence_next_on: date | None = None
    cadence_label: str = ""
    last_looks_on: date | None = None  # her last session, revisions not counted
    order_count: int = 0
    last_order_on: date | None = None
    rhythm_days: int | None = None  # median gap between her orders, from 3 orders on
    due: tuple[DueFact, ...] = ()
    dismissed: tuple[Dismissed, ...] = ()
    snoozed: Snoozed | None = None
    last_sent_at: datetime | None = None  # the last text or email to her, where a comment waits for an answer
    has_phone: bool = True  # a number that may be written to
    has_email: bool = True  # an address that may be written to
    consent: ConsentFact | None = None
    movable: tuple[MovableFact, ...] = ()
    expected: Expected | None = None  # by a day that has not passed
    to_pass_on: tuple[OwedFact, ...] = ()

    def by(self, preferred: Channel) -> Channel:
        """The preferred channel, or one by which she can be reached."""
        if preferred is Channel.EMAIL:
            return preferred if self.has_email or not self.has_phone else Channel.TEXT
        return preferred if self.has_phone or not self.has_email else Channel.EMAIL

    def hides(self, rule: str, subject: str, mark: int) -> bool:
        """Whether the rep dismissed this rule for this subject, and no newer signal has fed it since (R6)."""
        return any(gone.rule == rule and gone.subject == subject and gone.mark >= mark for gone in self.dismissed)

    def did(self, rule: str, since: datetime) -> bool:
        """Whether this rule's suggestion was done at or after an instant."""
        return any(name == rule and at >= since for name, at in self.done)

    def followed_up_since(self, at: datetime) -> bool:
        """Whether a follow-up was completed at or after an instant."""
        return self.last_follow_up_at is not None and self.last_follow_up_at >= at
