"""A page of lines over the screen: why, help."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from stylistdesk.ui import text
from stylistdesk.ui.fixed_keys import FixedKey
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk


Answer = TypeVar("Answer")


class PageDialog(ModalScreen[Answer | None], Generic[Answer]):
    """Lines that can be scrolled; escape or enter goes back."""

    IS_HELP: ClassVar[bool] = False
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = ()
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *bindings(Scope.PAGE, Scope.OVER),
        Binding("enter,q", "back", show=False),
    ]
    page_title = ""

    @abstractmethod
    def lines(self, width: int) -> Sequence[Line]:
        """The page, laid out for so many cells."""

    @property
    def program(self) -> "StylistDesk":
        """The program."""
        return cast("StylistDesk", self.app)

    def compose(self) -> ComposeResult:
        page = Page(id="dialog-page")
        page.says_more = True
        page.border_title = text.content(self.page_title)
        page.border_subtitle = text.content(f"{self.program.keymap_of_desk.shown('back')} Back")
        yield page

    @on(Page.Resized)
    def _lay_out(self, event: Page.Resized) -> None:
        lines = self.lines(event.page.room)
        event.page.show(lines, keep_place=True)
        event.page.styles.max_height = len(lines) + 3

    def on_click(self, event: events.Click) -> None:
        """A click beside the page, or on its edge, goes back."""
        page = self.query_one("#dialog-page")
        if not page.content_region.contains(event.screen_x, event.screen_y):
            self.action_back()

    def action_back(self) -> None:
        self.dismiss(None)
