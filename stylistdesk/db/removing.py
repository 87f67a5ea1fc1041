"""Removing a client (R36, R38): what of hers others' money stands on, and what once went with one all the same."""

from collections.abc import Iterator

from sqlalchemy import Connection
from sqlmodel import Session, SQLModel

from stylistdesk.db.event_orders import bases_of
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money

MERGE = "Merge her with another client, who keeps it."

_GIFTS = """
    SELECT g.number, g.currency, coalesce(f.name, nullif(g.for_name, '')) AS whom,
    (SELECT sum(cents) FROM gift_movement WHERE gift_id = g.id) AS left_over,
    (SELECT o.number || ' of ' || c.name FROM gift_movement m JOIN "order" o ON o.id = m.order_id
        JOIN client c ON c.id = o.client_id WHERE m.gift_id = g.id AND o.client_id <> g.client_id
        GROUP BY o.id HAVING sum(m.cents) < 0 ORDER BY o.id LIMIT 1) AS paid
    FROM gift_certificate g LEFT JOIN client f ON f.id = g.for_client_id AND f.id <> g.client_id
    WHERE g.client_id = ? ORDER BY g.id"""
_PLACED = """
    SELECT h.number, e.name FROM host_order h JOIN host_event e ON e.id = h.event_id
    WHERE h.client_id = ? AND h.status = 'placed' ORDER BY h.id"""
_COUNTED = """
    SELECT o.id, o.number, e.name, h.number FROM "order" o JOIN host_event e ON e.id = o.event_id
    JOIN host_order h ON h.event_id = e.id AND h.status = 'placed' AND h.client_id <> o.client_id
    WHERE o.client_id = ? AND NOT o.is_host_order ORDER BY o.id"""


def refuse_if_others_need(session: Session, client_id: int, name: str) -> None:
    """Raises `Refused` where a certificate that another holds or has used, or redeemed rewards, would go with her."""
    session.flush()
    connection = session.connection()
    for gift in connection.exec_driver_sql(_GIFTS, (client_id,)):
        if gift.paid:
            raise Refused(f"{name} bought {gift.number}, which has paid for order {gift.paid}.", hint=MERGE)
        if gift.left_over and gift.whom:
            left = format_money(gift.left_over, gift.currency)
            said = f"{name} bought {gift.number} for {gift.whom}: {left} is left on it."
            raise Refused(said, hint=f"Wait until it is used up, or merge {name} with another client.")
    for number, event in connection.exec_driver_sql(_PLACED, (client_id,)):
        raise Refused(f"{name} has redeemed the rewards of {event}: host order {number} is placed.",
                      hint="Merge her with another client, or cancel the host order first.")  # fmt: skip
    counted = connection.exec_driver_sql(_COUNTED, (client_id,)).all()
    bases = bases_of(session, [row[0] for row in counted])
    for order_id, order, event, number in counted:
        if bases.get(order_id):
            raise Refused(f"Order {order} of {name} counts for {event}, whose rewards are redeemed: {number}.",
                          hint=f"Merge {name} with another client, or cancel {number} first.")  # fmt: skip


_LOST = """
    SELECT d.label, g.before ->> {number} AS number, c.name AS holder FROM journal_command d
    JOIN journal_change g ON g.command_id = d.id AND g.table_name = 'gift_certificate' AND g.op = 'D'
    JOIN client c ON c.id = g.before ->> {holder} WHERE d.name IN ('DeleteClient', 'Together') AND d.state = 'done'
    AND NOT EXISTS (SELECT 1 FROM gift_certificate WHERE number = g.before ->> {number}) AND 0 < (
        SELECT sum(m.before ->> {cents}) FROM journal_change m WHERE m.command_id = d.id
        AND m.table_name = 'gift_movement' AND m.op = 'D' AND m.before ->> {gift} = g.row_id)
    UNION ALL
    SELECT d.label, g.before ->> {number}, 'order ' || o.number || ' of ' || c.name FROM journal_command d
    JOIN journal_change m ON m.command_id = d.id AND m.table_name = 'gift_movement' AND m.op = 'D'
    JOIN journal_change g ON g.command_id = d.id AND g.table_name = 'gift_certificate' AND g.op = 'D'
        AND g.row_id = m.before ->> {gift}
    JOIN "order" o ON o.id = m.before ->> {order} JOIN client c ON c.id = o.client_id
    WHERE d.name IN ('DeleteClient', 'Together') AND d.state = 'done'
    AND NOT EXISTS (SELECT 1 FROM gift_certificate WHERE number = g.before ->> {number})
    GROUP BY g.id, o.id HAVING sum(m.before ->> {cents}) < 0"""
_LOST_PLACED = """
    SELECT d.label, h.before ->> {number} AS number, e.name FROM journal_command d
    JOIN journal_change h ON h.command_id = d.id AND h.table_name = 'host_order' AND h.op = 'D'
    JOIN host_event e ON e.id = h.before ->> {event} WHERE d.name IN ('DeleteClient', 'Together') AND d.state = 'done'
    AND h.before ->> {status} = 'placed' AND NOT EXISTS (SELECT 1 FROM host_order WHERE event_id = e.id
        AND status = 'placed')"""


def lost_with_clients(connection: Connection) -> Iterator[str]:
    """What went when a client was removed though others' money stood on it, as the journal has it: in words."""
    gifts = _places("gift_certificate", number="number", holder="for_client_id")
    gifts |= _places("gift_movement", gift="gift_id", cents="cents", order="order_id")
    for label, number, whose in connection.exec_driver_sql(_LOST.format(**gifts)):
        yield f"Gift certificate {number}, for {whose}, went by “{label}”: undo that in her history"
    placed = _places("host_order", number="number", event="event_id", status="status")
    for label, number, event in connection.exec_driver_sql(_LOST_PLACED.format(**placed)):
        yield f"Host order {number}, placed for {event}, went by “{label}”: undo that in her history"


def _places(table: str, **columns: str) -> dict[str, str]:
    """Where these columns stand in an image of a row, as SQL."""
    there = [column.name for column in SQLModel.metadata.tables[table].columns]
    return {name: f"'$[{there.index(column)}]'" for name, column in columns.items()}
