"""The whole desk as JSON: which tables and columns there are, and what a value of each may be (docs/json.md).

All of it is read off the metadata, so that a new table or column is in the file without another word.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, Table
from sqlalchemy import Enum as EnumColumn
from sqlmodel import SQLModel

from stylistdesk.clock import zone_named
from stylistdesk.db import journal
from stylistdesk.db.tables.base import UtcDateTime

DESK = "desk"
"""The format's name beside those of `formats.py`."""
DESK_LABEL = "a whole desk of stylistdesk"
NAME = "stylistdesk desk"
VERSION = 1
"""Of the file's own layout; which tables and columns it has is told by its schema."""

HISTORY = ("journal_command", "journal_change")
ONLY_WITH_HISTORY = (*HISTORY, "calendar_link")
"""What would be false beside a history that begins anew; the links tell how a calendar on a server was left."""
_NEVER = frozenset(("journal_state", "primary_wanted"))
SETTINGS = "settings"
"""What the settings file says, but for the places of one machine (`settings.portable`)."""
FILES = "files"
FILE_COLUMNS = ("sha256", "part", "base64")
"""The clients' files, in parts: no table of the desk."""

LARGEST_ID = 1 << 53
"""Beyond it, programs that keep numbers as JavaScript does would change an id."""
_LARGEST_NUMBER = 1 << 63

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_UNSAFE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Kept:
    """A column of the file: what its values are, in words, and whether one is such; `stands_for` is what it is without.

    `stands_for` is `...` for a column that must be in the file.
    """

    name: str
    kind: str
    holds: Callable[[Any], bool]
    is_optional: bool
    stands_for: Any
    refers_to: str = ""


@cache
def tables(*, history: bool) -> tuple[Table, ...]:
    """The tables in the order of the file: what a row refers to comes before it."""
    import stylistdesk.db.tables  # noqa: F401  (registers the tables)

    left_out = _NEVER if history else _NEVER.union(ONLY_WITH_HISTORY)
    found = [table for table in SQLModel.metadata.sorted_tables if table.name not in left_out]
    return tuple(sorted(found, key=lambda table: table.name in HISTORY))


@cache
def kept_columns(name: str) -> tuple[Kept, ...]:
    """The columns of a table of this schema, in their order."""
    return tuple(map(_kept, SQLModel.metadata.tables[name].columns))


def _kept(column: "Column[Any]") -> Kept:
    kind, holds = _told(column)
    special = _SPECIAL.get(f"{column.table.name}.{column.name}") or _SPECIAL.get(column.name)
    if special is not None and kind == "text":
        kind, also = special
        plain = holds
        holds = lambda value: plain(value) and also(value)  # noqa: E731
    to = next((foreign.column.table.name for foreign in column.foreign_keys), "")
    return Kept(column.name, kind, holds, bool(column.nullable), _stands_for(column), to)


def _stands_for(column: "Column[Any]") -> Any:
    """What a row has where the file is from before the column."""
    if column.nullable:
        return None
    default = getattr(column.server_default, "arg", None)
    if default is None:
        default = getattr(column.default, "arg", None)
    if default is None or callable(default):
        return ...
    default = getattr(default, "value", default)
    return int(default) if isinstance(column.type, Integer | Boolean) else str(default)


def _told(column: "Column[Any]") -> tuple[str, Callable[[Any], bool]]:
    if column.primary_key:
        return "number, the row's id", lambda value: type(value) is int and 0 < value < LARGEST_ID
    if isinstance(column.type, EnumColumn):
        words = frozenset(map(str, column.type.enums))
        return " · ".join(column.type.enums), lambda value: type(value) is str and value in words
    return next((told for kind, told in _TYPES.items() if isinstance(column.type, kind)), _TEXT)


def _is_text(value: object) -> bool:
    return type(value) is str and not _UNSAFE.search(value)


def _reads(form: re.Pattern[str], read: Callable[[str], object]) -> Callable[[object], bool]:
    """Whether a value has this form, and means something."""

    def holds(value: object) -> bool:
        if type(value) is not str or not form.fullmatch(value):
            return False
        try:
            read(value)
        except ValueError:
            return False
        return True

    return holds


_TEXT: tuple[str, Callable[[Any], bool]] = "text", _is_text
_TYPES: dict[type, tuple[str, Callable[[Any], bool]]] = {
    Boolean: ("1 for yes, 0 for no", lambda value: type(value) is int and value in (0, 1)),
    UtcDateTime: ("instant", _reads(_INSTANT, datetime.fromisoformat)),
    Date: ("day", _reads(_DAY, date.fromisoformat)),
    Integer: ("number", lambda value: type(value) is int and -_LARGEST_NUMBER <= value < _LARGEST_NUMBER),
}


def _one_of(words: Sequence[str], value: str) -> bool:
    return value in words


def _words(*words: str) -> tuple[str, Callable[[str], bool]]:
    return " · ".join(word for word in words if word), partial(_one_of, words)


def _is_zone(value: str) -> bool:
    return not value or zone_named(value) == value


def _is_object(value: str) -> bool:
    try:
        return isinstance(json.loads(value), dict)
    except (ValueError, RecursionError):
        return False


def _is_image(value: str) -> bool:
    try:
        image = json.loads(value)
    except (ValueError, RecursionError):
        return False
    return isinstance(image, list) and all(one is None or type(one) in (int, str) for one in image)


def _is_journaled(value: str) -> bool:
    return value in {table.name for table in journal.journaled_tables()}


def _is_known_currency(value: str) -> bool:
    from babel.numbers import list_currencies

    return value in list_currencies()


def _is_country(value: str) -> bool:
    from phonenumbers import SUPPORTED_REGIONS

    return value in SUPPORTED_REGIONS


_SHA = "SHA-256 of a file, in hex", lambda value: not value or bool(_SHA256.fullmatch(value))
_IMAGE = "text: a JSON list, the row in the order of its columns", _is_image
_SPECIAL: dict[str, tuple[str, Callable[[str], bool]]] = {
    "desk_info.time_zone": ("IANA time zone", lambda value: bool(value) and _is_zone(value)),
    "desk_info.company_zone": ("IANA time zone, or empty", _is_zone),
    "desk_info.currency": ("currency, ISO 4217", _is_known_currency),
    "desk_info.country": ("country, ISO 3166", _is_country),
    "currency": ("currency, ISO 4217", lambda value: not value or bool(_CURRENCY.fullmatch(value))),
    "sha256": _SHA,
    "picture_sha256": _SHA,
    "file_sha256": _SHA,
    "import_batch.counts": ("text: a JSON object", _is_object),
    "buyer_model.parameters": ("text: a JSON object", _is_object),
    "cadence.unit": _words("week", "month"),
    "follow_up.repeat_unit": _words("week", "month", ""),
    "journal_command.kind": _words("do", "undo", "redo", "erase"),
    "journal_command.state": _words("done", "undone", "dropped", "erased"),
    "journal_change.table_name": ("name of a table", _is_journaled),
    "journal_change.op": _words("I", "U", "D"),
    "journal_change.before": _IMAGE,
    "journal_change.after": _IMAGE,
}
"""What a text of this column has to be: otherwise the desk could not be opened, or a screen not be shown."""
