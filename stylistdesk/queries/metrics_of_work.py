"""The rows of the rep's work that metrics are made of (R20), each kind in a few set-based statements.

Rows are gathered from the first day that a period needs on: turning to another one then mostly reads nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from stylistdesk.domain.assignments import EARLIEST, deadline, is_owed
from stylistdesk.domain.metrics_of_sales import Sent
from stylistdesk.domain.metrics_of_work import (
    Answer,
    Closing,
    Consultation,
    Contacts,
    Delivered,
    Delivery,
    Promise,
    Rating,
)
from stylistdesk.domain.types import AssignmentStatus
from stylistdesk.domain.worked_time import WorkedTime
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant
from stylistdesk.queries.local_days import LocalDays, plain_rows
from stylistdesk.queries.working_hours import working_hours

_ON = attrgetter("on")


def _instant(text: str | None) -> datetime | None:
    return instant(text) if text else None


def ratings(asking: Asking, days: LocalDays, since: date) -> tuple[Rating, ...]:
    """All client satisfaction responses."""
    rows = plain_rows(
        asking,
        "SELECT responded_at, client_id, score, nps FROM csat_response WHERE responded_at >= :since "
        "ORDER BY responded_at",
        since=days.starts(since),
    )
    return tuple(Rating(days.of(at), client_id, score, nps) for at, client_id, score, nps in rows)


class Sessions(NamedTuple):
    """What the desk's assignments and lookbooks give."""

    consultations: tuple[Consultation, ...]
    deliveries: tuple[Delivery, ...]
    delivered: tuple[Delivered, ...]
    sent: tuple[Sent, ...]


_EARLY = f"'-{int(EARLIEST.total_seconds())} seconds'"
_HELD = f"""
    SELECT a.client_id, a.consultation_at, a.consultation_ends_at, a.status, a.delivered_at, a.cancelled_at,
           (SELECT m.sent_at FROM message m
            WHERE m.client_id = a.client_id AND m.direction = 'out'
              AND m.sent_at >= strftime('%Y-%m-%d %H:%M:%f000', a.consultation_at, {_EARLY})
            ORDER BY m.sent_at LIMIT 1)
    FROM assignment a
    WHERE a.consultation_at >= :since
      AND (a.status NOT IN ('cancelled', 'no_show') OR a.status = 'cancelled' AND a.cancelled_at IS NOT NULL)
    ORDER BY a.consultation_at, a.id"""
"""Sessions that were held, or are to be, and those of which the lookbook may be due though they were cancelled (R14).

A session that was closed without a delivery has its reason.
"""

_DELIVERED = """
    SELECT x.delivered_at, x.client_id, x.is_revision FROM (
        SELECT delivered_at, client_id, type = 'revision' AS is_revision FROM assignment WHERE delivered_at IS NOT NULL
        UNION ALL
        SELECT l.delivered_at, l.client_id, coalesce(a.type = 'revision', 0)
        FROM lookbook l LEFT JOIN assignment a ON a.id = l.assignment_id
        WHERE l.delivered_at IS NOT NULL AND (a.id IS NULL OR a.delivered_at IS NULL)) x
    WHERE x.delivered_at >= :since ORDER BY x.delivered_at"""
"""Each assignment that was delivered once, and the lookbooks that were delivered without one."""


def sessions(asking: Asking, days: LocalDays, since: date) -> Sessions:
    """All consultations, same-day deliveries, and lookbooks delivered."""
    settings = asking.settings
    usual = timedelta(minutes=settings.appointment_minutes)
    earliest = days.starts(since)
    held: list[Consultation] = []
    due: list[Delivery] = []
    within = timedelta(hours=settings.late_change_hours)
    for client_id, at, ends_at, status, delivered_at, cancelled_at, message_at in plain_rows(
        asking, _HELD, since=earliest
    ):
        on, starts_at = days.of(at), instant(at)
        until = deadline(starts_at, _instant(ends_at), settings.deadline_counts_from, usual, asking.zone)
        if status != "cancelled":
            held.append(Consultation(on, client_id, starts_at, _instant(message_at)))
        elif not is_owed(AssignmentStatus.CANCELLED, starts_at, until, instant(cancelled_at), None, within):
            continue
        if status == "closed" and delivered_at is None:
            continue
        due.append(Delivery(on, client_id, until, _instant(delivered_at)))
    delivered: list[Delivered] = []
    sent: list[Sent] = []
    for at, client_id, is_revision in plain_rows(asking, _DELIVERED, since=earliest):
        on = days.of(at)
        delivered.append(Delivered(on, client_id, bool(is_revision)))
        if not is_revision:
            sent.append(Sent(on, client_id, instant(at)))
    return Sessions(tuple(held), tuple(due), tuple(delivered), tuple(sent))


_CLOSED = """
    SELECT id, client_id, closed_at, coalesce(consultation_at, closed_at) FROM assignment
    WHERE status = 'closed' AND closed_at >= :since ORDER BY closed_at, id"""

_NEXT = """
    SELECT x.client_id, x.starts_at, x.what, x.id FROM (
        SELECT client_id, consultation_at AS starts_at, 'assignment' AS what, id FROM assignment
        WHERE type <> 'revision' AND status NOT IN ('cancelled', 'no_show') AND consultation_at IS NOT NULL
        UNION ALL
        SELECT client_id, starts_at, 'appointment', id FROM appointment
        WHERE assignment_id IS NULL AND cancelled_at IS NULL) x
    WHERE x.starts_at >= :since AND x.client_id IN (SELECT client_id FROM assignment WHERE status = 'closed')"""

