"""Import on screen: looked at first, read otherwise, stopped, undone."""

import os
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from stylistdesk.domain.errors import Stopped
from stylistdesk.printing import report_lines
from stylistdesk.ui.screens import importing
from tests.ui.conftest import NOW, Rep

DATA = Path(__file__).parents[2] / "data"


def customers(folder: Path, *rows: str, name: str = "customers.csv") -> Path:
    header = (DATA / "shopify_customers.csv").read_text("utf-8-sig").splitlines()[0]
    columns = header.split(",")
    filled = []
    for row in rows:
        first, last, email = row.split(",")
        cells = dict.fromkeys(columns, "") | {"First Name": first, "Last Name": last, "Email": email}
        filled.append(",".join(cells[column] for column in columns))
    path = folder / name
    path.write_text("\n".join([header, *filled]) + "\n", "utf-8")
    return path


async def test_a_file_in_the_inbox_is_offered_once_previewed_taken_in_and_undone(rep: Rep, folder: Path) -> None:
    customers(folder / "inbox", "Fay,Lindqvist,fay@example.com", "Hana,Novak,not-an-address", name="new [b]list.csv")
    await rep.sees("A file is in the inbox", "new [b]list.csv")
    await rep.press("y")
    await rep.sees("Read as", "Shopify customers", "New clients", "Fay Lindqvist", "line 3", "Import it")
    assert len(rep.desk.inbox_files()) == 1
    await rep.press("ctrl+s")
    await rep.sees("Imported new [b]list.csv", "u undoes it.")
    await rep.until(lambda _: (folder / "inbox" / "imported" / "new [b]list.csv").exists())
    await rep.press("8")
    await rep.sees("Fay Lindqvist")
    await rep.press("u")
    await rep.until(lambda shown: "Fay Lindqvist" not in shown.replace("Took back", ""))


async def test_a_file_that_is_put_off_is_not_offered_again(rep: Rep, folder: Path) -> None:
    customers(folder / "inbox", "Fay,Lindqvist,fay@example.com")
    await rep.sees("A file is in the inbox")
    await rep.press("n")
    await rep.sees("waits in the inbox. ctrl+o finds it.")
    await rep.pilot.pause(1.5)
    assert "A file is in the inbox" not in rep.read()


async def test_the_preview_names_whom_it_renames_and_shows_a_phone_as_it_is(rep: Rep, folder: Path) -> None:
    """Ana would be called otherwise, and nothing would have said so."""
    path = folder / "clients.csv"
    path.write_text("name,email,phone,other_emails\nMarisol Ruiz,c1@example.com,'+12125550101,\n")
    screen = importing.Importing(path)
    rep.app.push_screen(screen)
    shown = await rep.sees("Renamed", "Ana Ruiz → Marisol Ruiz", " +12125550101")
    assert "'+12125550101" not in shown
    assert screen.report is not None
    assert "  would be renamed: Ana Ruiz → Marisol Ruiz" in list(report_lines(screen.report, dry_run=True))


async def test_going_back_changes_nothing(rep: Rep, folder: Path) -> None:
    version = rep.desk.version
    rep.app.push_screen(importing.Importing(customers(folder, "Fay,Lindqvist,fay@example.com")))
    await rep.sees("Fay Lindqvist")
    await rep.press("escape")
    await rep.sees("5 clients need you")
    assert rep.desk.version == version


async def test_a_file_of_no_known_format_says_what_to_do(rep: Rep, folder: Path) -> None:
    path = folder / "odd.csv"
    path.write_text("colour,shape\nred,round\n")
    rep.app.push_screen(importing.Importing(path))
    await rep.sees("odd.csv", "read it another way")
    await rep.press("f")
    await rep.sees("Read it as", "Shopify customers")
    await rep.press("enter")
    await rep.sees("lacks columns")
    await rep.press("escape")
    await rep.sees("5 clients need you")


async def test_the_next_file_is_offered_once_the_first_is_dealt_with(rep: Rep, folder: Path) -> None:
    customers(folder / "inbox", "Fay,Lindqvist,fay@example.com", name="a.csv")
    customers(folder / "inbox", "Hana,Novak,hana@example.com", name="b.csv")
    await rep.sees("a.csv was put into the inbox", "ctrl+o finds it")
    await rep.press("escape")
    await rep.sees("b.csv was put into the inbox")
    await rep.press("y")
    await rep.sees("Hana Novak")
    await rep.press("ctrl+s")
    await rep.sees("Imported b.csv")
    customers(folder / "inbox", "Ines,Duarte,ines@example.com", name="b.csv")
    await rep.sees("b.csv was put into the inbox")
    await rep.press("escape")
    await rep.sees("b.csv waits in the inbox. ctrl+o finds it.")


