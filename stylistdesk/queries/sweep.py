"""Client Sweep (R2): who did anything in a week, a month or a year, and what.

Plain SQL on the session's own connection, as for the queue: a year of a million signals is one walk through the index
`signal_unseen`, of which two sums carry two counts each.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from json import dumps
from typing import TYPE_CHECKING, Any, NamedTuple

from stylistdesk.db.sums import ACTIVE
from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.periods import Period
from stylistdesk.domain.text import folded
from stylistdesk.domain.types import Cents
from stylistdesk.queries.daily_tasks import nothing_thrown_away
from stylistdesk.queries.facts import instant, stored

if TYPE_CHECKING:
    from stylistdesk.queries.asking import Asking

Money = tuple[tuple[str, Cents], ...]
"""Amounts in other currencies than the desk's, by currency."""
SignalRows = list[tuple[int, str, str, int, int, int]]
"""Client, when and what last, how many, and two sums of two counts each."""


class SweepSort(StrEnum):
    """The orders in which the clients of a sweep can be listed."""

    LAST = "last"
    SPENT = "spent"
    ACTIVITY = "activity"
    NAME = "name"
    POWER = "power"


class SweepRow(NamedTuple):
    """What one client did in the period. `hearts` are favourites too, and `comments` replies.

    `what` she did last is a kind of signal, or "order", "message_in", "message_out", "call", "note", "appointment".
    `spent` is what is Active of her orders placed in it, in the desk's currency.
    """

    client_id: int
    name: str
    spending_power: int | None
    company: str
    tags: str
    last: str
    what: str
    hearts: int
    comments: int
    cart: int
    orders: int
    messages: int
    notes: int
    appointments: int
    activities: int
    spent: Cents
    others: Money
    next_at: datetime | None
    next_kind: str

    @property
    def last_at(self) -> datetime:
        """When she, or the rep with her, was last active in the period; `last` is that as it is stored."""
        return instant(self.last)


@dataclass(frozen=True, slots=True)
class Sweep:
    """All who did anything in the period, by id, and the sums over them."""

    period: Period
    rows: tuple[SweepRow, ...]
    activities: int
    orders: int
    spent: Cents
    others: Money


_SIGNALS = """
    SELECT client_id, max(occurred_at), kind, count(*),
           sum(CASE kind WHEN 'hearted' THEN 1 WHEN 'favourited' THEN 1
               WHEN 'commented' THEN 1 << 31 WHEN 'replied' THEN 1 << 31 ELSE 0 END),
           sum(CASE kind WHEN 'added_to_cart' THEN 1 WHEN 'checked_out' THEN 1 << 31 ELSE 0 END)
    FROM signal WHERE occurred_at >= :since AND occurred_at < :until GROUP BY client_id"""
_ORDERS = f"""
    SELECT client_id, max(placed_at), currency, count(*), sum({ACTIVE}) FROM "order"
    WHERE placed_at >= :since AND placed_at < :until AND status <> 'cancelled' GROUP BY client_id, currency"""
_MESSAGES = """
    SELECT client_id, max(sent_at),
           CASE WHEN channel = 'call' THEN 'call' WHEN direction = 'in' THEN 'message_in' ELSE 'message_out' END,
           count(*)
    FROM message WHERE sent_at >= :since AND sent_at < :until GROUP BY client_id"""
_NOTES = """
    SELECT client_id, max(written_at), 'note', count(*) FROM note
    WHERE written_at >= :since AND written_at < :until GROUP BY client_id"""
# A look review says when the lookbook is wanted: nobody meets, and the calendar does not count it either.
_MET = "cancelled_at IS NULL AND NOT (ends_at IS NULL AND lower(kind) = 'look review')"
_APPOINTMENTS = f"""
    SELECT client_id, max(starts_at), 'appointment', count(*) FROM appointment
    WHERE starts_at >= :since AND starts_at < :until AND {_MET} GROUP BY client_id"""
_NEXT = """
    SELECT client_id, min(starts_at), kind FROM appointment
    WHERE starts_at >= :until AND cancelled_at IS NULL GROUP BY client_id"""
_CLIENTS = "SELECT id, name, spending_power, company, tags FROM client"
_LOW = (1 << 31) - 1


@dataclass(slots=True)
class _Tally:
    """What is counted of one client while the statements are read."""

    last_at: str = ""
    what: str = ""
    signals: int = 0
    hearts: int = 0
    comments: int = 0
    cart: int = 0
    checkouts: int = 0
    orders: int = 0
    more: dict[str, int] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)

    def happened(self, at: str, what: str) -> None:
        if at >= self.last_at:
            self.last_at, self.what = at, what


def signals_of(asking: "Asking", period: Period) -> SignalRows:
    """What each client's signals in the period come to: most of the time that a sweep takes."""
    since, until = _bounds(asking, period)
    rows: SignalRows = _execute(asking)(_SIGNALS, {"since": since, "until": until}).fetchall()
    return rows


def sweep(asking: "Asking", period: Period, signals: Callable[[], SignalRows] | None = None) -> Sweep:
    """Who did anything in the period, up to now: a booking that is still ahead makes nobody recent.

    `signals` gives what `signals_of` found, where another thread asks it meanwhile.
    """
    with nothing_thrown_away():
        rows = _rows(asking, period, signals)
    return summed(period, rows)


def summed(period: Period, rows: tuple[SweepRow, ...]) -> Sweep:
    """These rows, and the sums over them."""
    others: dict[str, int] = {}
    for row in rows:
        for currency, cents in row.others:
            others[currency] = others.get(currency, 0) + cents
    return Sweep(
        period,
        rows,
        sum(row.activities for row in rows),
        sum(row.orders for row in rows),
        Cents(sum(row.spent for row in rows)),
        _money(others),
    )


