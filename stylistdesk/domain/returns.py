"""Returns and exchanges (R39): how long they are taken, what a line was paid for, the restock fee, where money goes.

Pure. Amounts are minor units of the order's currency; days are local to the desk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.rates import say_date
from stylistdesk.domain.sales import NOTHING
from stylistdesk.domain.types import Cents, RestockBasis, ReturnKind

WITHOUT_FEE = "none for an exchange, or for what came damaged or mis-shipped"
KIND_WORDS = {
    ReturnKind.REFUND: "refund",
    ReturnKind.EXCHANGE: "exchange",
    ReturnKind.DAMAGED: "damaged",
    ReturnKind.MIS_SHIPPED: "mis-shipped",
}


@dataclass(frozen=True, slots=True)
class Bought:
    """A line of an order: how many she bought, what they were paid for altogether, and what is back of it already.

    `line_id` is None for an order without lines: it is one thing, of which any amount may come back. An item of a host
    order, which is no line of the order, has one below zero.
    """

    line_id: int | None
    name: str
    quantity: int
    worth: Cents
    back: int = 0
    back_cents: Cents = NOTHING

    @property
    def left(self) -> int:
        """How many can still come back."""
        return max(0, self.quantity - self.back)

    @property
    def left_cents(self) -> Cents:
        """What those were paid for."""
        return Cents(max(0, self.worth - self.back_cents))

    def paid_for(self, count: int) -> Cents:
        """What so many of them were paid for; the last one takes what is left, so that none is lost or made."""
        if count >= self.left:
            return self.left_cents
        return Cents(min(count * (self.worth // self.quantity), self.left_cents))

    def less(self, count: int, cents: int) -> "Bought":
        """The same once so many more of it, that were paid for with so much, are back."""
        return replace(self, back=self.back + count, back_cents=Cents(self.back_cents + cents))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rep says of a line that comes back; `quantity` None is all that is left of it.

    Of an order without lines, `line_id` is None, and `name` and `cents` say what comes back.
    """

    line_id: int | None
    quantity: int | None = 1
    kind: ReturnKind = ReturnKind.REFUND
    is_replaced: bool = False
    instead: str = ""
    name: str = ""
    cents: Cents | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """So many of a line that come back, what they were paid for, and what she gets: money, or another (`instead`)."""

    line_id: int | None
    name: str
    quantity: int
    cents: Cents
    kind: ReturnKind
    is_replaced: bool = False
    instead: str = ""


def last_day(bought_on: date, days: int) -> date:
    """The last day on which it can be returned: so many days from the original purchase, for a replacement too."""
    return bought_on + timedelta(days=days)


def check_window(bought_on: date, today: date, days: int) -> None:
    """Raises `Refused` after the last day, whatever is the matter with it: the window knows no exception."""
    last = last_day(bought_on, days)
    if today > last:
        raise Refused(
            f"Returns and exchanges are taken for {days} days from the original purchase: the last day was "
            f"{say_date(last)}.",
            hint="Ask HQ or your ASM for an exception, also for what came damaged or mis-shipped.",
        )


def refunded(lines: Sequence[Coming]) -> Cents:
    """What is given back for the lines that are not replaced, before the fee."""
    return Cents(sum(line.cents for line in lines if not line.is_replaced))


def restock_fee(lines: Sequence[Coming], cents: int, basis: RestockBasis) -> Cents:
    """The fee of a return: on its refund lines only, for each return or each item, and never more than they bring."""
    charged = [line for line in lines if line.kind is ReturnKind.REFUND]
    if basis is RestockBasis.ITEM:
        return Cents(sum(min(cents * line.quantity, line.cents) for line in charged))
    return Cents(min(cents if charged else 0, refunded(charged)))


def fee_of(country: str, cents: int, by_country: Mapping[str, int]) -> Cents:
    """The restock fee in a country ("US"): its own, or else the usual one."""
    own = {name.strip().casefold(): fee for name, fee in by_country.items()}
    return Cents(own.get(country.strip().casefold(), cents))


def given_back(goods: int, fee: int, paid: int) -> Cents:
    """What goes back for goods: at most what was paid, less the fee; the rest is taken off what she still owes."""
    return Cents(max(0, min(goods, paid) - fee))


def shared_out(refund: int, paid_by_gifts: Mapping[int, int]) -> tuple[dict[int, Cents], Cents]:
    """Where a refund goes: back to each certificate, at most what it paid, in their order; the rest to her card."""
    to_gifts: dict[int, Cents] = {}
    left = refund
    for gift_id, paid in paid_by_gifts.items():
        if back := min(left, paid):
            to_gifts[gift_id] = Cents(back)
            left -= back
    return to_gifts, Cents(left)
