"""The calendar (R17, R19): availability, events, blocked time, and calendars kept in step with others."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, utc, utc_or_none, word
from stylistdesk.domain.types import EventKind


class Availability(SQLModel, table=True):
    """Hours in which the rep works: of a weekday (0 is Monday) or, instead of those, of one date.

    `starts` and `ends` are minutes of the local day, up to 1440; a row with both 0 says that she does not work then.
    """

    __tablename__ = "availability"
    __table_args__ = (UniqueConstraint("weekday", "starts"), UniqueConstraint("on_day", "starts"), KEPT)

    id: int | None = key()
    weekday: int | None = None
    on_day: date | None = None
    starts: int
    ends: int


class CalendarEvent(SQLModel, table=True):
    """Something in the calendar that is no appointment: an event, or time that is blocked.

    Instants are UTC; one of whole days has `starts_on` and, not with it, `ends_on` as well. `ics` is the component as
    it came, for what recurs and for what the desk does not read; `recurs` says that its further days are in there.
    `recurrence` names the one of a series that this row stands for ("20261124T150000Z"). `source` is "desk" or the name
    of the calendar or file that it came from.
    """

    __tablename__ = "calendar_event"
    __table_args__ = (UniqueConstraint("source", "uid", "recurrence"), KEPT)

    id: int | None = key()
    client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    kind: EventKind = word(EventKind)
    title: str
    note: str = ""
    place: str = ""
    starts_at: datetime = utc(index=True)
    ends_at: datetime = utc()
    all_day: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    busy: bool = True
    source: str
    uid: str
    recurrence: str = ""
    recurs: bool = Field(default=False, index=True)
    ics: str = ""


class CalendarAccount(SQLModel, table=True):
    """A calendar on a CalDAV server that is kept in step with the desk. Its password is in the system's keyring."""

    __tablename__ = "calendar_account"
    __table_args__ = (KEPT,)

    id: int | None = key()
    name: str
    url: str = Field(unique=True)
    username: str = ""
    synced_at: datetime | None = utc_or_none()


class CalendarLink(SQLModel, table=True):
    """What of the desk is which object on a server, and how both were when they were last the same.

    `what` is the table ("appointment"), `row_id` its row; `ours` and `theirs` are hashes of the two. No undo changes
    it: it says how a server is. The one of an account without a uid says in `etag` when it was last in step.
    """

    __tablename__ = "calendar_link"
    __table_args__ = (UniqueConstraint("account_id", "uid"), KEPT)

    id: int | None = key()
    account_id: int = Field(foreign_key="calendar_account.id")
    what: str
    row_id: int
    uid: str
    href: str = ""
    etag: str = ""
    ours: str = ""
    theirs: str = ""


class CalendarConflict(SQLModel, table=True):
    """Both sides have changed since they were the same: shown until the rep has said which stays."""

    __tablename__ = "calendar_conflict"
    __table_args__ = (KEPT,)

    id: int | None = key()
    account_id: int = Field(foreign_key="calendar_account.id", index=True)
    uid: str
    what: str
    row_id: int | None = None
    ours: str
    theirs: str
    found_at: datetime = utc()
    settled_at: datetime | None = utc_or_none()
    kept: str = ""
