"""Returns and exchanges (R39): opened with all that follows from them, passed on, received, sent, or cancelled.

What is refunded is a credit on the original purchase that does not reopen it, so that sales, commission and the base
of its event follow. Of that, certificates and then her card get back at most what they paid, less the restock fee; the
rest is taken off what is still due.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.orders import next_number, order_with, settle
from stylistdesk.commands.passing_on import mark_sent
from stylistdesk.commands.reward_adjustments import post_adjustment, rewards_now, take_back_adjustment
from stylistdesk.commands.sales import AddCreditMemo, RemoveCreditMemo
from stylistdesk.commands.triage import client_of_sale
from stylistdesk.db.gifts import balances
from stylistdesk.db.returns import SENT_INSTEAD, Worked, return_address, returns_of, work_out
from stylistdesk.db.tables import (
    CardPayment,
    CreditMemo,
    GiftMovement,
    Order,
    OrderLine,
    Return,
    ReturnLine,
)
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import GiftMove, OrderKind, OrderStatus

MOST_WORDS = 20_000


def next_return_number(session: Session, year: int) -> str:
    """The Return ID that is issued next in a year: "R2026-1001" is the first."""
    prefix = f"R{year}-"
    return next_number(prefix, list(session.exec(select(Return.number).where(col(Return.number).startswith(prefix)))))


@dataclass(frozen=True, slots=True)
class OpenReturn:
    """Items of an order come back, from today on. Issues the Return ID; `Outcome.value` is the id of the return.

    What it comes to is worked out as it stands now, and kept; so is the return address of today.
    """

    order_id: int
    lines: Sequence[Asked]
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` after the window, for more than is left of a line or of the order, and for nothing."""
        session, today = work.session, work.now.astimezone(work.zone).date()
        worked = work_out(session, work.zone, work.settings, work.country, today, self.order_id, self.lines)
        order, root = worked.purchase.order.row, worked.purchase.root.row
        client = client_of_sale(session, order["client_id"])
        row = Return(
            client_id=order["client_id"],
            order_id=order["id"],
            root_order_id=root["id"],
            number=next_return_number(session, today.year),
            opened_on=today,
            currency=worked.purchase.currency,
            address=return_address(session, today),
            goods_cents=worked.goods,
            fee_cents=worked.fee,
            to_gift_cents=sum(cents for _, _, cents in worked.to_gifts),
            to_card_cents=worked.to_card,
            note=clean(self.note, multiline=True, limit=MOST_WORDS),
        )
        session.add(row)
        session.flush()
        _write_lines(session, row, worked)
        before = rewards_now(work, root["event_id"])
        if worked.goods:
            memo = AddCreditMemo(root["id"], worked.goods, today, reopens=False, note=f"Return {row.number}")
            row.credit_id = memo.credit(work)
            settle(work, root["id"])  # as a return's credit, it takes back only what was sent
        _pay_back(work, row, worked)
        told = post_adjustment(work, row, root["event_id"], before)
        if worked.replaced:
            row.exchange_order_id = _send_instead(work, row, worked)
        label = f"Opened return {row.number} of order {order['number']} of {client.name}{told}"
        return Outcome(label, (client.id or 0,), row.id)


def _write_lines(session: Session, row: Return, worked: Worked) -> None:
    for position, line in enumerate(worked.lines):
        session.add(
            ReturnLine(
                return_id=row.id or 0,
                order_line_id=line.line_id if (line.line_id or 0) > 0 else None,
                position=position,
                name=line.name,
                quantity=line.quantity,
                cents=line.cents,
                kind=line.kind,
                is_replaced=line.is_replaced,
                instead=line.instead,
            )
        )


def _pay_back(work: Work, row: Return, worked: Worked) -> None:
    """Certificates get back what they paid, her card the rest."""
    for gift_id, _, cents in worked.to_gifts:
        back = GiftMovement(gift_id=gift_id, kind=GiftMove.REFUNDED, cents=cents, at=work.now, return_id=row.id)
        back.order_id = row.root_order_id
        work.session.add(back)
    if worked.to_card:
        brand, last_four = worked.card
        paid = CardPayment(client_id=row.client_id, order_id=row.root_order_id, paid_on=row.opened_on, cents=0)
        paid.cents, paid.brand, paid.last_four, paid.return_id = -worked.to_card, brand, last_four, row.id
        work.session.add(paid)
    work.session.flush()


