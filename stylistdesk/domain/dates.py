"""Days and instants as the rep says them and as the desk says them back (R16, R18).

All instants are aware and in UTC; all dates are local to the desk.
"""

import calendar
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.suggestions import Suggestion

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DAY_EXAMPLES = "Try: today, tomorrow, fri, next fri, in 2 weeks, 3d, 3/14, 14 mar, 2026-12-01."
MOMENT_EXAMPLES = "Try: tomorrow 14:00, mon 9:30, 5pm, in 2 hours, 2026-12-01 10:00."


@lru_cache(maxsize=4096)
def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day, in UTC, also where a change of the clocks skips or repeats midnight."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=4096)
def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a local day, in UTC: the deadline of R13."""
    return start_of_day(day + timedelta(days=1), zone) - timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class LocalNow:
    """Now, by the rep's calendar and clock on the wall; made once for a whole queue."""

    now: datetime
    zone: ZoneInfo
    today: date = field(init=False)
    today_starts: datetime = field(init=False)
    tomorrow_starts: datetime = field(init=False)
    six_hours_ago: datetime = field(init=False)
    _ago: dict[int, datetime] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        today = self.now.astimezone(self.zone).date()
        object.__setattr__(self, "today", today)
        object.__setattr__(self, "six_hours_ago", self.now - timedelta(hours=6))
        object.__setattr__(self, "today_starts", start_of_day(today, self.zone))
        object.__setattr__(self, "tomorrow_starts", start_of_day(today + timedelta(days=1), self.zone))

    def ago(self, days: int) -> datetime:
        """The instant so many times 24 hours ago; ahead if negative."""
        at = self._ago.get(days)
        if at is None:
            at = self._ago[days] = self.now - timedelta(days=days)
        return at

    def day(self, at: datetime) -> date:
        """The local date of an instant."""
        return at.astimezone(self.zone).date()

    def hour(self, at: datetime) -> str:
        """The local time of an instant: 9:30."""
        local = at.astimezone(self.zone)
        return f"{local.hour}:{local.minute:02}"


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _occurrence(anchor: date, every: int, unit: str, number: int) -> date:
    if unit == "month":
        return add_months(anchor, every * number)
    return anchor + timedelta(weeks=every * number)


