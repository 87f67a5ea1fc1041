"""The lookbooks of one client with their items, and what came of each (R22).

Signals and order lines name items in words; `domain/lookbook_items.py` says which item they mean.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from stylistdesk.db.tables import Lookbook, LookbookItem, Order, OrderLine, Signal
from stylistdesk.domain.lookbook_items import Listed, item_of_order, item_of_signal
from stylistdesk.domain.types import OrderStatus, SignalKind
from stylistdesk.queries.asking import Asking

MOST = 200
"""So many lookbooks are given, the newest."""

_KINDS = (
    SignalKind.HEARTED,
    SignalKind.FAVOURITED,
    SignalKind.COMMENTED,
    SignalKind.ADDED_TO_CART,
    SignalKind.CHECKED_OUT,
)


@dataclass(slots=True)
class _Became:
    """What came of one item so far."""

    kinds: defaultdict[SignalKind, int] = field(default_factory=lambda: defaultdict(int))
    units: int = 0
    cents: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item, and what came of it: how often hearted, commented and put into the cart, how many pieces bought.

    `bought` holds, by currency, what was paid for them before tax and shipping, in minor units.
    """

    id: int
    look: str
    name: str
    brand: str
    price_cents: int | None
    currency: str
    url: str
    picture: str
    hearted: int
    commented: int
    carted: int
    units: int
    bought: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LookbookRow:
    """One lookbook; its items are in their order, those of one look together."""

    id: int
    title: str
    delivered_at: datetime | None
    items: tuple[ItemRow, ...]
    words: str = ""
    assignment_id: int | None = None

    @property
    def prices(self) -> tuple[tuple[str, int], ...]:
        """What all items cost together, by currency."""
        return _summed((item.currency, item.price_cents) for item in self.items if item.price_cents is not None)

    @property
    def bought(self) -> tuple[tuple[str, int], ...]:
        """What was paid for items of it, by currency."""
        return _summed(one for item in self.items for one in item.bought)


def _summed(amounts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    total: defaultdict[str, int] = defaultdict(int)
    for currency, cents in amounts:
        total[currency] += cents
    return tuple(sorted(total.items()))


def client_lookbooks(asking: Asking, client_id: int) -> tuple[LookbookRow, ...]:
    """Her lookbooks: those to be delivered first, then the newest."""
    session = asking.session
    books = session.exec(
        select(Lookbook)
        .where(Lookbook.client_id == client_id)
        .order_by(col(Lookbook.delivered_at).desc().nulls_first(), col(Lookbook.id).desc())
        .limit(MOST)
    ).all()
    by_id = {book.id: book for book in books}
    items = session.exec(
        select(LookbookItem)
        .where(col(LookbookItem.lookbook_id).in_(by_id))
        .order_by(col(LookbookItem.position), col(LookbookItem.id))
    ).all()
    listed = [
        Listed(i.id or 0, i.name, i.brand, by_id[i.lookbook_id].title, by_id[i.lookbook_id].delivered_at) for i in items
    ]
    became = _became(asking, client_id, listed) if listed else {}
    return tuple(
        LookbookRow(
            book.id or 0,
            book.title,
            book.delivered_at,
            tuple(
                _item(one, became.get(one.id or 0) or _Became())
                for one in _by_look([i for i in items if i.lookbook_id == book.id])
            ),
            book.words,
            book.assignment_id,
        )
        for book in books
    )


def _by_look(items: list[LookbookItem]) -> list[LookbookItem]:
    """The items with those of one look together; looks are in the order of their first items."""
    looks = list(dict.fromkeys(item.look for item in items))
    return sorted(items, key=lambda item: looks.index(item.look))


def _item(item: LookbookItem, came: _Became) -> ItemRow:
    kinds = came.kinds
    return ItemRow(
        id=item.id or 0,
        look=item.look,
        name=item.name,
        brand=item.brand,
        price_cents=item.price_cents,
        currency=item.currency,
        url=item.url,
        picture=item.picture,
        hearted=kinds[SignalKind.HEARTED] + kinds[SignalKind.FAVOURITED],
        commented=kinds[SignalKind.COMMENTED],
        carted=kinds[SignalKind.ADDED_TO_CART],
        units=came.units or kinds[SignalKind.CHECKED_OUT],
        bought=tuple(sorted(came.cents.items())),
    )


def _became(asking: Asking, client_id: int, listed: list[Listed]) -> dict[int, _Became]:
    """What came of each item. A check-out that an order told is counted by the order's lines."""
    found: defaultdict[int, _Became] = defaultdict(_Became)
    signals: Any = asking.session.exec(
        select(Signal.kind, Signal.lookbook, Signal.item, Signal.brand).where(
            Signal.client_id == client_id,
            col(Signal.kind).in_(_KINDS),
            Signal.item != "",
            col(Signal.order_id).is_(None),
        )
    )
    for kind, lookbook, name, brand in signals:
        item = item_of_signal(listed, lookbook=lookbook, name=name, brand=brand)
        if item is not None:
            found[item.id].kinds[kind] += 1
    lines: Any = asking.session.exec(
        select(Order.placed_at, Order.currency, OrderLine)
        .join(OrderLine, col(OrderLine.order_id) == Order.id)
        .where(Order.client_id == client_id, Order.status != OrderStatus.CANCELLED)
    )
    for placed_at, currency, line in lines:
        item = item_of_order(listed, placed_at=placed_at, name=line.name, brand=line.brand)
        if item is not None:
            found[item.id].units += line.quantity
            found[item.id].cents[currency] += line.quantity * line.price_cents - line.discount_cents
    return found
