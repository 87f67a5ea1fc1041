"""Everything that the desk has of one client, for her to have when she asks: read from the metadata, no table left out.

What names another client's row is left empty. What somebody wrote of her stays as it is: where her notes or messages
name another client, that is told, for the rep to look at before she hands it over.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from stylistdesk.db import hers
from stylistdesk.db.taking_out import PROSE, text_columns
from stylistdesk.domain.comparison import MOST_NAMES, say_rows
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.mentions import Mentions
from stylistdesk.domain.types import Channel
from stylistdesk.queries.proof import Proof, proof_of

if TYPE_CHECKING:
    from stylistdesk.queries.asking import Asking

Row = dict[str, Any]

ABOUT_TWO = ("distinct_clients",)
"""What says of two clients that they are two: it is as much about the other."""

WITH_OTHERS = "a step that was not about her alone"
STEP = "history_step"
HQ = "HQ notes, written by headquarters"
OWN = "the rep's own note"


@dataclass(frozen=True, slots=True)
class WholeFile:
    """Her rows by table, as they are stored (sums in minor units, instants in UTC), and what goes beside them.

    `history` is what was done, the oldest first; `proofs` are of her addresses that nobody else here has too. `named`
    has the other clients whom a row's words name, by table and id, or by `STEP` and the place in the history; `brands`
    are the names of brands.
    """

    client_id: int
    name: str
    rows: dict[str, list[Row]]
    held_certificates: list[Row]
    history: list[Row]
    attachments: list[tuple[str, str]]
    proofs: list[Proof]
    named: dict[tuple[str, int], tuple[str, ...]]
    brands: dict[int, str]


def whole_file(asking: "Asking", client_id: int) -> WholeFile:
    """Read it all, in one snapshot. Raises `Refused` if she is not on the desk."""
    connection = asking.session.connection()
    name = connection.exec_driver_sql("SELECT name FROM client WHERE id = ?", (client_id,)).scalar()
    if name is None:
        raise Refused("She is no longer on the desk.", hint="Look for her in all clients.")
    ids = hers.ids(connection, client_id)
    history = list(_history(connection, client_id, ids))
    rows = {table: list(_rows(connection, table, ids)) for table in hers.conditions() if table not in ABOUT_TWO}
    return WholeFile(
        client_id,
        str(name),
        rows,
        [dict(row._mapping) for row in connection.exec_driver_sql(_HELD, (client_id, client_id))],
        history,
        [(row["name"], row["sha256"]) for row in rows["attachment"]],
        list(_proofs(asking, client_id, rows["contact"])),
        _named(connection, client_id, rows, history),
        {row[0]: row[1] for row in connection.exec_driver_sql("SELECT id, name FROM brand")},
    )


def whom_it_names(asking: "Asking", client_id: int, most: int = MOST_NAMES) -> tuple[str, ...]:
    """Which other clients the words in her file name, and where, a sentence; nothing where they name nobody."""
    return named_lines(whole_file(asking, client_id), most)


def named_lines(file: WholeFile, most: int = MOST_NAMES) -> tuple[str, ...]:
    """ "It names Bea Okafor (2 notes, 1 message).", and what to do; nothing where nobody else is named."""
    counts: dict[str, dict[str, int]] = {}
    for (table, _), names in file.named.items():
        for name in names:
            counts.setdefault(name, {}).setdefault(table, 0)
            counts[name][table] += 1
    if not counts:
        return ()
    said = [f"{name} ({say_rows(where)})" for name, where in sorted(counts.items())]
    more = f" and {len(said) - most} more" if len(said) > most else ""
    return (f"It names other clients: {', '.join(said[:most])}{more}.",
            "They are marked in the page: look there before you hand it over.")  # fmt: skip


Named = dict[tuple[str, int], tuple[str, ...]]


def _named(connection: Connection, client_id: int, rows: dict[str, list[Row]], history: list[Row]) -> Named:
    """The other clients whom her rows and their history name in prose; what names her too is hers."""
    known = _known_people(connection, client_id)
    told = {(table, int(row["id"])): _prose(table, row) for table, there in rows.items() for row in there}
    for place, row in enumerate(history):
        told[STEP, place] = [
            row["step"] or "",
            *_prose(row["table"], row["before"]),
            *_prose(row["table"], row["after"]),
        ]
    named = ((place, dict.fromkeys(name for text in texts for name in known.named_in(text)))
             for place, texts in told.items())  # fmt: skip
    return {place: tuple(names) for place, names in named if names}


def _known_people(connection: Connection, client_id: int) -> Mentions:
    known = Mentions()
    people = (
        "SELECT p.name, c.name AS called, c.email, c.phone FROM client p LEFT JOIN contact c ON c.client_id = p.id "
        "WHERE (p.id = ?) = ? ORDER BY p.id"
    )
    for is_her in (True, False):
        for row in connection.exec_driver_sql(people, (client_id, is_her)):
            who = "" if is_her else str(row.name)
            known.add(who, row.name, row.email or "", row.phone or "")
            known.add(who, row.called if row.called and " " in row.called.strip() else "")
    return known


def _prose(table: str, row: Row) -> list[str]:
    return [str(row[column]) for column in _in_prose(table) if row.get(column)]


@cache
def _in_prose(table: str) -> tuple[str, ...]:
    """The columns in which somebody wrote, and the names of files."""
    return tuple(c for c, _ in text_columns(table) if c in PROSE or (table, c) == ("attachment", "name"))


def mark_of(table: str, column: str) -> str:
    """Whose words a column holds, where that has to be said: "HQ notes, written by headquarters"."""
    if column == "hq_notes":
        return HQ
    own = column in ("note", "rep_notes") or (table, column) in (("note", "body"), ("client", "description"))
    return OWN if own else ""


_HELD = (
    "SELECT number, currency, sold_on, sent_at, (SELECT sum(cents) FROM gift_movement WHERE gift_id = g.id) "
    "AS left_cents FROM gift_certificate g WHERE for_client_id = ? AND client_id <> ? ORDER BY id"
)


@cache
def _links(table: str) -> dict[str, str]:
    """The columns that name a client's row, each with that row's table."""
    theirs = hers.conditions()
    return {
        column.name: foreign.column.table.name
        for column in SQLModel.metadata.tables[table].columns
        for foreign in column.foreign_keys
        if foreign.column.table.name in theirs
    }


def _rows(connection: Connection, table: str, ids: dict[str, list[int]]) -> Iterator[Row]:
    found = connection.exec_driver_sql(
        f'SELECT * FROM "{table}" WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
        (json.dumps(ids.get(table, [])),),
    )
    known = {name: frozenset(there) for name, there in ids.items()}
    for row in found:
        yield _only_hers(table, dict(row._mapping), known)


def _only_hers(table: str, row: Row, known: dict[str, frozenset[int]]) -> Row:
    if row.get("for_client_id") not in (None, *known["client"]) and "for_name" in row:
        row["for_name"] = ""
    for column, parent in _links(table).items():
        if row.get(column) is not None and row[column] not in known.get(parent, ()):
            row[column] = None
    return row


def _history(connection: Connection, client_id: int, ids: dict[str, list[int]]) -> Iterator[Row]:
    """What was done of hers: when, by whom, what, and what stood there before."""
    columns = {name: [c.name for c in SQLModel.metadata.tables[name].columns] for name in hers.conditions()}
    known = {name: frozenset(there) for name, there in ids.items()}
    found = connection.exec_driver_sql(
        "SELECT c.table_name, c.row_id, c.op, c.before, c.after, d.at, d.by, d.label, d.state, "
        "EXISTS (SELECT 1 FROM journal_change o WHERE o.command_id = c.command_id AND o.client_id <> c.client_id) "
        "AS others FROM journal_change c LEFT JOIN journal_command d ON d.id = c.command_id "
        "WHERE c.client_id = ? AND c.left_client_id IS NULL ORDER BY c.id",
        (client_id,),
    )
    words = {"I": "added", "U": "changed", "D": "removed"}
    for row in found:
        if row.table_name in ABOUT_TWO or row.table_name not in columns:
            continue
        names = columns[row.table_name]
        before, after = (
            _only_hers(row.table_name, dict(zip(names, json.loads(image), strict=False)), known) if image else {}
            for image in (row.before, row.after)
        )
        yield {
            "at": row.at,
            "by": row.by,
            "step": row.label if not row.others else WITH_OTHERS,
            "taken_back": row.state not in (None, "done"),
            "what": words[row.op],
            "table": row.table_name,
            "id": row.row_id,
            "before": {name: value for name, value in before.items() if not after or value != after.get(name)},
            "after": {name: value for name, value in after.items() if not before or value != before.get(name)},
        }


def _proofs(asking: "Asking", client_id: int, contacts: list[Row]) -> Iterator[Proof]:
    for channel, column in ((Channel.EMAIL, "email_key"), (Channel.TEXT, "phone")):
        for address in dict.fromkeys(str(row[column]) for row in contacts if row[column]):
            shared = asking.session.connection().exec_driver_sql(
                f"SELECT 1 FROM contact WHERE {column} = ? AND client_id <> ? UNION ALL "
                "SELECT 1 FROM consent WHERE channel = ? AND address = ? AND client_id <> ?",
                (address, client_id, channel.value, address, client_id),
            )
            if shared.first() is None:
                yield proof_of(asking, client_id, channel, address)
