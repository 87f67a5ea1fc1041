"""Money as it is written: read into integer minor units, and shown. Never a float."""

import re
from functools import lru_cache

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Cents

_NO_MINOR_UNIT = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF")
)
_THOUSANDTHS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))

_SYMBOLS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "CAD": "CA$",
    "AUD": "A$",
    "NZD": "NZ$",
    "MXN": "MX$",
    "BRL": "R$",
    "INR": "₹",
    "KRW": "₩",
    "ILS": "₪",
}

_ALSO = {"USD": ("us$",), "CAD": ("c$", "cad$"), "CHF": ("fr",), "INR": ("rs",)} | dict.fromkeys(
    ("SEK", "NOK", "DKK", "ISK"), ("kr",)
)
"""How a currency is written beside its code and its symbol."""
_PESOS = frozenset(("MXN", "ARS", "CLP", "COP", "UYU", "DOP"))

_SPACES = re.compile(r"[\s\u00a0\u202f'’_]+")
_AROUND = re.compile(r"^(?:[A-Za-z]{1,3}\.?)?[$€£¥₹₩₪]?|(?:[$€£¥₹₩₪]|[A-Za-z]{2,3}\.?)$")
_DIGITS = re.compile(r"[0-9]+")
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2}\.(?!000)[0-9]{3}")
_LARGEST = 15
_MARK = re.compile(r"[A-Za-z$€£¥₹₩₪]")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{2,3})*")


def minor_digits(currency: str) -> int:
    """How many digits the currency has after the point: 2 for USD, 0 for JPY, 3 for KWD."""
    if currency in _NO_MINOR_UNIT:
        return 0
    return 3 if currency in _THOUSANDTHS else 2


@lru_cache(maxsize=8192)
def parse_money(text: str, currency: str) -> Cents:
    """The amount in minor units: "1,240.00", "$5.00", "-$45.00", "12,00", "(3.00)", "1 240,50 kr" are understood.

    Raises `Refused` for what is no amount, and for "1.240", which is either 1.24 or 1,240.
    """
    whole, dot, part = text.partition(".")
    if dot and len(part) == 2 and text.isascii() and whole.isdigit() and part.isdigit() and len(whole) < _LARGEST:
        digits = minor_digits(currency)
        if digits == 2:
            return Cents(int(whole) * 100 + int(part))
    return _parse_slowly(text, currency)


def parse_typed_money(text: str, currency: str) -> Cents:
    """The amount that a rep typed, in minor units of the desk's currency; closer than a file's, which says more.

    Raises `Refused` for what `parse_money` refuses, for another currency, for parts of a cent, and where what follows a
    comma is neither thousands nor cents: "1,4400".
    """
    cents = parse_money(text, currency)
    mark = "".join(_MARK.findall(text)).casefold()
    if mark and mark not in _marks(currency):
        raise Refused(f"This desk counts in {currency}.", hint=f"Write the amount without “{mark}”.")
    whole, comma, after = _unsigned(text)[0].rpartition(",")
    thousands = len(after) == 3 and _GROUPS.fullmatch(whole)
    if comma and "." not in after and not (thousands or 1 <= len(after) <= max(2, minor_digits(currency))):
        raise Refused(f"“{text.strip()[:40]}” is not an amount of money.", hint="Write it as 1,440 or 1,440.00.")
    if _split(_unsigned(text)[0], text)[1][minor_digits(currency) :].strip("0"):
        raise Refused(f"“{text.strip()[:40]}” has more decimals than {currency}.",
                      hint=f"Write it as {format_money(cents, currency)}.")  # fmt: skip
    return cents


def _marks(currency: str) -> frozenset[str]:
    """How the currency may be written beside an amount, in small letters."""
    symbol = _SYMBOLS.get(currency, "")
    dollars = "$" in symbol or currency.endswith("D") or currency in _PESOS
    return frozenset((currency.casefold(), symbol.casefold(), "$" if dollars else "", *_ALSO.get(currency, ())))


