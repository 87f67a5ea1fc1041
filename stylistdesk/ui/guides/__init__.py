"""The guides of training (R34), each a text of this folder named after its topic, laid out with the desk's own keys.

An empty line parts paragraphs; a line that begins with a number is a step. `{key:undo}` is the key of an action.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

from rich.cells import cell_len

from stylistdesk.ui.lines import BLANK, Line, Piece

KEY = re.compile(r"\{key:([a-z_]+)\}")
_STEP = re.compile(r"(\d+)\. +")


@cache
def guide_text(topic: str) -> str:
    """The guide of a topic as it is written."""
    return files(__package__).joinpath(f"{topic}.md").read_text("utf-8")


def first_words(topic: str) -> str:
    """What the topic is about: the first sentence of its guide."""
    return guide_text(topic).split(". ")[0].split("\n")[0] + "."


def guide_lines(topic: str, width: int, shown: Callable[[str], str]) -> list[Line]:
    """The guide in lines of so many cells; `shown` names the key of an action."""
    page: list[Line] = []
    for block in guide_text(topic).strip().split("\n\n"):
        for words in block.split("\n"):
            step = _STEP.match(words)
            head = f"{step[1]}. " if step else ""
            body = words[step.end() :] if step else words
            for number, pieces in enumerate(_wrapped(body, width - cell_len(head), shown)):
                page.append((Piece(head if number == 0 else " " * len(head), "label"), *pieces))
        page.append(BLANK)
    return page[:-1]


def _wrapped(text: str, width: int, shown: Callable[[str], str]) -> Iterator[Line]:
    """The text in lines, each key in its own look."""
    current: list[Piece] = []
    taken = 0
    for word in text.split():
        pieces = _word(word, shown)
        wide = sum(piece.width for piece in pieces)
        if current and taken + 1 + wide > width:
            yield tuple(current)
            current, taken = [], 0
        if current:
            current.append(Piece(" "))
            taken += 1
        current += pieces
        taken += wide
    if current:
        yield tuple(current)


def _word(word: str, shown: Callable[[str], str]) -> list[Piece]:
    """A word, in which the name of an action has become its key."""
    parts = KEY.split(word)
    looks = ((Piece(shown(part), "key") if at % 2 else Piece(part)) for at, part in enumerate(parts) if part)
    return list(looks)
