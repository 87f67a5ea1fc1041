"""Calendars of other programs (iCalendar, RFC 5545): one event of the desk's calendar each VEVENT (R19).

What cannot be read as an event is refused by its line, and the others go in. Tasks, journals and reminders of a
calendar are no events; that they are there is told.
"""

from collections.abc import Iterator
from io import StringIO
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import BadFile, Refused
from stylistdesk.domain.text import clean
from stylistdesk.exchange.cards import shown
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.ics_events import event_record
from stylistdesk.exchange.ics_lines import Component, components
from stylistdesk.exchange.ics_zones import Zones
from stylistdesk.exchange.reading import SAMPLES, Reading
from stylistdesk.exchange.records import EventRecord, Notice, RefusedRow, Rows
from stylistdesk.exchange.rows import Lines

MOST_EVENTS = 100_000
"""The most events that one file may have."""

MOST_SERIES = 5_000
"""The most of them that may recur."""

_USED = (
    "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "LOCATION", "DESCRIPTION",
    "STATUS", "TRANSP", "ATTENDEE", "ORGANIZER", "UID",
)  # fmt: skip
_SILENT = frozenset(
    {
        *_USED, "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "X-MICROSOFT-CDO-BUSYSTATUS", "X-STYLISTDESK-KIND",
        "EXRULE",
    }
)  # fmt: skip
_NO_EVENTS = frozenset({"VCALENDAR", "VTIMEZONE", "VFREEBUSY"})
_WIDE = ("utf-16", "utf-32")
_ZONES = "zones of the file"


def _read(reading: Reading) -> Rows:
    encoding = reading.source.encoding
    wide = encoding.startswith(_WIDE)
    with reading.opened(encoding if wide else "latin-1") as handle:
        found = components(Lines(handle), None if wide else encoding)
        if reading.passes == 1:
            zones, name = Zones(reading.locale.zone), ""
            for number, component in enumerate(found):
                reading.count(number, handle)
                if isinstance(component, Component):
                    name = _learn(component, zones, name)
                    _show(component, reading)
            reading.remembered[_ZONES] = zones, name
            return
        zones, name = reading.remembered[_ZONES]
        events = series = 0
        for number, component in enumerate(found):
            reading.count(number, handle)
            if isinstance(component, Component):
                events += component.name == "VEVENT"
                if events > MOST_EVENTS:
                    raise BadFile(f"The file has more than {MOST_EVENTS:,} events.", hint="Split it, import the parts.")
                series += component.first("RRULE") is not None
                if series > MOST_SERIES:
                    raise BadFile(f"More than {MOST_SERIES:,} of its events recur.", hint="Split it, import the parts.")
                yield from _event(component, zones, name)
            else:
                yield component


def _learn(component: Component, zones: Zones, name: str) -> str:
    """Know a zone of the file; what the calendar is called, once it says so."""
    if component.name == "VTIMEZONE":
        zones.define(component)
    if component.name == "VCALENDAR":
        given = component.first("X-WR-CALNAME") or component.first("NAME")
        return clean(given.text, limit=100) if given else name
    return name


def _show(component: Component, reading: Reading) -> None:
    """Keep what the preview shows: the first events, and what nothing is made of."""
    if component.name not in ("VEVENT", *_NO_EVENTS):
        reading.unknown[component.name] = None
    if component.name != "VEVENT":
        return
    reading.unknown |= dict.fromkeys(one.name for one in component.properties if one.name not in _SILENT)
    reading.unknown |= dict.fromkeys(sorted(component.inside))
    if len(reading.samples) < SAMPLES:
        reading.samples.append(tuple(", ".join(map(shown, component.all(name)))[:200] for name in _USED))


def _event(component: Component, zones: Zones, calendar: str) -> Iterator[EventRecord | RefusedRow | Notice]:
    if component.name != "VEVENT":
        return
    try:
        record, notices = event_record(component, zones, calendar)
    except Refused as error:
        yield RefusedRow(component.line, str(error))
        return
    yield from notices
    yield record


def events_in(text: str, zone: ZoneInfo) -> list[EventRecord | RefusedRow | Notice]:
    """What a calendar in memory holds; `zone` is the desk's."""
    zones, name, found = Zones(zone), "", list(components(Lines(StringIO(text, newline="")), None))
    for component in found:
        if isinstance(component, Component):
            name = _learn(component, zones, name)
    rows: list[EventRecord | RefusedRow | Notice] = []
    for component in found[:MOST_EVENTS]:
        rows += _event(component, zones, name) if isinstance(component, Component) else [component]
    return rows


ICALENDAR = Format(
    name="icalendar",
    label="iCalendar events",
    program="icalendar",
    required=(),
    used=_USED,
    read=_read,
    aliases=("ics", "ical", "calendar"),
    begins="VCALENDAR",
)
