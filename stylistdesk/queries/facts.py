"""Gathers the facts that the rules of R5 judge by: for all clients in a handful of statements, or for one.

Plain SQL on the session's own connection: no table is declared and no object is mapped, so that the first screen does
not wait for either, and ten thousand clients are read in little more than the time that SQLite takes.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.assignments import deadline, is_owed
from stylistdesk.domain.dates import LocalNow, cadence_due, say_cadence
from stylistdesk.domain.expected import Expected
from stylistdesk.domain.facts import (
    REACTIONS,
    AppointmentFact,
    AssignmentFact,
    ConsentFact,
    CsatFact,
    DeliveredFact,
    Dismissed,
    DueFact,
    Facts,
    MovableFact,
    Owed,
    OwedFact,
    ReceivedFact,
    Snoozed,
    Unseen,
)
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, Cents, Channel, DeadlineAnchor, SignalKind
from stylistdesk.domain.waits import Waits
from stylistdesk.queries.came_back import CameBack, came_back
from stylistdesk.queries.lapsing import lapsing
from stylistdesk.queries.movable import movable

if TYPE_CHECKING:
    from stylistdesk.queries.asking import Asking

Row = tuple[Any, ...]

_KINDS: dict[str, SignalKind] = {kind.value: kind for kind in SignalKind}
_TALK = (SignalKind.COMMENTED, SignalKind.REPLIED)
# Rules that would suggest again what was done before it was due.
_REPEATING = "'ask_for_consent', 'ask_how_it_fits', 'book_next_looks', 'move_order', 'schedule_revision'"
_REACTIONS = ", ".join(f"'{kind.value}'" for kind in sorted(REACTIONS))


def instant(text: str) -> datetime:
    """An instant as the tables store it: text in UTC."""
    return datetime.fromisoformat(text + "+00:00")


def stored(at: datetime) -> str:
    """An instant as the tables store it, to compare with."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


@dataclass(frozen=True, slots=True)
class Reader:
    """Runs statements for all clients, or with `{one}` filled in for one."""

    execute: Callable[[str, dict[str, Any]], Any]
    here: LocalNow
    waits: Waits
    client_id: int | None = None

    def rows(self, statement: str, column: str = "client_id", **given: Any) -> Iterator[Row]:
        """The rows of a statement, whose `{one}` is a condition on the client's column."""
        one = "" if self.client_id is None else f"AND {column} = :client"
        found: Iterator[Row] = self.execute(statement.replace("{one}", one), given | {"client": self.client_id})
        return found

    def ago(self, days: int) -> str:
        """The instant so many days ago, as stored."""
        return stored(self.here.now - timedelta(days=days))


def reader(asking: "Asking", waits: Waits, client_id: int | None = None) -> Reader:
    """A reader on the session's own connection and snapshot, without the cost of its row objects."""
    connection: Any = asking.session.connection().connection
    return Reader(connection.cursor().connection.execute, LocalNow(asking.now, asking.zone), waits, client_id)


# The details of the newest signal are looked up only where a rule may quote them.
_UNSEEN = f"""
    SELECT a.client_id, a.kind, a.n, a.first_at, a.last_at, a.last_id,
           d.item, d.brand, d.lookbook, d.comment, d.amount_cents, d.currency
    FROM (SELECT s.client_id, s.kind, count(*) AS n, min(s.occurred_at) AS first_at,
                 max(s.occurred_at) AS last_at, max(s.id) AS last_id
          FROM client c CROSS JOIN signal s ON s.client_id = c.id AND s.id > c.watermark
          WHERE 1 {{one}} GROUP BY s.client_id, s.kind) a
    LEFT JOIN signal d
      ON d.id = CASE WHEN a.kind IN ({_REACTIONS}) AND a.last_at >= :quotable THEN a.last_id END"""


