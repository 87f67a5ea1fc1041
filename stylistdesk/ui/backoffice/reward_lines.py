"""How the ledger of an event's rewards is laid out."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from stylistdesk.domain.host_orders import HostLine, say_taken
from stylistdesk.domain.money import format_money
from stylistdesk.domain.reward_tiers import say_both, say_gives, say_missing, say_next, say_reach
from stylistdesk.domain.rewards_ledger import Account, CountedOrder, say_counts, say_percentage
from stylistdesk.domain.types import HostOrderStatus, HostPays
from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece, cut, fit, line, spread, wrap
from stylistdesk.ui.widgets.entries import Entry

if TYPE_CHECKING:
    from stylistdesk.queries.host_rewards import EventLedger, HostOrderRow

MONEY = 12
DAY = 12
PAYS = {HostPays.REWARD: "by reward", HostPays.HALF_PRICE: "half price", HostPays.HERSELF: "she pays"}


def ledger_entries(
    known: "EventLedger", currency: str, today: date, width: int, shown: Callable[[str], str]
) -> list[Entry]:
    """The orders, what is left out, what they come to, and the host orders."""
    account, event = known.account, known.event
    heads = fit("counts", MONEY, right=True) + fit("so far", MONEY, right=True)
    entries = [Entry((spread((Piece(" Orders", "label"),), (Piece(heads, "quiet"),), width),))]
    for order, running in zip(account.orders, account.running, strict=True):
        entries.append(Entry(_order(order, running, currency, today, width), ("order", order.order_id)))
    if not account.orders:
        entries.append(Entry(((Piece(" No order was placed in it yet.", "quiet"),),)))
    if account.left_out:
        entries.append(Entry((BLANK, (Piece(" Left out", "label"),))))
        for left in account.left_out:
            amount = format_money(left.cents, currency) if left.cents is not None else ""
            said = line(f"   {left.what}", Piece(f"   {left.why}", "quiet"))
            entries.append(Entry((spread(said, (Piece(amount, "quiet"),), width),)))
    entries.append(Entry((BLANK, (Piece(" What it comes to", "label"),), *_comes_to(account, currency, today, width))))
    if event.next is not None and not event.is_over:
        entries.append(Entry(_said(say_next(event.next, currency), "signal", width)))
    entries.append(Entry((BLANK, (Piece(" Host order", "label"),))))
    entries += [Entry(_host_order(row, currency, today, width), ("host_order", row.id)) for row in known.host_orders]
    if event.host_order is None:
        entries.append(Entry((_none(known, shown),)))
    return entries


def _none(known: "EventLedger", shown: Callable[[str], str]) -> Line:
    """What is said where nothing is pending or placed."""
    if not known.event.rewards.qualifies:
        return (Piece("   None yet: the event does not qualify.", "quiet"),)
    return (Piece(f"   {shown('rewards_page_take')}", "key"), Piece(" enters what she takes.", "quiet"))


def _order(order: CountedOrder, running: int, currency: str, today: date, width: int) -> tuple[Line, ...]:
    amounts = (format_money(order.counts, currency), format_money(running, currency))
    right = (
        Piece(fit(amounts[0], MONEY, right=True), "" if order.counts else "quiet"),
        Piece(fit(amounts[1], MONEY, right=True), "quiet"),
    )
    head = line(Piece(f" {fit(words.day(order.on, today), DAY)}", "quiet"), Piece(order.client, "name"),
                Piece(f"  {order.number}", "signal"))  # fmt: skip
    shown: list[Line] = [spread(head, right, width)]
    less = say_counts(order, currency) if order.counts != order.merchandise else ""
    if order.why_nothing:
        less += ": no order of the event any more" if less else "no merchandise: it counts for nothing"
    return (*shown, *_said(less, "quiet", width, indent=DAY + 1))


def _said(said: str, style: str, width: int, *, indent: int = 3) -> tuple[Line, ...]:
    return tuple((Piece(" " * indent), Piece(part, style)) for part in wrap(said, width - indent - 1) if part)


def _comes_to(account: Account, currency: str, today: date, width: int) -> list[Line]:
    rewards, rules = account.rewards, account.rules

    def row(label: str, amount: str, style: str = "", about: str = "") -> list[Line]:
        head = line(f"   {label}", Piece(f"   {about}" if about else "", "quiet"))
        return [spread(head, (Piece(amount, style),), width)]

    base, needed = format_money(rewards.base, currency), format_money(rules.sales_needed, currency)
    lines = [
        *row("Orders", f"{rewards.orders}", "late" if rewards.orders_missing else "good",
             f"{rules.orders_needed} are needed"),
        *row("Sales", base, "late" if rewards.cents_missing else "good", f"{needed} is needed"),
    ]  # fmt: skip
    missing = say_missing(rewards, currency)
    if missing:
        lines += _said(f"It needs {missing}.", "late", width)
    elif rewards.tier is None:
        lines += _said(f"No tier speaks of {base}.", "late", width)
    else:
        lines += _said(
            f"Tier of {say_reach(rewards.tier, currency)}: {say_gives(rewards.tier, currency)}", "quiet", width
        )
    tier, frozen = rewards.tier, account.frozen
    label = "Reward" if frozen is None else "Reward today"
    if tier is not None and tier.fixed_cents is None and tier.percent is not None:
        reckoned = say_percentage(rewards.base, tier.percent, currency)
        lines += row(label, format_money(rewards.cents, currency), "", reckoned)
    elif tier is not None:
        lines += row(label, format_money(rewards.cents, currency))
    if frozen is not None:
        gives = _both(frozen.cents, frozen.half_price_items, currency)
        lines += row(f"Frozen {words.day(frozen.on, today)}", gives, "", f"{frozen.number} was placed")
        for one in account.adjustments:
            amount = _both(one.cents, one.half_price_items, currency)
            lines += row(f"Adjustment {words.day(one.on, today)}", amount, "late", one.note)
    total = _both(account.total, account.half_price_items, currency)
    lines += [spread((Piece("   Total", "strong"),), (Piece(total, "strong"),), width)]
    if account.not_posted:
        more = "more" if account.not_posted > 0 else "less"
        by = format_money(abs(account.not_posted), currency)
        lines += _said(f"By today's orders it would be {by} {more}; what was placed is final.", "quiet", width)
    return lines


def _both(cents: int, items: int, currency: str) -> str:
    money = format_money(cents, currency) if cents or not items else ""
    if items < 0:
        return " and ".join(part for part in (money, words.count(items, "half-price item")) if part)
    return say_both(money, items)


def _host_order(row: "HostOrderRow", currency: str, today: date, width: int) -> tuple[Line, ...]:
    on = row.cancelled_on or row.placed_on or row.entered_on
    state = "entered" if row.status is HostOrderStatus.PENDING else row.status.value
    style = {HostOrderStatus.PENDING: "signal", HostOrderStatus.PLACED: "good"}.get(row.status, "quiet")
    head = line(f"   {row.number}", Piece(f"  {row.client}", "name"))
    shown = [spread(head, (Piece(f"{state} {words.day(on, today)}", style),), width)]
    if row.status is HostOrderStatus.CANCELLED:
        return tuple(shown)
    shown += [_line(one, currency, width) for one in row.lines]
    shown += _said(say_taken(row.takes, currency), "strong", width, indent=5)
    shown += _said(row.note, "quiet", width, indent=5)
    return (*shown, *_said(row.unfit, "late", width, indent=5))


def _line(one: HostLine, currency: str, width: int) -> Line:
    said = line(f"     {one.quantity} x {one.name}", Piece(f"  @ {format_money(one.price, currency)}", "quiet"))
    pays = fit(PAYS[one.pays], MONEY)
    amount = fit(format_money(one.she_pays, currency), MONEY, right=True)
    return spread(cut(said, width), (Piece(pays, "quiet"), Piece(amount)), width)
