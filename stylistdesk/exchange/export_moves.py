"""Moves of orders as CSV: those that can be made, those that customer service is asked for, and those made (R41)."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from stylistdesk.domain.money import plain_money
from stylistdesk.exchange.spreadsheet import Cell, Table, csv_text
from stylistdesk.queries.moves import MovableRow, MoveRow, MovesPage

COLUMNS = (
    "state", "order", "client", "placed_on", "counts_for", "currency", "event", "to", "entered", "requested", "settled",
    "note",
)  # fmt: skip


def order_moves_text(page: MovesPage, zone: ZoneInfo) -> str:
    """`order_moves_table` as CSV."""
    return csv_text(*order_moves_table(page, zone))


def order_moves_table(page: MovesPage, zone: ZoneInfo) -> Table:
    """The whole list, in the order of the task."""
    return Table(
        COLUMNS,
        (
            *(_movable("can be moved", row) for row in page.here),
            *(_move(row, zone) for row in page.asked),
            *(_movable("by customer service", row) for row in page.service),
            *(_move(row, zone) for row in page.settled),
        ),
    )


def _movable(state: str, row: MovableRow) -> tuple[Cell, ...]:
    to = "; ".join(name for _, name in row.to)
    amount = Decimal(plain_money(row.base, row.currency))
    return (state, row.number, row.client, row.day, amount, row.currency, row.event, to, "", "", "", "")


def _move(row: MoveRow, zone: ZoneInfo) -> tuple[Cell, ...]:
    times = (_at(at, zone) for at in (row.entered_at, row.requested_at, row.settled_at))
    return (row.state.value, row.number, row.client, "", "", "", row.source, row.to, *times, row.note)


def _at(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at is not None else None
