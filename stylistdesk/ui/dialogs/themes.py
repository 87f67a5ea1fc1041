"""What a response is about: four themes, each turned by its letter or by space (R21)."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from stylistdesk.domain.csat import THEME_WORDS
from stylistdesk.domain.types import Theme
from stylistdesk.ui import text
from stylistdesk.ui.fixed_keys import FixedKey, on_edge
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line, Piece, fit
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk

THEMES = tuple(Theme)


class Themes(ModalScreen[frozenset[Theme] | None]):
    """The answer is the themes that are chosen, or `None` if she left it."""

    PLACE: ClassVar[str] = "Themes"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("its letter", "Choose", "Choose a theme by the first letter of its name, or not after all"),
        FixedKey("space", "Choose", "Choose the one under the cursor, or not after all"),
        FixedKey("enter", "Keep", "Keep what is chosen"),
    )
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *bindings(Scope.PAGE),
        Binding("enter,ctrl+s", "keep", show=False),
        Binding("space", "turn", show=False),
        *(Binding(THEME_WORDS[theme][0], f"turn('{theme.value}')", show=False) for theme in THEMES),
    ]

    def __init__(self, title: str, chosen: Collection[Theme]) -> None:
        super().__init__()
        self.themes_title = title
        self.chosen = set(chosen)

    @property
    def program(self) -> "StylistDesk":
        """The program."""
        return cast("StylistDesk", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="-small") as dialog:
            dialog.border_title = text.content(self.themes_title)
            dialog.border_subtitle = text.content(on_edge(self.FIXED_KEYS, self.program.keymap_of_desk.shown("back")))
            yield RecordList[Theme](self._lay_out, THEMES.index, row_height=1, id="choices")

    def _lay_out(self, theme: Theme, width: int) -> tuple[Line, ...]:
        symbols, words, is_chosen = self.program.symbols, THEME_WORDS[theme], theme in self.chosen
        return (
            (
                Piece(f"{symbols.on if is_chosen else symbols.off} ", "label" if is_chosen else "quiet"),
                Piece(words[0], "key"),
                Piece(fit(words[1:], width - 3), "strong" if is_chosen else ""),
            ),
        )

    def on_mount(self) -> None:
        listed = self.query_one(RecordList)
        listed.styles.height = len(THEMES)
        listed.set_rows(THEMES)
        listed.focus()

    @on(RecordList.Opened)
    def action_turn(self, theme: str = "") -> None:
        """Choose it, or not after all."""
        listed = self.query_one(RecordList)
        turned = Theme(theme) if isinstance(theme, str) and theme else listed.current
        if turned is not None:
            self.chosen ^= {turned}
            listed.forget_drawn()

    def action_keep(self) -> None:
        self.dismiss(frozenset(self.chosen))

    def action_back(self) -> None:
        self.dismiss(None)
