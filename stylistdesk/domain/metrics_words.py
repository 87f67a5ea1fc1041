"""Metrics in words (R20): values, changes, formulas with the numbers put in, and goals as they are typed."""

import re
from collections.abc import Callable
from datetime import timedelta

from stylistdesk.domain.bookings import parse_length, say_length
from stylistdesk.domain.commission import half_up
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.metrics import Measure, Unit
from stylistdesk.domain.metrics_table import Metric
from stylistdesk.domain.money import format_money, parse_typed_money
from stylistdesk.domain.rates import parse_rate

DASH = "–"
MOST = 10**12
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12}", re.ASCII)
_DECIMAL = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?", re.ASCII)
_POINTS = re.compile(r"([+-]?[0-9]{1,3})(?: ?(?:%|points?))?", re.ASCII)


def say_value(value: int | None, unit: Unit, currency: str) -> str:
    """A value as a rep reads it: "82.4 %", "+40", "$1,440", "12", "45 min", "1.84"; a dash for none."""
    return DASH if value is None else _SAYERS[unit](value, currency)


def _say_rate(value: int, _: str) -> str:
    tenths = half_up(value, 10)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} %"


def _say_points(value: int, _: str) -> str:
    points = half_up(value, 100)
    return f"+{points}" if points > 0 else str(points)


_SAYERS: dict[Unit, Callable[[int, str], str]] = {
    Unit.CENTS: format_money,
    Unit.RATE: _say_rate,
    Unit.POINTS: _say_points,
    Unit.MINUTES: lambda value, _: say_length(timedelta(minutes=value)),
    Unit.HUNDREDTHS: lambda value, _: f"{value // 100}.{value % 100:02}",
    Unit.COUNT: lambda value, _: f"{value:,}",
}


def say_interval(measure: Measure) -> str:
    """A rate's interval in whole per cent: "58–94 %"; empty where there is none."""
    if measure.interval is None:
        return ""
    low, high = (half_up(end, 100) for end in measure.interval)
    return f"{low}{DASH}{high} %"


def say_change(by: int, unit: Unit, currency: str) -> str:
    """A change without its sign: "3.5 points" for a rate, "$120", "12 min"; empty for none."""
    if by == 0:
        return ""
    if unit is Unit.RATE:
        return say_value(abs(by), unit, currency).removesuffix(" %") + " pts"
    if unit is Unit.POINTS:
        return f"{half_up(abs(by), 100)} pts"
    return say_value(abs(by), unit, currency)


def say_formula(metric: Metric, measure: Measure, currency: str) -> tuple[str, ...]:
    """The formula in words, then with the numbers put in, a line each."""
    if metric.unit in (Unit.RATE, Unit.POINTS, Unit.HUNDREDTHS) or (metric.unit is Unit.CENTS and metric.bottom):
        top = say_value(measure.numerator, Unit.CENTS if metric.unit is Unit.CENTS else Unit.COUNT, currency)
        numbers = f"{top} / {measure.n:,} = {say_value(measure.value, metric.unit, currency)}"
        return f"{metric.top} / {metric.bottom}", numbers
    waiting = f"; {measure.n:,} answered, {measure.waiting:,} not yet" if measure.waiting else ""
    return metric.top, f"= {say_value(measure.value, metric.unit, currency)}{waiting}"


EXAMPLES = {
    Unit.RATE: "For example: 40 %, 92.5.",
    Unit.POINTS: "For example: 40.",
    Unit.CENTS: "For example: 2,000 or $2,000.",
    Unit.COUNT: "For example: 12.",
    Unit.MINUTES: "For example: 45 min, 2h.",
    Unit.HUNDREDTHS: "For example: 1.8.",
}
"""What a goal looks like, by the unit of its metric."""


def parse_target(words: str, unit: Unit, currency: str) -> int:
    """A goal in the unit of its metric: "40 %", "$2,000", "12", "2h". Raises `Refused` at the field `target`."""
    said = " ".join(words.split())
    try:
        target = _target(said, unit, currency)
    except Refused as no:
        raise Refused(no.reason, field="target", hint=no.hint or EXAMPLES[unit]) from None
    if target is None or abs(target) > MOST:
        raise Refused(f"“{said[:40]}” is not a goal for this.", field="target", hint=EXAMPLES[unit])
    return target


def _target(said: str, unit: Unit, currency: str) -> int | None:
    if unit is Unit.RATE:
        return int(parse_rate(said))
    if unit is Unit.CENTS:
        return int(parse_typed_money(said, currency))
    if unit is Unit.MINUTES:
        length = parse_length(said)
        return None if length is None else int(length.total_seconds()) // 60
    if unit is Unit.POINTS:
        points = _POINTS.fullmatch(said)
        return int(points[1]) * 100 if points and abs(int(points[1])) <= 100 else None
    if unit is Unit.HUNDREDTHS:
        number = _DECIMAL.fullmatch(said)
        return int(number[1]) * 100 + int((number[2] or "").ljust(2, "0")) if number else None
    return int(said.replace(",", "")) if _NUMBER.fullmatch(said) else None
