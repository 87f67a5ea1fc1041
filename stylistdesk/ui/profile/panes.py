"""The two panes of the profile: the list of sections and the section at hand, and which of them the keys go to."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.widget import Widget

from stylistdesk.ui.keymap import WITH_HER, acts_of
from stylistdesk.ui.lines import Piece, fit
from stylistdesk.ui.profile.section import Key, Section
from stylistdesk.ui.profile.sections import SECTIONS
from stylistdesk.ui.triage import Triage
from stylistdesk.ui.widgets.entries import Entries
from stylistdesk.ui.widgets.frame import KeyFooter
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.commands.base import Outcome


class TwoPanes(Triage):
    """The pane that has the focus has the strong cursor; the entries have none while the focus is on the list."""

    def __init__(self) -> None:
        super().__init__()
        self._begin = 0

    @abstractmethod
    def _follow(self) -> None:
        """The cursor is on another section: show it."""

    def body(self) -> Iterable[Widget]:
        listed: RecordList[Section[Any]] = RecordList(
            lambda section, width: ((Piece(fit(section.TITLE, width)),),),
            SECTIONS.index,
            row_height=1,
            id="sections",
        )
        listed.rows, listed.cursor = list(SECTIONS), self._begin
        listed.follow = self._follow
        yield listed
        yield Entries(id="entries")

    @property
    def _sections(self) -> RecordList[Section[Any]]:
        return self.query_one("#sections", RecordList)

    @property
    def _entries(self) -> Entries:
        return self.query_one("#entries", Entries)

    @property
    def section(self) -> Section[Any]:
        """The section at hand."""
        return SECTIONS[self._sections.cursor]

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
        added = {} if self.section.ADDS else {"profile_add": ""}
        if self._entries.has_focus:
            return {"profile_open": "Open", "back": "To the list", **added, **self.section.LABELS}
        acts = [*acts_of(WITH_HER if self._entries.keys else ()), *acts_of((self.section.SCOPE,))]
        return {"profile_open": "Into", **added, **{act.id: "" for act in acts if act.needs_a_row}}

    def _is_inside(self) -> bool:
        """Whether the cursor of the section is to be seen; if not, that is said."""
        if not self._entries.has_focus:
            self.tell(f"{self.program.keymap_of_desk.shown('profile_open')} goes into the section first.", bad=True)
        return self._entries.has_focus

    # ------------------------------------------------------------ going about

    def _on_what_it_added(self, outcome: "Outcome | None", before: set[Key]) -> "Outcome | None":
        """Put the cursor on what a command has added here: the next key is meant for that."""
        if outcome is not None and self.section.ADDS:
            for key in self._entries.keys - before:
                if key[1] == outcome.value:
                    self._entries.go_to(key)
        return outcome

    async def go_into(self, key: Key) -> None:
        """Into the section, to the row with this key."""
        self._entries.focus()
        self._entries.go_to(key)

    def action_section_before(self) -> None:
        self._sections.move_to((self._sections.cursor - 1) % len(SECTIONS))

    def action_section_after(self) -> None:
        self._sections.move_to((self._sections.cursor + 1) % len(SECTIONS))

    @on(RecordList.Opened)
    def _into_section(self) -> None:
        self._entries.focus()

    def action_back(self) -> None:
        """From the section back to the sections, and from there back to the list."""
        if self._entries.has_focus:
            self._sections.focus()
        else:
            self.dismiss(None)
