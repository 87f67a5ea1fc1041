"""What pays for an order (R36): gift certificates, then a card; and what goes back, to the certificates first."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from stylistdesk.commands.base import Outcome, Work, at_noon
from stylistdesk.commands.gifts import balance_of, gift_numbered, gift_with, move, noted
from stylistdesk.db.gifts import due_of, paid_by_gifts
from stylistdesk.db.tables import CardPayment, GiftCertificate
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import Card, OrderDue, card, shared_back
from stylistdesk.domain.money import format_money
from stylistdesk.domain.types import Cents, GiftMove


@dataclass(frozen=True, slots=True)
class RedeemGift:
    """Pay for an order with a certificate: so much, or all that it can. `rest` is the card that pays what is left then.

    An order takes several certificates, and a certificate pays for several orders.
    """

    number: str
    order_id: int
    amount: Cents | None = None
    rest: Card | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for more than is left on it, and for more than is due."""
        gift, order = gift_numbered(work.session, self.number), order_due(work.session, self.order_id)
        if gift.currency != order.currency:
            raise Refused(f"{gift.number} is in {gift.currency}, the order in {order.currency}.", field="number",
                          hint="Take a certificate in the order's currency.")  # fmt: skip
        left = balance_of(work.session, gift)
        if left <= 0:
            raise Refused(f"Nothing is left on {gift.number}.", field="number", hint="Take another certificate.")
        amount = _part_of_due(order, min(left, order.due) if self.amount is None else self.amount)
        move(work, gift, GiftMove.REDEEMED, Cents(-amount), order_id=self.order_id)
        said = f"Redeemed {format_money(amount, gift.currency)} of {gift.number} on order {order.number}"
        if self.rest is not None:
            if amount == order.due:
                raise Refused("The certificate pays all of it: no card is needed.", field="last_four",
                              hint="Leave the card away.")  # fmt: skip
            rest = Cents(order.due - amount)
            _by_card(work, order, rest, self.rest)
            said += f", and {format_money(rest, gift.currency)} by card"
        return Outcome(said, _clients(gift, order), self.order_id)


@dataclass(frozen=True, slots=True)
class PayByCard:
    """Pay for an order by card: so much, or all that is due. Only its brand and last four digits are kept."""

    order_id: int
    card: Card
    amount: Cents | None = None
    paid_on: date | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for more than is due, and for a day that is not here yet."""
        order = order_due(work.session, self.order_id)
        amount = _part_of_due(order, order.due if self.amount is None else self.amount)
        if self.paid_on is not None and at_noon(work, self.paid_on) > work.now:
            raise Refused("That day is not here yet.", field="paid_on", hint="For example: today, yesterday, 3/14.")
        _by_card(work, order, amount, self.card, self.paid_on)
        said = f"Paid {format_money(amount, order.currency)} of order {order.number} by card"
        return Outcome(said, (order.client_id,), self.order_id)


@dataclass(frozen=True, slots=True)
class RefundGift:
    """Give back what was paid for an order: to its certificates first, `gift_id` before all others, then to its card.

    Without an amount, all that this certificate paid goes back to it; without a certificate too, all that was paid.
    """

    order_id: int
    amount: Cents | None = None
    gift_id: int | None = None
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for more than was paid, and for a certificate that did not pay for it."""
        session, order = work.session, order_due(work.session, self.order_id)
        paid = paid_by_gifts(session, self.order_id)
        if self.gift_id is not None and self.gift_id not in paid:
            raise Refused(f"It paid nothing for order {order.number}, or it went back already.", field="order",
                          hint="Choose a certificate that paid for it.")  # fmt: skip
        if order.paid <= 0:
            raise Refused(f"Nothing of order {order.number} was paid here.", field="order",
                          hint="Write down first what she paid, on the order's page.")  # fmt: skip
        amount = self.amount
        if amount is None:
            amount = order.paid if self.gift_id is None else paid[self.gift_id]
        if amount <= 0:
            raise Refused("That is nothing.", field="amount", hint="Write it as 20 or 20.00.")
        if amount > order.paid:
            raise Refused(f"Only {format_money(order.paid, order.currency)} was paid for order {order.number}.",
                          field="amount", hint="Leave the amount empty for all of that.")  # fmt: skip
        to_gifts = to_certificates(work, self.order_id, amount, gift_id=self.gift_id, note=self.note)
        to_card = to_cards(work, self.order_id, Cents(amount - to_gifts))
        parts = [(to_gifts, "to certificates"), (to_card, "to the card")]
        said = " and ".join(f"{format_money(cents, order.currency)} {where}" for cents, where in parts if cents)
        clients = [gift_with(session, key) for key in paid]
        return Outcome(f"Gave back {said} for order {order.number}", _clients(*clients, order), self.order_id)


