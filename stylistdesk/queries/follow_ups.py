"""The Follow-ups tab (R16): what is scheduled, by when, and what was completed lately."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.frequency import Frequency
from stylistdesk.domain.types import Channel, Direction, FollowUpStatus
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.daily_tasks import ClientPane, client_pane
from stylistdesk.queries.facts import instant

MOST_AHEAD = 1_000
"""So many of the future are shown, the next ones."""
MOST_DONE = 200
"""So many completed ones are shown, the newest."""
MOST_MESSAGES = 6


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """One follow-up. `last_signal_id` is what the rep can have seen of the client, `unseen` how much of it is new."""

    id: int
    client_id: int
    client: str
    spending_power: int | None
    status: FollowUpStatus
    channel: Channel | None
    due_on: date | None
    completed_at: datetime | None
    reminder: str
    outcome: str
    repeat: Frequency | None
    promised_on: date | None
    last_signal_id: int
    unseen: int

    @property
    def is_done(self) -> bool:
        """Whether it was completed."""
        return self.status is FollowUpStatus.COMPLETED


@dataclass(frozen=True, slots=True)
class FollowUpsDue:
    """The four groups, and how many more are ahead than are shown."""

    overdue: tuple[FollowUpDue, ...]
    today: tuple[FollowUpDue, ...]
    upcoming: tuple[FollowUpDue, ...]
    completed: tuple[FollowUpDue, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Said:
    """A message or call with her, lately."""

    channel: Channel
    direction: Direction
    sent_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class FollowUpPane:
    """A follow-up, its client as Daily Tasks shows her, and what was said lately, newest first."""

    row: FollowUpDue
    client: ClientPane
    said: tuple[Said, ...]


_ROWS = """
    SELECT f.id, f.client_id, c.name, c.spending_power, f.status, f.channel, f.due_on, f.completed_at, f.reminder,
           f.outcome, f.repeat_every, f.repeat_unit, f.promised_on,
           coalesce((SELECT max(s.id) FROM signal s WHERE s.client_id = f.client_id), 0),
           (SELECT count(*) FROM signal s WHERE s.client_id = f.client_id AND s.id > c.watermark)
    FROM follow_up f JOIN client c ON c.id = f.client_id
    WHERE """


def _row(found: Any) -> FollowUpDue:
    (number, client_id, client, power, status, channel, due_on, completed_at, reminder, outcome, every, unit, promised,
     last, unseen) = found  # fmt: skip
    return FollowUpDue(
        id=number,
        client_id=client_id,
        client=client,
        spending_power=power,
        status=FollowUpStatus(status),
        channel=Channel(channel) if channel else None,
        due_on=date.fromisoformat(due_on) if due_on else None,
        completed_at=instant(completed_at) if completed_at else None,
        reminder=reminder,
        outcome=outcome,
        repeat=Frequency(every, unit) if every else None,
        promised_on=date.fromisoformat(promised) if promised else None,
        last_signal_id=last,
        unseen=unseen,
    )


def follow_ups_due(asking: Asking) -> FollowUpsDue:
    """The follow-ups of all clients; the future ones by their day, the completed ones by when, newest first."""
    today = LocalNow(asking.now, asking.zone).today
    execute = asking.session.connection().exec_driver_sql
    ahead = [
        _row(found)
        for found in execute(
            f"{_ROWS} f.status = 'scheduled' AND f.due_on IS NOT NULL ORDER BY f.due_on, c.name_key, f.id LIMIT ?",
            (MOST_AHEAD,),
        )
    ]
    done = execute(f"{_ROWS} f.completed_at IS NOT NULL ORDER BY f.completed_at DESC, f.id DESC LIMIT ?", (MOST_DONE,))
    total = execute("SELECT count(*) FROM follow_up WHERE status = 'scheduled' AND due_on IS NOT NULL").scalar() or 0
    return FollowUpsDue(
        overdue=tuple(row for row in ahead if row.due_on and row.due_on < today),
        today=tuple(row for row in ahead if row.due_on == today),
        upcoming=tuple(row for row in ahead if row.due_on and row.due_on > today),
        completed=tuple(_row(found) for found in done),
        more=int(total) - len(ahead),
    )


def follow_up_pane(asking: Asking, follow_up_id: int) -> FollowUpPane | None:
    """All about one follow-up; `None` if it is gone."""
    execute = asking.session.connection().exec_driver_sql
    found = execute(f"{_ROWS} f.id = ?", (follow_up_id,)).first()
    if found is None:
        return None
    row = _row(found)
    client = client_pane(asking, row.client_id)
    if client is None:
        return None
    said = execute(
        "SELECT channel, direction, sent_at, outcome, subject, body FROM message WHERE client_id = ? "
        "ORDER BY sent_at DESC, id DESC LIMIT ?",
        (row.client_id, MOST_MESSAGES),
    )
    return FollowUpPane(
        row,
        client,
        tuple(
            Said(
                Channel(channel),
                Direction(direction),
                instant(at),
                " ".join(part for part in (outcome, body or subject) if part),
            )
            for channel, direction, at, outcome, subject, body in said
        ),
    )
