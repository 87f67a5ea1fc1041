"""Seasons as the trade files its work: "Fall 2026" (product.md, Words)."""

import re

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean

SEASONS = ("Spring", "Summer", "Fall", "Winter", "Holiday", "Resort", "Pre-Fall", "Cruise")
"""The seasons that have a name of their own; a rep may write any other."""

YEARS = range(1970, 3000)
_SHORT = {"ss": "Spring", "sp": "Spring", "su": "Summer", "fw": "Fall", "aw": "Fall", "fa": "Fall", "ho": "Holiday"}
_SHORT |= {"autumn": "Fall", "prefall": "Pre-Fall", "pre fall": "Pre-Fall", "xmas": "Holiday", "wi": "Winter"}
_NAMES = {name.casefold(): name for name in SEASONS} | _SHORT
_LONGEST = 24
_YEAR = re.compile(r"(?:^|(?<=[\s'’]))([0-9]{4}|[0-9]{2})$|(?<=[a-z])([0-9]{4}|[0-9]{2})$")


def parse_season(words: str) -> tuple[str, int | None]:
    """The season and year that the rep means: "fall 2026", "FW26", "holiday", "2027"; empty is none of both.

    Raises `Refused` for a year that nobody means and for what is no season.
    """
    said = " ".join(clean(words).split())
    year: int | None = None
    if found := _YEAR.search(said.casefold()):
        number = found[1] or found[2]
        year = int(number) + (2000 if len(number) == 2 else 0)
        said = said[: found.start()].rstrip(" '’")
        if year not in YEARS:
            raise _no_season(words)
    if not said:
        return "", year
    if len(said) > _LONGEST or any(character.isdigit() for character in said):
        raise _no_season(words)
    return _NAMES.get(said.casefold(), said[:1].upper() + said[1:]), year


def say_season(season: str, year: int | None) -> str:
    """A season with its year: "Fall 2026", "Fall", "2026", or nothing."""
    return " ".join(part for part in (season, str(year) if year else "") if part)


def _no_season(words: str) -> Refused:
    return Refused(
        f"“{clean(words)[:40]}” is not a season.", field="season", hint="Try: fall 2026, holiday 26, spring, 2027."
    )
