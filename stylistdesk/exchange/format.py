"""What a format is: its columns, and the reader that makes records of its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from re import fullmatch

from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import Notice, RefusedRow, Rows
from stylistdesk.exchange.rows import folded


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, known by its columns.

    A file is of this format if it has all `required` columns, one of `one_of` where that is given, and one of each
    group in `each_of`; of several that fit, the one that has a word of the file's name in `named`, then the one that
    uses most of the columns. `used` are the columns that the reader reads, and those that `used_like`, a regular
    expression, fits once they are folded; any other is told to the rep. `program` is whose ids the file speaks in. An
    import reads the file in so many `passes`. With `escapes`, a backslash may stand before a comma or a quote. One
    that `begins` with BEGIN: and this word is no table. A `plain` one is taken only for a file that no other format
    fits and that is not one of another format with columns missing.
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
    used_like: str = ""
    named: tuple[str, ...] = ()
    escapes: bool = False
    begins: str = ""
    each_of: tuple[tuple[str, ...], ...] = ()
    plain: bool = False

    def uses(self, column: str) -> bool:
        """Whether the reader reads this column."""
        name = folded(column)
        return name in map(folded, self.used) or bool(self.used_like and fullmatch(self.used_like, name))


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
