"""Jump mode: a letter or two on all that is in sight; typing it puts the focus, or the cursor, there.

The tabs have keys of their own before their names: those stay readable, and go there in jump mode too.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from inspect import isawaitable
from math import ceil
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import OptionList

from stylistdesk.ui.widgets.drawn import Drawn, Spot
from stylistdesk.ui.widgets.frame import TabBar

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The letters of labels, the easiest to reach first."""

Go = Callable[[], "object | Awaitable[object]"]
Target = tuple[int, int, Go]
"""Where a label stands on the screen, and what goes there."""


def labels(count: int) -> list[str]:
    """So many labels, short ones first; none begins with another."""
    long = min(len(LETTERS), max(0, ceil((count - len(LETTERS)) / (len(LETTERS) - 1))))
    firsts = LETTERS[len(LETTERS) - long :]
    return [*LETTERS[: len(LETTERS) - long], *(one + two for one in firsts for two in LETTERS)][:count]


def targets(screen: Screen[Any]) -> list[Target]:
    """All that can be gone to on a screen: what is in the widget at hand first, then the rest as it stands."""
    found: list[Target] = []
    in_sight = screen._compositor.visible_widgets
    widgets = [widget for widget in screen.query(Widget) if widget in in_sight and _answers(widget)]
    for widget in sorted(widgets, key=lambda widget: widget is not screen.focused):
        inner = widget.content_region
        spots = _spots(widget)
        for x, y, go in spots:
            found.append((inner.x + x, inner.y + y, partial(_go, widget, go)))
        if not spots:
            found.append((widget.region.x, widget.region.y, partial(_go, widget, None)))
    region = Region(0, 0, *screen.size)
    return [target for target in found if region.contains(target[0], target[1])]


def _answers(widget: Widget) -> bool:
    return widget.focusable or hasattr(widget, "spots") or isinstance(widget, OptionList)


def _spots(widget: Widget) -> Sequence[Spot]:
    """Where one can go inside a widget; in Textual's own lists, to each option whose first line is in sight."""
    if isinstance(widget, OptionList):
        top, height = int(widget.scroll_offset.y), widget.content_region.height
        lines = widget._lines[top : top + height]
        return [
            (0, y, partial(setattr, widget, "highlighted", option))
            for y, (option, line) in enumerate(lines)
            if line == 0
        ]
    return widget.spots() if hasattr(widget, "spots") else []


async def _go(widget: Widget, go: Go | None) -> None:
    if widget.focusable:
        widget.focus()
    if go is not None and isawaitable(done := go()):
        await done


class Labelled(Drawn, can_focus=True):
    """The screen as it was, with a label on each target."""

    DEFAULT_CSS = "Labelled { width: 100%; height: 100%; }"

    def __init__(self, strips: Sequence[Strip], placed: Sequence[tuple[int, int, str]]) -> None:
        super().__init__()
        self.strips, self.placed = strips, placed
        self.typed = ""

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if not 0 <= y < len(self.strips):
            return Strip.blank(width, self.style_of())
        strip = self.strips[y].adjust_cell_length(width)
        for x, at, label in self.placed:
            if at == y and label.startswith(self.typed):
                sign = Strip([Segment(label, self.style_of("tab"))], len(label))
                strip = Strip.join([strip.crop(0, x), sign, strip.crop(x + len(label), width)])
        return strip


class Jump(ModalScreen[Go | None]):
    """The answer is what goes where the label says, or to the tab with this key; any other key leaves."""

    CSS = "Jump { background: transparent; overflow: hidden; }"

    def __init__(self, screen: Screen[Any], found: Sequence[Target]) -> None:
        """`found` is what can be gone to on the screen."""
        super().__init__()
        self.to = {label: target[2] for label, target in zip(labels(len(found)), found, strict=False)}
        placed = [(x, y, label) for label, (x, y, _) in zip(self.to, found, strict=False)]
        for bar in screen.query(TabBar):
            self.to |= {key: go for key, go in bar.by_key.items() if key not in LETTERS}
        self.labelled = Labelled(screen._compositor.render_strips(screen.size), placed)

    def compose(self) -> ComposeResult:
        yield self.labelled

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        typed = self.labelled.typed + (event.character or "\n").lower()
        if typed in self.to:
            self.dismiss(self.to[typed])
        elif any(label.startswith(typed) for label in self.to):
            self.labelled.typed = typed
            self.labelled.refresh()
        else:
            self.dismiss(None)

    def on_click(self) -> None:
        self.dismiss(None)

    def on_resize(self, event: events.Resize) -> None:
        if len(self.labelled.strips) != event.size.height:
            self.dismiss(None)


def jump(app: "StylistDesk") -> None:
    """Label what is in sight, and go where she says."""
    if isinstance(app.screen, Jump):
        return
    if not (found := targets(app.screen)):
        app.tell("There is nothing to jump to here.")
        return

    async def go(where: Go | None) -> None:
        if where is not None and isawaitable(done := where()):
            await done

    app.push_screen(Jump(app.screen, found), go)
