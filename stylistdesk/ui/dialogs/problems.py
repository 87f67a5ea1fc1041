"""What is wrong in the settings: told once, when the desk opens; everything wrong is at its default."""

from collections.abc import Sequence

from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap


class Problems(PageDialog[None]):
    """Each wrong value, and what holds instead."""

    page_title = "In your settings"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__()
        self.problems = problems

    def lines(self, width: int) -> Sequence[Line]:
        mends = f"{self.program.keymap_of_desk.shown('settings')} shows the settings."
        said = f"These values are not understood; all others hold. {mends}"
        page: list[Line] = [*((Piece(part, "quiet"),) for part in wrap(said, width)), BLANK]
        for problem in self.problems:
            first, *more = wrap(problem, width - 2) or [""]
            page += [(Piece("· ", "label"), Piece(first)), *((Piece("  "), Piece(line)) for line in more)]
        return page
