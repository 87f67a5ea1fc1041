"""What a reader yields: typed records, each with the line of the file that it came from.

Readers clean and check; they know no database. Instants are aware and in UTC, money is integer minor units, phones
are E.164, emails are trimmed but keep their case. Text is already cleaned of control characters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from stylistdesk.domain.positions import Position
from stylistdesk.domain.types import (
    AssignmentStatus,
    AssignmentType,
    BasisPoints,
    BrandStatus,
    Cents,
    Channel,
    ConsentGround,
    ConsentState,
    EmailStatus,
    EventKind,
    MessageKind,
    RateScope,
    SignalKind,
)


@dataclass(frozen=True, slots=True)
class ClientRef:
    """How a file names a client. The writer matches by email, then phone, then external id, then exact name.

    `emails` and `phones` are further addresses of hers, weaker keys than `email` and `phone`. Where there is a
    `postcode`, a name alone is enough only for a client who lives there, or of whom no postcode is known. With
    `by_country` a phone had no country code, and was read as one of the desk's country.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    external_id: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    postcode: str = ""
    by_country: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class LocationRecord:
    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a consent came about, as a file tells it: its ground (None: the file gives none), the day, and its words."""

    ground: ConsentGround | None = None
    happened_on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """A row of a customer list, or a card of an address book.

    `None` for a part of the name, for consent or for `email_status`: the file does not say. `evidence` is that of
    `email_consent`. `birthday` is "1984-03-14" or "--03-14", `title` that of her first contact. A record that `fills`
    changes nothing that the desk knows; one that is `only_known` makes no client.
    """

    line: int
    ref: ClientRef
    first_name: str | None = ""
    last_name: str | None = ""
    company: str = ""
    email_consent: ConsentState | None = None
    text_consent: ConsentState | None = None
    locations: tuple[LocationRecord, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    title: str = ""
    birthday: str = ""
    website: str = ""
    email_status: EmailStatus | None = None
    evidence: Evidence | None = None
    other_ids: tuple[str, ...] = ()
    fills: bool = False
    only_known: bool = False


@dataclass(frozen=True, slots=True)
class OrderLineRecord:
    line: int
    name: str
    sku: str
    brand: str
    quantity: int
    price: Cents
    discount: Cents
    shipped: bool


class OrderPart(Enum):
    """What of an order a file tells: all of it, all but its lines, little but its lines, or what was paid back."""

    WHOLE = "whole"
    HEAD = "head"
    LINES = "lines"
    REFUND = "refund"


PAID_BY, REFUNDED_TO = "square:", "square:refund:"
"""What stands before a payment's id for what a card paid, and for what went back to one: the two may share the id."""


@dataclass(frozen=True, slots=True)
class CardPaymentRecord:
    """What a card paid for an order, below zero where it was paid back. No more of its number than the last four."""

    external_id: str
    paid_on: date
    cents: Cents
    brand: str = ""
    last_four: str = ""


@dataclass(frozen=True, slots=True)
class PlacedIn:
    """The event in which an order was placed, as a file names it; `is_host_order` None: the file does not say."""

    external_id: str = ""
    name: str = ""
    is_host_order: bool | None = None


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """One order with all its lines, gathered by its number however its rows were scattered.

    `voided`: the shop says that the payment was voided or all of it given back, whatever the amounts say. `cancelled`
    and `sent`: it was, and the file does not say when. `about` is what was bought where the file lists no lines.
    """

    line: int
    number: str
    client: ClientRef
    placed_at: datetime
    currency: str
    subtotal: Cents
    shipping: Cents
    tax: Cents
    discount: Cents
    total: Cents
    refunded: Cents
    lines: tuple[OrderLineRecord, ...]
    external_id: str = ""
    cancelled_at: datetime | None = None
    shipped_at: datetime | None = None
    received_at: datetime | None = None
    email_consent: ConsentState | None = None
    location: LocationRecord | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    voided: bool = False
    cancelled: bool = False
    sent: bool = False
    about: str = ""
    part: OrderPart = OrderPart.WHOLE
    payments: tuple[CardPaymentRecord, ...] = ()
    placed_in: PlacedIn | None = None


