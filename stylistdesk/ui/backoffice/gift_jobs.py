"""What keys do with gift certificates: in their list, and on the page of one."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import IN_AN_EVENT
from stylistdesk.domain.money import format_money
from stylistdesk.domain.types import Channel
from stylistdesk.ui import asking
from stylistdesk.ui.backoffice import gift_forms as forms
from stylistdesk.ui.dialogs import find_order
from stylistdesk.ui.dialogs.certificate import Certificate
from stylistdesk.ui.dialogs.confirm import Confirm
from stylistdesk.ui.dialogs.find_client import find_client
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.message import MessageForm, to_log
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.dialogs.prepared import prepare
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.lines import BLANK, Line, Piece, line
from stylistdesk.ui.sales_forms import Values

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command, Outcome
    from stylistdesk.desk import Desk
    from stylistdesk.domain.gifts import OrderDue
    from stylistdesk.queries.gifts import GiftPage, GiftRow, PaidOrder
    from stylistdesk.ui.backoffice.screen import BackOffice

AFTER = (("sent", "the number is sent"), ("keep", "it is still to be sent"))


def the_desk(screen: "BackOffice") -> "Desk":
    """The open desk."""
    assert screen.desk is not None
    return screen.desk


# ------------------------------------------------------------------------ selling


async def sell(screen: "BackOffice") -> None:
    """A certificate was sold, or several of one amount."""
    desk = the_desk(screen)
    await _sell(screen, "Sell a gift certificate", forms.sale_fields(desk), forms.sale_of)


async def sell_cart(screen: "BackOffice") -> None:
    """A cart with goods and certificates in it was sold: it is split."""
    from stylistdesk.queries.host_events import event_choices

    desk = the_desk(screen)
    events = await asyncio.to_thread(desk.ask, event_choices)
    await _sell(screen, "Sell a cart", forms.cart_fields(desk, events), forms.cart_of)


async def _sell(
    screen: "BackOffice",
    title: str,
    fields: list[Field],
    make: "Callable[[Desk, int, Values], Awaitable[Command]]",
) -> None:
    desk = the_desk(screen)

    async def save(values: Values) -> "Outcome":
        client = await find_client(desk, values["client"])
        try:
            command = await make(desk, client.client_id, values)
            sold: Outcome = await screen.saver(lambda _: command)(values)
        except Refused as no:
            if no.field == "event_id":  # said where it can be read: a choice has no line for it
                field = "lines" if no.reason == IN_AN_EVENT else "ordered_on"
                raise Refused(no.reason, field=field, hint=no.hint) from None
            raise
        return sold

    outcome = await screen.show_form(Form(title, fields, save))
    ids = getattr(outcome.value, "gift_ids", outcome.value) if outcome is not None else ()
    if ids:
        await screen.go_into(("gift", ids[0]))  # the next key is meant for it


# ------------------------------------------------------------------ one certificate


async def edit(screen: "BackOffice", page: "GiftPage") -> None:
    """For whom it is, its note, and what it was sold at while it is not used."""
    desk = the_desk(screen)

    async def save(values: Values) -> "Outcome":
        command = await forms.edit_of(desk, page.row, values)
        edited: Outcome = await screen.saver(lambda _: command)(values)
        return edited

    await screen.show_form(Form(f"Edit {page.row.number}", forms.edit_fields(desk, page), save))


async def correct(screen: "BackOffice", page: "GiftPage") -> None:
    """What is left on it is put right."""
    fields = forms.correct_fields(page.row)
    await screen.fill_in(f"Correct {page.row.number}", fields, lambda v: forms.correct_of(page.row, v))


async def remove(screen: "BackOffice", page: "GiftPage") -> None:
    """Remove it; u brings it back."""
    from stylistdesk.commands.gifts import DeleteGift

    await screen.carry_out(DeleteGift(page.row.id))


async def turn_sent(screen: "BackOffice", page: "GiftPage") -> None:
    """The number was handed over, or was not after all."""
    from stylistdesk.commands.gifts import SendGift, UnsendGift

    await screen.carry_out(UnsendGift(page.row.id) if page.row.sent_at else SendGift(page.row.id))


async def profile(screen: "BackOffice", page: "GiftPage") -> None:
    """The profile of who bought it, or of who gets it."""
    client_id = await _whose(screen, page, "Whose profile?")
    if client_id is not None:
        await screen.program.open_profile(client_id)


async def _whose(screen: "BackOffice", page: "GiftPage", title: str) -> int | None:
    """Who gets it or who bought it, where both are clients: the rep says which."""
    row, both = page.row, forms.clients_of(page.row)
    if len(both) == 1:
        return both[0]
    choices = [(str(row.for_client_id), f"{row.whom} gets it"), (str(row.client_id), f"{row.client} bought it")]
    chosen: str | None = await screen.app.push_screen_wait(Picker(title, choices))
    return int(chosen) if chosen is not None else None


# ------------------------------------------------------------------------- sending


async def send(screen: "BackOffice", page: "GiftPage") -> None:
    """Write the number to who gets it, or to who bought it. It is a notice (R25), and judged as one."""
    from stylistdesk.commands.gifts import SendGift
    from stylistdesk.commands.sending import SendEmail
    from stylistdesk.commands.triage import LogMessage

    desk, row = the_desk(screen), page.row
    client_id = await _whose(screen, page, "Send it to whom?")
    panes = await asyncio.to_thread(asking.read_panes, desk, () if client_id is None else (client_id,))
    pane = panes.get(client_id or 0)
    if pane is None:
        return
    her, links = Subject(pane.client_id, pane.name, pane.last_signal_id), desk.settings.links

    def make(values: Values) -> "Command":
        logged = to_log(her, values)
        assert isinstance(logged, LogMessage | SendEmail)
        return SendGift(row.id, logged) if values["after"] == "sent" else logged

    prepared = await prepare(
        desk,
        pane,
        "send_certificate" if pane.client_id == row.client_id else "give_present",
        _values(page),
        about=_about(page),
        after=AFTER,
        draft=f"gift:{row.id}:{pane.client_id}",
    )
    form = MessageForm(pane, {Channel.TEXT: links.text, Channel.EMAIL: links.email}, screen.saver(make), prepared)
    await screen.show_form(form)


def _values(page: "GiftPage") -> dict[str, str]:
    """What a message with the number may say."""
    row = page.row
    return {
        "number": row.number,
        "amount": format_money(row.left, row.currency),
        "giver": row.client,
        "recipient": row.whom if row.for_client_id != row.client_id else "",
    }


def _about(page: "GiftPage") -> tuple[Line, ...]:
    row = page.row
    whom = f", for {row.whom}" if row.whom else ""
    left = f"  {format_money(row.left, row.currency)}, bought by {row.client}{whom}"
    return (line(Piece(row.number, "strong"), Piece(left, "quiet")), BLANK)


# -------------------------------------------------------------------------- paying


async def redeem(screen: "BackOffice", page: "GiftPage | None") -> None:
    """Pay for an order with this certificate, or with one whose number is typed."""
    from stylistdesk.queries.gifts import gift_called, orders_to_pay

    desk, clients = the_desk(screen), forms.clients_of(page.row if page else None)
    orders = await asyncio.to_thread(desk.ask, orders_to_pay, clients) if clients else ()
    hers = [order for client in clients for order in orders if order.client_id == client]

    async def save(values: Values) -> "Outcome":
        row = await asyncio.to_thread(desk.ask, gift_called, values["number"])
        found = await find_order.orders_to_pay(desk, values["order"], forms.clients_of(row))
        order = await find_order.pick_order(screen, found)
        if order is None:
            raise Refused("You picked none of them.", field="order", hint="Its number, or a few letters of her name.")
        await _is_meant(screen, row, order)
        paid: Outcome = await screen.saver(lambda v: forms.redeem_of(desk, order.order_id, v))(values)
        return paid

    fields = forms.redeem_fields(desk, page, hers[0] if hers else None)
    await screen.show_form(find_order.AskingForm("Redeem a gift certificate", fields, save, does="Redeem"))


async def _is_meant(screen: "BackOffice", row: "GiftRow", order: "OrderDue") -> None:
    """Ask before it pays for an order of a client who neither gets nor bought it. Raises `Refused` if it is not to."""
    if order.client_id in forms.clients_of(row):
        return
    whom = f" for {row.whom}" if row.whom else ""
    asked = Confirm(
        f"An order of {order.client}?",
        f"Order {order.number} is {order.client}'s. {row.client} bought {row.number}{whom}.",
        "Redeem it all the same",
    )
    if not await screen.app.push_screen_wait(asked):
        raise Refused(f"Order {order.number} is {order.client}'s.", field="order", hint="Nothing was redeemed.")


async def refund(screen: "BackOffice", page: "GiftPage") -> None:
    """Give back what it paid for an order: to this certificate first."""
    row, paid = page.row, [one for one in page.orders if one.here > 0]
    if not paid:
        screen.tell(f"{row.number} pays for no order: there is nothing to give back.", bad=True)
        return
    chosen: str | None = str(paid[0].order.order_id)
    if len(paid) > 1:
        choices = [(str(one.order.order_id), _said(one)) for one in paid]
        chosen = await screen.app.push_screen_wait(Picker("Give back what was paid for", choices))
    one = next((one for one in paid if str(one.order.order_id) == chosen), None)
    if one is not None:
        about = (line(Piece(_said(one), "quiet")), BLANK)
        fields = forms.refund_fields(one)
        title = f"Give back to {row.number}"
        await screen.fill_in(title, fields, lambda v: forms.refund_of(row.id, one, v), about=about)


def _said(one: "PaidOrder") -> str:
    """ "Order S1003 of Ana Ruiz: it paid $85, cards $240"."""
    order = one.order
    others, card = order.by_gifts - one.here, order.by_card
    more = f", others {format_money(others, order.currency)}" if others > 0 else ""
    more += f", a card {format_money(card, order.currency)}" if card > 0 else ""
    return f"Order {order.number} of {order.client}: it paid {format_money(one.here, order.currency)}{more}"


# ------------------------------------------------------------------------ the page

JOBS: dict[str, Callable[["BackOffice", "GiftPage"], Coroutine[Any, Any, None]]] = {
    "edit": edit,
    "send": send,
    "turn_sent": turn_sent,
    "redeem": redeem,
    "refund": refund,
    "correct": correct,
    "profile": profile,
    "remove": remove,
}
"""What can be done with one certificate, by name."""


async def read_page(screen: "BackOffice", gift_id: int) -> "GiftPage | None":
    """The certificate in full; `None` if it is gone."""
    from stylistdesk.queries.gifts import gift_page

    return await asyncio.to_thread(the_desk(screen).ask, gift_page, gift_id)


async def do_with(screen: "BackOffice", gift_id: int, job: str) -> None:
    """Do one of `JOBS` with a certificate."""
    page = await read_page(screen, gift_id)
    if page is not None:
        await JOBS[job](screen, page)


async def open_gift(screen: "BackOffice", gift_id: int) -> None:
    """The page of a certificate, and what is done there, until the rep leaves it."""
    desk = the_desk(screen)
    while (page := await read_page(screen, gift_id)) is not None:
        wish = await screen.app.push_screen_wait(Certificate(page, LocalNow(desk.now(), desk.zone)))
        if wish is None:
            return
        await JOBS[wish](screen, page)
        if wish == "profile":
            return
