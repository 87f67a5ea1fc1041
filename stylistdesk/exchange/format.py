"""What a format is: its columns, and the reader that makes records of its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import Notice, RefusedRow, Rows


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, known by its columns.

    A file is of this format if it has all `required` columns and, where `one_of` is given, one of those. `used` are
    the columns that the reader reads; any other is told to the rep. `program` is whose ids the file speaks in.
    An import reads the file in so many `passes`.
    """

    name: str
    label: str
    program: str
    required: tuple[str, ...]
    used: tuple[str, ...]
    read: Callable[[Reading], Rows]
    one_of: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    passes: int = 2


def each_row(reading: Reading, columns: Sequence[str], make: Callable[[int, list[str], Locale], Rows]) -> Rows:
    """What `make` makes of each row, given its line and its cells in the order of `columns`.

    A row for which it raises `Refused` is refused by its line, and the others go on.
    """
    with reading.table() as table:
        places = [table.at(column) for column in columns]
        for found in table.rows():
            if isinstance(found, RefusedRow | Notice):
                yield found
                continue
            line, row = found
            try:
                yield from make(line, [row[place] for place in places], reading.locale)
            except Refused as error:
                yield RefusedRow(line, str(error))
