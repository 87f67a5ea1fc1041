"""What holds when something goes wrong: the desk stays open, or the terminal is restored; a report says where."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App

from stylistdesk import crash
from stylistdesk.clock import Clock


class Guarded(App[None]):
    """A program that reports what it did not expect, without a word of client data, and goes on where it can."""

    tell: Callable[..., None]
    _exit_words = "stylistdesk had to close. What was saved is saved."

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        super().__init__()
        self.data_dir = data_dir
        self.clock = clock

    async def run_action(self, action: Any, default_namespace: Any = None, namespaces: Any = None) -> bool:
        """Run an action; what goes wrong in it is reported and the desk stays open."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Exception as error:  # noqa: BLE001 - the guard: whatever it was, the rep keeps her desk
            self.went_wrong(error, str(action).split("(", maxsplit=1)[0])
            return True

    def went_wrong(self, error: BaseException, doing: str) -> None:
        """Write the report, say where it is, and go on."""
        path = crash.write_report(self.data_dir, error, doing, self.clock.now())
        told = str(path).replace(str(Path.home()), "~", 1) if path else ""
        self.tell("Something went wrong.", bad=True, after=f"Report, without client data: {told}" if told else "")

    def _handle_exception(self, error: Exception) -> None:
        path = crash.write_report(self.data_dir, error, "drawing the screen", self.clock.now())
        if path is not None:
            self._exit_words = f"stylistdesk had to close. What was saved is saved; a report is in {path}."
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual's own would print the values of local variables, client data among them.
        self.bell()
        self._close_messages_no_wait()

    @property
    def last_words(self) -> str:
        """What to print once the terminal is restored, if the desk had to close."""
        return self._exit_words if self._exception is not None else ""
