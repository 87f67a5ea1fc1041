"""The files of a client (R31)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from stylistdesk.db.tables import Attachment
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """One file: its name, its size in bytes, when it was attached, and what it is."""

    id: int
    name: str
    sha256: str
    size: int
    added_at: datetime
    note: str


def attachments(asking: Asking, client_id: int) -> tuple[AttachmentLine, ...]:
    """Her files, newest first."""
    rows = asking.session.exec(
        select(Attachment)
        .where(Attachment.client_id == client_id)
        .order_by(col(Attachment.added_at).desc(), col(Attachment.id).desc())
    )
    return tuple(AttachmentLine(row.id or 0, row.name, row.sha256, row.size, row.added_at, row.note) for row in rows)
