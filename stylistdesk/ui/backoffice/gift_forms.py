"""The forms of gift certificates: what is typed, and the command that it makes. None keeps a draft.

What is typed here may be a card's number: it is refused, and nothing of it may lie on the disk.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import Card, OrderDue, card, split_cart
from stylistdesk.domain.money import format_money, parse_typed_money
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.sales import net_of_line
from stylistdesk.domain.text import folded, name_key
from stylistdesk.domain.types import Cents
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.find_client import A_FEW_LETTERS, find_client
from stylistdesk.ui.dialogs.find_order import BY_LETTERS_OR_NUMBER, orders_to_pay
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.sales_forms import Values, amount, event_options, in_field, money_field, past_day, past_field

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.gifts import GiftPage, GiftRow, PaidOrder
    from stylistdesk.queries.host_events import EventChoice

CART_HINT = "one line each: 1 x Coat @ 240, or 2 x Gift certificate for Bea @ 50"


ONLY = "only "
"""What stands before a name that is no client's, though one is called so."""

# ----------------------------------------------------------------------- selling


def buyer_field(desk: "Desk") -> Field:
    """Who buys."""

    async def named(typed: str) -> str:
        return f"{(await find_client(desk, typed)).name} buys it"

    return Field("client", "Buyer", hint=A_FEW_LETTERS[0].lower() + A_FEW_LETTERS[1:-1], looked_up=named)


async def whom_meant(desk: "Desk", typed: str) -> tuple[str, int | None]:
    """Who gets it: a client whose name, or a word of it, these letters alone begin; else only a name."""
    only_a_name = name_key(typed).startswith(ONLY)
    name = typed.strip()[len(ONLY) if only_a_name else 0 :].strip()
    try:
        row = await find_client(desk, name)
    except Refused:
        return name, None
    is_begun = f" {folded(name_key(name))}" in f" {folded(name_key(row.name))}"
    is_hers = name_key(name) == name_key(row.name) or (is_begun and not only_a_name)
    return (row.name, row.client_id) if is_hers else (name, None)


def whom_field(desk: "Desk", value: str = "") -> Field:
    """Who gets it: a client, or any name; `value` is who does so far."""
    hint = "a few letters of a client's name, or any name; may be empty"

    async def named(typed: str) -> str:
        if name_key(typed) == name_key(value):
            return "as before"
        name, client_id = await whom_meant(desk, typed)
        if client_id is None:
            return f"only the name {name} is kept"
        is_whole = name_key(name) == name_key(typed).removeprefix(ONLY).strip()
        return f"{name}, your client" if is_whole else f"{name}, your client, or write “{ONLY}{typed}”"

    return Field("whom", "For", value, hint=hint, looked_up=named)


def count_of(values: Values) -> int:
    """How many. Raises `Refused` with field "count"."""
    typed = values["count"].strip() or "1"
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 4:
        raise Refused("That is no number of certificates.", field="count", hint="For example 3.")
    return int(typed)


def sale_fields(desk: "Desk") -> list[Field]:
    """A sale: who buys, how much, for whom."""
    return [
        buyer_field(desk),
        money_field(desk, "amount", "Amount", None, "50 or 50.00"),
        Field("count", "How many", "1", hint="of this amount, each with its own number"),
        whom_field(desk),
        past_field(desk, "sold_on", "Sold"),
        Field("note", "Note", hint="may be empty"),
    ]


async def sale_of(desk: "Desk", client_id: int, values: Values) -> "Command":
    """Sell it."""
    from stylistdesk.commands.gifts import SellGift

    cents = amount(desk, values, "amount")
    if cents is None:
        raise Refused("The amount is missing.", field="amount", hint="Write it as 50 or 50.00.")
    sold_on = past_day(desk, values, "sold_on")
    count = count_of(values)
    whom, for_client_id = await whom_meant(desk, values["whom"])
    return SellGift(client_id, cents, sold_on, whom, for_client_id, note=values["note"], count=count)


def cart_fields(desk: "Desk", events: "Sequence[EventChoice]") -> list[Field]:
    """A cart: goods and certificates together; an event is the goods'."""

    def split(typed: str) -> str:
        cart = split_cart(parse_lines(typed, desk.currency))
        goods = sum(net_of_line(x.price, x.quantity, x.discount) for x in cart.goods)
        gifts = sum(x.amount * x.count for x in cart.gifts)
        said = [f"an order of {format_money(goods, desk.currency)}"] if cart.goods else []
        count = words.count(sum(x.count for x in cart.gifts), "certificate")
        said += [f"{count}, {format_money(gifts, desk.currency)}"] if cart.gifts else []
        return " and ".join(said)

    return [
        buyer_field(desk),
        Field("lines", "Cart", hint=CART_HINT, lines=5, understood=lambda typed: split(typed) if typed.strip() else ""),
        *([Field("event_id", "Event", "", choices=event_options(events))] if events else []),
        Field("brand", "Brand", hint="of the goods; may be empty"),
        past_field(desk, "ordered_on", "Sold"),
        Field("description", "Note", hint="for the order; may be empty"),
    ]


async def cart_of(desk: "Desk", client_id: int, values: Values) -> "Command":
    """Sell what is in the cart."""
    from stylistdesk.commands.carts import SellCart
    from stylistdesk.commands.orders import OrderForm

    event = values.get("event_id", "")
    form = OrderForm(
        past_day(desk, values, "ordered_on"),
        brand=values["brand"],
        rep=desk.rep_name,
        description=values["description"],
        lines=parse_lines(values["lines"], desk.currency),
        event_id=int(event) if event else None,
    )
    return SellCart(client_id, form)


