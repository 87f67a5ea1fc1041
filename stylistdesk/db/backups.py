"""Verified backups (faults.md): temporary name, mode 0600, integrity check, row counts, SHA-256 beside it, rename."""

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from stylistdesk.db import encryption
from stylistdesk.db.comparing import count_rows
from stylistdesk.db.copying import (
    Progress,
    at_rest,
    copy_open_desk,
    no_progress,
    refuse_damaged,
    sha256_of,
)
from stylistdesk.db.engine import Database
from stylistdesk.db.marks import Mark, mark_of
from stylistdesk.domain.errors import DeskDamaged, Refused, not_written
from stylistdesk.paths import private_folder, sync_folder, write_private

COUNTED = ("client", "contact", "order", "signal", "follow_up", "task", "note", "message")
"""The kinds of rows that are counted in a backup."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified copy of the desk: when it was made, why, and how many rows of each kind it holds.

    `sha256` is that of the file as it lies there, `plain_sha256` that of the desk in it. `checked_at` is when it was
    last found to be whole, and `damaged` that it no longer was.
    """

    path: Path
    made_at: datetime
    why: str
    sha256: str
    rows: dict[str, int]
    last_command: int = 0
    plain_sha256: str = ""
    mark: Mark = field(default_factory=Mark)
    size: int = 0
    checked_at: datetime | None = None
    damaged: bool = False

    @property
    def name(self) -> str:
        """Its name, as `restore` takes it."""
        return self.path.name.partition(".")[0]

    @property
    def is_encrypted(self) -> bool:
        """Whether only the rep's key opens it."""
        return self.path.suffix == encryption.SUFFIX

    @property
    def facts(self) -> Path:
        """The file beside it in which all this is kept."""
        return self.path.with_name(f"{self.name}.json")


def make_backup(
    database: Database,
    folder: Path,
    *,
    now: datetime,
    why: str,
    recipient: str = "",
    progress: Progress = no_progress,
) -> Backup:
    """Copy the open desk, check the copy, encrypt it where there is a public key, and only then give it its name.

    Raises `DeskDamaged` if the copy is not whole, `Refused` if it cannot be encrypted.
    """
    private_folder(folder)
    sweep(folder)
    now, stem = _free_name(folder, now.astimezone(UTC))
    plain, secret = folder / f".{stem}.tmp", folder / f".{stem}.age.tmp"
    try:
        copy_open_desk(database, plain, progress)
        refuse_damaged(plain, "The backup", progress)
        with closing(sqlite3.connect(at_rest(plain), uri=True)) as copy:
            rows = count_rows(copy, COUNTED)
            mark = mark_of(copy)
        kept, plain_sha256 = plain, sha256_of(plain, progress)
        sha256, suffix = plain_sha256, ".sqlite3"
        if recipient:
            encryption.encrypt(plain, secret, recipient, progress)
            kept, sha256, suffix = secret, sha256_of(secret, progress), f".sqlite3{encryption.SUFFIX}"
        made = Backup(
            folder / f"{stem}{suffix}", now, why, sha256, rows, mark.last, plain_sha256, mark, kept.stat().st_size, now
        )
        keep_facts(made)
        kept.replace(made.path)
        sync_folder(folder)
    except OSError as error:
        raise not_written(f"A backup in {folder}", error) from error
    finally:
        plain.unlink(missing_ok=True)
        secret.unlink(missing_ok=True)
    return made


def sweep(folder: Path) -> None:
    """Remove what a backup or a look into one left behind that was cut off."""
    for leftover in folder.glob(".desk-*.tmp"):
        leftover.unlink(missing_ok=True)


def _free_name(folder: Path, now: datetime) -> tuple[datetime, str]:
    """A name that no backup has yet, and the instant that it says."""
    while True:
        stem = f"desk-{now:%Y%m%dT%H%M%S%f}Z"
        if not any(folder.glob(f"{stem}.*")):
            return now, stem
        now += timedelta(microseconds=1)


