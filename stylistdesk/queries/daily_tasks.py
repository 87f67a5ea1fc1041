"""The Daily Tasks queue (R3 to R6): rows for the list, and one client in full for the right pane."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from stylistdesk.db.sums import ACTIVE
from stylistdesk.domain.dates import LocalNow, say_day
from stylistdesk.domain.expected import Expected
from stylistdesk.domain.facts import Facts
from stylistdesk.domain.next_actions import Waits, Weights, standing
from stylistdesk.domain.suggestions import Standing, Suggestion
from stylistdesk.domain.types import Cents, Channel, ConsentState, SignalKind
from stylistdesk.queries.facts import Reader, cadence_label, gather, instant, reader, stored

if TYPE_CHECKING:
    from stylistdesk.queries.asking import Asking

MOST_SIGNALS = 200
"""The right pane lists so many signals, the newest."""


class SignalCount(NamedTuple):
    """Signals of one kind since the last follow-up; `last` is the real date of the newest."""

    kind: SignalKind
    count: int  # type: ignore[assignment]  # in place of the tuple's own method
    last: datetime


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One client in the queue."""

    client_id: int
    name: str
    spending_power: int | None
    standing: Standing
    signals: tuple[SignalCount, ...]
    last_signal_id: int

    @property
    def next(self) -> Suggestion:
        """What to do next."""
        return self.standing.suggestions[0]


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole queue, the most urgent first, with what the sum-up line says."""

    rows: tuple[QueueRow, ...]
    overdue: int
    today: int
    soon: int
    next_up: str = ""  # for the empty queue: the next thing that is coming, in words
    no_clients: bool = False  # there is not one client on the desk


@dataclass(frozen=True, slots=True)
class SignalLine:
    """One signal since the last follow-up, with its real date."""

    id: int
    kind: SignalKind
    occurred_at: datetime
    item: str
    brand: str
    lookbook: str
    comment: str
    amount: Cents | None
    currency: str


@dataclass(frozen=True, slots=True)
class ClientPane:
    """Everything the right pane of Daily Tasks shows of one client."""

    client_id: int
    name: str
    first_name: str
    spending_power: int | None
    email: str
    phone: str
    email_consent: ConsentState | None
    text_consent: ConsentState | None
    cadence_label: str
    standing: Standing | None
    last_follow_up_at: datetime | None
    last_follow_up_channel: Channel | None
    signals: tuple[SignalLine, ...]  # newest last, at most 200
    signal_total: int
    last_signal_id: int
    order_count: int
    order_total: Cents
    order_currency: str
    last_order_on: date | None
    appointments: tuple[tuple[datetime, str, bool], ...]  # starts, kind, confirmed; the next three
    expected: Expected | None = None  # what she is expected to bring (R48)


def _tuning(asking: "Asking") -> tuple[Waits, Weights]:
    """The rep's waiting times and weights."""
    settings = asking.settings
    return settings.waits, settings.weights


def _row(facts: Facts, here: LocalNow, waits: Waits, weights: Weights) -> QueueRow | None:
    place = standing(facts, here, waits, weights)
    if place is None:
        return None
    counts = tuple([SignalCount(each.kind, each.count, each.last_at) for each in facts.unseen])
    return QueueRow(facts.client_id, facts.name, facts.spending_power, place, counts, facts.last_signal_id)


def rank(row: QueueRow) -> tuple[int, datetime, str, int]:
    """The highest score first; ties by what is due first, then by name, then by id."""
    return -row.standing.points, row.next.due, row.name.casefold(), row.client_id


def sort_rows(rows: list[QueueRow]) -> list[QueueRow]:
    """The rows in the order of the queue."""
    return sorted(rows, key=rank)


def overdue_since(row: QueueRow, here: LocalNow) -> datetime | None:
    """By when the first of what she was promised before today was due, whatever is to be done next."""
    starts, since = here.today_starts, None
    for each in row.standing.suggestions:
        if each.promised and each.due < starts and (since is None or each.due < since):
            since = each.due
    return since


