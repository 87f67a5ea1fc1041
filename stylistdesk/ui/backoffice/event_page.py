"""The page of an event: its window, its link, what is to be done to close it, and its orders (R37)."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.host_events import ClosingStep
from stylistdesk.ui import text
from stylistdesk.ui.backoffice import event_jobs
from stylistdesk.ui.backoffice.event_lines import page_entries, stands
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Piece
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.widgets.entries import Entries
from stylistdesk.ui.widgets.frame import KeyFooter, SumUp

if TYPE_CHECKING:
    from stylistdesk.queries.host_events import EventPage, EventRow

WIDEST = 110


class HostEventPage(EntriesPage):
    """The steps of closing are ticked under the cursor; enter on an order opens its client."""

    PLACE = "Event"
    TAB: ClassVar[str] = "back_office"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.EVENT, Scope.PAGE)  # type: ignore[assignment]

    def __init__(self, event_id: int) -> None:
        super().__init__()
        self.event_id = event_id
        self.found: EventPage | None = None

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        desk = self.desk
        if desk is None:
            return
        version = desk.version
        found = await event_jobs.read_event(desk, self.event_id)
        self.shown_version = version
        if found is None:  # it was undone, or removed in another window
            self.dismiss(None)
            return
        self.found = found
        self._show()

    def _show(self) -> None:
        desk, found = self.desk, self.found
        if desk is None or found is None:
            return
        here = LocalNow(desk.now(), desk.zone)
        width = min(self._entries.room, WIDEST)
        self._entries.border_title = text.content(found.row.name)
        key = self.program.keymap_of_desk.shown("event_page_order")
        shown = page_entries(found, here, width, desk.currency, self.program.symbols, key)
        self._entries.show(shown, keep_place=True)
        self.query_one(KeyFooter).relabel({} if found.row.host else {"event_page_send": ""})
        self.query_one(SumUp).sum_up((Piece(f"{found.row.name}  ", "strong"), stands(found.row)))

    # -------------------------------------------------------------------- keys

    @on(Entries.Opened)
    async def action_open_entry(self) -> None:
        """The client of an order. A step is ticked by its own key, not by one that only looks elsewhere."""
        key = self._entries.current
        order = next((one for one in self.found.orders if key == ("order", one.id)), None) if self.found else None
        if order is not None:
            await self.program.open_profile(order.client_id, "Orders")
        elif key is not None and key[0] == "step":
            self.tell(f"{self.program.keymap_of_desk.shown('event_tick')} ticks this step, or takes the tick off.")

    async def action_tick(self) -> None:
        """The step under the cursor is done, or is not after all."""
        from stylistdesk.commands.host_events import TickStep

        key = self._entries.current
        if self.found is None or key is None or key[0] != "step":
            self.tell("There is nothing to tick here.", bad=True)
            return
        step = list(ClosingStep)[key[1]]
        await self.carry_out(TickStep(self.event_id, step, done=step not in self.found.row.done))

    def action_event(self, name: str) -> None:
        """What is done with an event wherever it is shown."""
        jobs: dict[str, Callable[[HostEventPage, EventRow], Coroutine[Any, Any, None]]] = {
            job.__name__: job
            for job in (
                event_jobs.edit_event,
                event_jobs.add_order,
                event_jobs.add_purchase_order,
                event_jobs.copy_link,
                event_jobs.open_shop,
                event_jobs.show_code,
                event_jobs.write_code,
                event_jobs.send_link,
                event_jobs.turn_cancelled,
                event_jobs.turn_closed,
            )
        }
        found = self.found
        if found is not None:
            start(self.program, lambda: jobs[name](self, found.row), "event", group="dialog")
