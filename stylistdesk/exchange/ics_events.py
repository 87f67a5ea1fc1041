"""One event of an iCalendar file as a record of the desk (R19): its times in UTC, its rule in one normal form."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.recurrence_rules import Rule, format_rule, parse_rule, without_count
from stylistdesk.domain.recurrences import stamp
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import EventKind
from stylistdesk.exchange.cards import Property
from stylistdesk.exchange.cells import email_address
from stylistdesk.exchange.ics_lines import Component
from stylistdesk.exchange.ics_times import Moment, Reader, length, span
from stylistdesk.exchange.ics_zones import Zones
from stylistdesk.exchange.records import EventRecord, Notice

UNTITLED = "(no title)"

MOST_DAYS = 10_000
"""The most days that a series may add or leave out one by one."""

_NOTE = 20_000
_UTC = ZoneInfo("UTC")


def event_record(component: Component, zones: Zones, calendar: str = "") -> tuple[EventRecord, list[Notice]]:
    """The record of a VEVENT, and what is to be told of it. Raises `Refused` for what is no event."""
    reader = Reader(component, zones)
    desk = zones.desk
    starts, ends = span(reader)
    whole = starts.zone is None
    described = _said(component, "DESCRIPTION")
    if len(described) > _NOTE + 100:
        reader.tell(f"its description was cut at {_NOTE:,} characters", component.first("DESCRIPTION"))
    record = EventRecord(
        component.line,
        uid=clean(_said(component, "UID"), limit=300),
        recurrence=_recurrence(reader, starts, desk),
        title=_text(component, "SUMMARY") or UNTITLED,
        starts_at=starts.instant(desk),
        ends_at=ends.instant(desk),
        kind=EventKind.BLOCKED if component.value("X-STYLISTDESK-KIND").lower() == "blocked" else EventKind.EVENT,
        note=clean(described, multiline=True, limit=_NOTE),
        place=_text(component, "LOCATION"),
        starts_on=starts.local.date() if whole else None,
        ends_on=ends.local.date() if whole else None,
        busy=_is_busy(component),
        emails=_emails(component),
        cancelled=component.value("STATUS").upper() == "CANCELLED",
        sequence=_sequence(component),
        calendar=calendar,
    )
    if not record.uid:
        record = replace(record, uid=_made_of(record, component))
    if not record.recurrence:
        record = replace(record, ics=_series(reader, record.uid, starts, ends))
    unread = [Notice(line, "the line is no property; it was left out") for line in component.unread[:20]]
    return record, [*unread, *dict.fromkeys(reader.notices)]


def _text(component: Component, name: str) -> str:
    return clean(_said(component, name), limit=500)


def _said(component: Component, name: str) -> str:
    found = component.first(name)
    return found.text if found else ""


# ---------------------------------------------------------------- what recurs


def _recurrence(reader: Reader, starts: Moment, desk: ZoneInfo) -> str:
    one = reader.component.first("RECURRENCE-ID")
    if one is None:
        return ""
    if "THISANDFUTURE" in (words.upper() for words in one.parameters.get("RANGE", ())):
        reader.tell("it changes all later ones of its series too; only the one that it names was changed", one)
    at = reader.moment(one)
    if at.zone is None and starts.zone is not None:  # a day names the one of a series at that day, at its usual hour
        at = Moment(datetime.combine(at.local.date(), starts.local.time()), starts.zone)
    return stamp(at.local.date() if at.zone is None else at.instant(desk))


def _series(reader: Reader, uid: str, starts: Moment, ends: Moment) -> str:
    """What says when it takes place again, in the form that `domain/recurrences.py` reads; nothing if it does not."""
    component, desk = reader.component, reader.zones.desk
    if not (component.all("RRULE") or component.all("RDATE")):
        return ""
    zone = starts.zone if isinstance(starts.zone, ZoneInfo) else None
    if starts.zone is not None and zone is None:
        reader.tell("its zone is one of the file's own; it recurs at the hour in UTC that its first day has")
        zone = _UTC
        starts, ends = (Moment(at.instant(desk).replace(tzinfo=None), zone) for at in (starts, ends))
    rules = [rule for one in component.all("RRULE") if (rule := _rule(reader, one, starts)) is not None]
    also = _moments(reader, "RDATE", starts)
    if not rules and not also:
        return ""
    if component.first("EXRULE") is not None:
        reader.tell("a rule of days to leave out (EXRULE) is not read", component.first("EXRULE"))
    lines = ["BEGIN:VEVENT", f"UID:{uid}", _line("DTSTART", starts, zone, desk), _line("DTEND", ends, zone, desk)]
    lines += [f"RRULE:{format_rule(rule, zone)}" for rule in dict.fromkeys(rules)]
    lines += dict.fromkeys(_added(at, lasts, zone, desk) for at, lasts in also)
    lines += dict.fromkeys(_line("EXDATE", at, zone, desk) for at, _ in _moments(reader, "EXDATE", starts))
    return "\r\n".join([*lines, "END:VEVENT", ""])


def _rule(reader: Reader, one: Property, starts: Moment) -> Rule | None:
    def local(at: datetime) -> datetime:
        return at if starts.zone is None else at.replace(tzinfo=UTC).astimezone(starts.zone).replace(tzinfo=None)

    try:
        return without_count(parse_rule(one.value, local), starts.local)
    except Refused as no:
        reader.tell(f"{clean(no.reason)}; only its first time was kept", one)
        return None


def _moments(reader: Reader, name: str, starts: Moment) -> list[tuple[Moment, timedelta | None]]:
    """The times that it adds or leaves out; with a length those that are periods, which last as long as they say."""
    found: list[tuple[Moment, timedelta | None]] = []
    for one in reader.component.all(name):
        for written in one.value.split(","):
            text, _, period = written.partition("/")
            try:
                at = reader.moment(one, text)
            except Refused as no:
                reader.tell(f"{no.reason}; it was left out", one)
                continue
            lasts = length(reader, one, at, period) if period and at.zone is not None and starts.zone else None
            if at.zone is None and starts.zone is not None:
                at = Moment(datetime.combine(at.local.date(), starts.local.time()), starts.zone)
            elif starts.zone is None:
                at = Moment(datetime.combine(at.local.date(), time()), None)
            found.append((at, lasts))
    if len(found) > MOST_DAYS:
        reader.tell(f"more than {MOST_DAYS:,} days stand in its {name}; the others were left out")
    return found[:MOST_DAYS]


def _added(at: Moment, lasts: timedelta | None, zone: ZoneInfo | None, desk: ZoneInfo) -> str:
    if lasts is None:
        return _line("RDATE", at, zone, desk)
    return f"{_line('RDATE;VALUE=PERIOD', at, zone, desk)}/PT{int(lasts.total_seconds())}S"


def _line(name: str, at: Moment, zone: ZoneInfo | None, desk: ZoneInfo) -> str:
    if at.zone is None:
        return f"{name};VALUE=DATE:{at.local:%Y%m%d}"
    if at.zone == zone and zone is not None and zone.key != "UTC":
        return f"{name};TZID={zone.key}:{at.local:%Y%m%dT%H%M%S}"
    return f"{name}:{at.instant(desk):%Y%m%dT%H%M%SZ}"


# -------------------------------------------------------------------- the rest


def _is_busy(component: Component) -> bool:
    free = component.value("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE"
    return component.value("TRANSP").upper() != "TRANSPARENT" and not free


def _emails(component: Component) -> tuple[str, ...]:
    found = []
    for one in (*component.all("ATTENDEE")[:200], *component.all("ORGANIZER")[:1]):
        given = [*one.parameters.get("EMAIL", ()), one.value.strip()]
        found += [text[7:] if text.lower().startswith("mailto:") else text for text in given if "@" in text]
    return tuple(dict.fromkeys(email for text in found if (email := email_address(text))))


def _sequence(component: Component) -> int:
    text = component.value("SEQUENCE")
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0


def _made_of(record: EventRecord, component: Component) -> str:
    """A name of its own for an event without one: the same each time that the same event comes."""
    said: Sequence[str] = [
        record.title,
        record.place,
        record.note,
        *(component.value(name) for name in ("DTSTART", "DTEND", "DURATION", "RRULE")),
    ]
    return f"made-{hashlib.sha256(chr(0).join(said).encode()).hexdigest()[:32]}"
