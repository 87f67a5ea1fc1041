"""Checking returns (R39): what came back is within what was bought, and what was kept is what it adds up to."""

from collections.abc import Iterator

from sqlalchemy import Connection

_MORE_BACK = """
    SELECT o.number, l.name, l.quantity, sum(b.quantity) AS back FROM return_line b
    JOIN goods_return r ON r.id = b.return_id AND r.cancelled_at IS NULL
    JOIN order_line l ON l.id = b.order_line_id JOIN "order" o ON o.id = l.order_id
    GROUP BY l.id HAVING back > l.quantity ORDER BY l.id"""
_SUMS = """
    SELECT number, cancelled_at IS NOT NULL AS gone, goods_cents AS goods, fee_cents AS fee, to_gift_cents AS gift,
    to_card_cents AS card,
    coalesce((SELECT sum(cents) FROM return_line WHERE return_id = r.id AND NOT is_replaced), 0) AS of_lines,
    coalesce((SELECT amount_cents FROM credit_memo WHERE id = r.credit_id), 0) AS credited,
    coalesce((SELECT sum(cents) FROM gift_movement WHERE return_id = r.id), 0) AS to_gifts,
    coalesce((SELECT -sum(cents) FROM card_payment WHERE return_id = r.id), 0) AS to_cards
    FROM goods_return r ORDER BY id"""


def return_problems(connection: Connection) -> Iterator[str]:
    """What cannot be right, each with the Return ID or the order's number."""
    for number, name, bought, back in connection.exec_driver_sql(_MORE_BACK):
        yield f"Order {number}: {back} of “{name}” came back, and only {bought} were bought"
    for row in connection.exec_driver_sql(_SUMS):
        if row.goods != row.of_lines or not 0 <= row.fee <= row.goods or row.gift + row.card > row.goods - row.fee:
            yield f"Return {row.number}: its sums are not those of its lines"
        posted = (row.credited, row.to_gifts, row.to_cards)
        if posted != ((0, 0, 0) if row.gone else (row.goods, row.gift, row.card)):
            yield f"Return {row.number}: what was credited and paid back is not what it came to"
