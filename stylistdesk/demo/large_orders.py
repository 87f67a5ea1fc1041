"""The orders of the large made-up desk, each client in her own rhythm."""

from collections import defaultdict
from datetime import datetime
from random import Random

from stylistdesk.db.tables import Order, OrderLine
from stylistdesk.demo.bulk import Filling
from stylistdesk.demo.catalogue import CATALOGUE, Item
from stylistdesk.demo.large_clients import DAYS, Cast
from stylistdesk.domain.types import OrderStatus, SignalKind

MEAN_ORDERS = 10

Happened = dict[int, list[tuple[float, int, SignalKind, int, int, int]]]
"""By day: when (days from the first), client, what, order id, place in the catalogue, cents."""


def add_orders(filling: Filling, random: Random, cast: Cast, *, most_signals: int) -> Happened:
    """Add about ten orders a client, with lines; gives what of them shows as signals, at most so many."""
    happened: Happened = defaultdict(list)
    share = min(1.0, most_signals / max(1, 2 * MEAN_ORDERS * cast.size))
    for client_id in range(1, cast.size + 1):
        for day in _order_days(random, cast.joined[client_id]):
            order_id, place, total, received = _add_order(filling, random, cast, client_id, day)
            if random.random() < share and most_signals > 0:
                happened[int(day)].append((day, client_id, SignalKind.CHECKED_OUT, order_id, place, total))
                most_signals -= 1
                if received is not None and most_signals > 0:
                    happened[int(received)].append(
                        (received, client_id, SignalKind.RECEIVED, order_id, place, CATALOGUE[place].price_cents)
                    )
                    most_signals -= 1
    return happened


def _order_days(random: Random, joined: int) -> list[float]:
    """Days with an order: gaps scattered around a gap of her own, so that ten is the mean and few is common."""
    gap = random.lognormvariate(4.77, 0.6) * (DAYS - joined + 60) / DAYS
    days: list[float] = []
    day = joined + random.random() * gap
    while day < DAYS - 0.01 and len(days) < 60:
        days.append(day)
        day += max(1.0, gap * random.lognormvariate(-0.08, 0.4))
    return days


def _add_order(
    filling: Filling, random: Random, cast: Cast, client_id: int, day: float
) -> tuple[int, int, int, float | None]:
    place = random.randrange(len(CATALOGUE))
    bought: list[tuple[Item, int]] = [(CATALOGUE[place], 1)]
    while random.random() < 0.4 and len(bought) < 5:
        bought.append((random.choice(CATALOGUE), 1 + (random.random() < 0.1)))
    subtotal = sum(item.price_cents * quantity for item, quantity in bought)
    tax = (subtotal * 7 + 50) // 100
    age, lot = DAYS - day, random.random()
    status, shipped, received = _how_far(age, cancelled=lot < 0.03)
    shipping = 0 if subtotal >= 100_00 else 8_00
    order_id = filling.rows(Order).add(
        client_id=client_id,
        source="shopify",
        number=f"#{100_001 + filling.rows(Order).last_id}",
        external_id="",
        status=status,
        placed_at=cast.at(day),
        shipped_at=_instant(cast, day, shipped),
        received_at=_instant(cast, day, received),
        cancelled_at=_instant(cast, day, 0.3 if status is OrderStatus.CANCELLED else None),
        currency=cast.currency,
        subtotal_cents=subtotal,
        shipping_cents=shipping,
        tax_cents=tax,
        discount_cents=0,
        total_cents=subtotal + shipping + tax,
        refunded_cents=bought[0][0].price_cents if lot > 0.95 and received else 0,
        tags="",
        note="",
    )
    for position, (item, quantity) in enumerate(bought):
        filling.rows(OrderLine).add(
            order_id=order_id,
            position=position,
            name=item.name,
            sku=item.sku,
            brand=item.brand,
            quantity=quantity,
            price_cents=item.price_cents,
            discount_cents=0,
            shipped=shipped is not None,
        )
    return order_id, place, subtotal + shipping + tax, None if received is None else day + received


def _how_far(age: float, *, cancelled: bool) -> tuple[OrderStatus, float | None, float | None]:
    """The status of an order so many days old, and after how many days it was shipped and received."""
    if cancelled and age > 1:
        return OrderStatus.CANCELLED, None, None
    if age > 6:
        return OrderStatus.RECEIVED, 1.5, 5.0
    return (OrderStatus.SHIPPED, 1.5, None) if age > 2 else (OrderStatus.PLACED, None, None)


def _instant(cast: Cast, day: float, after: float | None) -> datetime | None:
    return None if after is None else cast.at(day + after)