def _unseen(read: Reader) -> dict[int, list[Unseen]]:
    waits = read.waits
    oldest = max(
        waits.cart_stale_days, waits.comment_stale_days, waits.hearted_stale_days, waits.checked_out_stale_days
    )
    found: dict[int, list[Unseen]] = {}
    for (
        client_id,
        kind,
        count,
        first_at,
        last_at,
        last_id,
        item,
        brand,
        lookbook,
        comment,
        cents,
        currency,
    ) in read.rows(_UNSEEN, "c.id", quotable=read.ago(oldest)):
        unseen = Unseen(
            _KINDS[kind],
            count,
            instant(first_at),
            instant(last_at),
            last_id,
            item or "",
            brand or "",
            lookbook or "",
            comment or "",
            cents,
            currency or "",
        )
        if client_id in found:
            found[client_id].append(unseen)
        else:
            found[client_id] = [unseen]
    return found


def _followed_up(read: Reader) -> dict[int, str]:
    """When a follow-up was last completed with each client, as stored."""
    rows = read.rows(
        "SELECT c.id, (SELECT max(f.completed_at) FROM follow_up f WHERE f.client_id = c.id) AS at FROM client c "
        "WHERE 1 {one}",
        "c.id",
    )
    return {client_id: at for client_id, at in rows if at is not None}


def _done(read: Reader) -> dict[int, tuple[tuple[str, datetime], ...]]:
    """When what a repeating rule asked for was last done, in the time that its stages last."""
    found: dict[int, tuple[tuple[str, datetime], ...]] = {}
    for client_id, rule, at in read.rows(
        "SELECT client_id, rule, max(completed_at) FROM follow_up WHERE completed_at >= :since "
        f"AND rule IN ({_REPEATING}) {{one}} GROUP BY client_id, rule",
        since=read.ago(
            max(
                31 * read.waits.received_third_months,
                read.waits.again_days,
                read.waits.consent_days + 1,
                read.waits.move_days + 1,
            )
        ),
    ):
        found[client_id] = (*found.get(client_id, ()), (rule, instant(at)))
    return found


def _csat(read: Reader) -> dict[int, tuple[CsatFact, ...]]:
    found: dict[int, tuple[CsatFact, ...]] = {}
    rows = read.rows(
        "SELECT client_id, id, score, comment, responded_at FROM csat_response "
        "WHERE answered_at IS NULL AND score <= 2 {one} ORDER BY responded_at, id"
    )
    for client_id, number, score, comment, at in rows:
        found[client_id] = (*found.get(client_id, ()), CsatFact(number, score, comment, instant(at)))
    return found


def _assignments(read: Reader, plan: "Plan") -> dict[int, tuple[AssignmentFact, ...]]:
    found: dict[int, tuple[AssignmentFact, ...]] = {}
    for client_id, key, kind, status, at, review_at, number, ends_at, cancelled_at in read.rows(
        "SELECT client_id, id, type, status, consultation_at, look_review_at, revision_number, consultation_ends_at, "
        "cancelled_at FROM assignment WHERE (status IN ('scheduled', 'in_progress') "
        "OR (status = 'cancelled' AND cancelled_at IS NOT NULL)) {one} ORDER BY consultation_at, id"
    ):
        starts_at = instant(at) if at else None
        due_at = starts_at and deadline(
            starts_at, instant(ends_at) if ends_at else None, plan.anchor, plan.usual, read.here.zone
        )
        owed = status == "cancelled"
        gone_at = instant(cancelled_at) if cancelled_at else None
        if owed and not is_owed(AssignmentStatus.CANCELLED, starts_at, due_at, gone_at, None, plan.late_change):
            continue
        fact = AssignmentFact(
            key,
            AssignmentType(kind),
            AssignmentStatus(status),
            starts_at,
            instant(review_at) if review_at else None,
            number,
            due_at,
            owed,
        )
        found[client_id] = (*found.get(client_id, ()), fact)
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """What the settings say of sessions: the deadline's anchor, the usual length, and how late a change is late."""

    anchor: DeadlineAnchor
    usual: timedelta
    late_change: timedelta

    @classmethod
    def of(cls, asking: "Asking") -> "Plan":
        """As the desk has them."""
        settings = asking.settings
        usual, late = timedelta(minutes=settings.appointment_minutes), timedelta(hours=settings.late_change_hours)
        return cls(settings.deadline_counts_from, usual, late)


