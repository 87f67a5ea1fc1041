"""What keys do with a client's orders, wherever they are shown: in Orders, in Sales, and on the page of one order."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import format_rate, parse_rate
from stylistdesk.domain.spoken_dates import parse_day
from stylistdesk.domain.types import OrderKind
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.dialogs.order import Changes, OrderDialog
from stylistdesk.ui.dialogs.order_form import OrderForm
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.profile.payment_jobs import give_back, pay
from stylistdesk.ui.sales_forms import (
    KEPT_FOR_THE_NEXT,
    Values,
    amount,
    any_day,
    cancel_fields,
    credit_fields,
    in_field,
    order_fields,
    order_form,
    part,
    past_day,
    ship_fields,
    today,
)

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.sales import OrderPage
    from stylistdesk.ui.profile.screen import Profile
    from stylistdesk.ui.screens.base import DeskScreen


def the_desk(profile: "Profile") -> "Desk":
    """The open desk."""
    assert profile.desk is not None
    return profile.desk


# ------------------------------------------------------------ entering and changing


async def add_order(profile: "Profile", *, lines: bool) -> None:
    """Order summaries, or with `lines` purchase orders, one after the other until the rep closes the form."""
    kept: Values = {}
    while await enter_order(profile, profile.client_id, kept, lines=lines):
        pass


async def enter_order(
    screen: "DeskScreen", client_id: int, kept: Values, *, lines: bool, event_id: int | None = None
) -> bool:
    """One order of a client, in this event if one is named; whether the rep wants the next one after it.

    `kept` is what the form begins with, and holds afterwards what stays for the next.
    """
    from stylistdesk.queries.sales import order_choices

    desk = screen.desk
    assert desk is not None

    def make(values: Values) -> "Command":
        from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder

        kept.update({name: values[name] for name in KEPT_FOR_THE_NEXT if name in values})
        return (AddPurchaseOrder if lines else AddOrderSummary)(client_id, order_form(desk, values, choices.brands))

    choices = await asyncio.to_thread(desk.ask, order_choices, client_id)
    form = OrderForm(
        "Add a purchase order" if lines else "Add an order summary",
        order_fields(desk, choices, lines=lines, kept=kept),
        _saver(screen, make),
        draft=f"order:{'lines' if lines else 'sum'}:{client_id}{f':{event_id}' if event_id else ''}",
    )
    await screen.show_form(form)
    return form.again


def _saver(screen: "DeskScreen", make: "Callable[[Values], Command]") -> Callable[[Values], Coroutine[Any, Any, Any]]:
    """What saves the form of an order; a refusal of its event is said where it can be read: a choice has no line."""

    async def save(values: Values) -> Any:
        try:
            return await screen.saver(make)(values)
        except Refused as no:
            field = "ordered_on" if no.field == "event_id" else no.field
            raise Refused(no.reason, field=field, hint=no.hint) from None

    return save


async def edit_order(profile: "Profile", page: "OrderPage") -> None:
    """Change an order that was typed in."""
    from stylistdesk.queries.sales import order_choices
    from stylistdesk.ui.dialogs.form import Form

    desk = the_desk(profile)
    if page.row.kind is OrderKind.SHOP:
        profile.tell(f"Order {page.row.number} is kept by {page.source}.", bad=True, after="Change it there.")
        return

    def make(values: Values) -> "Command":
        from stylistdesk.commands.orders import EditOrder

        return EditOrder(page.row.id, order_form(desk, values, choices.brands))

    choices = await asyncio.to_thread(desk.ask, order_choices, profile.client_id, page.event_id)
    lines = page.row.kind is OrderKind.PURCHASE_ORDER
    form = Form(
        f"Edit order {page.row.number}",
        order_fields(desk, choices, page, lines=lines),
        _saver(profile, make),
        draft=f"order:{page.row.id}",
    )
    await profile.show_form(form)


# ------------------------------------------------------------- what becomes of it


def _nothing_open(profile: "Profile", page: "OrderPage") -> bool:
    """Whether nothing is left to ship or cancel; if so, that is said."""
    if page.row.left_to_ship <= 0:
        back = page.row.standing.open > 0
        why = "What is open of order {} came back before it was sent." if back else "Nothing of order {} is open."
        profile.tell(why.format(page.row.number), bad=True)
    return page.row.left_to_ship <= 0


async def ship(profile: "Profile", page: "OrderPage") -> None:
    """A part of it was sent, or all that is open."""
    from stylistdesk.commands.sales import ShipOrder

    desk = the_desk(profile)
    if _nothing_open(profile, page):
        return

    def make(values: Values) -> "Command":
        return ShipOrder(page.row.id, past_day(desk, values, "on"), part(page, values["amount"]), values["note"])

    fields = ship_fields(desk, page)
    await profile.fill_in(f"Ship order {page.row.number}", fields, make, draft=f"ship:{page.row.id}")


async def cancel(profile: "Profile", page: "OrderPage") -> None:
    """Cancel what is open of it, or a part; what was cancelled whole is reinstated."""
    from stylistdesk.commands.sales import CancelOrder, ReinstateOrder

    desk = the_desk(profile)
    if page.row.standing.cancelled and not page.row.left_to_ship:
        await profile.carry_out(ReinstateOrder(page.row.id))
        return
    if _nothing_open(profile, page):
        return
    await profile.fill_in(
        f"Cancel order {page.row.number}",
        cancel_fields(desk, page),
        lambda v: CancelOrder(page.row.id, part(page, v["amount"])),
        draft=f"cancel:{page.row.id}",
    )


async def credit(profile: "Profile", page: "OrderPage") -> None:
    """A credit memo on it."""
    from stylistdesk.queries.sales import order_choices

    desk = the_desk(profile)
    choices = await asyncio.to_thread(desk.ask, order_choices, profile.client_id)

    def make(values: Values) -> "Command":
        from stylistdesk.commands.sales import AddCreditMemo
        from stylistdesk.domain.types import Cents

        given = amount(desk, values, "amount") or Cents(0)
        reopens = values["reopens"] == "yes"
        on = past_day(desk, values, "on")
        return AddCreditMemo(page.row.id, given, on, reopens, values["number"], values["note"])

    fields = credit_fields(desk, choices.next_credit)
    await profile.fill_in(f"Credit memo on {page.row.number}", fields, make, draft=f"credit:{page.row.id}")


async def take_back(profile: "Profile", page: "OrderPage") -> None:
    """Take back a shipment, a credit memo or a payment by card."""
    from stylistdesk.commands.paying import RemoveCardPayment
    from stylistdesk.commands.sales import RemoveCreditMemo, RemoveShipment

    removing: dict[str, Callable[[int], Command]] = {
        "shipment": RemoveShipment,
        "credit": RemoveCreditMemo,
        "card": RemoveCardPayment,
    }
    moves = {
        f"{move.kind}:{move.id}": f"{'credit ' + move.number if move.number else 'shipped'}, {move.on:%-d %b %Y}, "
        f"{format_money(move.amount, page.row.currency)}"
        for move in reversed(page.moves)
    }
    moves |= {
        f"card:{one.id}": f"paid by {one.card}, {one.on:%-d %b %Y}, {format_money(one.amount, page.row.currency)}"
        for one in reversed(page.cards)
        if one.was_typed
    }
    if not moves:
        profile.tell("Nothing has shipped, was credited or was paid by card here.", bad=True)
        return
    chosen: str | None = next(iter(moves))
    if len(moves) > 1:
        chosen = await profile.app.push_screen_wait(Picker("Take back", list(moves.items())))
    kind, _, number = (chosen or "").partition(":")
    if number:
        await profile.carry_out(removing[kind](int(number)))


async def re_rate(profile: "Profile", page: "OrderPage | None") -> None:
    """Rate it (or all of her orders) anew, after a look at what that changes."""
    from stylistdesk.commands.rates import ReRate
    from stylistdesk.queries.rates import re_rating, re_rating_of_client

    desk = the_desk(profile)
    if page is None:
        changes = await asyncio.to_thread(desk.ask, re_rating_of_client, profile.client_id)
    else:
        changes = await asyncio.to_thread(desk.ask, re_rating, (page.row.id,))
    nothing = "The rates as they are now give what is frozen already: nothing would change."
    title = f"Re-rate {page.row.number}" if page is not None else "Re-rate all of her orders"
    if await profile.app.push_screen_wait(Changes(title, changes, yes="Re-rate", nothing=nothing)):
        await profile.carry_out(ReRate(tuple(change.order_id for change in changes)))
    elif changes:
        profile.tell("Nothing was re-rated.")


async def what_if(profile: "Profile") -> None:
    """Try a rate on her orders without keeping it."""
    from stylistdesk.queries.rates import her_brands
    from stylistdesk.queries.rates import what_if as tried

    desk, client_id = the_desk(profile), profile.client_id
    known = await asyncio.to_thread(desk.ask, her_brands, client_id)
    if known is None:
        return
    brands = (("", "all brands"), *((str(brand.id), brand.name) for brand in known.brands))
    fields = [
        Field("rate", "Rate", hint="tried only, not kept", understood=lambda typed: format_rate(parse_rate(typed))),
        Field("starts_on", "From", hint="empty: on all of her orders; or 2026-03-01",
              understood=lambda typed: f"{parse_day(typed, today(desk)):%-d %b %Y}" if typed.strip() else ""),
        Field("brand", "For", "", choices=brands),
    ]  # fmt: skip

    async def answer(values: Values) -> Any:
        rate = in_field("rate", lambda: parse_rate(values["rate"]))
        start = any_day(desk, values, "starts_on")
        brand = int(values["brand"]) if values["brand"] else None
        found = await asyncio.to_thread(desk.ask, tried, client_id, rate, start, brand)
        return f"What if the rate were {format_rate(rate)}", found

    from stylistdesk.ui.dialogs.form import Form

    found = await profile.app.push_screen_wait(Form("What if", fields, answer, does="Try"))
    if found is not None:
        title, changes = found
        await profile.app.push_screen_wait(Changes(title, changes, nothing="No order of hers would earn another sum."))


# --------------------------------------------------------------- the page of one


async def remove_order(profile: "Profile", page: "OrderPage") -> None:
    """Remove it; u brings it back."""
    from stylistdesk.commands.orders import RemoveOrder

    await profile.carry_out(RemoveOrder(page.row.id))


JOBS: dict[str, Callable[["Profile", "OrderPage"], Coroutine[Any, Any, None]]] = {
    "edit": edit_order,
    "ship": ship,
    "cancel": cancel,
    "credit": credit,
    "pay": pay,
    "give_back": give_back,
    "take_back": take_back,
    "re_rate": re_rate,
    "remove": remove_order,
}
"""What can be done with one order, by name."""


async def read_page(profile: "Profile", order_id: int) -> "OrderPage | None":
    """The order in full; `None` if it is gone."""
    from stylistdesk.queries.sales import order_page

    return await asyncio.to_thread(the_desk(profile).ask, order_page, order_id)


async def do_with(profile: "Profile", order_id: int, job: str) -> None:
    """Do one of `JOBS` with an order."""
    page = await read_page(profile, order_id)
    if page is not None:
        await JOBS[job](profile, page)


async def open_order(profile: "Profile", order_id: int) -> None:
    """The page of an order, and what is done there, until the rep leaves it."""
    desk = the_desk(profile)
    while (page := await read_page(profile, order_id)) is not None:
        wish = await profile.app.push_screen_wait(OrderDialog(page, LocalNow(desk.now(), desk.zone)))
        if wish is None:
            return
        await JOBS[wish](profile, page)
