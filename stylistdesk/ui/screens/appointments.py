"""Appointments due (R8 to R15): assignments from their booking to their close-out, and all other appointments."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from stylistdesk.domain.assignments import STATUS_WORDS
from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.due_groups import DueGroup
from stylistdesk.domain.types import AssignmentStatus
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import BY_ID, Scope, acts_of, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.screens.due_lines import pane_lines, row_lines
from stylistdesk.ui.screens.empty import keys_for
from stylistdesk.ui.screens.grouped_screen import Group, GroupedScreen
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.assignments import DueRow

_LOOKS = {DueGroup.OVERDUE: "late", DueGroup.TO_CLOSE: "quiet"}
_SECTIONS = {"quiz": "Style Quiz", "cadence": "Cadence", "orders": "Orders", "conversation": "Conversation"}

_WITHOUT_A_ROW = ("due_book", "due_other", "due_tickets")
"""The keys that do something in an empty list too."""


def _idle(row: "DueRow") -> tuple[str, ...]:
    """The keys that are seldom for such a row: they work, and give their room in the footer to the others."""
    if row.assignment_id is None:
        return ("due_begin", "due_lookbook", "due_close", "due_revise", *(("due_confirm",) if row.confirmed else ()))
    if row.delivered_at is not None:
        return ("due_begin", "due_move", "due_call_off", "due_confirm")
    idle = ["due_revise"]
    if row.status is not AssignmentStatus.SCHEDULED:
        idle += ["due_begin", "due_confirm"]
    elif row.confirmed or row.appointment_id is None:
        idle.append("due_confirm")
    if row.owed:
        idle.append("due_call_off")
    return tuple(idle)


class AppointmentsDue(GroupedScreen["DueRow", "DueRow"]):
    """What is due, and when."""

    PLACE = "Appointments due"
    TAB: ClassVar[str] = "appointments"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.DUE, Scope.CLIENT, Scope.LIST)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._to_send = 0

    # ------------------------------------------------------------------- rows

    def read(self, desk: "Desk") -> "Sequence[Group[DueRow]]":
        from stylistdesk.queries.assignments import due
        from stylistdesk.queries.tickets import to_send

        rows = desk.ask(due)
        self._to_send = desk.ask(to_send)
        return [
            Group(group.value, [row for row in rows if row.group is group], _LOOKS.get(group, "label"))
            for group in DueGroup
        ]

    def read_panes(self, desk: "Desk", keys: tuple[int, ...]) -> "dict[int, DueRow]":
        """A row tells all that its pane shows."""
        return {row.key: row for group in self.groups for row in group.rows if row.key in keys}

    def row_with(self, key: int) -> "DueRow | None":
        """The row with this key, as it is now."""
        return next((row for group in self.groups for row in group.rows if row.key == key), None)

    def key_kept(self) -> int | None:
        """A row that was delivered goes to the end of the list: the cursor goes on in place."""
        row = self.row
        now = self.row_with(row.key) if row is not None else None
        closes = DueGroup.TO_CLOSE
        if row is not None and now is not None and now.group is closes and row.group is not closes:
            return self.key_after()
        return self.current_key

    def key_of(self, row: "DueRow") -> int:
        return row.key

    def client_of(self, row: "DueRow") -> int:
        return row.about.client_id

    def said(self, row: "DueRow") -> str:
        status = STATUS_WORDS[row.status] if row.status else ""
        whom = f"{row.about.name} {words.power(row.about.spending_power)}"
        return f"{whom} {row.what} {status} {' '.join(row.flags)} {row.hq_notes} {row.notes}"

    @property
    def _here(self) -> LocalNow:
        assert self.desk is not None
        return LocalNow(self.desk.now(), self.desk.zone)

    def lay_out(self, row: "DueRow", width: int) -> tuple[Line, Line]:
        return row_lines(row, self._here, self.program.symbols, width)

    def pane_titles(self, pane: "DueRow") -> tuple[str, str]:
        return f"{pane.about.name}  {words.power(pane.about.spending_power)}", pane.what

    def pane_lines(self, pane: "DueRow", width: int, beside: int | None) -> tuple[list[Line], None]:
        shown = self.program.keymap_of_desk.shown
        return pane_lines(pane, self._here, self.program.symbols, shown, width), None

    def labels_of_row(self) -> dict[str, str]:
        if self.row is not None:
            return dict.fromkeys(_idle(self.row), "")
        of_a_row = acts_of((Scope.DUE, Scope.CLIENT, Scope.LIST))
        return {act.id: "" for act in of_a_row if act.id not in _WITHOUT_A_ROW}

    def summary(self) -> Line:
        counts = {group.words: len(group.rows) for group in self.groups}
        ahead = sum(counts.values()) - counts.get(DueGroup.TO_CLOSE, 0)
        dot = f"  {self.program.symbols.dot}  "
        said = f"{words.count(ahead, 'appointment')} due" if ahead else "Nothing is due"
        parts = [Piece(said, "strong"), Piece("   ")]
        tickets = words.count(self._to_send, "ticket")
        for number, told, look in (
            (counts.get(DueGroup.OVERDUE, 0), f"{counts.get(DueGroup.OVERDUE, 0)} overdue", "late"),
            (counts.get(DueGroup.TODAY, 0), f"{counts.get(DueGroup.TODAY, 0)} today", ""),
            (counts.get(DueGroup.TO_CLOSE, 0), f"{counts.get(DueGroup.TO_CLOSE, 0)} to close", "quiet"),
            (self._to_send, f"{tickets} ({self.program.keymap_of_desk.shown('due_tickets')})", "signal"),
        ):
            if number:
                parts += [Piece(told, look), Piece(dot, "quiet")]
        return tuple(parts[:-1])

    def empty(self) -> list[Line]:
        return [
            (Piece("No session is booked and none is to be closed.", "strong"),),
            BLANK,
            *keys_for(
                self.program.keymap_of_desk,
                ("due_book", "book a session"),
                ("due_other", "book another appointment"),
                ("daily_tasks", "see who needs you"),
            ),
        ]

    # ------------------------------------------------------------- what keys do

    def _ask(self, job: "Callable[[AppointmentsDue, DueRow], Awaitable[None]]", name: str) -> None:
        """Start what a key asks of the row under the cursor."""
        row = self.row
        if row is not None and self.desk is not None:

            async def run() -> None:
                await job(self, row)

            start(self.program, run, name, group="dialog")

    def _form(self, name: str) -> None:
        """One of the forms, which are imported then."""
        from stylistdesk.ui import due_forms

        self._ask(getattr(due_forms, name), name)

    async def action_begin(self) -> None:
        """In Progress: the consultation begins."""
        from stylistdesk.commands.assignments import StartConsultation

        if self.row is not None and self.row.assignment_id is not None:
            await self.carry_out_here(StartConsultation(self.row.assignment_id), stay=True)
        elif self.row is not None:
            self.tell("Only an assignment has a status.", bad=True)

    async def action_confirm(self) -> None:
        """She has confirmed, or has not after all."""
        from stylistdesk.commands.appointments import ConfirmAppointment

        row = self.row
        if row is not None and row.appointment_id is not None:
            await self.carry_out_here(ConfirmAppointment(row.appointment_id, confirmed=not row.confirmed), stay=True)
        elif row is not None:
            self.tell("It has no time yet.", bad=True)

    def action_lookbook(self) -> None:
        """Deliver the lookbook, build it, write it out."""
        from stylistdesk.ui.lookbook_jobs import lookbook

        self._ask(lookbook, "lookbook")

    def action_close_out(self) -> None:
        self._form("close_out")

    def action_revise(self) -> None:
        self._form("revise")

    def action_reschedule(self) -> None:
        self._form("reschedule")

    def action_call_off(self) -> None:
        self._form("call_off")

    def action_rep_notes(self) -> None:
        self._form("write_notes")

    def action_book(self) -> None:
        """Book a session; with whom is asked."""
        from stylistdesk.ui.due_forms import book

        if self.desk is not None:
            start(self.program, partial(book, self), "book", group="dialog")

    def action_book_other(self) -> None:
        """Book an appointment that ends in no lookbook."""
        from stylistdesk.ui.due_forms import edit_appointment

        if self.desk is not None:
            start(self.program, partial(edit_appointment, self, None), "book", group="dialog")

    async def action_tickets(self) -> None:
        """What was drafted to HQ and to the ASM."""
        from stylistdesk.ui.screens.tickets import TicketsPage

        if self.desk is not None:
            await self.app.push_screen(TicketsPage())

    async def action_section(self, name: str) -> None:
        """Her profile, at a section."""
        if self.row is not None and self.desk is not None:
            await self.program.open_profile(self.row.about.client_id, _SECTIONS[name])

    # ------------------------------------------------------------ the row as a page

    async def action_open_row(self) -> None:
        """Her profile; where the pane has no room, all that it would show, with the same keys."""
        if self.row is None or self.has_pane:
            await super().action_open_row()
            return
        row = self.row
        start(self.program, partial(self._open_page, row), "page", group="dialog")

    async def _open_page(self, row: "DueRow") -> None:
        wish = await self.app.push_screen_wait(DuePage(self, row))
        if wish is not None:
            await self.run_action(wish)


class DuePage(PageDialog[str]):
    """All of R9 on a page of its own; a key goes back and does what it does in the list."""

    PLACE: ClassVar[str] = "Appointment"
    BINDINGS: ClassVar[list[Binding]] = [
        Binding(act.keys, f"wish('{act.id}')", act.label, show=False, id=act.id)
        for act in (*acts_of((Scope.DUE, Scope.CLIENT)), BY_ID["profile"])
    ]

    def __init__(self, screen: AppointmentsDue, row: "DueRow") -> None:
        super().__init__()
        self.owner, self.row = screen, row
        self.page_title = screen.pane_titles(row)[0]

    def lines(self, width: int) -> Sequence[Line]:
        return self.owner.pane_lines(self.row, width, None)[0]

    def on_mount(self) -> None:
        keys = self.program.keymap_of_desk
        acts = [act for act in acts_of((Scope.DUE,)) if act.footer in (1, 2, 3) and act.id not in _idle(self.row)]
        said = "  ".join(f"{keys.shown(act.id)} {act.label}" for act in acts[:3])
        self.query_one(Page).border_subtitle = text.content(f"{said}  … as in the list   {keys.shown('back')} Back")

    def action_wish(self, name: str) -> None:
        """Go back, and do this there."""
        self.dismiss(BY_ID[name].does)
