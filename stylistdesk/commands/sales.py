"""What becomes of an order (R29): it ships, is cancelled, and a credit memo gives money back on it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, select

from stylistdesk.commands.base import Outcome, Work, at_noon
from stylistdesk.commands.orders import (
    known,
    next_number,
    order_with,
    refuse_of_host,
    refuse_of_shop,
    settle,
)
from stylistdesk.commands.paying import give_back
from stylistdesk.commands.reward_adjustments import rewards_follow
from stylistdesk.commands.triage import client_of_sale
from stylistdesk.db.orders import KnownOrder
from stylistdesk.db.tables import CreditMemo, Order, Return, Shipment
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Cents

CREDIT_PREFIX = "CM"


@dataclass(frozen=True, slots=True)
class ShipOrder:
    """A part of an order was sent, or all that is open (`amount` None). Its commission is earned on that day."""

    order_id: int
    on: date
    amount: Cents | None = None
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for more than is open, and for a day before the order or in the future."""
        order = _ours(work.session, self.order_id)
        found = known(work, self.order_id)
        amount = _part(found, self.amount, "Nothing of it is open.")
        _check_day(work, found, self.on)
        work.session.add(
            Shipment(
                order_id=self.order_id,
                shipped_on=self.on,
                amount_cents=amount,
                note=clean(self.note, limit=200),
            )
        )
        settle(work, self.order_id)
        return _told(work, order, f"Shipped {format_money(amount, found.row['currency'])} of")


@dataclass(frozen=True, slots=True)
class RemoveShipment:
    """Take back that a part was sent."""

    shipment_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone, or if a credit memo has reopened what it sent."""
        shipment = work.session.get(Shipment, self.shipment_id)
        if shipment is None:
            raise Refused("This shipment is no longer on the desk.")
        order = order_with(work.session, shipment.order_id)
        found = known(work, shipment.order_id)
        if found.facts.standing.shipped < shipment.amount_cents:
            raise Refused("A credit memo reopens what was shipped.", hint="Remove the credit memo first.")
        amount = format_money(shipment.amount_cents, order.currency)
        work.session.delete(shipment)
        settle(work, shipment.order_id)
        return _told(work, order, f"Took back the shipment of {amount} of")


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Cancel a part of an order, or all that is open (`amount` None). What is cancelled earns nothing.

    Certificates get back at once what they paid and is owed no longer (R36).
    """

    order_id: int
    amount: Cents | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for more than is open: what has shipped comes back by a credit memo."""
        order = _ours(work.session, self.order_id)
        refuse_of_host(work.session, order)
        found = known(work, self.order_id)
        amount = _part(found, self.amount, "Nothing of it is open.")
        if found.facts.standing.active - amount < found.facts.kept_back:
            raise Refused("More than would be left was credited.", field="amount", hint="Remove the credit first.")
        with _rewards(work, order, "cancelled") as adjusted:
            order.cancelled_cents += amount
            order.cancelled_at = max(work.now, order.placed_at)
            settle(work, self.order_id)
        told = _told(work, order, f"Cancelled {format_money(amount, found.row['currency'])} of", adjusted)
        back, clients = give_back(work, self.order_id)
        return replace(told, label=told.label + back, client_ids=tuple(dict.fromkeys((*told.client_ids, *clients))))


@dataclass(frozen=True, slots=True)
class ReinstateOrder:
    """Take back all that was cancelled of an order."""

    order_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if nothing was."""
        order = _ours(work.session, self.order_id)
        refuse_of_host(work.session, order)
        if not order.cancelled_cents:
            raise Refused("Nothing of it was cancelled.")
        with _rewards(work, order, "reinstated") as told:
            order.cancelled_cents, order.cancelled_at = 0, None
            settle(work, self.order_id)
        return _told(work, order, "Reinstated", told)


