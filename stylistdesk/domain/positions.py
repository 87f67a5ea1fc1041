"""Where a place is on the earth: typed, said and linked to. Millionths of a degree; never floats in what is kept."""

import re
from dataclasses import dataclass

from stylistdesk.domain.errors import Refused

MILLION = 1_000_000
EXAMPLE = "For example 40.7128, -74.0060 or 40°42'46\"N 74°0'22\"W."

_PART = re.compile(
    r"(?:(?P<lead>[NSEW])\s*)?(?:(?P<sign>[+-])\s*)?(?P<degrees>\d{1,3}(?:[.]\d+)?)(?:\s*(?:°|º|DEG))?"
    r"(?:\s*(?P<minutes>\d{1,2}(?:[.]\d+)?)\s*(?:'(?!')|′|’))?"
    r"(?:\s*(?P<seconds>\d{1,2}(?:[.]\d+)?)\s*(?:\"|″|”|''))?"
    r"(?:\s*(?P<trail>[NSEW]))?",
    re.ASCII,
)
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+|(?<=[NSEW])")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A point: degrees north and east, each in millionths. Raises `ValueError` off the globe."""

    latitude: int
    longitude: int

    def __post_init__(self) -> None:
        if not (-90 * MILLION <= self.latitude <= 90 * MILLION and -180 * MILLION <= self.longitude <= 180 * MILLION):
            raise ValueError(f"{self.latitude}, {self.longitude} is not on the globe")


def parse_position(text: str) -> Position:
    """The point that was typed: "40.7128, -74.0060", "40.7128 N 74.0060 W", 40°42'46"N 74°0'22"W, or a geo: link.

    The latitude comes first unless letters say otherwise. Raises `Refused` with field "position".
    """
    typed = " ".join(text.strip().upper().replace("−", "-").split())
    if typed.startswith("GEO:"):
        typed = re.split(r"[;?]", typed[4:])[0]
    first = _PART.match(typed)
    if first is None:
        raise _unclear(text)
    parted = _BETWEEN.match(typed, first.end())
    second = _PART.fullmatch(typed, parted.end()) if parted else None
    if second is None:
        raise _unclear(text)
    one, two = _read(first, text), _read(second, text)
    if one.across is True or two.across is False:
        one, two = two, one
    if one.across is True or two.across is False:
        raise _unclear(text)
    if abs(one.value) > 90 * MILLION:
        raise Refused("A latitude is at most 90 degrees.", field="position", hint=f"It comes first. {EXAMPLE}")
    if abs(two.value) > 180 * MILLION:
        raise Refused("A longitude is at most 180 degrees.", field="position", hint=EXAMPLE)
    return Position(one.value, two.value)


@dataclass(frozen=True, slots=True)
class _Read:
    value: int
    across: bool | None  # True for a longitude, False for a latitude, None where no letter says


def _read(part: re.Match[str], text: str) -> _Read:
    letters = [letter for letter in (part["lead"], part["trail"]) if letter]
    if len(letters) > 1 or (letters and part["sign"]):
        raise _unclear(text)
    value = _millionths(part["degrees"])
    for name, parts in (("minutes", 60), ("seconds", 3600)):
        written = part[name]
        if written:
            if float(written) >= 60:
                raise _unclear(text)
            value += (_millionths(written) + parts // 2) // parts
    letter = letters[0] if letters else ""
    negative = part["sign"] == "-" or letter in ("S", "W")
    return _Read(-value if negative else value, letter in ("E", "W") if letter else None)


def _millionths(digits: str) -> int:
    whole, _, part = digits.partition(".")
    kept = (part + "0000000")[:7]
    return int(whole) * MILLION + (int(kept) + 5) // 10


def _unclear(text: str) -> Refused:
    return Refused(f"“{text.strip()[:60]}” is no position.", field="position", hint=EXAMPLE)


def format_position(position: Position) -> str:
    """As it can be typed again: "40.7128, -74.006"."""
    return f"{_degrees(position.latitude)}, {_degrees(position.longitude)}"


def say_position(position: Position) -> str:
    """As a rep reads it: "40.7128 N, 74.0060 W"."""
    north, east = position.latitude, position.longitude
    return f"{_degrees(abs(north), 4)} {'S' if north < 0 else 'N'}, {_degrees(abs(east), 4)} {'W' if east < 0 else 'E'}"


def geo_link(position: Position) -> str:
    """The geo: link of the point (RFC 5870): latitude, then longitude, in WGS 84."""
    return f"geo:{_degrees(position.latitude)},{_degrees(position.longitude)}"


def _degrees(millionths: int, places: int | None = None) -> str:
    if places is not None:
        unit = 10 ** (6 - places)
        millionths = (abs(millionths) + unit // 2) // unit * unit * (-1 if millionths < 0 else 1)
    whole, part = divmod(abs(millionths), MILLION)
    digits = f"{part:06d}"
    digits = digits[:places] if places is not None else digits.rstrip("0")
    return ("-" if millionths < 0 else "") + (f"{whole}.{digits}" if digits else str(whole))
