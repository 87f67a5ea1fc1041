"""Company files in the back office, by keys: documents with their older versions, and where returns go."""

from pathlib import Path

import pytest

from stylistdesk.queries.company_files import company_files
from stylistdesk.ui.backoffice.screen import BackOffice
from stylistdesk.ui.backoffice.tasks import TASKS
from tests.ui.conftest import Rep, at_the_desk

TITLES = [task.TITLE for task in TASKS]


async def go_to(rep: Rep, task: str) -> None:
    """To a task of the back office, and into it."""
    await rep.press("9")
    await rep.until(lambda _: isinstance(rep.app.screen, BackOffice) and rep.app.screen.known is not None, task)
    await rep.press(*["right_square_bracket"] * TITLES.index(task))
    await rep.until(lambda _: task == rep.app.screen.PLACE, task)  # type: ignore[attr-defined]
    await rep.press("enter")
    await rep.until(lambda _: rep.app.screen._entries.has_focus, task)  # type: ignore[attr-defined]


async def test_a_document_is_kept_opened_saved_and_stands_above_its_older_version(
    rep: Rep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["price_list.txt", "price-list-2.txt"]
    for name in names:
        (tmp_path / name).write_text(name)
    choice = [tmp_path / name for name in names]
    opened: list[Path] = []
    (Path.home() / "Downloads").mkdir(parents=True)

    async def choose(*_: object) -> Path:
        return choice.pop(0)

    def open_it(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr("stylistdesk.ui.backoffice.company_files.choose_a_file", choose)
    monkeypatch.setattr("stylistdesk.ui.kept_files.open_file", open_it)
    await go_to(rep, "Company files")
    await rep.sees("Nothing here yet.", "a adds a file.", "A sets the address")
    await rep.press("a")
    await rep.sees("Add a company file", "price list", "Sat 21 Nov")
    await rep.press("tab", "tab")
    await rep.write("1 mar")
    await rep.sees("Sun 1 Mar")
    await rep.press("ctrl+s")
    await rep.sees("Added the company file “price list”", "Sun 1 Mar", "price_list.txt", "14 bytes")
    await rep.press("a")
    await rep.sees("Add a company file")
    await rep.write("Price list")
    await rep.press("tab")
    await rep.write("prices")
    await rep.press("ctrl+s")
    shown = await rep.sees("Added the company file “Price list”", "price list, older")
    assert shown.index("price-list-2.txt") < shown.index("price_list.txt")
    await rep.press("enter")
    await rep.sees("Opened a copy of price-list-2.txt")
    assert opened[0].read_text() == "price-list-2.txt" and opened[0].parent.parent == rep.desk.paths.opened
    await rep.press("y")
    await rep.sees("Saved", "price-list-2.txt")
    assert (Path.home() / "Downloads" / "price-list-2.txt").exists()
    await rep.press("e")
    await rep.sees("Edit the company file")
    await rep.write(" ")
    await rep.press("ctrl+s")
    await rep.sees("The title is missing.")
    await rep.write("Prices")
    await rep.press("ctrl+s")
    await rep.until(lambda shown: "Prices  " in shown and "older" not in shown)
    await rep.press("delete")
    await rep.sees("Removed the company file “Prices”")
    await rep.press("u")
    await rep.until(lambda shown: "Prices  " in shown and "price_list.txt" in shown)


async def test_the_return_address_is_set_for_later_changed_and_removed(rep: Rep) -> None:
    await go_to(rep, "Company files")
    await rep.press("A")
    await rep.sees("Where returns go", "from Sat 21 Nov on", "Returns keep the address")
    await rep.press("ctrl+s")
    await rep.sees("The address is empty.")
    await rep.press(*"Northmoor", "enter", *"OldRoad", "ctrl+s")
    await rep.sees("Set the return address from Sat 21 Nov on", "holds today", "Northmoor", "OldRoad")
    await rep.press("A")
    await rep.sees("from Sat 21 Nov on")
    await rep.press("tab", *"Southmoor", "ctrl+s")
    await rep.sees("there is an address already")
    await rep.write("1 dec")
    await rep.press("ctrl+s")
    shown = await rep.sees("to come", "Tue 1 Dec", "holds today, until Mon 30 Nov")
    assert shown.index("Southmoor") < shown.index("OldRoad")
    await rep.press("enter")
    await rep.sees("Edit the return address")
    await rep.write("tomorrow")
    await rep.press("ctrl+s")
    await rep.sees("until Sat 21 Nov", "Changed the return address from Sun 22 Nov on")
    await rep.press("G", "y")
    await rep.sees("There is no file here to save.")
    await rep.press("delete")
    await rep.sees("Removed the return address from Sat 21 Nov on; returns keep theirs")
    await rep.press("k")
    await rep.sees("no return address holds today")
    await rep.press("u")
    await rep.sees("holds today, until Sat 21 Nov")
    await rep.press("k")
    await rep.sees("returns go to Northmoor")
    assert len(rep.desk.ask(company_files).addresses) == 2


async def test_all_is_reached_on_a_small_screen(folder: Path) -> None:
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("clients need you")
        await go_to(rep, "Company files")
        await rep.sees("Nothing here yet.", "a adds a file.", "A sets the address to which returns go.")
        await rep.press("question_mark")
        await rep.sees("Company files   7 of 9", "The return address changes now and then.")
