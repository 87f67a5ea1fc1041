"""The only way for stored text to reach a widget.

Text is cleaned at the border when it comes in, and here a second time, so that a row written by anything else is
harmless too: no control bytes, no direction overrides, and never markup.
"""

from textual.content import Content

_DROPPED = {
    *range(0x00, 0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),  # direction embeddings and overrides
    *range(0x2066, 0x206A),  # direction isolates
    0xFEFF,
}
_SPACES = (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_ONE_LINE = dict.fromkeys(_DROPPED) | dict.fromkeys(_SPACES, " ")
_MANY_LINES = _ONE_LINE | {0x0A: "\n"}


def clean(text: str) -> str:
    """The text on one line, without anything that could move the cursor, turn the reading direction or ring a bell."""
    return _whole(text.translate(_ONE_LINE))


def clean_lines(text: str) -> str:
    """The same, with line feeds kept."""
    return _whole(text.replace("\r\n", "\n").translate(_MANY_LINES))


def content(text: str, style: str = "") -> Content:
    """Stored text as a widget may take it; brackets in it are brackets."""
    return Content(clean_lines(text)) if not style else Content.styled(clean_lines(text), style)


def _whole(text: str) -> str:
    # Half a surrogate pair cannot be written to a terminal.
    return text.encode("utf-8", "replace").decode("utf-8")
