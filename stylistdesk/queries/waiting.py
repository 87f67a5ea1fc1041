"""How much waits behind each tab, for the bar of tabs."""

from dataclasses import dataclass

from stylistdesk.domain.dates import LocalNow
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import stored


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is overdue or for today: assignments and appointments, follow-ups; and CSAT responses not read yet.

    Who waits in Daily Tasks is known by its own rows.
    """

    appointments: int = 0
    follow_ups: int = 0
    csat: int = 0


_APPOINTMENTS = """
    SELECT (SELECT count(*) FROM assignment
            WHERE status IN ('scheduled', 'in_progress') AND consultation_at < :tomorrow)
         + (SELECT count(*) FROM appointment a
            WHERE a.starts_at >= :today AND a.starts_at < :tomorrow AND a.cancelled_at IS NULL
              AND a.assignment_id IS NULL)"""
_FOLLOW_UPS = "SELECT count(*) FROM follow_up WHERE status = 'scheduled' AND due_on < :after"
_CSAT = "SELECT count(*) FROM csat_response WHERE read_at IS NULL"


def waiting(asking: Asking) -> Waiting:
    """What waits now."""
    here = LocalNow(asking.now, asking.zone)
    given = {
        "today": stored(here.today_starts),
        "tomorrow": stored(here.tomorrow_starts),
        "after": here.day(here.tomorrow_starts).isoformat(),
    }
    connection = asking.session.connection().connection
    execute = connection.cursor().connection.execute
    counts = [execute(statement, given).fetchone()[0] for statement in (_APPOINTMENTS, _FOLLOW_UPS, _CSAT)]
    return Waiting(*counts)
