"""Host rewards (R38): what an event's orders earn its host. Money is integer cents, rates integer basis points."""

from collections.abc import Iterable
from dataclasses import dataclass

from stylistdesk.domain.commission import half_up
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import WHOLE
from stylistdesk.domain.types import BasisPoints, Cents


@dataclass(frozen=True, slots=True)
class Tier:
    """From so much up to, not with, the next: so many cents, or so much of the base, and so many half-price items."""

    from_cents: Cents
    to_cents: Cents | None = None
    fixed_cents: Cents | None = None
    percent: BasisPoints | None = None
    half_price_items: int = 0

    def holds(self, base: int) -> bool:
        """Whether sales of so much are in it."""
        return self.from_cents <= base and (self.to_cents is None or base < self.to_cents)

    def gives(self, base: int) -> Cents:
        """The reward on sales of so much, rounded half up."""
        if self.fixed_cents is not None:
            return self.fixed_cents
        return Cents(half_up(base * (self.percent or 0), WHOLE))


USUAL_TIERS: tuple[Tier, ...] = (
    Tier(Cents(20_000), Cents(40_000), percent=BasisPoints(1000), half_price_items=1),
    Tier(Cents(40_000), Cents(70_000), percent=BasisPoints(1500), half_price_items=2),
    Tier(Cents(70_000), Cents(100_000), percent=BasisPoints(2000), half_price_items=3),
    Tier(Cents(100_000), None, percent=BasisPoints(2500), half_price_items=4),
)
"""What holds until the rep has written her company's own."""


QUALIFIES_FROM = Cents(20_000)


@dataclass(frozen=True, slots=True)
class RewardRules:
    """From how many orders and how much on an event qualifies, and its tiers."""

    orders_needed: int = 3
    sales_needed: Cents = QUALIFIES_FROM
    tiers: tuple[Tier, ...] = USUAL_TIERS


@dataclass(frozen=True, slots=True)
class Rewards:
    """What an event has come to: its orders of which something is left, its base, and what these earn.

    `tier` is empty where the event does not qualify, or where no tier speaks of such a base.
    """

    orders: int
    base: Cents
    tier: Tier | None
    cents: Cents
    half_price_items: int
    orders_missing: int
    cents_missing: Cents

    @property
    def qualifies(self) -> bool:
        """Whether it has enough orders and sales."""
        return not self.orders_missing and not self.cents_missing


def rewards_of(bases: Iterable[int], rules: RewardRules) -> Rewards:
    """What an event earns; `bases` are what each of its orders counts for, and one of 0 is no order."""
    counted = [base for base in bases if base > 0]
    return rewards_on(len(counted), sum(counted), rules)


def rewards_on(orders: int, base: int, rules: RewardRules) -> Rewards:
    """What an event earns on so many orders of which something is left, and so much in sales."""
    orders_missing = max(0, rules.orders_needed - orders)
    cents_missing = Cents(max(0, rules.sales_needed - base))
    tier = None
    if not orders_missing and not cents_missing:
        tier = next((one for one in rules.tiers if one.holds(base)), None)
    gives, items = (tier.gives(base), tier.half_price_items) if tier else (Cents(0), 0)
    return Rewards(orders, Cents(base), tier, gives, items, orders_missing, cents_missing)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Rewards that are redeemed: what was frozen when the host order was placed, and what the host has of it since."""

    frozen: Cents
    frozen_items: int
    cents: Cents
    items: int

    def adjustment(self, before: Rewards, after: Rewards) -> tuple[Cents, int]:
        """What is posted, in cents and half-price items, when the orders earn something else than before (R39).

        What they no longer earn is taken of it. What they earn more is given back, as far as it was taken: nobody has
        more than was frozen, and an order that came later earned nothing.
        """
        cents = _follows(self.frozen, self.cents, before.cents, after.cents)
        return Cents(cents), _follows(self.frozen_items, self.items, before.half_price_items, after.half_price_items)


def _follows(frozen: int, has: int, before: int, after: int) -> int:
    if after <= before:
        return min(0, after - has) if after < before else 0
    return max(0, min(after - before, min(frozen, after) - has))


def say_adjustment(cents: int, items: int, currency: str) -> str:
    """An adjustment in words: "-$42.00 and -1 half-price item"; empty for none."""
    said = [f"{'+' if cents > 0 else ''}{format_money(cents, currency)}"] if cents else []
    said += [f"{items:+d} half-price item{'' if abs(items) == 1 else 's'}"] if items else []
    return " and ".join(said)
