"""Press the key that an action is to have."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from stylistdesk.domain.errors import Refused
from stylistdesk.ui import text
from stylistdesk.ui.dialogs.field import Words
from stylistdesk.ui.keymap import format_shown
from stylistdesk.ui.lines import Piece, wrap

WIDTH = 52


class PressKey(ModalScreen[str | None]):
    """The next key is the answer, if `check` takes it; what it refuses is said, and another can be pressed."""

    BINDINGS: ClassVar[list[Binding]] = []  # type: ignore[assignment]
    LINES = 4

    def __init__(self, title: str, words: str, check: Callable[[str], None]) -> None:
        super().__init__()
        self.key_title, self.words, self.check = title, words, check

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="-small") as dialog:
            dialog.border_title = text.content(self.key_title)
            dialog.border_subtitle = text.content("esc Back")
            for words in wrap(self.words, WIDTH):
                yield Words((Piece(words),))
            yield Words(())
            for _ in range(self.LINES):
                yield Words((), classes="-said")

    def _say(self, said: str, look: str) -> None:
        lines = [*wrap(said, WIDTH), *[""] * self.LINES]
        for widget, words in zip(self.query(".-said").results(Words), lines, strict=False):
            widget.words = (Piece(words, look),)
            widget.refresh()

    def on_mount(self) -> None:
        self._say("Press the key now.", "strong")

    def on_key(self, event: events.Key) -> None:
        """Take it, whatever it does elsewhere."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
            return
        try:
            self.check(event.key)
        except Refused as no:
            self._say(f"{no} Press another key.", "late")
            return
        self._say(format_shown(event.key), "good")
        self.dismiss(event.key)
