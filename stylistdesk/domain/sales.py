"""How an order stands (R29): Booked, Cancelled, Active, Shipped and Open, in cents.

Active = Booked - Cancelled, Open = Active - Shipped. A credit memo that reopens takes back what was shipped; one that
does not leaves the order as it stands. Booked is merchandise: tax and shipping of a shop's order are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stylistdesk.domain.types import Cents, OrderKind, OrderStatus

NOTHING = Cents(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """One order, or several together. `shipped` is less what was reopened; `credited` is everything given back."""

    booked: Cents = NOTHING
    cancelled: Cents = NOTHING
    shipped: Cents = NOTHING
    credited: Cents = NOTHING
    units: int = 0

    @property
    def active(self) -> Cents:
        """Booked less cancelled."""
        return Cents(self.booked - self.cancelled)

    @property
    def open(self) -> Cents:
        """Active less shipped: what is still to come."""
        return Cents(self.active - self.shipped)

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(
            Cents(self.booked + other.booked),
            Cents(self.cancelled + other.cancelled),
            Cents(self.shipped + other.shipped),
            Cents(self.credited + other.credited),
            self.units + other.units,
        )


def merchandise(total: int, shipping: int, tax: int) -> Cents:
    """What an order is booked at: its total without shipping and tax."""
    return Cents(max(0, total - shipping - tax))


def refunded_merchandise(refunded: int, total: int, shipping: int, tax: int) -> Cents:
    """What of a shop's refund is merchandise: it has its tax in it, and shipping only where all is refunded.

    Rounded half up; above what was booked where shipping was refunded too.
    """
    with_tax = total - shipping
    if with_tax <= 0 or tax <= 0:
        return Cents(refunded)
    return Cents((2 * refunded * merchandise(total, shipping, tax) + with_tax) // (2 * with_tax))


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What is known of one order's money. `shipped` is what was sent, `credits` what was credited and if it reopens.

    `refunded` is the merchandise that a shop says it paid back, `shipped_lines` the worth of the lines that it sent.
    """

    kind: OrderKind
    status: OrderStatus
    booked: Cents
    cancelled: Cents
    shipped: Cents
    refunded: Cents = NOTHING
    shipped_lines: Cents = NOTHING
    credits: tuple[tuple[Cents, bool], ...] = ()
    units: int = 0

    @property
    def sent(self) -> Cents:
        """What was sent, before any of it came back. A shop tells it by the status and its lines."""
        if self.kind is not OrderKind.SHOP:
            return self.shipped
        if self.status is OrderStatus.CANCELLED:
            return Cents(0)
        if self.status in (OrderStatus.SHIPPED, OrderStatus.RECEIVED):
            return Cents(self.booked - self.called_off)
        return min(self.shipped_lines, Cents(self.booked - self.called_off))

    @property
    def called_off(self) -> Cents:
        """What was cancelled: everything, if a shop says so. Of an order that was typed in, the status follows it."""
        if self.kind is OrderKind.SHOP and self.status is OrderStatus.CANCELLED:
            return self.booked
        return min(self.cancelled, self.booked)

    @property
    def paid_back(self) -> Cents:
        """What the shop refunded of what is not cancelled anyway."""
        return min(self.refunded, Cents(self.booked - self.called_off))

    @property
    def kept_back(self) -> Cents:
        """What was given back without reopening the order."""
        return Cents(self.paid_back + sum(cents for cents, reopens in self.credits if not reopens))

    @property
    def standing(self) -> Standing:
        """How the order stands."""
        reopened = sum(cents for cents, reopens in self.credits if reopens)
        credited = sum(cents for cents, _ in self.credits)
        return Standing(
            self.booked,
            self.called_off,
            Cents(self.sent - reopened),
            Cents(credited + self.paid_back),
            self.units,
        )


def split(cents: int, weights: Sequence[int]) -> tuple[Cents, ...]:
    """An amount shared out by weight; each share is rounded down, and the last one with a weight takes the rest."""
    worth = sum(weights)
    if not worth:
        return tuple(Cents(cents if index == len(weights) - 1 else 0) for index in range(len(weights)))
    shares = [Cents(cents * weight // worth) for weight in weights]
    last = max(index for index, weight in enumerate(weights) if weight)
    shares[last] = Cents(cents - sum(share for index, share in enumerate(shares) if index != last))
    return tuple(shares)


def net_of_line(price: int, quantity: int, discount: int) -> Cents:
    """What a line is worth, its discount taken off."""
    return Cents(max(0, price * quantity - discount))
