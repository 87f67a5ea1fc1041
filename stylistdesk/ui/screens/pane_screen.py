"""A list on the left and what is under the cursor on the right: what the tabs with a list share."""

import asyncio
from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import on
from textual.widget import Widget

from stylistdesk.ui import text
from stylistdesk.ui.jobs import start
from stylistdesk.ui.lines import Line
from stylistdesk.ui.screens.base import FilterLine
from stylistdesk.ui.screens.filtered import Filtered
from stylistdesk.ui.triage import Triage
from stylistdesk.ui.widgets.drawn import Page
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.desk import Desk

Pane = TypeVar("Pane")

FAR = 8
"""Panes are kept for so many rows around the cursor."""
AFTER_THE_FRAME = 0.03
"""Seconds to wait before neighbours are fetched: what the key shows is painted and written first."""

AT_REST = 0.15
"""Seconds after which the cursor rests on a client: she may be opened next."""


class PaneScreen(Filtered, Triage, Generic[Pane]):
    """The list has the focus; the pane follows the cursor, fetched ahead so that it does not lag behind.

    A screen says what its list is and, of a row, its key, its client, its pane and how that is laid out.
    """

    AUTO_FOCUS = "#list"
    SORTS: ClassVar[tuple[tuple[str, str], ...]] = (("", ""),)
    ONE_PANE: ClassVar[bool] = True  # whether there is no third column on a broad terminal

    def __init__(self) -> None:
        super().__init__()
        self.panes: dict[int, Pane] = {}
        self.panes_version = -1
        self.pane_of: int | None = None
        self._laid: dict[int, tuple[object, tuple[list[Line], list[Line] | None]]] = {}
        self.sort = self.SORTS[0][0]

    # ------------------------------------------------------------------ frame

    @abstractmethod
    def make_list(self) -> RecordList[Any]:
        """The list of this screen."""

    @abstractmethod
    def row_key(self, index: int) -> int | None:
        """The key of a row, if the row is here: by it its pane is fetched and kept."""

    @abstractmethod
    def client_id_at(self, index: int) -> int | None:
        """The client of a row, if the row is here."""

    @abstractmethod
    def read_panes(self, desk: "Desk", keys: tuple[int, ...]) -> dict[int, Pane]:
        """The panes of these rows, asked for in a thread; those that are gone are left out."""

    @abstractmethod
    def pane_titles(self, pane: Pane) -> tuple[str, str]:
        """What stands on the upper edge of a pane, and on its lower one."""

    @abstractmethod
    def pane_lines(self, pane: Pane, width: int, beside: int | None) -> tuple[list[Line], list[Line] | None]:
        """The lines of a pane; where there is room for a third column of so many cells, those of that one too."""

    def body(self) -> Iterable[Widget]:
        listed = self.make_list()
        listed.mark = self.program.symbols.mark
        listed.follow = self._show_pane
        yield listed
        yield Page(id="pane")
        if not self.ONE_PANE:
            yield Page(id="side")

    def title_list(self) -> None:
        """Say on the list's edge how it is sorted and filtered, and how many are marked."""
        parts = [said] if (said := dict(self.SORTS)[self.sort]) else []
        if self.filter:
            parts.append(f"with “{self.filter}”")
        if self.listed.marks:
            parts.append(f"{len(self.listed.marks)} marked")
        self.listed.entitle(text.content(f" {self.program.symbols.dot} ".join(parts)))

    # -------------------------------------------------------------- the pane

    @property
    def current_key(self) -> int | None:
        """The key of the row under the cursor."""
        return self.row_key(self.listed.cursor)

    @property
    def current_id(self) -> int | None:
        """The client under the cursor."""
        return self.client_id_at(self.listed.cursor)

    @on(RecordList.Moved)
    def _moved(self) -> None:
        self._show_pane()  # the rows under the cursor may be new ones
        start(self, self._fetch_panes, "panes", group="panes", exclusive=True)

    @on(RecordList.Opened)
    async def _opened(self) -> None:
        await self.action_open_row()

    @on(Page.Resized)
    def _resized(self) -> None:
        self.pane_of = None
        self._show_pane()

    async def _fetch_panes(self) -> None:
        """Fetch what the cursor is on, then its neighbours."""
        desk = self.desk
        if desk is None:
            return
        if self.panes_version != desk.version:
            self.panes_version = desk.version
            self.panes.clear()
            self.pane_of = None
        if self.current_key in self.panes:
            await asyncio.sleep(AFTER_THE_FRAME)
        around = [self.listed.cursor + step for step in (0, 1, -1, 2)]
        wanted = [key for index in around if (key := self.row_key(index)) is not None]
        missing = tuple(key for key in dict.fromkeys(wanted) if key not in self.panes)
        for batch in (missing[:1], missing[1:]):
            if batch:
                version = desk.version
                panes = await asyncio.to_thread(self.read_panes, desk, batch)
                if desk.version != version:
                    return  # what was read may be old already; whoever changed it has the panes fetched again
                self.panes |= panes
                self._show_pane()
        if len(self.panes) > 4 * FAR:
            self.panes = {key: self.panes[key] for key in wanted if key in self.panes}
            self._laid.clear()
        self._prepare([key for key in wanted if key in self.panes])
        await asyncio.sleep(AT_REST)
        if self.current_id is not None:
            await self.program.expect_profile(self.current_id)

    @property
    def _side(self) -> Page | None:
        """The third column, where the screen has one."""
        return None if self.ONE_PANE else self.query_one("#side", Page)

    def _prepare(self, keys: Iterable[int]) -> None:
        """Lay out and draw the panes that may come next, while no key waits for it."""
        for key in keys:
            lines, beside = self._laid_out(key)
            self.query_one("#pane", Page).prepare(lines)
            if self._side is not None:
                self._side.prepare(beside or ())

    def _show_pane(self) -> None:
        """Show what is under the cursor, if it has been fetched; until then what is there stays."""
        key, desk = self.current_key, self.desk
        page, side = self.query_one("#pane", Page), self._side
        if desk is None or key is None:
            if desk is not None and not self.listed.rows:
                self.pane_of = None
                for each in (page, side):
                    if each is not None:
                        each.border_title = each.border_subtitle = None
                        each.show(())
            return
        shown = self.panes.get(key)
        if shown is None or self.pane_of == key:
            return
        self.pane_of = key
        title, subtitle = self.pane_titles(shown)
        page.entitle(text.content(title), text.content(subtitle))
        lines, beside = self._laid_out(key)
        page.show(lines)
        if beside is not None and side is not None:
            side.border_title = text.content("What she did")
            side.show(beside)

    def _laid_out(self, key: int) -> tuple[list[Line], list[Line] | None]:
        """The lines of a pane, and those of the third column where there is room for it."""
        desk, page, side, pane = self.desk, self.query_one("#pane", Page), self._side, self.panes[key]
        assert desk is not None
        beside = side.room if side is not None and side.display and self.has_class("-broad") else None
        kept = self._laid.get(key)
        minute = desk.now().replace(second=0, microsecond=0)
        told_by = (pane, minute, desk.zone, page.room, beside, self.program.symbols.mark)
        if kept is not None and kept[0] == told_by:
            return kept[1]
        laid_out = self.pane_lines(pane, page.room, beside)
        self._laid[key] = told_by, laid_out
        return laid_out

    def forget_panes_of(self, keys: Iterable[int]) -> None:
        """These have changed, and no others: what was fetched ahead of those still holds."""
        for key in keys:
            self.panes.pop(key, None)
        if self.desk is not None:
            self.panes_version = self.desk.version
        self.pane_of = None

    def forget_panes(self) -> None:
        """The desk has changed: what was fetched ahead is old."""
        self.panes_version = -1

    # ------------------------------------------------------- filter, sort, marks

    def action_clear(self) -> None:
        """Clear the filter; if there is none, the marks."""
        if self.query_one(FilterLine).has_class("-open"):
            super().action_clear()
        elif self.listed.marks:
            self.listed.set_marks(())
            self.title_list()

    def action_sort(self) -> None:
        """Sort by the next order."""
        names = [name for name, _ in self.SORTS]
        self.sort = names[(names.index(self.sort) + 1) % len(names)]
        self.refilter()

    def action_mark(self) -> None:
        self.listed.toggle_mark()
        self.title_list()

    def action_mark_all(self) -> None:
        """Mark all that are shown, or none if they are."""
        keys = {key for index in range(len(self.listed.rows)) if (key := self.row_key(index)) is not None}
        self.listed.set_marks(() if keys <= self.listed.marks else keys)
        self.title_list()

    async def action_open_row(self) -> None:
        """Open what is under the cursor."""
        await self.action_profile()

    async def action_profile(self) -> None:
        """Open everything known about her."""
        if self.current_id is not None and self.desk is not None:
            await self.program.open_profile(self.current_id)
