"""The client profile: sections on the left, the section at hand on the right, and all keys of triage."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import WITH_HER, Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.profile.header import HeaderLine, reach, who
from stylistdesk.ui.profile.reading import Reading
from stylistdesk.ui.profile.section import Entry, Key
from stylistdesk.ui.profile.sections import SECTIONS
from stylistdesk.ui.screens.base import TAKEN
from stylistdesk.ui.triage import Triage
from stylistdesk.ui.two_panes.screen import TwoPanes, scopes_of
from stylistdesk.ui.widgets.entries import Entries
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.profile import Header


class Profile(TwoPanes, Triage):
    """One client. What a section read is kept until the desk changes, and the sections around it are read ahead."""

    PLACE = SECTIONS[0].TITLE
    SECTIONS = SECTIONS
    OF_ROWS = WITH_HER
    BINDINGS: ClassVar[list[Binding]] = bindings(  # type: ignore[assignment]
        *WITH_HER, Scope.SECTIONS, Scope.PROFILE, Scope.PAGE, *scopes_of(SECTIONS)
    )

    def __init__(self) -> None:
        super().__init__()
        self.reading = Reading()

    def show_client(self, client_id: int, section: str = "") -> None:
        """Be the profile of this client from now on, at the section of that title, or at the first."""
        self.reading.begin(client_id)
        self._begin = next((at for at, one in enumerate(SECTIONS) if section == one.TITLE), 0)
        if self.is_mounted:
            self._entries.show(())
            self._sections.set_rows(SECTIONS, at_key=self._begin)
            self._sections.focus()

    async def fill(self) -> None:
        """Read and lay out what is seen first. Before it is pushed, that saves painting the screen twice."""
        if self.is_mounted and self.desk is not None:
            await self._fetch(self.desk)

    @property
    def client_id(self) -> int:
        """Whose profile it is."""
        return self.reading.client_id

    # ------------------------------------------------------------------ frame

    ABOVE: ClassVar[str] = TAKEN

    def above(self) -> Iterable[Widget]:
        yield HeaderLine()

    def on_mount(self) -> None:
        self._sections.set_rows(SECTIONS, at_key=self._begin)

    @property
    def known(self) -> Any:
        """What the section at hand last read."""
        return self.reading.known.get(self._sections.cursor)

    def keep(self, known: Any) -> None:
        self.reading.known[self._sections.cursor] = known

    @property
    def is_ready(self) -> bool:
        """Whether she is on the desk, and was read."""
        return self.reading.header is not None

    # ---------------------------------------------------------------- loading

    def reload(self) -> None:
        start(self, self._load, "profile", group="load", exclusive=True)

    async def _load(self) -> None:
        """Read the header and the section at hand, show them, then read the other sections ahead."""
        desk = self.desk
        if desk is not None and await self._fetch(desk):
            await self.reading.ahead(desk, self._sections.cursor)

    async def _fetch(self, desk: "Desk") -> bool:
        """Read the header and the section at hand, and show them; whether she is on the desk."""
        opened, self.shown_version = not self.reading.known, desk.version
        await self.reading.first(desk, self._sections.cursor)
        if not self.is_attached:  # she went back meanwhile
            return False
        if self.reading.header is None:
            self._show_gone()
            return False
        self._show_header(self.reading.header)
        self._show(keep_place=not opened)
        return True

    async def show_entry(self, key: Key) -> None:
        """Go into the section at hand, to the entry with this key; it is read first if it was not."""
        desk = self.desk
        if self.known is None and desk is not None:
            self.workers.cancel_group(self, "load")
            await self._fetch(desk)
        await self.go_into(key)
        self.read_ahead()

    def read_ahead(self) -> None:
        """Read what may be looked at next."""
        desk, here = self.desk, self._sections.cursor
        if desk is not None and self.reading.header is not None:
            start(self, lambda: self.reading.ahead(desk, here), "profile", group="load", exclusive=True)

    async def _read_and_show(self) -> None:
        if self.desk is not None:
            await self.reading.section(self.desk, self._sections.cursor)
            if not self._left:
                self._show()

    @property
    def _left(self) -> bool:
        """Whether she went back while something was being read."""
        return self not in self.app.screen_stack

    # ---------------------------------------------------------------- showing

    def _follow(self) -> None:
        """The cursor is on another section: show it in the same frame if it was read ahead."""
        self.be_at(self.section.TITLE)
        if self.known is not None:
            self._show()
        elif self.reading.header is not None:
            start(self, self._read_and_show, "section", group="load", exclusive=True)

    @on(Entries.Resized)
    def _resized(self) -> None:
        if self.known is not None:
            self._show(keep_place=True)
        if self.reading.header is not None:
            self._show_header(self.reading.header)

    def _show_header(self, header: "Header") -> None:
        look = self.look
        self.query_one(SumUp).sum_up(who(header, look.here, look.symbols, self.app.size.width - 5))
        self.query_one(HeaderLine).show(reach(header, look.here, look.symbols))

    def _show_gone(self) -> None:
        undo = self.program.keymap_of_desk.shown("undo")
        said: tuple[Line, ...] = (
            BLANK,
            (Piece(" She is no longer on the desk.", "strong"),),
            (Piece(f" {undo} brings her back.", "quiet"),),
        )
        self._entries.border_title = None
        self._entries.show([Entry(said)])
        self.query_one(HeaderLine).show(BLANK)
        self.query_one(SumUp).sum_up(BLANK)

    # ----------------------------------------------------- what keys do to her

    async def subjects(self) -> list[Subject]:
        pane = self.reading.pane
        if pane is None or self.reading.header is None:
            return []
        suggestion = pane.standing.suggestions[0] if pane.standing else None
        return [Subject(self.client_id, pane.name, pane.last_signal_id, suggestion)]

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load()

    async def acted(self, subjects: Sequence[Subject], *, stay: bool = False) -> None:
        await self._load()

    async def follow(self, subjects: Sequence[Subject], outcome: Any, **how: Any) -> None:
        before = self._entries.keys
        await super().follow(subjects, outcome, **how)
        self._on_what_it_added(outcome, before)

    # ------------------------------------------------ what keys do in a section

    def action_edit(self) -> None:
        """Change what is under the cursor; where a section has no cursor, her."""
        if self._entries.current is None:
            Triage.action_edit(self)
        else:
            super().action_edit()

    async def action_remove(self) -> None:
        """Remove what is under the cursor; in the overview, her, after a question: she may mean something else."""
        if self._entries.current is None and self._sections.cursor == 0:
            await self.remove_clients(await self.subjects(), ask=True)
        else:
            await super().action_remove()

    def action_whole_file(self) -> None:
        """Everything the desk has of her, into a folder."""
        from stylistdesk.ui.profile.privacy import write_whole_file

        start(self, lambda: write_whole_file(self), "whole file", group="dialog")

    def action_erase(self) -> None:
        """Erase her for good, after a question; only in the overview, where it is plain whom it is about."""
        from stylistdesk.ui.profile.privacy import erase

        if self._sections.cursor == 0:
            start(self, lambda: erase(self), "erase", group="dialog")
        else:
            self.tell("Erasing her is in the overview.", bad=True)

    def action_as_of(self) -> None:
        """The profile as it was on a day."""
        from stylistdesk.ui.profile.as_of import look_back

        self.in_section(lambda: look_back(self, "yesterday"))

    def action_back(self) -> None:
        """From the section back to the sections, and from there back to the list, or to the search."""
        if self._entries.has_focus:
            super().action_back()
        else:
            self.program.leave(self)
