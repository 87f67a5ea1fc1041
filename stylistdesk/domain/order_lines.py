"""The lines of a purchase order as a rep types them, one a line: "4 x Cable cardigan, cream [NM-310] @ 95 at 7 %"."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money, parse_typed_money
from stylistdesk.domain.rates import format_rate, parse_rate
from stylistdesk.domain.sales import NOTHING
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.types import BasisPoints, Cents

Line = TypeVar("Line")

EXAMPLE = "For example: 4 x Cable cardigan, cream @ 95.00; a rate may follow: at 7 %."
MOST_LINES = 500
MOST_CENTS = 10**13

_LINE = re.compile(
    r"(?P<quantity>[0-9]{1,6})(?:\s*(?:x|×|pcs?\.?)(?=\s))?+\s+(?P<name>.+?)\s*(?:\[(?P<sku>[^\]]*)\]\s*)?"
    r"@\s*(?P<price>[^@]+?)(?:\s+less\s+(?P<discount>[^@]+?))?(?:\s+at\s+(?P<rate>[0-9.,]+\s*%?))?",
    re.IGNORECASE,
)
_A_PRICE = re.compile(r"@\s*[^\w\s]{0,3}[0-9]")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of an order; the discount is for the whole line, the rate is the line's own (None: it has none)."""

    name: str
    quantity: int
    price: Cents
    discount: Cents = NOTHING
    sku: str = ""
    rate: BasisPoints | None = None


def parse_lines(words: str, currency: str) -> tuple[TypedLine, ...]:
    """The lines; blank ones are passed over. Raises `Refused` for the first that cannot be read, by its number."""
    found = line_by_line(words, lambda line: _parse(line, currency), EXAMPLE)
    if len(found) > MOST_LINES:
        raise Refused(f"An order has at most {MOST_LINES} lines.", field="lines", hint="Make two orders of it.")
    return found


def line_by_line(words: str, parse: Callable[[str], Line], example: str) -> tuple[Line, ...]:
    """What is read of each line of a text that is not blank. Raises `Refused` for the first that cannot be read."""
    found = []
    for number, line in enumerate(words.splitlines(), start=1):
        if line.strip():
            try:
                found.append(parse(clean(line)))
            except Refused as no:
                raise Refused(f"Line {number}: {no.reason}", field="lines", hint=no.hint or example) from None
    return tuple(found)


def _parse(line: str, currency: str) -> TypedLine:
    found = _LINE.fullmatch(line)
    if found is None:
        raise Refused(f"“{line[:40]}” is no line of an order.", hint=EXAMPLE)
    if _A_PRICE.search(found["name"]):
        raise Refused("Two items stand on it: it has two prices.", hint="Write each item on a line of its own.")
    price = parse_typed_money(found["price"], currency)
    discount = parse_typed_money(found["discount"], currency) if found["discount"] else Cents(0)
    quantity = int(found["quantity"])
    if price < 0 or discount < 0:
        raise Refused("An amount is below zero.", hint=EXAMPLE)
    if price * quantity > MOST_CENTS:
        raise Refused("That is too much for one line.", hint=EXAMPLE)
    if discount > price * quantity:
        raise Refused("The discount is more than the line.", hint=EXAMPLE)
    rate = parse_rate(found["rate"]) if found["rate"] else None
    return TypedLine(found["name"].strip(), quantity, price, discount, clean(found["sku"] or ""), rate)


def _named(line: TypedLine) -> str:
    return name_key(_plain(line.name))


_ALIKE: tuple[Callable[[TypedLine], Hashable], ...] = (
    lambda x: (x.sku, _named(x), x.price, x.quantity, x.discount, x.rate),
    lambda x: (x.sku, _named(x), x.price),
    lambda x: (x.sku, _named(x)),
    lambda x: x.sku or None,
    _named,
)
"""By what lines are the same, the surest first; by None they are not."""


def same_lines(there: Sequence[TypedLine], typed: Sequence[TypedLine]) -> tuple[int | None, ...]:
    """For each line that was typed, which of those that are there it is; None for a new one.

    What says the same goes together first. A line whose name was corrected is known by its price and its neighbours.
    """
    found: list[int | None] = [None] * len(typed)
    for alike in _ALIKE:
        waiting: dict[Hashable, list[int]] = {}
        for index in _left(there, found):
            waiting.setdefault(alike(there[index]), []).append(index)
        for at, line in enumerate(typed):
            key = alike(line)
            if found[at] is None and key is not None and waiting.get(key):
                found[at] = waiting[key].pop(0)
    for at, line in enumerate(typed):
        if found[at] is None:
            after = next((known for known in reversed(found[:at]) if known is not None), -1)
            before = next((known for known in found[at:] if known is not None), len(there))
            between = (index for index in _left(there, found) if after < index < before)
            found[at] = next((index for index in between if there[index].price == line.price), None)
    return tuple(found)


def _left(there: Sequence[TypedLine], found: Sequence[int | None]) -> list[int]:
    taken = set(found)
    return [index for index in range(len(there)) if index not in taken]


def spell_line(line: TypedLine, currency: str) -> str:
    """The line as it is typed; reading it gives the same line."""
    parts = [f"{line.quantity} x {_plain(line.name)}"]
    if line.sku:
        parts.append(f"[{line.sku.replace(']', ')')}]")
    parts.append(f"@ {_amount(line.price, currency)}")
    if line.discount:
        parts.append(f"less {_amount(line.discount, currency)}")
    if line.rate is not None:
        parts.append(f"at {format_rate(line.rate)}")
    return " ".join(parts)


def _amount(cents: int, currency: str) -> str:
    return format_money(cents, currency)


def _plain(name: str) -> str:
    return name.replace("@", "(at)").replace("[", "(").replace("]", ")")
