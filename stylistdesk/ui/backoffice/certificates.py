"""Certificates: gift certificates and what is left on them (R36)."""

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from stylistdesk.domain.dates import say_short_day
from stylistdesk.domain.money import format_money
from stylistdesk.ui import words
from stylistdesk.ui.backoffice import gift_jobs
from stylistdesk.ui.backoffice.task import Entry, Key, Look, Task
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, cut, fit, line, spread, width_of

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.gifts import GiftList, GiftRow, GiftSums
    from stylistdesk.ui.backoffice.screen import BackOffice

NUMBER = 13
LEFT = 16
SHORT = 20
"""Up to so many certificates there is room for a word on their keys."""
KEYS = (("gift_send", "sends its number"), ("gift_redeem", "redeems it"), ("gift_cart", "sells a cart"))


@dataclass(frozen=True, slots=True)
class Gifts:
    """What is shown so far, and what all certificates come to."""

    listed: "GiftList"
    sums: "GiftSums"


class Certificates(Task[Gifts]):
    """The newest first, a page at a time; the next page is read as the cursor comes to the end."""

    TITLE = "Certificates"
    WAITS = "certificates"
    SCOPE: ClassVar[Scope] = Scope.CERTIFICATES
    LABELS: ClassVar[dict[str, str]] = {"section_add": "Sell"}
    ADDS = "a gift certificate that you sold"

    def __init__(self) -> None:
        self._words: WeakKeyDictionary[Any, str] = WeakKeyDictionary()  # by the desk: which are shown
        self._many: WeakKeyDictionary[Any, int] = WeakKeyDictionary()  # and how many so far

    def read(self, desk: "Desk") -> Gifts:
        from stylistdesk.queries.gifts import PAGE, gift_sums, gifts

        listed = desk.ask(gifts, self._words.get(desk, ""), limit=max(PAGE, self._many.get(desk, 0)))
        return Gifts(listed, desk.ask(gift_sums))

    def summary(self, known: Gifts, look: Look) -> Line:
        sums = known.sums
        if not sums.count:
            return ()
        left = ", ".join(format_money(cents, currency) for currency, cents in sums.left)
        waits = Piece(f"  {sums.to_send:,} not sent", "late") if sums.to_send else Piece("")
        said = f"  {left} left on {sums.with_rest:,}" if left else "  all used up"
        return line(Piece(f"{words.count(sums.count, 'gift certificate')}", "strong"), Piece(said, "quiet"), waits)

    def entries(self, known: Gifts, look: Look) -> list[Entry]:
        listed = known.listed
        shown = [Entry((*self._shown(listed.words, look), BLANK))] if listed.words else []
        shown += [Entry(tuple(lines_of(row, look)), ("gift", row.id)) for row in listed.rows]
        if listed.words and not listed.rows:
            shown.append(Entry(((Piece(" No certificate has these words.", "quiet"),),)))
        if listed.next is not None:
            shown.append(Entry(((Piece(" … more", "quiet"),),)))
        elif 0 < len(listed.rows) <= SHORT:
            shown.append(Entry((BLANK, look.keys(*KEYS))))
        return shown

    @staticmethod
    def _shown(said: str, look: Look) -> tuple[Line, ...]:
        words_ = line(Piece(" Only with ", "quiet"), Piece(f"“{said}”", "chosen"))
        return (cut((*words_, *look.key("gift_filter", "shows others, or all", "  ")), look.width),)

    def empty(self, look: Look) -> list[Line]:
        return [*super().empty(look), look.key("gift_cart", "sells a cart with goods and certificates in it.")]

    # --------------------------------------------------------------------- keys

    async def add(self, screen: "BackOffice") -> None:
        await gift_jobs.sell(screen)

    async def sell_cart(self, screen: "BackOffice", key: Key | None) -> None:
        """A cart with goods and certificates in it is split."""
        await gift_jobs.sell_cart(screen)

    async def open(self, screen: "BackOffice", key: Key) -> None:
        await gift_jobs.open_gift(screen, key[1])

    async def edit(self, screen: "BackOffice", key: Key) -> None:
        await gift_jobs.do_with(screen, key[1], "edit")

    async def remove(self, screen: "BackOffice", key: Key) -> None:
        await gift_jobs.do_with(screen, key[1], "remove")

    async def send(self, screen: "BackOffice", key: Key | None) -> None:
        """Write the number to her."""
        await self._with(screen, key, "send")

    async def turn_sent(self, screen: "BackOffice", key: Key | None) -> None:
        """The number was handed over, or was not after all."""
        await self._with(screen, key, "turn_sent")

    async def redeem(self, screen: "BackOffice", key: Key | None) -> None:
        """Pay for an order with the certificate under the cursor, or with one whose number is typed."""
        page = await gift_jobs.read_page(screen, key[1]) if key is not None and screen.key_at_hand else None
        await gift_jobs.redeem(screen, page)

    async def refund(self, screen: "BackOffice", key: Key | None) -> None:
        """Give back what it paid."""
        await self._with(screen, key, "refund")

    async def correct(self, screen: "BackOffice", key: Key | None) -> None:
        """Put right what is left on it."""
        await self._with(screen, key, "correct")

    async def profile(self, screen: "BackOffice", key: Key | None) -> None:
        """The profile of who bought it, or of who gets it."""
        await self._with(screen, key, "profile")

    async def _with(self, screen: "BackOffice", key: Key | None, job: str) -> None:
        if key is None:
            screen.tell("There is no certificate here.", bad=True)
        else:
            await gift_jobs.do_with(screen, key[1], job)

    # --------------------------------------------------------- which are shown

    async def filter(self, screen: "BackOffice", key: Key | None) -> None:
        """Show only those whose number or names have these words."""
        desk = gift_jobs.the_desk(screen)
        known = self._words.get(desk, "")

        async def save(values: dict[str, str]) -> str:
            return values["words"].strip()

        field = Field("words", "Words", known, hint="of a number, or of who bought it or gets it; empty shows all")
        found = await screen.app.push_screen_wait(Form("Show certificates", [field], save, does="Show"))
        if found is not None:
            self._words[desk], self._many[desk] = found, 0
            screen.show_known(await asyncio.to_thread(self.read, desk), afresh=True)

    async def more(self, screen: "BackOffice") -> None:
        """The cursor is at the end: the next page, if there is one."""
        desk, known = screen.desk, screen.known
        if desk is None or not isinstance(known, Gifts) or known.listed.next is None:
            return
        from stylistdesk.queries.gifts import gifts

        page = await asyncio.to_thread(desk.ask, gifts, known.listed.words, known.listed.next)
        if screen.known is known:
            rows = known.listed.rows + page.rows
            self._many[desk] = len(rows)
            screen.show_known(Gifts(replace(page, rows=rows), known.sums))