def _with_session(read: Reader) -> set[int]:
    rows = read.rows(
        "SELECT DISTINCT client_id FROM assignment WHERE status NOT IN ('cancelled', 'no_show') {one}",
    )
    return {row[0] for row in rows}


# An assignment that was delivered without a lookbook of its own counts too.
_DELIVERED = f"""
    SELECT x.client_id, x.assignment_id, x.lookbook_id, x.title, x.delivered_at,
           EXISTS (SELECT 1 FROM signal s WHERE s.client_id = x.client_id AND s.occurred_at > x.delivered_at
                   AND s.kind IN ({_REACTIONS}))
    FROM (SELECT client_id, assignment_id, id AS lookbook_id, title, delivered_at FROM lookbook
          WHERE delivered_at BETWEEN :since AND :now {{one}}
          UNION ALL
          SELECT client_id, id, NULL, '', delivered_at FROM assignment a
          WHERE delivered_at BETWEEN :since AND :now {{one}}
            AND NOT EXISTS (SELECT 1 FROM lookbook l WHERE l.assignment_id = a.id AND l.delivered_at IS NOT NULL)) x
    ORDER BY x.delivered_at, x.lookbook_id"""


def _delivered(read: Reader) -> dict[int, DeliveredFact]:
    rows = read.rows(_DELIVERED, since=read.ago(read.waits.lookbook_stale_days), now=stored(read.here.now))
    return {row[0]: DeliveredFact(row[1], row[3], instant(row[4]), bool(row[5]), row[2]) for row in rows}


_RECEIVED = """
    SELECT s.client_id, s.id, s.occurred_at, s.item, o.placed_at, s.order_id
    FROM (SELECT (SELECT x.id FROM signal x
                  WHERE x.client_id = c.id AND x.kind = 'received' AND (x.occurred_at >= :since OR x.id > c.watermark)
                  ORDER BY x.occurred_at DESC, x.id DESC LIMIT 1) AS id
          FROM client c WHERE 1 {one}) last
    JOIN signal s ON s.id = last.id LEFT JOIN "order" o ON o.id = s.order_id"""
_ALL_RECEIVED = """
    SELECT s.client_id, s.id, s.occurred_at, s.item, o.placed_at, s.order_id, s.id > c.watermark
    FROM json_each(:clients) j JOIN client c ON c.id = j.value
    JOIN signal s ON s.client_id = c.id AND s.kind = 'received' AND (s.occurred_at >= :since OR s.id > c.watermark)
    LEFT JOIN "order" o ON o.id = s.order_id ORDER BY s.occurred_at DESC, s.id DESC"""


def _received(read: Reader) -> dict[int, ReceivedFact]:
    waits = read.waits
    days = max(
        waits.received_third_months * 31 + waits.received_lapse_days,
        waits.received_first_days,
        waits.received_second_days,
    )
    since = read.ago(days + 1)
    back, gone = came_back(read.rows, read.here, since), []
    found = {}
    for client_id, key, at, item, bought_at, order_id in read.rows(_RECEIVED, "c.id", since=since):
        left = back.left_of(client_id, order_id, item, at)
        if left is None:
            gone.append(client_id)
        else:
            found[client_id] = ReceivedFact(key, instant(at), left, instant(bought_at) if bought_at else None)
    return found | _received_before(read, back, gone, since) if gone else found


