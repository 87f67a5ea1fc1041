"""Lines as dots in cells: braille, or a few ASCII signs where there is no braille."""

from stylistdesk.ui.map.coastlines import Kind, Stretch, for_dot
from stylistdesk.ui.map.geometry import ACROSS, DOWN, View

# Dots 1 to 8 of a braille cell, by row and column (Unicode, block U+2800).
BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
BRAILLE = [" ", *(chr(0x2800 + bits) for bits in range(1, 256))]
_TOP, _BOTTOM, _LEFT, _RIGHT = 0x1B, 0xE4, 0x47, 0xB8
_UPPER = 0x09


def _ascii(bits: int) -> str:
    if not bits:
        return " "
    if not bits & _BOTTOM:
        return "'" if bits & _UPPER else "-"
    if not bits & _TOP:
        return "." if bits & 0xC0 else "-"
    if not bits & _LEFT or not bits & _RIGHT:
        return "|"
    rising = bits & 0x18 and bits & 0x44
    falling = bits & 0x03 and bits & 0xA0
    return "/" if rising and not falling else "\\" if falling and not rising else ":"


PLAIN = [_ascii(bits) for bits in range(256)]


class Lines:
    """The coasts and borders in sight, as bits of cells; what one width of a dot needs is worked out once."""

    def __init__(self) -> None:
        self._dot = 0
        self._dotted: dict[int, list[tuple[int, int]]] = {}
        self._stretches: tuple[Stretch, ...] = ()

    def draw(self, view: View) -> tuple[list[bytearray], list[bytearray]]:
        """Two pictures of the view, one row of cells each: the coasts, and the borders."""
        if view.dot != self._dot:
            self._dot, self._stretches, self._dotted = view.dot, for_dot(view.dot), {}
        coasts = [bytearray(view.width) for _ in range(view.height)]
        borders = [bytearray(view.width) for _ in range(view.height)]
        left, top = view.left * ACROSS, view.top * DOWN
        wide, high = view.width * ACROSS, view.height * DOWN
        west, north = left * view.dot, top * view.dot
        east, south = (left + wide) * view.dot, (top + high) * view.dot
        for index, stretch in enumerate(self._stretches):
            if stretch.right < west or stretch.left > east or stretch.bottom < north or stretch.top > south:
                continue
            points = self._dotted.get(index)
            if points is None:
                points = self._dotted[index] = _in_dots(stretch, view.dot)
            _draw(coasts if stretch.kind is Kind.COAST else borders, points, left, top, wide, high)
        return coasts, borders


def _in_dots(stretch: Stretch, dot: int) -> list[tuple[int, int]]:
    """The points in dots, those left out that fall on the one before."""
    points: list[tuple[int, int]] = []
    for x, y in stretch.points:
        at = (x // dot, y // dot)
        if not points or points[-1] != at:
            points.append(at)
    return points


def _draw(rows: list[bytearray], points: list[tuple[int, int]], left: int, top: int, wide: int, high: int) -> None:
    before_x, before_y = points[0][0] - left, points[0][1] - top
    if 0 <= before_x < wide and 0 <= before_y < high:
        rows[before_y >> 2][before_x >> 1] |= BITS[before_y & 3][before_x & 1]
    for index in range(1, len(points)):
        x, y = points[index][0] - left, points[index][1] - top
        inside = 0 <= x < wide and 0 <= y < high
        if inside and -2 < x - before_x < 2 and -2 < y - before_y < 2:
            rows[y >> 2][x >> 1] |= BITS[y & 3][x & 1]
        elif not (
            (x < 0 and before_x < 0)
            or (y < 0 and before_y < 0)
            or (x >= wide and before_x >= wide)
            or (y >= high and before_y >= high)
        ):
            _draw_one(rows, before_x, before_y, x, y, wide, high)
        before_x, before_y = x, y


def _draw_one(rows: list[bytearray], x0: int, y0: int, x1: int, y1: int, wide: int, high: int) -> None:
    """A straight line: one dot for each step along its longer side, those out of sight never looked at."""
    across, down = x1 - x0, y1 - y0
    steps = max(abs(across), abs(down))
    first, last = 0, steps
    for start, way, most in ((x0, across, wide), (y0, down, high)):
        if way:
            one, other = (-start - 1) * steps // way, (most - start + 1) * steps // way
            low, high_ = min(one, other), max(one, other)
            first, last = max(first, low - 1), min(last, high_ + 1)
    for step in range(first, last + 1):
        x = x0 + (2 * across * step + steps) // (2 * steps)
        y = y0 + (2 * down * step + steps) // (2 * steps)
        if 0 <= x < wide and 0 <= y < high:
            rows[y >> 2][x >> 1] |= BITS[y & 3][x & 1]
