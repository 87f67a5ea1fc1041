"""Which rows are one client's: from the metadata, so that a table that is added later is hers too by what it names.

A row with a `client_id` is the one's who is named; one without hangs on the rows that it names (the line of an order).
Rows of others that name her, a certificate that another bought for her, are not hers.
"""

from functools import cache

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

OF_THE_DESK = frozenset(
    ("availability", "brand", "buyer_model", "calendar_account", "commission_payment", "company_file", "csat_check",
     "desk_info", "erasure", "goal", "import_batch", "journal_command", "journal_change", "journal_state",
     "primary_wanted", "return_address", "reward_tier", "template", "training", "website", "website_link")
)  # fmt: skip
"""What is no client's. The journal is told apart: it has her history."""

BESIDE = {"delivery": ("outgoing_email", "id"), "expected_value": ("client", "id")}
"""Tables whose rows belong to a row of another by having its id."""

BY_NAME = ("calendar_conflict", "calendar_link")
"""Tables whose rows say in `what` and `row_id` which row they are about."""

_WHAT = ("appointment", "follow_up", "calendar_event", "task")


def tables() -> list[Table]:
    """Every table, parents first."""
    import stylistdesk.db.tables  # noqa: F401  (registers the tables)

    return list(SQLModel.metadata.sorted_tables)


@cache
def conditions() -> dict[str, str]:
    """By table, the SQL that says which of its rows are those of `:client`. Parents first."""
    found: dict[str, str] = {}
    everything = {table.name: table for table in tables()}
    for name, table in everything.items():
        if name in OF_THE_DESK or name in BESIDE or name in BY_NAME:
            continue
        if said := _condition(table, found):
            found[name] = said
    found["opt_out"] = (
        "(channel = 'email' AND address IN (SELECT email_key FROM contact WHERE client_id = :client)) OR "
        "(channel = 'text' AND address IN (SELECT phone FROM contact WHERE client_id = :client)) OR "
        "EXISTS (SELECT 1 FROM consent k WHERE k.client_id = :client AND k.channel = opt_out.channel "
        "AND k.address = opt_out.address)"
    )
    for name, (parent, column) in BESIDE.items():
        found[name] = f'{column} IN (SELECT id FROM "{parent}" WHERE {found[parent]})'
    for name in BY_NAME:
        of_kinds = (
            f"(what = '{kind}' AND row_id IN (SELECT id FROM \"{kind}\" WHERE {found[kind]}))" for kind in _WHAT
        )
        found[name] = " OR ".join(of_kinds)
    return found


def _condition(table: Table, found: dict[str, str]) -> str:
    if table.name == "client":
        return "id = :client"
    links = [
        (column.name, foreign.column.table)
        for column in table.columns
        for foreign in column.foreign_keys
        if foreign.column.table.name in found and foreign.column.table.name not in ("client", table.name)
    ]
    hanging = ""
    if links:
        one = " OR ".join(f'"{link}" IN ({_hers(parent, found)})' for link, parent in links)
        no_others = " AND ".join(f'("{link}" IS NULL OR "{link}" IN ({_not_others(parent, found)}))'
                                 for link, parent in links)  # fmt: skip
        hanging = f"(({one}) AND {no_others})"
    if "client_id" not in table.columns:
        return hanging
    if table.columns["client_id"].nullable and hanging:
        return f"(client_id = :client OR (client_id IS NULL AND {hanging}))"
    return "client_id = :client"


def _hers(parent: Table, found: dict[str, str]) -> str:
    return f'SELECT id FROM "{parent.name}" WHERE {found[parent.name]}'


def _not_others(parent: Table, found: dict[str, str]) -> str:
    nobodys = " OR client_id IS NULL" if "client_id" in parent.columns else ""
    return f"{_hers(parent, found)}{nobodys}"


def ids(connection: Connection, client_id: int) -> dict[str, list[int]]:
    """The ids of her rows, by table; tables in which she has none are left out."""
    found = {
        name: [
            int(row[0])
            for row in connection.exec_driver_sql(f'SELECT id FROM "{name}" WHERE {which} ORDER BY id',
                                                  {"client": client_id})
        ]
        for name, which in conditions().items()
    }  # fmt: skip
    return {name: rows for name, rows in found.items() if rows}
