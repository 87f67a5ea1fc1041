"""The desk's calendar as other programs read it (iCalendar, RFC 5545), and when the rep has no time (R19).

Appointments are events. So are follow-ups, of a whole day and taking no time: Google's calendar and Outlook leave out
tasks (VTODO) when they read a file. Times are in UTC, which every program shows on its own clock; only what recurs has
a zone. Nothing depends on when the file is written, but for an appointment that has begun, which is confirmed then: a
row that has not changed is the same to the byte.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from stylistdesk.domain.recurrences import Series, series_of
from stylistdesk.domain.types import BY_CHANNEL, EventKind
from stylistdesk.domain.working_hours import Span
from stylistdesk.exchange.our_uids import uid_of
from stylistdesk.exchange.records import EventRecord
from stylistdesk.queries.exports_of_calendar import (
    ExportAppointment,
    ExportCalendar,
    ExportEvent,
    ExportFollowUp,
    ExportShopDay,
)

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_PRODUCT = "-//stylistdesk//stylistdesk//EN"
Changes = dict[tuple[str, int], tuple[int, datetime]]


def calendar_text(found: ExportCalendar, desk: str, zone: ZoneInfo, now: datetime) -> bytes:
    """The whole file; `desk` is the mark in uids. `now` stands only where it is not known when a row was last changed.

    A thing has the same uid on a server: what is in a calendar from there is no other one in the file.
    """
    calendar = _calendar("stylistdesk", zone)
    series = {one.uid: one.id for one in found.events if not one.recurrence}
    events: list[tuple[str, int, Event]] = [
        *(("appointment", one.id, appointment_event(one, desk)) for one in found.appointments),
        *(("follow_up", one.id, follow_up_event(one, desk)) for one in found.follow_ups),
        *(("calendar_event", one.id, own_event(one, desk, series.get(one.uid))) for one in found.events),
        *(("host_event", one.id, shop_event(one, desk)) for one in found.shop_days),
    ]
    for table, row_id, event in events:
        count, at = found.changes.get((table, row_id), (0, now))
        stamped(event, count, at)
        calendar.add_component(event)
    if any(one.ics for one in found.events):
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def stamped(event: "Event", sequence: int, at: datetime) -> "Event":
    """The event with how often it was changed, and when the last time."""
    at = at.astimezone(UTC).replace(microsecond=0)
    event.add("DTSTAMP", at)
    event.add("LAST-MODIFIED", at)
    event.add("SEQUENCE", sequence)
    return event


def as_file(events: Iterable["Event"], zone: ZoneInfo) -> bytes:
    """Events as a file of their own."""
    calendar = _calendar("", zone)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _calendar(name: str, zone: ZoneInfo) -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    if name:
        calendar.add("X-WR-CALNAME", name)
        calendar.add("X-WR-TIMEZONE", zone.key)
    return calendar


def _event(uid: str, title: str, place: str, note: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("UID", uid)
    event.add("SUMMARY", title)
    if place:
        event.add("LOCATION", place)
    if note:
        event.add("DESCRIPTION", note)
    return event


def appointment_event(one: ExportAppointment, desk: str) -> "Event":
    """An appointment: tentative until it is confirmed or begins."""
    event = _event(uid_of("appointment", one.id, desk), appointment_title(one), one.place, one.note)
    event.add("DTSTART", one.starts_at)
    event.add("DTEND", one.ends_at)
    event.add("STATUS", "CANCELLED" if one.cancelled else "CONFIRMED" if one.confirmed else "TENTATIVE")
    event.add("TRANSP", "OPAQUE" if one.busy and not one.cancelled else "TRANSPARENT")
    return event


def appointment_title(one: ExportAppointment) -> str:
    """What another calendar calls an appointment: "Ana Ruiz, consultation"."""
    return f"{one.client}, {one.kind}"


def follow_up_event(one: ExportFollowUp, desk: str) -> "Event":
    """A follow-up: the whole day, taking no time."""
    event = _event(uid_of("follow_up", one.id, desk), follow_up_title(one), "", one.note)
    event.add("DTSTART", one.due_on)
    event.add("DTEND", one.due_on + timedelta(days=1))
    event.add("TRANSP", "TRANSPARENT")
    return event


def follow_up_title(one: ExportFollowUp) -> str:
    """What another calendar calls a follow-up: "Follow up with Ana Ruiz by text"."""
    by = f" {BY_CHANNEL[one.channel]}" if one.channel is not None else ""
    return f"Follow up with {one.client}{by}"


def shop_event(one: ExportShopDay, desk: str) -> "Event":
    """A day on which a shop window opens or closes, taking no time; or the party's hour, which does."""
    event = _event(uid_of(one.what, one.id, desk), one.title, one.place, one.note)
    event.add("DTSTART", one.on or one.starts_at)
    event.add("DTEND", one.on + timedelta(days=1) if one.on is not None else one.ends_at)
    if one.cancelled:
        event.add("STATUS", "CANCELLED")
    event.add("TRANSP", "TRANSPARENT" if one.on is not None or one.cancelled else "OPAQUE")
    return event


