"""Shopify's orders: one row a line item; what is true of the whole order stands on its first row only.

The rows of an order are gathered by its Name, wherever they stand. An order is refused whole if one of its rows is bad:
half an order would make wrong totals. `Accepts Marketing: no` at one checkout says nothing of what she said elsewhere.
"""

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import parse_money
from stylistdesk.domain.types import Cents, ConsentState
from stylistdesk.exchange.cells import cell, client_ref, code, instant, instant_or_none, long_cell, yes_or_no
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.grouped import NamedRow, each_order, on_line
from stylistdesk.exchange.quantities import price_of_one
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import (
    LocationRecord,
    Notice,
    OrderLineRecord,
    OrderRecord,
    Rows,
)
from stylistdesk.exchange.shopify_customers import tag_list

_PLACE = ("Address1", "Address2", "Street", "City", "Zip", "Province", "Country")
_ORDER = (
    "Name", "Email", "Id", "Created at", "Currency", "Subtotal", "Shipping", "Taxes", "Discount Amount", "Total",
    "Refunded Amount", "Financial Status", "Fulfillment Status", "Fulfilled at", "Cancelled at", "Accepts Marketing",
    "Phone", "Notes", "Tags", "Billing Name", "Billing Company", "Billing Phone", "Shipping Name", "Shipping Phone",
    *(f"Billing {part}" for part in _PLACE), *(f"Shipping {part}" for part in _PLACE),
)  # fmt: skip
_LINE = (
    "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku", "Lineitem fulfillment status",
    "Lineitem discount", "Vendor",
)  # fmt: skip
_FULFILLED = "fulfilled"
_VOIDED = ("refunded", "voided")


def _read(reading: Reading) -> Rows:
    return each_order(reading, "Name", (*_ORDER, *_LINE), _order)


def _order(number: str, rows: list[NamedRow], locale: Locale) -> Rows:
    line, row = rows[0]
    row = next((one for _, one in rows if one["Total"].strip()), row)
    ids: dict[str, int] = {}  # two are orders of two shops under one number
    for at, one in rows:
        if external_id := code(one["Id"]):
            ids.setdefault(external_id, at)
    if len(ids) > 1:
        (first, _), (other, at) = list(ids.items())[:2]
        raise Refused(f"its row on line {at} has the Id {other}, others {first}; export the orders of each shop apart")
    currency = code(row["Currency"]).upper() or locale.currency
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise Refused(f"currency “{currency[:20]}” is not a code of three letters such as USD")
    lines = []
    for at, one in rows:
        with on_line(at):
            lines.append(_line(at, one, currency))
    record, notices = _record(number, line, row, currency, tuple(lines), locale)
    yield from notices
    yield record


def _record(
    number: str, line: int, row: dict[str, str], currency: str, lines: tuple[OrderLineRecord, ...], locale: Locale
) -> tuple[OrderRecord, list[Notice]]:
    def amount(column: str) -> Cents:
        return parse_money(row[column], currency) if row[column].strip() else Cents(0)

    if not row["Total"].strip():
        raise Refused("none of its rows has a Total; export the whole order")
    ref, notices = client_ref(
        line,
        locale.country,
        name=row["Billing Name"] or row["Shipping Name"] or row["Billing Company"],
        email=row["Email"],
        phone=row["Phone"] or row["Billing Phone"],
    )
    fulfilled = row["Fulfillment Status"].strip().casefold() == _FULFILLED
    record = OrderRecord(
        line=line,
        number=number,
        client=ref,
        placed_at=instant(row["Created at"]),
        currency=currency,
        subtotal=amount("Subtotal"),
        shipping=amount("Shipping"),
        tax=amount("Taxes"),
        discount=amount("Discount Amount"),
        total=amount("Total"),
        refunded=amount("Refunded Amount"),
        lines=lines,
        external_id=code(row["Id"]),
        cancelled_at=instant_or_none(row["Cancelled at"]),
        shipped_at=instant_or_none(row["Fulfilled at"]) if fulfilled else None,
        email_consent=ConsentState.SUBSCRIBED if yes_or_no(row["Accepts Marketing"]) else None,
        location=_location(row, "Billing") or _location(row, "Shipping"),
        note=long_cell(row["Notes"]),
        tags=tag_list(row["Tags"]),
        voided=row["Financial Status"].strip().casefold() in _VOIDED,
    )
    return record, notices


def _location(row: dict[str, str], which: str) -> LocationRecord | None:
    place = LocationRecord(
        name=which,
        line1=cell(row[f"{which} Address1"] or row[f"{which} Street"], 300),
        line2=cell(row[f"{which} Address2"], 300),
        city=cell(row[f"{which} City"], 200),
        region=cell(row[f"{which} Province"], 100),
        postcode=code(row[f"{which} Zip"]),
        country=cell(row[f"{which} Country"], 100),
    )
    return place if place.line1 or place.city or place.postcode else None


def _line(line: int, row: dict[str, str], currency: str) -> OrderLineRecord:
    quantity = row["Lineitem quantity"].strip()
    if not (quantity.isascii() and quantity.isdigit()) or len(quantity) > 6:
        raise Refused(f"Lineitem quantity “{cell(quantity)[:20]}” is not a whole number")
    name = cell(row["Lineitem name"], 300)
    if not name:
        raise Refused("Lineitem name is blank")
    discount = row["Lineitem discount"]
    return OrderLineRecord(
        line=line,
        name=name,
        sku=code(row["Lineitem sku"]),
        brand=cell(row["Vendor"], 200),
        quantity=int(quantity),
        price=price_of_one("Lineitem price", row["Lineitem price"], currency),
        discount=parse_money(discount, currency) if discount.strip() else Cents(0),
        shipped=row["Lineitem fulfillment status"].strip().casefold() == _FULFILLED,
    )


SHOPIFY_ORDERS = Format(
    name="shopify_orders",
    label="Shopify orders",
    program="shopify",
    required=("Name", "Created at", "Total", "Lineitem quantity", "Lineitem name", "Lineitem price"),
    one_of=("Email", "Phone", "Billing Name"),
    used=(*_ORDER, *_LINE),
    read=_read,
    passes=3,
)
