"""All clients, a page at a time, and everything known about one (R22 to R31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from stylistdesk.db import tables
from stylistdesk.db.tables import Client, Contact
from stylistdesk.domain.dates import say_cadence
from stylistdesk.domain.text import folded
from stylistdesk.domain.types import (
    AssignmentStatus,
    AssignmentType,
    Cents,
    Channel,
    ConsentState,
    Direction,
    EmailStatus,
    FollowUpStatus,
    OrderStatus,
    SignalKind,
)
from stylistdesk.queries.asking import Asking


class Sort(StrEnum):
    """The orders in which all clients can be listed."""

    NAME = "name"
    POWER = "power"
    LAST_ORDER = "last_order"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of all clients."""

    client_id: int
    name: str
    spending_power: int | None
    company: str
    tags: str
    email: str
    phone: str
    order_count: int
    last_order_on: date | None


@dataclass(frozen=True, slots=True)
class ClientList:
    """One page of all clients: `rows` begin at `offset` of `count` that the filter lets through."""

    rows: tuple[ClientRow, ...]
    offset: int
    count: int


def all_clients(
    asking: Asking, sort: Sort = Sort.NAME, words: str = "", offset: int = 0, limit: int = 200
) -> ClientList:
    """A page of all clients whose name, company, tags, email or phone have every one of the words."""
    primary = and_(col(Contact.client_id) == col(Client.id), col(Contact.is_primary))
    wanted = [_has(word) for word in folded(words).split()[:8]]
    statement = (
        select(  # type: ignore[call-overload]
            Client.id, Client.name, Client.spending_power, Client.company, Client.tags,
            Contact.email, Contact.phone, Client.order_count, Client.last_order_on,
        )
        .join(Contact, primary, isouter=True)
        .where(*wanted)
        .order_by(*_ORDERS[sort], col(Client.name_key), col(Client.id))
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    counted = select(func.count()).select_from(Client).join(Contact, primary, isouter=True).where(*wanted)
    rows = tuple(
        ClientRow(id_, name, power, company, tags, email or "", phone or "", orders, last)
        for id_, name, power, company, tags, email, phone, orders, last in asking.session.exec(statement)
    )
    return ClientList(rows, offset, asking.session.exec(counted).one())


_ORDERS: dict[Sort, tuple[Any, ...]] = {
    Sort.NAME: (),
    Sort.POWER: (col(Client.spending_power).desc().nulls_last(),),
    Sort.LAST_ORDER: (col(Client.last_order_on).desc().nulls_last(),),
    Sort.ADDED: (col(Client.added_at).desc(), col(Client.id).desc()),
}


def _has(word: str) -> ColumnElement[bool]:
    said = col(Client.name) + " " + col(Client.company) + " " + col(Client.tags)
    places: list[ColumnElement[bool]] = [
        func.folded(said).contains(word, autoescape=True),  # one call a row: it is a function of ours
        col(Contact.email).contains(word, autoescape=True),
    ]
    digits = "".join(character for character in word if character.isdecimal())
    if len(digits) >= 3:
        places.append(col(Contact.phone).contains(digits, autoescape=True))
    return or_(*places)


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact of a client, with what is known of the permission to write (R24)."""

    name: str
    email: str
    phone: str
    is_primary: bool
    email_status: EmailStatus
    email_consent: ConsentState
    text_consent: ConsentState


@dataclass(frozen=True, slots=True)
class LocationLine:
    """One place of a client, as one line (R23)."""

    name: str
    address: str
    is_primary: bool


@dataclass(frozen=True, slots=True)
class QuizLine:
    """One Style Quiz with its answers (R22)."""

    taken_at: datetime
    spending_power: int | None
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One assignment (R10 to R13)."""

    type: AssignmentType
    status: AssignmentStatus
    revision_number: int | None
    consultation_at: datetime | None
    look_review_at: datetime | None
    delivered_at: datetime | None
    hq_notes: str
    rep_notes: str


@dataclass(frozen=True, slots=True)
class LookbookLine:
    """One lookbook with the names of its items."""

    title: str
    delivered_at: datetime | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """One appointment, past or to come."""

    starts_at: datetime
    kind: str
    confirmed: bool
    cancelled: bool


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One line of an order; the price is of one piece."""

    name: str
    brand: str
    quantity: int
    price: Cents


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order with its lines."""

    number: str
    status: OrderStatus
    placed_at: datetime
    total: Cents
    refunded: Cents
    currency: str
    items: tuple[OrderItem, ...]


@dataclass(frozen=True, slots=True)
class SignalEntry:
    """Something that she did."""

    kind: SignalKind
    occurred_at: datetime
    what: str
    amount: Cents | None
    currency: str


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A follow-up, scheduled or done (R16)."""

    status: FollowUpStatus
    due_on: date | None
    completed_at: datetime | None
    channel: Channel | None
    words: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task (R26)."""

    description: str
    category: str
    due_on: date | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note (R28)."""

    kind: str
    written_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message or a call."""

    channel: Channel
    direction: Direction
    sent_at: datetime
    subject: str
    body: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CsatLine:
    """A client satisfaction response (R21)."""

    responded_at: datetime
    score: int
    comment: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Everything known about one client, each part newest first."""

    client_id: int
    name: str
    first_name: str
    company: str
    description: str
    tags: str
    spending_power: int | None
    added_at: datetime
    order_count: int
    last_order_on: date | None
    cadence: str
    cadence_anchor_on: date | None
    cadence_paused: bool
    contacts: tuple[ContactLine, ...]
    locations: tuple[LocationLine, ...]
    quizzes: tuple[QuizLine, ...]
    assignments: tuple[AssignmentLine, ...]
    lookbooks: tuple[LookbookLine, ...]
    appointments: tuple[AppointmentLine, ...]
    orders: tuple[OrderLine, ...]
    signals: tuple[SignalEntry, ...]
    signal_total: int
    follow_ups: tuple[FollowUpLine, ...]
    tasks: tuple[TaskLine, ...]
    notes: tuple[NoteLine, ...]
    messages: tuple[MessageLine, ...]
    csat: tuple[CsatLine, ...]
    birthday: str = ""
    website: str = ""

    @property
    def email(self) -> str:
        """Her primary email address."""
        return next((contact.email for contact in self.contacts if contact.is_primary), "")

    @property
    def phone(self) -> str:
        """Her primary phone number."""
        return next((contact.phone for contact in self.contacts if contact.is_primary), "")


MOST_SIGNALS = 500
"""The page of a client holds at most so many of her signals, the newest."""


def client_page(asking: Asking, client_id: int) -> ClientPage | None:
    """Everything known about one client; `None` if she is not on the desk."""
    client = asking.session.get(Client, client_id)
    if client is None:
        return None
    cadence = asking.session.exec(select(tables.Cadence).where(tables.Cadence.client_id == client_id)).first()
    signal_total = asking.session.exec(
        select(func.count()).select_from(tables.Signal).where(tables.Signal.client_id == client_id)
    ).one()
    return ClientPage(
        client_id=client_id,
        name=client.name,
        first_name=client.first_name,
        company=client.company,
        description=client.description,
        tags=client.tags,
        spending_power=client.spending_power,
        added_at=client.added_at,
        order_count=client.order_count,
        last_order_on=client.last_order_on,
        cadence=say_cadence(cadence.every, cadence.unit) if cadence else "",
        cadence_anchor_on=cadence.anchor_on if cadence else None,
        cadence_paused=bool(cadence and cadence.paused_at),
        contacts=_contacts(asking, client_id),
        locations=_locations(asking, client_id),
        quizzes=_quizzes(asking, client_id),
        assignments=_assignments(asking, client_id),
        lookbooks=_lookbooks(asking, client_id),
        appointments=_appointments(asking, client_id),
        orders=_orders(asking, client_id),
        signals=_signals(asking, client_id),
        signal_total=signal_total,
        follow_ups=_follow_ups(asking, client_id),
        tasks=_tasks(asking, client_id),
        notes=_notes(asking, client_id),
        messages=_messages(asking, client_id),
        csat=_csat(asking, client_id),
        birthday=client.birthday,
        website=client.website,
    )


def _hers(asking: Asking, table: Any, client_id: int, *order: Any, limit: int = 1000) -> Sequence[Any]:
    found: Sequence[Any] = asking.session.exec(
        select(table).where(table.client_id == client_id).order_by(*order, col(table.id).desc()).limit(limit)
    ).all()
    return found


def _contacts(asking: Asking, client_id: int) -> tuple[ContactLine, ...]:
    return tuple(
        ContactLine(c.name, c.email, c.phone, c.is_primary, c.email_status, c.email_consent, c.text_consent)
        for c in _hers(asking, Contact, client_id, col(Contact.is_primary).desc())
    )


def _locations(asking: Asking, client_id: int) -> tuple[LocationLine, ...]:
    return tuple(
        LocationLine(
            place.name,
            ", ".join(
                part
                for part in (
                    place.line1,
                    place.line2,
                    " ".join(x for x in (place.city, place.region, place.postcode) if x),
                    place.country,
                )
                if part
            ),
            place.is_primary,
        )
        for place in _hers(asking, tables.Location, client_id, col(tables.Location.is_primary).desc())
    )


def _quizzes(asking: Asking, client_id: int) -> tuple[QuizLine, ...]:
    quizzes = _hers(asking, tables.StyleQuiz, client_id, col(tables.StyleQuiz.taken_at).desc())
    answers: dict[int, list[tuple[str, str]]] = {quiz.id: [] for quiz in quizzes}
    answer = tables.StyleQuizAnswer
    for one in asking.session.exec(
        select(answer).where(col(answer.quiz_id).in_(answers)).order_by(col(answer.quiz_id), col(answer.position))
    ):
        answers[one.quiz_id].append((one.question, one.answer))
    return tuple(QuizLine(quiz.taken_at, quiz.spending_power, tuple(answers[quiz.id])) for quiz in quizzes)


def _assignments(asking: Asking, client_id: int) -> tuple[AssignmentLine, ...]:
    return tuple(
        AssignmentLine(
            a.type,
            a.status,
            a.revision_number,
            a.consultation_at,
            a.look_review_at,
            a.delivered_at,
            a.hq_notes,
            a.rep_notes,
        )
        for a in _hers(asking, tables.Assignment, client_id, col(tables.Assignment.consultation_at).desc().nulls_last())
    )


def _lookbooks(asking: Asking, client_id: int) -> tuple[LookbookLine, ...]:
    lookbooks = _hers(asking, tables.Lookbook, client_id, col(tables.Lookbook.delivered_at).desc().nulls_last())
    items: dict[int, list[str]] = {lookbook.id: [] for lookbook in lookbooks}
    item = tables.LookbookItem
    for one in asking.session.exec(select(item).where(col(item.lookbook_id).in_(items)).order_by(col(item.id))):
        items[one.lookbook_id].append(one.name)
    return tuple(LookbookLine(book.title, book.delivered_at, tuple(items[book.id])) for book in lookbooks)


def _appointments(asking: Asking, client_id: int) -> tuple[AppointmentLine, ...]:
    return tuple(
        AppointmentLine(a.starts_at, a.kind, a.confirmed_at is not None, a.cancelled_at is not None)
        for a in _hers(asking, tables.Appointment, client_id, col(tables.Appointment.starts_at).desc())
    )


def _orders(asking: Asking, client_id: int) -> tuple[OrderLine, ...]:
    orders = _hers(asking, tables.Order, client_id, col(tables.Order.placed_at).desc())
    items: dict[int, list[OrderItem]] = {order.id: [] for order in orders}
    line = tables.OrderLine
    for one in asking.session.exec(
        select(line).where(col(line.order_id).in_(items)).order_by(col(line.order_id), col(line.position))
    ):
        items[one.order_id].append(OrderItem(one.name, one.brand, one.quantity, Cents(one.price_cents)))
    return tuple(
        OrderLine(
            o.number,
            o.status,
            o.placed_at,
            Cents(o.total_cents),
            Cents(o.refunded_cents),
            o.currency,
            tuple(items[o.id]),
        )
        for o in orders
    )


def _signals(asking: Asking, client_id: int) -> tuple[SignalEntry, ...]:
    return tuple(
        SignalEntry(
            s.kind,
            s.occurred_at,
            s.comment or s.item or s.lookbook,
            None if s.amount_cents is None else Cents(s.amount_cents),
            s.currency,
        )
        for s in _hers(asking, tables.Signal, client_id, col(tables.Signal.occurred_at).desc(), limit=MOST_SIGNALS)
    )


def _follow_ups(asking: Asking, client_id: int) -> tuple[FollowUpLine, ...]:
    follow_up = tables.FollowUp
    order = (col(follow_up.completed_at).desc().nulls_first(), col(follow_up.due_on))
    return tuple(
        FollowUpLine(f.status, f.due_on, f.completed_at, f.channel, f.outcome or f.reminder)
        for f in _hers(asking, follow_up, client_id, *order)
    )


def _tasks(asking: Asking, client_id: int) -> tuple[TaskLine, ...]:
    task = tables.Task
    order = (col(task.done_at).desc().nulls_first(), col(task.due_on).nulls_last())
    return tuple(
        TaskLine(t.description, t.category, t.due_on, t.done_at) for t in _hers(asking, task, client_id, *order)
    )


def _notes(asking: Asking, client_id: int) -> tuple[NoteLine, ...]:
    return tuple(
        NoteLine(n.kind, n.written_at, n.body)
        for n in _hers(asking, tables.Note, client_id, col(tables.Note.written_at).desc())
    )


def _messages(asking: Asking, client_id: int) -> tuple[MessageLine, ...]:
    return tuple(
        MessageLine(m.channel, m.direction, m.sent_at, m.subject, m.body, m.outcome)
        for m in _hers(asking, tables.Message, client_id, col(tables.Message.sent_at).desc())
    )


def _csat(asking: Asking, client_id: int) -> tuple[CsatLine, ...]:
    return tuple(
        CsatLine(c.responded_at, c.score, c.comment, c.answered_at)
        for c in _hers(asking, tables.CsatResponse, client_id, col(tables.CsatResponse.responded_at).desc())
    )