async def test_another_encoding_reads_the_name_right(rep: Rep, folder: Path) -> None:
    path = customers(folder, "Zoë,Lindqvist,zoe@example.com")
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    rep.app.push_screen(importing.Importing(path))
    await rep.sees("Zoë Lindqvist")
    await rep.press("e")
    await rep.sees("Encoding")
    await rep.press("escape")
    await rep.sees("Zoë Lindqvist")


async def test_a_long_import_can_be_stopped(rep: Rep, folder: Path) -> None:
    rows = [f"Client,Number{n},n{n}@example.com" for n in range(20_000)]
    rep.app.push_screen(importing.Importing(customers(folder, *rows)))
    await rep.sees("Reading", "esc stops it")
    await rep.press("escape")
    await rep.sees("5 clients need you", seconds=30)


async def test_after_a_stopped_import_the_preview_is_back_and_the_key_imports_what_it_shows(
    rep: Rep, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_command: object) -> None:
        raise Stopped("The import was stopped; nothing was changed.")

    rep.app.push_screen(importing.Importing(customers(folder, "Fay,Lindqvist,fay@example.com")))
    await rep.sees("Fay Lindqvist")
    with monkeypatch.context() as patched:
        patched.setattr(rep.desk, "do", stopped)
        await rep.press("ctrl+s")
        shown = await rep.sees("The import was stopped; nothing was changed.", "Fay Lindqvist")
    assert "read it another way" not in shown
    await rep.press("ctrl+s")
    await rep.until(lambda shown: "Read as" not in shown)
    assert rep.desk.undo().label.startswith("Imported customers.csv")


async def test_the_file_chooser_opens_and_goes_back(rep: Rep, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder would be of 4096 bytes, and everything changed at an hour that no clock of hers had shown."""
    path = customers(folder, "Fay,Lindqvist,fay@example.com")
    (folder / "Downloads" / "older").mkdir(parents=True)
    path = path.rename(folder / "Downloads" / path.name)
    for each, at in ((path, NOW), (path.parent / "older", NOW.replace(year=2025))):
        os.utime(each, (at.timestamp(), at.timestamp()))
    monkeypatch.setattr(Path, "home", lambda: folder)
    await rep.pilot.resize_terminal(80, 24)
    await rep.press("ctrl+o")
    shown = await rep.sees("Import a file", path.name, "Look at it")
    lines = {name: line for line in shown.splitlines() for name in (path.name, "older") if f" {name} " in line}
    assert "bytes" in lines[path.name] and "21 Nov, 9:42" in lines[path.name]
    assert "21 Nov 2025, 9:42" in lines["older"] and "4096" not in shown
    assert "Look at it  │" in shown, "the button stands clear of the frame"
    await rep.press("escape")
    await rep.sees("5 clients need you")


async def test_a_path_is_begun_right_among_the_files(rep: Rep, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """She would type it into nothing, and not know why."""
    monkeypatch.setattr(Path, "home", lambda: folder)
    monkeypatch.setenv("HOME", str(folder))
    new = folder / "Downloads" / "new"
    new.mkdir(parents=True)
    path = customers(new, "Fay,Lindqvist,fay@example.com")
    await rep.press("ctrl+o")
    await rep.sees("Import a file")
    await rep.press(*"nowhere", "enter")
    await rep.sees("There is no such file")
    await rep.press("escape")
    for typed in (str(path), "new/customers.csv", "~/Downloads/new/customers.csv"):
        await rep.press("ctrl+o")
        await rep.sees("Import a file", "letters, / or ~ begin a path")
        await rep.press("down")
        for letter in typed:  # as fast as a terminal has them
            rep._type(letter)
        line = rep.app.screen.query_one(Input)
        await rep.until(lambda _, line=line, typed=typed: line.value == typed, typed)
        await rep.press("enter")
        await rep.sees("Read as", "Fay Lindqvist")
        await rep.press("escape")
        await rep.sees("5 clients need you")
    await rep.press("ctrl+o")
    await rep.sees("Import a file")
    spaced = path.with_name("my customers.csv")
    path.rename(spaced)
    escaped = str(spaced).replace(" ", "\\ ")
    for dropped in (f"{spaced}\n", f"'{spaced}' ", escaped, spaced.as_uri()):
        await rep.press("down")
        rep.app.post_message(events.Paste(dropped))
        line = rep.app.screen.query_one(Input)
        await rep.until(lambda _, line=line: line.value == str(spaced), dropped)
        line.value = ""
        rep.app.screen.query_one("DirectoryNavigation, _Files").focus()
    rep.app.post_message(events.Paste(escaped))
    await rep.press("enter")
    await rep.sees("Read as", "Fay Lindqvist")
