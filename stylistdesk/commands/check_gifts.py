"""Checking gift certificates (R36): what no command lets happen, and a file that was written from outside may hold."""

from collections.abc import Iterator

from sqlalchemy import Connection
from sqlmodel import SQLModel

from stylistdesk.db.removing import lost_with_clients
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import clean_number
from stylistdesk.domain.money import format_money

GIFTS = {
    "gift certificates without their sale": "SELECT count(*) FROM gift_certificate g WHERE NOT EXISTS "
    "(SELECT 1 FROM gift_movement WHERE gift_id = g.id AND kind = 'sold')",
    "movements of gift certificates that go the wrong way": "SELECT count(*) FROM gift_movement "
    "WHERE CASE kind WHEN 'redeemed' THEN cents >= 0 WHEN 'corrected' THEN cents = 0 ELSE cents <= 0 END",
    "card payments that keep something else than the last four digits": "SELECT count(*) FROM card_payment "
    "WHERE last_four <> '' AND last_four NOT GLOB '[0-9][0-9][0-9][0-9]'",
}
"""What is counted, by what it is called."""

_BELOW_ZERO = """
    SELECT number, currency, sum(cents) AS left_over FROM gift_certificate g JOIN gift_movement m ON m.gift_id = g.id
    GROUP BY g.id HAVING left_over < 0 ORDER BY g.id"""
_BEYOND = """
    SELECT o.number, c.name, o.currency, o.total_cents, -sum(m.cents) AS paid FROM gift_movement m
    JOIN "order" o ON o.id = m.order_id JOIN client c ON c.id = o.client_id
    WHERE m.kind IN ('redeemed', 'refunded') GROUP BY o.id HAVING paid > o.total_cents OR paid < 0 ORDER BY o.id"""


_OTHERWISE = """
    SELECT told.cents, m.id FROM gift_movement m JOIN (
        SELECT row_id, max(change.id), json_extract(after, ?) AS cents FROM journal_change AS change
        JOIN journal_command AS own ON own.id = command_id LEFT JOIN journal_command AS of ON of.id = own.target_id
        WHERE table_name = 'gift_movement' AND 'CheckDesk' NOT IN (own.name, coalesce(of.name, ''))
        GROUP BY row_id) AS told ON told.row_id = m.id
    WHERE told.cents <> m.cents"""


def repair_movements(connection: Connection) -> int:
    """Put back what a movement is worth, as a command wrote it last: what changes it otherwise came from outside.

    A repair that is taken back does not count: it would make the damage what was written last.
    """
    columns = [column.name for column in SQLModel.metadata.tables["gift_movement"].columns]
    wrong = [tuple(row) for row in connection.exec_driver_sql(_OTHERWISE, (f"$[{columns.index('cents')}]",))]
    if wrong:
        connection.exec_driver_sql("UPDATE gift_movement SET cents = ? WHERE id = ?", wrong)
    return len(wrong)


def gift_problems(connection: Connection) -> Iterator[str]:
    """Balances below zero, orders for which certificates paid more than was asked, and what went with its buyer."""
    for row in connection.exec_driver_sql(_BELOW_ZERO):
        yield f"Gift certificate {row.number}: {format_money(row.left_over, row.currency)} is left on it"
    for (number,) in connection.exec_driver_sql("SELECT number FROM gift_certificate ORDER BY id"):
        if not _is_ours(number):
            yield f"Gift certificate {number}: that is no number of a certificate, so nobody can redeem it"
    for row in connection.exec_driver_sql(_BEYOND):
        paid, placed = (format_money(cents, row.currency) for cents in (row.paid, row.total_cents))
        yield f"Order {row.number} of {row.name}: gift certificates paid {paid} for it, and it was placed at {placed}"
    yield from lost_with_clients(connection)


def _is_ours(number: str) -> bool:
    try:
        return clean_number(number) == number
    except Refused:
        return False
