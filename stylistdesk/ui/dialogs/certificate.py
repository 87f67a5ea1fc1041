"""A gift certificate in full: its movements, and the orders that it paid for (R36). Its keys act on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.money import format_money
from stylistdesk.domain.types import GiftMove
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.keymap import PLACES, Scope, acts_of, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, line, wrap
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.queries.gifts import GiftMoved, GiftPage, PaidOrder

LABEL = 12
DAY = 17
DID = {
    GiftMove.SOLD: "sold",
    GiftMove.REDEEMED: "redeemed",
    GiftMove.REFUNDED: "given back",
    GiftMove.CORRECTED: "corrected",
}


class Certificate(PageDialog[str]):
    """The answer is what the rep wishes to do with it: the name of a job, or `None`."""

    PLACE: ClassVar[str] = "Certificate"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.CERTIFICATE)

    def __init__(self, page: "GiftPage", here: LocalNow) -> None:
        super().__init__()
        self.page, self.here = page, here
        self.page_title = f"Gift certificate {page.row.number}"

    def on_mount(self) -> None:
        keymap = self.program.keymap_of_desk
        own = [act for act in acts_of((Scope.CERTIFICATE,)) if act.footer]
        acts = [*own, *(act for act in acts_of(PLACES["Page"]) if act.id == "back")]
        said, room = [f"{keymap.shown(act.id)} {act.label}" for act in acts], max(20, self.app.size.width - 10)
        keys = "  ".join(said)
        self.query_one(Page).border_subtitle = text.content(clip(keys if len(keys) <= room else " ".join(said), room))

    def action_wish(self, name: str) -> None:
        """Go back and do this with the certificate."""
        self.dismiss(name)

    def lines(self, width: int) -> Sequence[Line]:
        return [*self._head(width), *self._moves(width), *self._orders(width)]

    def _money(self, cents: int) -> str:
        return format_money(cents, self.page.row.currency)

    def _head(self, width: int) -> list[Line]:
        row = self.page.row
        sent = words.day(self.here.day(row.sent_at), self.here.today) if row.sent_at else "not yet"
        facts = (
            ("Left", f"{self._money(row.left)} of {self._money(row.worth)}", "strong"),
            ("Bought by", row.client, ""),
            ("For", row.whom, ""),
            ("Sold", words.day(row.sold_on, self.here.today), ""),
            ("Sent", sent, "" if row.sent_at or not row.left else "late"),
            ("In a cart", f"with order {self.page.order}" if self.page.order else "", ""),
            ("Note", row.note, ""),
        )
        lines: list[Line] = []
        for label, value, look in facts:
            parts = wrap(value, max(10, width - LABEL - 2)) if value else []
            for at, part in enumerate(parts):
                lines.append(line(Piece(fit("" if at else f" {label}", LABEL), "quiet"), Piece(part, look)))
        return lines

    def _moves(self, width: int) -> list[Line]:
        lines: list[Line] = [BLANK, (Piece(" Movements", "label"),)]
        for move in self.page.moves:
            lines += self._move(move, width)
        return lines

    def _move(self, move: "GiftMoved", width: int) -> list[Line]:
        day = words.day(self.here.day(move.at), self.here.today)
        head = line(
            Piece(fit(f" {day}", DAY), "quiet"),
            Piece(fit(DID[move.kind], 11)),
            Piece(fit(self._money(move.cents), 11, right=True), "late" if move.cents < 0 else "good"),
        )
        order = f"order {move.order} of {move.client}" if move.order else ""
        about = ": ".join(part for part in (order, " ".join(move.note.split())) if part)
        first, *more = wrap(about, max(12, width - DAY - 25)) if about else [""]
        behind = [(Piece(" " * (DAY + 24) + part, "quiet"),) for part in more]
        return [(*head, Piece(f"  {first}", "quiet")), *behind]

    def _orders(self, width: int) -> list[Line]:
        if not self.page.orders:
            return []
        lines: list[Line] = [BLANK, (Piece(" Paid for", "label"),)]
        return lines + [part for one in self.page.orders for part in self._order(one, width)]

    def _order(self, one: "PaidOrder", width: int) -> list[Line]:
        order = one.order
        parts = [("this one", one.here), ("others", order.by_gifts - one.here), *one.cards]
        said = ", ".join(f"{name} {self._money(cents)}" for name, cents in parts if cents)
        back = words.refunded(order)
        due = f"{self._money(order.due)} is to be paid" if order.due else "" if back else "paid"
        said = f"{said}, after what went back" if said and back else said
        about = f"{self._money(order.total)}: {'; '.join(part for part in (said, back, due) if part)}"
        head = line(Piece(fit(f" {order.number}", LABEL), "strong"), Piece(clip(order.client, max(8, width - LABEL))))
        return [head, *((Piece(" " * LABEL + part, "quiet"),) for part in wrap(about, max(12, width - LABEL - 1)))]
