"""The rep's work: assignments, lookbooks, appointments, signals, follow-ups, tasks, notes, messages, CSAT."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, later, utc, utc_or_none, word
from stylistdesk.domain.types import (
    AssignmentStatus,
    AssignmentType,
    CallStatus,
    Channel,
    Direction,
    FollowUpStatus,
    SignalKind,
    TicketTo,
)


class Assignment(SQLModel, table=True):
    """One styling job that ends in a delivered lookbook (R10 to R14). Only HQ's import writes `hq_notes` (R11).

    `type_reason` is why the type is another than R10 says; `end_reason` why it was closed without a delivery, cancelled
    or not kept, at `cancelled_at` for the last two. `effort_minutes` is how long its lookbook takes, if that is known.
    """

    __tablename__ = "assignment"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    external_id: str | None = Field(default=None, unique=True)
    type: AssignmentType = word(AssignmentType)
    parent_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    revision_number: int | None = None
    status: AssignmentStatus = word(AssignmentStatus, AssignmentStatus.SCHEDULED)
    consultation_at: datetime | None = utc_or_none()
    look_review_at: datetime | None = utc_or_none()
    started_at: datetime | None = utc_or_none()
    delivered_at: datetime | None = utc_or_none()
    closed_at: datetime | None = utc_or_none()
    hq_notes: str = ""
    rep_notes: str = ""
    consultation_ends_at: datetime | None = utc_or_none()
    cancelled_at: datetime | None = utc_or_none()
    type_reason: str = later()
    end_reason: str = later()
    effort_minutes: int | None = None


class Lookbook(SQLModel, table=True):
    """The looks that the rep sends for one assignment."""

    __tablename__ = "lookbook"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    title: str
    delivered_at: datetime | None = utc_or_none()
    words: str = later()  # what she reads above the looks


class LookbookItem(SQLModel, table=True):
    """One item of one look; price in minor units. `picture` is the path of a file on the rep's machine."""

    __tablename__ = "lookbook_item"
    __table_args__ = (KEPT,)

    id: int | None = key()
    lookbook_id: int = Field(foreign_key="lookbook.id", index=True)
    look: str = ""
    name: str
    brand: str = ""
    price_cents: int | None = None
    currency: str = ""
    url: str = ""
    position: int = later(0)
    picture: str = later()


class Appointment(SQLModel, table=True):
    """A consultation, look review or other meeting."""

    __tablename__ = "appointment"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    kind: str
    starts_at: datetime = utc(index=True)
    ends_at: datetime | None = utc_or_none()
    confirmed_at: datetime | None = utc_or_none()
    cancelled_at: datetime | None = utc_or_none()
    season: str = later()
    season_year: int | None = None
    location_id: int | None = Field(default=None, foreign_key="location.id", index=True)
    brand_id: int | None = Field(default=None, foreign_key="brand.id", index=True)
    note: str = later()


class Signal(SQLModel, table=True):
    """Something that a client did. Ids are the order of recording (R4); `occurred_at` is its real date."""

    __tablename__ = "signal"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("signal_unseen", "client_id", "id", "kind", "occurred_at"),
        Index("signal_received", "client_id", "occurred_at", sqlite_where=text("kind = 'received'")),
        Index("signal_replied", "client_id", "occurred_at", sqlite_where=text("kind = 'replied'")),
        Index("signal_booked", "client_id", "occurred_at", sqlite_where=text("kind = 'booked'")),
        Index("signal_returned", "occurred_at", "client_id", "order_id", sqlite_where=text("kind = 'returned'")),
        Index(
            "signal_checked_out",
            "occurred_at",
            "client_id",
            sqlite_where=text("kind = 'checked_out' AND order_id IS NULL"),
        ),
        KEPT,
    )

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id")
    kind: SignalKind = word(SignalKind)
    occurred_at: datetime = utc()
    source: str
    external_id: str
    lookbook: str = ""
    item: str = ""
    brand: str = ""
    amount_cents: int | None = None
    currency: str = ""
    comment: str = ""
    url: str = ""
    order_id: int | None = Field(default=None, foreign_key="order.id", index=True)


