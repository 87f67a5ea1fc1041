"""Keep safe by keys: backups made, compared, checked, put back and taken back again; and a second machine."""

import json
import threading
import time
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import AddClient, ClientForm
from stylistdesk.commands.notes import AddNote
from stylistdesk.db import backups, encryption, owner
from stylistdesk.desk import Desk
from stylistdesk.domain.machines import Kind
from stylistdesk.paths import desk_paths
from tests.helpers import dump
from tests.ui.conftest import NOW, Rep, at_the_desk

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


async def opened(rep: Rep) -> None:
    await rep.sees("clients need you", "Ana Ruiz")
    await rep.press("ctrl+n")
    await rep.sees("Keep safe", "Second copy", "Encrypted")


@pytest.fixture
def filled(folder: Path) -> Path:
    """A desk with a backup of today, and two more clients since."""
    clock = FrozenClock(NOW - timedelta(hours=5))
    with Desk.open(desk_paths(folder), clock=clock) as desk:
        desk.back_up("the day's")
        for name in ("Fay Larsen", "Gia Moretti"):
            desk.do(AddClient(ClientForm(name)))
    return folder


@pytest.fixture
async def rep(filled: Path) -> AsyncIterator[Rep]:
    """A rep in Keep safe on that desk."""
    async with at_the_desk(filled) as someone:
        await opened(someone)
        yield someone


@SIZES
async def test_an_empty_list_says_what_to_press_and_a_key_makes_a_backup(folder: Path, size: tuple[int, int]) -> None:
    (folder / "settings.toml").write_text("backups = false\n")
    async with at_the_desk(folder, size) as rep:
        await opened(rep)
        shown = await rep.sees("There is no backup yet.", "make one now", "No backup yet")
        assert "Restore" not in shown
        await rep.press("b")
        await rep.sees("Backed up 5 clients, verified.")
        await rep.press("j")
        shown = await rep.sees("1 backup", "asked for", "nothing has changed since", "r Restore")
        assert all(len(line) <= size[0] for line in shown.splitlines())
        assert len(backups.backups_in(folder / "backups")) == 1
        await rep.press("escape")
        await rep.sees("clients need you")


async def test_a_backup_is_compared_put_back_and_the_restore_undone(rep: Rep) -> None:
    await rep.sees("1 backup", "the day's", "2 changes since", "2 clients more here")
    now = dump(rep.desk)
    await rep.press("enter")
    await rep.sees("The desk and the backup of Sat 21 Nov 4:42", "2 clients only on the desk: Fay Larsen, Gia Moretti.")
    shown = await rep.sees("In all", "2 clients fewer in the copy.")
    assert shown.lower().count("fewer") == 1
    await rep.press("question_mark")
    await rep.sees("Keys in Comparison", "What restoring this copy would change")
    await rep.press("question_mark", "escape", "r")
    await rep.sees("Restore the backup of Sat 21 Nov 4:42?", "2 changes on the desk", "z puts it back")
    await rep.press("escape")
    await rep.until(lambda shown: "Restore the backup" not in shown, "the question gone")
    assert dump(rep.desk) == now
    await rep.press("r")
    await rep.sees("Restore the backup of Sat 21 Nov 4:42?")
    await rep.press("y")
    await rep.sees("The backup of Sat 21 Nov 4:42 is the desk now.", "z undoes it.", "Beside the desk")
    assert len(dump(rep.desk)["client"]) == 5
    await rep.press("8")
    shown = await rep.until(lambda shown: "Ana Ruiz" in shown, "all clients")
    assert "Fay Larsen" not in shown
    await rep.press("ctrl+n")
    await rep.sees("Keep safe", "z Undo restore")
    await rep.press("z")
    await rep.sees("Undo the restore?", "z puts it back")
    await rep.press("n")
    await rep.until(lambda shown: "Undo the restore?" not in shown, "the question gone")
    assert len(dump(rep.desk)["client"]) == 5
    await rep.press("z", "y")
    await rep.sees("The desk is again what it was before the restore.")
    assert dump(rep.desk) == now
    await rep.press("8")
    await rep.sees("Fay Larsen", "Gia Moretti")


