"""Erasing one client for good, where she asks for it: her rows, and what the journal and others' rows say of her.

What the law wants kept stays: the consent ledger and the opt-outs of her addresses as they are (R25: a chain that is
rewritten proves nothing, and an address that opted out must stay out), and the sums of sales, without a name and
without free text. It is no undo step, and none brings her back.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Table
from sqlmodel import Session, SQLModel

from stylistdesk.db import hers, journal, search, taking_out
from stylistdesk.db.her_names import HerNames, her_names
from stylistdesk.db.taking_out import PROOF, text_columns
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.naming import Naming

MONEY: dict[str, tuple[str, ...]] = {
    "order": ("source", "number", "currency", "season", "rate_from"),
    "order_line": ("name", "sku", "brand", "rate_from"),
    "shipment": (),
    "credit_memo": ("number",),
    "commission_rate": (),
    "goods_return": ("number", "currency", "address"),
    "return_line": ("name",),
    "card_payment": ("brand",),
    "gift_certificate": ("number", "currency"),
    "gift_movement": (),
    "host_event": ("source", "external_id", "steps_done"),
    "host_order": ("number",),
    "host_order_line": ("name",),
    "reward_adjustment": (),
}
"""What stays without a name, and of it the text that says what was sold and under which number; other text goes."""

_FILES = (("attachment", "sha256"), ("company_file", "sha256"), ("training", "file_sha256"),
          ("website", "picture_sha256"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erased:
    """What came of it: who she is now, the files whose bytes nothing needs any more, and what was kept, in words.

    `left` says where files of hers could not be deleted.
    """

    client_id: int
    files: tuple[str, ...]
    rows: dict[str, frozenset[int]]
    naming: Naming
    kept: str
    left: str = ""

    def __str__(self) -> str:
        """What to tell the rep."""
        kept = f" Kept: {self.kept}." if self.kept else ""
        left = f" {self.left}" if self.left else ""
        return (f"Erased client {self.client_id}; that cannot be undone. Undo takes back what you did before it."
                f"{kept}{left}")  # fmt: skip


def erase(session: Session, client_id: int, *, at: datetime, by: str) -> Erased:
    """Take her out of the desk and out of its journal, in the transaction at hand. Raises `Refused` if she is gone."""
    connection = session.connection()
    if connection.exec_driver_sql("SELECT 1 FROM client WHERE id = ?", (client_id,)).first() is None:
        raise Refused("She is no longer on the desk.", hint="Look for her in all clients.")
    _refuse_again(connection, client_id)
    was = _once_others(connection, client_id)
    own = journal.begin(session, at=at, by=by, kind="erase", name="EraseClient")
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    rows = hers.ids(connection, client_id)
    files = _files(connection, rows, client_id, was)
    kept = _kept(connection, rows)
    names = her_names(connection, (client_id, *was), kept.get("host_event", ()))
    near = taking_out.near_events(connection, rows)
    keeps = any(name in MONEY and there for name, there in kept.items())
    _remove(connection, rows, kept)
    _without_words(connection, client_id, kept)
    if keeps:
        _nameless(connection, client_id, at)
    else:
        connection.exec_driver_sql("DELETE FROM client WHERE id = ?", (client_id,))
    taking_out.out_of_rows(connection, names, near)
    stay = what_stays(connection, client_id, kept)
    journal.finish(session, own, f"Erased client {client_id}")  # the index of the search follows here
    every = {name: frozenset(there) for name, there in rows.items()}
    _scrub_journal(connection, own, (client_id, *was), every, names, near)
    connection.exec_driver_sql(
        "INSERT INTO erasure (client_number, erased_at, kept) VALUES (?, ?, ?)",
        (client_id, at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds"), stay),
    )
    _forget_index(connection)
    return Erased(client_id, _unneeded(connection, files), every, names.labels, stay)


def what_stays(connection: Connection, client_id: int, kept: dict[str, list[int]]) -> str:
    """What is kept of her and is no name, in words: "3 orders, 2 entries of the consent ledger"."""
    counts = {
        "order": len(kept.get("order", ())),
        "gift certificate": len(kept.get("gift_certificate", ())),
        "return": len(kept.get("goods_return", ())),
        "host order": len(kept.get("host_order", ())),
        "entry of the consent ledger": connection.exec_driver_sql(
            "SELECT count(*) FROM consent WHERE client_id = ?", (client_id,)
        ).scalar_one(),
        "opt-out": len(kept.get("opt_out", ())),
    }
    many = {"entry of the consent ledger": "entries of the consent ledger"}
    return ", ".join(f"{n} {what if n == 1 else many.get(what, what + 's')}" for what, n in counts.items() if n)


@dataclass(frozen=True, slots=True)
class WouldErase:
    """What would go, as counts by table; what would stay, in words; and the words by which she is known of one alone.

    `shared` are those of them that prose keeps, each with another's name.
    """

    goes: dict[str, int]
    stays: str
    alone: tuple[str, ...]
    shared: tuple[tuple[str, str], ...]


def would_erase(connection: Connection, client_id: int) -> WouldErase:
    """Look, and change nothing."""
    _refuse_again(connection, client_id)
    rows = hers.ids(connection, client_id)
    kept = _kept(connection, rows)
    goes = {name: n for name, there in rows.items() if (n := len(there) - len(kept.get(name, ())))}
    names = her_names(connection, (client_id, *_once_others(connection, client_id)))
    return WouldErase(goes, what_stays(connection, client_id, kept), names.prose.alone, names.shared)


def _refuse_again(connection: Connection, client_id: int) -> None:
    if connection.exec_driver_sql("SELECT 1 FROM erasure WHERE client_number = ?", (client_id,)).first() is not None:
        raise Refused(f"Client {client_id} was erased already.", hint="Only sums of sales are left, without a name.")


# ---------------------------------------------------------------- who she is


def _once_others(connection: Connection, client_id: int) -> tuple[int, ...]:
    """The clients who were merged into her: what was theirs is hers."""
    found = connection.exec_driver_sql(
        "SELECT DISTINCT left_client_id FROM journal_change WHERE client_id = ? AND left_client_id IS NOT NULL "
        "AND left_client_id NOT IN (SELECT id FROM client)",
        (client_id,),
    )
    return tuple(int(row[0]) for row in found)


# ---------------------------------------------------------------- her rows


def _kept(connection: Connection, rows: dict[str, list[int]]) -> dict[str, list[int]]:
    """The rows that stay: all of money and proof, but an event in which nobody has ordered anything."""
    kept = {name: list(there) for name, there in rows.items() if name in MONEY or name in PROOF}
    if "host_event" in kept:
        used = connection.exec_driver_sql(
            'SELECT event_id FROM "order" WHERE event_id IS NOT NULL UNION SELECT event_id FROM host_order '
            "UNION SELECT event_id FROM reward_adjustment UNION SELECT from_event_id FROM order_move "
            "UNION SELECT to_event_id FROM order_move"
        )
        stands_on = {row[0] for row in used}
        kept["host_event"] = [event for event in kept["host_event"] if event in stands_on]
    if not any(there for name, there in kept.items() if name in MONEY and name != "commission_rate"):
        kept.pop("commission_rate", None)
    return kept


def _remove(connection: Connection, rows: dict[str, list[int]], kept: dict[str, list[int]]) -> None:
    """Take out what does not stay; what stays no longer names it."""
    going = {name: sorted(set(there) - set(kept.get(name, ()))) for name, there in rows.items() if name != "client"}
    for table in hers.tables():
        for column in table.columns:
            for foreign in column.foreign_keys:
                gone = going.get(foreign.column.table.name)
                if gone and column.nullable:
                    _for_all(connection, f'UPDATE "{table.name}" SET "{column.name}" = NULL '
                             f'WHERE "{column.name}" IN', gone)  # fmt: skip
    others = "SELECT id FROM distinct_clients WHERE other_id IN (SELECT value FROM json_each(?))"
    about = connection.exec_driver_sql(others, (json.dumps(rows["client"]),))
    going["distinct_clients"] = sorted({*going.get("distinct_clients", ()), *(row[0] for row in about)})
    going.pop("calendar_link", None)  # by it the next sync takes her appointments off the server
    for name in reversed([table.name for table in hers.tables()]):
        if gone := going.get(name):
            _for_all(connection, f'DELETE FROM "{name}" WHERE id IN', gone)


def _for_all(connection: Connection, statement: str, row_ids: Iterable[int]) -> None:
    connection.exec_driver_sql(f"{statement} (SELECT value FROM json_each(?))", (json.dumps(list(row_ids)),))


def _without_words(connection: Connection, client_id: int, kept: dict[str, list[int]]) -> None:
    """Of the money that stays, take away all text that does not say what was sold."""
    for name, there in kept.items():
        if name not in MONEY or not there:
            continue
        sets = [f'"{column}" = {"NULL" if empty else _QUOTED}'
                for column, empty in text_columns(name) if column not in MONEY[name]]  # fmt: skip
        if name == "host_event":
            sets = [one for one in sets if not one.startswith('"code"')]  # no two events have the same
            sets += ["name = 'Event ' || id", "code = 'ERASED-' || id"]
        if sets:
            _for_all(connection, f'UPDATE "{name}" SET {", ".join(sets)} WHERE id IN', there)
    connection.exec_driver_sql(
        "UPDATE gift_certificate SET for_client_id = NULL, for_name = '' WHERE for_client_id = ? AND client_id <> ?",
        (client_id, client_id),
    )


_QUOTED = "''"


def _nameless(connection: Connection, client_id: int, at: datetime) -> None:
    """She stays as a number for her sales to stand under, and asks for nothing any more."""
    name = f"Erased client {client_id}"
    table: Table = SQLModel.metadata.tables["client"]
    blank = [f'"{column}" = {"NULL" if empty else _QUOTED}' for column, empty in text_columns("client")]
    blank += [f'"{c.name}" = NULL' for c in table.columns if c.name in ("spending_power", "stage")]
    connection.exec_driver_sql(f"UPDATE client SET {', '.join(blank)} WHERE id = ?", (client_id,))
    connection.exec_driver_sql(
        "UPDATE client SET name = ?, name_key = ? WHERE id = ?", (name, name.casefold(), client_id)
    )
    until = at.astimezone(UTC).replace(tzinfo=None, year=at.year + 100, month=1, day=1)
    connection.exec_driver_sql(
        "INSERT INTO snooze (client_id, until, mark) SELECT ?, ?, coalesce(max(seq), 0) FROM sqlite_sequence "
        "WHERE name = 'signal'",
        (client_id, until.isoformat(" ", "microseconds")),
    )


# ---------------------------------------------------------------- the journal


def _scrub_journal(
    connection: Connection,
    own: int,
    client_ids: Sequence[int],
    rows: dict[str, frozenset[int]],
    names: HerNames,
    near: taking_out.Near,
) -> None:
    """Take out the images of her rows, and her name out of those of others and out of the labels.

    Those of the consent ledger stay: with them the ledger can be proven (R25).
    """
    who = json.dumps(list(client_ids))
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS erased_change (id INTEGER PRIMARY KEY, command INT)")
    connection.exec_driver_sql("DELETE FROM erased_change")
    take = "INSERT OR IGNORE INTO erased_change SELECT id, command_id FROM journal_change WHERE table_name <> 'consent'"
    connection.exec_driver_sql(f"{take} AND (command_id = ? OR client_id IN (SELECT value FROM json_each(?)) "
                               "OR left_client_id IN (SELECT value FROM json_each(?)))", (own, who, who))  # fmt: skip
    for name, there in rows.items():
        if name not in PROOF:
            connection.exec_driver_sql(f"{take} AND table_name = ? AND row_id IN (SELECT value FROM json_each(?))",
                                       (name, json.dumps(sorted(there))))  # fmt: skip
    touched = {int(row[0]) for row in connection.exec_driver_sql("SELECT DISTINCT command FROM erased_change")}
    connection.exec_driver_sql("DELETE FROM journal_change WHERE id IN (SELECT id FROM erased_change)")
    connection.exec_driver_sql("DROP TABLE erased_change")
    number = client_ids[0]
    of_her_alone = json.dumps([command for command in touched - {own, 0} if not _has_others(connection, command)])
    connection.exec_driver_sql(
        "UPDATE journal_command SET state = CASE kind WHEN 'do' THEN 'erased' ELSE state END, label = ? "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (f"Something for client {number}, who was erased", of_her_alone),
    )
    taking_out.out_of_images(connection, names, near)
    taking_out.out_of_labels(connection, names, near)


def _has_others(connection: Connection, command_id: int) -> bool:
    found = connection.exec_driver_sql(
        "SELECT 1 FROM journal_change WHERE command_id = ? AND table_name <> 'consent' LIMIT 1", (command_id,)
    )
    return found.first() is not None


# ---------------------------------------------------------------- bytes


def _files(connection: Connection, rows: dict[str, list[int]], client_id: int, was: Sequence[int]) -> frozenset[str]:
    """The hashes of her attachments, of those too that were removed and that undo could bring back."""
    place = [c.name for c in SQLModel.metadata.tables["attachment"].columns].index("sha256")
    found = {str(row[0]) for row in connection.exec_driver_sql(
        "SELECT sha256 FROM attachment WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(rows.get("attachment", [])),))}  # fmt: skip
    for images in connection.exec_driver_sql(
        "SELECT before, after FROM journal_change WHERE table_name = 'attachment' "
        "AND client_id IN (SELECT value FROM json_each(?))",
        (json.dumps([client_id, *was]),),
    ):
        found |= {json.loads(image)[place] for image in filter(None, images)}
    return frozenset(found)


def _unneeded(connection: Connection, files: frozenset[str]) -> tuple[str, ...]:
    """Those of the files that no row has, and no image of one."""
    needed = set()
    for table, column in _FILES:
        needed |= {row[0] for row in connection.exec_driver_sql(f'SELECT "{column}" FROM "{table}"')}
    for sha256 in files - needed:
        if connection.exec_driver_sql(
            "SELECT 1 FROM journal_change WHERE instr(before, ?) OR instr(after, ?) LIMIT 1", (sha256, sha256)
        ).first():
            needed.add(sha256)
    return tuple(sorted(files - needed))


def _forget_index(connection: Connection) -> None:
    """Have the search drop what it has marked as removed, and forget samples of what columns held."""
    search.leave_no_trace(connection)
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat4'").first():
        connection.exec_driver_sql("DELETE FROM sqlite_stat4")
