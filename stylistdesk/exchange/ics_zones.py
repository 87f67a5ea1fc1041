"""Which zone a time of a calendar is in: IANA names, the names of Windows, and zones that a file defines itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.recurrence_rules import Rule, moments, parse_rule
from stylistdesk.exchange.ics_lines import Component

MOST_CHANGES = 500
"""The most changes of the clocks that a zone may define one by one."""

MOST_ZONES = 100
"""The most zones that one file may define; others are not known."""

_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?")
_SAMPLES = tuple(datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=3 * step) for step in range(365))
"""Two zones are taken as the same that agree on all of these: three years, closer than the changes of any two lie."""


@dataclass(frozen=True, slots=True)
class Zone:
    """What a name means: a zone, and whether one could be made of the name at all."""

    zone: tzinfo
    known: bool = True


class Zones:
    """The zones of one file; a time without one is on the clock of the desk."""

    def __init__(self, desk: ZoneInfo) -> None:
        self.desk = desk
        self._defined: dict[str, Component] = {}
        self._found: dict[str, Zone] = {}

    def define(self, component: Component) -> None:
        """Know a VTIMEZONE of the file."""
        name = component.value("TZID")
        if name and len(self._defined) < MOST_ZONES:
            self._defined.setdefault(name, component)

    def named(self, name: str) -> Zone:
        """The zone that a TZID means; the desk's own for one that nobody knows."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Zone:
        defined = self._defined.get(name)
        spellings = [name, *(one.value.strip() for one in (defined.all("X-LIC-LOCATION") if defined else ()))]
        for spelling in spellings:
            found = known_zone(spelling)
            if found is not None:
                return Zone(found)
        if defined is not None:
            parts = tuple(
                (part.name, tuple((one.name, one.value) for one in part.properties)) for part in defined.parts
            )
            return _made_of(_Definition(name, parts, defined), self.desk)
        return Zone(self.desk, known=False)


@dataclass(frozen=True, slots=True)
class _Definition:
    """A VTIMEZONE, known by what it says: each event of a server brings its own, and they say the same."""

    name: str
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    component: Component = field(compare=False)


@lru_cache(maxsize=256)
def _made_of(definition: _Definition, desk: ZoneInfo) -> Zone:
    """The zone of a definition, as one with a name everywhere if there is one like it; the desk's own for a bad one."""
    try:
        custom = CustomZone(definition.component)
    except (Refused, ValueError, OverflowError):
        return Zone(desk, known=False)
    return Zone(_same_as(custom, desk) or custom)


@lru_cache(maxsize=1024)
def known_zone(name: str) -> ZoneInfo | None:
    """The zone of a name as programs write it: America/Toronto, Eastern Standard Time, /a.org/…/America/Toronto."""
    plain = name.strip().strip('"')
    parts = plain.split("/")
    for spelling in (
        plain,
        "/".join(parts[-2:]),
        "/".join(parts[-3:]),
        parts[-1] if plain.startswith("tzone:") else "",
    ):
        found = _iana(spelling)
        if found is not None:
            return found
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return _iana(_windows(WINDOWS_TO_OLSON).get(plain.casefold(), ""))


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def _iana(name: str) -> ZoneInfo | None:
    plain = _folded().get(name.casefold().replace(" ", "_"))
    if plain is None:
        return None
    try:
        return ZoneInfo(plain)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _windows(table: Mapping[str, Any]) -> dict[str, str]:
    return {str(name).casefold(): str(iana) for name, iana in table.items()}


class CustomZone(tzinfo):
    """A zone as a VTIMEZONE defines it. Raises `Refused` or `ValueError` for one that defines nothing."""

    def __init__(self, component: Component) -> None:
        self._name = component.value("TZID")
        self._parts = [_Part(part) for part in component.parts if part.name in ("STANDARD", "DAYLIGHT")]
        if not self._parts:
            raise ValueError("the zone says nothing")

    def utcoffset(self, at: datetime | None) -> timedelta:
        """The offset that counts at a local time; where the clocks repeat an hour, the first."""
        if at is None:
            return self._parts[0].offset
        local = at.replace(tzinfo=None)
        last: tuple[datetime, timedelta] | None = None
        for part in self._parts:
            change = part.last_until(local)
            if change is not None and (last is None or change > last[0]):
                last = change, part.offset
        return last[1] if last is not None else min(self._parts, key=lambda part: part.start).before

    def dst(self, at: datetime | None) -> timedelta:
        """Not known apart from the offset."""
        return timedelta()

    def tzname(self, at: datetime | None) -> str:
        """Its name in the file."""
        return self._name

    def fromutc(self, at: datetime) -> datetime:
        """The local time of an instant that is given in UTC."""
        plain = at.replace(tzinfo=None)
        for offset in dict.fromkeys(self.utcoffset(plain + part.offset) for part in self._parts):
            if self.utcoffset(plain + offset) == offset:
                return (plain + offset).replace(tzinfo=self)
        return (plain + self.utcoffset(plain)).replace(tzinfo=self)


class _Part:
    """Standard time or daylight saving time: since when, and by which rule again."""

    def __init__(self, component: Component) -> None:
        self.offset = _offset(component.value("TZOFFSETTO"))
        self.before = _offset(component.value("TZOFFSETFROM") or component.value("TZOFFSETTO"))
        self.start = _local(component.value("DTSTART"))
        text = component.value("RRULE")
        self._rule: Rule | None = parse_rule(text, lambda at: at + self.before) if text else None
        listed = [_local(text) for one in component.all("RDATE") for text in one.value.split(",")[:MOST_CHANGES]]
        self._listed = sorted({self.start, *listed})[:MOST_CHANGES]

    def last_until(self, at: datetime) -> datetime | None:
        """The last change to this part up to a local time."""
        found = [change for change in self._listed if change <= at]
        if self._rule is not None and at >= self.start:
            found += moments(self._rule, self.start, at - timedelta(days=800), at)
            if not found[-1:] and self._rule.until:
                found += moments(self._rule, self.start, self._rule.until - timedelta(days=800), self._rule.until)
        return max(found, default=None)


def _offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text)
    if found is None:
        raise ValueError("the zone has no offset")
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if size >= timedelta(hours=24):
        raise ValueError("the offset is longer than a day")
    return size if found[1] == "+" else -size


def _local(text: str) -> datetime:
    return datetime.strptime(text.strip().removesuffix("Z")[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local


def _same_as(custom: CustomZone, desk: ZoneInfo) -> ZoneInfo | None:
    """The zone that has the same time as this one; the desk's own if that is one of them."""
    offsets = [custom.utcoffset(custom.fromutc(at)) for at in _SAMPLES]

    def agrees(zone: ZoneInfo) -> bool:
        return all(at.astimezone(zone).utcoffset() == offset for at, offset in zip(_SAMPLES, offsets, strict=True))

    if agrees(desk):
        return desk
    names = sorted(available_timezones(), key=lambda name: (name.partition("/")[0] not in _USUAL, name))
    return next((zone for name in names if (zone := _iana(name)) is not None and agrees(zone)), None)


_USUAL = ("America", "Europe", "Asia", "Australia", "Africa", "Pacific", "Atlantic")
