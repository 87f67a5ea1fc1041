"""Days and times as a rep types them (R16): "fri", "in 2 weeks", "3/14", "mon 9:30"."""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import NUMBERS, WEEKDAYS, add_months, say_short_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import shortened

DAY_EXAMPLES = "Try: tomorrow, fri, next fri, in 2 weeks, 3d, 3/14, 14 mar, 2026-12-01."
MOMENT_EXAMPLES = "Try: tomorrow 14:00, mon 9:30, 5pm, in 2 hours, 2026-12-01 10:00."

_WEEKDAY = {
    word: index
    for index, words in enumerate(
        (
            "mon monday",
            "tue tues tuesday",
            "wed weds wednesday",
            "thu thur thurs thursday",
            "fri friday",
            "sat saturday",
            "sun sunday",
        )
    )
    for word in words.split()
}
_MONTH = {
    word: number
    for number, words in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for word in words.split()
}
_COUNT = {word: number for number, word in enumerate(NUMBERS) if number} | {"a": 1, "an": 1}
_NEAR = {"today": 0, "tod": 0, "tomorrow": 1, "tmr": 1, "tom": 1, "yesterday": -1, "day after tomorrow": 2}
_SPAN = re.compile(r"(?:in )?\+?([0-9]{1,4}|[a-z]+) ?(d|days?|w|wks?|weeks?|m|mo|mos|months?|y|yrs?|years?)")
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.?([0-9]{4})?")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)\.?(?: ([0-9]{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?(?: ([0-9]{4}))?")
_YEAR = re.compile(r"[0-9]{4}|/[0-9]+/")
_OF_MONTH = re.compile(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)")
_TIME = r"(?:at )?(?:(noon)|([0-9]{1,2})(?:[:h]([0-9]{2}))? ?([ap])\.?m\.?|([0-9]{1,2})[:h]([0-9]{2}))"
_TIME_LAST = re.compile(rf"(?:(?!at )(.*?) )?{_TIME}")
_TIME_FIRST = re.compile(rf"{_TIME} (.+)")
_HOURS = re.compile(r"(?:in )?([0-9]{1,4}|[a-z]+) ?(h|hrs?|hours?|min|mins|minutes?)")


@lru_cache(maxsize=4096)
def ways_to_say(day: date, today: date) -> str:
    """The words and numbers with which a day may be meant: "2026-11-23 23 mon monday nov november tomorrow"."""
    named = [word for word, weekday in _WEEKDAY.items() if weekday == day.weekday()]
    named += [word for word, month in _MONTH.items() if month == day.month]
    named += [word for word, away in _NEAR.items() if away == (day - today).days and " " not in word]
    return " ".join((day.isoformat(), str(day.day), *named))


class NoSuchDay(Refused):
    """A date that was understood, and that no calendar has: 31 February."""


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace(",", " ").split())


def echo(words: str) -> str:
    """What was typed, as a refusal repeats it: short enough that what to do instead is read too."""
    return f"“{shortened(words, 30)}”"


def _not_a_day(words: str) -> Refused:
    return Refused(
        f"{echo(words)} is not a day that I understand." if words.strip() else "Say a day.", hint=DAY_EXAMPLES
    )


def _coming(month: int, day: int, today: date) -> date | None:
    """The next such date from today on; 29 Feb waits for its leap year."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _written(year: str | None, month: int, day: int, today: date) -> date | None:
    if year is None:
        return _coming(month, day, today)
    number = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(number, month, day)
    except ValueError:
        return None


def _coming_day(day: int, today: date) -> date | None:
    """The next such day of a month from today on."""
    for months in range(3):
        start = add_months(today.replace(day=1), months)
        if 1 <= day <= calendar.monthrange(start.year, start.month)[1] and start.replace(day=day) >= today:
            return start.replace(day=day)
    return None


def _named_day(text: str, today: date) -> date | None:
    """A day said by its place in the week or month."""
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    which, _, rest = text.rpartition(" ")
    if rest in _WEEKDAY and which in ("", "on", "this", "next"):
        ahead = (_WEEKDAY[rest] - today.weekday()) % 7
        if which == "next":
            return today + timedelta(days=7 - today.weekday() + _WEEKDAY[rest])
        return today + timedelta(days=ahead if which == "this" else ahead or 7)
    if text == "next week":
        return today + timedelta(days=7 - today.weekday())
    if text in ("next month", "end of month", "end of the month", "eom"):
        return add_months(today.replace(day=1), 1) - timedelta(days=0 if text == "next month" else 1)
    return None


def _counted_day(text: str, today: date) -> date | None:
    """A day said by how far away it is."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    count = int(match[1]) if match[1].isdigit() else _COUNT.get(match[1])
    if count is None:
        return None
    match match[2][0]:
        case "d":
            return today + timedelta(days=count)
        case "w":
            return today + timedelta(weeks=count)
        case "m":
            return add_months(today, count)
        case _:
            return add_months(today, 12 * count)


