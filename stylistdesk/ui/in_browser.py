"""The driver of a tab of `stylistdesk serve`: where the server is gone, the desk closes and gives up its lock."""

import os

from textual import messages
from textual.drivers.web_driver import WebDriver


class TabDriver(WebDriver):
    """Textual's driver for the web, which would stay behind when its server is killed."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._write = self._carry  # type: ignore[assignment]

    def _carry(self, data: bytes) -> int:
        try:
            return os.write(self.fileno, data)
        except BrokenPipeError:
            return 0  # what is read from the server ends too, and that closes the desk

    def run_input_thread(self) -> None:
        super().run_input_thread()
        if not self.exit_event.is_set():
            self.send_message(messages.ExitApp())
