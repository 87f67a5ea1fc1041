"""Days and times as American shops write them: the month first, and names of zones that are no IANA names."""

import re
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.exchange.cells import instant

_MONTH_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?(?: ?([AP])\.?M\.?)?", re.IGNORECASE)
_BOTH = re.compile(r"([0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2})[ ,T]+([0-9]{1,2}:[0-9:.]+.*)")
_YEARS = range(1990, 2200)
_ZONES = {
    "Eastern Time (US & Canada)": "America/New_York",
    "Central Time (US & Canada)": "America/Chicago",
    "Mountain Time (US & Canada)": "America/Denver",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Atlantic Time (Canada)": "America/Halifax",
    "Indiana (East)": "America/Indiana/Indianapolis",
    "Arizona": "America/Phoenix",
    "Alaska": "America/Juneau",
    "Hawaii": "Pacific/Honolulu",
    "Saskatchewan": "America/Regina",
    "Newfoundland": "America/St_Johns",
    "American Samoa": "Pacific/Pago_Pago",
    "Edinburgh": "Europe/London",
    "Canberra": "Australia/Sydney",
    "Wellington": "Pacific/Auckland",
    "Osaka": "Asia/Tokyo",
    "Sapporo": "Asia/Tokyo",
}
"""How Square names zones, where that is not the city of an IANA name."""


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    """A day: "09/13/26", "9/13/2026" (the month first) or "2026-09-13". Raises `Refused`."""
    written = clean(text)
    found = _MONTH_FIRST.fullmatch(written)
    try:
        if found:
            month, number, year = map(int, found.groups())
            on = date(year + 2000 if year < 100 else year, month, number)
        elif _ISO.fullmatch(written):
            on = date.fromisoformat(written)
        else:
            raise ValueError
    except ValueError:
        raise Refused(f"“{written[:40]}” is not a date, the month first (such as 03/14/2026)") from None
    if on.year not in _YEARS:
        raise Refused(f"the year of “{written[:40]}” cannot be right")
    return on


def moment(on: str, at: str, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of a day and a time ("14:03:22", "2:03 PM") in `zone`; midnight where the time is blank.

    Raises `Refused`.
    """
    found, written = day(on), clean(at)
    if not written:
        return datetime.combine(found, time(0), zone).astimezone(UTC)
    parts = _TIME.fullmatch(written)
    try:
        if parts is None:
            raise ValueError
        hour, minute, second = (int(part or 0) for part in parts.groups()[:3])
        if half := (parts[4] or "").upper():
            if not 1 <= hour <= 12:
                raise ValueError
            hour = hour % 12 + (12 if half == "P" else 0)
        clock = time(hour, minute, second)
    except ValueError:
        raise Refused(f"“{written[:40]}” is not a time (such as 14:03:22)") from None
    return datetime.combine(found, clock, zone).astimezone(UTC)


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of one cell: a day with or without a time, in `zone` unless it says an offset.

    Raises `Refused`.
    """
    written = clean(text)
    both = _BOTH.fullmatch(written)
    if both and _TIME.fullmatch(both[2].strip()):
        return moment(both[1], both[2].strip(), zone)
    if _MONTH_FIRST.fullmatch(written):
        return moment(written, "", zone)
    return instant(text, zone)


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone that a name means: IANA's, Square's, or that of a city; None for one that nobody knows."""
    written = clean(name)[:60]
    known = _ZONES.get(written) or _cities().get(written.casefold())
    try:
        return ZoneInfo(known or written) if known or written in available_timezones() else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


@cache
def _cities() -> dict[str, str]:
    cities: dict[str, str] = {}
    for name in sorted(available_timezones()):
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/")):
            cities.setdefault(name.rpartition("/")[2].replace("_", " ").casefold(), name)
    return cities