def _received_before(read: Reader, back: CameBack, clients: list[int], since: str) -> dict[int, ReceivedFact]:
    """What each of these clients, whose last parcel came back, received before and kept."""
    found: dict[int, ReceivedFact] = {}
    for client_id, key, at, item, bought_at, order_id, is_news in read.rows(
        _ALL_RECEIVED, since=since, clients=json.dumps(clients)
    ):
        received_at, left = instant(at), back.left_of(client_id, order_id, item, at)
        if left is None:
            continue
        known = found.get(client_id) or ReceivedFact(
            key, received_at, left, instant(bought_at) if bought_at else None, newer_came_back=True
        )
        if is_news:
            old = known.news or Unseen(SignalKind.RECEIVED, 0, received_at, received_at, key, left)
            news = old._replace(count=old.count + 1, first_at=received_at, last_id=max(old.last_id, key))
            known = replace(known, news=news)
        found[client_id] = known
    return found


def _appointments(read: Reader) -> dict[int, tuple[AppointmentFact, ...]]:
    found: dict[int, tuple[AppointmentFact, ...]] = {}
    for client_id, key, starts_at, kind, confirmed_at in read.rows(
        "SELECT client_id, id, starts_at, kind, confirmed_at FROM appointment "
        "WHERE starts_at >= :since AND starts_at < :until AND cancelled_at IS NULL "
        # A session whose assignment is over has nothing to be confirmed.
        "AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.id = assignment_id "
        "AND a.status NOT IN ('scheduled', 'in_progress')) {one} ORDER BY starts_at, id",
        since=stored(read.here.tomorrow_starts),
        until=stored(read.here.tomorrow_starts + timedelta(hours=26)),
    ):
        fact = AppointmentFact(key, instant(starts_at), kind, confirmed_at is not None)
        found[client_id] = (*found.get(client_id, ()), fact)
    return found


_LAST_LOOKS = """
    SELECT a.client_id, max(coalesce(a.consultation_at, a.delivered_at))
    FROM cadence k CROSS JOIN assignment a ON a.client_id = k.client_id
    WHERE a.type <> 'revision' AND a.status NOT IN ('cancelled', 'no_show') {one} GROUP BY a.client_id"""


def _cadences(read: Reader) -> dict[int, tuple[date, str, date | None]]:
    """The day that is due, the cadence in words and the last looks of each client whose cadence is not paused."""
    here = read.here
    last = {row[0]: here.day(instant(row[1])) for row in read.rows(_LAST_LOOKS, "a.client_id") if row[1]}
    found: dict[int, tuple[date, str, date | None]] = {}
    for client_id, every, unit, anchor in read.rows(
        "SELECT client_id, every, unit, anchor_on FROM cadence WHERE paused_at IS NULL AND every > 0 {one}"
    ):
        looks = last.get(client_id)
        due = cadence_due(date.fromisoformat(anchor), every, unit, looks, here.today)
        found[client_id] = (due, say_cadence(every, unit), looks)
    return found


def _due(read: Reader) -> dict[int, tuple[DueFact, ...]]:
    until = (read.here.today + timedelta(days=read.waits.lookahead_days)).isoformat()
    found: dict[int, tuple[DueFact, ...]] = {}
    for kind, statement in (
        (
            "follow_up",
            "SELECT client_id, id, due_on, reminder, channel FROM follow_up "
            "WHERE status = 'scheduled' AND due_on <= :until {one}",
        ),
        (
            "task",
            "SELECT client_id, id, due_on, description, NULL FROM task "
            "WHERE done_at IS NULL AND due_on <= :until AND client_id IS NOT NULL {one}",
        ),
    ):
        for client_id, key, due_on, text, channel in read.rows(statement, until=until):
            fact = DueFact(kind, key, date.fromisoformat(due_on), text, Channel(channel) if channel else None)
            found[client_id] = (*found.get(client_id, ()), fact)
    return found


_NOT_PASSED_ON = """
    SELECT client_id, 'return', id, number, opened_on, '' FROM goods_return
    WHERE passed_on_at IS NULL AND received_at IS NULL AND cancelled_at IS NULL {one}
    UNION ALL
    SELECT client_id, 'exchange', id, number, opened_on, '' FROM goods_return
    WHERE exchange_order_id IS NOT NULL AND exchange_sent_at IS NULL AND cancelled_at IS NULL {one}"""