@dataclass(frozen=True, slots=True)
class AddCreditMemo:
    """Give money back on an order. It posts in the month in which it happens, and reopens the order or not.

    `reopens` None is as the settings have it. An empty number gets the next one. `Outcome.value` is its id.
    """

    order_id: int
    amount: Cents
    on: date
    reopens: bool | None = None
    number: str = ""
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for more than is left of the order, or to reopen more than has shipped."""
        order = order_with(work.session, self.order_id)
        with _rewards(work, order, "credited") as told:
            memo_id = self.credit(work)
        outcome = _told(work, order, f"Credited {format_money(self.amount, order.currency)} on", told)
        return Outcome(outcome.label, outcome.client_ids, memo_id)

    def credit(self, work: Work) -> int:
        """Enter it, and leave redeemed rewards to who asks; its id. A return posts what it takes of these itself."""
        session, order = work.session, order_with(work.session, self.order_id)
        found = known(work, self.order_id)
        reopens = work.settings.credit_memo_reopens if self.reopens is None else self.reopens
        _check_credit(work, found, self.amount, self.on, reopens=reopens)
        number = clean(self.number, limit=100) or next_credit_number(session)
        if session.exec(select(CreditMemo.id).where(CreditMemo.number == number)).first() is not None:
            raise Refused(f"There is a credit memo {number} already.", field="number")
        memo = CreditMemo(
            client_id=order.client_id,
            order_id=self.order_id,
            number=number,
            issued_on=self.on,
            amount_cents=self.amount,
            reopens=reopens,
            note=clean(self.note, multiline=True, limit=2_000),
        )
        session.add(memo)
        session.flush()
        memo_id = memo.id or 0
        settle(work, self.order_id)
        return memo_id


@dataclass(frozen=True, slots=True)
class RemoveCreditMemo:
    """Take a credit memo back."""

    credit_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone or a return's, or if what it reopened has shipped again or was cancelled."""
        memo = work.session.get(CreditMemo, self.credit_id)
        if memo is None:
            raise Refused("This credit memo is no longer on the desk.")
        back = work.session.exec(select(Return.number).where(Return.credit_id == memo.id)).first()
        if back is not None:
            raise Refused(f"It belongs to return {back}.", hint="Cancel the return: that takes its credit back.")
        order, number = order_with(work.session, memo.order_id), memo.number
        with _rewards(work, order, "no longer credited") as told:
            self.take_back(work, memo)
        return _told(work, order, f"Removed credit memo {number} on", told)

    def take_back(self, work: Work, memo: CreditMemo) -> None:
        """Remove it, and leave redeemed rewards to who asks."""
        found = known(work, memo.order_id)
        if memo.reopens and found.facts.standing.open < memo.amount_cents:
            raise Refused("What it reopened has shipped again, or was cancelled.", hint="Take that back first.")
        order_id = memo.order_id
        work.session.delete(memo)
        settle(work, order_id)


def next_credit_number(session: Session) -> str:
    """The number that a credit memo gets next."""
    return next_number(CREDIT_PREFIX, list(session.exec(select(CreditMemo.number)).all()))


def _check_credit(work: Work, found: KnownOrder, amount: int, on: date, *, reopens: bool) -> None:
    standing, currency = found.facts.standing, found.row["currency"]
    left = standing.active - found.facts.kept_back
    if amount <= 0:
        raise Refused("A credit is more than nothing.", field="amount", hint="Write it as 120 or 120.00.")
    if amount > left:
        raise Refused(f"Only {format_money(left, currency)} of it can still be credited.", field="amount")
    if reopens and amount > standing.shipped:
        raise Refused(
            f"Only {format_money(standing.shipped, currency)} has shipped, and only that can be reopened.",
            field="amount",
            hint="Let the credit not reopen the order, or ship it first.",
        )
    _check_day(work, found, on)


def _ours(session: Session, order_id: int) -> Order:
    order = order_with(session, order_id)
    refuse_of_shop(order)
    return order


def _part(found: KnownOrder, amount: int | None, nothing: str) -> Cents:
    """So much of what is open. Raises `Refused` for more than that."""
    left, is_open, currency = found.left_to_ship, found.facts.standing.open, found.row["currency"]
    if is_open <= 0:
        raise Refused(nothing, field="amount")
    if left <= 0:
        raise Refused("What is open of it came back before it was sent.", field="amount",
                      hint="Cancel the return, if it leaves after all.")  # fmt: skip
    if amount is None:
        return left
    if amount <= 0:
        raise Refused("That is nothing.", field="amount", hint="Leave it empty for all that is open.")
    if amount > left:
        raise Refused(
            f"Only {format_money(left, currency)} of it is open.",
            field="amount",
            hint="" if left == is_open else f"{format_money(is_open - left, currency)} came back before it was sent.",
        )
    return Cents(amount)


def _check_day(work: Work, found: KnownOrder, on: date) -> None:
    if on < found.day:
        raise Refused("That is before the order.", field="on", hint=f"It was ordered on {found.day:%-d %b %Y}.")
    if at_noon(work, on) > work.now:
        raise Refused("That day is not here yet.", field="on", hint="For example: today, yesterday, 3/14.")


def _rewards(work: Work, order: Order, what: str) -> AbstractContextManager[list[str]]:
    return rewards_follow(work, f"Order {order.number} {what}", order.event_id, order_id=order.id)


def _told(work: Work, order: Order, did: str, more: Sequence[str] = ()) -> Outcome:
    name = client_of_sale(work.session, order.client_id).name
    return Outcome(f"{did} order {order.number} of {name}{''.join(more)}", (order.client_id,), order.id)
