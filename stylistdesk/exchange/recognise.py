"""What a file is: its encoding, its delimiter and its format, found from its bytes and its columns."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from stylistdesk.domain.errors import BadFile
from stylistdesk.exchange.client_table import CLIENT_TABLE
from stylistdesk.exchange.encodings import checked, encodings_of
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.formats import FORMATS, format_named
from stylistdesk.exchange.own_lists import own_list
from stylistdesk.exchange.plain_list import SMALLEST
from stylistdesk.exchange.reading import BEGINS, JSON_LINES, Source, header_row
from stylistdesk.exchange.rows import Lines, folded, json_object
from stylistdesk.exchange.whole_tables import DESK, DESK_LABEL, NAME

LARGEST = 200 * 1024 * 1024
"""The largest file that is read, in bytes."""

LARGEST_DESK = 8_000_000_000
"""The largest file of a whole desk that is read, in bytes."""

_WHOLE_DESK = re.compile(r'\s*\{.{0,2000}"' + NAME + r'"', re.DOTALL)
_BEGIN = re.compile(r"^[ \t]*BEGIN[ \t]*:[ \t]*(VCARD|VCALENDAR)\b", re.IGNORECASE | re.MULTILINE)
_FOLD = re.compile(rb"\r?\n[ \t]")
_HEAD = 1 << 16
_DELIMITERS = (",", ";", "\t")
_TELLING = 2  # columns by which a format is known: a "status" alone is in many a list
_MANY = 6  # columns that a format reads: more than an address
_AS_CSV = "Export it as CSV (UTF-8) and import that."
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3\x00", "a database"),
)


def recognise(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Source:
    """What the file is, by its columns; `format`, `encoding` and `delimiter` are taken as said where they are given.

    Raises `BadFile`, with what to do, for anything that cannot be imported.
    """
    if format in (None, DESK) and (whole_desk := _as_whole_desk(path, said=format == DESK)):
        return whole_desk
    wanted = format_named(format) if format else None
    head, size = _head(path)
    encodings = (checked(path, encoding),) if encoding else encodings_of(path, head)
    text = _text(head, encodings[0])
    formats = (wanted,) if wanted else FORMATS
    begins = _BEGIN.search(text)
    whole = next((known for known in formats if begins and known.begins == begins[1].upper()), None)
    formats = tuple(known for known in formats if not known.begins)
    if begins and whole and not text[: begins.start()].strip():
        formats = ()
    columns: tuple[str, ...] = ()
    known: Format | None = None
    if not formats:
        sign = BEGINS
    elif text.lstrip()[:1] in ("{", "["):
        columns = _keys(path, text)
        sign = JSON_LINES
        known = _matching(columns, formats, path.name)
    else:
        columns, sign, known = _table(text, delimiter, formats, path.name)
        if (known is None or known.plain or known is CLIENT_TABLE) and (said := own_list(path, columns)):
            raise said
    if known is None and whole is not None:  # maybe behind what is left of a card that was cut off
        encodings = encodings if encoding else _unfolded(path, encodings)
        sign = f"{BEGINS}{whole.begins}"
        return Source(path, whole.name, whole.label, encodings[0], encodings, sign, whole.used, (), size)
    if known is None:
        raise _unknown(path, head, columns, wanted)
    unused = dict.fromkeys(column for column in columns if column and not known.uses(column))
    return Source(path, known.name, known.label, encodings[0], encodings, sign, columns, tuple(unused), size)


def _as_whole_desk(path: Path, *, said: bool) -> Source | None:
    """The file as one of a whole desk, if it is; one that is `said` to be and is none is refused."""
    try:
        with path.open("rb") as file:
            begins = _WHOLE_DESK.match(file.read(4096).decode("utf-8-sig", errors="replace"))
        size = path.stat().st_size
    except (OSError, ValueError):
        begins, size = None, 0
    if begins is None:
        if said:
            raise BadFile(f"{path.name} is not the file of a whole desk.", hint="`stylistdesk export FILE.json` is.")
        return None
    if size > LARGEST_DESK:
        raise BadFile(f"{path.name} is larger than {LARGEST_DESK // 1_000_000_000} GB.", hint="Restore a backup.")
    return Source(path, DESK, DESK_LABEL, "utf-8", ("utf-8",), "JSON", (), (), size)


def _unfolded(path: Path, encodings: tuple[str, ...]) -> tuple[str, ...]:
    """The encodings of a file that is no table. Some programs fold a long line inside a letter: it is UTF-8 too."""
    if encodings[0].startswith("utf"):
        return encodings
    try:
        _FOLD.sub(b"", path.read_bytes()).decode("utf-8")
    except (OSError, ValueError):
        return encodings
    return ("utf-8", *encodings)


def _head(path: Path) -> tuple[bytes, int]:
    """The first 64 KB and the size, once the file is sure to be one that can be read."""
    try:
        if not path.is_file():
            raise BadFile(f"{path.name} is not a file." if path.exists() else f"There is no file {path}.")
        size = path.stat().st_size
        with path.open("rb") as handle:
            head = handle.read(_HEAD)
    except (OSError, ValueError) as error:
        raise BadFile(f"{path.name} cannot be opened: {getattr(error, 'strerror', None) or error}.") from error
    if not head.strip():
        raise BadFile(f"{path.name} is empty.", hint="Export it again, with its header row.")
    if size > LARGEST:
        raise BadFile(f"{path.name} is larger than {LARGEST >> 20} MB.", hint="Split it, and import the parts.")
    for sign, what in _BINARY:
        if head.startswith(sign):
            raise BadFile(f"{path.name} is {what}, not a text file.", hint=_AS_CSV)
    return head, size


def _text(head: bytes, encoding: str) -> str:
    return head.decode(encoding, errors="replace").removeprefix("\ufeff")


def _keys(path: Path, text: str) -> tuple[str, ...]:
    """All keys of the first lines of a JSON Lines file."""
    if text.lstrip().startswith("["):
        raise BadFile(f"{path.name} is one JSON list.", hint="Write one object a line (JSON Lines), or CSV.")
    keys: dict[str, None] = {}
    whole = text.splitlines() if len(text) < _HEAD // 4 else text.splitlines()[:-1] or [text]
    for line in whole:
        try:
            keys |= dict.fromkeys(key for key, _ in json_object(line))
        except ValueError:
            continue
    return tuple(keys)


def _table(
    text: str, delimiter: str | None, formats: tuple[Format, ...], name: str
) -> tuple[tuple[str, ...], str, Format | None]:
    """The columns, the delimiter under which they are those of a format, and that format."""
    first: tuple[tuple[str, ...], str] | None = None
    for sign in _delimiters(text, delimiter):
        try:
            columns = header_row(Lines(StringIO(text, newline="")), sign)
        except BadFile:
            if delimiter:
                raise
            continue
        first = first or (columns, sign)
        known = _matching(columns, formats, name)
        if known:
            return columns, sign, known
    columns, sign = first or ((), ",")
    return columns, sign, None


def _delimiters(text: str, delimiter: str | None) -> Iterator[str]:
    if delimiter is not None:
        if len(delimiter) != 1 or delimiter in '\r\n"':
            raise BadFile(f"“{delimiter[:10]}” cannot be a delimiter.", hint="It is one character, such as ; or a tab.")
        yield delimiter
        return
    yield from _DELIMITERS
    if "\x00" in text.partition("\n")[0]:
        return
    import clevercsv

    try:
        dialect = clevercsv.Sniffer().sniff(text[:4096])
    except (clevercsv.Error, ValueError, RecursionError):
        return
    if dialect is not None and dialect.delimiter and dialect.delimiter not in _DELIMITERS:
        yield dialect.delimiter


def _matching(columns: tuple[str, ...], formats: tuple[Format, ...], name: str) -> Format | None:
    """The format that has all its required columns here; of several, the one that `Format` says."""
    here = {folded(column) for column in columns}
    words = set(re.split(r"[\W_]+", name.casefold()))

    def fits(known: Format) -> tuple[bool, int]:
        return bool(words & set(known.named)), sum(map(known.uses, here))

    fitting = [known for known in formats if not _missing(known, here)]
    found = max((known for known in fitting if not known.plain), key=fits, default=None)
    plain = next((known for known in fitting if known.plain), None)
    if found is None and plain is not None and (len(formats) == 1 or not _tells_of_another(plain, here)):
        return plain
    return found


def _tells_of_another(plain: Format, here: set[str]) -> bool:
    """Whether the file is one of another format that is not whole: by its columns, a plain list's aside."""
    others = here - set(map(folded, plain.used))

    def is_meant(known: Format) -> bool:
        known_by = set(map(folded, (*known.required, *known.one_of)))
        return len(others & known_by) >= _TELLING or sum(map(known.uses, others)) >= _MANY

    return any(is_meant(known) for known in FORMATS if not known.plain and not known.begins)


