"""Brands and rates: the rep's own commission rates, and every brand with its default and hers for it (R31, R32)."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.types import RateScope
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, cut, fit, line
from stylistdesk.ui.rate_jobs import new_rate, rates_lines, rates_of
from stylistdesk.ui.sales_forms import brand_fields
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.widgets.entries import Entries, Entry
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.queries.rates import BrandRow, BrandsAndRates, RateRow

LABEL = 20


class BrandsScreen(EntriesPage):
    """The rep's own rate first, then the brands by name."""

    PLACE = "Brands and rates"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.RATES, Scope.PAGE)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.known: BrandsAndRates | None = None

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        from stylistdesk.queries.rates import brands_and_rates

        desk = self.desk
        if desk is None:
            return
        self.shown_version = desk.version
        self.known = await asyncio.to_thread(desk.ask, brands_and_rates)
        self._show()

    def _show(self) -> None:
        if self.known is None:
            return
        width, shown = min(self._entries.room, 110), self.program.keymap_of_desk.shown
        own = rates_lines(fit(" Your own rate", LABEL), self.known.rep, width)
        entries = [Entry(tuple(own), ("rep", 0)), Entry((BLANK, (Piece(" Brands", "label"),)))]
        entries += [Entry(_lines(brand, width), ("brand", brand.id)) for brand in self.known.brands]
        if not self.known.brands:
            adds = line(Piece(f" {shown('rates_add')}", "key"), Piece(" adds a brand that you sell.", "quiet"))
            entries.append(Entry((adds,)))
        self._entries.border_title = text.content("Brands and rates")
        self._entries.show(entries, keep_place=True)
        count = words.count(len(self.known.brands), "brand")
        said = "line > order > her rate for a brand > her rate > your rate for a brand > your rate > the brand's"
        self.query_one(SumUp).sum_up(
            (Piece(count, "strong"), Piece(f"   the most specific rate wins: {said}", "quiet"))
        )

    # -------------------------------------------------------------------- keys

    def _start(self, job: Callable[[], Any]) -> None:
        if self.known is not None and self.desk is not None:
            start(self.program, job, "brands and rates", group="dialog")

    def _brand(self) -> "BrandRow | None":
        key = self._entries.current
        return next((b for b in self.known.brands if key == ("brand", b.id)), None) if self.known else None

    def action_rates_add(self) -> None:
        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.brands import AddBrand

            return AddBrand(values["name"], values["note"])

        self._start(lambda: self.fill_in("Add a brand", brand_fields(), make, draft="brand:new"))

    def action_rates_edit(self) -> None:
        brand = self._brand()
        if brand is None:
            self.action_rates_open()
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.brands import EditBrand

            return EditBrand(brand.id, values["name"], values["note"])

        fields = brand_fields(brand.name, brand.note)
        self._start(lambda: self.fill_in(f"Edit {brand.name}", fields, make, draft=f"brand:{brand.id}"))

    def action_rates_remove(self) -> None:
        from stylistdesk.commands.brands import RemoveBrand

        brand = self._brand()
        if brand is None:
            self.tell("Open your rates to remove one.", bad=True)
        else:
            self._start(lambda: self.carry_out(RemoveBrand(brand.id)))

    @on(Entries.Opened)
    def action_rates_open(self) -> None:
        """The rates under the cursor, to change or remove one."""
        self._start(lambda: self._with_rates(rates_of))

    def action_rates_set(self) -> None:
        """Set a rate: the brand's default, or the rep's own for it."""
        self._start(lambda: self._with_rates(new_rate))

    async def _with_rates(self, job: Callable[..., Any]) -> None:
        from stylistdesk.domain.commission import RateKey

        brand, known = self._brand(), self.known
        if known is None:
            return
        if brand is None:
            await job(self, "your own rate", RateKey(RateScope.REP), known.rep)
            return
        kinds: dict[str, tuple[str, RateKey, tuple[RateRow, ...]]] = {
            "brand": (f"the default of {brand.name}", RateKey(RateScope.BRAND, brand_id=brand.id), brand.default),
            "rep": (f"your rate for {brand.name}", RateKey(RateScope.REP_BRAND, brand_id=brand.id), brand.rep),
        }
        choices = [(name, whose[:1].upper() + whose[1:]) for name, (whose, _, _) in kinds.items()]
        chosen = await self.app.push_screen_wait(Picker(brand.name, choices))
        if chosen:
            await job(self, *kinds[chosen])


def _lines(brand: "BrandRow", width: int) -> tuple[Line, ...]:
    who = ", ".join(
        part
        for part in (
            f"{brand.active} active" if brand.active else "",
            f"{brand.potential} potential" if brand.potential else "",
        )
        if part
    )
    lines = [
        cut(line(Piece(fit(f" {brand.name}", 30), "strong"), Piece(who, "quiet")), width),
        *rates_lines(fit("   its default", LABEL), brand.default, width),
    ]
    if brand.rep:
        lines += rates_lines(fit("   your rate for it", LABEL), brand.rep, width)
    if brand.note:
        lines.append(cut((Piece(f"   {brand.note.splitlines()[0]}", "quiet"),), width))
    return tuple(lines)
