"""Rates as they are written: read into integer basis points, and shown. Never a float."""

import re
from datetime import date, timedelta

from stylistdesk.domain.dates import MONTHS
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import BasisPoints

WHOLE = 10_000
"""A rate of 100 %."""

_RATE = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,9}))?\s*(?:%|percent|per cent|pct)?", re.ASCII | re.IGNORECASE)


def parse_rate(words: str, field: str = "rate") -> BasisPoints:
    """The rate in basis points: "7", "7.5 %", "12,25", "0 percent" are understood.

    Raises `Refused` for what is no rate, is above 100 %, or is finer than a hundredth of a percent.
    """
    found = _RATE.fullmatch(words.strip())
    if found is None:
        raise Refused(f"“{words.strip()[:40]}” is not a rate.", field=field, hint="Write it as 7 or 7.5 %.")
    fraction = (found[2] or "").rstrip("0")
    if len(fraction) > 2:
        raise Refused(
            f"“{words.strip()[:40]}” is finer than a hundredth of a percent.", field=field, hint="Write it as 7.25 %."
        )
    rate = int(found[1]) * 100 + int(fraction.ljust(2, "0") or 0)
    if rate > WHOLE:
        raise Refused("A rate is at most 100 %.", field=field, hint="Write it as 7 or 7.5 %.")
    return BasisPoints(rate)


def parse_rate_or_none(words: str, field: str = "rate") -> BasisPoints | None:
    """The rate, or None for a blank: 0 % is a rate, blank is none (R32). Raises `Refused`."""
    return parse_rate(words, field) if words.strip() else None


def format_rate(rate: int) -> str:
    """The rate as a rep reads it: "7 %", "7.5 %", "0.25 %"."""
    whole, part = divmod(rate, 100)
    return f"{whole}.{f'{part:02}'.rstrip('0')} %" if part else f"{whole} %"


def say_date(day: date) -> str:
    """A date with its year: "1 Mar 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_span(starts_on: date | None, ends_on: date | None) -> str:
    """When a rate holds: "from 1 Mar 2026 until 28 Feb 2027", "always"; its last day is the one before `ends_on`."""
    parts = [f"from {say_date(starts_on)}"] if starts_on else []
    if ends_on:
        parts.append(f"until {say_date(ends_on - timedelta(days=1))}")
    return " ".join(parts) or "always"
