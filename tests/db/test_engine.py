"""The one file: its pragmas, its versions, its modes, its lock."""

import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy.exc import StatementError
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.notes import AddNote
from stylistdesk.db import opening
from stylistdesk.db.engine import APPLICATION_ID, SCHEMA_VERSION, Database
from stylistdesk.db.tables import Client, Note
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskDamaged, DeskReadOnly, FileTooNew, NotADesk, Refused
from stylistdesk.queries.history import history
from tests.conftest import NOW
from tests.helpers import add_client, dump


def test_the_file_is_kept_as_the_promise_needs(desk: Desk) -> None:
    database = Database(desk.paths.database)
    with database.write() as session:
        connection = session.connection()

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)
        assert (pragma("application_id"), pragma("user_version")) == (APPLICATION_ID, SCHEMA_VERSION)
    database.close()


def test_two_writers_lose_no_update(desk: Desk) -> None:
    """Each adds one to what it has read, 100 times: BEGIN IMMEDIATE makes the second wait for the first."""
    add_client(desk)
    database = Database(desk.paths.database)

    def count_up() -> None:
        for _ in range(100):
            with database.write() as session:
                seen = session.connection().exec_driver_sql("SELECT watermark FROM client").scalar_one()
                session.connection().exec_driver_sql("UPDATE client SET watermark = ?", (seen + 1,))

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    assert [c.watermark for c in desk.ask(lambda asking: asking.session.exec(select(Client)).all())] == [200]


def test_a_reader_cannot_write(desk: Desk) -> None:
    add_client(desk)
    with pytest.raises(DeskReadOnly):
        desk.ask(lambda asking: asking.session.connection().exec_driver_sql("UPDATE client SET name = 'x'"))


def test_a_naive_time_is_never_stored(desk: Desk) -> None:
    note = Note(client_id=1, written_at=datetime(2026, 11, 21, 9, 42), body="naive")  # noqa: DTZ001
    database = Database(desk.paths.database)
    with pytest.raises(StatementError, match="naive"), database.write() as session:
        session.add(note)
        session.flush()
    database.close()


def modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in [folder, *folder.rglob("*")]
    }  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="mode bits are POSIX's")
def test_nobody_else_reads_it(tmp_path: Path) -> None:
    """Folders 0700, files 0600, even under a careless umask, backups included."""
    before = os.umask(0)
    try:
        with Desk.open(tmp_path / "desk", clock=FrozenClock(NOW)) as desk:
            add_client(desk)
            desk.back_up()
            open_modes = modes(tmp_path / "desk")
        closed_modes = modes(tmp_path / "desk")
    finally:
        os.umask(before)
    for found in (open_modes, closed_modes):
        for name, mode in found.items():
            assert mode == (0o700 if name in {".", "backups", "inbox", "reports"} else 0o600), name


def test_a_second_window_writes_once_the_first_is_closed(desk: Desk) -> None:
    """And never before; a window that reads in another thread meanwhile does not notice."""
    ana = add_client(desk)
    second, third = (Desk.open(desk.paths, clock=FrozenClock(NOW)) for _ in range(2))
    assert not second.take_over() and second.is_open_elsewhere and not desk.take_over()
    desk.do(AddNote(ana, "Loves navy"))
    desk.close()
    done = threading.Event()

    def read() -> int:
        looks = 0
        while not done.is_set() or looks < 20:
            assert second.ask(lambda asking: asking.session.connection().exec_driver_sql("SELECT 1").scalar()) == 1
            looks += 1
        return looks

    with ThreadPoolExecutor() as pool:
        reading = [pool.submit(read) for _ in range(3)]
        assert second.take_over() and second.read_only is None
        second.do(AddNote(ana, "Size 8"))
        done.set()
        assert all(one.result() >= 20 for one in reading)
    assert not third.take_over() and third.poll() and len(dump(third)["note"]) == 2
    second.undo()
    with Desk.open(desk.paths, clock=FrozenClock(NOW)) as late:
        assert late.is_open_elsewhere
    second.close()
    assert third.take_over() and len(dump(third)["note"]) == 1
    third.close()


def _lost(path: Path) -> None:
    path.rename(path.with_suffix(".away"))


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")


def _damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096] + b"\x5a" * (path.stat().st_size - 4096))


@pytest.mark.parametrize(
    ("spoil", "why"), [(_lost, "another window"), (_newer, "Another version"), (_damaged, "damaged")]
)
def test_a_second_window_takes_over_no_desk_that_the_next_start_must_see_to(
    tmp_path: Path, spoil: Callable[[Path], None], why: str
) -> None:
    """It says why it still only reads; no file is moved or made under it, and the next start gets the lock."""
    with Desk.open(tmp_path / "desk", clock=FrozenClock(NOW)) as desk:
        add_client(desk)
        second = Desk.open(desk.paths, clock=FrozenClock(NOW))
    spoil(desk.paths.database)
    files = sorted(desk.paths.data_dir.glob("*.sqlite3"))
    assert not second.take_over() and why in (second.read_only or "")
    assert sorted(desk.paths.data_dir.glob("*.sqlite3")) == files
    with FileLock(desk.paths.lock, blocking=False):
        pass
    second.close()


