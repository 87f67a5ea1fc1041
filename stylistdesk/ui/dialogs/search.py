"""The search box (R43): what was found is under it as she types, grouped by kind."""

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widgets import Input

from stylistdesk.ui import text
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.search_lines import KINDS, More, hit_line, more_line, nothing_found, nothing_typed
from stylistdesk.ui.widgets.frame import KeyFooter
from stylistdesk.ui.widgets.grouped_list import GroupedList, Heading
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.queries.search import Found, Group, Vocabulary
    from stylistdesk.queries.search_told import Hit
    from stylistdesk.ui.app import StylistDesk

PLACES = list(KINDS)
LONGEST = 200
"""So many letters can be typed."""
RESTS = 20
"""Reading the words may take a twentieth of the time."""


@dataclass(slots=True)
class Searched:
    """The last search, which is there again: what was typed and where the cursor was; and the words of the index.

    Back from what it opened (`opened`), in the tab in which she searched (`mode`), also the one kind that was shown.
    """

    typed: str = ""
    at: int | None = None
    only: str = ""
    opened: "Screen[Any] | None" = None
    mode: str = ""
    turn: int = 0  # how many things were opened
    words: "Vocabulary | None" = None
    version: int = -1  # of the desk, when its words were read
    read_at: float = 0.0  # and when that was, and how long it took, by the clock that never goes back
    took: float = 0.0

    def wants_words(self, version: int) -> bool:
        """Whether to read the words again: on a large desk that takes a while, and is not done at every turn."""
        rested = time.monotonic() - self.read_at > RESTS * self.took
        return self.version != version and (self.words is None or rested)


def key_of(row: "Hit | More") -> int:
    """A number that no other row has."""
    if isinstance(row, More):
        return -2 - PLACES.index(row.kind)
    return PLACES.index(row.kind) << 40 | row.id


class SearchLine(Input):
    """What she types; arrows and the like go to what was found."""

    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.SEARCH)  # type: ignore[assignment]

    def _on_paste(self, event: events.Paste) -> None:
        """Take so much of what is pasted as has room: of what is too long, Textual takes nothing."""
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        room = LONGEST - len(self.value) + end - start
        self.replace(" ".join(event.text[: 10 * LONGEST].split())[: max(0, room)], start, end)


class FoundList(GroupedList["Hit | More"]):
    """Under headings without numbers: how many there are in all is not counted. The keys stay with what is typed."""

    can_focus = False

    def _draw(self, index: int, width: int) -> tuple[Strip, ...]:
        row = self.rows[index]
        if not isinstance(row, Heading):
            return super()._draw(index, width)
        heading = self.drawn((Piece(" "), Piece(row.words, row.look)), width)
        return (heading,) if index == 0 else (self.drawn(BLANK, width), heading)


