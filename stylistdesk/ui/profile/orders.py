"""Orders: all of a client's orders, the newest first, and what they earn (R29, R31)."""

import asyncio
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import format_rate
from stylistdesk.domain.seasons import say_season
from stylistdesk.ui import words
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import Line, Piece, cut, fit, line, width_of, wrap
from stylistdesk.ui.profile import order_jobs
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.sales import OrderList, OrderRow
    from stylistdesk.ui.profile.screen import Profile

DATED = 17
"""So many cells are the day's."""


class Orders(Section["OrderList"]):
    """An order in a few lines: what it is and how it stands, and what it earns and why.

    The next page is read as the cursor comes to the end.
    """

    TITLE = "Orders"
    SCOPE: ClassVar[Scope] = Scope.ORDERS
    ADDS = "an order summary"

    def __init__(self) -> None:
        self._many: WeakKeyDictionary[Any, tuple[int, int]] = WeakKeyDictionary()  # of whom so many are shown so far

    def read(self, desk: "Desk", client_id: int) -> "OrderList":
        from stylistdesk.queries.sales import PAGE, orders_of

        whose, many = self._many.get(desk, (client_id, 0))
        return desk.ask(orders_of, client_id, limit=max(PAGE, many if whose == client_id else 0))

    def entries(self, known: "OrderList", look: Look) -> list[Entry]:
        shown = [Entry(_lines(row, look.width, look.here.today), ("order", row.id), row.number) for row in known.rows]
        return [*shown, Entry(((Piece(" … more", "quiet"),),))] if known.next is not None else shown

    def empty(self, look: Look) -> list[Line]:
        more = line(Piece(f" {look.shown('orders_purchase')}", "key"), Piece(" adds a purchase order.", "quiet"))
        return [*super().empty(look), more]

    # -------------------------------------------------------------------- keys

    async def more(self, profile: "Profile") -> None:
        """The cursor is at the end: the next page, if there is one."""
        desk, known, client_id = profile.desk, profile.known, profile.client_id
        if desk is None or known is None or known.next is None:
            return
        from stylistdesk.queries.sales import orders_of

        page = await asyncio.to_thread(desk.ask, orders_of, client_id, known.next)
        if profile.known is known:
            rows = known.rows + page.rows
            self._many[desk] = (client_id, len(rows))
            profile.show_known(replace(page, rows=rows))

    async def add(self, profile: "Profile") -> None:
        await order_jobs.add_order(profile, lines=False)

    async def add_purchase_order(self, profile: "Profile", key: Key | None) -> None:
        """A purchase order, with its lines."""
        await order_jobs.add_order(profile, lines=True)

    async def open(self, profile: "Profile", key: Key) -> None:
        await order_jobs.open_order(profile, key[1])

    async def edit(self, profile: "Profile", key: Key) -> None:
        await order_jobs.do_with(profile, key[1], "edit")

    async def remove(self, profile: "Profile", key: Key) -> None:
        await order_jobs.do_with(profile, key[1], "remove")

    async def ship(self, profile: "Profile", key: Key | None) -> None:
        """A part of it was sent."""
        await self._with(profile, key, "ship")

    async def cancel(self, profile: "Profile", key: Key | None) -> None:
        """Cancel what is open of it."""
        await self._with(profile, key, "cancel")

    async def credit(self, profile: "Profile", key: Key | None) -> None:
        """A credit memo."""
        await self._with(profile, key, "credit")

    async def re_rate(self, profile: "Profile", key: Key | None) -> None:
        """Rate all of her orders anew."""
        await order_jobs.re_rate(profile, None)

    async def try_rate(self, profile: "Profile", key: Key | None) -> None:
        """What if she paid another rate."""
        await order_jobs.what_if(profile)

    async def _with(self, profile: "Profile", key: Key | None, job: str) -> None:
        if key is None:
            profile.tell("There is no order here.", bad=True)
        else:
            await order_jobs.do_with(profile, key[1], job)


@lru_cache(maxsize=8192)
def _lines(row: "OrderRow", width: int, today: date) -> tuple[Line, ...]:
    """An order in lines. They are kept: with each page that is read, those before are shown again."""
    s = row.standing
    state = row.status.value
    if s.active and 0 < s.shipped < s.active:
        state = f"{format_money(s.shipped, row.currency)} shipped, {format_money(s.open, row.currency)} open"
    elif s.cancelled and s.active:
        state = f"{state}, {format_money(s.cancelled, row.currency)} cancelled"
    if s.credited:
        state += f", {format_money(s.credited, row.currency)} credited"
    what = f"{' '.join(part for part in (', '.join(row.brands), say_season(row.season, row.year)) if part)}"
    first = line(
        Piece(fit(f" {words.day(row.day, today)}", DATED), "quiet"),
        Piece(fit(row.number, 9), "strong"),
        Piece(fit(format_money(s.booked, row.currency), 10, right=True)),
    )
    how = "late" if state.startswith("cancelled") else ""
    if width_of(first) + 2 + len(state) <= width:
        return (*first, Piece(f"  {state}", how)), *_paid(row, width), *_earns(row, what, width)
    stands = [(Piece(" " * DATED), Piece(part, how)) for part in wrap(state, width - DATED)]
    return first, *stands, *_paid(row, width), *_earns(row, what, width)


def _paid(row: "OrderRow", width: int) -> list[Line]:
    """What has paid for it, where a certificate is among that, or where some of it went back or is to."""
    if row.paid is None or not (row.paid.by_gifts or row.paid.to_give_back or words.refunded(row.paid)):
        return []
    said = wrap(words.paid(row.paid), width - DATED)
    return [(Piece(" " * DATED), Piece(part, "quiet")) for part in said]


def _earns(row: "OrderRow", what: str, width: int) -> list[Line]:
    """What it earns, and by which rate: behind it if there is room, else below."""
    head = (Piece(" " * DATED), Piece(f"{what}  " if what else ""))
    if row.commission is None:
        return [cut((*head, Piece("no commission rate", "quiet")), width)]
    earns = cut((*head, Piece(f"earns {format_money(row.commission, row.currency)}", "good")), width)
    rate = words.rate_why(row.why) or (format_rate(row.rate) if row.rate is not None else "")
    if width_of(earns) + 2 + len(rate) <= width:
        return [(*earns, Piece(f"  {rate}", "quiet"))]
    return [earns, *((Piece(" " * DATED), Piece(part, "quiet")) for part in wrap(rate, width - DATED))]
