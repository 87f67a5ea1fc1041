"""Orders of events as CSV, with the columns by which they are imported, and card payments."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from stylistdesk.domain.money import plain_money
from stylistdesk.exchange import event_orders
from stylistdesk.exchange.spreadsheet import csv_text
from stylistdesk.queries.exports_of_orders import ExportCardPayment, ExportEventLine

_CARD_COLUMNS = (
    "order_number", "paid_on", "amount", "currency", "card_brand", "last_four", "client_email", "client_name",
    "external_id",
)  # fmt: skip


def event_orders_text(rows: tuple[ExportEventLine, ...], zone: ZoneInfo) -> str:
    """The whole file: a row for each line, what is true of the whole order on each."""
    return csv_text(
        event_orders.COLUMNS,
        (
            (
                row.event_external_id,
                row.event_name,
                row.order_number,
                row.placed_at.astimezone(zone).isoformat(timespec="seconds"),
                row.client.email,
                row.client.name,
                row.item,
                row.sku,
                "" if row.quantity is None else str(row.quantity),
                "" if row.price is None else plain_money(row.price, row.currency),
                "" if row.discount is None else plain_money(row.discount, row.currency),
                plain_money(row.shipping, row.currency),
                plain_money(row.tax, row.currency),
                plain_money(row.total, row.currency),
                row.currency,
                "yes" if row.is_host_order else "no",
            )
            for row in rows
        ),
    )


def card_payments_text(rows: tuple[ExportCardPayment, ...]) -> str:
    """The whole file: a row for each payment."""
    return csv_text(
        _CARD_COLUMNS,
        (
            (
                row.order_number,
                row.paid_on.isoformat(),
                Decimal(plain_money(row.amount, row.currency)),
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
