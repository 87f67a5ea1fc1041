"""A list of records that draws only the rows in sight: ten thousand cost what twenty do."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import zip_longest
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, plain_text
from stylistdesk.ui.widgets.drawn import NOTHING_CUT, Scrolled, Spot

Row = TypeVar("Row")

KEPT_ROWS = 1_000
"""A list keeps so many rows as they were drawn."""

LayOut = Callable[[Row, int], tuple[Line, ...]]
"""A row and the cells it has -> its lines."""


class RecordList(Scrolled, Generic[Row], can_focus=True):
    """Rows of a fixed number of lines, with a cursor and marks; rows that are not here yet are asked for."""

    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.MOVING)  # type: ignore[assignment]

    class Moved(Message):
        """The cursor is on another row, or the row under it changed."""

    class Opened(Message):
        """A row was clicked twice, or once more."""

    class Wanted(Message):
        """The row at `index` is in sight but not here."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(
        self,
        lay_out: LayOut[Row],
        key_of: Callable[[Row], int],
        *,
        row_height: int = 2,
        mark: str = "▌",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.rows: list[Row | None] = []
        self.cursor = 0
        self.marks: set[int] = set()
        self.lay_out = lay_out
        self.key_of = key_of
        self.row_height = row_height
        self.mark = mark
        # Called at once when the cursor moves, so that what follows it is painted in the same frame; Moved comes later.
        self.follow: Callable[[], None] = lambda: None
        # What was drawn of a row, by its key, under the cursor or not, marked or not: it holds wherever the row goes.
        self._strips: dict[tuple[int, bool, bool], tuple[Row, tuple[Strip, ...]]] = {}

    # ------------------------------------------------------------------ rows

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def copied(self) -> str:
        """What the row under the cursor says."""
        return plain_text(self.lay_out(self.current, NOTHING_CUT)) if self.current is not None else ""

    def spots(self) -> list[Spot]:
        """The rows in sight to which one can jump: where they stand, and what goes there."""
        first, end = self._in_sight()
        shown = range(max(0, first), min(end, len(self.rows)))
        return [
            (0, self.top_of(index) - self.scroll_offset.y, partial(self.move_to, index))
            for index in shown
            if self.nearest(index) == index and self.top_of(index) >= self.scroll_offset.y
        ]

    def index_of(self, key: int) -> int | None:
        """Where the row with this key is, if it is here."""
        for index, row in enumerate(self.rows):
            if row is not None and self.key_of(row) == key:
                return index
        return None

    def set_rows(self, rows: Sequence[Row | None], *, at_key: int | None = None, at_index: int | None = None) -> None:
        """Show these rows, the cursor on the one with `at_key` if it is there, else at `at_index`, or as it was."""
        in_sight = range(*self._in_sight())
        before, was_at = self.rows[in_sight.start : in_sight.stop], self.cursor
        self.rows = list(rows)
        self.be_high(self.top_of(len(self.rows)))
        found = self.index_of(at_key) if at_key is not None else None
        place = found if found is not None else (at_index if at_index is not None else self.cursor)
        self.cursor = self.nearest(max(0, min(place, len(self.rows) - 1)))
        self._keep_in_sight()
        if self.rows and before:
            after = self.rows[in_sight.start : in_sight.stop]
            pairs = zip(in_sight, zip_longest(before, after), strict=False)
            self._refresh_rows(
                [index for index, (old, new) in pairs if old is not new or index in (was_at, self.cursor)]
            )
        else:
            self.refresh()
        self.follow()
        self.post_message(self.Moved())

    def forget_drawn(self) -> None:
        """Draw every row again: what is said of them has changed, the time say."""
        self._strips.clear()
        self.refresh()

    def _in_sight(self) -> tuple[int, int]:
        """The first row in sight and the one after the last."""
        top, height = self.scroll_offset.y, self.size.height
        return self.at_line(top)[0], self.at_line(max(top, top + height - 1))[0] + 1

    # Where rows are: all have the same height here.

    def top_of(self, index: int) -> int:
        """The first line of a row; for the number of all rows, how many lines they have."""
        return index * self.row_height

    def at_line(self, y: int) -> tuple[int, int]:
        """The row at a line, and which of its lines that is."""
        return divmod(y, self.row_height)

    def nearest(self, index: int, by: int = 1) -> int:
        """The row where the cursor may be that is nearest, first in the direction of `by`."""
        return index

    def fill(self, offset: int, rows: Iterable[Row]) -> None:
        """Put a page of rows in its place, among rows that are not here yet."""
        touched = False
        for index, row in enumerate(rows, offset):
            if index < len(self.rows):
                self.rows[index] = row
                touched = touched or index == self.cursor
        self.refresh()
        if touched:
            self.post_message(self.Moved())

    def set_marks(self, keys: Iterable[int]) -> None:
        """Mark these and no others."""
        self.marks = set(keys)
        self.refresh()

    def toggle_mark(self) -> None:
        """Mark or unmark the row under the cursor and go on to the next."""
        row = self.current
        if row is not None:
            self.marks ^= {self.key_of(row)}
            self._refresh_rows([self.cursor])
            self.move_to(self.cursor + 1)

    # --------------------------------------------------------------- drawing

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index, part = self.at_line(y + self.scroll_offset.y)
        if not 0 <= index < len(self.rows):
            return Strip.blank(width, self.style_of())
        return self._draw(index, width)[part]

    def _draw(self, index: int, width: int) -> tuple[Strip, ...]:
        row, under_cursor = self.rows[index], index == self.cursor
        if row is None:
            # Drawing happens in the screen's name; a message sent in its name would not rise above it.
            self.post_message(self.Wanted(index).set_sender(self))
            return tuple(self.drawn(BLANK, width, under_cursor=under_cursor) for _ in range(self.row_height))
        key = self.key_of(row)
        marked = key in self.marks
        drawn = self._strips.get((key, under_cursor, marked))
        if drawn is not None and drawn[0] is row and drawn[1][0].cell_length == width:
            return drawn[1]
        edge = Piece(self.mark if marked else " ", "strong" if marked else "")
        laid_out = self.lay_out(row, max(1, width - 2))
        strips = tuple(self.drawn((edge, *pieces), width, under_cursor=under_cursor) for pieces in laid_out)
        if len(self._strips) >= KEPT_ROWS:
            self._strips.clear()
        self._strips[key, under_cursor, marked] = row, strips
        return strips

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def _refresh_rows(self, indexes: Iterable[int]) -> None:
        self.draw_again((self.top_of(index) for index in indexes), self.row_height)

    # ---------------------------------------------------------------- moving

    def move_to(self, index: int) -> None:
        """Put the cursor there, or as near as there is a row."""
        index = max(0, min(index, len(self.rows) - 1))
        index = self.nearest(index, 1 if index >= self.cursor else -1)
        if index == self.cursor or not self.rows:
            return
        before, self.cursor = self.cursor, index
        self._refresh_rows((before, index))
        self._keep_in_sight()
        self.follow()
        self.post_message(self.Moved())

    def _keep_in_sight(self) -> None:
        height = self.size.height
        if not height:
            return
        top, bottom = self.top_of(self.cursor), self.top_of(self.cursor + 1)
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)
        elif bottom > self.scroll_offset.y + height:
            self.scroll_to(y=bottom - height, animate=False, force=True)

    @property
    def rows_in_sight(self) -> int:
        """How many whole rows fit."""
        return max(1, self.size.height // self.row_height)

    def action_cursor_up(self) -> None:
        self.move_to(self.cursor - 1)

    def action_cursor_down(self) -> None:
        self.move_to(self.cursor + 1)

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(len(self.rows) - 1)

    def action_page_up(self) -> None:
        self.move_to(self.cursor - self.rows_in_sight)

    def action_page_down(self) -> None:
        self.move_to(self.cursor + self.rows_in_sight)

    def on_resize(self) -> None:
        self._strips.clear()
        self._keep_in_sight()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index, _ = self.at_line(offset.y + self.scroll_offset.y)
        if 0 <= index < len(self.rows) and self.nearest(index) == index:
            was_there = index == self.cursor
            self.move_to(index)
            if self.clicks.opens(index, was_there=was_there, chain=event.chain):
                self.post_message(self.Opened())
