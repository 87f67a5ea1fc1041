"""Rows by the thousand: plain Core inserts, past the journal."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from stylistdesk.db.consent_ledger import Chains

CHUNK = 5_000
"""Rows held before they are written."""


class Rows:
    """The rows of one table on their way into the desk; their ids are given here, from 1 on."""

    def __init__(self, connection: Connection, model: type[SQLModel], on_full: Callable[[], None]) -> None:
        self._connection = connection
        self._on_full = on_full
        self._insert = SQLModel.metadata.tables[str(model.__tablename__)].insert()
        self._waiting: list[dict[str, Any]] = []
        self.last_id = 0

    def add(self, **row: Any) -> int:
        """Take one row, all of its columns but the id; gives the id."""
        self.last_id += 1
        row["id"] = self.last_id
        self._waiting.append(row)
        if len(self._waiting) >= CHUNK:
            self._on_full()
        return self.last_id

    def flush(self) -> None:
        """Write what is held."""
        if self._waiting:
            self._connection.execute(self._insert, self._waiting)
            self._waiting = []


class Filling:
    """All tables being filled. They are written in the order in which they were first asked for: parents first."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.chains = Chains(connection, everything=True)
        self._rows: dict[type[SQLModel], Rows] = {}

    def rows(self, model: type[SQLModel]) -> Rows:
        """The rows of one table."""
        if model not in self._rows:
            self._rows[model] = Rows(self.connection, model, self.flush)
        return self._rows[model]

    def flush(self) -> None:
        """Write everything that is held."""
        for rows in self._rows.values():
            rows.flush()
