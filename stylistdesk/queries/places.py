"""Where clients are, and how they are reached: the sections Locations and Contacts, and the map (R23, R24)."""

from dataclasses import dataclass

from sqlalchemy import and_, func
from sqlmodel import col, select

from stylistdesk.db.tables import Client, Contact, Location
from stylistdesk.domain.positions import Position
from stylistdesk.domain.text import say_phone
from stylistdesk.domain.types import ConsentState, EmailStatus
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of a client; `position_from` is "typed", "postcode" or nothing."""

    id: int
    name: str
    line1: str
    line2: str
    city: str
    region: str
    postcode: str
    country: str
    is_primary: bool
    position: Position | None
    position_from: str

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of the address that say something."""
        town = " ".join(part for part in (self.city, self.region, self.postcode) if part)
        return tuple(part for part in (self.line1, self.line2, town, self.country) if part)

    @property
    def said(self) -> str:
        """The place in a few words."""
        return self.name or ", ".join(part for part in (self.line1, self.city) if part) or self.postcode or "a place"


def places(asking: Asking, client_id: int) -> tuple[PlaceRow, ...]:
    """The places of a client, as they were added: making another one primary moves nothing."""
    rows = asking.session.exec(select(Location).where(Location.client_id == client_id).order_by(col(Location.id)))
    return tuple(
        PlaceRow(
            row.id or 0, row.name, row.line1, row.line2, row.city, row.region, row.postcode, row.country,
            row.is_primary, position_of(row), row.position_from,
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact of a client, with what is known of the permission to write."""

    id: int
    name: str
    title: str
    email: str
    phone: str
    is_primary: bool
    email_status: EmailStatus
    email_consent: ConsentState
    text_consent: ConsentState
    note: str

    @property
    def said(self) -> str:
        """The contact in a few words."""
        return self.name or self.email or say_phone(self.phone)


def contacts(asking: Asking, client_id: int) -> tuple[ContactRow, ...]:
    """The contacts of a client, as they were added."""
    rows = asking.session.exec(select(Contact).where(Contact.client_id == client_id).order_by(col(Contact.id)))
    return tuple(
        ContactRow(
            row.id or 0, row.name, row.title, row.email, row.phone, row.is_primary,
            row.email_status, row.email_consent, row.text_consent, row.note,
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pin:
    """One client on the map: the name and city of her primary place, and where it is."""

    client_id: int
    name: str
    place: str
    city: str
    latitude: int
    longitude: int

    @property
    def position(self) -> Position:
        """Where it is."""
        return Position(self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class Pins:
    """All clients whose primary place has a position, by name; how many places have none, and could have one."""

    pins: tuple[Pin, ...]
    without: int
    with_postcode: int


def map_pins(asking: Asking) -> Pins:
    """The pins of the map. The clients without a position are counted: those whose primary place has none."""
    primary = and_(col(Location.client_id) == col(Client.id), col(Location.is_primary))
    rows = asking.session.exec(
        select(  # type: ignore[call-overload]
            Client.id, Client.name, Location.name, Location.city, Location.region, Location.latitude,
            Location.longitude,
        )
        .join(Location, primary)
        .where(col(Location.latitude).is_not(None), col(Location.longitude).is_not(None))
        .order_by(col(Client.name_key), col(Client.id))
    )  # fmt: skip
    pins = tuple(
        Pin(client_id, name, place, " ".join(part for part in (city, region) if part), latitude, longitude)
        for client_id, name, place, city, region, latitude, longitude in rows
    )
    bare = and_(col(Location.is_primary), col(Location.latitude).is_(None))
    without = asking.session.exec(select(func.count()).select_from(Location).where(bare)).one()
    coded = asking.session.exec(select(func.count()).select_from(Location).where(bare, Location.postcode != "")).one()
    return Pins(pins, without, coded)


def position_of(row: Location) -> Position | None:
    """Where a place is, if that is known."""
    return None if row.latitude is None or row.longitude is None else Position(row.latitude, row.longitude)
