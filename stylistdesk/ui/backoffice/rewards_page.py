"""The ledger of an event's rewards (R38): its orders, what is left out, what they come to, and its host orders."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.ui import text
from stylistdesk.ui.backoffice import reward_jobs
from stylistdesk.ui.backoffice.host_rewards import say_has
from stylistdesk.ui.backoffice.reward_lines import ledger_entries
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Piece
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.widgets.entries import Entries
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.queries.host_rewards import EventLedger, EventRewards

WIDEST = 96


class RewardsPage(EntriesPage):
    """How each cent of an event's rewards came about."""

    PLACE = "Rewards of an event"
    TAB: ClassVar[str] = "back_office"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.REWARD_LEDGER, Scope.PAGE)  # type: ignore[assignment]

    def __init__(self, event_id: int) -> None:
        super().__init__()
        self.event_id = event_id
        self.known: EventLedger | None = None

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        from stylistdesk.queries.host_rewards import event_ledger

        desk = self.desk
        if desk is None:
            return
        self.shown_version = desk.version
        self.known = await asyncio.to_thread(desk.ask, event_ledger, self.event_id)
        if self.known is None:  # the event was removed, by an undo say
            self.action_back()
        else:
            self._show()

    def _show(self) -> None:
        known, desk = self.known, self.desk
        if known is None or desk is None:
            return
        event, today = known.event, desk.now().astimezone(desk.zone).date()
        width = min(self._entries.room, WIDEST)
        self._entries.border_title = text.content(f"Rewards of {event.name}")
        shown = ledger_entries(known, desk.currency, today, width, self.program.keymap_of_desk.shown)
        self._entries.show(shown, keep_place=True)
        has = say_has(event, desk.currency) or "no rewards"
        self.query_one(SumUp).sum_up((Piece(has, "strong"), Piece(f"  for {event.host or 'you'}", "quiet")))

    # -------------------------------------------------------------------- keys

    def _start(self, job: "Callable[[EventRewards], Any]") -> None:
        known = self.known
        if known is not None and self.desk is not None:
            start(self.program, lambda: job(known.event), "host order", group="dialog")

    def action_take(self) -> None:
        """Enter the host order, or change it."""
        self._start(lambda event: reward_jobs.take(self, event))

    def action_place(self) -> None:
        """Place it."""
        self._start(lambda event: reward_jobs.place(self, event))

    def action_cancel_order(self) -> None:
        """Cancel it."""
        self._start(lambda event: reward_jobs.cancel(self, event))

    def action_write(self) -> None:
        """Write the ledger as CSV."""
        known = self.known
        if known is not None:
            self._start(lambda _: reward_jobs.write_ledger(self, known))

    @on(Entries.Opened)
    async def action_open_entry(self) -> None:
        """The orders of the client whose order is under the cursor."""
        kind, key = self._entries.current or ("", 0)
        known = self.known
        if known is None:
            return
        orders = {order.order_id: order.client_id for order in known.account.orders}
        hosts = {row.id: row.client_id for row in known.host_orders}
        client_id = orders.get(key) if kind == "order" else hosts.get(key)
        if client_id is not None:
            await self.program.open_profile(client_id, "Orders")
