"""What a sync changes on the desk: one command, one undo step (R19, R7).

An appointment that was moved there is moved here as if the rep had done it: it is to be confirmed again, and HQ is told
where R14 says so. What the desk's own rules refuse becomes a conflict, so that the rep decides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import select

from stylistdesk.commands.appointments import AppointmentForm, CancelAppointment, EditAppointment
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.calendar import EditEvent, EventForm, RemoveEvent
from stylistdesk.commands.follow_ups import EditFollowUp, RemoveFollowUp
from stylistdesk.db.tables import Appointment, CalendarConflict, CalendarEvent, Client, FollowUp
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Channel
from stylistdesk.exchange.caldav_items import our_items, record_in, record_text
from stylistdesk.exchange.caldav_plan import THEIRS, Do, Step
from stylistdesk.exchange.ledger import Ledger
from stylistdesk.exchange.our_uids import desk_mark
from stylistdesk.exchange.records import EventRecord
from stylistdesk.exchange.store_events import put_whole


@dataclass(slots=True)
class Applied:
    """What came of it: how many of each kind, what ours says now by uid, and what was left for the next time."""

    counts: Counter[str] = field(default_factory=Counter)
    ours: dict[str, str] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    conflicts: set[str] = field(default_factory=set)
    clients: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class ApplySync:
    """Bring the desk in step with a calendar on a server. `Outcome.value` is an `Applied`."""

    account_id: int
    name: str
    steps: Sequence[Step]

    def apply(self, work: Work) -> Outcome:
        """What has been changed on the desk since the plan was made is left for the next time."""
        done = Applied()
        mark = desk_mark(work.session)
        now = self._now(work, mark)
        ledger = Ledger(work.session)
        for step in self.steps:
            if step.item is not None and now.get(step.uid) != step.item.digest:
                done.left.add(step.uid)
                continue
            try:
                self._one(step, work, ledger, done)
            except Refused:
                self._conflict(step, work, done)
        ledger.flush()
        work.session.flush()
        done.ours = self._now(work, mark)
        done.clients |= ledger.clients
        said = ", ".join(f"{what} {count}" for what, count in sorted(done.counts.items()))
        return Outcome(f"Synced {self.name}: {said or 'nothing new'}", tuple(sorted(done.clients)), done)

    def _now(self, work: Work, mark: str) -> dict[str, str]:
        named = {step.uid for step in self.steps}
        return {item.uid: item.digest for item in our_items(work.asking, mark, named, recent=False)}

    def _one(self, step: Step, work: Work, ledger: Ledger, done: Applied) -> None:
        if step.do is Do.CONFLICT:
            self._conflict(step, work, done)
        elif step.do is Do.DROP:
            rows = work.session.exec(
                select(CalendarEvent).where(CalendarEvent.source == self.name, CalendarEvent.uid == step.uid)
            ).all()
            for row in rows:
                work.session.delete(row)
            done.counts["removed"] += 1
        elif step.do is Do.TAKE and step.there is not None:
            if put_whole(step.there.records, self.name, ledger):
                done.counts["taken in"] += 1
        elif step.item is not None and step.do is Do.PULL and step.there is not None and step.there.main is not None:
            done.clients |= set(change_ours(work, step.item.what, step.item.row_id, step.there.main))
            done.counts["changed"] += 1
        elif step.item is not None and step.do is Do.CANCEL:
            done.clients |= set(cancel_ours(work, step.item.what, step.item.row_id))
            done.counts["cancelled"] += 1

    def _conflict(self, step: Step, work: Work, done: Applied) -> None:
        asking = work.asking
        main = step.there.main if step.there is not None else None
        known = step.item or step.link
        work.session.add(
            CalendarConflict(
                account_id=self.account_id,
                uid=step.uid,
                what=known.what if known is not None else "",
                row_id=known.row_id if known is not None else None,
                ours=step.item.text(asking) if step.item is not None else "",
                theirs=record_text(main, asking) if main is not None else "",
                found_at=work.now,
            )
        )
        done.conflicts.add(step.uid)
        done.counts["conflicts"] += 1


def change_ours(work: Work, what: str, row_id: int, theirs: EventRecord) -> tuple[int, ...]:
    """Make of ours what theirs says: its time, its note, and what of its title is ours to change. Raises `Refused`."""
    if what == "appointment":
        return _change_appointment(work, row_id, theirs)
    if what == "follow_up":
        row = work.session.get(FollowUp, row_id)
        day = theirs.starts_on or theirs.starts_at.astimezone(work.zone).date()
        channel = row.channel if row is not None else None
        return EditFollowUp(row_id, channel or Channel.TEXT, day, theirs.note).apply(work).client_ids
    event = work.session.get(CalendarEvent, row_id)
    if event is None:
        raise Refused("This is no longer in the calendar.")
    if event.recurs or theirs.ics:
        raise Refused("It recurs; say yourself which side stays.")
    form = EventForm(
        title=theirs.title,
        kind=event.kind,
        starts_at=theirs.starts_at,
        ends_at=theirs.ends_at,
        starts_on=theirs.starts_on,
        ends_on=theirs.ends_on,
        client_id=event.client_id,
        place=theirs.place,
        note=theirs.note,
        busy=theirs.busy,
    )
    return EditEvent(row_id, form).apply(work).client_ids


def _change_appointment(work: Work, row_id: int, theirs: EventRecord) -> tuple[int, ...]:
    row = work.session.get(Appointment, row_id)
    client = work.session.get(Client, row.client_id) if row is not None else None
    if row is None or client is None:
        raise Refused("This appointment is no longer on the desk.")
    if theirs.ics:
        raise Refused("It recurs there; say yourself which side stays.")
    before = f"{client.name}, "
    kind = theirs.title.removeprefix(before) if theirs.title.startswith(before) else row.kind
    usual = timedelta(minutes=work.settings.appointment_minutes)
    ends: datetime | None = theirs.ends_at if theirs.ends_at > theirs.starts_at else theirs.starts_at + usual
    if row.ends_at is None and ends == theirs.starts_at + usual:
        ends = None
    form = AppointmentForm(
        kind=kind,
        starts_at=theirs.starts_at,
        ends_at=ends,
        season=row.season,
        season_year=row.season_year,
        location_id=row.location_id,
        brand_id=row.brand_id,
        note=theirs.note,
    )
    return EditAppointment(row_id, form).apply(work).client_ids


def cancel_ours(work: Work, what: str, row_id: int) -> tuple[int, ...]:
    """It was removed there: an appointment is cancelled, anything else is removed. Raises `Refused`."""
    if what == "appointment":
        return CancelAppointment(row_id).apply(work).client_ids
    if what == "follow_up":
        return RemoveFollowUp(row_id).apply(work).client_ids
    return RemoveEvent(row_id).apply(work).client_ids


@dataclass(frozen=True, slots=True)
class SettleConflict:
    """Say which side of a conflict stays. What stays of ours goes to the server with the next sync."""

    conflict_id: int
    kept: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a conflict that is settled, and for a side that the desk cannot take over."""
        conflict = work.session.get(CalendarConflict, self.conflict_id)
        if conflict is None or conflict.settled_at is not None:
            raise Refused("This conflict is settled already.", hint="Undo takes a word back.")
        clients: tuple[int, ...] = ()
        if self.kept == THEIRS and conflict.row_id is not None and conflict.ours:
            asking = work.asking
            theirs = record_in(conflict.theirs, asking)
            if theirs is not None:
                clients = change_ours(work, conflict.what, conflict.row_id, theirs)
            elif not conflict.theirs:
                clients = cancel_ours(work, conflict.what, conflict.row_id)
        conflict.settled_at, conflict.kept = work.now, self.kept
        side = "yours" if self.kept != THEIRS else "the server's"
        return Outcome(f"Kept {side} where both had changed", clients, conflict.id)
