"""Storing a customer list: what it says fills in or changes what the desk has, and blanks nothing."""

from collections.abc import Sequence
from dataclasses import replace

from stylistdesk.db.tables import Client
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import ConsentState
from stylistdesk.exchange.ledger import Values
from stylistdesk.exchange.people import Person
from stylistdesk.exchange.records import ClientRecord
from stylistdesk.exchange.store import Store


def store_clients(records: Sequence[ClientRecord], store: Store) -> None:
    """Store the records; consent is the matter of `consents.py`."""
    people = store.people
    people.load(record.ref for record in records)
    for record in records:
        try:
            if record.only_known and people.who(record.ref) < 0:
                _tell_unknown(record, store)
            else:
                _store(record, people.person(record.ref), store)
        except Refused as error:
            store.refuse(record, error)
        people.done(record.ref)


def _tell_unknown(record: ClientRecord, store: Store) -> None:
    kept = record.email_consent is ConsentState.UNSUBSCRIBED
    what = "only the opt-out is kept" if kept else "it was left out"
    store.tell(record.line, f"{record.ref.email} is nobody's on the desk; {what}")


def _store(record: ClientRecord, person: Person, store: Store) -> None:
    people = store.people
    _tell_other_name(person, record, store)
    _describe(person, record, is_new=store.ledger.is_new(Client, person.id))
    for email in people.know(person, record.ref, newer_phone=not record.fills, told=True):
        store.tell(record.line, f"{email} is another client's; it was left out")
    if record.ref not in store.disputed:
        for external_id in filter(None, (record.ref.external_id, *record.other_ids)):
            people.know_id(person, replace(record.ref, external_id=external_id), store.known_ids)
    if record.title:
        people.entitle(person, record.title, fills=record.fills)
    for location in record.locations:
        people.place(person, location, told=True)


def _tell_other_name(person: Person, record: ClientRecord, store: Store) -> None:
    """Say of a row that an earlier one knows the same client by another name: maybe these are two people."""
    name = record.ref.name
    person.called = person.called or name
    if name and name_key(name) != name_key(person.called):
        store.tell(
            record.line,
            f"“{name[:60]}” has the email, phone or id of “{person.called[:60]}” in a row before: both rows are taken "
            "as one client; if they are two, give one of them an address of her own",
        )


def _describe(person: Person, record: ClientRecord, *, is_new: bool) -> None:
    row = person.client.row
    person.client.told = True
    if record.ref.name and (not record.fills or _names(person, record)):
        first, last = _parts_of_name(row, record, is_new=is_new)
        row |= {"name": record.ref.name, "name_key": name_key(record.ref.name), "first_name": first, "last_name": last}
    for column in ("company", "website"):
        if (told := getattr(record, column)) and not (record.fills and row[column]):
            row[column] = told
    _date_of_birth(row, record)
    row["tags"] = with_tags(row["tags"], record.tags)
    row["description"] = with_note(row["description"], record.note)


def _parts_of_name(row: Values, record: ClientRecord, *, is_new: bool) -> tuple[str, str]:
    """Her first and last name: as the file tells them, else as they were, else what the whole name says."""
    name, first, last = record.ref.name, record.first_name, record.last_name
    if is_new and first is not None and last is not None:
        return first, last
    if not is_new and row["name"] == name:
        return first or row["first_name"], last or row["last_name"]
    if first:
        return first, last or name.partition(f"{first} ")[2]
    if last:
        return name.rpartition(f" {last}")[0], last
    said_blank = first is not None and last is not None
    if record.company == name or (said_blank and not (row["first_name"] or row["last_name"])):
        return "", ""
    first, _, last = name.partition(" ")
    return first, last.strip()


def _names(person: Person, record: ClientRecord) -> bool:
    """Whether a file that only fills may name her: she is called so already, or by an address for want of a name."""
    name = person.client.row["name"]
    addresses = {record.ref.email, record.ref.phone}
    addresses.update(contact.row[column] for contact in person.contacts for column in ("email", "phone"))
    told = record.first_name or record.last_name or record.company == name
    return name in addresses or (name == record.ref.name and bool(told))


def _date_of_birth(row: Values, record: ClientRecord) -> None:
    """The file's birthday, unless the desk knows the year of the same day already."""
    there, told = row["birthday"], record.birthday
    if not told or (there[-5:] == told[-5:] and told.startswith("--")):
        return
    if not there or not record.fills or (there.startswith("--") and there[-5:] == told[-5:]):
        row["birthday"] = told


def with_tags(tags: str, more: Sequence[str]) -> str:
    """The tags with those of the file after them; none is taken away, since the rep has tags of her own."""
    there = [tag.strip() for tag in tags.split(",") if tag.strip()]
    keys = {name_key(tag) for tag in there}
    added = [tag for tag in dict.fromkeys(more) if name_key(tag) not in keys]
    return ", ".join(there + added) if added else tags


def with_note(text: str, note: str) -> str:
    """The text with the note below it, unless it is in there: what the rep wrote stays."""
    if not note or note in text:
        return text
    return f"{text}\n{note}" if text else note
