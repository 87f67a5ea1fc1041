"""How often one client is styled, and the days that come (R18, R22)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from stylistdesk.db.tables import Assignment, Cadence
from stylistdesk.domain.dates import LocalNow, cadence_dates, cadence_due, say_cadence
from stylistdesk.domain.types import AssignmentStatus, AssignmentType
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class ClientCadence:
    """Her cadence: in words, its anchor, since when it is paused, her last looks, and the next six days.

    `due_on` is the day for which looks are to be booked now; it is past if it was missed (R5 rule 11).
    """

    every: int
    unit: str
    words: str
    anchor_on: date
    paused_at: datetime | None
    last_looks_on: date | None
    due_on: date
    next_days: tuple[date, ...]


def client_cadence(asking: Asking, client_id: int) -> ClientCadence | None:
    """Her cadence; `None` if she has not signed up for one."""
    cadence = asking.session.exec(select(Cadence).where(Cadence.client_id == client_id)).first()
    if cadence is None or cadence.every < 1:
        return None
    here = LocalNow(asking.now, asking.zone)
    looks = asking.session.exec(
        select(func.max(func.coalesce(Assignment.consultation_at, Assignment.delivered_at))).where(
            Assignment.client_id == client_id,
            Assignment.type != AssignmentType.REVISION,
            col(Assignment.status).not_in((AssignmentStatus.CANCELLED, AssignmentStatus.NO_SHOW)),
        )
    ).first()
    last_on = here.day(looks) if looks is not None else None
    counted = cadence.anchor_on, cadence.every, cadence.unit
    return ClientCadence(
        every=cadence.every,
        unit=cadence.unit,
        words=say_cadence(cadence.every, cadence.unit),
        anchor_on=cadence.anchor_on,
        paused_at=cadence.paused_at,
        last_looks_on=last_on,
        due_on=cadence_due(*counted, last_on, here.today),
        next_days=cadence_dates(*counted, here.today),
    )
