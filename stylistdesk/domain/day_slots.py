"""The half hours of a local day, as many as it has: 46 or 50 where the clocks are changed by an hour (R17, R18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.working_hours import DAY

STEP = 30
"""Minutes."""

Row = tuple[int, int]
"""A row of hours: the minute on the clock of the wall, and 1 where the clocks show it for the second time, else 0."""


@dataclass(frozen=True, slots=True)
class Slot:
    """From an instant up to, not with, another (UTC), in a row of hours."""

    starts_at: datetime
    ends_at: datetime
    row: Row

    def has(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether something takes some of it; what takes no time is in the slot in which it begins."""
        return starts_at < self.ends_at and (self.starts_at < ends_at or self.starts_at <= starts_at)


def slots_of(day: date, zone: ZoneInfo) -> tuple[Slot, ...]:
    """All half hours that a day has, in order, without a gap."""
    at, end = start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone)
    found: list[Slot] = []
    shown: set[int] = set()
    while at < end:
        local = at.astimezone(zone)
        minute = local.hour * 60 + local.minute
        # What the day begins with before its first midnight, where the clocks go back to the day before, is its start.
        minute = minute if local.date() == day else 0
        # To the next half hour on the wall: a change of the clocks may come in between.
        until = min(at + timedelta(minutes=STEP - minute % STEP), end)
        row = minute - minute % STEP
        found.append(Slot(at, until, (row, 1 if row in shown else 0)))
        shown.add(row)
        at = until
    return tuple(found)


def rows_of(days: Sequence[date], zone: ZoneInfo) -> tuple[Row, ...]:
    """The rows in which all of these days can be shown beside each other; what one repeats has rows of its own."""
    rows: list[Row] = [(minute, 0) for minute in range(0, DAY, STEP)]
    again = sorted({slot.row[0] for day in days for slot in slots_of(day, zone) if slot.row[1]})
    if again:
        place = rows.index((again[-1], 0)) + 1
        rows[place:place] = [(minute, 1) for minute in again]
    return tuple(rows)


def minutes_of(day: date, rows: Sequence[Row], zone: ZoneInfo) -> tuple[int, int] | None:
    """From which minute of the wall's clock until which, of those rows that the day has; `None` where it has none."""
    there = [slot.row[0] for slot in slots_of(day, zone) if slot.row in rows]
    return (min(there), min(DAY, max(there) + STEP)) if there else None


def repeated(day: date, starts: int, ends: int, zone: ZoneInfo) -> int | None:
    """The first minute of a span that the clocks show twice on that day, to the half hour; mostly there is none."""
    again = [slot.row[0] for slot in slots_of(day, zone) if slot.row[1]]
    return min((minute for minute in again if starts < minute + STEP and minute < ends), default=None)


def say_row(row: Row) -> str:
    """The time of a row: "9:30"; with a star where the clocks show it for the second time."""
    return f"{row[0] // 60}:{row[0] % 60:02}{'*' if row[1] else ''}"


def instant(day: date, row: Row, zone: ZoneInfo) -> datetime | None:
    """When a row of a day begins, in UTC; `None` where the clocks skip it."""
    return next((slot.starts_at for slot in slots_of(day, zone) if slot.row == row), None)


def as_typed(at: datetime, zone: ZoneInfo) -> str:
    """An instant in words that are read back as it: with its offset where the clocks show it for the second time."""
    local = at.astimezone(zone)
    return local.isoformat("T", "minutes") if local.fold else f"{local:%Y-%m-%d %H:%M}"
