"""The composition root: a Desk is settings, a clock and a database. Everything a rep does goes through it."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from sqlmodel import Session

from stylistdesk.clock import Clock, WallClock, machine_zone
from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.db import attachments, backups, expected, journal, later_steps, opening
from stylistdesk.db.engine import SCHEMA_VERSION, Database, file_version
from stylistdesk.domain.dates import LocalNow, say_day
from stylistdesk.domain.errors import DeskDamaged, DeskInUse, DeskReadOnly, NotUndoable, Refused
from stylistdesk.domain.gifts import ONLY_FOUR, holds_card_number
from stylistdesk.paths import DeskPaths, desk_paths
from stylistdesk.queries.asking import Asking
from stylistdesk.settings import Settings, load_settings

P = ParamSpec("P")
T = TypeVar("T")
Turn = Callable[[Session, datetime, str], tuple[str, tuple[int, ...]]]
"""An undo or a redo, given the time and who does it: its label and the clients."""


NO_CARD = Refused(f"A card's number stands in it. {ONLY_FOUR}", hint="Leave the other digits away.")
HQ_ONLY = Refused(
    "HQ notes are read-only: only an import from HQ writes them.", hint="Your own notes have a place of their own."
)
"""R11."""

OPEN_ELSEWHERE = "This desk is open in another window; here it can only be read."


@dataclass(frozen=True, slots=True)
class Rep:
    """Whose desk it is. Until she has said so: no name, the machine's zone, US dollars."""

    name: str = ""
    time_zone: str = "UTC"
    currency: str = "USD"
    country: str = "US"


