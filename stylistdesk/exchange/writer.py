"""The one writer for all formats: records in, rows out, in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from stylistdesk.exchange.records import (
    AssignmentRecord,
    BrandRecord,
    ClientRecord,
    CsatRecord,
    EventRecord,
    HostEventRecord,
    Notice,
    OrderPart,
    OrderRecord,
    QuizRecord,
    RateRecord,
    Record,
    RefusedRow,
    Rows,
    SignalRecord,
    TemplateRecord,
)
from stylistdesk.exchange.store import Store
from stylistdesk.exchange.store_assignments import store_assignments
from stylistdesk.exchange.store_brands import store_brands, store_rates
from stylistdesk.exchange.store_clients import store_clients
from stylistdesk.exchange.store_csat import store_csat
from stylistdesk.exchange.store_events import store_events
from stylistdesk.exchange.store_host_events import store_host_events
from stylistdesk.exchange.store_orders import store_orders
from stylistdesk.exchange.store_quizzes import store_quizzes
from stylistdesk.exchange.store_signals import store_signals
from stylistdesk.exchange.store_templates import store_templates

_CHUNK = 1_000
"""How many records are looked up and written at a time: bounds the memory of a large import."""

_STORES: dict[type, Callable[[Sequence[Any], Store], None]] = {
    ClientRecord: store_clients,
    SignalRecord: store_signals,
    QuizRecord: store_quizzes,
    CsatRecord: store_csat,
    BrandRecord: store_brands,
    RateRecord: store_rates,
    HostEventRecord: store_host_events,
    TemplateRecord: store_templates,
}


def write(rows: Rows, store: Store) -> None:
    """Store every record; keep what is refused and what is to be told."""
    records = _sorted_out(rows, store)
    assignments: list[AssignmentRecord] = []  # all at once: a revision may stand before its parent
    events: list[EventRecord] = []  # so do events: what became of one of a series may stand before it
    refunds: list[OrderRecord] = []  # a refund may stand before its payment
    while chunk := list(islice(records, _CHUNK)):
        for kind, group in _by_kind(chunk):
            if kind is OrderRecord:
                refunds += [record for record in group if record.part is OrderPart.REFUND]
                store_orders([record for record in group if record.part is not OrderPart.REFUND], store)
            elif kind is AssignmentRecord:
                assignments += group
            elif kind is EventRecord:
                events += group
            else:
                _STORES[kind](group, store)
        store.ledger.flush()
    store_orders(refunds, store)
    store_assignments(assignments, store)
    store_events(events, store)
    store.people.close()
    store.ledger.flush()


def _sorted_out(rows: Rows, store: Store) -> Iterator[Record]:
    for row in rows:
        if isinstance(row, RefusedRow):
            store.refused.append(row)
        elif isinstance(row, Notice):
            store.notices.append(row)
        else:
            yield row


def _by_kind(records: Sequence[Record]) -> Iterator[tuple[type, list[Any]]]:
    kinds = dict.fromkeys(type(record) for record in records)
    for kind in kinds:
        yield kind, [record for record in records if type(record) is kind]
