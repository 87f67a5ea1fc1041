"""Cards under headings, in as many columns as there is room for, with a cursor that goes in four directions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from stylistdesk.ui.lines import BLANK, Line, Piece, cut, fit, plain_text
from stylistdesk.ui.widgets.drawn import DrawnLine, Scrolled, Spot

NARROWEST = 25
"""A card is at least so many cells wide, with its edge and the gap to the next."""


@dataclass(frozen=True, slots=True)
class _Band:
    """One row of cards, or a heading (`count` 0): from which line on, and which cards."""

    top: int
    words: str
    first: int = 0
    count: int = 0


class Cards(Scrolled, can_focus=True, inherit_bindings=False):  # a scroll view would take the arrows for itself
    """Draws the cards in sight; `lay_out(index, width)` gives the lines of one."""

    class Opened(Message):
        """A card was clicked twice, or once more."""

    class Moved(Message):
        """The cursor is on another card."""

    def __init__(self, lay_out: Callable[[int, int], Sequence[Line]], height: int, *, mark: str, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.lay_out, self.card_height, self.mark = lay_out, height, mark
        self.groups: tuple[tuple[str, int], ...] = ()  # each heading, and how many cards stand under it
        self.cursor = 0
        self._bands: list[_Band] = []
        self._columns = 1

    @property
    def count(self) -> int:
        """How many cards there are."""
        return sum(number for _, number in self.groups)

    @property
    def columns(self) -> int:
        """How many cards stand side by side."""
        return max(1, min(8, self.scrollable_content_region.width // NARROWEST))

    @property
    def copied(self) -> str:
        """What the card under the cursor says."""
        return plain_text(self.lay_out(self.cursor, NARROWEST)) if self.count else ""

    def spots(self) -> list[Spot]:
        """The cards in sight to which one can jump: where they stand, and what goes there."""
        top, end = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        each = self.scrollable_content_region.width // self._columns
        return [
            (each * column, band.top - top, partial(self._go, band.first + column))
            for band in self._rows()
            if top <= band.top < end
            for column in range(band.count)
        ]

    def show(self, groups: Sequence[tuple[str, int]]) -> None:
        """Show so many cards under each heading."""
        self.groups = tuple(groups)
        self._arrange()

    def _arrange(self) -> None:
        self._columns = self.columns
        self._bands, top, first = [], 0, 0
        for words, number in self.groups:
            self._bands.append(_Band(top, words))
            top += 1
            for start in range(0, number, self._columns):
                self._bands.append(_Band(top, "", first + start, min(self._columns, number - start)))
                top += self.card_height + 1
            first += number
        self.be_high(max(0, top - 1))
        self._keep_in_sight()
        self.refresh()

    def on_resize(self) -> None:
        self._arrange()

    # --------------------------------------------------------------- drawing

    def render_line(self, y: int) -> Strip:
        width, at = self.scrollable_content_region.width, y + self.scroll_offset.y
        band = next((each for each in reversed(self._bands) if each.top <= at), None)
        if band is None:
            return self.drawn(BLANK, width)
        if not band.count:
            return self.drawn((Piece(f" {band.words}", "strong"),), width)
        part = at - band.top
        if part >= self.card_height:
            return self.drawn(BLANK, width)
        each = width // self._columns
        drawn = [self._part(index, part, each) for index in range(band.first, band.first + band.count)]
        drawn.append(self.drawn(BLANK, width - each * band.count))
        segments: list[Segment] = list(chain.from_iterable(drawn))
        return DrawnLine(segments, width)

    def _part(self, index: int, part: int, width: int) -> DrawnLine:
        under_cursor = index == self.cursor
        lines = self.lay_out(index, width - 3)
        edge = Piece(self.mark if under_cursor else " ", "label" if under_cursor else "")
        inner = cut(lines[part], width - 3) if part < len(lines) else BLANK
        shown = self.drawn((edge, *inner), width - 1, under_cursor=under_cursor)
        return DrawnLine([*shown, *self.drawn((Piece(fit("", 1)),), 1)], width)

    # ---------------------------------------------------------------- moving

    def _go(self, index: int) -> None:
        index = max(0, min(index, self.count - 1))
        if index != self.cursor:
            self.cursor = index
            self.refresh()
            self.post_message(self.Moved())
        self._keep_in_sight()

    def _rows(self) -> list[_Band]:
        return [band for band in self._bands if band.count]

    def move(self, how: str) -> None:
        """To another card: up, down, left, right, first, last, page_up, page_down."""
        if how in ("left", "right"):
            self._go(self.cursor + (1 if how == "right" else -1))
            return
        if how in ("first", "last"):
            self._go(0 if how == "first" else self.count - 1)
            return
        rows = self._rows()
        here = next((i for i, band in enumerate(rows) if band.first <= self.cursor < band.first + band.count), None)
        if here is None:
            return
        page = max(1, self.size.height // (self.card_height + 1))
        step = {"up": -1, "down": 1, "page_up": -page, "page_down": page}[how]
        to = rows[max(0, min(here + step, len(rows) - 1))]
        self._go(to.first + min(self.cursor - rows[here].first, to.count - 1))

    def _keep_in_sight(self) -> None:
        height, rows = self.size.height, self._rows()
        band = next((b for b in rows if b.first <= self.cursor < b.first + b.count), None)
        if band is None or not height:
            return
        headed = band.top - 1 if any(b.top == band.top - 1 and not b.count for b in self._bands) else band.top
        if band.top + self.card_height > self.scroll_offset.y + height:
            self.scroll_to(y=band.top + self.card_height - height, animate=False, force=True)
        elif headed < self.scroll_offset.y:
            self.scroll_to(y=headed, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = offset.y + self.scroll_offset.y
        for band in self._rows():
            column = offset.x // max(1, self.scrollable_content_region.width // self._columns)
            if band.top <= at < band.top + self.card_height and column < band.count:
                index = band.first + column
                was_there = index == self.cursor
                self._go(index)
                if self.clicks.opens(index, was_there=was_there, chain=event.chain):
                    self.post_message(self.Opened())
