"""Choose a theme: each is worn while the cursor is on it, so that the whole screen shows what it is like."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer

from stylistdesk.ui import text
from stylistdesk.ui.dialogs.field import Words
from stylistdesk.ui.fixed_keys import FixedKey, on_edge
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line, Piece, fit
from stylistdesk.ui.theme import DARK, LIGHT
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk

WORDS = {
    DARK.name: "our own, dark",
    LIGHT.name: "our own, light",
    "ansi-dark": "your terminal's own, dark",
    "ansi-light": "your terminal's own, light",
}
SAMPLE: tuple[Line, ...] = (
    (
        Piece("Ana Ruiz", "name"),
        Piece("  $$$$", "power"),
        Piece("   overdue", "late"),
        Piece("   since Tuesday", "quiet"),
    ),
    (Piece("+", "signal"), Piece(" in cart   "), Piece("♥", "heart"), Piece(" hearted   "), Piece("paid", "good")),
    (Piece("d", "key"), Piece(" Done   ", "quiet"), Piece("s", "key"), Piece(" Snooze", "quiet")),
)
A_MOMENT = 0.05
"""Seconds on a theme, after which it is worn: to style everything takes longer than to go on to the next."""


class ChooseTheme(ModalScreen[str | None]):
    """The answer is the name of a theme; whoever asked wears it for good, or the one that was worn before."""

    PLACE: ClassVar[str] = "Theme"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("enter", "Wear it", "Wear the theme under the cursor for good"),
    )
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *bindings(Scope.PAGE),
        Binding("enter", "pick", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        known = sorted(self.program.available_themes)
        self.themes = [name for name in WORDS if name in known] + [name for name in known if name not in WORDS]
        self.before = self.program.theme
        self._wearing: Timer | None = None

    @property
    def program(self) -> "StylistDesk":
        """The program."""
        return cast("StylistDesk", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="-small") as dialog:
            dialog.border_title = text.content("Theme")
            dialog.border_subtitle = text.content(on_edge(self.FIXED_KEYS, self.program.keymap_of_desk.shown("back")))
            yield RecordList[str](self._lay_out, self.themes.index, row_height=1, id="choices")
            yield Words(())
            for words in SAMPLE:
                yield Words(words)

    def _lay_out(self, name: str, width: int) -> tuple[Line, ...]:
        here = name == self.before
        dot = self.program.symbols.chosen if here else " "
        return (
            (
                Piece(f"{dot} ", "label"),
                Piece(fit(name, 21), "strong" if here else ""),
                Piece(WORDS.get(name, ""), "quiet"),
            ),
        )

    def on_mount(self) -> None:
        listed = self.query_one(RecordList)
        listed.styles.height = min(len(self.themes), max(4, self.size.height - 12))
        listed.set_rows(self.themes, at_index=self.themes.index(self.before) if self.before in self.themes else 0)
        listed.focus()
        self.call_after_refresh(self.program.held_keys.let_go)

    @on(RecordList.Moved)
    def _try_on(self) -> None:
        if self._wearing is not None:
            self._wearing.stop()
        self._wearing = self.set_timer(A_MOMENT, self._wear)

    def _wear(self) -> None:
        name = self.query_one(RecordList).current
        if name and self.is_current:
            self.program.wear(name)

    @on(RecordList.Opened)
    def action_pick(self) -> None:
        self.dismiss(self.query_one(RecordList).current)

    def action_back(self) -> None:
        self.program.wear(self.before)
        self.dismiss(None)
