"""A second copy of every backup in another place: a stick, another disk, or a folder that goes to a cloud.

The place may be away; then nothing is wrong, and what is missing there is brought when it is back. With a public key in
the settings, only what is encrypted leaves the desk's own folder, the clients' files too.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from stylistdesk.db import attachments, encryption
from stylistdesk.db.backups import Backup, backups_in, thin, to_keep
from stylistdesk.db.copying import Progress, copy_file, no_progress, sha256_of
from stylistdesk.domain.errors import Refused
from stylistdesk.paths import DeskPaths, is_within, private_folder, write_private

README = """These are backups of a stylistdesk. Each .sqlite3 file (or .age, where it is encrypted) belongs to the .json
file of the same name. On another computer: install stylistdesk, then

    stylistdesk restore PATH-OF-THE-NEWEST-FILE

An encrypted one also needs the key file: --key FILE. The clients' files are in the folder attachments.
"""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the second copy: its folder, how many backups are there, and what is to be said, if anything."""

    folder: Path | None
    there: frozenset[str] = frozenset()
    words: str = ""


def folder_of(paths: DeskPaths, wanted: str, desk_id: str) -> Path | None:
    """The desk's own folder in the one that the settings name; `None` if they name none.

    Raises `Refused` where that is inside the desk's own folder.
    """
    if not wanted.strip():
        return None
    folder = Path(wanted.strip()).expanduser().absolute()
    if is_within(wanted, paths.data_dir):
        raise Refused(
            "second_copy in the settings is a folder of the desk itself.",
            hint="Name one on another disk, or one that goes to a cloud.",
        )
    return folder / f"stylistdesk-{desk_id[:8]}"


def look(paths: DeskPaths, wanted: str, desk_id: str) -> Brought:
    """Which backups have their second copy, by name and size."""
    try:
        folder = folder_of(paths, wanted, desk_id)
    except Refused as no:
        return Brought(None, words=str(no))
    if folder is None:
        return Brought(None)
    try:
        if away := _away(folder):
            return Brought(folder, words=away)
        there = {backup.path.name: backup.size for backup in backups_in(folder)}
    except OSError as error:
        return Brought(folder, words=_cannot(folder, error))
    home = backups_in(paths.backups)
    return Brought(folder, frozenset(one.name for one in home if there.get(one.path.name) == one.size))


def bring(
    paths: DeskPaths, wanted: str, desk_id: str, *, recipient: str = "", progress: Progress = no_progress
) -> Brought:
    """Bring every backup that is missing there, compare what arrived, and thin as at home."""
    found = look(paths, wanted, desk_id)
    if found.folder is None or found.words:
        return found
    folder = found.folder
    try:
        private_folder(folder)
        if not (folder / "README.txt").exists():
            write_private(folder / "README.txt", README.encode())
        home = [backup for backup in backups_in(paths.backups) if _may_leave(backup, recipient)]
        to_stay = to_keep([backup.made_at for backup in (*home, *backups_in(folder))])
        missing = [backup for backup in home if backup.name not in found.there and backup.made_at in to_stay]
        damaged = [backup.path.name for backup in missing if not _send(backup, folder, progress)]
        thin(folder)
        _forget(folder, paths)
        _bring_files(paths.backups / "attachments", folder / "attachments", recipient)
    except OSError as error:
        return Brought(folder, found.there, _cannot(folder, error))
    words = f"{damaged[0]} did not arrive whole in {folder}." if damaged else ""
    return Brought(folder, look(paths, wanted, desk_id).there, words)


def forget_files(paths: DeskPaths, wanted: str, desk_id: str, files: Iterable[str]) -> str:
    """Delete the files with these hashes there too; where the place is away, as soon as it is back. What is to be said.

    The hashes wait in the desk's folder: they say nothing of whose they were.
    """
    waiting = {*files, *_to_forget(paths)}
    if not wanted.strip() or not waiting:
        return ""
    try:
        folder = folder_of(paths, wanted, desk_id)
    except Refused:
        return ""  # nothing was ever brought there
    assert folder is not None
    write_private(_waiting(paths), json.dumps(sorted(waiting)).encode())
    try:
        if not folder.parent.is_dir():
            raise FileNotFoundError
        _forget(folder, paths)
    except OSError:
        return f"{folder.parent} cannot be written to now: her files are deleted there when the next backup is brought."
    return ""


def _forget(folder: Path, paths: DeskPaths) -> None:
    """Delete what waits to be deleted there, but what the desk has again."""
    for sha256 in _to_forget(paths):
        if not attachments.place_of(paths.attachments, sha256).exists():
            there = attachments.place_of(folder / "attachments", sha256)
            for path in (there, there.with_name(f"{sha256}{encryption.SUFFIX}")):
                path.unlink(missing_ok=True)
    _waiting(paths).unlink(missing_ok=True)


def _waiting(paths: DeskPaths) -> Path:
    return paths.data_dir / "second-copy-forget.json"


def _to_forget(paths: DeskPaths) -> list[str]:
    try:
        return [
            str(sha256) for sha256 in json.loads(_waiting(paths).read_text()) if attachments.SHA256.fullmatch(sha256)
        ]
    except (OSError, ValueError, TypeError):
        return []


def files_from(backup: Backup, paths: DeskPaths, key: Path | None) -> None:
    """Bring the clients' files back that lie beside a backup and are missing here, decrypted where they need it."""
    beside = backup.path.parent / "attachments"
    attachments.mirror(beside, paths.attachments, mend=True)
    for path in sorted(beside.glob(f"??/*{encryption.SUFFIX}")):
        sha256 = path.name.removesuffix(encryption.SUFFIX)
        if not attachments.SHA256.fullmatch(sha256):
            continue
        target = attachments.place_of(paths.attachments, sha256)
        if attachments.is_whole(target, sha256):
            continue
        private_folder(paths.attachments)
        private_folder(target.parent)
        with encryption.as_plain(path, key, paths.data_dir) as plain:
            if sha256_of(plain) == sha256:
                copy_file(plain, target)


def _may_leave(backup: Backup, recipient: str) -> bool:
    return not backup.damaged and (backup.is_encrypted or not recipient)


def _send(backup: Backup, folder: Path, progress: Progress) -> bool:
    """Copy one backup with its facts; whether it arrived as it is here."""
    target = folder / backup.path.name
    copy_file(backup.path, target, progress)
    if sha256_of(target, progress) != backup.sha256:
        target.unlink()
        return False
    write_private(folder / backup.facts.name, backup.facts.read_bytes())
    return True


def _bring_files(home: Path, away: Path, recipient: str) -> None:
    if not recipient:
        attachments.mirror(home, away)
        return
    for path in attachments.kept_files(home):
        target = away / path.parent.name / f"{path.name}{encryption.SUFFIX}"
        if not target.exists():
            private_folder(away)
            private_folder(target.parent)
            temporary = target.with_name(f".{target.name}.tmp")
            encryption.encrypt(path, temporary, recipient)
            temporary.replace(target)
        target.with_name(path.name).unlink(missing_ok=True)  # from before there was a key


def _away(folder: Path) -> str:
    """That the place is not there now: a stick that is not in, a cloud's folder of another machine."""
    return "" if folder.parent.is_dir() else f"{folder.parent} is not there now; the second copy comes when it is back."


def _cannot(folder: Path, error: OSError) -> str:
    return f"The second copy could not be written to {folder} ({error.strerror})."
