"""Storing orders with their lines; an order placed is a signal too, and so is its delivery where the file knows it.

Files come in any order, and none says when it was written: which of file and desk knows an order better is judged by
how far the order has come (`_age`), and it never goes a step back. Which order is meant is told in `matching_orders`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, update

from stylistdesk.db.orders import read_brands
from stylistdesk.db.tables import CommissionRate, Order, OrderLine, ReturnLine, Signal
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Cents, OrderStatus, SignalKind
from stylistdesk.exchange.card_payments import Payments
from stylistdesk.exchange.event_placing import Events
from stylistdesk.exchange.ledger import Values, differences, fetch, table_of
from stylistdesk.exchange.matching_orders import Known
from stylistdesk.exchange.order_lines import pair_lines
from stylistdesk.exchange.order_signals import complete_signals, is_called_off, put_signal, unthank
from stylistdesk.exchange.records import OrderPart, OrderRecord
from stylistdesk.exchange.square_cards import more_than_paid
from stylistdesk.exchange.store import Store
from stylistdesk.exchange.store_clients import with_note, with_tags

_STEPS = (OrderStatus.PLACED, OrderStatus.SHIPPED, OrderStatus.RECEIVED, OrderStatus.CANCELLED)
_NAMED = 3
"""How many lines of an order are told by name."""


def store_orders(records: Sequence[OrderRecord], store: Store) -> None:
    """Store the records. An order that is there stays its client's, and only new ones bring addresses."""
    ledger, people = store.ledger, store.people
    known = Known(records, store)
    payments = Payments(records, known.ids, store)
    lines = _by_order(fetch(ledger.session, OrderLine, "order_id", payments.order_ids))
    signals = _by_order(fetch(ledger.session, Signal, "order_id", payments.order_ids))
    around = _Around(known, Events(records, store), payments, read_brands(ledger.session).ids)
    people.load(record.client for record in records if not known.has(record.number))
    for record in records:
        try:
            _store(record, around, store, lines, signals)
        except Refused as error:
            store.refuse(record, error)
        people.done(record.client)


@dataclass(frozen=True, slots=True)
class _Around:
    """What the desk has that some records may mean: orders, events, card payments, and brands by name."""

    known: Known
    events: Events
    payments: Payments
    brands: Mapping[str, int]


def _by_order(rows: Sequence[Values]) -> dict[int, list[Values]]:
    found: dict[int, list[Values]] = {}
    for row in rows:
        found.setdefault(row["order_id"], []).append(row)
    return found


def _store(
    record: OrderRecord,
    around: _Around,
    store: Store,
    lines: Mapping[int, list[Values]],
    signals: Mapping[int, list[Values]],
) -> None:
    placed = around.events.values(record)
    row = around.known.find(record)
    if row is None and record.part is OrderPart.REFUND:
        row = around.payments.order_of(record)
    if row is None and (other := around.events.elsewhere(record)) is not None:
        around.events.put(record, other, placed)
    elif row is None:
        _create(record, around, store, placed)
    else:
        around.events.check(record, row, placed)
        back = Cents(record.refunded + around.payments.paid_back_besides(record, row["id"]))
        refunded = Cents(min(back, row["total_cents"]))
        if record.part is not OrderPart.REFUND:
            refunded = max(refunded, record.refunded)
        if refunded < back:
            store.tell(record.line, more_than_paid(row["number"], back, refunded, row["currency"]))
        record = replace(record, refunded=refunded)
        if record.part is OrderPart.REFUND:
            record = replace(record, total=row["total_cents"])
        hers = signals.get(row["id"], [])
        _compare(record, row, lines.get(row["id"], []), around, store, placed)
        around.payments.put(record, row["id"], row["client_id"])
        if is_called_off(record):
            unthank(record, row, hers, store)
        elif record.part in (OrderPart.HEAD, OrderPart.LINES):
            complete_signals(record, row, hers, store)


