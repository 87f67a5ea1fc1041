"""Tables for a spreadsheet: CSV that it reads as UTF-8, and workbooks; nothing in them is taken as a formula.

In CSV an apostrophe guards what looks like one. A cell of a workbook says itself that it is text, and needs none.
A table is made once, of words, numbers, days and instants; CSV and a workbook are two ways of writing it.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO, TextIOWrapper
from typing import BinaryIO, NamedTuple

FORMULA = r"'*[=+\-@\t\r＝＋－＠﹦﹢﹣﹫]"
"""How a text begins that a spreadsheet takes as a formula, or that is guarded already. Numbers reads wide and small
signs as plain ones, and others do so in Japanese (owasp.org, CSV Injection)."""
_FORMULA = re.compile(FORMULA)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text as a formula, or a guarded one as guarded."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it as a formula."""
    return f"'{text}" if looks_like_formula(text) else text


Cell = str | int | Decimal | date | datetime | None
"""Words, or a number, a day or an instant of our own making: a number below zero is no formula. An instant is aware,
and in the zone of whoever reads it; `True` and `False` are yes and no."""


class Table(NamedTuple):
    """The names of the columns, and the rows, which are read once."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The whole file, with the byte order mark by which a spreadsheet knows UTF-8."""
    out = StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(map(_told, rows))
    return out.getvalue()


def write_csv(table: Table, out: BinaryIO) -> int:
    """`csv_text` for a table that is too large to be in memory: how many rows it had."""
    text = TextIOWrapper(out, "utf-8", newline="", write_through=False)
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(table.columns)
    count = 0
    for count, row in enumerate(table.rows, start=1):  # noqa: B007 - how many there were
        writer.writerow(_told(row))
    text.flush()
    text.detach()
    return count


def _told(row: Sequence[Cell]) -> Iterator[str | int | Decimal]:
    for cell in row:
        if isinstance(cell, str):
            yield guarded(cell)
        elif cell is None:
            yield ""
        elif isinstance(cell, bool):
            yield "yes" if cell else "no"
        elif isinstance(cell, datetime):
            yield cell.isoformat(timespec="seconds")
        elif isinstance(cell, date):
            yield cell.isoformat()
        else:
            yield cell
