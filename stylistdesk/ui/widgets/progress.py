"""How far a long job is; escape stops it."""

import time
from typing import TYPE_CHECKING, cast

from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.widgets.drawn import OneLine

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk


class Progress(OneLine):
    """One line with a bar; empty while nothing is being done."""

    def __init__(self) -> None:
        super().__init__()
        self.done, self.total, self.since = 0, 0, time.monotonic()
        self.what = ""

    def pieces(self, width: int) -> Line:
        if not self.what:
            return BLANK
        app = cast("StylistDesk", self.app)
        said = f" {done_words(time.monotonic() - self.since, self.done, self.total)}   esc stops it"
        room = max(5, width - len(self.what) - len(said) - 2)
        full = min(room, room * self.done // self.total) if self.total else 0
        bar = app.symbols.done * full
        return (
            Piece(f"{self.what} "),
            Piece(bar, "label"),
            Piece(app.symbols.undone * (room - full), "quiet"),
            Piece(said, "quiet"),
        )


def done_words(seconds: float, done: int, total: int) -> str:
    """How far a long job is, where that can be told, and for how long it has run."""
    percent = f"{100 * done // total:3} %  " if total else "    "
    return f"{percent}{words.count(round(seconds), 'second')}"
