"""What waits behind each tab, kept right after each key and as time passes."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.dates import LocalNow
from stylistdesk.ui import asking
from stylistdesk.ui.jobs import start
from stylistdesk.ui.screens.held_queue import HeldQueue
from stylistdesk.ui.widgets.frame import Tab

if TYPE_CHECKING:
    from stylistdesk.queries.assignments import ToStart
    from stylistdesk.queries.waiting import Waiting
    from stylistdesk.ui.app import StylistDesk

MANY = 50
"""Beyond so many changed clients the whole queue is asked for again."""
AFTER_THE_FRAME = 0.03
"""Seconds to wait: what the key shows is painted first."""


class Counts:
    """The numbers in the bar of tabs, and the queue that one of them is the length of."""

    def __init__(self, program: "StylistDesk") -> None:
        self.program = program
        self.held = HeldQueue()
        self.version = -1  # the desk's, when it was last counted
        self.waiting: Waiting | None = None
        self.to_start: tuple[ToStart, ...] = ()

    def tabs(self) -> tuple[Tab, ...]:
        """The tabs with what waits in them."""
        waits = self.waiting
        return (
            Tab("sweep", "Sweep"),
            Tab("appointments", "Appointments", waits.appointments if waits else 0, "Appts"),
            Tab("daily_tasks", "Daily Tasks", len(self.held), "Tasks"),
            Tab("follow_ups", "Follow-ups", waits.follow_ups if waits else 0, "Follow"),
            Tab("calendar", "Calendar", 0, "Cal"),
            Tab("metrics", "Metrics", 0, "Metr"),
            Tab("csat", "CSAT", waits.csat if waits else 0),
            Tab("all_clients", "All clients", 0, "All", beside=True),
            Tab("back_office", "Back office", waits.back_office if waits else 0, "Office", beside=True),
        )

    @property
    def prompt(self) -> str:
        """What begins now and is not In Progress yet, in words (R12); empty if nothing does."""
        desk = self.program.desk
        if not self.to_start or desk is None:
            return ""
        first = self.to_start[0]
        hour = LocalNow(desk.now(), desk.zone).hour(first.at)
        more = f"; {len(self.to_start) - 1} more after it" if len(self.to_start) > 1 else ""
        return f"Begin: {first.name}’s consultation of {hour} is not In Progress{more}"

    def count_again(self, client_ids: tuple[int, ...] | None = None) -> None:
        """These clients have changed, or anybody if `None`: count anew, after the frame of the key."""
        if self.program.desk is not None:
            self.version = self.program.desk.version
        start(self.program, lambda: self._count(client_ids), "counts", group="counts", exclusive=client_ids is None)

    def follow(self) -> None:
        """Count anew if the desk has changed and nobody said whom it was about: an import, another window."""
        if self.program.desk is not None and self.version != self.program.desk.version:
            self.count_again()

    async def _count(self, client_ids: tuple[int, ...] | None) -> None:
        await asyncio.sleep(AFTER_THE_FRAME)
        desk = self.program.desk
        if desk is None:
            return
        self.waiting, self.to_start = await asyncio.to_thread(asking.read_waiting, desk)
        if self.program.current_mode != "daily_tasks" or len(self.program.screen_stack) > 1:
            # Daily Tasks itself keeps what it shows right.
            if client_ids is None or len(client_ids) > MANY:
                queue = await asyncio.to_thread(asking.read_queue, desk)
                self.held.fill(queue.rows)
            elif client_ids:
                rows, _ = await asyncio.to_thread(asking.read_rows, desk, tuple(dict.fromkeys(client_ids)))
                for client_id, row in rows.items():
                    self.held.put(client_id, row)
        self.program.show_frame()
