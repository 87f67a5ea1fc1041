"""Calendars on servers (R19): the accounts, when they were last in step, and where both sides have changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from stylistdesk.db.tables import CalendarAccount, CalendarConflict, CalendarLink
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One calendar on a server. `synced_at` is when it was last in step, `events` how many are known of it."""

    id: int
    name: str
    url: str
    username: str
    synced_at: datetime | None
    events: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Something that was changed on both sides; each side as iCalendar text, "" where it was removed there."""

    id: int
    account: str
    ours: str
    theirs: str
    found_at: datetime


def open_conflicts(asking: Asking) -> int:
    """How many conflicts wait for the rep's word."""
    wanted = select(func.count()).select_from(CalendarConflict).where(col(CalendarConflict.settled_at).is_(None))
    return int(asking.session.exec(wanted).one())


def calendar_accounts(asking: Asking) -> tuple[AccountRow, ...]:
    """The accounts by name."""
    session = asking.session
    linked = select(CalendarLink.account_id, func.count()).where(CalendarLink.uid != "")
    stamps = select(CalendarLink.account_id, CalendarLink.etag).where(CalendarLink.uid == "")
    unsettled = select(CalendarConflict.account_id, func.count()).where(col(CalendarConflict.settled_at).is_(None))
    events = dict(session.exec(linked.group_by(col(CalendarLink.account_id))).all())
    synced = {account_id: datetime.fromisoformat(at) for account_id, at in session.exec(stamps)}
    waiting = dict(session.exec(unsettled.group_by(col(CalendarConflict.account_id))).all())
    return tuple(
        AccountRow(
            id=row.id or 0,
            name=row.name,
            url=row.url,
            username=row.username,
            synced_at=synced.get(row.id or 0),
            events=events.get(row.id or 0, 0),
            conflicts=waiting.get(row.id or 0, 0),
        )
        for row in session.exec(select(CalendarAccount).order_by(col(CalendarAccount.name), col(CalendarAccount.id)))
    )


def conflicts(asking: Asking) -> tuple[ConflictRow, ...]:
    """The conflicts that wait, the oldest first."""
    wanted = (
        select(CalendarConflict, CalendarAccount.name)
        .join(CalendarAccount, col(CalendarAccount.id) == CalendarConflict.account_id)
        .where(col(CalendarConflict.settled_at).is_(None))
        .order_by(col(CalendarConflict.id))
    )
    return tuple(
        ConflictRow(row.id or 0, name, row.ours, row.theirs, row.found_at) for row, name in asking.session.exec(wanted)
    )
