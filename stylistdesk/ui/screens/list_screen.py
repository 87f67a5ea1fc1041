"""A list of clients on the left and the client under the cursor on the right: what the list screens share."""

import asyncio
from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from stylistdesk.ui import asking, text, words
from stylistdesk.ui.jobs import start
from stylistdesk.ui.lines import Line
from stylistdesk.ui.screens.base import LIST_KEYS, FilterLine
from stylistdesk.ui.screens.queue_lines import PaneLines
from stylistdesk.ui.triage import Triage
from stylistdesk.ui.widgets.drawn import Page
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.queries.daily_tasks import ClientPane

FAR = 8
"""Panes are kept for so many rows around the cursor."""
AFTER_THE_FRAME = 0.03
"""Seconds to wait before neighbours are fetched: what the key shows is painted and written first."""

AT_REST = 0.15
"""Seconds after which the cursor rests on a client: she may be opened next."""


class ListScreen(Triage):
    """The list has the focus; the pane follows the cursor, fetched ahead so that it does not lag behind."""

    BINDINGS: ClassVar[list[Binding]] = LIST_KEYS  # type: ignore[assignment]
    AUTO_FOCUS = "#list"
    SORTS: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        self.panes: dict[int, ClientPane] = {}
        self.panes_version = -1
        self.pane_of: int | None = None
        self._laid: dict[int, tuple[object, tuple[list[Line], list[Line] | None]]] = {}
        self.sort = self.SORTS[0][0]
        self.filter = ""

    # ------------------------------------------------------------------ frame

    def above(self) -> Iterable[Widget]:
        yield FilterLine()

    @abstractmethod
    def make_list(self) -> RecordList[Any]:
        """The list of this screen."""

    @abstractmethod
    def client_id_at(self, index: int) -> int | None:
        """The client of a row, if the row is here."""

    def body(self) -> Iterable[Widget]:
        listed = self.make_list()
        listed.follow = self._show_pane
        yield listed
        yield Page(id="pane")
        yield Page(id="side")

    @property
    def listed(self) -> RecordList[Any]:
        """The list."""
        return self.query_one("#list", RecordList)

    def title_list(self) -> None:
        """Say on the list's edge how it is sorted and filtered, and how many are marked."""
        parts = [dict(self.SORTS)[self.sort]]
        if self.filter:
            parts.append(f"with “{self.filter}”")
        if self.listed.marks:
            parts.append(f"{len(self.listed.marks)} marked")
        self.listed.entitle(text.content(f" {self.program.symbols.dot} ".join(parts)))

    # -------------------------------------------------------------- the pane

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
        await self.action_profile()

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
        if self.current_id in self.panes:
            await asyncio.sleep(AFTER_THE_FRAME)
        around = [self.listed.cursor + step for step in (0, 1, -1, 2)]
        wanted = [client for index in around if (client := self.client_id_at(index)) is not None]
        missing = tuple(client for client in dict.fromkeys(wanted) if client not in self.panes)
        for batch in (missing[:1], missing[1:]):
            if batch:
                version = desk.version
                panes = await asyncio.to_thread(asking.read_panes, desk, batch)
                if desk.version != version:
                    return  # what was read may be old already; whoever changed it has the panes fetched again
                self.panes |= panes
                self._show_pane()
        if len(self.panes) > 4 * FAR:
            self.panes = {client: self.panes[client] for client in wanted if client in self.panes}
            self._laid.clear()
        self._prepare([self.panes[client] for client in wanted if client in self.panes])
        await asyncio.sleep(AT_REST)
        if self.current_id is not None:
            await self.program.expect_profile(self.current_id)

    def _prepare(self, panes: "Iterable[ClientPane]") -> None:
        """Lay out and draw the panes that may come next, while no key waits for it."""
        for pane in panes:
            lines, beside = self._laid_out(pane)
            self.query_one("#pane", Page).prepare(lines)
            self.query_one("#side", Page).prepare(beside or ())

    def _show_pane(self) -> None:
        """Show the client under the cursor, if she has been fetched; until then what is there stays."""
        client_id, desk = self.current_id, self.desk
        pane, side = self.query_one("#pane", Page), self.query_one("#side", Page)
        if desk is None or client_id is None:
            if desk is not None and not self.listed.rows:
                self.pane_of = None
                pane.border_title = pane.border_subtitle = side.border_title = None
                pane.show(())
                side.show(())
            return
        shown = self.panes.get(client_id)
        if shown is None or self.pane_of == client_id:
            return
        self.pane_of = client_id
        pane.entitle(
            text.content(f"{shown.name}  {words.power(shown.spending_power)}"), text.content(shown.cadence_label)
        )
        lines, beside = self._laid_out(shown)
        pane.show(lines)
        if beside is not None:
            side.border_title = text.content("What she did")
            side.show(beside)

    def _laid_out(self, pane: "ClientPane") -> tuple[list[Line], list[Line] | None]:
        """The lines of a client's pane, and those of the second one where there is room for it."""
        desk, page, side = self.desk, self.query_one("#pane", Page), self.query_one("#side", Page)
        assert desk is not None
        now = desk.now()
        beside = side.room if side.display and self.has_class("-broad") else None
        kept = self._laid.get(pane.client_id)
        told_by = (pane, now.replace(second=0, microsecond=0), desk.zone, page.room, beside)
        if kept is not None and kept[0] == told_by:
            return kept[1]
        lines = PaneLines(pane, now, desk.zone, self.program.symbols, page.room)
        first = lines.all() if beside is None else lines.without_signals()
        lines.width = beside or page.room
        laid_out = first, None if beside is None else lines.signals()
        self._laid[pane.client_id] = told_by, laid_out
        return laid_out

    def forget_panes_of(self, client_ids: Iterable[int]) -> None:
        """These clients have changed, and nobody else: what was fetched ahead of the others still holds."""
        for client_id in client_ids:
            self.panes.pop(client_id, None)
        if self.desk is not None:
            self.panes_version = self.desk.version
        self.pane_of = None

    def forget_panes(self) -> None:
        """The desk has changed: what was fetched ahead is old."""
        self.panes_version = -1

    # ------------------------------------------------------- filter, sort, marks

    def action_filter(self) -> None:
        """Type words; the list shows the rows that have them."""
        line = self.query_one(FilterLine)
        line.add_class("-open")
        line.focus()

    def action_to_list(self) -> None:
        """From the filter back to the list; an empty filter goes away."""
        if not self.filter:
            self.query_one(FilterLine).remove_class("-open")
        self.listed.focus()

    def action_clear(self) -> None:
        """Clear the filter; if there is none, the marks."""
        line = self.query_one(FilterLine)
        if line.has_class("-open"):
            line.value = ""
            line.remove_class("-open")
            self.listed.focus()
        elif self.listed.marks:
            self.listed.set_marks(())
            self.title_list()

    @on(Input.Changed, "#filter")
    def _filter(self, event: Input.Changed) -> None:
        if text.clean(event.value).strip() != self.filter:
            self.filter = text.clean(event.value).strip()
            self.refilter()

    @abstractmethod
    def refilter(self) -> None:
        """Show what the filter lets through, in the order that is wanted."""

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
        keys = {client for index in range(len(self.listed.rows)) if (client := self.client_id_at(index)) is not None}
        self.listed.set_marks(() if keys <= self.listed.marks else keys)
        self.title_list()

    async def action_profile(self) -> None:
        """Open everything known about her."""
        if self.current_id is not None and self.desk is not None:
            await self.program.open_profile(self.current_id)

    async def merge_marked(self) -> None:
        """Merge the two that are marked; the one that was on the desk first stays."""
        from stylistdesk.ui.screens.duplicates import merge_two

        keep_id, gone_id = sorted(self.listed.marks)
        outcome = await merge_two(self.program, keep_id, gone_id)
        if outcome is not None:
            self.listed.set_marks(())
            await self.changed((keep_id, gone_id), back_to=(keep_id,))
            self.program.tell_done(outcome)
