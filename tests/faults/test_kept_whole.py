"""Small promises of faults.md that belong to no screen: whole files, one clock, no archive."""

import os
import stat
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.triage import CompleteFollowUp
from stylistdesk.db import journal
from stylistdesk.db.attachments import place_of
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import BadFile, Refused
from stylistdesk.domain.searching import LONGEST_PART, MOST_PARTS, parts_of
from stylistdesk.exchange.recognise import recognise
from stylistdesk.paths import write_private
from stylistdesk.queries.history import history
from tests.conftest import NOW
from tests.helpers import add_client, dump


def test_a_new_desk_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed while the first file is made, the next start makes it anew."""

    def power_cut(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(journal, "install", power_cut)
        with pytest.raises(KeyboardInterrupt):
            Desk.open(tmp_path / "desk", clock=FrozenClock(NOW))
    assert not (tmp_path / "desk" / "desk.sqlite3").exists()
    with Desk.open(tmp_path / "desk", clock=FrozenClock(NOW)) as desk:
        assert add_client(desk) == 1


def test_a_private_file_is_synced_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or a power cut leaves the settings, a backup's facts or an export under their names with nothing in them."""
    seen: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "content")
        fsync(handle)

    def renamed(path: Path, target: Path) -> Path:
        seen.append("name")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    write_private(tmp_path / "settings.toml", b"theme = 'light'\n")
    assert seen == ["content", "name", "folder"]


@pytest.mark.parametrize(
    "at", [datetime(2026, 11, 1, 5, 59, tzinfo=UTC), datetime(2027, 3, 14, 6, 59, tzinfo=UTC), NOW]
)
@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_jumps_back_changes_no_order(
    desk: Desk, clock: FrozenClock, at: datetime, back: timedelta
) -> None:
    """Undo takes back what was done last, not what has the latest time, and no backup hides another."""
    clock.at = at
    ana = add_client(desk)
    first = desk.back_up()
    desk.do(AddNote(ana, "before"))
    clock.at -= back
    desk.do(AddNote(ana, "after"))
    desk.do(CompleteFollowUp(ana, 0))
    assert desk.back_up().path != first.path
    assert desk.undo().label.startswith("Completed")
    desk.undo()
    assert [("before" in row, "after" in row) for row in dump(desk)["note"]] == [(True, False)]
    desk.undo()
    assert dump(desk)["note"] == []
    for _ in range(3):
        desk.redo()
    assert len(dump(desk)["note"]) == 2
    assert desk.ask(history)[0].label.startswith("Did again: Completed")


def test_a_zip_of_190_mb_in_189_kb_is_refused_at_once(tmp_path: Path) -> None:
    """Whatever it is called; and what it would unpack to is never read."""
    for name in ("customers.csv", "customers.zip", "book.xlsx"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
            pack.writestr("customers.csv", b"\0" * 190_000_000 if name == "customers.csv" else b"\0" * 1_000_000)
        with pytest.raises(BadFile, match="zip archive or an Excel workbook"):
            recognise(tmp_path / name)
    assert (tmp_path / "customers.csv").stat().st_size < 200_000


@pytest.mark.parametrize("name", ["/etc/passwd", "../desk.sqlite3", "..", "", "a" * 63, "A" * 64, "a" * 64 + "\n"])
def test_a_path_is_no_hash(tmp_path: Path, name: str) -> None:
    """Whatever stands in a row of an attachment never leads out of the store."""
    with pytest.raises(Refused, match="no attachment"):
        place_of(tmp_path, name)


def test_a_paste_is_no_search() -> None:
    assert len(parts_of("a b " * 50_000)) == MOST_PARTS
    assert {len(part) for part in parts_of("x" * 1_000)} == {LONGEST_PART}
