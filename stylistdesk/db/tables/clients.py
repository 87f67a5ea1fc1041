"""Clients and what is known of them."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, utc, utc_or_none, word
from stylistdesk.domain.types import Channel, ConsentState, EmailStatus


class Client(SQLModel, table=True):
    """A person or a store that the rep serves.

    `watermark` is the id of the last signal that had been seen when a follow-up was completed (R4). `order_count`,
    `last_order_on` and `rhythm_days` (median gap between orders) are derived from the orders by `db/derive.py`.
    """

    __tablename__ = "client"
    __table_args__ = (KEPT,)

    id: int | None = key()
    name: str
    name_key: str = Field(index=True)
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    spending_power: int | None = None
    tags: str = ""
    description: str = ""
    added_at: datetime = utc()
    added_by_hand: bool = False
    watermark: int = 0
    order_count: int = 0
    last_order_on: date | None = None
    rhythm_days: int | None = None


class ClientExternalId(SQLModel, table=True):
    """The client's id in another program; `source` names the program."""

    __tablename__ = "client_external_id"
    __table_args__ = (UniqueConstraint("source", "external_id"), KEPT)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    source: str
    external_id: str


class Contact(SQLModel, table=True):
    """An email address and a phone of a client (R24): any number of contacts, one of them primary."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("contact_one_primary", "client_id", unique=True, sqlite_where=text("is_primary")),
        KEPT,
    )

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    name: str = ""
    email: str = ""
    email_key: str = Field(default="", index=True)
    phone: str = Field(default="", index=True)
    is_primary: bool = False
    email_status: EmailStatus = word(EmailStatus, EmailStatus.ACTIVE)
    email_consent: ConsentState = word(ConsentState, ConsentState.NEVER_ASKED)
    text_consent: ConsentState = word(ConsentState, ConsentState.NEVER_ASKED)


class Consent(SQLModel, table=True):
    """One piece of evidence about permission to write to one address. Rows are only ever added."""

    __tablename__ = "consent"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    channel: Channel = word(Channel)
    address: str
    state: ConsentState = word(ConsentState)
    source: str
    recorded_at: datetime = utc()


class OptOut(SQLModel, table=True):
    """An address that asked not to be written to. It outlives the client's row and every later import."""

    __tablename__ = "opt_out"
    __table_args__ = (UniqueConstraint("channel", "address"), KEPT)

    id: int | None = key()
    channel: Channel = word(Channel)
    address: str
    source: str
    recorded_at: datetime = utc()


class Location(SQLModel, table=True):
    """A place of a client (R23): any number, exactly one primary if there is any."""

    __tablename__ = "location"
    __table_args__ = (
        Index("location_one_primary", "client_id", unique=True, sqlite_where=text("is_primary")),
        KEPT,
    )

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    is_primary: bool = False


class StyleQuiz(SQLModel, table=True):
    """One Style Quiz as taken at one time (R22)."""

    __tablename__ = "style_quiz"
    __table_args__ = (UniqueConstraint("client_id", "taken_at"), KEPT)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id")
    taken_at: datetime = utc()
    spending_power: int | None = None


class StyleQuizAnswer(SQLModel, table=True):
    """One question of a Style Quiz and its answer."""

    __tablename__ = "style_quiz_answer"
    __table_args__ = (KEPT,)

    id: int | None = key()
    quiz_id: int = Field(foreign_key="style_quiz.id", index=True)
    position: int
    question: str
    answer: str


class Cadence(SQLModel, table=True):
    """How often a client has signed up to be styled: every so many weeks or months from `anchor_on` (R18)."""

    __tablename__ = "cadence"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", unique=True)
    every: int
    unit: str  # "week" or "month"
    anchor_on: date
    paused_at: datetime | None = utc_or_none()
