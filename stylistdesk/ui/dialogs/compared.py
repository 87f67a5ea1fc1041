"""A copy beside the desk: what restoring it would change; and the help of the screen that lists them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.comparison import say_comparison
from stylistdesk.ui.dialogs.help import Help
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.guides import guide_lines
from stylistdesk.ui.lines import BLANK, Line, Piece, labelled, wrap

if TYPE_CHECKING:
    from stylistdesk.domain.comparison import Comparison


class ComparedPage(PageDialog[None]):
    """What restoring a copy would change, line by line."""

    PLACE: ClassVar[str] = "Comparison"

    def __init__(self, called: str, found: "Comparison") -> None:
        super().__init__()
        self.page_title, self.found = f"The desk and {called}", found

    def lines(self, width: int) -> Sequence[Line]:
        page: list[Line] = []
        for heading, said in say_comparison(self.found):
            body: list[Line] = [(Piece(part),) for part in wrap(said, width - 12)]
            page += [*labelled(heading, body, 12), BLANK]
        return page[:-1]


class SafeHelp(Help):
    """The guide, then the keys."""

    def lines(self, width: int) -> Sequence[Line]:
        return [*guide_lines("keep_safe", width, self.keymap.shown), BLANK, *super().lines(width)]
