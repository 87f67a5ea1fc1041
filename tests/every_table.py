"""A client with a row of hers in every table, made from the metadata: a new table is in it without a word."""

from typing import Any

from sqlalchemy import Boolean, Connection, Date, DateTime, Enum, Integer, Table
from sqlmodel import Session

from stylistdesk.db import hers
from stylistdesk.db.tables.base import UtcDateTime
from stylistdesk.desk import Desk

MARK = "kept of her"


def fill(desk: Desk, client_id: int) -> dict[str, int]:
    """Give her a row in each table that has clients' rows; the ids of the rows by table."""
    made = {"client": client_id}

    def write(session: Session) -> None:
        connection = session.connection()
        connection.exec_driver_sql("INSERT INTO brand (name, name_key, note) VALUES ('Brand', 'brand', '')")
        connection.exec_driver_sql(
            "INSERT INTO calendar_account (name, url, username) VALUES ('Mine', 'https://example.com', 'robin')"
        )
        made.update({"brand": 1, "calendar_account": 1})
        for table in sorted(hers.tables(), key=lambda one: one.name in (*hers.BESIDE, *hers.BY_NAME)):
            if table.name not in hers.OF_THE_DESK and table.name not in ("client", "distinct_clients"):
                made[table.name] = _insert(connection, table, made, client_id)

    desk.note(write)
    return made


def _insert(connection: Connection, table: Table, made: dict[str, int], client_id: int) -> int:
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.name == "id" and table.name not in hers.BESIDE:
            continue
        parent = next((foreign.column.table.name for foreign in column.foreign_keys), "")
        if column.name == "id":
            values["id"] = made[hers.BESIDE[table.name][0]]
        elif column.name == "client_id":
            values["client_id"] = client_id
        elif parent:
            values[column.name] = made.get(parent)
        else:
            values[column.name] = _value(table, column)
    if table.name in hers.BY_NAME:
        values |= {"what": "appointment", "row_id": made["appointment"]}
    if table.name == "gift_movement":
        values["cents"] = 0
    if table.name == "location":
        values["is_primary"] = True
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" for _ in values)
    row = connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({names}) VALUES ({marks}) RETURNING id', tuple(values.values())
    )
    return int(row.scalar_one())


def _value(table: Table, column: Any) -> Any:
    known = {"sha256": "ab" * 32, "last_four": "1234", "themes": "[]"}
    if column.name == "address" and table.name in ("opt_out", "consent"):
        return "+12125550199"
    if column.name in known:
        return known[column.name]
    kind = column.type
    by_kind: tuple[tuple[Any, Any], ...] = (
        (Enum, getattr(kind, "enums", [""])[0]),
        (Boolean, 0),
        (Integer, 1),
        (Date, "2026-01-02"),
        ((DateTime, UtcDateTime), "2026-01-02 00:00:00.000000"),
    )
    return next((value for of, value in by_kind if isinstance(kind, of)), f"{MARK} {table.name}.{column.name};")
