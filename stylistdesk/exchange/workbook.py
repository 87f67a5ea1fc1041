"""A workbook (XLSX): a sheet a list, its header bold and frozen, text as text, numbers and days as such (R46).

Written row by row: however long a list is, a few rows are in memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO

from stylistdesk.exchange.spreadsheet import Cell, Table, looks_like_formula

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS = 1_048_575
"""So many rows a sheet has room for, its header aside."""
LONGEST = 32_767
"""So many characters a cell has room for."""
LOOKED_AT = 200
"""From so many rows the widths of the columns are taken."""
_NARROW, _WIDE = 8, 48
_DAY, _INSTANT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


def write_workbook(sheets: Iterable[tuple[str, Table]], out: BinaryIO) -> dict[str, int]:
    """Write the tables that have rows, each under its title; how many rows each sheet has.

    A list that is longer than a sheet goes on in the next.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "stylistdesk"
    counts: dict[str, int] = {}
    for title, (columns, rows) in sheets:
        left = iter(rows)
        while first := list(islice(left, LOOKED_AT)):
            name = _free(title, counts)
            sheet = book.create_sheet(name)
            counts[name] = _fill(sheet, columns, first, islice(left, MOST_ROWS - len(first)))
    if not counts:
        book.create_sheet("Nothing")
    book.save(out)
    return counts


def _free(title: str, taken: Iterable[str]) -> str:
    """A sheet's name: at most 31 letters, none that a spreadsheet refuses; the second of a list is "Signals 2"."""
    plain = "".join(sign for sign in title if sign not in "[]:*?/\\'")[:27].strip() or "Sheet"
    plain, number = plain[:1].upper() + plain[1:], 1
    name, there = plain, {one.casefold() for one in taken}
    while name.casefold() in there:
        number += 1
        name = f"{plain} {number}"
    return name


def _fill(
    sheet: "WriteOnlyWorksheet", columns: Sequence[str], first: list[Sequence[Cell]], others: Iterator[Sequence[Cell]]
) -> int:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    bold = Font(bold=True)
    for place, column in enumerate(columns):
        widest = max([len(column), *(len(_shown(row[place])) for row in first)])
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(widest + 2, _NARROW), _WIDE)
    sheet.freeze_panes = "A2"
    heads = []
    for column in columns:
        head = WriteOnlyCell(sheet, column.replace("_", " "))
        head.font = bold
        heads.append(head)
    sheet.append(heads)
    count = 0
    for count, row in enumerate(chain(first, others), start=1):  # noqa: B007 - how many there were
        sheet.append([_cell(sheet, value) for value in row])
    return count


def _cell(sheet: "WriteOnlyWorksheet", value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, _plain(value))
        cell.data_type = "s"  # whatever it looks like: "#N/A" would be an error, "=1+1" a formula
        if looks_like_formula(value):
            cell.quotePrefix = True  # so it stays when she edits the cell
        return cell
    if isinstance(value, int):
        return value
    cell = WriteOnlyCell(sheet, value.replace(tzinfo=None) if isinstance(value, datetime) else value)
    if isinstance(value, Decimal):
        digits = max(0, -int(value.as_tuple().exponent))
        cell.number_format = f"0.{'0' * digits}" if digits else "0"
    else:
        cell.number_format = _INSTANT if isinstance(value, datetime) else _DAY
    return cell


def _plain(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))[:LONGEST]


def _shown(value: Cell) -> str:
    if isinstance(value, datetime):
        return "2026-11-21 09:42"
    if isinstance(value, date):
        return "2026-11-21"
    return max(str("" if value is None else value).splitlines(), key=len, default="")
