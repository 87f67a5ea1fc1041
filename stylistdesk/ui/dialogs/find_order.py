"""An order, found by its number or by a few letters of her name."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import OrderDue
from stylistdesk.domain.money import format_money
from stylistdesk.ui.dialogs.find_client import find_client
from stylistdesk.ui.dialogs.form import Form
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.jobs import start
from stylistdesk.ui.lines import clip

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.ui.screens.base import DeskScreen

BY_LETTERS_OR_NUMBER = "a few letters of her name, or an order's number"


class AskingForm(Form):
    """A form that may ask something more before it saves."""

    async def action_save(self) -> None:
        """Save, in a job of its own: only such a one can wait for an answer."""
        start(self, super().action_save, "save")


async def orders_numbered(desk: "Desk", typed: str, client_ids: tuple[int, ...] = ()) -> tuple[OrderDue, ...]:
    """The orders of this number; of several, the one of these clients."""
    from stylistdesk.queries.gifts import orders_called

    return await asyncio.to_thread(desk.ask, orders_called, typed, client_ids)


async def orders_to_pay(desk: "Desk", typed: str, client_ids: tuple[int, ...] = ()) -> tuple[OrderDue, ...]:
    """The orders of this number, or those of the client whom the letters mean that are to be paid, the newest first.

    Raises `Refused` with field "order" where there is none.
    """
    from stylistdesk.queries import gifts

    if not typed.strip():
        raise Refused("Say which order.", field="order", hint="Its number, or a few letters of her name.")
    if found := await orders_numbered(desk, typed, client_ids):
        return found
    try:
        client = await find_client(desk, typed)
    except Refused as no:
        reason = f"“{clip(typed.strip(), 40)}” is no order, and not one client."
        raise Refused(reason, field="order", hint=no.hint) from None
    hers = await asyncio.to_thread(desk.ask, gifts.orders_to_pay, (client.client_id,))
    if not hers:
        raise Refused(f"{client.name} has no order to be paid.", field="order", hint="A shop's own are paid there.")
    return hers


async def pick_order(screen: "DeskScreen", orders: tuple[OrderDue, ...]) -> OrderDue | None:
    """The one order, or the one of several that the rep picks."""
    if len(orders) == 1:
        return orders[0]
    same = len({one.client_id for one in orders}) == 1
    title = f"Which order of {clip(orders[0].client, 40)}?" if same else f"Which {orders[0].number}?"
    picked = await screen.app.push_screen_wait(Picker(title, [(str(one.order_id), _said(one)) for one in orders]))
    return next((one for one in orders if str(one.order_id) == picked), None)


def _said(one: OrderDue) -> str:
    due = format_money(one.due, one.currency)
    return (
        f"{clip(one.number, 14)}  {clip(one.client, 30)}  {due} of {format_money(one.total, one.currency)} to be paid"
    )
