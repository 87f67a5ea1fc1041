"""The consent ledger (R25): the one place where its entries are made, and what keeps them as they were written.

Entries are added, never changed: triggers refuse it, whoever asks. Undo alone takes an entry out again, the newest of
its chain first; the journal keeps what it said. Purchases are not written here: the orders themselves are the record.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection

from stylistdesk.domain.consent_chain import LedgerEntry
from stylistdesk.domain.errors import NotUndoable
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState

HASHED = (
    "channel",
    "address",
    "state",
    "source",
    "recorded_at",
    "ground",
    "happened_on",
    "ends_on",
    "evidence",
    "previous_hash",
    "hash",
)
"""The columns that a chain rests on; whose client an entry is may change, when two are merged."""

REFUSED = "the consent ledger is append-only"


@dataclass(slots=True)
class Chains:
    """The newest hash of each chain, as read and as entries are added; `everything` reads all at once, for bulk."""

    connection: Connection
    everything: bool = False
    _last: dict[tuple[str, str], str] = field(default_factory=dict)
    _read: bool = False

    def entry(
        self,
        *,
        client_id: int,
        contact_id: int,
        channel: Channel,
        address: str,
        state: ConsentState,
        source: str,
        recorded_at: datetime,
        ground: ConsentGround | None = None,
        happened_on: date | None = None,
        ends_on: date | None = None,
        evidence: str = "",
    ) -> dict[str, Any]:
        """The next entry of its chain, as the values of a row to be inserted; the entry after it builds on it."""
        before = self._newest(channel, address)
        said = LedgerEntry(
            before,
            channel.value,
            address,
            state.value,
            source,
            recorded_at,
            ground.value if ground else "",
            happened_on,
            ends_on,
            evidence,
        ).hash()
        self._last[channel.value, address] = said
        return {
            "client_id": client_id,
            "contact_id": contact_id,
            "channel": channel,
            "address": address,
            "state": state,
            "source": source,
            "recorded_at": recorded_at,
            "ground": ground,
            "happened_on": happened_on,
            "ends_on": ends_on,
            "evidence": evidence,
            "previous_hash": before,
            "hash": said,
        }

    def _newest(self, channel: Channel, address: str) -> str:
        key = channel.value, address
        if self.everything and not self._read:
            self._read = True
            rows = self.connection.exec_driver_sql(
                "SELECT channel, address, hash FROM consent "
                "WHERE id IN (SELECT max(id) FROM consent GROUP BY channel, address)"
            )
            self._last = {(row[0], row[1]): row[2] for row in rows} | self._last
        if key not in self._last and not self.everything:
            row = self.connection.exec_driver_sql(
                "SELECT hash FROM consent WHERE channel = ? AND address = ? ORDER BY id DESC LIMIT 1", key
            )
            self._last[key] = row.scalar() or ""
        return self._last.get(key, "")


def guards() -> dict[str, str]:
    """The triggers that keep the ledger as it was written; the journal puts them up and checks that they stand."""
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in HASHED)
    undoing = (
        "EXISTS (SELECT 1 FROM journal_command WHERE kind = 'undo' "
        "AND id = (SELECT command_id FROM journal_state WHERE id = 1))"
    )
    later = "SELECT 1 FROM consent WHERE channel = OLD.channel AND address = OLD.address AND id > OLD.id"
    return {
        "journal_consent_kept_U": (
            f'CREATE TRIGGER "journal_consent_kept_U" BEFORE UPDATE ON "consent" WHEN {changed} BEGIN '
            f"SELECT RAISE(ABORT, '{REFUSED}'); END"
        ),
        "journal_consent_kept_D": (
            f'CREATE TRIGGER "journal_consent_kept_D" BEFORE DELETE ON "consent" '
            f"WHEN NOT {undoing} OR EXISTS ({later}) BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        ),
    }


def later_entry(label: str) -> NotUndoable:
    """The refusal to take out an entry that a later one of its chain builds on."""
    return NotUndoable(
        f"“{label}” cannot be undone: the consent ledger has a later entry for the same address.",
        hint="Take that back first, or record what holds now: the ledger is a proof, and only grows.",
    )


class Broken(NamedTuple):
    """An address whose chain does not hold, and what is wrong in words."""

    channel: str
    address: str
    words: str


def broken_chains(connection: Connection) -> Iterator[Broken]:
    """Each address whose chain does not hold, with what is wrong: an entry that was changed, or one that is gone."""
    columns, rewritten = ", ".join(HASHED), _rewritten(connection)
    rows = connection.exec_driver_sql(f"SELECT id, {columns} FROM consent ORDER BY channel, address, id")
    for (channel, address), entries in groupby(rows, key=lambda row: (row.channel, row.address)):
        before = ""
        for entry in entries:
            wrong = ""
            if entry.previous_hash != before:
                wrong = "an entry before it is gone or was changed"
            elif _hash_of(entry) != entry.hash:
                wrong = "it does not say what was written"
            elif entry.id in rewritten:
                wrong = "it was rewritten, and its hash too; the history knows what it said"
            if wrong:
                words = f"The consent ledger of {address} ({channel}) is broken at entry {entry.id}: {wrong}"
                yield Broken(channel, address, words)
                break
            before = entry.hash
    yield from _gone(connection)


def _hash_of(row: Any) -> str:
    try:
        return LedgerEntry(
            row.previous_hash,
            row.channel,
            row.address,
            row.state,
            row.source,
            datetime.fromisoformat(row.recorded_at).replace(tzinfo=UTC),
            row.ground or "",
            date.fromisoformat(row.happened_on) if row.happened_on else None,
            date.fromisoformat(row.ends_on) if row.ends_on else None,
            row.evidence,
        ).hash()
    except ValueError:
        return ""


def _rewritten(connection: Connection) -> set[int]:
    """The entries that do not say what the journal took down as each was first written; the journal may lack some."""
    columns, names = ", ".join(f"k.{name}" for name in HASHED), _columns(connection)
    rows = connection.exec_driver_sql(
        f"SELECT k.id, json_array({columns}), c.after FROM "
        "(SELECT row_id, min(id) AS first FROM journal_change WHERE table_name = 'consent' AND op = 'I' "
        "GROUP BY row_id) w JOIN journal_change c ON c.id = w.first JOIN consent k ON k.id = w.row_id"
    )
    found = set()
    for row_id, now, then in rows:
        image = dict(zip(names, json.loads(then), strict=False))  # one of before an upgrade has fewer columns
        said = zip(HASHED, json.loads(now), strict=True)
        if any(image[name] != value for name, value in said if name in image):
            found.add(row_id)
    return found


class _Absent(NamedTuple):
    """An entry that the journal knows and that is not in the ledger: as it was written, and what took it out when."""

    row_id: int
    said: dict[str, Any]
    undone: bool  # by undoing the command that wrote it, as nothing else may
    at: str | None


def _absent(connection: Connection) -> Iterator[_Absent]:
    names = _columns(connection)
    rows = connection.exec_driver_sql(
        """
        SELECT l.row_id, w.after, took.at,
               c.op = 'D' AND coalesce(took.kind = 'undo' AND took.target_id =
                   CASE wrote.kind WHEN 'redo' THEN wrote.target_id ELSE wrote.id END, 0) AS undone,
               c.op = 'D' AND json_array_length(c.before) <= :hash AS unchained
        FROM (SELECT row_id, max(id) FILTER (WHERE op = 'I') AS written, max(id) AS last FROM journal_change
              WHERE table_name = 'consent' GROUP BY row_id) l
        JOIN journal_change w ON w.id = l.written JOIN journal_change c ON c.id = l.last
        LEFT JOIN journal_command wrote ON wrote.id = w.command_id
        LEFT JOIN journal_command took ON took.id = c.command_id
        WHERE NOT EXISTS (SELECT 1 FROM consent k WHERE k.id = l.row_id) ORDER BY l.row_id
        """,
        {"hash": names.index("hash")},
    )
    for row in rows:
        if not row.unchained:  # of before there was a ledger: a client took her rows with her
            said = dict(zip(names, json.loads(row.after), strict=False))
            yield _Absent(row.row_id, said, bool(row.undone), row.at)


def _columns(connection: Connection) -> list[str]:
    return [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(consent)")]


def _gone(connection: Connection) -> Iterator[Broken]:
    """The newest entry of a chain leaves no gap where it is taken away, but the journal knows that it was written."""
    for row_id, said, undone, _ in _absent(connection):
        if not undone:
            channel, address = said["channel"], said["address"]
            yield Broken(channel, address, f"The consent ledger of {address} ({channel}) has lost entry {row_id}")


def taken_back(connection: Connection, channel: str, address: str) -> list[dict[str, Any]]:
    """The entries of an address that undo took out, as they were written, with `taken_back_at`."""
    return [
        {**{name: said.get(name) or "" for name in HASHED}, "taken_back_at": at}
        for _, said, undone, at in _absent(connection)
        if undone and (said["channel"], said["address"]) == (channel, address)
    ]
