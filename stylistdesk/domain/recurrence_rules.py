"""Recurrence rules (RFC 5545, RRULE) by the day: which days of a span a rule names.

Only the periods that touch the span are looked at, so that a rule without an end, one that began long ago and one that
never comes cost no more than any other. Rules by the hour, the minute and the second are none for a calendar of days.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.month_grid import start_of_week

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST_YEAR = 2200
"""Nothing is looked for after it."""

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_MOST_TIMES = 24  # a day
_PATIENCE = 1_500  # periods in a row without one day: longer than from one 29 February to the next, by the day
_MOST_PERIODS = 10_000  # that are counted: 27 years of days; what goes on longer is taken as going on
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBERS = {
    "BYMONTH": range(1, 13),
    "BYMONTHDAY": range(-31, 32),
    "BYYEARDAY": range(-366, 367),
    "BYWEEKNO": range(-53, 54),
    "BYSETPOS": range(-366, 367),
    "BYHOUR": range(24),
    "BYMINUTE": range(60),
    "BYSECOND": range(60),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `days` are (place, weekday), place 0 for every one; `until` is the last local moment that counts."""

    every: str
    interval: int = 1
    until: datetime | None = None
    count: int | None = None
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    places: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    week_starts: int = 0


def parse_rule(text: str, localise: Callable[[datetime], datetime] = lambda at: at) -> Rule:
    """The rule that the text writes; `localise` makes local time of an UNTIL in UTC. Raises `Refused`."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().split(";"):
        name, sign, value = part.partition("=")
        if part and (not sign or name in parts):
            raise Refused(f"“{text[:60]}” is no recurrence rule")
        parts[name] = value
    every = parts.get("FREQ", "")
    if every not in _FREQUENCIES:
        raise Refused(f"it recurs {every.lower() or 'in no way that is said'}, which the desk does not read")
    numbers = {name: _numbers(name, parts.get(name, "")) for name in _NUMBERS}
    rule = Rule(
        every,
        interval=_number(parts.get("INTERVAL", "1"), text),
        until=_until(parts["UNTIL"], localise) if parts.get("UNTIL") else None,
        count=_number(parts["COUNT"], text) if parts.get("COUNT") else None,
        months=numbers["BYMONTH"],
        month_days=numbers["BYMONTHDAY"],
        year_days=numbers["BYYEARDAY"],
        weeks=numbers["BYWEEKNO"],
        days=_days(parts.get("BYDAY", "")),
        places=numbers["BYSETPOS"],
        hours=numbers["BYHOUR"],
        minutes=numbers["BYMINUTE"],
        seconds=numbers["BYSECOND"],
        week_starts=WEEKDAYS.index(parts["WKST"]) if parts.get("WKST") in WEEKDAYS else 0,
    )
    times = [max(1, len(each)) for each in (rule.hours, rule.minutes, rule.seconds)]
    if times[0] * times[1] * times[2] > _MOST_TIMES:
        raise Refused(f"it recurs more than {_MOST_TIMES} times a day, which the desk does not read")
    return rule


def _number(text: str, rule: str) -> int:
    if not re.fullmatch(r"\d{1,12}", text, re.ASCII) or not int(text):
        raise Refused(f"“{rule[:60]}” is no recurrence rule")
    return int(text)


def _numbers(name: str, text: str) -> tuple[int, ...]:
    found = set()
    for part in filter(None, text.split(",")):
        if not re.fullmatch(r"[+-]?\d{1,3}", part.strip(), re.ASCII) or int(part) not in _NUMBERS[name]:
            raise Refused(f"{name}={text[:40]} is not understood")
        found.add(int(part))
    return tuple(sorted(found))


def _days(text: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for part in filter(None, text.split(",")):
        day = _DAY.fullmatch(part.strip())
        if day is None:
            raise Refused(f"BYDAY={text[:40]} is not understood")
        found.add((int(day[1] or 0), WEEKDAYS.index(day[2])))
    return tuple(sorted(found))


def _until(text: str, localise: Callable[[datetime], datetime]) -> datetime:
    try:
        if len(text) == 8:
            return datetime.combine(datetime.strptime(text, "%Y%m%d").date(), time.max)  # noqa: DTZ007 - local
        at = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local
        return localise(at) if text.endswith("Z") else at
    except (ValueError, OverflowError):
        raise Refused(f"UNTIL={text[:40]} is no day") from None


def moments(rule: Rule, start: datetime, since: datetime, until: datetime) -> Iterator[datetime]:
    """The local times of the rule from `since` to `until`, both counted, in order; `start` is the first there can be.

    `count` is not looked at: see `without_count`.
    """
    until = min(until, rule.until or until)
    for number in _numbers_of_periods(rule, start.date(), since.date(), until.date()):
        for at in _in_period(rule, start, number):
            if max(since, start) <= at <= until:
                yield at


def without_count(rule: Rule, start: datetime) -> Rule:
    """The rule with the moment of its last time instead of the number of times. Raises `Refused` if it never comes."""
    if rule.count is None:
        return rule
    left, number, last, empty = rule.count, 0, None, 0
    while left and empty < _PATIENCE:
        if number > _MOST_PERIODS or _starts(rule, start.date(), number).year > LAST_YEAR:
            return replace(rule, count=None)
        found = [at for at in _in_period(rule, start, number) if at >= start][:left]
        left -= len(found)
        last, empty = (found[-1], 0) if found else (last, empty + 1)
        number += 1
    if last is None:
        raise Refused("its rule names no day")
    return replace(rule, count=None, until=min(last, rule.until or last))


# A period is a day, a week, a month or a year; those that count are numbered from the one of the start.


def _starts(rule: Rule, start: date, number: int) -> date:
    steps = number * rule.interval
    try:
        if rule.every == "DAILY":
            return start + timedelta(days=steps)
        if rule.every == "WEEKLY":
            return start_of_week(start, rule.week_starts) + timedelta(weeks=steps)
        if rule.every == "MONTHLY":
            month = start.year * 12 + start.month - 1 + steps
            return date(month // 12, month % 12 + 1, 1)
        return date(start.year + steps, 1, 1)
    except (OverflowError, ValueError):
        return date(MAXYEAR, 12, 31)


def _numbers_of_periods(rule: Rule, start: date, since: date, until: date) -> range:
    """The numbers of the periods that touch the span."""
    until = min(until, date(LAST_YEAR, 12, 31))
    if until < start:
        return range(0)
    since = max(since, start)

    def index(day: date) -> int:
        if rule.every == "DAILY":
            return (day - start).days
        if rule.every == "WEEKLY":
            return (day - start_of_week(start, rule.week_starts)).days // 7
        if rule.every == "MONTHLY":
            return (day.year - start.year) * 12 + day.month - start.month
        return day.year - start.year

    return range(-(-index(since) // rule.interval), index(until) // rule.interval + 1)


def _in_period(rule: Rule, start: datetime, number: int) -> list[datetime]:
    """The moments that the rule names in one period, in order."""
    days = _days_in(rule, start.date(), _starts(rule, start.date(), number))
    clocks = [
        time(hour, minute, second)
        for hour, minute, second in product(
            rule.hours or (start.hour,), rule.minutes or (start.minute,), rule.seconds or (start.second,)
        )
    ]
    found = [datetime.combine(day, at) for day in days for at in clocks]
    if not rule.places:
        return found
    size = len(found)
    wanted = {place - 1 if place > 0 else size + place for place in rule.places if place}
    return [at for index, at in enumerate(found) if index in wanted]


def _days_in(rule: Rule, start: date, begins: date) -> list[date]:
    if rule.every == "DAILY":
        return [begins] if _fits(rule, begins, rule.month_days, rule.days) else []
    if rule.every == "WEEKLY":
        weekdays = rule.days or ((0, start.weekday()),)
        week = (begins + timedelta(days=number) for number in range(7))
        return [day for day in week if _fits(rule, day, rule.month_days, weekdays)]
    named = rule.month_days or rule.days or rule.year_days or rule.weeks
    month_days = rule.month_days if named else (start.day,)
    months: tuple[int, ...] = (begins.month,)
    weekdays = rule.days
    if rule.every == "YEARLY":
        months = rule.months or (tuple(range(1, 13)) if named else (start.month,))
        if rule.weeks and not rule.days:
            weekdays = ((0, start.weekday()),)
    if month_days and not weekdays and min(month_days) > 0 and not (rule.year_days or rule.weeks):
        found = (_day(begins.year, month, number) for month in months for number in month_days)
        return [day for day in found if day is not None and (not rule.months or day.month in rule.months)]
    return [
        date(begins.year, month, number)
        for month in months
        for number in range(1, calendar.monthrange(begins.year, month)[1] + 1)
        if _fits(rule, date(begins.year, month, number), month_days, weekdays)
    ]


def _day(year: int, month: int, number: int) -> date | None:
    return date(year, month, number) if number <= calendar.monthrange(year, month)[1] else None


def _fits(rule: Rule, day: date, month_days: tuple[int, ...], weekdays: tuple[tuple[int, int], ...]) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    length = calendar.monthrange(day.year, day.month)[1]
    if month_days and day.day not in month_days and day.day - length - 1 not in month_days:
        return False
    of_year = day.timetuple().tm_yday
    year_length = 366 if calendar.isleap(day.year) else 365
    if rule.year_days and of_year not in rule.year_days and of_year - year_length - 1 not in rule.year_days:
        return False
    if rule.weeks and not _in_weeks(rule.weeks, day):
        return False
    if not weekdays:
        return True
    by_year = rule.every == "YEARLY" and not rule.months
    place, size = (of_year, year_length) if by_year else (day.day, length)
    from_start, from_end = (place - 1) // 7 + 1, -((size - place) // 7 + 1)
    ordered = rule.every in ("MONTHLY", "YEARLY")
    return any(
        weekday == day.weekday() and (not number or not ordered or number in (from_start, from_end))
        for number, weekday in weekdays
    )


def _in_weeks(weeks: tuple[int, ...], day: date) -> bool:
    year, week, _ = day.isocalendar()
    return week in weeks or week - date(year, 12, 28).isocalendar().week - 1 in weeks


def format_rule(rule: Rule, zone: ZoneInfo | None) -> str:
    """The rule as it is written; its `until` is local to `zone`, or a day where that is None."""
    parts = [f"FREQ={rule.every}"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        utc = rule.until.replace(tzinfo=zone).astimezone(UTC) if zone is not None else None
        parts.append(f"UNTIL={utc:%Y%m%dT%H%M%SZ}" if utc is not None else f"UNTIL={rule.until:%Y%m%d}")
    given = (
        rule.months, rule.month_days, rule.year_days, rule.weeks, rule.places, rule.hours, rule.minutes, rule.seconds
    )  # fmt: skip
    parts += [f"{name}={','.join(map(str, numbers))}" for name, numbers in zip(_NUMBERS, given, strict=True) if numbers]
    if rule.days:
        parts.append("BYDAY=" + ",".join(f"{place or ''}{WEEKDAYS[day]}" for place, day in rule.days))
    if rule.week_starts:
        parts.append(f"WKST={WEEKDAYS[rule.week_starts]}")
    return ";".join(parts)
