"""What follows from other rows and is kept beside them: a client's order count, last order and rhythm."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import groupby, pairwise
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, text, update
from sqlmodel import Session, SQLModel

from stylistdesk.db.sums import SENT_INSTEAD
from stylistdesk.db.tables import Client, Order
from stylistdesk.domain.types import OrderStatus

RHYTHM_FROM = 3
"""How many orders it takes to speak of a rhythm (R5, rule 12)."""

_BATCH = 500
Summary = tuple[int, date | None, int | None]


def order_summary(placed: Collection[datetime], zone: ZoneInfo) -> Summary:
    """The count of orders, the local date of the last, and the median gap in days between distinct order dates.

    The gap is None below `RHYTHM_FROM` orders, and where all were placed on one day; half a day rounds up.
    """
    dates = sorted({at.astimezone(zone).date() for at in placed})
    gaps = [(later - earlier).days for earlier, later in pairwise(dates)]
    rhythm = int(median(gaps) + 0.5) if gaps and len(placed) >= RHYTHM_FROM else None
    return len(placed), dates[-1] if dates else None, rhythm


def refresh_order_summary(session: Session, client_ids: Collection[int] | None, zone: ZoneInfo) -> int:
    """Bring `order_count`, `last_order_on` and `rhythm_days` in step with the orders.

    Cancelled ones are left out, and what was sent for returns.

    For these clients, or for all where `client_ids` is None. Only rows that differ are written; gives their number.
    """
    session.flush()
    changed = 0
    for batch in _batches(client_ids):
        rows = list(_stale(session, batch, zone))
        if rows:
            client = SQLModel.metadata.tables["client"]
            values: dict[str, Any] = {
                name: bindparam(f"new_{name}") for name in ("order_count", "last_order_on", "rhythm_days")
            }
            session.connection().execute(update(client).where(client.c.id == bindparam("row_id")).values(values), rows)
            changed += len(rows)
    return changed


def _batches(client_ids: Collection[int] | None) -> Iterator[list[int] | None]:
    if client_ids is None:
        yield None
        return
    ids = sorted(client_ids)
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _stale(session: Session, ids: list[int] | None, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    client, order = (SQLModel.metadata.tables[str(model.__tablename__)] for model in (Client, Order))
    orders = select(order.c.client_id, order.c.placed_at).where(order.c.status != OrderStatus.CANCELLED)
    orders = orders.where(text(f'NOT "order".{SENT_INSTEAD}'))
    clients = select(client.c.id, client.c.order_count, client.c.last_order_on, client.c.rhythm_days)
    if ids is not None:
        orders, clients = orders.where(order.c.client_id.in_(ids)), clients.where(client.c.id.in_(ids))
    found = session.execute(orders.order_by(order.c.client_id))
    placed = {who: [at for _, at in group] for who, group in groupby(found, key=lambda row: int(row[0]))}
    for row_id, *kept in session.execute(clients):
        count, last, rhythm = order_summary(placed.get(row_id, ()), zone)
        if tuple(kept) != (count, last, rhythm):
            yield {"row_id": row_id, "new_order_count": count, "new_last_order_on": last, "new_rhythm_days": rhythm}
