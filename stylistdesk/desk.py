"""The composition root: a Desk is settings, a clock and a database. Everything a rep does goes through it."""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock, RLock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from sqlmodel import Session

from stylistdesk.clock import Clock, WallClock, machine_zone
from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.db import (
    attachments,
    backups,
    comparing,
    expected,
    journal,
    later_steps,
    opening,
    owner,
    restoring,
    returned,
    search,
    second_copy,
)
from stylistdesk.db.copying import Progress, copy_open_desk, new_private, no_progress
from stylistdesk.db.engine import SCHEMA_VERSION, Database, file_version
from stylistdesk.domain.comparison import Comparison, Returned
from stylistdesk.domain.dates import WEEKDAYS, LocalNow, say_day, say_short_day
from stylistdesk.domain.errors import (
    DeskDamaged,
    DeskInUse,
    DeskReadOnly,
    DiskFull,
    NotUndoable,
    Refused,
    Stopped,
    not_written,
)
from stylistdesk.domain.gifts import ONLY_FOUR, holds_card_number
from stylistdesk.domain.machines import Held, Kind, Said, say_held
from stylistdesk.domain.text import name_key
from stylistdesk.paths import DeskPaths, desk_paths, may_write
from stylistdesk.queries.asking import Asking
from stylistdesk.settings import Loaded, Settings, read_settings
from stylistdesk.settings_file import Stamp, stamp
from stylistdesk.settings_history import Step, Way
from stylistdesk.settings_table import Setting

Aside = restoring.Aside
Backup = backups.Backup
Earlier = journal.Earlier

if TYPE_CHECKING:
    from stylistdesk.db.erasing import Erased

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


NOT_FOLLOWED: Stamp = (-1, -1, -1)
"""Stands for a settings file that is not looked at again: the settings were given."""


