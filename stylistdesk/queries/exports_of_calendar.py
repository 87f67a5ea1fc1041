"""Appointments, follow-ups and the desk's own events with all that another calendar shows of them (R19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from stylistdesk.db.tables import Appointment, Assignment, CalendarEvent, Client, FollowUp, HostEvent, Location
from stylistdesk.domain.assignments import MISSED
from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.event_sources import OURS
from stylistdesk.domain.types import AssignmentStatus, Channel, EventKind, FollowUpStatus
from stylistdesk.queries.asking import Asking

BEGUN = (AssignmentStatus.IN_PROGRESS, AssignmentStatus.DELIVERED, AssignmentStatus.CLOSED)
_CHANGES = """
    SELECT c.table_name, c.row_id, count(*) - 1, max(m.at) FROM journal_change c
    JOIN journal_command m ON m.id = c.command_id
    WHERE c.table_name IN ('appointment', 'follow_up', 'calendar_event', 'host_event')
    GROUP BY c.table_name, c.row_id"""


@dataclass(frozen=True, slots=True)
class ExportAppointment:
    """One appointment with a client.

    It is `confirmed` once she has said so, or it or its session has begun. The look review of a session that is
    cancelled or missed is `cancelled` too: the desk keeps it as the hour of a lookbook that is still owed, and nobody
    meets.
    """

    id: int
    client: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    note: str
    confirmed: bool
    cancelled: bool
    busy: bool  # a look review without an end takes no time (R13)


@dataclass(frozen=True, slots=True)
class ExportFollowUp:
    """One follow-up that is scheduled, on the day on which it is due."""

    id: int
    client: str
    due_on: date
    channel: Channel | None
    note: str


@dataclass(frozen=True, slots=True)
class ExportEvent:
    """One event or blocked time that was made at this desk; `ics` says when one that recurs takes place again."""

    id: int
    uid: str
    recurrence: str
    kind: EventKind
    title: str
    note: str
    place: str
    starts_at: datetime
    ends_at: datetime
    starts_on: date | None
    ends_on: date | None
    busy: bool
    ics: str


@dataclass(frozen=True, slots=True)
class ExportShopDay:
    """The day on which a shop window opens ("shop_opens") or closes ("shop_closes"), or the hour of the "party" (R37).

    A whole day has `on`; `id` is that of the event.
    """

    what: str
    id: int
    title: str
    place: str
    note: str
    starts_at: datetime
    ends_at: datetime
    on: date | None
    cancelled: bool


@dataclass(frozen=True, slots=True)
class ExportCalendar:
    """Everything; `changes` says how often a row (its table, its id) was changed, and when the last time."""

    appointments: tuple[ExportAppointment, ...]
    follow_ups: tuple[ExportFollowUp, ...]
    events: tuple[ExportEvent, ...]
    changes: dict[tuple[str, int], tuple[int, datetime]]
    shop_days: tuple[ExportShopDay, ...] = ()


def calendar_for_export(asking: Asking, ids: Sequence[int] | None = None) -> ExportCalendar:
    """All that is the desk's own, or what of it is with the clients of the ids; in the order of time."""
    return ExportCalendar(
        appointments_for_export(asking, ids),
        follow_ups_for_export(asking, ids),
        events_for_export(asking, ids),
        _changes(asking),
        shop_days_for_export(asking, ids),
    )


def appointments_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportAppointment, ...]:
    """Appointments of all years; one without an end lasts as long as one usually does."""
    usual = timedelta(minutes=asking.settings.appointment_minutes)
    wanted = (
        select(Appointment, Client.name, Location, Assignment.status)
        .join(Client, col(Client.id) == Appointment.client_id)
        .join(Assignment, col(Assignment.id) == Appointment.assignment_id, isouter=True)
        .join(Location, col(Location.id) == Appointment.location_id, isouter=True)
        .order_by(col(Appointment.starts_at), col(Appointment.id))
    )
    if ids is not None:
        wanted = wanted.where(col(Appointment.client_id).in_(ids))
    return tuple(
        ExportAppointment(
            id=row.id or 0,
            client=client,
            kind=row.kind,
            starts_at=row.starts_at,
            ends_at=row.ends_at or row.starts_at + usual,
            place=_place(place),
            note=row.note,
            confirmed=row.confirmed_at is not None or row.starts_at <= asking.now or status in BEGUN,
            cancelled=row.cancelled_at is not None or (status in MISSED and _is_review(row)),
            busy=row.ends_at is not None or not _is_review(row),
        )
        for row, client, place, status in asking.session.exec(wanted)
    )


