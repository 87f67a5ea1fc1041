"""The client profile: everything known about one client on one page, with all keys of triage."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from stylistdesk.ui import asking, text, words
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.profile.sections import Sections
from stylistdesk.ui.screens.queue_lines import PaneLines
from stylistdesk.ui.triage import Triage
from stylistdesk.ui.widgets.drawn import Page
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.queries.clients import ClientPage
    from stylistdesk.queries.daily_tasks import ClientPane


class Profile(Triage):
    """One client."""

    PLACE: ClassVar[str] = "Client profile"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.CLIENT, Scope.PAGE)  # type: ignore[assignment]
    AUTO_FOCUS = "#profile"

    def __init__(self, client_id: int) -> None:
        super().__init__()
        self.client_id = client_id
        self.page: ClientPage | None = None
        self.pane: ClientPane | None = None

    def body(self) -> Iterable[Widget]:
        yield Page(id="profile")

    def reload(self) -> None:
        start(self, self._load, "profile", group="load", exclusive=True)

    async def _load(self) -> None:
        desk = self.desk
        if desk is None:
            return
        self.shown_version = desk.version
        self.page = await asyncio.to_thread(asking.read_client, desk, self.client_id)
        panes = await asyncio.to_thread(asking.read_panes, desk, (self.client_id,)) if self.page else {}
        self.pane = panes.get(self.client_id)
        self._show(keep_place=True)

    @on(Page.Resized)
    def _resized(self) -> None:
        self._show(keep_place=True)

    def _show(self, *, keep_place: bool) -> None:
        desk, shown = self.desk, self.query_one("#profile", Page)
        if desk is None or self.shown_version < 0:
            return
        if self.page is None:
            shown.border_title = None
            undo = self.program.keymap_of_desk.shown("undo")
            shown.show(
                [
                    BLANK,
                    (Piece("She is no longer on the desk.", "strong"),),
                    (Piece(f"{undo} brings her back.", "quiet"),),
                ]
            )
            self.query_one(SumUp).sum_up(BLANK)
            return
        shown.border_title = text.content(f"{self.page.name}  {words.power(self.page.spending_power)}")
        shown.border_subtitle = text.content(self.pane.cadence_label if self.pane else "")
        self.query_one(SumUp).sum_up(self._summary(self.page))
        now, symbols, room = desk.now(), self.program.symbols, min(shown.room, 110)
        lines: list[Line] = []
        if self.pane is not None:
            pane = PaneLines(self.pane, now, desk.zone, symbols, room)
            lines += [BLANK, *pane.next(), BLANK, *(pane.why() or []), BLANK, *pane.since()]
        lines += Sections(self.page, now, desk.zone, symbols, room).all()
        shown.show(lines, keep_place=keep_place)

    def _summary(self, page: "ClientPage") -> Line:
        assert self.desk is not None
        today = self.program.local_now().date()
        added = words.day(page.added_at.astimezone(self.desk.zone).date(), today)
        parts = [page.company, words.count(page.order_count, "order"), f"on the desk since {added}"]
        dot = f"  {self.program.symbols.dot}  "
        return (Piece(page.name, "strong"), Piece("   " + dot.join(part for part in parts if part), "quiet"))

    # ------------------------------------------------------------- what keys do

    async def subjects(self) -> list[Subject]:
        if self.pane is None:
            return []
        standing = self.pane.standing
        return [
            Subject(
                self.client_id, self.pane.name, self.pane.last_signal_id, standing.suggestions[0] if standing else None
            )
        ]

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load()

    async def acted(self, subjects: Sequence[Subject]) -> None:
        await self._load()

    def action_back(self) -> None:
        """Back to the list."""
        self.dismiss(None)
