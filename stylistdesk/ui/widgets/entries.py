"""A page of entries of any height, with a cursor that goes from one to the next."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, overload

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, plain_text
from stylistdesk.ui.widgets.drawn import Scrolled, Spot

Key = tuple[str, int]
"""What kind of row an entry is, and its id: ("location", 12)."""


class Later(Sequence[Line]):
    """Lines that are laid out when they come into sight: for lists too long to lay all of it out. All are `high`."""

    __slots__ = ("_draw", "_high")

    def __init__(self, draw: Callable[[], Sequence[Line]], high: int = 1) -> None:
        self._draw, self._high = draw, high

    def __len__(self) -> int:
        return self._high

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        return self._draw()[index]


@dataclass(frozen=True, slots=True)
class Entry:
    """Some lines that belong together. Without a key they are a heading or plain words: the cursor passes over them.

    `copies` is what is copied of it, where that is not simply what it says: a number, a link.
    """

    lines: Sequence[Line]
    key: Key | None = None
    copies: str = ""


class Entries(Scrolled, can_focus=True):
    """Entries one below the other, of which only the visible lines are drawn."""

    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.MOVING)  # type: ignore[assignment]

    class Resized(Message):
        """The lines have another width: whoever fills the page lays it out again."""

    class Opened(Message):
        """An entry was clicked twice, or once more."""

    class Moved(Message):
        """The cursor is on another entry."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.entries: list[Entry] = []
        self.cursor: int | None = None
        self._first: list[int] = []  # of each entry, its first line
        self._high = 0  # so many lines are all of them
        self._keyed: list[int] = []  # the entries on which the cursor may be
        self._laid_out_for = 0

    @property
    def room(self) -> int:
        """How many cells a line has."""
        return max(1, self.scrollable_content_region.width)

    @property
    def current(self) -> Key | None:
        """The key of the entry under the cursor."""
        return self.entries[self.cursor].key if self.cursor is not None else None

    @property
    def copied(self) -> str:
        """What the entry under the cursor has to copy; where no entry has a cursor, all that stands here."""
        if self.cursor is None:
            return plain_text(line for entry in self.entries for line in entry.lines)
        entry = self.entries[self.cursor]
        return entry.copies or plain_text(entry.lines)

    def spots(self) -> list[Spot]:
        """The entries in sight to which one can jump: where they stand, and what goes there."""
        top, end = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        return [
            (0, self._first[index] - top, partial(self._go, index))
            for index in self._keyed
            if top <= self._first[index] < end
        ]

    @property
    def keys(self) -> set[Key]:
        """The keys of all entries."""
        return {entry.key for entry in self.entries if entry.key is not None}

    def show(self, entries: Sequence[Entry], *, at: Key | None = None, keep_place: bool = False) -> None:
        """Show these, the cursor on `at`; or on what it was on, or near there; or on the first that has a key."""
        before, was_on, top = self.cursor, self.current, self.scroll_offset.y
        self.entries = list(entries)
        self._first, self._high = [], 0
        for entry in self.entries:
            self._first.append(self._high)
            self._high += len(entry.lines)
        self.be_high(self._high)
        keyed = self._keyed = [index for index, entry in enumerate(self.entries) if entry.key is not None]
        wanted = self._index_of(at) if at else None
        if wanted is None and keep_place:
            wanted = self._index_of(was_on)
        if wanted is None and keyed:
            near = before if keep_place and before is not None else 0
            wanted = next((index for index in keyed if index >= near), keyed[-1])
        self.cursor = wanted
        if not keep_place and top and at is None:
            self.scroll_to(y=0, animate=False, force=True)
        elif wanted is not None and (at is not None or keep_place):
            self._keep_in_sight()
        self.refresh()

    def _index_of(self, key: Key | None) -> int | None:
        return next((index for index, entry in enumerate(self.entries) if key and entry.key == key), None)

    def go_to(self, key: Key) -> None:
        """Put the cursor on the entry with this key, if it is there."""
        index = self._index_of(key)
        if index is not None:
            self._go(index)

    # --------------------------------------------------------------- drawing

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        if not 0 <= at < self._high:
            return Strip.blank(width, self.style_of())
        owner = self._owner(at)
        # No bar while keys go elsewhere: nobody should take a row for the one that they act on.
        under_cursor = self.has_focus and owner == self.cursor
        return self.drawn(self.entries[owner].lines[at - self._first[owner]], width, under_cursor=under_cursor)

    def _owner(self, at: int) -> int:
        """The entry that a line belongs to."""
        return bisect_right(self._first, at) - 1

    def on_resize(self) -> None:
        self.be_high(self._high)
        if self.room != self._laid_out_for:
            self._laid_out_for = self.room
            self.post_message(self.Resized())

    # ---------------------------------------------------------------- moving

    def _go(self, index: int) -> None:
        if index != self.cursor:
            self.cursor = index
            self.refresh()
            self.post_message(self.Moved())
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        if self.cursor is None or not self.size.height:
            return
        first = self._first[self.cursor]
        last = first + len(self.entries[self.cursor].lines)
        # A heading right above comes into sight with its first entry.
        if self.cursor == self._keyed[0]:
            first = 0
        if last > self.scroll_offset.y + self.size.height:
            self.scroll_to(y=last - self.size.height, animate=False, force=True)
        if first < self.scroll_offset.y:
            self.scroll_to(y=first, animate=False, force=True)

    def _step(self, by: int) -> None:
        """To the next entry with a key; where there is none, a line on."""
        at = self.cursor
        if at is not None:
            at += by
            while 0 <= at < len(self.entries) and self.entries[at].key is None:
                at += by
            if 0 <= at < len(self.entries):
                self._go(at)
                return
        self.scroll_relative(y=by, animate=False)

    def _turn(self, by: int) -> None:
        """A page on, and the cursor to the entry there."""
        lines = by * max(1, self.size.height - 1)
        if self.cursor is None:
            self.scroll_relative(y=lines, animate=False)
            return
        wanted = self._first[self.cursor] + lines
        place = bisect_left(self._keyed, wanted, key=self._first.__getitem__)
        near = self._keyed[max(0, place - 1) : place + 1]
        self._go(min(near, key=lambda index: abs(self._first[index] - wanted)))

    def action_cursor_up(self) -> None:
        self._step(-1)

    def action_cursor_down(self) -> None:
        self._step(1)

    def action_page_up(self) -> None:
        self._turn(-1)

    def action_page_down(self) -> None:
        self._turn(1)

    def action_first(self) -> None:
        if self._keyed:
            self._go(self._keyed[0])
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        if self._keyed:
            self._go(self._keyed[-1])
        self.scroll_end(animate=False)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = offset.y + self.scroll_offset.y
        if 0 <= at < self._high and self.entries[self._owner(at)].key is not None:
            index = self._owner(at)
            was_there = index == self.cursor
            self._go(index)
            if self.clicks.opens(index, was_there=was_there, chain=event.chain):
                self.post_message(self.Opened())


def words(*lines: Line) -> Entry:
    """Plain lines that no key acts on."""
    return Entry(lines or (BLANK,))
