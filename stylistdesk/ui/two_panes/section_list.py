"""The list of sections on the left, which says what of it is out of sight."""

from typing import Any

from stylistdesk.ui import text
from stylistdesk.ui.two_panes.section import AnySection
from stylistdesk.ui.widgets.record_list import RecordList


class SectionList(RecordList[AnySection[Any]]):
    """How many are above and below stands in its frame: on the smallest screen it has no room for a scroll bar."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._say_hidden()

    def on_resize(self) -> None:
        self.call_after_refresh(self._say_hidden)  # the cursor is kept in sight first

    def _say_hidden(self) -> None:
        above = self.scroll_offset.y
        below = len(self.rows) - above - self.size.height
        self.border_title = text.content(f"{above} more" if above > 0 else "")
        self.border_subtitle = text.content(f"{below} more" if below > 0 else "")
