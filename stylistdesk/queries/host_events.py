"""Events and their shop windows (R37): how each stands, what its orders count for, and what is still to do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, or_, select

from stylistdesk.db.event_orders import NO_ORDERS, event_sums, reward_rules
from stylistdesk.db.sums import BASE
from stylistdesk.db.tables import Client, HostEvent
from stylistdesk.domain.host_events import ClosingStep, EventState, read_steps, state_of, steps_of
from stylistdesk.domain.host_rewards import Rewards
from stylistdesk.domain.types import Cents
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant

_ORDER = (EventState.OPEN, EventState.OVER, EventState.UPCOMING, EventState.CLOSED, EventState.CANCELLED)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it stands today. `host` is empty for an own one.

    `orders` are all that are in it but a host order; `rewards` counts those of which something is left.
    """

    id: int
    name: str
    code: str
    link: str
    client_id: int | None
    host: str
    first_name: str
    opens_on: date
    closes_on: date
    held_at: datetime | None
    place: str
    note: str
    state: EventState
    orders: int
    rewards: Rewards
    today: date
    steps: tuple[ClosingStep, ...]
    done: frozenset[ClosingStep]
    closed_on: date | None

    @property
    def days_left(self) -> int:
        """How many days it is open yet, today with them; 0 unless it is open."""
        return (self.closes_on - self.today).days + 1 if self.state is EventState.OPEN else 0

    @property
    def still_to_do(self) -> tuple[ClosingStep, ...]:
        """The steps of closing it that are not done."""
        return tuple(step for step in self.steps if step not in self.done)


@dataclass(frozen=True, slots=True)
class ShopLinksList:
    """All events in the order in which they wait for the rep."""

    rows: tuple[EventRow, ...]
    currency: str

    @property
    def own_is_open(self) -> bool:
        """Whether an own event with a link is open today: one always should be (R37)."""
        return any(row.client_id is None and row.link and row.state is EventState.OPEN for row in self.rows)


@dataclass(frozen=True, slots=True)
class EventOrderRow:
    """An order of an event, and what it counts for in minor units; 0 where nothing is left of it."""

    id: int
    number: str
    client_id: int
    client: str
    day: date
    base: Cents


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event with its orders, the oldest first."""

    row: EventRow
    orders: tuple[EventOrderRow, ...]


@dataclass(frozen=True, slots=True)
class EventChoice:
    """An event that an order may be put into, if its day is one of the window's."""

    id: int
    name: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Party:
    """The hour at which an event is held: the rep is there."""

    name: str
    starts_at: datetime
    ends_at: datetime


def host_events(asking: Asking) -> tuple[EventRow, ...]:
    """All events: first those that are open, then those still to be closed, to come, closed, and cancelled."""
    rows = _rows(asking, None)
    far = date.max.toordinal()

    def place(row: EventRow) -> tuple[int, int, str]:
        ahead = row.state in (EventState.OPEN, EventState.UPCOMING)
        day = row.closes_on if row.state is EventState.OPEN else row.opens_on
        return _ORDER.index(row.state), day.toordinal() if ahead else far - row.closes_on.toordinal(), row.name

    return tuple(sorted(rows, key=place))


_ITS_ORDERS = f"""
    SELECT "order".id, number, client_id, client.name, placed_at, {BASE}
    FROM "order" JOIN client ON client.id = client_id WHERE event_id = ? AND NOT is_host_order
    ORDER BY placed_at, "order".id"""


def event_page(asking: Asking, event_id: int) -> EventPage | None:
    """One event with its orders; `None` if it is gone."""
    rows = _rows(asking, event_id)
    if not rows:
        return None
    found = asking.session.connection().exec_driver_sql(_ITS_ORDERS, (event_id,))
    return EventPage(
        rows[0],
        tuple(
            EventOrderRow(key, number, client_id, client, instant(at).astimezone(asking.zone).date(), Cents(base))
            for key, number, client_id, client, at, base in found
        ),
    )


def shop_links(asking: Asking) -> ShopLinksList:
    """All events, as the back office lists them."""
    return ShopLinksList(host_events(asking), asking.currency)


def event_choices(asking: Asking, but: int | None = None) -> tuple[EventChoice, ...]:
    """The events that orders may be put into, and the one with the id `but`; what closes last first.

    What is over takes orders of its days until it is closed, what is to come takes none yet: an order's day has been.
    """
    waits = (
        col(HostEvent.closed_at).is_(None)
        & col(HostEvent.cancelled_at).is_(None)
        & (col(HostEvent.opens_on) <= asking.now.astimezone(asking.zone).date())
    )
    wanted = (
        select(HostEvent)
        .where(or_(waits, col(HostEvent.id) == but))
        .order_by(col(HostEvent.closes_on).desc(), col(HostEvent.id).desc())
    )
    rows = asking.session.exec(wanted).all()
    return tuple(EventChoice(row.id or 0, row.name, row.opens_on, row.closes_on) for row in rows)


def parties_between(asking: Asking, since: datetime, until: datetime) -> tuple[Party, ...]:
    """The parties that take some of the time between two instants, the first first; each of the usual length."""
    usual = timedelta(minutes=asking.settings.appointment_minutes)
    wanted = (
        select(HostEvent.name, HostEvent.held_at)
        .where(
            col(HostEvent.cancelled_at).is_(None),
            col(HostEvent.held_at) > since - usual,
            col(HostEvent.held_at) < until,
        )
        .order_by(col(HostEvent.held_at), col(HostEvent.id))
    )
    return tuple(Party(name, at, at + usual) for name, at in asking.session.exec(wanted) if at is not None)


def _rows(asking: Asking, event_id: int | None) -> list[EventRow]:
    session, ids = asking.session, None if event_id is None else (event_id,)
    wanted = select(HostEvent, Client).join(Client, col(Client.id) == HostEvent.client_id, isouter=True)
    if event_id is not None:
        wanted = wanted.where(HostEvent.id == event_id)
    sums, rules = event_sums(session, ids), reward_rules(session, asking.settings)
    today = asking.now.astimezone(asking.zone).date()
    return [
        EventRow(
            id=event.id,
            name=event.name,
            code=event.code,
            link=event.link,
            client_id=event.client_id,
            host=host.name if host is not None else "",
            first_name=(host.first_name or host.name) if host is not None else "",
            opens_on=event.opens_on,
            closes_on=event.closes_on,
            held_at=event.held_at,
            place=event.place,
            note=event.note,
            state=state_of(event.opens_on, event.closes_on, event.closed_at, event.cancelled_at, today),
            orders=(come_to := sums.get(event.id, NO_ORDERS)).orders,
            rewards=come_to.rewards(rules),
            today=today,
            steps=steps_of(has_host=event.client_id is not None),
            done=read_steps(event.steps_done),
            closed_on=event.closed_at.astimezone(asking.zone).date() if event.closed_at is not None else None,
        )
        for event, host in session.exec(wanted)
        if event.id is not None
    ]