def when(row: QueueRow, here: LocalNow) -> str:
    """Whether something promised her is "overdue", or what to do next is for "today" or for "soon"."""
    if overdue_since(row, here) is not None:
        return "overdue"
    return "today" if row.next.due < here.tomorrow_starts else "soon"


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Keep the collector from walking, again and again, a hundred thousand new rows of which none is garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def queue(asking: "Asking") -> Queue:
    """The queue over all clients."""
    waits, weights = _tuning(asking)
    here = LocalNow(asking.now, asking.zone)
    with nothing_thrown_away():
        found = [row for facts in gather(asking, waits=waits) if (row := _row(facts, here, waits, weights))]
    counts = {"overdue": 0, "today": 0, "soon": 0}
    for row in found:
        counts[when(row, here)] += 1
    next_up, no_clients = "", False
    if not found:
        read = reader(asking, waits)
        next_up, no_clients = _next_up(read), not list(read.rows("SELECT 1 FROM client LIMIT 1"))
    return Queue(tuple(sort_rows(found)), counts["overdue"], counts["today"], counts["soon"], next_up, no_clients)


def queue_row(asking: "Asking", client_id: int) -> QueueRow | None:
    """One client's row, or None when she is not in the queue (any more)."""
    waits, weights = _tuning(asking)
    here = LocalNow(asking.now, asking.zone)
    for facts in gather(asking, client_id, waits=waits):
        return _row(facts, here, waits, weights)
    return None


_COMING = """
    SELECT at, what, c.name FROM (
        SELECT min(starts_at) AS at, kind AS what, client_id FROM appointment
        WHERE starts_at > :now AND cancelled_at IS NULL
        UNION ALL
        SELECT min(due_on), 'follow-up', client_id FROM follow_up WHERE status = 'scheduled' AND due_on > :today
        UNION ALL
        SELECT min(due_on), description, client_id FROM task WHERE done_at IS NULL AND due_on > :today
        UNION ALL
        SELECT min(until), 'snoozed until then', client_id FROM snooze WHERE until > :now)
    LEFT JOIN client c ON c.id = client_id
    WHERE at IS NOT NULL"""


def _next_up(read: Reader) -> str:
    """The next thing that is coming, in words; empty if nothing is."""
    here = read.here
    coming = []
    for at, what, name in read.rows(_COMING, now=stored(here.now), today=here.today.isoformat()):
        timed = len(at) > 10
        day = here.day(instant(at)) if timed else date.fromisoformat(at)
        coming.append((day, here.hour(instant(at)) if timed else "", what, name or ""))
    if not coming:
        unknown = read.rows("SELECT 1 FROM client WHERE NOT EXISTS (SELECT 1 FROM signal) LIMIT 1")
        return "What your clients do is not known yet: bring in their orders or activity." if list(unknown) else ""
    day, hour, what, name = min(coming, key=lambda one: (one[0], one[1].zfill(5)))
    said = " ".join(word for word in (say_day(day, here.today), hour) if word)
    return f"Next up: {said}, {what or 'appointment'}{' with ' + name if name else ''}."


_CONTACT = """
    SELECT email, phone, email_consent, text_consent FROM contact WHERE 1 {one}
    ORDER BY is_primary DESC, id LIMIT 1"""
_SIGNALS = """
    SELECT s.id, s.kind, s.occurred_at, s.item, s.brand, s.lookbook, s.comment, s.amount_cents, s.currency
    FROM client c JOIN signal s ON s.client_id = c.id AND s.id > c.watermark WHERE 1 {one}
    ORDER BY s.occurred_at DESC, s.id DESC LIMIT :most"""
_ORDERS = f"""
    SELECT currency, sum({ACTIVE}), count(*) FROM "order" WHERE status <> 'cancelled' {{one}}
    GROUP BY currency ORDER BY currency <> :currency, count(*) DESC, currency"""
