"""An order in full: its lines, what became of it, and what it earns and why (R29, R32). Its keys act on it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import format_rate
from stylistdesk.domain.seasons import say_season
from stylistdesk.domain.types import OrderKind
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.fixed_keys import FixedKey
from stylistdesk.ui.keymap import BY_ID, PLACES, Scope, acts_of, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, line, wrap
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.queries.rates import ReRating
    from stylistdesk.queries.sales import OrderedLine, OrderPage

LABEL = 14
KINDS = {
    OrderKind.SHOP: "order of a shop",
    OrderKind.SUMMARY: "order summary",
    OrderKind.PURCHASE_ORDER: "purchase order",
}


class OrderDialog(PageDialog[str]):
    """The answer is what the rep wishes to do with the order: the name of an action, or `None`."""

    PLACE: ClassVar[str] = "Order"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.ORDER)

    def __init__(self, page: "OrderPage", here: LocalNow) -> None:
        super().__init__()
        self.page, self.here = page, here
        self.page_title = f"Order {page.row.number}"

    def on_mount(self) -> None:
        keymap = self.program.keymap_of_desk
        due = self.page.due
        gives = due is not None and due.to_give_back > 0
        rare = {"order_remove", *(("order_pay", "order_re_rate") if gives else ("order_give_back",))}
        of_order = [act for act in acts_of((Scope.ORDER,)) if act.id not in rare]
        acts = [*of_order, *(act for act in acts_of(PLACES["Page"]) if act.id == "back")]
        said, room = [f"{keymap.shown(act.id)} {act.label}" for act in acts], max(20, self.app.size.width - 10)
        keys = "  ".join(said)
        self.query_one(Page).border_subtitle = text.content(clip(keys if len(keys) <= room else " ".join(said), room))

    def action_wish(self, name: str) -> None:
        """Go back and do this with the order."""
        self.dismiss(name)

    def lines(self, width: int) -> Sequence[Line]:
        return [
            *self._head(width),
            *self._standing(width),
            *self._paid(width),
            *self._lines(width),
            *self._moves(width),
            *self._earns(width),
        ]

    def _money(self, cents: int) -> str:
        return format_money(cents, self.page.row.currency)

    def _head(self, width: int) -> list[Line]:
        page, row = self.page, self.page.row
        day = words.day
        facts = (
            ("", f"{KINDS[row.kind]}, {row.status.value}"),
            ("Ordered", day(row.day, self.here.today)),
            ("Ship", day(page.ship_on, self.here.today) if page.ship_on else ""),
            ("Cancel", day(page.cancel_on, self.here.today) if page.cancel_on else ""),
            ("Brand", ", ".join(row.brands)),
            ("Season", say_season(row.season, row.year)),
            ("Location", page.location),
            ("Event", f"{page.event}, its host order" if page.is_host_order else page.event),
            ("Units", f"{row.standing.units:,}" if row.standing.units else ""),
            ("Rep", page.rep),
            ("Source", page.origin or (page.source if row.kind is OrderKind.SHOP else "")),
            ("Description", page.description),
        )
        lines: list[Line] = []
        for label, value in facts:
            if value:
                first, *more = wrap(value, max(10, width - LABEL - 2))
                lines.append(line(Piece(fit(f" {label}", LABEL), "quiet"), first))
                lines += [line(" " * LABEL, part) for part in more]
        return lines

    def _standing(self, width: int) -> list[Line]:
        page, s = self.page, self.page.row.standing
        sums = [
            ("Booked", s.booked), ("Cancelled", -s.cancelled), ("Active", s.active), ("Shipped", s.shipped),
            ("Open", s.open), ("Credited", -s.credited),
        ]  # fmt: skip
        shown = [(label, cents) for label, cents in sums if cents or label in ("Booked", "Active", "Open")]
        lines: list[Line] = [BLANK, (Piece(" Sums", "label"),)]
        for label, cents in shown:
            look = "strong" if label in ("Active", "Open") else ""
            lines.append(self._sum(label, cents, look=look))
        if page.shipping or page.tax:
            said = (
                f"with shipping {self._money(page.shipping)} and tax {self._money(page.tax)}: {self._money(page.total)}"
            )
            lines.append((Piece(f" {said}", "quiet"),))
        return lines

    def _paid(self, width: int) -> list[Line]:
        """What has paid for it here, card by card, and what is still to be paid."""
        due = self.page.due
        if due is None or (due.was_paid_in_its_shop and not self.page.cards):
            return []
        lines: list[Line] = [BLANK, (Piece(" Payment", "label"),)]
        if due.by_gifts:
            lines.append(self._sum("Certificates", due.by_gifts))
        for one in self.page.cards:
            shown = f"  {one.card}, {words.day(one.on, self.here.today)}"
            lines.append(self._sum("Card", one.amount, clip(shown, max(4, width - LABEL - 14))))
        if not due.was_paid_in_its_shop:
            lines.append(self._sum("To be paid", due.due, look="strong"))
        if due.to_give_back:
            key = self.program.keymap_of_desk.shown("order_give_back")
            lines.append(self._sum("To give back", due.to_give_back, f"  {key} when she has it", look="late"))
        if back := words.refunded(due):
            lines += [(Piece(f" {part}", "quiet"),) for part in wrap(back, width - 2)]
        return lines

    def _sum(self, label: str, cents: int, more: str = "", *, look: str = "") -> Line:
        return line(Piece(fit(f" {label}", LABEL), "quiet"), Piece(fit(self._money(cents), 14, right=True), look), more)

    def _lines(self, width: int) -> list[Line]:
        if not self.page.lines:
            return []
        lines: list[Line] = [BLANK, (Piece(" Lines", "label"),)]
        for one in self.page.lines:
            lines += self._one_line(one, width)
        return lines

    def _one_line(self, one: "OrderedLine", width: int) -> list[Line]:
        what = f"{one.quantity} x {one.name}" + (f", {one.brand}" if one.brand else "")
        rate = format_rate(one.rate) if one.rate is not None else "no rate"
        earns = self._money(one.commission) if one.commission is not None else ""
        room = max(10, width - 36)
        lines = [
            line(
                Piece(fit(f" {what}", room)),
                Piece(fit(self._money(one.worth), 13, right=True)),
                Piece(fit(rate, 10, right=True), "quiet"),
                Piece(fit(earns, 12, right=True), "good"),
            )
        ]
        if one.why and one.why != self.page.row.why:
            lines += [(Piece(f"   {part}", "quiet"),) for part in wrap(words.rate_why(one.why), width - 4)]
        return lines

    def _moves(self, width: int) -> list[Line]:
        if not self.page.moves:
            return []
        lines: list[Line] = [BLANK, (Piece(" Shipped and credited", "label"),)]
        for move in self.page.moves:
            shipped = move.kind == "shipment"
            what = "shipped" if shipped else f"credit {move.number}, {'reopens' if move.reopens else 'does not reopen'}"
            earns = self._money(move.commission) if move.commission is not None else ""
            lines.append(
                line(
                    Piece(fit(f" {words.day(move.on, self.here.today)}", 18), "quiet"),
                    Piece(fit(what, max(10, width - 46))),
                    Piece(
                        fit(self._money(move.amount if shipped else -move.amount), 14, right=True),
                        "" if shipped else "late",
                    ),
                    Piece(fit(earns, 12, right=True), "good" if shipped else "late"),
                )
            )
            if move.note:
                lines += [(Piece(" " * 18 + part, "quiet"),) for part in wrap(move.note, width - 20)]
        return lines

    def _earns(self, width: int) -> list[Line]:
        row = self.page.row
        lines: list[Line] = [BLANK, (Piece(" Commission", "label"),)]
        if row.commission is None:
            said = "No rate applied when it was entered. Set one, then re-rate it."
            return [*lines, *((Piece(f" {part}", "quiet"),) for part in wrap(said, width - 2))]
        lines.append(
            line(
                f" {self._money(row.commission)} if all of it ships, ",
                Piece(f"{self._money(row.earned)} earned so far", "good"),
            )
        )
        return lines + [(Piece(f" {part}"),) for part in wrap(words.rate_why(row.why), width - 2)]


class Changes(PageDialog[bool]):
    """What re-rating, or a rate that is tried, would change: old and new of each order and line. Enter is yes.

    So is the key that saves a form: a hand that has just saved one presses it here too.
    """

    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("enter y", "Yes", "Make these changes, where they are asked about"),
    )
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("enter,y", "yes", show=False),
        Binding(BY_ID["form_save"].keys, "yes", show=False, id="form_save"),
    ]

    def __init__(self, title: str, changes: "Sequence[ReRating]", *, yes: str = "", nothing: str = "") -> None:
        super().__init__()
        self.page_title, self.changes, self.yes = title, changes, yes
        self.nothing = nothing

    def on_mount(self) -> None:
        if self.yes and self.changes:
            keymap = self.program.keymap_of_desk
            said = f"enter or {keymap.shown('form_save')} {self.yes}   {keymap.shown('back')} Leave it"
            self.query_one(Page).border_subtitle = text.content(said)

    def action_yes(self) -> None:
        self.dismiss(bool(self.yes and self.changes))

    def lines(self, width: int) -> Sequence[Line]:
        if not self.changes:
            return [(Piece(f" {part}", "quiet"),) for part in wrap(self.nothing, width - 2)]
        sums: dict[str, list[int]] = {}
        lines: list[Line] = []
        for one in self.changes:
            old, new = one.old.commission or 0, one.new.commission or 0
            total = sums.setdefault(one.currency, [0, 0])
            total[0], total[1] = total[0] + old, total[1] + new
            lines += self._one(one, width)
        head: list[Line] = []
        for currency, (old, new) in sums.items():
            head.append(
                line(
                    Piece(f" {words.count(len(self.changes), 'order')}: ", "quiet"),
                    f"{format_money(old, currency)} → ",
                    Piece(format_money(new, currency), "strong"),
                    Piece(
                        f"  ({'+' if new >= old else ''}{format_money(new - old, currency)})",
                        "good" if new >= old else "late",
                    ),
                )
            )
        return [*head, *lines]

    def _one(self, one: "ReRating", width: int) -> list[Line]:
        def earns(cents: int | None) -> str:
            return format_money(cents, one.currency) if cents is not None else "no rate"

        lines: list[Line] = [
            BLANK,
            line(
                Piece(fit(f" {one.number}", 14), "strong"),
                Piece(fit(f"{one.day:%-d %b %Y}", 13), "quiet"),
                f"{earns(one.old.commission)} → ",
                Piece(earns(one.new.commission), "strong"),
            ),
        ]
        lines += self._reasons((("was", one.old.why), ("is", one.new.why)), 3, width)
        for name, before, after in one.lines:
            told = (("was", before.why, one.old.why), ("is", after.why, one.new.why))
            own = [(label, why) for label, why, whole in told if why != whole]
            if before.why == after.why:  # it stays, for a reason of its own
                own = [("by", why) for label, why in own if label == "is"]
            if before != after or own:
                sums = earns(after.commission)
                if after.commission != before.commission:
                    sums = f"{earns(before.commission)} → {sums}"
                lines.append(line(Piece(f"   {clip(name, max(8, width - 34))}  ", "quiet"), sums))
                lines += self._reasons(own, 5, width)
        return lines

    def _reasons(self, told: Iterable[tuple[str, str]], indent: int, width: int) -> list[Line]:
        """Each reason behind its label, on as many lines as it takes."""
        room = indent + 5
        return [
            (Piece(fit(" " * indent + (label if at == 0 else ""), room), "quiet"), Piece(part))
            for label, why in told
            for at, part in enumerate(wrap(words.rate_why(why) or "no rate", max(10, width - room)))
        ]