def _create(record: OrderRecord, around: _Around, store: Store, placed: Values) -> None:
    if record.part is OrderPart.REFUND:
        raise Refused(
            f"the payment {record.number} that was paid back is not in this file and not on the desk; export Square's "
            "transactions from the day of the payment on"
        )
    around.events.check(record, None, placed)
    person = store.client(record.client)
    store.people.place(person, record.location)
    source = around.known.source_for(record)
    values = _values(record) | {"tags": ", ".join(record.tags), "note": record.note, "status": _status(record)}
    values |= {"brand_id": _brand(record, around.brands), **placed}
    order_id = store.ledger.insert(Order, client_id=person.id, source=source, number=record.number, **_MISSING | values)
    for position, line in enumerate(_lines(record)):
        store.ledger.insert(OrderLine, order_id=order_id, position=position, **line)
    around.payments.put(record, order_id, person.id)
    store.buyers.add(person.id)
    store.orders.add(order_id)
    if not is_called_off(record):
        row = {"id": order_id, "client_id": person.id, "source": source, "number": record.number}
        put_signal(record, around.known, store, row, SignalKind.CHECKED_OUT)
        if record.received_at is not None:
            put_signal(record, around.known, store, row, SignalKind.RECEIVED)


_MISSING: Values = {"shipped_at": None, "received_at": None, "cancelled_at": None, "external_id": ""}


def _values(record: OrderRecord) -> Values:
    """What the file says of the order, without what it leaves open."""
    values = {
        "external_id": record.external_id,
        "placed_at": record.placed_at,
        "shipped_at": record.shipped_at,
        "received_at": record.received_at,
        "cancelled_at": record.cancelled_at,
        "currency": record.currency,
        "subtotal_cents": record.subtotal,
        "shipping_cents": record.shipping,
        "tax_cents": record.tax,
        "discount_cents": record.discount,
        "total_cents": record.total,
        "refunded_cents": record.refunded,
    }
    return {name: value for name, value in values.items() if value not in ("", None)}


def _lines(record: OrderRecord) -> list[Values]:
    return [
        {
            "name": line.name,
            "sku": line.sku,
            "brand": line.brand,
            "quantity": line.quantity,
            "price_cents": line.price,
            "discount_cents": line.discount,
            "shipped": line.shipped,
        }
        for line in record.lines
    ]


def _brand(record: OrderRecord, brands: Mapping[str, int]) -> int | None:
    """The brand that all lines are of, if the desk knows it; of an order of several brands, the lines tell."""
    named = {brands.get(name_key(line.brand)) for line in record.lines}
    return next(iter(named)) if len(named) == 1 else None


def _status(record: OrderRecord) -> OrderStatus:
    if record.cancelled_at is not None or record.cancelled:
        return OrderStatus.CANCELLED
    if record.received_at is not None:
        return OrderStatus.RECEIVED
    return OrderStatus.SHIPPED if record.shipped_at is not None or record.sent else OrderStatus.PLACED


def _age(order: Values, lines: Sequence[Values]) -> tuple[bool, int, bool, int]:
    """How far the order has come: of two sayings of one order, the one that is further is the newer."""
    return (
        order.get("cancelled_at") is not None or order.get("status") is OrderStatus.CANCELLED,
        order["refunded_cents"],
        order.get("shipped_at") is not None or order.get("status") is OrderStatus.SHIPPED,
        sum(line["shipped"] for line in lines),
    )


def _compare(
    record: OrderRecord, row: Values, lines: list[Values], around: _Around, store: Store, placed: Values
) -> None:
    """Bring an order in step with the file; where the file is the older one, it only fills in what is blank."""
    ledger, client_id = store.ledger, row["client_id"]
    wanted, wanted_lines = _told(record, row), _lines(record)
    pairs, added, gone = pair_lines(lines, wanted_lines) if wanted_lines else ([], [], [])
    said, there = _age(row | wanted | _status_told(record), wanted_lines or lines), _age(row, lines)
    older = said < there
    if gone and said == there:  # nothing tells which is newer: what the desk has is kept
        older = True
    if older:
        wanted = {name: value for name, value in wanted.items() if row[name] in ("", None)}
    else:
        wanted["tags"] = with_tags(row["tags"], record.tags)
        wanted["note"] = with_note(row["note"], record.note)
    wanted["refunded_cents"] = max(row["refunded_cents"], record.refunded)
    wanted["status"] = max(row["status"], _status(record), key=_STEPS.index)
    if row["brand_id"] is None and record.lines:
        wanted["brand_id"] = _brand(record, around.brands)
    changes = differences(row, wanted | placed)
    if ledger.update(Order, row["id"], changes, client_id):
        store.orders.add(row["id"])
        if {"status", "placed_at"} & changes.keys():
            store.buyers.add(client_id)
        if "received_at" in changes and row["received_at"] is None and not is_called_off(record):
            put_signal(record, around.known, store, row, SignalKind.RECEIVED)
    else:
        ledger.unchanged["order"] += 1
    if older or not wanted_lines:
        ledger.unchanged["order_line"] += len(lines)
        if gone or added:
            what = _named(gone) if gone else _named(added)
            lacks = f"this file lacks {what}" if gone else f"this file still has {what}"
            store.tell(record.line, f"{lacks} of order {record.number} and is not newer; the desk's lines were kept")
        return
    told = list(_change_lines(row, pairs, added, gone, store))
    if told and lines:
        store.tell(record.line, f"order {record.number}: {'; '.join(told)}")


