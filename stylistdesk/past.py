"""The desk as it was at an instant, for one client (R30): every query can be asked of it, and nothing can be done."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from threading import RLock
from typing import Any, Concatenate, Never, ParamSpec, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, create_engine

from stylistdesk.db.engine import add_functions
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskReadOnly
from stylistdesk.queries.as_of import Rows, journal_as_of, rows_as_of
from stylistdesk.queries.asking import Asking

P = ParamSpec("P")
T = TypeVar("T")


class PastDesk:
    """A private copy, in memory, of one client's rows as they were; its now is that instant."""

    def __init__(self, desk: Desk, client_id: int, at: datetime) -> None:
        self.client_id, self.at = client_id, at
        self.copy_to_open, self.save_copy = desk.copy_to_open, desk.save_copy
        self.paths, self.settings, self.version = desk.paths, desk.settings, desk.version
        self.rep_name, self.zone, self.currency, self.country = desk.rep_name, desk.zone, desk.currency, desk.country
        self.read_only: str = "This is how it was; it can only be read."
        self._asking = RLock()
        self._engine = _memory()
        rows = desk.ask(rows_as_of, client_id, at) | desk.ask(journal_as_of, client_id, at)
        self.is_known = bool(rows["client"])
        _fill(self._engine, rows)

    def ask(self, query: Callable[Concatenate[Asking, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask a query of how it was."""
        with self._asking, Session(self._engine) as session:
            return query(
                Asking(session, self.at, self.zone, self.currency, self.country, self.settings), *args, **kwargs
            )

    def now(self) -> datetime:
        """The instant that is looked back at."""
        return self.at

    def do(self, command: object) -> Never:
        """Refuses: what was cannot be changed."""
        raise DeskReadOnly(self.read_only, hint="Go back to today first.")

    def close(self) -> None:
        """Drop the copy."""
        self._engine.dispose()


def _memory() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", lambda connection, _: add_functions(connection))
    SQLModel.metadata.create_all(engine)
    return engine


def _fill(engine: Engine, rows: Rows) -> None:
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for width, alike in _by_width(rows.get(table.name, ())):
                columns = ", ".join(f'"{column.name}"' for column in list(table.columns)[:width])
                marks = ", ".join("?" * width)
                connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', alike)


def _by_width(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[int, list[tuple[Any, ...]]]]:
    """Rows by how many columns they have: an image from before a column was added has fewer."""
    for width, alike in groupby(sorted(rows, key=len), key=len):
        yield width, list(alike)