def keep_facts(backup: Backup) -> None:
    """Write what is known of a backup into the file beside it."""
    facts = {
        "made_at": backup.made_at.isoformat(),
        "why": backup.why,
        "sha256": backup.sha256,
        "plain_sha256": backup.plain_sha256,
        "rows": backup.rows,
        "last_command": backup.last_command,
        "mark": backup.mark.as_json(),
        "checked_at": backup.checked_at.isoformat() if backup.checked_at else None,
        "damaged": backup.damaged,
    }
    write_private(backup.facts, json.dumps(facts, indent=1).encode())


def backups_in(folder: Path) -> list[Backup]:
    """The backups that are there, newest first. One whose facts cannot be read is left out."""
    found = [*folder.glob("desk-*.sqlite3"), *folder.glob(f"desk-*.sqlite3{encryption.SUFFIX}")]
    read = [backup for path in found if (backup := backup_at(path)) is not None]
    return sorted(read, key=lambda backup: backup.path.name, reverse=True)


def backup_at(path: Path) -> Backup | None:
    """The backup in a file; `None` where nothing is known of it."""
    try:
        facts: dict[str, Any] = json.loads(path.with_name(f"{path.name.partition('.')[0]}.json").read_text())
        made_at, checked = datetime.fromisoformat(facts["made_at"]), facts.get("checked_at")
        return Backup(
            path,
            made_at,
            facts["why"],
            facts["sha256"],
            facts["rows"],
            facts["last_command"],
            facts.get("plain_sha256") or facts["sha256"],
            Mark.from_json(facts.get("mark")),
            path.stat().st_size,
            datetime.fromisoformat(checked) if checked else made_at,
            bool(facts.get("damaged")),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_backup(folder: Path, name: str) -> Backup:
    """The backup of this name, the newest for "latest", or the one in this file. Raises `Refused`."""
    kept = backups_in(folder)
    if name == "latest" and kept:
        return kept[0]
    for backup in kept:
        if name in (backup.name, backup.path.name):
            return backup
    path = Path(name).expanduser()
    if path.suffix in (".sqlite3", encryption.SUFFIX) and path.is_file():
        if (found := backup_at(path)) is not None:
            return found
        raise Refused(
            f"Nothing is known of {path.name}.", hint="The .json file of the same name belongs to it: put it beside it."
        )
    raise Refused(f"There is no backup named “{name}”.", hint="`stylistdesk backup --list` lists them.")


def is_whole(backup: Backup, progress: Progress = no_progress) -> bool:
    """Whether the copy is still, byte for byte, what was checked when it was made."""
    try:
        return sha256_of(backup.path, progress) == backup.sha256
    except OSError:
        return False


def verify(backup: Backup, *, now: datetime, key: Path | None = None, progress: Progress = no_progress) -> Backup:
    """Check a backup again: its SHA-256, and SQLite's own check of the desk in it, where the key is at hand.

    What was found is kept with it. Raises `Refused` for a key that is another one.
    """
    whole = is_whole(backup, progress)
    if whole and (not backup.is_encrypted or key is not None):
        try:
            with encryption.as_plain(backup.path, key, backup.path.parent, progress) as plain:
                whole = sha256_of(plain, progress) == backup.plain_sha256
                refuse_damaged(plain, backup.path.name, progress)
        except DeskDamaged:
            whole = False
    found = replace(backup, damaged=not whole, checked_at=now.astimezone(UTC) if whole else backup.checked_at)
    with suppress(OSError):  # where nothing can be written, it is only told
        keep_facts(found)
    return found


def remove(backup: Backup) -> None:
    """Delete a backup with what is known of it."""
    backup.path.unlink(missing_ok=True)
    backup.facts.unlink(missing_ok=True)


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
    """Delete the backups that `to_keep` lets go; says how many. One that was found damaged counts for none."""
    backups = [backup for backup in backups_in(folder) if not backup.damaged]
    kept = to_keep([b.made_at for b in backups])
    gone = [b for b in backups if b.made_at not in kept]
    for backup in gone:
        remove(backup)
    return len(gone)
