"""Which item of a lookbook a signal or an order line is about: both name it in words, often with a size behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from stylistdesk.domain import text

name_key = lru_cache(maxsize=8192)(text.name_key)
"""Each name is met once for every item that it might mean."""

_BEHIND = (",", " -", " –", " /", " (", " |")
"""What stands between the name of an item and its size or colour: "Silk shirt, bone, M", "Silk shirt, bone - M"."""


def names_item(item: str, said: str, *, brand: str = "", said_brand: str = "") -> bool:
    """Whether what is said names the item, alone or with its size behind; two brands that differ are two items."""
    wanted, there = name_key(item), name_key(said)
    if not wanted or (brand and said_brand and name_key(brand) != name_key(said_brand)):
        return False
    return there == wanted or (there.startswith(wanted) and there[len(wanted) :].startswith(_BEHIND))


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a lookbook, and when that lookbook was delivered."""

    id: int
    name: str
    brand: str
    lookbook: str
    delivered_at: datetime | None


def item_of_signal(items: Iterable[Listed], *, lookbook: str, name: str, brand: str) -> Listed | None:
    """The item that a signal is about: of the lookbook that it names, or of the newest one if it names none.

    Of several names that fit, the longest: "Silk shirt, bone" before "Silk shirt".
    """
    title = name_key(lookbook)
    fitting = [
        item
        for item in items
        if (not title or name_key(item.lookbook) == title)
        and names_item(item.name, name, brand=item.brand, said_brand=brand)
    ]
    return max(fitting, key=_rank, default=None)


def item_of_order(items: Iterable[Listed], *, placed_at: datetime, name: str, brand: str) -> Listed | None:
    """The item that an order line is: of the newest lookbook that had been delivered when she ordered."""
    fitting = [
        item
        for item in items
        if item.delivered_at is not None
        and item.delivered_at <= placed_at
        and names_item(item.name, name, brand=item.brand, said_brand=brand)
    ]
    return max(fitting, key=lambda item: (item.delivered_at, len(item.name), item.id), default=None)


def _rank(item: Listed) -> tuple[int, float, int]:
    return len(item.name), item.delivered_at.timestamp() if item.delivered_at else 0.0, item.id
