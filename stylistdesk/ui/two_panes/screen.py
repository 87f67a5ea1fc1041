"""The two panes: the list of sections and the section at hand, which of them the keys go to, and what keys do there."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widget import Widget

from stylistdesk.domain.dates import LocalNow
from stylistdesk.ui import text
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import ACTIONS, PLACES, Scope, acts_of
from stylistdesk.ui.lines import BLANK, Line, Piece, spread
from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.two_panes.section import AnySection, Entry, Key, Look
from stylistdesk.ui.two_panes.section_list import SectionList
from stylistdesk.ui.widgets.entries import Entries
from stylistdesk.ui.widgets.frame import KeyFooter
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command, Outcome
    from stylistdesk.ui.dialogs.form import Form


class TwoPanes(DeskScreen):
    """The pane that has the focus has the strong cursor; the entries have none while the focus is on the list."""

    AUTO_FOCUS = "#sections"
    SECTIONS: ClassVar[tuple[AnySection[Any], ...]]
    A_SECTION: ClassVar[str] = "section"  # what one of them is called
    OF_ROWS: ClassVar[tuple[Scope, ...]] = (Scope.RECORD,)  # what acts on a row, beside the keys of the section

    def __init__(self) -> None:
        super().__init__()
        self._begin = 0

    # ------------------------------------------------------------------ frame

    def body(self) -> Iterable[Widget]:
        listed = SectionList(
            lambda section, width: (spread((Piece(section.TITLE),), self.waits_in(section), width),),
            self.SECTIONS.index,
            row_height=1,
            id="sections",
        )
        listed.rows, listed.cursor = list(self.SECTIONS), self._begin
        listed.follow = self._follow
        yield listed
        yield Entries(id="entries")

    def waits_in(self, section: Any) -> Line:
        """What stands beside the name of a section: how many wait there."""
        return BLANK

    @property
    def _sections(self) -> SectionList:
        return self.query_one("#sections", SectionList)

    @property
    def _entries(self) -> Entries:
        return self.query_one("#entries", Entries)

    @property
    def section(self) -> Any:
        """The section at hand."""
        return self.SECTIONS[self._sections.cursor]

    @property
    def key_at_hand(self) -> Key | None:
        """What is under the cursor, where the keys go to the section."""
        return self._entries.current if self._entries.has_focus else None

    # ---------------------------------------------------------------- showing

    @property
    @abstractmethod
    def known(self) -> Any:
        """What the section at hand last read; `None` before it was."""

    @abstractmethod
    def keep(self, known: Any) -> None:
        """Keep what the section at hand has read now."""

    @property
    @abstractmethod
    def is_ready(self) -> bool:
        """Whether keys can do something here by now."""

    @abstractmethod
    def _follow(self) -> None:
        """The cursor is on another section: show it."""

    @property
    def look(self) -> Look:
        """How entries are laid out now."""
        assert self.desk is not None
        here = LocalNow(self.desk.now(), self.desk.zone)
        return Look(here, self.program.symbols, min(self._entries.room, 110), self.program.keymap_of_desk.shown)

    def _show(self, *, at: Key | None = None, keep_place: bool = False) -> None:
        if self.known is None or self.desk is None:
            return
        section, look = self.section, self.look
        laid_out = section.entries(self.known, look)
        self._entries.border_title = text.content(section.TITLE)
        self._entries.show(laid_out or [Entry(tuple(section.nothing(look)))], at=at, keep_place=keep_place)
        self._show_keys()

    def show_known(self, known: Any, *, afresh: bool = False) -> None:
        """Show what the section at hand has read now; the cursor stays where it was, unless all is new."""
        self.keep(known)
        self._show(keep_place=not afresh)

    # ------------------------------------------------------------- where she is

    def be_at(self, place: str) -> None:
        """The keys are those of this place now."""
        self.PLACE = place
        self.query_one(KeyFooter).show_place(place)
        self._show_keys()

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        self.query_one(KeyFooter).relabel(self.key_labels)

    @property
    def key_labels(self) -> dict[str, str]:
        """What keys do where she is: in the section, or in the list of sections, where no row has a cursor."""
        added = {} if self.section.ADDS else {"section_add": ""}
        if self._entries.has_focus:
            at, known = self._entries.current, self.known
            here = self.section.labels_of(known, at) if at is not None and known is not None else {}
            return {"section_open": "Open", "back": "To the list", **added, **self.section.LABELS, **here}
        acts = [*acts_of(self.OF_ROWS if self._entries.keys else ()), *acts_of((self.section.SCOPE,))]
        return {"section_open": "Into", **added, **{act.id: "" for act in acts if act.needs_a_row}}

    def _is_inside(self) -> bool:
        """Whether the cursor of the section is to be seen; if not, that is said."""
        if not self._entries.has_focus:
            enter = self.program.keymap_of_desk.shown("section_open")
            self.tell(f"{enter} goes into the {self.A_SECTION} first.", bad=True)
        return self._entries.has_focus

    # ------------------------------------------------------------ going about

    def _on_what_it_added(self, outcome: "Outcome | None", before: set[Key]) -> "Outcome | None":
        """Put the cursor on what a command has added here: the next key is meant for that."""
        if outcome is not None and self.section.ADDS:
            for key in self._entries.keys - before:
                if key[1] == outcome.value:
                    self._entries.go_to(key)
        return outcome

    async def carry_out(self, command: "Command") -> "Outcome | None":
        before = self._entries.keys
        return self._on_what_it_added(await super().carry_out(command), before)

    async def show_form(self, form: "Form") -> "Outcome | None":
        before = self._entries.keys
        return self._on_what_it_added(await super().show_form(form), before)

    async def go_into(self, key: Key) -> None:
        """Into the section, to the row with this key."""
        self._entries.focus()
        self._entries.go_to(key)

    def action_section_before(self) -> None:
        self._sections.move_to((self._sections.cursor - 1) % len(self.SECTIONS))

    def action_section_after(self) -> None:
        self._sections.move_to((self._sections.cursor + 1) % len(self.SECTIONS))

    @on(RecordList.Opened)
    def _into_section(self) -> None:
        self._entries.focus()

    def action_back(self) -> None:
        """From the section back to the sections."""
        self._sections.focus()

    # ------------------------------------------------ what keys do in a section

    def action_section_open(self) -> None:
        """Into the section; there, open what is under the cursor."""
        if not self._entries.has_focus:
            self._entries.focus()
        elif (key := self._entries.current) is not None:
            self.in_section(lambda: self.section.open(self, key))

    @on(Entries.Opened)
    def _open_entry(self) -> None:
        self.action_section_open()

    def action_section_add(self) -> None:
        self.in_section(lambda: self.section.add(self))

    def action_edit(self) -> None:
        """Change what is under the cursor."""
        key = self._entries.current
        if key is None:
            self.tell("There is nothing here to change.", bad=True)
        elif self._is_inside():
            self.in_section(lambda: self.section.edit(self, key))

    async def action_remove(self) -> None:
        """Remove what is under the cursor."""
        key = self._entries.current
        if key is None:
            self.tell("There is nothing here to remove.", bad=True)
        elif self._is_inside():
            self.in_section(lambda: self.section.remove(self, key))

    def action_section(self, name: str) -> None:
        """A key that only this section has."""
        self.in_section(lambda: getattr(self.section, name)(self, self._entries.current))

    def action_on_row(self, name: str) -> None:
        """A key of this section that acts on what is under the cursor."""
        if self._entries.current is None or self._is_inside():
            self.action_section(name)

    @on(Entries.Moved)
    def _moved(self) -> None:
        """Say the keys of this entry; a section that is read a page at a time reads on near its end."""
        self._show_keys()
        more = getattr(self.section, "more", None)
        entries = self._entries
        if more is not None and entries.cursor is not None and entries.cursor + 20 >= len(entries.entries):
            start(self, lambda: more(self), "more", group="load", exclusive=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Sections may use one key for different things: only the one at hand answers."""
        if action in ("section", "on_row") and parameters:
            theirs = {section.SCOPE for section in self.SECTIONS} - {self.section.SCOPE}
            return hasattr(self.section, str(parameters[0])) and not _doing(f"{action}('{parameters[0]}')") <= theirs
        return super().check_action(action, parameters)

    def in_section(self, job: Callable[[], Any]) -> None:
        """Start a job of the section at hand."""
        if self.is_ready and self.desk is not None:
            start(self.program, job, "section", group="dialog")


@cache
def _doing(action: str) -> frozenset[Scope]:
    """Where keys do this."""
    return frozenset(act.scope for act in ACTIONS if act.does == action)


def scopes_of(sections: Sequence[AnySection[Any]]) -> tuple[Scope, ...]:
    """The scopes of the keys that only these sections have; each is in `PLACES` under the section's title."""
    found = tuple(section.SCOPE for section in sections if section.SCOPE is not None)
    assert all(section.TITLE in PLACES for section in sections)
    return found
