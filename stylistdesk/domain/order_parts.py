"""A part of what is open of an order, as a rep types it: "230", "half", "50 %"; read into an amount of money.

Lines are not told apart: what ships is recorded by its amount, and earns of all lines in proportion.
"""

import re

from stylistdesk.domain.commission import half_up
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money, parse_typed_money
from stylistdesk.domain.rates import WHOLE, parse_rate
from stylistdesk.domain.types import Cents

_PERCENT = re.compile(r".*(?:%|percent|per cent|pct)", re.IGNORECASE)


def parse_part(words: str, left: Cents, currency: str) -> Cents:
    """So much of what is open (`left`). Raises `Refused` for what cannot be read, for nothing, and for more."""
    typed = " ".join(words.split())
    if typed.casefold() in ("half", "a half", "1/2", "½"):
        cents = half_up(left, 2)
    elif typed.casefold() == "all":
        cents = left
    elif _PERCENT.fullmatch(typed):
        cents = half_up(left * parse_rate(typed), WHOLE)
    else:
        cents = parse_typed_money(typed, currency)
    if cents <= 0:
        raise Refused("That is nothing.", hint="Leave it empty for all that is open.")
    if cents > left:
        raise Refused(f"Only {format_money(left, currency)} of it is open.")
    return Cents(cents)
