"""One page of lines about one thing, to be read and left again."""

from collections.abc import Callable, Sequence

from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.lines import Line


class Lines(PageDialog[None]):
    """A title, and lines laid out for the room there is."""

    def __init__(self, title: str, lay_out: Callable[[int], Sequence[Line]]) -> None:
        super().__init__()
        self.page_title = title
        self.lay_out = lay_out

    def lines(self, width: int) -> Sequence[Line]:
        return self.lay_out(width)
