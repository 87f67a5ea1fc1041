"""What is left on gift certificates (R36), and what they paid for: sums of their movements, nowhere kept."""

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from stylistdesk.db.tables import GiftMovement
from stylistdesk.domain.types import Cents, GiftMove


def balances(session: Session, gift_ids: Collection[int] | None = None) -> dict[int, Cents]:
    """What is left on these certificates, or on all, by their ids."""
    session.flush()
    query = select(GiftMovement.gift_id, func.sum(GiftMovement.cents)).group_by(col(GiftMovement.gift_id))
    if gift_ids is not None:
        query = query.where(col(GiftMovement.gift_id).in_(gift_ids))
    return {key: Cents(int(cents or 0)) for key, cents in session.exec(query).all()}


def paid_by_gifts(session: Session, order_id: int) -> dict[int, Cents]:
    """What each certificate has paid for an order, less what went back to it; in the order in which they paid."""
    session.flush()
    rows = session.exec(
        select(GiftMovement)
        .where(
            GiftMovement.order_id == order_id,
            col(GiftMovement.kind).in_((GiftMove.REDEEMED, GiftMove.REFUNDED)),
        )
        .order_by(col(GiftMovement.id))
    ).all()
    found: dict[int, int] = {}
    for row in rows:
        found[row.gift_id] = found.get(row.gift_id, 0) - row.cents
    return {key: Cents(cents) for key, cents in found.items() if cents > 0}