def _is_review(row: Appointment) -> bool:
    return row.kind.casefold() == "look review"


def follow_ups_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportFollowUp, ...]:
    """Follow-ups that are scheduled for a day."""
    wanted = (
        select(FollowUp, Client.name)
        .join(Client, col(Client.id) == FollowUp.client_id)
        .where(FollowUp.status == FollowUpStatus.SCHEDULED, col(FollowUp.due_on).is_not(None))
        .order_by(col(FollowUp.due_on), col(FollowUp.id))
    )
    if ids is not None:
        wanted = wanted.where(col(FollowUp.client_id).in_(ids))
    return tuple(
        ExportFollowUp(row.id or 0, client, row.due_on, row.channel, row.reminder)
        for row, client in asking.session.exec(wanted)
        if row.due_on is not None
    )


def events_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportEvent, ...]:
    """Events that were made at this desk."""
    wanted = (
        select(CalendarEvent)
        .where(CalendarEvent.source == OURS)
        .order_by(col(CalendarEvent.starts_at), col(CalendarEvent.id))
    )
    if ids is not None:
        wanted = wanted.where(col(CalendarEvent.client_id).in_(ids))
    return tuple(
        ExportEvent(
            id=row.id or 0,
            uid=row.uid,
            recurrence=row.recurrence,
            kind=row.kind,
            title=row.title,
            note=row.note,
            place=row.place,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            starts_on=row.starts_on if row.all_day else None,
            ends_on=row.ends_on if row.all_day else None,
            busy=row.busy,
            ics=row.ics if row.recurs else "",
        )
        for row in asking.session.exec(wanted)
    )


def shop_days_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportShopDay, ...]:
    """The days on which shop windows open and close, and the hours of parties; a window of one day is one."""
    usual = timedelta(minutes=asking.settings.appointment_minutes)
    wanted = select(HostEvent).order_by(col(HostEvent.opens_on), col(HostEvent.id))
    if ids is not None:
        wanted = wanted.where(col(HostEvent.client_id).in_(ids))
    found: list[ExportShopDay] = []
    for row in asking.session.exec(wanted):
        key, off = row.id or 0, row.cancelled_at is not None
        days = [("shop_opens", "Opens", row.opens_on), ("shop_closes", "Closes", row.closes_on)]
        if row.opens_on == row.closes_on:
            days = [("shop_opens", "Open today", row.opens_on)]
        for what, said, on in days:
            at = start_of_day(on, asking.zone)
            found.append(ExportShopDay(what, key, f"{said}: {row.name}", "", row.link, at, at, on, off))
        if row.held_at is not None:
            ends_at = row.held_at + usual
            found.append(ExportShopDay("party", key, row.name, row.place, row.note, row.held_at, ends_at, None, off))
    return tuple(found)


def _place(place: Location | None) -> str:
    """Where it is, as a map finds it."""
    if place is None:
        return ""
    parts = (place.name, place.line1, place.line2, place.city, f"{place.region} {place.postcode}".strip())
    return ", ".join(part for part in parts if part)


def _changes(asking: Asking) -> dict[tuple[str, int], tuple[int, datetime]]:
    rows = asking.session.connection().exec_driver_sql(_CHANGES)
    return {
        (table, row_id): (count, datetime.fromisoformat(at).replace(tzinfo=UTC)) for table, row_id, count, at in rows
    }
