"""Events and blocked time of the rep's own calendar (R17). Those of other calendars are changed there."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.db.tables import CalendarAccount, CalendarEvent, CalendarLink
from stylistdesk.domain.bookings import check_span
from stylistdesk.domain.dates import say_day, start_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.event_sources import OURS
from stylistdesk.domain.seasons import YEARS
from stylistdesk.domain.text import clean, shortened
from stylistdesk.domain.types import EventKind

LONGEST = timedelta(days=366)
"""Whole days end within a year: a leave, say."""

BLOCKED_TITLE = "Blocked"
"""What blocked time is called that has no name."""


@dataclass(frozen=True, slots=True)
class EventForm:
    """What the form of an event holds: instants in UTC, or whole days from `starts_on` up to, not with, `ends_on`."""

    title: str
    kind: EventKind = EventKind.EVENT
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    client_id: int | None = None
    place: str = ""
    note: str = ""
    busy: bool = True

    def checked(self, work: Work) -> "EventForm":
        """The same, cleaned, with its instants. Raises `Refused` at the first wrong field."""
        title = clean(self.title)
        if not title and self.kind is EventKind.BLOCKED:
            title = BLOCKED_TITLE
        if not title:
            raise Refused("Say what it is.", field="title", hint="For example: trade show, school play.")
        if self.client_id is not None:
            client_named(work.session, self.client_id)
        starts_at, ends_at = self._span(work)
        return replace(
            self,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            place=clean(self.place),
            note=clean(self.note, multiline=True, limit=MOST_WORDS),
            busy=self.busy or self.kind is EventKind.BLOCKED,
        )

    def _span(self, work: Work) -> tuple[datetime, datetime]:
        if self.starts_on is not None:
            ends_on = self.ends_on or self.starts_on + timedelta(days=1)
            if ends_on <= self.starts_on:
                raise Refused("It ends before it starts.", field="ends", hint="The last day, or how many: fri, 3 days.")
            if ends_on - self.starts_on > LONGEST or self.starts_on.year not in YEARS:
                raise Refused("That is longer than a year, or too far away.", field="ends")
            return start_of_day(self.starts_on, work.zone), start_of_day(ends_on, work.zone)
        if self.starts_at is None or self.starts_at.year not in YEARS:
            raise Refused("Say when it starts.", field="starts", hint="For example: fri 10:00, 3/14 9:30, 3/14.")
        ends_at = self.ends_at or self.starts_at + timedelta(minutes=work.settings.appointment_minutes)
        check_span(self.starts_at, ends_at)
        return self.starts_at, ends_at


def _fill(event: CalendarEvent, form: EventForm) -> None:
    assert form.starts_at is not None and form.ends_at is not None
    event.client_id, event.kind, event.busy = form.client_id, form.kind, form.busy
    event.title, event.place, event.note = form.title, form.place, form.note
    event.starts_at, event.ends_at = form.starts_at, form.ends_at
    event.all_day = form.starts_on is not None
    event.starts_on = form.starts_on
    event.ends_on = (form.ends_on or form.starts_on + timedelta(days=1)) if form.starts_on is not None else None


def _when(work: Work, form: EventForm) -> str:
    assert form.starts_at is not None
    local = form.starts_at.astimezone(work.zone)
    day = say_day(local.date(), work.now.astimezone(work.zone).date())
    day = f"on {day}" if " " in day else day
    return day if form.starts_on is not None else f"{day} {local.hour}:{local.minute:02}"


def _about(form: EventForm) -> tuple[int, ...]:
    return (form.client_id,) if form.client_id is not None else ()


@dataclass(frozen=True, slots=True)
class AddEvent:
    """Put an event into the calendar, or block time. `Outcome.value` is its id."""

    form: EventForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field."""
        form = self.form.checked(work)
        assert form.starts_at is not None and form.ends_at is not None
        event = CalendarEvent(
            kind=form.kind, title=form.title, starts_at=form.starts_at, ends_at=form.ends_at, source=OURS, uid=""
        )
        _fill(event, form)
        # One that is being written has no name yet, and two without a name are refused: there is only ever one.
        work.session.add(event)
        work.session.flush()
        event.uid = f"event-{event.id}@stylistdesk"
        work.session.flush()
        blocked = form.kind is EventKind.BLOCKED
        what = "time" if blocked and form.title == BLOCKED_TITLE else f"“{shortened(form.title, 40)}”"
        did = "Blocked" if blocked else "Added"
        return Outcome(f"{did} {what} {_when(work, form)}", _about(form), event.id)


def _event(work: Work, event_id: int) -> CalendarEvent:
    event = work.session.get(CalendarEvent, event_id)
    if event is None:
        raise Refused("This is no longer in the calendar.", hint="Undo brings a removed one back.")
    return event


@dataclass(frozen=True, slots=True)
class EditEvent:
    """Change an event or blocked time of the rep's own."""

    event_id: int
    form: EventForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field, and for what came from another calendar."""
        event = _event(work, self.event_id)
        server = _server_of(work, event)
        if server:
            raise Refused(f"This came from the calendar {server}.", hint="Change it there, then sync.")
        if event.source != OURS:
            raise Refused("This came from another calendar.", hint="Change it there and bring it in again.")
        form = self.form.checked(work)
        before = event.client_id
        _fill(event, form)
        ids = dict.fromkeys(one for one in (before, form.client_id) if one is not None)
        return Outcome(f"Changed “{shortened(form.title, 40)}”", tuple(ids), event.id)


def _server_of(work: Work, event: CalendarEvent) -> str:
    """The calendar on a server in which an event of theirs is, and from which it would come again."""
    if event.source == OURS:
        return ""
    wanted = (
        select(CalendarAccount.name)
        .join(CalendarLink, col(CalendarLink.account_id) == CalendarAccount.id)
        .where(CalendarAccount.name == event.source, CalendarLink.uid == event.uid)
    )
    return work.session.exec(wanted).first() or ""


def _moved_ones(work: Work, event: CalendarEvent) -> list[CalendarEvent]:
    """The rows of those of a series that differ from it."""
    one = CalendarEvent
    same = select(one).where(one.source == event.source, one.uid == event.uid, one.id != event.id)
    return list(work.session.exec(same))


@dataclass(frozen=True, slots=True)
class RemoveEvent:
    """Take an event or blocked time out of the calendar; one that recurs goes with all of its days.

    What a file brought goes too. What is in a calendar on a server is removed there: it would come again (R19).
    """

    event_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone, and for what is in a calendar on a server."""
        event = _event(work, self.event_id)
        server = _server_of(work, event)
        if server:
            raise Refused(f"This came from the calendar {server}.", hint="Remove it there, then sync.")
        ids = (event.client_id,) if event.client_id is not None else ()
        said = f"Removed “{shortened(event.title, 40)}”" + (", on all of its days" if event.recurs else "")
        for other in _moved_ones(work, event) if event.recurs else ():
            work.session.delete(other)
        work.session.delete(event)
        return Outcome(said, ids)
