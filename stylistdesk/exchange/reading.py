"""A file that is being read: what a format's reader is given."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import BadFile
from stylistdesk.domain.text import clean
from stylistdesk.exchange.cells import cell
from stylistdesk.exchange.records import Notice, RefusedRow
from stylistdesk.exchange.rows import Lines, Row, folded, json_rows, table_rows

MOST_ROWS = 1_000_000
"""The most rows that one file may have."""

JSON_LINES = ""
"""The delimiter of a file that has none: one JSON object a line."""

BEGINS = "BEGIN:"
"""What the delimiter of a file begins with that is no table: "BEGIN:VCARD"."""

SAMPLES = 5
_TICK = 500


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was recognised: what it is and how it is read.

    `encodings` are those it could be in, the one taken first; `delimiter` is "" for JSON Lines, "BEGIN:VCARD" for
    vCards; columns are in the file's own words; `size` is in bytes.
    """

    path: Path
    format: str
    label: str
    encoding: str
    encodings: tuple[str, ...]
    delimiter: str
    columns: tuple[str, ...]
    unused_columns: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Locale:
    """What the desk adds to what a file says: its country for phone numbers, its currency, its zone."""

    country: str
    currency: str
    zone: ZoneInfo


@dataclass(slots=True)
class Reading:
    """A source that is being read, in one or several passes.

    `tick` is told how many bytes have been read, all passes together; `remembered` is what a pass keeps for the next.
    With `escapes`, a backslash may stand before a comma or a quote.
    """

    source: Source
    locale: Locale
    used: Sequence[str]
    tick: Callable[[int], None] = lambda _done: None
    samples: list[tuple[str, ...]] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    remembered: dict[str, Any] = field(default_factory=dict)
    passes: int = 0
    escapes: bool = False

    @contextmanager
    def opened(self, encoding: str) -> Iterator[TextIO]:
        """The file, open for one more pass. Raises `BadFile` if it cannot be opened."""
        try:
            handle = self.source.path.open(encoding=encoding, errors="replace", newline="")
        except OSError as error:
            raise BadFile(f"{self.source.path.name} cannot be opened: {error.strerror}.") from error
        with handle:
            self.passes += 1
            yield handle

    def count(self, number: int, handle: TextIO) -> None:
        """One more row or card; now and then it is told how far the reading is. Raises `BadFile` for too many."""
        if number % _TICK:
            return
        size = self.source.size
        position = getattr(handle, "buffer", handle).tell()
        self.tick((self.passes - 1) * size + min(position, size))
        if number >= MOST_ROWS:
            raise BadFile(f"The file has more than {MOST_ROWS:,} rows.", hint="Split it, and import the parts.")

    @contextmanager
    def table(self) -> Iterator["Table"]:
        """The file's rows, open. Raises `BadFile` if it cannot be opened or holds no header any more."""
        with self.opened(self.source.encoding) as handle:
            lines = Lines(handle)
            if self.source.delimiter == JSON_LINES:
                columns = tuple(self.used)
                yield Table(self, handle, columns, json_rows(lines, columns, self.unknown))
                return
            header = header_row(lines, self.source.delimiter)
            yield Table(self, handle, header, self._rows(lines, len(header)))

    def _rows(self, lines: Lines, width: int) -> Iterator[Row | RefusedRow]:
        return table_rows(lines, self.source.delimiter, width, escapes=self.escapes)


def header_row(lines: Lines, delimiter: str) -> tuple[str, ...]:
    """The first row that is not blank, past the line `sep=;` with which a spreadsheet names its delimiter.

    Raises `BadFile` if there is none, or if it cannot be read.
    """
    for found in table_rows(lines, delimiter):
        if isinstance(found, RefusedRow):
            raise BadFile(f"The header cannot be read: {found.reason}.", hint="Export the file again as CSV.")
        cells = found[1]
        if not any(text.strip() for text in cells) or cells[0].lower().startswith("sep="):
            continue
        return tuple(clean(text) for text in cells)
    raise BadFile("The file is empty.", hint="Export it again, with its header row.")


class Table:
    """The rows of an open file, by the names of its columns."""

    def __init__(
        self, reading: Reading, handle: TextIO, header: Sequence[str], rows: Iterator[Row | RefusedRow]
    ) -> None:
        self._reading, self._handle, self._rows = reading, handle, rows
        self._width = len(header)
        self.header = header
        self._places: dict[str, list[int]] = {}
        for index, column in enumerate(header):
            self._places.setdefault(folded(column), []).append(index)
        self._twice = [self._places[name] for name in map(folded, reading.used) if len(self._places.get(name, ())) > 1]

    def at(self, column: str) -> int:
        """Where the column stands in a row; a column that the file lacks stands where every row is blank."""
        return self._places.get(folded(column), [self._width])[0]

    def every(self, column: str) -> list[int]:
        """Everywhere where the column stands, for one that may stand several times."""
        return self._places.get(folded(column), [])

    def rows(self) -> Iterator[Row | RefusedRow | Notice]:
        """The rows, each with the line on which it starts, and one blank cell more than the header has.

        A column that stands twice keeps its first cell that is not blank; a second one that differs is told.
        Raises `BadFile` for more than `MOST_ROWS` rows.
        """
        reading = self._reading
        for count, found in enumerate(self._rows):
            reading.count(count, self._handle)
            if isinstance(found, RefusedRow):
                yield found
                continue
            cells = found[1]
            if reading.passes == 1 and len(reading.samples) < SAMPLES:
                reading.samples.append(tuple(cell(text, 200) for text in cells))
            cells.append("")
            yield from self._folded_twice(found)
            yield found

    def _folded_twice(self, row: Row) -> Iterator[Notice]:
        line, cells = row
        for first, *others in self._twice:
            for other in others:
                if not cells[first].strip():
                    cells[first] = cells[other]
                elif cells[other].strip() and cells[other] != cells[first]:
                    name = self.header[first]
                    yield Notice(line, f"“{name}” stands twice; “{clean(cells[other])[:60]}” was left out")
