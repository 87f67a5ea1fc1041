"""The calendar: what stands on each day, and when the rep works (R13, R16 to R18)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from stylistdesk.domain.assignments import deadline, is_owed, say_type
from stylistdesk.domain.bookings import LONGEST
from stylistdesk.domain.calendar_days import CalendarDay, Entry, What, days_of, with_across
from stylistdesk.domain.dates import end_of_day, next_cadence, say_cadence, start_of_day
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, EventKind
from stylistdesk.domain.working_hours import WorkingHours
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.calendars import open_conflicts
from stylistdesk.queries.events import events_between
from stylistdesk.queries.facts import instant, stored
from stylistdesk.queries.holidays import holidays_between
from stylistdesk.queries.working_hours import working_hours

MOST_CADENCES = 50
"""So many clients whose looks are due are named on a day; all are counted."""

_APPOINTMENTS = """
    SELECT a.id, a.client_id, c.name, a.kind, a.starts_at, a.ends_at, a.confirmed_at IS NOT NULL,
           a.cancelled_at IS NOT NULL, a.brand_id, a.note, coalesce(nullif(l.name, ''), l.line1, '')
    FROM appointment a JOIN client c ON c.id = a.client_id LEFT JOIN location l ON l.id = a.location_id
    WHERE a.starts_at > :long_before AND a.starts_at < :until"""
_ASSIGNMENTS = """
    SELECT a.id, a.client_id, c.name, a.type, a.revision_number, a.status, a.consultation_at, a.consultation_ends_at,
           a.look_review_at, a.cancelled_at, a.delivered_at,
           EXISTS (SELECT 1 FROM appointment p WHERE p.assignment_id = a.id AND lower(p.kind) = 'consultation'),
           EXISTS (SELECT 1 FROM appointment p WHERE p.assignment_id = a.id AND lower(p.kind) = 'look review')
    FROM assignment a JOIN client c ON c.id = a.client_id
    WHERE (a.status NOT IN ('cancelled', 'no_show') OR a.status = 'cancelled' AND a.cancelled_at IS NOT NULL)
      AND (a.consultation_at > :long_before AND a.consultation_at < :until
           OR a.look_review_at >= :since AND a.look_review_at < :until)"""
_FOLLOW_UPS = """
    SELECT f.id, f.client_id, c.name, f.due_on, f.channel, f.reminder
    FROM follow_up f JOIN client c ON c.id = f.client_id
    WHERE f.status = 'scheduled' AND f.due_on >= :first AND f.due_on < :until"""
_TASKS = """
    SELECT t.id, t.client_id, c.name, t.due_on, t.description
    FROM task t LEFT JOIN client c ON c.id = t.client_id
    WHERE t.done_at IS NULL AND t.due_on >= :first AND t.due_on < :until"""
_CADENCES = """
    SELECT anchor_on, every, unit, count(*), group_concat(client_id) FROM cadence
    WHERE paused_at IS NULL AND every > 0 AND anchor_on < :until GROUP BY anchor_on, every, unit"""

_HOST_EVENTS = """
    SELECT e.id, e.client_id, c.name, e.name, e.opens_on, e.closes_on, e.held_at, e.place
    FROM host_event e LEFT JOIN client c ON c.id = e.client_id
    WHERE e.cancelled_at IS NULL AND (e.opens_on >= :first AND e.opens_on < :until
        OR e.closes_on >= :first AND e.closes_on < :until OR e.held_at > :long_before AND e.held_at < :until_at)"""

LOOK_REVIEW = "look review"
"""A look review without an end takes no time: it says when the looks are best sent (R13)."""

_OPEN = (AssignmentStatus.SCHEDULED, AssignmentStatus.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """Some days with all that stands on them, and her hours.

    `waiting` is how many events were changed here and on a server too.
    """

    days: tuple[CalendarDay, ...]
    hours: WorkingHours
    waiting: int = 0


def calendar_page(asking: Asking, first: date, until: date) -> CalendarPage:
    """The local days from `first` up to, not with, `until`, each with what stands on it."""
    hours, reader = working_hours(asking), _Reader(asking, first, until)
    entries = with_across(
        [*reader.appointments(), *reader.assignments(), *reader.events(), *reader.parties()],
        reader.usual,
        asking.settings.overlaps,
    )
    entries += [*reader.shop_windows(), *reader.follow_ups(), *reader.tasks()]
    cadences, counts = reader.cadences()
    holidays = holidays_between(asking, first, until)
    days = days_of(first, until, entries + cadences, hours, asking.zone, holidays, counts)
    return CalendarPage(days, hours, open_conflicts(asking))


class _Reader:
    """Reads what stands on some days, a statement for each kind."""

    def __init__(self, asking: Asking, first: date, until: date) -> None:
        self.asking, self.first, self.until = asking, first, until
        self.zone = asking.zone
        self.since_at, self.until_at = start_of_day(first, self.zone), start_of_day(until, self.zone)
        self.usual = timedelta(minutes=asking.settings.appointment_minutes)
        self.instants = {
            "since": stored(self.since_at),
            "until": stored(self.until_at),
            "long_before": stored(self.since_at - LONGEST - timedelta(days=1)),
        }
        self.dates = {"first": first.isoformat(), "until": until.isoformat()}

    def _rows(self, statement: str, given: dict[str, str]) -> Any:
        return self.asking.session.connection().exec_driver_sql(statement, given)

    def _reaches(self, starts_at: datetime, ends_at: datetime) -> bool:
        return starts_at < self.until_at and (ends_at > self.since_at or starts_at >= self.since_at)

    def appointments(self) -> Iterator[Entry]:
        for number, client_id, who, kind, starts, ends, confirmed, cancelled, brand_id, note, place in self._rows(
            _APPOINTMENTS, {name: at for name, at in self.instants.items() if name != "since"}
        ):
            starts_at = instant(starts)
            timeless = not ends and kind.casefold() == LOOK_REVIEW
            ends_at = instant(ends) if ends else starts_at if timeless else starts_at + self.usual
            if self._reaches(starts_at, ends_at):
                yield Entry(
                    What.APPOINTMENT,
                    number,
                    starts_at,
                    ends_at,
                    kind,
                    client_id=client_id,
                    who=who,
                    words=note,
                    place=place,
                    confirmed=bool(confirmed),
                    cancelled=bool(cancelled),
                    busy=not timeless,
                    brand_id=brand_id,
                )

    def assignments(self) -> Iterator[Entry]:
        """Consultations and look reviews for which no appointment was written down, and the lookbooks that are due.

        A lookbook is due too where the session was cancelled so late that it is still to be sent (R14).
        """
        settings = self.asking.settings
        within = timedelta(hours=settings.late_change_hours)
        for row in self._rows(_ASSIGNMENTS, self.instants):
            number, client_id, who, kind, revision, told, starts, ends, reviews, gone, sent, held, reviewed = row
            status, about = AssignmentStatus(told), say_type(AssignmentType(kind), revision)
            starts_at, ends_at, review_at, gone_at, sent_at = (
                instant(at) if at else None for at in (starts, ends, reviews, gone, sent)
            )
            whose = {"client_id": client_id, "who": who}
            takes_place = status is not AssignmentStatus.CANCELLED
            if starts_at is not None:
                until = ends_at or starts_at + self.usual
                if takes_place and not held and self._reaches(starts_at, until):
                    yield Entry(
                        What.CONSULTATION, number, starts_at, until, "Consultation", words=about, busy=True, **whose
                    )
                due_at = deadline(starts_at, ends_at, settings.deadline_counts_from, self.usual, self.zone)
                due = status in _OPEN and sent_at is None
                if due or is_owed(status, starts_at, due_at, gone_at, sent_at, within):
                    day = due_at.astimezone(self.zone).date()
                    if self.first <= day < self.until:
                        yield self._due(What.DEADLINE, number, day, f"Lookbook due, {about}", "", **whose)
            if review_at is not None and takes_place and not reviewed and self._reaches(review_at, review_at):
                yield Entry(What.LOOK_REVIEW, number, review_at, review_at, "Look review", words=about, **whose)

    def events(self) -> Iterator[Entry]:
        for one in events_between(self.asking, self.since_at, self.until_at):
            yield Entry(
                What.BLOCKED if one.kind is EventKind.BLOCKED else What.EVENT,
                one.id,
                one.starts_at,
                one.ends_at,
                one.title,
                all_day=one.all_day,
                client_id=one.client_id,
                words=f"with {one.who}" if one.who else one.note,
                place=one.place,
                busy=one.busy,
                ours=one.is_ours,
                recurs=one.recurs,
            )

    def parties(self) -> Iterator[Entry]:
        """The hours at which events with a shop window are held."""
        for number, client_id, who, name, _, _, held, place in self._host_events:
            held_at = instant(held) if held else None
            if held_at is not None and self._reaches(held_at, held_at + self.usual):
                words = f"with {who}" if who else ""
                yield Entry(
                    What.PARTY,
                    number,
                    held_at,
                    held_at + self.usual,
                    name,
                    client_id=client_id,
                    words=words,
                    place=place,
                    busy=True,
                )

    def shop_windows(self) -> Iterator[Entry]:
        """The days on which shop windows open and close (R37): two marks of each, or one for a window of one day."""
        for number, client_id, _, name, opens, closes, *_rest in self._host_events:
            for day, said in ((opens, "Opens" if opens != closes else "Open today"), (closes, "Closes")):
                on = date.fromisoformat(day)
                if self.first <= on < self.until and (said != "Closes" or opens != closes):
                    words = "the last day of its shop window" if said == "Closes" else ""
                    yield self._due(What.SHOP_WINDOW, number, on, f"{said}: {name}", words, client_id=client_id)

    @cached_property
    def _host_events(self) -> Any:
        given = {**self.dates, "until_at": self.instants["until"], "long_before": self.instants["long_before"]}
        return self._rows(_HOST_EVENTS, given).all()

    def follow_ups(self) -> Iterator[Entry]:
        for number, client_id, who, due_on, channel, reminder in self._rows(_FOLLOW_UPS, self.dates):
            how = (channel or "").replace("_", " ")
            title = f"Follow-up, {how}" if how else "Follow-up"
            yield self._due(
                What.FOLLOW_UP, number, date.fromisoformat(due_on), title, reminder, client_id=client_id, who=who
            )

    def tasks(self) -> Iterator[Entry]:
        for number, client_id, who, due_on, description in self._rows(_TASKS, self.dates):
            yield self._due(
                What.TASK, number, date.fromisoformat(due_on), description, "", client_id=client_id, who=who or ""
            )

    def cadences(self) -> tuple[list[Entry], dict[date, int]]:
        """The clients whose looks are due by their cadence, from its anchor; of each day the first few (R18)."""
        counts: dict[date, int] = {}
        due: dict[date, list[tuple[int, str]]] = {}
        for anchor, every, unit, count, clients in self._rows(_CADENCES, {"until": self.dates["until"]}):
            counted, at = (date.fromisoformat(anchor), every, unit), self.first - timedelta(days=1)
            while (at := next_cadence(*counted, after=at)) < self.until:
                counts[at] = counts.get(at, 0) + count
                named = due.setdefault(at, [])
                if len(named) < MOST_CADENCES:
                    words = say_cadence(every, unit)
                    named += [(int(one), words) for one in clients.split(",")[: MOST_CADENCES - len(named)]]
        names = self._names({client_id for named in due.values() for client_id, _ in named})
        entries = [
            self._due(What.CADENCE, client_id, day, "Looks due", words, client_id=client_id, who=names[client_id])
            for day, named in due.items()
            for client_id, words in named
        ]
        return entries, counts

    def _names(self, client_ids: set[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        wanted = sorted(client_ids)
        for at in range(0, len(wanted), 500):
            listed = ",".join(str(one) for one in wanted[at : at + 500])
            found |= dict(self._rows(f"SELECT id, name FROM client WHERE id IN ({listed})", {}).all())
        return found

    def _due(self, what: What, number: int, day: date, title: str, words: str, **fields: Any) -> Entry:
        starts_at, ends_at = start_of_day(day, self.zone), end_of_day(day, self.zone)
        return Entry(what, number, starts_at, ends_at, title, all_day=True, words=words, **fields)
