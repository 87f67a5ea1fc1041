"""The overview of a client's profile: of each thing the first few; its own section has the rest (R22 to R31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from stylistdesk.db import tables
from stylistdesk.db.orders import read_orders
from stylistdesk.db.tables import Client
from stylistdesk.domain.dates import say_cadence
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, Cents, Channel, FollowUpStatus, OrderStatus
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact (R24)."""

    name: str
    email: str
    phone: str
    is_primary: bool


@dataclass(frozen=True, slots=True)
class LocationLine:
    """A place (R23)."""

    name: str
    address: str
    is_primary: bool


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """An assignment (R10 to R13)."""

    type: AssignmentType
    status: AssignmentStatus
    revision_number: int | None
    consultation_at: datetime | None
    delivered_at: datetime | None
    hq_notes: str
    rep_notes: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order: what was booked, as in Orders and Sales, and what was given back of it."""

    number: str
    status: OrderStatus
    placed_at: datetime
    booked: Cents
    credited: Cents
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
    """A task that is open (R26)."""

    description: str
    category: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note (R28)."""

    written_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class CsatLine:
    """A client satisfaction response (R21)."""

    responded_at: datetime
    score: int
    comment: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClientOverview:
    """What the overview tells beside her place in the queue, the first of each in front."""

    description: str
    company: str
    tags: str
    birthday: str
    website: str
    cadence: str
    cadence_anchor_on: date | None
    cadence_paused: bool
    contacts: tuple[ContactLine, ...]
    locations: tuple[LocationLine, ...]
    assignments: tuple[AssignmentLine, ...]
    orders: tuple[OrderLine, ...]
    follow_ups: tuple[FollowUpLine, ...]
    tasks: tuple[TaskLine, ...]
    notes: tuple[NoteLine, ...]
    csat: tuple[CsatLine, ...]


def client_overview(asking: Asking, client_id: int, most: int) -> ClientOverview | None:
    """The overview of a client's profile, at most so many of each; `None` if she is not on the desk."""
    client = asking.session.get(Client, client_id)
    if client is None:
        return None
    contact, place, job = tables.Contact, tables.Location, tables.Assignment
    order, follow_up, task = tables.Order, tables.FollowUp, tables.Task
    note, csat = tables.Note, tables.CsatResponse

    def few(table: Any, *order: Any, where: ColumnElement[bool] | None = None) -> Sequence[Any]:
        hers = select(table).where(table.client_id == client_id).order_by(*order, col(table.id).desc())
        found: Sequence[Any] = asking.session.exec((hers if where is None else hers.where(where)).limit(most)).all()
        return found

    newest = [o.id for o in few(order, col(order.placed_at).desc())]
    orders = read_orders(asking.session, asking.zone, ids=newest)
    cadence = asking.session.exec(select(tables.Cadence).where(tables.Cadence.client_id == client_id)).first()
    return ClientOverview(
        description=client.description,
        company=client.company,
        tags=client.tags,
        birthday=client.birthday,
        website=client.website,
        cadence=say_cadence(cadence.every, cadence.unit) if cadence else "",
        cadence_anchor_on=cadence.anchor_on if cadence else None,
        cadence_paused=bool(cadence and cadence.paused_at),
        contacts=tuple(
            ContactLine(c.name, c.email, c.phone, c.is_primary) for c in few(contact, col(contact.is_primary).desc())
        ),
        locations=tuple(
            LocationLine(p.name, _address(p), p.is_primary) for p in few(place, col(place.is_primary).desc())
        ),
        assignments=tuple(
            AssignmentLine(
                a.type, a.status, a.revision_number, a.consultation_at, a.delivered_at, a.hq_notes, a.rep_notes
            )
            for a in few(job, col(job.consultation_at).desc().nulls_last())
        ),
        orders=tuple(
            OrderLine(
                o.row["number"],
                o.row["status"],
                o.row["placed_at"],
                o.booked,
                o.facts.standing.credited,
                o.row["currency"],
            )
            for o in sorted(orders, key=lambda o: (o.row["placed_at"], o.row["id"]), reverse=True)
        ),
        follow_ups=tuple(
            FollowUpLine(f.status, f.due_on, f.completed_at, f.channel, f.outcome or f.reminder)
            for f in few(follow_up, col(follow_up.completed_at).desc().nulls_first(), col(follow_up.due_on))
        ),
        tasks=tuple(
            TaskLine(t.description, t.category, t.due_on)
            for t in few(task, col(task.due_on).nulls_last(), where=col(task.done_at).is_(None))
        ),
        notes=tuple(NoteLine(n.written_at, n.body) for n in few(note, col(note.written_at).desc())),
        csat=tuple(
            CsatLine(c.responded_at, c.score, c.comment, c.answered_at)
            for c in few(csat, col(csat.responded_at).desc())
        ),
    )


def _address(place: tables.Location) -> str:
    town = " ".join(part for part in (place.city, place.region, place.postcode) if part)
    return ", ".join(part for part in (place.line1, place.line2, town, place.country) if part)
