"""Verified backups (faults.md): temporary name, mode 0600, integrity check, row counts, SHA-256 beside it, rename."""

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stylistdesk.db.engine import Database, file_version
from stylistdesk.domain.errors import DeskDamaged, Refused
from stylistdesk.paths import PRIVATE_FILE, DeskPaths, private_folder, sync_folder, write_private

_COUNTED = ("client", "contact", "order", "signal", "follow_up", "task", "note", "message")


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified copy of the desk: when it was made, why, and how many rows of each kind it holds."""

    path: Path
    made_at: datetime
    why: str
    sha256: str
    rows: dict[str, int]
    last_command: int = 0

    @property
    def name(self) -> str:
        """Its name, as `restore` takes it."""
        return self.path.stem


def make_backup(database: Database, folder: Path, *, now: datetime, why: str) -> Backup:
    """Copy the open desk, check the copy, and only then give it its name.

    Raises `DeskDamaged` if the copy is not whole.
    """
    private_folder(folder)
    stem = f"desk-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z"
    temporary = folder / f".{stem}.tmp"
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE))
    try:
        with database.raw() as source, closing(sqlite3.connect(temporary)) as copy:
            source.backup(copy, pages=2_000)
            copy.execute("PRAGMA journal_mode=DELETE")
            said = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if said != "ok":
                raise DeskDamaged(f"The backup is not whole: {said}.", hint="Run `stylistdesk check`.")
            rows = {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in _COUNTED}
            last = copy.execute("SELECT coalesce(max(id), 0) FROM journal_command").fetchone()[0]
        _fsync(temporary)
        backup = Backup(folder / f"{stem}.sqlite3", now.astimezone(UTC), why, _sha256(temporary), rows, last)
        facts = {
            "made_at": backup.made_at.isoformat(),
            "why": why,
            "sha256": backup.sha256,
            "rows": rows,
            "last_command": last,
        }
        write_private(backup.path.with_suffix(".json"), json.dumps(facts, indent=1).encode())
        temporary.replace(backup.path)
        sync_folder(folder)
    finally:
        temporary.unlink(missing_ok=True)
    return backup


def backups_in(folder: Path) -> list[Backup]:
    """The backups that are there, newest first. One whose facts cannot be read is left out."""
    found = []
    for path in sorted(folder.glob("desk-*.sqlite3"), reverse=True):
        try:
            facts = json.loads(path.with_suffix(".json").read_text())
            made_at = datetime.fromisoformat(facts["made_at"])
            found.append(Backup(path, made_at, facts["why"], facts["sha256"], facts["rows"], facts["last_command"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def is_whole(backup: Backup) -> bool:
    """Whether the copy is still, byte for byte, what was checked when it was made."""
    try:
        return _sha256(backup.path) == backup.sha256
    except OSError:
        return False


def restore(paths: DeskPaths, name: str, *, now: datetime) -> tuple[Backup, Path | None]:
    """Put a backup in the desk's place; what stands there is set aside, never deleted.

    The caller holds the desk's lock and has closed it. Gives the backup and where the earlier file went.
    """
    wanted = [b for b in backups_in(paths.backups) if name in (b.name, b.path.name)] or (
        backups_in(paths.backups)[:1] if name == "latest" else []
    )
    if not wanted:
        raise Refused(f"There is no backup named “{name}”.", hint="`stylistdesk restore` lists them.")
    backup = wanted[0]
    if not is_whole(backup):
        raise DeskDamaged(f"{backup.path.name} is not what was checked when it was made.", hint="Take another one.")
    file_version(backup.path)
    aside = set_aside(paths, now=now, why="before-restore") if paths.database.exists() else None
    write_private(paths.database, backup.path.read_bytes())
    return backup, aside


def set_aside(paths: DeskPaths, *, now: datetime, why: str) -> Path:
    """Rename the desk's file, with its WAL, out of the way: `desk-<why>-<time>.sqlite3`."""
    target = paths.data_dir / f"desk-{why}-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z.sqlite3"
    for suffix in ("-wal", "-shm", ""):
        beside = paths.database.with_name(paths.database.name + suffix)
        if beside.exists():
            beside.rename(target.with_name(target.name + suffix))
    sync_folder(paths.data_dir)
    return target


def to_keep(made: list[datetime]) -> set[datetime]:
    """Which backups to keep: the newest of each of the last 12 days, 10 weeks and 9 months that have one."""
    kept: set[datetime] = set()
    for most, period in ((12, "%Y-%j"), (10, "%G-%V"), (9, "%Y-%m")):
        newest: dict[str, datetime] = {}
        for moment in sorted(made, reverse=True):
            newest.setdefault(moment.strftime(period), moment)
        kept.update(sorted(newest.values(), reverse=True)[:most])
    return kept


def thin(folder: Path) -> int:
    """Delete the backups that `to_keep` lets go; says how many."""
    backups = backups_in(folder)
    kept = to_keep([b.made_at for b in backups])
    gone = [b for b in backups if b.made_at not in kept]
    for backup in gone:
        backup.path.unlink()
        backup.path.with_suffix(".json").unlink()
    return len(gone)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fsync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
