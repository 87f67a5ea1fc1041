"""A mark of the journal: the last commands of a file, by which it is told whether another file holds them too."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged file raises: SQLite quotes in its message what the damage has made of a name, which may be no
text."""
TAIL = 8
"""So many of the last commands are remembered: the erasing of a client may take some of them away."""


class Course(StrEnum):
    """How a file stands to a mark."""

    SAME = "same"
    AHEAD = "ahead"
    BEHIND = "behind"
    FORKED = "forked"


@dataclass(frozen=True, slots=True)
class Mark:
    """The last commands of a journal, the newest first, each with a hash of what never changes of it."""

    tail: tuple[tuple[int, str], ...] = ()

    @property
    def last(self) -> int:
        """The id of the last command; 0 where there is none."""
        return self.tail[0][0] if self.tail else 0

    def as_json(self) -> list[list[int | str]]:
        """As it is kept in a file."""
        return [[number, digest] for number, digest in self.tail]

    @classmethod
    def from_json(cls, value: Any) -> "Mark":
        """The mark that was kept. Raises `ValueError`, `TypeError` if it is none."""
        return cls(tuple((int(number), str(digest)) for number, digest in value or ()))


def mark_of(connection: sqlite3.Connection) -> Mark:
    """The mark of an open file."""
    rows = connection.execute(f"SELECT id, at, kind, name FROM journal_command ORDER BY id DESC LIMIT {TAIL}")
    return Mark(tuple((row[0], _digest(row)) for row in rows))


def course(connection: sqlite3.Connection, mark: Mark) -> Course:
    """How an open file stands to a mark that was taken before, of it or of another file."""
    if not mark.tail:
        return Course.AHEAD
    newest = int(connection.execute("SELECT coalesce(max(id), 0) FROM journal_command").fetchone()[0])
    known = dict(mark.tail)
    asked = ", ".join("?" * len(known))
    rows = connection.execute(f"SELECT id, at, kind, name FROM journal_command WHERE id IN ({asked})", tuple(known))
    there = {row[0]: _digest(row) for row in rows}
    if any(known[number] != digest for number, digest in there.items()):
        return Course.FORKED
    if mark.last in there:
        return Course.SAME if newest == mark.last else Course.AHEAD
    if newest < mark.last:
        return Course.BEHIND
    return Course.AHEAD if there else Course.FORKED


def opened_at_rest(path: Path) -> sqlite3.Connection:
    """A file opened for reading without making anything beside it. Raises `sqlite3.Error`."""
    beside = path.with_name(path.name + "-wal")
    how = "mode=ro" if beside.exists() and beside.stat().st_size else "immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, check_same_thread=False)


def mark_at_rest(path: Path) -> Mark | None:
    """The mark of a file; `None` where it cannot be read."""
    try:
        with closing(opened_at_rest(path)) as connection:
            return mark_of(connection)
    except UNREADABLE:
        return None


def _digest(row: tuple[Any, ...]) -> str:
    return hashlib.sha256("\x1f".join(str(row[place]) for place in range(4)).encode()).hexdigest()[:16]
