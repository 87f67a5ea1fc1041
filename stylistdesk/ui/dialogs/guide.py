"""A guide of training, beside the task that it is about (R34): what the task is for, its steps, and its keys."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding

from stylistdesk.domain.training import TOPICS, topic_beside
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.help import key_lines
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.guides import guide_lines
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import PLACES, Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.queries.training import TopicLine
    from stylistdesk.ui.screens.base import DeskScreen

NARROW = 100
"""With fewer cells than these, a guide takes the whole width."""


class Guide(PageDialog[None]):
    """The guide of one topic after the other; the answer is nothing."""

    IS_HELP = True
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.GUIDE)

    def __init__(self, topic: str, place: str = "") -> None:
        """`place` is where she is: with the topic it opens at, its keys are told."""
        super().__init__()
        self.topic = topic if topic in TOPICS else next(iter(TOPICS))
        self._places = {"morning": "Daily Tasks", **({self.topic: place} if place else {})}
        self.known: dict[str, TopicLine] = {}

    @property
    def page_title(self) -> str:  # type: ignore[override]
        """Which topic it is, and of how many."""
        return f"{TOPICS[self.topic]}   {list(TOPICS).index(self.topic) + 1} of {len(TOPICS)}"

    @property
    def _page(self) -> Page:
        return self.query_one("#dialog-page", Page)

    def on_mount(self) -> None:
        self._say_keys()
        start(self, self._read, "guide", group="load", exclusive=True)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")

    # ---------------------------------------------------------------- showing

    def lines(self, width: int) -> Sequence[Line]:
        keymap = self.program.keymap_of_desk
        place = self._places.get(self.topic, TOPICS[self.topic])
        more = [line for line in (self._watched(), *self._kept()) if line]
        return [
            *guide_lines(self.topic, width, keymap.shown),
            BLANK,
            *more,
            *([BLANK] if more else []),
            *(key_lines(keymap, place, width) if place in PLACES else ()),
        ]

    def _watched(self) -> Line:
        one, desk = self.known.get(self.topic), self.program.desk
        if one is None or one.watched_at is None or desk is None:
            return BLANK
        on = one.watched_at.astimezone(desk.zone).date()
        today = desk.now().astimezone(desk.zone).date()
        return (Piece(f"{self.program.symbols.on} ", "good"), Piece(f"watched on {words.day(on, today)}", "quiet"))

    def _kept(self) -> list[Line]:
        """What she keeps with the topic, and the key that opens it."""
        one, keymap = self.known.get(self.topic), self.program.keymap_of_desk
        if one is None or not (one.video_url or one.file_name):
            return []
        key = Piece(keymap.shown("guide_open"), "key")
        return [(key, Piece(f" opens {one.video_url or one.file_name}", "quiet"))]

    def _say_keys(self) -> None:
        shown = self.program.keymap_of_desk.shown
        one = self.known.get(self.topic)
        watched = "Not watched" if one is not None and one.watched_at else "Watched"
        keys = f"{shown('guide_next')} Next topic   {shown('guide_watched')} {watched}   {shown('back')} Back"
        page = self._page
        page.border_title, page.border_subtitle = text.content(self.page_title), text.content(keys)

    def _show(self, *, afresh: bool = False) -> None:
        page = self._page
        lines = self.lines(page.room)
        page.styles.max_height = len(lines) + 3
        page.show(lines, keep_place=not afresh)
        self._say_keys()

    # ------------------------------------------------------------------- keys

    async def _read(self) -> None:
        from stylistdesk.queries.training import training

        if (desk := self.program.desk) is not None:
            self.known = {one.topic: one for one in await asyncio.to_thread(desk.ask, training)}
            if self.is_attached:
                self._show()

    def action_next_topic(self, by: int) -> None:
        """To the topic after this one, or before."""
        self.topic = topic_beside(self.topic, by)
        self._show(afresh=True)

    def action_turn_watched(self) -> None:
        """Watched now, or not after all."""
        start(self, self._turn, "guide", group="load")

    async def _turn(self) -> None:
        from stylistdesk.commands.training import MarkWatched

        one = self.known.get(self.topic)
        await self.program.do(MarkWatched(self.topic, watched=one is None or one.watched_at is None))
        await self._read()

    def action_open_kept(self) -> None:
        """Open the video, or the file, that she keeps with the topic."""
        from stylistdesk.ui.backoffice.training import open_kept

        one = self.known.get(self.topic)
        if one is not None:
            start(self, partial(open_kept, self.program, one), "guide", group="dialog")


def show_guide(screen: "DeskScreen", topic: str) -> None:
    """Open the guide of a topic beside the task at hand."""
    screen.app.push_screen(Guide(topic, screen.PLACE))
