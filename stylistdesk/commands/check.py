"""Checking the desk in words (faults.md): what is wrong, and mending what can be derived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.check_attachments import attachment_problems
from stylistdesk.db import consent_ledger, journal
from stylistdesk.db.consent_evidence import lost_opt_outs
from stylistdesk.db.derive import refresh_order_summary

MOST_BROKEN = 50
"""So many broken chains of the consent ledger are told one by one."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`problems` that are left or that she has to know of, and what was `repaired`, each with its count."""

    problems: tuple[str, ...]
    repaired: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """`{ok, problems, repaired}`."""
        return {"ok": not self.problems, "problems": list(self.problems), "repaired": list(self.repaired)}


@dataclass(frozen=True, slots=True)
class CheckDesk:
    """Look at everything, and repair what follows from the rest. `Outcome.value` is a `CheckReport`.

    `attachments` is the folder of the clients' files; without it, they are not looked at.
    """

    attachments: Path | None = None

    def apply(self, work: Work) -> Outcome:
        """A second run finds nothing that the first could repair."""
        connection = work.session.connection()
        broken = list(consent_ledger.broken_chains(connection))
        lost, put_back = _opt_outs(work, broken)
        # Broken chains are told and never mended: a proof that is repaired proves nothing (R25).
        chains = [one.words for one in broken[:MOST_BROKEN]]
        problems = [*_integrity(connection), *_foreign_keys(connection), *_balances(connection), *chains, *lost]
        if self.attachments is not None:
            problems += attachment_problems(connection, self.attachments)
        repairs: list[tuple[str, Callable[[], int]]] = [
            ("opt-outs put back", lambda: put_back),
            ("contacts made primary", lambda: _one_primary(connection, "contact")),
            ("locations made primary", lambda: _one_primary(connection, "location")),
            ("order summaries", lambda: _order_summaries(work)),
            ("journal triggers", lambda: _triggers(connection)),
        ]
        repaired = [f"{count} {what}" for what, repair in repairs if (count := repair())]
        report = CheckReport(tuple(problems), tuple(repaired))
        return Outcome("Checked the desk" + (f", repaired {', '.join(repaired)}" if repaired else ""), value=report)


def _integrity(connection: Connection) -> list[str]:
    said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
    return [] if said == ["ok"] else [f"The file is damaged: {line}" for line in said]


def _foreign_keys(connection: Connection) -> list[str]:
    broken: dict[tuple[str, str], int] = {}
    for table, _row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        broken[table, parent] = broken.get((table, parent), 0) + 1
    return [f"{count} rows of {table} point at a {parent} that is gone" for (table, parent), count in broken.items()]


def _balances(connection: Connection) -> list[str]:
    checks = {
        "clients whose watermark is past the last signal": "SELECT count(*) FROM client WHERE watermark > "
        "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'signal')",
        "contacts that are subscribed at an address that opted out": "SELECT count(*) FROM contact JOIN opt_out ON "
        "opt_out.channel = 'email' AND opt_out.address = contact.email_key WHERE contact.email_consent = 'subscribed'",
        "contacts that may be texted at a number that opted out": "SELECT count(*) FROM contact JOIN opt_out ON "
        "opt_out.channel = 'text' AND opt_out.address = contact.phone WHERE contact.text_consent = 'subscribed'",
        "orders that ship before they are placed": 'SELECT count(*) FROM "order" WHERE shipped_at < placed_at',
    }
    checks |= _SALES
    found = {what: int(connection.exec_driver_sql(sql).scalar_one()) for what, sql in checks.items()}
    return [f"{count} {what}" for what, count in found.items() if count]


_SALES = {
    "pairs of commission rates of one scope that overlap": "SELECT count(*) FROM commission_rate a JOIN "
    "commission_rate b ON a.id < b.id AND a.scope = b.scope AND a.order_line_id IS b.order_line_id "
    "AND (a.order_id IS b.order_id) AND a.client_id IS b.client_id AND a.brand_id IS b.brand_id "
    "AND coalesce(a.starts_on, '') < coalesce(b.ends_on, '9') AND coalesce(b.starts_on, '') < coalesce(a.ends_on, '9')",
    "orders whose commission is not that of their lines": 'SELECT count(*) FROM "order" WHERE EXISTS (SELECT 1 FROM '
    'order_line WHERE order_id = "order".id) AND commission_cents IS NOT (SELECT sum(commission_cents) FROM order_line '
    'WHERE order_id = "order".id)',
    "cancelled orders that earn commission": "SELECT count(*) FROM \"order\" WHERE status = 'cancelled' "
    "AND commission_cents <> 0",
    "orders whose shipments are not what has shipped": 'SELECT count(*) FROM "order" WHERE shipped_cents <> (SELECT '
    'coalesce(sum(amount_cents), 0) FROM shipment WHERE order_id = "order".id)',
    "credit memos with another client than their order's": 'SELECT count(*) FROM credit_memo JOIN "order" ON '
    '"order".id = order_id WHERE credit_memo.client_id <> "order".client_id',
}


def _opt_outs(work: Work, broken: Sequence[consent_ledger.Broken]) -> tuple[list[str], int]:
    """The opt-outs that the ledger has and that are gone, in words: a list may have had her back meanwhile.

    They are put back, but where the chain of the address is broken; how many were.
    """
    connection, unsure = work.session.connection(), {one[:2] for one in broken}
    told, put_back = [], 0
    for channel, address in lost_opt_outs(connection, work.zone):
        told.append(f"{address} ({channel}) opted out by the ledger, but was no longer kept out")
        if (channel, address) not in unsure:
            put_back += connection.exec_driver_sql(
                "INSERT INTO opt_out (channel, address, source, recorded_at) SELECT channel, address, source, "
                "recorded_at FROM consent WHERE channel = ? AND address = ? AND state = 'unsubscribed' "
                "ORDER BY id DESC LIMIT 1",
                (channel, address),
            ).rowcount
    return told, put_back


def _one_primary(connection: Connection, table: str) -> int:
    return connection.exec_driver_sql(
        f"UPDATE {table} SET is_primary = 1 WHERE id IN (SELECT min(id) FROM {table} GROUP BY client_id "
        "HAVING sum(is_primary) = 0)"
    ).rowcount


def _order_summaries(work: Work) -> int:
    return refresh_order_summary(work.session, None, work.zone)


def _triggers(connection: Connection) -> int:
    missing = journal.missing_triggers(connection)
    if missing:
        journal.install(connection)
    return len(missing)
