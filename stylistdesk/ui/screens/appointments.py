"""Appointments due."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.widgets.drawn import Page


class AppointmentsDue(DeskScreen):
    """Appointments due."""

    PLACE = "Appointments due"
    TAB: ClassVar[str] = "appointments"
    AUTO_FOCUS = "#list"

    def body(self) -> Iterable[Widget]:
        yield Page(id="list")

    def reload(self) -> None:
        """Nothing to read yet."""
        self.shown_version = self.desk.version if self.desk else -1

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        self.reload()
