"""The clients that a file touches, with their contacts and locations: held while the file speaks of them, then written.

A client is written once for all rows that name her, and only what differs from what was there.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stylistdesk.commands.places import TYPED
from stylistdesk.db.tables import Client, ClientExternalId, Contact, Location
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.exchange.addresses import fit
from stylistdesk.exchange.consents import Consents
from stylistdesk.exchange.ledger import Ledger, Model, Values, differences, fetch
from stylistdesk.exchange.matching import Settled
from stylistdesk.exchange.records import ClientRef, LocationRecord

NAMES_TOLD = 50
"""How many names of new clients the report keeps."""


@dataclass(slots=True)
class Held:
    """A row as it is to be, and as it was when it was read or made."""

    row: Values
    before: Values
    told: bool = False  # the file lists it itself, so it counts as unchanged where nothing changed


@dataclass(slots=True)
class Person:
    """A client with her contacts and locations; `called` is the name by which the file knew her first."""

    client: Held
    contacts: list[Held] = field(default_factory=list)
    locations: list[Held] = field(default_factory=list)
    called: str = ""

    @property
    def id(self) -> int:
        """The client's id."""
        return int(self.client.row["id"])


class People:
    """Everyone whom the file names, by what the matcher settled."""

    def __init__(
        self,
        ledger: Ledger,
        consents: Consents,
        settled: Settled,
        mentions: Counter[ClientRef],
        *,
        program: str,
        now: datetime,
    ) -> None:
        self._ledger, self._consents, self._program, self._now = ledger, consents, program, now
        self._whose, self._taken = settled.whose, settled.taken
        self._left: Counter[int] = Counter()
        self._phones: set[tuple[int, str]] = set()
        for ref, count in mentions.items():
            who = self._whose[ref]
            if isinstance(who, int):
                self._left[who] += count
                self._phones.update((who, phone) for phone in (ref.phone, *ref.phones))
        self._ids: dict[int, int] = {}
        self._open: dict[int, Person] = {}
        self.new_names: list[str] = []
        self.renamed: list[tuple[str, str]] = []

    def who(self, ref: ClientRef) -> int:
        """The client whom the ref means; negative until she is made. Raises `Refused` if that cannot be told."""
        who = self._whose[ref]
        if isinstance(who, str):
            raise Refused(who)
        return self._ids.get(who, who)

    def load(self, refs: Iterable[ClientRef]) -> None:
        """Read those that are in the desk, at once."""
        whom = {self._ids.get(who, who) for who in map(self._whose.get, refs) if isinstance(who, int)}
        self._read([who for who in whom if who > 0 and who not in self._open])

    def _read(self, ids: list[int]) -> None:
        session = self._ledger.session
        for row in fetch(session, Client, "id", ids):
            self._open[row["id"]] = Person(Held(row, dict(row)))
        for row in fetch(session, Contact, "client_id", ids):
            self._open[row["client_id"]].contacts.append(Held(row, dict(row)))
        for row in fetch(session, Location, "client_id", ids):
            self._open[row["client_id"]].locations.append(Held(row, dict(row)))

    def person(self, ref: ClientRef) -> Person:
        """The client whom the ref means, made if she is new. Raises `Refused` if that cannot be told."""
        who = self.who(ref)
        if who in self._open:
            return self._open[who]
        if who > 0:
            self._ledger.flush()
            self._read([who])
            return self._open[who]
        name = ref.name or ref.email or ref.phone
        if not name:
            raise Refused("the row names nobody: no name, email or phone")
        held = self._insert(Client, name=name, name_key=name_key(name), first_name="", last_name="", added_at=self._now)
        person = Person(held)
        self._ids[who] = person.id
        self._left[person.id] = self._left.pop(who, 0)
        self._open[person.id] = person
        self._ledger.clients.add(person.id)
        if len(self.new_names) < NAMES_TOLD:
            self.new_names.append(name)
        if not ref.name.strip():
            return person
        first, _, last = name.partition(" ")
        held.row |= {"first_name": first, "last_name": last.strip()}
        return person

    def _insert(self, model: Model, **values: Any) -> Held:
        row_id = self._ledger.insert(model, **values)
        before = self._ledger.pending(model, row_id)
        return Held(dict(before), dict(before))

    def know(self, person: Person, ref: ClientRef, *, newer_phone: bool = False, told: bool = False) -> list[str]:
        """Keep the addresses of the ref as the client's own; the emails that are left out, being another client's.

        With `newer_phone` it takes the place of one that the file does not name for her any more.
        """
        who = self._whose[ref] if newer_phone else None
        taken = self._taken.get(ref, frozenset())
        further = [ClientRef(email=email) for email in ref.emails if email.casefold() not in taken]
        further += [ClientRef(phone=phone) for phone in ref.phones]
        for address in (ref, *further):
            self._know(person, address, who, told=told)
        return [email for email in ref.emails if email.casefold() in taken]

    def _know(self, person: Person, ref: ClientRef, newer_for: int | str | None, *, told: bool) -> None:
        if not ref.email and not ref.phone:
            return

        def outdated(phone: str) -> bool:
            return newer_for is not None and (newer_for, phone) not in self._phones

        index, changes = fit([contact.row for contact in person.contacts], ref, outdated)
        if index is None:
            primary = not any(contact.row["is_primary"] for contact in person.contacts)
            name = person.client.row["name"]
            person.contacts.append(self._insert(Contact, client_id=person.id, name=name, is_primary=primary, **changes))
            return
        contact = person.contacts[index]
        contact.row |= changes
        contact.told = contact.told or told

    def know_id(self, person: Person, ref: ClientRef, known: set[str]) -> None:
        """Keep the client's id in the program that the file is from, unless that id is known."""
        if ref.external_id and ref.external_id not in known:
            known.add(ref.external_id)
            self._ledger.insert(
                ClientExternalId, client_id=person.id, source=self._program, external_id=ref.external_id
            )

    def entitle(self, person: Person, title: str, *, fills: bool) -> None:
        """Keep the title of the client's first contact."""
        contact = next((held for held in person.contacts if held.row["is_primary"]), None)
        if contact is None:
            name = person.client.row["name"]
            contact = self._insert(Contact, client_id=person.id, name=name, is_primary=True)
            person.contacts.append(contact)
        if not (fills and contact.row["title"]):
            contact.row["title"] = title

    def place(self, person: Person, location: LocationRecord | None, *, told: bool = False) -> None:
        """Keep a location of the client's: one that is there is filled in, any other is added."""
        if location is None:
            return
        values: Values = {
            "line1": location.line1,
            "line2": location.line2,
            "city": location.city,
            "region": location.region,
            "postcode": location.postcode,
            "country": location.country,
        }
        for held in person.locations:
            same = (
                ("line1", "city", "postcode") if any(map(values.get, ("line1", "city", "postcode"))) else tuple(values)
            )
            if all(_alike(held.row[part], values[part]) for part in same):
                told_too = {"name": location.name, **values}
                held.row |= {part: value for part, value in told_too.items() if value and not held.row[part]}
                if held.row["latitude"] is None:
                    held.row |= _position(location)
                held.told = held.told or told
                return
        primary = not any(held.row["is_primary"] for held in person.locations)
        values |= _position(location)
        place = self._insert(Location, client_id=person.id, name=location.name, is_primary=primary, **values)
        person.locations.append(place)

    def done(self, ref: ClientRef) -> None:
        """One mention of the client is dealt with; after the last she is written and let go."""
        who = self._whose[ref]
        if isinstance(who, str):
            return
        who = self._ids.get(who, who)
        self._left[who] -= 1
        if self._left[who] <= 0:
            del self._left[who]
            person = self._open.pop(who, None)
            if person is not None:
                self._write(person)

    def close(self) -> None:
        """Write all who are left."""
        for person in self._open.values():
            self._write(person)
        self._open.clear()

    def _write(self, person: Person) -> None:
        before, name = person.client.before["name"], person.client.row["name"]
        if before != name and not self._ledger.is_new(Client, person.id):
            self.renamed.append((before, name))
        self._write_held(Client, person.client, person.id)
        for contact in person.contacts:
            changes = self._consents.changes(contact.row)
            contact.row |= changes
            self._write_held(Contact, contact, person.id)
            self._consents.write_evidence(contact.row, changes)
        for location in person.locations:
            self._write_held(Location, location, person.id)

    def _write_held(self, model: Model, held: Held, client_id: int) -> None:
        row_id = held.row["id"]
        changed = self._ledger.update(model, row_id, differences(held.before, held.row), client_id)
        if held.told and not changed and not self._ledger.is_new(model, row_id):
            self._ledger.unchanged[str(model.__tablename__)] += 1


def _position(location: LocationRecord) -> Values:
    """Where it is, if the file says so: somebody typed that, so it counts more than a postcode."""
    if location.position is None:
        return {}
    at = location.position
    return {"latitude": at.latitude, "longitude": at.longitude, "position_from": TYPED}


def _alike(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)
