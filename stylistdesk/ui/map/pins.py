"""Pins by cell: those that share one are a number, so ten thousand are drawn as quickly as ten."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from stylistdesk.ui.map.geometry import ACROSS, DOWN, View, project

if TYPE_CHECKING:
    from stylistdesk.queries.places import Pin

REACH = 6
"""The cursor takes hold of a mark so many cells away, across; half as many downwards."""


class Mark(NamedTuple):
    """What stands in one cell, or, where a number needs room, in a few: one pin or several, by their indices."""

    column: int
    row: int
    members: tuple[int, ...]

    @property
    def number(self) -> str:
        """How many there are; nothing for one."""
        return str(len(self.members)) if len(self.members) > 1 else ""

    @property
    def width(self) -> int:
        """The cells that it takes."""
        return max(1, len(self.number))


class PinBoard:
    """All pins, projected once, and their marks for one width of a dot."""

    def __init__(self, pins: "Sequence[Pin]" = ()) -> None:
        self.pins = tuple(pins)
        self.points = [project(pin.latitude, pin.longitude) for pin in pins]
        self._dot = 0
        self._rows: dict[int, list[Mark]] = {}
        self._columns: dict[int, list[int]] = {}
        self._order: list[tuple[int, int]] = []

    def _sort(self, dot: int) -> None:
        """Find the marks for dots of another width; panning needs none of it."""
        if dot == self._dot:
            return
        self._dot = dot
        cell_x, cell_y = ACROSS * dot, DOWN * dot
        cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for index, (x, y) in enumerate(self.points):
            cells[y // cell_y, x // cell_x].append(index)
        self._rows = {}
        for (row, column), members in sorted(cells.items()):
            marks = self._rows.setdefault(row, [])
            if marks and column - marks[-1].column < 8 and _meet(marks[-1], column, len(members)):
                last = marks.pop()
                marks.append(Mark(last.column, row, (*last.members, *members)))
            else:
                marks.append(Mark(column, row, tuple(members)))
        self._columns = {row: [mark.column for mark in marks] for row, marks in self._rows.items()}
        self._order = [(row, column) for row, columns in self._columns.items() for column in columns]

    def point_of(self, mark: Mark) -> tuple[int, int]:
        """The middle of those of its pins that are in its first cell: zooming in there keeps some in sight."""
        first = [
            self.points[index] for index in mark.members if self.points[index][0] // (ACROSS * self._dot) == mark.column
        ]
        return sum(x for x, _ in first) // len(first), sum(y for _, y in first) // len(first)

    def in_row(self, row: int, left: int, right: int, dot: int) -> list[Mark]:
        """The marks of a row of cells that begin between two columns, or a number's length before."""
        self._sort(dot)
        if row not in self._rows:
            return []
        columns = self._columns[row]
        return self._rows[row][bisect_left(columns, left - 8) : bisect_right(columns, right)]

    def under_cursor(self, view: View) -> Mark | None:
        """The mark nearest to the cursor, if it is within reach."""
        column, row = view.cell
        best: tuple[int, Mark] | None = None
        for down in range(-REACH // 2, REACH // 2 + 1):
            for mark in self.in_row(row + down, column - REACH - 8, column + REACH, view.dot):
                across = max(mark.column - column, column - (mark.column + mark.width - 1), 0)
                apart = across * across + 4 * down * down
                if across <= REACH and (best is None or apart < best[0]):
                    best = (apart, mark)
        return best[1] if best else None

    def next_to(self, view: View, way: int) -> Mark | None:
        """The mark after the cursor's, or before it, in reading order; after the last comes the first."""
        self._sort(view.dot)
        if not self._order:
            return None
        held = self.under_cursor(view)
        column, row = (held.column, held.row) if held is not None else view.cell
        if way > 0:
            at = bisect_right(self._order, (row, column)) % len(self._order)
        else:
            at = bisect_left(self._order, (row, column)) - 1
        return self._mark(at)

    def end(self, last: bool, dot: int) -> Mark | None:
        """The first mark in reading order, or the last."""
        self._sort(dot)
        return self._mark(-1 if last else 0) if self._order else None

    def _mark(self, at: int) -> Mark:
        row, column = self._order[at]
        return self._rows[row][bisect_left(self._columns[row], column)]


def _meet(mark: Mark, column: int, count: int) -> bool:
    """Whether what begins in this column would run into the mark before it, two numbers reading as one."""
    end = mark.column + mark.width
    return column < end or (column == end and count > 1 and len(mark.members) > 1)
