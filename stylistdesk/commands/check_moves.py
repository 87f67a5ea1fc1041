"""Checking orders that were moved (R41): what no command lets happen, and a file written from outside may hold.

An order that was typed in may be taken out of its event again, and a window may be changed: neither is told.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

_ELSEWHERE = """
    SELECT o.number, c.name, e.name AS event FROM (
        SELECT order_id, to_event_id, row_number() OVER (PARTITION BY order_id ORDER BY settled_at DESC, id DESC) AS nth
        FROM order_move WHERE state IN ('moved', 'confirmed')) AS last
    JOIN "order" o ON o.id = last.order_id JOIN client c ON c.id = o.client_id JOIN host_event e ON e.id = to_event_id
    WHERE nth = 1 AND o.kind = 'shop' AND o.event_id IS NOT to_event_id ORDER BY o.id"""


def move_problems(connection: Connection) -> Iterator[str]:
    """Orders of shops that are not in the event to which they were moved last: only a move takes them out again."""
    for row in connection.exec_driver_sql(_ELSEWHERE):
        yield f"Order {row.number} of {row.name}: it was moved to “{row.event}”, and is not in it"
