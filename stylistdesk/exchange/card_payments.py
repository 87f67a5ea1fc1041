"""Storing what was paid by card on an order (R36): each payment by its own id, of its card the last four digits."""

from collections.abc import Sequence

from stylistdesk.db.tables import CardPayment, Order
from stylistdesk.exchange.ledger import Values, differences, fetch
from stylistdesk.exchange.records import PAID_BY, REFUNDED_TO, OrderRecord
from stylistdesk.exchange.store import Store


class Payments:
    """The card payments of some orders, and those of the desk that some records name.

    `order_ids` are those orders, and those whose payments are named.
    """

    def __init__(self, records: Sequence[OrderRecord], order_ids: Sequence[int], store: Store) -> None:
        self._store = store
        self._by_order: dict[int, list[Values]] = {}
        named = [payment.external_id for record in records for payment in record.payments]
        named += [_paid(external_id) for external_id in named]
        self._there = store.there(CardPayment, "external_id", named)
        self.order_ids = tuple(dict.fromkeys([*order_ids, *(row["order_id"] for row in self._there.values())]))
        if any(record.payments for record in records):
            for row in fetch(store.ledger.session, CardPayment, "order_id", self.order_ids):
                self._by_order.setdefault(row["order_id"], []).append(row)

    def paid_back_besides(self, record: OrderRecord, order_id: int) -> int:
        """What the desk knows was paid back to cards for the order, in payments that this file does not name."""
        named = {payment.external_id for payment in record.payments}
        rows = self._by_order.get(order_id, [])
        return sum(-row["cents"] for row in rows if row["cents"] < 0 and row["external_id"] not in (None, *named))

    def order_of(self, record: OrderRecord) -> Values | None:
        """The order whose payment the record pays back, where it does not name the order by its number."""
        paid = (self._there.get(_paid(payment.external_id)) for payment in record.payments)
        ids = {row["order_id"] for row in paid if row is not None}
        return next(iter(fetch(self._store.ledger.session, Order, "id", ids)), None) if len(ids) == 1 else None

    def put(self, record: OrderRecord, order_id: int, client_id: int) -> None:
        """Store the payments of the record. One that is there under another order is left where it is, and told."""
        ledger = self._store.ledger
        for payment in record.payments:
            values = {
                "paid_on": payment.paid_on,
                "cents": payment.cents,
                "brand": payment.brand,
                "last_four": payment.last_four,
            }
            row = self._there.get(payment.external_id)
            if row is None:
                values |= {"client_id": client_id, "order_id": order_id, "external_id": payment.external_id}
                row_id = ledger.insert(CardPayment, **values)
                self._there[payment.external_id] = {**values, "id": row_id}
            elif row["order_id"] != order_id:
                self._store.tell(record.line, f"payment {payment.external_id} is another order's; it was left there")
            elif not ledger.update(CardPayment, row["id"], differences(row, values), client_id):
                ledger.unchanged["card_payment"] += 1


def _paid(external_id: str) -> str:
    return external_id.replace(REFUNDED_TO, PAID_BY, 1)
