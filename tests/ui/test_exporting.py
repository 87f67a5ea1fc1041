"""Export on screen: whom, as what, into which file."""

import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.desk import Desk
from stylistdesk.writing_out import write_json
from tests.helpers import dump
from tests.ui.conftest import Rep, at_the_desk


@pytest.fixture
def downloads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder / "Downloads").mkdir()
    monkeypatch.setattr(Path, "home", lambda: folder)
    return folder / "Downloads"


async def test_all_clients_are_written_as_cards(rep: Rep, downloads: Path) -> None:
    """She could not take her address book with her."""
    await rep.press("ctrl+e")
    await rep.sees("Export what?", "Clients as vCard 4", "Everything, to take in again", "All lists, one workbook")
    await rep.press("enter")
    await rep.sees("Export: Clients as vCard 4", "all clients", "clients.vcf")
    await rep.press("ctrl+s")
    await rep.sees("Wrote 5 clients to")
    written = downloads / "clients.vcf"
    assert written.read_text().count("BEGIN:VCARD") == 5
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


CLIENTS = "down", "down", "down", "down", "down", "down", "down", "down", "enter"
"""From the first card past what is whole and the calendar to the list of clients."""


async def test_a_list_is_csv_or_a_workbook_and_its_file_is_named_after_it(rep: Rep, downloads: Path) -> None:
    """The name she typed herself would be gone, or a workbook end in .csv."""
    await rep.press("ctrl+e", *CLIENTS)
    await rep.sees("Export: Clients", "clients.csv")
    await rep.press("tab", "right")
    await rep.sees("clients.xlsx")
    await rep.press("ctrl+s")
    await rep.sees("Wrote 1 sheet, 5 rows to")
    book = load_workbook(downloads / "clients.xlsx")
    assert [cell.value for cell in book["Clients"][1]][:2] == ["name", "first name"]
    await rep.press("ctrl+e", *CLIENTS)
    await rep.press("tab", "tab")
    await rep.write("~/Downloads/mine.csv")
    await rep.press("shift+tab", "right")
    await rep.sees("mine.csv")
    await rep.press("left", "ctrl+s")
    await rep.sees("Wrote 5 clients to")
    assert (downloads / "mine.csv").exists()


async def test_a_file_that_is_there_stays_unless_she_says_so(rep: Rep, downloads: Path) -> None:
    """Last month's list would be gone."""
    (downloads / "clients.csv").write_text("mine")
    await rep.press("ctrl+e", *CLIENTS)
    await rep.sees("Export", "If there")
    await rep.press("ctrl+s")
    await rep.sees("clients.csv is there already", "write over it")
    assert (downloads / "clients.csv").read_text() == "mine"
    await rep.press("tab", "right", "ctrl+s")
    await rep.sees("Wrote 5 clients to")
    assert (downloads / "clients.csv").read_text("utf-8-sig").startswith("name,first_name")


async def test_letters_find_what_to_export(rep: Rep, downloads: Path) -> None:
    """They were ignored, and enter wrote cards where she had typed `notes`."""
    await rep.press("ctrl+e", *"notes")
    await rep.until(lambda shown: "Export what?" in shown and "vCard" not in shown, "only what has the letters")
    await rep.press("enter")
    await rep.sees("Export: Notes", "notes.csv")
    await rep.press("escape", "ctrl+e", *"no such")
    await rep.sees("Nothing has these letters.")
    await rep.press("enter")
    await rep.until(lambda shown: "Export" not in shown, "nothing is picked")
    assert list(downloads.iterdir()) == []


async def test_everything_is_one_file(rep: Rep, downloads: Path) -> None:
    """She could not take her whole desk to another machine without the command line."""
    await rep.press("ctrl+e", "down", "down", "down", "enter")
    await rep.sees("Export everything", "History", "stylistdesk-20")
    await rep.press("ctrl+s")
    await rep.sees("Wrote 5 clients, ", "rows in all to")
    (written,) = downloads.glob("stylistdesk-*.json")
    assert '"stylistdesk desk"' in written.read_text() and stat.S_IMODE(written.stat().st_mode) == 0o600


async def test_a_whole_desk_is_refused_where_there_are_clients_and_says_what_to_do(
    rep: Rep, folder: Path, downloads: Path
) -> None:
    """Two desks would be mixed up, and nobody could part them again."""
    await rep.press("ctrl+e", "down", "down", "down", "enter")
    await rep.sees("Export everything")
    await rep.press("ctrl+s")
    await rep.sees("rows in all to")
    (written,) = downloads.glob("stylistdesk-*.json")
    written.rename(folder / "inbox" / "desk.json")
    await rep.sees("A file is in the inbox", "desk.json")
    await rep.press("y")
    await rep.sees("only goes into an empty one", "5 clients", "--data-dir NEW_FOLDER")
    await rep.press("escape")


