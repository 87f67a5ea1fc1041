"""The times of an iCalendar event: when it is on the clocks of its zone, and how long it lasts (R19)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.exchange.cards import Property
from stylistdesk.exchange.ics_lines import Component
from stylistdesk.exchange.ics_zones import Zones
from stylistdesk.exchange.records import Notice

LONGEST = timedelta(days=3660)
"""What lasts longer is refused."""

_YEARS = range(1900, 2200)
_UTC = ZoneInfo("UTC")
_DURATION = re.compile(r"([+-])?P(?:(\d{1,5})W|(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a component: local, on the clock of its zone; None is the zone of whole days."""

    local: datetime
    zone: tzinfo | None

    def instant(self, desk: ZoneInfo) -> datetime:
        """The instant in UTC; whole days begin at midnight of the desk."""
        if self.zone is None:
            return start_of_day(self.local.date(), desk)
        return self.local.replace(tzinfo=self.zone).astimezone(UTC)

    @property
    def is_skipped(self) -> bool:
        """Whether the clocks skip it: they show a later time then (RFC 5545, 3.3.5)."""
        there = self.local.replace(tzinfo=self.zone).astimezone(UTC) if self.zone is not None else None
        return there is not None and there.astimezone(self.zone).replace(tzinfo=None) != self.local


class Reader:
    """Reads the times of one component; what is to be told of them is in `notices`."""

    def __init__(self, component: Component, zones: Zones) -> None:
        self.component, self.zones = component, zones
        self.notices: list[Notice] = []
        self._lines = dict(zip(map(id, component.properties), component.lines, strict=True))

    def tell(self, text: str, about: Property | None = None) -> None:
        """Say something of the event, at the line of the property."""
        line = self._lines.get(id(about), self.component.line)
        self.notices.append(Notice(line, text))

    def moment(self, one: Property, text: str | None = None) -> Moment:
        """The time that a property gives. Raises `Refused`."""
        written = (one.value if text is None else text).strip().upper()
        try:
            if len(written) == 8:
                at, zone = datetime.combine(_day(written), time()), None
            else:
                at = datetime.strptime(written.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local
                zone = _UTC if written.endswith("Z") else self._zone(one)
            if at.year not in _YEARS:
                raise Refused(f"the year of {one.name} “{clean(written)[:40]}” cannot be right")
            if zone is not None:
                at.replace(tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Refused(f"{one.name} “{clean(written)[:40]}” is no time") from None
        return Moment(at, zone)

    def _zone(self, one: Property) -> tzinfo:
        name = "".join(one.parameters.get("TZID", ())[:1]).strip()
        if not name:
            return self.zones.desk
        found = self.zones.named(name)
        if not found.known:
            self.tell(f"“{clean(name)[:60]}” is no time zone that is known; it was read in {self.zones.desk.key}", one)
        return found.zone


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


def span(reader: Reader) -> tuple[Moment, Moment]:
    """When it begins and ends. Raises `Refused` for what says neither, or cannot be.

    What would end before it begins takes no time, or one whole day, and is told: other programs show it too.
    """
    component = reader.component
    first, last, lasts = (component.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if first is None:
        raise Refused("it does not say when it begins (DTSTART is missing)")
    starts = reader.moment(first)
    if last is not None:
        ends = reader.moment(last)
        if starts.zone is None and ends.zone is not None:
            ends = Moment(datetime.combine(ends.local.date(), time()), None)
        elif starts.zone is not None and ends.zone is None:
            ends = Moment(ends.local, starts.zone)
        if starts.zone == ends.zone and starts.is_skipped:  # it is pushed on as a whole, not its beginning only
            ends = _after(starts, ends.local - starts.local)
    elif lasts is not None:
        ends = _after(starts, _duration(lasts.name, lasts.value))
    else:
        ends = starts
    if starts.zone is None and ends.local == starts.local:  # some programs write a single day so
        ends = Moment(starts.local + timedelta(days=1), None)
    between = ends.instant(reader.zones.desk) - starts.instant(reader.zones.desk)
    if between < timedelta():
        said = last or lasts or first
        told = f"DTSTART {clean(first.value)[:40]}, {said.name} {clean(said.value)[:40]}"
        ends = starts if starts.zone is not None else Moment(starts.local + timedelta(days=1), None)
        kept = "taking no time" if starts.zone is not None else "one day long"
        reader.tell(f"it ends before it begins ({told}); it was kept, {kept}", said)
    if between > LONGEST or ends.local.year not in _YEARS:
        raise Refused("it lasts longer than ten years")
    return starts, ends


def length(reader: Reader, one: Property, starts: Moment, text: str) -> timedelta | None:
    """How long what the second half of a period says lasts: "PT2H", or its end. None, and told, if that cannot be."""
    desk = reader.zones.desk
    try:
        period = text.strip().upper()
        ends = _after(starts, _duration(one.name, period)) if "P" in period else reader.moment(one, period)
        lasts = ends.instant(desk) - starts.instant(desk)
        if timedelta() < lasts <= LONGEST:
            return lasts
    except (Refused, OverflowError):
        pass
    reader.tell(f"a period that it adds, “{clean(text)[:40]}”, cannot be; it was kept as long as the others", one)
    return None


def _after(starts: Moment, lasts: timedelta) -> Moment:
    """The end of what lasts so long: days are those of the calendar, hours those of the clock (RFC 5545, 3.3.6)."""
    try:
        if starts.zone is None:
            return Moment(starts.local + timedelta(days=-(-lasts // timedelta(days=1))), None)
        days = timedelta(days=lasts.days)
        at = (starts.local + days).replace(tzinfo=starts.zone).astimezone(UTC) + (lasts - days)
        return (
            Moment(at.astimezone(starts.zone).replace(tzinfo=None), starts.zone)
            if _is_plain(at, starts.zone)
            else Moment(at.replace(tzinfo=None), _UTC)
        )
    except OverflowError:
        raise Refused("it lasts longer than ten years") from None


def _is_plain(at: datetime, zone: tzinfo) -> bool:
    """Whether the local time of an instant leads back to it: not in an hour that the clocks repeat."""
    return at.astimezone(zone).replace(tzinfo=None).replace(tzinfo=zone).astimezone(UTC) == at


def _duration(name: str, text: str) -> timedelta:
    found = _DURATION.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise Refused(f"{name} “{clean(text)[:40]}” is no length of time")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    size = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -size if found[1] == "-" else size
