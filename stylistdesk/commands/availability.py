"""When the rep works (R17): weekly hours, the dates that differ from them, and painting.

Days are local days of the desk, minutes are minutes of the clock on the wall.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.tables import Availability
from stylistdesk.domain.dates import WEEKDAYS, say_day, say_number
from stylistdesk.domain.day_slots import repeated
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import YEARS
from stylistdesk.domain.spoken_hours import HOURS_EXAMPLES, say_hours, say_minute
from stylistdesk.domain.working_hours import DAY, USUAL, Hours, WorkingHours, merged, painted
from stylistdesk.queries.working_hours import working_hours

MOST_DAYS = 400
"""No more days are changed at once."""


def _write(work: Work, hours: Hours | None, *, weekday: int | None = None, day: date | None = None) -> None:
    """Let a weekday or a date have these hours; `None` takes away what was filled in."""
    if hours is not None:
        hours = merged(hours)
        if any(starts < 0 or ends > DAY for starts, ends in hours):
            raise Refused("A day has 24 hours.", hint=HOURS_EXAMPLES)
    which = col(Availability.weekday) == weekday if day is None else col(Availability.on_day) == day
    rows = list(work.session.exec(select(Availability).where(which).order_by(col(Availability.starts))))
    wanted = [] if hours is None else list(hours) or [(0, 0)]  # a row without hours is a day off
    if [(row.starts, row.ends) for row in rows] == wanted:
        return
    for row in rows:
        work.session.delete(row)
    work.session.flush()  # before the new ones: a day has only one span that starts at a minute
    for starts, ends in wanted:
        work.session.add(Availability(weekday=weekday, on_day=day, starts=starts, ends=ends))
    work.session.flush()


def _checked(days: Sequence[date]) -> list[date]:
    found = sorted(set(days))
    if not found:
        raise Refused("Say which day.")
    if len(found) > MOST_DAYS or any(day.year not in YEARS for day in found):
        raise Refused("Those are too many days, or too far away.")
    return found


def _write_days(work: Work, days: Sequence[date], hours: Hours | None, said: str) -> Outcome:
    """Let all of these dates have these hours; `said` is what they are then."""
    days = _checked(days)
    for day in days:
        _write(work, hours, day=day)
    return Outcome(f"{_capital(_say_days(work, days))}: {said}")


def _write_beside_week(work: Work, known: WorkingHours, day: date, hours: Hours | None) -> None:
    """Let a date have these hours; what is then as in every week stands as the week's."""
    _write(work, None if hours == known.weekly.get(day.weekday()) else hours, day=day)


def _say_days(work: Work, days: Sequence[date]) -> str:
    today = work.now.astimezone(work.zone).date()
    if len(days) == 1:
        return say_day(days[0], today)
    together = (days[-1] - days[0]).days == len(days) - 1
    return f"{say_day(days[0], today)} to {say_day(days[-1], today)}" if together else say_number(len(days), "day")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class SetWeek:
    """Fill in the hours of weekdays (0 is Monday): none for a day off, `None` for not filled in. Others stay."""

    hours: Mapping[int, Hours | None]

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for what is no weekday."""
        for weekday, hours in self.hours.items():
            if weekday not in range(7):
                raise Refused("There is no such day of the week.")
            _write(work, hours, weekday=weekday)
        return Outcome("Filled in your weekly hours")


@dataclass(frozen=True, slots=True)
class SetHours:
    """Give a weekday (0 is Monday), or one date in place of its weekday's, these hours; none is a day off."""

    hours: Hours
    weekday: int | None = None
    day: date | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` unless it is one weekday or one date."""
        if (self.weekday is None) == (self.day is None) or self.weekday not in (None, *range(7)):
            raise Refused("Say which day.")
        if self.day is not None:
            _checked([self.day])
        _write(work, self.hours, weekday=self.weekday, day=self.day)
        which = (
            f"every {WEEKDAYS[self.weekday]}" if self.weekday is not None else _say_days(work, [self.day or date.min])
        )
        return Outcome(f"Hours of {which}: {say_hours(merged(self.hours))}")


@dataclass(frozen=True, slots=True)
class ClearDays:
    """Let these dates have their weekly hours again."""

    days: Sequence[date]

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for no days, or too many."""
        return _write_days(work, self.days, None, "as usual")


@dataclass(frozen=True, slots=True)
class DaysOff:
    """She does not work on these dates."""

    days: Sequence[date]

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for no days, or too many."""
        return _write_days(work, self.days, (), "off")


@dataclass(frozen=True, slots=True)
class TurnDays:
    """Whole days painted: off if she works on any of them, else with their weekly hours, or the usual ones."""

    days: Sequence[date]

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for no days, or too many."""
        days, known = _checked(self.days), working_hours(work.asking)
        if any(known.hours(day) for day in days):
            return DaysOff(days).apply(work)
        for day in days:
            weekly = known.of_weekday(day.weekday())
            _write(work, None if weekly else USUAL[0], day=day)
        said = say_hours(known.of_weekday(days[0].weekday()) or USUAL[0])
        return Outcome(
            f"{_capital(_say_days(work, days))}: {said}" if len(days) == 1 else f"You work {_say_days(work, days)}"
        )


@dataclass(frozen=True, slots=True)
class PaintHours:
    """A span of minutes painted over one or several dates, as working time or rubbed out: one step.

    What is then as in every week stands as the week's. Minutes are of the clock on the wall, up to 1440.
    """

    days: Sequence[date]
    starts: int
    ends: int
    works: bool

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an empty span, no days, or too many."""
        if not 0 <= self.starts < self.ends <= DAY:
            raise Refused("Say from when until when.", hint=HOURS_EXAMPLES)
        days, known = _checked(self.days), working_hours(work.asking)
        for day in days:
            hours = painted(known.hours(day), self.starts, self.ends, works=self.works)
            _write_beside_week(work, known, day, hours)
        span = f"{say_minute(self.starts)} to {say_minute(self.ends)}"
        said = f"{_capital(_say_days(work, days))}, {span}: {'you work' if self.works else 'you do not work'}"
        found = (repeated(day, self.starts, self.ends, work.zone) for day in days)
        again = next((minute for minute in found if minute is not None), None)
        return Outcome(said if again is None else f"{said}, at both {say_minute(again)}")


@dataclass(frozen=True, slots=True)
class CopyWeek:
    """The seven days from one date on get the hours that the seven days from another have."""

    source: date
    target: date

    def apply(self, work: Work) -> Outcome:
        """What is then as in every week stands as the week's. Raises `Refused` for days that are too far away."""
        known = working_hours(work.asking)
        days = _checked([date.fromordinal(self.target.toordinal() + number) for number in range(7)])
        for number, day in enumerate(days):
            source = date.fromordinal(self.source.toordinal() + number)
            hours = known.hours(source) if known.is_filled(source) or known.is_assumed else None
            _write_beside_week(work, known, day, hours)
        return Outcome(f"Copied the hours of a week to {_say_days(work, days)}")