def _rows(asking: "Asking", period: Period, signals: Callable[[], SignalRows] | None) -> tuple[SweepRow, ...]:
    execute = _execute(asking)
    since, until = _bounds(asking, period)
    given = {"since": since, "until": until}
    tallies: dict[int, _Tally] = defaultdict(_Tally)
    for client_id, at, currency, count, cents in execute(_ORDERS, given):
        tally = tallies[client_id]
        tally.happened(at, "order")
        tally.orders += count
        tally.spent[currency] = cents
    for name, statement in (("messages", _MESSAGES), ("notes", _NOTES), ("appointments", _APPOINTMENTS)):
        for client_id, at, what, count in execute(statement, given):
            tally = tallies[client_id]
            tally.happened(at, what)
            tally.more[name] = count
    ahead = {row[0]: row[1:] for row in execute(_NEXT, {"until": stored(asking.now)})}
    clients = execute(_CLIENTS).fetchall()
    for client_id, at, kind, count, talk, shop in signals() if signals else signals_of(asking, period):
        tally = tallies[client_id]
        if at > tally.last_at:  # an order says more than the signal that came with it
            tally.last_at, tally.what = at, kind
        tally.signals, tally.hearts, tally.comments = count, talk & _LOW, talk >> 31
        tally.cart, tally.checkouts = shop & _LOW, shop >> 31
    return tuple([_row(c, tallies[c[0]], ahead.get(c[0]), asking.currency) for c in clients if c[0] in tallies])


def _execute(asking: "Asking") -> Any:
    driver: Any = asking.session.connection().connection.driver_connection
    return driver.execute


def _bounds(asking: "Asking", period: Period) -> tuple[str, str]:
    """From the first instant of the period up to its end, or just after now: what is ahead has not happened."""
    ends = min(start_of_day(period.ends, asking.zone), asking.now + timedelta(microseconds=1))
    return stored(start_of_day(period.starts, asking.zone)), stored(ends)


def _row(client: tuple[Any, ...], tally: _Tally, ahead: tuple[str, str] | None, currency: str) -> SweepRow:
    more = tally.more
    messages, notes, met = more.get("messages", 0), more.get("notes", 0), more.get("appointments", 0)
    # An order that came with its own signal is one activity.
    orders = max(tally.orders, tally.checkouts)
    client_id, name, power, company, tags = client
    return SweepRow(
        client_id,
        name,
        power,
        company,
        tags,
        tally.last_at,
        tally.what,
        tally.hearts,
        tally.comments,
        tally.cart,
        orders,
        messages,
        notes,
        met,
        tally.signals - tally.checkouts + orders + messages + notes + met,
        Cents(tally.spent.pop(currency, 0)),
        _money(tally.spent) if tally.spent else (),
        instant(ahead[0]) if ahead else None,
        ahead[1] if ahead else "",
    )


def _money(amounts: Mapping[str, int]) -> Money:
    return tuple((currency, Cents(cents)) for currency, cents in sorted(amounts.items()) if cents)


def arranged(
    rows: Iterable[SweepRow], sort: SweepSort, words: str = "", shown: Callable[[SweepRow], str] = lambda _: ""
) -> tuple[SweepRow, ...]:
    """Those whose name, company, tags and what is `shown` of them have every one of the words; ties by name."""
    wanted = folded(words).split()
    kept = list(rows)
    if wanted:
        said = ((row, folded(f"{row.name} {row.company} {row.tags} {shown(row)}")) for row in kept)
        kept = [row for row, told in said if all(word in told for word in wanted)]
    kept.sort(key=lambda row: (row.name.casefold(), row.client_id))
    if sort is SweepSort.LAST:
        kept.sort(key=lambda row: row.last, reverse=True)
    elif sort is SweepSort.SPENT:
        kept.sort(key=lambda row: row.spent, reverse=True)
    elif sort is SweepSort.ACTIVITY:
        kept.sort(key=lambda row: row.activities, reverse=True)
    elif sort is SweepSort.POWER:
        kept.sort(key=lambda row: row.spending_power or 0, reverse=True)
    return tuple(kept)


_HAPPENED = f"""
    SELECT client_id, at FROM (
        SELECT client_id, occurred_at AS at FROM signal
        UNION ALL
        SELECT client_id, placed_at FROM "order" o
        WHERE status <> 'cancelled' AND NOT EXISTS (SELECT 1 FROM signal s WHERE s.order_id = o.id)
        UNION ALL
        SELECT client_id, sent_at FROM message
        UNION ALL
        SELECT client_id, written_at FROM note
        UNION ALL
        SELECT client_id, starts_at FROM appointment WHERE {_MET})
    WHERE client_id IN (SELECT value FROM json_each(:ids)) AND at >= :since AND at < :until"""


def sweep_bars(asking: "Asking", period: Period, client_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """How much each of these clients did in each part of the period: days, or the months of a year."""
    execute = _execute(asking)
    since, until = _bounds(asking, period)
    starts = [stored(start_of_day(first, asking.zone)) for first, _ in period.parts()]
    bars = {client_id: [0] * len(starts) for client_id in client_ids}
    given = {"ids": dumps(list(client_ids)), "since": since, "until": until}
    for client_id, at in execute(_HAPPENED, given):
        bars[client_id][bisect_right(starts, at) - 1] += 1
    return {client_id: tuple(parts) for client_id, parts in bars.items()}
