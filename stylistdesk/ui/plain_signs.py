"""`symbols = "ascii"`: signs of ours that reach the terminal all the same, from the library's own widgets, in ASCII.

Letters of other alphabets in what the rep keeps are hers, and stay.
"""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from stylistdesk.ui.symbols import TO_ASCII

_SIGNS = {
    **dict.fromkeys("─━═╌╍┄┅┈┉", "-"),
    **dict.fromkeys("│┃║╎╏┆┇┊┋▏▎▍▌▕▐", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛", "+"),
    **dict.fromkeys("█▉▊▋▇▆▅▄▀▃▂▁▔", "#"),
    **dict.fromkeys("░▒▓", "."),
    **dict.fromkeys("▼▾⌄↓", "v"),
    **dict.fromkeys("▲▴↑", "^"),
    **dict.fromkeys("▶▸→❯", ">"),
    **dict.fromkeys("◀◂←", "<"),
    **dict.fromkeys("●•✓✔⬤", "*"),
    **dict.fromkeys("○", "o"),
    "×": "x",
    "📁": "/ ",
    "📄": "  ",
    "📂": "/ ",
    "🔎": "? ",
}
SIGNS = TO_ASCII | {ord(sign): plain for sign, plain in _SIGNS.items()}
"""Each sign and what stands for it, in as many cells."""


class PlainSigns(LineFilter):
    """Puts ASCII in the place of signs, in every line that is painted."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line with no sign of ours in it that is not ASCII."""
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(SIGNS), segment.style, segment.control)
            for segment in segments
        ]
