"""What events' rewards are worth to a plan of moves, and what no plan can exceed (R41)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from math import gcd
from typing import NamedTuple

from stylistdesk.domain.host_rewards import RewardRules, rewards_of
from stylistdesk.domain.rates import WHOLE

WAYS_AT_MOST = 4_000


class Standing(NamedTuple):
    """So many orders of an event, and what they count for."""

    count: int  # type: ignore[assignment]  # in place of the tuple's own method
    base: int


class Goal(NamedTuple):
    """The base that each event is to reach, None for one that aims at nothing, and the event that gathers the rest."""

    floors: tuple[int | None, ...]
    gathers: int | None


@dataclass(frozen=True)
class Worth:
    """What an event earns, in one number that sorts as cents do, then half-price items, then moves.

    A cent outweighs all half-price items there can be, an item all moves. Bases are multiples of `step` cents.
    """

    rules: RewardRules
    events: int
    orders: int
    step: int = 1
    _known: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def of_item(self) -> int:
        """What a half-price item is worth."""
        return self.orders + 1

    @property
    def of_cent(self) -> int:
        """What a cent is worth."""
        most = max((tier.half_price_items for tier in self.rules.tiers), default=0)
        return (most * self.events + 1) * self.of_item

    def __call__(self, count: int, base: int) -> int:
        """What so many orders of an event, counting for so much, are worth."""
        count = min(count, max(self.rules.orders_needed, 1))
        found = self._known.get((count, base))
        if found is None:
            bases = [base - count + 1, *([1] * (count - 1))] if count else []
            rewards = rewards_of(bases, self.rules)
            found = rewards.cents * self.of_cent + rewards.half_price_items * self.of_item
            self._known[count, base] = found
        return found

    def earns(self, value: int) -> int:
        """The cents and half-price items of a value, whose moves are taken off, as one number."""
        return -(-value // self.of_item)

    def cents(self, value: int) -> int:
        """The cents of a value."""
        return self.earns(value) * self.of_item // self.of_cent

    def spans(self) -> list["Span"]:
        """Where each tier holds, and what it gives there at most."""
        found = []
        for tier in self.rules.tiers:
            lowest = -(-max(tier.from_cents, self.rules.sales_needed) // self.step) * self.step
            highest = None if tier.to_cents is None else (tier.to_cents - 1) // self.step * self.step
            rate = 0 if tier.fixed_cents is not None else tier.percent or 0
            given = (tier.fixed_cents or 0) * WHOLE + (self._rounding(rate) if rate else 0)
            if highest is None or lowest <= highest:
                found.append(Span(lowest, highest, rate, given, tier.half_price_items))
        return found

    def _rounding(self, rate: int) -> int:
        """What rounding half up adds at most to such a part of a base, in 1/10000 of a cent."""
        parts = gcd(rate * self.step, WHOLE)
        lowest = -(-WHOLE // 2 // parts) * parts
        return WHOLE - lowest if lowest < WHOLE else 0


class Span(NamedTuple):
    """A tier from one base up to and with another: `rate` of it in basis points, and so much besides.

    `given` is in 1/10000 of a cent.
    """

    lowest: int
    highest: int | None
    rate: int
    given: int
    items: int


def goals_of(worth: Worth, fixed: tuple[Standing, ...], movable: int, orders: int) -> list[tuple[int, Goal]]:
    """Each way to give every event a tier or none, with what it could earn at most, the highest first.

    What it could earn is reckoned as if orders could be cut up. With very many ways, only some are given, and the
    first bound is that of all.
    """
    spans, events = worth.spans(), len(fixed)
    ways: Iterable[tuple[Span | None, ...]] = product((None, *spans), repeat=events)
    loosest = None
    if (len(spans) + 1) ** events > WAYS_AT_MOST:
        loosest = _loosest(worth, spans, fixed, movable)
        ways = [tuple(span if at == one else None for at in range(events)) for one in range(events) for span in spans]
    found = []
    for chosen in ways:
        bound = _bound(worth, chosen, fixed, movable, orders)
        if bound is not None:
            goal = Goal(tuple(None if one is None else one.lowest for one in chosen), _gathers(chosen))
            found.append((bound if loosest is None else loosest, goal))
    found.sort(key=lambda pair: -pair[0])
    return found


def _gathers(chosen: tuple[Span | None, ...]) -> int | None:
    """The event to which the rest goes: the first whose tier gives most of each cent."""
    rates = [(one.rate, -at) for at, one in enumerate(chosen) if one is not None]
    rate, at = max(rates, default=(0, 0))
    return -at if rate else None


def _bound(
    worth: Worth, chosen: tuple[Span | None, ...], fixed: tuple[Standing, ...], movable: int, orders: int
) -> int | None:
    """What these tiers could earn at most, one for each event; None where they cannot all be reached."""
    rest, given, items, missing = movable, 0, 0, 0
    rooms: list[tuple[int, int | None]] = []
    for span, stays in zip(chosen, fixed, strict=True):
        if span is None:
            rooms.append((0, None))
            continue
        lowest = max(span.lowest, stays.base)
        if span.highest is not None and lowest > span.highest:
            return None
        rest -= lowest - stays.base
        missing += max(0, worth.rules.orders_needed - stays.count)
        given += span.given + span.rate * lowest
        items += span.items
        rooms.append((span.rate, None if span.highest is None else span.highest - lowest))
    if rest < 0 or missing > orders:
        return None
    for rate, room in sorted(rooms, key=lambda one: -one[0]):
        taken = rest if room is None else min(rest, room)
        rest -= taken
        given += rate * taken
    return None if rest else given // WHOLE * worth.of_cent + items * worth.of_item


def _loosest(worth: Worth, spans: list[Span], fixed: tuple[Standing, ...], movable: int) -> int:
    """What no plan exceeds, whatever the tiers: all that is sold at the best tier's rate, in every event."""
    total = movable + sum(one.base for one in fixed)
    cents = 0
    for span in spans:
        per = span.rate * total + len(fixed) * WHOLE
        if span.given >= WHOLE:
            per += span.given * total // max(span.lowest, 1)
        cents = max(cents, per // WHOLE)
    items = max((span.items for span in spans), default=0) * len(fixed)
    return cents * worth.of_cent + items * worth.of_item
