"""What clients received and did not keep (R5 rule 9): goods of returns (R39), and items that a feed says came back.

A feed of signals names no order: there an item is known by its name. What is exchanged is kept once another was sent.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Any

from stylistdesk.db.sums import ACTIVE
from stylistdesk.domain.dates import LocalNow, end_of_day

_BETWEEN = re.compile(r"[\W_]+")
Rows = Callable[..., Iterator[tuple[Any, ...]]]

_RETURNS = """
    SELECT client_id, r.id, r.order_id, r.exchange_order_id, r.opened_on, l.order_line_id, l.name, l.quantity, l.cents,
           l.is_replaced, r.exchange_sent_at IS NOT NULL, o.position
    FROM goods_return r JOIN return_line l ON l.return_id = r.id LEFT JOIN order_line o ON o.id = l.order_line_id
    WHERE r.cancelled_at IS NULL {one} ORDER BY r.id, l.position"""
_RETURNED = "SELECT client_id, item, occurred_at FROM signal WHERE kind = 'returned' AND occurred_at >= :since {one}"
_LINES = """
    SELECT order_id, id, name, quantity FROM order_line
    WHERE order_id IN (SELECT root_order_id FROM goods_return WHERE 1 {one}) ORDER BY position, id"""
_ACTIVE = f'SELECT id, {ACTIVE} FROM "order" WHERE id IN (SELECT root_order_id FROM goods_return WHERE 1 {{one}})'


@dataclass(slots=True)
class CameBack:
    """What came back of whom.

    `kept` are the names of what is kept of an order of which something came back, `named` the names of what did not
    stay: by client and folded name, until when it came back. `clients` are all of whom there is any. Instants are as
    stored.
    """

    clients: set[int] = field(default_factory=set)
    kept: dict[int, list[str]] = field(default_factory=dict)
    named: dict[tuple[int, str], str] = field(default_factory=dict)

    def left_of(self, client_id: int, order_id: int | None, item: str, at: str) -> str | None:
        """What she kept of what she received then, as it is named; None where all of it came back."""
        if client_id not in self.clients:
            return item
        if order_id is None:
            return None if self.named.get((client_id, _folded(item)), "") >= at else item
        names = self.kept.get(order_id, [item])
        return f"{names[0]} (+{len(names) - 1} more)" if len(names) > 1 else next(iter(names), None)

    def add(self, client_id: int, name: str, until: str) -> None:
        """An item of this name that she had by then did not stay."""
        self.clients.add(client_id)
        key = (client_id, _folded(name))
        self.named[key] = max(until, self.named.get(key, ""))


def _folded(name: str) -> str:
    return _BETWEEN.sub(" ", name).strip().casefold()


@dataclass(slots=True)
class _Gone:
    """How many of a line, or how much of an order without lines, did not stay; until when she had it."""

    client_id: int
    quantity: int = 0
    cents: int = 0
    until: str = ""
    names: list[str] = field(default_factory=list)


def came_back(rows: Rows, here: LocalNow, since: str) -> CameBack:
    """What did not stay, of returns or of signals since an instant.

    `rows` runs a statement, with `{one}` filled in as a condition on the client's column where one is asked for.
    """
    found = CameBack()
    for client_id, item, at in rows(_RETURNED, since=since):
        if item:
            found.add(client_id, item, at)
    gone = _gone(rows(_RETURNS), here)
    if not gone:
        return found
    lines: dict[int, list[tuple[int, str, int]]] = {}
    for order_id, key, name, quantity in rows(_LINES):
        lines.setdefault(order_id, []).append((key, name, quantity))
    worth: dict[int, int] = dict(rows(_ACTIVE))
    for order_id in {order_id for order_id, _ in gone}:
        whole = gone.get((order_id, None))
        if whole is not None:
            found.clients.add(whole.client_id)
            if whole.cents >= worth.get(order_id, 0):
                found.kept[order_id] = []
            for name in whole.names:
                found.add(whole.client_id, name, whole.until)
            continue
        found.kept[order_id] = []
        for line_id, name, quantity in lines.get(order_id, ()):
            line = gone.get((order_id, line_id))
            if line is not None:
                found.clients.add(line.client_id)
            if line is None or line.quantity < quantity:
                found.kept[order_id].append(name)
            else:
                found.add(line.client_id, name, line.until)
    return found


def _gone(returns: Iterable[tuple[Any, ...]], here: LocalNow) -> dict[tuple[int, int | None], _Gone]:
    """By order and line of the original purchase, what did not stay; what was sent instead stands for the line."""
    rows = list(returns)
    made_by = {row[3]: row[1] for row in rows if row[3] is not None}
    replaced: dict[int, list[tuple[int, int | None]]] = {}
    found: dict[tuple[int, int | None], _Gone] = {}
    for client_id, key, order_id, _, on, line_id, name, quantity, cents, is_replaced, is_sent, position in rows:
        origin = (order_id, line_id)
        if order_id in made_by and position is not None:
            of = replaced.get(made_by[order_id], [])
            origin = of[position] if position < len(of) else origin
        if is_replaced:
            replaced.setdefault(key, []).append(origin)
            if is_sent:
                continue
        one = found.setdefault(origin, _Gone(client_id))
        one.quantity, one.cents, one.until = one.quantity + quantity, one.cents + cents, max(one.until, _ends(on, here))
        one.names.append(name)
    return found


def _ends(day: str, here: LocalNow) -> str:
    """When a day of the desk is over: what she has by then may be what came back."""
    return end_of_day(date.fromisoformat(day), here.zone).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
