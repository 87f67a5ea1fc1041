"""What a metric is (R20): its value, how many it rests on, how sure it is, whose it is, and how it has changed.

Values are whole numbers in the unit of the metric. Nothing to divide by gives no value, which shows as a dash.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import sqrt
from operator import itemgetter

from stylistdesk.domain.commission import half_up

WHOLE = 10_000
"""A rate of 100 % in basis points."""
Z = 1.959963984540054
"""Of a normal distribution, 95 % lies within so many standard deviations."""


class Unit(StrEnum):
    """In what a metric counts."""

    RATE = "rate"  # basis points of a whole
    POINTS = "points"  # basis points too, from -10,000 to 10,000 (NPS)
    CENTS = "cents"
    COUNT = "count"
    MINUTES = "minutes"
    HUNDREDTHS = "hundredths"


Interval = tuple[int, int]
"""From a lowest to a highest value; both are in it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a number is one client's: her part of the numerator, and of how many."""

    client_id: int
    numerator: int
    n: int


Row = tuple[int, int, int]
"""Of one client: her id, what it adds to the numerator, and to how many."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number: numerator / n where it is a rate or a mean. `rows` gives those that it was made of.

    Few ask for them: a board has a hundred numbers, and a hundred thousand rows. `waiting` is how many cannot be
    counted yet: messages without an answer.
    """

    unit: Unit
    value: int | None
    numerator: int
    n: int
    interval: Interval | None = None
    rows: Callable[[], Iterable[Row]] = field(default=tuple, repr=False, compare=False)
    waiting: int = 0

    @property
    def behind(self) -> tuple[Part, ...]:
        """The clients behind it, in the order of the rows."""
        parts: dict[int, tuple[int, int]] = {}
        for client_id, some, n in self.rows():
            before = parts.get(client_id)
            parts[client_id] = (some, n) if before is None else (before[0] + some, before[1] + n)
        return tuple(Part(client_id, *part) for client_id, part in parts.items())

    def alone(self) -> "Measure":
        """The same without its rows: a hundred thousand need not be kept for one number."""
        return replace(self, rows=tuple)


def rate(some: int, n: int, rows: Callable[[], Iterable[Row]]) -> Measure:
    """So many of so many, in basis points, with its Wilson interval. More than all of them has no interval."""
    return Measure(Unit.RATE, half_up(some * WHOLE, n) if n else None, some, n, wilson(some, n), rows)


def rate_of(rows: Iterable[Row]) -> Measure:
    """The rate that rows come to."""
    found, some, n = _summed(rows)
    return rate(some, n, found.copy)


def mean_of(rows: Iterable[Row], unit: Unit, scale: int = 1) -> Measure:
    """So much for each of so many, rounded half up; with a `scale` of 100, in hundredths."""
    found, some, n = _summed(rows)
    return Measure(unit, half_up(some * scale, n) if n else None, some, n, None, found.copy)


def sum_of(rows: Iterable[Row], unit: Unit) -> Measure:
    """So much altogether; of nothing, it is 0."""
    found, some, n = _summed(rows)
    return Measure(unit, some, some, n, None, found.copy)


def _summed(rows: Iterable[Row]) -> tuple[list[Row], int, int]:
    found = list(rows)
    return found, sum(map(_SOME, found)), sum(map(_N, found))


_SOME, _N = itemgetter(1), itemgetter(2)


def wilson(some: int, n: int) -> Interval | None:
    """The Wilson 95 % interval of a rate, in basis points (E. B. Wilson 1927); none of nothing, or of more than all."""
    if not 0 <= some <= n or n == 0:
        return None
    share, spread = some / n, Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    low = 0 if some == 0 else round((middle - half) * WHOLE)
    high = WHOLE if some == n else round((middle + half) * WHOLE)
    return low, high


def median(values: Sequence[int]) -> int | None:
    """The middle value; of an even number, the mean of the two in the middle, rounded half up."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else half_up(ordered[middle - 1] + ordered[middle], 2)


def percentile(values: Sequence[int], per_cent: int) -> int | None:
    """The smallest value that so many per cent of the values do not exceed (nearest rank)."""
    if not values:
        return None
    return sorted(values)[max(0, -(-len(values) * per_cent // 100) - 1)]


@dataclass(frozen=True, slots=True)
class Change:
    """Against the period before: by how much, and which way an arrow points (1 up, -1 down, 0 none)."""

    by: int
    arrow: int


def change(now: Measure, before: Measure) -> Change | None:
    """What has changed; `None` where one of the two has no value.

    Two rates whose intervals overlap get no arrow: the difference may be chance (R20).
    """
    if now.value is None or before.value is None:
        return None
    by = now.value - before.value
    arrow = (by > 0) - (by < 0)
    if now.unit is Unit.RATE and (now.interval is None or before.interval is None or overlap(now, before)):
        arrow = 0
    return Change(by, arrow)


def overlap(one: Measure, other: Measure) -> bool:
    """Whether two intervals have a value in common."""
    if one.interval is None or other.interval is None:
        return False
    return one.interval[0] <= other.interval[1] and other.interval[0] <= one.interval[1]


def along(now: Measure, target: int, *, less_is_better: bool) -> int | None:
    """How far along a goal is, in whole per cent and never below 0; `None` where there is no value yet.

    Where less is better, the goal is reached (100) at the target or below it.
    """
    if now.value is None:
        return None
    if less_is_better:
        return 100 if now.value <= target else max(0, target * 100 // now.value)
    if target <= 0:
        return 100 if now.value >= target else 0
    return max(0, now.value * 100 // target)
