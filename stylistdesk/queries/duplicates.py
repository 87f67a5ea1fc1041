"""Clients who may be one person twice (R47): found by address, number, or a name alike in one city."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection

from stylistdesk.domain.text import say_phone
from stylistdesk.queries.asking import Asking

ALIKE = 88
"""From this likeness of two names on, in hundredths, they may be one name (rapidfuzz, words in any order)."""

MOST_PAIRS = 500
MOST_IN_BLOCK = 400
"""A block of more clients than this (a shop's own number, say) tells nothing."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of one client."""

    client_id: int
    name: str
    key: str
    city: str
    emails: frozenset[str]
    phones: frozenset[str]


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two clients who may be one, and why; the surest have the highest `weight`. The lower id is first."""

    one: int
    other: int
    one_name: str
    other_name: str
    why: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The pairs that are shown, the surest first, of so many that there are."""

    pairs: tuple[DuplicatePair, ...]
    count: int


def duplicates(asking: Asking) -> Duplicates:
    """All pairs that may be one person, but those that the rep has told apart."""
    connection = asking.session.connection()
    told_apart = {
        (int(row[0]), int(row[1]))
        for row in connection.exec_driver_sql("SELECT client_id, other_id FROM distinct_clients")
    }
    found: dict[tuple[int, int], DuplicatePair] = {}
    for one, other in _candidates(_all(connection)):
        low, high = (one, other) if one.client_id < other.client_id else (other, one)
        pair = low.client_id, high.client_id
        if pair not in told_apart and pair not in found and (alike := _compare(low, high)) is not None:
            found[pair] = alike
    pairs = sorted(found.values(), key=lambda pair: (-pair.weight, pair.one_name, pair.one, pair.other))
    return Duplicates(tuple(pairs[:MOST_PAIRS]), len(pairs))


def _all(connection: Connection) -> list[Known]:
    emails: dict[int, set[str]] = defaultdict(set)
    phones: dict[int, set[str]] = defaultdict(set)
    for client_id, email, phone in connection.exec_driver_sql("SELECT client_id, email_key, phone FROM contact"):
        if email:
            emails[client_id].add(email)
        if phone:
            phones[client_id].add(phone)
    rows = connection.exec_driver_sql(
        "SELECT client.id, client.name, client.name_key, coalesce(location.city, '') FROM client "
        "LEFT JOIN location ON location.client_id = client.id AND location.is_primary ORDER BY client.id"
    )
    return [
        Known(id_, name, _folded(key), city.casefold().strip(), frozenset(emails[id_]), frozenset(phones[id_]))
        for id_, name, key, city in rows
    ]


def _folded(key: str) -> str:
    """A name without its accents: Zoë Müller and Zoe Muller are compared as one."""
    if key.isascii():
        return key
    parts = unicodedata.normalize("NFKD", key)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _candidates(clients: Iterable[Known]) -> Iterator[tuple[Known, Known]]:
    """Only those that share a key are compared: an address, a number, or the beginning of a word of the name."""
    blocks: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
    for client in clients:
        for email in client.emails:
            blocks["email", email, ""].append(client)
        for phone in client.phones:
            blocks["phone", phone, ""].append(client)
        for word in {word[:3] for word in client.key.split() if len(word) > 1}:
            blocks["name", word, client.city].append(client)
    for (kind, _, _), block in blocks.items():
        if len(block) <= MOST_IN_BLOCK or kind == "name":
            yield from combinations(block, 2)


def _compare(one: Known, other: Known) -> DuplicatePair | None:
    from rapidfuzz.fuzz import token_sort_ratio

    why: list[str] = []
    weight = 0
    for email in sorted(one.emails & other.emails):
        why.append(f"same email {email}")
        weight += 100
    for phone in sorted(one.phones & other.phones):
        why.append(f"same phone {say_phone(phone)}")
        weight += 60
    likeness = token_sort_ratio(one.key, other.key, score_cutoff=ALIKE)
    if likeness and one.city == other.city:
        same = "same name" if one.key == other.key else "names alike"
        where = f", both in {one.city.title()}" if one.city else ""
        if one.city or one.key == other.key:
            why.append(same + where)
            weight += int(likeness) // 2 + (10 if one.city else 0)
    if not why:
        return None
    return DuplicatePair(one.client_id, other.client_id, one.name, other.name, tuple(why), weight)
