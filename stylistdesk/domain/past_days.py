"""Days that are past, as a rep types them: "yesterday", "fri", "3 weeks ago", "last month", "14 mar"."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import add_months, end_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_dates import NoSuchDay, echo, parse_day

EXAMPLES = "Try: yesterday, last fri, 3 weeks ago, 14 mar, 2025-12-01, yesterday 14:00."
_YEAR = re.compile(r"[0-9]{4}|/[0-9]+/[0-9]{2}$")
_SPAN = re.compile(r"(?:in )?\+?\w+ ?(?:d|days?|w|wks?|weeks?|m|mos?|months?|y|yrs?|years?)")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_OF_MONTH = re.compile(r"(?:last |the )*[0-9]{1,2}(?:st|nd|rd|th)")
_AT = re.compile(r"(?:(.*?) )?(?:at )?([0-9]{1,2})[:h]([0-9]{2})")
_PLACED: dict[str, Callable[[date], date]] = {
    "last week": lambda today: today - timedelta(days=today.weekday() + 1),
    "last month": lambda today: today.replace(day=1) - timedelta(days=1),
    "last year": lambda today: date(today.year - 1, 12, 31),
}


def parse_past_day(words: str, today: date) -> date:
    """The day that the rep means, today or before; raises `Refused` with examples.

    A weekday is the last one that was, a date without a year the last such date; "last month" is its last day.
    """
    text = " ".join(words.casefold().replace(",", " ").split())
    if text in _PLACED:
        return _PLACED[text](today)
    ago = text.removesuffix(" ago")
    try:
        if ago != text:
            found = _back(parse_day(f"in {ago}", today), today, ago)
        else:
            found = parse_day(text.removeprefix("last "), today)
            if found > today and _OF_MONTH.fullmatch(text):
                found = add_months(found, -1)
            if found > today and not _YEAR.search(text):
                found = _before(text.removeprefix("last "), found, today)
            if found == today and text.startswith("last "):
                found -= timedelta(days=7)
    except NoSuchDay:
        raise
    except (Refused, ValueError, OverflowError):
        raise Refused(f"{echo(words)} is not a day that I understand.", hint=EXAMPLES) from None
    if found > today:
        raise Refused("That day has not come yet.", hint=EXAMPLES)
    return found


def parse_past_moment(words: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The past instant that the rep means, in UTC: a day is its end, "yesterday 14:00" that minute, "now" is now."""
    text = " ".join(words.casefold().replace(",", " ").split())
    today = now.astimezone(zone).date()
    if text in ("now", ""):
        return now.astimezone(UTC)
    match = _AT.fullmatch(text)
    if match is None:
        return min(end_of_day(parse_past_day(text, today), zone), now.astimezone(UTC))
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise Refused(f"{echo(words)} is not a time that I understand.", hint=EXAMPLES)
    day = parse_past_day(match[1], today) if match[1] else today
    at = datetime.combine(day, time(hour, minute), tzinfo=zone).astimezone(UTC)
    if at > now:
        raise Refused("That time has not come yet.", hint=EXAMPLES)
    return at


def _back(ahead: date, today: date, span: str) -> date:
    """As far back as `ahead` is ahead; months by the calendar."""
    if re.search(r"(m|mos?|months?|y|yrs?|years?)$", span) and not span.endswith(("min", "mins")):
        months = (ahead.year - today.year) * 12 + ahead.month - today.month
        return add_months(today, -months)
    return today - (ahead - today)


def _before(text: str, found: date, today: date) -> date:
    """The last one of what `found` is the next one of."""
    if _WEEKDAY.fullmatch(text):
        return found - timedelta(days=7)
    if any(character.isdigit() for character in text) and not _SPAN.fullmatch(text):
        for years in range(1, 9):
            try:
                if (earlier := found.replace(year=found.year - years)) <= today:
                    return earlier
            except ValueError:
                continue
    return found
