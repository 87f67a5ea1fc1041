"""Orders and their lines. Amounts are minor units of the order's own currency."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, utc, utc_or_none, word
from stylistdesk.domain.types import OrderStatus


class Order(SQLModel, table=True):
    """What a client bought at one time; `number` is the shop's own."""

    __tablename__ = "order"
    __table_args__ = (UniqueConstraint("source", "number"), KEPT)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    source: str
    number: str
    external_id: str = ""
    status: OrderStatus = word(OrderStatus)
    placed_at: datetime = utc()
    shipped_at: datetime | None = utc_or_none()
    received_at: datetime | None = utc_or_none()
    cancelled_at: datetime | None = utc_or_none()
    currency: str
    subtotal_cents: int
    shipping_cents: int
    tax_cents: int
    discount_cents: int
    total_cents: int
    refunded_cents: int = 0
    tags: str = ""
    note: str = ""


class OrderLine(SQLModel, table=True):
    """One line of an order; `discount_cents` is for the whole line."""

    __tablename__ = "order_line"
    __table_args__ = (KEPT,)

    id: int | None = key()
    order_id: int = Field(foreign_key="order.id", index=True)
    position: int
    name: str
    sku: str = ""
    brand: str = ""
    quantity: int
    price_cents: int
    discount_cents: int = 0
    shipped: bool = False
