"""What an import writes: gathered, stored in bulk, and counted. A row that would not change is not written."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import Table, bindparam, delete, insert, select, text, update
from sqlmodel import Session, SQLModel

from stylistdesk.db.tables import ClientExternalId, Consent, StyleQuizAnswer

Model = type[SQLModel]
Values = dict[str, Any]

_NOT_TOLD = frozenset(table.__tablename__ for table in (ClientExternalId, Consent, StyleQuizAnswer))
_BATCH = 500


def table_of(model: Model) -> Table:
    """The table of a model, for statements that go past the object layer."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


@cache
def _blank(model: Model) -> Values:
    fields = model.model_fields
    return {
        name: None if field.default is PydanticUndefined else field.default
        for name, field in fields.items()
        if name in table_of(model).columns
    }


def fetch(session: Session, model: Model, column: str, keys: Iterable[Any], **only: Any) -> list[Values]:
    """The rows of a table whose `column` is one of `keys` (and whose other columns are as in `only`), by id."""
    table = table_of(model)
    wanted = list(dict.fromkeys(keys))
    rows: list[Values] = []
    for start in range(0, len(wanted), _BATCH):
        query = select(table).where(table.c[column].in_(wanted[start : start + _BATCH])).order_by(table.c.id)
        for name, value in only.items():
            query = query.where(table.c[name] == value)
        rows += [dict(row) for row in session.execute(query).mappings()]
    return rows


def differences(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> Values:
    """What of `wanted` differs from the row."""
    return {name: value for name, value in wanted.items() if row[name] != value}


class Ledger:
    """The inserts and updates of one import; `flush` writes them in bulk, in an order that keeps references valid."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.unchanged: Counter[str] = Counter()
        self.clients: set[int] = set()
        self.written = 0
        self._created: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._updated: set[tuple[str, int]] = set()
        self._inserts: dict[str, dict[int, Values]] = {}
        self._updates: dict[str, dict[int, Values]] = {}

    def insert(self, model: Model, **values: Any) -> int:
        """A new row; columns that are not given are blank. Its id, which is the one that SQLite would have given."""
        name = str(model.__tablename__)
        row_id = self._next_id(name)
        self._inserts.setdefault(name, {})[row_id] = {**_blank(model), **values, "id": row_id}
        self._created[name] += 1
        self.written += 1
        self._touch(values.get("client_id"))
        return row_id

    def pending(self, model: Model, row_id: int) -> Values:
        """A row that was inserted since the last flush."""
        return self._inserts[str(model.__tablename__)][row_id]

    def update(self, model: Model, row_id: int, changes: Values, client_id: int | None = None) -> bool:
        """Change a row; nothing is written for no changes. Whether there were any."""
        if not changes:
            return False
        name = str(model.__tablename__)
        pending = self._inserts.get(name, {}).get(row_id)
        if pending is not None:
            pending |= changes
            return True
        self._updates.setdefault(name, {}).setdefault(row_id, {}).update(changes)
        if not self.is_new(model, row_id):
            self._updated.add((name, row_id))
        self.written += 1
        self._touch(client_id)
        return True

    def remove(self, model: Model, row_ids: Iterable[int]) -> None:
        """Delete rows at once."""
        table = table_of(model)
        for row_id in row_ids:
            self.session.execute(delete(table).where(table.c.id == row_id))
            self.written += 1

    def is_new(self, model: Model, row_id: int) -> bool:
        """Whether the row was made by this import."""
        first = self._first.get(str(model.__tablename__))
        return first is not None and row_id >= first

    def _touch(self, client_id: int | None) -> None:
        if client_id is not None:
            self.clients.add(client_id)

    def _next_id(self, name: str) -> int:
        if name not in self._next:
            last = self.session.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": name})
            self._first[name] = self._next[name] = int(last.scalar() or 0) + 1
        row_id = self._next[name]
        self._next[name] += 1
        return row_id

    def flush(self) -> None:
        """Write what was gathered."""
        if not self._inserts and not self._updates:
            return
        for table in SQLModel.metadata.sorted_tables:
            rows = self._inserts.pop(table.name, None)
            if rows:
                self.session.execute(insert(table), list(rows.values()))
        for name, changes in self._updates.items():
            self._write_updates(SQLModel.metadata.tables[name], changes)
        self._updates.clear()

    def _write_updates(self, table: Table, changes: dict[int, Values]) -> None:
        # One statement for each set of columns: the driver then runs it for all rows at once.
        def columns(item: tuple[int, Values]) -> tuple[str, ...]:
            return tuple(sorted(item[1]))

        for names, group in groupby(sorted(changes.items(), key=columns), key=columns):
            statement = (
                update(table)
                .where(table.c.id == bindparam("row_id"))
                .values({name: bindparam(f"new_{name}") for name in names})
            )
            rows = [{"row_id": row_id, **{f"new_{name}": row[name] for name in names}} for row_id, row in group]
            self.session.connection().execute(statement, rows)

    @property
    def created(self) -> dict[str, int]:
        """How many rows were made, by kind."""
        return {name: count for name, count in self._created.items() if name not in _NOT_TOLD}

    @property
    def updated(self) -> dict[str, int]:
        """How many rows that were there were changed, by kind."""
        return dict(Counter(name for name, _ in self._updated if name not in _NOT_TOLD))
