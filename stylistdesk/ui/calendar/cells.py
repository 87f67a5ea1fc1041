"""What both grids of the calendar are: cells beside each other, each with a shade of its own."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message

from stylistdesk.ui.lines import Line, cut
from stylistdesk.ui.symbols import ASCII, TO_ASCII
from stylistdesk.ui.widgets.drawn import LOOK_CLASSES, Drawn, Spot

SHADES = ("work", "block", "cursor", "chosen")
"""The grounds on which a cell may stand: working time, something that takes it, the cursor, what is selected."""


class Cells(Drawn, can_focus=True):
    """A grid whose cells are drawn one by one; the screen says where the cursor is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = LOOK_CLASSES | {f"shade--{shade}" for shade in SHADES}

    class Clicked(Message):
        """A cell was clicked, once or twice."""

        def __init__(self, column: int, line: int, *, twice: bool) -> None:
            super().__init__()
            self.column, self.line, self.twice = column, line, twice

    class Resized(Message):
        """The grid has another size."""

    def spots(self) -> list[Spot]:
        """The cells to which one can jump."""
        return [
            (x, y, partial(self.post_message, self.Clicked(x, y, twice=False).set_sender(self)))
            for x, y in self.corners()
        ]

    def corners(self) -> list[tuple[int, int]]:
        """Where the cells begin to which one can jump."""
        return []

    @property
    def plain(self) -> bool:
        """Whether only ASCII can be shown."""
        return getattr(self.app, "symbols", None) is ASCII

    def shaded(self, look: str, shade: str) -> Style:
        """The style of a look on a ground."""
        styles: dict[tuple[str, str], Style] = self.__dict__.setdefault("_shaded", {})
        style = styles.get((look, shade))
        if style is None:
            style = self.rich_style
            for part in (f"shade--{shade}" if shade else "", f"look--{look}" if look else ""):
                if part:
                    style += self.get_component_rich_style(part, partial=True)
            styles[look, shade] = style
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.__dict__.pop("_shaded", None)

    def cell(self, pieces: Line, width: int, shade: str = "") -> list[Segment]:
        """The pieces in exactly so many cells, on this ground."""
        pieces = cut(pieces, width)
        plain = self.plain
        segments = [
            Segment(piece.text.translate(TO_ASCII) if plain else piece.text, self.shaded(piece.look, shade))
            for piece in pieces
            if piece.text
        ]
        missing = width - sum(piece.width for piece in pieces)
        if missing > 0:
            segments.append(Segment(" " * missing, self.shaded("", shade)))
        return segments

    def draw_lines(self, lines: Sequence[tuple[int, int]]) -> None:
        """Draw these lines again: each from which, and how many."""
        regions = [Region(0, first, self.size.width, count) for first, count in lines if count > 0]
        if regions:
            self.refresh(*regions)

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None:
            self.post_message(self.Clicked(offset.x, offset.y, twice=event.chain >= 2))
