"""The whole desk into one JSON file (R46, docs/json.md): every row of every table, and the clients' files.

Written as it is read, a row at a time, in one snapshot: however large the desk is, a few rows are in memory.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, BinaryIO

from stylistdesk import __version__
from stylistdesk.db.attachments import is_whole, kept_files, place_of
from stylistdesk.db.comparing import count_rows
from stylistdesk.db.engine import SCHEMA_VERSION, say_version
from stylistdesk.domain.errors import Stopped
from stylistdesk.exchange.whole_tables import FILE_COLUMNS, FILES, NAME, SETTINGS, VERSION, kept_columns, tables
from stylistdesk.queries.asking import Asking

PART = 3 << 18
"""So many bytes of a file are one row: a multiple of three, so that the parts' letters join to one text."""
_TICK = 1_000
_to_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Written:
    """What went into the file: rows by table, how many of the clients' files, and which of these are not whole.

    `clients` are those who have not been erased.
    """

    rows: dict[str, int]
    clients: int
    files: int
    missing: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many rows, those of the files aside."""
        return sum(self.rows.values())


class Hashed:
    """The SHA-256 of rows as they are told in the file: the list of them as JSON without white space, in UTF-8."""

    def __init__(self) -> None:
        self.count = 0
        self._digest = hashlib.sha256(b"[")

    def add(self, row: bytes) -> None:
        """One more row."""
        self._digest.update(b"," + row if self.count else row)
        self.count += 1

    def hexdigest(self) -> str:
        """Of all rows so far."""
        whole = self._digest.copy()
        whole.update(b"]")
        return whole.hexdigest()


def row_bytes(row: Sequence[Any]) -> bytes:
    """A row as it stands in the file, and as it is hashed."""
    return _to_text(row).encode()


def write_desk(
    asking: Asking,
    out: BinaryIO,
    attachments: Path,
    *,
    history: bool = True,
    settings: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Written:
    """Write the desk; without `history` the file holds what is, not how it came to be. `settings` go with it as given.

    `progress` is told the rows written and the rows there are. Raises `Stopped` as soon as `cancelled` says so.
    """
    driver: Any = asking.session.connection().connection.driver_connection
    chosen = tables(history=history)
    total = sum(driver.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0] for table in chosen)
    done = 0

    def tick(count: int) -> None:
        nonlocal done
        done += count
        if cancelled is not None and cancelled():
            raise Stopped("The export was stopped; no file was written.")
        if progress is not None:
            progress(done, total)

    head = {
        "name": NAME,
        "version": VERSION,
        "schema": say_version(SCHEMA_VERSION),
        "program": __version__,
        "written_at": asking.now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"),
        "history": history,
    }
    out.write(f'{{\n"format": {json.dumps(head)},\n"tables": ['.encode())
    given = dict(driver.execute("SELECT name, seq FROM sqlite_sequence"))
    counts: dict[str, int] = {}
    for number, table in enumerate(chosen):
        names = [column.name for column in kept_columns(table.name)]
        listed = ", ".join(f'"{name}"' for name in names)
        rows = driver.execute(f'SELECT {listed} FROM "{table.name}" ORDER BY id')
        before = "," if number else ""
        about = {"name": table.name, "columns": names, "last_id": given.get(table.name, 0)}
        counts[table.name] = _write_table(out, before, about, rows, tick)
    missing: list[str] = []
    wanted = _files(driver, attachments, history=history)
    parts = _write_table(out, ",", {"name": FILES, "columns": FILE_COLUMNS}, _parts(attachments, wanted, missing), tick)
    out.write(f'\n],\n"{SETTINGS}": {_to_text(dict(settings or {}))}\n}}\n'.encode())
    clients = count_rows(driver, ("client",))["client"]
    return Written(counts, clients, len(wanted) - len(missing) if parts else 0, tuple(missing))


def _write_table(
    out: BinaryIO, before: str, about: dict[str, Any], rows: Iterable[Sequence[Any]], tick: Callable[[int], None]
) -> int:
    tick(0)
    out.write(f"{before}\n{_to_text(about)[:-1]},\n".encode() + b'"rows":[')
    hashed = Hashed()
    for row in rows:
        told = row_bytes(row)
        out.write(b",\n" if hashed.count else b"\n")
        out.write(told)
        hashed.add(told)
        if not hashed.count % _TICK:
            tick(_TICK)
    out.write(f'],\n"count":{hashed.count},"sha256":"{hashed.hexdigest()}"}}'.encode())
    return hashed.count


_NAMED = (
    "SELECT sha256 FROM attachment UNION SELECT sha256 FROM company_file UNION SELECT picture_sha256 FROM website "
    "UNION SELECT file_sha256 FROM training"
)


def _files(driver: Any, attachments: Path, *, history: bool) -> list[str]:
    """The hashes of the files that rows name; with the history also of those that undo may bring back."""
    named = {row[0] for row in driver.execute(_NAMED) if row[0]}
    if history:
        named.update(path.name for path in kept_files(attachments))
    return sorted(named)


def _parts(attachments: Path, wanted: Sequence[str], missing: list[str]) -> Iterator[tuple[str, int, str]]:
    for sha256 in wanted:
        path = place_of(attachments, sha256)
        if not is_whole(path, sha256):
            missing.append(sha256)
            continue
        with path.open("rb") as file:
            number = 0
            while part := file.read(PART):
                yield sha256, number, base64.b64encode(part).decode()
                number += 1
