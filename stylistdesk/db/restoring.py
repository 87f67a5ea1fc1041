"""Putting a backup, or another copy, in the desk's place. What stands there is kept first, so that it can be undone.

An open desk keeps its file: what the copy holds is written into it as one transaction, so that a power cut leaves the
desk as it was, and a second window follows. A desk that is lost or damaged gets a new file.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stylistdesk.db import encryption
from stylistdesk.db.backups import Backup, find_backup, is_whole
from stylistdesk.db.copying import (
    Progress,
    copy_file,
    copy_open_desk,
    new_private,
    no_progress,
    put_into,
    refuse_damaged,
    sha256_of,
)
from stylistdesk.db.engine import SCHEMA_VERSION, Database, file_version
from stylistdesk.db.marks import mark_at_rest, opened_at_rest
from stylistdesk.db.owner import conflict_copies
from stylistdesk.db.sent_emails import hold_waiting
from stylistdesk.domain.errors import DeskDamaged, Refused
from stylistdesk.paths import DeskPaths, sync_folder, write_private

BEFORE = "before-restore"
WAS_THERE = "what was there before the restore"
RESTORED = "the restored desk"


@dataclass(frozen=True, slots=True)
class Undo:
    """What the last restore replaced: where it is kept, what was put in its place, and when."""

    aside: Path
    put_back: str
    at: datetime

    @property
    def restores_again(self) -> bool:
        """Whether the restore was undone already, so that undoing that puts the restored desk back."""
        return self.put_back == WAS_THERE


@dataclass(frozen=True, slots=True)
class Aside:
    """A copy of the desk's file that lies beside it: set aside by a restore or by damage, or made by a sync program."""

    path: Path
    at: datetime
    size: int
    why: str

    @property
    def name(self) -> str:
        """Its name, as `restore` takes it."""
        return self.path.name


_WHY = {
    "desk-before-restore-": "before a restore",
    "desk-damaged-": "damaged, set aside",
    "desk-replaced-": "open here when another file took its place",
}


def set_aside_in(paths: DeskPaths) -> list[Aside]:
    """The copies that lie beside the desk, newest first."""
    found = [(path, "made by your sync program") for path in conflict_copies(paths)]
    found += [(path, why) for start, why in _WHY.items() for path in paths.data_dir.glob(f"{start}*.sqlite3")]
    told = [(path, path.stat(), why) for path, why in found]
    asides = [Aside(path, _when(path.name, at.st_mtime), at.st_size, why) for path, at, why in told]
    return sorted(asides, key=lambda aside: (aside.at, aside.name), reverse=True)


