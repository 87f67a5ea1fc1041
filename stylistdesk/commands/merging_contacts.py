"""The contacts and locations of two clients who become one: each address once, one primary of each."""

from typing import Any

from sqlalchemy import update
from sqlmodel import Session, SQLModel, col, select

from stylistdesk.db.tables import Consent, Contact, Location
from stylistdesk.domain.merging import Side, strictest, worst
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Channel, ConsentState, EmailStatus


def merge_contacts(session: Session, keep_id: int, gone_id: int, primary: str) -> None:
    """Move the contacts over; those with one address become one, with the stricter of what both say of it."""
    kept: list[Contact] = []
    for contact in _moved(session, Contact, keep_id, gone_id, primary):
        same = _same_contact(contact, kept)
        if same is None or not _absorb(session, same, contact):
            kept.append(contact)
    session.flush()


def merge_locations(session: Session, keep_id: int, gone_id: int, primary: str) -> None:
    """Move the locations over; those with one address become one, and what pointed at the other points at it."""
    kept: dict[tuple[str, ...], Location] = {}
    for place in _moved(session, Location, keep_id, gone_id, primary):
        key = tuple(
            name_key(part)
            for part in (place.line1, place.line2, place.city, place.region, place.postcode, place.country)
        )
        same = kept.setdefault(key, place)
        if same is place:
            continue
        same.name = same.name or place.name
        if same.latitude is None:
            same.latitude, same.longitude = place.latitude, place.longitude
            same.position_from = place.position_from
        assert place.id is not None and same.id is not None
        _point_at(session, "location", place.id, same.id)
        session.delete(place)
    session.flush()


def _moved(session: Session, table: Any, keep_id: int, gone_id: int, primary: str) -> list[Any]:
    """The rows of both, those of the one that goes given to the one that stays; the primary first."""
    ours, theirs = (
        list(session.exec(select(table).where(table.client_id == who).order_by(table.id))) for who in (keep_id, gone_id)
    )
    first = theirs if primary == Side.GONE and any(row.is_primary for row in theirs) else ours
    wanted = next((row for row in (*first, *theirs) if row.is_primary), None)
    for row in (*ours, *theirs):
        if row is not wanted and row.is_primary:
            row.is_primary = False
    session.flush()
    for row in theirs:
        row.client_id = keep_id
    session.flush()
    return sorted((*ours, *theirs), key=lambda row: (row is not wanted, row.client_id != keep_id, row.id))


def _same_contact(contact: Contact, kept: list[Contact]) -> Contact | None:
    if contact.email_key:
        return next((each for each in kept if each.email_key == contact.email_key), None)
    if contact.phone:
        return next((each for each in kept if each.phone == contact.phone), None)
    return next((each for each in kept if each.name == contact.name and each.title == contact.title), None)


def _absorb(session: Session, into: Contact, contact: Contact) -> bool:
    """Take over what a contact with the same address knows; whether nothing of it is left."""
    if contact.email_key and contact.email_key == into.email_key:
        into.email_status = worst((into.email_status, contact.email_status))
        into.email_consent = strictest((into.email_consent, contact.email_consent))
    if contact.phone and not into.phone:
        into.phone, into.text_consent = contact.phone, contact.text_consent
    elif contact.phone == into.phone:
        into.text_consent = strictest((into.text_consent, contact.text_consent))
    into.name = into.name or contact.name
    into.title = into.title or contact.title
    if contact.note and contact.note not in into.note:
        into.note = f"{into.note}\n{contact.note}" if into.note else contact.note
    ledger = update(Consent).where(col(Consent.contact_id) == contact.id).values(contact_id=into.id)
    if contact.phone and contact.phone != into.phone:
        # Another number at the same address stays as a contact of its own.
        session.execute(ledger.where(col(Consent.channel) == Channel.EMAIL))
        contact.email = contact.email_key = contact.note = ""
        contact.email_status, contact.email_consent = EmailStatus.ACTIVE, ConsentState.NEVER_ASKED
        return False
    session.execute(ledger)
    assert contact.id is not None and into.id is not None
    _point_at(session, "contact", contact.id, into.id)
    session.delete(contact)
    session.flush()
    return True


def _point_at(session: Session, name: str, old: int, new: int) -> None:
    """Whatever points at one row by a foreign key points at the other."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if any(foreign.target_fullname == f"{name}.id" for foreign in column.foreign_keys):
                session.execute(update(table).where(column == old).values({column.name: new}))
