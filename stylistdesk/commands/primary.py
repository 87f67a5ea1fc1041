"""One of a client's rows is primary if there is any: her places, her contacts (R23, R24).

The database lets no two be primary at once, so the one that was is unset, and written, before the other is set. No
transaction ends with none (`db/one_primary.py`).
"""

from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session, col, select, update

from stylistdesk.db.tables import Contact, Location
from stylistdesk.domain.errors import Refused

Row = TypeVar("Row", Location, Contact)


def take_primary(session: Session, table: type[Row], row: Row, *, asked: bool) -> None:
    """Make this stored row primary if that is asked for, or if the client has no primary one."""
    if row.is_primary:
        return
    hers = col(table.client_id) == row.client_id
    primary = session.exec(select(table.id).where(hers, col(table.is_primary))).first()
    if primary is not None:
        if not asked:
            return
        session.exec(update(table).where(col(table.id) == primary).values(is_primary=False))
    row.is_primary = True
    session.add(row)
    session.flush()


def next_primary(session: Session, table: type[Row], row: Row, next_id: int | None, what: str) -> Row | None:
    """Which row is primary when this one is removed; `None` if that need not change.

    Raises `Refused` with field "next" where that must be said and is not, or is not hers.
    """
    if not row.is_primary:
        return None
    others = session.exec(
        select(table).where(col(table.client_id) == row.client_id, col(table.id) != row.id).order_by(col(table.id))
    ).all()
    if next_id is None:
        if len(others) > 1:
            raise Refused(f"Which {what} is primary then?", field="next", hint="Choose one of those that stay.")
        return others[0] if others else None
    chosen = next((other for other in others if other.id == next_id), None)
    if chosen is None:
        raise Refused(f"That {what} is not one of those that stay.", field="next", hint="Choose another.")
    return chosen


def remove_and_pass_on(
    session: Session, table: type[Row], row: Row, next_id: int | None, what: str, said: Callable[[Row], str]
) -> str:
    """Remove the row, and have another be primary if it was; what is to be said of that.

    Raises `Refused` as `next_primary` does.
    """
    heir = next_primary(session, table, row, next_id, what)
    session.delete(row)
    session.flush()
    if heir is None:
        return ""
    heir.is_primary = True
    session.add(heir)
    return f"; {said(heir)} is primary now"
