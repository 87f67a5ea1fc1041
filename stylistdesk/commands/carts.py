"""A cart with goods and gift certificates in it is split (R36): an order, and certificates that are none."""

from dataclasses import dataclass, replace

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.gifts import put_whom, said_gifts, sell
from stylistdesk.commands.orders import AddPurchaseOrder, OrderForm, order_with
from stylistdesk.commands.triage import client_named
from stylistdesk.db.tables import GiftCertificate
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import refuse_card_number, split_cart


@dataclass(frozen=True, slots=True)
class Sold:
    """What came of a cart: the order of its goods, if there were any, and its certificates."""

    order_id: int | None
    gift_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SellCart:
    """Sell what is in a cart, as one: its goods are a purchase order, in the event of the form if it names one.

    `Outcome.value` is a `Sold`.
    """

    client_id: int
    form: OrderForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for certificates alone in an event, and at the first wrong field of the order."""
        session, client = work.session, client_named(work.session, self.client_id)
        _refuse_card_numbers(self.form)
        self.form.check(work)
        cart = split_cart(self.form.lines, in_event=bool(self.form.event_id))
        if not (cart.goods or cart.gifts):
            raise Refused("The cart is empty.", field="lines", hint="One line each: 1 x Gift certificate @ 50.")
        order_id, said = None, []
        if cart.goods:
            order_id = AddPurchaseOrder(self.client_id, replace(self.form, lines=cart.goods)).apply(work).value
            said.append(f"order {order_with(session, order_id).number}")
        ids: list[int] = []
        about = [self.client_id]
        for line in cart.gifts:
            gift = GiftCertificate(client_id=self.client_id, number="", currency=work.currency,
                                   sold_on=self.form.ordered_on, order_id=order_id)  # fmt: skip
            put_whom(session, gift, line.whom)
            ids += sell(work, gift, line.amount, line.count)
            about += [gift.for_client_id] if gift.for_client_id else []
        amounts = [line.amount for line in cart.gifts for _ in range(line.count)]
        said += [said_gifts(amounts, work.currency)] if amounts else []
        label = f"Sold {' and '.join(said)} to {client.name}"
        return Outcome(label, tuple(dict.fromkeys(about)), Sold(order_id, tuple(ids)))


def _refuse_card_numbers(form: OrderForm) -> None:
    for field in ("number", "rep", "origin", "description", "brand", "season"):
        refuse_card_number(getattr(form, field), field)
    for line in form.lines:
        refuse_card_number(line.name, "lines")
        refuse_card_number(line.sku, "lines")
