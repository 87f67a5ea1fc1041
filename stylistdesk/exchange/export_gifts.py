"""Gift certificates and their movements as CSV (R36, R46)."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from stylistdesk.domain.money import plain_money
from stylistdesk.exchange.spreadsheet import Table
from stylistdesk.queries.exports_of_gifts import ExportGift, ExportMove

GIFTS = (
    "number", "sold_on", "buyer", "buyer_email", "for", "for_email", "currency", "sold", "left", "sent_on",
    "last_used_on", "order", "note",
)  # fmt: skip
MOVES = ("number", "on", "kind", "amount", "currency", "order", "client", "note")


def gifts_table(rows: Iterable[ExportGift], zone: ZoneInfo) -> Table:
    """The whole list: a row for each certificate; days are the desk's."""
    return Table(
        GIFTS,
        (
            (
                row.number,
                row.sold_on,
                row.buyer,
                row.buyer_email,
                row.whom,
                row.whom_email,
                row.currency,
                _money(row.sold, row.currency),
                _money(row.left, row.currency),
                _day(row.sent_at, zone),
                _day(row.used_at, zone),
                row.order,
                row.note,
            )
            for row in rows
        ),
    )


def moves_table(rows: Iterable[ExportMove], zone: ZoneInfo) -> Table:
    """The whole list: a row for each movement; what was taken off is below zero."""
    return Table(
        MOVES,
        (
            (
                row.number,
                _day(row.at, zone),
                row.kind,
                _money(row.cents, row.currency),
                row.currency,
                row.order,
                row.client,
                row.note,
            )
            for row in rows
        ),
    )


def _money(cents: int, currency: str) -> Decimal:
    return Decimal(plain_money(cents, currency))


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at is not None else None