def _first_number_after(anchor: date, every: int, unit: str, after: date) -> int:
    if after < anchor:
        return 0
    if unit == "month":
        months = (after.year - anchor.year) * 12 + after.month - anchor.month
        number = max(0, months // every - 1)
    else:
        number = (after - anchor).days // (7 * every)
    while _occurrence(anchor, every, unit, number) <= after:
        number += 1
    return number


def next_cadence(anchor: date, every: int, unit: str, after: date) -> date:
    """The first day of a cadence that is later than `after`, counted from its anchor (R18).

    `unit` is "week" or "month". The anchor itself is the first day; the 31st monthly is 28 Feb, then 31 Mar.
    """
    return _occurrence(anchor, every, unit, _first_number_after(anchor, every, unit, after))


def cadence_due(anchor: date, every: int, unit: str, last_looks: date | None, today: date) -> date:
    """The day for which her next looks are to be booked (R5 rule 11): in the past when it was missed.

    A session serves the day of the cadence that it comes after, or before by less than half an interval. Of several
    missed days only the last counts.
    """
    number = _first_number_after(anchor, every, unit, today)
    if number == 0:
        return anchor
    missed = _occurrence(anchor, every, unit, number - 1)
    half = timedelta(days=every * (15 if unit == "month" else 7) // (1 if unit == "month" else 2))
    if last_looks is not None and last_looks > missed - half:
        return _occurrence(anchor, every, unit, number)
    return missed


def say_cadence(every: int, unit: str) -> str:
    """A cadence in words: "every 6 weeks"."""
    return f"every {unit}" if every == 1 else f"every {every} {unit}s"


# ---------------------------------------------------------------- saying


def say_number(number: int, noun: str, plural: str = "") -> str:
    """A count in words: "one item", "three items", "12 items"."""
    words = NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)
    return f"{words} {noun if number == 1 else plural or noun + 's'}"


def say_short_day(day: date, today: date) -> str:
    """A day without its weekday: "9 Oct", with the year when it differs."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def say_day(day: date, today: date) -> str:
    """A day in words: "today", "tomorrow", "Tue 17 Nov", with the year when it differs."""
    away = (day - today).days
    if -1 <= away <= 1:
        return ("yesterday", "today", "tomorrow")[away + 1]
    return f"{WEEKDAYS[day.weekday()]} {say_short_day(day, today)}"


def say_ago(at: datetime, here: LocalNow) -> str:
    """How long ago, as one says it: "just now", "two hours ago", "yesterday", "three days ago", "on 9 Oct"."""
    if at >= here.today_starts or at > here.six_hours_ago:
        seconds = (here.now - at).total_seconds()
        if seconds < 120:
            return "just now"
        if seconds < 3600:
            return say_number(int(seconds // 60), "minute") + " ago"
        return say_number(int(seconds // 3600), "hour") + " ago"
    return _say_day_ago(here.day(at), here.today)


@lru_cache(maxsize=4096)
def _say_day_ago(day: date, today: date) -> str:
    days = (today - day).days
    if days == 1:
        return "yesterday"
    return f"{say_number(days, 'day')} ago" if days <= 21 else f"on {say_short_day(day, today)}"


def say_since(at: datetime, here: LocalNow) -> str:
    """Since when, in a few words: "since 9:30", "since Thu", "since 9 Oct"."""
    day = here.day(at)
    days = (here.today - day).days
    if days <= 0:
        return f"since {here.hour(at)}"
    if days < 7:
        return f"since {WEEKDAYS[day.weekday()]}"
    return f"since {say_short_day(day, here.today)}"


def days_late(suggestion: Suggestion, now: datetime, zone: ZoneInfo) -> int:
    """By how many local days something promised is late; 0 for what nobody promised."""
    if not suggestion.promised:
        return 0
    return max(0, (now.astimezone(zone).date() - suggestion.due.astimezone(zone).date()).days)


def say_due(suggestion: Suggestion, now: datetime, zone: ZoneInfo) -> str:
    """When, as short as it can be said: "now", "17:00", "today", "2 d late", "Sun", "9 d"."""
    today = now.astimezone(zone).date()
    late = days_late(suggestion, now, zone)
    if late:
        return f"{late} d late"
    if suggestion.suggested_at is not None and now < suggestion.suggested_at:
        local = suggestion.suggested_at.astimezone(zone)
        if local.date() == today:
            return f"{local.hour}:{local.minute:02}"
    due = suggestion.due.astimezone(zone)
    away = (due.date() - today).days
    if away <= 0:
        if suggestion.all_day:
            return "today"
        return "now" if suggestion.due <= now else f"{due.hour}:{due.minute:02}"
    return WEEKDAYS[due.weekday()] if away < 7 else f"{away} d"


# ---------------------------------------------------------------- understanding

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
_OF_MONTH = re.compile(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)")
_TIME = r"(?:at )?(?:(noon)|([0-9]{1,2})(?:[:h]([0-9]{2}))? ?([ap])\.?m\.?|([0-9]{1,2})[:h]([0-9]{2}))"
_TIME_LAST = re.compile(rf"(?:(?!at )(.*?) )?{_TIME}")
_TIME_FIRST = re.compile(rf"{_TIME} (.+)")
_HOURS = re.compile(r"(?:in )?([0-9]{1,4}|[a-z]+) ?(h|hrs?|hours?|min|mins|minutes?)")


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace(",", " ").split())


def _not_a_day(words: str) -> Refused:
    return Refused(
        f"“{words.strip()}” is not a day that I understand." if words.strip() else "Say a day.", hint=DAY_EXAMPLES
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
    return _written(year, month, day, today) if month else None


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
        f"“{words.strip()}” is not a time that I understand." if words.strip() else "Say a day and a time.",
        hint=MOMENT_EXAMPLES,
    )


def parse_moment(
    words: str, now: datetime, zone: ZoneInfo, *, default: time = time(9), day_first: bool = False
) -> datetime:
    """The instant that the rep means, in UTC; raises `Refused` with examples.

    A day without a time is at `default`; a time without a day is the next such time. A time that the clocks skip is
    as much later, one that they repeat is the first.
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
            return exact.astimezone(UTC) if exact.tzinfo else exact.replace(tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    today = now.astimezone(zone).date()
    split = _split_time(text)
    try:
        if split is None:
            return datetime.combine(parse_day(text, today, day_first=day_first), default, tzinfo=zone).astimezone(UTC)
        day_words, clock = split
        day = parse_day(day_words, today, day_first=day_first) if day_words else today
        moment = datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
        if not day_words and moment <= now:
            moment = datetime.combine(today + timedelta(days=1), clock, tzinfo=zone).astimezone(UTC)
        return moment
    except (Refused, OverflowError) as problem:
        raise _not_a_moment(words) from problem
