"""Returns and exchanges as CSV: a row for each line that comes back, with the sums of its return."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from stylistdesk.domain.money import minor_digits
from stylistdesk.exchange.spreadsheet import Cell, Table, csv_text
from stylistdesk.queries.returns import ReturnRow

COLUMNS = (
    "return_id", "opened_on", "client", "order", "item", "quantity", "kind", "replaced", "instead", "paid",
    "goods", "fee", "to_gift_certificates", "to_card", "off_due", "currency", "passed_on", "received", "exchange_sent",
    "cancelled", "note",
)  # fmt: skip


def returns_text(rows: Sequence[ReturnRow], zone: ZoneInfo) -> str:
    """`returns_table` as CSV."""
    return csv_text(*returns_table(rows, zone))


def returns_table(rows: Sequence[ReturnRow], zone: ZoneInfo) -> Table:
    """The whole list; the sums of a return stand on its first line, so that a column adds up."""
    return Table(COLUMNS, (cells for row in rows for cells in _cells(row, zone)))


def _cells(row: ReturnRow, zone: ZoneInfo) -> list[list[Cell]]:
    def money(cents: int) -> Cell:
        return Decimal(cents).scaleb(-minor_digits(row.currency))

    def day(at: datetime | None) -> date | None:
        return at.astimezone(zone).date() if at is not None else None

    found: list[list[Cell]] = []
    for line in row.lines:
        sums: list[Cell] = [money(cents) for cents in (row.goods, row.fee, row.to_gift, row.to_card, row.off_due)]
        sums = sums if not found else [""] * len(sums)
        found.append([
            row.number, row.opened_on, row.client, row.order, line.name, line.quantity,
            line.kind.value, line.is_replaced, line.instead, money(line.cents), *sums, row.currency,
            day(row.passed_on_at), day(row.received_at), day(row.exchange_sent_at), day(row.cancelled_at), row.note,
        ])  # fmt: skip
    return found
