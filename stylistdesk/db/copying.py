"""Copies of the desk's file: made in small steps from an open desk, checked, and written so that a power cut leaves
either no file or a whole one."""

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from stylistdesk.db.engine import Database
from stylistdesk.domain.errors import DeskDamaged, Stopped
from stylistdesk.paths import PRIVATE_FILE, sync_folder

PAGES = 256
"""So many pages (a megabyte) are copied at a time."""
REST = 0.002
"""Seconds between two steps, at least: a key that waits goes first."""
CHUNK = 1 << 20

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is. It may raise `Stopped`."""


def no_progress(what: str, done: int, total: int) -> None:
    """Nobody looks."""


def new_private(path: Path) -> None:
    """Make an empty file of mode 0600, in place of one that is there."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))


def at_rest(path: Path) -> str:
    """The address of a file that nobody writes to: SQLite then makes nothing beside it."""
    return f"{path.absolute().as_uri()}?immutable=1"


def copy_open_desk(database: Database, target: Path, progress: Progress = no_progress, *, gently: bool = True) -> None:
    """Copy an open desk, as it is at this instant, into a new file; gently, with a rest after each step.

    What is written to the desk meanwhile neither waits nor begins the copy anew: it is read from one snapshot.
    """
    new_private(target)
    with (
        database.snapshot() as source,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
        target.open("rb+") as on_disk,
    ):
        copy.execute("PRAGMA journal_mode=OFF")
        copy.execute("PRAGMA synchronous=OFF")
        began = time.perf_counter()

        def rest(_status: int, remaining: int, total: int) -> None:
            nonlocal began
            progress("Copying", total - remaining, total)
            if not gently:
                return
            os.fsync(on_disk.fileno())  # bit by bit: a commit would wait for one large write
            time.sleep(max(REST, time.perf_counter() - began))
            began = time.perf_counter()

        source.backup(copy, pages=PAGES if gently else 8 * PAGES, progress=rest)
        copy.execute("PRAGMA journal_mode=DELETE")
        os.fsync(on_disk.fileno())


def wrong_with(path: Path, progress: Progress = no_progress, *, quickly: bool = False) -> str:
    """What SQLite's own check finds wrong with a file at rest, in one line; empty if nothing."""
    stopped: list[Stopped] = []

    def look() -> int:
        try:
            progress("Checking", 0, 0)
        except Stopped as stop:
            stopped.append(stop)
        time.sleep(REST)
        return len(stopped)

    try:
        with closing(sqlite3.connect(at_rest(path), uri=True)) as copy:
            copy.set_progress_handler(look, 1_000_000)
            said = str(copy.execute(f"PRAGMA {'quick' if quickly else 'integrity'}_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if stopped:
            raise stopped[0] from error
        return str(error)
    return "" if said == "ok" else said.splitlines()[-1]


def refuse_damaged(path: Path, named: str, progress: Progress = no_progress, *, quickly: bool = False) -> None:
    """Raise `DeskDamaged` if a file is not whole."""
    if said := wrong_with(path, progress, quickly=quickly):
        raise DeskDamaged(f"{named} is not whole: {said}.", hint="Run `stylistdesk check`.")


def sha256_of(path: Path, progress: Progress = no_progress) -> str:
    """The SHA-256 of a file. Raises `OSError`."""
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            done += len(chunk)
            progress("Checking", done, total)
    return digest.hexdigest()


def copy_file(source: Path, target: Path, progress: Progress = no_progress) -> str:
    """Copy a file, whole or not at all, with rests between; the SHA-256 of what was read. Raises `OSError`."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    new_private(temporary)
    digest, done, total = hashlib.sha256(), 0, source.stat().st_size
    try:
        with source.open("rb") as file, temporary.open("wb") as copy:
            while chunk := file.read(CHUNK):
                copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
                digest.update(chunk)
                done += len(chunk)
                progress("Copying", done, total)
                time.sleep(REST)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)
    return digest.hexdigest()


def put_into(database: Database, source: Path, progress: Progress = no_progress) -> None:
    """Put a whole file in the place of what an open desk holds: one transaction, which its readers see at once."""

    def look(_status: int, remaining: int, total: int) -> None:
        if remaining:  # after the last step it is done, and cannot be stopped any more
            progress("Restoring", total - remaining, total)

    progress("Restoring", 0, 1)
    with database.raw() as live, closing(sqlite3.connect(at_rest(source), uri=True)) as copy:
        copy.backup(live, pages=PAGES * 8, progress=look)
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