@dataclass(frozen=True, slots=True)
class Rep:
    """Whose desk it is. Until she has said so: no name, the machine's zone, US dollars."""

    name: str = ""
    time_zone: str = "UTC"
    currency: str = "USD"
    country: str = "US"


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup in the list: whether its second copy is there, and what the desk has beyond it.

    `beyond` counts rows by kind, below zero where the backup has more; `since` is how many changes were made after it,
    `None` where the backup has changes that the desk has not.
    """

    backup: backups.Backup
    has_second: bool
    beyond: dict[str, int]
    since: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of the desk: backups, copies beside it, the second copy, and what undoes a restore.

    `returned` are the clients who were erased and whom a restore has brought back.
    """

    backups: tuple[KeptBackup, ...]
    aside: tuple[restoring.Aside, ...]
    second: second_copy.Brought
    undo: restoring.Undo | None
    returned: tuple[Returned, ...] = ()


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
        self.is_full = False  # of the disk: why it can only be read
        self.held: Held | None = None
        self.epoch = 0  # grows when another desk has come in the place of this one: a backup, say
        self.problems: list[str] = []
        self.loaded = Loaded(settings, {})
        self._settings_seen: Stamp = NOT_FOLLOWED
        self._database = database
        self._lock = lock
        self._writing = RLock()
        self._backing_up = Lock()
        self._closing = False
        self._ownership = owner.Ownership(paths)
        self.second: second_copy.Brought | None = None
        self._rep = self._read_rep()
        self._zone = ZoneInfo(self._rep.time_zone)
        self._seen = database.data_version()
        self._last_change = 0

    @classmethod
    def open(
        cls,
        data_dir: Path | DeskPaths | None = None,
        *,
        clock: Clock | None = None,
        settings: Settings | None = None,
        write: bool = True,
        take_over: bool = False,
    ) -> Self:
        """Open the desk as its owner, or for reading only where another process owns it or nothing can be written.

        With `take_over` it is opened although another machine has it, because the rep says so. Raises `DeskDamaged`,
        `FileTooNew`, `NotADesk`; a desk that can only be read says why in `read_only`.
        """
        paths = data_dir if isinstance(data_dir, DeskPaths) else desk_paths(data_dir)
        seen = stamp(paths.settings)
        loaded = read_settings(paths.settings) if settings is None else Loaded(settings, {})
        clock = clock or WallClock()
        reason, lock = cls._take(paths) if write else ("This desk was opened for reading only.", None)
        held: Held | None = None
        is_full = False
        try:
            if reason is None and not take_over and paths.database.exists():
                held = owner.why_held(paths)
            if held is not None:
                database = cls._open_held(paths, held)
            elif reason is None:
                try:
                    database = opening.open_for_writing(paths, now=clock.now(), recipient=loaded.settings.backup_key)
                except DiskFull as no:  # what is there can be read all the same
                    is_full, reason = True, f"There is no room on the disk, so the desk can only be read. {no.hint}"
                    database = opening.open_for_reading(paths)
            elif paths.database.exists():
                database = opening.open_for_reading(paths)
            else:
                raise DeskReadOnly(reason)
            desk = cls(paths, database, clock=clock, settings=loaded.settings, lock=lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        desk.is_full = is_full
        desk.read_only, desk.problems = reason, loaded.in_words(paths.settings.name)
        desk.loaded, desk._settings_seen = loaded, seen if settings is None else NOT_FOLLOWED
        if held is not None:
            desk._hold(held)
        elif reason is None:
            desk._ownership.take(database, clock.now())
        return desk

    @staticmethod
    def _open_held(paths: DeskPaths, held: Held) -> Database:
        """Open for reading what another machine may be writing. Raises `DeskInUse` if only an upgrade could read it."""
        if file_version(paths.database) < SCHEMA_VERSION:
            said = say_held(held, partial(opening.say_at_rest, paths))
            raise DeskInUse(said.reason, hint=f"{said.hint} `stylistdesk takeover` opens it here all the same.")
        return opening.open_for_reading(paths)

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
            return _only_read(paths.data_dir, error), None
        try:
            if not may_write(paths.data_dir):  # SQLite writes its log beside the file
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if paths.database.exists():
                paths.database.open("rb+").close()
        except OSError as error:
            lock.release()
            return _only_read(paths.database if may_write(paths.data_dir) else paths.data_dir, error), None
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
        if (held := owner.why_held(self.paths)) is not None:
            self._lock = lock
            self._hold(held)
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
            self._ownership.take(database, self.now())
            self._has_changed()
            return True

    # Two machines

    @property
    def said_held(self) -> Said | None:
        """Why this machine must not write yet, in words; `None` if it may."""
        return say_held(self.held, self._say_instant) if self.held is not None else None

    @staticmethod
    def why_held(paths: DeskPaths) -> Said | None:
        """Why this machine must not write to a desk that is closed here; `None` if it may."""
        held = owner.why_held(paths) if paths.database.exists() else None
        return say_held(held, partial(opening.say_at_rest, paths)) if held is not None else None

    def _say_instant(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        day = say_short_day(local.date(), self.now().astimezone(self._zone).date())
        return f"{WEEKDAYS[local.weekday()]} {day} {local.hour}:{local.minute:02}"

    def _hold(self, held: Held) -> None:
        self.held = held
        said = self.said_held
        self.read_only = said.banner if said is not None else None

    def hold_no_more(self, *, take_over: bool = False) -> bool:
        """Write here from now on: if nothing speaks against it any more, or because the rep says so.

        Gives whether it can be written now. Raises `Refused` where the file itself is in the way.
        """
        if self.held is None or self.held.kind is Kind.REPLACED or self._lock is None:
            return False
        with self._writing:
            if not take_over and (held := owner.why_held(self.paths)) is not None:
                self._follow_file()
                if held != self.held and not (held.is_in_use and self.held.is_in_use):
                    self._hold(held)
                return False
            database = opening.go_on_to_write(self.paths)
            before, self._database, self.held, self.read_only = self._database, database, None, None
            before.close()
            self._ownership.take(database, self.now())
            self.epoch += 1
            self._has_changed()
            return True

    def _follow_file(self) -> None:
        """Read the file that a sync program has put in the place of the one that is open."""
        if self._database.is_replaced:
            before, self._database = self._database, opening.open_for_reading(self.paths)
            before.close()
            self.epoch += 1
            self._has_changed()

    def say_open(self) -> None:
        """Tell other machines that the desk is still open here; every minute or so."""
        if self.read_only is None:
            with self._writing:
                self._ownership.see(self._database, self.now())

    def _look_for_others(self) -> None:
        """Write nothing more where another machine, or another file, has taken the desk's place."""
        if self.read_only is not None or (held := self._ownership.lost(self._database)) is None:
            return
        if held.kind is Kind.REPLACED:
            held = replace(held, files=self._rescued())
        self._ownership.give_up(self._database, self.now())
        self._hold(held)

    def _rescued(self) -> tuple[str, ...]:
        """Keep what is open here and has no name any more; the name that it has now."""
        place = self.paths.data_dir / f"desk-replaced-{self.now().astimezone(UTC):%Y%m%dT%H%M%S%f}Z.sqlite3"
        kept: tuple[str, ...] = ()
        with suppress(OSError, sqlite3.Error, Refused):
            new_private(place)
            with self._database.raw() as connection, closing(sqlite3.connect(place)) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            kept = (place.name,)
        # The log belongs to what was open here: with the other file it would make a third one, or a damaged one.
        for suffix in ("-wal", "-shm"):
            log = self.paths.database.with_name(self.paths.database.name + suffix)
            with suppress(OSError):
                log.rename(place.with_name(f".{place.stem}.log{suffix}"))
                if kept:
                    place.with_name(f".{place.stem}.log{suffix}").unlink()
        return kept

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
            before = self.read_only
            self._look_for_others()
            seen = self._database.data_version()
            if seen == self._seen:
                return self.read_only != before
            self._seen = seen
            self._notice_restore()
            self._refresh()
            self.version += 1
            return True

    def _notice_restore(self) -> None:
        """What another window has restored goes back in the journal: nothing that was read before holds."""
        with self._database.read() as session:
            last = session.connection().exec_driver_sql("SELECT max(id) FROM journal_change").scalar() or 0
        if last < self._last_change:
            self.epoch += 1
        self._last_change = last

    def follow_settings(self) -> bool:
        """Read the settings file again if it was written to since the last look; whether anything else holds now.

        `settings`, `loaded` and `problems` are then those of the file, and `version` grows, so that all is asked again.
        """
        if self._settings_seen in (stamp(self.paths.settings), NOT_FOLLOWED):
            return False
        with self._writing:
            return self._read_settings_again()

    def change_setting(self, setting: Setting, value: Any) -> None:
        """Set one setting in the file, or put it back to its default (`None`); it holds from now on.

        Raises `Refused` where the value is not taken, or the file cannot be written; then nothing has changed.
        """
        from stylistdesk.settings_writing import save_value

        with self._writing:
            save_value(self.paths.settings, setting, value)
            self._read_settings_again()

    def turn_settings(
        self, way: Way, known: Mapping[tuple[str, ...], Setting], allow: Callable[[Setting, Any], None]
    ) -> Step:
        """Take back the last change of the settings, or do it again. Raises `Refused` as `settings_writing.turn`."""
        from stylistdesk.settings_writing import turn

        with self._writing:
            step = turn(self.paths.settings, way, known, allow)
            self._read_settings_again()
        return step

    def _read_settings_again(self) -> bool:
        self._settings_seen = stamp(self.paths.settings)
        before, self.loaded = self.loaded, read_settings(self.paths.settings)
        self.settings, self.problems = self.loaded.settings, self.loaded.in_words(self.paths.settings.name)
        self.version += before != self.loaded
        return before != self.loaded

    # Writing

    def do(self, command: Command) -> Outcome:
        """Run a command: one transaction, one undo step. Raises `Refused`; then nothing has changed.

        A command that changes no row leaves no trace in the history.
        """
        with self._writing:
            outcome, changed = self._with_whole_index(lambda: self._run(command, keep=True))
            if changed:
                self._has_changed()
            return outcome

    def take_in(self, command: Command) -> Outcome:
        """`do` for an import. The settings of a whole desk hold too, unless there is a settings file already."""
        outcome = self.do(command)
        settings = getattr(outcome.value, "settings", None)
        if settings and not self.paths.settings.exists():
            from stylistdesk.settings_writing import settings_text, write_settings

            try:
                write_settings(self.paths.settings, settings_text(settings))
            except Refused as error:
                return replace(outcome, label=f"{outcome.label}, without its settings: {error.reason}")
        return outcome

    def preview(self, command: Command) -> Outcome:
        """Run a command and roll it back: exactly what it would do, with nothing done."""
        with self._writing:
            return self._with_whole_index(lambda: self._run(command, keep=False))[0]

    def _with_whole_index(self, write: Callable[[], T]) -> T:
        """Write, and once more where the index of the search was damaged: it is derived, and no reason to refuse."""
        try:
            return write()
        except search.DamagedIndex:
            with self._database.write() as session:
                search.make(session.connection())
            return write()

    def _run(self, command: Command, *, keep: bool) -> tuple[Outcome, bool]:
        self._refuse_if_read_only()
        rep, now = self._rep, self.now()
        brings_history = getattr(command, "brings_history", False)
        with suppress(_RolledBack), self._database.write() as session:
            work = Work(session, now, self._zone, rep.currency, rep.country, self.settings)
            if brings_history:  # what was done on the desk is what the file says: nothing is added to it
                outcome, changed = command.apply(work), True
                if not keep:
                    raise _RolledBack
                return outcome, True
            own = journal.begin(session, at=now, by=rep.name, kind="do", name=type(command).__name__)
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
            return self._with_whole_index(
                lambda: self._turn(lambda session, at, by: journal.undo(session, at=at, by=by, command_id=command_id))
            )

    def before_what_stays(self) -> Earlier | None:
        """Where undo stands at what nothing takes back: the step before it; `None` where it stands at no such thing."""
        with self._database.read() as session:
            return journal.before_what_stays(session, self.now())

    def redo(self) -> Outcome:
        """Do again what was taken back last. Raises `NotUndoable`."""
        with self._writing:
            return self._with_whole_index(
                lambda: self._turn(lambda session, at, by: journal.redo(session, at=at, by=by))
            )

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

    def note(self, write: Callable[[Session], T], *, quietly: bool = False) -> T:
        """Keep what is no change of the desk and has no undo: how things stand elsewhere.

        `quietly` lets `version` stand: no screen shows it but those that are told of it.
        """
        self._refuse_if_read_only()
        with self._writing:
            with self._database.write() as session:
                noted = write(session)
                session.flush()
            if quietly:
                self._seen = self._database.data_version()
            else:
                self._has_changed()
            return noted

    def _refuse_if_read_only(self) -> None:
        self._look_for_others()
        if self.read_only is not None:
            raise DeskReadOnly(self.read_only)

    def _has_changed(self) -> None:
        self._seen = self._database.data_version()
        self._refresh()
        self.version += 1

    def erase(self, client_id: int, name: str) -> "Erased":
        """Erase a client for good, with what the journal and the folders here have of her; backups stay as they are.

        `name` is hers as typed, as a confirmation. Raises `Refused` if it is not, or she is gone. No undo step.
        """
        from stylistdesk.db import erased_files, erasing

        self._refuse_if_read_only()
        with self._writing:
            with self._database.raw() as connection:
                connection.execute("PRAGMA secure_delete=ON")
            with self._database.write() as session:
                hers = session.connection().exec_driver_sql("SELECT name FROM client WHERE id = ?", (client_id,))
                called = hers.scalar()
                if called is not None and name_key(called) != name_key(name):
                    raise Refused(f"Her name is {called}.", field="name", hint="Type it in full to erase her.")
                erased = erasing.erase(session, client_id, at=self.now(), by=self._rep.name)
            with self._database.raw() as connection:
                # Nothing of her is left in free pages, nor in the log beside the file.
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._has_changed()
        said = erased_files.remove(self.paths, erased, self.settings.second_copy, self._ownership.desk_id)
        return replace(erased, left=said)

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

    def back_up(self, why: str = "asked for", *, progress: Progress = no_progress) -> backups.Backup:
        """Make a verified backup now, and bring the second copy in step. Closing the desk stops it: `Stopped`."""

        def going_on(what: str, done: int, total: int) -> None:
            if self._closing:
                raise Stopped("The desk was closed; the backup is made the next time.")
            progress(what, done, total)

        with self._backing_up:
            made = backups.make_backup(
                self._database,
                self.paths.backups,
                now=self.now(),
                why=why,
                recipient=self.settings.backup_key,
                progress=going_on,
            )
            # After the rows, so that every file which they name is among them.
            try:
                attachments.mirror(self.paths.attachments, self.paths.backups / "attachments")
            except OSError as error:
                raise not_written("The files of clients beside the backups", error) from error
            self.second = self._bring_second_copy(going_on)
        return made

    @property
    def copies_of_files(self) -> tuple[Path, ...]:
        """Where else the clients' files are kept: beside the backups, and in the second copy."""
        second = second_copy.look(self.paths, self.settings.second_copy, self._ownership.desk_id).folder
        return tuple(folder / "attachments" for folder in (self.paths.backups, second) if folder is not None)

    def back_up_if_due(self, *, progress: Progress = no_progress) -> backups.Backup | None:
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
        made = self.back_up("the day's", progress=progress)
        backups.thin(self.paths.backups)
        return made

    def _bring_second_copy(self, progress: Progress = no_progress) -> second_copy.Brought:
        settings = self.settings
        return second_copy.bring(
            self.paths,
            settings.second_copy,
            self._ownership.desk_id,
            recipient=settings.backup_key,
            progress=progress,
        )

    def kept(self) -> Kept:
        """Every backup, newest first, what lies beside the desk, and what the desk has beyond each."""
        second = second_copy.look(self.paths, self.settings.second_copy, self._ownership.desk_id)
        if self.second is not None and self.second.words and not second.words:
            second = replace(second, words=self.second.words)
        with self._database.snapshot() as connection:
            rows = comparing.count_rows(connection, backups.COUNTED)
            found = tuple(
                KeptBackup(
                    one,
                    one.name in second.there,
                    _beyond(rows, one.rows),
                    comparing.changes_since(connection, one.mark),
                )
                for one in backups.backups_in(self.paths.backups)
            )
            back = returned.still_there(self.paths, connection)
        return Kept(found, tuple(restoring.set_aside_in(self.paths)), second, restoring.last_restore(self.paths), back)

    def erased_and_back(self) -> tuple[Returned, ...]:
        """The clients who were erased and whom a restore has brought back."""
        with self._database.snapshot() as connection:
            return returned.still_there(self.paths, connection)

    def verify_backup(self, name: str, key: Path | None = None, *, progress: Progress = no_progress) -> backups.Backup:
        """Check a backup again; it says whether it is damaged. Raises `Refused`."""
        found = backups.find_backup(self.paths.backups, name)
        return backups.verify(found, now=self.now(), key=key, progress=progress)

    def compare_with(self, name: str, key: Path | None = None, *, progress: Progress = no_progress) -> Comparison:
        """What restoring a backup, or a copy that lies beside the desk, would change. Raises `Refused`."""
        with restoring.source(self.paths, name, key, progress) as (_, path):
            return comparing.compare(self.paths.database, path)

    def restore_here(self, name: str, key: Path | None = None, *, progress: Progress = no_progress) -> str:
        """Put a backup in the place of this open desk, what it holds being kept; when it was made, in words.

        Raises `Refused`; then nothing has changed.
        """
        self._refuse_if_read_only()
        with restoring.source(self.paths, name, key, progress) as (found, path):
            named = self._named(found)
            self._put_back(path, named, progress)
            if isinstance(found, backups.Backup):
                second_copy.files_from(found, self.paths, key)
        return named

    def undo_restore(self, *, progress: Progress = no_progress) -> str:
        """Put back what the last restore replaced; doing it twice restores again. Raises `NotUndoable`."""
        self._refuse_if_read_only()
        undo = restoring.last_restore(self.paths)
        if undo is None:
            raise NotUndoable("There is no restore to undo.")
        named = restoring.RESTORED if undo.restores_again else restoring.WAS_THERE
        self._put_back(undo.aside, named, progress)
        undo.aside.unlink()  # it is the desk now
        return undo.put_back

    def _put_back(self, path: Path, named: str, progress: Progress) -> None:
        back = returned.would_return(self.paths, path)
        with self._backing_up, self._writing:
            restoring.restore_into(self.paths, self._database, path, named=named, now=self.now(), progress=progress)
            returned.remember(self.paths, back)
            self._ownership.see(self._database, self.now(), restored=True)
            self._last_change = 0
            self.epoch += 1
            self._has_changed()

    def _named(self, found: backups.Backup | restoring.Aside) -> str:
        if isinstance(found, backups.Backup):
            return f"the backup of {self._say_instant(found.made_at)}"
        return f"the copy of {self._say_instant(found.at)}"

    def remove_kept(self, name: str) -> None:
        """Delete a backup, or a copy that lies beside the desk. Raises `Refused`."""
        self._refuse_if_read_only()
        found = restoring.find(self.paths, name)
        if isinstance(found, backups.Backup):
            backups.remove(found)
        else:
            for suffix in ("", "-wal", "-shm"):
                found.path.with_name(found.name + suffix).unlink(missing_ok=True)

    @contextmanager
    def copy(self) -> Iterator["Desk"]:
        """A private copy of the desk in a temporary folder, to try something on while another process owns the desk."""
        with tempfile.TemporaryDirectory(prefix="stylistdesk-") as folder:
            copy_open_desk(self._database, Path(folder) / self.paths.database.name)
            with Desk.open(Path(folder), clock=self.clock, settings=self.settings) as desk:
                yield desk

    @classmethod
    def restore(
        cls, paths: DeskPaths, name: str, *, clock: Clock, key: Path | None = None
    ) -> tuple[backups.Backup | restoring.Aside, Path | None]:
        """Put a backup in the desk's place: the backup, and where what stood there is kept.

        Raises `DeskInUse` while a process or another machine owns the desk.
        """
        with cls._to_restore(paths, clock) as desk:
            if desk is not None:
                found = restoring.find(paths, name)
                desk.restore_here(name, key)
                undo = restoring.last_restore(paths)
                return found, undo.aside if undo is not None else None
            with restoring.source(paths, name, key) as (found, path):
                back = returned.would_return(paths, path)
                aside = restoring.restore_file(paths, path, named=path.name, now=clock.now())
                returned.remember(paths, back)
                if isinstance(found, backups.Backup):
                    second_copy.files_from(found, paths, key)
            return found, aside

    @staticmethod
    def whole_backups(paths: DeskPaths) -> list[backups.Backup]:
        """The backups of a desk that cannot be opened, the newest first, without those that are known to be damaged."""
        return [one for one in backups.backups_in(paths.backups) if not one.damaged]

    @classmethod
    @contextmanager
    def _to_restore(cls, paths: DeskPaths, clock: Clock) -> Iterator["Desk | None"]:
        """The desk, open for writing; `None` under its lock where it is lost, damaged or of an older schema."""
        reason, lock = cls._take(paths)
        if lock is None:
            raise (
                DeskInUse(reason or "", hint="Close it first.")
                if reason == OPEN_ELSEWHERE
                else DeskReadOnly(reason or "")
            )
        try:
            held = owner.why_held(paths) if paths.database.exists() else None
            if held is not None:
                said = say_held(held, partial(opening.say_at_rest, paths))
                raise (DeskInUse if held.is_in_use else DeskReadOnly)(
                    said.reason, hint=f"{said.hint} `stylistdesk takeover` takes it over."
                )
            whole = cls.can_be_read(paths) and not opening.damage(paths.database)
        except BaseException:
            lock.release()
            raise
        if not whole:
            try:
                yield None
            finally:
                lock.release()
            return
        lock.release()
        with cls.open(paths, clock=clock) as desk:
            yield desk

    @classmethod
    def begin_here(cls, paths: DeskPaths) -> None:
        """Begin with an empty desk in a folder from which one is gone, because the rep says so."""
        owner.forget(paths)

    def keep_safe(self) -> None:
        """What is too slow for opening: check a large file, then make the day's backup. Raises `DeskDamaged`.

        A damaged file is not set aside under an open desk: the rep is told, nothing more is written, and the next start
        sets it aside.
        """
        if opening.is_large(self.paths.database) and (said := opening.damage(self.paths.database)):
            self.paths.suspect.touch(mode=0o600)
            self.read_only = f"{said} Nothing more is written to it."
            raise DeskDamaged(said, hint="Close the desk and open it again: the backups are offered then.")
        with suppress(Stopped):
            self.back_up_if_due()

    def close(self) -> None:
        """Close the file and give up the lock. The desk cannot be used afterwards."""
        self._closing = True
        with self._writing:
            if self.read_only is None:
                with suppress(Refused, sqlite3.Error):
                    self._ownership.see(self._database, self.now(), closed=True)
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


def _beyond(here: dict[str, int], there: dict[str, int]) -> dict[str, int]:
    """How many more rows of each kind are here than there; none where they are as many."""
    return {kind: count - there.get(kind, 0) for kind, count in here.items() if count != there.get(kind, 0)}


def _only_read(path: Path, error: OSError) -> str:
    return f"{path} cannot be written ({error.strerror}); the desk can only be read."


def _lock_of(paths: DeskPaths) -> FileLock:
    """The owner's lock, taken. Raises `Timeout` where another process has it."""
    lock = FileLock(paths.lock, mode=0o600, thread_local=False)
    lock.acquire(blocking=False)
    return lock


class _RolledBack(Exception):
    """Leaves a transaction without keeping it."""
