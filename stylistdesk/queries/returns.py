"""Returns and exchanges for the back office (R39): the list, one in full, what can come back, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from stylistdesk.db.event_orders import rewards_of_events
from stylistdesk.db.orders import read_orders
from stylistdesk.db.returns import Purchase, Worked, purchase, return_address, work_out
from stylistdesk.db.tables import CardPayment as Card
from stylistdesk.db.tables import (
    Client,
    DeskInfo,
    GiftCertificate,
    GiftMovement,
    HostEvent,
    HostOrder,
    Location,
    Order,
    Return,
    ReturnLine,
    RewardAdjustment,
)
from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.returns import Asked, Bought, Coming, last_day
from stylistdesk.domain.types import Cents, HostOrderStatus, OrderKind, OrderStatus
from stylistdesk.queries.asking import Asking

MOST = 500
"""So many returns are listed; the open ones come first."""
MOST_ORDERS = 200


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return in the list. `order` is the number of the order that comes back, `exchange` that of what is sent."""

    id: int
    number: str
    client_id: int
    client: str
    order_id: int
    order: str
    opened_on: date
    currency: str
    goods: Cents
    fee: Cents
    to_gift: Cents
    to_card: Cents
    lines: tuple[Coming, ...]
    passed_on_at: datetime | None
    received_at: datetime | None
    exchange_order_id: int | None
    exchange_sent_at: datetime | None
    cancelled_at: datetime | None
    address: str
    note: str

    @property
    def refund(self) -> Cents:
        """What she gets back."""
        return Cents(self.to_gift + self.to_card)

    @property
    def off_due(self) -> Cents:
        """What is taken off what she still owes: it was never paid."""
        return Cents(self.goods - self.fee - self.refund)

    @property
    def owes_exchange(self) -> bool:
        """Whether what is sent instead has not left yet."""
        return self.exchange_order_id is not None and self.exchange_sent_at is None

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to be done: by the client or by the rep."""
        return self.cancelled_at is None and (self.received_at is None or self.owes_exchange)


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """One return in full: where its money goes, the chain of exchanges it belongs to, and what a slip tells.

    `gifts` are the numbers of the certificates with what each gets back; `chain` its order of purchase and the returns
    of it and of what was sent instead, the oldest first.
    """

    row: ReturnRow
    bought_on: date
    last_day: date
    root: str
    gifts: tuple[tuple[str, Cents], ...]
    card: tuple[str, str]
    chain: tuple[ReturnRow, ...]
    adjustments: tuple[tuple[str, Cents, int], ...]
    client_address: tuple[str, ...]
    rep: str


def returns(asking: Asking, *, most: int | None = MOST) -> tuple[ReturnRow, ...]:
    """The returns: the open ones first, the newest first among each."""
    return _rows(asking, most=most)


def _rows(asking: Asking, *, root_id: int | None = None, most: int | None = MOST) -> tuple[ReturnRow, ...]:
    waits = col(Return.exchange_order_id).is_not(None) & col(Return.exchange_sent_at).is_(None)
    is_open = col(Return.cancelled_at).is_(None) & (col(Return.received_at).is_(None) | waits)
    wanted = select(Return, Client.name, Order.number).join(Client, col(Client.id) == Return.client_id)
    wanted = wanted.join(Order, col(Order.id) == Return.order_id)
    if root_id is not None:
        wanted = wanted.where(Return.root_order_id == root_id)
    found = asking.session.exec(wanted.order_by(is_open.desc(), col(Return.id).desc()).limit(most)).all()
    lines: dict[int, list[Coming]] = {}
    hers = select(ReturnLine).order_by(col(ReturnLine.position))
    if most is not None:
        hers = hers.where(col(ReturnLine.return_id).in_([row.id for row, _, _ in found]))
    for line in asking.session.exec(hers):
        lines.setdefault(line.return_id, []).append(_coming(line))
    return tuple(
        ReturnRow(
            row.id or 0,
            row.number,
            row.client_id,
            client,
            row.order_id,
            order,
            row.opened_on,
            row.currency,
            Cents(row.goods_cents),
            Cents(row.fee_cents),
            Cents(row.to_gift_cents),
            Cents(row.to_card_cents),
            tuple(lines.get(row.id or 0, ())),
            row.passed_on_at,
            row.received_at,
            row.exchange_order_id,
            row.exchange_sent_at,
            row.cancelled_at,
            row.address,
            row.note,
        )
        for row, client, order in found
    )


def _coming(line: ReturnLine) -> Coming:
    return Coming(
        line.order_line_id, line.name, line.quantity, Cents(line.cents), line.kind, line.is_replaced, line.instead
    )


def return_page(asking: Asking, return_id: int) -> ReturnPage | None:
    """One return in full; `None` if it is gone."""
    session = asking.session
    known = session.get(Return, return_id)
    if known is None:
        return None
    chain = sorted(_rows(asking, root_id=known.root_order_id), key=lambda row: row.id)
    root = next(read_orders(session, asking.zone, ids=(known.root_order_id,)))
    gifts = session.exec(
        select(GiftCertificate.number, GiftMovement.cents)
        .join(GiftMovement, col(GiftMovement.gift_id) == GiftCertificate.id)
        .where(GiftMovement.return_id == return_id)
        .order_by(col(GiftMovement.id))
    ).all()
    card = session.exec(select(Card.brand, Card.last_four).where(Card.return_id == return_id)).first()
    posted = session.exec(
        select(HostEvent.name, RewardAdjustment.cents, RewardAdjustment.half_price_items)
        .join(RewardAdjustment, col(RewardAdjustment.event_id) == HostEvent.id)
        .where(RewardAdjustment.return_id == return_id)
    ).all()
    desk = session.get(DeskInfo, 1)
    return ReturnPage(
        next(row for row in chain if row.id == return_id),
        root.day,
        last_day(root.day, asking.settings.waits.return_window_days),
        root.row["number"],
        tuple((number, Cents(cents)) for number, cents in gifts),
        (card[0], card[1]) if card is not None else ("", ""),
        tuple(chain),
        tuple((name, Cents(cents), items) for name, cents, items in posted),
        _address_of(asking, known.client_id),
        desk.rep_name if desk else "",
    )


def _address_of(asking: Asking, client_id: int) -> tuple[str, ...]:
    """Her primary location, a line each; nothing where none is known."""
    place = asking.session.exec(select(Location).where(Location.client_id == client_id, Location.is_primary)).first()
    if place is None:
        return ()
    town = " ".join(part for part in (place.city, place.region, place.postcode) if part)
    return tuple(part for part in (place.line1, place.line2, town, place.country) if part)


# ------------------------------------------------------------------------- what a form begins with


@dataclass(frozen=True, slots=True)
class Returnable:
    """An order of hers: until when it can come back, and what was booked."""

    order_id: int
    number: str
    bought_on: date
    last_day: date
    booked: Cents
    currency: str


def returnable_orders(asking: Asking, client_id: int) -> tuple[Returnable, ...]:
    """Her orders that can still come back by their day, the newest first; what was sent instead by its original's."""
    days = asking.settings.waits.return_window_days
    today = asking.now.astimezone(asking.zone).date()
    roots = dict(
        asking.session.exec(
            select(Return.exchange_order_id, Return.root_order_id).where(
                Return.client_id == client_id, col(Return.exchange_order_id).is_not(None)
            )
        ).all()
    )
    since = start_of_day(today - timedelta(days=days), asking.zone)
    recent = select(Order.id).where(Order.client_id == client_id, col(Order.placed_at) >= since)
    recent = recent.where(Order.status != OrderStatus.CANCELLED).order_by(col(Order.placed_at).desc())
    ids = [key for key in asking.session.exec(recent.limit(MOST_ORDERS)) if key is not None]
    known = {order.row["id"]: order for order in read_orders(asking.session, asking.zone, ids={*ids, *roots.values()})}
    found = []
    for key in ids:
        order = known[key]
        bought_on = known[roots.get(key, key)].day
        if today <= last_day(bought_on, days):
            row = order.row
            found.append(
                Returnable(key, row["number"], bought_on, last_day(bought_on, days), order.booked, row["currency"])
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ReturnChoices:
    """What the form of a return begins with: the lines with what is left, the last day, the address of today."""

    order_id: int
    number: str
    client_id: int
    currency: str
    lines: tuple[Bought, ...]
    last_day: date
    address: str
    is_unsent: bool = False  # it is typed in, and nothing of it has shipped


def return_choices(asking: Asking, order_id: int) -> ReturnChoices:
    """What can come back of an order. Raises `Refused` if it is gone."""
    bought: Purchase = purchase(asking.session, asking.zone, order_id)
    today = asking.now.astimezone(asking.zone).date()
    row = bought.order.row
    return ReturnChoices(
        order_id,
        row["number"],
        row["client_id"],
        bought.currency,
        bought.lines,
        last_day(bought.root.day, asking.settings.waits.return_window_days),
        return_address(asking.session, today),
        row["kind"] is not OrderKind.SHOP and not bought.order.shipments,
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a return would come to, before it is saved; `rewards` says what becomes of the host's, if anything."""

    worked: Worked
    country: str
    address: str
    rewards: str


def preview(asking: Asking, order_id: int, asked: Sequence[Asked]) -> Preview:
    """What a return of these lines comes to today. Raises `Refused` as saving it does."""
    today = asking.now.astimezone(asking.zone).date()
    worked = work_out(asking.session, asking.zone, asking.settings, asking.country, today, order_id, asked)
    place = select(Location.country).where(Location.client_id == worked.purchase.order.row["client_id"])
    country = asking.session.exec(place.where(Location.is_primary)).first() or asking.country
    return Preview(worked, country, return_address(asking.session, today), _of_rewards(asking, worked))


def _of_rewards(asking: Asking, worked: Worked) -> str:
    event_id = worked.purchase.root.row["event_id"]
    if event_id is None or not worked.goods:
        return ""
    if not rewards_of_events(asking.session, asking.settings, (event_id,))[event_id].cents:
        return ""
    placed = asking.session.exec(select(HostOrder.status).where(HostOrder.event_id == event_id)).all()
    if HostOrderStatus.PLACED in placed:
        return "The host's rewards are redeemed: a difference is posted as an adjustment, nothing is reopened."
    return "It was placed in an event: its host's rewards follow."


def address_today(asking: Asking) -> str:
    """Where returns go today; empty where the rep has not said."""
    return return_address(asking.session, asking.now.astimezone(asking.zone).date())
