"""What stands on the days of a calendar, in the order in which it is read, and what stands across what (R17)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from stylistdesk.domain.bookings import Booked, overlapping
from stylistdesk.domain.types import Overlaps
from stylistdesk.domain.working_hours import Hours, WorkingHours

MOST_ACROSS = 4
"""So many of what something stands across are named."""


class What(StrEnum):
    """What an entry of the calendar is."""

    EVENT = "event"
    BLOCKED = "blocked"
    PARTY = "party"
    SHOP_WINDOW = "shop_window"
    APPOINTMENT = "appointment"
    CONSULTATION = "consultation"
    LOOK_REVIEW = "look_review"
    DEADLINE = "deadline"
    FOLLOW_UP = "follow_up"
    TASK = "task"
    CADENCE = "cadence"


DUE = (What.DEADLINE, What.FOLLOW_UP, What.TASK, What.CADENCE)
"""What is due on a day, at no time of it; in this order, after what has a time."""

Across = tuple[str, datetime, datetime]
"""Whom or what an entry stands across, from when until when."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the calendar. `id` is that of its row; instants are UTC, whole days are those of the desk.

    `title` says what it is, `who` with whom; `words` is more about it (a note, a reminder).
    """

    what: What
    id: int
    starts_at: datetime
    ends_at: datetime
    title: str
    all_day: bool = False
    client_id: int | None = None
    who: str = ""
    words: str = ""
    place: str = ""
    confirmed: bool = False
    cancelled: bool = False
    busy: bool = False
    brand_id: int | None = None
    ours: bool = True
    recurs: bool = False
    across: tuple[Across, ...] = ()

    @property
    def key(self) -> str:
        """What it is told apart by: one of a series is another than the next."""
        return f"{self.what.value}:{self.id}:{self.starts_at:%Y%m%dT%H%M}"

    @property
    def name(self) -> str:
        """With whom it is, or what."""
        return self.who or self.title

    @property
    def is_timed(self) -> bool:
        """Whether it has a time of the day."""
        return not self.all_day and self.what not in DUE


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One local day: her hours, whether she has filled them in, its holiday, and what stands on it, in order.

    `cadences` counts all clients whose looks are due by their cadence; the first of them are among the entries.
    """

    day: date
    hours: Hours
    filled: bool
    holiday: str = ""
    entries: tuple[Entry, ...] = ()
    cadences: int = 0

    @property
    def across(self) -> int:
        """How many entries stand across another one."""
        return sum(1 for entry in self.entries if entry.across)

    def timed(self) -> Iterator[Entry]:
        """What stands at a time of the day; what was cancelled leaves its time free."""
        return (entry for entry in self.entries if entry.is_timed and not entry.cancelled)

    def whole(self, *kinds: What) -> tuple[Entry, ...]:
        """What of these kinds takes all of the day."""
        return tuple(entry for entry in self.entries if entry.all_day and entry.what in kinds and not entry.cancelled)

    @property
    def is_blocked(self) -> bool:
        """Whether all of the day is blocked."""
        return any(entry.busy for entry in self.whole(What.BLOCKED))

    def count(self, *kinds: What) -> int:
        """How many entries of these kinds there are; what was cancelled does not count, nor a look review."""
        if kinds == (What.CADENCE,):
            return self.cadences
        counted = (entry for entry in self.entries if entry.what in kinds and not entry.cancelled)
        return sum(1 for entry in counted if entry.busy or entry.what is not What.APPOINTMENT)


def with_across(entries: Iterable[Entry], usual: timedelta, which: Overlaps) -> list[Entry]:
    """The entries, those that stand across another one saying so (R17).

    By `SAME_REP` busy events and blocked time count too; whole days only where they are blocked.
    """
    found = sorted(entries, key=lambda entry: (entry.starts_at, entry.id))
    taking = [place for place, entry in enumerate(found) if _takes_time(entry)]
    if which is Overlaps.IGNORE:
        return found
    booked = {
        place: Booked(place, found[place].starts_at, found[place].ends_at, found[place].brand_id) for place in taking
    }
    near: dict[int, list[Booked]] = {place: [] for place in taking}
    open_now: list[int] = []
    for place in taking:
        open_now = [other for other in open_now if found[other].ends_at > found[place].starts_at]
        for other in open_now:
            near[place].append(booked[other])
            near[other].append(booked[place])
        open_now.append(place)
    for place, others in near.items():
        if others:
            across = overlapping(booked[place], others, usual, which)[:MOST_ACROSS]
            names = tuple((found[one.id].name, found[one.id].starts_at, found[one.id].ends_at) for one in across)
            found[place] = replace(found[place], across=names)
    return found


def _takes_time(entry: Entry) -> bool:
    return entry.busy and not entry.cancelled and (not entry.all_day or entry.what is What.BLOCKED)


def days_of(
    first: date,
    until: date,
    entries: Iterable[Entry],
    hours: WorkingHours,
    zone: ZoneInfo,
    holidays: Mapping[date, str],
    cadences: Mapping[date, int],
) -> tuple[CalendarDay, ...]:
    """The days from `first` up to, not with, `until`, each with what stands on it; what goes past midnight on both."""
    by_day: dict[date, list[Entry]] = {first + timedelta(days=number): [] for number in range((until - first).days)}
    for entry in entries:
        on = entry.starts_at.astimezone(zone).date()
        last = max(on, (entry.ends_at - timedelta(microseconds=1)).astimezone(zone).date())
        on = max(on, first)
        while on <= last and on < until:
            by_day[on].append(entry)
            on += timedelta(days=1)
    return tuple(
        CalendarDay(
            day=day,
            hours=hours.hours(day),
            filled=hours.is_filled(day),
            holiday=holidays.get(day, ""),
            entries=_in_order(of_day),
            cadences=cadences.get(day, 0),
        )
        for day, of_day in by_day.items()
    )


def _in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    def place(entry: Entry) -> tuple[int, datetime, str, int]:
        group = 0 if entry.all_day and entry.what not in DUE else 1
        if entry.what in DUE:
            group = 2 + DUE.index(entry.what)
        return group, entry.starts_at, entry.name.casefold(), entry.id

    return tuple(sorted(entries, key=place))
