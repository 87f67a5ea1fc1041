"""A QR code on the whole screen, dark on light in every theme, for a phone to read."""

import asyncio
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.strip import Strip

from stylistdesk.domain.errors import Refused
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import clip
from stylistdesk.ui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from stylistdesk.ui.screens.base import DeskScreen

DARK_ON_LIGHT, DARK = Style.parse("#000000 on #ffffff"), Style.parse("#000000 on #000000")
"""No colours of the theme: a phone reads dark on light, and many do not read the opposite."""


class Code(Drawn):
    """The code in the middle, what it is above, its link below, as far as there is room."""

    def __init__(self, title: str, link: str, rows: tuple[tuple[bool, ...], ...]) -> None:
        super().__init__()
        self.title, self.link, self.rows = title, link, rows

    def lines(self) -> list[tuple[str, str]]:
        """What stands on the screen: each line with its look, those of the code with "code"."""
        from stylistdesk.exchange.qr_code import LEAST_QUIET, QUIET, half_blocks

        width, height = self.size
        for quiet in range(QUIET, LEAST_QUIET - 1, -1):
            drawn = half_blocks(self.rows, quiet)
            if len(drawn) <= height and len(drawn[0]) <= width:
                break
        else:
            said = f"It needs {len(drawn[0])} columns and {len(drawn)} lines: make the window larger,"
            return [
                (self.title, "strong"),
                (said, ""),
                ("or write it into a file.", ""),
                (self.link, "quiet"),
            ]
        shown = [(line, "code") for line in drawn]
        if height - len(shown) >= 2:
            shown.insert(0, (self.title, "strong"))
        if height - len(shown) >= 1:
            shown.append((self.link, "quiet"))
        return shown

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        lines = self.lines()
        at = y - (height - len(lines)) // 2
        if not 0 <= at < len(lines):
            return Strip.blank(width, self.style_of())
        words, look = lines[at]
        if look == "code":  # a full block may leave a gap above it, which is to be dark too
            runs = groupby(words, "█".__eq__)
            strip = Strip([Segment("".join(run), DARK if dark else DARK_ON_LIGHT) for dark, run in runs])
        else:
            strip = Strip([Segment(clip(words, width), self.style_of(look))])
        left = (width - strip.cell_length) // 2
        blank = self.style_of()
        return Strip(
            [Segment(" " * left, blank), *strip, Segment(" " * (width - left - strip.cell_length), blank)], width
        )


class QrCode(ModalScreen[None]):
    """Any of the keys that leave a page goes back."""

    PLACE: ClassVar[str] = "Page"
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *bindings(Scope.PAGE),
        Binding("enter,q,r,space", "back", show=False),
    ]

    def __init__(self, title: str, link: str, rows: tuple[tuple[bool, ...], ...]) -> None:
        super().__init__()
        self.title_said, self.link, self.rows = title, link, rows

    def compose(self) -> ComposeResult:
        code = Code(self.title_said, self.link, self.rows)
        code.styles.width = code.styles.height = "100%"
        yield code

    def action_back(self) -> None:
        self.dismiss(None)


async def show_code(screen: "DeskScreen", title: str, link: str) -> None:
    """Show the code of a link; where it is too long for one, say so."""
    from stylistdesk.exchange.qr_code import qr_rows

    try:
        rows = await asyncio.to_thread(qr_rows, link)
    except Refused as no:
        screen.tell(no.reason, bad=True, after=no.hint)
        return
    await screen.app.push_screen_wait(QrCode(title, link, rows))
