"""Sends what waits while the desk is open (R44): one email at a time, in a thread of its own."""

import asyncio
import threading
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from stylistdesk.domain.sending import LEFT_OUT_AFTER
from stylistdesk.domain.types import DeliveryState
from stylistdesk.ui.jobs import start
from stylistdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.exchange.outbox import Outbox, Told
    from stylistdesk.queries.outbox import OutboxState
    from stylistdesk.ui.app import StylistDesk


class Sending:
    """What is to be sent, and what could not be: looked at each second, asked for only when something has changed."""

    def __init__(self, program: "StylistDesk") -> None:
        self.program = program
        self.state: OutboxState | None = None
        self._seen: tuple[Desk, int] | None = None
        self._recovered: Desk | None = None
        self._not_before: datetime | None = None
        self._outbox: Outbox | None = None
        self._busy = False

    def look(self) -> None:
        """Send what is due, beside the event loop; nothing where another window owns the desk."""
        desk = self.program.desk
        if desk is None or self._busy or desk.read_only is not None:
            return
        due = self.state.next_at if self.state is not None else None
        if self._seen == (desk, desk.version) and (due is None or due > desk.now() or not self._may_try(desk)):
            return
        self._busy = True
        start(self.program, partial(self._look, desk), "sending email", group="sending")

    def set_up(self) -> None:
        """The account has changed: what waited for that is tried."""
        self._not_before = None

    @property
    def prompt(self) -> str:
        """What could not be sent and was not seen yet, in words; empty if there is nothing such."""
        state = self.state
        if state is None or not state.failed:
            return ""
        more = f", and {state.failed - 1} more" if state.failed > 1 else ""
        return f"Not sent: the email to {state.last_failed}{more}"

    @property
    def farewell(self) -> str:
        """What still waits as the program ends, in a sentence; empty if nothing does."""
        waiting = self.state.waiting if self.state is not None else 0
        if not waiting or self.program.desk is None or self.program.desk.read_only is not None:
            return ""
        what = "An email waits" if waiting == 1 else f"{waiting} emails wait"
        return f"{what} to be sent: open the desk again, or run `stylistdesk send`."

    def stop(self) -> None:
        """Break off, before the desk is closed; in a thread, as it waits for what is just being kept."""
        if self._outbox is not None:
            self._outbox.stop()

    def _may_try(self, desk: "Desk") -> bool:
        is_held = self._not_before is not None and desk.now() < self._not_before
        return desk.settings.sending.is_set_up and not is_held

    # ---------------------------------------------------------------- in its turn

    async def _look(self, desk: "Desk") -> None:
        try:
            if self._recovered is not desk:
                await self._recover(desk)
            await self.ask_again(desk)
            due = self.state.next_at if self.state is not None else None
            if due is not None and due <= desk.now() and self._may_try(desk):
                await self._send(desk)
                await self.ask_again(desk)
        finally:
            self._busy = False

    async def ask_again(self, desk: "Desk") -> None:
        """Ask what waits and what failed, and show it."""
        from stylistdesk.queries.outbox import outbox_state

        self._seen = desk, desk.version
        before, self.state = self.state, await asyncio.to_thread(desk.ask, outbox_state)
        if before != self.state:
            self.program.show_frame()

    async def _recover(self, desk: "Desk") -> None:
        def look() -> int:
            from stylistdesk.exchange.outbox import recover

            return recover(desk)

        cut_off = await asyncio.to_thread(look)
        self._recovered = desk
        if cut_off:
            what = "An email was" if cut_off == 1 else f"{cut_off} emails were"
            self.program.tell(f"{what} being sent when the desk was closed.", after="It is sent again.")

    async def _send(self, desk: "Desk") -> None:
        """Send in a thread that ends with the program, whatever the server does."""
        from stylistdesk.exchange.outbox import Outbox

        loop, done = asyncio.get_running_loop(), asyncio.Event()
        failure: list[BaseException] = []

        def tell(told: "Told") -> None:
            with suppress(RuntimeError):  # the program ends
                loop.call_soon_threadsafe(self._tell, desk, told)

        outbox = self._outbox = Outbox(desk, tell)

        def run() -> None:
            try:
                outbox.run()
            except BaseException as error:  # noqa: BLE001 - told where the job was started
                failure.append(error)
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(done.set)

        threading.Thread(target=run, name="sending email", daemon=True).start()
        await done.wait()
        self._outbox = None
        self._not_before = desk.now() + LEFT_OUT_AFTER if outbox.server_away or failure else None
        if failure:
            raise failure[0]

    def _tell(self, desk: "Desk", told: "Told") -> None:
        """Say what could not be sent, and show how far it has come where that is in sight."""
        program = self.program
        if program.desk is not desk:
            return
        if told.outcome is not None:
            program.counts.count_again(told.outcome.client_ids)
            undo = f"{program.keymap_of_desk.shown('undo')} undoes that."
            words = f"Not sent to {told.client}: no such mailbox. Marked Bounced."
            program.tell(words, bad=True, undo=undo)
        elif told.state is not DeliveryState.SENT:
            waits = "It is tried again." if told.state is DeliveryState.WAITING else ""
            program.tell(f"Not sent to {told.client}: {told.said}", bad=True, after=waits)
        screen = program.screen
        shows = getattr(screen, "client_id", None) == told.client_id or getattr(screen, "shows_outbox", False)
        if isinstance(screen, DeskScreen) and shows:
            start(screen, partial(screen.changed, (told.client_id,)), "sent", group="sent")
