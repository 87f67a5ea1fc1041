"""The ledger of an event's rewards (R38): how each cent of them came about. Money is integer cents."""

from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from stylistdesk.domain.host_rewards import RewardRules, Rewards, rewards_of
from stylistdesk.domain.money import format_money, minor_digits, plain_money
from stylistdesk.domain.rates import WHOLE, format_rate
from stylistdesk.domain.types import Cents


@dataclass(frozen=True, slots=True)
class CountedOrder:
    """An order of the event. What it counts for is merchandise less its discounts, what was cancelled and returned.

    `sent_along` is its tax and shipping, which count for nothing.
    """

    order_id: int
    client_id: int
    client: str
    number: str
    on: date
    merchandise: Cents
    discount: Cents
    cancelled: Cents
    returned: Cents
    sent_along: Cents

    @property
    def counts(self) -> Cents:
        """What it counts for."""
        return Cents(self.merchandise - self.discount - self.cancelled - self.returned)

    @property
    def why_nothing(self) -> str:
        """Why nothing is left of it: then it is no order of the event either. Empty for one that counts."""
        if self.counts > 0:
            return ""
        if self.cancelled and not self.returned:
            return "cancelled"
        if self.returned and not self.cancelled:
            return "returned"
        return "cancelled and returned" if self.returned else "no merchandise"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What belongs to the event and counts for nothing, and why; `cents` None where it is in another currency."""

    what: str
    why: str
    cents: Cents | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """What the rewards were when the host order was placed."""

    number: str
    on: date
    cents: Cents
    half_price_items: int


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What changed the rewards after they were redeemed (R39)."""

    on: date
    cents: Cents
    half_price_items: int
    note: str


@dataclass(frozen=True, slots=True)
class Account:
    """The whole of it: the orders, what they come to, and what was frozen and posted since a host order was placed.

    While no host order is placed, the rewards are what the orders earn today; from then on they are what was frozen,
    and the adjustments.
    """

    orders: tuple[CountedOrder, ...]
    left_out: tuple[LeftOut, ...]
    rules: RewardRules
    frozen: Frozen | None = None
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def rewards(self) -> Rewards:
        """What the orders earn by the rules of today."""
        return rewards_of((order.counts for order in self.orders), self.rules)

    @property
    def running(self) -> tuple[Cents, ...]:
        """What the orders come to, up to each of them."""
        return tuple(Cents(cents) for cents in accumulate(order.counts for order in self.orders))

    @property
    def begins_with(self) -> Cents:
        """What the total begins with, before adjustments."""
        return self.frozen.cents if self.frozen is not None else self.rewards.cents

    @property
    def total(self) -> Cents:
        """What the host has for items."""
        return Cents(self.begins_with + sum(one.cents for one in self.adjustments))

    @property
    def half_price_items(self) -> int:
        """How many items she may buy at half the price."""
        first = self.frozen.half_price_items if self.frozen is not None else self.rewards.half_price_items
        return first + sum(one.half_price_items for one in self.adjustments)

    @property
    def not_posted(self) -> Cents:
        """By how much today's orders would earn another sum than what was frozen and posted."""
        return Cents(self.rewards.cents - self.total) if self.frozen is not None else Cents(0)


def say_percentage(base: int, percent: int, currency: str) -> str:
    """How the reward is reckoned: "15 % of $412.50", with what it is before it is rounded where it is: "$61.875"."""
    said = f"{format_rate(percent)} of {format_money(base, currency)}"
    if base * percent % WHOLE == 0:
        return said
    whole, part = divmod(base * percent, WHOLE)
    digits = f"{plain_money(whole, currency)}{'' if minor_digits(currency) else '.'}{part:04}".rstrip("0")
    return f"{said} is {digits}, rounded to the cent"


def say_counts(order: CountedOrder, currency: str) -> str:
    """How what an order counts for came about: "$120, less $20 discount and $15.50 returned"."""
    less = [
        f"{format_money(cents, currency)} {what}"
        for cents, what in (
            (order.discount, "discount"),
            (order.cancelled, "cancelled"),
            (order.returned, "returned"),
        )
        if cents
    ]
    said = format_money(order.merchandise, currency)
    if not less:
        return said
    return f"{said}, less {', '.join(less[:-1])}{' and ' if len(less) > 1 else ''}{less[-1]}"
