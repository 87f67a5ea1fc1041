"""Another machine has the desk, or its file is not the one that was here last: what that means, and what to do."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from stylistdesk.domain.errors import Refused
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.fixed_keys import FixedKey
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap

if TYPE_CHECKING:
    from stylistdesk.domain.machines import Said
    from stylistdesk.ui.app import StylistDesk


class HeldDialog(PageDialog[bool]):
    """`t` takes it over; escape looks only."""

    PLACE: ClassVar[str] = "Two machines"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (FixedKey("t", "Take over", "Write here, where that can be done"),)
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("t", "take", show=False),
        Binding("escape,enter,q", "back", show=False),
    ]
    page_title = "Two machines, one desk"

    def __init__(self, said: "Said") -> None:
        super().__init__()
        self.said = said

    def lines(self, width: int) -> Sequence[Line]:
        page: list[Line] = [(Piece(words, "strong"),) for words in wrap(self.said.reason, width)]
        page += [(Piece(words),) for words in wrap(self.said.hint, width)]
        if self.said.taking_over:
            page += [BLANK, (Piece("t", "key"), Piece("    Take over: write here", "strong"))]
            page += [(Piece("     "), Piece(words, "quiet")) for words in wrap(self.said.taking_over, width - 5)]
        page += [BLANK, (Piece("esc", "key"), Piece("  Look only; nothing is written here", "quiet"))]
        return page

    def action_take(self) -> None:
        if self.said.taking_over:
            self.dismiss(True)


async def ask_to_take_over(program: "StylistDesk") -> None:
    """Say why the desk can only be read for now; write here if she says so."""
    desk = program.desk
    said = desk.said_held if desk is not None else None
    if desk is None or said is None or isinstance(program.screen, HeldDialog):
        return
    if not await program.push_screen_wait(HeldDialog(said)):
        return
    try:
        taken = await asyncio.to_thread(desk.hold_no_more, take_over=True)
    except Refused as no:
        program.tell(str(no), bad=True)
        return
    if taken:
        program.written_here("You write here from now on.")