def _missing(known: Format, here: set[str]) -> list[str]:
    missing = [column for column in known.required if folded(column) not in here]
    if known.one_of and not any(folded(column) in here for column in known.one_of):
        missing.append(" or ".join(known.one_of))
    groups = (group for group in known.each_of if not any(folded(column) in here for column in group))
    return [*missing, *map(" or ".join, groups)]


def _unknown(path: Path, head: bytes, columns: tuple[str, ...], wanted: Format | None) -> BadFile:
    if b"\x00" in head:
        return BadFile(f"{path.name} is not a text file.", hint=_AS_CSV)
    if wanted and wanted.begins:
        return BadFile(f"{path.name} has no {wanted.label}.", hint=f"Such a file begins with BEGIN:{wanted.begins}.")
    here = {folded(column) for column in columns}
    others = [known for known in FORMATS if not known.plain and not known.begins]
    nearest = wanted or max(others, key=lambda known: len(here & {folded(column) for column in known.used}))
    missing = ", ".join(_missing(nearest, here)[:8])
    smallest = f"For a plain list of clients, the header {SMALLEST} is enough."
    if wanted or here & {folded(column) for column in nearest.used}:
        return BadFile(
            f"{path.name} lacks columns of {nearest.label}: {missing}.",
            hint=f"Export it again with all columns, or name another format. {smallest}",
        )
    labels = ", ".join(known.label for known in FORMATS)
    return BadFile(
        f"{path.name} has the columns of no format that the desk knows.", hint=f"It reads {labels}. {smallest}"
    )
