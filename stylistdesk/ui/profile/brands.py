"""Brands: what she is to each, her ID number there, and the commission rate that holds for her, with why (R31, R32)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.rates import format_rate
from stylistdesk.domain.types import BrandStatus, RateScope
from stylistdesk.ui import words
from stylistdesk.ui.brand_field import brand_meant
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, cut, fit, line, width_of, wrap
from stylistdesk.ui.profile.section import Entry, Key, Look, Section
from stylistdesk.ui.rate_jobs import new_rate, rates_lines, rates_of
from stylistdesk.ui.sales_forms import her_brand_fields

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.domain.commission import RateKey
    from stylistdesk.queries.rates import HerBrand, HerBrands, RateRow
    from stylistdesk.ui.profile.screen import Profile

LABEL = 20


class Brands(Section["HerBrands | None"]):
    """Her own rate for all brands, the brands that she buys or may buy, and the others that the rep sells."""

    TITLE = "Brands"
    SCOPE: ClassVar[Scope] = Scope.BRANDS
    ADDS = "a brand that she buys"

    def read(self, desk: "Desk", client_id: int) -> "HerBrands | None":
        from stylistdesk.queries.rates import her_brands

        return desk.ask(her_brands, client_id)

    def entries(self, known: "HerBrands | None", look: Look) -> list[Entry]:
        if known is None:
            return []
        own = rates_lines(fit(" Her own rate", LABEL), known.own, look.width)
        shown = [Entry(tuple(own), ("own", 0))]
        others = False
        for brand in known.brands:
            if brand.status is None and not others:
                others = True
                shown.append(Entry((BLANK, (Piece(" Other brands that you sell", "label"),))))
            shown.append(Entry(_lines(brand, look), ("brand", brand.id)))
        if not known.brands:
            shown.append(Entry(tuple(self.nothing(look))))
        return shown

    def empty(self, look: Look) -> list[Line]:
        return [*super().empty(look), look.key("brands_page", "opens all brands and rates.")]

    # -------------------------------------------------------------------- keys

    async def add(self, profile: "Profile") -> None:
        client_id = profile.client_id
        known: HerBrands | None = profile.known
        brands = [brand.name for brand in known.brands] if known else []

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.brands import SetClientBrand

            named = brand_meant(brands, values["brand"])
            return SetClientBrand(client_id, named, BrandStatus(values["status"]), values["number"])

        fields = her_brand_fields(brands=brands)
        await profile.fill_in("Add a brand", fields, make, draft=f"her_brand:new:{client_id}")

    async def edit(self, profile: "Profile", key: Key) -> None:
        brand, client_id = _at(profile, key), profile.client_id
        if brand is None:
            await self.open(profile, key)
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.brands import SetClientBrand

            return SetClientBrand(client_id, brand.name, BrandStatus(values["status"]), values["number"])

        await profile.fill_in(brand.name, her_brand_fields(brand), make, draft=f"her_brand:{client_id}:{brand.id}")

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.brands import RemoveClientBrand

        if _at(profile, key) is None:
            profile.tell("Open it to remove one of her rates.", bad=True)
        else:
            await profile.carry_out(RemoveClientBrand(profile.client_id, key[1]))

    async def open(self, profile: "Profile", key: Key) -> None:
        """Her own rates for this brand, or for all."""
        whose, rate_key, rates = _rates(profile, key)
        await rates_of(profile, whose, rate_key, rates)

    async def turn_status(self, profile: "Profile", key: Key | None) -> None:
        """Active or potential, in one key."""
        from stylistdesk.commands.brands import SetClientBrand

        brand = _at(profile, key)
        if brand is None:
            profile.tell("Choose a brand first.", bad=True)
            return
        status = BrandStatus.POTENTIAL if brand.status is BrandStatus.ACTIVE else BrandStatus.ACTIVE
        await profile.carry_out(SetClientBrand(profile.client_id, brand.name, status, brand.number))

    async def set_rate(self, profile: "Profile", key: Key | None) -> None:
        """Her own rate for this brand, or for all."""
        whose, rate_key, rates = _rates(profile, key)
        await new_rate(profile, whose, rate_key, rates)

    async def open_page(self, profile: "Profile", key: Key | None) -> None:
        """All brands and rates."""
        await profile.program.action_page("brands_and_rates")


def _at(profile: "Profile", key: Key | None) -> "HerBrand | None":
    known: HerBrands | None = profile.known
    return next((brand for brand in known.brands if key == ("brand", brand.id)), None) if known else None


def _rates(profile: "Profile", key: Key | None) -> "tuple[str, RateKey, tuple[RateRow, ...]]":
    """Whose rate the entry is about: hers for a brand, or hers for all."""
    from stylistdesk.domain.commission import RateKey

    known: HerBrands | None = profile.known
    brand = _at(profile, key)
    if brand is not None:
        return f"her rate for {brand.name}", RateKey(RateScope.CLIENT_BRAND, profile.client_id, brand.id), brand.own
    return "her own rate", RateKey(RateScope.CLIENT, profile.client_id), known.own if known else ()


def _lines(brand: "HerBrand", look: Look) -> tuple[Line, ...]:
    status = brand.status.value.capitalize() if brand.status else ""
    number = f"ID {brand.number}" if brand.number else ""
    default = format_rate(brand.default) if brand.default is not None else "none"
    yours = f", your rate {format_rate(brand.rep)}" if brand.rep is not None else ""
    name = line(
        Piece(fit(f" {brand.name}", 26), "strong" if brand.status else ""),
        Piece(fit(status, 11), "good" if brand.status is BrandStatus.ACTIVE else ""),
        Piece(fit(number, 14), "quiet"),
    )
    rate = Piece(f"its default {default}{yours}", "quiet")
    beside = width_of(name) + rate.width <= look.width
    lines = [cut((*name, rate), look.width)] if beside else [cut(name, look.width), (Piece("   "), rate)]
    if brand.own:
        lines += rates_lines("   her own rate: ", brand.own, look.width)
    if brand.status is not None or brand.own:
        why = wrap(words.rate_why(brand.why) or "no rate holds for her today", look.width - 3)
        lines += [(Piece(f"   {part}", "quiet"),) for part in why]
    return tuple(lines)