class Desk:
    """An open desk. Every method may be called from any thread; none may be called on the event loop of the screens."""

    def __init__(
        self, paths: DeskPaths, database: Database, *, clock: Clock, settings: Settings, lock: FileLock | None
    ) -> None:
        self.paths = paths
        self.settings = settings
        self.clock = clock
        self.version = 0
        self.read_only: str | None = None
        self.problems: list[str] = []
        self._database = database
        self._lock = lock
        self._writing = RLock()
        self._rep = self._read_rep()
        self._zone = ZoneInfo(self._rep.time_zone)
        self._seen = database.data_version()

    @classmethod
    def open(
        cls,
        data_dir: Path | DeskPaths | None = None,
        *,
        clock: Clock | None = None,
        settings: Settings | None = None,
        write: bool = True,
    ) -> Self:
        """Open the desk as its owner, or for reading only where another process owns it or nothing can be written.

        Raises `DeskDamaged`, `FileTooNew`, `NotADesk`; a desk that can only be read says why in `read_only`.
        """
        paths = data_dir if isinstance(data_dir, DeskPaths) else desk_paths(data_dir)
        problems: list[str] = []
        if settings is None:
            settings, problems = load_settings(paths.settings)
        clock = clock or WallClock()
        reason, lock = cls._take(paths) if write else ("This desk was opened for reading only.", None)
        try:
            if reason is None:
                database = opening.open_for_writing(paths, now=clock.now())
            elif paths.database.exists():
                database = opening.open_for_reading(paths)
            else:
                raise DeskReadOnly(reason)
            desk = cls(paths, database, clock=clock, settings=settings, lock=lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        desk.read_only, desk.problems = reason, problems
        return desk

    @staticmethod
    def can_be_read(paths: DeskPaths) -> bool:
        """Whether the file is there, whole at its head and of this schema: reading it takes no lock."""
        try:
            return file_version(paths.database) == SCHEMA_VERSION
        except (OSError, Refused):
            return False

    @staticmethod
    def _take(paths: DeskPaths) -> tuple[str | None, FileLock | None]:
        """Become the owner: the lock, or the reason why this process may only read."""
        try:
            paths.make()
            lock = _lock_of(paths)
        except Timeout:
            return OPEN_ELSEWHERE, None
        except OSError as error:
            return f"{paths.data_dir} cannot be written ({error.strerror}); the desk can only be read.", None
        if paths.database.exists():
            try:
                with paths.database.open("rb+"):
                    pass
            except OSError as error:
                lock.release()
                return f"{paths.database.name} cannot be written ({error.strerror}); the desk can only be read.", None
        return None, lock

    def take_over(self) -> bool:
        """Become the owner, once the process that was it has closed the desk; whether this one can write now.

        Where nobody owns the desk and it still cannot be written, `read_only` says why from then on.
        """
        if not self.is_open_elsewhere or not self.paths.database.exists():
            return False
        try:
            lock = _lock_of(self.paths)
        except (Timeout, OSError):
            return False
        with self._writing:
            try:
                database = opening.go_on_to_write(self.paths)
            except Refused as no:
                lock.release()
                self.read_only = no.reason
                return False
            except BaseException:
                lock.release()
                raise
            before, self._database, self._lock, self.read_only = self._database, database, lock, None
            before.close()
            self._has_changed()
            return True

    # Reading

    def ask(self, query: Callable[Concatenate[Asking, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask a query, in a session and a snapshot of its own."""
        with self._database.read() as session:
            rep = self._rep
            return query(
                Asking(session, self.now(), self._zone, rep.currency, rep.country, self.settings), *args, **kwargs
            )

    def now(self) -> datetime:
        """The present instant by the desk's clock, in UTC."""
        return self.clock.now()

    @property
    def rep_name(self) -> str:
        """The rep's name; empty until the desk is set up."""
        return self._rep.name

    @property
    def zone(self) -> ZoneInfo:
        """The desk's time zone."""
        return self._zone

    @property
    def currency(self) -> str:
        """The desk's currency, ISO 4217."""
        return self._rep.currency

    @property
    def country(self) -> str:
        """The desk's country, ISO 3166: how phone numbers without a country code are read."""
        return self._rep.country

    @property
    def is_set_up(self) -> bool:
        """Whether the rep has said her name, zone and currency."""
        return bool(self._rep.name)

    @property
    def is_empty(self) -> bool:
        """Whether there is not one client yet."""
        with self._database.read() as session:
            return session.connection().exec_driver_sql("SELECT 1 FROM client LIMIT 1").first() is None

    @property
    def is_open_elsewhere(self) -> bool:
        """Whether another process owns this desk."""
        return self.read_only == OPEN_ELSEWHERE

    def inbox_files(self) -> list[Path]:
        """The files that wait in the inbox, oldest first."""
        try:
            found = [f for f in self.paths.inbox.iterdir() if f.is_file() and not f.name.startswith(".")]
            return sorted(found, key=lambda f: (f.stat().st_mtime, f.name))
        except OSError:
            return []

    def poll(self) -> bool:
        """Whether another process has written to the desk since the last look; `version` then grows."""
        with self._writing:
            seen = self._database.data_version()
            if seen == self._seen:
                return False
            self._seen = seen
            self._refresh()
            self.version += 1
            return True

    # Writing

    def do(self, command: Command) -> Outcome:
        """Run a command: one transaction, one undo step. Raises `Refused`; then nothing has changed.

        A command that changes no row leaves no trace in the history.
        """
        with self._writing:
            outcome, changed = self._run(command, keep=True)
            if changed:
                self._has_changed()
            return outcome

    def preview(self, command: Command) -> Outcome:
        """Run a command and roll it back: exactly what it would do, with nothing done."""
        with self._writing:
            return self._run(command, keep=False)[0]

    def _run(self, command: Command, *, keep: bool) -> tuple[Outcome, bool]:
        self._refuse_if_read_only()
        rep, now = self._rep, self.now()
        with suppress(_RolledBack), self._database.write() as session:
            own = journal.begin(session, at=now, by=rep.name, kind="do", name=type(command).__name__)
            work = Work(session, now, self._zone, rep.currency, rep.country, self.settings)
            outcome = command.apply(work)
            changed = journal.finish(session, own, outcome.label)
            if not getattr(command, "from_hq", False):
                journal.refuse_changed(session, own, "assignment", "hq_notes", HQ_ONLY)
            if not getattr(command, "of_others", False):
                journal.refuse_words(session, own, holds_card_number, NO_CARD)
            if not (keep and (changed or outcome.keeps)):
                raise _RolledBack
            if not changed:
                journal.forget(session, own)
        return replace(outcome, changed=changed), changed

    def undo(self, command_id: int | None = None) -> Outcome:
        """Take back the last command, or the one named. Raises `NotUndoable` (R7)."""
        with self._writing:
            return self._turn(lambda session, at, by: journal.undo(session, at=at, by=by, command_id=command_id))

    def redo(self) -> Outcome:
        """Do again what was taken back last. Raises `NotUndoable`."""
        with self._writing:
            return self._turn(lambda session, at, by: journal.redo(session, at=at, by=by))

    def _turn(self, turn: Turn) -> Outcome:
        self._refuse_if_read_only()
        label = ""
        try:
            with self._database.write() as session:
                label, clients = turn(session, self.now(), self._rep.name)
        except sqlite3.IntegrityError as error:
            raise self._depended_on(turn, label) from error
        self._has_changed()
        return Outcome(label, clients)

    def _depended_on(self, turn: Turn, label: str) -> NotUndoable:
        """What to say of a replay that cannot be committed: it is done once more to see what stands against it."""
        by = None
        with suppress(_RolledBack), self._database.write() as session:
            turn(session, self.now(), self._rep.name)
            by = later_steps.in_the_way(session)
            raise _RolledBack
        if by is None:
            return journal.depended_on(label)
        here = LocalNow(self.now(), self._zone)
        return journal.depended_on(label, f"“{by.label}” ({say_day(here.day(by.at), here.today)} {here.hour(by.at)})")

    def learn_buyers(self) -> bool:
        """Bring what clients are expected to bring (R48) in step with their orders and the day; whether it changed.

        Leaves no trace in the history, and does nothing where the desk can only be read. Only the writing keeps
        others waiting.
        """
        if self.read_only is not None:
            return False
        with self._database.read() as session:
            weeks = self.settings.buying_weeks
            learned = expected.learn(session, self.now(), self._zone, self.currency, weeks)
        if learned is None:
            return False
        with self._writing:
            with self._database.write() as session:
                expected.keep(session, learned)
            self._has_changed()
        return True

    def note(self, write: Callable[[Session], None]) -> None:
        """Keep what is no change of the desk and has no undo: how things stand elsewhere."""
        self._refuse_if_read_only()
        with self._writing:
            with self._database.write() as session:
                write(session)
                session.flush()
            self._has_changed()

    def _refuse_if_read_only(self) -> None:
        if self.read_only is not None:
            raise DeskReadOnly(self.read_only)

    def _has_changed(self) -> None:
        self._seen = self._database.data_version()
        self._refresh()
        self.version += 1

    # The clients' files

    def keep_file(self, path: Path) -> attachments.Stored:
        """Keep a copy of a file, for an attachment that is added next. Raises `Refused` for what cannot be kept."""
        self._refuse_if_read_only()
        return attachments.store_file(self.paths.attachments, path)

    def copy_to_open(self, sha256: str, name: str) -> Path:
        """A private copy of an attachment for another program to show. Raises `DeskDamaged` if it is not whole."""
        return attachments.copy_to_open(self.paths.attachments, sha256, name, self.paths.opened)

    def save_copy(self, sha256: str, name: str, folder: Path) -> Path:
        """Save a copy of an attachment in a folder, under a name that is free there; where it is."""
        return attachments.save_copy(self.paths.attachments, sha256, name, folder)

    # Keeping it safe

    def back_up(self, why: str = "asked for") -> backups.Backup:
        """Make a verified backup now."""
        made = backups.make_backup(self._database, self.paths.backups, now=self.now(), why=why)
        # After the rows, so that every file which they name is among them.
        attachments.mirror(self.paths.attachments, self.paths.backups / "attachments")
        return made

    def back_up_if_due(self) -> backups.Backup | None:
        """Make the day's backup, if the settings want it and something has changed since the last one."""
        if self.read_only is not None or not self.settings.backups or self.is_empty:
            return None
        newest = next(iter(backups.backups_in(self.paths.backups)), None)
        if newest is not None and self.now() - newest.made_at < timedelta(days=1):
            return None
        with self._database.read() as session:
            commands = session.connection().exec_driver_sql("SELECT max(id) FROM journal_command").scalar() or 0
        if commands == (newest.last_command if newest else 0):
            return None
        made = self.back_up("the day's")
        backups.thin(self.paths.backups)
        return made

    @contextmanager
    def copy(self) -> Iterator["Desk"]:
        """A private copy of the desk in a temporary folder, to try something on while another process owns the desk."""
        with tempfile.TemporaryDirectory(prefix="stylistdesk-") as folder:
            made = backups.make_backup(self._database, Path(folder), now=self.now(), why="a copy to try on")
            made.path.rename(Path(folder) / self.paths.database.name)
            with Desk.open(Path(folder), clock=self.clock, settings=self.settings) as desk:
                yield desk

    @classmethod
    def restore(cls, paths: DeskPaths, name: str, *, clock: Clock) -> tuple[backups.Backup, Path | None]:
        """Put a backup in the desk's place: the backup, and where the file that stood there was set aside.

        Raises `DeskInUse` while a process owns the desk.
        """
        reason, lock = cls._take(paths)
        if lock is None:
            raise (
                DeskInUse(reason or "", hint="Close it first.")
                if reason == OPEN_ELSEWHERE
                else DeskReadOnly(reason or "")
            )
        try:
            restored = backups.restore(paths, name, now=clock.now())
            attachments.mirror(paths.backups / "attachments", paths.attachments)
            return restored
        finally:
            lock.release()

    def keep_safe(self) -> None:
        """What is too slow for opening: check a large file, then make the day's backup. Raises `DeskDamaged`.

        A damaged file is not set aside under an open desk: the rep is told, nothing more is written, and the next start
        sets it aside.
        """
        if opening.is_large(self.paths.database) and (said := opening.damage(self.paths.database)):
            self.paths.suspect.touch(mode=0o600)
            self.read_only = f"{said} Nothing more is written to it."
            raise DeskDamaged(said, hint="Close the desk and open it again: the backups are offered then.")
        self.back_up_if_due()

    def close(self) -> None:
        """Close the file and give up the lock. The desk cannot be used afterwards."""
        with self._writing:
            self._database.close()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _refresh(self) -> None:
        self._rep = self._read_rep()
        self._zone = ZoneInfo(self._rep.time_zone)

    def _read_rep(self) -> Rep:
        with self._database.read() as session:
            row = (
                session.connection()
                .exec_driver_sql("SELECT rep_name, time_zone, currency, country FROM desk_info WHERE id = 1")
                .first()
            )
        return Rep(*row) if row is not None else Rep(time_zone=machine_zone())


def _lock_of(paths: DeskPaths) -> FileLock:
    """The owner's lock, taken. Raises `Timeout` where another process has it."""
    lock = FileLock(paths.lock, mode=0o600, thread_local=False)
    lock.acquire(blocking=False)
    return lock


class _RolledBack(Exception):
    """Leaves a transaction without keeping it."""
