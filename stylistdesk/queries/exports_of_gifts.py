"""Gift certificates and their movements with all that an export tells of them (R36)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stylistdesk.domain.types import Cents
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant


@dataclass(frozen=True, slots=True)
class ExportGift:
    """A certificate: who bought it, who gets it, what it was sold at and what is left; days as 2026-11-27."""

    number: str
    sold_on: str
    buyer: str
    buyer_email: str
    whom: str
    whom_email: str
    currency: str
    sold: Cents
    left: Cents
    sent_at: datetime | None
    used_at: datetime | None
    order: str
    note: str


@dataclass(frozen=True, slots=True)
class ExportMove:
    """What was put on a certificate (above zero) or taken off it, and for which order of whom."""

    number: str
    at: datetime
    kind: str
    cents: Cents
    currency: str
    order: str
    client: str
    note: str


_EMAIL = "coalesce((SELECT email FROM contact WHERE client_id = {whose} AND is_primary), '')"
_GIFTS = f"""
    SELECT g.number, g.sold_on, c.name AS buyer, {_EMAIL.format(whose="c.id")} AS buyer_email,
    coalesce(f.name, g.for_name) AS whom, {_EMAIL.format(whose="f.id")} AS whom_email, g.currency,
    sum(CASE m.kind WHEN 'sold' THEN m.cents ELSE 0 END) AS sold, sum(m.cents) AS left_over, g.sent_at,
    max(CASE m.kind WHEN 'redeemed' THEN m.at END) AS used_at, coalesce(o.number, '') AS in_cart, g.note
    FROM gift_certificate g JOIN client c ON c.id = g.client_id LEFT JOIN client f ON f.id = g.for_client_id
    LEFT JOIN "order" o ON o.id = g.order_id JOIN gift_movement m ON m.gift_id = g.id
    WHERE {{which}} GROUP BY g.id ORDER BY g.id"""
_MOVES = """
    SELECT g.number, m.at, m.kind, m.cents, g.currency, coalesce(o.number, ''), coalesce(c.name, ''), m.note
    FROM gift_movement m JOIN gift_certificate g ON g.id = m.gift_id
    LEFT JOIN "order" o ON o.id = m.order_id LEFT JOIN client c ON c.id = o.client_id
    WHERE {which} ORDER BY m.id"""


def gifts_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportGift, ...]:
    """All certificates, or those that these clients bought, the first sold first."""
    return tuple(
        ExportGift(
            *(row.number, row.sold_on, row.buyer, row.buyer_email, row.whom, row.whom_email, row.currency),
            *(Cents(row.sold), Cents(row.left_over), _at(row.sent_at), _at(row.used_at), row.in_cart, row.note),
        )
        for row in _rows(asking, _GIFTS, ids)
    )


def gift_moves_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportMove, ...]:
    """The movements of all certificates, or of those that these clients bought, the first first."""
    return tuple(
        ExportMove(row[0], instant(row[1]), row[2], Cents(row[3]), *row[4:]) for row in _rows(asking, _MOVES, ids)
    )


def _rows(asking: Asking, sql: str, ids: Sequence[int] | None) -> list[Any]:
    which = "1" if ids is None else f"g.client_id IN ({', '.join(str(int(key)) for key in ids) or 'NULL'})"
    return list(asking.session.connection().exec_driver_sql(sql.format(which=which)).all())


def _at(stored: str | None) -> datetime | None:
    return instant(stored) if stored else None
