"""A page of entries that opens over a tab: rates, tickets, calendars on servers, the commission ledger."""

from abc import abstractmethod
from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from stylistdesk.ui.jobs import start
from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.widgets.entries import Entries


class EntriesPage(DeskScreen):
    """It is read whole in a thread, and laid out again when its width changes; `escape` goes back to the tab."""

    AUTO_FOCUS = "#entries"
    GROUP = "load"  # of the worker that reads

    def body(self) -> Iterable[Widget]:
        yield Entries(id=self.AUTO_FOCUS.removeprefix("#"))

    @property
    def _entries(self) -> Entries:
        return self.query_one(self.AUTO_FOCUS, Entries)

    def reload(self) -> None:
        start(self, self._load, self.PLACE, group=self.GROUP, exclusive=True)

    @abstractmethod
    async def _load(self) -> None:
        """Read what is shown, then show it."""

    @abstractmethod
    def _show(self) -> None:
        """Lay out what was read, if it was."""

    @on(Entries.Resized)
    def _resized(self) -> None:
        self._show()

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load()

    def action_back(self) -> None:
        self.program.leave(self)
