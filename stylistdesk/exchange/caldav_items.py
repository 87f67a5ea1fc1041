"""What of the desk goes to a calendar on a server, and what is known of both sides (R19)."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import col, select

from stylistdesk.db.tables import CalendarAccount, CalendarConflict, CalendarEvent, CalendarLink
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.export_ics import (
    appointment_event,
    as_file,
    follow_up_event,
    own_event,
    record_event,
    stamped,
)
from stylistdesk.exchange.ics import events_in
from stylistdesk.exchange.our_uids import desk_mark, uid_of
from stylistdesk.exchange.records import EventRecord
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.exports_of_calendar import appointments_for_export, events_for_export, follow_ups_for_export

if TYPE_CHECKING:
    from icalendar import Event

PAST = timedelta(days=30)
"""What ended longer ago is not put on a server any more; what is there stays in step."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something of the desk's own: its component, and what that says."""

    what: str
    row_id: int
    uid: str
    event: "Event"
    record: EventRecord

    @property
    def digest(self) -> str:
        """What it says, in short."""
        return digest(self.record)

    def text(self, desk: Asking) -> str:
        """It as a file."""
        return as_file([self.event], desk.zone).decode()


@dataclass(frozen=True, slots=True)
class Settled:
    """The rep's last word on a conflict: which side stays, and what theirs said then, in short ("" for removed)."""

    kept: str
    theirs: str


@dataclass(frozen=True, slots=True)
class State:
    """An account, and all that the desk knows for it. `desk` is the mark of this desk in uids."""

    account_id: int
    name: str
    url: str
    username: str
    desk: str
    items: dict[str, Item]
    links: dict[str, CalendarLink]
    foreign: frozenset[str]
    waiting: frozenset[str]
    settled: dict[str, Settled]


def read_state(asking: Asking, account_id: int) -> State:
    """Everything that a sync looks at. Raises `Refused` for an account that is gone."""
    session = asking.session
    account = session.get(CalendarAccount, account_id)
    if account is None:
        raise Refused("This calendar is no longer on the desk.", hint="Undo brings a removed one back.")
    links = {link.uid: link for link in session.exec(select(CalendarLink).where(CalendarLink.account_id == account_id))}
    waiting: set[str] = set()
    settled: dict[str, Settled] = {}
    synced_at = datetime.fromisoformat(links[""].etag) if "" in links else None
    wanted = select(CalendarConflict).where(CalendarConflict.account_id == account_id)
    for one in session.exec(wanted.order_by(col(CalendarConflict.id))):
        if one.settled_at is None:
            waiting.add(one.uid)
        elif synced_at is None or one.settled_at >= synced_at:  # an older word was acted on
            theirs = record_in(one.theirs, asking)
            settled[one.uid] = Settled(one.kept, digest(theirs) if theirs is not None else "")
    mark = desk_mark(session)
    foreign = session.exec(select(CalendarEvent.uid).where(CalendarEvent.source == account.name))
    return State(
        account_id,
        account.name,
        account.url,
        account.username,
        mark,
        {item.uid: item for item in our_items(asking, mark, links)},
        links,
        frozenset(foreign),
        frozenset(waiting),
        settled,
    )


def our_items(asking: Asking, mark: str, linked: Collection[str], *, recent: bool = True) -> list[Item]:
    """All that takes place and is recent or linked: a cancelled appointment or a follow-up that is done is neither.

    Without `recent` only what is linked.
    """
    since = asking.now - PAST

    def item(what: str, row_id: int, event: "Event", ends: datetime | None) -> Item | None:
        uid = uid_of(what, row_id, mark)
        if uid not in linked and not (recent and (ends is None or ends >= since)):
            return None
        record = record_in(as_file([event], asking.zone).decode(), asking)
        if record is None:
            return None
        return Item(what, row_id, uid, event, record)

    found = [
        *(
            item("appointment", one.id, appointment_event(one, mark), one.ends_at)
            for one in appointments_for_export(asking)
            if not one.cancelled
        ),
        *(item("follow_up", one.id, follow_up_event(one, mark), None) for one in follow_ups_for_export(asking)),
        *(
            item("calendar_event", one.id, own_event(one, mark), None if one.ics else one.ends_at)
            for one in events_for_export(asking)
            if not one.recurrence
        ),
    ]
    return [one for one in found if one is not None]


def digest(record: EventRecord) -> str:
    """What an event says, in short: the same for two that say the same."""
    said = (
        record.title, record.starts_at, record.ends_at, record.starts_on, record.ends_on, record.note, record.place,
        record.busy, record.ics.partition("DTSTART")[2],
    )  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()


def says_the_same(ours: EventRecord, theirs: EventRecord) -> bool:
    """Whether both sides say the same of what both know; where the desk knows no place, theirs does not count."""
    return _shared(ours, ours) == _shared(theirs, ours)


def _shared(record: EventRecord, ours: EventRecord) -> tuple[object, ...]:
    times = (record.starts_at, record.ends_at) if record.starts_on is None else (record.starts_on, record.ends_on)
    return (record.title, times, record.note, record.place if ours.place else "", record.ics.partition("DTSTART")[2])


def record_text(record: EventRecord, asking: Asking) -> str:
    """An event of theirs as the desk understood it, as a file."""
    return as_file([stamped(record_event(record), record.sequence, asking.now)], asking.zone).decode()


def record_in(text: str, asking: Asking) -> EventRecord | None:
    """The first event of a kept text; none in an empty one."""
    found = (row for row in events_in(text, asking.zone) if isinstance(row, EventRecord))
    return next(found, None)
