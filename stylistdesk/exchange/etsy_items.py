"""Etsy's sold order items: one row an item, joined to the sold orders by Order ID, whichever file comes first.

Of an order that only this file tells, the amounts are reckoned from its items; the file of orders puts its own over
them. Shipping and tax are the whole order's, repeated on each row or written on one of them.
"""

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, code
from stylistdesk.exchange.etsy import buyer, currency_of, money, note_of, place_of, plain, with_tax
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.grouped import NamedRow, each_order, on_line
from stylistdesk.exchange.moments import moment_of
from stylistdesk.exchange.quantities import price_of_one, whole_quantity
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import OrderLineRecord, OrderPart, OrderRecord, Rows

_COLUMNS = (
    "Sale Date", "Item Name", "Buyer", "Quantity", "Price", "Coupon Code", "Coupon Details", "Discount Amount",
    "Shipping Discount", "Delivery Discount", "Order Shipping", "Order Delivery", "Order Sales Tax", "Currency",
    "Transaction ID", "Date Shipped", "Date Posted", "Ship Name", "Delivery Name", "Ship Address1", "Ship Address2",
    "Delivery Address1", "Delivery Address2", "Ship City", "Ship State", "Ship Zipcode", "Ship Country",
    "Delivery City", "Delivery State", "Delivery Zipcode", "Delivery Country", "Order ID", "Variations",
    "InPerson Discount", "SKU",
)  # fmt: skip


def _read(reading: Reading) -> Rows:
    return each_order(reading, "Order ID", _COLUMNS, _order)


def _order(number: str, rows: list[NamedRow], locale: Locale) -> Rows:
    number = number.removeprefix("#")
    line, first = rows[0]
    currency = currency_of(first, locale)
    lines, seen = [], set()
    for at, row in rows:
        with on_line(at):
            if currency_of(row, locale) != currency:
                raise Refused(f"its currency is {currency_of(row, locale)}, that of the rows above {currency}")
            key = code(row["Transaction ID"])
            if key and key in seen:
                continue  # two months' files put together
            seen.add(key)
            lines.append(_line(at, row, currency, locale))
    goods = sum(one.price * one.quantity - one.discount for one in lines)
    shipping = _once(rows, ("Order Shipping", "Order Delivery"), currency)
    shipping -= min(shipping, _once(rows, ("Shipping Discount", "Delivery Discount"), currency))
    tax, total = with_tax(goods, shipping, _once(rows, ("Order Sales Tax",), currency), 0)
    street = "Ship Address1" if first["Ship Address1"].strip() else "Delivery Address1"
    place = place_of(first, street, street.replace("1", "2"), "Shipping")
    name = first["Ship Name"] or first["Delivery Name"]
    ref, notices = buyer(line, locale, name=name, login="", shown=first["Buyer"], place=place)
    shipped = [(row["Date Shipped"] or row["Date Posted"]).strip() for _, row in rows]
    yield from notices
    yield OrderRecord(
        line=line,
        number=number,
        client=ref,
        placed_at=moment_of(first["Sale Date"], locale.zone),
        currency=currency,
        subtotal=Cents(goods),
        shipping=Cents(shipping),
        tax=tax,
        discount=Cents(sum(one.discount for one in lines)),
        total=total,
        refunded=Cents(0),
        lines=tuple(lines),
        external_id=number,
        shipped_at=max(moment_of(on, locale.zone) for on in shipped) if all(shipped) else None,
        location=place,
        note=note_of(first["Coupon Code"], first["Coupon Details"]),
        part=OrderPart.LINES,
    )


def _line(line: int, row: dict[str, str], currency: str, locale: Locale) -> OrderLineRecord:
    name = cell(plain(row["Item Name"]), 300)
    if not name:
        raise Refused("Item Name is blank")
    price = price_of_one("Price", row["Price"], currency)
    if price < 0:
        raise Refused(f"Price “{cell(row['Price'])[:20]}” is below zero")
    variations = cell(plain(row["Variations"]), 200)
    shipped = (row["Date Shipped"] or row["Date Posted"]).strip()
    if shipped:
        moment_of(shipped, locale.zone)
    return OrderLineRecord(
        line=line,
        name=cell(f"{name} ({variations})", 300) if variations else name,
        sku=code(row["SKU"]),
        brand="",
        quantity=whole_quantity("Quantity", row["Quantity"], least=1),
        price=price,
        discount=Cents(abs(money(row, "Discount Amount", currency)) + abs(money(row, "InPerson Discount", currency))),
        shipped=bool(shipped),
    )


def _once(rows: list[NamedRow], columns: tuple[str, ...], currency: str) -> int:
    """An amount of the whole order: the highest that any of its rows gives."""
    return max(abs(money(row, column, currency)) for _, row in rows for column in columns)


ETSY_ITEMS = Format(
    name="etsy_sold_order_items",
    label="Etsy sold order items",
    program="etsy",
    required=("Sale Date", "Item Name", "Quantity", "Price", "Order ID"),
    one_of=("Transaction ID", "Listing ID", "Order Shipping", "Item Total"),
    used=_COLUMNS,
    read=_read,
    aliases=("etsy_items",),
    passes=3,
)
