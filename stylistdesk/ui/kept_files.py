"""Files that the desk keeps by their content: chosen, opened as a private copy, saved as a copy (R31, R40)."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from stylistdesk.paths import downloads
from stylistdesk.ui import text
from stylistdesk.ui.opening import may_open_file, open_file

if TYPE_CHECKING:
    from stylistdesk.ui.screens.base import DeskScreen


async def choose_a_file(screen: "DeskScreen", title: str, button: str) -> Path | None:
    """A file of hers that is to be kept."""
    from stylistdesk.ui.dialogs.choose_file import ChooseFile

    everything = {"All files": lambda _: True}
    dialog = ChooseFile(title, button, downloads(), everything, links=False)
    chosen: Path | None = await screen.app.push_screen_wait(dialog)
    return chosen


async def open_copy(screen: "DeskScreen", sha256: str, name: str, *, save: str) -> None:
    """Open a private copy; what could be run as a program is only saved, by the key of the action `save`."""
    desk = screen.desk
    if desk is None:
        return
    if not may_open_file(name):
        shown = screen.program.keymap_of_desk.shown(save)
        screen.tell("A file of this kind is not opened from here.", bad=True, after=f"{shown} saves a copy.")
        return

    def copy_and_open() -> bool:
        return open_file(desk.copy_to_open(sha256, name))

    if await asyncio.to_thread(copy_and_open):
        screen.tell(f"Opened a copy of {name}.")
    else:
        screen.tell(f"No program here opens {name}.", bad=True)


async def save_copy(screen: "DeskScreen", sha256: str, name: str) -> None:
    """Save a copy where the rep's downloads are."""
    desk = screen.desk
    if desk is not None:
        saved = await asyncio.to_thread(desk.save_copy, sha256, name, downloads())
        screen.tell(f"Saved {text.clean(str(saved))}.")