@dataclass(frozen=True, slots=True)
class SignalRecord:
    """One row of an activity file; `external_id` is the row's own, or made of the whole row."""

    line: int
    external_id: str
    client: ClientRef
    kind: SignalKind
    occurred_at: datetime
    lookbook: str = ""
    item: str = ""
    brand: str = ""
    amount: Cents | None = None
    currency: str = ""
    comment: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentRecord:
    """One row of HQ's assignments. The only record that carries HQ notes (R11)."""

    line: int
    external_id: str
    client: ClientRef
    type: AssignmentType
    status: AssignmentStatus
    consultation_at: datetime | None = None
    look_review_at: datetime | None = None
    hq_notes: str = ""
    parent_external_id: str = ""


@dataclass(frozen=True, slots=True)
class QuizRecord:
    """One Style Quiz: all answers that a client gave at one time."""

    line: int
    client: ClientRef
    taken_at: datetime
    spending_power: int | None
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CsatRecord:
    """One client satisfaction response, score 1 to 5, and 0 to 10 where she was asked (R21)."""

    line: int
    external_id: str
    client: ClientRef
    responded_at: datetime
    score: int
    assignment_external_id: str = ""
    comment: str = ""
    nps: int | None = None


@dataclass(frozen=True, slots=True)
class BrandRecord:
    """A brand, and where the row names a client, what she is to it. No rate is None: 0 % is a rate."""

    line: int
    brand: str
    client: ClientRef
    default_rate: BasisPoints | None = None
    note: str = ""
    status: BrandStatus | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class RateRecord:
    """A commission rate of one scope; the scope says which of brand, client and order are named."""

    line: int
    scope: RateScope
    rate: BasisPoints
    client: ClientRef
    brand: str = ""
    order_number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event of another calendar (R19). One of a series that stands for itself has a `recurrence`, its stamp.

    Whole days have `starts_on` and, not with it, `ends_on`. `ics` is what of a series `domain/recurrences.py` reads.
    `emails` are those of who takes part; one that `cancelled` says does not take place. Of several with one uid and
    recurrence the one with the highest `sequence` counts. `client` names nobody.
    """

    line: int
    uid: str
    recurrence: str
    title: str
    starts_at: datetime
    ends_at: datetime
    kind: EventKind
    note: str = ""
    place: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    busy: bool = True
    ics: str = ""
    emails: tuple[str, ...] = ()
    cancelled: bool = False
    sequence: int = 0
    calendar: str = ""
    client: ClientRef = ClientRef()


@dataclass(frozen=True, slots=True)
class HostEventRecord:
    """An event with its shop window (R37), both days with it; `client` is its host, nobody for an own one."""

    line: int
    external_id: str
    client: ClientRef
    name: str
    opens_on: date
    closes_on: date
    held_at: datetime | None = None
    place: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """A message template of the rep's (R44); `client` names nobody."""

    line: int
    name: str
    body: str
    subject: str
    channel: Channel | None
    occasion: str
    kind: MessageKind
    replaces: str = ""
    hidden: bool = False
    client: ClientRef = ClientRef()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken, by its line (1 is the header) and the reason in the file's own words.

    `cells` are those that could still be read.
    """

    line: int
    reason: str
    cells: tuple[str, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something of a row that was left out or kept as it was, although the row itself goes in."""

    line: int
    text: str


Record = (
    ClientRecord
    | OrderRecord
    | SignalRecord
    | AssignmentRecord
    | QuizRecord
    | CsatRecord
    | BrandRecord
    | RateRecord
    | EventRecord
    | HostEventRecord
    | TemplateRecord
)
Rows = Iterator[Record | RefusedRow | Notice]
