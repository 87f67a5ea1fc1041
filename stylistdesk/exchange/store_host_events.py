"""Storing events with their shop windows (R37): known by the id of their file, or by the code that the desk gave."""

from collections.abc import Sequence

from sqlalchemy import select

from stylistdesk.db.tables import Client, HostEvent, HostOrder
from stylistdesk.domain.codes import made_code
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_events import check_window, link_of
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import HostOrderStatus
from stylistdesk.exchange.ledger import Values, differences, fetch, table_of
from stylistdesk.exchange.records import ClientRef, HostEventRecord
from stylistdesk.exchange.store import Store

_NOBODY = ClientRef()


def store_host_events(records: Sequence[HostEventRecord], store: Store) -> None:
    """Store the records. A host whom the desk does not know becomes a client."""
    store.ledger.flush()
    ids = [record.external_id for record in records]
    there = store.there(HostEvent, "code", ids, source="desk")
    there |= store.there(HostEvent, "external_id", ids, source=store.source)
    codes = set(store.ledger.session.execute(select(table_of(HostEvent).c.code)).scalars())
    store.people.load(record.client for record in records)
    namesakes = _namesakes(records, store)
    for record in records:
        try:
            row = there.get(record.external_id)
            if row is None or (row["opens_on"], row["closes_on"]) != (record.opens_on, record.closes_on):
                check_window(record.opens_on, record.closes_on, store.work.settings.event_days)
            if row is None:
                there[record.external_id] = _insert(record, codes, store)
            else:
                _change(record, row, store)
            _tell_of_namesake(record, namesakes, store)
        except Refused as error:
            store.refuse(record, error)
        store.people.done(record.client)


def _namesakes(records: Sequence[HostEventRecord], store: Store) -> set[str]:
    """The names of hosts, folded, that clients have who were there before this import."""
    keys = {name_key(record.client.name) for record in records} - {""}
    rows = fetch(store.ledger.session, Client, "name_key", sorted(keys))
    return {row["name_key"] for row in rows if not store.ledger.is_new(Client, row["id"])}


def _tell_of_namesake(record: HostEventRecord, namesakes: set[str], store: Store) -> None:
    """Say once that a host is a second client of her name: by her email she is another one."""
    key = name_key(record.client.name)
    if key not in namesakes or not store.ledger.is_new(Client, store.people.who(record.client)):
        return
    namesakes.discard(key)
    store.tell(
        record.line,
        f"the client {record.client.name} has another email, so this is a second client of that name; if they are one, "
        "give the row the email that the desk has",
    )


def _values(record: HostEventRecord, store: Store) -> Values:
    host = store.client(record.client) if record.client != _NOBODY else None
    return {
        "client_id": host.id if host is not None else None,
        "name": record.name,
        "opens_on": record.opens_on,
        "closes_on": record.closes_on,
        "held_at": record.held_at,
        "place": record.place,
        "link": record.link,
        "note": record.note,
    }


def _insert(record: HostEventRecord, codes: set[str], store: Store) -> Values:
    code = made_code(record.name, codes)
    template = store.work.settings.links.event
    link = record.link or link_of(template, code=code, event=record.name, host=record.client.name)
    values = {**_values(record, store), "code": code, "link": link}
    row_id = store.ledger.insert(HostEvent, source=store.source, external_id=record.external_id, **values)
    codes.add(code)
    store.seen.add(row_id)
    return {**values, "id": row_id}


def _change(record: HostEventRecord, row: Values, store: Store) -> None:
    told = {name: value for name, value in _values(record, store).items() if value not in ("", None)}
    changes = differences(row, told)
    if row["id"] in store.seen:
        if changes:
            raise Refused(f"external_id “{record.external_id[:60]}” stands on an earlier line, for something else")
        return
    store.seen.add(row["id"])
    if "client_id" in changes and _has_host_order(row["id"], store):
        raise Refused(f"{row['name'][:60]} has a host order, so its host stays", hint="Cancel that first.")
    if not store.ledger.update(HostEvent, row["id"], changes, row["client_id"]):
        store.ledger.unchanged["host_event"] += 1
    row |= changes


def _has_host_order(event_id: int, store: Store) -> bool:
    rows = fetch(store.ledger.session, HostOrder, "event_id", (event_id,))
    return any(row["status"] is not HostOrderStatus.CANCELLED for row in rows)
