"""Host rewards (R38): what each event has come to, the ledger of one, its host order, and the table of tiers."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import col, select

from stylistdesk.db.event_orders import reward_rules, rewards_of_events
from stylistdesk.db.host_orders import lines_of
from stylistdesk.db.sums import BASE, BOOKED, CANCELLED, GIFTS
from stylistdesk.db.tables import (
    Client,
    GiftCertificate,
    GiftMovement,
    HostEvent,
    HostOrder,
    Order,
    RewardAdjustment,
    RewardTier,
)
from stylistdesk.domain.host_orders import HostLine, Taken, refusal, taken
from stylistdesk.domain.host_rewards import RewardRules, Rewards
from stylistdesk.domain.reward_tiers import NextStep, next_step
from stylistdesk.domain.rewards_ledger import Account, Adjustment, CountedOrder, Frozen, LeftOut
from stylistdesk.domain.types import Cents, GiftMove, HostOrderStatus, OrderStatus
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class HostOrderRow:
    """A host order with its lines. `unfit` says why a pending one cannot be placed as it is; else it is empty."""

    id: int
    number: str
    event_id: int
    event: str
    client_id: int
    client: str
    status: HostOrderStatus
    entered_on: date
    placed_on: date | None
    cancelled_on: date | None
    reward: Cents | None
    half_price_items: int | None
    order_id: int | None
    note: str
    lines: tuple[HostLine, ...]
    unfit: str

    @property
    def takes(self) -> Taken:
        """What it takes of the rewards, and what the host pays."""
        return taken(self.lines)


@dataclass(frozen=True, slots=True)
class EventRewards:
    """An event with what it has come to. `total` and `half_price_items` are what its host has, `orders` all of them.

    `host_order` is the one that is pending or placed. `host` is empty for the rep's own event.
    """

    event_id: int
    name: str
    host_id: int | None
    host: str
    opens_on: date
    closes_on: date
    is_over: bool
    is_cancelled: bool
    rewards: Rewards
    total: Cents
    half_price_items: int
    next: NextStep | None
    host_order: HostOrderRow | None


@dataclass(frozen=True, slots=True)
class EventLedger:
    """The ledger of one event, and its host orders, the newest first."""

    event: EventRewards
    account: Account
    host_orders: tuple[HostOrderRow, ...]


def events_with_rewards(asking: Asking, event_ids: Collection[int] | None = None) -> tuple[EventRewards, ...]:
    """All events but those that were cancelled, or these; those whose window closes last first."""
    session = asking.session
    rules, rewards = reward_rules(session, asking.settings), rewards_of_events(session, asking.settings, event_ids)
    live = {
        row.event_id: row
        for row in host_orders(asking, event_ids=event_ids, known=rewards)
        if row.status is not HostOrderStatus.CANCELLED
    }
    posted = _adjustments(asking, event_ids)
    query = select(HostEvent, Client.name).join(Client, isouter=True)
    query = query.where(
        col(HostEvent.cancelled_at).is_(None) if event_ids is None else col(HostEvent.id).in_(event_ids)
    )
    rows = session.exec(query.order_by(col(HostEvent.closes_on).desc(), col(HostEvent.id).desc())).all()
    return tuple(
        _event(asking, event, host or "", rewards[event.id or 0], rules, live.get(event.id or 0), posted)
        for event, host in rows
    )


def _event(
    asking: Asking,
    event: HostEvent,
    host: str,
    rewards: Rewards,
    rules: RewardRules,
    host_order: HostOrderRow | None,
    posted: dict[int, list[Adjustment]],
) -> EventRewards:
    key = event.id or 0
    total, items, step = rewards.cents, rewards.half_price_items, next_step(rewards, rules)
    frozen = _frozen(host_order)
    if frozen is not None:
        since = [one for one in posted.get(key, ()) if one.on >= frozen.on]
        total = Cents(frozen.cents + sum(one.cents for one in since))
        items, step = frozen.half_price_items + sum(one.half_price_items for one in since), None
    return EventRewards(
        event_id=key,
        name=event.name,
        host_id=event.client_id,
        host=host,
        opens_on=event.opens_on,
        closes_on=event.closes_on,
        is_over=event.closes_on < _today(asking),
        is_cancelled=event.cancelled_at is not None,
        rewards=rewards,
        total=total,
        half_price_items=items,
        next=step,
        host_order=host_order,
    )


def _today(asking: Asking) -> date:
    return asking.now.astimezone(asking.zone).date()


def _frozen(host_order: HostOrderRow | None) -> Frozen | None:
    if host_order is None or host_order.placed_on is None or host_order.status is not HostOrderStatus.PLACED:
        return None
    return Frozen(
        host_order.number, host_order.placed_on, host_order.reward or Cents(0), host_order.half_price_items or 0
    )


def _adjustments(asking: Asking, event_ids: Collection[int] | None) -> dict[int, list[Adjustment]]:
    query = select(RewardAdjustment).order_by(col(RewardAdjustment.posted_on), col(RewardAdjustment.id))
    if event_ids is not None:
        query = query.where(col(RewardAdjustment.event_id).in_(event_ids))
    found: dict[int, list[Adjustment]] = {}
    for row in asking.session.exec(query).all():
        one = Adjustment(row.posted_on, Cents(row.cents), row.half_price_items, row.note)
        found.setdefault(row.event_id, []).append(one)
    return found


# ------------------------------------------------------------------- the ledger


_OF_EVENT = f"""
    SELECT "order".id, client_id, client.name, number, placed_at, {BOOKED} AS booked, {CANCELLED} AS cancelled,
    max(0, discount_cents) AS discount, total_cents AS total, currency, {BASE} AS base, {GIFTS} AS gifts
    FROM "order" JOIN client ON client.id = client_id WHERE event_id = ? AND NOT is_host_order
    ORDER BY placed_at, "order".id"""


def event_ledger(asking: Asking, event_id: int) -> EventLedger | None:
    """How the rewards of an event came about; None if it is gone."""
    event = next(iter(events_with_rewards(asking, (event_id,))), None)
    return _ledger(asking, event) if event is not None else None


def event_ledgers(asking: Asking) -> Iterator[EventLedger]:
    """The ledgers of all events but those that were cancelled."""
    return (_ledger(asking, event) for event in events_with_rewards(asking))


def _ledger(asking: Asking, event: EventRewards) -> EventLedger:
    rows = host_orders(asking, event_ids=(event.event_id,), known={event.event_id: event.rewards})
    return EventLedger(event, _account(asking, event), rows)


def _account(asking: Asking, event: EventRewards) -> Account:
    counted, left_out = [], []
    for row in asking.session.connection().exec_driver_sql(_OF_EVENT, (event.event_id,)):
        if row.currency != asking.currency:
            why = f"in {row.currency}: it cannot be added to {asking.currency}"
            left_out.append(LeftOut(f"Order {row.number} of {row.name}", why))
            continue
        gifts = min(row.gifts, row.booked - row.cancelled)
        if gifts:
            left_out.append(LeftOut(f"Certificates on order {row.number}", "what is bought with them counts", gifts))
        counted.append(
            CountedOrder(
                row.id,
                row.client_id,
                row.name,
                row.number,
                _day(asking, row.placed_at),
                merchandise=Cents(row.booked + row.discount - gifts),
                discount=Cents(row.discount),
                cancelled=Cents(row.cancelled),
                returned=Cents(row.booked - row.cancelled - gifts - row.base),
                sent_along=Cents(max(0, row.total - row.booked)),
            )
        )
    sent_along = sum(order.sent_along for order in counted)
    if sent_along:
        left_out.insert(0, LeftOut("Tax and shipping", "they are no merchandise", Cents(sent_along)))
    left_out += _paid_by_rewards(asking, event.event_id)
    left_out += _certificates(asking, [order.order_id for order in counted])
    frozen = _frozen(event.host_order)
    posted = _adjustments(asking, (event.event_id,)).get(event.event_id, ())
    since = tuple(one for one in posted if frozen is not None and one.on >= frozen.on)
    return Account(tuple(counted), tuple(left_out), reward_rules(asking.session, asking.settings), frozen, since)


def _day(asking: Asking, stored: str | datetime) -> date:
    at = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return at.replace(tzinfo=UTC).astimezone(asking.zone).date()


def _paid_by_rewards(asking: Asking, event_id: int) -> list[LeftOut]:
    taken_for = select(Order).where(Order.event_id == event_id, col(Order.is_host_order))
    rows = asking.session.exec(taken_for.where(Order.status != OrderStatus.CANCELLED)).all()
    why = "it is taken against the rewards"
    return [LeftOut(f"Host order {row.number}", why, Cents(row.total_cents)) for row in rows]


def _certificates(asking: Asking, order_ids: Collection[int]) -> list[LeftOut]:
    """The certificates that were in one cart with orders of the event (R36)."""
    rows = asking.session.exec(
        select(GiftCertificate.number, GiftMovement.cents)
        .join(GiftMovement)
        .where(col(GiftCertificate.order_id).in_(order_ids), GiftMovement.kind == GiftMove.SOLD)
        .order_by(col(GiftCertificate.id))
    ).all()
    return [LeftOut(f"Certificate {number}", "what is bought with it counts", Cents(cents)) for number, cents in rows]


# -------------------------------------------------------------------- host orders


def host_orders(
    asking: Asking,
    *,
    event_ids: Collection[int] | None = None,
    known: dict[int, Rewards] | None = None,
) -> tuple[HostOrderRow, ...]:
    """The host orders of these events, or all, the newest first; `known` is what the events have come to."""
    session = asking.session
    query = (
        select(HostOrder, HostEvent, Client.name)
        .join(HostEvent, col(HostEvent.id) == col(HostOrder.event_id))
        .join(Client, col(Client.id) == col(HostOrder.client_id))
        .order_by(col(HostOrder.id).desc())
    )
    if event_ids is not None:
        query = query.where(col(HostOrder.event_id).in_(event_ids))
    rows = session.exec(query).all()
    if not rows:
        return ()
    lines = lines_of(session, [row.id or 0 for row, _, _ in rows])
    pending = {row.event_id for row, _, _ in rows if row.status is HostOrderStatus.PENDING}
    come_to = known if known is not None else rewards_of_events(session, asking.settings, pending)
    found = []
    for row, event, client in rows:
        hers = lines.get(row.id or 0, ())
        unfit = ""
        if row.status is HostOrderStatus.PENDING:
            unfit = _unfit(asking, row, event, hers, come_to[row.event_id])
        found.append(
            HostOrderRow(
                id=row.id or 0,
                number=row.number,
                event_id=row.event_id,
                event=event.name,
                client_id=row.client_id,
                client=client,
                status=row.status,
                entered_on=row.entered_at.astimezone(asking.zone).date(),
                placed_on=row.placed_at.astimezone(asking.zone).date() if row.placed_at else None,
                cancelled_on=row.cancelled_at.astimezone(asking.zone).date() if row.cancelled_at else None,
                reward=None if row.reward_cents is None else Cents(row.reward_cents),
                half_price_items=row.half_price_items,
                order_id=row.order_id,
                note=row.note,
                lines=hers,
                unfit=unfit,
            )
        )
    return tuple(found)


def _unfit(asking: Asking, row: HostOrder, event: HostEvent, lines: tuple[HostLine, ...], rewards: Rewards) -> str:
    if event.cancelled_at is not None:
        return "The event was cancelled: it earns nothing. Cancel the host order."
    if event.client_id not in (None, row.client_id):
        return "The event has another host now. Cancel the host order, and enter another one."
    no = refusal(taken(lines), rewards, asking.currency)
    return str(no) if no is not None else ""


# -------------------------------------------------------------------------- tiers


@dataclass(frozen=True, slots=True)
class TierTable:
    """The rules of rewards, and whether the tiers are the usual ones still."""

    rules: RewardRules
    are_usual: bool


def tier_table(asking: Asking) -> TierTable:
    """The tiers, in order."""
    none_written = asking.session.exec(select(RewardTier.id)).first() is None
    return TierTable(reward_rules(asking.session, asking.settings), none_written)
