"""Undo and redo from everywhere: what was taken back is said, and behind what stays it is asked first."""

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
    from stylistdesk.desk import Earlier
    from stylistdesk.ui.app import StylistDesk


class TurningBack(Watching):
    """The part of the program that takes back the last change, and does it again."""

    async def action_undo(self) -> None:
        # The settings, and a desk that is only looked at, have an undo of their own.
        has_own = any(hasattr(self.screen, own) for own in ("action_only_read", "turn_back"))
        earlier = (
            await asyncio.to_thread(self.desk.before_what_stays) if self.desk is not None and not has_own else None
        )
        if earlier is not None:
            start(self, partial(self._ask, earlier), "undo", group="dialog")
        else:
            await self._turn_back("undo", "Took back", "redo", "does it again")

    async def action_redo(self) -> None:
        await self._turn_back("redo", "Did again", "undo", "undoes it")

    async def _ask(self, earlier: "Earlier") -> None:
        """Whoever presses the key right after what stays may mean that; it is no wall before what was done earlier."""
        from stylistdesk.ui.dialogs.confirm import Confirm

        words = f"{earlier.stays} This takes back what you did before it: {earlier.label}."
        asked = Confirm("Take back an earlier step?", words, "Take it back")
        if self.desk is not None and await self.push_screen_wait(asked):
            await self._turn_back("undo", "Took back", "redo", "does it again", partial(self.desk.undo, earlier.id))

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
