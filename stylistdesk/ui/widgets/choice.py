"""A choice between a few words on one line."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from stylistdesk.ui.lines import Line, Piece
from stylistdesk.ui.widgets.drawn import OneLine

MORE = 2
"""So many cells say that there are others: a space and an ellipsis."""


class Choice(OneLine, can_focus=True):
    """One of a few; the arrows, space or a word's first letter change it."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("enter", "submit", show=False),
    ]

    value: reactive[str] = reactive("", init=False)

    class Changed(Message):
        """Another one was chosen."""

        def __init__(self, choice: "Choice") -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> "Choice":
            """The choice."""
            return self.choice

    class Submitted(Changed):
        """Enter was pressed on it."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.options = tuple(options)
        known = [key for key, _ in self.options]
        self.set_reactive(Choice.value, value if value in known else known[0])
        self._spans: list[tuple[int, int, str]] = []
        self._no_word = ""  # a letter that begins none of the words

    @property
    def copied(self) -> str:
        """The word that is chosen."""
        return dict(self.options)[self.value]

    def watch_value(self) -> None:
        self._no_word = ""
        self.post_message(self.Changed(self))

    def pieces(self, width: int) -> Line:
        if not self._no_word:
            return self._words(width)
        said = Piece(f" none begins with “{self._no_word}”", "late")
        return (*self._words(width - said.width), said)

    def _words(self, width: int) -> Line:
        shown: list[Piece] = []
        self._spans = []
        at = 0
        first = self._first_shown(width)
        if first:
            shown.append(Piece("…", "quiet"))
            at = 1
        for place, (key, label) in enumerate(self.options[first:], first):
            if shown:
                shown.append(Piece(" "))
                at += 1
            more = MORE if place < len(self.options) - 1 else 0
            if self._spans and key != self.value and at + cell_len(label) + 2 + more > width:
                return (*shown, Piece("…", "quiet"))
            piece = Piece(f" {label} ", ("tab" if self.has_focus else "chosen") if key == self.value else "quiet")
            shown.append(piece)
            self._spans.append((at, at + piece.width, key))
            at += piece.width
        return tuple(shown)

    def _first_shown(self, width: int) -> int:
        """The first option of which the words up to the chosen one, and the one after, have room; else the chosen."""
        keys = [key for key, _ in self.options]
        chosen = keys.index(self.value)
        upto = min(chosen + 2, len(keys))
        room = width - (MORE if upto < len(keys) else 0)
        widths = [cell_len(label) + 3 for _, label in self.options]  # each with a space before it

        def fits(first: int) -> bool:
            return sum(widths[first:upto]) + (1 if first else -1) <= room

        return next((first for first in range(upto - 1) if fits(first)), chosen)

    def action_turn(self, steps: int) -> None:
        keys = [key for key, _ in self.options]
        self.value = keys[(keys.index(self.value) + steps) % len(keys)]

    def action_submit(self) -> None:
        self.post_message(self.Submitted(self))

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isalpha():
            keys = [key for key, label in self.options if label.casefold().startswith(event.character.casefold())]
            self._no_word = "" if keys else event.character
            self.refresh()
            if keys:
                event.stop()
                self.value = keys[(keys.index(self.value) + 1) % len(keys)] if self.value in keys else keys[0]

    def on_click(self, event: events.Click) -> None:
        for first, end, key in self._spans:
            if first <= event.x < end:
                self.value = key

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self._no_word = ""
        self.refresh()
