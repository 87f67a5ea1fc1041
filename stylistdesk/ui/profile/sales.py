"""Sales: the sales summary by year, season and brand, and the commission by month (R29, R32)."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from stylistdesk.domain.dates import MONTHS
from stylistdesk.domain.money import format_money
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, line
from stylistdesk.ui.profile import order_jobs
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.domain.sales import Standing
    from stylistdesk.queries.sales import CommissionMonth, OrderRow, SalesRow, SalesSummary
    from stylistdesk.ui.profile.screen import Profile

STATES = (
    ("booked", "Booked $"), ("cancelled", "Cancelled $"), ("active", "Active $"), ("shipped", "Shipped $"),
)  # fmt: skip
"""The four dollars of which one can be shown alone."""

Value = TypeVar("Value", int, str)
ALL = "all"
COLUMNS = ("booked", "cancelled", "active", "shipped", "open")
MONEY, UNITS, YEAR, SEASON = 11, 7, 5, 9
FEW_MONTHS = 18
WIDE = 70
NONE = "–"


@dataclass(frozen=True, slots=True)
class KnownSales:
    """The summary, and what her orders earned by month."""

    summary: "SalesSummary"
    months: "tuple[CommissionMonth, ...]"


class Sales(Section[KnownSales]):
    """A row for each year, season and brand. The years and seasons chosen are those of the client at hand."""

    TITLE = "Sales"
    SCOPE: ClassVar[Scope] = Scope.SALES
    ADDS = "an order summary"

    def __init__(self) -> None:
        self.state = ALL
        self._chosen: tuple[int | None, str | None] = (None, None)  # year, season
        self._of = (0, 0)  # of which desk and client that is

    def read(self, desk: "Desk", client_id: int) -> KnownSales:
        from stylistdesk.queries.sales import commission_by_month, sales_summary

        if self._of != (id(desk), client_id):
            self.state = self.state if self._of[0] == id(desk) else ALL
            self._of, self._chosen = (id(desk), client_id), (None, None)
        return KnownSales(desk.ask(sales_summary, client_id), desk.ask(commission_by_month, client_id))

    def _choice(self, summary: "SalesSummary") -> tuple[int | None, str | None]:
        year, season = self._chosen
        return year if year in summary.years else None, season if season in summary.seasons else None

    # ------------------------------------------------------------------ layout

    def entries(self, known: KnownSales, look: Look) -> list[Entry]:
        if not known.summary.rows:
            return []
        year, season = self._choice(known.summary)
        rows = known.summary.chosen(year, season)
        columns = self._columns(look.width)
        shown = [Entry((self._filters(year, season, look), BLANK, self._heading(columns, look.width)))]
        at = {row: index for index, row in enumerate(known.summary.rows)}
        shown += [Entry((self._row(row, columns, look.width),), ("sales", at[row])) for row in rows]
        if not rows:
            shown.append(Entry(((Piece(" Nothing of that year and season.", "quiet"),),)))
        shown.append(Entry(tuple(self._totals(rows, columns, look.width))))
        return [*shown, *self._months(known.months, look)]

    def _columns(self, width: int) -> tuple[str, ...]:
        if self.state != ALL:
            return (self.state,)
        room = (width - 1 - YEAR - SEASON - _units(width) - 12) // MONEY
        return COLUMNS if room >= len(COLUMNS) else ("active", "open", "shipped")[: max(1, room)]

    def _filters(self, year: int | None, season: str | None, look: Look) -> Line:
        chosen = "no season" if season == "" else season or "all seasons"
        some = self._columns(look.width) != COLUMNS
        said = dict(STATES).get(self.state, "other dollars" if some else "all dollars")

        def key(action: str, before: str = "") -> Piece:
            return Piece(before if look.only_read else f"{before}{look.shown(action)} ", "key")

        return line(
            key("sales_year", " "),
            Piece(f"{year or 'all years'}   ", "strong" if year else "quiet"),
            key("sales_season"),
            Piece(f"{chosen}   ", "strong" if season is not None else "quiet"),
            key("sales_state"),
            Piece(fit(said, max(0, look.width - 44)).rstrip(), "strong" if self.state != ALL else "quiet"),
        )

    def _brand_width(self, columns: tuple[str, ...], width: int) -> int:
        return max(8, min(34, width - YEAR - SEASON - _units(width) - 1 - MONEY * len(columns)))

    def _heading(self, columns: tuple[str, ...], width: int) -> Line:
        names = f" {fit('Year', YEAR)}{fit('Season', SEASON)}{fit('Brand', self._brand_width(columns, width))}"
        amounts = "".join(fit(name.capitalize(), MONEY, right=True) for name in columns)
        return (Piece(f"{names}{amounts}{fit('Units', _units(width), right=True)}", "label"),)

    def _row(self, row: "SalesRow", columns: tuple[str, ...], width: int) -> Line:
        brand = _apart(row.brand or "no brand", self._brand_width(columns, width))
        names = Piece(f" {fit(str(row.year), YEAR)}{_apart(row.season or NONE, SEASON)}")
        return line(
            names, Piece(brand, "" if row.brand else "quiet"), *_amounts(row.standing, columns, row.currency, width)
        )

    def _totals(self, rows: "tuple[SalesRow, ...]", columns: tuple[str, ...], width: int) -> list[Line]:
        from stylistdesk.queries.sales import totals

        room = 1 + YEAR + SEASON + self._brand_width(columns, width)
        lines: list[Line] = [BLANK]
        for currency, standing in totals(rows).items():
            lines.append(
                line(
                    Piece(fit(" Together", room), "label"), *_amounts(standing, columns, currency, width, look="strong")
                )
            )
            if standing.credited:
                said = f" {format_money(standing.credited, currency)} of it was credited"
                lines.append((Piece(said, "quiet"),))
        return lines

    def _months(self, months: "tuple[CommissionMonth, ...]", look: Look) -> list[Entry]:
        if not months:
            return []
        lines: list[Line] = [BLANK, (Piece(" Commission by month, earned by what shipped", "label"),)]
        for month in months[:FEW_MONTHS]:
            back = f"  {format_money(month.credited, month.currency)} by credits" if month.credited else ""
            lines.append(
                line(
                    Piece(fit(f" {MONTHS[month.month - 1]} {month.year}", 18), "quiet"),
                    Piece(fit(format_money(month.net, month.currency), MONEY, right=True), "good"),
                    Piece(back, "late"),
                )
            )
        if len(months) > FEW_MONTHS:
            lines.append((Piece(f" and {words.count(len(months) - FEW_MONTHS, 'month')} before that", "quiet"),))
        return [Entry(tuple(lines))]

    # -------------------------------------------------------------------- keys

    async def add(self, profile: "Profile") -> None:
        await order_jobs.add_order(profile, lines=False)

    async def add_purchase_order(self, profile: "Profile", key: Key | None) -> None:
        """A purchase order, with its lines."""
        await order_jobs.add_order(profile, lines=True)

    async def open(self, profile: "Profile", key: Key) -> None:
        """The orders behind a row: the one, or a list of them."""
        from stylistdesk.queries.sales import order_rows

        known: KnownSales = profile.known
        behind = known.summary.rows[key[1]].order_ids if key[1] < len(known.summary.rows) else ()
        rows = await asyncio.to_thread(order_jobs.the_desk(profile).ask, order_rows, behind)
        while rows:
            chosen = str(rows[0].id)
            if len(rows) > 1:
                picked = await profile.app.push_screen_wait(
                    Picker(words.count(len(rows), "order"), [(str(row.id), order_words(row)) for row in rows])
                )
                if picked is None:
                    return
                chosen = picked
            await order_jobs.open_order(profile, int(chosen))
            if len(rows) == 1:
                return

    async def edit(self, profile: "Profile", key: Key) -> None:
        await self.open(profile, key)

    async def remove(self, profile: "Profile", key: Key) -> None:
        profile.tell("A row is the sum of its orders.", bad=True, after="Open it, and remove an order there.")

    async def view_orders(self, profile: "Profile", key: Key | None) -> None:
        """View orders for this client."""
        await profile.program.open_profile(profile.client_id, "Orders")

    async def turn_state(self, profile: "Profile", key: Key | None) -> None:
        """All of the five, or one of Booked, Cancelled, Active and Shipped."""
        names = [ALL, *(name for name, _ in STATES)]
        self.state = names[(names.index(self.state) + 1) % len(names)]
        profile.reload()

    async def turn_year(self, profile: "Profile", key: Key | None) -> None:
        """All years, or one after the other."""
        known: KnownSales = profile.known
        year, _ = self._choice(known.summary)
        self._chosen = (_after(year, known.summary.years), None)
        profile.reload()

    async def turn_season(self, profile: "Profile", key: Key | None) -> None:
        """All seasons, or one after the other."""
        known: KnownSales = profile.known
        year, season = self._choice(known.summary)
        there = {row.season for row in known.summary.chosen(year)}
        self._chosen = (year, _after(season, tuple(one for one in known.summary.seasons if one in there)))
        profile.reload()

    async def try_rate(self, profile: "Profile", key: Key | None) -> None:
        """What if she paid another rate."""
        await order_jobs.what_if(profile)


def _after(now: Value | None, known: tuple[Value, ...]) -> Value | None:
    if now is None or now not in known:
        return known[0] if known and now is None else None
    at = known.index(now) + 1
    return known[at] if at < len(known) else None


def _apart(words: str, width: int) -> str:
    """A cell of the table, with a space at its end however long the words are."""
    return fit(clip(words, width - 1), width)


def _units(width: int) -> int:
    """The cells of the units, which give way where there is little room."""
    return UNITS if width >= WIDE else 0


def _amounts(
    standing: "Standing", columns: tuple[str, ...], currency: str, width: int, *, look: str = ""
) -> list[Piece]:
    pieces = []
    for name in columns:
        cents = int(getattr(standing, name))
        shown = format_money(cents, currency) if cents else NONE
        pieces.append(Piece(fit(shown, MONEY, right=True), look if cents else "quiet"))
    return [*pieces, Piece(fit(f"{standing.units:,}" if standing.units else "", _units(width), right=True), "quiet")]


def order_words(row: "OrderRow") -> str:
    """An order on one line: number, day, what is active of it."""
    active = format_money(row.standing.active, row.currency)
    return f"{row.number}, {row.day:%-d %b %Y}, {', '.join(row.brands) or 'no brand'}, {active}"
