"""A list of records under headings: "Overdue", "Today". The cursor passes over the headings."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from textual.strip import Strip

from stylistdesk.ui.lines import Line, Piece
from stylistdesk.ui.screens.empty import EmptyList
from stylistdesk.ui.widgets.record_list import LayOut, Row


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over the rows of a group, and how many there are."""

    words: str
    count: int
    look: str = "label"


class GroupedList(EmptyList["Row | Heading"], Generic[Row]):
    """Rows of `row_height` lines, and headings of one; a heading but the first has a blank line above it."""

    def __init__(
        self,
        lay_out: LayOut[Row],
        key_of: Callable[[Row], int],
        *,
        row_height: int = 2,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(lay_out, key_of, row_height=row_height, id=id)  # type: ignore[arg-type]
        self._tops = [0]
        self._headings: list[Heading] = []
        self.key_of = lambda row: -1 if isinstance(row, Heading) else key_of(row)

    def set_groups(
        self,
        groups: Sequence[tuple[str, str, Sequence[Row]]],
        *,
        at_key: int | None = None,
        at_index: int | None = None,
    ) -> None:
        """Show the groups that have rows: the words and the look of the heading, and the rows."""
        rows: list[Row | Heading | None] = []
        tops = [0]
        for words, look, members in groups:
            if members:
                tops.append(tops[-1] + (2 if rows else 1))
                rows += [Heading(words, len(members), look), *members]
                first = tops[-1]
                tops += [first + self.row_height * number for number in range(1, len(members) + 1)]
        before = self._tops, self._headings
        self._tops, self._headings = tops, [row for row in rows if isinstance(row, Heading)]
        self.set_rows(rows, at_key=at_key, at_index=at_index)
        if before != (self._tops, self._headings):  # a row that stays is on another line, or what was below is gone
            self.refresh()

    @property
    def record(self) -> Row | None:
        """The row under the cursor."""
        current = self.current
        return None if isinstance(current, Heading) else current

    @property
    def records(self) -> list[Row]:
        """All rows, without the headings."""
        return [row for row in self.rows if row is not None and not isinstance(row, Heading)]

    def top_of(self, index: int) -> int:
        return self._tops[min(index, len(self._tops) - 1)]

    def at_line(self, y: int) -> tuple[int, int]:
        index = bisect_right(self._tops, y) - 1
        return index, y - self._tops[index]

    def nearest(self, index: int, by: int = 1) -> int:
        for step in (by, -by):
            at = index
            while 0 <= at < len(self.rows):
                if not isinstance(self.rows[at], Heading):
                    return at
                at += step
        return index

    def _keep_in_sight(self) -> None:
        super()._keep_in_sight()
        if self.cursor == 1 and self.scroll_offset.y:  # the heading over the first row
            self.scroll_to(y=0, animate=False, force=True)

    def _draw(self, index: int, width: int) -> tuple[Strip, ...]:
        row = self.rows[index]
        if not isinstance(row, Heading):
            return super()._draw(index, width)
        said: Line = (Piece(" "), Piece(row.words, row.look), Piece(f"  {row.count:,}", "quiet"))
        heading = self.drawn(said, width)
        return (heading,) if index == 0 else (self.drawn((), width), heading)
