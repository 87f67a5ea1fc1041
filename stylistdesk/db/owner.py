"""Two machines and one desk: who has it open, and whether its file is the one that this machine had last.

A desk in a synced folder may be opened on a second machine while it is open on the first, or before the work of the
first has arrived. A small file in the desk's folder says who has it; a file outside of it, on each machine, remembers
the mark of the journal that this machine saw last. Neither is needed to open a desk: what cannot be read is as if it
were not there, and a mere crash on the same machine holds nobody up.
"""

import hashlib
import json
import os
import platform
import sqlite3
import tempfile
import uuid
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stylistdesk.db.engine import Database
from stylistdesk.db.marks import UNREADABLE, Course, Mark, course, mark_of, opened_at_rest
from stylistdesk.domain.machines import Held, Kind
from stylistdesk.paths import PRIVATE_FILE, DeskPaths, private_folder, state_folder

MOST_KEPT = 100
"""So many desks a machine remembers."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine: an id of its own, its name, and since when it runs."""

    id: str
    host: str
    boot: str

    def is_same(self, other: "Machine") -> bool:
        """Whether it is one machine, also where its own folder was lost: then it is the name and the running system."""
        return self.id == other.id or (self.host, self.boot) == (other.host, other.boot)


@dataclass(frozen=True, slots=True)
class Owner:
    """What stands in the file: the desk's own id, the machine, since when and until when, and where the journal was.

    `closed` says that the desk was closed there, `restored` when a copy was last put in its place.
    """

    desk: str
    machine: Machine
    since: datetime
    seen: datetime
    closed: bool = False
    mark: Mark = field(default_factory=Mark)
    restored: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What this machine saw of a desk last; `known` are the copies of a sync program that she has been told of."""

    folder: str
    at: datetime
    mark: Mark
    known: tuple[str, ...] = ()


def this_machine() -> Machine:
    """This machine; its id is made once, and kept in its own folder where that can be written."""
    place = state_folder() / "machine.json"
    try:
        own = str(json.loads(place.read_text())["id"])
    except (OSError, ValueError, KeyError, TypeError):
        own = uuid.uuid4().hex
        _write(place, {"id": own})
    return Machine(own, platform.node() or "another machine", _boot())


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def read_owner(paths: DeskPaths) -> Owner | None:
    """Who has the desk, or had it last; `None` where nothing is known."""
    try:
        kept: dict[str, Any] = json.loads(paths.owner.read_text())
        restored = kept.get("restored")
        return Owner(
            str(kept["desk"]),
            Machine(str(kept["machine"]), str(kept["host"]), str(kept["boot"])),
            datetime.fromisoformat(kept["since"]),
            datetime.fromisoformat(kept["seen"]),
            bool(kept["closed"]),
            Mark.from_json(kept.get("mark")),
            datetime.fromisoformat(restored) if restored else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_owner(paths: DeskPaths, owner: Owner) -> tuple[int, int]:
    """Say in the desk's folder who has it; the file's stamp, by which a change from outside is seen."""
    _write(
        paths.owner,
        {
            "about": "Which machine has this desk open. stylistdesk writes it; leave it where it is.",
            "desk": owner.desk,
            "machine": owner.machine.id,
            "host": owner.machine.host,
            "boot": owner.machine.boot,
            "since": owner.since.isoformat(),
            "seen": owner.seen.isoformat(),
            "closed": owner.closed,
            "mark": owner.mark.as_json(),
            "restored": owner.restored.isoformat() if owner.restored else None,
        },
    )
    return stamp(paths)


def stamp(paths: DeskPaths) -> tuple[int, int]:
    """What tells that the file is another one than before."""
    try:
        found = paths.owner.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)


def why_held(paths: DeskPaths) -> Held | None:
    """Why the desk at rest must not be written yet, if there is a reason. The caller holds the lock."""
    owner, me = read_owner(paths), this_machine()
    seen = read_seen(paths, owner.desk) if owner is not None else None
    if owner is not None and not owner.closed and not owner.machine.is_same(me):
        return Held(Kind.OPEN, owner.machine.host, owner.since)
    try:
        with closing(opened_at_rest(paths.database)) as connection:
            held = _held_by_marks(connection, owner, seen, me)
    except UNREADABLE:
        return None  # whether it is damaged is looked at by others
    if held is not None:
        return held
    copies = tuple(p.name for p in conflict_copies(paths) if seen is None or p.name not in seen.known)
    return Held(Kind.CONFLICT, files=copies) if copies else None


def _held_by_marks(connection: sqlite3.Connection, owner: Owner | None, seen: Seen | None, me: Machine) -> Held | None:
    last = mark_of(connection).last
    if owner is not None and owner.closed and not owner.machine.is_same(me):
        way = course(connection, owner.mark)
        if way is Course.BEHIND:
            return Held(Kind.NOT_ARRIVED, owner.machine.host, owner.seen, owner.mark.last - last)
        if seen is not None and owner.restored is not None and owner.restored > seen.at:
            return None  # it was put back there, and she knows
    if seen is None:
        return None
    way = course(connection, seen.mark)
    if way is Course.BEHIND:
        return Held(Kind.GONE_BACK, since=seen.at, missing=seen.mark.last - last)
    return Held(Kind.FORKED, since=seen.at) if way is Course.FORKED else None


def conflict_copies(paths: DeskPaths) -> list[Path]:
    """The copies of the desk's file that sync programs make where two machines have written to it."""
    try:
        there = sorted(paths.data_dir.iterdir())
    except OSError:
        return []
    stem = paths.database.stem
    return [path for path in there if path.suffix == ".sqlite3" and path.name.startswith(stem) and is_conflict(path)]