@SIZES
async def test_after_a_restore_was_undone_the_same_key_says_that_it_restores_again(
    filled: Path, size: tuple[int, int]
) -> None:
    """It still said that it undoes the restore, and would have put the restored desk back."""
    async with at_the_desk(filled, size) as rep:
        await opened(rep)
        now = dump(rep.desk)
        await rep.press("r")
        await rep.sees("Restore the backup")
        await rep.press("y")
        await rep.sees("is the desk now.", "z Undo restore", "v Verify", "esc Back")
        restored = dump(rep.desk)
        await rep.press("z", "y")
        shown = await rep.sees("The desk is again what it was before the restore.", "z Restore again", "esc Back")
        assert "Undo restore" not in shown and dump(rep.desk) == now
        await rep.press("z")
        await rep.sees("Restore again?", "what the restore had put there")
        await rep.press("y")
        shown = await rep.sees("The restored desk is back.", "z Undo restore", "esc Back")
        assert "Restore again" not in shown and dump(rep.desk) == restored
        await rep.press("z")
        await rep.sees("Undo the restore?")
        await rep.press("y")
        await rep.sees("The desk is again what it was before the restore.", "z Restore again")
        assert dump(rep.desk) == now


@SIZES
async def test_a_backup_that_has_what_the_desk_has_not_says_so_in_full(filled: Path, size: tuple[int, int]) -> None:
    """ "It went another way" told her nothing, and was cut off."""
    with Desk.open(desk_paths(filled), clock=FrozenClock(NOW)) as desk:
        desk.back_up()
        desk.restore_here(backups.backups_in(filled / "backups")[1].name)
        desk.do(AddNote(1, "Likes navy"))
    async with at_the_desk(filled, size) as rep:
        await opened(rep)
        shown = await rep.sees(
            "it has changes that are not here", "1 note more here; 2 clients fewer here", "1 change since"
        )
        assert "…" not in "".join(line for line in shown.splitlines() if " here" in line)


async def test_who_was_erased_and_is_back_is_told_with_the_key_that_erases_her_again(rep: Rep) -> None:
    rep.desk.erase(1, "Ana Ruiz")
    await rep.press("r")
    await rep.sees("Would be back: Ana Ruiz (client 1)")
    await rep.press("y")
    await rep.sees("1 client you had erased is back", "Ana Ruiz (client 1), erased for good on 21 Nov")
    await rep.sees("with X in the overview")


