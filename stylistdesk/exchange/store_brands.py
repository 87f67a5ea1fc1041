"""Storing brands and rates (R31, R32). A row never makes a client: what she is to a brand says too little of her."""

from collections.abc import Sequence

from sqlalchemy import select

from stylistdesk.db.orders import rate_of
from stylistdesk.db.tables import Brand, Client, ClientBrand, CommissionRate, Order
from stylistdesk.domain.commission import DatedRate, RateBook, RateKey
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.rates import format_rate, say_span
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import BasisPoints, RateScope
from stylistdesk.exchange.ledger import Values, differences, fetch, table_of
from stylistdesk.exchange.records import BrandRecord, ClientRef, RateRecord
from stylistdesk.exchange.store import Store

_NOBODY = ClientRef()


class _Rates:
    """The rates of the desk and those that the file has brought so far."""

    def __init__(self, store: Store) -> None:
        self.store = store
        rows = store.ledger.session.execute(select(table_of(CommissionRate))).mappings()
        self.rates: list[tuple[DatedRate, str]] = [(rate_of(dict(row)), row["note"]) for row in rows]

    def of(self, key: RateKey) -> list[tuple[DatedRate, str]]:
        """All of one key."""
        return [pair for pair in self.rates if pair[0].key == key]

    def put(self, rate: DatedRate, note: str, client_id: int | None) -> None:
        """A rate of the same days is changed, a new one must not overlap. Raises `Refused`."""
        ledger = self.store.ledger
        for there, said in self.of(rate.key):
            if (there.starts_on, there.ends_on) == (rate.starts_on, rate.ends_on):
                changes = differences({"rate": there.rate, "note": said}, {"rate": rate.rate, "note": note or said})
                if not ledger.update(CommissionRate, there.id or 0, changes, client_id):
                    ledger.unchanged["commission_rate"] += 1
                self.rates.remove((there, said))
                self.rates.append(
                    (DatedRate(rate.key, rate.rate, rate.starts_on, rate.ends_on, there.id), note or said)
                )
                return
        for other in RateBook(known for known, _ in self.of(rate.key)).overlapping(rate):
            raise Refused(
                f"it overlaps {format_rate(other.rate)}, which holds {say_span(other.starts_on, other.ends_on)}"
            )
        row_id = ledger.insert(
            CommissionRate,
            scope=rate.key.scope,
            client_id=client_id,
            brand_id=rate.key.brand_id,
            order_id=rate.key.order_id,
            rate=rate.rate,
            starts_on=rate.starts_on,
            ends_on=rate.ends_on,
            set_at=self.store.work.now,
            note=note,
        )
        self.rates.append((DatedRate(rate.key, rate.rate, rate.starts_on, rate.ends_on, row_id), note))


def store_brands(records: Sequence[BrandRecord], store: Store) -> None:
    """Store the records: the brand by its name, its default rate, and what the named client is to it."""
    ledger, people = store.ledger, store.people
    ledger.flush()
    brands = store.there(Brand, "name_key", (name_key(record.brand) for record in records))
    hers = {
        (row["client_id"], row["brand_id"]): row
        for row in fetch(ledger.session, ClientBrand, "brand_id", (row["id"] for row in brands.values()))
    }
    rates = _Rates(store)
    for record in records:
        try:
            client_id = _client(record.client, store) if record.client != _NOBODY else None
            brand = _brand(record, brands, store)
            if record.default_rate is not None:
                _default(brand, record.default_rate, rates)
            if client_id is not None:
                _put_hers(record, brand["id"], client_id, hers, store)
        except Refused as error:
            store.refuse(record, error)
        people.done(record.client)


def _client(ref: ClientRef, store: Store) -> int:
    who = store.people.who(ref)
    if who < 0:
        named = ref.email or ref.phone or ref.name
        raise Refused(f"there is no client {named[:60]}; import the clients first")
    return who


def _brand(record: BrandRecord, brands: dict[str, Values], store: Store) -> Values:
    key = name_key(record.brand)
    row = brands.get(key)
    if row is None:
        values: Values = {"name": record.brand, "name_key": key, "note": record.note}
        row = brands[key] = {**values, "id": store.ledger.insert(Brand, **values)}
    else:
        changes = differences(row, {"note": record.note} if record.note else {})
        if not store.ledger.update(Brand, row["id"], changes):
            store.ledger.unchanged["brand"] += 1
        row |= changes
    return row


def _default(brand: Values, rate: BasisPoints, rates: _Rates) -> None:
    """The brand's rate for all days. Where its rates are dated, the file of rates is the one to change them."""
    key = RateKey(RateScope.BRAND, brand_id=brand["id"])
    today = rates.store.work.now.astimezone(rates.store.work.zone).date()
    dated = [there for there, _ in rates.of(key) if there.starts_on is not None or there.ends_on is not None]
    if any(there.holds_on(today) and there.rate == rate for there in dated):
        rates.store.ledger.unchanged["commission_rate"] += 1
        return
    rates.put(DatedRate(key, rate), "", None)


def _put_hers(
    record: BrandRecord, brand_id: int, client_id: int, hers: dict[tuple[int, int], Values], store: Store
) -> None:
    wanted: Values = {"status": record.status, "number": record.number}
    row = hers.get((client_id, brand_id))
    if row is None:
        row_id = store.ledger.insert(ClientBrand, client_id=client_id, brand_id=brand_id, **wanted)
        hers[client_id, brand_id] = {**wanted, "id": row_id}
        return
    changes = differences(row, {name: value for name, value in wanted.items() if value not in ("", None)})
    if not store.ledger.update(ClientBrand, row["id"], changes, client_id):
        store.ledger.unchanged["client_brand"] += 1
    row |= changes


def store_rates(records: Sequence[RateRecord], store: Store) -> None:
    """Store the records. A rate of the same whose and days is changed; one that overlaps another is refused."""
    ledger, people = store.ledger, store.people
    ledger.flush()
    brands = store.there(Brand, "name_key", (name_key(record.brand) for record in records))
    rates = _Rates(store)
    for record in records:
        try:
            rates.put(*_rate(record, brands, store))
        except Refused as error:
            store.refuse(record, error)
        people.done(record.client)


def _rate(record: RateRecord, brands: dict[str, Values], store: Store) -> tuple[DatedRate, str, int | None]:
    client_id = brand_id = order_id = whose = None
    if record.client != _NOBODY:
        client_id = whose = _client(record.client, store)
    if record.brand:
        brand = brands.get(name_key(record.brand))
        if brand is None:
            raise Refused(f"there is no brand {record.brand[:60]}; import the brands first")
        brand_id = brand["id"]
    if record.order_number:
        order_id, whose = _order(record.order_number, store)
    key = RateKey(record.scope, client_id, brand_id, order_id)
    return DatedRate(key, record.rate, record.starts_on, record.ends_on), record.note, whose


def _order(number: str, store: Store) -> tuple[int, int]:
    table, client = table_of(Order), table_of(Client)
    found = store.ledger.session.execute(
        select(table.c.id, table.c.client_id)
        .join(client, client.c.id == table.c.client_id)
        .where(table.c.number == number)
    ).all()
    if len(found) != 1:
        raise Refused(f"there {'is no' if not found else 'are several of'} order {number[:60]}")
    return int(found[0][0]), int(found[0][1])
