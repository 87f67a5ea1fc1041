"""What is shown of moves (R41): one with both events' rewards before and after it, a whole plan, a letter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from stylistdesk.domain.moves import Way
from stylistdesk.ui import text
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.fixed_keys import FixedKey
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap
from stylistdesk.ui.move_lines import change_lines, letter_lines, plan_lines
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.queries.moves import Preview, Proposal
    from stylistdesk.queries.tickets import TicketRow


class MoveDialog(PageDialog[str]):
    """The answer is "move" or "write", or `None`: to move it here, or to draft the email to customer service."""

    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("y", "Move it", "Move the order, where that can be done here"),
        FixedKey("w", "Draft the email", "Write to customer service, where they have to do it"),
    )
    BINDINGS: ClassVar[list[Binding]] = [
        *bindings(Scope.PAGE),
        Binding("y", "move", show=False),
        Binding("w", "write", show=False),
        Binding("n,q", "back", show=False),
    ]

    def __init__(self, preview: "Preview", currency: str) -> None:
        super().__init__()
        self.preview, self.currency = preview, currency
        self.page_title = f"Move order {preview.number} to {preview.to.name}"

    def on_mount(self) -> None:
        back = f"{self.program.keymap_of_desk.shown('back')} Back"
        does = {Way.MOVE: "y Move it   ", Way.SERVICE: "w Draft the email   ", Way.NO: ""}
        self.query_one(Page).border_subtitle = text.content(does[self.preview.verdict.way] + back)

    def lines(self, width: int) -> Sequence[Line]:
        lines: list[Line] = []
        verdict = self.preview.verdict
        for said, look in ((verdict.reason, "late"), (verdict.hint, "")):
            lines += [(Piece(f" {part}", look),) for part in wrap(said, width - 2) if said]
        if verdict.reason:
            lines.append(BLANK)
        if verdict.way is Way.NO:
            return lines
        if verdict.way is Way.SERVICE:
            lines.append((Piece(" Once they have done it:", "quiet"),))
        return [*lines, *change_lines(self.preview.changes, self.currency, width)]

    def action_move(self) -> None:
        """Move it, if it can be moved here."""
        if self.preview.verdict.way is Way.MOVE:
            self.dismiss("move")

    def action_write(self) -> None:
        """Draft the email, if that is what it takes."""
        if self.preview.verdict.way is Way.SERVICE:
            self.dismiss("write")


class PlanDialog(PageDialog[str]):
    """The answer is "move" where the plan is to be carried out."""

    page_title = "The moves that earn most"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (FixedKey("y", "Make these moves", "Carry out the whole plan"),)
    BINDINGS: ClassVar[list[Binding]] = [
        *bindings(Scope.PAGE),
        Binding("y", "move", show=False),
        Binding("n,q,P", "back", show=False),
    ]

    def __init__(self, proposal: "Proposal", currency: str) -> None:
        super().__init__()
        self.proposal, self.currency = proposal, currency

    def on_mount(self) -> None:
        back = f"{self.program.keymap_of_desk.shown('back')} Back"
        does = "y Make these moves   " if self.proposal.moves else ""
        self.query_one(Page).border_subtitle = text.content(does + back)

    def lines(self, width: int) -> Sequence[Line]:
        return plan_lines(self.proposal, self.currency, width)

    def action_move(self) -> None:
        """Carry it out, or go back where there is nothing to do."""
        self.dismiss("move" if self.proposal.moves else None)


class LetterDialog(PageDialog[str]):
    """The email to customer service. The answer is "copy", "mail", "sent" or "edit", or `None`."""

    page_title = "The email to customer service"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("c", "Copy", "Copy the email"),
        FixedKey("o", "Open mail", "Open it in your mail program"),
        FixedKey("s", "Sent", "Say that it was sent, while it waits"),
        FixedKey("e", "Edit", "Change its words, while it waits"),
    )
    BINDINGS: ClassVar[list[Binding]] = [
        *bindings(Scope.PAGE),
        Binding("c,ctrl+y", "wish('copy')", show=False),
        Binding("o", "wish('mail')", show=False),
        Binding("s", "wish('sent')", show=False),
        Binding("e", "wish('edit')", show=False),
        Binding("enter,q", "back", show=False),
    ]

    def __init__(self, letter: "TicketRow", address: str) -> None:
        super().__init__()
        self.letter, self.address = letter, address
        self.waits = letter.sent_at is None and letter.settled_at is None

    def on_mount(self) -> None:
        does = "c Copy  o Open mail  " + ("s Sent  e Edit  " if self.waits else "")
        back = f"{self.program.keymap_of_desk.shown('back')} Back"
        self.query_one(Page).border_subtitle = text.content(does + back)

    def lines(self, width: int) -> Sequence[Line]:
        return letter_lines(self.letter.subject, self.letter.body, self.address, width)

    def action_wish(self, wish: str) -> None:
        """What the rep does with it; once it was sent it is neither sent nor changed."""
        if self.waits or wish in ("copy", "mail"):
            self.dismiss(wish)
