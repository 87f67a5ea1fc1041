"""The tour: eight keys, one after the other; each step ends when she presses the key that it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, TextArea

from stylistdesk.ui.acts import PLACES, Scope
from stylistdesk.ui.keymap import BY_ID, Keymap, acts_of, format_shown

if TYPE_CHECKING:
    from textual.screen import Screen


HOME = "Daily Tasks"
"""Where the steps are taken."""


def _act_on(key: str) -> str:
    """The action in Daily Tasks that has this key."""
    return next(act.id for act in acts_of(PLACES[HOME]) if key in act.keys.split(","))


@dataclass(frozen=True, slots=True)
class Step:
    """One key, and what it does, in a line of at most 56 cells."""

    act: str
    words: str


STEPS: Sequence[Step] = (
    Step("cursor_down", "goes to the next client; beside her stands why"),
    Step("done", "completes her follow-up, and the next one is there"),
    Step("undo", "takes that back, and more, as far as you like"),
    Step("message", "writes to her from a template; esc leaves it again"),
    Step("open_row", "opens her profile: everything known about her"),
    Step("daily_tasks", "comes back here; each number is a tab"),
    Step(_act_on("slash"), "finds by a few letters; esc leaves it again"),
    Step("help", "says what a place is for, and all its keys"),
)
"""The steps, in their order."""


class Tour:
    """Where the tour stands; nothing is kept of it."""

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self.at: int | None = None

    def begin(self) -> None:
        """Begin with the first step."""
        self.at = 0

    def turn(self) -> None:
        """Begin, or end it."""
        self.at = 0 if self.at is None else None

    @property
    def step(self) -> Step | None:
        """The step at hand, if she takes the tour."""
        return STEPS[self.at] if self.at is not None else None

    def goes_on(self, place: str) -> bool:
        """Whether the step at hand can be taken in this place."""
        everywhere = self.step is not None and BY_ID[self.step.act].scope is Scope.DESK
        return place == HOME or (everywhere and Scope.DESK in PLACES.get(place, ()))

    def said(self, place: str) -> tuple[str, str]:
        """The key of the step and what it does; where it does not, the key that goes to where it does."""
        if self.step is None:
            return "", ""
        if self.goes_on(place):
            return self._keymap.shown(self.step.act), self.step.words
        if Scope.DESK in PLACES.get(place, ()):
            return self._keymap.shown("daily_tasks"), f"goes to {HOME}, where the tour goes on"
        return format_shown("escape"), f"goes back; the tour goes on in {HOME}"

    def pressed(self, key: str) -> bool:
        """A key did something where the step can be taken: whether it was its key, which ends the step."""
        if self.at is None or key not in self._keymap.keys[STEPS[self.at].act]:
            return False
        self.at = self.at + 1 if self.at + 1 < len(STEPS) else None
        return True

    def leaves(self, key: str, screen: "Screen[Any]") -> bool:
        """Whether the key ends the tour: `escape`, unless she types into something, or it goes back from a page."""
        if self.at is None or key != "escape" or isinstance(screen.focused, Input | TextArea) or goes_back(screen):
            return False
        self.at = None
        return True


def goes_back(screen: "Screen[Any]") -> bool:
    """Whether `escape` goes back from this screen."""
    return Scope.PAGE in PLACES.get(getattr(screen, "PLACE", ""), ())


assert all(step.act in BY_ID for step in STEPS)
