"""The rows of an open text file, each with the line on which it starts; a bad row costs itself and no other row."""

import csv
import json
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TextIO

from stylistdesk.domain.text import clean
from stylistdesk.exchange.records import RefusedRow

LONGEST_CELL = 100_000
"""The longest cell that is read, in characters."""

LONGEST_LINE = 2_000_000
"""The longest line that is read, in characters."""

Row = tuple[int, list[str]]


@lru_cache(maxsize=1024)
def folded(column: str) -> str:
    """A column's name as it is compared: case, white space and a byte order mark do not count."""
    return " ".join(clean(column.removeprefix("'")).casefold().split())


class LineTooLongError(Exception):
    """The line is longer than `LONGEST_LINE`; the rest of it has been skipped."""


class Lines:
    """The lines of a file, counted from 1; those taken since `begin` can be put back."""

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []
        self.number = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._handle.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= LONGEST_LINE and line[-1] not in "\r\n":
            self._skip_rest()
            raise LineTooLongError
        self._taken.append(line)
        return line

    def _skip_rest(self) -> None:
        while (rest := self._handle.readline(LONGEST_LINE)) and rest[-1] not in "\r\n":
            pass

    def begin(self) -> int:
        """The number of the line that comes next; it cannot be put back any more."""
        self._taken.clear()
        return self.number + 1

    @property
    def taken(self) -> int:
        """How many lines were taken since `begin`."""
        return len(self._taken)

    def put_back(self, keep: int = 1) -> None:
        """Read every line since `begin` but the first `keep` again."""
        self._waiting.extendleft(reversed(self._taken[keep:]))
        self.number -= len(self._taken[keep:])
        del self._taken[keep:]


def plain_lines(lines: Lines) -> Iterator[tuple[int, str | None]]:
    """Each line without its end, by its number; None for one that is longer than `LONGEST_LINE`."""
    while True:
        lines.begin()
        try:
            line = next(lines).rstrip("\r\n")
        except StopIteration:
            return
        except LineTooLongError:
            yield lines.number, None
        else:
            yield lines.number, line


def table_rows(
    lines: Lines, delimiter: str, width: int | None = None, *, escapes: bool = False
) -> Iterator[Row | RefusedRow]:
    """The rows of a delimited file that have `width` cells (any number without it); blank lines are passed over.

    A quote that is never closed, a cell that is too long and a ragged row are refused by line, and reading goes on
    with the line after the one on which the bad row starts. With `escapes`, a row that cannot be read otherwise may
    have backslashes before its commas and quotes.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    told = 0
    while True:
        start = lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except LineTooLongError:
            yield RefusedRow(start, f"the line is longer than {LONGEST_LINE:,} characters")
            continue
        except csv.Error as error:
            escaped = _escaped_row(lines, delimiter, width) if escapes else None
            if escaped is not None:
                yield start, escaped
                continue
            lines.put_back()
            yield RefusedRow(start, _in_words(error))
            continue
        if escapes and width is not None and len(cells) != width and any(cells):
            cells = _escaped_row(lines, delimiter, width) or cells
        if width is None or len(cells) == width:
            yield start, cells
        elif any(cells):
            if len(cells) > width and not any(cells[width:]):
                yield start, cells[:width]
                continue
            ends = lines.number
            if lines.taken > 1:  # more likely a quote that was never closed than a long cell in a ragged row
                lines.put_back()
            if ends <= told:  # a line of a row that was refused as a whole
                continue
            told = ends
            on = f", and goes on to line {ends}" if ends > start else ""
            yield RefusedRow(start, f"the row has {len(cells)} cells where the header has {width}{on}", tuple(cells))


def _escaped_row(lines: Lines, delimiter: str, width: int | None) -> list[str] | None:
    """The row just read, read once more with backslashes as escapes; None if that does not make it a whole one.

    What has been taken of the lines then is as it was before.
    """
    taken = lines.taken
    lines.put_back(0)
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, escapechar="\\", strict=True))
    except (csv.Error, StopIteration, LineTooLongError):
        cells = []
    if cells and len(cells) == width:
        return cells
    while lines.taken < taken:
        next(lines)
    lines.put_back(taken)
    return None


def _in_words(error: csv.Error) -> str:
    text = str(error)
    if "field larger" in text:
        return f"a cell is longer than {LONGEST_CELL:,} characters, or a quote opened here is never closed"
    if "unexpected end" in text:
        return "a quote opened here is never closed"
    if "expected after" in text:
        return "a quote inside a quoted cell is not doubled"
    return f"the row cannot be read ({text})"


def json_rows(lines: Lines, columns: Sequence[str], unknown: dict[str, None]) -> Iterator[Row | RefusedRow]:
    """The objects of a JSON Lines file as rows in the order of `columns`; keys that are no column join `unknown`."""
    place = {folded(column): index for index, column in enumerate(columns)}
    while True:
        start = lines.begin()
        try:
            line = next(lines)
        except StopIteration:
            return
        except LineTooLongError:
            yield RefusedRow(start, f"the line is longer than {LONGEST_LINE:,} characters")
            continue
        if not line.strip():
            continue
        try:
            pairs = json_object(line)
        except ValueError as error:
            yield RefusedRow(start, str(error))
            continue
        cells = [""] * len(columns)
        for key, value in pairs:
            index = place.get(folded(key))
            if index is None:
                unknown[key] = None
            elif not cells[index]:
                cells[index] = value
        if any(len(cell) > LONGEST_CELL for cell in cells):
            yield RefusedRow(start, f"a value is longer than {LONGEST_CELL:,} characters")
            continue
        yield start, cells


def json_object(line: str) -> list[tuple[str, str]]:
    """The keys and values of one line of JSON Lines, as text; numbers keep the digits that they were written with.

    Raises `ValueError`, with words for the rep, for anything but one object of plain values.
    """
    try:
        found = json.loads(line, parse_float=str, parse_int=str, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):
        raise ValueError("the line is not a JSON object") from None
    if not isinstance(found, _Pairs):
        raise ValueError("the line is not a JSON object")
    return [(name := clean(key, limit=200), _plain(name, value)) for key, value in found]


class _Pairs(list[tuple[str, object]]):
    """A JSON object as its pairs, so that a key given twice loses nothing."""


def _plain(key: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    raise ValueError(f"“{key[:40]}” is not a plain value")
