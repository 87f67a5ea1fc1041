"""The plane of the map: integers, east to the right and south downwards, on Mercator's projection.

A dot of the screen is a whole number of units wide and as high; a cell is two dots wide and four high. So a cell is a
place on the plane, whatever part of it is in sight, and panning by cells moves nothing but the frame.
"""

from dataclasses import dataclass
from math import atan, cos, log, pi, radians, sinh, tan

from stylistdesk.domain.positions import MILLION, Position

WORLD = 1 << 30
"""The plane is so many units wide and high: from 180 W to 180 E, from 85 N to 85 S."""

NEAREST = 256
"""A dot is at least so many units: about ten metres."""

ACROSS, DOWN = 2, 4
"""Dots of a cell."""

_EDGE = 85_051_128
_NORTH, _SOUTH = 78 * MILLION, -56 * MILLION  # where there are people


def project(latitude: int, longitude: int) -> tuple[int, int]:
    """Where a point given in millionths of a degree lies on the plane."""
    north = radians(max(-_EDGE, min(_EDGE, latitude)) / MILLION)
    x = (longitude + 180 * MILLION) * WORLD // (360 * MILLION)
    y = int((1 - log(tan(pi / 4 + north / 2)) / pi) / 2 * WORLD)
    return max(0, min(WORLD - 1, x)), max(0, min(WORLD - 1, y))


def unproject(x: int, y: int) -> Position:
    """The position of a point of the plane."""
    north = atan(sinh(pi * (1 - 2 * y / WORLD)))
    return Position(round(north / pi * 180 * MILLION), x * 360 * MILLION // WORLD - 180 * MILLION)


@dataclass(frozen=True, slots=True)
class View:
    """What is in sight: `x`, `y` is the point under the cursor, in the middle; `dot` is the units of a dot."""

    x: int
    y: int
    dot: int
    width: int
    height: int

    @property
    def cell(self) -> tuple[int, int]:
        """The cell under the cursor."""
        return self.x // (ACROSS * self.dot), self.y // (DOWN * self.dot)

    @property
    def left(self) -> int:
        """The leftmost cell in sight."""
        return self.cell[0] - self.width // 2

    @property
    def top(self) -> int:
        """The topmost cell in sight."""
        return self.cell[1] - self.height // 2

    def sized(self, width: int, height: int) -> "View":
        """The same place in another frame."""
        return View(self.x, self.y, self.dot, max(1, width), max(1, height))

    def at(self, x: int, y: int) -> "View":
        """Another point under the cursor."""
        return View(max(0, min(WORLD - 1, x)), max(0, min(WORLD - 1, y)), self.dot, self.width, self.height)

    def panned(self, across: int, down: int) -> "View":
        """So many cells to the right and downwards."""
        return self.at(self.x + across * ACROSS * self.dot, self.y + down * DOWN * self.dot)

    def zoomed(self, nearer: bool) -> "View":
        """Twice as near, or half."""
        farthest = whole_world(self.width, self.height).dot
        dot = max(NEAREST, self.dot // 2) if nearer else min(farthest, self.dot * 2)
        return View(self.x, self.y, dot, self.width, self.height)

    @property
    def kilometres(self) -> int:
        """How wide the frame is at the cursor's latitude."""
        north = radians(unproject(self.x, self.y).latitude / MILLION)
        return round(40_075 * cos(north) * self.width * ACROSS * self.dot / WORLD)


def whole_world(width: int, height: int) -> View:
    """All of the world that people live in."""
    top, bottom = project(_NORTH, 0)[1], project(_SOUTH, 0)[1]
    return _fitting(0, top, WORLD, bottom, width, height)


def most_of(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points without the few that lie farthest out: one client on an island does not make the map small."""
    few = len(points) // 20
    if not few:
        return points
    xs, ys = sorted(x for x, _ in points), sorted(y for _, y in points)
    west, east, north, south = xs[few], xs[-few - 1], ys[few], ys[-few - 1]
    return [(x, y) for x, y in points if west <= x <= east and north <= y <= south] or points


def fitting(points: list[tuple[int, int]], width: int, height: int) -> View:
    """All these points, with some room around them; the whole world if there are none."""
    world = whole_world(width, height)
    if not points:
        return world
    xs, ys = [x for x, _ in points], [y for _, y in points]
    west, east, north, south = min(xs), max(xs), min(ys), max(ys)
    room_x, room_y = max((east - west) // 12, WORLD // 2000), max((south - north) // 12, WORLD // 4000)
    view = _fitting(west - room_x, north - room_y, east + room_x, south + room_y, width, height)
    return View(view.x, view.y, min(view.dot, world.dot), view.width, view.height)


def _fitting(west: int, north: int, east: int, south: int, width: int, height: int) -> View:
    width, height = max(1, width), max(1, height)
    dot = max(-(-(east - west) // (width * ACROSS)), -(-(south - north) // (height * DOWN)), NEAREST)
    return View((west + east) // 2, (north + south) // 2, dot, width, height)
