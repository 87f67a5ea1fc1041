"""How many of an item: whole numbers, which some programs write with a decimal point."""

import re

from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.cells import cell

_WHOLE = re.compile(r"([0-9]{1,6})(?:[.,]0+)?")


def whole_quantity(column: str, text: str) -> int:
    """The quantity: "2", "2.0". Raises `Refused` for anything but a whole number from 0 to 999,999."""
    found = _WHOLE.fullmatch(text.strip())
    if not found or not text.isascii():
        raise Refused(f"{column} “{cell(text)[:20]}” is not a whole number")
    return int(found[1])
