"""Orders that can go to another event, what customer service was asked for, and the plan that earns most (R41)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, func, or_, select

from stylistdesk.db.event_orders import bases_of, event_orders, reward_rules
from stylistdesk.db.host_orders import lines_of, redeemed
from stylistdesk.db.moves import AT_SERVICE, at_service, company_zone, event_facts, order_fact
from stylistdesk.db.orders import batches
from stylistdesk.db.sums import BASE
from stylistdesk.db.tables import Client, HostOrder, Order, OrderMove, Return
from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_orders import Taken, refusal, taken
from stylistdesk.domain.host_rewards import Rewards, rewards_of, say_adjustment
from stylistdesk.domain.move_plan import Plan, PlanOrder, best_moves
from stylistdesk.domain.moves import EventFact, Verdict, Way, judge, last_day, month_of
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Cents, HostOrderStatus, MoveState, OrderKind, OrderStatus
from stylistdesk.queries.asking import Asking

MOST = 200
"""So many orders are listed of those that can be moved, of those in no event, and of those of another month."""
IN_NONE = '+"order".event_id IS NULL'
"""The plus keeps SQLite from walking through all orders that are in no event, instead of those of a month."""
LATELY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class MovableRow:
    """An order that can go to an event: where it is (`event`, empty for none), and the events where it may go.

    `base` is what it counts for. `way` is how it gets there; if by customer service, `why` is the rule.
    """

    order_id: int
    number: str
    client_id: int
    client: str
    day: date
    base: Cents
    currency: str
    event_id: int | None
    event: str
    way: Way
    why: str
    to: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A move: asked of customer service, or settled. `source` is empty where the order was in no event."""

    id: int
    order_id: int
    number: str
    client_id: int
    client: str
    source: str
    to: str
    state: MoveState
    entered_at: datetime
    requested_at: datetime | None
    settled_at: datetime | None
    ticket_id: int | None
    note: str


