"""By which name things of this desk are known in other calendars, in a file and on a server alike (R19)."""

import hashlib
import re

from sqlmodel import Session

_NAMES = {"appointment": "appointment", "follow-up": "follow_up", "event": "calendar_event"} | dict.fromkeys(
    ("shop-opens", "shop-closes", "party"), "host_event"
)
_UID = re.compile(r"(appointment|follow-up|event|shop-opens|shop-closes|party)-(\d{1,15})\.([0-9a-f]{12})@stylistdesk")
_WITHOUT_A_MARK = re.compile(r"(appointment|follow-up)-(\d{1,15})@stylistdesk")  # of files that were written before


def desk_mark(session: Session) -> str:
    """What no other desk has: made of when its first command ran, and whose it is."""
    row = session.connection().exec_driver_sql("SELECT at, by, label FROM journal_command ORDER BY id LIMIT 1").first()
    return hashlib.sha256("\0".join(map(str, row or ())).encode()).hexdigest()[:12]


def uid_of(what: str, row_id: int, desk: str) -> str:
    """The uid of a row, with the mark of this desk: "appointment-12.0123456789ab@stylistdesk"."""
    return f"{what.removeprefix('calendar_').replace('_', '-')}-{row_id}.{desk}@stylistdesk"


def whose_uid(uid: str, desk: str) -> tuple[str, int]:
    """The table and the id of the row of this desk that a uid means; ("", 0) for one of another desk or program."""
    found = _UID.fullmatch(uid) if is_of(uid, desk) else _WITHOUT_A_MARK.fullmatch(uid)
    return (_NAMES[found[1]], int(found[2])) if found else ("", 0)


def is_of(uid: str, desk: str) -> bool:
    """Whether the uid is one that the desk with this mark gave."""
    found = _UID.fullmatch(uid)
    return found is not None and found[3] == desk
