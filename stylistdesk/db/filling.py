"""Filling tables with very many rows at once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlmodel import SQLModel


@contextmanager
def indexes_made_last(connection: Connection, tables: Iterable[str]) -> Iterator[None]:
    """Drop the plain indexes of tables while they are filled, and make them again at the end, which is faster.

    What makes rows unique stays.
    """
    indexes = [one for name in tables for one in SQLModel.metadata.tables[name].indexes if not one.unique]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)
