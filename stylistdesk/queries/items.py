"""Who has to do with an item: bought it, put it in her cart, hearted it, got it in a lookbook."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from stylistdesk.queries.asking import Asking
from stylistdesk.queries.search_told import local_day

MOST = 200
"""So many clients, those with the newest first."""


@dataclass(frozen=True, slots=True)
class WithItem:
    """A client, what she last did with the item, in a word or two, and when."""

    client_id: int
    name: str
    did: str
    on: date | None


_WITH_ITEM = """
    SELECT client_id, did, max(at) AS at FROM (
        SELECT client_id, replace(kind, '_', ' ') AS did, max(occurred_at) AS at FROM signal
            WHERE item = :name GROUP BY client_id
        UNION ALL
        SELECT o.client_id, 'ordered', max(o.placed_at) FROM order_line l JOIN "order" o ON o.id = l.order_id
            WHERE l.name = :name GROUP BY o.client_id
        UNION ALL
        SELECT b.client_id, 'in her lookbook', max(coalesce(b.delivered_at, '')) FROM lookbook_item i
            JOIN lookbook b ON b.id = i.lookbook_id WHERE i.name = :name GROUP BY b.client_id
        UNION ALL
        SELECT r.client_id, 'returned', max(r.opened_on) FROM return_line l JOIN goods_return r ON r.id = l.return_id
            WHERE l.name = :name GROUP BY r.client_id
        UNION ALL
        SELECT h.client_id, 'took as a host', max(h.entered_at) FROM host_order_line l
            JOIN host_order h ON h.id = l.host_order_id WHERE l.name = :name GROUP BY h.client_id
    ) GROUP BY client_id
"""


_NEWEST = """
    SELECT kind, id, max(at) FROM (
        SELECT 'comment' AS kind, id, occurred_at AS at FROM signal WHERE item = :name AND client_id = :client
        UNION ALL
        SELECT 'order', o.id, o.placed_at FROM order_line l JOIN "order" o ON o.id = l.order_id
            WHERE l.name = :name AND o.client_id = :client
        UNION ALL
        SELECT 'lookbook', b.id, coalesce(b.delivered_at, '') FROM lookbook_item i
            JOIN lookbook b ON b.id = i.lookbook_id WHERE i.name = :name AND b.client_id = :client
        UNION ALL
        SELECT 'return', r.id, r.opened_on FROM return_line l JOIN goods_return r ON r.id = l.return_id
            WHERE l.name = :name AND r.client_id = :client
    ) HAVING id IS NOT NULL
"""


def newest_with(asking: Asking, name: str, client_id: int) -> tuple[str, int] | None:
    """Where a client last had to do with an item, as a kind of the search and an id; a signal is a "comment" there."""
    row = asking.session.connection().execute(text(_NEWEST), {"name": name, "client": client_id}).first()
    return (row[0], row[1]) if row is not None else None


def with_item(asking: Asking, item_id: int) -> tuple[str, tuple[WithItem, ...]]:
    """The name of an item of the search, and who has to do with it, the newest first."""
    connection = asking.session.connection()
    name = connection.execute(text("SELECT name FROM search_item WHERE id = :id"), {"id": item_id}).scalar() or ""
    rows = connection.execute(
        text(
            f"SELECT f.client_id, c.name, f.did, f.at FROM ({_WITH_ITEM}) f JOIN client c ON c.id = f.client_id "
            "ORDER BY f.at DESC, c.name_key LIMIT :most"
        ),
        {"name": name, "most": MOST},
    )
    return name, tuple(
        WithItem(client, who, did, local_day(asking, at) if at else None) for client, who, did, at in rows
    )
