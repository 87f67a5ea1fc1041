"""Storing a customer list: what it says fills in or changes what the desk has, and blanks nothing."""

from collections.abc import Sequence

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.exchange.people import Person
from stylistdesk.exchange.records import ClientRecord
from stylistdesk.exchange.store import Store


def store_clients(records: Sequence[ClientRecord], store: Store) -> None:
    """Store the records; consent is the matter of `consents.py`."""
    people = store.people
    people.load(record.ref for record in records)
    for record in records:
        try:
            person = people.person(record.ref)
        except Refused as error:
            store.refuse(record, error)
            continue
        _describe(person, record)
        people.know(person, record.ref, newer_phone=True, told=True)
        if record.ref not in store.disputed:
            people.know_id(person, record.ref, store.known_ids)
        people.place(person, record.location, told=True)
        people.done(record.ref)


def _describe(person: Person, record: ClientRecord) -> None:
    row = person.client.row
    person.client.told = True
    if record.ref.name:
        row |= {"name": record.ref.name, "name_key": name_key(record.ref.name)}
        row |= {"first_name": record.first_name, "last_name": record.last_name}
    if record.company:
        row["company"] = record.company
    row["tags"] = with_tags(row["tags"], record.tags)
    row["description"] = with_note(row["description"], record.note)


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
