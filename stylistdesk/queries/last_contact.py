"""When the rep was last in contact with a client, and by what (R28): so that overlap is seen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from stylistdesk.db.tables import FollowUp, Message, Note
from stylistdesk.domain.types import Channel, Direction
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant

_WHAT = {Channel.TEXT: "text", Channel.EMAIL: "email", Channel.CALL: "call", Channel.IN_PERSON: "meeting"}


@dataclass(frozen=True, slots=True)
class LastContact:
    """The last contact: when, by what ("text", "call", "follow-up"), by whom, and whether it warns before the next."""

    at: datetime
    what: str
    by: str
    is_recent: bool


_LAST = """
    SELECT at, what, CASE WHEN who <> '' THEN who ELSE (SELECT rep_name FROM desk_info WHERE id = 1) END FROM (
        SELECT * FROM (SELECT sent_at AS at, channel AS what, '' AS who FROM message
                       WHERE client_id = :client AND direction = 'out' ORDER BY sent_at DESC LIMIT 1)
        UNION ALL
        SELECT * FROM (SELECT completed_at, channel, '' FROM follow_up
                       WHERE client_id = :client AND status = 'completed' AND completed_at IS NOT NULL
                       ORDER BY completed_at DESC LIMIT 1)
        UNION ALL
        SELECT * FROM (SELECT written_at, 'call', author FROM note
                       WHERE client_id = :client AND call_status IS NOT NULL ORDER BY written_at DESC LIMIT 1))
    ORDER BY at DESC LIMIT 1"""


def last_contact(asking: Asking, client_id: int) -> LastContact | None:
    """What was sent or said to her last: a message, a call, a completed follow-up, or a note on a call."""
    row = asking.session.connection().exec_driver_sql(_LAST, {"client": client_id}).first()
    if row is None:
        return None
    at, what = instant(row[0]), _WHAT[Channel(row[1])] if row[1] else "follow-up"
    return LastContact(at, what, row[2] or "", asking.now - at < _warns(asking))


def _warns(asking: Asking) -> timedelta:
    return timedelta(days=asking.settings.recent_contact_days)


def recently_contacted(asking: Asking, client_ids: Collection[int]) -> int:
    """How many of these clients were contacted so lately that it warns before the next contact."""
    since = asking.now - _warns(asking)
    sent = select(Message.client_id).where(Message.direction == Direction.OUT, Message.sent_at > since)
    done = select(FollowUp.client_id).where(col(FollowUp.completed_at) > since)
    noted = select(Note.client_id).where(col(Note.call_status).is_not(None), Note.written_at > since)
    found = {client_id for statement in (sent, done, noted) for client_id in asking.session.exec(statement)}
    return len(found.intersection(client_ids))
