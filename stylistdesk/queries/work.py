"""The tasks and follow-ups of one client (R16, R26)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from stylistdesk.db.tables import FollowUp, Signal, Task
from stylistdesk.domain.types import Channel, FollowUpStatus
from stylistdesk.queries.asking import Asking

MOST = 500
"""So many of each are given: the open ones, then the newest."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task."""

    id: int
    description: str
    category: str
    assignee: str
    due_on: date | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One follow-up; `words` are its reminder while it is scheduled, and what came of it then."""

    id: int
    status: FollowUpStatus
    channel: Channel | None
    due_on: date | None
    completed_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class ClientWork:
    """Open tasks by their day, then those that are done; follow-ups likewise.

    `last_signal_id` is what the rep has seen of her by now, for completing a follow-up (R4).
    """

    tasks: tuple[TaskRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    last_signal_id: int


def client_work(asking: Asking, client_id: int) -> ClientWork:
    """The tasks and follow-ups of one client."""
    tasks = asking.session.exec(
        select(Task)
        .where(Task.client_id == client_id)
        .order_by(col(Task.done_at).desc().nulls_first(), col(Task.due_on).nulls_last(), col(Task.id))
        .limit(MOST)
    )
    follow_ups = asking.session.exec(
        select(FollowUp)
        .where(FollowUp.client_id == client_id)
        .order_by(col(FollowUp.completed_at).desc().nulls_first(), col(FollowUp.due_on), col(FollowUp.id))
        .limit(MOST)
    )
    newest = asking.session.exec(select(func.max(Signal.id)).where(Signal.client_id == client_id)).one()
    return ClientWork(
        tuple(TaskRow(t.id or 0, t.description, t.category, t.assignee, t.due_on, t.done_at) for t in tasks),
        tuple(
            FollowUpRow(
                f.id or 0,
                f.status,
                f.channel,
                f.due_on,
                f.completed_at,
                f.reminder if f.status is FollowUpStatus.SCHEDULED else f.outcome or f.reminder,
            )
            for f in follow_ups
        ),
        newest or 0,
    )
