"""The back office of the large made-up desk: events with orders in them, gift certificates, and returns.

It draws on orders that are on the desk already, and by a random of its own: everything else stays as it is without it.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from stylistdesk.commands.sales import CREDIT_PREFIX
from stylistdesk.db.tables import (
    CardPayment,
    CreditMemo,
    GiftCertificate,
    GiftMovement,
    HostEvent,
    Return,
    ReturnLine,
)
from stylistdesk.demo.bulk import Filling
from stylistdesk.demo.large_clients import Cast
from stylistdesk.domain.gifts import make_number
from stylistdesk.domain.host_events import link_of, steps_of, write_steps
from stylistdesk.domain.types import GiftMove, ReturnKind

PER_EVENT, PER_GIFT, PER_RETURN = 200, 10, 20
"""A desk has an event for so many clients, a certificate, a return."""
YEAR = 365
WINDOW = 20
FIRST_NUMBER = 1001
_WORTHS = (25_00, 50_00, 50_00, 75_00, 100_00, 150_00)
_ITS_ORDERS = """
    SELECT o.id, o.client_id, o.placed_at, o.total_cents, l.id, l.name, l.price_cents FROM "order" o
    JOIN order_line l ON l.order_id = o.id AND l.position = 0
    WHERE o.placed_at >= ? AND o.status = 'received' AND o.refunded_cents = 0 ORDER BY o.placed_at, o.id"""


class Bought(NamedTuple):
    """An order of the last year, with the first of its lines."""

    order_id: int
    client_id: int
    on: date
    total: int
    line_id: int
    item: str
    price: int


def add_back_office(filling: Filling, cast: Cast, seed: int) -> None:
    """Add an event for every 200 clients, a certificate for every ten, and a return for every twenty."""
    filling.flush()
    random = Random(f"back office {seed}")  # noqa: S311  (made up, not secret)
    today = cast.now.astimezone(cast.zone).date()
    rows = filling.connection.exec_driver_sql(_ITS_ORDERS, (str(cast.now - timedelta(days=YEAR + 60)),))
    bought = [
        Bought(key, client, datetime.fromisoformat(f"{at}+00:00").astimezone(cast.zone).date(), *rest)
        for key, client, at, *rest in rows
    ]
    _add_events(filling, random, cast, today, bought)
    random.shuffle(bought)
    returns, gifts = cast.size // PER_RETURN, cast.size // PER_GIFT
    for order in bought[:returns]:
        _add_return(filling, random, cast, today, order)
    for number in range(gifts):
        _add_gift(filling, random, cast, bought[returns + number] if returns + number < len(bought) else None)
    filling.flush()


def _add_events(filling: Filling, random: Random, cast: Cast, today: date, bought: list[Bought]) -> None:
    """One after the other over a year, the last of them open; every fifth is the rep's own."""
    many, placed_in, taken = max(1, cast.size // PER_EVENT), [], set[int]()
    for number in range(1, many + 1):
        opens_on = today - timedelta(days=10 + YEAR * (many - number) // many)
        closes_on, is_own = opens_on + timedelta(days=WINDOW), (many - number) % 5 == 0
        event_id = _add_event(filling, random, cast, number, opens_on, closes_on, is_own=is_own)
        there = [x.order_id for x in bought if opens_on <= x.on <= closes_on and x.order_id not in taken]
        some = random.sample(there, min(len(there) // 2, random.randrange(20, 300)))
        taken.update(some)
        placed_in += [(event_id, key) for key in some]
    filling.flush()
    if placed_in:
        filling.connection.exec_driver_sql('UPDATE "order" SET event_id = ? WHERE id = ?', placed_in)


def _add_event(
    filling: Filling, random: Random, cast: Cast, number: int, opens_on: date, closes_on: date, *, is_own: bool
) -> int:
    code, host = f"party-{number}", None if is_own else random.randrange(1, cast.size + 1)
    name = f"Shop window {number}" if is_own else f"Party {number}"
    done = closes_on < cast.now.date() - timedelta(days=30)
    return filling.rows(HostEvent).add(
        client_id=host,
        name=name,
        code=code,
        opens_on=opens_on,
        closes_on=closes_on,
        held_at=None,
        place="",
        link=link_of("https://shop.example.com/?event={code}", code=code, event=name),
        note="",
        steps_done=write_steps(steps_of(has_host=not is_own) if done else ()),
        closed_at=cast.now - timedelta(days=25) if done else None,
        cancelled_at=None,
        source="desk",
        external_id=None,
    )


def _add_return(filling: Filling, random: Random, cast: Cast, today: date, order: Bought) -> None:
    """One of its first item, a week after it was received; the newest are on their way still."""
    opened_on = min(today, order.on + timedelta(days=12))
    received = today - opened_on > timedelta(days=14)
    at = datetime.combine(opened_on, datetime.min.time(), cast.zone) + timedelta(hours=12)
    number = filling.rows(CreditMemo).last_id + FIRST_NUMBER
    credit_id = filling.rows(CreditMemo).add(
        client_id=order.client_id,
        order_id=order.order_id,
        number=f"{CREDIT_PREFIX}{number}",
        issued_on=opened_on,
        amount_cents=order.price,
        reopens=False,
        commission_cents=None,
        note=f"Return R{opened_on.year}-{number}",
    )
    return_id = filling.rows(Return).add(
        client_id=order.client_id,
        order_id=order.order_id,
        root_order_id=order.order_id,
        number=f"R{opened_on.year}-{number}",
        opened_on=opened_on,
        currency=cast.currency,
        address="",
        goods_cents=order.price,
        fee_cents=0,
        to_gift_cents=0,
        to_card_cents=order.price,
        passed_on_at=at if received or random.random() < 0.7 else None,
        received_at=at + timedelta(days=9) if received else None,
        exchange_order_id=None,
        exchange_sent_at=None,
        credit_id=credit_id,
        cancelled_at=None,
        note="",
    )
    filling.rows(ReturnLine).add(
        return_id=return_id,
        order_line_id=order.line_id,
        position=0,
        name=order.item,
        quantity=1,
        cents=order.price,
        kind=random.choice((ReturnKind.REFUND, ReturnKind.REFUND, ReturnKind.DAMAGED)),
        is_replaced=False,
        instead="",
    )
    filling.rows(CardPayment).add(
        client_id=order.client_id,
        order_id=order.order_id,
        paid_on=opened_on,
        cents=-order.price,
        brand="Visa",
        last_four="4242",
        return_id=return_id,
        external_id=None,
    )


def _add_gift(filling: Filling, random: Random, cast: Cast, order: Bought | None) -> None:
    """A certificate of which a part was used for an order, if there is one, half of the time."""
    worth, buyer = random.choice(_WORTHS), random.randrange(1, cast.size + 1)
    on = order.on if order is not None else cast.now.astimezone(cast.zone).date()
    sold = datetime.combine(on, datetime.min.time(), cast.zone) - timedelta(days=random.randrange(3, 60))
    gift_id = filling.rows(GiftCertificate).add(
        client_id=buyer,
        for_client_id=order.client_id if order is not None else None,
        for_name="",
        number=make_number(random.choice),
        currency=cast.currency,
        sold_on=sold.date(),
        sent_at=sold + timedelta(hours=12) if random.random() < 0.98 else None,
        order_id=None,
        note="",
    )
    moves = [(GiftMove.SOLD, worth, sold + timedelta(hours=10), None)]
    if order is not None and random.random() < 0.5:
        used: Any = (GiftMove.REDEEMED, -min(worth, order.total, random.choice(_WORTHS)), sold + timedelta(days=2))
        moves.append((*used, order.order_id))
    for kind, cents, at, order_id in moves:
        filling.rows(GiftMovement).add(
            gift_id=gift_id, kind=kind, cents=cents, at=at, order_id=order_id, return_id=None, note=""
        )
