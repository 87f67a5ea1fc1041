"""What a client is expected to bring (R48): the chance that she buys by a day, and for about how much, in words too."""

from datetime import date
from typing import NamedTuple

from stylistdesk.domain.dates import MONTHS, say_short_day
from stylistdesk.domain.money import format_money, minor_digits
from stylistdesk.domain.types import Cents


class Expected(NamedTuple):
    """The chance, in basis points, that she buys up to a day, and her mean order drawn towards the desk's."""

    chance: int
    amount: Cents
    currency: str
    by_day: date

    @property
    def value(self) -> int:
        """Chance times amount, in cents."""
        return self.chance * self.amount // 10_000


def say_expected(expected: Expected, today: date) -> str:
    """In words: "likely to buy by 20 Feb: 62 %, about $140"."""
    by = expected.by_day
    day = f"{by.day} {MONTHS[by.month - 1]}" if (by - today).days < 300 else say_short_day(by, today)
    return f"likely to buy by {day}: {say_chance(expected)}"


def say_chance(expected: Expected) -> str:
    """Without the day: "62 %, about $140"."""
    about = f", about {say_about(expected.amount, expected.currency)}" if expected.amount > 0 else ""
    return f"{(expected.chance + 50) // 100} %{about}"


def say_about(amount: int, currency: str) -> str:
    """An amount as one says it roughly: to the nearest ten from a hundred on, without cents."""
    unit = 10 ** minor_digits(currency) * (10 if amount >= 100 * 10 ** minor_digits(currency) else 1)
    return format_money((amount + unit // 2) // unit * unit, currency)
