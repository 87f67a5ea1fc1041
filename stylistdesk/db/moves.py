"""What moves of orders between events are judged by (R41)."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from stylistdesk.db.returns import SENT_INSTEAD
from stylistdesk.db.tables import DeskInfo, HostEvent, HostOrder, Order, OrderMove
from stylistdesk.domain.moves import EventFact, OrderFact
from stylistdesk.domain.types import HostOrderStatus, MoveState, OrderStatus

AT_SERVICE = (MoveState.DRAFTED, MoveState.REQUESTED)
"""A move in one of these states waits for customer service."""


def company_zone(session: Session, zone: ZoneInfo) -> ZoneInfo:
    """The zone in which the company's months end: the desk's own where the rep has not said another."""
    desk = session.get(DeskInfo, 1)
    return ZoneInfo(desk.company_zone) if desk and desk.company_zone else zone


def event_facts(session: Session, ids: Collection[int] | None = None) -> dict[int, EventFact]:
    """These events, or all, by their ids; the rewards of one whose host order was placed are redeemed."""
    redeemed = set(session.exec(select(HostOrder.event_id).where(HostOrder.status == HostOrderStatus.PLACED)))
    query = select(HostEvent).order_by(col(HostEvent.id))
    if ids is not None:
        query = query.where(col(HostEvent.id).in_(ids))
    return {
        one.id or 0: EventFact(
            one.id or 0,
            one.name,
            one.opens_on,
            one.closes_on,
            closed=one.closed_at is not None,
            cancelled=one.cancelled_at is not None,
            redeemed=one.id in redeemed,
        )
        for one in session.exec(query)
    }


def order_fact(order: Order) -> OrderFact:
    """An order as moves see it."""
    return OrderFact(
        order.id or 0,
        order.number,
        order.placed_at,
        order.event_id,
        is_host_order=order.is_host_order,
        cancelled=order.status is OrderStatus.CANCELLED,
        was_exchanged=order.source == SENT_INSTEAD,
    )


def at_service(session: Session, order_ids: Collection[int] | None = None) -> dict[int, OrderMove]:
    """Of these orders, or of all, the moves that wait for customer service."""
    query = select(OrderMove).where(col(OrderMove.state).in_(AT_SERVICE))
    if order_ids is not None:
        query = query.where(col(OrderMove.order_id).in_(order_ids))
    return {row.order_id: row for row in session.exec(query)}
