"""Storing signals: an id that the desk has is compared, any other is recorded, in the order of the file (R4)."""

from collections.abc import Sequence

from stylistdesk.db.tables import Signal
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.ledger import Values, differences
from stylistdesk.exchange.records import SignalRecord
from stylistdesk.exchange.store import Store


def store_signals(records: Sequence[SignalRecord], store: Store) -> None:
    """Store the records. A signal that is there stays its client's, and only new ones bring addresses."""
    ledger, people = store.ledger, store.people
    there = store.there(Signal, "external_id", (record.external_id for record in records), source=store.source)
    people.load(record.client for record in records if record.external_id not in there)
    for record in records:
        try:
            row = there.get(record.external_id)
            if row is None:
                person = store.client(record.client)
                values = _values(record)
                row_id = ledger.insert(
                    Signal, client_id=person.id, source=store.source, external_id=record.external_id, **values
                )
                there[record.external_id] = {**values, "id": row_id, "client_id": person.id}
                store.seen.add(row_id)
            else:
                _compare(record, row, store)
        except Refused as error:
            store.refuse(record, error)
        people.done(record.client)


def _values(record: SignalRecord) -> Values:
    return {
        "kind": record.kind,
        "occurred_at": record.occurred_at,
        "lookbook": record.lookbook,
        "item": record.item,
        "brand": record.brand,
        "amount_cents": record.amount,
        "currency": record.currency,
        "comment": record.comment,
        "url": record.url,
    }


def _compare(record: SignalRecord, row: Values, store: Store) -> None:
    wanted = {name: value for name, value in _values(record).items() if value not in ("", None)}
    changes = differences(row, wanted)
    if row["id"] in store.seen:
        if changes:
            raise Refused(f"external_id “{record.external_id[:60]}” stands on an earlier line, for something else")
        store.ledger.unchanged["signal"] += 1
        return
    store.seen.add(row["id"])
    if not store.ledger.update(Signal, row["id"], changes, row["client_id"]):
        store.ledger.unchanged["signal"] += 1
