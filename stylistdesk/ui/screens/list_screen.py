"""A list of clients on the left and the client under the cursor on the right: what the lists of clients share."""

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from stylistdesk.ui import asking, words
from stylistdesk.ui.lines import Line
from stylistdesk.ui.screens.base import LIST_KEYS
from stylistdesk.ui.screens.pane_screen import PaneScreen
from stylistdesk.ui.screens.queue_lines import PaneLines
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.daily_tasks import ClientPane


class ClientPanes(PaneScreen["ClientPane"]):
    """Each row is a client; the pane is what Daily Tasks tells of her."""

    ONE_PANE: ClassVar[bool] = False

    def row_key(self, index: int) -> int | None:
        return self.client_id_at(index)

    def read_panes(self, desk: "Desk", keys: tuple[int, ...]) -> "dict[int, ClientPane]":
        return asking.read_panes(desk, keys)

    def pane_titles(self, pane: "ClientPane") -> tuple[str, str]:
        return f"{pane.name}  {words.power(pane.spending_power)}", pane.cadence_label

    async def to_copy(self) -> str:
        """The client under the cursor: her name, and how and where she is reached."""
        if self.desk is None or self.current_id is None or isinstance(self.focused, Page):
            return ""
        return await asyncio.to_thread(asking.read_address, self.desk, self.current_id)

    def pane_lines(self, pane: "ClientPane", width: int, beside: int | None) -> tuple[list[Line], list[Line] | None]:
        desk = self.desk
        assert desk is not None
        lines = PaneLines(pane, desk.now(), desk.zone, self.program.symbols, width)
        if beside is None:
            return lines.all(), None
        return lines.without_signals(), PaneLines(pane, desk.now(), desk.zone, self.program.symbols, beside).signals()


class ListScreen(ClientPanes):
    """With all keys of triage."""

    BINDINGS: ClassVar[list[Binding]] = LIST_KEYS  # type: ignore[assignment]

    async def merge_marked(self) -> None:
        """Merge the two that are marked; the one that was on the desk first stays."""
        from stylistdesk.ui.screens.duplicates import merge_two

        keep_id, gone_id = sorted(self.listed.marks)
        outcome = await merge_two(self.program, keep_id, gone_id)
        if outcome is not None:
            self.listed.set_marks(())
            await self.changed((keep_id, gone_id), back_to=(keep_id,))
            self.program.tell_done(outcome)
