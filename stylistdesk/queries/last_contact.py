"""When the rep was last in contact with a client, and by what (R28): so that overlap is seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from stylistdesk.db.tables import DeskInfo, FollowUp, Message, Note
from stylistdesk.domain.types import Channel, Direction, FollowUpStatus
from stylistdesk.queries.asking import Asking

_WHAT = {Channel.TEXT: "text", Channel.EMAIL: "email", Channel.CALL: "call", Channel.IN_PERSON: "meeting"}


@dataclass(frozen=True, slots=True)
class LastContact:
    """The last contact: when, by what ("text", "call", "follow-up"), by whom, and whether it warns before the next."""

    at: datetime
    what: str
    by: str
    is_recent: bool


def last_contact(asking: Asking, client_id: int) -> LastContact | None:
    """What was sent or said to her last: a message, a call, a completed follow-up, or a note on a call."""
    session = asking.session
    desk = session.get(DeskInfo, 1)
    rep = desk.rep_name if desk else ""
    found: list[tuple[datetime, str, str]] = []
    sent: Any = session.exec(
        select(Message.sent_at, Message.channel)
        .where(Message.client_id == client_id, Message.direction == Direction.OUT)
        .order_by(col(Message.sent_at).desc())
        .limit(1)
    ).first()
    if sent is not None:
        found.append((sent[0], _WHAT[sent[1]], rep))
    done: Any = session.exec(
        select(FollowUp.completed_at, FollowUp.channel)
        .where(
            FollowUp.client_id == client_id,
            FollowUp.status == FollowUpStatus.COMPLETED,
            col(FollowUp.completed_at).is_not(None),
        )
        .order_by(col(FollowUp.completed_at).desc())
        .limit(1)
    ).first()
    if done is not None and done[0] is not None:
        found.append((done[0], _WHAT[done[1]] if done[1] else "follow-up", rep))
    noted = session.exec(
        select(Note.written_at, Note.author)
        .where(Note.client_id == client_id, col(Note.call_status).is_not(None))
        .order_by(col(Note.written_at).desc())
        .limit(1)
    ).first()
    if noted is not None:
        found.append((noted[0], "call", noted[1] or rep))
    if not found:
        return None
    at, what, by = max(found, key=lambda one: one[0])
    warns = timedelta(days=asking.settings.recent_contact_days)
    return LastContact(at, what, by, asking.now - at < warns)
