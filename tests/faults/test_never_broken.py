"""faults.md: what the rep saw saved is saved, and nothing is ever half done."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.notes import AddNote
from stylistdesk.db import backups, engine, opening
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskReadOnly, DiskFull, Refused
from stylistdesk.paths import desk_paths
from tests.conftest import NOW
from tests.faults import scripted as scripted_session
from tests.helpers import add_client, dump
from tests.torture import LONG

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="forks and signals are POSIX's")


def scripted(what: str, folder: Path, out: Path) -> dict[str, object]:
    subprocess.run(
        [sys.executable, "-m", "tests.faults.scripted", what, str(folder), str(out)],
        cwd=ROOT,
        check=True,
        timeout=7_200 if LONG else 900,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    found: dict[str, object] = json.loads(out.read_text())
    return found


@POSIX
@pytest.mark.timeout(1000)  # a guard against hanging, and no measure: a busy machine takes minutes
def test_killed_at_any_statement_each_command_is_whole_or_absent(desk: Desk, tmp_path: Path) -> None:
    """What was acknowledged is there; the running command is whole or absent; nothing needs repair."""
    desk.close()
    told = scripted("kill", tmp_path, tmp_path / "told.json")
    assert told["status"] == 0, "the session itself runs to its end"
    found = told["found"]
    assert isinstance(found, list) and len(found) > 25
    assert not LONG or len(found) == told["total"]
    for k, killed, acknowledged, integrity, states in found:
        assert killed == 9, k
        assert integrity == ["ok", None, 0, 0], k
        assert acknowledged in states or acknowledged + 1 in states, (k, acknowledged, states)


@POSIX
@pytest.mark.parametrize("closed", ["file", "folder", "folder alone"])
def test_a_desk_that_cannot_be_written_opens_for_reading(desk: Desk, tmp_path: Path, closed: str) -> None:
    add_client(desk)
    desk.close()
    with TemporaryDirectory() as folder:  # pytest's own folder is closed to others whenever it starts somewhere
        Path(folder).chmod(0o755)
        paths = desk_paths(Path(folder) / "desk")
        shutil.copytree(desk.paths.data_dir, paths.data_dir)
        if closed == "folder":
            paths.lock.unlink(missing_ok=True)
        else:  # nothing but the one stands in the way: all else is hers, whoever runs this
            for hers in (paths.data_dir, *paths.data_dir.iterdir()):
                if os.geteuid() == 0:
                    os.chown(hers, scripted_session.NOBODY, scripted_session.NOBODY)
        paths.database.chmod(0o600 if closed == "folder alone" else 0o444)
        paths.data_dir.chmod({"file": 0o700, "folder": 0o555, "folder alone": 0o500}[closed])
        before = paths.database.read_bytes()
        told = scripted("unprivileged", Path(folder), tmp_path / "told.json")
        paths.data_dir.chmod(0o700)
        assert "cannot be written" in str(told["read_only"])
        assert "cannot be written" in str(told["refused"])
        assert told["asked"] == 1
        assert paths.database.read_bytes() == before


def test_a_full_disk_changes_nothing_and_says_how_much_to_free(desk: Desk) -> None:
    ana = add_client(desk)
    before = dump(desk)
    with desk._database.raw() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 1}")
    with pytest.raises(DiskFull, match=r"no room.*Free at least 50 MB"):
        desk.do(AddNote(ana, "A long story. " * 1_400))
    assert dump(desk) == before
    with desk._database.raw() as connection:
        connection.execute("PRAGMA max_page_count=1000000")
    desk.do(AddNote(ana, "A long story. " * 1_400))
    assert len(dump(desk)["note"]) == 1


def test_a_disk_that_is_full_at_the_start_is_said_and_the_desk_can_be_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite then says that input or output failed, for its log has no room: that tells a rep nothing."""
    add_client(desk)
    desk.close()

    def full(_: Path) -> str:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        raise error

    monkeypatch.setattr(opening, "damage", full)
    monkeypatch.setattr(engine, "disk_usage", lambda _: SimpleNamespace(free=0))
    with Desk.open(desk.paths, clock=FrozenClock(NOW)) as again:
        assert again.is_full and "no room on the disk" in str(again.read_only) and "50 MB" in str(again.read_only)
        assert len(dump(again)["client"]) == 1
        with pytest.raises(Refused, match="no room on the disk"):
            again.do(AddNote(1, "No"))


@pytest.mark.parametrize(
    ("number", "kind", "hint"),
    [(errno.ENOSPC, DiskFull, "Free some room"), (errno.EDQUOT, DiskFull, "Free some room"),
     (errno.EACCES, DeskReadOnly, "who may write"), (errno.EROFS, DeskReadOnly, "who may write")],
)  # fmt: skip
def test_a_backup_that_cannot_be_written_says_what_to_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Refused], hint: str
) -> None:
    def fails(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(backups, "sync_folder", fails)
    with pytest.raises(kind, match=f"cannot be written.*{os.strerror(number)}.*{hint}"):
        desk.back_up()
