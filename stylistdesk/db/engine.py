"""The only place that opens SQLite.

Two engines on one file: readers are `query_only` and see one snapshot each; the writer begins with BEGIN IMMEDIATE, so
that two of them can never both read first and then lose one's update. Versions: `application_id` says that the file is
ours, `user_version` is major * 1000 + minor of its schema.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, create_engine

from stylistdesk.domain.errors import DeskDamaged, DeskInUse, DeskReadOnly, DiskFull, FileTooNew, NotADesk, Refused
from stylistdesk.domain.gifts import sells_gift
from stylistdesk.domain.text import clean, folded
from stylistdesk.paths import PRIVATE_FILE

APPLICATION_ID = 0x53544459  # "STDY"
SCHEMA_MAJOR, SCHEMA_MINOR = 1, 6
SCHEMA_VERSION = SCHEMA_MAJOR * 1000 + SCHEMA_MINOR
REVISION = "0007"  # the migration that SCHEMA_VERSION stands for
NO_ROOM = 1_000_000
"""With less room than this (bytes), what a disk does not take is for want of room."""
BUSY_MS = 5_000
_MAGIC = b"SQLite format 3\x00"


def file_version(path: Path) -> int:
    """The schema version that a file's header tells, read without opening SQLite, so that no byte is written.

    Raises `DeskDamaged`, `NotADesk` or `FileTooNew`.
    """
    header = path.read_bytes()[:100] if path.stat().st_size < 4096 else _head(path)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise DeskDamaged(f"{path.name} is not a whole SQLite file.")
    version, application = int.from_bytes(header[60:64]), int.from_bytes(header[68:72])
    if application != APPLICATION_ID:
        raise NotADesk(f"{path} is a database of another program.", hint="Choose another folder with --data-dir.")
    if version > SCHEMA_VERSION:
        raise FileTooNew(
            f"This desk was written by a later stylistdesk (file {say_version(version)}, "
            f"program {say_version(SCHEMA_VERSION)}).",
            hint="Install the newest stylistdesk; nothing was changed.",
        )
    return version


def say_version(version: int) -> str:
    """1002 -> "1.2"."""
    return f"{version // 1000}.{version % 1000}"


def _file_id(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def add_functions(connection: sqlite3.Connection) -> None:
    """Add what statements ask of the domain: `folded(text)`, and whether a line so called `sells_gift` certificates."""
    connection.create_function("folded", 1, folded, deterministic=True)
    connection.create_function("sells_gift", 1, sells_gift, deterministic=True)


class Database:
    """An open desk file: sessions to read and, unless it is read-only, to write."""

    def __init__(self, path: Path, *, read_only: bool = False, immutable: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        # A file that cannot be written beside has no room for a WAL index: then it is read as it stands.
        suffix = "?immutable=1" if immutable else "?mode=ro" if read_only else ""
        self._file = _file_id(path)
        self._address = f"file:{quote(str(self.path.absolute()))}{suffix}"
        self._watcher: sqlite3.Connection | None = None
        self._reader = self._engine("BEGIN", query_only=True, pool_size=4)
        self._writer = None if read_only else self._engine("BEGIN IMMEDIATE", query_only=False, pool_size=1)

    def _engine(self, begin: str, *, query_only: bool, pool_size: int) -> Engine:
        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(
                self._address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
            )
            if not self.read_only:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            connection.execute("PRAGMA cache_size=-16000")
            add_functions(connection)
            if query_only:
                connection.execute("PRAGMA query_only=ON")
            return connection

        engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=pool_size, max_overflow=4)

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        return engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One read session: one snapshot of the file."""
        with said_plainly(self.path), Session(self._reader) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed whole at the end, rolled back whole by any exception."""
        if self._writer is None:
            raise DeskReadOnly("This desk is open for reading only.")
        with said_plainly(self.path), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The writer's own DBAPI connection, outside of any transaction, for backups and checks."""
        engine = self._writer or self._reader
        with said_plainly(self.path), engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            yield driver

    @property
    def is_replaced(self) -> bool:
        """Whether another file lies where the one lay that is open."""
        return self._file != _file_id(self.path)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own that reads the file as it is now, whatever is written to it meanwhile."""
        with (
            said_plainly(self.path),
            closing(
                sqlite3.connect(
                    self._address,
                    uri=True,
                    isolation_level=None,
                    check_same_thread=False,
                    timeout=BUSY_MS / 1000,
                )
            ) as connection,
        ):
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_schema")
            yield connection

    def data_version(self) -> int:
        """A number that changes when another connection has written to the file."""
        # On a connection of its own: the numbers of two connections say nothing of each other.
        if self._watcher is None:
            self._watcher = sqlite3.connect(self._address, uri=True, isolation_level=None, check_same_thread=False)
        return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close every connection; SQLite then folds the WAL into the file."""
        if self._watcher is not None:
            self._watcher.close()
        self._reader.dispose()
        if self._writer is not None:
            # A full disk does not take it: that is no reason to say anything else than what was said of it.
            with suppress(DBAPIError, sqlite3.OperationalError), self._writer.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA optimize")
            self._writer.dispose()
        for suffix in ("", "-wal", "-shm"):
            if not self.read_only:
                with suppress(FileNotFoundError):  # a connection that closes just now takes the last two with it
                    self.path.with_name(self.path.name + suffix).chmod(PRIVATE_FILE)


RESTORE = "Close the desk and put a backup in its place with `stylistdesk restore`."
DAMAGE = ("Could not decode to UTF-8", "foreign key mismatch")
"""What is said where a byte of some text, or of what a table is, was damaged: SQLite's checks pass by that."""


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a refusal that tells the rep what to do."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise plain_error(error.orig, path) from error
        raise
    except sqlite3.Error as error:
        raise plain_error(error, path) from error


def plain_error(error: sqlite3.Error, path: Path) -> Exception:
    """The refusal for what SQLite said, or the error itself where it is a fault of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_IOERR and disk_usage(path.parent).free < NO_ROOM:
        code = sqlite3.SQLITE_FULL
    refusals: dict[int, Refused] = {
        sqlite3.SQLITE_FULL: DiskFull(
            "There is no room on the disk for this change; nothing was changed.",
            hint=f"Free at least {_room_wanted(path)} MB where {path.parent} is, then do it again.",
        ),
        sqlite3.SQLITE_READONLY: DeskReadOnly(
            "The desk's file cannot be written; nothing was changed.", hint=f"Check who may write to {path.parent}."
        ),
        sqlite3.SQLITE_BUSY: DeskInUse(
            "Another program is writing to the desk's file; nothing was changed.", hint="Try again in a moment."
        ),
        sqlite3.SQLITE_CORRUPT: DeskDamaged(f"{path.name} is damaged.", hint=RESTORE),
        sqlite3.SQLITE_NOTADB: DeskDamaged(f"{path.name} is damaged.", hint=RESTORE),
        sqlite3.SQLITE_IOERR: DiskFull(
            "The disk did not take the change; nothing was changed.", hint="Check the disk and its free space."
        ),
    }
    if str(error).startswith(DAMAGE):
        said = clean(str(error).splitlines()[0], limit=60)  # SQLite quotes the whole text that is none
        return DeskDamaged(f"{path.name} is damaged ({said}).", hint=RESTORE)
    return refusals.get(code, error)


def _room_wanted(path: Path) -> int:
    size = path.stat().st_size if path.exists() else 0
    return max(50, size // 10 // 1_000_000)
