"""How many of an item, and the price of one: whole numbers, which some programs write with a decimal point."""

import re

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import parse_money
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell

_WHOLE = re.compile(r"(-?[0-9]{1,6})(?:[.,]0+)?")
_NAMES = ("zero", "one")


def whole_quantity(column: str, text: str, *, least: int = 0) -> int:
    """The quantity: "2", "2.0". Raises `Refused` for anything but a whole number from `least`, 0 or 1, to 999,999."""
    if not text.strip():
        raise Refused(f"{column} is blank")
    found = _WHOLE.fullmatch(text.strip())
    if not found or not text.isascii():
        raise Refused(f"{column} “{cell(text)[:20]}” is not a whole number")
    quantity = int(found[1])
    if quantity < least:
        raise Refused(f"{column} “{cell(text)[:20]}” is below {_NAMES[least]}")
    return quantity


def price_of_one(column: str, text: str, currency: str) -> Cents:
    """The amount. Raises `Refused` for a blank cell, by its column, and for what is no amount."""
    if not text.strip():
        raise Refused(f"{column} is blank")
    return parse_money(text, currency)
