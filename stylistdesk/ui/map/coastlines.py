"""The lines of the map, from the file beside this module, which names its sources (`tests/coastlines.py` makes it)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from stylistdesk.ui.map.geometry import WORLD, project

FILE = Path(__file__).with_name("coastlines.txt")
HUNDREDTH = 10_000
_LONGEST = 24


class Kind(StrEnum):
    """What a line divides."""

    COAST = "coast"
    BORDER = "border"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A few points of a line, on the plane, and the box around them: a box out of sight saves looking at them."""

    kind: Kind
    points: tuple[tuple[int, int], ...]
    left: int
    top: int
    right: int
    bottom: int


@cache
def read_lines() -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """All lines, once with little detail and once with more. Takes some tenths of a second: not on the event loop."""
    far: list[Stretch] = []
    near: list[Stretch] = []
    with FILE.open(encoding="ascii") as file:
        for line in file:
            if not line.startswith("#"):
                kind, detail, *steps = line.split()
                (near if detail == "1" else far).extend(_stretches(Kind(kind), steps))
    return tuple(far), tuple(near)


def for_dot(dot: int) -> tuple[Stretch, ...]:
    """The lines with as much detail as a dot of so many units can show."""
    far, near = read_lines()
    if dot > WORLD // 700:
        return tuple(stretch for stretch in far if stretch.kind is not Kind.STATE)  # or they fill the land
    return far if dot > WORLD // 1500 else near


def _stretches(kind: Kind, steps: list[str]) -> Iterator[Stretch]:
    points: list[tuple[int, int]] = []
    longitude = latitude = 0
    for index in range(0, len(steps), 2):
        longitude += int(steps[index])
        latitude += int(steps[index + 1])
        points.append(project(latitude * HUNDREDTH, longitude * HUNDREDTH))
    for first in range(0, max(1, len(points) - 1), _LONGEST):
        few = tuple(points[first : first + _LONGEST + 1])
        xs, ys = [x for x, _ in few], [y for _, y in few]
        yield Stretch(kind, few, min(xs), min(ys), max(xs), max(ys))
