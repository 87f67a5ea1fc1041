"""Metrics (R20): the ground that they are made of, kept in step with the desk, and who is behind a number.

The journal tells which tables have changed since the ground was gathered; only what rests on those is gathered again.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Any, NamedTuple

from stylistdesk.domain.metrics import Row, sum_of
from stylistdesk.domain.metrics_ledger import paid_since, still_owed
from stylistdesk.domain.metrics_of_sales import (
    Buyers,
    Won,
    attributed,
    buyers,
    items_back,
    one_by_one,
    owed,
    returns,
    summed,
)
from stylistdesk.domain.metrics_table import BY_ID, Card, Ground, board, card, measure, spans_of, until, within
from stylistdesk.domain.periods import Period
from stylistdesk.domain.types import Cents, PeriodKind
from stylistdesk.queries import metrics_of_sales as of_sales
from stylistdesk.queries import metrics_of_work as of_work
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.ledger import brands_of
from stylistdesk.queries.local_days import LocalDays
from stylistdesk.settings import Settings


class _Kind(NamedTuple):
    """Rows that are gathered together, and the tables that they rest on.

    `back` is how many periods before the one at hand they are needed of; `None` is of all time. They are gathered up to
    the first day of the kind `until`, which is given then, or up to now.
    """

    gather: Callable[..., Any]  # of Asking, LocalDays, the first day, and the one `until`
    tables: frozenset[str]
    back: int | None = 1
    is_awaited: bool = False  # whether what is told of a day rests on what was there a return window before
    until: str = ""


_ORDERS = frozenset({"order", "order_line", "shipment", "credit_memo", "desk_info"})

_KINDS: dict[str, _Kind] = {
    "ratings": _Kind(of_work.ratings, frozenset({"csat_response"})),
    "sessions": _Kind(of_work.sessions, frozenset({"assignment", "lookbook", "message"})),
    "closings": _Kind(of_work.closings, frozenset({"assignment", "appointment", "signal"})),
    "answers": _Kind(of_work.answers, frozenset({"message", "follow_up", "signal", "availability"})),
    "promises": _Kind(of_work.promises, frozenset({"follow_up"})),
    "contacts": _Kind(of_work.contacts, frozenset({"message", "follow_up", "note"})),
    "sales": _Kind(of_sales.sales, _ORDERS, is_awaited=True),
    # Retention of the period before looks at the one before that, and at nothing else of its orders.
    "buyers_before": _Kind(of_sales.buyers_before, frozenset({"order"}), back=2, until="sales"),
    "earned": _Kind(lambda asking, days, _: of_sales.earned(asking, days), _ORDERS, back=None),
    "checkouts": _Kind(of_sales.checkouts, frozenset({"signal"})),
    "moved": _Kind(of_sales.moved, frozenset({"signal", "order", "goods_return"}), is_awaited=True),
    "payments": _Kind(
        lambda asking, *_: of_sales.payments(asking), frozenset({"commission_payment", "desk_info"}), back=None
    ),
}


class _Derived(NamedTuple):
    """Rows that follow from others, and from which kinds; they are made in their order."""

    make: Callable[[dict[str, Any], Settings], Any]
    kinds: frozenset[str]


def _buyers(rows: dict[str, Any]) -> tuple[Buyers, ...]:
    later = buyers(rows["sales"])
    return (*until(rows["buyers_before"], later[0].on if later else date.max), *later)


def _won(rows: dict[str, Any], settings: Settings) -> tuple[Won, ...]:
    sent, days = rows["sessions"].sent, settings.attribution_days
    return attributed(sent, chain(of_sales.bought(rows["sales"], sent, days), rows["checkouts"]), days)


_DERIVED: dict[str, _Derived] = {
    "sold": _Derived(lambda rows, _: summed(rows["sales"]), frozenset({"sales"})),
    "buyers": _Derived(lambda rows, _: _buyers(rows), frozenset({"sales", "buyers_before"})),
    "won": _Derived(_won, frozenset({"sessions", "sales", "checkouts"})),
    "back": _Derived(lambda rows, _: items_back(rows["sales"], rows["moved"]), frozenset({"sales", "moved"})),
    "received": _Derived(
        lambda rows, settings: returns(rows["sales"], rows["back"], settings.waits.return_window_days),
        frozenset({"sales", "moved"}),
    ),
    "owed": _Derived(lambda rows, _: owed(rows["earned"], rows["payments"]), frozenset({"earned", "payments"})),
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows of each kind from a day on, as they were at a mark of the journal."""

    mark: int
    since: dict[str, date]
    judged: tuple[object, ...]
    rows: dict[str, Any]

    def ground(self, asking: Asking) -> Ground:
        """The same for the formulas, as of now."""
        rows, settings = self.rows, asking.settings
        sessions = rows["sessions"]
        return Ground(
            now=asking.now,
            today=asking.now.astimezone(asking.zone).date(),
            grace=timedelta(minutes=settings.consultation_grace_minutes),
            rebooking_days=settings.rebooking_days,
            ratings=rows["ratings"],
            consultations=sessions.consultations,
            deliveries=sessions.deliveries,
            delivered=sessions.delivered,
            answers=rows["answers"],
            promises=rows["promises"],
            closings=rows["closings"],
            contacts=rows["contacts"],
            buyers=rows["buyers"],
            sold=rows["sold"],
            won=rows["won"],
            received=rows["received"],
            earned=rows["earned"],
            payments=rows["payments"],
            owed=rows["owed"],
        )