def record_event(one: EventRecord) -> "Event":
    """An event of another calendar, as the desk understood it."""
    return _any_event(
        ExportEvent(
            0,
            one.uid,
            one.recurrence,
            one.kind,
            one.title,
            one.note,
            one.place,
            one.starts_at,
            one.ends_at,
            one.starts_on,
            one.ends_on,
            one.busy,
            one.ics,
        ),
        one.uid,
    )


def own_event(one: ExportEvent, desk: str, series: int | None = None) -> "Event":
    """An event or blocked time of the desk; one of a series that differs is known by the id of that."""
    return _any_event(one, uid_of("calendar_event", series or one.id, desk))


def _any_event(one: ExportEvent, uid: str) -> "Event":
    event = _event(uid, one.title, one.place, one.note)
    if one.ics:
        _add_series(event, series_of(one.ics), one.ics)
    elif one.starts_on is not None:
        event.add("DTSTART", one.starts_on)
        event.add("DTEND", max(one.ends_on or one.starts_on, one.starts_on + timedelta(days=1)))
    else:
        event.add("DTSTART", one.starts_at)
        event.add("DTEND", one.ends_at)
    if one.recurrence:
        event.add("RECURRENCE-ID", _named(one.recurrence))
    event.add("TRANSP", "OPAQUE" if one.busy else "TRANSPARENT")
    if one.kind is EventKind.BLOCKED:
        event.add("X-STYLISTDESK-KIND", "blocked")
    return event


def _named(stamp: str) -> date:
    """The time of which a series the stamp is the name."""
    if len(stamp) == 8:
        return date.fromisoformat(stamp)
    return datetime.fromisoformat(stamp.removesuffix("Z")).replace(tzinfo=UTC)


def _add_series(event: "Event", series: Series, ics: str) -> None:
    """The times of a series as they are kept."""
    from icalendar import vPeriod, vRecur

    def told(at: datetime) -> Any:
        return at.date() if series.zone is None else at.replace(tzinfo=series.zone)

    event.add("DTSTART", told(series.start))
    if series.zone is None:
        event.add("DTEND", told(series.start + series.lasts))
    else:
        event.add("DTEND", (told(series.start).astimezone(UTC) + series.lasts).astimezone(series.zone))
    for line in ics.replace("\r\n", "\n").replace("\n ", "").split("\n"):
        if line.startswith("RRULE:"):
            event.add("RRULE", vRecur.from_ical(line.removeprefix("RRULE:")))
    for at, lasts in series.also:
        event.add("RDATE", told(at) if lasts is None else vPeriod((told(at), lasts)))
    for stamp in sorted(series.never):
        event.add("EXDATE", _named(stamp))


# ------------------------------------------------------------------- free or busy


def freebusy_text(
    busy: Sequence[Span], working: Sequence[Span], since: datetime, until: datetime, now: datetime
) -> tuple[bytes, int]:
    """When the rep is busy, and when she does not work; with whom and with what is nobody's business. And how many."""
    from icalendar import FreeBusy, vPeriod

    calendar = _calendar("", ZoneInfo("UTC"))
    part = FreeBusy()
    part.add("UID", "freebusy@stylistdesk")
    part.add("DTSTAMP", now.astimezone(UTC).replace(microsecond=0))
    part.add("DTSTART", since)
    part.add("DTEND", until)
    count = 0
    for kind, spans in (("BUSY", busy), ("BUSY-UNAVAILABLE", _between(working, since, until))):
        for span in spans:
            part.add("FREEBUSY", vPeriod(span), parameters={"FBTYPE": kind})
            count += 1
    calendar.add_component(part)
    return bytes(calendar.to_ical()), count


def _between(spans: Sequence[Span], since: datetime, until: datetime) -> Iterator[Span]:
    """The time that is in none of the spans, which are in order."""
    at = since
    for starts, ends in spans:
        if at < starts:
            yield at, starts
        at = max(at, ends)
    if at < until:
        yield at, until
