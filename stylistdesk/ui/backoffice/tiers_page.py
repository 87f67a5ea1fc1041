"""The tiers of host rewards (R38): what sales of so much earn a host, to look at and to change."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_rewards import Tier
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import format_rate, parse_rate, parse_rate_or_none
from stylistdesk.domain.reward_tiers import gaps
from stylistdesk.domain.types import Cents
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, fit, line, wrap
from stylistdesk.ui.sales_forms import amount, in_field, money_field
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.widgets.entries import Entries, Entry
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.host_rewards import TierTable

CELLS = 14
HEADS = ("from", "up to", "reward", "half price")


class TiersPage(EntriesPage):
    """The usual tiers until the rep changes one; then her own."""

    PLACE = "Reward tiers"
    TAB: ClassVar[str] = "back_office"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.TIERS, Scope.PAGE)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.known: TierTable | None = None

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        from stylistdesk.queries.host_rewards import tier_table

        desk = self.desk
        if desk is None:
            return
        self.shown_version = desk.version
        self.known = await asyncio.to_thread(desk.ask, tier_table)
        self._show()

    def _show(self) -> None:
        known, desk = self.known, self.desk
        if known is None or desk is None:
            return
        said = "the usual ones" if known.are_usual else "your own"
        self._entries.border_title = text.content(f"Reward tiers, {said}")
        self._entries.show(tier_entries(known, desk.currency, self._entries.room), keep_place=True)
        count = words.count(len(known.rules.tiers), "tier")
        said = "   what sales of so much earn the host of an event"
        self.query_one(SumUp).sum_up((Piece(count, "strong"), Piece(said, "quiet")))

    # -------------------------------------------------------------------- keys

    @property
    def _tier(self) -> Tier | None:
        key = self._entries.current
        tiers = self.known.rules.tiers if self.known is not None else ()
        return next((one for one in tiers if key == ("tier", one.from_cents)), None)

    def _start(self, job: Callable[[], Any]) -> None:
        if self.known is not None and self.desk is not None:
            start(self.program, job, "tiers", group="dialog")

    def action_add_tier(self) -> None:
        """Add a tier."""
        desk = self.desk

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.reward_tiers import AddTier

            assert desk is not None
            return AddTier(_typed(desk, values))

        if desk is not None:
            self._start(lambda: self.fill_in("Add a tier", _fields(desk), make, draft="tier:new"))

    def action_edit_tier(self) -> None:
        """Change the tier under the cursor."""
        desk, tier = self.desk, self._tier
        if desk is None or tier is None:
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.reward_tiers import EditTier

            return EditTier(tier.from_cents, _typed(desk, values))

        draft = f"tier:{tier.from_cents}"
        self._start(lambda: self.fill_in("Edit the tier", _fields(desk, tier), make, draft=draft))

    async def action_remove_tier(self) -> None:
        """Remove the tier under the cursor."""
        from stylistdesk.commands.reward_tiers import RemoveTier

        if (tier := self._tier) is not None:
            await self.carry_out(RemoveTier(tier.from_cents))

    async def action_restore(self) -> None:
        """Let the usual tiers hold again."""
        from stylistdesk.commands.reward_tiers import RestoreUsualTiers

        await self.carry_out(RestoreUsualTiers())

    @on(Entries.Opened)
    def _opened(self) -> None:
        self.action_edit_tier()


def tier_entries(known: "TierTable", currency: str, width: int) -> list[Entry]:
    """A row for each tier, and what lies between two that do not meet."""
    rules = known.rules
    after = {begins: (begins, ends) for begins, ends in gaps(rules.tiers)}
    entries = [Entry(((Piece(" " + "".join(fit(head, CELLS) for head in HEADS), "label"),),))]
    for tier in rules.tiers:
        entries.append(Entry((_row(tier, currency),), ("tier", tier.from_cents)))
        if tier.to_cents in after:
            begins, ends = (format_money(cents, currency) for cents in after[tier.to_cents])
            entries.append(Entry(((Piece(f" Sales of {begins} up to {ends} earn nothing.", "late"),),)))
    last = rules.tiers[-1]
    if last.to_cents is not None:
        more = format_money(last.to_cents, currency)
        entries.append(Entry(((Piece(f" Sales of {more} and more earn nothing.", "late"),),)))
    orders, sales = words.count(rules.orders_needed, "order"), format_money(rules.sales_needed, currency)
    said = (
        f"An event qualifies from {orders} and {sales}: host_orders_needed and host_sales_needed_cents in the settings."
    )
    notes: list[Line] = [(Piece(f" {part}", "quiet"),) for part in wrap(said, min(width, 90) - 2)]
    return [*entries, Entry((BLANK, *notes))]


def _row(tier: Tier, currency: str) -> Line:
    gives = format_rate(tier.percent) if tier.percent is not None else ""
    if tier.fixed_cents is not None:
        gives = format_money(tier.fixed_cents, currency)
    return line(
        Piece(" " + fit(format_money(tier.from_cents, currency), CELLS), "strong"),
        fit("and more" if tier.to_cents is None else format_money(tier.to_cents, currency), CELLS),
        Piece(fit(gives or "none", CELLS), "good" if gives else "quiet"),
        words.count(tier.half_price_items, "item") if tier.half_price_items else "",
    )


def _fields(desk: "Desk", tier: Tier | None = None) -> list[Field]:
    percent = format_rate(tier.percent) if tier is not None and tier.percent is not None else ""
    items = str(tier.half_price_items) if tier is not None and tier.half_price_items else ""
    percent_hint = "15 or 12.5 % of the sales; or an amount below"
    items_hint = "how many she may buy at half the price; may be empty"
    return [
        money_field(desk, "from", "From", tier.from_cents if tier else None, "sales of so much: 400 or 400.00"),
        money_field(desk, "to", "Up to", tier.to_cents if tier else None, "not with it; empty: and all that is more"),
        Field("percent", "Percent", percent, hint=percent_hint,
              understood=lambda typed: format_rate(parse_rate(typed)) if typed.strip() else percent_hint),
        money_field(desk, "fixed", "Or amount", tier.fixed_cents if tier else None, "the same for all; not both"),
        Field("half_price_items", "Half price", items, hint=items_hint,
              understood=lambda typed: words.count(_count(typed), "item") if typed.strip() else items_hint),
    ]  # fmt: skip


def _count(typed: str) -> int:
    digits = typed.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 4:
        raise Refused("Items are a whole number.", field="half_price_items", hint="For example 2.")
    return int(digits)


def _typed(desk: "Desk", values: dict[str, str]) -> Tier:
    """The tier that was typed. Raises `Refused` with the field."""
    begins = amount(desk, values, "from")
    if begins is None:
        raise Refused("Where it begins is missing.", field="from", hint="Write it as 400 or 400.00.")
    return Tier(
        Cents(begins),
        amount(desk, values, "to"),
        amount(desk, values, "fixed"),
        in_field("percent", lambda: parse_rate_or_none(values["percent"])),
        _count(values["half_price_items"]) if values["half_price_items"].strip() else 0,
    )
