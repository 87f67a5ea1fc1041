"""All clients, a page at a time, and what the form of one shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from stylistdesk.db.tables import Client, Contact, Erasure, ExpectedValue
from stylistdesk.domain.expected import Expected
from stylistdesk.domain.money import format_money
from stylistdesk.domain.text import counted, folded
from stylistdesk.queries import expected
from stylistdesk.queries.asking import Asking


class Sort(StrEnum):
    """The orders in which all clients can be listed."""

    NAME = "name"
    POWER = "power"
    LAST_ORDER = "last_order"
    ADDED = "added"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of all clients."""

    client_id: int
    name: str
    spending_power: int | None
    company: str
    tags: str
    email: str
    phone: str
    order_count: int
    last_order_on: date | None
    expected: Expected | None = None  # by a day that has not passed (R48)


@dataclass(frozen=True, slots=True)
class ClientList:
    """One page of all clients: `rows` begin at `offset` of `count` that the filter lets through."""

    rows: tuple[ClientRow, ...]
    offset: int
    count: int


def all_clients(
    asking: Asking, sort: Sort = Sort.NAME, words: str = "", offset: int = 0, limit: int = 200
) -> ClientList:
    """A page of all clients whose name, company, tags, email or phone have every one of the words.

    Who was erased is none of them, though her sales stand under a number.
    """
    primary = and_(col(Contact.client_id) == col(Client.id), col(Contact.is_primary))
    wanted = [col(Client.id).not_in(select(Erasure.client_number)), *(_has(word) for word in folded(words).split()[:8])]
    statement = (
        select(  # type: ignore[call-overload]
            Client.id, Client.name, Client.spending_power, Client.company, Client.tags,
            func.coalesce(Contact.email, ""), func.coalesce(Contact.phone, ""), Client.order_count,
            Client.last_order_on, *expected.COLUMNS,
        )
        .join(Contact, primary, isouter=True)
        .join(ExpectedValue, expected.hers(asking), isouter=True)
        .where(*wanted)
        .order_by(*_ORDERS[sort], col(Client.name_key), col(Client.id))
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    counted = select(func.count()).select_from(Client).join(Contact, primary, isouter=True).where(*wanted)
    found: Iterable[Any] = asking.session.exec(statement)
    rows = tuple(
        ClientRow(id_, name, power, company, tags, email, phone, orders, last, expected.expected_of(asking, *bought))
        for id_, name, power, company, tags, email, phone, orders, last, *bought in found
    )
    return ClientList(rows, offset, asking.session.exec(counted).one())


_ORDERS: dict[Sort, tuple[Any, ...]] = {
    Sort.NAME: (),
    Sort.POWER: (col(Client.spending_power).desc().nulls_last(),),
    Sort.LAST_ORDER: (col(Client.last_order_on).desc().nulls_last(),),
    Sort.ADDED: (col(Client.added_at).desc(), col(Client.id).desc()),
    Sort.EXPECTED: (
        (col(ExpectedValue.chance) * col(ExpectedValue.amount_cents)).desc().nulls_last(),
        col(ExpectedValue.chance).desc(),
    ),
}


def _has(word: str) -> ColumnElement[bool]:
    said = col(Client.name) + " " + col(Client.company) + " " + col(Client.tags)
    places: list[ColumnElement[bool]] = [
        func.folded(said).contains(word, autoescape=True),  # one call a row: it is a function of ours
        col(Contact.email).contains(word, autoescape=True),
    ]
    if word and not word.strip("$"):
        places.append(col(Client.spending_power) >= len(word))  # as a row shows it
    digits = "".join(character for character in word if character.isdecimal())
    if len(digits) >= 3:
        places.append(col(Contact.phone).contains(digits, autoescape=True))
    return or_(*places)


@dataclass(frozen=True, slots=True)
class ClientCard:
    """What the form of a client shows of her; email and phone are her primary contact's."""

    client_id: int
    name: str
    email: str
    phone: str
    spending_power: int | None
    company: str
    tags: str
    birthday: str  # as `Client.birthday`
    website: str
    description: str


def client_card(asking: Asking, client_id: int) -> ClientCard | None:
    """The form of a client; `None` if she is not on the desk."""
    client = asking.session.get(Client, client_id)
    if client is None:
        return None
    contact = asking.session.exec(
        select(Contact).where(Contact.client_id == client_id, col(Contact.is_primary))
    ).first()
    return ClientCard(
        client_id=client_id,
        name=client.name,
        email=contact.email if contact else "",
        phone=contact.phone if contact else "",
        spending_power=client.spending_power,
        company=client.company,
        tags=client.tags,
        birthday=client.birthday,
        website=client.website,
        description=client.description,
    )


_GOING = (
    ("order", 'SELECT count(*) FROM "order" WHERE client_id = ?'),
    ("return", "SELECT count(*) FROM goods_return WHERE client_id = ?"),
    ("host order", "SELECT count(*) FROM host_order WHERE client_id = ?"),
)
MOST_GIFTS = 3
"""So many certificates are named one by one."""


def going_with(asking: Asking, client_id: int) -> tuple[str, ...]:
    """What of money goes with a client who is removed, in words: "3 orders", "gift certificate GC… ($35 left)"."""
    connection = asking.session.connection()
    counts = [(what, int(connection.exec_driver_sql(sql, (client_id,)).scalar_one())) for what, sql in _GOING]
    gifts = connection.exec_driver_sql(
        "SELECT g.number, g.currency, sum(m.cents) FROM gift_certificate g JOIN gift_movement m ON m.gift_id = g.id "
        "WHERE g.client_id = ? GROUP BY g.id ORDER BY g.id",
        (client_id,),
    ).all()
    named = [f"gift certificate {number} ({format_money(left, currency)} left)" for number, currency, left in gifts]
    if len(gifts) > MOST_GIFTS:
        named = [counted(len(gifts), "gift certificate")]
    return (*(counted(count, what) for what, count in counts if count), *named)