_ENTERED = """
    SELECT c.table_name, c.row_id, min(k.at)
    FROM journal_change c JOIN journal_command k ON k.id = c.command_id
    WHERE c.client_id IN (SELECT DISTINCT client_id FROM assignment WHERE status = 'closed')
      AND c.table_name IN ('assignment', 'appointment') AND c.op = 'I'
    GROUP BY c.table_name, c.row_id"""
"""When a session was booked is when its row came onto the desk."""

_BOOKED = """
    SELECT client_id, occurred_at FROM signal
    WHERE kind = 'booked' AND occurred_at >= :since
      AND client_id IN (SELECT client_id FROM assignment WHERE status = 'closed')"""


def closings(asking: Asking, days: LocalDays, since: date) -> tuple[Closing, ...]:
    """All sessions that were closed, with the day on which her next one was booked.

    Booked is when it came onto the desk, or when it was held if that was before; or when she booked one herself.
    """
    entered = {(what, key): at for what, key, at in plain_rows(asking, _ENTERED)}
    later: dict[int, list[tuple[str, str]]] = {}  # when it begins, and when it was booked
    for client_id, starts_at, what, key in plain_rows(asking, _NEXT, since=days.starts(since)):
        booked_at = min(entered.get((what, key), starts_at), starts_at)
        later.setdefault(client_id, []).append((starts_at, booked_at))
    booked: dict[int, list[str]] = {}
    for client_id, at in plain_rows(asking, _BOOKED, since=days.starts(since)):
        booked.setdefault(client_id, []).append(at)
    found = []
    for _, client_id, closed_at, held_at in plain_rows(asking, _CLOSED, since=days.starts(since)):
        begun = max(closed_at, held_at)
        all_booked = [at for starts_at, at in later.get(client_id, ()) if starts_at > begun]
        all_booked += [at for at in booked.get(client_id, ()) if at >= closed_at]
        on = days.of(closed_at)
        booked_on = max(on, days.of(min(all_booked))) if all_booked else None
        found.append(Closing(on, client_id, booked_on))
    return tuple(found)


_HERS = """
    SELECT client_id, sent_at FROM message WHERE direction = 'in' AND sent_at >= :since
    UNION ALL SELECT client_id, occurred_at FROM signal WHERE kind = 'replied' AND occurred_at >= :since"""
_OURS = """
    SELECT client_id, sent_at FROM message WHERE direction = 'out' AND sent_at >= :since
    UNION ALL SELECT client_id, completed_at FROM follow_up WHERE status = 'completed' AND completed_at >= :since"""
"""What was written both ways; a completed follow-up is an answer too."""


RUN = timedelta(days=31)
"""A run of messages is looked for so many days further back: which one of it was the first."""


def answers(asking: Asking, days: LocalDays, since: date) -> tuple[Answer, ...]:
    """How long each message of a client waited: the first one of a run counts, on its own day, answered or not yet."""
    hers: dict[int, list[str]] = {}
    ours: dict[int, list[str]] = {}
    earliest = days.starts(since - RUN)
    for client_id, at in plain_rows(asking, _HERS, since=earliest):
        hers.setdefault(client_id, []).append(at)
    for client_id, at in plain_rows(asking, _OURS, since=earliest):
        if client_id in hers:
            ours.setdefault(client_id, []).append(at)
    runs = [(asked, client_id, at) for client_id in hers for asked, at in _runs(hers[client_id], ours.get(client_id))]
    if not runs:
        return ()
    first, last = instant(min(run[0] for run in runs)), instant(max(run[2] or run[0] for run in runs))
    worked = WorkedTime(working_hours(asking), first, last, asking.zone)
    found = [
        Answer(days.of(asked), client_id, worked.between(instant(asked), instant(at)) if at else None)
        for asked, client_id, at in runs
    ]
    return tuple(sorted(found, key=_ON))


def _runs(hers: list[str], ours: list[str] | None) -> Iterator[tuple[str, str]]:
    """Of one client, the first message of each run and the answer, "" where it waits; one at the same time is none."""
    hers.sort()
    ours = sorted(ours or ())
    place = 0
    while place < len(hers):
        answer = bisect_right(ours, hers[place])
        if answer == len(ours):
            yield hers[place], ""
            return
        yield hers[place], ours[answer]
        place = bisect_left(hers, ours[answer], place)


def promises(asking: Asking, days: LocalDays, since: date) -> tuple[Promise, ...]:
    """All follow-ups that were due on a day, whether done or not; one that was cancelled is none."""
    rows = plain_rows(
        asking,
        "SELECT coalesce(promised_on, due_on) AS day, client_id, completed_at FROM follow_up "
        "WHERE due_on IS NOT NULL AND status <> 'cancelled' AND coalesce(promised_on, due_on) >= :since ORDER BY day",
        since=since.isoformat(),
    )
    return tuple(
        Promise(datetime.fromisoformat(day).date(), client_id, days.of(at) if at else None)
        for day, client_id, at in rows
    )


_CONTACTS = """
    SELECT * FROM (SELECT sent_at AS at, client_id FROM message WHERE direction = 'out'
    UNION ALL SELECT completed_at, client_id FROM follow_up WHERE status = 'completed' AND completed_at IS NOT NULL
    UNION ALL SELECT written_at, client_id FROM note WHERE call_status IS NOT NULL)
    WHERE at >= :since ORDER BY at"""


def contacts(asking: Asking, days: LocalDays, since: date) -> tuple[Contacts, ...]:
    """All messages sent, calls made and follow-ups completed."""
    rows = list(plain_rows(asking, _CONTACTS, since=days.starts(since)))
    return tuple(Contacts(on, frozenset([client_id for _, client_id in some])) for on, some in days.split(rows))
