"""Lines of pieces: how rows, panes and pages are laid out in cells before anything is drawn.

A piece has a look ("late", "money", …), never a colour: the looks are component classes in `styles/base.tcss`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from stylistdesk.ui.text import clean

LOOKS = (
    "name", "quiet", "late", "power", "signal", "heart", "label", "good", "strong", "key", "tab", "alert", "chosen",
    "faint",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one look. The text is cleaned as the piece is made."""

    text: str
    look: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return cell_len(self.text)


Line = tuple[Piece, ...]


def line(*pieces: "Piece | str") -> Line:
    """A line of pieces; a plain string is a piece without a look."""
    return tuple(piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces)


BLANK: Line = ()


def width_of(pieces: Line) -> int:
    """How many cells a line takes."""
    return sum(piece.width for piece in pieces)


def clip(text: str, width: int) -> str:
    """The text in at most so many cells, ending in an ellipsis if something was cut off."""
    text = clean(text)
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def clip_middle(text: str, width: int) -> str:
    """The text in at most so many cells, its middle cut out where it has no room: the end of a path says most."""
    text = clean(text)
    if cell_len(text) <= width:
        return text
    end = max(0, (width - 1) * 2 // 3)
    while end and cell_len(text[-end:]) > (width - 1) * 2 // 3:
        end -= 1
    kept = text[len(text) - end :]
    return f"{clip(text, width - cell_len(kept))}{kept}"


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly so many cells."""
    text = clip(text, width)
    gap = " " * max(0, width - cell_len(text))
    return gap + text if right else text + gap


def spread(left: Line, right: Line, width: int) -> Line:
    """One line with something at each end; the left end gives way."""
    room = max(0, width - width_of(right) - (1 if right else 0))
    shown = cut(left, room)
    return (*shown, Piece(" " * max(0, width - width_of(shown) - width_of(right))), *right)


def cut(pieces: Line, width: int) -> Line:
    """The line in at most so many cells."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.width > width:
            kept.append(Piece(clip(piece.text, width), piece.look))
            break
        kept.append(piece)
        width -= piece.width
    return tuple(kept)


def whole(pieces: Line, width: int) -> Line:
    """As many of the pieces as fit whole: an amount that is cut off reads as another amount."""
    kept = tuple(piece for at, piece in enumerate(pieces, 1) if width_of(pieces[:at]) <= width)
    return kept or cut(pieces, width)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells, broken at spaces where there are any."""
    width = max(1, width)
    lines: list[str] = []
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        lines.extend(_wrap_one(clean(paragraph), width))
    return lines


def _wrap_one(text: str, width: int) -> Iterable[str]:
    current = ""
    for next_word in text.split(" "):
        word = next_word
        longer = f"{current} {word}" if current else word
        if cell_len(longer) <= width:
            current = longer
            continue
        if current:
            yield current
        while cell_len(word) > width:
            head = set_cell_size(word, width).rstrip(" ")
            head = head or word[:1]  # a single character wider than the room there is
            yield head
            word = word[len(head) :]
        current = word
    yield current


def flow(pieces: Line, width: int) -> list[Line]:
    """The pieces on one line where they fit; else each on lines of its own."""
    if width_of(pieces) <= width:
        return [pieces]
    return [(Piece(said, piece.look),) for piece in pieces for said in wrap(piece.text.strip(" ,"), width)]


def plain_text(lines: Iterable[Line]) -> str:
    """What lines say, without what only lays them out: to be copied."""
    said = ("".join(piece.text for piece in pieces).split() for pieces in lines)
    return "\n".join(" ".join(words) for words in said if words)


def labelled(label: str, body: Sequence[Line], indent: int = 10) -> list[Line]:
    """Lines with a label in front of the first."""
    return [(Piece(fit(label if index == 0 else "", indent), "label"), *pieces) for index, pieces in enumerate(body)]
