"""How a return is told in lines: in the list, on its page, and before it is saved (R39)."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from stylistdesk.domain.dates import say_day, say_number
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import say_date
from stylistdesk.domain.return_words import say_coming
from stylistdesk.domain.returns import WITHOUT_FEE, Coming
from stylistdesk.domain.types import RestockBasis, ReturnKind
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, line, spread, width_of, wrap
from stylistdesk.ui.two_panes.section import Look

if TYPE_CHECKING:
    from stylistdesk.queries.returns import Preview, ReturnPage, ReturnRow

LABEL = 14
MONEY = 11
OFF_DUE = "Off what she still owes"
MOST_BEFORE = 4
"""So many lines are told one by one before a return is saved: its form has to fit on a small screen."""
NO_ADDRESS = "No return address is known: write it under Company files, or the slip has none."


def say_line(one: Coming) -> str:
    """ "1 x Silk scarf: exchange for size M"."""
    return f"{one.quantity} x {one.name}: {say_coming(one.kind, is_replaced=one.is_replaced, instead=one.instead)}"


def say_card(card: tuple[str, str]) -> str:
    """Where the rest goes: "her card, Visa ending in 4242"."""
    brand, last_four = card
    known = " ".join(part for part in (brand, f"ending in {last_four}" if last_four else "") if part)
    return f"her card, {known}" if known else "her card"


def states(row: "ReturnRow", look: Look) -> list[Piece]:
    """How far it is, what is still to be done first: each a few words."""
    today, found = look.here.today, []
    if row.cancelled_at is not None:
        return [Piece(f"cancelled {_on(row.cancelled_at, look)}", "quiet")]
    if row.passed_on_at is None and row.received_at is None:
        found.append(Piece("Return ID not passed on", "late"))
    if row.owes_exchange:
        found.append(Piece("exchange to be sent", "late"))
    if row.received_at is not None:
        found.append(Piece(f"received {_on(row.received_at, look)}", "good"))
    else:
        days = (today - row.opened_on).days
        found.append(Piece(f"open for {say_number(days, 'day')}" if days else "opened today", "quiet"))
    if row.exchange_sent_at is not None:
        found.append(Piece(f"exchange sent {_on(row.exchange_sent_at, look)}", "good"))
    return found


def _on(at: object, look: Look) -> str:
    from datetime import datetime

    assert isinstance(at, datetime)
    return say_day(look.here.day(at), look.here.today)


def joined(pieces: Iterable[Piece], look: Look, room: int) -> list[Line]:
    """The pieces with dots between, on as many lines as they take."""
    lines: list[Line] = [()]
    dot = Piece(f" {look.symbols.dot} ", "faint")
    for piece in pieces:
        longer = (*lines[-1], dot, piece) if lines[-1] else (piece,)
        if lines[-1] and width_of(longer) > room:
            lines.append((piece,))
        else:
            lines[-1] = longer
    return lines


def list_lines(row: "ReturnRow", look: Look) -> tuple[Line, ...]:
    """A return in the list: its ID, whose it is and what she gets back; how far it is; what comes back."""
    parts = ((row.refund, "back"), (row.off_due, "off what she owes"))
    back = ", ".join(f"{format_money(cents, row.currency)} {what}" for cents, what in parts if cents)
    back = back or ("no money back" if row.goods else "exchange")
    if row.cancelled_at is not None:
        back = "no money back" if row.goods else "no exchange"
    head = line(
        " ",
        Piece(fit(row.number, LABEL - 1), "quiet" if row.cancelled_at is not None else "strong"),
        Piece(clip(row.client, 26), "name"),
        Piece(f"  order {row.order}", "quiet"),
    )
    head = spread(
        head, (Piece(back, "" if row.goods and row.cancelled_at is None else "quiet"), Piece(" ")), look.width
    )
    gap = Piece(" " * LABEL)
    below = [(gap, *part) for part in joined(states(row, look), look, look.width - LABEL)]
    for one in row.lines:
        below += [(gap, Piece(part, "quiet")) for part in wrap(say_line(one), look.width - LABEL)]
    return (head, *below)


def _labelled(label: str, value: str, width: int, look: str = "") -> list[Line]:
    first, *more = wrap(value, max(10, width - LABEL - 1))
    head = line(Piece(fit(f" {label}", LABEL), "quiet"), Piece(first, look))
    return [head, *((Piece(" " * LABEL), Piece(part, look)) for part in more)]


def page_lines(page: "ReturnPage", look: Look, basis: RestockBasis) -> list[Line]:
    """The page of a return: how far it is, what comes back, where its money goes, and the chain it belongs to."""
    row, width = page.row, look.width
    lines: list[Line] = [
        *_labelled("Client", row.client, width, "name"),
        *_labelled("Order", f"{row.order}, bought on {say_date(page.bought_on)}", width),
        *_labelled("Window", f"until {say_date(page.last_day)}, from the original purchase", width),
        *_labelled("Opened", say_date(row.opened_on), width),
    ]
    far = joined(states(row, look), look, width - LABEL - 1)
    lines += [(Piece(fit("" if at else " How far", LABEL), "quiet"), *part) for at, part in enumerate(far)]
    where = ", ".join(row.address.splitlines())
    lines += _labelled("Send to", where or NO_ADDRESS, width, "" if where else "late")
    if row.note:
        lines += _labelled("Note", row.note, width)
    lines += [BLANK, (Piece(" What comes back", "label"),)]
    for one in row.lines:
        lines += _line_with_money(one, row.currency, width)
    lines += [BLANK, (Piece(" Refund", "label"),)]
    fee = "each item" if basis is RestockBasis.ITEM else "the return"
    money = [("Goods", row.goods), (f"Restock fee for {fee}", -row.fee)]
    money += [(f"Back to certificate {number}", cents) for number, cents in page.gifts]
    money += [(f"Back to {say_card(page.card)}", row.to_card), (OFF_DUE, row.off_due)]
    if row.cancelled_at is not None:
        money = []
    lines += [_money(what, format_money(cents, row.currency), width) for what, cents in money if cents]
    if not money or not row.goods:
        gone = row.cancelled_at is not None
        lines.append((Piece(" It was cancelled: no money goes back." if gone else " No money goes back.", "quiet"),))
    elif not row.refund:
        lines.append((Piece(" Nothing of it was paid: no money goes back.", "quiet"),))
    if row.exchange_order_id is not None:
        lines.append((Piece(" What is sent instead ships free; she pays the postage of what she sends.", "quiet"),))
    for event, cents, items in page.adjustments:
        said = f" Adjusted for “{event}”: {format_money(cents, row.currency)}"
        said += f", {items:+d} half-price" if items else ""
        lines.append((Piece(said, "late"),))
    return lines + _chain(page, look)


def _line_with_money(one: Coming, currency: str, width: int) -> list[Line]:
    first, *more = wrap(say_line(one), width - MONEY - 2)
    cents = "replaced" if one.is_replaced else format_money(one.cents, currency)
    amount = Piece(fit(cents, MONEY, right=True), "quiet" if one.is_replaced else "")
    head = line(f" {fit(first, width - MONEY - 1)}", amount)
    return [head, *((Piece(f"   {part}"),) for part in more)]


def _money(what: str, amount: str, width: int) -> Line:
    return line(Piece(f" {fit(what, width - MONEY - 1)}"), Piece(fit(amount, MONEY, right=True), "strong"))


def _chain(page: "ReturnPage", look: Look) -> list[Line]:
    """The original purchase and every return of it and of what was sent for it."""
    if len(page.chain) < 2:
        return []
    lines: list[Line] = [BLANK, (Piece(" All of this purchase", "label"),)]
    lines.append(line(Piece(fit(f" {page.root}", LABEL)), Piece(f"bought on {say_date(page.bought_on)}", "quiet")))
    for row in page.chain:
        what = "; ".join(say_line(one) for one in row.lines)
        mark = "strong" if row.id == page.row.id else ""
        told = f"of {row.order}: {what}" + (" (cancelled)" if row.cancelled_at is not None else "")
        first, *more = wrap(told, look.width - LABEL - 1)
        lines.append(line(Piece(fit(f" {row.number}", LABEL), mark), Piece(first, "quiet")))
        lines += [(Piece(" " * LABEL), Piece(part, "quiet")) for part in more]
    return lines


def preview_lines(seen: "Preview", basis: RestockBasis, width: int) -> Sequence[Line]:
    """What a return comes to before it is saved: each line, the fee with its reason, where the money goes."""
    worked, currency = seen.worked, seen.worked.purchase.currency

    def amount(what: str, cents: int, look: str = "strong") -> Line:
        return line(fit(what, width - MONEY), Piece(fit(format_money(cents, currency), MONEY, right=True), look))

    lines: list[Line] = []
    for one in worked.lines[:MOST_BEFORE]:
        said = clip(say_line(one), width - MONEY - 1)
        replaced = line(fit(said, width - MONEY), Piece(fit("replaced", MONEY, right=True), "quiet"))
        lines.append(replaced if one.is_replaced else amount(said, one.cents, ""))
    if more := worked.lines[MOST_BEFORE:]:
        rest = sum(one.cents for one in more if not one.is_replaced)
        lines.append(amount(f"and {say_number(len(more), 'more', 'more')}", rest, ""))
    if worked.fee:
        each = "for each item that is refunded" if basis is RestockBasis.ITEM else "for the return"
        lines.append(amount(f"Restock fee {each}, {seen.country}", -worked.fee))
    else:
        refunds = any(one.kind is ReturnKind.REFUND for one in worked.lines)
        why = f"No restock fee in {seen.country}." if refunds else f"No restock fee: {WITHOUT_FEE}."
        if refunds and worked.off_due == worked.goods:
            why = "No restock fee: nothing was paid that it could be kept of."
        lines.append((Piece(clip(why, width), "quiet"),))
    lines += [amount(f"Back to gift certificate {number}", cents) for _, number, cents in worked.to_gifts]
    if worked.to_card:
        lines.append(amount(f"Back to {say_card(worked.card)}", worked.to_card))
    if worked.off_due:
        lines.append(amount(OFF_DUE, worked.off_due))
    if worked.replaced:
        lines.append((Piece(f"{say_number(len(worked.replaced), 'item')} sent instead, free.".capitalize(), "good"),))
    notes = [] if seen.address else [(NO_ADDRESS, "late")]
    notes += [(seen.rewards, "late")] if seen.rewards else []
    for words, how in notes:
        lines += [(Piece(part, how),) for part in wrap(words, width)]
    return [*lines, BLANK]