@dataclass(frozen=True, slots=True)
class MovesPage:
    """All that the task shows. `last_day` is that of the month by the company's calendar, `zone` the company's.

    `here` can be moved by the rep, `service` only by customer service, but for those that are not listed, which are
    older: `more_here` and `more`. `asked` waits for it.
    """

    here: tuple[MovableRow, ...]
    service: tuple[MovableRow, ...]
    asked: tuple[MoveRow, ...]
    settled: tuple[MoveRow, ...]
    open_events: int
    last_day: date
    days_left: int
    zone: str
    plans: bool = False  # whether a plan may be asked for
    more: int = 0
    more_here: int = 0
    redeemed: int = 0  # so many events would be open, but for their rewards, which are redeemed

    @property
    def count(self) -> int:
        """How many rows it has."""
        return len(self.here) + len(self.service) + len(self.asked) + len(self.settled)

    def of_clients(self, ids: Sequence[int] | None) -> "MovesPage":
        """Only what is about these clients, or all of it."""
        if ids is None:
            return self
        known = set(ids)
        return replace(
            self,
            here=tuple(row for row in self.here if row.client_id in known),
            service=tuple(row for row in self.service if row.client_id in known),
            asked=tuple(row for row in self.asked if row.client_id in known),
            settled=tuple(row for row in self.settled if row.client_id in known),
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What all of it is judged by."""

    events: dict[int, EventFact]
    here: LocalNow
    company: LocalNow

    @property
    def open_events(self) -> list[EventFact]:
        """The events that orders may come to and go from today."""
        return [one for one in self.events.values() if one.is_open(self.here.today)]

    def judged(self, order: Order, to: EventFact) -> Verdict:
        """How an order can get to an event."""
        source = self.events.get(order.event_id) if order.event_id is not None else None
        return judge(order_fact(order), source, to, self.here, self.company)


def _reading(asking: Asking) -> _Reading:
    session = asking.session
    company = LocalNow(asking.now, company_zone(session, asking.zone))
    return _Reading(event_facts(session), LocalNow(asking.now, asking.zone), company)


def moves_page(asking: Asking, *, most: int | None = MOST) -> MovesPage:
    """Orders of this month that can be moved, those that customer service must move, and those settled lately."""
    session, reading = asking.session, _reading(asking)
    opened = reading.open_events
    candidates, more_here, more = _candidates(session, reading, most) if opened else ([], 0, 0)
    bases = bases_of(session, [order.id or 0 for order, _ in candidates])
    rows = [_row(reading, opened, order, name, bases) for order, name in candidates]
    here = [row for row in rows if row.way is Way.MOVE]
    service = [row for row in rows if row.way is Way.SERVICE]
    today = reading.company.today
    return MovesPage(
        tuple(here),
        tuple(service),
        _moves(session, or_(*(OrderMove.state == state for state in AT_SERVICE))),
        _moves(session, col(OrderMove.settled_at) >= asking.now - LATELY),
        len(opened),
        last_day(reading.company),
        (last_day(reading.company) - today).days,
        reading.company.zone.key,
        asking.settings.plan_moves and len(opened) > 1 and bool(here),
        more,
        more_here,
        sum(
            one.redeemed and replace(one, redeemed=False).is_open(reading.here.today) for one in reading.events.values()
        ),
    )


def _candidates(session: Session, reading: _Reading, most: int | None) -> tuple[list[tuple[Order, str]], int, int]:
    """The orders to list, the newest first; and how many others can be moved here, or by customer service only.

    Those of open events, if there is another one to go to; and of this month, those in none.
    """
    since, until = month_of(reading.company)
    of_month = (col(Order.placed_at) >= since) & (col(Order.placed_at) < until)
    opened = [event.id for event in reading.open_events]
    in_events = col(Order.event_id).in_(opened if len(opened) > 1 else ())
    here, more_here = _newest(session, most, in_events, of_month)
    other_month, more = _newest(session, most, in_events, ~of_month)
    sent_instead = select(Return.exchange_order_id).where(col(Return.exchange_order_id).is_not(None))
    loose, more_loose = _newest(
        session,
        most,
        of_month,
        text(IN_NONE),
        Order.kind != OrderKind.PURCHASE_ORDER,
        col(Order.id).not_in(sent_instead),
    )
    both = sorted([*here, *other_month, *loose], key=lambda pair: (pair[0].placed_at, pair[0].id), reverse=True)
    return both, more_here, more + more_loose


def _newest(session: Session, most: int | None, *which: Any) -> tuple[list[tuple[Order, str]], int]:
    """Of these orders those that may go somewhere, the newest first, and about how many were left out.

    What credits have left of each is asked only of those that are listed.
    """
    waiting = select(OrderMove.order_id).where(col(OrderMove.state).in_(AT_SERVICE))
    one = Order
    known = (
        *which,
        one.status != OrderStatus.CANCELLED,
        col(one.is_host_order).is_(False),
        col(one.id).not_in(waiting),
        col(one.total_cents) > one.refunded_cents,
    )
    wanted = (
        select(one, Client.name).join(Client, col(Client.id) == col(one.client_id)).where(*known, text(f"{BASE} > 0"))
    )
    rows = session.exec(wanted.order_by(col(one.placed_at).desc(), col(one.id).desc()).limit(most)).all()
    if most is None or len(rows) < most:
        return list(rows), 0
    return list(rows), max(0, session.exec(select(func.count()).select_from(one).where(*known)).one() - most)


def _row(reading: _Reading, opened: list[EventFact], order: Order, name: str, bases: dict[int, Cents]) -> MovableRow:
    """An order with where it can go. All of these events are open, so one tells how it gets to any of them."""
    assert order.id is not None
    to = [event for event in opened if event.id != order.event_id]
    verdict = reading.judged(order, to[0])
    source = reading.events.get(order.event_id) if order.event_id is not None else None
    return MovableRow(
        order.id,
        order.number,
        order.client_id,
        name,
        reading.here.day(order.placed_at),
        bases[order.id],
        order.currency,
        order.event_id,
        source.name if source else "",
        verdict.way,
        verdict.reason,
        tuple((event.id, event.name) for event in to),
    )


def _moves(session: Session, which: object) -> tuple[MoveRow, ...]:
    """Moves, those asked for longest first, or those settled last first."""
    last = col(OrderMove.settled_at).desc(), col(OrderMove.id).desc()
    ids = select(OrderMove.id).where(which).order_by(*last).limit(MOST)  # type: ignore[arg-type]
    rows = session.exec(select(OrderMove).where(col(OrderMove.id).in_(ids)).order_by(*last)).all()
    orders, clients = _orders(session, (row.order_id for row in rows))
    names = {key: event.name for key, event in event_facts(session).items()}
    return tuple(
        MoveRow(
            move.id or 0,
            move.order_id,
            orders[move.order_id].number,
            move.client_id,
            clients[orders[move.order_id].client_id],
            names.get(move.from_event_id or 0, ""),
            names.get(move.to_event_id, ""),
            move.state,
            move.entered_at,
            move.requested_at,
            move.settled_at,
            move.ticket_id,
            move.note,
        )
        for move in rows
    )


@dataclass(frozen=True, slots=True)
class EventChange:
    """What a move does to an event: its rewards before and after, and why its pending host order would not fit these.

    `unfit` is empty where there is none, where it would, and where it does not fit as things are. Once rewards are
    redeemed, `posted` says what becomes of them instead.
    """

    event_id: int
    name: str
    before: Rewards
    after: Rewards
    unfit: str = ""
    posted: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of a move: whether it may be, and the rewards of the events it is about, its own first."""

    order_id: int
    number: str
    to: EventChange
    verdict: Verdict
    changes: tuple[EventChange, ...]


def preview_move(asking: Asking, order_id: int, event_id: int) -> Preview:
    """The rewards of both events before a move and after it. Raises `Refused` if one of them is gone."""
    session, reading = asking.session, _reading(asking)
    order, to = session.get(Order, order_id), reading.events.get(event_id)
    if order is None or to is None:
        raise Refused("That is no longer on the desk.", hint="Undo brings it back.")
    rules = reward_rules(session, asking.settings)
    keys = [key for key in dict.fromkeys((order.event_id, event_id)) if key is not None]
    base = bases_of(session, [order_id])[order_id]
    counted = {key: event_orders(session, (key,)) for key in keys}
    changes = []
    pending = _pending(session, keys)
    for key in keys:
        before = [one.base for one in counted[key]]
        after = [one.base for one in counted[key] if one.order_id != order_id]
        if key == event_id:
            after = [*after, base]
        both = rewards_of(before, rules), rewards_of(after, rules)
        name = reading.events[key].name
        unfit, posted = _unfit(pending.get(key), *both, asking), _posted(asking, key, *both)
        changes.append(EventChange(key, name, *both, unfit, posted))
    return Preview(order_id, order.number, changes[-1], reading.judged(order, to), tuple(changes))


_Pending = tuple[str, Taken]
"""The number of a pending host order, and what it takes."""


def _pending(session: Session, event_ids: Collection[int]) -> dict[int, _Pending]:
    """The pending host orders of these events, by the events' ids."""
    rows = session.exec(
        select(HostOrder).where(
            col(HostOrder.event_id).in_(event_ids), col(HostOrder.status) == HostOrderStatus.PENDING
        )
    ).all()
    lines = lines_of(session, [row.id or 0 for row in rows])
    return {row.event_id: (row.number, taken(lines.get(row.id or 0, ()))) for row in rows}


def _unfit(pending: _Pending | None, before: Rewards, after: Rewards, asking: Asking) -> str:
    """Why a host order that fits what an event earns would no longer, in words; empty otherwise."""
    if pending is None or refusal(pending[1], before, asking.currency) is not None:
        return ""
    no = refusal(pending[1], after, asking.currency)
    return f"Host order {pending[0]} would no longer fit. {no.reason}" if no is not None else ""


def _posted(asking: Asking, event_id: int, before: Rewards, after: Rewards) -> str:
    """What becomes of rewards that are redeemed, in words; empty while they are not."""
    has = redeemed(asking.session, event_id)
    if has is None:
        return ""
    said = say_adjustment(*has.adjustment(before, after), asking.currency)
    what = f"an adjustment of {said} is posted" if said else "they stay as they are"
    return f"Its rewards are redeemed: {what}, nothing is reopened."


def order_numbered(asking: Asking, typed: str) -> int:
    """The id of the order with this number. Raises `Refused` if there is none, or more than one."""
    number = clean(typed, limit=100)
    if not number:
        raise Refused("The order is missing.", field="number", hint="Its number, as the shop or the desk gave it.")
    found = asking.session.exec(
        select(Order.id).where(col(Order.number).in_((number, f"#{number}", number.upper()))).order_by(col(Order.id))
    ).all()
    if not found:
        raise Refused(f"There is no order {number}.", field="number", hint="Its number stands in the client's Orders.")
    if len(found) > 1:
        raise Refused(
            f"There are {len(found)} orders {number}, of several shops.",
            field="number",
            hint="Choose it from the list.",
        )
    return int(found[0] or 0)


def events_to_move_to(asking: Asking) -> tuple[tuple[int, str], ...]:
    """The events that are open, then the others that are not cancelled, the latest first; each with how it stands."""
    reading = _reading(asking)
    known = [one for one in reading.events.values() if not one.cancelled]
    known.sort(key=lambda one: (not one.is_open(reading.here.today), -one.closes_on.toordinal(), one.id))
    return tuple(
        (one.id, f"{one.name}, {why}" if (why := one.why_not_open(reading.here.today)) else one.name) for one in known
    )


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """A move of the plan, in words."""

    order_id: int
    number: str
    client: str
    base: Cents
    source: str
    event_id: int
    to: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The plan with its moves in words, and what it does to each event."""

    plan: Plan
    moves: tuple[PlannedMove, ...]
    changes: tuple[EventChange, ...]


def propose_moves(asking: Asking) -> Proposal | None:
    """The legal moves that earn most; `None` where the settings want no proposals, or fewer than two events are open.

    Orders in no event are left out: only customer service moves them.
    """
    if not asking.settings.plan_moves:
        return None
    session, reading = asking.session, _reading(asking)
    opened = [event.id for event in reading.open_events]
    if len(opened) < 2:
        return None
    counted = event_orders(session, opened)
    orders, names = _orders(session, (one.order_id for one in counted))
    waiting = at_service(session)
    rules = reward_rules(session, asking.settings)
    plan = best_moves(
        (
            PlanOrder(one.order_id, one.event_id, one.base, _may_leave(reading, orders[one.order_id], opened, waiting))
            for one in counted
        ),
        opened,
        rules,
    )
    base = {one.order_id: one.base for one in counted}
    pending = _pending(session, opened)
    return Proposal(
        plan,
        tuple(
            PlannedMove(
                move.order_id,
                orders[move.order_id].number,
                names[orders[move.order_id].client_id],
                base[move.order_id],
                reading.events[move.from_event_id].name,
                move.to_event_id,
                reading.events[move.to_event_id].name,
            )
            for move in plan.moves
        ),
        tuple(
            EventChange(
                key,
                reading.events[key].name,
                plan.before[key],
                plan.after[key],
                _unfit(pending.get(key), plan.before[key], plan.after[key], asking),
            )
            for key in opened
        ),
    )


def _may_leave(reading: _Reading, order: Order, opened: list[int], waiting: dict[int, OrderMove]) -> bool:
    """Whether an order of an open event may go to another one: the events are, so it is the order that decides."""
    other = next(key for key in opened if key != order.event_id)
    return order.id not in waiting and reading.judged(order, reading.events[other]).way is Way.MOVE


def _orders(session: Session, ids: Iterable[int]) -> tuple[dict[int, Order], dict[int, str]]:
    """Orders by their ids, and the names of their clients by theirs."""
    found: list[tuple[Order, str]] = []
    wanted = select(Order, Client.name).join(Client, col(Client.id) == Order.client_id)
    for some in batches(ids):
        found += session.exec(wanted.where(col(Order.id).in_(some))).all()
    return {order.id or 0: order for order, _ in found}, {order.client_id: name for order, name in found}
