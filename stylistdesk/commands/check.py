"""Checking the desk in words (faults.md): what is wrong, and mending what can be derived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.check_attachments import repair_attachments
from stylistdesk.commands.check_gifts import GIFTS, gift_problems, repair_movements
from stylistdesk.commands.check_keys import journal_problems, repair_indexes, repair_keys
from stylistdesk.commands.check_moves import move_problems
from stylistdesk.commands.check_returns import return_problems
from stylistdesk.commands.check_sales import repair_commissions, repair_standing, repair_totals, sales_problems
from stylistdesk.db import consent_ledger, journal, one_primary, search
from stylistdesk.db.consent_evidence import lost_opt_outs
from stylistdesk.db.derive import refresh_order_summary

MOST_BROKEN = 50
"""So many broken chains of the consent ledger, and so many orders, are told one by one."""


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

    `attachments` is the folder of the clients' files; without it, they are not looked at. In `copies` of it is looked
    for what is damaged there.
    """

    attachments: Path | None = None
    copies: tuple[Path, ...] = ()

    def apply(self, work: Work) -> Outcome:
        """A second run finds nothing that the first could repair."""
        connection = work.session.connection()
        waiting = search.waiting(connection)  # before what is repaired has to be found anew itself
        missing = _triggers(connection)  # first: what is repaired goes through the journal too
        broken = list(consent_ledger.broken_chains(connection))
        lost, put_back = _opt_outs(work, broken)
        # Broken chains are told and never mended: a proof that is repaired proves nothing (R25).
        chains = [one.words for one in broken[:MOST_BROKEN]]
        chains += [f"and {len(broken) - MOST_BROKEN} more of them"] if len(broken) > MOST_BROKEN else []
        problems = [*_integrity(connection), *chains, *lost]
        repairs: list[tuple[str, Callable[[], int]]] = [
            ("opt-outs put back", lambda: put_back),
            ("names and addresses to be found by", lambda: repair_keys(connection)),
            ("contacts primary beside another", lambda: _no_second_primary(connection, "contact")),
            ("locations primary beside another", lambda: _no_second_primary(connection, "location")),
            ("contacts made primary", lambda: _one_primary(connection, "contact")),
            ("locations made primary", lambda: _one_primary(connection, "location")),
            ("spending powers", lambda: _spending_powers(connection)),
            ("totals of purchase orders", lambda: repair_totals(connection)),
            ("shipped sums and statuses of orders", lambda: repair_standing(work)),
            ("commissions of orders", lambda: repair_commissions(work)),
            ("order summaries", lambda: _order_summaries(work)),
            ("sums moved on gift certificates, as the history has them", lambda: repair_movements(connection)),
            ("clients who had seen what was not there yet", lambda: _watermarks(connection)),
        ]
        repaired = [f"{count} {what}" for what, repair in repairs if (count := repair())]
        indexes, twice = repair_indexes(connection)
        repaired += [f"{indexes} indexes"] if indexes else []
        repaired += [f"{missing} journal triggers"] if missing else []
        found = waiting + _index(work)
        repaired += [f"{found} things put into the search index again"] if found else []
        gifts = tuple(islice(gift_problems(connection), MOST_BROKEN))
        problems += [
            *_foreign_keys(connection, told="primary_wanted" if gifts else ""),
            *twice,
            *journal_problems(connection),
            *_balances(connection),
            *islice(sales_problems(connection), MOST_BROKEN),
            *gifts,
            *islice(return_problems(connection), MOST_BROKEN),
            *islice(move_problems(connection), MOST_BROKEN),
        ]
        if self.attachments is not None:
            of_files, mended, sizes = repair_attachments(connection, self.attachments, self.copies)
            problems += of_files
            repaired += [f"{mended} kept files put back from a copy"] if mended else []
            repaired += [f"{sizes} sizes of kept files"] if sizes else []
        report = CheckReport(tuple(problems), tuple(repaired))
        said = f", repaired {', '.join(repaired)}" if repaired else ""
        return Outcome(f"Checked the desk{said}", value=report, keeps=bool(indexes or missing or found))


def _integrity(connection: Connection) -> list[str]:
    said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
    return [] if said == ["ok"] else [f"The file is damaged: {line}" for line in said]


def _foreign_keys(connection: Connection, *, told: str) -> list[str]:
    """Rows that point at nothing; those of the table `told` are told in better words."""
    broken: dict[tuple[str, str], int] = {}
    for table, _row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        if table == told:
            continue
        broken[table, parent] = broken.get((table, parent), 0) + 1
    return [f"{count} rows of {table} point at a {parent} that is gone" for (table, parent), count in broken.items()]


