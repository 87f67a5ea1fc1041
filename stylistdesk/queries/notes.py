"""The notes on one client (R28)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from stylistdesk.db.tables import Client, Note
from stylistdesk.domain.types import CallStatus, Stage
from stylistdesk.queries.asking import Asking

MOST = 500
"""So many are given, the newest."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note; `author` is empty where an older desk did not keep it."""

    id: int
    kind: str
    written_at: datetime
    body: str
    season: str
    season_year: int | None
    call_status: CallStatus | None
    author: str


@dataclass(frozen=True, slots=True)
class ClientNotes:
    """The notes, newest first, and how far the client is."""

    stage: Stage | None
    rows: tuple[NoteRow, ...]


def client_notes(asking: Asking, client_id: int) -> ClientNotes:
    """The notes on one client."""
    stage: Any = asking.session.exec(select(Client.stage).where(Client.id == client_id)).first()
    found = asking.session.exec(
        select(Note)
        .where(Note.client_id == client_id)
        .order_by(col(Note.written_at).desc(), col(Note.id).desc())
        .limit(MOST)
    )
    return ClientNotes(
        stage,
        tuple(
            NoteRow(n.id or 0, n.kind, n.written_at, n.body, n.season, n.season_year, n.call_status, n.author)
            for n in found
        ),
    )