def is_conflict(path: Path) -> bool:
    """Whether a sync program has made this name: Dropbox, Nextcloud, ownCloud, Syncthing, iCloud ("desk 2")."""
    name = path.stem.lower()
    return (
        any(sign in name for sign in ("conflicted copy", ".sync-conflict-", "_conflict-", "(conflict", " conflict"))
        or name.removeprefix("desk ").isdecimal()
    )


class Ownership:
    """What this machine says of a desk while it has it open for writing, and what it hears of others."""

    def __init__(self, paths: DeskPaths) -> None:
        self.paths = paths
        self._owner: Owner | None = None
        self._stamp = (0, 0)

    @property
    def desk_id(self) -> str:
        """The desk's own id, the same on all machines; empty until one has had it open."""
        owner = self._owner or read_owner(self.paths)
        return owner.desk if owner is not None else ""

    def take(self, database: Database, now: datetime) -> None:
        """From now on this machine has it, and knows of all that lies beside it."""
        before = read_owner(self.paths)
        now, mark = now.astimezone(UTC), self._mark(database)
        desk = before.desk if before is not None else uuid.uuid4().hex
        restored = before.restored if before is not None else None
        self._say(Owner(desk, this_machine(), now, now, mark=mark, restored=restored))

    def lost(self, database: Database) -> Held | None:
        """Whether another machine has taken the desk, or another file stands in its place. Costs two looks at files."""
        if self._owner is None:
            return None
        if database.is_replaced:
            return Held(Kind.REPLACED)
        if stamp(self.paths) == self._stamp:
            return None
        there = read_owner(self.paths)
        if there is None or there.machine.is_same(self._owner.machine):
            self._say(self._owner)
            return None
        return Held(Kind.TAKEN, there.machine.host, there.since)

    def see(self, database: Database, now: datetime, *, restored: bool = False, closed: bool = False) -> None:
        """Say that it is still open here, or that it is closed, and remember where the journal is."""
        if self._owner is None or self.lost(database) is not None:
            return
        now, mark = now.astimezone(UTC), self._mark(database)
        was = self._owner.restored
        self._say(replace(self._owner, seen=now, mark=mark, closed=closed, restored=now if restored else was))
        if closed:
            self._owner = None

    def give_up(self, database: Database, now: datetime) -> None:
        """Say no more of it, another machine has it; but remember how far it had come here."""
        if self._owner is not None:
            known = tuple(path.name for path in conflict_copies(self.paths))
            seen = Seen(str(self.paths.data_dir), now.astimezone(UTC), self._mark(database), known)
            keep_seen(self._owner.desk, seen)
        self._owner = None

    def _say(self, owner: Owner) -> None:
        if owner != self._owner or stamp(self.paths) != self._stamp:
            self._stamp = write_owner(self.paths, owner)
            known = tuple(path.name for path in conflict_copies(self.paths))
            keep_seen(owner.desk, Seen(str(self.paths.data_dir), owner.seen, owner.mark, known))
        self._owner = owner

    @staticmethod
    def _mark(database: Database) -> Mark:
        with database.raw() as connection:
            return mark_of(connection)