def _parse_slowly(text: str, currency: str) -> Cents:
    number, negative = _unsigned(text)
    if _TWO_WAYS.fullmatch(number):
        raise _two_ways(number, text, currency, sign="-" if negative else "")
    whole, fraction = _split(number, text)
    if not _DIGITS.fullmatch(whole or "0") or (fraction and not _DIGITS.fullmatch(fraction)) or not (whole or fraction):
        raise _no_amount(text)
    if len(whole) > _LARGEST:
        raise Refused(f"“{text[:40]}” is too large for an amount.", hint="Write it as 1,240.00.")
    digits = minor_digits(currency)
    if digits == 0 and fraction.rstrip("0") and len(fraction) <= 3:
        raise Refused(f"“{text[:40]}” has cents, and {currency} has none.", hint="Write a whole amount.")
    cents = _minor_units(whole, fraction, digits)
    return Cents(-cents if negative else cents)


def _minor_units(whole: str, fraction: str, digits: int) -> int:
    """The amount to the nearest minor unit."""
    cents = int((whole or "0") + fraction[:digits].ljust(digits, "0"))
    return cents + 1 if fraction[digits : digits + 1] >= "5" else cents


def _unsigned(text: str) -> tuple[str, bool]:
    """The digits and separators of an amount, and whether it is below zero."""
    number = _SPACES.sub("", text).replace("\u2212", "-")
    negative = False
    if number.startswith("(") and number.endswith(")"):
        number, negative = number[1:-1], True
    for _ in range(2):  # "-$5", "$-5" and "5-" are all written somewhere
        if number[:1] in ("-", "+") and len(number) > 1:
            negative = negative or number[0] == "-"
            number = number[1:]
        elif number.endswith("-") and len(number) > 1:
            number, negative = number[:-1], True
        number = _AROUND.sub("", number)
    return number, negative


def _split(number: str, text: str) -> tuple[str, str]:
    """The digits before and after the decimal mark, whichever of point and comma it is."""
    points, commas = number.count("."), number.count(",")
    if points and commas:
        mark, grouping = (".", ",") if number.rfind(".") > number.rfind(",") else (",", ".")
        if number.count(mark) > 1:
            raise _no_amount(text)
        whole, _, fraction = number.partition(mark)
        return _ungrouped(whole, grouping, text), fraction
    mark = "." if points else ","
    if points + commas != 1:
        return _ungrouped(number, mark, text), ""
    whole, _, fraction = number.partition(mark)
    if mark == "," and len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        return whole + fraction, ""
    return whole, fraction


def _two_ways(number: str, text: str, currency: str, *, sign: str) -> Refused:
    """Both amounts that "1.240" may be, each as it is understood: 1,240.00 or 1.24."""
    whole, _, fraction = number.partition(".")
    digits = minor_digits(currency)
    thousands = f"{whole},{fraction}" + (f".{'0' * digits}" if digits else "")
    if digits > 2:  # three digits after the point are the doubt itself: a fourth says that they are decimals
        small = f"{whole}.{fraction}0"
    else:
        before, after = divmod(_minor_units(whole, fraction, digits), 10**digits)
        small = f"{before}.{after:0{digits}}" if digits else str(before)
    return Refused(f"“{text[:40]}” can be read in two ways.", hint=f"Write it as {sign}{thousands} or {sign}{small}.")


def _ungrouped(number: str, mark: str, text: str) -> str:
    groups = number.split(mark)
    first, *middle, last = groups if len(groups) > 1 else ("0", "000")
    if not 1 <= len(first) <= 3 or len(last) != 3 or any(len(group) not in (2, 3) for group in middle):
        raise _no_amount(text)
    return "".join(groups)


def _no_amount(text: str) -> Refused:
    return Refused(f"“{text[:40]}” is not an amount of money.", hint="Write it as 1,240.00.")


def format_money(cents: int, currency: str) -> str:
    """The amount as a rep reads it: "$1,440", "$12.50", "-$3.00", "1,440 SEK". Whole amounts show no cents.

    What is below zero always shows its cents: money given back is counted to the cent.
    """
    digits = minor_digits(currency)
    whole, rest = divmod(abs(cents), 10**digits)
    number = f"{whole:,}.{rest:0{digits}}" if digits and (rest or cents < 0) else f"{whole:,}"
    sign = "-" if cents < 0 else ""
    symbol = _SYMBOLS.get(currency)
    return f"{sign}{symbol}{number}" if symbol else f"{sign}{number} {currency}".rstrip()


def plain_money(cents: int, currency: str) -> str:
    """The amount as another program reads it: "1440.00", "-3.00"; the currency stands elsewhere."""
    digits = minor_digits(currency)
    whole, rest = divmod(abs(cents), 10**digits)
    return f"{'-' if cents < 0 else ''}{whole}" + (f".{rest:0{digits}}" if digits else "")
