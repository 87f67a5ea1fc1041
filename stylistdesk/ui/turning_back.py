"""Undo and redo from everywhere: what was taken back is said, and after an erasing it is asked first."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from stylistdesk.domain.errors import Refused
from stylistdesk.ui.jobs import start
from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.watching import Watching

if TYPE_CHECKING:
    from stylistdesk.commands.base import Outcome
    from stylistdesk.ui.app import StylistDesk


class TurningBack(Watching):
    """The part of the program that takes back the last change, and does it again."""

    async def action_undo(self) -> None:
        desk = self.desk
        earlier = await asyncio.to_thread(desk.before_erasing) if desk is not None else ""
        before = await asyncio.to_thread(desk.before_sent) if desk is not None and not self._has_own_undo else None
        if before is not None:
            start(self, lambda: self._ask_after_sending(*before), "undo", group="dialog")
        elif earlier:
            start(self, lambda: self._ask_after_erasing(earlier), "undo", group="dialog")
        else:
            await self._turn_back("undo", "Took back", "redo", "does it again")

    @property
    def _has_own_undo(self) -> bool:
        """Whether undo is about something else where she is: the settings, or a desk that is only looked at."""
        return any(hasattr(self.screen, own) for own in ("action_only_read", "turn_back"))

    async def action_redo(self) -> None:
        await self._turn_back("redo", "Did again", "undo", "undoes it")

    async def _ask_after_erasing(self, earlier: str) -> None:
        """Whoever presses the key right after it means the erasing, which stays."""
        from stylistdesk.ui.dialogs.confirm import Confirm

        words = f"The erasing stays: it cannot be undone. This takes back what you did before it: {earlier}."
        if await self.push_screen_wait(Confirm("Take back an earlier step?", words, "Take it back")):
            await self._turn_back("undo", "Took back", "redo", "does it again")

    async def _ask_after_sending(self, command_id: int, earlier: str, stays: str) -> None:
        """What has gone out stays; it is no wall before all that was done earlier."""
        from stylistdesk.ui.dialogs.confirm import Confirm

        words = f"{stays} This takes back what you did before it: {earlier}."
        if self.desk is not None and await self.push_screen_wait(
            Confirm("Take back an earlier step?", words, "Take it back")
        ):
            await self._turn_back("undo", "Took back", "redo", "does it again", partial(self.desk.undo, command_id))

    async def _turn_back(
        self, way: str, said: str, other: str, hint: str, turn: "Callable[[], Outcome] | None" = None
    ) -> None:
        program = cast("StylistDesk", self)
        if self.desk is None:
            return
        if (only_read := getattr(self.screen, "action_only_read", None)) is not None:
            only_read()
            return
        if (own := getattr(self.screen, "turn_back", None)) is not None:
            await own(way)
            return
        try:
            outcome = await asyncio.to_thread(turn or (self.desk.undo if way == "undo" else self.desk.redo))
        except Refused as no:
            program.tell(str(no), bad=True)
            return
        program.counts.count_again(outcome.client_ids or None)
        screen = self.screen
        if isinstance(screen, DeskScreen):
            await screen.changed(outcome.client_ids, back_to=outcome.client_ids)
        program.tell(f"{said}: {outcome.label}.", undo=f"{program.keymap_of_desk.shown(other)} {hint}.")