def test_a_second_window_reads_and_follows_but_never_writes(desk: Desk) -> None:
    ana = add_client(desk)
    second = Desk.open(desk.paths, clock=FrozenClock(NOW))
    assert second.read_only is not None and "another window" in second.read_only
    for change in (lambda: second.do(AddNote(ana, "No")), second.undo, second.redo):
        with pytest.raises(DeskReadOnly, match="another window"):
            change()
    assert not second.poll()
    desk.do(AddNote(ana, "Loves navy"))
    assert second.poll() and not second.poll()
    assert len(dump(second)["note"]) == 1
    second.close()
    desk.close()
    owner = Desk.open(desk.paths, clock=FrozenClock(NOW))
    assert owner.read_only is None
    owner.close()


def test_the_owners_own_changes_are_no_news_from_outside(desk: Desk) -> None:
    """Or every key makes the screen read the whole queue again."""
    ana = add_client(desk)
    for number in range(20):
        threads = [threading.Thread(target=desk.ask, args=(history,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        desk.do(AddNote(ana, f"Note {number}"))
        for thread in threads:
            thread.join()
        assert not desk.poll()


def test_a_newer_file_is_refused_and_not_a_byte_is_written(desk: Desk) -> None:
    desk.close()
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    before = desk.paths.database.read_bytes()
    with pytest.raises(FileTooNew, match="later stylistdesk"):
        Desk.open(desk.paths, clock=FrozenClock(NOW))
    assert desk.paths.database.read_bytes() == before
    assert not list(desk.paths.data_dir.glob("*-wal"))


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    path = tmp_path / "desk" / "desk.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(NotADesk):
        Desk.open(tmp_path / "desk", clock=FrozenClock(NOW))
    assert path.read_bytes() == before


@pytest.mark.parametrize("harm", ["zeroed page", "truncated", "flipped bytes", "not a database", "empty"])
def test_a_damaged_file_is_set_aside_and_never_replaced_by_an_empty_one(desk: Desk, harm: str) -> None:
    for number in range(40):
        add_client(desk, f"Client {number}")
    wanted = dump(desk)
    backup = desk.back_up()
    add_client(desk, "Added after the backup")
    desk.close()
    path = desk.paths.database
    whole = path.read_bytes()
    damaged = {
        "zeroed page": whole[:4096] + bytes(4096) + whole[8192:],
        "truncated": whole[: len(whole) // 2],
        "flipped bytes": whole[:4096] + bytes(b ^ 0xFF for b in whole[4096:12288]) + whole[12288:],
        "not a database": b"hello" * 1000,
        "empty": b"",
    }[harm]
    path.write_bytes(damaged)
    with pytest.raises(DeskDamaged, match="set aside as desk-damaged-") as told:
        Desk.open(desk.paths, clock=FrozenClock(NOW))
    assert "stylistdesk restore latest" in str(told.value)
    aside = next(desk.paths.data_dir.glob("desk-damaged-*.sqlite3"))
    assert aside.read_bytes() == damaged
    assert not path.exists()
    with pytest.raises(DeskDamaged, match="no desk is in its place"):
        Desk.open(desk.paths, clock=FrozenClock(NOW))
    Desk.restore(desk.paths, "latest", clock=FrozenClock(NOW))
    with Desk.open(desk.paths, clock=FrozenClock(NOW)) as again:
        assert dump(again) == wanted
    assert aside.read_bytes() == damaged
    assert backup.rows["client"] == 40


def test_a_large_file_is_checked_while_it_is_open_and_set_aside_at_the_next_start(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checking 300 MB would hold the first screen up; but nothing is written to a file that has failed its check."""
    for number in range(40):
        add_client(desk, f"Client {number}")
    desk.keep_safe()
    desk.close()
    whole = desk.paths.database.read_bytes()
    desk.paths.database.write_bytes(whole[:-8192] + bytes(8192))
    monkeypatch.setattr(opening, "CHECKED_AT_ONCE", 0)
    with Desk.open(desk.paths, clock=FrozenClock(NOW)) as large:
        with pytest.raises(DeskDamaged):
            large.keep_safe()
        with pytest.raises(DeskReadOnly, match="Nothing more is written"):
            large.do(AddNote(1, "No"))
    with pytest.raises(DeskDamaged, match="set aside"):
        Desk.open(desk.paths, clock=FrozenClock(NOW))
    assert not desk.paths.suspect.exists()


def test_a_lost_file_is_not_replaced_by_an_empty_one_either(desk: Desk) -> None:
    add_client(desk)
    desk.back_up()
    desk.close()
    desk.paths.database.unlink()
    with pytest.raises(DeskDamaged, match="there are backups"):
        Desk.open(desk.paths, clock=FrozenClock(NOW))


def test_no_restore_under_an_open_desk(desk: Desk) -> None:
    desk.back_up()
    with pytest.raises(Refused, match="another window"):
        Desk.restore(desk.paths, "latest", clock=FrozenClock(NOW))


def test_a_backup_that_was_changed_since_is_refused(desk: Desk) -> None:
    backup = desk.back_up()
    desk.close()
    whole = desk.paths.database.read_bytes()
    backup.path.write_bytes(backup.path.read_bytes()[:-1] + b"x")
    with pytest.raises(DeskDamaged, match="not what was checked"):
        Desk.restore(desk.paths, backup.name, clock=FrozenClock(NOW))
    assert desk.paths.database.read_bytes() == whole
