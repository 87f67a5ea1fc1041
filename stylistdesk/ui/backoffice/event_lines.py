"""How events are said: in the list of Shop links, and on the page of one (R37, R38)."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.host_events import STEPS, ClosingStep, EventState
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import format_rate
from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece, fit, line, spread, wrap
from stylistdesk.ui.symbols import Symbols
from stylistdesk.ui.widgets.entries import Entry, Later

if TYPE_CHECKING:
    from stylistdesk.domain.host_rewards import Rewards
    from stylistdesk.queries.host_events import EventOrderRow, EventPage, EventRow

LABEL = 10
HEADS = {
    EventState.OPEN: "Open",
    EventState.OVER: "Over, still to be closed",
    EventState.UPCOMING: "To come",
    EventState.CLOSED: "Closed",
    EventState.CANCELLED: "Cancelled",
}


def window(row: "EventRow") -> str:
    """From when until when it is open: "7 Nov to 29 Nov", with the year where it is another one."""
    return f"{_day(row.opens_on, row.today)} to {_day(row.closes_on, row.today)}"


def _day(day: date, today: date) -> str:
    return words.day(day, today).partition(" ")[2]


def stands(row: "EventRow") -> Piece:
    """How it stands today, in a few words."""
    if row.state is EventState.OPEN:
        last = row.days_left == 1
        return Piece("last day" if last else f"{row.days_left} days left", "late" if last else "good")
    if row.state is EventState.OVER:
        return Piece("to be closed", "late")
    if row.state is EventState.UPCOMING:
        days = (row.opens_on - row.today).days
        return Piece("opens tomorrow" if days == 1 else f"opens in {days} days", "signal")
    on = f" {words.day(row.closed_on, row.today)}" if row.closed_on is not None else ""
    return Piece(f"{row.state.value}{on}", "quiet")


def list_entries(rows: "tuple[EventRow, ...]", width: int, currency: str) -> list[Entry]:
    """All events, under a heading for each state."""
    entries: list[Entry] = []
    state: EventState | None = None
    for row in rows:
        if row.state is not state:
            head: Line = (Piece(f" {HEADS[row.state]}", "label"),)
            entries.append(Entry((BLANK, head) if entries else (head,)))
            state = row.state
        entries.append(Entry(_listed(row, width, currency), ("event", row.id), row.link))
    return entries


def _listed(row: "EventRow", width: int, currency: str) -> tuple[Line, ...]:
    gone = row.state in (EventState.CLOSED, EventState.CANCELLED)
    first = spread(
        line(" ", Piece(row.name, "quiet" if gone else "strong")),
        line(Piece("no link  ", "late") if not row.link else Piece(""), stands(row), " "),
        width,
    )
    whose = f"with {row.host}" if row.host else "your own"
    counts = f"{words.count(row.orders, 'order')}, {format_money(row.rewards.base, currency)}" if row.orders else ""
    second = spread(line(Piece(f"   {window(row)}  ", "quiet"), Piece(whose, "quiet")), line(Piece(counts), " "), width)
    if row.state is EventState.OVER and row.still_to_do:
        said = f"   {len(row.still_to_do)} of {len(row.steps)} steps of closing it are still to do"
        return first, second, (Piece(said, "quiet"),)
    return first, second


def page_entries(
    page: "EventPage", here: LocalNow, width: int, currency: str, symbols: Symbols, key: str
) -> list[Entry]:
    """One event: what it is, what is to be done to close it, and its orders with what each counts for.

    `key` is the one that enters an order.
    """
    row = page.row
    entries = [Entry(tuple(_facts(row, here, width)))]
    entries.append(Entry((BLANK, (Piece(" To close it", "label"),))))
    steps = list(ClosingStep)
    entries += [Entry((_step(step, step in row.done, symbols),), ("step", steps.index(step))) for step in row.steps]
    entries.append(Entry((BLANK, *_rewards(row, width, currency))))
    said = f"  {len(page.orders)}" if page.orders else ""
    entries.append(Entry((BLANK, (Piece(" Orders", "label"), Piece(said, "quiet")))))
    entries += [
        Entry(Later(partial(_order_lines, order, here, width, currency)), ("order", order.id)) for order in page.orders
    ]
    if not page.orders:
        none = line(Piece(" No order is in it yet: ", "quiet"), Piece(key, "key"), Piece(" enters one.", "quiet"))
        entries.append(Entry((none,)))
    return entries


def _facts(row: "EventRow", here: LocalNow, width: int) -> list[Line]:
    held = ""
    if row.held_at is not None:
        held = words.moment(row.held_at, here.now, here.zone)
    facts = (
        ("Window", f"{words.day(row.opens_on, row.today)} to {words.day(row.closes_on, row.today)}"),
        ("Host", row.host or "none: it is your own"),
        ("Party", ", ".join(part for part in (held, row.place) if part)),
        ("Link", row.link or "none"),
        ("Note", row.note),
    )
    lines: list[Line] = []
    for label, value in facts:
        if value:
            for at, part in enumerate(wrap(value, max(10, width - LABEL - 2))):
                lines.append(line(Piece(fit(f" {label}" if at == 0 else "", LABEL), "quiet"), Piece(part)))
    lines[0] = spread(lines[0], line(stands(row), " "), width)
    return lines


def _order_lines(order: "EventOrderRow", here: LocalNow, width: int, currency: str) -> tuple[Line]:
    return (_order(order, here, width, currency),)


def _order(order: "EventOrderRow", here: LocalNow, width: int, currency: str) -> Line:
    day = Piece(fit(f" {words.day(order.day, here.today)}", 13), "quiet")
    counts = Piece(format_money(order.base, currency), "strong" if order.base else "quiet")
    return spread(line(day, fit(order.number, 9), Piece(order.client, "name")), line(counts, " "), width)


def _step(step: ClosingStep, done: bool, symbols: Symbols) -> Line:
    mark = symbols.on if done else symbols.off
    return line(Piece(f" {mark} ", "good" if done else "quiet"), Piece(STEPS[step], "quiet" if done else ""))


def _rewards(row: "EventRow", width: int, currency: str) -> list[Line]:
    said = say_rewards(row.rewards, currency)
    if row.client_id is None:
        said = f"{format_money(row.rewards.base, currency)} counts. It has no host who earns rewards."
    head: Line = (Piece(" Rewards so far" if row.client_id is not None else " Sales so far", "label"),)
    return [head, *((Piece(f" {part}"),) for part in wrap(said, width - 2))]


def say_rewards(rewards: "Rewards", currency: str) -> str:
    """What its orders earn its host: "$94.50, 15 % of $630, and 2 half-price items"."""
    base = format_money(rewards.base, currency)
    missing = []
    if rewards.orders_missing:
        missing.append(f"{rewards.orders_missing} more {'order' if rewards.orders_missing == 1 else 'orders'}")
    if rewards.cents_missing:
        missing.append(f"{format_money(rewards.cents_missing, currency)} more")
    if missing:
        return f"{base} counts; rewards begin with {' and '.join(missing)}."
    if rewards.tier is None:
        return f"{base} counts, for which no tier has a reward."
    how = f", {format_rate(rewards.tier.percent)} of {base}" if rewards.tier.percent is not None else f" for {base}"
    items = rewards.half_price_items
    more = f", and {words.count(items, 'half-price item')}" if items else ""
    return f"{format_money(rewards.cents, currency)}{how}{more}."