def _when(name: str, changed: float) -> datetime:
    """When it was set aside, as its name says, or when it was written last."""
    named = re.search(r"-(\d{8}T\d{6})\d{6}Z", name)
    if named is None:
        return datetime.fromtimestamp(changed, UTC)
    return datetime.strptime(named[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def find(paths: DeskPaths, name: str) -> Backup | Aside:
    """The backup, or the copy beside the desk, of this name. Raises `Refused`."""
    beside = next((aside for aside in set_aside_in(paths) if aside.name == Path(name).name), None)
    return beside if beside is not None else find_backup(paths.backups, name)


@contextmanager
def source(
    paths: DeskPaths, name: str, key: Path | None, progress: Progress = no_progress
) -> Iterator[tuple[Backup | Aside, Path]]:
    """A backup, checked and decrypted, or a copy beside the desk, as a whole file at rest.

    Raises `Refused` if there is none, `DeskDamaged` if a backup is not what was checked once.
    """
    found = find(paths, name)
    if isinstance(found, Aside):
        with _with_its_wal(paths, found.path) as path:
            yield found, path
        return
    no = DeskDamaged(f"{found.path.name} is not what was checked when it was made.", hint="Take another one.")
    if not is_whole(found, progress):
        raise no
    with encryption.as_plain(found.path, key, paths.data_dir, progress) as plain:
        if found.is_encrypted and sha256_of(plain, progress) != found.plain_sha256:
            raise no
        yield found, plain


@contextmanager
def _with_its_wal(paths: DeskPaths, path: Path) -> Iterator[Path]:
    """The file itself, or where a crash left a log beside it, both as one file."""
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or not log.stat().st_size:
        yield path
        return
    whole = paths.data_dir / ".desk-with-its-log.tmp"
    new_private(whole)
    try:
        with closing(opened_at_rest(path)) as file, closing(sqlite3.connect(whole)) as copy:
            file.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        yield whole
    except sqlite3.DatabaseError as error:
        raise DeskDamaged(f"{path.name} cannot be read ({error}).", hint="Take another one.") from error
    finally:
        whole.unlink(missing_ok=True)


def restore_into(
    paths: DeskPaths, database: Database, source: Path, *, named: str, now: datetime, progress: Progress = no_progress
) -> Path:
    """Put a file at rest in the place of what an open desk holds; where what it held is kept.

    Raises `DeskDamaged`, `NotADesk`, `FileTooNew` for a file that cannot be the desk; then nothing has changed.
    """
    with _ready(paths, source, now, progress) as ready:
        aside = _place_aside(paths, now, BEFORE)
        temporary = aside.with_name(f".{aside.name}.tmp")
        try:
            copy_open_desk(database, temporary, progress, gently=False)
            refuse_damaged(temporary, "The copy of what is there", progress, quickly=True)
            temporary.replace(aside)
            sync_folder(aside.parent)
        finally:
            temporary.unlink(missing_ok=True)
        put_into(database, ready, progress)
        with database.raw() as driver:
            hold_waiting(driver, now)
    _keep_undo(paths, Undo(aside, named, now))
    return aside


def restore_file(
    paths: DeskPaths, source: Path, *, named: str, now: datetime, progress: Progress = no_progress
) -> Path | None:
    """Put a file at rest in the place of a desk that is lost or damaged; where what stood there was set aside.

    The caller holds the desk's lock, and nobody has it open.
    """
    with _ready(paths, source, now, progress) as ready:
        aside = set_aside(paths, now=now, why=BEFORE) if paths.database.exists() else None
        copy_file(ready, paths.database, progress)
        with closing(sqlite3.connect(paths.database, isolation_level=None)) as driver:
            hold_waiting(driver, now)
    if aside is not None:
        _keep_undo(paths, Undo(aside, named, now))
    return aside


def last_restore(paths: DeskPaths) -> Undo | None:
    """What undoing the last restore would put back; `None` if there is nothing."""
    try:
        kept: dict[str, Any] = json.loads(_undo_file(paths).read_text())
        undo = Undo(
            paths.data_dir / Path(kept["aside"]).name, str(kept["put_back"]), datetime.fromisoformat(kept["at"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return undo if undo.aside.is_file() else None


def set_aside(paths: DeskPaths, *, now: datetime, why: str) -> Path:
    """Rename the desk's file, with its WAL, out of the way: `desk-<why>-<time>.sqlite3`."""
    target = _place_aside(paths, now, why)
    for suffix in ("-wal", "-shm", ""):
        beside = paths.database.with_name(paths.database.name + suffix)
        if beside.exists():
            beside.rename(target.with_name(target.name + suffix))
    sync_folder(paths.data_dir)
    return target


@contextmanager
def _ready(paths: DeskPaths, source: Path, now: datetime, progress: Progress) -> Iterator[Path]:
    """The file itself, or where it is of an older schema, a copy that was brought up to date."""
    version = file_version(source)
    refuse_damaged(source, source.name.lstrip("."), progress, quickly=True)
    if mark_at_rest(source) is None:
        raise Refused(f"{source.name} is no desk.", hint="Choose another one.")
    if version == SCHEMA_VERSION:
        yield source
        return
    from stylistdesk.db.upgrade import bring_up_to_date

    newer = paths.data_dir / f".desk-upgraded-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}.tmp"
    try:
        copy_file(source, newer, progress)
        with closing(Database(newer)) as database:
            bring_up_to_date(database)
        yield newer
    finally:
        for suffix in ("", "-wal", "-shm"):
            newer.with_name(newer.name + suffix).unlink(missing_ok=True)


def _place_aside(paths: DeskPaths, now: datetime, why: str) -> Path:
    stem = f"desk-{why}-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z"
    place, number = paths.data_dir / f"{stem}.sqlite3", 1
    while place.exists():
        number += 1
        place = paths.data_dir / f"{stem}-{number}.sqlite3"
    return place


def _undo_file(paths: DeskPaths) -> Path:
    return paths.data_dir / "desk.restored.json"


def _keep_undo(paths: DeskPaths, undo: Undo) -> None:
    kept = {"aside": undo.aside.name, "put_back": undo.put_back, "at": undo.at.astimezone(UTC).isoformat()}
    write_private(_undo_file(paths), json.dumps(kept, indent=1).encode())