def _dated_day(text: str, today: date, day_first: bool) -> date | None:
    """A day said by its date."""
    year: str | None = None
    month = day = 0
    if match := _ISO.fullmatch(text):
        year, month, day = match[1], int(match[2]), int(match[3])
    elif match := _SLASHED.fullmatch(text):
        month, day, year = int(match[1]), int(match[2]), match[3]
        if month > 12 or (day_first and day <= 12):
            month, day = day, month
    elif match := _DOTTED.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), match[3]
    elif (match := _DAY_MONTH.fullmatch(text)) and match[2] in _MONTH:
        day, month, year = int(match[1]), _MONTH[match[2]], match[3]
    elif (match := _MONTH_DAY.fullmatch(text)) and match[1] in _MONTH:
        month, day, year = _MONTH[match[1]], int(match[2]), match[3]
    elif match := _OF_MONTH.fullmatch(text):
        return _coming_day(int(match[1]), today)
    found = _written(year, month, day, today) if month else None
    if found is None and 1 <= month <= 12 and 1 <= day <= 31:
        of_year = f" {int(year) + (2000 if len(year) == 2 else 0)}" if year else ""
        raise NoSuchDay(f"There is no {day} {calendar.month_name[month]}{of_year}.", hint=DAY_EXAMPLES)
    return found


def parse_day(words: str, today: date, *, day_first: bool = False) -> date:
    """The day that the rep means (R16); raises `Refused` with examples.

    "fri" is the next Friday after today, "next fri" the one of next week, "3/14" the next 14 March (3 April if
    `day_first` and 3/4), and a date without a year is never in the past.
    """
    text = _plain(words)
    try:
        found = _named_day(text, today) or _counted_day(text, today) or _dated_day(text, today, day_first)
        weekday, _, rest = text.partition(" ")
        if found is None and weekday in _WEEKDAY:
            found = _dated_day(rest, today, day_first)
            if found is not None and found.weekday() != _WEEKDAY[weekday]:
                raise Refused(f"{say_short_day(found, today)} is a {calendar.day_name[found.weekday()]}.")
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise _not_a_day(words)
    return found


def parse_past_day(words: str, today: date, *, day_first: bool = False) -> date:
    """The day that the rep means of something that has happened; raises `Refused` with examples.

    "fri" is the last Friday, "3/14" the last 14 March, "the 3rd" the last 3rd; "2 weeks ago" is understood too. A day
    to come is given only where a year or a word ("tomorrow") says so.
    """
    text = _plain(words).removeprefix("last ").removeprefix("on ")
    span = _SPAN.fullmatch(text.removesuffix(" ago"))
    if text.endswith(" ago") and span is not None:
        ahead = parse_day(text.removesuffix(" ago"), today)
        months = (ahead.year - today.year) * 12 + ahead.month - today.month
        return add_months(today, -months) if span[2][0] in "my" else today - (ahead - today)
    if text in _WEEKDAY:
        return today - timedelta(days=(today.weekday() - _WEEKDAY[text]) % 7 or 7)
    found = parse_day(text, today, day_first=day_first)
    if found > today and _OF_MONTH.fullmatch(text):
        return add_months(found, -1)
    if any(letter.isdecimal() for letter in text) and not _SPAN.fullmatch(text) and not _YEAR.search(text):
        while found > today:
            back = add_months(found, -12)
            found = back if back.day == found.day else add_months(found, -48)  # 29 Feb
    return found


