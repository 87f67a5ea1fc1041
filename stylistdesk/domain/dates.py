"""Days and instants by the rep's calendar, and in the desk's words (R13, R18).

All instants are aware and in UTC; all dates are local to the desk.
"""

import calendar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from stylistdesk.domain.suggestions import Suggestion

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


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


def cadence_dates(anchor: date, every: int, unit: str, after: date, count: int = 6) -> tuple[date, ...]:
    """The next days of a cadence later than `after`, each counted from the anchor (R18)."""
    first = _first_number_after(anchor, every, unit, after)
    return tuple(_occurrence(anchor, every, unit, number) for number in range(first, first + count))


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
    """When, as short as it can be said: "now", "17:00", "today", "-2 d", "Sun", "9 d"."""
    today = now.astimezone(zone).date()
    late = days_late(suggestion, now, zone)
    if late:
        return f"-{late} d"
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
