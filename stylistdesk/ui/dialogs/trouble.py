"""The desk could not be opened: what happened and what to do, and nothing else to press but q."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding

from stylistdesk.domain.errors import Refused
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap


class Trouble(PageDialog[None]):
    """Why there is no desk."""

    BINDINGS: ClassVar[list[Binding]] = [Binding("q,escape,enter", "app.quit", show=False)]
    page_title = "The desk cannot be opened"

    def __init__(self, no: Refused) -> None:
        super().__init__()
        self.no = no

    def lines(self, width: int) -> Sequence[Line]:
        return [
            *((Piece(words, "strong"),) for words in wrap(self.no.reason, width)),
            *((Piece(words),) for words in (wrap(self.no.hint, width) if self.no.hint else ())),
            BLANK,
            (Piece("q", "key"), Piece(" Quit", "quiet")),
        ]