def lines_of(row: "GiftRow", look: Look) -> list[Line]:
    """A certificate in two lines: its number, what is left of how much and for whom; then who bought it, and when."""
    left = format_money(row.left, row.currency)
    said = f"{left} of {format_money(row.worth, row.currency)}" if row.left != row.worth else left
    state = Piece("used up", "quiet") if not row.left else Piece("not sent", "late") if not row.sent_at else Piece("")
    head = line(
        Piece(fit(f" {row.number}", NUMBER), "strong" if row.left else "quiet"),
        Piece(fit(said, max(LEFT, len(said)), right=True), "" if row.left else "quiet"),
        Piece("  "),
    )
    room = look.width - width_of(head) - state.width - 1
    whom = clip(f"for {row.whom}" if row.whom else "for whom she likes", room)
    used = ("used", row.used_at) if row.used_at else ("sent", row.sent_at)
    days = [("sold", row.sold_on), *([(used[0], look.here.day(used[1]))] if used[1] else [])]
    facts = [f"by {row.client}", *(f"{what} {say_short_day(on, look.here.today)}" for what, on in days)]
    about = f" {look.symbols.dot} ".join((*facts, *row.note.splitlines()[:1]))
    below = cut(line(" " * NUMBER, Piece(about, "quiet")), look.width)
    return [spread((*head, Piece(whom, "name" if row.left else "quiet")), (state,), look.width), below]
