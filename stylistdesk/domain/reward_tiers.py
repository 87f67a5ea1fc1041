"""The tiers of host rewards (R38): which can stand together, how they are said, and how far the next one is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_rewards import RewardRules, Rewards, Tier
from stylistdesk.domain.money import format_money
from stylistdesk.domain.order_lines import MOST_CENTS
from stylistdesk.domain.rates import WHOLE, format_rate
from stylistdesk.domain.text import counted
from stylistdesk.domain.types import Cents

MOST_ITEMS = 1_000


def check_tier(tier: Tier) -> None:
    """Raises `Refused` at the first field of a tier that is wrong."""
    if not 0 <= tier.from_cents <= MOST_CENTS:
        raise Refused("A tier begins at zero or more.", field="from", hint="Write it as 400 or 400.00.")
    if tier.to_cents is not None and not tier.from_cents < tier.to_cents <= MOST_CENTS:
        raise Refused("It ends below where it begins.", field="to", hint="Leave it empty for all that is more.")
    if tier.fixed_cents is not None and tier.percent is not None:
        raise Refused("It gives an amount or a percentage, not both.", field="fixed", hint="Leave one of them empty.")
    if tier.fixed_cents is not None and not 0 <= tier.fixed_cents <= MOST_CENTS:
        raise Refused("A reward is zero or more.", field="fixed", hint="Write it as 50 or 50.00.")
    if tier.percent is not None and not 0 <= tier.percent <= WHOLE:
        raise Refused("A percentage is 0 to 100.", field="percent", hint="Write it as 15 or 12.5 %.")
    if not 0 <= tier.half_price_items <= MOST_ITEMS:
        raise Refused("Half-price items are zero or more.", field="half_price_items", hint="For example 2.")
    if not (tier.fixed_cents or tier.percent or tier.half_price_items):
        raise Refused("This tier gives nothing.", field="percent", hint="Give a percentage, an amount, or items.")


def overlap(one: Tier, other: Tier) -> bool:
    """Whether some sales are in both."""
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: Tier, other: Tier) -> bool:
    return other.to_cents is None or one.from_cents < other.to_cents


def with_tier(tiers: Iterable[Tier], tier: Tier, currency: str) -> tuple[Tier, ...]:
    """The table with this tier in its place. Raises `Refused` if it is wrong, or overlaps another."""
    check_tier(tier)
    others = tuple(tiers)
    for other in others:
        if overlap(tier, other):
            field = "from" if other.holds(tier.from_cents) else "to"
            raise Refused(
                f"It overlaps the tier of {say_reach(other, currency)}.",
                field=field,
                hint="Where one ends the next begins: change that one first, or this one.",
            )
    return tuple(sorted((*others, tier), key=lambda one: one.from_cents))


def gaps(tiers: Sequence[Tier]) -> tuple[tuple[Cents, Cents], ...]:
    """What lies between two tiers that do not meet: sales of so much earn nothing. The tiers are in order."""
    return tuple(
        (one.to_cents, after.from_cents)
        for one, after in pairwise(tiers)
        if one.to_cents is not None and one.to_cents < after.from_cents
    )


def say_reach(tier: Tier, currency: str) -> str:
    """Of which sales it speaks: "$200 to $400", "$1,000 and more"."""
    begins = format_money(tier.from_cents, currency)
    return f"{begins} to {format_money(tier.to_cents, currency)}" if tier.to_cents is not None else f"{begins} and more"


def say_gives(tier: Tier, currency: str) -> str:
    """What it gives: "15 % and 2 half-price items"."""
    gives = ""
    if tier.fixed_cents:
        gives = format_money(tier.fixed_cents, currency)
    elif tier.percent:
        gives = format_rate(tier.percent)
    return say_both(gives, tier.half_price_items)


def say_both(money: str, half_price_items: int) -> str:
    """A reward in words: "$61.88 and 2 half-price items"; "nothing" where there is neither."""
    items = counted(half_price_items, "half-price item") if half_price_items else ""
    return " and ".join(part for part in (money, items) if part) or "nothing"


def say_missing(rewards: Rewards, currency: str) -> str:
    """What an event lacks to qualify: "1 order and $45.50 more"; nothing where it qualifies."""
    orders = counted(rewards.orders_missing, "order") if rewards.orders_missing else ""
    money = format_money(rewards.cents_missing, currency) if rewards.cents_missing else ""
    return f"{' and '.join(part for part in (orders, money) if part)} more" if orders or money else ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What so much more in sales, and so many orders, would reach."""

    orders: int
    cents: Cents
    reward: Cents
    half_price_items: int


def next_step(rewards: Rewards, rules: RewardRules) -> NextStep | None:
    """How far it is to the next tier, or to the first one that the event qualifies for; None above the last."""
    if rewards.qualifies:
        after = (tier for tier in rules.tiers if tier.from_cents > rewards.base)
        reach = min((tier.from_cents for tier in after), default=None)
    else:
        reach = Cents(max(rewards.base, rules.sales_needed))
        if not any(tier.holds(reach) for tier in rules.tiers):
            reach = min((tier.from_cents for tier in rules.tiers if tier.from_cents > reach), default=None)
    if reach is None:
        return None
    tier = next(tier for tier in rules.tiers if tier.holds(reach))
    return NextStep(rewards.orders_missing, Cents(reach - rewards.base), tier.gives(reach), tier.half_price_items)


def say_next(step: NextStep, currency: str) -> str:
    """What is missing to the next tier, and what that gives: "$120 more reaches $180 and 3 half-price items"."""
    orders = counted(step.orders, "order") if step.orders else ""
    money = format_money(step.cents, currency) if step.cents else ""
    more = " and ".join(part for part in (orders, money) if part)
    reaches = "reach" if step.orders > 1 or (step.orders and step.cents) else "reaches"
    gives = say_both(format_money(step.reward, currency) if step.reward else "", step.half_price_items)
    return f"{more} more {reaches} {gives}"
