"""Brands that the rep sells, and what a client is to each (R31)."""

from dataclasses import dataclass

from sqlmodel import Session, col, delete, select, update

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import client_named
from stylistdesk.db import tables
from stylistdesk.db.tables import Brand, ClientBrand
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.types import BrandStatus

LONGEST_NAME = 200


def brand_with(session: Session, brand_id: int) -> Brand:
    """The brand, or `Refused` if it is gone."""
    brand = session.get(Brand, brand_id)
    if brand is None:
        raise Refused("This brand is no longer on the desk.", hint="Undo brings a removed brand back.")
    return brand


def brand_called(session: Session, name: str, field: str = "brand") -> Brand | None:
    """The brand of this name, made if there is none; None for a blank name."""
    name = clean(name, limit=LONGEST_NAME)
    if not name:
        return None
    found = session.exec(select(Brand).where(Brand.name_key == name_key(name))).first()
    if found is None:
        found = Brand(name=name, name_key=name_key(name))
        session.add(found)
        session.flush()
    return found


@dataclass(frozen=True, slots=True)
class AddBrand:
    """Add a brand. `Outcome.value` is its id."""

    name: str
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a blank name, and for one that there is."""
        name = _checked(work.session, self.name)
        brand = Brand(name=name, name_key=name_key(name), note=clean(self.note, multiline=True))
        work.session.add(brand)
        work.session.flush()
        return Outcome(f"Added the brand {name}", value=brand.id)


@dataclass(frozen=True, slots=True)
class EditBrand:
    """Change a brand's name and note."""

    brand_id: int
    name: str
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a blank name, and for that of another brand."""
        brand = brand_with(work.session, self.brand_id)
        name = _checked(work.session, self.name, but=self.brand_id)
        brand.name, brand.name_key, brand.note = name, name_key(name), clean(self.note, multiline=True)
        return Outcome(f"Edited the brand {name}")


def _checked(session: Session, typed: str, but: int | None = None) -> str:
    name = clean(typed, limit=LONGEST_NAME)
    if not name:
        raise Refused("The brand's name is missing.", field="name")
    there = session.exec(select(Brand).where(Brand.name_key == name_key(name), Brand.id != but)).first()
    if there is not None:
        raise Refused(f"There is a brand {there.name} already.", field="name", hint="Edit that one instead.")
    return name


@dataclass(frozen=True, slots=True)
class RemoveBrand:
    """Remove a brand with its rates, and what clients are to it. Orders stay, without it; what is frozen stays."""

    brand_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the brand is gone."""
        session = work.session
        brand = brand_with(session, self.brand_id)
        name = brand.name
        for table in (tables.CommissionRate, ClientBrand):
            session.exec(delete(table).where(col(table.brand_id) == self.brand_id))
        for linked in (tables.Order, tables.Appointment):
            session.exec(update(linked).where(col(linked.brand_id) == self.brand_id).values(brand_id=None))
        session.delete(brand)
        return Outcome(f"Removed the brand {name}")


@dataclass(frozen=True, slots=True)
class SetClientBrand:
    """What a client is to a brand: active or potential, and her ID number there. Adds it if it is not there yet."""

    client_id: int
    brand: str
    status: BrandStatus
    number: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a blank brand."""
        session = work.session
        client = client_named(session, self.client_id)
        brand = brand_called(session, self.brand)
        if brand is None or brand.id is None:
            raise Refused("The brand is missing.", field="brand", hint="Type its name; a new one is added.")
        row = session.exec(
            select(ClientBrand).where(ClientBrand.client_id == self.client_id, ClientBrand.brand_id == brand.id)
        ).first()
        row = row or ClientBrand(client_id=self.client_id, brand_id=brand.id, status=self.status)
        row.status, row.number = self.status, clean(self.number, limit=100)
        session.add(row)
        return Outcome(f"{client.name} is {self.status.value} for {brand.name}", (self.client_id,), brand.id)


@dataclass(frozen=True, slots=True)
class RemoveClientBrand:
    """Forget what a client is to a brand. Her own rate for it stays, and her orders."""

    client_id: int
    brand_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if there is nothing to forget."""
        session = work.session
        client, brand = client_named(session, self.client_id), brand_with(session, self.brand_id)
        row = session.exec(
            select(ClientBrand).where(ClientBrand.client_id == self.client_id, ClientBrand.brand_id == brand.id)
        ).first()
        if row is None:
            raise Refused(f"{client.name} is neither active nor potential for {brand.name}.")
        session.delete(row)
        return Outcome(f"Took {brand.name} off {client.name}", (self.client_id,))
