"""The signals of an order: that it was placed and, where the file knows it, received."""

from collections.abc import Sequence

from stylistdesk.db.tables import Signal
from stylistdesk.domain.types import SignalKind
from stylistdesk.exchange.ledger import Values, differences
from stylistdesk.exchange.matching_orders import Known, signal_key
from stylistdesk.exchange.records import OrderPart, OrderRecord
from stylistdesk.exchange.store import Store


def is_called_off(record: OrderRecord) -> bool:
    """Whether there is nothing to thank for: cancelled, voided, or all of it paid back."""
    off = record.cancelled_at is not None or record.cancelled or record.voided
    return off or 0 < record.total <= record.refunded


def unthank(record: OrderRecord, row: Values, signals: Sequence[Values], store: Store) -> None:
    """Take the order's own signals away: nobody is to be thanked for what was called off."""
    if not signals:
        return
    store.ledger.remove(Signal, [signal["id"] for signal in signals])
    store.ledger.clients.add(row["client_id"])
    how = "cancelled" if record.cancelled_at is not None or record.cancelled else "paid back or voided"
    store.tell(record.line, f"order {record.number} was {how}; the desk no longer asks to thank for it")


def put_signal(record: OrderRecord, known: Known, store: Store, row: Values, kind: SignalKind) -> None:
    """Record that the order was placed or received; the signal of an order that was removed is taken up again."""
    key = signal_key(row["number"], kind)
    left = known.left(row["source"], key)
    if left is not None and left["client_id"] == row["client_id"]:
        store.ledger.update(Signal, left["id"], {"order_id": row["id"]}, row["client_id"])
        return
    bought = kind is SignalKind.CHECKED_OUT
    store.ledger.insert(
        Signal,
        client_id=row["client_id"],
        kind=kind,
        occurred_at=record.placed_at if bought else record.received_at,
        source=row["source"],
        external_id=key if left is None else f"{key}:{row['id']}",
        amount_cents=record.total if bought else None,
        currency=record.currency if bought else "",
        order_id=row["id"],
        **_bought(record),
    )


def complete_signals(record: OrderRecord, row: Values, signals: Sequence[Values], store: Store) -> None:
    """Bring the signals in step with the other half of an order that comes in two files."""
    for signal in signals:
        if record.part is OrderPart.LINES:
            wanted = _bought(record)
        else:
            bought = signal["kind"] is SignalKind.CHECKED_OUT
            wanted = {"amount_cents": record.total, "currency": record.currency} if bought else {}
        store.ledger.update(Signal, signal["id"], differences(signal, wanted), row["client_id"])


def _bought(record: OrderRecord) -> Values:
    """What was bought, as a signal says it."""
    if not record.lines:
        return {"item": record.about, "brand": ""}
    first, *more = record.lines
    return {"item": f"{first.name} (+{len(more)} more)" if more else first.name, "brand": first.brand}