class SearchBox(ModalScreen["Hit | None"]):
    """The answer is what she chose. Each key asks anew; what comes too late is dropped."""

    PLACE: ClassVar[str] = "Search"

    def __init__(self) -> None:
        super().__init__()
        self.only = self._searched.only  # the one kind that is shown, where it is one
        self.found: Found | None = None
        self._answered: tuple[str, str, int] | None = None
        self._is_asking = self._opens_next = False

    @property
    def program(self) -> "StylistDesk":
        """The program."""
        return cast("StylistDesk", self.app)

    @property
    def _searched(self) -> Searched:
        return self.program.searched

    def compose(self) -> ComposeResult:
        keymap = self.program.keymap_of_desk
        with Vertical(id="dialog", classes="-tall-dialog -search") as dialog:
            dialog.border_title = text.content("Search")
            yield SearchLine(
                self._searched.typed, placeholder="anything", classes="-line", compact=True, max_length=LONGEST
            )
            yield FoundList(self._lay_out, key_of, row_height=1, id="hits")
            yield KeyFooter(keymap, "Search")

    @property
    def _line(self) -> SearchLine:
        return self.query_one(SearchLine)

    @property
    def listed(self) -> FoundList:
        """What was found."""
        return self.query_one(FoundList)

    def on_mount(self) -> None:
        self._line.focus()
        self.call_after_refresh(self.program.held_keys.let_go)
        self._show(self._searched.at)
        self._ask()
        start(self, self._learn_words, "the words of the desk", group="words")

    # ---------------------------------------------------------------- asking

    @on(Input.Changed)
    def _typed(self) -> None:
        self._ask()

    @property
    def _wanted(self) -> tuple[str, str, int]:
        return self._line.value, self.only, self._searched.version

    def _ask(self) -> None:
        if not self._is_asking and self._wanted != self._answered:
            self._is_asking = True
            start(self, self._answer, "search", group="search")

    async def _answer(self) -> None:
        """Ask until what is typed is answered: one question at a time, however fast she types."""
        from stylistdesk.queries.search import ALONE, EACH, search

        desk = self.program.desk
        assert desk is not None
        try:
            while (wanted := self._wanted) != self._answered:
                typed, only, _ = wanted
                each = ALONE if only else EACH
                found = await asyncio.to_thread(desk.ask, search, typed, self._searched.words, only=only, each=each)
                if wanted[:2] == self._wanted[:2]:
                    is_same = self._answered is not None and self._answered[:2] == wanted[:2]
                    first = self._answered is None and typed == self._searched.typed
                    self.found, self._answered = found, wanted
                    self._show(self._searched.at if first else self._at if is_same else None)
        finally:
            self._is_asking = False
        if self._opens_next:
            self._opens_next = False
            self.action_open_hit()

    async def _learn_words(self) -> None:
        """Read which words there are, for what is nearly right; until then, only what is right is found."""
        from stylistdesk.queries.search import vocabulary

        desk = self.program.desk
        searched = self._searched
        if desk is not None and searched.wants_words(desk.version):
            version, began = desk.version, time.monotonic()
            searched.words = await asyncio.to_thread(desk.ask, vocabulary)
            searched.version, searched.read_at = version, time.monotonic()
            searched.took = searched.read_at - began
            self._ask()

    # ---------------------------------------------------------------- showing

    @property
    def _at(self) -> int | None:
        record = self.listed.record
        return key_of(record) if record is not None else None

    def _show(self, at: int | None) -> None:
        found, keymap, listed = self.found, self.program.keymap_of_desk, self.listed
        typed = self._line.value
        if not typed.strip():
            listed.empty = nothing_typed(keymap)
        else:
            is_day = found is not None and found.day is not None
            listed.empty = nothing_found(typed, self.only, keymap, is_day=is_day) if found is not None else []
        groups = [self._group(group) for group in found.groups] if found is not None else []
        listed.forget_drawn()
        listed.set_groups(groups, at_key=at, at_index=0)

    @staticmethod
    def _group(group: "Group") -> tuple[str, str, "list[Hit | More]"]:
        words = f"{KINDS[group.kind]}, nearly so" if group.near else KINDS[group.kind]
        return words, "label", [*group.hits, *([More(group.kind)] if group.more else [])]

    def _lay_out(self, row: "Hit | More", width: int) -> tuple[Line, ...]:
        if isinstance(row, More):
            return (more_line(row, width),)
        needles = self.found.needles if self.found is not None else ()
        return (hit_line(row, needles, width, self.program.local_now().date()),)

    # ------------------------------------------------------------------- keys

    @on(RecordList.Opened)
    def action_open_hit(self) -> None:
        """Open what is under the cursor; what was only just typed is answered first."""
        if self._answered is None or self._answered[:2] != self._wanted[:2]:
            self._opens_next = True
            return
        row = self.listed.record
        if isinstance(row, More):
            self.only = row.kind
            self._ask()
        elif row is not None:
            self._keep()
            self.dismiss(row)

    def action_leave(self) -> None:
        """From one kind to all, then back."""
        if self.only:
            self.only = ""
            self._ask()
        else:
            self._keep()
            self.dismiss(None)

    def _keep(self) -> None:
        self._searched.typed, self._searched.at, self._searched.only = self._line.value, self._at, self.only

    def action_step(self, by: int) -> None:
        """One up or down."""
        self.listed.action_cursor_down() if by > 0 else self.listed.action_cursor_up()

    def action_turn(self, by: int) -> None:
        """A page up or down."""
        self.listed.action_page_down() if by > 0 else self.listed.action_page_up()

    def action_next_kind(self, by: int) -> None:
        """To the first of another kind."""
        listed = self.listed
        firsts = [index + 1 for index, row in enumerate(listed.rows) if isinstance(row, Heading)]
        if firsts:
            here = max((place for place, index in enumerate(firsts) if index <= listed.cursor), default=0)
            listed.move_to(firsts[(here + by) % len(firsts)])
