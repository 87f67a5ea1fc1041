"""Keys that were pressed while a dialog, or another desk, was on its way: they wait for it."""

from textual import events
from textual.app import App
from textual.keys import key_to_character
from textual.timer import Timer
from textual.widgets import Input, TextArea

EDITS = frozenset({"backspace", "delete", "left", "right", "home", "end"})
"""Keys with which a line of input is edited where the cursor is, and that are nothing else there."""

LONGEST = 3.0
"""Seconds after which keys are let go even if no dialog came."""


class HeldKeys:
    """Nothing is held until `hold`; then `takes` keeps each key, in order, until `let_go` sends them again."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._held: list[str] | None = None
        self._free = ""
        self._timer: Timer | None = None

    def hold(self, *, but: str = "") -> None:
        """Keep keys from now on. With a key that is not kept, as it stops what they wait for, they wait to its end."""
        if self._held is None:
            self._held, self._free = [], but
            self._timer = None if but else self._app.set_timer(LONGEST, self.let_go)

    def takes(self, key: str) -> bool:
        """Whether this key was kept."""
        if self._held is None or key == self._free:
            return False
        self._held.append(key)
        return True

    def edits(self, event: events.Event) -> bool:
        """Hand a key that edits the line in focus to that line, so that it comes before letters that are typed later.

        Textual has it go up through all that the line is in before it does anything; letters are put in at once.
        """
        if not isinstance(event, events.Key) or event.key not in EDITS or event.is_forwarded or self._held is not None:
            return False
        line = self._app.focused
        if not isinstance(line, Input | TextArea):
            return False
        bound = line._bindings.key_to_bindings.get(event.key, [])
        if bound:
            line.call_later(self._app.run_action, bound[0].action, line)
        return bool(bound)

    def let_go(self) -> None:
        """What they wait for is there, or is not to come: whoever has the focus now gets the keys."""
        if self._timer is not None:
            self._timer.stop()
        held, self._held, self._timer = self._held, None, None
        if held:
            self._app.call_later(self._send, held)

    def drop(self) -> None:
        """What they wait for is not to come, and where she is now they would do something else."""
        if self._held is not None:
            self._held.clear()
        self.let_go()

    def _send(self, keys: list[str]) -> None:
        # As if the app had them from the terminal: a key that a dialog sends goes no further up than the dialog, and
        # keys become actions in the app.
        for key in keys:
            self._app.post_message(events.Key(key, key_to_character(key)))
