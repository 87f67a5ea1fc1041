"""A sweep as a table for a spreadsheet: what each client did in a period (R2, R46)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from stylistdesk.domain.money import format_money, plain_money
from stylistdesk.domain.periods import Period
from stylistdesk.exchange.spreadsheet import Cell, Table, csv_text
from stylistdesk.queries.sweep import SweepRow

COLUMNS = (
    "client", "company", "tags", "spending_power", "last_activity", "what", "hearts", "comments", "cart", "orders",
    "messages", "notes", "appointments", "activities", "spent", "currency", "spent_otherwise", "next_appointment",
    "from", "to",
)  # fmt: skip


def sweep_text(rows: Sequence[SweepRow], period: Period, currency: str, zone: ZoneInfo) -> str:
    """`sweep_table` as CSV."""
    return csv_text(*sweep_table(rows, period, currency, zone))


def sweep_table(rows: Sequence[SweepRow], period: Period, currency: str, zone: ZoneInfo) -> Table:
    """The whole list, a row a client in the order given; days are local, and `to` is the last day of the period."""
    first, last = period.starts, period.ends - timedelta(days=1)
    return Table(COLUMNS, (_row(row, first, last, currency, zone) for row in rows))


def _row(row: SweepRow, first: date, last: date, currency: str, zone: ZoneInfo) -> list[Cell]:
    counts = (row.hearts, row.comments, row.cart, row.orders, row.messages, row.notes, row.appointments)
    return [
        row.name,
        row.company,
        row.tags,
        row.spending_power or "",
        row.last_at.astimezone(zone),
        row.what.replace("_", " "),
        *counts,
        row.activities,
        Decimal(plain_money(row.spent, currency)),
        currency,
        "; ".join(format_money(cents, other) for other, cents in row.others),
        row.next_at.astimezone(zone) if row.next_at else None,
        first,
        last,
    ]
