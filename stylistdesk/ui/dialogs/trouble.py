"""Why the desk cannot be opened; a backup can be put in the place of one that is damaged."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual.binding import Binding

from stylistdesk.clock import machine_zone
from stylistdesk.domain.errors import DeskDamaged, Refused
from stylistdesk.paths import desk_paths
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.key_file import ask_key
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.fixed_keys import FixedKey
from stylistdesk.ui.jobs import start
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.desk import Backup
    from stylistdesk.ui.app import StylistDesk


async def tell_trouble(program: "StylistDesk", no: Refused) -> None:
    """Say why there is no desk, and which backups there are if it is damaged or gone."""
    from stylistdesk.desk import Desk

    kept: Sequence[Backup] = ()
    if isinstance(no, DeskDamaged):
        kept = await asyncio.to_thread(Desk.whole_backups, desk_paths(program.data_dir))
    await program.push_screen(Trouble(no, kept))


class Trouble(PageDialog[None]):
    """Why there is no desk."""

    PLACE: ClassVar[str] = "Trouble"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("r", "Restore", "Put a backup in the place of a damaged desk"),
        FixedKey("q esc", "Quit", "Close the program"),
    )
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("r", "restore", show=False),
        Binding("q,escape,enter", "app.quit", show=False),
    ]
    page_title = "The desk cannot be opened"

    def __init__(self, no: Refused, kept: "Sequence[Backup]" = ()) -> None:
        super().__init__()
        self.no, self.kept = no, kept

    def lines(self, width: int) -> Sequence[Line]:
        quit_: Line = (Piece("q", "key"), Piece("  Quit", "quiet"))
        if not self.kept:
            return [*self._reason(width), *((Piece(said),) for said in wrap(self.no.hint, width)), BLANK, quit_, BLANK]
        restore = "r", f"  Restore a backup: the newest is of {self._said(self.kept[0])}"
        return [*self._reason(width), BLANK, (Piece(restore[0], "key"), Piece(restore[1])), quit_, BLANK]

    def on_mount(self) -> None:
        self.query_one(Page).border_subtitle = ""  # there is nothing to go back to

    def _reason(self, width: int) -> list[Line]:
        return [(Piece(said, "strong"),) for said in wrap(self.no.reason, width)]

    def _said(self, one: "Backup") -> str:
        return f"{self._when(one)}, {words.count(one.rows.get('client', 0), 'client')}"

    def _when(self, one: "Backup") -> str:
        return words.moment(one.made_at, self.program.clock.now(), ZoneInfo(machine_zone()))

    def action_restore(self) -> None:
        """Choose a backup and put it in the desk's place."""
        if self.kept:
            start(self.program, self._restore, "restoring", group="dialog")

    async def _restore(self) -> None:
        from stylistdesk.desk import Desk

        program = self.program
        choices = [(one.name, f"{self._said(one)}, {one.why}") for one in self.kept]
        name = await program.push_screen_wait(Picker("Restore which backup?", choices))
        chosen = next((one for one in self.kept if one.name == name), None)
        if chosen is None:
            return
        key = await ask_key(program) if chosen.is_encrypted else None
        if chosen.is_encrypted and key is None:
            return
        paths, clock = desk_paths(program.data_dir), program.clock
        try:
            await asyncio.to_thread(Desk.restore, paths, chosen.name, clock=clock, key=key)
        except Refused as no:
            self.no = no
            self.refresh(recompose=True)
            return
        self.dismiss()
        await program.open_desk()
        program.tell(f"The backup of {self._when(chosen)} is the desk now.", after="The damaged file is kept.")
