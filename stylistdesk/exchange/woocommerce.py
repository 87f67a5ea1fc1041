"""What the two WooCommerce exports have in common: the words for how an order stands, and its money.

WooCommerce itself exports no orders; Advanced Order Export writes a row for each item, the layout of the CSV Import
Suite a row for each order. Neither says an offset: times are on the clock of the desk. A completed order was sent, and
no file says when.
"""

from collections.abc import Sequence

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import parse_money
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, code, word
from stylistdesk.exchange.reading import Locale
from stylistdesk.exchange.records import LocationRecord, OrderLineRecord

_NO_ORDERS = {
    "pending": "it is not paid yet",
    "pending_payment": "it is not paid yet",
    "failed": "its payment failed",
    "draft": "it is a cart that was never sent off",
    "checkout_draft": "it is a cart that was never sent off",
    "auto_draft": "it is a cart that was never sent off",
    "trash": "it lies in the trash",
}
_ORDERS = ("processing", "on_hold", "completed", "cancelled", "canceled", "refunded", "partially_refunded")


def status_of(text: str) -> str:
    """How the order stands: "wc-on-hold" and "On hold" are on_hold. Raises `Refused` for what is no order, saying why.

    A status of a plug-in's own is taken as an order that is under way.
    """
    status = word(text).removeprefix("wc_")
    if status in _NO_ORDERS:
        raise Refused(f"{_NO_ORDERS[status]} (status {cell(text)[:40]}), so it is no order")
    return "cancelled" if status == "canceled" else status


def is_known(status: str) -> bool:
    """Whether the status is WooCommerce's own."""
    return not status or status in _ORDERS


def money(row: dict[str, str], columns: Sequence[str], currency: str) -> Cents:
    """The amount in the first of these columns that is not blank; nothing if all are. Raises `Refused`."""
    text = next((row[column] for column in columns if row[column].strip()), "")
    return parse_money(text, currency) if text else Cents(0)


def total_of(row: dict[str, str], column: str, currency: str) -> Cents:
    """What an order came to. Raises `Refused` where that is below zero: what was paid back stands elsewhere."""
    total = money(row, (column,), currency)
    if total < 0:
        raise Refused(f"{column} “{row[column].strip()[:20]}” is below zero")
    return total


def booked(total: int, shipping: int, tax: int) -> Cents:
    """What the goods came to after discounts: the rest of the total, so that both layouts say the same."""
    return Cents(max(0, total - shipping - tax))


def currency_of(text: str, locale: Locale) -> str:
    """The order's own currency, else the desk's. Raises `Refused`."""
    currency = code(text).upper() or locale.currency
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise Refused(f"currency “{currency[:20]}” is not a code of three letters such as USD")
    return currency


def line_of(
    line: int, *, name: str, sku: str, quantity: int, goods: int, each: int | None = None, sent: bool = False
) -> OrderLineRecord:
    """A line by what it came to after its discount, and by the price of one where that is known.

    Where the price does not go into the sum, it is rounded up and the rest is a discount: the sum stays right.
    """
    price = max(each or 0, -(-goods // quantity) if quantity else goods)
    less = max(0, price * quantity - goods)
    return OrderLineRecord(line, name, sku, "", quantity, Cents(price), Cents(less), sent)


def place_of(name: str, parts: Sequence[str]) -> LocationRecord | None:
    """The address: its two lines, city, region, postcode and country."""
    line1, line2, city, region, postcode, country = parts
    place = LocationRecord(
        name=name,
        line1=cell(line1, 300),
        line2=cell(line2, 300),
        city=cell(city, 200),
        region=cell(region, 100),
        postcode=code(postcode),
        country=cell(country, 100),
    )
    return place if place.line1 or place.city or place.postcode else None
