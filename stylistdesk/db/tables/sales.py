"""Brands, orders and their lines, commission rates. Amounts are minor units of the order's own currency."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, later, utc, utc_or_none, word
from stylistdesk.domain.types import BrandStatus, OrderKind, OrderStatus, RateScope


class Brand(SQLModel, table=True):
    """A brand that the rep sells."""

    __tablename__ = "brand"
    __table_args__ = (KEPT,)

    id: int | None = key()
    name: str
    name_key: str = Field(unique=True)
    note: str = ""


class ClientBrand(SQLModel, table=True):
    """What a client is to a brand (R31): active or potential, and her ID number there."""

    __tablename__ = "client_brand"
    __table_args__ = (UniqueConstraint("client_id", "brand_id"), KEPT)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id")
    brand_id: int = Field(foreign_key="brand.id", index=True)
    status: BrandStatus = word(BrandStatus)
    number: str = ""


OF_METRICS = (
    "placed_at", "client_id", "received_at", "currency", "total_cents", "shipping_cents", "tax_cents", "kind", "status",
    "cancelled_cents", "refunded_cents", "units", "commission_cents",
)  # fmt: skip
"""What metrics read of each order of some years: in the order of their days, and nothing besides."""


class Order(SQLModel, table=True):
    """What a client bought at one time (R29); `number` is the shop's own, or given by the desk.

    `source` is the program that it came from ("desk" for one typed in), `origin` the rep's own words for where she got
    it. `total_cents` less shipping and tax is what was booked (`domain/sales.py`); `shipped_cents` is the sum of its
    shipments. `rate` (basis points), `rate_from` (in words) and `commission_cents` are frozen
    when the order is rated (R32); until then they are empty. `event_id` is the event that it was placed in (R37), which
    its total counts for unless `is_host_order`.
    """

    __tablename__ = "order"
    __table_args__ = (UniqueConstraint("source", "number"), Index("order_by_day", *OF_METRICS), KEPT)

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
    kind: OrderKind = word(OrderKind, OrderKind.SHOP, later=True)
    brand_id: int | None = Field(default=None, foreign_key="brand.id", index=True)
    season: str = later()
    season_year: int | None = None
    ship_on: date | None = None
    cancel_on: date | None = None
    location_id: int | None = Field(default=None, foreign_key="location.id", index=True)
    rep: str = later()
    units: int | None = None
    cancelled_cents: int = later(0)
    shipped_cents: int = later(0)
    rate: int | None = None
    rate_from: str = later()
    commission_cents: int | None = None
    rated_at: datetime | None = utc_or_none()
    origin: str = later()
    event_id: int | None = Field(default=None, foreign_key="host_event.id", index=True)
    is_host_order: bool = later(False)


class OrderLine(SQLModel, table=True):
    """One line of an order; `discount_cents` is for the whole line. Its commission is frozen as the order's is."""

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
    rate: int | None = None
    rate_from: str = later()
    commission_cents: int | None = None


class Shipment(SQLModel, table=True):
    """A part of an order, or all of it, that was sent: its commission is earned on that day (R32)."""

    __tablename__ = "shipment"
    __table_args__ = (KEPT,)

    id: int | None = key()
    order_id: int = Field(foreign_key="order.id", index=True)
    shipped_on: date
    amount_cents: int
    note: str = ""


class CreditMemo(SQLModel, table=True):
    """Money given back on an order (R29, R32): it posts in the month of `issued_on`, and reopens the order or not."""

    __tablename__ = "credit_memo"
    __table_args__ = (UniqueConstraint("number"), KEPT)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    order_id: int = Field(foreign_key="order.id", index=True)
    number: str
    issued_on: date
    amount_cents: int
    reopens: bool
    commission_cents: int | None = None
    note: str = ""


class CommissionRate(SQLModel, table=True):
    """A dated rate in one of the seven scopes of R32, in basis points: from `starts_on` up to, not with, `ends_on`.

    The scope says which of the ids are set. Two rates of one scope and the same ids never overlap.
    """

    __tablename__ = "commission_rate"
    __table_args__ = (KEPT,)

    id: int | None = key()
    scope: RateScope = word(RateScope)
    client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    brand_id: int | None = Field(default=None, foreign_key="brand.id", index=True)
    order_id: int | None = Field(default=None, foreign_key="order.id", index=True)
    order_line_id: int | None = Field(default=None, foreign_key="order_line.id", index=True)
    rate: int
    starts_on: date | None = None
    ends_on: date | None = None
    set_at: datetime = utc()
    note: str = ""