class FollowUp(SQLModel, table=True):
    """The rep's contact with a client, scheduled or done (R16). `seen_through` is the watermark that completing set.

    One that repeats ("month" or "week", so many) counts from `repeat_anchor` (R18). `promised_on` is the day that it
    first stood on, if it was snoozed since.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("follow_up_done", "client_id", "completed_at"),
        Index("follow_up_due", "due_on", sqlite_where=text("status = 'scheduled'")),
        KEPT,
    )

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id")
    status: FollowUpStatus = word(FollowUpStatus)
    due_on: date | None = None
    channel: Channel | None = word(Channel, optional=True)
    reminder: str = ""
    completed_at: datetime | None = utc_or_none()
    outcome: str = ""
    rule: str = ""
    seen_through: int | None = None
    repeat_every: int | None = None
    repeat_unit: str = later()
    repeat_anchor: date | None = None
    promised_on: date | None = None


class Task(SQLModel, table=True):
    """Something to do by a date (R26)."""

    __tablename__ = "task"
    __table_args__ = (Index("task_open", "due_on", sqlite_where=text("done_at IS NULL")), KEPT)

    id: int | None = key()
    client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    description: str
    category: str = ""
    assignee: str = ""
    due_on: date | None = None
    done_at: datetime | None = utc_or_none()


class Note(SQLModel, table=True):
    """A note about a client (R28)."""

    __tablename__ = "note"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    kind: str = ""
    written_at: datetime = utc()
    body: str
    season: str = later()
    season_year: int | None = None
    call_status: CallStatus | None = word(CallStatus, optional=True)
    author: str = later()


class Message(SQLModel, table=True):
    """A message or a call that was logged; `outcome` is for calls.

    `consent` says what one to her was for and on which ground it was lawful when it was sent (R25).
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("message_of_client", "client_id", "sent_at"),
        Index("message_from_her", "client_id", "sent_at", sqlite_where=text("direction = 'in'")),
        KEPT,
    )

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id")
    channel: Channel = word(Channel)
    direction: Direction = word(Direction)
    sent_at: datetime = utc()
    address: str = ""
    subject: str = ""
    body: str = ""
    outcome: str = ""
    consent: str = later()


class Snooze(SQLModel, table=True):
    """A client hidden from the queue until an instant; `mark` is the last signal id there was."""

    __tablename__ = "snooze"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", unique=True)
    until: datetime = utc()
    mark: int


class Dismissal(SQLModel, table=True):
    """R6: a rule hidden for one client (and one subject) until a signal with an id above `mark` feeds it."""

    __tablename__ = "dismissal"
    __table_args__ = (UniqueConstraint("client_id", "rule", "subject"), KEPT)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id")
    rule: str
    subject: str = ""
    mark: int
    reason: str = ""
    dismissed_at: datetime = utc()


class CsatResponse(SQLModel, table=True):
    """A client satisfaction response, score 1 to 5, and 0 to 10 where she was asked for that too (R21).

    `themes` are words of `Theme` with a space between; `action_task_id` is the task that is to adjust something.
    """

    __tablename__ = "csat_response"
    __table_args__ = (
        Index("csat_unanswered", "client_id", sqlite_where=text("answered_at IS NULL")),
        KEPT,
    )

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    external_id: str = Field(unique=True)
    responded_at: datetime = utc()
    score: int
    comment: str = ""
    answered_at: datetime | None = utc_or_none()
    nps: int | None = None
    read_at: datetime | None = utc_or_none()
    themes: str = later()
    action_task_id: int | None = Field(default=None, foreign_key="task.id", index=True)


class CsatCheck(SQLModel, table=True):
    """A day on which the rep looked through her CSAT responses (R21)."""

    __tablename__ = "csat_check"
    __table_args__ = (KEPT,)

    id: int | None = key()
    day: date = Field(unique=True)
    checked_at: datetime = utc()


class Ticket(SQLModel, table=True):
    """A question or a report of the rep to HQ or to her ASM (R14, R21): drafted, then sent, then settled."""

    __tablename__ = "ticket"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    csat_id: int | None = Field(default=None, foreign_key="csat_response.id", index=True)
    recipient: TicketTo = word(TicketTo)
    subject: str
    body: str
    drafted_at: datetime = utc()
    sent_at: datetime | None = utc_or_none()
    settled_at: datetime | None = utc_or_none()
