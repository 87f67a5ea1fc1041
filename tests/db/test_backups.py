"""Backups are made when something has changed, checked, compared, put back, and thinned by a rule."""

import json
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.notes import AddNote
from stylistdesk.db import backups, copying, encryption, restoring
from stylistdesk.db.backups import backups_in, to_keep
from stylistdesk.db.engine import SCHEMA_VERSION
from stylistdesk.desk import Desk
from stylistdesk.domain.comparison import say_comparison, say_returned
from stylistdesk.domain.errors import DeskDamaged, DiskFull, FileTooNew, NotUndoable, Refused, Stopped
from stylistdesk.queries.history import history
from stylistdesk.settings import Settings
from tests.conftest import NOW
from tests.helpers import add_client, dump, frozen_desk


@pytest.fixture
def two(desk: Desk, clock: FrozenClock) -> Iterator[tuple[Desk, dict[str, list[tuple[object, ...]]]]]:
    """A desk with a backup of two clients, on which more has been done since."""
    ana = add_client(desk, "Ana Ruiz")
    bea = add_client(desk, "Bea Okafor")
    desk.do(AddNote(bea, "Size 8"))
    desk.back_up("the day's")
    then = dump(desk)
    clock.at += timedelta(hours=3)
    add_client(desk, "Cleo Marsh")
    desk.do(AddNote(ana, "Loves navy"))
    desk.do(DeleteClient(bea))
    yield desk, then


def test_the_days_backup_is_made_once_and_only_if_something_changed(desk: Desk, clock: FrozenClock) -> None:
    add_client(desk)
    assert desk.back_up_if_due() is not None
    add_client(desk, "Bea Okafor")
    assert desk.back_up_if_due() is None
    clock.at += timedelta(days=1)
    made = desk.back_up_if_due()
    assert made is not None and made.rows["client"] == 2
    clock.at += timedelta(days=1)
    assert desk.back_up_if_due() is None
    assert [b.rows["client"] for b in backups_in(desk.paths.backups)] == [2, 1]


@given(st.lists(st.integers(0, 800), max_size=200, unique=True))
def test_thinning_keeps_the_newest_of_each_recent_day_week_and_month(days: list[int]) -> None:
    made = [NOW - timedelta(days=day, hours=1) for day in days]
    kept = to_keep(made)
    assert kept <= set(made)
    assert len(kept) <= 12 + 10 + 9
    assert set(sorted(made, reverse=True)[:12]) <= kept
    assert to_keep(sorted(kept)) == kept


def test_two_backups_in_one_instant_are_two(desk: Desk) -> None:
    """A clock that stands still, or that jumped back, must not write one backup over another."""
    add_client(desk)
    first, second = desk.back_up(), desk.back_up()
    assert first.name != second.name
    assert [backups.is_whole(one) for one in backups_in(desk.paths.backups)] == [True, True]


def test_a_backup_holds_one_instant_however_much_is_written_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is not begun anew by it: a busy desk would never have one."""
    ana = add_client(desk)
    monkeypatch.setattr(copying, "PAGES", 8)
    steps: list[int] = []

    def write(what: str, done: int, _total: int) -> None:
        if what == "Copying":
            steps.append(done)
            desk.do(AddNote(ana, f"Written while it is copied, {done}"))

    made = desk.back_up(progress=write)
    assert len(steps) > 5 and steps == sorted(steps)
    assert made.rows["note"] == 0 and len(dump(desk)["note"]) == len(steps)
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_closing_the_desk_does_not_wait_for_a_backup(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk of 500 MB takes half a minute to copy; she wants to go home."""
    add_client(desk)
    monkeypatch.setattr(copying, "PAGES", 1)
    monkeypatch.setattr(copying, "REST", 0.02)
    working = threading.Thread(target=desk.keep_safe)
    working.start()
    while not list(desk.paths.backups.glob(".desk-*.tmp")):
        time.sleep(0.01)
    began = time.monotonic()
    desk.close()
    working.join(5)
    assert time.monotonic() - began < 2 and not working.is_alive()
    assert list(desk.paths.backups.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add_client(desk)
    first = desk.back_up()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying.os, "fsync", full)
    with pytest.raises(DiskFull, match="No space left"):
        desk.back_up()
    assert {path.name for path in desk.paths.backups.iterdir()} == {first.path.name, first.facts.name}


@pytest.mark.parametrize("where", [0.02, 0.3, 0.6, 0.99])
def test_one_flipped_bit_in_a_backup_is_found(
    two: tuple[Desk, dict[str, list[tuple[object, ...]]]], where: float
) -> None:
    desk, _ = two
    made = backups_in(desk.paths.backups)[0]
    assert not desk.verify_backup(made.name).damaged
    content = bytearray(made.path.read_bytes())
    content[int(len(content) * where)] ^= 1
    made.path.write_bytes(content)
    before = dump(desk)
    with pytest.raises(DeskDamaged, match="not what was checked"):
        desk.restore_here(made.name)
    assert dump(desk) == before
    assert desk.verify_backup(made.name).damaged
    assert [one.backup.damaged for one in desk.kept().backups] == [True]
    backups.thin(desk.paths.backups)
    assert made.path.exists(), "what is left of a damaged one is hers to delete"


