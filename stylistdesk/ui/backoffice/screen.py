"""The back office: its tasks on the left in the order of R34, on the right the task at hand."""

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.ui.backoffice.shop_links import NONE_OPEN, ShopLinks
from stylistdesk.ui.backoffice.task import Key, Task
from stylistdesk.ui.backoffice.tasks import TASKS
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.two_panes.screen import TwoPanes, scopes_of
from stylistdesk.ui.widgets.entries import Entries
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.host_events import ShopLinksList
    from stylistdesk.queries.waiting import Waiting

TITLES = [task.TITLE for task in TASKS]


class BackOffice(TwoPanes):
    """What a task read is kept until the desk changes, and the others are read ahead."""

    TAB = "back_office"
    PLACE = TASKS[0].TITLE
    SECTIONS = TASKS
    A_SECTION = "task"
    BINDINGS: ClassVar[list[Binding]] = bindings(  # type: ignore[assignment]
        Scope.RECORD, Scope.SECTIONS, Scope.PAGE, *scopes_of(TASKS)
    )

    def __init__(self) -> None:
        super().__init__()
        self._read: dict[int, Any] = {}
        self._counted: Waiting | None = None

    # ---------------------------------------------------------------- reading

    def reload(self) -> None:
        start(self, self._load, "back office", group="load", exclusive=True)

    async def _load(self) -> None:
        """Read the task at hand and show it, then read the others ahead."""
        desk = self.desk
        if desk is None:
            return
        opened, self.shown_version, here = not self._read, desk.version, self._sections.cursor
        fresh = await asyncio.to_thread(TASKS[here].read, desk)
        self._read = {here: fresh}
        if self._sections.cursor == here:
            self._show(keep_place=not opened)
        for at in sorted(range(len(TASKS)), key=lambda place: abs(place - here)):
            await self._read_one(desk, at)
        self._say_none_open()

    def action_back(self) -> None:
        """From the task back to the tasks, and from there back to the search, if that opened it."""
        if self._entries.has_focus or not self.program.was_opened_by_search(self):
            super().action_back()
        else:
            self.program.leave(self)

    async def show_entry(self, title: str, key: Key) -> None:
        """Go into the task of this title, to the entry with this key."""
        desk = self.desk
        if desk is None:
            return
        self.workers.cancel_group(self, "load")  # it would show the task at hand from its beginning
        self._sections.move_to(TITLES.index(title))
        here, self.shown_version = self._sections.cursor, desk.version
        self._read = {here: await asyncio.to_thread(TASKS[here].read, desk)}
        self._show(at=key)
        await self.go_into(key)

    def _say_none_open(self) -> None:
        """A banner in all tasks while no shop window of the rep's own is open (R37)."""
        links: ShopLinksList | None = self._read.get(TITLES.index(ShopLinks.TITLE))
        if self.desk is not None and links is not None:
            said = (
                ""
                if links.own_is_open
                else f"{NONE_OPEN} {self.program.keymap_of_desk.shown('section_add')} in {ShopLinks.TITLE} opens one."
            )
            self.say_banner((self.desk.read_only or self.program.banner) or said)

    async def _read_one(self, desk: "Desk", at: int) -> None:
        """Read a task, unless that was done."""
        if at not in self._read:
            version, read = desk.version, await asyncio.to_thread(TASKS[at].read, desk)
            if version == desk.version == self.shown_version:
                self._read[at] = read
                if at == self._sections.cursor:
                    self._show()

    @property
    def known(self) -> Any:
        return self._read.get(self._sections.cursor)

    def keep(self, known: Any) -> None:
        self._read[self._sections.cursor] = known

    @property
    def is_ready(self) -> bool:
        """Whether the task at hand was read."""
        return self.known is not None

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load()

    def time_passed(self) -> None:
        self.reload()

    def show_guide(self) -> None:
        """The guide of the task at hand, beside it (R34)."""
        from stylistdesk.domain.training import topic_titled
        from stylistdesk.ui.dialogs.guide import show_guide

        show_guide(self, topic_titled(self.section.TITLE))

    # ---------------------------------------------------------------- showing

    def waits_in(self, section: Any) -> Line:
        """As many as are in the number of the tab."""
        waits = self.program.counts.waiting
        number = waits.office.get(section.WAITS, 0) if waits is not None else 0
        return (Piece(f"{number:,}", "key"),) if number else BLANK

    def show_frame(self) -> None:
        """The tasks too: they were counted with the tabs."""
        super().show_frame()
        if self.program.counts.waiting != self._counted:
            self._counted = self.program.counts.waiting
            self._sections.forget_drawn()

    @property
    def key_labels(self) -> dict[str, str]:
        labels = {"section_after": "Next task", **super().key_labels, "back": "Back"}
        if not self._entries.has_focus:  # there is no row to change, and nothing to go back to
            labels |= {"edit": "", "remove": "", "back": ""}
        return labels

    def _follow(self) -> None:
        """The cursor is on another task: show it in the same frame if it was read ahead."""
        self.be_at(self.section.TITLE)
        if self.known is not None:
            self._show()
        else:
            self.reload()

    @on(Entries.Resized)
    def _resized(self) -> None:
        self._show(keep_place=True)

    def _show(self, **how: Any) -> None:
        super()._show(**how)
        if self.known is not None and self.desk is not None:
            task: Task[Any] = self.section
            said: Line = task.summary(self.known, self.look)
            self.query_one(SumUp).sum_up(said or (Piece(task.TITLE, "strong"),))