def _send_instead(work: Work, row: Return, worked: Worked) -> int:
    """The order of what is sent for what comes back: even, so that it costs nothing, and it ships free."""
    session, old = work.session, worked.purchase.order.row
    order = Order(
        client_id=row.client_id,
        source=SENT_INSTEAD,
        number=f"{row.number}X",
        status=OrderStatus.PLACED,
        placed_at=work.now,
        currency=row.currency,
        subtotal_cents=0,
        shipping_cents=0,
        tax_cents=0,
        discount_cents=0,
        total_cents=0,
        kind=OrderKind.SHOP,
        brand_id=old["brand_id"],
        season=old["season"],
        season_year=old["season_year"],
        location_id=old["location_id"],
        note=f"Sent for return {row.number} of order {old['number']}; ships free.",
    )
    session.add(order)
    session.flush()
    brands = {line["id"]: line["brand"] for line in worked.purchase.order.lines}
    for position, line in enumerate(worked.replaced):
        new = OrderLine(order_id=order.id or 0, position=position, name="", quantity=line.quantity, price_cents=0)
        new.name = f"{line.name}, {line.instead}" if line.instead else line.name
        new.brand = brands.get(line.line_id or 0, "")
        session.add(new)
    return order.id or 0


# --------------------------------------------------------------------------- afterwards


def return_with(session: Session, return_id: int) -> Return:
    """The return, or `Refused` if it is gone or cancelled."""
    row = session.get(Return, return_id)
    if row is None:
        raise Refused("This return is no longer on the desk.", hint="Redo brings it back.")
    if row.cancelled_at is not None:
        raise Refused(f"Return {row.number} was cancelled.", hint="Undo the cancelling, or open another one.")
    return row


def _told(work: Work, row: Return, did: str) -> Outcome:
    return Outcome(f"{did} of {client_of_sale(work.session, row.client_id).name}", (row.client_id,), row.id)


@dataclass(frozen=True, slots=True)
class PassOn:
    """The client was told her Return ID and where to send it; or was not after all."""

    return_id: int
    passed_on: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was passed on before keeps its time."""
        row = return_with(work.session, self.return_id)
        row.passed_on_at = (row.passed_on_at or work.now) if self.passed_on else None
        return _told(work, row, f"{'Passed on' if self.passed_on else 'Took back the passing on of'} {row.number}")


@dataclass(frozen=True, slots=True)
class MarkReceived:
    """What comes back has arrived; or has not after all."""

    return_id: int
    received: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was received before keeps its time."""
        row = return_with(work.session, self.return_id)
        row.received_at = (row.received_at or work.now) if self.received else None
        return _told(work, row, f"{'Received' if self.received else 'Took back the receipt of'} return {row.number}")


@dataclass(frozen=True, slots=True)
class MarkExchangeSent:
    """What is sent instead has left; or has not after all."""

    return_id: int
    sent: bool = True

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a return of which nothing is exchanged or replaced."""
        row = return_with(work.session, self.return_id)
        if row.exchange_order_id is None:
            raise Refused("Nothing is sent for this return: it is refunded.", hint="Open an exchange for another one.")
        mark_sent(work, row, sent=self.sent)
        return _told(work, row, f"{'Sent' if self.sent else 'Took back the sending of'} the exchange for {row.number}")


@dataclass(frozen=True, slots=True)
class EditReturn:
    """Change the note of a return. Its lines stay: another return is opened, or this one cancelled."""

    return_id: int
    note: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the return is gone."""
        row = return_with(work.session, self.return_id)
        row.note = clean(self.note, multiline=True, limit=MOST_WORDS)
        return _told(work, row, f"Edited return {row.number}")


@dataclass(frozen=True, slots=True)
class CancelReturn:
    """Nothing comes back after all: its credit, its refunds, its exchange and its adjustment are taken back."""

    return_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for one that was received or sent for, or of which something was used since."""
        session, row = work.session, return_with(work.session, self.return_id)
        if row.received_at is not None:
            raise Refused("It was received: what came back is here.", hint="Take back the receipt first.")
        if row.exchange_sent_at is not None:
            raise Refused("Its exchange was sent.", hint="Take back the sending first.")
        if row.exchange_order_id is not None and len(returns_of(session, (row.exchange_order_id,))) > 1:
            raise Refused("What was sent for it comes back itself.", hint="Cancel that return first.")
        gifts = session.exec(select(GiftMovement).where(GiftMovement.return_id == row.id)).all()
        left = balances(session, [one.gift_id for one in gifts])
        if any(left[one.gift_id] < one.cents for one in gifts):
            raise Refused("What went back to her certificate was spent since.", hint="Correct the certificate first.")
        for movement in gifts:
            session.delete(movement)
        session.exec(delete(CardPayment).where(col(CardPayment.return_id) == row.id))
        credit_id, exchange_id = row.credit_id, row.exchange_order_id
        row.credit_id = row.exchange_order_id = None
        row.cancelled_at = work.now
        session.flush()
        memo = session.get(CreditMemo, credit_id) if credit_id is not None else None
        if memo is not None:
            RemoveCreditMemo(memo.id or 0).take_back(work, memo)
        take_back_adjustment(work, row, order_with(session, row.root_order_id).event_id)
        if exchange_id is not None:
            session.exec(delete(OrderLine).where(col(OrderLine.order_id) == exchange_id))
            session.exec(delete(Order).where(col(Order.id) == exchange_id))
        return _told(work, row, f"Cancelled return {row.number}")
