"""The map as a widget: what is in sight, drawn; panning, zooming, and the mark under the cursor."""

from collections.abc import Callable, Iterable

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from stylistdesk.ui.map.drawing import BRAILLE, PLAIN, Lines
from stylistdesk.ui.map.geometry import View, fitting, most_of, whole_world
from stylistdesk.ui.map.pins import Mark, PinBoard
from stylistdesk.ui.symbols import ASCII
from stylistdesk.ui.widgets.drawn import Drawn

COAST, BORDER, PIN, HELD, CURSOR = "quiet", "faint", "key", "tab", "strong"


class MapView(Drawn, can_focus=True):
    """Coasts, borders and pins. The cursor is the middle: panning moves the map under it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.board = PinBoard()
        self.view: View | None = None
        self.held: Mark | None = None
        self.follow: Callable[[], None] = lambda: None  # called at once when something else is under the cursor
        self._lines = Lines()
        self._strips: list[Strip] = []
        self._fit = ""

    @property
    def held_pins(self) -> tuple[int, ...]:
        """The indices of the pins under the cursor."""
        return self.held.members if self.held is not None else ()

    # ---------------------------------------------------------------- moving

    def show(self, board: PinBoard, at: tuple[int, int] | None, dot: int) -> None:
        """Show these pins: around a point, with dots of so many units; else all of them, or where the map was."""
        self.board = board
        width, height = self._frame
        if at is not None:
            self.look_at(View(at[0], at[1], dot, width, height))
        elif self.view is None:
            self._fit_in("most")
        else:
            self.look_at(self.view)

    def look_at(self, view: View) -> None:
        """Show another part of the map."""
        self.view = view
        self.held = self.board.under_cursor(view)
        self._strips = []
        self.follow()
        self.refresh()

    def pan(self, across: int, down: int) -> None:
        """So many cells."""
        if self.view is not None:
            self._fit = ""
            self.look_at(self.view.panned(across, down))

    def zoom(self, *, nearer: bool) -> None:
        """Twice as near or half, around what is under the cursor."""
        if self.view is None:
            return
        self._fit = ""
        view = self.view if self.held is None else self.view.at(*self.board.point_of(self.held))
        self.look_at(view.zoomed(nearer))

    def show_all(self) -> None:
        """All pins; after that, the whole world."""
        self._fit_in("world" if self._fit == "all" else "all")

    def _fit_in(self, what: str) -> None:
        """Show "most" of the pins, "all", or the "world", until the map is moved."""
        self._fit = what
        points = self.board.points
        width, height = self._frame
        if what == "world":
            self.look_at(whole_world(width, height))
        else:
            self.look_at(fitting(most_of(points) if what == "most" else points, width, height))

    def go_to(self, mark: Mark | None) -> None:
        """Put the cursor on a mark."""
        if mark is not None and self.view is not None:
            self._fit = ""
            self.look_at(self.view.at(*self.board.point_of(mark)))

    def go_on(self, way: int) -> None:
        """To the next mark, or the one before."""
        if self.view is not None:
            self.go_to(self.board.next_to(self.view, way))

    def go_to_end(self, last: bool) -> None:
        """To the first mark, or the last."""
        if self.view is not None:
            self.go_to(self.board.end(last, self.view.dot))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and self.view is not None:
            self.pan(offset.x - self.view.width // 2, offset.y - self.view.height // 2)

    def on_mouse_scroll_up(self) -> None:
        self.zoom(nearer=True)

    def on_mouse_scroll_down(self) -> None:
        self.zoom(nearer=False)

    # --------------------------------------------------------------- drawing

    @property
    def _frame(self) -> tuple[int, int]:
        return max(1, self.size.width), max(1, self.size.height)

    def on_resize(self) -> None:
        if self.view is None:
            return
        if self._fit:
            self._fit_in(self._fit)
        else:
            self.look_at(self.view.sized(*self._frame))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips = []

    def render_line(self, y: int) -> Strip:
        if self.view is None:
            return Strip.blank(self.size.width, self.style_of())
        if not self._strips:
            self._strips = list(self._drawn_rows(self.view))
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.style_of())

    def _drawn_rows(self, view: View) -> Iterable[Strip]:
        symbols = getattr(self.app, "symbols", None)
        signs = PLAIN if symbols is ASCII else BRAILLE
        pin = symbols.chosen if symbols is not None else "*"
        coasts, borders = self._lines.draw(view)
        for y in range(view.height):
            cells, looks = [], []
            look = ""
            for coast, border in zip(coasts[y], borders[y], strict=True):
                if coast or border:
                    look = COAST if coast else BORDER
                cells.append(signs[coast | border])
                looks.append(look)
            self._put_pins(view, y, pin, cells, looks)
            yield self._strip(cells, looks)

    def _put_pins(self, view: View, y: int, pin: str, cells: list[str], looks: list[str]) -> None:
        row = view.top + y
        held = self.held if self.held is not None and self.held.row == row else None
        marks = self.board.in_row(row, view.left, view.left + view.width, view.dot)
        if held is not None:
            # Brackets, not only colours; a pin beside it is not hidden by them.
            at = held.column - view.left
            _put(f"[{held.number or pin}]", at - 1, HELD, cells, looks)
        elif y == view.height // 2 and self.held is None:
            _put("+", view.width // 2, CURSOR, cells, looks)
        for mark in marks:
            look = HELD if mark == held else PIN
            _put(mark.number or pin, mark.column - view.left, look, cells, looks)

    def _strip(self, cells: list[str], looks: list[str]) -> Strip:
        segments: list[Segment] = []
        first = 0
        for at in range(1, len(cells) + 1):
            if at == len(cells) or looks[at] != looks[first]:
                segments.append(Segment("".join(cells[first:at]), self.style_of(looks[first])))
                first = at
        return Strip(segments, len(cells))


def _put(sign: str, at: int, look: str, cells: list[str], looks: list[str]) -> None:
    for offset, character in enumerate(sign):
        if 0 <= at + offset < len(cells):
            cells[at + offset], looks[at + offset] = character, look