async def test_keys_that_she_presses_while_a_restore_is_undone_are_answered_after_it(
    rep: Rep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They acted on the desk that was about to go, or on nothing."""
    await rep.press("r")
    await rep.sees("Restore the backup")
    await rep.press("y")
    await rep.sees("is the desk now.")
    undo, go_on = rep.desk.undo_restore, threading.Event()

    def slowly(**progress: Any) -> str:
        go_on.wait(20)
        return undo(**progress)

    monkeypatch.setattr(rep.desk, "undo_restore", slowly)
    await rep.press("z", "y")
    await rep.sees("Restoring", "esc stops it")
    await rep.press("8")
    await rep.press("question_mark")
    assert "Restoring" in rep.read(), "not while the other desk is on its way"
    go_on.set()
    await rep.sees("Keys in All clients")
    await rep.press("escape")
    await rep.sees("Fay Larsen", "Gia Moretti")


async def test_keys_for_a_desk_that_does_not_come_are_dropped(rep: Rep, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or they settle clients on the desk that has stayed."""
    going = threading.Event()

    def slowly(*_given: Any, progress: Any) -> str:
        while True:
            progress("Restoring", 1, 2)
            going.set()
            time.sleep(0.01)

    monkeypatch.setattr(rep.desk, "restore_here", slowly)
    await rep.press("r")
    await rep.sees("Restore the backup")
    await rep.press("y")
    await rep.sees("Restoring", "esc stops it")
    await rep.press("8", "escape")
    shown = await rep.sees("It was stopped")
    await rep.pilot.pause(0.1)
    assert "Keep safe" in shown and "Keep safe" in rep.read(), "8 goes nowhere"


async def test_the_restore_is_undone_after_a_restart_too(filled: Path) -> None:
    async with at_the_desk(filled) as rep:
        await opened(rep)
        now = dump(rep.desk)
        await rep.press("r")
        await rep.sees("Restore the backup")
        await rep.press("y")
        await rep.sees("is the desk now.")
        assert dump(rep.desk) != now
    async with at_the_desk(filled) as again:
        await opened(again)
        await again.press("z", "y")
        await again.sees("The desk is again what it was before the restore.")
        assert dump(again.desk) == now


async def test_what_was_read_before_a_restore_is_not_shown_after_it(rep: Rep) -> None:
    """Metrics keep what they gathered and ask the journal for the rest; a restore goes back in it."""
    await rep.press("6")
    await rep.sees("CSAT")
    held = rep.app.screen.looking  # type: ignore[attr-defined]
    await rep.until(lambda _: held.held is not None, "gathered")
    before = held.held
    await rep.press("ctrl+n")
    await rep.sees("Keep safe", "1 backup")
    await rep.press("r")
    await rep.sees("Restore the backup")
    await rep.press("y")
    await rep.sees("is the desk now.")
    assert held.held is not before


async def test_a_damaged_backup_is_found_and_deleted_after_a_question(rep: Rep, folder: Path) -> None:
    await rep.press("v")
    await rep.sees("The backup of Sat 21 Nov 4:42 is whole.", "verified Sat 21 Nov")
    made = backups.backups_in(folder / "backups")[0]
    content = bytearray(made.path.read_bytes())
    content[5000] ^= 1
    made.path.write_bytes(content)
    await rep.press("v")
    await rep.sees("The backup of Sat 21 Nov 4:42 is damaged.")
    await rep.press("j")
    await rep.sees("1 damaged")
    await rep.press("delete")
    await rep.sees("Delete the backup of Sat 21 Nov 4:42?", "gone for good")
    await rep.press("escape")
    await rep.until(lambda shown: "gone for good" not in shown, "the question gone")
    assert made.path.exists()
    await rep.press("delete")
    await rep.sees("gone for good")
    await rep.press("y")
    await rep.sees("There is no backup yet.")
    assert not made.path.exists() and not made.facts.exists()


async def test_escape_stops_a_backup_and_nothing_is_kept_of_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "settings.toml").write_text("backups = false\n")
    monkeypatch.setattr("stylistdesk.db.copying.PAGES", 1)
    monkeypatch.setattr("stylistdesk.db.copying.REST", 0.05)
    async with at_the_desk(folder) as rep:
        await opened(rep)
        await rep.press("b")
        await rep.sees("Copying", "esc stops it")
        await rep.press("escape")
        await rep.sees("It was stopped; nothing is kept of it.")
        assert list((folder / "backups").iterdir()) == []


