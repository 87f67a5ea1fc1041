"""Etsy's sold orders: one row an order, without its items, which come from the file of sold order items.

Both files are joined by Order ID, whichever comes first. The adjusted amounts are all blank or zero unless something
was paid back.
"""

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, code
from stylistdesk.exchange.etsy import buyer, currency_of, is_cancelled, money, note_of, place_of, with_tax
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.grouped import NamedRow, each_order
from stylistdesk.exchange.moments import moment_of
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import Notice, OrderPart, OrderRecord, Rows

_COLUMNS = (
    "Sale Date", "Order ID", "Buyer User ID", "Full Name", "First Name", "Last Name", "Number of Items",
    "Date Shipped", "Date Posted", "Street 1", "Street 2", "Ship City", "Ship State", "Ship Zipcode", "Ship Country",
    "Delivery City", "Delivery State", "Delivery Zipcode", "Delivery Country", "Currency", "Order Value",
    "Coupon Code", "Coupon Details", "Discount Amount", "Shipping Discount", "Delivery Discount", "Shipping",
    "Delivery", "Sales Tax", "Order Total", "Status", "Adjusted Order Total", "Adjusted Card Processing Fees",
    "Adjusted Net Order Amount", "Buyer", "InPerson Discount", "SKU",
)  # fmt: skip
_ADJUSTED = ("Adjusted Order Total", "Adjusted Card Processing Fees", "Adjusted Net Order Amount")
_SHIPPING_DISCOUNTS = ("Shipping Discount", "Delivery Discount")
_REFUNDED = ("refunded", "fully refunded")


def _read(reading: Reading) -> Rows:
    told = False
    for record in each_order(reading, "Order ID", _COLUMNS, _order):
        if isinstance(record, OrderRecord) and not told:
            told = True
            yield Notice(
                record.line,
                "this file has no items: what was bought comes from Etsy's other file, Sold Order Items "
                "(EtsySoldOrderItems….csv), before or after this one",
            )
        yield record


def _order(number: str, rows: list[NamedRow], locale: Locale) -> Rows:
    (line, row), *more = rows
    if any(other != row for _, other in more):
        raise Refused(f"it stands again on line {more[0][0]}, and differs")
    number = number.removeprefix("#")
    currency = currency_of(row, locale)
    goods = Cents(money(row, "Order Value", currency) - _less(row, ("Discount Amount", "InPerson Discount"), currency))
    shipping = Cents(max(0, _either(row, "Shipping", "Delivery", currency) - _less(row, _SHIPPING_DISCOUNTS, currency)))
    tax, total = with_tax(goods, shipping, money(row, "Sales Tax", currency), money(row, "Order Total", currency))
    place = place_of(row, "Street 1", "Street 2", "Shipping")
    name = row["Full Name"] or f"{row['First Name']} {row['Last Name']}".strip()
    ref, notices = buyer(line, locale, name=name, login=row["Buyer User ID"], shown=row["Buyer"], place=place)
    status = name_key(row["Status"])
    refunded = _refunded(row, total, currency)
    shipped = row["Date Shipped"] or row["Date Posted"]
    yield from notices
    yield OrderRecord(
        line=line,
        number=number,
        client=ref,
        placed_at=moment_of(row["Sale Date"], locale.zone),
        currency=currency,
        subtotal=goods,
        shipping=shipping,
        tax=tax,
        discount=_less(row, ("Discount Amount", "InPerson Discount"), currency),
        total=total,
        refunded=total if status in _REFUNDED else refunded,
        lines=(),
        external_id=number,
        cancelled=is_cancelled(row["Status"]),
        voided=status in _REFUNDED,
        shipped_at=moment_of(shipped, locale.zone) if shipped.strip() else None,
        location=place,
        note=note_of(row["Coupon Code"], row["Coupon Details"]),
        about=_about(row),
        part=OrderPart.HEAD,
    )


def _less(row: dict[str, str], columns: tuple[str, ...], currency: str) -> Cents:
    return Cents(sum(abs(money(row, column, currency)) for column in columns))


def _either(row: dict[str, str], one: str, other: str, currency: str) -> Cents:
    return money(row, one if row[one].strip() else other, currency)


def _refunded(row: dict[str, str], total: Cents, currency: str) -> Cents:
    """What was paid back: the total less what it was adjusted to, if any of the adjusted amounts says so."""
    if not any(money(row, column, currency) for column in _ADJUSTED):
        return Cents(0)
    return Cents(min(max(0, total - money(row, "Adjusted Order Total", currency)), total))


def _about(row: dict[str, str]) -> str:
    count, skus = code(row["Number of Items"]), cell(row["SKU"], 200)
    said = f"{count} item{'' if count == '1' else 's'}" if count.isdigit() else ""
    return f"{said} ({skus})" if said and skus else said or skus


ETSY_ORDERS = Format(
    name="etsy_sold_orders",
    label="Etsy sold orders",
    program="etsy",
    required=("Sale Date", "Order ID", "Full Name", "Order Value", "Order Total"),
    used=_COLUMNS,
    read=_read,
    aliases=("etsy", "etsy_orders"),
    passes=3,
)