@dataclass(frozen=True, slots=True)
class RemoveCardPayment:
    """Take a payment by card away that should not be there."""

    payment_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone, or was given back since."""
        payment = work.session.get(CardPayment, self.payment_id)
        if payment is None:
            raise Refused("This payment is no longer on the desk.", hint="Undo brings a removed one back.")
        order = order_due(work.session, payment.order_id)
        if payment.cents > order.by_card:
            raise Refused("It was given back to the card since.", hint="Take that back first.")
        said = format_money(payment.cents, order.currency)
        work.session.delete(payment)
        return Outcome(f"Removed the card payment of {said} on order {order.number}", (order.client_id,))


# ------------------------------------------------------------------ one order


def order_due(session: Session, order_id: int) -> OrderDue:
    """The order with what is due on it, or `Refused` if it is gone."""
    order = due_of(session, order_id)
    if order is None:
        raise Refused("This order is no longer on the desk.", field="order", hint="Undo brings a removed order back.")
    return order


def to_certificates(
    work: Work, order_id: int, cents: Cents, *, gift_id: int | None = None, return_id: int | None = None, note: str = ""
) -> Cents:
    """Give so much of an order back to the certificates that paid for it; how much that was: the rest is the card's."""
    words = noted(note)
    back, rest = shared_back(paid_by_gifts(work.session, order_id), cents, gift_id)
    for key, part in back.items():
        gift = gift_with(work.session, key)
        move(work, gift, GiftMove.REFUNDED, part, order_id=order_id, return_id=return_id, note=words)
    return Cents(cents - rest)


def give_back(work: Work, order_id: int) -> tuple[str, tuple[int, ...]]:
    """Certificates get back what they paid and is owed no longer (R36): that for a label, and whom it concerns.

    What is left is owed to her card. The label says so, and the order does until that has gone back too.
    """
    order, paid = order_due(work.session, order_id), paid_by_gifts(work.session, order_id)
    to_gifts, to_card = shared_back(paid, order.to_give_back)
    to_certificates(work, order_id, order.to_give_back)
    gifts = [gift_with(work.session, key) for key in to_gifts]
    said = [f"{format_money(to_gifts[gift.id or 0], gift.currency)} back to {gift.number}" for gift in gifts]
    if to_card:
        said.append(f"{format_money(to_card, order.currency)} to give back to her card")
    return "".join(f", {one}" for one in said), _clients(*gifts)


def to_cards(work: Work, order_id: int, cents: Cents, *, return_id: int | None = None) -> Cents:
    """Give so much of an order back to the cards that paid for it, the last first; how much that was."""
    rows = work.session.exec(select(CardPayment).where(CardPayment.order_id == order_id).order_by(col(CardPayment.id)))
    paid: dict[Card, int] = {}
    for row in rows:
        one = Card(row.brand, row.last_four)
        paid[one] = paid.get(one, 0) + row.cents
    order, back = order_due(work.session, order_id), 0
    for one, there in reversed(paid.items()):
        if (part := min(there, cents - back)) > 0:
            _pay(work, order, Cents(-part), one, return_id=return_id)
            back += part
    return Cents(back)


def _part_of_due(order: OrderDue, amount: int) -> Cents:
    if order.was_paid_in_its_shop:
        raise Refused(f"Order {order.number} was paid in its shop.", field="order",
                      hint="Only orders that you write down here are paid here.")  # fmt: skip
    if order.due <= 0:
        raise Refused(f"Nothing of order {order.number} is to be paid.", field="order", hint="Choose another order.")
    if amount <= 0:
        raise Refused("That is nothing.", field="amount", hint="Leave it empty for all that it can pay.")
    if amount > order.due:
        raise Refused(
            f"Only {format_money(order.due, order.currency)} of order {order.number} is to be paid.",
            field="amount",
            hint="Leave the amount empty for all of that.",
        )
    return Cents(amount)


def _by_card(work: Work, order: OrderDue, cents: Cents, paid_with: Card, on: date | None = None) -> None:
    _pay(work, order, cents, card(paid_with.brand, paid_with.last_four), on)


def _pay(
    work: Work, order: OrderDue, cents: Cents, by: Card, on: date | None = None, *, return_id: int | None = None
) -> None:
    work.session.add(
        CardPayment(
            client_id=order.client_id,
            order_id=order.order_id,
            paid_on=on or work.now.astimezone(work.zone).date(),
            cents=cents,
            brand=by.brand,
            last_four=by.last_four,
            return_id=return_id,
        )
    )
    work.session.flush()


def _clients(*about: GiftCertificate | OrderDue) -> tuple[int, ...]:
    found = [key for one in about for key in (one.client_id, getattr(one, "for_client_id", None)) if key is not None]
    return tuple(dict.fromkeys(found))
