"""A client's rows as they were at an instant (R30), rebuilt from what is there now and the journal's images since.

A row stood then as the first change after that instant found it, and stands still where nothing has changed it since.
"""

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table

from stylistdesk.db.journal import journaled_tables
from stylistdesk.queries.asking import Asking

Rows = dict[str, list[tuple[Any, ...]]]
"""By table: rows in the order of the table's columns, as SQLite has them; old images may lack the last columns."""

Key = tuple[str, int]
_AT_ONCE = 500


def last_change(asking: Asking, at: datetime) -> int:
    """The id of the last change that was made by then; 0 before the first."""
    connection = asking.session.connection()
    stamp = at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    # Ids are the order in which it happened; a clock that was set back says nothing of that.
    last = connection.exec_driver_sql("SELECT max(id) FROM journal_command WHERE at <= ?", (stamp,)).scalar()
    if last is None:
        return 0
    return int(
        connection.exec_driver_sql(
            "SELECT max(id) FROM journal_change WHERE command_id = (SELECT max(command_id) FROM journal_change "
            "WHERE command_id <= ?)",
            (last,),
        ).scalar()
        or 0
    )


def rows_as_of(asking: Asking, client_id: int, at: datetime) -> Rows:
    """Every row of a client, and every row that is no client's (brands, the desk), as it was at that instant."""
    connection, since = asking.session.connection(), last_change(asking, at)
    hers = _rows_of(connection, client_id, since)
    nobodys = _rows_of(connection, None, since)
    return {table.name: [*hers.get(table.name, ()), *nobodys.get(table.name, ())] for table in journaled_tables()}


def journal_as_of(asking: Asking, client_id: int, at: datetime) -> Rows:
    """The journal of a client up to that instant: its commands and changes."""
    connection, since = asking.session.connection(), last_change(asking, at)
    hers = "SELECT {} FROM journal_change WHERE (client_id = :client OR left_client_id = :client) AND id <= :since"
    given = {"client": client_id, "since": since}
    changes = connection.exec_driver_sql(hers.format("*"), given)
    commands = connection.exec_driver_sql(
        f"SELECT * FROM journal_command WHERE id IN ({hers.format('command_id')})", given
    )
    return {"journal_command": [tuple(row) for row in commands], "journal_change": [tuple(row) for row in changes]}


def _rows_of(connection: Connection, client_id: int | None, since: int) -> Rows:
    changed = _first_changes(connection, (client_id,), since, left=True)
    rows: Rows = {}
    for table in journaled_tables():
        if _is_own(table) or (client_id is None and _parent(table) is None):
            rows[table.name] = _own_rows(connection, table, client_id, changed)
    if client_id is None:
        return rows
    owners = _owners_since(connection, client_id, since)
    below = _first_changes(connection, owners, since, left=False)
    for table in journaled_tables():
        parent = None if _is_own(table) else _parent(table)
        if parent is not None:
            rows[table.name] = _hanging_rows(connection, table, parent, rows.get(parent[1], []), below)
    return rows


def _is_own(table: Table) -> bool:
    return table.name == "client" or "client_id" in table.columns


def _parent(table: Table) -> tuple[str, str] | None:
    """The column by which a row hangs on a client's row, and that row's table, as the journal sees it."""
    for column in table.columns:
        for foreign in column.foreign_keys:
            if "client_id" in foreign.column.table.columns:
                return column.name, foreign.column.table.name
    return None


def _first_changes(
    connection: Connection, clients: Iterable[int | None], since: int, *, left: bool
) -> dict[Key, str | None]:
    """For each row of these clients that was changed after `since`: its image before the first such change."""
    found: list[Any] = []
    for client in clients:
        wanted = "SELECT id, table_name, row_id, before FROM journal_change WHERE {} AND id > :since"
        sql = wanted.format("client_id IS :client")
        if left and client is not None:
            sql += " UNION ALL " + wanted.format("left_client_id = :client")
        found += connection.exec_driver_sql(sql, {"client": client, "since": since})
    first: dict[Key, str | None] = {}
    for _, table_name, row_id, before in sorted(found, key=lambda row: int(row[0])):
        first.setdefault((table_name, row_id), before)
    return first


def _owners_since(connection: Connection, client_id: int, since: int) -> set[int]:
    """Her, and every client to whom rows of hers have gone since (by a merge)."""
    owners, new = {client_id}, [client_id]
    while new:
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT client_id FROM journal_change WHERE left_client_id = ? AND id > ?", (new.pop(), since)
        )
        more = {int(row[0]) for row in rows if row[0] is not None} - owners
        owners |= more
        new += more
    return owners


def _own_rows(
    connection: Connection, table: Table, client_id: int | None, changed: dict[Key, str | None]
) -> list[tuple[Any, ...]]:
    owner = "id" if table.name == "client" else "client_id"
    of_client = owner in table.columns and (client_id is not None or table.name != "client")
    if client_id is None and table.name == "client":
        return []
    where, given = (f'WHERE "{owner}" IS ?', (client_id,)) if of_client else ("", ())
    now = connection.exec_driver_sql(f'SELECT {_columns(table)} FROM "{table.name}" {where}', given)
    place = [column.name for column in table.columns].index(owner) if of_client else None
    then = (
        tuple(json.loads(before)) for (name, _), before in changed.items() if name == table.name and before is not None
    )
    return _by_id(
        [
            *(tuple(row) for row in now if (table.name, row[0]) not in changed),
            *(image for image in then if place is None or image[place] == client_id),
        ]
    )


def _hanging_rows(
    connection: Connection,
    table: Table,
    parent: tuple[str, str],
    parents: Collection[tuple[Any, ...]],
    changed: dict[Key, str | None],
) -> list[tuple[Any, ...]]:
    column, ids = parent[0], sorted(row[0] for row in parents)
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), _AT_ONCE):
        batch = ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(batch))
        now = connection.exec_driver_sql(
            f'SELECT {_columns(table)} FROM "{table.name}" WHERE "{column}" IN ({marks})', tuple(batch)
        )
        found += [tuple(row) for row in now if (table.name, row[0]) not in changed]
    place, known = [each.name for each in table.columns].index(column), set(ids)
    for (name, _), before in changed.items():
        if name == table.name and before is not None:
            image = tuple(json.loads(before))
            if image[place] in known:
                found.append(image)
    return _by_id(found)


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _by_id(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=lambda row: int(row[0]))
