"""Tries every plan of moves that could still be better than the best known one, while these are few enough (R41).

Orders are placed one after the other. Two ways to place the first ones that leave all events alike are one, and a way
is given up as soon as nothing that follows can make it better: an event takes, of what is still to be placed, what
earns it most at some price for each cent, and every price gives a bound.
"""

from dataclasses import dataclass, field

from stylistdesk.domain.move_bounds import Span, Standing, Worth
from stylistdesk.domain.rates import WHOLE

ALWAYS = 600_000
"""Where there are no more ways than that, all are tried."""

WORK_AT_MOST = 360_000

Ways = dict[tuple[Standing, ...], tuple[int, tuple[Standing, ...], int]]
"""How the events can stand: the fewest moves to it, how they stood before the last order, and where that one went."""


@dataclass(frozen=True, slots=True)
class Searched:
    """Where each order goes in the best plan that is better than the known one, None if there is none; and whether
    every plan was tried or given up for a reason."""

    where: tuple[int, ...] | None
    finished: bool


@dataclass(frozen=True, slots=True)
class _Hopes:
    """What an event may still come to, at each price for a cent."""

    worth: Worth
    spans: list[Span]
    prices: tuple[int, ...]
    left: list[int]  # what the orders from each on count for
    _known: dict[tuple[int, int, int], tuple[int, ...]] = field(default_factory=dict)

    def __call__(self, at: int, stands: Standing) -> tuple[int, ...]:
        """In 1/10000 of the worth, less the price of what it takes, when the orders from `at` on are to be placed."""
        needed = self.worth.rules.orders_needed
        key = (at, min(stands.count, needed), stands.base)
        found = self._known.get(key)
        if found is None:
            best = [0] * len(self.prices)
            if stands.count + len(self.left) - 1 - at >= needed:
                for span in self.spans:
                    self._raise(best, span, stands.base, stands.base + self.left[at])
            found = self._known[key] = tuple(best)
        return found

    def _raise(self, best: list[int], span: Span, base: int, up_to: int) -> None:
        lowest, highest = max(span.lowest, base), up_to if span.highest is None else min(span.highest, up_to)
        if lowest > highest:
            return
        of_cent = self.worth.of_cent
        fixed = span.given * of_cent + span.items * self.worth.of_item * WHOLE
        for at, price in enumerate(self.prices):
            stop = highest if span.rate > price else lowest
            best[at] = max(best[at], fixed + (span.rate * stop - price * (stop - base)) * of_cent)


def search_all(
    worth: Worth, bases: tuple[int, ...], home: tuple[int, ...], fixed: tuple[Standing, ...], known: int
) -> Searched:
    """The best way to place the orders, if it is worth more than `known`; `home` is where each one is now."""
    events = len(fixed)
    at_most = 2 * ALWAYS if events ** len(bases) <= ALWAYS else WORK_AT_MOST // max(events**2, 1)
    left = [sum(bases[at:]) for at in range(len(bases) + 1)]
    spans = worth.spans()
    ratios = {span.given // max(span.lowest, 1) for span in spans}
    prices = tuple(sorted({0, *(span.rate for span in spans), *ratios}))
    hopes = _Hopes(worth, spans, prices, left)
    layers: list[Ways] = [{fixed: (0, fixed, 0)}]
    tried = 0
    for at, (base, lives) in enumerate(zip(bases, home, strict=True)):
        following: Ways = {}
        for stands, (moves, _, _) in layers[-1].items():
            tried += events
            if tried > at_most:
                return Searched(None, finished=False)
            for to in range(events):
                moved = moves + (to != lives)
                there = stands[to]
                now = (*stands[:to], Standing(there.count + 1, there.base + base), *stands[to + 1 :])
                seen = following.get(now)
                if seen is not None:
                    if moved < seen[0]:
                        following[now] = (moved, stands, to)
                    continue
                if _hope(hopes, at + 1, now) - moved * WHOLE > known * WHOLE:
                    following[now] = (moved, stands, to)
        layers.append(following)
    best, best_value = None, known
    for stands, (moves, _, _) in layers[-1].items():
        value = sum(worth(one.count, one.base) for one in stands) - moves
        if value > best_value:
            best, best_value = stands, value
    return Searched(None if best is None else _back(layers, best), finished=True)


def _hope(hopes: _Hopes, at: int, stands: tuple[Standing, ...]) -> int:
    """What this can come to at most, in 1/10000 of the worth."""
    each = [hopes(at, one) for one in stands]
    rest, of_cent = hopes.left[at], hopes.worth.of_cent
    return min(sum(one[index] for one in each) + price * of_cent * rest for index, price in enumerate(hopes.prices))


def _back(layers: list[Ways], stands: tuple[Standing, ...]) -> tuple[int, ...]:
    """Where each order went on the way there."""
    where = []
    for layer in reversed(layers[1:]):
        _, stands, to = layer[stands]
        where.append(to)
    return tuple(reversed(where))
