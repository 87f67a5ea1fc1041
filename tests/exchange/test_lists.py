"""Every list as CSV and as a sheet of a workbook (R46): the same cells, and none of them a formula."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.sales import AddCreditMemo
from stylistdesk.db.tables import Order
from stylistdesk.demo.small import build_demo
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Cents
from stylistdesk.exchange import workbook
from stylistdesk.exchange.cells import unguarded
from stylistdesk.exchange.exporting import EXPORTS, Export
from stylistdesk.exchange.spreadsheet import Table, csv_text, write_csv
from stylistdesk.exchange.workbook import write_workbook
from stylistdesk.queries.asking import Asking
from stylistdesk.writing_out import LISTS, Choice, write_out
from tests.conftest import NOW
from tests.helpers import add_client, dump

ZONE = ZoneInfo("America/New_York")


def order_numbered(asking: Asking, number: str) -> int:
    return int(asking.session.exec(select(Order.id).where(Order.number == number)).one())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk.open(tmp_path_factory.mktemp("demo"), clock=FrozenClock(NOW)) as desk:
        build_demo(desk)
        desk.learn_buyers()
        # Of the event whose rewards are redeemed: an adjustment, which the demo's own days do not have.
        desk.do(AddCreditMemo(desk.ask(order_numbered, "#1014"), Cents(33_000), NOW.date()))
        yield desk


def book_of(*sheets: tuple[str, Table]) -> Any:
    out = io.BytesIO()
    write_workbook(sheets, out)
    out.seek(0)
    return load_workbook(out)


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("known", LISTS, ids=lambda known: known.name)
def test_each_list_says_the_same_in_both_and_of_one_client_only_hers(demo: Desk, known: Export) -> None:
    """A column would be in one and not in the other, or the list of one client hold another's."""
    rows = csv_rows(demo.ask(known.make, None).content)
    if known.name != "sent_emails":  # the demo sends none
        assert len(rows) > 1, "the demo has something in it"
    assert known.table is not None and (known.read_back or rows[0] == list(known.columns))

    def sheets(asking: Any) -> Any:
        assert known.table is not None
        return book_of((known.label, known.table(asking, None)[0]))

    book = demo.ask(sheets)
    if len(rows) > 1:
        (sheet,) = book.worksheets
        assert [str(cell.value).replace(" ", "_") for cell in sheet[1]] == rows[0]
        assert sheet.max_row == len(rows) and sheet.freeze_panes == "A2" and sheet["A1"].font.bold
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]
    named = [at for at, column in enumerate(rows[0]) if column in ("client", "name") and "client" in (column, known.of)]
    if named and known.name not in ("order_moves", "sign_ups", "host_rewards", "gift_movements"):
        hers = csv_rows(demo.ask(known.make, [1]).content)[1:]
        assert len({row[named[0]] for row in hers}) <= 1 and len(hers) <= len(rows) - 1


def test_numbers_and_days_are_such_and_text_is_text() -> None:
    """A phone would lose its +, a postcode its zero, and a sum could not be summed."""
    at = datetime(2026, 11, 21, 9, 42, tzinfo=ZONE)
    row = ["=1+1", "02134", "+12125550101", Decimal("1240.50"), 3, True, date(2026, 11, 21), at, None, "#N/A", "a\x0bb"]
    told = Table([f"column_{number}" for number in range(len(row))], [row])
    sheet = book_of(("x", told)).worksheets[0]
    cells = list(sheet[2])
    assert [cell.value for cell in cells] == [
        "=1+1", "02134", "+12125550101", 1240.5, 3, "yes",
        at.replace(hour=0, minute=0, tzinfo=None), at.replace(tzinfo=None),
        None, "#N/A", "ab",
    ]  # fmt: skip
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "n", "n", "s", "d", "d", "n", "s", "s"]
    assert [cell.quotePrefix for cell in cells[:3]] == [True, False, True], "an edit leaves it text"
    assert (cells[3].number_format, cells[6].number_format) == ("0.00", "yyyy-mm-dd")
    (_, plain) = csv_rows(csv_text(told.columns, [row]).encode())
    assert plain[:9] == [
        "'=1+1", "02134", "'+12125550101", "1240.50", "3", "yes", "2026-11-21", "2026-11-21T09:42:00-05:00", "",
    ]  # fmt: skip


_FORMULAS = st.text(alphabet="'=+-@\t\ra1,;\"\n", max_size=8)


