"""What stands in the calendar beside appointments: events and blocked time, and each day of one that recurs (R17).

A row of whole days is read by its days in the desk's zone, whatever instants it was stored with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.event_sources import OURS
from stylistdesk.domain.recurrences import occurrences, series_of
from stylistdesk.domain.types import EventKind
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant, stored

MOST = 2_000
"""So many days of one event that recurs are shown between two instants."""

_COLUMNS = """
    SELECT e.id, e.client_id, c.name AS who, e.kind, e.title, e.note, e.place, e.starts_at, e.ends_at, e.all_day,
           e.starts_on, e.ends_on, e.busy, e.source, e.uid, e.recurs, e.ics
    FROM calendar_event e LEFT JOIN client c ON c.id = e.client_id"""
_INSTEAD = """
    SELECT o.source, o.uid, o.recurrence FROM calendar_event e
    JOIN calendar_event o ON o.source = e.source AND o.uid = e.uid AND o.recurrence <> ''
    WHERE e.recurs AND e.starts_at < :until"""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event or blocked time; instants are UTC. `starts_on` and, not with it, `ends_on` are those of whole days.

    `recurs` says that it is one of a series, which is one row of the desk.
    """

    id: int
    client_id: int | None
    who: str
    kind: EventKind
    title: str
    note: str
    place: str
    starts_at: datetime
    ends_at: datetime
    starts_on: date | None
    ends_on: date | None
    busy: bool
    source: str
    recurs: bool

    @property
    def all_day(self) -> bool:
        """Whether it takes whole days."""
        return self.starts_on is not None

    @property
    def is_ours(self) -> bool:
        """Whether it was made at this desk, and not in another calendar."""
        return self.source == OURS


def events_between(asking: Asking, since: datetime, until: datetime) -> tuple[EventRow, ...]:
    """Those that take some of the time between two instants, the first first."""
    margin = timedelta(days=2)  # whole days are days of the desk, wherever it was when they were written down
    given = {"since": stored(since - margin), "until": stored(until + margin)}
    run = asking.session.connection().exec_driver_sql
    rows = run(f"{_COLUMNS} WHERE NOT e.recurs AND e.starts_at < :until AND e.ends_at >= :since", given)
    found = [_row(row, asking.zone) for row in rows]
    series = run(f"{_COLUMNS} WHERE e.recurs AND e.starts_at < :until", given).all()
    if series:
        instead: dict[tuple[str, str], set[str]] = {}
        for source, uid, recurrence in run(_INSTEAD, given):
            instead.setdefault((source, uid), set()).add(recurrence)
        for row in series:
            found += _expanded(asking, row, since, until, instead.get((row.source, row.uid), set()))
    within = [one for one in found if one.starts_at < until and (since < one.ends_at or since <= one.starts_at)]
    return tuple(sorted(within, key=lambda one: (one.starts_at, one.id)))


def event(asking: Asking, event_id: int) -> EventRow | None:
    """One row, as it stands there."""
    row = asking.session.connection().exec_driver_sql(f"{_COLUMNS} WHERE e.id = ?", (event_id,)).first()
    return _row(row, asking.zone) if row is not None else None


def _row(row: Any, zone: ZoneInfo) -> EventRow:
    starts_on = date.fromisoformat(row.starts_on) if row.all_day and row.starts_on else None
    ends_on = date.fromisoformat(row.ends_on) if row.all_day and row.ends_on else None
    return _made(row, zone, instant(row.starts_at), instant(row.ends_at), starts_on, ends_on)


def _made(
    row: Any, zone: ZoneInfo, starts_at: datetime, ends_at: datetime, starts_on: date | None, ends_on: date | None
) -> EventRow:
    if starts_on is not None:
        ends_on = max(ends_on or starts_on, starts_on + timedelta(days=1))
        starts_at, ends_at = start_of_day(starts_on, zone), start_of_day(ends_on, zone)
    return EventRow(
        id=row.id,
        client_id=row.client_id,
        who=row.who or "",
        kind=EventKind(row.kind),
        title=row.title,
        note=row.note,
        place=row.place,
        starts_at=starts_at,
        ends_at=ends_at,
        starts_on=starts_on,
        ends_on=ends_on if starts_on is not None else None,
        busy=bool(row.busy),
        source=row.source,
        recurs=bool(row.recurs),
    )


# ------------------------------------------------------------------- what recurs


def _expanded(asking: Asking, row: Any, since: datetime, until: datetime, instead: set[str]) -> Iterator[EventRow]:
    """Each of a series between two instants, but those instead of which, by their stamps, a row of its own stands."""
    try:
        of_days = series_of(row.ics).zone is None
    except (Refused, ValueError, KeyError, OverflowError):
        yield _row(row, asking.zone)
        return
    for starts, ends in occurrences(row.ics, since, until, asking.zone, instead)[:MOST]:
        days = tuple(at.astimezone(asking.zone).date() for at in (starts, ends)) if of_days else (None, None)
        yield _made(row, asking.zone, starts, ends, *days)
