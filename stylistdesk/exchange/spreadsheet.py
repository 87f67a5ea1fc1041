"""Tables for a spreadsheet: CSV that it reads as UTF-8, in which nothing is taken as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


Cell = str | Decimal
"""Words, or a number of our own making: a number below zero is no formula."""


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The whole file, with the byte order mark by which a spreadsheet knows UTF-8."""
    out = StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()
