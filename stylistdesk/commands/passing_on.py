"""What the rep still owes a client (R5, rule 15), done: her Return ID told, her exchange sent, her certificate sent."""

from stylistdesk.commands.base import Work
from stylistdesk.db.tables import GiftCertificate, Order, Return
from stylistdesk.domain.types import OrderStatus

OWED = ("return", "exchange", "gift")
"""What a suggestion of rule 15 is about: the words before its number."""


def settle_owed(work: Work, client_id: int, kind: str, key: int) -> str:
    """Do what a suggestion of rule 15 was about, unless it was done or called off meanwhile; what to say of it."""
    if kind == "gift":
        gift = work.session.get(GiftCertificate, key)
        if gift is None or gift.sent_at is not None or client_id not in (gift.for_client_id, gift.client_id):
            return ""
        gift.sent_at = work.now
        return f"; {gift.number} was sent"
    row = work.session.get(Return, key)
    if row is None or row.client_id != client_id or row.cancelled_at is not None:
        return ""
    if kind == "return":
        row.passed_on_at = row.passed_on_at or work.now
        return f"; {row.number} was passed on"
    if row.exchange_order_id is None:
        return ""
    mark_sent(work, row, sent=True)
    return f"; the exchange for {row.number} was sent"


def mark_sent(work: Work, row: Return, *, sent: bool) -> None:
    """What is sent instead has left, or has not after all; its order says the same."""
    row.exchange_sent_at = (row.exchange_sent_at or work.now) if sent else None
    order = work.session.get(Order, row.exchange_order_id)
    if order is not None and order.status in (OrderStatus.PLACED, OrderStatus.SHIPPED):
        order.status = OrderStatus.SHIPPED if sent else OrderStatus.PLACED
        order.shipped_at = row.exchange_sent_at
