"""Where a postcode is, from an offline table: nothing is looked up on the network.

For the USA the table is the package `zipcodes`, if it is installed (positions: GeoNames, CC BY 4.0). Elsewhere, and
without it, positions are typed.
"""

from functools import lru_cache

from stylistdesk.domain.positions import Position, parse_position

_USA = frozenset({"US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA"})


def is_there() -> bool:
    """Whether there is a table at all."""
    try:
        import zipcodes  # noqa: F401
    except ImportError:
        return False
    return True


def position_of(postcode: str, country: str) -> Position | None:
    """The middle of the postcode's area; `None` if it is not in a table. `country` is a code or a name."""
    code = postcode.strip().removeprefix("'")
    if country.strip().upper().rstrip(".") not in _USA or not code[:5].isdecimal() or not code.isascii():
        return None
    return _zip(code[:5]) if len(code) == 5 or code[5:6] in ("-", " ") else None


@lru_cache(maxsize=65_536)
def _zip(code: str) -> Position | None:
    try:
        import zipcodes
    except ImportError:
        return None
    if len(code) != 5:
        return None
    for found in zipcodes.matching(code):  # type: ignore[no-untyped-call]
        if found["lat"] and found["long"]:
            return parse_position(f"{found['lat']}, {found['long']}")
    return None
