"""Orders of events as CSV, with the columns by which they are imported, and card payments."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from stylistdesk.domain.money import plain_money
from stylistdesk.exchange import event_orders
from stylistdesk.exchange.spreadsheet import Table
from stylistdesk.queries.exports_of_orders import ExportCardPayment, ExportEventLine

CARD_COLUMNS = (
    "order_number", "paid_on", "amount", "currency", "card_brand", "last_four", "client_email", "client_name",
    "external_id",
)  # fmt: skip


def event_orders_table(rows: tuple[ExportEventLine, ...], zone: ZoneInfo) -> Table:
    """The whole list: a row for each line, what is true of the whole order on each."""
    return Table(
        event_orders.COLUMNS,
        (
            (
                row.event_external_id,
                row.event_name,
                row.order_number,
                row.placed_at.astimezone(zone),
                row.client.email,
                row.client.name,
                row.item,
                row.sku,
                row.quantity,
                None if row.price is None else _money(row.price, row.currency),
                None if row.discount is None else _money(row.discount, row.currency),
                _money(row.shipping, row.currency),
                _money(row.tax, row.currency),
                _money(row.total, row.currency),
                row.currency,
                row.is_host_order,
            )
            for row in rows
        ),
    )


def card_payments_table(rows: tuple[ExportCardPayment, ...]) -> Table:
    """The whole list: a row for each payment."""
    return Table(
        CARD_COLUMNS,
        (
            (
                row.order_number,
                row.paid_on,
                _money(row.amount, row.currency),
                row.currency,
                row.brand,
                row.last_four,
                row.client.email,
                row.client.name,
                row.external_id,
            )
            for row in rows
        ),
    )


def _money(cents: int, currency: str) -> Decimal:
    return Decimal(plain_money(cents, currency))
