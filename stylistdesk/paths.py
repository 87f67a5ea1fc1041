"""Where things are kept. Folders are made 0700, files 0600: her clients' data is private."""

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stylistdesk.domain.errors import NoDesk

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class DeskPaths:
    """The places of one desk, all inside its data folder but for the settings of the default desk."""

    data_dir: Path
    settings: Path

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.data_dir / "desk.sqlite3"

    @property
    def is_named(self) -> bool:
        """Whether the rep has named the folder; else they are the machine's own places."""
        return self != _usual_paths()

    @property
    def lock(self) -> Path:
        """The file whose lock the owner of the desk holds for its life."""
        return self.data_dir / "desk.lock"

    @property
    def owner(self) -> Path:
        """Which machine has the desk open, or had it last: it goes with the folder where that is synced."""
        return self.data_dir / "desk.owner.json"

    @property
    def suspect(self) -> Path:
        """A mark: the large file failed its check while it was open; the next start checks it first."""
        return self.data_dir / ".desk.suspect"

    @property
    def backups(self) -> Path:
        """Verified copies of the database."""
        return self.data_dir / "backups"

    @property
    def attachments(self) -> Path:
        """The files of clients, each under the hash of its content."""
        return self.data_dir / "attachments"

    @property
    def opened(self) -> Path:
        """Private copies of attachments that other programs were given to show; those of yesterday are removed."""
        return self.data_dir / "opened"

    @property
    def inbox(self) -> Path:
        """Files put here are offered for import while the desk is open."""
        return self.data_dir / "inbox"

    @property
    def reports(self) -> Path:
        """Reports of unexpected errors; they hold no client data."""
        return self.data_dir / "reports"

    @property
    def exports(self) -> Path:
        """What was exported from the desk: it holds client data, so it is as private as the desk."""
        return self.data_dir / "exports"

    def make(self) -> None:
        """Make the folders, private to the rep. Raises `OSError` where that is not allowed."""
        for folder in (self.data_dir, self.backups, self.inbox, self.reports):
            private_folder(folder)


def data_dir_of(settings: Path) -> Path:
    """The data folder of the desk that has this settings file."""
    usual = _usual_paths()
    return usual.data_dir if settings == usual.settings else settings.parent


def is_within(folder: str, data_dir: Path) -> bool:
    """Whether a folder, as it is typed, is this one or inside it. Raises `OSError`, `ValueError` or `RuntimeError`."""
    found = Path(folder.strip()).expanduser().absolute().resolve()
    return data_dir.resolve() in (found, *found.parents)


def desk_paths(data_dir: Path | None = None) -> DeskPaths:
    """The places for `--data-dir`, STYLISTDESK_DATA_DIR, or the machine's own (XDG) folders."""
    given = data_dir or (Path(os.environ["STYLISTDESK_DATA_DIR"]) if os.environ.get("STYLISTDESK_DATA_DIR") else None)
    if given:
        given = given.expanduser().absolute()
        return DeskPaths(given, given / "settings.toml")
    return _usual_paths()


def no_desk(paths: DeskPaths) -> NoDesk:
    """What to say, and to do, where there is no desk."""
    if not paths.is_named:
        return NoDesk(f"There is no desk yet in {paths.data_dir}.", hint="`stylistdesk` begins one.")
    begin = f"`stylistdesk --data-dir {shlex.quote(str(paths.data_dir))}`"
    return NoDesk(f"There is no desk in {paths.data_dir}.", hint=f"Is that the right folder? {begin} begins one there.")


def refuse_where_nothing_is_set(paths: DeskPaths) -> None:
    """Raise `NoDesk` where settings would be those of no desk; the machine's own may be set before there is one."""
    if paths.is_named and not paths.database.exists() and not paths.settings.exists():
        raise no_desk(paths)


def _usual_paths() -> DeskPaths:
    from platformdirs import user_config_path, user_data_path

    return DeskPaths(
        user_data_path("stylistdesk", appauthor=False),
        user_config_path("stylistdesk", appauthor=False) / "settings.toml",
    )


def state_folder() -> Path:
    """Where this machine keeps what it knows by itself, outside of every desk: STYLISTDESK_STATE_DIR, or XDG's."""
    if given := os.environ.get("STYLISTDESK_STATE_DIR"):
        return Path(given).expanduser().absolute()
    from platformdirs import user_state_path

    return user_state_path("stylistdesk", appauthor=False)


def private_folder(folder: Path) -> None:
    """Make a folder with mode 0700, and mend its mode if it is there."""
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    if folder.stat().st_mode & 0o077:
        folder.chmod(PRIVATE_FOLDER)


def may_write(path: Path) -> bool:
    """Whether this process may write there, as the user that it acts for."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def write_private(path: Path, data: bytes) -> None:
    """Write a file of mode 0600 whole or not at all: temporary file, fsync, rename, fsync of the folder."""
    with private_file(path) as file:
        file.write(data)


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """A file of mode 0600 to be written bit by bit; it is there, whole, when the block ends, or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def unused(path: Path) -> Path:
    """The path, or where something is there already, the first with a number behind its name at which nothing is."""
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def downloads() -> Path:
    """Where the rep's files come and go: Downloads, or home, or where the desk was started: the first that is there."""
    return next((folder for folder in (Path.home() / "Downloads", Path.home()) if folder.is_dir()), Path.cwd())
