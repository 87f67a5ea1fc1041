"""Rows that belong together: all rows of one order, wherever they stand in the file.

An order is refused whole if one of its rows is bad: half an order would make wrong totals.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.cells import code
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import Notice, RefusedRow, Rows

NamedRow = tuple[int, dict[str, str]]
"""A row with its line, its cells by the names of their columns."""

Make = Callable[[str, list[NamedRow], Locale], Rows]


class RefusedOnLine(Refused):
    """A rule said no to what stands on one line of several."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


@contextmanager
def on_line(line: int) -> Iterator[None]:
    """What is refused in here is refused for this line."""
    try:
        yield
    except RefusedOnLine:
        raise
    except Refused as error:
        raise RefusedOnLine(line, str(error)) from error


@dataclass(slots=True)
class _Rows:
    """On which row each order is named last, and which orders have a row that cannot be read."""

    last: dict[str, int] = field(default_factory=dict)
    spoiled: dict[str, int] = field(default_factory=dict)


def each_order(reading: Reading, numbered: str, columns: Sequence[str], make: Make, *, continues: bool = False) -> Rows:
    """What `make` makes of each order, given its number, which stands in the column `numbered`, and all its rows.

    With `continues` a row without a number belongs to the order above. What `make` refuses is refused as a whole, by
    the line that `on_line` said or its first. The file is read once more than it is read otherwise.
    """
    known: _Rows = reading.remembered.get("rows") or reading.remembered.setdefault(
        "rows", _looked_over(reading, numbered, continues)
    )
    with reading.table() as table:
        place = table.at(numbered)
        places = [table.at(column) for column in columns]
        gathered: dict[str, list[tuple[int, list[str]]]] = {}
        number = ""
        for count, found in enumerate(table.rows()):
            if isinstance(found, RefusedRow | Notice):
                yield found
                continue
            line, row = found
            number = code(row[place]) or (number if continues else "")
            if not number:
                yield RefusedRow(line, f"the row has no order number ({numbered})")
                continue
            gathered.setdefault(number, []).append((line, [row[index] for index in places]))
            if known.last[number] == count:
                rows = [(line, dict(zip(columns, cells, strict=True))) for line, cells in gathered.pop(number)]
                yield from _made(number, rows, known, make, reading.locale)


def _made(number: str, rows: list[NamedRow], known: _Rows, make: Make, locale: Locale) -> Rows:
    try:
        if number in known.spoiled:
            raise Refused(f"its row on line {known.spoiled[number]} cannot be read")
        made = list(make(number, rows, locale))
    except Refused as error:
        line = error.line if isinstance(error, RefusedOnLine) else rows[0][0]
        yield RefusedRow(line, f"order {number} is left out whole: {error}")
        return
    yield from made


def _looked_over(reading: Reading, numbered: str, continues: bool) -> _Rows:
    """So that an order can be given out, and forgotten, as soon as it is whole."""
    known = _Rows()
    number = ""
    with reading.table() as table:
        place = table.at(numbered)
        for count, found in enumerate(table.rows()):
            if isinstance(found, RefusedRow):
                spoiled = code(found.cells[place]) if place < len(found.cells) else ""
                known.spoiled[spoiled or (number if continues else "")] = found.line
            elif not isinstance(found, Notice):
                number = code(found[1][place]) or (number if continues else "")
                known.last[number] = count
    return known
