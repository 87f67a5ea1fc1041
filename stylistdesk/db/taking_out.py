"""Taking the names of an erased client out of what others have: their rows, the journal's images and its labels."""

import json
import re
from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection, Table
from sqlmodel import AutoString, SQLModel

from stylistdesk.db import hers
from stylistdesk.db.her_names import HerNames
from stylistdesk.domain.naming import Naming

PROOF = ("consent", "opt_out")
"""What stays as it is."""

PROSE = frozenset(
    ("body", "comment", "description", "end_reason", "for_name", "hq_notes", "note", "outcome", "reason", "reminder",
     "rep_notes", "subject", "title", "type_reason", "words")
)  # fmt: skip
"""Columns in which a single word with a capital may be a name. In others it is that of an item, a brand, a place."""

Near = dict[str, frozenset[int]]
"""The rows of others that are about events of hers, by table: what says "Fay" there means their host."""

_NOT_PLAIN = f"GLOB '*[^{chr(1)}-{chr(127)}]*'"
_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|[^,\[\]]+')


@cache
def text_columns(name: str) -> tuple[tuple[str, bool], ...]:
    """The columns of free text of a table, each with whether it may be empty of a value."""
    table: Table = SQLModel.metadata.tables[name]
    return tuple((c.name, bool(c.nullable)) for c in table.columns if isinstance(c.type, AutoString))


def near_events(connection: Connection, rows: dict[str, list[int]]) -> Near:
    """The rows that hang on her events, and the tickets about orders that went to them or from them."""
    events = json.dumps(rows.get("host_event", []))
    found: dict[str, set[int]] = {}
    for table in hers.tables():
        links = [c.name for c in table.columns if any(f.column.table.name == "host_event" for f in c.foreign_keys)]
        if links:
            which = " OR ".join(f'"{link}" IN (SELECT value FROM json_each(:events))' for link in links)
            told = connection.exec_driver_sql(f'SELECT id FROM "{table.name}" WHERE {which}', {"events": events})
            found[table.name] = {int(row[0]) for row in told}
    tickets = connection.exec_driver_sql(
        "SELECT ticket_id FROM order_move WHERE ticket_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(found["order_move"])),),
    )
    found["ticket"] = {int(row[0]) for row in tickets}
    return {name: frozenset(there) for name, there in found.items() if there}


def out_of_rows(connection: Connection, names: HerNames, near: Near) -> None:
    """Out of every text column of every table."""
    for table in hers.tables():
        if table.name in (*PROOF, "erasure", "primary_wanted") or table.name.startswith("journal_"):
            continue
        for column, _ in text_columns(table.name):
            in_prose = column in PROSE
            _out_of_column(connection, table.name, column, names.prose if in_prose else names.anywhere)
            if in_prose and table.name in near:
                _out_of_column(connection, table.name, column, names.near_events, near[table.name])


def out_of_images(connection: Connection, names: HerNames, near: Near) -> None:
    """Out of what the journal has of others' rows, so that they look as the rows do."""
    changed = []
    for row in connection.exec_driver_sql(
        "SELECT id, table_name, row_id, before, after FROM journal_change "
        "WHERE table_name NOT IN ('consent', 'opt_out') "
        f"AND ({_may_name(names.labels, 'before', 'after')} OR {_is_near(near)})",
        (*names.labels.signs,),
    ):
        is_near = row.row_id in near.get(row.table_name, ())
        prose = names.near_events if is_near else names.prose
        images = [image and _image_without(row.table_name, image, names, prose) for image in (row.before, row.after)]
        if images != [row.before, row.after]:
            changed.append((*images, row.id))
    if changed:
        connection.exec_driver_sql("UPDATE journal_change SET before = ?, after = ? WHERE id = ?", changed)


def out_of_labels(connection: Connection, names: HerNames, near: Near) -> None:
    """Out of what the history says was done."""
    of_events = {row[0] for row in connection.exec_driver_sql(
        f"SELECT DISTINCT command_id FROM journal_change WHERE {_is_near(near)}")}  # fmt: skip
    found = connection.exec_driver_sql(
        f"SELECT id, label FROM journal_command WHERE {_may_name(names.labels, 'label')} "
        "OR id IN (SELECT value FROM json_each(?))",
        (*names.labels.signs, json.dumps(sorted(of_events))),
    )
    said = [((names.near_events if row.id in of_events else names.labels).taken_out(row.label), row) for row in found]
    changed = [(label, row.id) for label, row in said if label != row.label]
    if changed:
        connection.exec_driver_sql("UPDATE journal_command SET label = ? WHERE id = ?", changed)


def _out_of_column(
    connection: Connection, table: str, column: str, naming: Naming, only: frozenset[int] | None = None
) -> None:
    if not naming:
        return
    which, given = f"({_may_name(naming, column)})", naming.signs
    if only is not None:
        which, given = "id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(only)),)
    found = connection.exec_driver_sql(
        f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" <> \'\' AND {which}', given
    )
    changed = [(new, row_id) for row_id, text in found if (new := naming.taken_out(text)) != text]
    if changed:
        connection.exec_driver_sql(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', changed)


def _may_name(naming: Naming, *columns: str) -> str:
    """The SQL for texts that may name her: SQLite folds plain letters alone, so all that has others is looked at."""
    many = len(naming.signs)
    numbers = range(1, many + 1)
    parts = [f"\"{column}\" LIKE '%' || ?{number} || '%'" for column in columns for number in numbers]
    return " OR ".join([*parts, *(f'"{column}" {_NOT_PLAIN}' for column in columns)])


def _is_near(near: Near) -> str:
    ids = {name: ", ".join(map(str, sorted(there))) for name, there in near.items()}
    return " OR ".join([f"(table_name = '{name}' AND row_id IN ({those}))" for name, those in ids.items()] or ["0"])


def _image_without(table: str, image: str, names: HerNames, prose: Naming) -> str:
    if not prose.is_in(_as_text(image)):
        return image
    columns = list(_columns(table))
    return "".join(_values_without(image, columns, names, prose))


def _as_text(image: str) -> str:
    return image.replace(r"\n", " ").replace(r"\t", " ").replace(r"\"", '"')


def _values_without(image: str, columns: list[str], names: HerNames, prose: Naming) -> Iterator[str]:
    """The image, value by value: what is no text of ours stands as SQLite wrote it, or no undo would know its row."""
    last = 0
    for place, match in enumerate(_VALUE.finditer(image)):
        column = columns[place] if place < len(columns) else ""
        value = match.group()
        if column and value.startswith('"'):
            text = json.loads(value)
            new = (prose if column in PROSE else names.anywhere).taken_out(text)
            value = value if new == text else json.dumps(new, ensure_ascii=False)
        yield image[last : match.start()]
        yield value
        last = match.end()
    yield image[last:]


@cache
def _columns(table: str) -> tuple[str, ...]:
    """The columns of an image in their order; empty for one that holds no free text."""
    texts = {column for column, _ in text_columns(table)}
    return tuple(c.name if c.name in texts else "" for c in SQLModel.metadata.tables[table].columns)
