"""The program on this terminal, from its start to its end: also when the system tells it to end."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.settings_file import from_environment, read_file
from stylistdesk.ui.jobs import start

if TYPE_CHECKING:
    from stylistdesk.clock import Clock
    from stylistdesk.desk import Desk
    from stylistdesk.paths import DeskPaths
    from stylistdesk.ui.app import StylistDesk


def run(paths: "DeskPaths", clock: "Clock", *, tour: bool = False) -> int:
    """Open the desk on this terminal, with the tour of a new demo, until the rep closes it; the exit code."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) and "TEXTUAL_DRIVER" not in os.environ:
        raise Refused("The desk needs a terminal.", hint="`stylistdesk today` prints the queue without one.")
    from stylistdesk.ui.app import StylistDesk

    first = read_file(paths.settings)[0] | from_environment()

    def opening() -> "Desk":
        from stylistdesk.desk import Desk

        return Desk.open(paths, clock=clock)

    sys.setswitchinterval(0.0005)  # what is read in a thread gives way to a key sooner than Python's own 5 ms
    app = StylistDesk(opening, first, paths.data_dir, clock=clock)
    if tour:
        app.tour.turn()
    app.run(mouse=first.get("mouse") not in (False, "false", "0", "no", "off"))
    if app.last_words:
        sys.stderr.write(app.last_words + "\n")
    if app.sending.farewell:
        sys.stderr.write(app.sending.farewell + "\n")
    return app.return_code or 0


def end_when_told(app: "StylistDesk") -> None:
    """End as `q` does when the system says so: what is typed is kept, and the terminal is as it was."""
    with suppress(NotImplementedError):  # Windows ends a program without asking it
        end = partial(start, app, partial(_end, app), "ending")
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end)


async def _end(app: "StylistDesk") -> None:
    from stylistdesk.ui.dialogs.form import Form

    for screen in app.screen_stack:
        if isinstance(screen, Form):
            await screen.write_draft()
    app.exit(return_code=128 + signal.SIGTERM)
