"""What can be opened from everywhere: help, files in and out, the rep's own address."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from stylistdesk.ui.guard import Guarded
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Keymap

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.ui.app import StylistDesk


class Opens(Guarded):
    """A program that opens these over whatever is shown, once the desk is open."""

    desk: "Desk | None"
    keymap_of_desk: Keymap

    def _open_over(self, dialog: "Callable[[StylistDesk], Coroutine[Any, Any, Any]]", name: str, group: str) -> None:
        if self.desk is not None:
            start(self, partial(dialog, cast("StylistDesk", self)), name, group=group)

    def action_help(self) -> None:
        """The keys that work on this screen."""
        from stylistdesk.ui.dialogs.help import Help

        self.push_screen(Help(self.keymap_of_desk, getattr(self.screen, "PLACE", "Daily Tasks")))

    def action_import_file(self) -> None:
        """Choose a file and look at what importing it would do."""
        from stylistdesk.ui.screens.importing import choose_and_import

        self._open_over(choose_and_import, "import", "default")

    def action_export_clients(self) -> None:
        """Write clients into a file."""
        from stylistdesk.ui.screens.exporting import choose_and_export

        self._open_over(choose_and_export, "export", "dialog")

    def action_sender(self) -> None:
        """Say where the rep's own mail goes: commercial emails must carry it."""
        from stylistdesk.ui.dialogs.sender import ask_sender

        self._open_over(ask_sender, "sender", "dialog")
