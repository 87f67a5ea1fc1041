"""The days of a month as they are laid out: whole weeks, beginning on the day on which the rep's week begins (R17)."""

from datetime import date, timedelta

Week = tuple[date, ...]


def first_weekday(week_starts: str) -> int:
    """The number of the weekday of a setting: 0 is Monday."""
    return 6 if week_starts == "sunday" else 0


def start_of_week(day: date, week_starts: int = 0) -> date:
    """The first day of the week that the day is in."""
    return day - timedelta(days=(day.weekday() - week_starts) % 7)


def week_of(day: date, week_starts: int = 0) -> Week:
    """The seven days of the week that the day is in."""
    first = start_of_week(day, week_starts)
    return tuple(first + timedelta(days=number) for number in range(7))


def month_grid(day: date, week_starts: int = 0) -> tuple[Week, ...]:
    """The four to six whole weeks that have all the days of the day's month."""
    first = start_of_week(day.replace(day=1), week_starts)
    weeks: list[Week] = []
    while not weeks or (first.year, first.month) == (day.year, day.month):
        weeks.append(week_of(first, week_starts))
        first += timedelta(days=7)
    return tuple(weeks)
