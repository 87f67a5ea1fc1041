"""Widgets that draw lines of pieces: one line, or a page of them with a scroll bar."""

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from math import ceil
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, LOOKS, Line, Piece, cut, plain_text, width_of
from stylistdesk.ui.symbols import ASCII, TO_ASCII
from stylistdesk.ui.widgets.clicks import Clicks

Spot = tuple[int, int, Callable[[], object]]
"""A cell of a widget to which one can jump, and what goes there."""

NOTHING_CUT = 400
"""So many cells cut nothing off that is copied."""

KEPT_LINES = 500
"""A page keeps so many lines as they were drawn."""

MORE_BELOW: Line = (Piece("… more below", "quiet"),)

LOOK_CLASSES = {f"look--{look}" for look in LOOKS} | {"look--cursor"}


class DrawnLine(Strip):
    """A line that was drawn, and the same between the edges of its widget, once it was painted."""

    __slots__ = ("framed",)
    framed: Strip | None

    def __init__(self, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        super().__init__(segments, cell_length)
        self.framed = None


class Frames(StylesCache):
    """Puts the edges and the padding around a drawn line as they were put around the first, and keeps it with them."""

    def __init__(self) -> None:
        super().__init__()
        self._edges: tuple[list[Segment], list[Segment]] | None = None

    def clear(self) -> None:
        """Forget all that was drawn: the widget looks different now, or has another size."""
        super().clear()
        self._edges = None

    def render_line(
        self,
        styles: Any,
        y: int,
        size: Size,
        content_size: Size,
        padding: Any,
        base_background: Any,
        background: Any,
        render_content_line: Callable[[int], Strip],
        *titles_and_themes: Any,
    ) -> Strip:
        """A line of the widget; the parameters are Textual's."""
        gutter = styles.gutter
        drawn = render_content_line(y - gutter.top) if gutter.top <= y < size.height - gutter.bottom else None
        if isinstance(drawn, DrawnLine) and drawn.framed is not None and drawn.framed.cell_length == size.width:
            return drawn.framed
        if isinstance(drawn, DrawnLine) and self._edges is not None and drawn.cell_length == content_size.width:
            left, right = self._edges
            drawn.framed = Strip([*left, *drawn, *right], size.width)
            return drawn.framed
        framed = super().render_line(
            styles,
            y,
            size,
            content_size,
            padding,
            base_background,
            background,
            render_content_line if drawn is None else lambda _: drawn,
            *titles_and_themes,
        )
        if isinstance(drawn, DrawnLine):
            drawn.framed = framed
            self._edges = _edges(list(framed), list(drawn))
        return framed


def _edges(framed: list[Segment], inner: list[Segment]) -> tuple[list[Segment], list[Segment]] | None:
    """What was put before and after the inner segments, if they themselves were left as they were."""
    for start in range(len(framed) - len(inner) + 1):
        end = start + len(inner)
        if inner and all(one is other for one, other in zip(framed[start:end], inner, strict=True)):
            return framed[:start], framed[end:]
    return None


def _of_terminal(style: Style, look: str, *, under_cursor: bool) -> Style:
    """The style in the terminal's own colours, which nobody knows: what is quiet is dim, a bar is reversed."""
    if under_cursor or look == "tab":
        return style.without_color + Style(reverse=True)
    return style + Style(dim=True) if look in ("quiet", "faint") else style


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
            if self.app.native_ansi_color:
                style = _of_terminal(style, look, under_cursor=under_cursor)
            styles[look, under_cursor] = style
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.__dict__.pop("_drawn_styles", None)

    def drawn(self, pieces: Line, width: int, *, under_cursor: bool = False) -> DrawnLine:
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
        missing = width - sum(piece.width for piece in pieces)
        if missing > 0:
            segments.append(Segment(" " * missing, self.style_of(under_cursor=under_cursor)))
        return DrawnLine(segments, width)


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

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._styles_cache = Frames()
        self.clicks = Clicks()

    def on_blur(self) -> None:
        self.clicks.forget()

    def be_high(self, lines: int) -> None:
        """Have room for so many lines, without a new layout, which costs two frames: the bar has its place."""
        height = self.scrollable_content_region.height
        size = Size(0, max(lines, height))
        if height and self.show_vertical_scrollbar:
            before = _thumb(height, self.virtual_size.height, self.scroll_y)
            self.set_reactive(Widget.virtual_size, size)
            self.vertical_scrollbar.set_reactive(ScrollBar.window_virtual_size, size.height)
            self._refresh_bar(before, _thumb(height, size.height, self.scroll_y))
            if self.scroll_offset.y > self.max_scroll_y:
                self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        else:
            self.virtual_size = size

    def _refresh_bar(self, before: tuple[int, int] | None, after: tuple[int, int] | None) -> None:
        """Draw again those cells of the scroll bar over which an end of its thumb has moved, which are few."""
        bar = self.vertical_scrollbar
        if before is None or after is None:
            if before != after:
                bar.refresh()
            return
        for was, is_now in zip(before, after, strict=True):
            if was != is_now:
                first, last = min(was, is_now) // 8, max(was, is_now) // 8
                bar.refresh(Region(0, first, bar.size.width, last - first + 1))

    def entitle(self, title: Content, subtitle: Content | None = None) -> None:
        """Say on the edges what it shows, and draw only the edges again; `border_title` draws everything."""
        width, height = self.outer_size
        for name, y, said in (("_border_title", 0, title), ("_border_subtitle", height - 1, subtitle)):
            if getattr(self, name, None) != said:
                setattr(self, name, said)
                self.refresh(Region(-self.gutter.left, y - self.gutter.top, width, 1))

    def draw_again(self, lines: Iterable[int], count: int = 1) -> None:
        """Draw only these lines again, or so many from each of them on: in one go, as each costs something."""
        top, height, width = self.scroll_offset.y, self.size.height, self.size.width
        regions = [Region(0, y - top, width, count) for y in lines if -count < y - top < height]
        if regions:
            self.refresh(*regions)


def _thumb(height: int, lines: int, place: float) -> tuple[int, int] | None:
    """Where the thumb of a bar begins and ends, in eighths of a cell, as Textual draws it; `None` if it has none."""
    if lines <= height:
        return None
    length = max(1.0, height * height / lines)
    start = int((height - length) * place / (lines - height) * 8)
    return start, start + ceil(length * 8)


class Page(Scrolled, can_focus=True):
    """Many lines with a scroll bar, of which only the visible ones are drawn.

    One that `says_more` has a quiet line at its foot while more is below.
    """

    says_more = False
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
        self._drawn_lines: dict[Line, DrawnLine] = {}

    @property
    def copied(self) -> str:
        """All that the page says."""
        return plain_text(self.lines)

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
        both = enumerate(zip_longest(before, self.lines, fillvalue=BLANK))
        self.draw_again(index for index, (old, new) in both if old != new)

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        if self.says_more and y == self.size.height - 1 and index < len(self.lines) - 1:
            return self._drawn_line(MORE_BELOW)
        return self._drawn_line(self.lines[index] if 0 <= index < len(self.lines) else BLANK)

    def prepare(self, lines: Sequence[Line]) -> None:
        """Draw these lines, which may be shown next; `show` then finds them."""
        for pieces in lines:
            self._drawn_line(pieces)

    def _drawn_line(self, pieces: Line) -> DrawnLine:
        """The line as drawn; the lines of the pages before and after are kept, as one goes back and forth."""
        width = self.size.width
        drawn = self._drawn_lines.get(pieces)
        if drawn is None or drawn.cell_length != width:
            if len(self._drawn_lines) >= KEPT_LINES:
                self._drawn_lines.clear()
            drawn = self._drawn_lines[pieces] = self.drawn(pieces, width)
        return drawn

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._drawn_lines.clear()

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
