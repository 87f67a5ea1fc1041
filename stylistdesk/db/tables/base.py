"""What all tables share: column types and the integer key."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC as text. Naive values are refused, both ways."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: say which zone it is in")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def key() -> Any:
    """The table's own integer key, never given twice (SQLite's AUTOINCREMENT)."""
    return Field(default=None, primary_key=True)


def utc(*, index: bool = False) -> Any:
    """An instant that must be there."""
    return Field(sa_type=UtcDateTime, nullable=False, index=index)


def utc_or_none(*, index: bool = False) -> Any:
    """An instant that may be missing."""
    return Field(default=None, sa_type=UtcDateTime, nullable=True, index=index)


def word(kind: type[StrEnum], default: StrEnum | None = None, *, optional: bool = False, later: bool = False) -> Any:
    """One of the words of an enum, stored as the word itself; `later` as in the function of that name."""
    column = EnumColumn(kind, values_callable=lambda k: [m.value for m in k], native_enum=False, length=32)
    if later and default is not None:
        return Field(
            default=default, sa_type=column, nullable=False, sa_column_kwargs={"server_default": default.value}
        )
    if optional or default is not None:
        return Field(default=default, sa_type=column, nullable=optional)
    return Field(sa_type=column, nullable=False)


def later(default: str | int | bool = "") -> Any:
    """A column that a later schema added: rows and journal images from before it get the default."""
    told = str(int(default)) if isinstance(default, int) else default
    return Field(default=default, nullable=False, sa_column_kwargs={"server_default": told})


KEPT = {"sqlite_autoincrement": True}
"""Table arguments of every table: keys are not used again, so a signal's id is its recorded order (R4)."""
