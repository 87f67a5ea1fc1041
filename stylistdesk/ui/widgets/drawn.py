"""Widgets that draw lines of pieces: one line, or a page of them with a scroll bar."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, LOOKS, Line, cut, width_of
from stylistdesk.ui.symbols import ASCII, TO_ASCII

LOOK_CLASSES = {f"look--{look}" for look in LOOKS} | {"look--cursor"}


def drawn(widget: Widget, pieces: Line, width: int, base: Style) -> Strip:
    """The line as exactly so many cells of this widget, in the colours of its theme."""
    if width_of(pieces) > width:
        pieces = cut(pieces, width)
    plain = getattr(widget.app, "symbols", None) is ASCII
    segments = [
        Segment(
            piece.text.translate(TO_ASCII) if plain else piece.text,
            base + widget.get_component_rich_style(f"look--{piece.look}", partial=True) if piece.look else base,
        )
        for piece in pieces
        if piece.text
    ]
    return Strip(segments).adjust_cell_length(width, base)


class OneLine(Widget):
    """A single line across the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = LOOK_CLASSES
    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    def pieces(self, width: int) -> Line:
        """What the line says in so many cells."""
        return BLANK

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return drawn(self, self.pieces(width) if y == 0 else BLANK, width, self.rich_style)


class Page(ScrollView, can_focus=True):
    """Many lines with a scroll bar, of which only the visible ones are drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = LOOK_CLASSES
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.MOVING)  # type: ignore[assignment]
    ALLOW_SELECT = False

    class Resized(Message):
        """The page has another width: whoever fills it lays it out again."""

        def __init__(self, page: "Page") -> None:
            super().__init__()
            self.page = page

        @property
        def control(self) -> "Page":
            """The page."""
            return self.page

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.lines: list[Line] = []
        self._laid_out_for = 0

    @property
    def room(self) -> int:
        """How many cells a line has; the scroll bar has its own, whether or not it shows."""
        return max(1, self.scrollable_content_region.width)

    def show(self, lines: Sequence[Line], *, keep_place: bool = False) -> None:
        """Show these lines instead."""
        self.lines = list(lines)
        self.virtual_size = Size(0, len(self.lines))
        if not keep_place:
            self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        pieces = self.lines[index] if 0 <= index < len(self.lines) else BLANK
        return drawn(self, pieces, self.size.width, self.rich_style)

    def on_resize(self) -> None:
        if self.room != self._laid_out_for:
            self._laid_out_for = self.room
            self.post_message(self.Resized(self))

    def action_cursor_up(self) -> None:
        self.scroll_relative(y=-1, animate=False)

    def action_cursor_down(self) -> None:
        self.scroll_relative(y=1, animate=False)

    def action_first(self) -> None:
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        self.scroll_end(animate=False)

    def action_page_up(self) -> None:
        self.scroll_relative(y=-max(1, self.size.height - 1), animate=False)

    def action_page_down(self) -> None:
        self.scroll_relative(y=max(1, self.size.height - 1), animate=False)

    def refresh_region_of(self, first: int, count: int) -> None:
        """Draw only these lines again."""
        self.refresh(Region(0, first - self.scroll_offset.y, self.size.width, count))
