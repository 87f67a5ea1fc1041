"""A page whose keys begin jobs that take a while: one at a time, with progress, and escape stops it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from textual.widget import Widget

from stylistdesk.domain.errors import Refused, Stopped
from stylistdesk.ui.jobs import start
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.widgets.progress import Progress


class LongJobsPage(EntriesPage):
    """What a job does is shown in the quiet line above the page."""

    def __init__(self) -> None:
        super().__init__()
        self.stop = threading.Event()
        self.busy = False

    def above(self) -> Iterable[Widget]:
        yield Progress()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(0.1, self._tick)

    def _tick(self) -> None:
        if self.busy:
            self.query_one(Progress).refresh()

    def begin(self, job: Callable[[], Any], name: str) -> None:
        """Begin a job in a worker, unless one is running."""
        if self.busy:
            self.tell(f"{self.query_one(Progress).what} …", after="esc stops it.")
        elif self.desk is not None:
            start(self.program, job, name, group="safe")

    def progress(self, what: str, done: int, total: int) -> None:
        """Is told by the thread that works how far it is. Raises `Stopped` once she has stopped it."""
        if self.stop.is_set():
            raise Stopped("It was stopped; nothing is kept of it.")
        for line in self.query(Progress) if self.is_attached else ():
            line.what, line.done, line.total = what, done, total  # plain values, drawn by `_tick`

    async def work(self, what: str, job: Callable[[], Any]) -> Any:
        """Do a long job in a thread, with its progress shown. Raises what the job raises."""
        line = self.query_one(Progress)
        line.what, line.done, line.total, line.since = what, 0, 0, time.monotonic()
        self.stop.clear()
        self.busy = True
        try:
            return await asyncio.to_thread(job)
        except Refused as no:
            self.went_badly(no)
            raise
        finally:
            self.busy, line.what = False, ""
            line.refresh()

    def went_badly(self, no: Refused) -> None:
        """A job was refused, which is said."""

    def action_back(self) -> None:
        """Stop a long job; otherwise go back."""
        if self.busy:
            self.stop.set()
        else:
            self.dismiss(None)
