"""What she paid for an order by card (R36). No draft is kept: what is typed may be a card's number."""

from typing import TYPE_CHECKING

from stylistdesk.domain.gifts import OrderDue, card
from stylistdesk.domain.money import format_money, parse_typed_money
from stylistdesk.domain.types import Cents
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.sales_forms import Values, in_field, past_day, past_field

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.queries.sales import OrderPage
    from stylistdesk.ui.profile.screen import Profile


async def pay(profile: "Profile", page: "OrderPage") -> None:
    """Write down what she paid by card: all that is due, or a part."""
    from stylistdesk.commands.paying import PayByCard

    desk, due = profile.desk, page.due
    assert desk is not None
    if due is None or due.due <= 0:
        shop = due is not None and due.was_paid_in_its_shop
        why = "was paid in its shop" if shop else "has nothing left to be paid"
        profile.tell(f"Order {page.row.number} {why}.", bad=True)
        return

    def make(values: Values) -> "Command":
        paid = in_field("amount", lambda: _typed(due, values["amount"]))
        by = card(values["brand"], values["last_four"])
        return PayByCard(page.row.id, by, paid, past_day(desk, values, "paid_on"))

    def understood(typed: str) -> str:
        return format_money(_typed(due, typed) or due.due, due.currency)

    fields = [
        Field("amount", "Amount", hint=f"empty: all {format_money(due.due, due.currency)} that is to be paid",
              understood=lambda typed: understood(typed) if typed.strip() else ""),
        Field("brand", "Card", hint="Visa, Mastercard …"),
        Field("last_four", "Last four", hint="only the last four digits of the card"),
        past_field(desk, "paid_on", "Paid"),
    ]  # fmt: skip
    await profile.fill_in(f"Card payment on {page.row.number}", fields, make)


async def give_back(profile: "Profile", page: "OrderPage") -> None:
    """Write down that she got back what she paid and owes no longer: on her certificates first, then on her card."""
    from stylistdesk.commands.paying import RefundGift

    if page.due is None or not page.due.to_give_back:
        profile.tell(f"Nothing of order {page.row.number} is to be given back.", bad=True)
        return
    await profile.carry_out(RefundGift(page.row.id, page.due.to_give_back))


def _typed(due: OrderDue, typed: str) -> Cents | None:
    return parse_typed_money(typed, due.currency) if typed.strip() else None
