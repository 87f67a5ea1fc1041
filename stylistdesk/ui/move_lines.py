"""Moves of orders in lines: what is listed, and what a move or a plan does to each event's rewards (R41)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stylistdesk.domain.money import format_money
from stylistdesk.domain.move_plan import Proof
from stylistdesk.domain.types import MoveState
from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, cut, fit, labelled, line, spread, wrap
from stylistdesk.ui.two_panes.section import Look

if TYPE_CHECKING:
    from stylistdesk.domain.host_rewards import Rewards
    from stylistdesk.queries.moves import EventChange, MovableRow, MoveRow, Proposal

STATES = {
    MoveState.MOVED: ("moved", ""),
    MoveState.DRAFTED: ("to be sent", "late"),
    MoveState.REQUESTED: ("requested", "signal"),
    MoveState.CONFIRMED: ("confirmed", "good"),
    MoveState.REFUSED: ("refused", "late"),
}
NUMBER = 9


def head(title: str, count: int, after: str = "") -> Line:
    """The heading of a group."""
    return (Piece(f" {title}", "label"), Piece(f"  {count}", "quiet"), Piece(f"  {after}" if after else "", "quiet"))


def movable_lines(row: "MovableRow", look: Look) -> tuple[Line, ...]:
    """An order: whose it is and what it counts for, then where it is and where it can go."""
    first = line(Piece(fit(f" {row.number}", NUMBER + 1), "strong"), Piece(row.client, "name"))
    money = Piece(f"{format_money(row.base, row.currency)}  ")
    day = Piece(fit(words.day(row.day, look.here.today), 11, right=True), "quiet")
    where = f"in {row.event}" if row.event else "in no event"
    to = " or ".join(name for _, name in row.to)
    second = (Piece(" " * (NUMBER + 1)), Piece(f"{where}, can go to {to}", "quiet"))
    return spread(first, (money, day), look.width), cut(second, look.width)


def move_lines(row: "MoveRow", look: Look) -> tuple[Line, ...]:
    """A move: whose order it is and how far it is, then from where to where."""
    said, how = STATES[row.state]
    at = row.settled_at or row.requested_at or row.entered_at
    when = words.day(look.here.day(at), look.here.today)
    first = line(Piece(fit(f" {row.number}", NUMBER + 1), "strong"), Piece(row.client, "name"))
    right = (Piece(f"{said}  ", how), Piece(fit(when, 11, right=True), "quiet"))
    came = f"from {row.source}" if row.source else "from no event"
    note = f" · {row.note}" if row.note else ""
    second = (Piece(" " * (NUMBER + 1)), Piece(f"to {row.to}, {came}{note}", "quiet"))
    return spread(first, right, look.width), cut(second, look.width)


def letter_lines(subject: str, body: str, address: str, width: int) -> list[Line]:
    """An email that is drafted: where it goes, what it is about, and its words."""
    to = Piece(address, "strong") if address else Piece("not known yet: o asks for it", "late")
    lines = labelled(" To", [(to,)], NUMBER + 1)
    lines += labelled(" Subject", [(Piece(part, "strong"),) for part in wrap(subject, width - NUMBER - 2)], NUMBER + 1)
    return [*lines, BLANK, *_wrapped(body, "", width)]


def say_rewards(rewards: "Rewards", currency: str) -> str:
    """What an event has come to and earns: "4 orders, $265: $26.50, 1 half-price item"."""
    base = format_money(rewards.base, currency)
    sold = f"{words.count(rewards.orders, 'order')}, {base}" if rewards.orders else "no order"
    if rewards.cents or rewards.half_price_items:
        items = f", {words.count(rewards.half_price_items, 'half-price item')}" if rewards.half_price_items else ""
        return f"{sold}: {format_money(rewards.cents, currency)}{items}"
    if not rewards.orders:
        return sold
    lacks = []
    if rewards.orders_missing:
        lacks.append(words.count(rewards.orders_missing, "order"))
    if rewards.cents_missing:
        lacks.append(format_money(rewards.cents_missing, currency))
    return f"{sold}: no rewards" + (f", {' and '.join(lacks)} short" if lacks else "")


def change_lines(changes: "Sequence[EventChange]", currency: str, width: int) -> list[Line]:
    """Each event that something happens to, before and after."""
    lines: list[Line] = []
    for change in changes:
        before, after = change.before, change.after
        rank = (after.cents - before.cents, after.half_price_items - before.half_price_items)
        how = "good" if rank > (0, 0) else "late" if rank < (0, 0) else ""
        lines.append((Piece(f" {clip(change.name, width - 2)}", "strong"),))
        for label, rewards, look in (("before", before, "quiet"), ("after", after, how)):
            first, *more = wrap(say_rewards(rewards, currency), max(10, width - NUMBER - 2))
            lines.append((Piece(fit(f"   {label}", NUMBER + 2), "quiet"), Piece(first, look)))
            lines += [(Piece(" " * (NUMBER + 2)), Piece(part, look)) for part in more]
        for note in filter(None, (change.unfit, change.posted)):
            lines += [(Piece("   "), Piece(part, "late")) for part in wrap(note, width - 4)]
    return [*lines, BLANK, _together(changes, currency, width)]


def _together(changes: "Sequence[EventChange]", currency: str, width: int) -> Line:
    cents = sum(one.after.cents - one.before.cents for one in changes)
    items = sum(one.after.half_price_items - one.before.half_price_items for one in changes)
    return cut((Piece(" Together: ", "quiet"), *say_gain(cents, items, currency)), width)


def say_gain(cents: int, items: int, currency: str) -> Line:
    """What hosts earn more, or less: "$26.50 more, 1 half-price item more"."""
    said = []
    if cents:
        said.append(f"{format_money(abs(cents), currency)} {'more' if cents > 0 else 'less'}")
    if items:
        said.append(f"{words.count(abs(items), 'half-price item')} {'more' if items > 0 else 'fewer'}")
    how = "good" if (cents, items) > (0, 0) else "late" if (cents, items) < (0, 0) else ""
    return (Piece(", ".join(said) or "the same rewards", how),)


def plan_lines(proposal: "Proposal", currency: str, width: int) -> list[Line]:
    """A plan: what it earns, what is known of it, its moves, and each event before and after."""
    plan = proposal.plan
    if not proposal.moves:
        said = (
            "The orders are where they earn most." if plan.proof is Proof.BEST else "No move was found that earns more."
        )
        return [*_wrapped(said, "strong", width), *_wrapped(_proof(proposal, currency), "quiet", width)]
    count = words.count(len(proposal.moves), "move")
    earn = "earns" if len(proposal.moves) == 1 else "earn"
    gain = say_gain(plan.gain, plan.more_items, currency)
    lines: list[Line] = [cut((Piece(f" {count} {earn} hosts ", "strong"), *gain), width)]
    lines += [*_wrapped(_proof(proposal, currency), "quiet", width), BLANK]
    for move in proposal.moves:
        whose = line(Piece(fit(f" {move.number}", NUMBER + 1), "strong"), Piece(move.client))
        lines.append(spread(whose, (Piece(f"{format_money(move.base, currency)} "),), width))
        lines.append(cut((Piece(" " * (NUMBER + 1)), Piece(f"from {move.source} to {move.to}", "quiet")), width))
    return [*lines, BLANK, *change_lines(proposal.changes, currency, width)]


def _proof(proposal: "Proposal", currency: str) -> str:
    plan = proposal.plan
    if plan.proof is Proof.BEST:
        return "This is proved best: no other legal set of moves earns more, or as much with fewer moves."
    if plan.proof is Proof.EARNS_MOST:
        return "No other legal set of moves earns more; whether fewer moves would do was not tried to the end."
    room = plan.at_most - sum(one.cents for one in plan.after.values())
    return (
        "This is the best found: with so many orders not every set of moves was tried. "
        f"None can earn more than {format_money(room, currency)} beyond it."
    )


def _wrapped(said: str, look: str, width: int) -> list[Line]:
    return [(Piece(f" {part}", look),) for part in wrap(said, width - 2)]