def _balances(connection: Connection) -> list[str]:
    checks = {
        "contacts that are subscribed at an address that opted out": "SELECT count(*) FROM contact JOIN opt_out ON "
        "opt_out.channel = 'email' AND opt_out.address = contact.email_key WHERE contact.email_consent = 'subscribed'",
        "contacts that may be texted at a number that opted out": "SELECT count(*) FROM contact JOIN opt_out ON "
        "opt_out.channel = 'text' AND opt_out.address = contact.phone WHERE contact.text_consent = 'subscribed'",
        "orders that ship before they are placed": 'SELECT count(*) FROM "order" WHERE shipped_at < placed_at',
    }
    checks |= _SALES | _HOSTS | GIFTS
    found = {what: int(connection.exec_driver_sql(sql).scalar_one()) for what, sql in checks.items()}
    return [f"{count} {what}" for what, count in found.items() if count]


_SALES = {
    "pairs of commission rates of one scope that overlap": "SELECT count(*) FROM commission_rate a JOIN "
    "commission_rate b ON a.id < b.id AND a.scope = b.scope AND a.order_line_id IS b.order_line_id "
    "AND (a.order_id IS b.order_id) AND a.client_id IS b.client_id AND a.brand_id IS b.brand_id "
    "AND coalesce(a.starts_on, '') < coalesce(b.ends_on, '9') AND coalesce(b.starts_on, '') < coalesce(a.ends_on, '9')",
    "commission rates that are not 0 to 100 %": "SELECT count(*) FROM commission_rate "
    "WHERE rate NOT BETWEEN 0 AND 10000",
    "credit memos with another client than their order's": 'SELECT count(*) FROM credit_memo JOIN "order" ON '
    '"order".id = order_id WHERE credit_memo.client_id <> "order".client_id',
}

_BY_REWARD = "SELECT coalesce(sum(price_cents * quantity), 0) FROM host_order_line l WHERE l.pays = 'reward'"
_AT_HALF = "SELECT coalesce(sum(quantity), 0) FROM host_order_line l WHERE l.pays = 'half_price'"
_HOSTS = {
    "placed host orders that take more than their rewards were": "SELECT count(*) FROM host_order h "
    f"WHERE status = 'placed' AND (({_BY_REWARD} AND host_order_id = h.id) > coalesce(reward_cents, 0) "
    f"OR ({_AT_HALF} AND host_order_id = h.id) > coalesce(half_price_items, 0))",
    "adjustments of rewards that are not redeemed: no host order of the event is placed": "SELECT count(*) FROM "
    "reward_adjustment a WHERE NOT EXISTS (SELECT 1 FROM host_order h WHERE h.event_id = a.event_id "
    "AND h.status = 'placed')",
    "pairs of reward tiers that overlap": "SELECT count(*) FROM reward_tier a JOIN reward_tier b "
    "ON a.from_cents < b.from_cents AND (a.to_cents IS NULL OR a.to_cents > b.from_cents)",
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


def _no_second_primary(connection: Connection, table: str) -> int:
    return connection.exec_driver_sql(one_primary.leave_one_primary(table)).rowcount


def _one_primary(connection: Connection, table: str) -> int:
    return connection.exec_driver_sql(one_primary.make_one_primary(table)).rowcount


_OTHER_POWER = """
    SELECT c.id, told.power FROM client c JOIN (
        SELECT client_id, spending_power AS power,
        row_number() OVER (PARTITION BY client_id ORDER BY taken_at DESC, id DESC) AS nth
        FROM style_quiz WHERE spending_power IS NOT NULL) AS told ON told.client_id = c.id AND told.nth = 1
    WHERE c.spending_power IS NOT told.power"""
_LAST_WORD = """
    SELECT command_id FROM journal_change WHERE client_id = :client AND (table_name = 'style_quiz' OR (
        table_name = 'client' AND json_extract(before, :at) IS NOT json_extract(after, :at)))
    ORDER BY id DESC LIMIT 1"""


def _spending_powers(connection: Connection) -> int:
    """The newest quiz that tells it decides (R22), unless a command said otherwise since: that was the rep."""
    columns = [column.name for column in SQLModel.metadata.tables["client"].columns]
    at = f"$[{columns.index('spending_power')}]"
    wrong = [
        (power, client_id)
        for client_id, power in connection.exec_driver_sql(_OTHER_POWER).all()
        if not connection.exec_driver_sql(_LAST_WORD, {"client": client_id, "at": at}).scalar()
    ]
    if wrong:
        connection.exec_driver_sql("UPDATE client SET spending_power = ? WHERE id = ?", wrong)
    return len(wrong)


def _order_summaries(work: Work) -> int:
    return refresh_order_summary(work.session, None, work.zone)


def _watermarks(connection: Connection) -> int:
    """What a client does next would not show while hers is past the last signal."""
    last = "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'signal')"
    return connection.exec_driver_sql(f"UPDATE client SET watermark = {last} WHERE watermark > {last}").rowcount


def _index(work: Work) -> int:
    work.session.flush()
    return search.repair(work.session.connection())


def _triggers(connection: Connection) -> int:
    missing = journal.missing_triggers(connection)
    if missing:
        journal.install(connection)
    return len(missing)
