"""The frame of every screen: the bar of tabs, the line that sums up, the footer of keys."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.strip import Strip
from textual.timer import Timer

from stylistdesk.ui import words
from stylistdesk.ui.keymap import BY_ID, Act, Keymap
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, cut, spread, whole, width_of, wrap
from stylistdesk.ui.widgets.drawn import OneLine

A_MOMENT = 0.05
"""Seconds. A frame that is painted at once holds the next one up by the sixtieth part of a second."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its action in the keymap, its name, what waits in it, and its name where room is short.

    One that is `beside` the dashboard's own gets its short name first.
    """

    act: str
    name: str
    waiting: int = 0
    short: str = ""
    beside: bool = False


class TabBar(OneLine):
    """The tabs with what waits in each, and the time."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self.tabs: Sequence[Tab] = ()
        self.current = ""
        self.now: datetime | None = None
        self._spans: list[tuple[int, int, str]] = []

    def show(self, tabs: Sequence[Tab], current: str, now: datetime | None) -> None:
        """Show these tabs; drawn again only if something differs."""
        minute = now.replace(second=0, microsecond=0) if now else None
        before = self.now and self.now.replace(tzinfo=None)  # one instant reads differently in another zone
        if (tuple(tabs), current, minute and minute.replace(tzinfo=None)) != (tuple(self.tabs), self.current, before):
            self.tabs, self.current, self.now = tuple(tabs), current, minute
            self.refresh()

    def pieces(self, width: int) -> Line:
        day_and_hour = (Piece(f"{words.clock(self.now)} ", "quiet"),) if self.now else BLANK
        hour = (Piece(f"{self.now.hour}:{self.now.minute:02} ", "quiet"),) if self.now else BLANK
        for short, gap, clock in (
            (0, 3, day_and_hour), (0, 2, day_and_hour), (0, 2, hour), (1, 2, hour), (1, 1, hour), (2, 2, hour),
            (2, 1, hour), (2, 1, BLANK),
        ):  # fmt: skip
            left = self._tabs(short, gap)
            if width_of(left) + width_of(clock) < width:
                break
        return spread(left, clock, width)

    def _tabs(self, short: int, gap: int) -> Line:
        """The tabs with so many cells between two names; the tab at hand takes one at each side of it.

        `short` is 0 where all have their names, 1 where those beside have the short ones, 2 where all do.
        """
        pieces: list[Piece] = []
        self._spans = []
        at = before = 0
        for tab in self.tabs:
            key, waiting = self.keymap.shown(tab.act), f" {tab.waiting:,}" if tab.waiting else ""
            name, is_here = tab.short if tab.short and short > (not tab.beside) else tab.name, tab.act == self.current
            space = " " * max(0, (gap if pieces else 1) - before - is_here)
            shown: Line
            if is_here:
                shown = (Piece(f" {key} {name}{waiting} ", "tab"),)
            else:
                shown = (Piece(f"{key} {name}", "quiet"), Piece(waiting, "key"))
            taken = width_of(shown)
            self._spans.append((at + len(space), at + len(space) + taken, tab.act))
            pieces += [Piece(space), *shown]
            at, before = at + len(space) + taken, int(is_here)
        return tuple(pieces)

    @property
    def by_key(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What goes to each tab, by the key that stands before its name."""
        return {self.keymap.shown(tab.act): partial(self._go, tab.act) for tab in self.tabs}

    async def _go(self, act: str) -> None:
        await self.app.run_action(BY_ID[act].does)

    async def on_click(self, event: events.Click) -> None:
        for first, end, act in self._spans:
            if first <= event.x < end:
                await self._go(act)


UNDER = "-under"
"""Class of the quiet line while what was just done takes its place for a second line."""


class SumUp(OneLine):
    """One line: what there is to do, or what was just done, until the next key; that may take a second line."""

    def __init__(self) -> None:
        super().__init__()
        self.summary: Line = (Piece("Opening your desk …", "quiet"),)
        self._in_full = False
        self.told: Line = BLANK
        self._hushing: Timer | None = None

    def sum_up(self, summary: Line, *, in_full: bool = False) -> None:
        """What it says while nothing was just done; `in_full` leaves out what has no room, and cuts nothing off."""
        if (summary, in_full) != (self.summary, self._in_full):
            self.summary, self._in_full = summary, in_full
            self.refresh()

    def tell(self, said: str, *, bad: bool = False, after: str = "", undo: str = "") -> None:
        """Say what was just done, or why it was not; `undo`, which the footer says too, only where there is room."""
        more = (Piece(f" {words}" if words else "", "quiet") for words in (after, undo))
        self.told = (Piece(said, "late" if bad else "strong"), *more)
        if self._hushing is not None:
            self._hushing.stop()
        self._show_told()

    def hush(self) -> None:
        """Back to the summary, a moment later: if the key has something to say itself, one frame does for both."""
        if self.told:
            self.told = BLANK
            self._hushing = self.set_timer(A_MOMENT, self._show_told)

    def on_resize(self) -> None:
        self._show_told()

    def _show_told(self) -> None:
        """Draw it, on two lines where it needs them: the second is the quiet line below, so that nothing else moves."""
        two = len(self.lines(self.size.width)) > 1
        if two != self.has_class("-two"):
            self.set_class(two, "-two")
            for above in self.screen.query("#above"):
                above.set_class(two, UNDER)
        self.refresh()

    def lines(self, width: int) -> list[Line]:
        """What it says: the summary on one line, what was just done on two at most."""
        room = width - 3
        if not self.told or room <= 0:
            return [(Piece("  "), *(whole if self._in_full else cut)(self.summary, room))]
        said, after, undo = self.told
        for fits in (self.told, (said, after)):
            if width_of(fits) <= room:
                return [(Piece("  "), *fits)]
        first, *more = wrap(said.text, room)
        if more and cell_len(first) < room // 2:  # a path, which has no spaces, is broken where the line ends
            first = set_cell_size(said.text, room).rstrip()
            more = [said.text[len(first) :].strip()]
        if not more:
            second: Line = (Piece(after.text.strip(), after.look), undo)
            second = second if width_of(second) <= room else second[:1]
        else:  # a long name gives way to what follows from it, and to how it is taken back
            rest = " ".join(more)
            left = room - after.width - undo.width
            both = (after, undo) if left >= min(cell_len(rest), room // 2) else (after,)
            second = (Piece(clip(rest, max(room // 2, room - width_of(both))), said.look), *both)
        return [(Piece("  "), Piece(first, said.look)), (Piece("  "), *cut(second, room))]

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return self.drawn(dict(enumerate(self.lines(width))).get(y, BLANK), width)


class Banner(OneLine):
    """A line that stays while something holds: this window only reads, say."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.display = False

    def say(self, reason: str) -> None:
        """Show these words, or nothing."""
        if reason != self.words:
            self.words = reason
            self.display = bool(reason)
            self.refresh()

    def pieces(self, width: int) -> Line:
        return (Piece("  "), Piece(clip(self.words, width - 3), "alert"))


class Prompt(OneLine):
    """What begins now, or could not be sent, in place of the quiet line above the body."""

    def __init__(self) -> None:
        super().__init__()
        self.key = self.words = self.does = ""
        self.display = False

    def say(self, key: str, words: str, does: str = "begin_now") -> None:
        """Say what the key does now, or nothing if there are no words; a click does the action `does`."""
        self.does = does
        if (key, words) != (self.key, self.words):
            self.key, self.words = key, words
            self.display = bool(words)
            self.refresh()

    def pieces(self, width: int) -> Line:
        if not self.words:
            return BLANK
        return (Piece(self.key, "key"), Piece(f" {clip(self.words, width - len(self.key) - 2)}", "late"))

    async def on_click(self, event: events.Click) -> None:
        if self.words:
            await self.app.run_action(self.does, self.app if hasattr(self.app, f"action_{self.does}") else self.screen)


class KeyFooter(OneLine):
    """The keys that work here, as many as fit; `?` is always among them."""

    def __init__(self, keymap: Keymap, place: str, labels: Mapping[str, str] | None = None) -> None:
        """`labels` say what a key does here where that is more than its name; an empty one leaves the key out."""
        super().__init__()
        self.keymap = keymap
        self.place = place
        self.labels = labels or {}
        self._spans: list[tuple[int, int, Act]] = []
        self.covered = False

    def cover(self, covered: bool) -> None:
        """Say no keys while a form is over the screen: only the form's own work then."""
        if covered != self.covered:
            self.covered = covered
            self.refresh()

    def show_place(self, place: str) -> None:
        """Show the keys of another place."""
        if place != self.place:
            self.place = place
            self.refresh()

    def relabel(self, labels: Mapping[str, str]) -> None:
        """Say what keys do here now."""
        if labels != self.labels:
            self.labels = labels
            self.refresh()

    def label(self, act: Act) -> str:
        """What the key does, in a word or two."""
        return self.labels.get(act.id, act.label)

    def chosen(self, width: int) -> list[Act]:
        """The actions that fit, in the order of the place."""
        acts = [act for act in self.keymap.footer(self.place) if self.label(act)]
        kept: list[Act] = []
        room = width - 2

        def far(act: Act) -> int:
            return self.keymap.nearness(self.place, act, labelled=self.label(act) != act.label)

        for act in sorted(acts, key=lambda act: (act.id != "help", far(act), act.footer)):
            takes = len(self.keymap.shown(act.id)) + 1 + len(self.label(act)) + self.gap(width)
            if takes <= room + self.gap(width):
                kept.append(act)
                room -= takes
        return sorted(kept, key=lambda act: (act.id == "help", acts.index(act)))

    @staticmethod
    def gap(width: int) -> int:
        """The room between two keys."""
        return 3 if width >= 100 else 2

    def pieces(self, width: int) -> Line:
        shown: list[Piece] = [Piece(" ")]
        self._spans = []
        if self.covered:
            return BLANK
        at, gap = 1, self.gap(width)
        for act in self.chosen(width):
            key = self.keymap.shown(act.id)
            end = at + len(key) + 1 + len(self.label(act))
            self._spans.append((at, end, act))
            if self._spans[1:]:
                shown.append(Piece(" " * gap))
            shown += [Piece(key, "key"), Piece(f" {self.label(act)}", "quiet")]
            at = end + gap
        return tuple(shown)

    async def on_click(self, event: events.Click) -> None:
        for first, end, act in self._spans:
            if first <= event.x < end:
                action = act.does.removeprefix("screen.")
                doer = self.screen if hasattr(self.screen, f"action_{action.split('(')[0]}") else self.app
                await self.app.run_action(action, doer)
