"""Make the map's lines anew: `python -m tests.coastlines FOLDER`, the folder holding two files of public-domain shapes.

`countries-50m.json` is Natural Earth's (the npm package world-atlas carries it), `states-10m.json` the United States
Census Bureau's cartographic boundaries (the npm package us-atlas). Both are TopoJSON: arcs that neighbours share, as
steps on a grid. What comes out is `stylistdesk/ui/map/coastlines.txt`, which `coastlines.py` beside it reads.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "stylistdesk" / "ui" / "map" / "coastlines.txt"
HEAD = """\
# The lines of the map: coasts, borders of countries, borders of the states of the USA.
# Sources: Natural Earth 1:50m (naturalearthdata.com), in the public domain; for the states and the shores of the Great
# Lakes the Cartographic Boundary Files of the United States Census Bureau, 2017, in the public domain.
# Simplified by tests/coastlines.py. A line: kind (coast, border, state), detail (0 far, 1 near), then hundredths of a
# degree: longitude and latitude of the first point, and the step to each next one.
"""
LAKES = (-92.5, 41.2, -76.0, 49.2)
"""Where an outer edge of a state is the shore of a Great Lake: west, south, east, north."""

Point = tuple[float, float]


class Shapes:
    """One TopoJSON file: its arcs in degrees, and who shares them."""

    def __init__(self, path: Path, name: str) -> None:
        topology: Any = json.loads(path.read_text())
        (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
        self.arcs: list[list[Point]] = []
        for arc in topology["arcs"]:
            x = y = 0
            points = []
            for step_x, step_y in arc:
                x, y = x + step_x, y + step_y
                points.append((x * scale_x + move_x, y * scale_y + move_y))
            self.arcs.append(points)
        self.sharers: Counter[int] = Counter()
        for shape in topology["objects"][name]["geometries"]:
            self.sharers.update(set(_flat(shape.get("arcs", ()))))

    def edges(self, *, shared: bool) -> Iterator[list[Point]]:
        """The arcs that lie between two shapes, or those at the outside."""
        for index, count in sorted(self.sharers.items()):
            if (count > 1) == shared:
                yield self.arcs[index]


def _flat(arcs: Any) -> Iterator[int]:
    for arc in arcs:
        if isinstance(arc, int):
            yield arc if arc >= 0 else ~arc
        else:
            yield from _flat(arc)


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker's way: no point that is left out lies farther than this from the line, in degrees."""
    kept = {0, len(points) - 1}
    # A ring begins where it ends: it is taken as two halves, or all of it would be as near as its beginning.
    middle = max(range(len(points)), key=lambda i: _apart(points[i], points[0]))
    kept.add(middle)
    todo = [(0, middle), (middle, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        far, at = max((_off(points[i], points[first], points[last]), i) for i in range(first + 1, last))
        if far > tolerance:
            kept.add(at)
            todo += [(first, at), (at, last)]
    return [points[i] for i in sorted(kept)]


def _apart(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _off(point: Point, first: Point, last: Point) -> float:
    dx, dy = last[0] - first[0], last[1] - first[1]
    length = dx * dx + dy * dy
    along = 0.0 if not length else ((point[0] - first[0]) * dx + (point[1] - first[1]) * dy) / length
    along = min(1.0, max(0.0, along))
    return _apart(point, (first[0] + along * dx, first[1] + along * dy)) ** 0.5


def _extent(points: list[Point]) -> float:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def written(kind: str, arcs: Iterator[list[Point]], detail: int) -> Iterator[str]:
    """The lines of the file for these arcs; what is too small to be seen is left out."""
    tolerance, least = ((0.22, 1.1), (0.03, 0.16))[detail]
    for points in (part for arc in arcs for part in _without_the_edge(arc)):
        ring = points[0] == points[-1]
        if (ring and _extent(points) < least) or max(y for _, y in points) < -60:
            continue
        steps: list[int] = []
        before = (0, 0)
        for x, y in simplified(points, tolerance):
            at = (round(x * 100), round(y * 100))
            if steps and at == before:
                continue
            steps += [at[0] - before[0], at[1] - before[1]]
            before = at
        if len(steps) > 2:
            yield f"{kind} {detail} {' '.join(map(str, steps))}"


def _without_the_edge(arc: list[Point]) -> Iterator[list[Point]]:
    """The arc without what runs along, or across, the edge of the plane at 180 degrees."""
    part: list[Point] = [arc[0]]
    for before, at in pairwise(arc):
        along = abs(before[0]) > 179.9 and abs(at[0]) > 179.9
        if along or abs(at[0] - before[0]) > 180:
            if len(part) > 1:
                yield part
            part = []
        part.append(at)
    if len(part) > 1:
        yield part


def _in_the_lakes(arc: list[Point]) -> Iterator[list[Point]]:
    """The stretches of an outer edge that are shores of the Great Lakes."""
    west, south, east, north = LAKES
    stretch: list[Point] = []
    for x, y in arc:
        if west < x < east and south < y < north:
            stretch.append((x, y))
        else:
            if len(stretch) > 1:
                yield stretch
            stretch = []
    if len(stretch) > 1:
        yield stretch


def make(folder: Path) -> str:
    """The whole file."""
    world = Shapes(folder / "countries-50m.json", "countries")
    states = Shapes(folder / "states-10m.json", "states")
    lines = [HEAD]
    for detail in (0, 1):
        lines += [f"{line}\n" for line in written("coast", world.edges(shared=False), detail)]
        lines += [f"{line}\n" for line in written("border", world.edges(shared=True), detail)]
        lines += [f"{line}\n" for line in written("state", states.edges(shared=True), detail)]
        shores = (part for arc in states.edges(shared=False) for part in _in_the_lakes(arc))
        lines += [f"{line}\n" for line in written("coast", shores, detail)]
    return "".join(lines)


if __name__ == "__main__":
    OUT.write_text(make(Path(sys.argv[1])))
