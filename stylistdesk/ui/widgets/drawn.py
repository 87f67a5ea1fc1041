"""Widgets that draw lines of pieces: one line, or a page of them with a scroll bar."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, LOOKS, Line, cut, width_of
from stylistdesk.ui.symbols import ASCII, TO_ASCII

LOOK_CLASSES = {f"look--{look}" for look in LOOKS} | {"look--cursor"}


class Drawn(Widget):
    """A widget that draws lines of pieces. Its styles are worked out once: that takes longer than drawing."""

    COMPONENT_CLASSES: ClassVar[set[str]] = LOOK_CLASSES
    ALLOW_SELECT = False

    def style_of(self, look: str = "", *, under_cursor: bool = False) -> Style:
        """The style of a look in the present theme, on the cursor's bar or off it."""
        styles: dict[tuple[str, bool], Style] = self.__dict__.setdefault("_drawn_styles", {})
        style = styles.get((look, under_cursor))
        if style is None:
            style = self.rich_style
            if under_cursor:
                style += self.get_component_rich_style("look--cursor", partial=True)
            if look:
                style += self.get_component_rich_style(f"look--{look}", partial=True)
            styles[look, under_cursor] = style
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.__dict__.pop("_drawn_styles", None)

    def drawn(self, pieces: Line, width: int, *, under_cursor: bool = False) -> Strip:
        """The line as exactly so many cells, in the colours of the theme."""
        if width_of(pieces) > width:
            pieces = cut(pieces, width)
        plain = getattr(self.app, "symbols", None) is ASCII
        segments = [
            Segment(
                piece.text.translate(TO_ASCII) if plain else piece.text,
                self.style_of(piece.look, under_cursor=under_cursor),
            )
            for piece in pieces
            if piece.text
        ]
        return Strip(segments).adjust_cell_length(width, self.style_of(under_cursor=under_cursor))


class OneLine(Drawn):
    """A single line across the screen."""

    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"

    def pieces(self, width: int) -> Line:
        """What the line says in so many cells."""
        return BLANK

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return self.drawn(self.pieces(width) if y == 0 else BLANK, width)


class Scrolled(Drawn, ScrollView):
    """Drawn lines with a scroll bar."""

    def be_high(self, lines: int) -> None:
        """Have room for so many lines, without a new layout, which costs two frames: the bar has its place."""
        height = self.scrollable_content_region.height
        size = Size(0, max(lines, height))
        if height and self.show_vertical_scrollbar:
            self.set_reactive(Widget.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
            if self.scroll_offset.y > self.max_scroll_y:
                self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        else:
            self.virtual_size = size


class Page(Scrolled, can_focus=True):
    """Many lines with a scroll bar, of which only the visible ones are drawn."""

    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.MOVING)  # type: ignore[assignment]

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
        before, self.lines = self.lines, list(lines)
        self.be_high(len(self.lines))
        if not keep_place and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True)
        for index, (old, new) in enumerate(zip_longest(before, self.lines, fillvalue=BLANK)):
            if old != new:
                self.refresh_region_of(index, 1)

    def entitle(self, title: Content, subtitle: Content) -> None:
        """Say on the edges whose page it is, and draw only the edges again; `border_title` draws everything."""
        width, height = self.outer_size
        for name, y, said in (("_border_title", 0, title), ("_border_subtitle", height - 1, subtitle)):
            if getattr(self, name, None) != said:
                setattr(self, name, said)
                self.refresh(Region(-self.gutter.left, y - self.gutter.top, width, 1))

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        pieces = self.lines[index] if 0 <= index < len(self.lines) else BLANK
        return self.drawn(pieces, self.size.width)

    def on_resize(self) -> None:
        self.be_high(len(self.lines))
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
