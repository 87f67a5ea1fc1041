"""How much waits behind each tab, for the bar of tabs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from stylistdesk.domain.assignments import deadline, is_owed
from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.sign_ups import OF_SIGN_UP
from stylistdesk.domain.types import AssignmentStatus
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant, stored


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is overdue or for today: assignments and appointments, follow-ups; CSAT responses not read yet; and in the
    office, by its task, what is to be passed on, sent or closed, and the sign-ups to ask again. `strangers` are those
    of them who are no clients, and so stand in no other list.

    Who waits in Daily Tasks is known by its own rows.
    """

    appointments: int = 0
    follow_ups: int = 0
    csat: int = 0
    office: Mapping[str, int] = field(default_factory=dict)
    strangers: int = 0

    @property
    def back_office(self) -> int:
        """All that waits in the back office."""
        return sum(self.office.values())


_APPOINTMENTS = """
    SELECT (SELECT count(*) FROM assignment
            WHERE status IN ('scheduled', 'in_progress') AND consultation_at < :tomorrow)
         + (SELECT count(*) FROM appointment a
            WHERE a.starts_at >= :today AND a.starts_at < :tomorrow AND a.cancelled_at IS NULL
              AND a.assignment_id IS NULL)"""
_CANCELLED = """
    SELECT consultation_at, consultation_ends_at, cancelled_at FROM assignment
    WHERE status = 'cancelled' AND cancelled_at IS NOT NULL AND delivered_at IS NULL AND consultation_at < :tomorrow"""
_FOLLOW_UPS = "SELECT count(*) FROM follow_up WHERE status = 'scheduled' AND due_on < :after"
_CSAT = "SELECT count(*) FROM csat_response WHERE read_at IS NULL"
_STRANGERS = """
    SELECT count(*) FROM sign_up s WHERE s.enrolled_at IS NULL AND s.given_up_at IS NULL
        AND s.client_id IS NULL AND s.remind_on < :after"""
_SIGN_UPS = f"""
    SELECT ({_STRANGERS}) + (SELECT count(*) FROM sign_up s WHERE s.enrolled_at IS NULL AND s.given_up_at IS NULL
        AND EXISTS (SELECT 1 FROM follow_up f WHERE f.client_id = s.client_id AND f.status = 'scheduled'
                     AND f.rule = '{OF_SIGN_UP}' AND f.due_on < :after))"""

_OFFICE = {
    "sign_ups": _SIGN_UPS,
    "returns": """
        SELECT (SELECT count(*) FROM goods_return WHERE cancelled_at IS NULL AND passed_on_at IS NULL)
             + (SELECT count(*) FROM goods_return
                WHERE cancelled_at IS NULL AND exchange_order_id IS NOT NULL AND exchange_sent_at IS NULL)""",
    "certificates": """
        SELECT count(*) FROM gift_certificate g WHERE g.sent_at IS NULL
            AND (SELECT sum(cents) FROM gift_movement WHERE gift_id = g.id) > 0""",
    "events": """
        SELECT count(*) FROM host_event WHERE closed_at IS NULL AND cancelled_at IS NULL AND closes_on < :now_on""",
    "moves": "SELECT count(*) FROM order_move WHERE state = 'drafted'",
}
"""What waits in the back office, by task."""


def waiting(asking: Asking) -> Waiting:
    """What waits now."""
    here = LocalNow(asking.now, asking.zone)
    given = {
        "today": stored(here.today_starts),
        "tomorrow": stored(here.tomorrow_starts),
        "now_on": here.today.isoformat(),
        "after": here.day(here.tomorrow_starts).isoformat(),
    }
    connection = asking.session.connection().connection
    execute = connection.cursor().connection.execute
    counted = (_APPOINTMENTS, _FOLLOW_UPS, _CSAT, _STRANGERS, *_OFFICE.values())
    appointments, follow_ups, csat, strangers, *each = (
        execute(statement, given).fetchone()[0] for statement in counted
    )
    office = dict(zip(_OFFICE, each, strict=True))
    owed = sum(_is_owed(asking, *row) for row in execute(_CANCELLED, given))
    return Waiting(appointments + owed, follow_ups, csat, office, strangers)


def _is_owed(asking: Asking, starts: str, ends: str | None, cancelled: str) -> bool:
    """Whether it was cancelled so late that its lookbook is still to be sent (R14)."""
    settings, at = asking.settings, instant(starts)
    usual, within = timedelta(minutes=settings.appointment_minutes), timedelta(hours=settings.late_change_hours)
    due_at = deadline(at, instant(ends) if ends else None, settings.deadline_counts_from, usual, asking.zone)
    return is_owed(AssignmentStatus.CANCELLED, at, due_at, instant(cancelled), None, within)
