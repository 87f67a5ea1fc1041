"""When an event that recurs takes place, from the component that the desk keeps for it (R18, R19).

`calendar_event.ics` of an event that recurs is one VEVENT, as `exchange/ics_events.py` writes it. What counts of it:

    DTSTART;TZID=America/Toronto:20261124T100000  an IANA zone, or …Z, or ;VALUE=DATE:20261124 for whole days
    DTEND;TZID=America/Toronto:20261124T110000    not before DTSTART; of whole days the day after the last
    RRULE:FREQ=WEEKLY;BYDAY=TU                    any number, each without COUNT (its last time is its UNTIL)
    RDATE…  EXDATE…                               any number, in the zone of DTSTART or in UTC
    RDATE;VALUE=PERIOD:20261124T150000Z/PT5400S   one that lasts as long as it says

A row of the series that stands for itself has the same `uid`, and in `recurrence` when it would have been: "20261124"
or "20261124T150000Z". It takes the place of that one: its stamp is one of `overridden`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.recurrence_rules import Rule, moments, parse_rule, without_count

MOST = 10_000
"""So many times of one event are given at most."""

KEPT = 16_384
"""So many series are kept as they were read: a few files may bring as many as one file may have (5,000)."""


@dataclass(frozen=True, slots=True)
class Series:
    """An event that recurs: its first start on the clock of its zone (None: whole days), and how long each time is.

    `also` are times that it takes place too, each with its length if that is its own.
    """

    start: datetime
    zone: ZoneInfo | None
    lasts: timedelta
    rules: tuple[Rule, ...]
    also: tuple[tuple[datetime, timedelta | None], ...]
    never: frozenset[str]


def stamp(at: datetime | date) -> str:
    """The name of one of a series: "20261124T150000Z", or "20261124" for whole days."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(at, datetime) else f"{at:%Y%m%d}"


def occurrences(
    ics: str, since: datetime, until: datetime, zone: ZoneInfo, overridden: Collection[str] = ()
) -> tuple[tuple[datetime, datetime], ...]:
    """The spans (UTC) of an event that recurs which touch a span (UTC), in order; whole days are those of `zone`.

    Nothing for a text that is none. One that takes no time touches the instant at which it is.
    """
    try:
        series = series_of(ics)
    except (Refused, ValueError, KeyError, OverflowError):
        return ()
    own = series.zone or zone
    lengths = {at: series.lasts if lasts is None else lasts for at, lasts in series.also}
    begins = _local(since, own) - max(series.lasts, *lengths.values(), timedelta()) - timedelta(days=1)
    ends = _local(until, own) + timedelta(days=1)
    found = {series.start, *lengths}
    for rule in series.rules:
        found.update(islice(moments(rule, series.start, begins, ends), MOST))
    spans = []
    for at in sorted(found):
        if not begins <= at <= ends:
            continue
        if series.zone is None:
            name, span = stamp(at.date()), _whole_days(at.date(), series.lasts, zone)
        else:
            instant = at.replace(tzinfo=series.zone).astimezone(UTC)
            name, span = stamp(instant), (instant, instant + lengths.get(at, series.lasts))
        touches = span[0] < until and (span[1] > since or span[0] == span[1] == since)
        if touches and name not in series.never and name not in overridden:
            spans.append(span)
    return tuple(spans[:MOST])


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _whole_days(day: date, lasts: timedelta, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return start_of_day(day, zone), start_of_day(day + max(lasts, timedelta(days=1)), zone)


@lru_cache(maxsize=KEPT)
def series_of(ics: str) -> Series:
    """The series that a kept component says. Raises `Refused` or `ValueError` for a text that is none."""
    starts: list[tuple[datetime, ZoneInfo | None]] = []
    ends: list[tuple[datetime, ZoneInfo | None]] = []
    also: list[tuple[datetime, ZoneInfo | None]] = []
    lengths: list[timedelta | None] = []
    never: list[tuple[datetime, ZoneInfo | None]] = []
    texts = []
    places = {"DTSTART": starts, "DTEND": ends, "RDATE": also, "EXDATE": never}
    for line in ics.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "").split("\n"):
        head, _, value = line.partition(":")
        name, *parameters = head.split(";")
        if name == "RRULE":
            texts.append(value)
        elif name in places:
            tzid = next((words.partition("=")[2] for words in parameters if words.startswith("TZID=")), "")
            for text in value.split(","):
                moment, _, period = text.partition("/")
                places[name].append(_read(moment, tzid.strip('"')))
                if name == "RDATE":
                    lengths.append(timedelta(seconds=int(period.strip("PTS"))) if period else None)
    if not starts:
        raise ValueError("there is no DTSTART")
    start, zone = starts[0]
    end, end_zone = ends[0] if ends else starts[0]

    def local(at: datetime, its: ZoneInfo | None) -> datetime:
        return at if zone is None or its is None or its == zone else _local(at.replace(tzinfo=its), zone)

    def from_utc(at: datetime) -> datetime:
        return at if zone is None else _local(at.replace(tzinfo=UTC), zone)

    rules = tuple(without_count(parse_rule(text, from_utc), start) for text in texts)
    lasts = end - start if zone is None else _instant(end, end_zone or zone) - _instant(start, zone)
    return Series(
        start,
        zone,
        max(lasts, timedelta()),
        rules,
        tuple((local(at, its), lasts) for (at, its), lasts in zip(also, lengths, strict=True)),
        frozenset(stamp(at.date()) if zone is None else stamp(_instant(at, its or zone)) for at, its in never),
    )


def _instant(at: datetime, zone: ZoneInfo) -> datetime:
    return at.replace(tzinfo=zone).astimezone(UTC)


def _read(text: str, tzid: str) -> tuple[datetime, ZoneInfo | None]:
    """A moment on the clock of its zone; a day has none."""
    if len(text) == 8:
        return datetime.combine(date.fromisoformat(text), time()), None
    at = datetime.fromisoformat(text.removesuffix("Z"))
    return at, ZoneInfo("UTC") if text.endswith("Z") else ZoneInfo(tzid)


def left_out(ics: str, recurrence: str) -> str:
    """The component with one more time left out, named by its stamp."""
    line = f"EXDATE;VALUE=DATE:{recurrence}" if len(recurrence) == 8 else f"EXDATE:{recurrence}"
    if line in ics.splitlines():
        return ics
    return ics.replace("END:VEVENT", f"{line}\r\nEND:VEVENT")
