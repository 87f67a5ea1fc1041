"""Commission (R32): which rate holds, why, and what it earns. Money is integer cents, rates integer basis points.

The most specific scope that has a rate on the order's day wins. A rate holds from its first day up to, not with, its
last; 0 % is a rate, blank is none. What an order earns is rounded half up, line by line, and the last line that earns
takes the remainder, so that the lines add up to the order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from stylistdesk.domain.rates import WHOLE, format_rate, say_date
from stylistdesk.domain.types import BasisPoints, Cents, RateScope


@dataclass(frozen=True, slots=True)
class RateKey:
    """Whose rate it is: the scope, and the ids that the scope names."""

    scope: RateScope
    client_id: int | None = None
    brand_id: int | None = None
    order_id: int | None = None
    order_line_id: int | None = None


@dataclass(frozen=True, slots=True)
class DatedRate:
    """A rate that was set; `starts_on` None is always been, `ends_on` None is for good."""

    key: RateKey
    rate: BasisPoints
    starts_on: date | None = None
    ends_on: date | None = None
    id: int | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on this day: its first day counts, its end does not."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)

    def overlaps(self, other: "DatedRate") -> bool:
        """Whether both hold on some day; only rates of one key may be compared."""
        return _before(self.starts_on, other.ends_on) and _before(other.starts_on, self.ends_on)


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start < end


@dataclass(frozen=True, slots=True)
class Sold:
    """What a rate is looked for: a line of an order, or an order without lines, and the local day of the order."""

    on: date
    client_id: int
    brand_id: int | None = None
    order_id: int | None = None
    order_line_id: int | None = None

    def whose(self) -> tuple[RateKey, ...]:
        """Whose rates can apply, the most specific first."""
        keys: list[RateKey] = []
        if self.order_line_id is not None:
            keys.append(RateKey(RateScope.LINE, order_line_id=self.order_line_id))
        if self.order_id is not None:
            keys.append(RateKey(RateScope.ORDER, order_id=self.order_id))
        if self.brand_id is not None:
            keys.append(RateKey(RateScope.CLIENT_BRAND, self.client_id, self.brand_id))
        keys.append(RateKey(RateScope.CLIENT, self.client_id))
        if self.brand_id is not None:
            keys.append(RateKey(RateScope.REP_BRAND, brand_id=self.brand_id))
        keys.append(RateKey(RateScope.REP))
        if self.brand_id is not None:
            keys.append(RateKey(RateScope.BRAND, brand_id=self.brand_id))
        return tuple(keys)


class RateBook:
    """All rates, by whose they are."""

    def __init__(self, rates: Iterable[DatedRate]) -> None:
        self._by_key: dict[RateKey, list[DatedRate]] = {}
        for rate in rates:
            self._by_key.setdefault(rate.key, []).append(rate)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def holding(self, sold: Sold) -> tuple[DatedRate, ...]:
        """Every rate that could apply, the most specific first: the first one wins."""
        found = []
        for key in sold.whose():
            for rate in self._by_key.get(key, ()):
                if rate.holds_on(sold.on):
                    found.append(rate)
                    break
        return tuple(found)

    def overlapping(self, rate: DatedRate) -> list[DatedRate]:
        """The rates of the same key that hold on some day on which this one does; itself left out."""
        return [
            other for other in self._by_key.get(rate.key, ()) if other.overlaps(rate) and (other.id or 0) != rate.id
        ]

    def with_instead(self, rate: DatedRate) -> "RateBook":
        """The same rates with this one laid over those of its key: what would be, if it were set."""
        others = [r for key, rates in self._by_key.items() if key != rate.key for r in rates]
        own = self._by_key.get(rate.key, [])
        return RateBook([*others, rate, *(part for r in own for part in _left_of(r, rate))])


def _left_of(rate: DatedRate, over: DatedRate) -> list[DatedRate]:
    """What is left of a rate when another is laid over it."""
    if not rate.overlaps(over):
        return [rate]
    parts = []
    if over.starts_on is not None and (rate.starts_on is None or rate.starts_on < over.starts_on):
        parts.append(DatedRate(rate.key, rate.rate, rate.starts_on, over.starts_on, rate.id))
    if over.ends_on is not None and (rate.ends_on is None or over.ends_on < rate.ends_on):
        parts.append(DatedRate(rate.key, rate.rate, over.ends_on, rate.ends_on, rate.id))
    return parts


_OWN = {
    RateScope.LINE: "this line's own rate",
    RateScope.ORDER: "this order's own rate",
    RateScope.CLIENT_BRAND: "her own rate for {brand}",
    RateScope.CLIENT: "her own rate",
    RateScope.REP_BRAND: "the rep's rate for {brand}",
    RateScope.REP: "the rep's rate",
    RateScope.BRAND: "{brand}'s rate",
}
_OVER = {
    RateScope.LINE: "the line's {rate}",
    RateScope.ORDER: "the order's {rate}",
    RateScope.CLIENT_BRAND: "her {rate} for {brand}",
    RateScope.CLIENT: "her {rate}",
    RateScope.REP_BRAND: "the rep's {rate} for {brand}",
    RateScope.REP: "the rep's {rate}",
    RateScope.BRAND: "the brand's {rate}",
}


def say_why(holding: Sequence[DatedRate], brand: str = "") -> str:
    """Which rate it is and over which others, the one that wins first; empty if there is none.

    "7 %: her own rate from 1 Mar 2026, over the rep's 10 % and the brand's 12 %".
    """
    if not holding:
        return ""
    first, *others = holding
    name = brand or "the brand"
    said = f"{format_rate(first.rate)}: {_OWN[first.key.scope].format(brand=name)}"
    if first.starts_on:
        said += f" from {say_date(first.starts_on)}"
    over = [_OVER[other.key.scope].format(rate=format_rate(other.rate), brand=name) for other in others]
    if over:
        said += ", over " + (f"{', '.join(over[:-1])} and {over[-1]}" if len(over) > 1 else over[0])
    return said


def half_up(numerator: int, denominator: int) -> int:
    """A quotient rounded to the nearest whole number, halves away from zero; the denominator is above zero."""
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -whole if numerator < 0 else whole


def earning(cents: int, worth: int, weighted: int) -> Cents:
    """What so much of an order earns: `worth` is that of its lines, `weighted` the sum of each one's times its rate."""
    return Cents(half_up(cents * weighted, worth * WHOLE) if worth else 0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What an order earns: for each of its lines (or for the order, if it has none) its worth in cents and its rate."""

    parts: tuple[tuple[int, int | None], ...]

    @property
    def are_known(self) -> bool:
        """Whether any part has a rate."""
        return any(rate is not None for _, rate in self.parts)

    def on(self, cents: int) -> Cents:
        """What so much of the order earns, all lines taken in proportion. Below zero for what was given back."""
        worth = sum(weight for weight, _ in self.parts)
        return earning(cents, worth, sum(weight * (rate or 0) for weight, rate in self.parts))

    def by_line(self, cents: int) -> tuple[Cents | None, ...]:
        """What each line earns of so much of the order; they add up to `on(cents)`. None for a line without a rate."""
        worth = sum(weight for weight, _ in self.parts)
        earned: list[Cents | None] = [
            None if rate is None else Cents(half_up(cents * weight * rate, worth * WHOLE) if worth else 0)
            for weight, rate in self.parts
        ]
        earning = [index for index, (weight, rate) in enumerate(self.parts) if weight and rate]
        if earning:
            others = sum(value or 0 for index, value in enumerate(earned) if index != earning[-1])
            earned[earning[-1]] = Cents(self.on(cents) - others)
        return tuple(earned)

    def postings(self, moves: Iterable[int]) -> tuple[Cents, ...]:
        """What each move earns, in the order in which they happened: shipped is above zero, credited below.

        Each posts the difference that it makes, so that all together are what their sum earns, to the cent.
        """
        posted: list[Cents] = []
        net = 0
        for cents in moves:
            posted.append(Cents(self.on(net + cents) - self.on(net)))
            net += cents
        return tuple(posted)


FEW_REASONS = 3


def say_reasons(parts: Iterable[tuple[int | None, str]]) -> str:
    """Why the lines of one order have the rates that they have, from the rate and the reason of each.

    One reason is told as for an order; where it is the same rate of the same scope, without what it is over. Several
    of one rate are named together, other rates as "by line: 5 % to 7 %": the lines themselves tell the rest.
    """
    some = list(parts)
    found = list(dict.fromkeys((rate, why) for rate, why in some if rate is not None))
    if not found:
        return ""
    rates = sorted({rate for rate, _ in found})
    reasons = list(dict.fromkeys(why.partition(", over ")[0] for _, why in found))
    if len(found) == 1:
        said = found[0][1]
    elif len(reasons) == 1:
        said = reasons[0]
    elif len(rates) == 1 and len(reasons) <= FEW_REASONS:
        first, *others = (reason.partition(": ")[2] for reason in reasons)
        said = f"{format_rate(rates[0])}: {', '.join([first, *others[:-1]])} and {others[-1]}"
    else:
        said = "by line: " + " to ".join(format_rate(rate) for rate in dict.fromkeys((rates[0], rates[-1])))
    return said + (", not on every line" if any(rate is None for rate, _ in some) else "")
