"""Which order of the desk a record means.

A shop's number is not enough: every shop begins at #1001. The shop's own id (`Id`) decides where both sides have one.
Without it number, client and time must agree; if they do not, the order is refused and never written over another.

The key of an order is its source and number, so an order whose number is another one's already stands under a source
with a number of its own: "shopify", then "shopify 2".
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count

from sqlalchemy import func, select

from stylistdesk.db.tables import Client, Erasure, Order, Signal
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import SignalKind
from stylistdesk.exchange.ledger import Values, fetch, table_of
from stylistdesk.exchange.records import OrderRecord
from stylistdesk.exchange.store import Store

_SAME_MINUTE = timedelta(minutes=1)
"""Some exports write the seconds, others do not."""

_MENDS = {
    "shopify": "export it with the column Id, or give it another Name, such as {number}-2",
    "woocommerce": "export it with the column Order ID, or give it another Order Number, such as {number}-2",
    "events": "give it another order_number, such as {number}-2",
}
_TOLD = (SignalKind.CHECKED_OUT, SignalKind.RECEIVED)


def signal_key(number: str, kind: SignalKind) -> str:
    """The id, within its source, of the signal that an order was placed or received."""
    return f"order:{number}:{kind.value}"


class Known:
    """The orders of the desk that have the number of one of some records."""

    def __init__(self, records: Sequence[OrderRecord], store: Store) -> None:
        self._store = store
        self._by_number: dict[str, list[Values]] = {}
        self._left: dict[tuple[str, str], Values] = {}
        self.ids: list[int] = []
        numbers = [record.number for record in records]
        for source in _sources(store):
            there = store.there(Order, "number", numbers, source=source)
            for number, row in there.items():
                self._by_number.setdefault(number, []).append(row)
                self.ids.append(row["id"])
            keys = [signal_key(number, kind) for number in numbers if number not in there for kind in _TOLD]
            for key, row in store.there(Signal, "external_id", keys, source=source).items():
                self._left[source, key] = row

    def has(self, number: str) -> bool:
        """Whether the desk has an order of this number."""
        return number in self._by_number

    def find(self, record: OrderRecord) -> Values | None:
        """The order that the record means, or None for a new one. Raises `Refused` if that cannot be told."""
        rows = self._by_number.get(record.number, [])
        for row in rows:
            if record.external_id and row["external_id"] == record.external_id:
                return row
        unsure = [row for row in rows if not (record.external_id and row["external_id"])]
        if not unsure:
            return None
        client = self._store.people.who(record.client)
        hers = [row for row in unsure if row["client_id"] == client]
        for row in hers:
            if _at_once(row, record):
                return row
        if any(_at_once(row, record) and self._is_erased(row["client_id"]) for row in unsure):
            raise Refused(
                f"the desk has order {record.number} already: it is kept without a name, because its client was "
                "erased; leave the order out of the file, or the sale counts twice"
            )
        differs = "at another time" if hers else "by another client"
        mend = _MENDS.get(self._store.source, "give it another order number").format(number=record.number)
        raise Refused(
            f"the desk has an order {record.number} placed {differs}, and without an Id on both it cannot be told "
            f"whether they are one: {mend}"
        )

    def _is_erased(self, client_id: int) -> bool:
        erased = table_of(Erasure).c.client_number
        return self._store.ledger.session.scalar(select(erased).where(erased == client_id).limit(1)) is not None

    def left(self, source: str, key: str) -> Values | None:
        """The signal with this key that stayed when its order was removed."""
        return self._left.get((source, key))

    def source_for(self, record: OrderRecord) -> str:
        """The source under which a new order stands; that it is apart from another of its number is told."""
        rows = self._by_number.get(record.number, [])
        if not rows:
            return self._store.source
        (client,) = fetch(self._store.ledger.session, Client, "id", [rows[0]["client_id"]])
        self._store.tell(
            record.line,
            f"order {record.number} is not the {record.number} of {client['name']}, by its Id; the desk keeps both",
        )
        taken = {row["source"] for row in rows}
        return next(
            source
            for number in count(1)
            if (source := f"{self._store.source} {number}" if number > 1 else self._store.source) not in taken
        )


def _at_once(row: Values, record: OrderRecord) -> bool:
    return bool(abs(row["placed_at"] - record.placed_at) < _SAME_MINUTE)


def _sources(store: Store) -> Iterator[str]:
    """The sources under which orders of the file's program stand; each is one look into the index."""
    yield store.source
    column = table_of(Order).c.source
    last: str | None = f"{store.source} "
    while last := store.ledger.session.scalar(
        select(func.min(column)).where(column > last, column < f"{store.source}!")
    ):
        yield last
