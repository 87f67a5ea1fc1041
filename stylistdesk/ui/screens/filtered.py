"""What screens share whose list can be filtered: the line above it, and what is typed there."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from stylistdesk.ui import text
from stylistdesk.ui.screens.base import DeskScreen, FilterLine
from stylistdesk.ui.widgets.record_list import RecordList


class Filtered(DeskScreen):
    """A screen with a list that shows the rows which have the words of `filter`."""

    filter = ""

    def above(self) -> Iterable[Widget]:
        yield FilterLine()

    @property
    def listed(self) -> RecordList[Any]:
        """The list."""
        return self.query_one("#list", RecordList)

    @abstractmethod
    def refilter(self) -> None:
        """Show what the filter lets through, in the order that is wanted."""

    def action_filter(self) -> None:
        """Type words; the list shows the rows that have them."""
        line = self.query_one(FilterLine)
        line.open(True)
        line.focus()

    def action_to_list(self) -> None:
        """From the filter back to the list; an empty filter goes away."""
        if not self.filter:
            self.query_one(FilterLine).open(False)
        self.listed.focus()

    def action_clear(self) -> None:
        """All rows again."""
        line = self.query_one(FilterLine)
        line.value = ""
        line.open(False)
        self.listed.focus()

    @on(Input.Changed, "#filter")
    def _filter(self, event: Input.Changed) -> None:
        if text.clean(event.value).strip() != self.filter:
            self.filter = text.clean(event.value).strip()
            self.refilter()
