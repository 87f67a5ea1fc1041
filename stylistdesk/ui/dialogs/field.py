"""What a form is made of: a field with its label, and below it a hint, or what is wrong with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.strip import Strip

from stylistdesk.ui.lines import Line, Piece, clip, fit, wrap
from stylistdesk.ui.widgets.drawn import OneLine

LABEL_WIDTH = 13


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `understood` says back what the words mean, or raises `Refused`; `choices` makes it a choice.

    `looked_up` does the same where the desk is to be asked; what it refuses is said too, for more letters may follow.

    With `tells`, what `understood` refuses is said while it is typed, not only when it is saved.

    A form begins in the first one that `begins`, where choices stand above what is typed.

    `question` stands above it, for what is longer than a label. What is typed into a `secret` one is not shown.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    lines: int = 1
    understood: Callable[[str], str] | None = None
    looked_up: Callable[[str], Awaitable[str]] | None = None
    question: str = ""
    secret: bool = False
    tells: bool = False
    begins: bool = False


class Hint(OneLine):
    """What a field wants, what it understood, or what is wrong with it; on `most` lines where one is not enough."""

    INDENT = LABEL_WIDTH + 2

    def __init__(self, words: str, look: str = "quiet") -> None:
        super().__init__()
        self.words, self.look = words, look
        self.most = 3

    def say(self, words: str, look: str = "quiet") -> None:
        """Say this instead."""
        if (words, look) != (self.words, self.look):
            self.words, self.look = words, look
            self._fit()
            self.refresh()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        height = min(self.most, len(self._wrapped()))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def _wrapped(self) -> list[str]:
        return wrap(self.words, max(10, self.size.width - self.INDENT - 1)) or [""]

    def render_line(self, y: int) -> Strip:
        lines = self._wrapped()
        words = lines[y] if y < len(lines) else ""
        if y == self.most - 1 and len(lines) > self.most:
            words = clip(" ".join(lines[y:]), self.size.width - self.INDENT - 1)
        return self.drawn((Piece(" " * self.INDENT), Piece(words, self.look)), self.size.width)


class Question(Hint):
    """What is asked, above its field."""

    INDENT = 0


class FieldLabel(OneLine):
    """The name of a field, in front of it."""

    def __init__(self, words: str) -> None:
        super().__init__(classes="label")
        self.words = words

    def pieces(self, width: int) -> Line:
        return (Piece(fit(self.words, width), "label"),)


class Words(OneLine):
    """One line of words in a form."""

    def __init__(self, words: Line, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.words = words

    def pieces(self, width: int) -> Line:
        return self.words
