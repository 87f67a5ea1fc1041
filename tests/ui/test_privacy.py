"""On her profile: her whole file into a folder, and erasing her only for who types her name."""

from pathlib import Path

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.notes import AddNote
from stylistdesk.desk import Desk
from stylistdesk.paths import desk_paths
from tests import every_table
from tests.ui.conftest import NOW, Rep, at_the_desk


async def open_ana(rep: Rep) -> None:
    while not rep.under_cursor().startswith("Ana"):
        await rep.press("j")
    await rep.press("enter")
    await rep.sees("Overview", "c1@example.com")


async def test_her_whole_file_is_written_where_she_says(rep: Rep, tmp_path: Path) -> None:
    rep.desk.do(AddNote(1, "Came with Bea Okafor"))
    await open_ana(rep)
    await rep.press("F")
    await rep.sees("Her whole file", "Folder", "It names other clients: Bea Okafor (1 note")
    await rep.write(str(tmp_path / "ana"))
    await rep.press("ctrl+s")
    await rep.sees("Wrote", "hand it to nobody but her")
    assert (tmp_path / "ana" / "data.json").exists()


async def test_only_her_name_in_full_erases_her_and_undo_does_not_bring_her_back(rep: Rep) -> None:
    await open_ana(rep)
    await rep.press("X")
    await rep.sees("This erases Ana Ruiz for good", "No undo", "Her name")
    await rep.press("f1")
    await rep.sees("Keys in Erasing", "it cannot be undone")
    await rep.press("escape")
    await rep.write("Ana")
    await rep.press("ctrl+s")
    await rep.sees("Her name is Ana Ruiz.")
    await rep.write("ana ruiz")
    await rep.press("ctrl+s")
    await rep.until(lambda shown: "Erased client 1;" in shown and "Ana Ruiz" not in shown, "the list without her")
    await rep.press("u")
    await rep.sees("The erasing stays", "y Take it back")
    await rep.press("y")
    await rep.until(lambda shown: "Took back" in shown or "taken back" in shown.lower(), "undo of another step")
    assert "Ana Ruiz" not in rep.read()


async def test_she_is_not_erased_from_another_section(rep: Rep) -> None:
    await open_ana(rep)
    await rep.press("right_square_bracket", "X")
    await rep.sees("Erasing her is in the overview")


async def test_all_that_erasing_says_leaves_room_for_her_name_on_a_small_screen(folder: Path) -> None:
    (folder / "settings.toml").write_text(f'second_copy = "{folder.parent}"\n')
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        every_table.fill(desk, 1)
        desk.restore_here(desk.back_up().name)
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("Ana Ruiz", "need you")
        await open_ana(rep)
        await rep.press("X")
        await rep.sees("Kept: 1 order", "second copy. If", "desk-before-restore-", "Her name", "ctrl+s Erase")
