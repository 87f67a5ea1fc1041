"""Encrypted backups: age (age-encryption.org) through pyrage. The desk knows the public key only; the secret one is in
a file that the rep keeps elsewhere and names when a backup is to be read."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from stylistdesk.db.copying import Progress, new_private, no_progress
from stylistdesk.domain.errors import DeskDamaged, Refused, not_written
from stylistdesk.paths import PRIVATE_FILE

SUFFIX = ".age"
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how every age identity begins
_READS_PER_REST = 64
_LARGEST_KEY_FILE = 100_000


def make_key(path: Path) -> str:
    """Write a new secret key into a new file of mode 0600; the public key. Raises `Refused` if a file is there."""
    age = _age()
    key = age.x25519.Identity.generate()
    recipient = str(key.to_public())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    except FileExistsError:
        raise Refused(f"{path} is there already.", field="key", hint="Choose another name for the key file.") from None
    except OSError as error:
        raise not_written(str(path), error, field="key") from error
    with os.fdopen(handle, "w") as file:
        file.write(
            f"# The secret key of stylistdesk's backups. Keep it safe, and not beside them.\n# {recipient}\n{key}\n"
        )
        file.flush()
        os.fsync(file.fileno())
    return recipient


def encrypt(source: Path, target: Path, recipient: str, progress: Progress = no_progress) -> None:
    """Encrypt a file into a new one, with rests between. Raises `Refused` where that cannot be done."""
    age = _age()
    try:
        to = age.x25519.Recipient.from_str(recipient)
    except age.RecipientError:
        raise Refused("backup_key in the settings is no public key of age.", hint="It begins with age1.") from None
    new_private(target)
    with source.open("rb") as plain, target.open("wb") as file:
        age.encrypt_io(_Resting(plain, source.stat().st_size, "Encrypting", progress), file, [to])
        file.flush()
        os.fsync(file.fileno())


def decrypt(source: Path, target: Path, key: Path | None, progress: Progress = no_progress) -> None:
    """Decrypt a file into a new one with the key in a file.

    Raises `Refused` for a key that is missing or another one, `DeskDamaged` if the file is not what was encrypted.
    """
    age = _age()
    if key is None:
        raise Refused(
            f"{source.name} is encrypted.",
            field="key",
            hint="Say where your key file is: --key FILE, or on the screen.",
        )
    identities = _identities(age, key)
    new_private(target)
    with source.open("rb") as file, target.open("wb") as plain:
        try:
            age.decrypt_io(_Resting(file, source.stat().st_size, "Decrypting", progress), plain, identities)
        except age.DecryptError as error:
            target.unlink(missing_ok=True)
            if "matching" in str(error).lower():
                raise Refused(
                    f"{key.name} does not open {source.name}.", field="key", hint="It was encrypted for another key."
                ) from None
            raise DeskDamaged(f"{source.name} is damaged.", hint="Take another one.") from None
        except OSError as error:
            target.unlink(missing_ok=True)
            raise DeskDamaged(f"{source.name} is damaged.", hint="Take another one.") from error
        plain.flush()
        os.fsync(plain.fileno())


@contextmanager
def as_plain(path: Path, key: Path | None, folder: Path, progress: Progress = no_progress) -> Iterator[Path]:
    """The file itself, or what it holds decrypted into a private file of the folder, which is gone afterwards."""
    if path.suffix != SUFFIX:
        yield path
        return
    temporary = folder / f".{path.stem}.{os.getpid()}.tmp"
    try:
        decrypt(path, temporary, key, progress)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


class _Resting:
    """A file that is read in rests: the library keeps every other thread waiting while it works."""

    def __init__(self, file: IO[bytes], total: int, what: str, progress: Progress) -> None:
        self._file, self._total, self._what, self._progress = file, total, what, progress
        self._reads = self._done = 0

    def read(self, size: int = -1) -> bytes:
        self._reads += 1
        if self._reads % _READS_PER_REST == 0:
            self._progress(self._what, self._done, self._total)
            time.sleep(0.001)
        chunk = self._file.read(size)
        self._done += len(chunk)
        return chunk


def _identities(age: Any, key: Path) -> list[Any]:
    """The secret keys in a file. Raises `Refused`; what is in it is never said."""
    try:
        with key.open("rb") as file:
            lines = file.read(_LARGEST_KEY_FILE).decode("utf-8", "replace").splitlines()
    except OSError as error:
        raise Refused(f"{key} cannot be read ({error.strerror}).", field="key", hint="Choose your key file.") from None
    found = []
    for line in lines:
        if line.strip().upper().startswith(_SECRET):
            try:
                found.append(age.x25519.Identity.from_str(line.strip().upper()))
            except age.IdentityError:
                continue
    if not found:
        raise Refused(f"{key.name} is no key file.", field="key", hint="Its last line begins with AGE-SECRET-KEY-.")
    return found


def _age() -> Any:
    try:
        import pyrage
    except ImportError:
        raise Refused(
            "Encrypted backups need the extra “encryption”.", hint="Install stylistdesk[encryption], then try again."
        ) from None
    return pyrage
