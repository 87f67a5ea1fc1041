"""When the rep works (R17): weekly hours, and the dates that differ from them. Counting in them serves R15 and R20."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import start_of_day

Hours = tuple[tuple[int, int], ...]
"""Hours of one local day: from minute to minute, in order; empty for a day on which she does not work."""
Span = tuple[datetime, datetime]
"""From an instant up to, not with, another; UTC."""
At = TypeVar("At", int, datetime)
"""A minute of a day, or an instant."""

DAY = 1440
USUAL: Mapping[int, Hours] = dict.fromkeys(range(5), ((9 * 60, 17 * 60),))
"""What counts until the rep has filled in her weekly hours: Monday to Friday, 9 to 17."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Hours by weekday (0 is Monday) and by date; a date's own stand in place of its weekday's.

    A weekday or date that is missing has not been filled in; one with no hours is a day off.
    """

    weekly: Mapping[int, Hours] = field(default_factory=dict)
    dates: Mapping[date, Hours] = field(default_factory=dict)

    @property
    def is_assumed(self) -> bool:
        """Whether no weekly hours were filled in, so that the usual ones count."""
        return not self.weekly

    def is_filled(self, day: date) -> bool:
        """Whether the rep has said what this day is (R17)."""
        return day in self.dates or day.weekday() in self.weekly

    def hours(self, day: date) -> Hours:
        """The hours of a day."""
        return self.dates[day] if day in self.dates else self.of_weekday(day.weekday())

    def of_weekday(self, weekday: int) -> Hours:
        """The hours of a weekday on which nothing differs."""
        return (USUAL if self.is_assumed else self.weekly).get(weekday, ())

    def next_unfilled(self, after: date) -> date | None:
        """The first day later than `after` of which the rep has not said what it is (R17); `None` if there is none."""
        if len(self.weekly) == 7:
            return None
        # Each date that was filled in can only hide one day, and every week has a weekday that was not.
        for ahead in range(1, 7 * (len(self.dates) + 1) + 1):
            if after > date.max - timedelta(days=ahead):
                return None
            if not self.is_filled(after + timedelta(days=ahead)):
                return after + timedelta(days=ahead)
        return None

    def spans(self, day: date, zone: ZoneInfo) -> tuple[Span, ...]:
        """The hours of a day as instants, in order: without what the clocks skip, with both of what they repeat."""
        found: list[Span] = []
        for starts, ends in self.hours(day):
            first = at_minute(day, starts, zone), at_minute(day, ends, zone)
            second = at_minute(day, starts, zone, again=True), at_minute(day, ends, zone, again=True)
            if first == second:
                found.append(first)
            else:
                back = _change(
                    *next((one, other) for one, other in zip(first, second, strict=True) if one < other), zone
                )
                found += [(first[0], min(first[1], back)), (max(second[0], back), second[1])]
        return tuple(sorted(span for span in found if span[0] < span[1]))

    def between(self, since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Span]:
        """The working time from an instant up to another, span by span."""
        day = since.astimezone(zone).date() - timedelta(days=1)
        last = (until + timedelta(hours=1)).astimezone(zone).date()  # where 0:01 goes back to 23:01, two days mingle
        while day <= last:
            for starts, ends in self.spans(day, zone):
                starts, ends = max(starts, since), min(ends, until)  # noqa: PLW2901
                if starts < ends:
                    yield starts, ends
            day += timedelta(days=1)

    def worked(self, since: datetime, until: datetime, zone: ZoneInfo) -> timedelta:
        """How much working time there is from an instant up to another."""
        return sum((ends - starts for starts, ends in self.between(since, until, zone)), timedelta())


def at_minute(day: date, minute: int, zone: ZoneInfo, *, again: bool = False) -> datetime:
    """The instant at a minute of a local day, by the clock on the wall: 1440 is where the next day begins.

    A minute that the clocks skip is the instant at which they jump; of one that they show twice, it is the first,
    or `again` the second.
    """
    if minute >= DAY and not again:
        return start_of_day(day + timedelta(days=1), zone)
    day, minute = day + timedelta(days=minute // DAY), minute % DAY
    local = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
    if again and local.replace(fold=1).utcoffset() < local.utcoffset():  # type: ignore[operator]
        local = local.replace(fold=1)
    at = local.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return at
    # In a gap: `fold=1` reads the time with the offset from after the jump, which lies before the jump itself.
    return _change(local.replace(fold=1).astimezone(UTC), at, zone)


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """When the clocks are changed between two instants."""
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def painted(hours: Hours, starts: int, ends: int, *, works: bool) -> Hours:
    """The hours of a day once a span of minutes was painted as working time, or rubbed out; merged, in order.

    Painting is the union of minutes, rubbing out their difference; what lies outside of the day is left out.
    """
    starts, ends = max(0, starts), min(DAY, ends)
    if starts >= ends:
        return merged(hours)
    if works:
        return merged((*hours, (starts, ends)))
    left = []
    for one, other in merged(hours):
        left += [(one, min(other, starts)), (max(one, ends), other)]
    return merged(left)


def merged(spans: Iterable[tuple[At, At]]) -> tuple[tuple[At, At], ...]:
    """The same minutes, or the same time, in as few spans as there can be, in order."""
    found: list[tuple[At, At]] = []
    for starts, ends in sorted(span for span in spans if span[0] < span[1]):
        if found and starts <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((starts, ends))
    return tuple(found)


def without(spans: Iterable[Span], busy: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of these spans where the busy ones are taken out."""
    left = list(spans)
    for taken_from, taken_until in busy:
        rest: list[Span] = []
        for starts, ends in left:
            if taken_until <= starts or ends <= taken_from:
                rest.append((starts, ends))
                continue
            if starts < taken_from:
                rest.append((starts, taken_from))
            if taken_until < ends:
                rest.append((taken_until, ends))
        left = rest
    return tuple(sorted(left))
