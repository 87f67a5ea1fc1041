"""Asking for the key file of an encrypted backup."""

from pathlib import Path
from typing import TYPE_CHECKING

from stylistdesk.paths import downloads

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk


async def ask_key(program: "StylistDesk") -> Path | None:
    """Her key file, or `None` where she chose none."""
    from stylistdesk.ui.dialogs.choose_file import ChooseFile

    asked = ChooseFile("Your key file: this backup is encrypted", "Take it", downloads(), {"All files": lambda _: True})
    key: Path | None = await program.push_screen_wait(asked)
    return key
