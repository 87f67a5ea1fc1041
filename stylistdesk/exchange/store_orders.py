"""Storing orders with their lines; an order placed is a signal too, and so is its delivery where the file knows it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete

from stylistdesk.db.orders import read_brands
from stylistdesk.db.tables import CommissionRate, Order, OrderLine, Signal
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import OrderStatus, SignalKind
from stylistdesk.exchange.ledger import Values, differences, fetch, table_of
from stylistdesk.exchange.records import OrderRecord
from stylistdesk.exchange.store import Store
from stylistdesk.exchange.store_clients import with_note, with_tags

_STEPS = (OrderStatus.PLACED, OrderStatus.SHIPPED, OrderStatus.RECEIVED, OrderStatus.CANCELLED)


def store_orders(records: Sequence[OrderRecord], store: Store) -> None:
    """Store the records. An order that is there stays its client's, and only new ones bring addresses."""
    ledger, people = store.ledger, store.people
    there = store.there(Order, "number", (record.number for record in records), source=store.source)
    lines: dict[int, list[Values]] = {}
    for line in fetch(ledger.session, OrderLine, "order_id", (row["id"] for row in there.values())):
        lines.setdefault(line["order_id"], []).append(line)
    brands = read_brands(ledger.session).ids
    people.load(record.client for record in records if record.number not in there)
    for record in records:
        row = there.get(record.number)
        if row is not None:
            _compare(record, row, lines.get(row["id"], []), store, brands)
        else:
            try:
                _create(record, store, brands)
            except Refused as error:
                store.refuse(record, error)
        people.done(record.client)


def _create(record: OrderRecord, store: Store, brands: Mapping[str, int]) -> None:
    person = store.client(record.client)
    store.people.place(person, record.location)
    values = _values(record) | {"tags": ", ".join(record.tags), "note": record.note, "status": _status(record)}
    values["brand_id"] = _brand(record, brands)
    order_id = store.ledger.insert(
        Order, client_id=person.id, source=store.source, number=record.number, **(_MISSING | values)
    )
    for position, line in enumerate(_lines(record)):
        store.ledger.insert(OrderLine, order_id=order_id, position=position, **line)
    store.buyers.add(person.id)
    store.orders.add(order_id)
    if record.cancelled_at is None:
        _signal(record, store, person.id, order_id, SignalKind.CHECKED_OUT)
        if record.received_at is not None:
            _signal(record, store, person.id, order_id, SignalKind.RECEIVED)


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
    if record.cancelled_at is not None:
        return OrderStatus.CANCELLED
    if record.received_at is not None:
        return OrderStatus.RECEIVED
    return OrderStatus.SHIPPED if record.shipped_at is not None else OrderStatus.PLACED


def _compare(record: OrderRecord, row: Values, lines: list[Values], store: Store, brands: Mapping[str, int]) -> None:
    """Bring an order in step with a newer file. It never goes a step back: what the desk knows may be newer."""
    ledger, client_id = store.ledger, row["client_id"]
    wanted = _values(record)
    wanted["tags"] = with_tags(row["tags"], record.tags)
    wanted["note"] = with_note(row["note"], record.note)
    wanted["status"] = max(row["status"], _status(record), key=_STEPS.index)
    if row["brand_id"] is None:
        wanted["brand_id"] = _brand(record, brands)
    changes = differences(row, wanted)
    if ledger.update(Order, row["id"], changes, client_id):
        store.orders.add(row["id"])
        if {"status", "placed_at"} & changes.keys():
            store.buyers.add(client_id)
        if "received_at" in changes and row["received_at"] is None and record.cancelled_at is None:
            _signal(record, store, client_id, row["id"], SignalKind.RECEIVED)
    else:
        ledger.unchanged["order"] += 1
    _compare_lines(record, row, lines, store)


def _compare_lines(record: OrderRecord, row: Values, lines: list[Values], store: Store) -> None:
    ledger = store.ledger
    there = {line["position"]: line for line in lines}
    for position, wanted in enumerate(_lines(record)):
        line = there.pop(position, None)
        if line is None:
            ledger.insert(OrderLine, order_id=row["id"], position=position, **wanted)
            ledger.clients.add(row["client_id"])
            store.orders.add(row["id"])
        elif ledger.update(OrderLine, line["id"], differences(line, wanted), row["client_id"]):
            store.orders.add(row["id"])
        else:
            ledger.unchanged["order_line"] += 1
    if there:  # the shop took lines off the order
        rates = table_of(CommissionRate)
        gone = [line["id"] for line in there.values()]
        ledger.session.execute(delete(rates).where(rates.c.order_line_id.in_(gone)))
        store.orders.add(row["id"])
        ledger.remove(OrderLine, gone)
        ledger.clients.add(row["client_id"])


def _signal(record: OrderRecord, store: Store, client_id: int, order_id: int, kind: SignalKind) -> None:
    first, *more = record.lines
    bought = kind is SignalKind.CHECKED_OUT
    store.ledger.insert(
        Signal,
        client_id=client_id,
        kind=kind,
        occurred_at=record.placed_at if bought else record.received_at,
        source=store.source,
        external_id=f"order:{record.number}:{kind.value}",
        item=f"{first.name} (+{len(more)} more)" if more else first.name,
        brand=first.brand,
        amount_cents=record.total if bought else None,
        currency=record.currency if bought else "",
        order_id=order_id,
    )
