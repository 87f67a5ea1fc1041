"""The appointments of one client (R27), and what a booking stands across (R17)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, func, select

from stylistdesk.db.tables import Appointment, Brand, Client, Location
from stylistdesk.domain.bookings import LONGEST, Booked, overlapping
from stylistdesk.domain.types import Overlaps
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.events import events_between
from stylistdesk.queries.host_events import parties_between

MOST = 1000
"""So many of a client are given, the latest."""


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment with the names of its place and brand."""

    id: int
    kind: str
    starts_at: datetime
    ends_at: datetime | None
    confirmed: bool
    cancelled: bool
    season: str
    season_year: int | None
    location_id: int | None
    location: str
    brand_id: int | None
    brand: str
    note: str
    assignment_id: int | None = None
    makes_lookbook: bool = False  # it is the consultation of an assignment that is to end in one

    @property
    def from_hq(self) -> bool:
        """Whether it stands for an assignment."""
        return self.assignment_id is not None


def client_appointments(asking: Asking, client_id: int) -> tuple[AppointmentRow, ...]:
    """Her appointments of all years and seasons, the latest first."""
    rows = asking.session.exec(
        select(Appointment, Location, Brand.name)
        .join(Location, col(Location.id) == Appointment.location_id, isouter=True)
        .join(Brand, col(Brand.id) == Appointment.brand_id, isouter=True)
        .where(Appointment.client_id == client_id)
        .order_by(col(Appointment.starts_at).desc(), col(Appointment.id).desc())
        .limit(MOST)
    )
    return tuple(_row(appointment, place, brand) for appointment, place, brand in rows)


def consultation_of(asking: Asking, assignment_id: int) -> int | None:
    """The appointment in which an assignment begins, if it has a time."""
    return asking.session.exec(
        select(Appointment.id)
        .where(Appointment.assignment_id == assignment_id)
        .order_by(func.lower(col(Appointment.kind)) != "consultation", col(Appointment.id))
    ).first()


def _row(one: Appointment, place: Location | None, brand: str | None) -> AppointmentRow:
    return AppointmentRow(
        id=one.id or 0,
        kind=one.kind,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        confirmed=one.confirmed_at is not None,
        cancelled=one.cancelled_at is not None,
        season=one.season,
        season_year=one.season_year,
        location_id=one.location_id,
        location=_place(place) if place is not None else "",
        brand_id=one.brand_id,
        brand=brand or "",
        note=one.note,
        assignment_id=one.assignment_id,
        makes_lookbook=one.assignment_id is not None and one.kind.casefold() == "consultation",
    )


def _place(place: Location) -> str:
    """A place in a few words: its name, or its first line, and its city."""
    return ", ".join(part for part in (place.name or place.line1, place.city) if part)


@dataclass(frozen=True, slots=True)
class Bookable:
    """What the form of an appointment needs: for whom it is, her places, the brands, and how long one usually lasts."""

    client_id: int | None
    name: str
    places: tuple[tuple[int, str], ...]
    brands: tuple[tuple[int, str], ...]
    usual: timedelta


def bookable(asking: Asking, client_id: int | None) -> Bookable:
    """What the form of an appointment needs; without a client it has no places."""
    session = asking.session
    client = session.get(Client, client_id) if client_id is not None else None
    places: Any = ()
    if client is not None:
        places = session.exec(
            select(Location)
            .where(Location.client_id == client_id)
            .order_by(col(Location.is_primary).desc(), col(Location.id))
        )
    brands = session.exec(select(Brand.id, Brand.name).order_by(col(Brand.name_key)))
    return Bookable(
        client_id=client.id if client is not None else None,
        name=client.name if client is not None else "",
        places=tuple((place.id or 0, _place(place)) for place in places),
        brands=tuple((number or 0, name) for number, name in brands),
        usual=timedelta(minutes=asking.settings.appointment_minutes),
    )


@dataclass(frozen=True, slots=True)
class Across:
    """An appointment, a party, or busy or blocked time, that another appointment stands across."""

    who: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool = False


def standing_across(
    asking: Asking,
    starts_at: datetime,
    ends_at: datetime | None,
    brand_id: int | None = None,
    but: int | None = None,
    *,
    but_of: int | None = None,
) -> tuple[Across, ...]:
    """What a booking would stand across, clients first, as the setting `overlaps` counts it (R17).

    Time that is blocked or busy is of no brand: it counts for each.

    `but` is the appointment that is changed, `but_of` the assignment whose own ones do not count.
    """
    which = asking.settings.overlaps
    usual = timedelta(minutes=asking.settings.appointment_minutes)
    wanted = Booked(but or 0, starts_at, ends_at, brand_id)
    if which is Overlaps.IGNORE:
        return ()
    one = Appointment
    near = asking.session.exec(
        select(one, Client.name)
        .join(Client, col(Client.id) == one.client_id)
        .where(
            col(one.cancelled_at).is_(None),
            one.starts_at > starts_at - LONGEST - timedelta(days=1),
            one.starts_at < wanted.span(usual)[1],
        )
    ).all()
    names = {found.id: (name, found.kind) for found, name in near}
    booked = [
        Booked(found.id or 0, found.starts_at, found.ends_at, found.brand_id)
        for found, _ in near
        # A look review is when the lookbook is wanted: it takes no time.
        if not (found.assignment_id is not None and (found.assignment_id == but_of or found.kind == "Look review"))
    ]
    across = [Across(*names[found.id], *found.span(usual)) for found in overlapping(wanted, booked, usual, which)]
    taken = (event for event in events_between(asking, *wanted.span(usual)) if event.busy)
    return (
        *across,
        *(
            Across(event.title or "blocked time", event.kind.value, event.starts_at, event.ends_at, event.all_day)
            for event in taken
        ),
        *(
            Across(party.name, "party", party.starts_at, party.ends_at)
            for party in parties_between(asking, *wanted.span(usual))
        ),
    )
