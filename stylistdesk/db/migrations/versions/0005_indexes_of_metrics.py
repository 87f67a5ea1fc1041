"""Indexes of what metrics ask: the orders of some years by their day, and three kinds among a million signals."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ORDERS = [
    "placed_at", "client_id", "received_at", "currency", "total_cents", "shipping_cents", "tax_cents", "kind", "status",
    "cancelled_cents", "refunded_cents", "units", "commission_cents",
]  # fmt: skip
SIGNALS: tuple[tuple[str, list[str], str], ...] = (
    ("signal_booked", ["client_id", "occurred_at"], "kind = 'booked'"),
    ("signal_returned", ["occurred_at", "client_id", "order_id"], "kind = 'returned'"),
    ("signal_checked_out", ["occurred_at", "client_id"], "kind = 'checked_out' AND order_id IS NULL"),
)


def upgrade() -> None:
    op.create_index("order_by_day", "order", ORDERS)
    for name, columns, which in SIGNALS:
        op.create_index(name, "signal", columns, sqlite_where=sa.text(which))
