"""Clients and what is known of them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, later, utc, utc_or_none, word
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState, EmailStatus, Stage


class Client(SQLModel, table=True):
    """A person or a store that the rep serves.

    `watermark` is the id of the last signal that had been seen when a follow-up was completed (R4). `order_count`,
    `last_order_on` and `rhythm_days` (median gap between orders) are derived from the orders by `db/derive.py`.
    `birthday` is "1984-03-14", or "--03-14" where the year is not known.
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
    stage: Stage | None = word(Stage, optional=True)
    birthday: str = later()
    website: str = later()


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
    title: str = later()
    note: str = later()


class Consent(SQLModel, table=True):
    """The consent ledger (R25): one piece of evidence about permission to write to one address.

    Rows are only ever added, and stay when the client goes: `client_id` and `contact_id` may point at rows that are no
    more. `hash` chains an entry to the one before of the same channel and address (`domain/consent_chain.py`); only
    `db/consent_ledger.py` makes entries, and its triggers let nobody change them. `ground` is empty for what is no
    ground by itself (a withdrawal, or a list that says only "subscribed"); `happened_on` is when the inquiry or consent
    was; `ends_on` is the last day of a contract or subscription, if it is known. Purchases are judged by the orders.
    """

    __tablename__ = "consent"
    __table_args__ = (Index("consent_of_address", "channel", "address"), KEPT)

    id: int | None = key()
    client_id: int = Field(index=True)
    contact_id: int = Field(index=True)
    channel: Channel = word(Channel)
    address: str
    state: ConsentState = word(ConsentState)
    source: str
    recorded_at: datetime = utc()
    ground: ConsentGround | None = word(ConsentGround, optional=True)
    happened_on: date | None = None
    ends_on: date | None = None
    evidence: str = later()
    previous_hash: str = later()
    hash: str = later()


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
    """A place of a client (R23): any number, exactly one primary if there is any.

    `latitude` and `longitude` are millionths of a degree; `position_from` is "postcode" or "typed".
    """

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
    latitude: int | None = None
    longitude: int | None = None
    position_from: str = later()


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


class PrimaryWanted(SQLModel, table=True):
    """A client with contacts (or locations, `kind` says) of which none is primary: no transaction can end with one.

    `never` names a row that cannot be there, and is looked at when the transaction ends (`db/one_primary.py`).
    """

    __tablename__ = "primary_wanted"

    kind: str = Field(primary_key=True)
    client_id: int = Field(primary_key=True)
    never: int = Field(sa_column_args=[ForeignKey("desk_info.id", deferrable=True, initially="DEFERRED")])


class DistinctClients(SQLModel, table=True):
    """Two clients that look alike and are two: they are not offered for a merge again (R47). The lower id is first."""

    __tablename__ = "distinct_clients"
    __table_args__ = (UniqueConstraint("client_id", "other_id"), KEPT)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id")
    other_id: int = Field(foreign_key="client.id", index=True)


class Attachment(SQLModel, table=True):
    """A file kept for a client (R31): its bytes lie under the SHA-256 of their content; `size` is in bytes."""

    __tablename__ = "attachment"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    name: str
    sha256: str = Field(index=True)
    size: int
    added_at: datetime = utc()
    note: str = ""