async def test_an_encrypted_backup_asks_for_her_key_file(folder: Path, tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    (folder / "settings.toml").write_text(f'backups = false\nbackup_key = "{encryption.make_key(key)}"\n')
    async with at_the_desk(folder) as rep:
        await opened(rep)
        await rep.press("b")
        await rep.sees("Backed up 5 clients, verified.", "It is encrypted.")
        await rep.press("j", "enter")
        await rep.sees("Your key file")
        await rep.press("tab")
        await rep.write(str(key))
        await rep.press("enter")
        await rep.sees("The desk and the backup", "nothing has changed since")


async def test_a_window_that_only_reads_refuses_with_the_reason(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as first:
        first.back_up()
        async with at_the_desk(folder) as rep:
            await opened(rep)
            for key in ("b", "r", "delete", "z"):
                await rep.press(key)
                await rep.sees("This desk is open in another window", "Nothing was changed.")
                await rep.press("j")
                await rep.until(lambda shown: "Nothing was changed." not in shown, "said no more")
            await rep.press("c")
            await rep.sees("nothing has changed since")


async def test_the_help_says_why_the_live_file_is_not_synced(rep: Rep) -> None:
    await rep.press("question_mark")
    await rep.sees("Keep safe is where your desk is looked after")
    for _ in range(12):
        await rep.press("down")
    await rep.sees("Do not keep the desk itself in a synced folder")


# Two machines


def elsewhere(folder: Path, **changes: object) -> None:
    """Another machine has the desk open."""
    place = folder / "desk.owner.json"
    kept = json.loads(place.read_text())
    other = {"machine": "f" * 32, "host": "studio", "boot": "another", "closed": False}
    place.write_text(json.dumps(kept | other | changes))


@SIZES
async def test_a_desk_that_is_open_on_another_machine_is_only_read_until_she_takes_it_over(
    folder: Path, size: tuple[int, int]
) -> None:
    elsewhere(folder)
    kept = (folder / "desk.owner.json").read_bytes()
    async with at_the_desk(folder, size) as rep:
        shown = await rep.sees("Two machines, one desk", "This desk is open on “studio”", "Take over: write here")
        assert "Look only" in shown
        await rep.press("escape")
        await rep.sees("Open on “studio” since Sat 21 Nov 9:42: read only here. ctrl+n")
        await rep.press("d")
        await rep.sees("Open on “studio”")
        assert (folder / "desk.owner.json").read_bytes() == kept
        await rep.press("ctrl+n")
        await rep.sees("Keep safe", "Close it there, and let the folder come in step", "t Take over")
        await rep.press("t")
        await rep.sees("Two machines, one desk")
        await rep.press("t")
        await rep.sees("You write here from now on.")
        assert rep.desk.read_only is None and "read only here" not in rep.read()
        await rep.press("3", "d")
        await rep.sees("Completed follow-up with")


async def test_once_it_is_closed_there_she_writes_here_by_herself(folder: Path) -> None:
    elsewhere(folder)
    async with at_the_desk(folder) as rep:
        await rep.sees("Two machines, one desk")
        await rep.press("escape")
        elsewhere(folder, closed=True)
        await rep.sees("Nothing speaks against it any more: you can write here.")
        assert rep.desk.read_only is None


async def test_another_machine_that_takes_it_meanwhile_is_told_at_once(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        elsewhere(folder)
        await rep.sees("Two machines, one desk", "“studio” has opened this desk")
        await rep.press("escape")
        await rep.sees("“studio” has opened this desk since Sat 21 Nov 9:42: read only here.")
        assert rep.desk.held is not None and rep.desk.held.kind is Kind.TAKEN
        kept = (folder / "desk.owner.json").read_bytes()
    assert (folder / "desk.owner.json").read_bytes() == kept


async def test_a_copy_of_a_sync_program_is_told_and_listed(folder: Path) -> None:
    with closing(Desk.open(desk_paths(folder), clock=FrozenClock(NOW))) as desk:
        copied = desk.back_up()
    (folder / "desk (studio's conflicted copy).sqlite3").write_bytes(copied.path.read_bytes())
    assert owner.conflict_copies(desk_paths(folder))
    async with at_the_desk(folder) as rep:
        await rep.sees("Two machines, one desk", "your sync program kept both")
        await rep.press("t")
        await rep.sees("You write here from now on.")
        await rep.press("ctrl+n")
        await rep.sees("Beside the desk  1", "made by your sync program", "desk (studio's conflicted copy).sqlite3")
        await rep.press("G", "c")
        await rep.sees("The desk and the copy of", "nothing has changed since")
