"""What a format is: its columns, and the reader that makes records of its rows."""

from collections.abc import Callable
from dataclasses import dataclass

from stylistdesk.exchange.reading import Reading
from stylistdesk.exchange.records import Rows


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, known by its columns.

    A file is of this format if it has all `required` columns and, where `one_of` is given, one of those. `used` are
    the columns that the reader reads; any other is told to the rep. `program` is whose ids the file speaks in.
    """

    name: str
    label: str
    program: str
    required: tuple[str, ...]
    used: tuple[str, ...]
    read: Callable[[Reading], Rows]
    one_of: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
