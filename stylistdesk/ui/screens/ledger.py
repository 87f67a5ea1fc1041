"""The commission ledger (R20, R32): the payments and the orders of a period, with why each earns what it does."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.metrics_ledger import LedgerRow
from stylistdesk.domain.metrics_of_sales import Payment
from stylistdesk.domain.money import format_money
from stylistdesk.domain.periods import say_period
from stylistdesk.ui import text, words
from stylistdesk.ui.asking_metrics import read_ledger
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, cut, fit, wrap
from stylistdesk.ui.looking import Looking, PeriodKeys
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.widgets.entries import Entries, Entry
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.queries.ledger import Ledger

MONEY = 11
HEADS = ("Projected", "Earned", "Paid so far", "Outstanding")
WIDEST = 130


class LedgerScreen(EntriesPage, PeriodKeys):
    """The payments of the period first, then its orders, the newest first."""

    PLACE = "Commission ledger"
    TAB: ClassVar[str] = "metrics"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.LEDGER, Scope.PAGE)  # type: ignore[assignment]
    AUTO_FOCUS = "#ledger"
    GROUP = "metrics"

    def __init__(self, looking: Looking) -> None:
        super().__init__()
        self.looking = looking
        self.found: Ledger | None = None

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        desk, looking = self.desk, self.looking
        if desk is None or looking is None:
            return
        if self.found is not None and self.found.period != looking.period:
            self.found = None
        self._show()
        version = desk.version
        self.found = await asyncio.to_thread(read_ledger, desk, looking.period)
        self.shown_version = version
        self._show()

    def _show(self) -> None:
        desk, looking, found = self.desk, self.looking, self.found
        if desk is None or looking is None:
            return
        period = say_period(looking.period, self.today)
        self._entries.border_title = text.content(f"Commission ledger, {period}")
        summary: list[Piece] = []
        if found is None:
            self._entries.show([Entry(((Piece(" …", "quiet"),),))])
            summary.append(Piece("…", "quiet"))
        else:
            for said, cents in (
                ("projected", found.projected),
                ("earned", found.earned),
                ("paid", found.paid),
                ("outstanding in all", found.outstanding),
            ):
                summary += [Piece(format_money(cents, desk.currency), "strong"), Piece(f" {said}  ", "quiet")]
            width = min(self._entries.room, WIDEST)
            self._entries.show(ledger_entries(found, desk.currency, self._keys(), width), keep_place=True)
        self.query_one(SumUp).sum_up(tuple(summary))

    def _keys(self) -> dict[str, str]:
        shown = self.program.keymap_of_desk.shown
        return {name: shown(name) for name in ("ledger_add", "ledger_before", "brands_and_rates")}

    # -------------------------------------------------------------------- keys

    def _start(self, job: Callable[[], Any]) -> None:
        if self.found is not None:
            start(self.program, job, "ledger", group="dialog")

    @property
    def _payment(self) -> Payment | None:
        key = self._entries.current
        payments = self.found.payments if self.found is not None else ()
        return next((one for one, _ in payments if key == ("payment", one.id)), None)

    @property
    def _order(self) -> LedgerRow | None:
        key = self._entries.current
        rows = self.found.rows if self.found is not None else ()
        return next((row for row in rows if key == ("order", row.order_id)), None)

    @on(Entries.Opened)
    async def action_open_entry(self) -> None:
        """The client of an order; a payment, to change it."""
        order = self._order
        if order is not None:
            await self.program.open_profile(order.client_id, "Orders")
        elif self._payment is not None:
            self.action_change()

    def action_add(self) -> None:
        """Record a payment."""
        from stylistdesk.ui.metric_jobs import pay

        self._start(lambda: pay(self))

    def action_change(self) -> None:
        """Change the payment under the cursor."""
        from stylistdesk.ui.metric_jobs import pay

        payment = self._payment
        if payment is None:
            self.tell("Only payments are changed here.", bad=True, after="enter opens the client of an order.")
        else:
            self._start(lambda: pay(self, payment))

    def action_take_away(self) -> None:
        """Take the payment under the cursor away."""
        from stylistdesk.commands.payments import RemovePayment

        payment = self._payment
        if payment is None:
            self.tell("Only payments are removed here.", bad=True)
        else:
            self._start(lambda: self.carry_out(RemovePayment(payment.id)))

    def action_statement(self) -> None:
        """Write the statement of the period."""
        from stylistdesk.ui.metric_jobs import write_statement

        looking = self.looking
        if looking is not None:
            self._start(lambda: write_statement(self, looking.period))


def ledger_entries(found: "Ledger", currency: str, keys: dict[str, str], width: int) -> list[Entry]:
    """The payments, then the orders, each with why it has its rate."""
    entries = [Entry(((Piece(" Payments", "label"),),))]
    for payment, brand in found.payments:
        entries.append(Entry((_payment_line(payment, brand, currency, width),), ("payment", payment.id)))
    if not found.payments:
        adds = (Piece(f" {keys['ledger_add']}", "key"), Piece(" records a payment that you got.", "quiet"))
        entries.append(Entry((adds,)))
    heads = "".join(fit(head, MONEY + 1, right=True) for head in HEADS)
    title = fit(" Orders", width - len(heads))
    entries.append(Entry((BLANK, (Piece(title, "label"), Piece(heads, "quiet")))))
    entries += [Entry(_order_lines(row, currency, width), ("order", row.order_id)) for row in found.rows]
    if not found.rows:
        entries.append(
            Entry((
                (Piece(" No order with a commission rate is of this period.", "quiet"),),
                (Piece(f" {keys['ledger_before']}", "key"), Piece(" goes back, ", "quiet"),
                 Piece(keys["brands_and_rates"], "key"), Piece(" sets your rates.", "quiet")),
            ))
        )  # fmt: skip
    return entries


def _payment_line(payment: Payment, brand: str, currency: str, width: int) -> Line:
    said = f" {payment.on.day:>2} {payment.on:%b %Y}  "
    about = "   ".join(part for part in (brand, payment.note) if part)
    amount = fit(format_money(payment.cents, currency), MONEY, right=True)
    return cut((Piece(said), Piece(amount, "strong"), Piece(f"   {about}", "quiet")), width)


def _order_lines(row: LedgerRow, currency: str, width: int) -> tuple[Line, ...]:
    amounts = ("" if row.projected is None else format_money(row.projected, currency),
               format_money(row.earned_here, currency), format_money(row.paid, currency))  # fmt: skip
    money = "".join(fit(amount, MONEY + 1, right=True) for amount in amounts)
    last = fit(format_money(row.outstanding, currency), MONEY + 1, right=True)
    room = width - 4 * (MONEY + 1)
    day = f" {row.on.day:>2} {row.on:%b}  "
    name = clip(row.client, room - len(day) - 1)
    first = (
        Piece(day),
        Piece(fit(name, room - len(day)), "name"),
        Piece(money),
        Piece(last, "strong" if row.outstanding else "quiet"),
    )
    number = Piece(f"{'':9}{clip(row.number, 14)}  ", "signal")
    so_far = f"{format_money(row.earned, currency)} earned so far   " if row.earned_here != row.earned else ""
    about, *more = wrap(so_far + words.rate_why(row.why), width - number.width)
    return (
        cut(first, width),
        (number, Piece(about, "quiet")),
        *((Piece(" " * number.width), Piece(part, "quiet")) for part in more),
    )