async def test_a_whole_desk_is_looked_at_and_then_taken_into_an_empty_one(folder: Path, tmp_path: Path) -> None:
    """The new laptop would need the command line."""
    (tmp_path / "new").mkdir()
    with Desk.open(folder) as desk:
        names = [row[1] for row in dump(desk)["client"]]
        with Desk.open(tmp_path / "new") as new:
            new.do(SetUpDesk("Robin", "America/New_York", "USD", "US"))
            write_json(desk, new.paths.inbox / "desk.json", force=False)
    async with at_the_desk(tmp_path / "new") as rep:
        await rep.sees("A file is in the inbox", "desk.json")
        await rep.press("y")
        await rep.sees(
            "a whole desk of stylistdesk", "Would change", "clients", "undo goes on where it stood", names[0]
        )
        await rep.press("ctrl+s")
        await rep.sees("Took in a whole desk: 5 clients", names[0])


async def test_all_lists_go_into_a_folder(rep: Rep, downloads: Path) -> None:
    await rep.press("ctrl+e", "down", "down", "down", "down", "down", "enter")
    await rep.sees("a folder of CSV files", "stylistdesk-lists")
    await rep.press("ctrl+s")
    await rep.sees("lists to")
    assert {"clients.csv", "signals.csv", "daily_tasks.csv"} <= {
        f.name for f in (downloads / "stylistdesk-lists").iterdir()
    }


async def test_the_marked_and_the_one_at_hand_can_be_chosen(rep: Rep, downloads: Path) -> None:
    """One number for a courier would mean handing over everybody's."""
    await rep.press("8")
    await rep.sees("5 clients", "by name")
    await rep.press("space", "space", "ctrl+e", "enter")
    await rep.sees("the 2 marked clients", "Cleo Marsh", "all clients")
    await rep.press("ctrl+s")
    await rep.sees("Wrote 2 clients to")
    text = (downloads / "clients.vcf").read_text()
    assert "FN:Ana Ruiz" in text and "FN:Bea Okafor" in text and "FN:Cleo Marsh" not in text


async def test_on_a_profile_it_is_her_card(rep: Rep, downloads: Path) -> None:
    await rep.press("enter")
    await rep.sees("Overview")
    await rep.press("ctrl+e", "enter")
    await rep.sees("Export", "Ana Ruiz", "Ana-Ruiz.vcf")
    await rep.press("ctrl+s")
    await rep.until(lambda _: (downloads / "Ana-Ruiz.vcf").exists())
    assert (downloads / "Ana-Ruiz.vcf").read_text().count("BEGIN:VCARD") == 1


async def test_a_folder_that_is_not_there_is_said_in_the_form(rep: Rep, downloads: Path) -> None:
    await rep.press("ctrl+e", "enter")
    await rep.sees("Export", "If there")
    await rep.press("tab")
    await rep.write(str(downloads / "none" / "x.vcf"))
    await rep.press("ctrl+s")
    await rep.sees("There is no folder")
    await rep.press("escape")


async def test_it_is_in_the_palette(rep: Rep) -> None:
    await rep.press("ctrl+p")
    await rep.press(*"vcard")
    await rep.sees("Export")


async def test_cards_are_previewed_like_any_file(rep: Rep, folder: Path) -> None:
    """An address book could not be looked at before it is taken in."""
    path = folder / "inbox" / "book.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Fay Lindqvist\nEMAIL:fay@example.com\nX-SKYPE:fay\nEND:VCARD\n"
        "BEGIN:VCARD\nFN:Cut\n"
    )
    await rep.sees("A file is in the inbox", "book.vcf")
    await rep.press("y")
    await rep.sees("vCards", "none, cards", "Fay Lindqvist", "line 7", "X-SKYPE", "fay@example.com")
    await rep.press("ctrl+s")
    await rep.sees("Imported book.vcf")


async def test_a_birthday_from_a_card_is_on_her_profile(rep: Rep, folder: Path) -> None:
    """It would be in the file and nowhere on the screen."""
    path = folder / "inbox" / "book.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nEMAIL:c1@example.com\nBDAY:--0314\nURL:ruiz.example.com\nEND:VCARD\n"
    )
    await rep.sees("A file is in the inbox")
    await rep.press("y")
    await rep.sees("Import it")
    await rep.press("ctrl+s")
    await rep.sees("Imported book.vcf")
    await rep.press("enter")
    await rep.sees("Birthday", "14 Mar", "https://ruiz.example.com")
