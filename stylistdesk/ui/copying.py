"""`ctrl+c`: what is under the cursor, as text, into the terminal's clipboard (OSC 52, which passes through tmux)."""

from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.widget import Widget

from stylistdesk.ui.lines import clip

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk

SAID = 40
"""Of what was copied, so many cells are said."""


async def copy_here(app: "StylistDesk") -> None:
    """Copy what the screen says of its cursor, or what has the focus, and say what it was."""
    copied = await to_copy(app.screen)
    if not copied:
        app.tell("There is nothing here to copy.", bad=True)
        return
    app.copy_to_clipboard(copied)
    first, *more = copied.split("\n")
    app.tell(f"Copied “{clip(first, SAID)}”" + (f" and {len(more)} more lines." if len(more) > 1 else "."))


async def to_copy(screen: Screen[Any]) -> str:
    """What is under the cursor, as text; nothing if there is nothing."""
    asked = getattr(screen, "to_copy", None)
    if asked is not None and (said := await asked()):
        return str(said)
    at_hand = [screen.focused] if screen.focused is not None else []
    return next((said for widget in (*at_hand, *screen.query(Widget)) if (said := _copied(widget))), "")


def _copied(widget: Widget) -> str:
    return str(getattr(widget, "copied", "") or "") if widget.display else ""
