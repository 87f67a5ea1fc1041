"""Pick one of a short list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from stylistdesk.ui import text
from stylistdesk.ui.fixed_keys import PICK, FixedKey, on_edge
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line, Piece, clip
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk

Choice = tuple[str, str]


class Picker(ModalScreen[str | None]):
    """Enter or a double click picks; escape picks nothing."""

    PLACE: ClassVar[str] = "Choice"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (PICK,)
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *bindings(Scope.PAGE),
        Binding("enter,ctrl+s", "pick", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], current: str = "") -> None:
        super().__init__()
        self.picker_title = title
        self.choices = list(choices)
        self.current = current

    @property
    def program(self) -> "StylistDesk":
        """The program."""
        return cast("StylistDesk", self.app)

    @property
    def edge(self) -> str:
        """The keys, as the edge says them."""
        return on_edge((PICK,), self.program.keymap_of_desk.shown("back"))

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="-small") as dialog:
            dialog.border_title = text.content(self.picker_title)
            dialog.border_subtitle = text.content(self.edge)
            yield RecordList[Choice](self._lay_out, self.choices.index, row_height=1, id="choices")

    def _lay_out(self, choice: Choice, width: int) -> tuple[Line, ...]:
        here = choice[0] == self.current
        dot = self.program.symbols.chosen if here else " "
        return ((Piece(f"{dot} ", "label"), Piece(clip(choice[1], width - 2), "strong" if here else "")),)

    def on_mount(self) -> None:
        listed = self.query_one(RecordList)
        listed.styles.height = min(len(self.choices), 16)
        at = next((i for i, choice in enumerate(self.choices) if choice[0] == self.current), 0)
        listed.set_rows(self.choices, at_index=at)
        listed.focus()

    @on(RecordList.Opened)
    def action_pick(self) -> None:
        current = self.query_one(RecordList).current
        self.dismiss(current[0] if current else None)

    def action_back(self) -> None:
        self.dismiss(None)