def test_a_restore_and_its_undo_come_back_to_the_byte_also_after_a_restart(
    two: tuple[Desk, dict[str, list[tuple[object, ...]]]], clock: FrozenClock
) -> None:
    desk, then = two
    now = dump(desk)
    second = Desk.open(desk.paths, clock=clock)
    assert desk.restore_here("latest") == "the backup of Sat 21 Nov 9:42"
    assert dump(desk) == then
    assert second.poll() and dump(second) == then, "a second window follows"
    assert [entry.label for entry in second.ask(history, limit=1)] == ["Added a note about Bea Okafor"]
    second.close()
    add_client(desk, "Dana Whitfield")
    later = dump(desk)
    desk.close()
    with Desk.open(desk.paths, clock=clock) as again:
        assert again.held is None, "a restore is no work of another machine"
        assert again.undo_restore() == "the backup of Sat 21 Nov 9:42"
        assert dump(again) == now
        again.undo()
        again.redo()
        again.undo_restore()
        assert dump(again) == later
        assert len(restoring.set_aside_in(again.paths)) == 1, "one file is kept, not one for each turn"


def test_there_is_no_undo_without_a_restore(desk: Desk) -> None:
    with pytest.raises(NotUndoable, match="no restore"):
        desk.undo_restore()


@pytest.mark.parametrize("at", ["Copying", "Restoring"])
def test_a_restore_that_is_stopped_changes_nothing(
    two: tuple[Desk, dict[str, list[tuple[object, ...]]]], at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = two
    before = dump(desk)
    monkeypatch.setattr(copying, "PAGES", 1)

    def stop(what: str, done: int, _total: int) -> None:
        if what == at and done:
            raise Stopped("It was stopped.")

    with pytest.raises(Stopped):
        desk.restore_here("latest", progress=stop)
    assert dump(desk) == before
    add_client(desk, "Zora Hale")
    assert not list(desk.paths.data_dir.glob(".desk-*"))


def old_backup(folder: Path, now: str = "2026-01-05T09:00:00+00:00") -> Path:
    """A backup that an earlier program made, with the facts that it knew."""
    path = folder / "desk-20260105T090000000000Z.sqlite3"
    (frozen_desk(folder, "sixth") / "desk.sqlite3").rename(path)
    facts = {"made_at": now, "why": "the day's", "sha256": copying.sha256_of(path), "rows": {"client": 1, "signal": 0}}
    path.with_suffix(".json").write_text(json.dumps(facts | {"last_command": 3}))
    return path


def test_a_backup_of_an_older_program_opens_today(desk: Desk) -> None:
    add_client(desk, "Zora Hale")
    before = dump(desk)
    desk.back_up()
    path = old_backup(desk.paths.backups)
    content = path.read_bytes()
    assert desk.compare_with(path.stem).back.count > 0
    desk.restore_here(path.stem)
    rows = dump(desk)
    assert [len(rows[name]) for name in ("gift_certificate", "host_event", "message", "template")] == [1, 1, 1, 0]
    assert path.read_bytes() == content, "the backup stays what it was"
    add_client(desk, "Yara Klein")
    desk.undo_restore()
    assert dump(desk) == before


def test_a_backup_of_a_later_program_is_refused(two: tuple[Desk, dict[str, list[tuple[object, ...]]]]) -> None:
    desk, _ = two
    made = backups_in(desk.paths.backups)[0]
    with closing(sqlite3.connect(made.path)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    sha256 = copying.sha256_of(made.path)
    backups.keep_facts(backups.Backup(made.path, made.made_at, made.why, sha256, made.rows, 1, sha256))
    before = dump(desk)
    with pytest.raises(FileTooNew):
        desk.restore_here(made.name)
    assert dump(desk) == before


def test_what_a_restore_would_change_is_told_by_name_and_count(
    two: tuple[Desk, dict[str, list[tuple[object, ...]]]],
) -> None:
    desk, _ = two
    found = desk.compare_with("latest")
    assert dict(say_comparison(found)) == {
        "Since then": "3 changes on the desk, which a restore takes away.",
        "Gone": "1 client only on the desk: Cleo Marsh.",
        "Back": "1 client only in the copy: Bea Okafor.",
        "Changed": "1 client changed since: Ana Ruiz.",
    }
    for number in range(30):
        add_client(desk, f"Client {number:02}")
    said = dict(say_comparison(desk.compare_with("latest")))
    assert said["In all"] == "30 clients fewer in the copy." and said["Gone"].endswith("Client 18 and 11 more.")


def test_who_was_erased_and_comes_back_by_a_restore_is_told_until_she_is_erased_again(desk: Desk) -> None:
    her = add_client(desk, "Ana Ruiz")
    older = desk.back_up()
    desk.erase(her, "Ana Ruiz")
    assert (older.rows["client"], desk.back_up().rows["client"]) == (1, 0)
    said = dict(say_comparison(desk.compare_with(older.name)))
    assert said["Back"] == "1 client only in the copy: Ana Ruiz." and "Changed" not in said
    assert said["Erased"] == (
        f"Would be back: Ana Ruiz (client {her}), erased for good on 21 Nov 2026. Erase them again after the restore."
    )
    assert desk.erased_and_back() == ()
    desk.restore_here(older.name)
    for _ in range(2):  # a second restore of it knows no more than the first
        assert say_returned(desk.erased_and_back(), "X") == [
            f"Ana Ruiz (client {her}), erased for good on 21 Nov 2026, is back by the restore: erase her again with X."
        ]
        desk.restore_here(older.name)
    desk.erase(her, "Ana Ruiz")
    assert desk.kept().returned == ()


def test_after_a_restore_the_same_id_is_another_client(desk: Desk, clock: FrozenClock) -> None:
    """Or she would be told that the two are the same."""
    first = desk.back_up()
    add_client(desk, "Ana Ruiz")
    clock.at += timedelta(minutes=1)
    second = desk.back_up()
    desk.restore_here(first.name)
    clock.at += timedelta(minutes=1)
    add_client(desk, "Bea Okafor")
    said = dict(say_comparison(desk.compare_with(second.name)))
    assert said["Apart"].startswith("The copy has changes that are not on the desk")
    assert said["Gone"].endswith(": Bea Okafor.") and said["Back"].endswith(": Ana Ruiz.")
    assert [one.since for one in desk.kept().backups] == [None, 1]


# Encrypted


@pytest.fixture
def secret(desk: Desk, tmp_path: Path, clock: FrozenClock) -> Iterator[tuple[Desk, Path]]:
    """A desk whose backups are encrypted, and the key file."""
    key = tmp_path / "stick" / "key.txt"
    key.parent.mkdir()
    recipient = encryption.make_key(key)
    desk.close()
    with Desk.open(desk.paths, clock=clock, settings=Settings(backup_key=recipient)) as opened:
        add_client(opened, "Zora Hale", email="zora@example.com")
        yield opened, key


def test_an_encrypted_backup_holds_no_plain_text_and_only_her_key_opens_it(
    secret: tuple[Desk, Path], tmp_path: Path
) -> None:
    desk, key = secret
    then = dump(desk)
    made = desk.back_up()
    assert made.path.name.endswith(".sqlite3.age")
    found = b"".join(path.read_bytes() for path in desk.paths.backups.rglob("*") if path.is_file())
    for words in (b"Zora", b"zora@example.com", b"SQLite format", b"CREATE TABLE"):
        assert words not in found
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_text().splitlines()[-1].startswith("AGE-SECRET-KEY-")
    add_client(desk, "Yara Klein")
    with pytest.raises(Refused, match="is encrypted") as no:
        desk.restore_here("latest")
    assert no.value.field == "key"
    other = tmp_path / "other.txt"
    encryption.make_key(other)
    for wrong, why in ((other, "another key"), (tmp_path / "none", "cannot be read"), (made.path, "no key file")):
        with pytest.raises(Refused, match=why) as no:
            desk.restore_here("latest", wrong)
        assert "AGE-SECRET" not in no.value.reason
    assert not desk.verify_backup("latest").damaged and not desk.verify_backup("latest", key).damaged
    assert desk.compare_with("latest", key).lost.names == ("Yara Klein",)
    desk.restore_here("latest", key)
    assert dump(desk) == then
    assert not list(desk.paths.data_dir.rglob("*.tmp")) and not list(desk.paths.backups.glob("*.sqlite3"))


def test_a_flipped_bit_in_an_encrypted_backup_is_found(secret: tuple[Desk, Path]) -> None:
    desk, key = secret
    made = desk.back_up()
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(content)
    facts = json.loads(made.facts.read_text())
    assert desk.verify_backup(made.name, key).damaged
    made.facts.write_text(json.dumps(facts | {"sha256": copying.sha256_of(made.path)}))
    assert desk.verify_backup(made.name, key).damaged, "age tells it even where somebody wrote the hash anew"
    with pytest.raises(DeskDamaged):
        desk.restore_here(made.name, key)


def test_a_key_file_is_never_written_over(tmp_path: Path) -> None:
    encryption.make_key(tmp_path / "key.txt")
    before = (tmp_path / "key.txt").read_bytes()
    with pytest.raises(Refused, match="is there already"):
        encryption.make_key(tmp_path / "key.txt")
    assert (tmp_path / "key.txt").read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="mode bits are POSIX's")
def test_nobody_else_reads_a_backup(secret: tuple[Desk, Path]) -> None:
    """Under a careless umask too: the backup, what a restore sets aside, the owner's file."""
    desk, key = secret
    before = os.umask(0)
    try:
        desk.back_up()
        desk.restore_here("latest", key)
    finally:
        os.umask(before)
    for path in desk.paths.data_dir.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path.name
