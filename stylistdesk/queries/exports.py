"""Clients with all that an export tells of them, in a few set-based statements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from stylistdesk.db.tables import Client, ClientExternalId, Contact, Erasure, ExpectedValue, Location
from stylistdesk.domain.expected import Expected
from stylistdesk.domain.positions import Position
from stylistdesk.domain.types import ConsentState, EmailStatus
from stylistdesk.queries import expected
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.places import position_of

_BATCH = 500


@dataclass(frozen=True, slots=True)
class ExportContact:
    """One contact of a client (R24)."""

    name: str
    title: str
    email: str
    phone: str
    is_primary: bool
    email_status: EmailStatus
    email_consent: ConsentState
    text_consent: ConsentState


@dataclass(frozen=True, slots=True)
class ExportLocation:
    """One location of a client (R23)."""

    name: str
    line1: str
    line2: str
    city: str
    region: str
    postcode: str
    country: str
    is_primary: bool
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class ExportClient:
    """One client; her primary contact and location come first. `card_id` is the UID of the card she came from."""

    client_id: int
    name: str
    first_name: str
    last_name: str
    company: str
    spending_power: int | None
    tags: str
    birthday: str
    website: str
    description: str
    order_count: int
    last_order_on: date | None
    added_at: datetime
    card_id: str
    contacts: tuple[ExportContact, ...]
    locations: tuple[ExportLocation, ...]
    expected: Expected | None = None

    @property
    def title(self) -> str:
        """Her own title: that of her primary contact. Her assistant's is not hers."""
        return next((contact.title for contact in self.contacts if contact.is_primary), "")


def clients_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportClient, ...]:
    """All clients, or those of the ids, by name; who was erased is none, though her sales stand under a number."""
    everyone = select(col(Client.id)).where(col(Client.id).not_in(select(Erasure.client_number)))
    wanted = [one for one in dict.fromkeys(asking.session.exec(everyone) if ids is None else ids) if one is not None]
    found: list[tuple[str, ExportClient]] = []
    for start in range(0, len(wanted), _BATCH):
        found += _clients(asking, wanted[start : start + _BATCH])
    found.sort(key=lambda one: (one[0], one[1].client_id))
    return tuple(client for _, client in found)


def _clients(asking: Asking, ids: Sequence[int]) -> Iterator[tuple[str, ExportClient]]:
    contacts = _hers(asking, Contact, ids, col(Contact.is_primary).desc())
    locations = _hers(asking, Location, ids, col(Location.is_primary).desc())
    cards: dict[int, str] = {}
    uids = select(ClientExternalId).where(col(ClientExternalId.client_id).in_(ids), ClientExternalId.source == "vcard")
    for row in asking.session.exec(uids.order_by(col(ClientExternalId.id))):
        cards.setdefault(row.client_id, row.external_id)
    clients = select(Client, *expected.COLUMNS).join(ExpectedValue, expected.hers(asking), isouter=True)
    for client, *bought in asking.session.exec(clients.where(col(Client.id).in_(ids))):
        assert client.id is not None
        yield (
            client.name_key,
            ExportClient(
                client_id=client.id,
                name=client.name,
                first_name=client.first_name,
                last_name=client.last_name,
                company=client.company,
                spending_power=client.spending_power,
                tags=client.tags,
                birthday=client.birthday,
                website=client.website,
                description=client.description,
                order_count=client.order_count,
                last_order_on=client.last_order_on,
                added_at=client.added_at,
                card_id=cards.get(client.id, ""),
                contacts=tuple(map(_contact, contacts.get(client.id, ()))),
                locations=tuple(map(_location, locations.get(client.id, ()))),
                expected=expected.expected_of(asking, *bought),
            ),
        )


def _hers(asking: Asking, table: Any, ids: Sequence[int], first: Any) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = {}
    for row in asking.session.exec(select(table).where(col(table.client_id).in_(ids)).order_by(first, col(table.id))):
        rows.setdefault(row.client_id, []).append(row)
    return rows


def _contact(row: Contact) -> ExportContact:
    return ExportContact(
        row.name, row.title, row.email, row.phone, row.is_primary, row.email_status, row.email_consent, row.text_consent
    )


def _location(row: Location) -> ExportLocation:
    return ExportLocation(
        row.name,
        row.line1,
        row.line2,
        row.city,
        row.region,
        row.postcode,
        row.country,
        row.is_primary,
        position_of(row),
    )
