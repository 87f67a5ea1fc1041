"""Pick one of a long list: letters that are typed show only the lines that have them."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from stylistdesk.domain.text import folded
from stylistdesk.ui import text
from stylistdesk.ui.dialogs.picker import Choice, Picker
from stylistdesk.ui.fixed_keys import LETTERS, MOVE, PICK, FixedKey, on_edge
from stylistdesk.ui.lines import Line, Piece, clip, cut, spread
from stylistdesk.ui.screens.empty import EmptyList
from stylistdesk.ui.widgets.record_list import RecordList


class FilteredPicker(Picker):
    """Enter picks, the arrows move, letters filter; `asides` stand at the end of a line and are searched too."""

    PLACE: ClassVar[str] = "Choice by letters"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (LETTERS, PICK, *MOVE)
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("ctrl+s", "pick", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], current: str = "", asides: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(title, choices, current)
        self.asides = asides or {}

    @property
    def edge(self) -> str:
        """The keys, as the edge says them."""
        return on_edge((LETTERS, PICK), self.program.keymap_of_desk.shown("back"))

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = text.content(self.picker_title)
            dialog.border_subtitle = text.content(self.edge)
            yield Input(id="letters", classes="-line", placeholder="a few letters", compact=True)
            listed = EmptyList[Choice](self._lay_out, self.choices.index, row_height=1, id="choices")
            listed.empty = [(Piece("Nothing has these letters.", "quiet"),)]
            yield listed

    def _lay_out(self, choice: Choice, width: int) -> tuple[Line, ...]:
        here = choice[0] == self.current
        name = (
            Piece(f"{self.program.symbols.chosen if here else ' '} ", "label"),
            Piece(choice[1], "strong" if here else ""),
        )
        aside = clip(self.asides.get(choice[0], ""), max(0, width - min(width // 2, name[1].width + 3)))
        return (spread(cut(name, width), (Piece(aside, "quiet"),), width),)

    def on_mount(self) -> None:
        listed = self.query_one(RecordList)
        listed.can_focus = False  # what is typed is for the letters
        listed.styles.height = min(len(self.choices), max(4, self.app.size.height - 8), 20)
        at = next((i for i, choice in enumerate(self.choices) if choice[0] == self.current), 0)
        listed.set_rows(self.choices, at_index=at)
        self.query_one(Input).focus()
        self.call_after_refresh(self.program.held_keys.let_go)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        typed = folded(text.clean(event.value)).split()
        shown = [
            choice
            for choice in self.choices
            if all(part in folded(f"{choice[1]} {self.asides.get(choice[0], '')}") for part in typed)
        ]
        self.query_one(RecordList).set_rows(shown, at_index=0)

    @on(Input.Submitted)
    def _pick(self) -> None:
        self.action_pick()

    def action_move(self, by: int) -> None:
        """Up or down the list."""
        listed = self.query_one(RecordList)
        listed.move_to(max(0, min(listed.cursor + by, len(listed.rows) - 1)))
