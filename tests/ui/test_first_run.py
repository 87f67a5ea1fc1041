"""An empty desk, a desk that cannot be opened, and one that is only read."""

from pathlib import Path

import pytest

from stylistdesk.clock import Clock, FrozenClock
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskDamaged
from stylistdesk.paths import DeskPaths, desk_paths
from stylistdesk.ui.app import StylistDesk
from tests.ui.conftest import NOW, Rep, at_the_desk


async def set_up(rep: Rep) -> None:
    await rep.sees("Welcome to your desk", "Your name", "Time zone", "Currency")
    await rep.press("ctrl+s")
    await rep.sees("Your name is missing.")
    await rep.write("Robin")
    await rep.press("enter")
    await rep.write("Nowhere/Land")
    await rep.press("ctrl+s")
    await rep.sees("There is no such time zone.")
    await rep.write("America/New_York")
    await rep.press("enter", "enter")
    await rep.sees("Your desk is ready, Robin", "Demo", "Import", "Add a client")


async def test_three_questions_and_a_first_client(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as rep:
        await set_up(rep)
        await rep.press("a")
        await rep.sees("Add a client", "Name")
        await rep.write("Ana Ruiz")
        await rep.press("ctrl+s")
        await rep.sees("Added Ana Ruiz", "Ana Ruiz")
        assert rep.desk.rep_name == "Robin"


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_new_desk_in_a_folder_that_she_named_says_in_which(tmp_path: Path, size: tuple[int, int]) -> None:
    """Else a mistyped folder looks as if all of her clients were gone."""
    folder = tmp_path / "dsek"
    async with at_the_desk(folder, size) as rep:
        shown = await rep.sees(
            "Welcome to your desk", "This is a new desk, in", "Three things, and you can begin.", "Save"
        )
        assert str(folder) in "".join(line.strip(" │") for line in shown.splitlines())


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_behind_the_first_form_nothing_says_that_the_desk_is_opening(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(tmp_path, size) as rep:
        await rep.sees("Welcome to your desk")
        await rep.until(lambda shown: "Opening your desk" not in shown, "the desk, opened")
        assert "Welcome to your desk" in rep.read()


async def test_looking_around_first(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as rep:
        await set_up(rep)
        await rep.press("escape")
        await rep.sees("Your desk is empty.", "d Demo", "i Import", "a Add a client")
        await rep.press("8")
        await rep.sees("There are no clients yet.", "add your first client by hand")


async def test_an_empty_desk_says_where_to_begin_even_if_no_question_was_answered(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as rep:
        await rep.sees("Welcome to your desk")
        await rep.press("escape")
        await rep.sees("Your desk is empty.", "look at a demo", "say your name")
        await rep.press("i")
        await rep.sees("Import a file")
        await rep.press("escape")
        await rep.sees("Your desk is empty.")
        await rep.press("a")
        await rep.sees("Add a client", "Name")
        await rep.write("Ana Ruiz")
        await rep.press("ctrl+s")
        await rep.sees("Added Ana Ruiz")
        await rep.press("3")
        await rep.sees("1 client needs you", "d Done")
        await rep.press("d")
        await rep.sees("A good day")
        await rep.press("u", "u")
        await rep.sees("Your desk is empty.")
        await rep.press("d")
        await rep.sees("everyone in it is made up", "clients need you", seconds=60)


async def test_a_damaged_file_is_said_and_nothing_is_opened(tmp_path: Path) -> None:
    def opening() -> Desk:
        raise DeskDamaged("The desk's file is damaged.", hint="A backup can be restored.")

    app = StylistDesk(opening, {}, tmp_path, clock=FrozenClock(NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        rep = Rep(app, pilot)
        await rep.sees("The desk cannot be opened", "The desk's file is damaged.", "A backup can be restored.")
        await rep.press("q")


async def test_a_backup_is_put_in_the_place_of_a_damaged_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        desk.back_up()
        whole = desk.paths.database.read_bytes()
    (folder / "desk.sqlite3").write_bytes(whole[: len(whole) // 3])
    clock = FrozenClock(NOW)
    clocks: list[Clock] = []
    restore = Desk.restore

    def watched(paths: DeskPaths, name: str, *, clock: Clock, key: Path | None) -> object:
        clocks.append(clock)
        return restore(paths, name, clock=clock, key=key)

    monkeypatch.setattr(Desk, "restore", watched)
    app = StylistDesk(lambda: Desk.open(folder, clock=clock), {}, folder, clock=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        rep = Rep(app, pilot)
        await rep.sees("The desk cannot be opened", "set aside as desk-damaged-", "r  Restore a backup", "5 clients")
        await rep.press("r")
        await rep.sees("Restore which backup?", "5 clients, asked for")
        await rep.press("escape")
        await rep.until(lambda shown: "Restore which" not in shown, "back to what is wrong")
        await rep.press("r", "enter")
        await rep.sees("is the desk now.", "Ana Ruiz")
        await rep.press("d")
        await rep.sees("Completed follow-up")
    assert len(list(folder.glob("desk-damaged-*.sqlite3"))) == 1
    assert clocks == [clock], "the desk's own clock"


async def test_a_second_window_reads_follows_and_refuses(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as owner:
        async with at_the_desk(folder) as rep:
            await rep.sees("open in another window", "5 clients need you")
            await rep.press("d")
            assert (await rep.sees("Nothing was changed.")).count("open in another window") == 1
            assert rep.under_cursor() == "Ana Ruiz"
            from stylistdesk.commands.triage import CompleteFollowUp

            owner.do(CompleteFollowUp(1, 99))
            await rep.sees("Daily Tasks 4")


async def test_a_second_window_writes_by_itself_once_the_first_is_closed(folder: Path) -> None:
    owner = Desk.open(desk_paths(folder), clock=FrozenClock(NOW))
    async with at_the_desk(folder) as rep:
        await rep.sees("open in another window", "5 clients need you")
        await rep.press("2", "3")
        owner.close()
        await rep.sees("The other window is closed: now you can write in this one.")
        await rep.until(lambda shown: "only be read" not in shown, "no banner")
        await rep.press("d")
        await rep.sees("Daily Tasks 4")
        await rep.press("2")
        await rep.until(lambda shown: "only be read" not in shown and "Appointments" in shown, "no banner there")


async def test_whose_desk_it_is_can_be_changed_later_in_one_step(rep: Rep) -> None:
    await rep.press("ctrl+p")
    await rep.sees("Complete her follow-up")
    await rep.press(*"your desk")
    await rep.sees("Change your name")
    await rep.press("enter")
    await rep.sees("Your name", "Time zone", "Currency", "Country", "it is 9:42 there")
    await rep.write("Robin Vale")
    await rep.press("tab")
    await rep.write("Nowhere")
    await rep.press("ctrl+s")
    await rep.sees("There is no such time zone.")
    await rep.write("chicago")
    await rep.sees("America/Chicago: it is 8:42 there")
    await rep.press("tab")
    await rep.write("dollars")
    await rep.press("ctrl+s")
    await rep.sees("“dollars” is no currency.")
    await rep.write("cad")
    await rep.press("tab")
    await rep.write("Nowhere")
    await rep.press("ctrl+s")
    await rep.sees("“Nowhere” is no country.")
    await rep.write("Canada")
    await rep.press("tab", *"12 Alder Lane", "ctrl+s")
    await rep.sees("Changed your desk", "8:42")
    desk = rep.desk
    assert (desk.rep_name, desk.zone.key, desk.currency, desk.country) == ("Robin Vale", "America/Chicago", "CAD", "CA")
    await rep.press("u")
    await rep.sees("Took back", "9:42")
    assert (desk.rep_name, desk.currency, desk.country) == ("Robin", "USD", "US")
