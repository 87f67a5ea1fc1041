"""The places of a client (R23): any number, exactly one of them primary if there is any."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import bindparam
from sqlmodel import Session, SQLModel, col, select, update

from stylistdesk.commands import postcodes
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.desk import checked_country
from stylistdesk.commands.primary import remove_and_pass_on, take_primary
from stylistdesk.commands.triage import client_named
from stylistdesk.db.tables import Appointment, Location, Order
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.positions import Position, parse_position
from stylistdesk.domain.text import clean

TYPED, BY_POSTCODE = "typed", "postcode"


@dataclass(frozen=True, slots=True)
class LocationForm:
    """What the form of a place holds, as typed. An empty `position` is found by the postcode, where that is known."""

    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    position: str = ""

    def checked(self) -> "LocationForm":
        """The same, cleaned. Raises `Refused` for a place of which nothing is said, or a position that is none."""
        form = replace(self, **{name: clean(getattr(self, name)) for name in self.__slots__})
        if form.position:
            parse_position(form.position)
        if not any(getattr(form, name) for name in self.__slots__ if name != "country"):
            raise Refused("Nothing is said of this place.", field="city", hint="A city or a name is enough.")
        return form


@dataclass(frozen=True, slots=True)
class AddLocation:
    """Add a place of a client; her first one is primary, and so is one that asks to be. `Outcome.value` is its id."""

    client_id: int
    form: LocationForm
    primary: bool = False

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, or if the client is gone."""
        client = client_named(work.session, self.client_id)
        place = Location(client_id=self.client_id)
        _fill(work, place, self.form.checked())
        work.session.add(place)
        work.session.flush()
        take_primary(work.session, Location, place, asked=self.primary)
        return Outcome(f"Added {_said(place)} of {client.name}", (self.client_id,), place.id)


@dataclass(frozen=True, slots=True)
class EditLocation:
    """Change a place of a client."""

    location_id: int
    form: LocationForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, or if the place is gone."""
        place = _place(work.session, self.location_id)
        _fill(work, place, self.form.checked())
        work.session.add(place)
        return Outcome(
            f"Edited {_said(place)} of {client_named(work.session, place.client_id).name}", (place.client_id,)
        )


@dataclass(frozen=True, slots=True)
class RemoveLocation:
    """Remove a place. If it is the primary one, `next_id` says which of those that stay is primary now.

    Orders and appointments there lose the place, and nothing else.
    """

    location_id: int
    next_id: int | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` with field "next" where several places stay and none of them is named."""
        session = work.session
        place = _place(session, self.location_id)
        said, client_id = _said(place), place.client_id
        for table in (Order, Appointment):
            session.exec(update(table).where(col(table.location_id) == self.location_id).values(location_id=None))
        more = remove_and_pass_on(session, Location, place, self.next_id, "place", _said)
        return Outcome(f"Removed {said} of {client_named(session, client_id).name}{more}", (client_id,))


@dataclass(frozen=True, slots=True)
class MakeLocationPrimary:
    """Have this place go to reports and be the pin on the map."""

    location_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the place is gone."""
        place = _place(work.session, self.location_id)
        take_primary(work.session, Location, place, asked=True)
        name = client_named(work.session, place.client_id).name
        return Outcome(f"Made {_said(place)} the primary place of {name}", (place.client_id,))


@dataclass(frozen=True, slots=True)
class PlaceAll:
    """Find a position for every place that has none and whose postcode is known: one undo step.

    `find` tells where a postcode of a country is; by default the offline table does. `Outcome.value` is how many were
    placed, and how many have no position still.
    """

    find: Callable[[str, str], Position | None] | None = None

    def apply(self, work: Work) -> Outcome:
        """Places that have a position keep it."""
        session, find = work.session, self.find or postcodes.position_of
        rows = session.exec(
            select(Location.id, Location.postcode, Location.country).where(col(Location.latitude).is_(None))
        ).all()
        found = [
            (location_id, position)
            for location_id, postcode, country in rows
            if postcode and (position := find(postcode, country or work.country)) is not None
        ]
        if found:
            table = SQLModel.metadata.tables["location"]
            statement = (
                update(table)
                .where(table.c.id == bindparam("row_id"))
                .values(latitude=bindparam("north"), longitude=bindparam("east"), position_from=BY_POSTCODE)
            )
            session.connection().execute(
                statement, [{"row_id": row, "north": at.latitude, "east": at.longitude} for row, at in found]
            )
        places = "place" if len(found) == 1 else "places"
        return Outcome(f"Put {len(found):,} {places} on the map", value=(len(found), len(rows) - len(found)))


def _place(session: Session, location_id: int) -> Location:
    place = session.get(Location, location_id)
    if place is None:
        raise Refused("This place is no longer on the desk.", hint="Undo brings it back.")
    return place


def _fill(work: Work, place: Location, form: LocationForm) -> None:
    if form.country and form.country != place.country:  # one that an import brought stays as it is
        checked_country(form.country)
    moved = (form.postcode, form.country) != (place.postcode, place.country)
    for name in ("name", "line1", "line2", "city", "region", "postcode", "country"):
        setattr(place, name, getattr(form, name))
    if form.position:
        position: Position | None = parse_position(form.position)
        source = TYPED
    else:
        if place.position_from == BY_POSTCODE and not moved:
            return  # the postcode is where it was, even if the table that knew it is not here now
        position, source = postcodes.position_of(form.postcode, form.country or work.country), BY_POSTCODE
    place.latitude = position.latitude if position else None
    place.longitude = position.longitude if position else None
    place.position_from = source if position else ""


def _said(place: Location) -> str:
    """The place in a word or two."""
    return place.name or place.city or place.line1 or place.postcode or "a place"