def edit_fields(desk: "Desk", page: "GiftPage") -> list[Field]:
    """For whom, a note and, while nothing but its sale is on it, what it was sold at."""
    row = page.row
    sold = [
        money_field(desk, "amount", "Amount", row.worth, "50 or 50.00"),
        past_field(desk, "sold_on", "Sold", row.sold_on.isoformat()),
    ]
    return [
        whom_field(desk, row.whom),
        *(sold if len(page.moves) == 1 and row.currency == desk.currency else []),
        Field("note", "Note", row.note, hint="may be empty", lines=3),
    ]


async def edit_of(desk: "Desk", row: "GiftRow", values: Values) -> "Command":
    """Change it."""
    from stylistdesk.commands.gifts import EditGift

    whom, client_id = row.whom, row.for_client_id
    if name_key(values["whom"]) != name_key(whom):
        whom, client_id = await whom_meant(desk, values["whom"])
    edited = EditGift(row.id, whom, values["note"], for_client_id=client_id)
    if "amount" not in values:
        return edited
    cents = amount(desk, values, "amount")
    if cents is None:
        raise Refused("The amount is missing.", field="amount", hint="Write it as 50 or 50.00.")
    return replace(edited, amount=cents, sold_on=past_day(desk, values, "sold_on"))


def correct_fields(row: "GiftRow") -> list[Field]:
    """What is left, and why that is right."""

    def understood(typed: str) -> str:
        return format_money(parse_typed_money(typed, row.currency), row.currency)

    left = format_money(row.left, row.currency)
    return [
        Field("balance", "Is left", left, hint="what it should be", understood=understood),
        Field("reason", "Reason", hint="stays with it: “sold at 40, not 50”"),
    ]


def correct_of(row: "GiftRow", values: Values) -> "Command":
    """Correct it."""
    from stylistdesk.commands.gifts import CorrectGift

    balance = in_field("balance", lambda: parse_typed_money(values["balance"], row.currency))
    return CorrectGift(row.id, balance, values["reason"])


# ------------------------------------------------------------------------ paying


def redeem_fields(desk: "Desk", page: "GiftPage | None", order: OrderDue | None) -> list[Field]:
    """A redemption: which certificate, on which order, how much, and the card that pays the rest."""
    from stylistdesk.queries.gifts import gift_called

    whose = page.row if page else None  # the certificate that was typed last

    async def gift(typed: str) -> str:
        nonlocal whose
        whose = row = await asyncio.to_thread(desk.ask, gift_called, typed)
        whom = f", for {row.whom}" if row.whom else ""
        return f"{format_money(row.left, row.currency)} is left; {row.client} bought it{whom}"

    async def to_pay(typed: str) -> str:
        found = await orders_to_pay(desk, typed, clients_of(whose))
        first = found[0]
        due = f"{format_money(first.due, first.currency)} is to be paid"
        if len({one.client_id for one in found}) > 1:
            return f"{len(found)} orders are called {first.number}; you are asked which"
        more = f"{len(found)} orders, you are asked which" if len(found) > 1 else due
        if whose is not None and first.client_id not in clients_of(whose):
            return f"order of {first.client}, who neither gets nor bought it: {more}"
        return f"{first.client}: {more}"

    return [
        Field("number", "Number", page.row.number if page else "", hint="GC and 8 letters or digits", looked_up=gift),
        Field("order", "Order", order.number if order else "", hint=BY_LETTERS_OR_NUMBER, looked_up=to_pay),
        Field("amount", "Amount", hint="empty: all that it can pay", understood=lambda typed: (
            format_money(parse_typed_money(typed, desk.currency), desk.currency) if typed.strip() else "")),
        Field("brand", "Rest on", hint="a card: Visa, Mastercard …; empty: it stays due"),
        Field("last_four", "Last four", hint="only the last four digits of the card"),
    ]  # fmt: skip


def redeem_of(desk: "Desk", order_id: int, values: Values) -> "Command":
    """Redeem it, and pay the rest by card if one is named."""
    from stylistdesk.commands.paying import RedeemGift

    named = values["brand"].strip() or values["last_four"].strip()
    rest: Card | None = card(values["brand"], values["last_four"]) if named else None
    return RedeemGift(values["number"], order_id, amount(desk, values, "amount"), rest)


def refund_fields(paid: "PaidOrder") -> list[Field]:
    """How much of what was paid goes back."""
    order = paid.order

    def understood(typed: str) -> str:
        return format_money(parse_typed_money(typed, order.currency), order.currency) if typed.strip() else ""

    here = format_money(paid.here, order.currency)
    return [
        Field("amount", "Amount", hint=f"empty: all {here} that it paid; what is more goes to others, then to the card",
              understood=understood),
        Field("note", "Note", hint="may be empty"),
    ]  # fmt: skip


def refund_of(gift_id: int, paid: "PaidOrder", values: Values) -> "Command":
    """Give it back: to this certificate first."""
    from stylistdesk.commands.paying import RefundGift

    typed = values["amount"]
    cents: Cents | None = None
    if typed.strip():
        cents = in_field("amount", lambda: parse_typed_money(typed, paid.order.currency))
    return RefundGift(paid.order.order_id, cents, gift_id, values["note"])


def clients_of(row: "GiftRow | None") -> tuple[int, ...]:
    """Who gets it, then who bought it."""
    if row is None:
        return ()
    both = (row.for_client_id, row.client_id)
    return tuple(dict.fromkeys(key for key in both if key is not None))
