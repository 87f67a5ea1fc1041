"""When the rep's time is taken (R15, R19)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stylistdesk.domain.bookings import LONGEST
from stylistdesk.domain.working_hours import Span, merged
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.events import events_between
from stylistdesk.queries.facts import instant, stored
from stylistdesk.queries.host_events import parties_between

_TAKEN = """
    SELECT starts_at, ends_at FROM appointment
    WHERE cancelled_at IS NULL AND starts_at > :from AND starts_at < :until
      AND NOT (ends_at IS NULL AND lower(kind) = 'look review')
    UNION ALL
    SELECT a.consultation_at, a.consultation_ends_at FROM assignment a
    WHERE a.status NOT IN ('cancelled', 'no_show') AND a.consultation_at > :from AND a.consultation_at < :until
      AND NOT EXISTS (SELECT 1 FROM appointment p WHERE p.assignment_id = a.id AND lower(p.kind) = 'consultation')"""


def busy_between(asking: Asking, since: datetime, until: datetime) -> tuple[Span, ...]:
    """The time between two instants that is taken by appointments, parties, events and blocked time; merged, in order.

    A consultation that HQ has set counts though no appointment was written down for it; what has no end lasts as long
    as an appointment usually does, but for a look review, which only says when the looks are best sent (R13). Instants
    are UTC; what reaches over an end is cut there.
    """
    taken = [*_booked(asking, since, until)]
    taken += [(one.starts_at, one.ends_at) for one in events_between(asking, since, until) if one.busy]
    taken += [(party.starts_at, party.ends_at) for party in parties_between(asking, since, until)]
    return merged((max(starts, since), min(ends, until)) for starts, ends in taken)


def _booked(asking: Asking, since: datetime, until: datetime) -> Iterator[Span]:
    usual = timedelta(minutes=asking.settings.appointment_minutes)
    given = {"from": stored(since - LONGEST - timedelta(days=1)), "until": stored(until)}
    for starts, ends in asking.session.connection().exec_driver_sql(_TAKEN, given):
        starts_at = instant(starts)
        yield starts_at, instant(ends) if ends else starts_at + usual