def needed_since(asking: Asking, period: Period, kind: _Kind) -> date:
    """The first day whose rows a period and what it is compared with need."""
    if kind.back is None:
        return date.min
    first = min(period.step(-kind.back).starts, spans_of(period)[0][0])
    return first - timedelta(days=asking.settings.waits.return_window_days + 2) if kind.is_awaited else first


def gathered(asking: Asking, period: Period, before: Gathered | None = None) -> Gathered:
    """The rows that the metrics of a period need; `before` is what was gathered last, of which the most stays."""
    connection = asking.session.connection()
    mark = int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM journal_change").scalar_one())
    settings = asking.settings
    judged = (asking.zone.key, asking.currency, settings)
    since = {name: needed_since(asking, period, kind) for name, kind in _KINDS.items()}
    rows: dict[str, Any] = {}
    anew = set(_KINDS)
    if before is not None and before.judged == judged and before.mark <= mark:
        found = connection.exec_driver_sql(
            "SELECT DISTINCT table_name FROM journal_change WHERE id > ?", (before.mark,)
        )
        changed = {row[0] for row in found}
        anew = {name for name, kind in _KINDS.items() if since[name] < before.since[name] or kind.tables & changed}
        rows = dict(before.rows)
        since = {name: min(day, before.since[name]) for name, day in since.items()}
        if before.mark == mark and not anew:
            return before
    if anew:
        days = LocalDays(asking.zone, asking.now.astimezone(asking.zone).date())
        for name in anew:
            kind = _KINDS[name]
            rows[name] = kind.gather(asking, days, since[name], *([since[kind.until]] if kind.until else []))
    for name, derived in _DERIVED.items():
        if derived.kinds & anew:
            rows[name] = derived.make(rows, settings)
    return Gathered(mark, since, judged, rows)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal: its metric, the kind of period, and the target in the unit of the metric."""

    id: int
    metric: str
    period: PeriodKind
    target: int


def goals(asking: Asking) -> tuple[GoalRow, ...]:
    """All goals."""
    rows = asking.session.connection().exec_driver_sql("SELECT id, metric, period, target FROM goal ORDER BY id")
    return tuple(GoalRow(key, metric, PeriodKind(period), target) for key, metric, period, target in rows)


def _targets(asking: Asking, period: Period) -> dict[str, int]:
    """The goals for periods of this kind, by metric."""
    return {goal.metric: goal.target for goal in goals(asking) if goal.period is period.kind}


@dataclass(frozen=True, slots=True)
class Metrics:
    """What the screen shows: the cards of a period, its goals by metric, and what to ask with next time.

    `other_currencies` is how many orders of the period are not in the desk's currency: their money is left out.
    """

    period: Period
    cards: tuple[Card, ...]
    goals: dict[str, int]
    other_currencies: int
    gathered: Gathered


def metrics(asking: Asking, period: Period, before: Gathered | None = None) -> Metrics:
    """All metrics of a period, and of the one before it."""
    held = gathered(asking, period, before)
    ground = held.ground(asking)
    others = sum(day.others for day in within(ground.sold, (period.starts, period.ends)))
    return Metrics(period, board(ground, period), _targets(asking, period), others, held)


@dataclass(frozen=True, slots=True)
class Behind:
    """One client behind a number: her part of the numerator, and of how many."""

    client_id: int
    name: str
    numerator: int
    n: int


@dataclass(frozen=True, slots=True)
class InFull:
    """One metric in a period: its card, its goal, the clients behind it as they matter to it, and what to ask with.

    `apart` is what was paid for no order, so that no client is behind it: cents, below zero where it was taken back.
    """

    period: Period
    card: Card
    goal: int | None
    behind: tuple[Behind, ...]
    gathered: Gathered
    apart: Cents


def in_full(asking: Asking, metric_id: str, period: Period, before: Gathered | None = None) -> InFull:
    """One metric of a period, and of the one before it, with the clients behind it."""
    held = gathered(asking, period, before)
    ground, metric = held.ground(asking), BY_ID[metric_id]
    rows, apart = _shared_out(asking, ground, metric_id, period)
    if rows:
        parts = sum_of(rows, metric.unit).behind
    else:
        parts = measure(_one_by_one(ground, held.rows, metric_id, period, asking.settings), metric, period).behind
    ids = json.dumps([part.client_id for part in parts])
    named = asking.session.connection().exec_driver_sql(
        "SELECT id, name FROM client WHERE id IN (SELECT value FROM json_each(?))", (ids,)
    )
    names = {int(key): str(name) for key, name in named}
    found = [Behind(part.client_id, names[part.client_id], part.numerator, part.n) for part in parts]
    found.sort(key=lambda one: (-metric.weight(one.numerator, one.n), one.name.casefold(), one.client_id))
    goal = _targets(asking, period).get(metric_id)
    return InFull(period, card(ground, metric, period), goal, tuple(found), held, apart)


def _one_by_one(ground: Ground, rows: dict[str, Any], metric_id: str, period: Period, settings: Settings) -> Ground:
    """The same with each order by itself where it stands with those of its day, as far as a metric needs it."""
    starts, ends = period.starts, period.ends
    if metric_id != "kept":
        return replace(ground, sold=summed(one_by_one(within(rows["sales"], (starts, ends)))))
    window = settings.waits.return_window_days
    before = within(rows["sales"], (starts - timedelta(days=window + 1), ends))
    return replace(ground, received=returns(one_by_one(before), rows["back"], window))


def _shared_out(asking: Asking, ground: Ground, metric_id: str, period: Period) -> tuple[list[Row], Cents]:
    """Whose the commission is that is paid or outstanding, as a payment names no order; of other metrics, nothing."""
    if metric_id not in ("paid", "outstanding"):
        return [], Cents(0)
    earned, payments = until(ground.earned, period.ends), until(ground.payments, period.ends)
    brands = brands_of(asking, payments)
    if metric_id == "paid":
        rows, apart = paid_since(period.starts, earned, payments, brands)
    else:
        rows, apart = still_owed(earned, payments, brands)
    return rows, Cents(apart)