_NOT_SENT = """
    SELECT coalesce(for_client_id, client_id), 'gift', id, number, sold_on,
           CASE WHEN for_client_id IS NULL THEN for_name ELSE '' END
    FROM gift_certificate g
    WHERE sent_at IS NULL AND (SELECT sum(cents) FROM gift_movement WHERE gift_id = g.id) > 0 {one}"""


def _to_pass_on(read: Reader) -> dict[int, tuple[OwedFact, ...]]:
    """What the rep still owes each client of returns and certificates."""
    found: dict[int, tuple[OwedFact, ...]] = {}
    for rows in (read.rows(_NOT_PASSED_ON), read.rows(_NOT_SENT, "coalesce(for_client_id, client_id)")):
        for client_id, kind, key, number, since, name in rows:
            fact = OwedFact(Owed(kind), key, number, date.fromisoformat(since), name)
            found[client_id] = (*found.get(client_id, ()), fact)
    return found


def _quizzes(read: Reader) -> dict[int, datetime]:
    rows = read.rows(
        "SELECT client_id, max(taken_at) FROM style_quiz WHERE taken_at >= :since {one} GROUP BY client_id",
        since=read.ago(read.waits.new_client_days),
    )
    return {client_id: instant(at) for client_id, at in rows}


def _snoozed(read: Reader) -> dict[int, Snoozed]:
    rows = read.rows("SELECT client_id, until, mark FROM snooze WHERE until > :now {one}", now=stored(read.here.now))
    return {client_id: Snoozed(instant(until), mark) for client_id, until, mark in rows}


def _dismissed(read: Reader) -> dict[int, tuple[Dismissed, ...]]:
    found: dict[int, tuple[Dismissed, ...]] = {}
    for client_id, rule, subject, mark in read.rows(
        "SELECT client_id, rule, subject, mark FROM dismissal WHERE 1 {one}"
    ):
        found[client_id] = (*found.get(client_id, ()), Dismissed(rule, subject, mark))
    return found


def _last_sent(read: Reader, unseen: dict[int, list[Unseen]]) -> dict[int, datetime]:
    """The last text or email to each client whose comment or reply may wait for an answer."""
    waiting = [client_id for client_id, kinds in unseen.items() if any(each.kind in _TALK for each in kinds)]
    rows = read.rows(
        "SELECT j.value, (SELECT m.sent_at FROM message m WHERE m.client_id = j.value AND m.direction = 'out' "
        "AND m.channel IN ('text', 'email') ORDER BY m.sent_at DESC LIMIT 1) FROM json_each(:waiting) j",
        waiting=json.dumps(waiting),
    )
    return {client_id: instant(at) for client_id, at in rows if at is not None}


def _reach(read: Reader) -> dict[int, tuple[bool, bool]]:
    """Whether each client has a number and an address that may be written to."""
    rows = read.rows(
        "SELECT client_id, max(phone <> '' AND text_consent <> 'unsubscribed'), "
        "max(email <> '' AND email_status = 'active' AND email_consent <> 'unsubscribed') FROM contact "
        "WHERE 1 {one} GROUP BY client_id"
    )
    return {client_id: (bool(phone), bool(email)) for client_id, phone, email in rows}


def _lapsing(read: Reader) -> dict[int, ConsentFact]:
    """Whose consent lapses within so many days; `queries/lapsing.py` finds them in one statement."""
    return lapsing(read.rows, read.here, read.waits.consent_days)


def _movable(read: Reader) -> dict[int, tuple[MovableFact, ...]]:
    """Whose orders can still be moved to an event, in the last days of the month (R41)."""
    return movable(read.rows, read.here, read.waits.move_days)


def cadence_label(read: Reader) -> str:
    """One client's cadence in words, "paused" said; empty if she has none."""
    for every, unit, paused_at in read.rows("SELECT every, unit, paused_at FROM cadence WHERE 1 {one}"):
        return say_cadence(every, unit) + (", paused" if paused_at else "")
    return ""