def remembered(paths: DeskPaths) -> Seen | None:
    """The desk that this machine had in a folder in which there is none now; none of a folder to throw away."""
    folder = str(paths.data_dir)
    if folder.startswith(tempfile.gettempdir()):
        return None
    found = (_seen_at(path) for path in (state_folder() / "desks").glob("*.json"))
    return next((seen for seen in found if seen is not None and seen.folder == folder and seen.mark.tail), None)


def forget(paths: DeskPaths) -> None:
    """Forget the desks of a folder: she begins anew there."""
    with suppress(OSError):
        for path in (state_folder() / "desks").glob("*.json"):
            seen = _seen_at(path)
            if seen is not None and seen.folder == str(paths.data_dir):
                path.unlink(missing_ok=True)
        paths.owner.unlink(missing_ok=True)


# What this machine remembers


def read_seen(paths: DeskPaths, desk: str) -> Seen | None:
    """What this machine saw last of the desk in this folder; `None` if it never did."""
    return _seen_at(_seen_file(str(paths.data_dir), desk))


def _seen_at(place: Path) -> Seen | None:
    try:
        kept: dict[str, Any] = json.loads(place.read_text())
        return Seen(
            str(kept["folder"]),
            datetime.fromisoformat(kept["at"]),
            Mark.from_json(kept["mark"]),
            tuple(str(name) for name in kept.get("known", ())),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_seen(desk: str, seen: Seen) -> None:
    """Remember where the desk was."""
    value = {"folder": seen.folder, "at": seen.at.isoformat(), "mark": seen.mark.as_json(), "known": list(seen.known)}
    place = _seen_file(seen.folder, desk)
    if not place.exists():
        _forget_some()
    _write(place, value)


def _seen_file(folder: str, desk: str) -> Path:
    """By the folder too: a copy of the folder goes its own way."""
    named = hashlib.sha256(f"{folder}\x1f{desk}".encode()).hexdigest()[:32]
    return state_folder() / "desks" / f"{named}.json"


def _forget_some() -> None:
    """Forget the desks of temporary folders that are gone, and the oldest of too many."""
    with suppress(OSError):
        kept = sorted((state_folder() / "desks").glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for number, path in enumerate(kept):
            seen = _seen_at(path)
            temporary = seen is not None and seen.folder.startswith(tempfile.gettempdir())
            if number >= MOST_KEPT or (seen is not None and temporary and not Path(seen.folder).is_dir()):
                path.unlink(missing_ok=True)


def _write(path: Path, value: Any) -> None:
    """Write it whole or not at all; it only advises, so that no desk waits for the disk, or fails without it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with suppress(OSError):
        if not path.parent.is_dir():
            private_folder(path.parent)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
        with os.fdopen(handle, "w") as file:
            json.dump(value, file, indent=1)
        temporary.replace(path)
