"""A question with two answers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from stylistdesk.ui import text
from stylistdesk.ui.dialogs.field import Words
from stylistdesk.ui.fixed_keys import FixedKey
from stylistdesk.ui.lines import Line, Piece, wrap
from stylistdesk.ui.widgets.drawn import OneLine

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk


class Answers(OneLine):
    """The two answers with their keys; a click takes one."""

    def __init__(self, yes: str, no: str) -> None:
        super().__init__()
        self.yes, self.no = yes, no

    def pieces(self, width: int) -> Line:
        return (
            Piece("y", "key"),
            Piece(f" {self.yes}   ", "quiet"),
            Piece("esc", "key"),
            Piece(f" {self.no}", "quiet"),
        )

    async def on_click(self, event: events.Click) -> None:
        await self.app.run_action("yes" if event.x < len(self.yes) + 5 else "no", self.screen)


class Confirm(ModalScreen[bool]):
    """Asks; `y` is yes, `n` or escape is no. Enter, pressed by habit, is neither."""

    PLACE: ClassVar[str] = "Question"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("y", "Yes", "Do what is asked"),
        FixedKey("n esc", "No", "Leave it as it is"),
    )
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("y", "yes", show=False),
        Binding("n,escape", "no", show=False),
    ]

    def __init__(self, question: str, words: str, yes: str, no: str = "Stay") -> None:
        super().__init__()
        self.question, self.words, self.yes, self.no = question, words, yes, no

    @property
    def program(self) -> "StylistDesk":
        """The program."""
        return cast("StylistDesk", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="-small") as dialog:
            dialog.border_title = text.content(self.question)
            for words in wrap(self.words, 52):
                yield Words((Piece(words),))
            yield Words(())
            yield Answers(self.yes, self.no)

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)
