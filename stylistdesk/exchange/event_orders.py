"""Orders of an event (R37, R38), in this program's own layout: one row a line.

What is true of the whole order stands on one of its rows or on each, and is the same wherever it stands. An order that
the desk has already, whoever keeps it, is only put into its event.
"""

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import sells_gift
from stylistdesk.domain.money import parse_money
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, client_ref, code, instant, yes_or_no
from stylistdesk.exchange.event_placing import NO_GIFTS
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.grouped import NamedRow, each_order, on_line
from stylistdesk.exchange.quantities import whole_quantity
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRef, Notice, OrderLineRecord, OrderRecord, PlacedIn, RefusedRow, Rows

COLUMNS = (
    "event_external_id", "event_name", "order_number", "placed_at", "client_email", "client_name", "item", "sku",
    "quantity", "price", "discount", "shipping", "tax", "total", "currency", "is_host_order",
)  # fmt: skip
_EVENT = ("event_external_id", "event_name")
_CLIENT = ("client_email", "client_name")
_ONE_OF_EACH = (*_EVENT, "placed_at", *_CLIENT, "shipping", "tax", "total", "currency", "is_host_order")


def _read(reading: Reading) -> Rows:
    return each_order(reading, "order_number", COLUMNS, _order)


def _order(number: str, rows: list[NamedRow], locale: Locale) -> Rows:
    line = rows[0][0]
    said = {column: _said(column, rows) for column in _ONE_OF_EACH}
    placed_in = _event(said)
    currency = code(said["currency"]).upper() or locale.currency
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise Refused(f"currency “{currency[:20]}” is not a code of three letters such as USD")
    lines, gifts = list[OrderLineRecord](), list[OrderLineRecord]()
    for at, row in rows:
        if any(row[column].strip() for column in ("item", "sku", "quantity", "price")):
            with on_line(at):
                one = _line(at, row, currency)
            (gifts if sells_gift(one.name) else lines).append(one)
    yield from (RefusedRow(one.line, f"order {number}: {NO_GIFTS}") for one in gifts)
    if gifts and not lines:
        return
    ref, notices = ClientRef(), list[Notice]()
    if any(said[column].strip() for column in _CLIENT):
        ref, notices = client_ref(line, locale.country, name=said["client_name"], email=said["client_email"])
    goods = _worth(lines)
    shipping, tax = (_money(said[column], currency) for column in ("shipping", "tax"))
    total = _money(said["total"], currency) if said["total"].strip() else Cents(goods + shipping + tax)
    if total != goods + shipping + tax:
        total = Cents(max(0, total - _worth(gifts)))
    yield from notices
    yield OrderRecord(
        line=line,
        number=number,
        client=ref,
        placed_at=instant(said["placed_at"], locale.zone),
        currency=currency,
        subtotal=Cents(goods if lines else max(0, total - shipping - tax)),
        shipping=shipping,
        tax=tax,
        discount=Cents(sum(one.discount for one in lines)),
        total=total,
        refunded=Cents(0),
        lines=tuple(lines),
        placed_in=placed_in,
        about=f"order {number}" if not lines else "",
    )


def _worth(lines: list[OrderLineRecord]) -> int:
    return sum(one.price * one.quantity - one.discount for one in lines)


def _said(column: str, rows: list[NamedRow]) -> str:
    """What the rows say of the whole order: all that say it say the same. Raises `Refused`."""
    first = ""
    for line, row in rows:
        if row[column].strip() and first and row[column].strip() != first:
            with on_line(line):
                raise Refused(f"{column} is “{cell(row[column])[:40]}”, and “{cell(first)[:40]}” above")
        first = first or row[column].strip()
    return first


def _event(said: dict[str, str]) -> PlacedIn:
    external_id, name = code(said["event_external_id"]), cell(said["event_name"], 200)
    if not (external_id or name):
        raise Refused("the row names no event: give it an event_external_id or an event_name")
    is_host_order = yes_or_no(said["is_host_order"])
    if is_host_order is None and said["is_host_order"].strip():
        raise Refused(f"is_host_order “{cell(said['is_host_order'])[:20]}” is neither yes nor no")
    return PlacedIn(external_id, name, is_host_order)


def _money(text: str, currency: str) -> Cents:
    cents = parse_money(text, currency) if text.strip() else Cents(0)
    if cents < 0:
        raise Refused(f"“{cell(text)[:20]}” is below zero")
    return cents


def _line(line: int, row: dict[str, str], currency: str) -> OrderLineRecord:
    name = cell(row["item"], 300)
    if not name:
        raise Refused("item is blank")
    quantity = whole_quantity("quantity", row["quantity"], least=1)
    price, discount = _money(row["price"], currency), _money(row["discount"], currency)
    if discount > price * quantity:
        raise Refused(f"discount is “{cell(row['discount'])[:20]}”, and all of the item costs less")
    return OrderLineRecord(
        line=line,
        name=name,
        sku=code(row["sku"]),
        brand="",
        quantity=quantity,
        price=price,
        discount=discount,
        shipped=False,
    )


EVENT_ORDERS = Format(
    name="event_orders",
    label="orders of an event",
    program="events",
    required=("order_number", "placed_at", "item"),
    one_of=_EVENT,
    used=COLUMNS,
    read=_read,
    passes=3,
)
