"""Two machines and one desk: whoever could do harm is told before a byte is written, and a crash holds nobody up."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.notes import AddNote
from stylistdesk.db import owner
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskDamaged, DeskInUse, DeskReadOnly
from stylistdesk.domain.machines import Kind
from stylistdesk.paths import DeskPaths, desk_paths
from tests.helpers import add_client, dump

At = Callable[[str], DeskPaths]


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> At:
    """Go to a machine: the folder of its desk there. Each has a name and a state folder of its own."""

    def go(name: str) -> DeskPaths:
        monkeypatch.setenv("STYLISTDESK_STATE_DIR", str(tmp_path / name / "state"))
        monkeypatch.setattr(owner.platform, "node", lambda: name)
        monkeypatch.setattr(owner, "_boot", lambda: f"boot of {name}")
        return desk_paths(tmp_path / name / "synced" / "desk")

    return go


def synced(there: DeskPaths, here: DeskPaths, *names: str) -> None:
    """What a sync program does: files arrive, each as a new one, in the order in which it likes."""
    here.data_dir.mkdir(parents=True, exist_ok=True)
    for name in names or ("desk.sqlite3", "desk.owner.json"):
        shutil.copy2(there.data_dir / name, here.data_dir / f".{name}.part")
        (here.data_dir / f".{name}.part").replace(here.data_dir / name)


def begun(at: At, clock: FrozenClock) -> DeskPaths:
    """A desk with one client that the laptop has closed."""
    laptop = at("laptop")
    with Desk.open(laptop, clock=clock) as desk:
        add_client(desk, "Ana Ruiz")
    return laptop


def moved_on(desk: Desk, clock: FrozenClock, name: str) -> None:
    clock.at += timedelta(minutes=5)
    add_client(desk, name)


def test_a_crash_on_the_same_machine_holds_nobody_up(at: At, clock: FrozenClock) -> None:
    laptop = begun(at, clock)
    crashed = Desk.open(laptop, clock=clock)
    moved_on(crashed, clock, "Bea Okafor")
    assert crashed._lock is not None
    crashed._lock.release()  # the system does that for a process that died
    with Desk.open(laptop, clock=clock) as again:
        assert again.held is None and again.read_only is None
        moved_on(again, clock, "Cleo Marsh")
    shutil.rmtree(os.environ["STYLISTDESK_STATE_DIR"])
    kept = owner.read_owner(laptop)
    assert kept is not None and kept.closed
    owner.write_owner(laptop, replace(kept, closed=False))
    with Desk.open(laptop, clock=clock) as again:
        assert again.held is None, "the same running system is the same machine, though its own folder was lost"
    crashed._database.close()


def test_a_machine_that_cannot_remember_opens_its_desk_all_the_same(
    at: At, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = begun(at, clock)
    monkeypatch.setenv("STYLISTDESK_STATE_DIR", "/dev/null/nowhere")
    for _ in range(2):
        with Desk.open(laptop, clock=clock) as desk:
            assert desk.held is None
            moved_on(desk, clock, "Bea Okafor")


def test_open_on_another_machine_it_is_read_until_that_one_is_closed(at: At, clock: FrozenClock) -> None:
    laptop = begun(at, clock)
    first = Desk.open(laptop, clock=clock)
    studio = at("studio")
    synced(laptop, studio)
    before = studio.owner.read_bytes(), studio.database.read_bytes()
    with Desk.open(studio, clock=clock) as second:
        assert second.held is not None and second.held.kind is Kind.OPEN
        assert second.read_only == "Open on “laptop” since Sat 21 Nov 9:42: read only here."
        with pytest.raises(DeskReadOnly, match="Open on “laptop”"):
            add_client(second, "No")
        assert len(dump(second)["client"]) == 1
    with pytest.raises(DeskInUse, match="open on “laptop”"):
        Desk.restore(studio, "latest", clock=clock)
    assert (studio.owner.read_bytes(), studio.database.read_bytes()) == before
    second = Desk.open(studio, clock=clock)
    at("laptop")
    moved_on(first, clock, "Bea Okafor")
    first.close()
    at("studio")
    synced(laptop, studio, "desk.owner.json")
    assert not second.hold_no_more() and second.held is not None and second.held.kind is Kind.NOT_ARRIVED
    synced(laptop, studio, "desk.sqlite3")
    assert second.hold_no_more() and second.read_only is None
    moved_on(second, clock, "Cleo Marsh")
    assert [row[1] for row in dump(second)["client"]] == ["Ana Ruiz", "Bea Okafor", "Cleo Marsh"]
    second.close()
    at("laptop")
    synced(studio, laptop)
    with Desk.open(laptop, clock=clock) as back:
        assert back.held is None and len(dump(back)["client"]) == 3


def test_it_is_taken_over_when_she_says_so(at: At, clock: FrozenClock) -> None:
    laptop = begun(at, clock)
    first = Desk.open(laptop, clock=clock)
    studio = at("studio")
    synced(laptop, studio)
    with Desk.open(studio, clock=clock) as second:
        assert second.hold_no_more(take_over=True)
        moved_on(second, clock, "Bea Okafor")
    at("laptop")
    synced(studio, laptop, "desk.owner.json")
    assert first.poll()
    assert first.held is not None and (first.held.kind, first.held.host) == (Kind.TAKEN, "studio")
    with pytest.raises(DeskReadOnly, match="“studio” has opened this desk"):
        add_client(first, "No")
    kept = laptop.owner.read_bytes()
    first.close()
    assert laptop.owner.read_bytes() == kept, "the one who lost it says no more of it"


def test_the_first_write_after_it_was_taken_is_refused_without_a_look_before(at: At, clock: FrozenClock) -> None:
    laptop = begun(at, clock)
    with Desk.open(laptop, clock=clock) as first:
        studio = at("studio")
        synced(laptop, studio)
        Desk.open(studio, clock=clock, take_over=True).close()
        at("laptop")
        synced(studio, laptop, "desk.owner.json")
        before = dump(first)
        with pytest.raises(DeskReadOnly, match="“studio”"):
            first.do(AddNote(1, "No"))
        assert dump(first) == before


def test_a_file_that_went_back_is_told_before_anything_is_written(at: At, clock: FrozenClock) -> None:
    laptop = begun(at, clock)
    old = laptop.database.read_bytes()
    with Desk.open(laptop, clock=clock) as desk:
        for name in ("Bea Okafor", "Cleo Marsh"):
            moved_on(desk, clock, name)
    laptop.database.write_bytes(old)
    with Desk.open(laptop, clock=clock) as desk:
        assert desk.held is not None and (desk.held.kind, desk.held.missing) == (Kind.GONE_BACK, 2)
        with pytest.raises(DeskReadOnly):
            add_client(desk, "No")
        assert desk.said_held is not None and "2 changes are missing" in desk.said_held.reason
        assert desk.hold_no_more(take_over=True)
        moved_on(desk, clock, "Dana Whitfield")
    assert laptop.database.read_bytes() != old
    with Desk.open(laptop, clock=clock) as desk:
        assert desk.held is None, "she is asked once"


def test_a_file_that_went_another_way_is_told(at: At, clock: FrozenClock) -> None:
    laptop = begun(at, clock)
    studio = at("studio")
    synced(laptop, studio)
    with Desk.open(studio, clock=clock) as there:
        moved_on(there, clock, "Bea Okafor")
    at("laptop")
    with Desk.open(laptop, clock=clock) as here:
        moved_on(here, clock, "Cleo Marsh")
    synced(studio, laptop, "desk.sqlite3")
    with Desk.open(laptop, clock=clock) as here:
        assert here.held is not None and here.held.kind is Kind.FORKED


@pytest.mark.parametrize(
    "name",
    [
        "desk (studio's conflicted copy 2026-11-21).sqlite3",
        "desk.sync-conflict-20261121-094200-ABCDEFG.sqlite3",
        "desk_conflict-20261121-094200.sqlite3",
        "desk (Case Conflict).sqlite3",
        "desk 2.sqlite3",
    ],
)
def test_a_second_copy_of_a_sync_program_is_told_compared_and_can_be_restored(
    at: At, clock: FrozenClock, name: str
) -> None:
    laptop = begun(at, clock)
    studio = at("studio")
    synced(laptop, studio)
    with Desk.open(studio, clock=clock) as there:
        moved_on(there, clock, "Bea Okafor")
        theirs = dump(there)
    at("laptop")
    shutil.copy2(studio.database, laptop.data_dir / name)
    with Desk.open(laptop, clock=clock) as here:
        assert here.held is not None and (here.held.kind, here.held.files) == (Kind.CONFLICT, (name,))
        assert here.hold_no_more(take_over=True)
        assert [aside.name for aside in here.kept().aside] == [name]
        assert here.compare_with(name).back.names == ("Bea Okafor",)
    with Desk.open(laptop, clock=clock) as here:
        assert here.held is None
        here.restore_here(name)
        assert dump(here) == theirs


def test_a_file_put_in_its_place_under_the_open_desk_gets_nothing_and_her_work_is_kept(
    at: At, clock: FrozenClock
) -> None:
    laptop = begun(at, clock)
    studio = at("studio")
    synced(laptop, studio)
    at("laptop")
    here = Desk.open(laptop, clock=clock)
    moved_on(here, clock, "Bea Okafor")
    synced(studio, laptop, "desk.sqlite3")
    before = laptop.database.read_bytes()
    with pytest.raises(DeskReadOnly, match="Another file was put in the desk’s place"):
        add_client(here, "No")
    assert not here.hold_no_more(take_over=True)
    with Desk.open(laptop, clock=clock) as second:
        assert second.is_open_elsewhere
    here.close()
    assert laptop.database.read_bytes() == before
    with Desk.open(laptop, clock=clock) as again:
        assert again.held is not None and again.held.kind is Kind.GONE_BACK
    kept = next(laptop.data_dir.glob("desk-replaced-*.sqlite3"))
    with closing(sqlite3.connect(kept)) as copy:
        names = [row[0] for row in copy.execute("SELECT name FROM client ORDER BY id")]
    assert names == ["Ana Ruiz", "Bea Okafor"]


def test_a_restore_on_one_machine_is_no_alarm_on_the_other(at: At, clock: FrozenClock) -> None:
    laptop = begun(at, clock)
    with Desk.open(laptop, clock=clock) as desk:
        first = desk.back_up().name
        moved_on(desk, clock, "Bea Okafor")
    studio = at("studio")
    synced(laptop, studio)
    Desk.open(studio, clock=clock).close()
    at("laptop")
    synced(studio, laptop, "desk.owner.json")
    clock.at += timedelta(minutes=5)
    with Desk.open(laptop, clock=clock) as desk:
        desk.restore_here(first)
    at("studio")
    synced(laptop, studio)
    with Desk.open(studio, clock=clock) as desk:
        assert desk.held is None and len(dump(desk)["client"]) == 1


def test_a_copy_of_the_folder_goes_its_own_way(at: At, clock: FrozenClock, tmp_path: Path) -> None:
    laptop = begun(at, clock)
    shutil.copytree(laptop.data_dir, tmp_path / "copied")
    with Desk.open(laptop, clock=clock) as desk:
        moved_on(desk, clock, "Bea Okafor")
    with Desk.open(tmp_path / "copied", clock=clock) as copied:
        assert copied.held is None
        moved_on(copied, clock, "Cleo Marsh")
    with Desk.open(laptop, clock=clock) as desk:
        assert desk.held is None


def test_a_desk_that_has_not_arrived_is_never_an_empty_one(at: At, clock: FrozenClock) -> None:
    laptop = begun(at, clock)
    studio = at("studio")
    synced(laptop, studio, "desk.owner.json")
    with pytest.raises(DeskDamaged, match="there was one, last on “laptop”"):
        Desk.open(studio, clock=clock)
    assert not studio.database.exists()
    Desk.begin_here(studio)
    with Desk.open(studio, clock=clock) as desk:
        assert desk.is_empty


def test_a_folder_that_is_not_mounted_gets_no_empty_desk_either(
    at: At, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a demo that was thrown away does not come back to ask."""
    laptop = begun(at, clock)
    shutil.rmtree(laptop.data_dir)
    Desk.open(laptop, clock=clock).close()  # in a temporary folder
    with Desk.open(laptop, clock=clock) as desk:
        add_client(desk)
    shutil.rmtree(laptop.data_dir)
    monkeypatch.setattr(owner.tempfile, "gettempdir", lambda: "/nowhere")
    with pytest.raises(DeskDamaged, match="where one was on 2026-11-21"):
        Desk.open(laptop, clock=clock)
    Desk.begin_here(laptop)
    Desk.open(laptop, clock=clock).close()
