"""A cart with goods and gift certificates in it is split (R36): an order, and certificates that are none."""

from dataclasses import dataclass, replace

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.gifts import put_whom, said_gifts, sell
from stylistdesk.commands.orders import AddPurchaseOrder, OrderForm, order_with
from stylistdesk.commands.triage import client_named
from stylistdesk.db.tables import GiftCertificate, HostEvent
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import refuse_card_number, split_cart


@dataclass(frozen=True, slots=True)
class Sold:
    """What came of a cart: the order of its goods, if there were any, and its certificates."""

    order_id: int | None
    gift_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SellCart:
    """Sell what is in a cart, as one: its goods are a purchase order, in an event if one is named.

    `Outcome.value` is a `Sold`.
    """

    client_id: int
    form: OrderForm
    event_id: int | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for certificates alone in an event, and at the first wrong field of the order."""
        session, client = work.session, client_named(work.session, self.client_id)
        _refuse_card_numbers(self.form)
        self.form.check(work)
        cart = split_cart(self.form.lines, in_event=self.event_id is not None)
        if not (cart.goods or cart.gifts):
            raise Refused("The cart is empty.", field="lines", hint="One line each: 1 x Gift certificate @ 50.")
        order_id, said = None, []
        if cart.goods:
            order_id = AddPurchaseOrder(self.client_id, replace(self.form, lines=cart.goods)).apply(work).value
            order = order_with(session, order_id)
            if self.event_id is not None:
                order.event_id = _open_event(work, self.event_id, self.form).id
            said.append(f"order {order.number}")
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


def _open_event(work: Work, event_id: int, form: OrderForm) -> HostEvent:
    """The event. Raises `Refused` for one that is over, and for an order of another time."""
    event = work.session.get(HostEvent, event_id)
    if event is None:
        raise Refused("This event is no longer on the desk.", field="event")
    if event.closed_at is not None or event.cancelled_at is not None:
        raise Refused(f"{event.name} is closed: nothing is sold in it any more.", field="event")
    if not event.opens_on <= form.ordered_on <= event.closes_on:
        days = f"{work.say(event.opens_on)} to {work.say(event.closes_on)}"
        raise Refused(f"{event.name} is open from {days}; the cart is of another day.", field="event")
    return event


def _refuse_card_numbers(form: OrderForm) -> None:
    for field in ("number", "rep", "origin", "description", "brand", "season"):
        refuse_card_number(getattr(form, field), field)
    for line in form.lines:
        refuse_card_number(line.name, "lines")
        refuse_card_number(line.sku, "lines")