@given(st.lists(_FORMULAS, min_size=1, max_size=5))
def test_no_cell_is_a_formula_and_what_was_written_comes_back(texts: list[str]) -> None:
    """A client called =HYPERLINK(…) would call somebody from her spreadsheet."""
    table = Table([str(number) for number in range(len(texts))], [texts])
    out = io.BytesIO()
    assert write_csv(table, out) == 1
    (_, plain) = csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""))
    sheet = book_of(("x", Table(table.columns, [texts]))).worksheets[0]
    for number, text in enumerate(texts):
        in_book = sheet.cell(2, number + 1).value if sheet.max_row > 1 else None
        assert plain[number][:1] not in tuple("=+-@\t\r")
        assert sheet.max_row == 1 or sheet.cell(2, number + 1).data_type != "f"
        assert unguarded(plain[number]) == text
        assert (in_book or "").replace("\r\n", "\n").replace("\r", "\n") == text.replace("\r\n", "\n").replace(
            "\r", "\n"
        )


def test_a_list_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spreadsheet would refuse the file, or drop the rows behind the millionth."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 250)
    rows = Table(("a",), ([number] for number in range(600)))
    book = book_of(("A list: with / what no sheet may be called", rows), ("B", Table(("a",), [])))
    assert [sheet.max_row for sheet in book.worksheets] == [251, 251, 101]
    assert all(len(name) <= 31 for name in book.sheetnames) and book.worksheets[2]["A101"].value == 599


def test_all_lists_go_into_a_folder_and_over_nothing(demo: Desk, tmp_path: Path) -> None:
    """Half of the lists would be last month's, or one of them somebody else's file."""
    folder = tmp_path / "lists"
    wrote = write_out(demo, folder, Choice("csv"))
    assert {one.path.name for one in wrote} == {file.name for file in folder.iterdir()} and len(wrote) > 35
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600} and folder.stat().st_mode & 0o077 == 0
    before = (folder / "clients.csv").stat().st_mtime_ns
    for left in ("clients.csv", "sign_ups.csv"):
        for file in folder.iterdir():
            if file.name != left:
                file.unlink()
        with pytest.raises(Refused, match="is there already"):
            write_out(demo, folder, Choice("csv"))
        assert [file.name for file in folder.iterdir()] == [left]
        write_out(demo, folder, Choice("csv", force=True))
    assert (folder / "clients.csv").stat().st_mtime_ns != before


def test_a_list_that_is_empty_is_no_file(desk: Desk, tmp_path: Path) -> None:
    """She would send on an empty sheet."""
    for name in ("x.xlsx", "x.csv"):
        with pytest.raises(Refused, match="are no tasks"):
            write_out(desk, tmp_path / name, Choice("tasks"))
        assert not (tmp_path / name).exists()


def test_papers_can_be_written_from_a_script(demo: Desk, tmp_path: Path) -> None:
    (made,) = write_out(demo, tmp_path / "s.pdf", Choice())
    assert made.path.read_bytes().startswith(b"%PDF")
    (made,) = write_out(demo, tmp_path / "s.csv", Choice("statement", period="2026"))
    assert made.path.read_text("utf-8-sig").startswith("kind,date,order")
    number = str(dump(demo)["goods_return"][0][4])
    assert number.startswith("R")
    (made,) = write_out(demo, tmp_path / "slip.pdf", Choice("slip", of_return=number.lower()))
    assert made.path.read_bytes().startswith(b"%PDF")
    for choice, said in (
        (Choice("slip"), "Which return"),
        (Choice("slip", of_return="R9"), "no return"),
        (Choice("statement", period="soon"), "no month"),
        (Choice("statement", period="1999"), "no commission"),
        (Choice("json", ids=(1,)), "whole desk"),
    ):
        with pytest.raises(Refused, match=said):
            write_out(demo, tmp_path / "no.pdf", choice)


def test_a_formula_in_a_note_is_none_in_any_list(desk: Desk) -> None:
    client = add_client(desk, "=cmd|' /C calc'!A0")
    desk.do(AddNote(client, '=HYPERLINK("http://example.com","x")'))
    for known in EXPORTS:
        if known.table is not None:
            for row in csv_rows(desk.ask(known.make, None).content)[1:]:
                assert not [cell for cell in row if cell[:1] in ("=", "@")], known.name