_CLIENTS = """
    SELECT c.id, c.name, c.first_name, c.spending_power, CASE WHEN c.added_by_hand THEN c.added_at END, c.watermark,
           c.order_count, c.last_order_on, c.rhythm_days, e.chance, e.amount_cents, e.by_day
    FROM client c LEFT JOIN expected_value e ON e.id = c.id AND e.by_day >= :today WHERE 1 {one}"""


def gather(asking: "Asking", client_id: int | None = None, *, waits: Waits | None = None) -> Iterator[Facts]:
    """The facts of every client about whom a rule might have something to say, or of the one asked for.

    One client is given even if no rule has; none if she is gone.
    """
    waits = waits or Waits()
    read, plan = reader(asking, waits, client_id), Plan.of(asking)
    unseen = _unseen(read)
    csat, assignments, delivered, received = _csat(read), _assignments(read, plan), _delivered(read), _received(read)
    appointments, cadences, due, quizzes = _appointments(read), _cadences(read), _due(read), _quizzes(read)
    consents, movables, to_pass_on = _lapsing(read), _movable(read), _to_pass_on(read)
    horizon = read.here.today + timedelta(days=waits.lookahead_days)
    styled = [key for key, (day, _, _) in cadences.items() if day <= horizon]
    pressing: set[int] = set().union(
        *(unseen, csat, assignments, delivered, received, appointments, styled, due, quizzes, consents),
        *(movables, to_pass_on),
    )
    followed_up, done, sessions = _followed_up(read), _done(read), _with_session(read)
    snoozed, dismissed, sent, reach = _snoozed(read), _dismissed(read), _last_sent(read, unseen), _reach(read)
    new_since = read.ago(waits.new_client_days)
    nowhere = (False, False)
    no_cadence: tuple[date | None, str, date | None] = (None, "", None)
    today, quiet_percent = read.here.today, waits.quiet_percent
    days: dict[str, date] = {}

    def expected(chance: int, amount: int, by: str) -> Expected:
        day = days.get(by) or days.setdefault(by, date.fromisoformat(by))
        return Expected(chance, Cents(amount), asking.currency, day)

    clients = list(read.rows(_CLIENTS, "c.id", today=today.isoformat()))
    for key, name, first, power, added, watermark, orders, last_order, rhythm, chance, amount, by in clients:
        added_lately = added is not None and added >= new_since
        last_on = date.fromisoformat(last_order) if last_order else None
        if client_id is None and key not in pressing and not added_lately:
            quiet = rhythm is not None and last_on is not None and (today - last_on).days * 100 > rhythm * quiet_percent
            if not quiet:
                continue
        hers = tuple(unseen.get(key, ()))
        next_on, label, looks_on = cadences.get(key, no_cadence)
        phone, email = reach.get(key, nowhere)
        contact_at = followed_up.get(key)
        yield Facts(
            client_id=key,
            name=name,
            first_name=first,
            spending_power=power,
            added_by_hand_at=instant(added) if added_lately else None,
            quiz_taken_at=quizzes.get(key),
            has_session=key in sessions,
            unseen=hers,
            last_signal_id=max((each.last_id for each in hers), default=watermark),
            last_follow_up_at=instant(contact_at) if contact_at else None,
            done=done.get(key, ()),
            csat=csat.get(key, ()),
            assignments=assignments.get(key, ()),
            delivered=delivered.get(key),
            received=received.get(key),
            appointments=appointments.get(key, ()),
            cadence_next_on=next_on,
            cadence_label=label,
            last_looks_on=looks_on,
            order_count=orders,
            last_order_on=last_on,
            rhythm_days=rhythm,
            due=due.get(key, ()),
            dismissed=dismissed.get(key, ()),
            snoozed=snoozed.get(key),
            last_sent_at=sent.get(key),
            has_phone=phone,
            has_email=email,
            consent=consents.get(key),
            movable=movables.get(key, ()),
            expected=None if chance is None else expected(chance, amount, by),
            to_pass_on=to_pass_on.get(key, ()),
        )
