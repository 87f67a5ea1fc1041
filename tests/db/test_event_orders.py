"""What events have come to, summed by the database, is what the rules of the trade say of each of their orders."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from sqlmodel import Session

from stylistdesk.db.event_orders import event_orders, event_sums, rewards_of_events
from stylistdesk.db.tables import CreditMemo, HostEvent, Order, Return
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import half_up
from stylistdesk.domain.host_rewards import RewardRules, rewards_of
from stylistdesk.domain.sales import OrderFacts, merchandise
from stylistdesk.domain.types import Cents, OrderKind, OrderStatus
from tests.helpers import add_client

EVENTS, ORDERS = 6, 400
DAY = date(2026, 11, 21)


@dataclass
class Made:
    """An order of a random event, the credits on it, and what was given back for returns of it."""

    order: Order
    credits: list[int]
    returned: int

    @property
    def counts(self) -> int:
        """What it counts for (R38), by the rules of one order."""
        order = self.order
        if order.currency != "USD":
            return 0
        booked = merchandise(order.total_cents, order.shipping_cents, order.tax_cents)
        facts = OrderFacts(order.kind, order.status, booked, Cents(order.cancelled_cents), Cents(0))
        refunded, paid = order.refunded_cents, order.total_cents - order.shipping_cents
        if paid > 0 and order.tax_cents > 0:  # the tax in a refund is no merchandise
            refunded = half_up(refunded * booked, paid)
        back = max(0, refunded - self.returned)
        return max(0, facts.standing.active - min(back, facts.standing.active) - sum(self.credits))


def test_the_sums_of_events_are_those_of_their_orders(desk: Desk) -> None:
    for seed in range(4):
        _sums_agree(desk, Random(seed))


def _sums_agree(desk: Desk, random: Random) -> None:
    client = add_client(desk, f"Guest {random.random()}")
    with desk._database.write() as session:
        first = _events(session, random)
        made = [_order(session, random, client, first, at) for at in range(ORDERS)]
        events = range(first, first + EVENTS)
        wanted = {key: [one.counts for one in made if _is_in(one.order, key)] for key in events}
        sums = event_sums(session, events)
        assert {key: (sums[key].orders, sums[key].counted, sums[key].base) for key in sums} == {
            key: (len(bases), sum(base > 0 for base in bases), sum(bases)) for key, bases in wanted.items() if bases
        }
        assert min(map(sum, wanted.values())) == 0 < max(map(sum, wanted.values()))
        known = rewards_of_events(session, desk.settings, events)
        assert known == {key: rewards_of(bases, RewardRules()) for key, bases in wanted.items()}
        listed = event_orders(session, events)
        assert {key: sorted(one.base for one in listed if one.event_id == key) for key in events} == {
            key: sorted(bases) for key, bases in wanted.items()
        }


def _is_in(order: Order, event_id: int) -> bool:
    return order.event_id == event_id and not order.is_host_order


def _events(session: Session, random: Random) -> int:
    rows = [
        HostEvent(name=f"Party {at}", code=f"p-{random.random()}", opens_on=DAY, closes_on=DAY) for at in range(EVENTS)
    ]
    session.add_all(rows)
    session.flush()
    return min(row.id or 0 for row in rows)


def _order(session: Session, random: Random, client: int, first: int, at: int) -> Made:
    goods, shipping = random.randrange(0, 30_000), random.choice((0, 0, 800))
    tax = random.choice((0, half_up(goods * 7, 100)))
    order = Order(
        client_id=client,
        source="shop",
        number=f"{client}-{at}",
        kind=random.choice((OrderKind.SHOP, OrderKind.SUMMARY)),
        status=random.choice(tuple(OrderStatus)),
        placed_at=datetime(2026, 11, 1, 12, tzinfo=UTC),
        currency=random.choice(("USD",) * 9 + ("CAD",)),
        subtotal_cents=goods,
        shipping_cents=shipping,
        tax_cents=tax,
        discount_cents=0,
        total_cents=max(0, goods + shipping + tax - random.choice((0, 0, 0, 50_000))),
        refunded_cents=random.choice((0, 0, random.randrange(0, 20_000))),
        cancelled_cents=random.choice((0, 0, random.randrange(0, 40_000))),
        event_id=first + random.randrange(1, EVENTS),  # one has none
        is_host_order=random.random() < 0.1,
    )
    session.add(order)
    session.flush()
    given = [random.randrange(1, 12_000) for _ in range(random.choice((0, 0, 1, 2)))]
    returned = 0
    for cents in given:
        memo = CreditMemo(
            client_id=client, order_id=order.id, number=f"C{client}-{order.id}-{cents}-{random.random()}",
            issued_on=DAY, amount_cents=cents, reopens=random.random() < 0.3,
        )  # fmt: skip
        session.add(memo)
        session.flush()
        if random.random() < 0.5:
            returned += cents
            back = Return(
                client_id=client, order_id=order.id, root_order_id=order.id, number=f"R{memo.id}", opened_on=DAY,
                currency="USD", goods_cents=cents, credit_id=memo.id,
            )  # fmt: skip
            session.add(back)
            session.flush()
    return Made(order, given, returned)
