"""Whose return it is, or of which order (R39): letters of a client's name, or the number of an order."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.ui.dialogs.find_client import find_client
from stylistdesk.ui.dialogs.find_order import BY_LETTERS_OR_NUMBER, orders_numbered
from stylistdesk.ui.dialogs.form import Field, Form

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.domain.gifts import OrderDue
    from stylistdesk.queries.clients import ClientRow
    from stylistdesk.ui.backoffice.screen import BackOffice

Values = dict[str, str]


async def ask_whose(screen: "BackOffice") -> "ClientRow | tuple[OrderDue, ...] | None":
    """The client whom the letters mean, or the orders of the number that was typed."""
    desk = screen.desk
    assert desk is not None

    async def meant(typed: str) -> "ClientRow | tuple[OrderDue, ...]":
        numbered = await orders_numbered(desk, typed)
        return await _returnable(desk, numbered) if numbered else await find_client(desk, typed)

    async def told(typed: str) -> str:
        found = await meant(typed)
        if not isinstance(found, tuple):
            return f"with {found.name}"
        first = found[0]
        return f"order {first.number} of {first.client}" if len(found) == 1 else f"{len(found)} orders {first.number}"

    async def save(values: Values) -> "ClientRow | tuple[OrderDue, ...]":
        return await meant(values["client"])

    fields = [Field("client", "Client", hint=BY_LETTERS_OR_NUMBER, looked_up=told)]
    form = Form("Open a return", fields, save, does="Her orders")
    found: ClientRow | tuple[OrderDue, ...] | None = await screen.app.push_screen_wait(form)
    return found


async def _returnable(desk: "Desk", orders: "tuple[OrderDue, ...]") -> "tuple[OrderDue, ...]":
    """Those that can still come back by their day. Raises `Refused` with field "client" if none can."""
    from stylistdesk.queries.returns import returnable_orders

    there = set()
    for client_id in {one.client_id for one in orders}:
        there |= {one.order_id for one in await asyncio.to_thread(desk.ask, returnable_orders, client_id)}
    if found := tuple(one for one in orders if one.order_id in there):
        return found
    days, first = desk.settings.waits.return_window_days, orders[0]
    raise Refused(
        f"Order {first.number} of {first.client} is cancelled, or not within {days} days of its purchase.",
        field="client",
        hint="HQ or your ASM may make an exception.",
    )
