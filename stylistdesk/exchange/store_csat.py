"""Storing client satisfaction responses (R21), each with the assignment that it is about."""

from collections.abc import Sequence

from stylistdesk.db.tables import Assignment, CsatResponse
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.ledger import Values, differences
from stylistdesk.exchange.records import ClientRef, CsatRecord
from stylistdesk.exchange.store import Store

_NOBODY = ClientRef()


def store_csat(records: Sequence[CsatRecord], store: Store) -> None:
    """Store the records. A response that is there stays its client's; one without a client is the assignment's."""
    ledger, people = store.ledger, store.people
    there = store.there(CsatResponse, "external_id", (record.external_id for record in records))
    assignments = store.there(
        Assignment,
        "external_id",
        (record.assignment_external_id for record in records if record.assignment_external_id),
    )
    people.load(record.client for record in records if record.external_id not in there)
    for record in records:
        about = assignments.get(record.assignment_external_id)
        if record.assignment_external_id and about is None:
            store.tell(
                record.line, f"there is no assignment {record.assignment_external_id}; the response stands alone"
            )
        values: Values = {"responded_at": record.responded_at, "score": record.score, "comment": record.comment}
        values |= {"assignment_id": about["id"] if about else None, "nps": record.nps}
        try:
            if record.responded_at > store.work.now:
                raise Refused("responded_at has not come yet")
            row = there.get(record.external_id)
            if row is None:
                client_id = _client_id(record, about, store)
                row_id = ledger.insert(CsatResponse, client_id=client_id, external_id=record.external_id, **values)
                there[record.external_id] = {**values, "id": row_id, "client_id": client_id}
                store.seen.add(row_id)
            else:
                _compare(record, row, values, store)
        except Refused as error:
            store.refuse(record, error)
        people.done(record.client)


def _client_id(record: CsatRecord, about: Values | None, store: Store) -> int:
    if record.client != _NOBODY:
        return store.client(record.client).id
    if about is None:
        raise Refused("the row names no client, and its assignment is not known")
    return int(about["client_id"])


def _compare(record: CsatRecord, row: Values, values: Values, store: Store) -> None:
    changes = differences(row, {name: value for name, value in values.items() if value not in ("", None)})
    if row["id"] in store.seen:
        if changes:
            raise Refused(f"external_id “{record.external_id[:60]}” stands on an earlier line, for something else")
        return
    store.seen.add(row["id"])
    if not store.ledger.update(CsatResponse, row["id"], changes, row["client_id"]):
        store.ledger.unchanged["csat_response"] += 1