def _told(record: OrderRecord, row: Values) -> Values:
    """What the file says of an order that is there: of its lines only when they were sent, of a refund no more."""
    if record.part is OrderPart.REFUND:
        return {}
    values = _values(record)
    if record.part is OrderPart.LINES:
        return {"shipped_at": record.shipped_at} if record.shipped_at is not None and row["shipped_at"] is None else {}
    return values


def _status_told(record: OrderRecord) -> Values:
    """How far the order has come, as far as the file may know."""
    if record.part in (OrderPart.LINES, OrderPart.REFUND):
        return {}
    return {
        "status": _status(record),
        "shipped_at": record.shipped_at,
        "cancelled_at": record.cancelled_at,
        "refunded_cents": record.refunded,
    }


def _change_lines(
    row: Values, pairs: list[tuple[Values, Values]], added: list[Values], gone: list[Values], store: Store
) -> Iterator[str]:
    """Bring the lines in step; what is to be told of it."""
    ledger = store.ledger
    free = 1 + max((line["position"] for line, _ in pairs), default=-1)
    for line, wanted in pairs:
        changes = differences(line, wanted)
        if not ledger.update(OrderLine, line["id"], changes, row["client_id"]):
            ledger.unchanged["order_line"] += 1
            continue
        store.orders.add(row["id"])
        if said := _changed(line, changes, row["currency"]):
            yield said
    for position, wanted in enumerate(added, free):
        ledger.insert(OrderLine, order_id=row["id"], position=position, **wanted)
        ledger.clients.add(row["client_id"])
        store.orders.add(row["id"])
    if added:
        yield f"{_named(added)} {'is' if len(added) == 1 else 'are'} new on it"
    if gone:
        rates, ids = table_of(CommissionRate), [line["id"] for line in gone]
        ledger.session.execute(delete(rates).where(rates.c.order_line_id.in_(ids)))
        back = table_of(ReturnLine)  # what came back stays so, of whatever line it was
        ledger.session.execute(update(back).where(back.c.order_line_id.in_(ids)).values(order_line_id=None))
        store.orders.add(row["id"])
        ledger.remove(OrderLine, ids)
        ledger.clients.add(row["client_id"])
        yield f"{_named(gone)} {'is' if len(gone) == 1 else 'are'} no longer on it and taken off"


def _named(lines: Sequence[Values]) -> str:
    names = ", ".join(f"“{line['name'][:60]}”" for line in lines[:_NAMED])
    return names if len(lines) <= _NAMED else f"{names} and {len(lines) - _NAMED} more"


def _changed(line: Values, changes: Values, currency: str) -> str:
    """The change of a line in words; nothing for one that was merely shipped."""
    parts = []
    if "name" in changes:
        parts.append(f"is now “{changes['name'][:60]}”")
    if "quantity" in changes:
        parts.append(f"quantity {line['quantity']} is now {changes['quantity']}")
    for column, what in (("price_cents", "price"), ("discount_cents", "discount")):
        if column in changes:
            before, after = (format_money(cents, currency) for cents in (line[column], changes[column]))
            parts.append(f"{what} {before} is now {after}")
    return f"“{line['name'][:60]}” {', '.join(parts)}" if parts else ""
