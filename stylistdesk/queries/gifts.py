"""Gift certificates (R36): the list, one in full, and the orders that one can pay for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stylistdesk.commands.orders import OURS
from stylistdesk.db.gifts import due_of, orders_numbered, orders_of_clients
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import OrderDue, clean_number, folded_number
from stylistdesk.domain.text import folded
from stylistdesk.domain.types import Cents, GiftMove
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant

PAGE = 500
MOST_ORDERS = 30


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One certificate: who bought it and who gets it, and what is left of what it was worth.

    `worth` is what it was sold at, as it was corrected since; `whom` is a client's name or another, or nothing.
    """

    id: int
    number: str
    client_id: int
    client: str
    for_client_id: int | None
    whom: str
    currency: str
    sold_on: date
    sent_at: datetime | None
    worth: Cents
    left: Cents
    used_at: datetime | None
    order_id: int | None
    note: str


@dataclass(frozen=True, slots=True)
class GiftList:
    """A page of certificates, the newest first; `next` is where the next one begins, `None` if this is the last."""

    words: str
    rows: tuple[GiftRow, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class GiftSums:
    """All certificates: how many there are, on how many something is left and how much by currency, and how many wait.

    Those that wait are not sent, and something is left on them.
    """

    count: int
    with_rest: int
    left: tuple[tuple[str, Cents], ...]
    to_send: int


@dataclass(frozen=True, slots=True)
class GiftMoved:
    """What was put on a certificate or taken off it, and for which order of whom."""

    id: int
    kind: GiftMove
    cents: Cents
    at: datetime
    order_id: int | None
    order: str
    client: str
    note: str


@dataclass(frozen=True, slots=True)
class PaidOrder:
    """An order that a certificate has paid for: what it still pays there, and how the order stands.

    `cards` are those that pay for it, by brand and last four digits, with how much: ("Visa 4242", 4500).
    """

    order: OrderDue
    here: Cents
    cards: tuple[tuple[str, Cents], ...] = ()


@dataclass(frozen=True, slots=True)
class GiftPage:
    """One certificate in full: its movements, the oldest first, and the orders that it paid for."""

    row: GiftRow
    moves: tuple[GiftMoved, ...]
    orders: tuple[PaidOrder, ...]
    order: str  # the number of the order with which it was in one cart


_ROWS = """
    SELECT g.id, g.number, g.client_id, c.name AS client, g.for_client_id, coalesce(f.name, g.for_name) AS whom,
    g.currency, g.sold_on, g.sent_at, sum(m.cents) AS left_over,
    sum(CASE WHEN m.kind IN ('sold', 'corrected') THEN m.cents ELSE 0 END) AS worth,
    max(CASE WHEN m.kind = 'redeemed' THEN m.at END) AS used_at, g.order_id, g.note
    FROM (SELECT g.* FROM gift_certificate g {joins} WHERE {which} ORDER BY g.id DESC LIMIT :most) AS g
    JOIN client c ON c.id = g.client_id LEFT JOIN client f ON f.id = g.for_client_id
    JOIN gift_movement m ON m.gift_id = g.id GROUP BY g.id ORDER BY g.id DESC"""
_JOINS = "JOIN client c ON c.id = g.client_id LEFT JOIN client f ON f.id = g.for_client_id"
_HAS = (
    "(g.number LIKE :number{n} OR folded(c.name) LIKE :name{n} ESCAPE '!' "
    "OR folded(coalesce(f.name, g.for_name)) LIKE :name{n} ESCAPE '!')"
)


def gifts(asking: Asking, words: str = "", before: int | None = None, limit: int = PAGE) -> GiftList:
    """A page of the certificates whose number, buyer or recipient has every one of the words; `before` is an id."""
    which, given = ["g.id < :before"], dict[str, int | str](before=before or 2**62, most=limit + 1)
    for at, word in enumerate(words.split()[:8]):
        which.append(_HAS.format(n=at))
        given |= {f"number{at}": f"%{folded_number(word) or '?'}%", f"name{at}": f"%{_escaped(folded(word))}%"}
    sql = _ROWS.format(which=" AND ".join(which), joins=_JOINS if words.strip() else "")
    rows = [_row(found) for found in asking.session.connection().exec_driver_sql(sql, given)]
    return GiftList(words, tuple(rows[:limit]), rows[limit - 1].id if len(rows) > limit else None)


def gift_sums(asking: Asking) -> GiftSums:
    """What all certificates come to."""
    rows = asking.session.connection().exec_driver_sql(
        "SELECT g.currency, count(*) AS many, total(l.cents > 0) AS with_rest, total(l.cents) AS left_over, "
        "total(l.cents > 0 AND g.sent_at IS NULL) AS to_send "
        "FROM gift_certificate g JOIN (SELECT gift_id, sum(cents) AS cents FROM gift_movement GROUP BY gift_id) AS l "
        "ON l.gift_id = g.id GROUP BY g.currency ORDER BY g.currency = ? DESC, g.currency",
        (asking.currency,),
    )
    found = rows.all()
    return GiftSums(
        sum(int(row.many) for row in found),
        sum(int(row.with_rest) for row in found),
        tuple((row.currency, Cents(int(row.left_over))) for row in found if row.left_over),
        sum(int(row.to_send) for row in found),
    )


def gift_page(asking: Asking, gift_id: int) -> GiftPage | None:
    """One certificate in full; `None` if it is gone."""
    connection = asking.session.connection()
    found = connection.exec_driver_sql(_ROWS.format(which="g.id = :id", joins=""), {"id": gift_id, "most": 1}).first()
    if found is None:
        return None
    row = _row(found)
    rows = connection.exec_driver_sql(
        "SELECT m.id, m.kind, m.cents, m.at, m.order_id, o.number, c.name, m.note FROM gift_movement m "
        'LEFT JOIN "order" o ON o.id = m.order_id LEFT JOIN client c ON c.id = o.client_id WHERE m.gift_id = ? '
        "ORDER BY m.id",
        (gift_id,),
    )
    moves = tuple(
        GiftMoved(key, GiftMove(kind), Cents(cents), instant(at), order_id, number or "", name or "", note)
        for key, kind, cents, at, order_id, number, name, note in rows
    )
    paid: dict[int, int] = {}
    for move in moves:
        if move.order_id is not None:
            paid[move.order_id] = paid.get(move.order_id, 0) - move.cents
    orders = [(due_of(asking.session, key), cents) for key, cents in paid.items()]
    with_it = due_of(asking.session, row.order_id) if row.order_id is not None else None
    return GiftPage(
        row,
        moves,
        tuple(PaidOrder(one, Cents(cents), _cards(asking, one.order_id)) for one, cents in orders if one is not None),
        with_it.number if with_it is not None else "",
    )


def _cards(asking: Asking, order_id: int) -> tuple[tuple[str, Cents], ...]:
    rows = asking.session.connection().exec_driver_sql(
        "SELECT brand, last_four, sum(cents) FROM card_payment WHERE order_id = ? GROUP BY brand, last_four "
        "HAVING sum(cents) <> 0 ORDER BY min(id)",
        (order_id,),
    )
    return tuple((f"{brand} {last_four}".strip() or "card", Cents(cents)) for brand, last_four, cents in rows)


def gift_called(asking: Asking, typed: str) -> GiftRow:
    """The certificate whose number was typed. Raises `Refused` with field "number"."""
    number, connection = clean_number(typed), asking.session.connection()
    given = {"number": number, "most": 1}
    found = connection.exec_driver_sql(_ROWS.format(which="g.number = :number", joins=""), given).first()
    if found is None:
        raise Refused(f"There is no certificate {number} on the desk.", field="number", hint="Compare it with hers.")
    return _row(found)


def orders_to_pay(asking: Asking, client_ids: Sequence[int]) -> tuple[OrderDue, ...]:
    """The newest orders of these clients of which something is due, the newest first; a shop is paid there."""
    found = orders_of_clients(asking.session, client_ids, MOST_ORDERS)
    return tuple(order for order in found if order.due and order.source == OURS and order.currency == asking.currency)


def orders_called(asking: Asking, typed: str, client_ids: Sequence[int] = ()) -> tuple[OrderDue, ...]:
    """The orders whose number was typed, the newest first: of several, the one of these clients if it is one."""
    number = typed.strip()
    if not number:
        return ()
    found = orders_numbered(asking.session, number) or orders_numbered(asking.session, f"#{number}")
    theirs = [order for order in found if order.client_id in client_ids]
    return tuple(theirs if len(theirs) == 1 else found)


def _row(row: Any) -> GiftRow:
    return GiftRow(
        row.id,
        row.number,
        row.client_id,
        row.client,
        row.for_client_id,
        row.whom,
        row.currency,
        date.fromisoformat(row.sold_on),
        instant(row.sent_at) if row.sent_at else None,
        Cents(row.worth),
        Cents(row.left_over),
        instant(row.used_at) if row.used_at else None,
        row.order_id,
        row.note,
    )


def _escaped(word: str) -> str:
    for one in "!%_":
        word = word.replace(one, f"!{one}")
    return word
