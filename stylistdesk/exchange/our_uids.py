"""By which name things of this desk are known in other calendars (R19)."""

import re

_NAMES = {"appointment": "appointment", "follow-up": "follow_up"}
_UID = re.compile(r"(appointment|follow-up)-(\d{1,15})@stylistdesk")
_ON_SERVERS = re.compile(r"(?:appointment|follow-up|event)-\d{1,15}\.([0-9a-f]{12})@stylistdesk")


def uid_of(what: str, row_id: int) -> str:
    """The uid of a row: "appointment-12@stylistdesk"."""
    return f"{what.replace('_', '-')}-{row_id}@stylistdesk"


def whose_uid(uid: str) -> tuple[str, int]:
    """The table and the id of the row that a uid means; ("", 0) for one of another program."""
    found = _UID.fullmatch(uid)
    return (_NAMES[found[1]], int(found[2])) if found else ("", 0)


def server_uid(what: str, row_id: int, desk: str) -> str:
    """The uid of a row on a server, where two desks may meet: with the mark of this desk."""
    return f"{what.removeprefix('calendar_').replace('_', '-')}-{row_id}.{desk}@stylistdesk"


def is_of(uid: str, desk: str) -> bool:
    """Whether the uid is one that the desk with this mark gave on a server."""
    found = _ON_SERVERS.fullmatch(uid)
    return found is not None and found[1] == desk
