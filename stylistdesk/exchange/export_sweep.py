"""A sweep as a table for a spreadsheet: what each client did in a period (R2, R46)."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from stylistdesk.domain.money import format_money, plain_money
from stylistdesk.domain.periods import Period
from stylistdesk.exchange.spreadsheet import csv_text
from stylistdesk.queries.sweep import SweepRow

_COLUMNS = (
    "client", "company", "tags", "spending_power", "last_activity", "what", "hearts", "comments", "cart", "orders",
    "messages", "notes", "appointments", "activities", "spent", "currency", "spent_otherwise", "next_appointment",
    "from", "to",
)  # fmt: skip


def sweep_text(rows: Sequence[SweepRow], period: Period, currency: str, zone: ZoneInfo) -> str:
    """The whole file, a row a client in the order given; days are local, and `to` is the last day of the period."""
    first, last = period.starts.isoformat(), (period.ends - timedelta(days=1)).isoformat()
    return csv_text(_COLUMNS, (_row(row, first, last, currency, zone) for row in rows))


def _row(row: SweepRow, first: str, last: str, currency: str, zone: ZoneInfo) -> list[str]:
    counts = (row.hearts, row.comments, row.cart, row.orders, row.messages, row.notes, row.appointments)
    return [
        row.name,
        row.company,
        row.tags,
        str(row.spending_power or ""),
        row.last_at.astimezone(zone).isoformat(" ", "minutes"),
        row.what.replace("_", " "),
        *map(str, counts),
        str(row.activities),
        plain_money(row.spent, currency),
        currency,
        "; ".join(format_money(cents, other) for other, cents in row.others),
        row.next_at.astimezone(zone).isoformat(" ", "minutes") if row.next_at else "",
        first,
        last,
    ]