_AHEAD = """
    SELECT starts_at, kind, confirmed_at FROM appointment
    WHERE starts_at > :now AND cancelled_at IS NULL {one} ORDER BY starts_at, id LIMIT 3"""
_LAST_CONTACT = """
    SELECT completed_at, channel FROM follow_up WHERE completed_at IS NOT NULL {one}
    ORDER BY completed_at DESC, id DESC LIMIT 1"""


def client_pane(asking: "Asking", client_id: int) -> ClientPane | None:
    """One client in full, in the queue or not; None if she is gone.

    `order_total` is what is Active of her orders, as in her Sales: booked less cancelled. It is in the desk's currency,
    or in the one most of her orders are in if none is in that.
    """
    waits, weights = _tuning(asking)
    facts = next(gather(asking, client_id, waits=waits), None)
    if facts is None:
        return None
    read = reader(asking, waits, client_id)

    def one(statement: str, **given: Any) -> tuple[Any, ...] | None:
        return next(read.rows(statement, **given), None)

    contact = one(_CONTACT) or ("", "", None, None)
    last = one(_LAST_CONTACT)
    orders = one(_ORDERS, currency=asking.currency) or (asking.currency, 0, 0)
    signals = [
        SignalLine(row[0], SignalKind(row[1]), instant(row[2]), *row[3:])
        for row in read.rows(_SIGNALS, "c.id", most=MOST_SIGNALS)
    ]
    return ClientPane(
        client_id=client_id,
        name=facts.name,
        first_name=facts.first_name,
        spending_power=facts.spending_power,
        email=contact[0],
        phone=contact[1],
        email_consent=ConsentState(contact[2]) if contact[2] else None,
        text_consent=ConsentState(contact[3]) if contact[3] else None,
        cadence_label=cadence_label(read),
        standing=standing(facts, read.here, waits, weights),
        last_follow_up_at=instant(last[0]) if last else None,
        last_follow_up_channel=Channel(last[1]) if last and last[1] else None,
        signals=tuple(reversed(signals)),
        signal_total=sum(each.count for each in facts.unseen),
        last_signal_id=facts.last_signal_id,
        order_count=facts.order_count,
        order_total=orders[1],
        order_currency=orders[0],
        last_order_on=facts.last_order_on,
        appointments=tuple(
            (instant(at), kind, confirmed is not None)
            for at, kind, confirmed in read.rows(_AHEAD, now=stored(asking.now))
        ),
        expected=facts.expected,
    )


def today_json(asking: "Asking", found: Queue, limit: int | None = None) -> list[dict[str, Any]]:
    """The queue as `today --json` gives it: instants are ISO 8601 in the desk's zone, the score is the terms' sum.

    `expected` (R48) is null where nothing was learned of her: `chance` is from 0 to 1, `amount_cents` what she would
    spend, `by` a day.
    """
    from stylistdesk.queries.expected import expected_by_client

    rows = found.rows[:limit]
    expected = expected_by_client(asking, [row.client_id for row in rows])

    def local(at: datetime) -> str:
        return at.astimezone(asking.zone).isoformat()

    return [
        {
            "client": row.name,
            "spending_power": row.spending_power,
            "score": row.standing.score,
            "terms": [{"name": term.name, "value": term.value} for term in row.standing.terms],
            "action": row.next.action,
            "channel": row.next.channel.value,
            "reason": row.next.reason,
            "due": local(row.next.due),
            "signals": [
                {"kind": each.kind.value, "count": each.count, "last": local(each.last)} for each in row.signals
            ],
            "expected": _expected_json(expected.get(row.client_id)),
        }
        for row in rows
    ]


def _expected_json(expected: Expected | None) -> dict[str, Any] | None:
    if expected is None:
        return None
    return {
        "chance": expected.chance / 10_000,
        "amount_cents": expected.amount,
        "currency": expected.currency,
        "by": expected.by_day.isoformat(),
    }
