"""The bytes of attachments (R31): each under the SHA-256 of its content, in folders of two letters.

Written to a temporary file, synced, renamed, the folders above it synced; the row comes after that. Nothing is ever
removed here: a row that was taken out can be brought back by undo.
"""

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from stylistdesk.domain.errors import DeskDamaged, Refused, not_written
from stylistdesk.domain.file_names import harmless_name, say_size
from stylistdesk.paths import PRIVATE_FILE, private_folder, sync_folder

LARGEST = 50_000_000
"""The largest file that is kept, in bytes."""

SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is kept: its harmless name, the SHA-256 of its content, its size in bytes."""

    name: str
    sha256: str
    size: int


def place_of(folder: Path, sha256: str) -> Path:
    """Where the bytes with this hash lie: `ab/abcdef…`. Raises `Refused` for what is no hash."""
    if not SHA256.fullmatch(sha256):
        raise Refused("That is no attachment.")
    return folder / sha256[:2] / sha256


def store_file(folder: Path, source: Path, *, largest: int = LARGEST) -> Stored:
    """Keep a copy of a file; content that is there already is not written twice.

    Raises `Refused` for a link, for what is no plain file, and for one that is empty or too large.
    """
    private_folder(folder)
    with _opened(source) as file:
        size = os.fstat(file.fileno()).st_size
        if size > largest:
            raise _too_large(source, largest)
        temporary = folder / f".{secrets.token_hex(8)}.tmp"
        try:
            sha256, size = _copy(file, temporary, largest, source)
            if not size:
                raise Refused(f"{harmless_name(source.name)} is empty.", hint="Choose another file.")
            target = place_of(folder, sha256)
            if not is_whole(target, sha256):
                private_folder(target.parent)
                temporary.replace(target)
            for named_in in (target.parent, folder, folder.parent):
                sync_folder(named_in)
        except OSError as error:
            raise not_written("The file", error) from error
        finally:
            temporary.unlink(missing_ok=True)
    return Stored(harmless_name(source.name), sha256, size)


def is_whole(path: Path, sha256: str) -> bool:
    """Whether a plain file is there whose content has this hash."""
    try:
        with _opened(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except (OSError, Refused):
        return False


def content_of(folder: Path, sha256: str, name: str, *, largest: int = LARGEST) -> bytes:
    """The bytes of a kept file. Raises `DeskDamaged` if it is missing or no longer what was kept."""
    try:
        with _opened(place_of(folder, sha256)) as file:
            content = file.read(largest + 1)
    except (OSError, Refused) as error:
        raise DeskDamaged(f"The file of {harmless_name(name)} is missing.", hint="Choose it again.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DeskDamaged(f"{harmless_name(name)} is no longer what was kept.", hint="Choose it again.")
    return content


def copy_out(folder: Path, sha256: str, target: Path, *, mode: int = PRIVATE_FILE) -> None:
    """Copy an attachment to a file that is not there yet, and check it on the way.

    Raises `DeskDamaged` if it is missing or no longer what was kept.
    """
    with contextlib.ExitStack() as closing:
        try:
            file = closing.enter_context(_opened(place_of(folder, sha256)))
        except Refused as error:
            raise DeskDamaged(f"The file of {target.name} is missing.", hint="Attach it again.") from error
        try:
            told, _ = _copy(file, target, LARGEST * 100, target)
        except OSError as error:
            raise not_written(str(target.parent), error) from error
    if told != sha256:
        target.unlink()
        raise DeskDamaged(f"{target.name} is no longer what was attached.", hint="Attach it again.")
    target.chmod(mode)


def copy_to_open(folder: Path, sha256: str, name: str, into: Path) -> Path:
    """A private read-only copy under the attachment's own name, for other programs to open; those of yesterday go."""
    target = place_to_open(name, into)
    copy_out(folder, sha256, target, mode=0o400)
    return target


def place_to_open(name: str, into: Path) -> Path:
    """Where a file can be put for other programs to open, in a private folder of its own; those of yesterday go."""
    private_folder(into)
    for old in into.iterdir():
        if old.is_dir() and not old.is_symlink() and time.time() - old.stat().st_mtime > _DAY:
            shutil.rmtree(old, ignore_errors=True)
    place = into / secrets.token_hex(8)
    private_folder(place)
    return place / harmless_name(name)


def save_copy(folder: Path, sha256: str, name: str, into: Path) -> Path:
    """A copy under the attachment's own name, or the next one that is free."""
    wanted = into / harmless_name(name)
    target, number = wanted, 1
    while target.exists() or target.is_symlink():
        number += 1
        target = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    copy_out(folder, sha256, target)
    return target


def kept_files(folder: Path) -> Iterator[Path]:
    """Every file that is kept."""
    if folder.is_dir():
        for path in sorted(folder.glob("??/*")):
            if SHA256.fullmatch(path.name) and path.parent.name == path.name[:2]:
                yield path


def mirror(folder: Path, into: Path, *, mend: bool = False) -> int:
    """Put every file that is kept into another folder too, as a copy of its own; how many are kept.

    What is damaged here is not passed on. With `mend`, what is damaged there is put right.
    """
    count = 0
    for path in kept_files(folder):
        target = place_of(into, path.name)
        count += 1
        # An earlier version gave it a second name only: one harm to the disk would take both.
        there = target.exists() and not path.samefile(target)
        if not there or (mend and not is_whole(target, path.name)):
            _copy_whole(path, into)
    return count


def put_back(folder: Path, sha256: str, copies: Iterable[Path]) -> bool:
    """Bring a file that is missing or damaged back from one of these folders; whether one has it whole."""
    for copy in copies:
        source = place_of(copy, sha256)
        if is_whole(source, sha256):
            return _copy_whole(source, folder)
    return False


def _copy_whole(path: Path, into: Path) -> bool:
    """Copy a kept file into another folder, if it is still what was kept."""
    target = place_of(into, path.name)
    private_folder(into)
    private_folder(target.parent)
    temporary = into / f".{secrets.token_hex(8)}.tmp"
    try:
        with contextlib.closing(path.open("rb")) as file:
            sha256, _ = _copy(file, temporary, LARGEST * 100, path)
        if sha256 == path.name:
            temporary.replace(target)
            sync_folder(target.parent)
        return sha256 == path.name
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """A plain file, opened without following a link. Raises `Refused` for anything else."""
    name = harmless_name(path.name)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        raise Refused(f"{name} is a link.", hint="Choose the file itself.")
    try:
        handle = os.open(path, flags)
    except FileNotFoundError as error:
        raise Refused(f"There is no file {name}.", hint="Choose another file.") from error
    except OSError as error:
        raise Refused(f"{name} cannot be read ({error.strerror}).", hint="Choose another file.") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused(f"{name} is no file.", hint="Choose a plain file.")
    with os.fdopen(handle, "rb") as file:
        yield file


def _copy(source: BufferedReader, target: Path, largest: int, named: Path) -> tuple[str, int]:
    """Copy to a new file of mode 0600, synced: the hash and the size."""
    digest, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
    with os.fdopen(handle, "wb") as file:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > largest:
                raise _too_large(named, largest)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _too_large(path: Path, largest: int) -> Refused:
    return Refused(
        f"{harmless_name(path.name)} is larger than {say_size(largest)}.",
        hint="Keep a smaller copy, or a link in a note.",
    )
