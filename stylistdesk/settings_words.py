"""A setting's value in words, as it is typed, and what was typed as a value: for the screen and the command line."""

from collections.abc import Mapping
from typing import Any

from stylistdesk.domain.errors import Refused
from stylistdesk.settings_table import Kind, Setting

YES, NO = ("true", "yes", "on"), ("false", "no", "off")
_POINTS_PLACES = 2


def say_value(setting: Setting, value: Any, currency: str = "") -> str:
    """What a value means: "48 hours", "8.00 points", "$2.00"; amounts in the currency, where one is given."""
    match setting.kind:
        case Kind.NUMBER:
            said = _say_number(setting.unit, value, currency)
        case Kind.NUMBERS if setting.unit == "points" and currency:
            said = ", ".join(_points(one) for one in value) + " points"
        case Kind.NUMBERS:
            said = ", ".join(_say_number(setting.unit, one, currency) for one in value)
        case Kind.TABLE:
            said = ", ".join(f"{name} {_say_number(setting.unit, one, currency)}" for name, one in value.items())
        case Kind.CHOICE:
            said = str(value).replace("_", " ")
        case _:
            said = as_typed(setting, value)
    return said or "none"


def say_limits(setting: Setting, currency: str = "") -> str:
    """Within what it must be, in words that follow "must be": "from 0 to 14 days"."""
    if setting.kind not in (Kind.NUMBER, Kind.NUMBERS, Kind.TABLE):
        return setting.limits if setting.kind is not Kind.YES_NO else "yes or no"
    if setting.least is None or setting.most is None:
        return setting.limits
    most = _say_number(setting.unit, setting.most, currency)
    is_money = setting.unit == "cents" and currency
    least = (_say_number if is_money else type_number)(setting.unit, setting.least, currency)
    said = f"from {least} to {most}"
    match setting.kind:
        case Kind.NUMBERS:
            return f"{setting.count} numbers {said}, with commas between them"
        case Kind.TABLE:
            name, _, number = setting.example.partition("=")
            such = f", such as {name.strip()} {type_number(setting.unit, int(number), currency)}" if number else ""
            return f"names and numbers {said}{such}, with commas between them; empty for none"
        case _:
            return said


def as_typed(setting: Setting, value: Any, currency: str = "") -> str:
    """The value as it is typed into a form."""
    match setting.kind:
        case Kind.YES_NO:
            return "yes" if value else "no"
        case Kind.NUMBER:
            return type_number(setting.unit, value, currency)
        case Kind.NUMBERS:
            return ", ".join(type_number(setting.unit, one, currency) for one in value)
        case Kind.TABLE:
            return ", ".join(f"{name} {type_number(setting.unit, one, currency)}" for name, one in value.items())
        case _:
            return "" if value is None else str(value)


def read_value(setting: Setting, typed: str, currency: str = "") -> Any:
    """The value that was typed, as TOML has it. Raises `Refused` with the limits, in the field "value".

    Without a currency, amounts and points are typed as the file has them: whole cents, whole hundredths.
    """
    words = typed.strip()
    value: Any = words
    match setting.kind:
        case Kind.YES_NO:
            if words.lower() not in (*YES, *NO):
                raise _wrong(setting, currency)
            value = words.lower() in YES
        case Kind.CHOICE:
            value = words.lower().replace(" ", "_")
        case Kind.NUMBER:
            value = _read_number(setting, words, currency)
        case Kind.NUMBERS:
            value = [_read_number(setting, one, currency) for one in words.strip("[]").split(",") if one.strip()]
        case Kind.TABLE:
            value = _read_table(setting, words, currency)
    if setting.is_wrong(value):
        raise _wrong(setting, currency)
    return value


def type_number(unit: str, value: int, currency: str) -> str:
    """A number as it is typed: amounts and points with their places, where there is a currency."""
    if not currency:
        return str(value)
    if unit == "points":
        return _points(value)
    if unit == "cents":
        from stylistdesk.domain.money import plain_money

        return plain_money(value, currency)
    return str(value)


def _say_number(unit: str, value: int, currency: str) -> str:
    if unit == "cents" and currency:
        from stylistdesk.domain.money import format_money

        return format_money(value, currency)
    if unit == "points" and currency:
        return f"{_points(value)} points"
    if unit == "percent":
        return f"{value} %"
    if unit == "points":
        return f"{value} hundredths"
    return f"{value:,} {unit.removesuffix('s') if value == 1 else unit}".strip()


def _points(value: int) -> str:
    return f"{value // 100}.{value % 100:02}"


def _read_number(setting: Setting, typed: str, currency: str) -> int:
    words = (
        typed.strip().lower().removesuffix(setting.unit).removesuffix("%").strip() if setting.unit else typed.strip()
    )
    try:
        if setting.unit == "cents" and currency:
            from stylistdesk.domain.money import parse_typed_money

            return int(parse_typed_money(words, currency))
        if setting.unit == "points" and currency:
            return _read_points(words)
        return int(words.replace(",", "").replace("_", "") if setting.kind is Kind.NUMBER else words)
    except (ValueError, Refused):
        raise _wrong(setting, currency) from None


def _read_points(words: str) -> int:
    whole, _, places = words.partition(".")
    if len(places) > _POINTS_PLACES or not (whole + places).isascii() or not (whole + places).isdigit():
        raise ValueError
    return int(whole or 0) * 100 + int(places.ljust(_POINTS_PLACES, "0"))


def _read_table(setting: Setting, words: str, currency: str) -> Mapping[str, int]:
    """ "US 2.00, CA 3.00", or with = between the two."""
    found: dict[str, int] = {}
    for part in words.split(","):
        if part.strip():
            name, _, number = part.replace("=", " ").strip().partition(" ")
            found[name] = _read_number(setting, number, currency)
    return found


def _wrong(setting: Setting, currency: str) -> Refused:
    number = "a number " if setting.kind is Kind.NUMBER else ""
    return Refused(f"It must be {number}{say_limits(setting, currency)}.", field="value")
