"""Rows under headings, each about a client, with what is under the cursor beside: Appointments, Follow-ups, CSAT."""

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual import on

from stylistdesk.domain.text import folded
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.lines import Line, Piece
from stylistdesk.ui.screens.pane_screen import Pane, PaneScreen
from stylistdesk.ui.widgets.frame import KeyFooter, SumUp
from stylistdesk.ui.widgets.grouped_list import GroupedList
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from collections.abc import Callable

    from stylistdesk.commands.base import Command, Outcome
    from stylistdesk.desk import Desk
    from stylistdesk.ui.dialogs.form import Field

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Group(Generic[Row]):
    """Rows under a heading; `look` is that of its words."""

    words: str
    rows: Sequence[Row]
    look: str = "label"


class GroupedScreen(PaneScreen[Pane], Generic[Row, Pane]):
    """The rows are read whole, in a thread; a screen says what they are, how they are said and what keys do.

    `KEY_LABELS` say in the footer what a key does here where that is more than its name; an empty one leaves it out.
    """

    KEY_LABELS: ClassVar[dict[str, str]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.groups: Sequence[Group[Row]] = ()

    # ------------------------------------------------- what a screen says of its rows

    @abstractmethod
    def read(self, desk: "Desk") -> Sequence[Group[Row]]:
        """The groups in their order, asked for in a thread."""

    @abstractmethod
    def key_of(self, row: Row) -> int:
        """The key of a row: no two have the same."""

    @abstractmethod
    def client_of(self, row: Row) -> int | None:
        """The client whom a row is about."""

    @abstractmethod
    def lay_out(self, row: Row, width: int) -> tuple[Line, ...]:
        """The two lines of a row."""

    @abstractmethod
    def said(self, row: Row) -> str:
        """The words of a row, for the filter."""

    @abstractmethod
    def summary(self) -> Line:
        """What the line above says while nothing was just done."""

    @abstractmethod
    def empty(self) -> list[Line]:
        """What an empty list says, and what to press next."""

    def labels_of_row(self) -> dict[str, str]:
        """As `KEY_LABELS`, for the row under the cursor alone."""
        return {}

    # ------------------------------------------------------------------ frame

    def make_list(self) -> GroupedList[Row]:
        return GroupedList(self.lay_out, self.key_of, id="list")

    @property
    def grouped(self) -> GroupedList[Row]:
        """The list."""
        return cast("GroupedList[Row]", self.listed)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.grouped.record

    def _row_at(self, index: int) -> Row | None:
        rows = self.listed.rows
        if not 0 <= index < len(rows) or self.grouped.nearest(index) != index:
            return None
        return cast("Row | None", rows[index])

    def row_key(self, index: int) -> int | None:
        row = self._row_at(index)
        return self.key_of(row) if row is not None else None

    def client_id_at(self, index: int) -> int | None:
        row = self._row_at(index)
        return self.client_of(row) if row is not None else None

    @property
    def chosen(self) -> list[Row]:
        """What a key acts on: all rows that are marked, else the one under the cursor."""
        marked = [row for row in self.grouped.records if self.key_of(row) in self.listed.marks]
        return marked or [row for row in (self.row,) if row is not None]

    # ---------------------------------------------------------------- loading

    def reload(self) -> None:
        start(self, self.load, self.PLACE, group="load", exclusive=True)

    async def load(self, *, at_key: int | None = None) -> None:
        """Read the rows again; the cursor goes to `at_key`, or stays."""
        desk = self.desk
        if desk is None:
            return
        version = desk.version
        groups = await asyncio.to_thread(self.read, desk)
        self.groups, self.shown_version = groups, version
        self.listed.marks &= {self.key_of(row) for group in groups for row in group.rows}
        self.forget_panes()
        self.listed.forget_drawn()  # each row says how long ago, or how soon
        self.show_rows(at_key=at_key if at_key is not None else self.key_kept())

    def key_kept(self) -> int | None:
        """Where the cursor stays once the rows were read again, which the list does not show yet."""
        return self.current_key

    def show_rows(self, *, at_key: int | None = None) -> None:
        """Show the rows that the filter lets through."""
        sought = folded(self.filter).split()
        shown = [
            (group.words, group.look, [r for r in group.rows if all(w in folded(self.said(r)) for w in sought)])
            for group in self.groups
        ]
        self.grouped.empty = self.empty()
        if sought:
            self.grouped.empty = [
                (Piece(f"Nothing here has “{self.filter}”.", "strong"),),
                (Piece("esc shows all again.", "quiet"),),
            ]
        self.grouped.set_groups(shown, at_key=at_key, at_index=self.listed.cursor)
        self.title_list()
        self.show_frame()
        self.query_one(SumUp).sum_up(self.summary())

    def refilter(self) -> None:
        self.show_rows(at_key=self.current_key)

    def time_passed(self) -> None:
        self.reload()

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        back = [row for group in self.groups for row in group.rows if self.client_of(row) in back_to]
        await self.load(at_key=self.key_of(back[0]) if len(back) == 1 else None)

    async def acted(self, subjects: Sequence[Subject], *, stay: bool = False) -> None:
        await self._go_on(stay=stay)

    async def _go_on(self, *, stay: bool = False) -> None:
        """Read the rows again; the cursor is on the one after those that were dealt with, or stays."""
        after = self.current_key if stay else self.key_after()
        if not stay:
            self.listed.marks.clear()
        await self.load(at_key=after)

    def key_after(self) -> int | None:
        """The first row below the cursor that no key acted on, else the last above it."""
        done = {self.key_of(row) for row in self.chosen}
        keys = [self.row_key(index) for index in range(len(self.listed.rows))]
        below, above = keys[self.listed.cursor :], keys[: self.listed.cursor]
        return next((key for key in (*below, *reversed(above)) if key is not None and key not in done), None)

    async def carry_out_here(self, command: "Command", *, stay: bool = False) -> "Outcome | None":
        """Have the desk do it, say so, and go on to the next row, or stay."""
        outcome = await self.program.carry_out(command)
        if outcome is not None:
            await self._go_on(stay=stay)
            self.program.tell_done(outcome)
        return outcome

    async def fill_in_here(
        self,
        title: str,
        fields: "Sequence[Field]",
        make: "Callable[[dict[str, str]], Command]",
        *,
        stay: bool = False,
        does: str = "",
        about: "Sequence[Line]" = (),
    ) -> "Outcome | None":
        """Ask in a form, have the desk do what `make` makes of it, and go on to the next row, or stay."""
        from stylistdesk.ui.dialogs.form import Form

        outcome: Outcome | None = await self.app.push_screen_wait(
            Form(title, fields, self.saver(make), does=does, about=about)
        )
        if outcome is not None:
            await self._go_on(stay=stay)
            self.program.tell_done(outcome)
        return outcome

    # ------------------------------------------------------------ the row as a page

    @property
    def has_pane(self) -> bool:
        """Whether there is room for the pane beside the list, or below it."""
        return bool(self.query_one("#pane").display)

    @on(RecordList.Moved)
    def _say_what_enter_does(self) -> None:
        opens = {} if self.has_pane else {"open_row": "Open", "profile": "Profile"}
        self.query_one(KeyFooter).relabel({**self.KEY_LABELS, **self.labels_of_row(), **opens})

    async def action_open_row(self) -> None:
        """Her profile; where the pane has no room, what it would show."""
        key, desk = self.current_key, self.desk
        if key is None or desk is None:
            return
        if self.has_pane:
            await self.action_profile()
            return
        panes = await asyncio.to_thread(self.read_panes, desk, (key,))
        if key in panes:
            await self.app.push_screen(PanePage(self, panes[key]))

    # ------------------------------------------------------ the clients of the rows

    async def subjects(self) -> list[Subject]:
        clients = dict.fromkeys(client for row in self.chosen if (client := self.client_of(row)) is not None)
        return await self.subjects_of(tuple(clients))

    async def under_cursor(self) -> list[Subject]:
        return await self.subjects_of((self.current_id,)) if self.current_id is not None else []


class PanePage(PageDialog[None]):
    """What the pane of a row shows, on a page of its own."""

    def __init__(self, screen: GroupedScreen[Any, Any], pane: Any) -> None:
        super().__init__()
        self.owner, self.pane = screen, pane
        self.page_title = screen.pane_titles(pane)[0]

    def lines(self, width: int) -> Sequence[Line]:
        return self.owner.pane_lines(self.pane, width, None)[0]
