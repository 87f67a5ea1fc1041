"""What is due, and when: assignments and other appointments, with all of R9 about whom they are with (R8 to R14)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stylistdesk.commands.sessions import has_lookbook
from stylistdesk.db.sums import ACTIVE
from stylistdesk.db.tables import Client
from stylistdesk.domain.assignments import EARLIEST, Times, deadline, is_owed, late_flags, say_type
from stylistdesk.domain.dates import say_cadence
from stylistdesk.domain.due_groups import DueGroup, group_of
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, SignalKind
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import Plan, Reader, instant, reader, stored

COUNTED = (
    SignalKind.HEARTED,
    SignalKind.COMMENTED,
    SignalKind.ADDED_TO_CART,
    SignalKind.CHECKED_OUT,
    SignalKind.RECEIVED,
)
"""The signals of which a row tells how many there were, and the last day (R9)."""
MOST = 500
"""So many of a kind are given: those that are next, and of what is to be closed the newest."""
BEGINS_FOR = timedelta(hours=1)
"""The prompt to begin a consultation stays for so long after its time."""


@dataclass(frozen=True, slots=True)
class About:
    """What R9 tells of a client. Amounts are what is Active of her orders, in minor units of `currency`."""

    client_id: int
    name: str
    spending_power: int | None
    quiz_taken_at: datetime | None = None
    cadence: str = ""
    orders: int = 0
    total: int = 0
    currency: str = ""
    phone: str = ""
    signals: tuple[tuple[SignalKind, int, datetime | None], ...] = tuple((kind, 0, None) for kind in COUNTED)


@dataclass(frozen=True, slots=True)
class DueRow:
    """An assignment, or an appointment that belongs to none (`assignment_id` is then None)."""

    assignment_id: int | None
    appointment_id: int | None  # its consultation's
    about: About
    group: DueGroup
    what: str
    status: AssignmentStatus | None
    at: datetime | None
    ends_at: datetime | None = None
    look_review_at: datetime | None = None
    due_at: datetime | None = None
    delivered_at: datetime | None = None
    type_reason: str = ""
    hq_notes: str = ""
    notes: str = ""
    confirmed: bool = False
    owed: bool = False
    flags: tuple[str, ...] = ()
    lookbook_id: int | None = None

    @property
    def key(self) -> int:
        """No two rows have the same."""
        return 2 * self.assignment_id if self.assignment_id else 2 * (self.appointment_id or 0) + 1


_EARLY = f"'-{int(EARLIEST.total_seconds())} seconds'"
# The consultation's own appointment, the lookbook that it is to end in, and the first message to her about it.
_ASSIGNMENTS = f"""
    SELECT a.id, a.client_id, a.type, a.revision_number, a.status, a.consultation_at, a.consultation_ends_at,
           a.look_review_at, a.started_at, a.delivered_at, a.cancelled_at, a.type_reason, a.hq_notes, a.rep_notes,
           (SELECT p.id FROM appointment p WHERE p.assignment_id = a.id AND lower(p.kind) = 'consultation'
            ORDER BY p.id LIMIT 1),
           (SELECT p.confirmed_at FROM appointment p WHERE p.assignment_id = a.id AND lower(p.kind) = 'consultation'
            ORDER BY p.id LIMIT 1),
           (SELECT l.id FROM lookbook l WHERE l.assignment_id = a.id ORDER BY l.delivered_at IS NOT NULL, l.id LIMIT 1),
           CASE WHEN a.consultation_at <= :now THEN
             (SELECT min(m.sent_at) FROM message m WHERE m.client_id = a.client_id AND m.direction = 'out'
              AND m.sent_at >= datetime(a.consultation_at, {_EARLY})) END
    FROM assignment a WHERE {{which}} ORDER BY {{order}} LIMIT :most"""
_OPEN = ("a.status IN ('scheduled', 'in_progress')", "a.consultation_at IS NULL, a.consultation_at, a.id")
_OWED = ("a.status = 'cancelled' AND a.cancelled_at IS NOT NULL AND a.delivered_at IS NULL", "a.id DESC")
_TO_CLOSE = ("a.status = 'delivered'", "a.delivered_at DESC, a.id DESC")
_OTHERS = """
    SELECT a.id, a.client_id, a.kind, a.starts_at, a.ends_at, a.confirmed_at, a.note FROM appointment a
    WHERE a.assignment_id IS NULL AND a.cancelled_at IS NULL AND a.starts_at >= :today
    ORDER BY a.starts_at, a.id LIMIT :most"""


def due(asking: Asking) -> tuple[DueRow, ...]:
    """All that is due, in the order of its groups, then of its time."""
    read = reader(asking, asking.settings.waits)
    rows = [row for which in (_OPEN, _OWED, _TO_CLOSE) for row in _assignments(asking, read, which)]
    rows += _others(asking, read)
    return _told(read, asking, sorted(rows, key=_place))


def _place(row: DueRow) -> tuple[int, str, int]:
    groups = list(DueGroup)
    at = row.delivered_at if row.group is DueGroup.TO_CLOSE else row.at
    return groups.index(row.group), at.isoformat() if at else "", row.key


def _at(text: str | None) -> datetime | None:
    return instant(text) if text else None


def _assignments(asking: Asking, read: Reader, which: tuple[str, str]) -> list[DueRow]:
    here, plan = read.here, Plan.of(asking)
    grace = timedelta(minutes=asking.settings.consultation_grace_minutes)
    statement = _ASSIGNMENTS.replace("{which}", which[0]).replace("{order}", which[1])
    found = []
    for (
        key, client_id, kind, number, state, starts, until, review, started, sent, cancelled, why, hq, mine, meeting,
        confirmed, book, contact,
    ) in read.rows(statement, now=stored(here.now), most=MOST):  # fmt: skip
        status, at, ends_at, delivered_at = AssignmentStatus(state), _at(starts), _at(until), _at(sent)
        due_at = deadline(at, ends_at, plan.anchor, plan.usual, asking.zone) if at else None
        owed = is_owed(status, at, due_at, _at(cancelled), delivered_at, plan.late_change)
        if which is _OWED and not owed:
            continue
        times = Times(status, at, _at(review), due_at, _at(started), delivered_at, _at(contact), _at(cancelled))
        found.append(
            DueRow(
                assignment_id=key,
                appointment_id=meeting,
                about=About(client_id, "", None),
                group=group_of(at, due_at, status, here),
                what=say_type(AssignmentType(kind), number),
                status=status,
                at=at,
                ends_at=ends_at,
                look_review_at=_at(review),
                due_at=due_at,
                delivered_at=delivered_at,
                type_reason=why,
                hq_notes=hq,
                notes=mine,
                confirmed=confirmed is not None,
                owed=owed,
                flags=late_flags(times, here.now, grace=grace, owed=owed),
                lookbook_id=book,
            )
        )
    return found


def _others(asking: Asking, read: Reader) -> Iterable[DueRow]:
    here = read.here
    rows = read.rows(_OTHERS, today=stored(here.today_starts), most=MOST)
    for key, client_id, kind, starts, until, confirmed, note in rows:
        at = instant(starts)
        yield DueRow(
            assignment_id=None,
            appointment_id=key,
            about=About(client_id, "", None),
            group=group_of(at, None, None, here),
            what=kind,
            status=None,
            at=at,
            ends_at=_at(until),
            notes=note,
            confirmed=confirmed is not None,
        )


# --------------------------------------------------------------- whom they are with

_HERS = "IN (SELECT value FROM json_each(:hers))"
_CLIENTS = f"""
    SELECT c.id, c.name, c.spending_power, (SELECT max(q.taken_at) FROM style_quiz q WHERE q.client_id = c.id),
           k.every, k.unit, k.paused_at,
           (SELECT t.phone FROM contact t WHERE t.client_id = c.id AND t.phone <> ''
            ORDER BY t.is_primary DESC, t.id LIMIT 1)
    FROM client c LEFT JOIN cadence k ON k.client_id = c.id WHERE c.id {_HERS}"""
_ORDERS = f"""
    SELECT client_id, currency, count(*), sum({ACTIVE}) FROM "order"
    WHERE client_id {_HERS} AND status <> 'cancelled' GROUP BY client_id, currency
    ORDER BY currency = :currency, count(*), currency DESC"""
_SIGNALS = f"""
    SELECT client_id, kind, count(*), max(occurred_at) FROM signal
    WHERE client_id {_HERS} AND kind IN ({", ".join(f"'{kind.value}'" for kind in COUNTED)})
    GROUP BY client_id, kind"""


def _told(read: Reader, asking: Asking, rows: Iterable[DueRow]) -> tuple[DueRow, ...]:
    """The rows with what R9 tells of their clients: a few statements for all of them."""
    rows = tuple(rows)
    hers = json.dumps(list(dict.fromkeys(row.about.client_id for row in rows)))
    orders: dict[int, tuple[str, int, int]] = {}
    counts: dict[int, int] = {}
    for client_id, currency, count, total in read.rows(_ORDERS, hers=hers, currency=asking.currency):
        orders[client_id] = currency, count, total
        counts[client_id] = counts.get(client_id, 0) + count
    signals: dict[int, dict[str, tuple[int, datetime]]] = {}
    for client_id, kind, count, last in read.rows(_SIGNALS, hers=hers):
        signals.setdefault(client_id, {})[kind] = count, instant(last)
    known: dict[int, About] = {}
    for key, name, power, quiz, every, unit, paused, phone in read.rows(_CLIENTS, hers=hers):
        currency, _, total = orders.get(key, (asking.currency, 0, 0))
        did = signals.get(key, {})
        known[key] = About(
            client_id=key,
            name=name,
            spending_power=power,
            quiz_taken_at=_at(quiz),
            cadence=say_cadence(every, unit) + (", paused" if paused else "") if every else "",
            orders=counts.get(key, 0),
            total=total,
            currency=currency,
            phone=phone or "",
            signals=tuple((kind, *did.get(kind.value, (0, None))) for kind in COUNTED),
        )
    return tuple(replace(row, about=known[row.about.client_id]) for row in rows)


# ------------------------------------------------------------------- what begins now


@dataclass(frozen=True, slots=True)
class ToStart:
    """A consultation that begins within minutes, or has begun, and is not In Progress."""

    assignment_id: int
    client_id: int
    name: str
    at: datetime


def to_start(asking: Asking) -> tuple[ToStart, ...]:
    """What is to be begun now (R12): from `waits.start_minutes` before the consultation, for an hour after it."""
    near = asking.now + timedelta(minutes=asking.settings.waits.start_minutes)
    rows = reader(asking, asking.settings.waits).rows(
        "SELECT a.id, a.client_id, c.name, a.consultation_at FROM assignment a JOIN client c ON c.id = a.client_id "
        "WHERE a.status = 'scheduled' AND a.consultation_at <= :near AND a.consultation_at > :since "
        "ORDER BY a.consultation_at, a.id",
        near=stored(near),
        since=stored(asking.now - BEGINS_FOR),
    )
    return tuple(ToStart(key, client_id, name, instant(at)) for key, client_id, name, at in rows)


def whom(asking: Asking, client_id: int) -> tuple[str, bool] | None:
    """Her name, and whether a lookbook was delivered to her (R10); None if she is gone."""
    client = asking.session.get(Client, client_id)
    return (client.name, has_lookbook(asking.session, client_id)) if client is not None else None
