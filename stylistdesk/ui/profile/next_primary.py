"""Which one is primary when the primary one is removed (R23): asked only where there is a choice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stylistdesk.ui.dialogs.picker import Picker

if TYPE_CHECKING:
    from stylistdesk.ui.profile.screen import Profile


async def ask_next(profile: "Profile", is_primary: bool, others: Sequence[tuple[int, str]]) -> tuple[bool, int | None]:
    """Whether to go on, and the id of the one that is primary then, if there was anything to choose."""
    if not is_primary or len(others) < 2:
        return True, None
    choices = [(str(row_id), said) for row_id, said in others]
    picked = await profile.app.push_screen_wait(Picker("Which is primary then?", choices))
    return picked is not None, int(picked) if picked is not None else None