def _time_of(parts: tuple[str | None, ...]) -> time | None:
    noon, hour12, minute12, half, hour24, minute24 = parts
    if noon:
        return time(12)
    try:
        if half:
            hour = int(hour12 or 0)
            if not 1 <= hour <= 12:
                return None
            return time(hour % 12 + (12 if half == "p" else 0), int(minute12 or 0))
        return time(int(hour24 or 0), int(minute24 or 0))
    except ValueError:
        return None


def _split_time(text: str) -> tuple[str, time] | None:
    """The words of the day and the time of day, if a time is said."""
    if match := _TIME_LAST.fullmatch(text):
        clock = _time_of(match.groups()[1:])
        return None if clock is None else (match[1] or "", clock)
    if match := _TIME_FIRST.fullmatch(text):
        clock = _time_of(match.groups()[:6])
        return None if clock is None else (match[7].removeprefix("on "), clock)
    return None


def _not_a_moment(words: str) -> Refused:
    return Refused(
        f"{echo(words)} is not a time that I understand." if words.strip() else "Say a day and a time.",
        hint=MOMENT_EXAMPLES,
    )


def on_the_clock(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, str]:
    """That time of a local day in UTC, and a word on it where the clocks are changed.

    A time that is there twice is the first of the two, and the words say how to say the second. Raises `Refused` for a
    time that the clocks skip.
    """
    local = datetime.combine(day, clock.replace(fold=0), tzinfo=zone)
    at, said = local.astimezone(UTC), f"{clock.hour}:{clock.minute:02}"
    if at.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        there = at.astimezone(zone)
        raise Refused(
            f"There is no {said} on {WEEKDAYS[day.weekday()]} {say_short_day(day, day)}: the clocks go forward.",
            hint=f"That day it goes on as {there.hour}:{there.minute:02}.",
        )
    second = local.replace(fold=1)
    if second.utcoffset() != local.utcoffset():
        return at, f"the first {said} of that day; the second is {second.isoformat('T', 'minutes')}"
    return at, ""


def parse_moment(
    words: str,
    now: datetime,
    zone: ZoneInfo,
    *,
    default: time = time(9),
    day: date | None = None,
    day_first: bool = False,
    strict: bool = False,
) -> datetime:
    """The instant that the rep means, in UTC; raises `Refused` with examples.

    A day without a time is at `default`; a time without a day is on `day`, or else the next such time. A time that the
    clocks skip is as much later, or refused if `strict`; one that they repeat is the first.
    """
    text = _plain(words)
    if text == "now":
        return now.astimezone(UTC)
    if match := _HOURS.fullmatch(text):
        count = int(match[1]) if match[1].isdigit() else _COUNT.get(match[1])
        if count is not None:
            return now.astimezone(UTC) + (timedelta(hours=count) if match[2][0] == "h" else timedelta(minutes=count))
    written = text.upper()
    if "T" in written or written.count(":") > 1:
        try:
            exact = datetime.fromisoformat(written)
        except ValueError:
            pass
        else:
            return _instant(words, exact.date(), exact.timetz(), zone, strict=strict)
    today = now.astimezone(zone).date()
    split = _split_time(text)
    try:
        day_words, clock = split or (text, default)
        said = parse_day(day_words, today, day_first=day_first) if day_words or split is None else day or today
    except NoSuchDay:
        raise
    except Refused as problem:
        raise _not_a_moment(words) from problem
    moment = _instant(words, said, clock, zone, strict=strict)
    if not day_words and split is not None and day is None and moment <= now:
        moment = _instant(words, today + timedelta(days=1), clock, zone, strict=strict)
    return moment


def _instant(words: str, day: date, clock: time, zone: ZoneInfo, *, strict: bool) -> datetime:
    try:
        if clock.tzinfo is not None:
            return datetime.combine(day, clock).astimezone(UTC)
        if strict:
            return on_the_clock(day, clock, zone)[0]
        return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
    except OverflowError as problem:
        raise _not_a_moment(words) from problem
