"""A part of an order as a rep types it: "230", "half", "50 %", "2 x Cardigan, 1 x 3"; read into an amount of money."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stylistdesk.domain.commission import half_up
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money, parse_typed_money
from stylistdesk.domain.rates import WHOLE, parse_rate
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Cents

_PIECES = re.compile(r"([0-9]{1,6})\s*(?:x|×)\s*(?=\S)(.+)", re.IGNORECASE)
_NEXT = re.compile(r"\s*[,;]\s*(?=[0-9]{1,6}\s*[x×]\s*\S)", re.IGNORECASE)  # not at the comma of a name
_PERCENT = re.compile(r".*(?:%|percent|per cent|pct)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LineWorth:
    """A line of an order: its name, how many pieces, and what they are worth together."""

    name: str
    quantity: int
    worth: Cents


def parse_part(words: str, left: Cents, lines: Sequence[LineWorth], currency: str) -> Cents:
    """So much of what is open (`left`). Raises `Refused` for what cannot be read, for nothing, and for more than that.

    A line is named by its number, or by how its name or a word of it begins; its pieces are rounded half up.
    """
    typed = " ".join(words.split())
    if _PIECES.fullmatch(typed):
        cents = _pieces(typed, lines)
    elif typed.casefold() in ("half", "a half", "1/2", "½"):
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
        said = "Only" if cents == _money(typed, currency) else f"That is {format_money(cents, currency)}, and only"
        raise Refused(f"{said} {format_money(left, currency)} of it is open.")
    return Cents(cents)


def _money(typed: str, currency: str) -> int | None:
    try:
        return parse_typed_money(typed, currency)
    except Refused:
        return None


def _pieces(typed: str, lines: Sequence[LineWorth]) -> int:
    counts: dict[int, int] = {}
    for part in _NEXT.split(typed):
        found = _PIECES.fullmatch(part)
        if found is None:
            raise Refused(f"“{part[:40]}” is no line of it.", hint="Write it as 2 x Cardigan, 1 x 3.")
        at = _line(found[2].strip(), lines)
        counts[at] = counts.get(at, 0) + int(found[1])
    for at, count in counts.items():
        if count > lines[at].quantity:
            raise Refused(f"The order has {lines[at].quantity} x {lines[at].name}, not {count}.")
    return sum(half_up(lines[at].worth * count, lines[at].quantity) for at, count in counts.items() if count)


def _line(named: str, lines: Sequence[LineWorth]) -> int:
    """Which line it is; the surest first."""
    if not lines:
        raise Refused("This order has no lines.", hint="Write an amount, half, or 50 %.")
    key, names = name_key(named), [name_key(line.name) for line in lines]
    if named.isascii() and named.isdigit() and 1 <= int(named) <= len(lines):
        return int(named) - 1
    ways = (
        [at for at, name in enumerate(names) if name == key],
        [at for at, name in enumerate(names) if name.startswith(key)],
        [at for at, name in enumerate(names) if f" {key}" in name],
    )
    found = next((some for some in ways if some), [])
    if not found:
        raise Refused(f"No line of it is called “{named[:40]}”.", hint="Write its number: 2 x 1 is two of the first.")
    if len(found) > 1:
        numbers = " and ".join(str(at + 1) for at in found[:3])
        raise Refused(f"“{named[:40]}” could be the lines {numbers}.", hint=f"Write the number: 2 x {found[0] + 1}.")
    return found[0]
