"""The orders of events line by line (R37), and what was paid by card (R36), with all that an export tells of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from stylistdesk.db.tables import CardPayment, HostEvent, Order, OrderLine
from stylistdesk.domain.types import Cents
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.exports_of_sales import ExportName, names_for_export


@dataclass(frozen=True, slots=True)
class ExportEventLine:
    """A line of an order of an event; an order without lines is one with a blank `item`. Amounts are minor units.

    The event's id is that of its file, or its code where it was made here, as the file of events has it.
    """

    event_external_id: str
    event_name: str
    order_number: str
    placed_at: datetime
    client: ExportName
    item: str
    sku: str
    quantity: int | None
    price: Cents | None
    discount: Cents | None
    shipping: Cents
    tax: Cents
    total: Cents
    currency: str
    is_host_order: bool


@dataclass(frozen=True, slots=True)
class ExportCardPayment:
    """What was paid by card on an order, below zero where it was paid back."""

    order_number: str
    paid_on: date
    amount: Cents
    currency: str
    brand: str
    last_four: str
    client: ExportName
    external_id: str


def event_lines_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportEventLine, ...]:
    """The lines of all orders in events, or of those of these clients: by event, then as they were placed."""
    event, order, line = (SQLModel.metadata.tables[name].c for name in ("host_event", "order", "order_line"))
    query = (
        select(
            func.coalesce(func.nullif(event.external_id, ""), event.code).label("event_external_id"),
            event.name.label("event_name"),
            order.client_id,
            order.number.label("order_number"),
            order.placed_at,
            func.coalesce(line.name, "").label("item"),
            func.coalesce(line.sku, "").label("sku"),
            line.quantity,
            line.price_cents.label("price"),
            line.discount_cents.label("discount"),
            order.shipping_cents.label("shipping"),
            order.tax_cents.label("tax"),
            order.total_cents.label("total"),
            order.currency,
            order.is_host_order,
        )
        .join_from(Order, HostEvent, event.id == order.event_id)
        .outerjoin(OrderLine, line.order_id == order.id)
        .order_by(event.opens_on, event.id, order.placed_at, order.id, line.position, line.id)
    )
    rows = [dict(row) for row in asking.session.execute(query).mappings() if ids is None or row["client_id"] in ids]
    who = names_for_export(asking, (row["client_id"] for row in rows))
    return tuple(ExportEventLine(client=who[row.pop("client_id")], **row) for row in rows)


def card_payments_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportCardPayment, ...]:
    """All card payments, or those of these clients, by their day."""
    query = select(CardPayment, col(Order.number), col(Order.currency)).join(
        Order, col(Order.id) == col(CardPayment.order_id)
    )
    found = asking.session.execute(query.order_by(col(CardPayment.paid_on), col(CardPayment.id))).all()
    rows = [row for row in found if ids is None or row[0].client_id in ids]
    who = names_for_export(asking, (payment.client_id for payment, _, _ in rows))
    return tuple(
        ExportCardPayment(
            number,
            payment.paid_on,
            Cents(payment.cents),
            currency,
            payment.brand,
            payment.last_four,
            who[payment.client_id],
            payment.external_id or "",
        )
        for payment, number, currency in rows
    )
