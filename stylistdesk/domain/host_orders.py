"""A host order (R38): what the host takes, what pays for each item, and whether the rewards are enough for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stylistdesk.domain.commission import half_up
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_rewards import Rewards
from stylistdesk.domain.money import format_money, parse_typed_money
from stylistdesk.domain.order_lines import MOST_CENTS, MOST_LINES, line_by_line
from stylistdesk.domain.reward_tiers import say_missing
from stylistdesk.domain.text import counted
from stylistdesk.domain.types import Cents, HostPays

EXAMPLE = "For example: 1 x Cable cardigan @ 95.00 reward; or half price; without a word she pays it."

_LINE = re.compile(
    r"(?:(?P<quantity>[0-9]{1,6})(?:\s*(?:x|×|pcs?\.?)(?=\s))?+\s+)?(?P<name>.+?)\s*@\s*(?P<price>[^@]+?)"
    r"(?:[\s,]+(?:by\s+)?(?P<pays>rewards?|half(?:[\s-]+price)?|herself))?",
    re.IGNORECASE,
)
_GLUED = re.compile(r"@.*[0-9]\s*(?:x|×|pcs?\.?)\s", re.IGNORECASE)
"""What stands before the last price where two lines were typed as one."""
_SAID = {HostPays.REWARD: "reward", HostPays.HALF_PRICE: "half price", HostPays.HERSELF: "herself"}


@dataclass(frozen=True, slots=True)
class HostLine:
    """So many of one item at so much each, and what pays for it."""

    name: str
    quantity: int
    price: Cents
    pays: HostPays = HostPays.HERSELF

    @property
    def worth(self) -> Cents:
        """What it costs without any reward."""
        return Cents(self.price * self.quantity)

    @property
    def she_pays(self) -> Cents:
        """What the host pays: nothing, half of each item's price rounded half up, or all."""
        if self.pays is HostPays.REWARD:
            return Cents(0)
        return Cents(half_up(self.price, 2) * self.quantity) if self.pays is HostPays.HALF_PRICE else self.worth


@dataclass(frozen=True, slots=True)
class Taken:
    """What the lines of a host order take: of the reward, of the half-price items, and of the host's own money."""

    reward: Cents
    half_price_items: int
    she_pays: Cents
    units: int


def taken(lines: Iterable[HostLine]) -> Taken:
    """What these lines take."""
    some = tuple(lines)
    return Taken(
        Cents(sum(line.worth for line in some if line.pays is HostPays.REWARD)),
        sum(line.quantity for line in some if line.pays is HostPays.HALF_PRICE),
        Cents(sum(line.she_pays for line in some)),
        sum(line.quantity for line in some),
    )


def refusal(takes: Taken, rewards: Rewards, currency: str) -> Refused | None:
    """Why a host order cannot be placed against what an event has come to, and what to do; None where it can."""
    if not rewards.qualifies:
        return Refused(
            f"The event does not qualify: it needs {say_missing(rewards, currency)}.",
            field="lines",
            hint="Wait for the orders, or move some to it; or cancel the host order.",
        )
    if rewards.tier is None:
        return Refused(
            f"No tier speaks of {format_money(rewards.base, currency)}.", field="lines", hint="Change the tiers first."
        )
    return misfit(takes, rewards.cents, rewards.half_price_items, currency)


def misfit(takes: Taken, reward: int, half_price_items: int, currency: str) -> Refused | None:
    """Why a host order does not fit such rewards, and what to do; None where it does."""
    if takes.reward > reward:
        over = format_money(takes.reward - reward, currency)
        return Refused(
            f"Its reward lines come to {format_money(takes.reward, currency)}, and the reward is "
            f"{format_money(reward, currency)}.",
            field="lines",
            hint=f"Let her pay {over} of it herself, on a line of its own.",
        )
    if takes.half_price_items > half_price_items:
        there = counted(half_price_items, "item") if half_price_items else "no item"
        return Refused(
            f"It takes {counted(takes.half_price_items, 'item')} at half price, and the rewards give {there}.",
            field="lines",
            hint="Let the reward pay the others, or herself.",
        )
    return None


def parse_host_lines(words: str, currency: str) -> tuple[HostLine, ...]:
    """The lines, one a line of text; blank ones are passed over. Raises `Refused` for the first that cannot be read."""
    found = line_by_line(words, lambda line: _parse(line, currency), EXAMPLE)
    check_lines(found)
    return found


def check_lines(lines: Iterable[HostLine]) -> None:
    """Raises `Refused` for lines that are none, too many, or worth too much."""
    some = tuple(lines)
    if not some:
        raise Refused("A host order has lines.", field="lines", hint=EXAMPLE)
    if len(some) > MOST_LINES:
        raise Refused(f"An order has at most {MOST_LINES} lines.", field="lines", hint="Leave the smallest out.")
    for line in some:
        if not line.name or line.quantity < 1 or line.price < 0:
            raise Refused("A line has a name, a number and a price.", field="lines", hint=EXAMPLE)
    if sum(line.worth for line in some) > MOST_CENTS:
        raise Refused("That is too much for one order.", field="lines", hint="Look at the numbers and prices again.")


def _parse(line: str, currency: str) -> HostLine:
    found = _LINE.fullmatch(line)
    if found is None:
        raise Refused(f"“{line[:40]}” is no line of a host order.", hint=EXAMPLE)
    if _GLUED.search(found["name"]):
        raise Refused("Two items are in it.", hint="Begin a new line for each.")
    price, quantity = parse_typed_money(found["price"], currency), int(found["quantity"] or 1)
    if price < 0:
        raise Refused("An amount is below zero.", hint=EXAMPLE)
    if not quantity:
        raise Refused("That is none of it.", hint=EXAMPLE)
    word = (found["pays"] or "").casefold()
    pays = HostPays.REWARD if word.startswith("r") else HostPays.HALF_PRICE if word.startswith("half") else None
    return HostLine(found["name"].strip(), quantity, price, pays or HostPays.HERSELF)


def spell_host_line(line: HostLine, currency: str) -> str:
    """The line as it is typed; reading it gives the same line."""
    name = line.name.replace("@", "(at)")
    return f"{line.quantity} x {name} @ {format_money(line.price, currency)} {_SAID[line.pays]}"


def say_taken(takes: Taken, currency: str) -> str:
    """In words: "$95 by reward, 1 item at half price, she pays $54"."""
    parts = [
        f"{format_money(takes.reward, currency)} by reward" if takes.reward else "",
        f"{counted(takes.half_price_items, 'item')} at half price" if takes.half_price_items else "",
        f"she pays {format_money(takes.she_pays, currency)}" if takes.she_pays else "she pays nothing",
    ]
    return ", ".join(part for part in parts if part)
