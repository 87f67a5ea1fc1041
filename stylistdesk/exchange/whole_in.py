"""A whole desk back in from its JSON file (R46, docs/json.md): into an empty one, all of it or nothing.

Every value is looked at before it is written, every table's rows are counted and hashed, and in the end what refers to
something refers to what is there. A file without the history is one command, which undo takes back; one with it brings
the desk's own commands, so that undo goes on where it stood.
"""

import base64
import binascii
import hashlib
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Connection

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db import attachments as kept_files
from stylistdesk.db import consent_ledger, journal
from stylistdesk.db.comparing import count_rows
from stylistdesk.db.engine import SCHEMA_VERSION, say_version
from stylistdesk.db.filling import indexes_made_last
from stylistdesk.db.sent_emails import hold_waiting
from stylistdesk.domain.errors import BadFile, FileTooNew, Refused, Stopped
from stylistdesk.domain.gifts import mask_card_numbers
from stylistdesk.domain.text import clean, counted, is_harmless
from stylistdesk.exchange.importing import ImportFile, ImportReport
from stylistdesk.exchange.json_stream import JsonStream
from stylistdesk.exchange.reading import Source
from stylistdesk.exchange.records import Notice
from stylistdesk.exchange.whole_out import PART, Hashed, row_bytes
from stylistdesk.exchange.whole_tables import (
    DESK,
    FILE_COLUMNS,
    FILES,
    HISTORY,
    LARGEST_ID,
    NAME,
    ONLY_WITH_HISTORY,
    SETTINGS,
    VERSION,
    Kept,
    kept_columns,
    tables,
)
from stylistdesk.paths import PRIVATE_FILE, private_folder
from stylistdesk.settings import checked, portable

_CHUNK = 1_000
FEW_NAMES = 5
_AS_IT_CAME = frozenset(("ics", "ours", "theirs", "before", "after"))
"""Columns in which a text stands as another program wrote it, and is never shown as it is."""
_LONG = ("signal", "order", "order_line", "follow_up", "message", "lookbook_item", "journal_change")
"""Tables that grow long, and in which no trigger looks anything up: their indexes are made when they are full."""
_BY_ITSELF = frozenset(("buyer_model", "expected_value", "delivery", "erasure"))
"""Tables that no undo empties: what is there is written over."""
_TOLD = (
    "client", "contact", "location", "follow_up", "task", "note", "message", "assignment", "appointment", "lookbook",
    "order", "signal", "csat_response",
)  # fmt: skip
"""The tables that a report counts one by one."""
_AGAIN = "Nothing was changed. Export the desk again, or copy the file again."


def taking_in(
    source: Source,
    attachments: Path,
    *,
    only_look: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> "ImportFile | TakeInDesk":
    """The command that takes a recognised file in; with `only_look`, for a preview of it."""
    if source.format == DESK:
        return TakeInDesk(source, attachments, only_look, progress, cancelled)
    return ImportFile(source, progress, cancelled)


@dataclass(frozen=True, slots=True)
class Head:
    """What the file says of itself."""

    schema: int
    history: bool
    written_at: str


@dataclass(frozen=True, slots=True)
class TakeInDesk:
    """Make an empty desk the one of the file. `Outcome.value` is an `ImportReport`.

    `attachments` is the folder of the clients' files; with `only_look` none is kept there. `progress` and `cancelled`
    are those of `ImportFile`.
    """

    of_others: ClassVar[bool] = True  # words are not refused: a card's number in them is cut
    from_hq: ClassVar[bool] = True  # HQ's notes are among the rows (R11)

    source: Source
    attachments: Path
    only_look: bool = False
    progress: Callable[[int, int], None] | None = field(default=None, compare=False)
    cancelled: Callable[[], bool] | None = field(default=None, compare=False)

    @property
    def brings_history(self) -> bool:
        """Whether the commands of the desk are those of the file. Raises `BadFile` where the file does not say."""
        with self._opened() as file:
            return _head(_to_head(JsonStream(file, self.source.path.name))).history

    def apply(self, work: Work) -> Outcome:
        """Raises `BadFile`, `FileTooNew` or `Stopped`, or `Refused` for a desk that is not empty: nothing is kept."""
        connection = work.session.connection()
        with self._opened() as file, ExitStack() as after:
            stream = JsonStream(file, self.source.path.name, self._tick)
            head = _head(_to_head(stream))
            _refuse_filled(connection, history=head.history)
            taking = _Taking(connection, head, self.source.path.name, None if self.only_look else self.attachments)
            after.callback(taking.close)
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            if head.history:
                after.enter_context(journal.paused(connection))
            after.enter_context(indexes_made_last(connection, _LONG))
            _read_tables(stream, taking)
            taking.finish()
            hold_waiting(connection.connection.driver_connection, work.now)  # type: ignore[arg-type]
            taking.is_whole = True
        report = _report(taking, self.source)
        return Outcome(f"Took in a whole desk: {_in_words(report)}", value=report)

    def _opened(self) -> Any:
        try:
            return self.source.path.open("rb")
        except OSError as error:
            raise BadFile(f"{self.source.path.name} cannot be opened: {error.strerror}.") from error

    def _tick(self, done: int) -> None:
        if self.cancelled is not None and self.cancelled():
            raise Stopped("The import was stopped; nothing was changed.")
        if self.progress is not None:
            self.progress(min(done, self.source.size), self.source.size)


# ------------------------------------------------------------------------------------------- the file


def _to_head(stream: JsonStream) -> JsonStream:
    """At what the file says of itself, which comes first."""
    keys = stream.members()
    if next(keys, None) != "format":
        raise BadFile("The file does not begin with “format”.", hint=_AGAIN)
    return stream


def _head(stream: JsonStream) -> Head:
    told = stream.value()
    if not isinstance(told, dict) or told.get("name") != NAME:
        raise BadFile("It is not the file of a desk.", hint=_AGAIN)
    version, schema = told.get("version"), str(told.get("schema"))
    numbers = re.fullmatch(r"([1-9]\d{0,3})\.(\d{1,3})", schema, re.ASCII)
    if type(version) is not int or version < 1 or numbers is None or type(told.get("history")) is not bool:
        raise BadFile("The file does not say its version, its schema and whether it has a history.", hint=_AGAIN)
    number = int(numbers[1]) * 1000 + int(numbers[2])
    if version > VERSION or number > SCHEMA_VERSION:
        raise FileTooNew(
            f"This file was written by a later stylistdesk (format {version}, desk {schema}; this program knows "
            f"format {VERSION}, desk {say_version(SCHEMA_VERSION)}).",
            hint="Install the newest stylistdesk; nothing was changed.",
        )
    return Head(number, bool(told["history"]), clean(str(told.get("written_at", "")), limit=40))


def _read_tables(stream: JsonStream, taking: "_Taking") -> None:
    """All that follows the head."""
    seen = False
    first = _next_name(stream)
    if first == SETTINGS:  # as one has it who sorts the names
        taking.take_settings(stream.value())
        first = _next_name(stream)
    if first != "tables":
        raise BadFile("“tables” must come after “format”.", hint=_AGAIN)
    for _ in stream.items():
        seen = True
        _read_table(stream, taking)
    while stream.sign() == ",":  # what a later program adds behind, as a word of its own
        name, told = _next_name(stream), stream.value()
        if name == SETTINGS:
            taking.take_settings(told)
    stream.take("}")
    stream.end()
    if not seen:
        raise BadFile("There is no table in the file.", hint=_AGAIN)


def _next_name(stream: JsonStream) -> object:
    stream.take(",")
    name = stream.value()
    stream.take(":")
    return name


def _read_table(stream: JsonStream, taking: "_Taking") -> None:
    told: dict[str, Any] = {}
    found: Hashed | None = None
    for key in stream.members():
        if key == "rows":
            if found is not None:
                raise BadFile("A table has “rows” twice.", hint=_AGAIN)
            found = taking.take(told.get("name"), told.get("columns"), _rows(stream))
        else:
            told[key] = stream.value()
    if found is None:
        raise BadFile(f"The table {clean(str(told.get('name')), limit=40)} has no “rows”.", hint=_AGAIN)
    name = told["name"]
    if "count" in told and told["count"] != found.count:
        raise BadFile(f"The table {name} has {found.count:,} rows and should have {told['count']}.", hint=_AGAIN)
    if "sha256" in told and told["sha256"] != found.hexdigest():
        raise BadFile(
            f"The rows of {name} are not those that were written: their SHA-256 is another.",
            hint=f"{_AGAIN} If you changed them yourself, take “sha256” and “count” out of that table.",
        )
    if not {"count", "sha256"} <= told.keys():
        taking.notices.append(f"{name} does not say how many rows it has or their SHA-256: it is taken as it is")
    taking.end_table(name, told.get("last_id", 0))


def _rows(stream: JsonStream) -> Iterator[object]:
    for _ in stream.items():
        yield stream.value()


# ------------------------------------------------------------------------------------------- the desk


def _refuse_filled(connection: Connection, *, history: bool) -> None:
    """Raise `Refused` unless the desk is empty; what the rep said when she set it up does not count."""
    there = {}
    for table in journal.journaled_tables():
        if table.name != "desk_info":
            count = connection.exec_driver_sql(f'SELECT count(*) FROM "{table.name}"').scalar_one()
            if count:
                there[table.name] = count
    hint = (
        "To have it beside this one: `stylistdesk --data-dir NEW_FOLDER import FILE`. To go back to an earlier state "
        "of this desk: `stylistdesk restore`."
    )
    if there:
        first = sorted(there, key=lambda name: name != "client")[:3]
        told = ", ".join(counted(there[name], name) for name in first) + (" …" if len(there) > 3 else "")
        raise Refused(f"A whole desk only goes into an empty one, and this one has {told}.", hint=hint)
    if history and _has_past(connection):
        raise Refused("This desk is empty, but has a history that the file's would take the place of.", hint=hint)


def _has_past(connection: Connection) -> bool:
    found = connection.exec_driver_sql("SELECT 1 FROM journal_change WHERE table_name <> 'desk_info' LIMIT 1")
    return found.first() is not None


class _Taking:
    """Rows on their way into the tables."""

    def __init__(self, connection: Connection, head: Head, file: str, attachments: Path | None) -> None:
        self.counts: dict[str, int] = {}
        self.names: list[str] = []
        self.notices: list[str] = []
        self.settings: dict[str, Any] = {}
        self.is_whole = False
        self.file_count = 0
        self._connection = connection
        self._driver: Any = connection.connection.driver_connection
        self._head, self._file, self._attachments = head, file, attachments
        self._known = {table.name: table for table in tables(history=True)}
        self._last_ids: dict[str, int] = {}
        self._cleaned = self._cards = 0
        self._coming: _ComingFile | None = None
        self._new_files: list[Path] = []
        self._has: set[str] = set()
        if head.history:
            for name in HISTORY:
                connection.exec_driver_sql(f"DELETE FROM {name}")

    def take(self, name: object, columns: object, rows: Iterator[object]) -> Hashed:
        """Write the rows of one table. Raises `BadFile`."""
        if type(name) is not str or not isinstance(columns, list) or not all(type(one) is str for one in columns):
            raise BadFile("A table must say its “name” and its “columns” before its “rows”.", hint=_AGAIN)
        if name in self.counts:
            raise BadFile(f"The table {name} is in the file twice.", hint=_AGAIN)
        self.counts[name] = 0
        if name == FILES:
            return self._take_files(columns, rows)
        if name not in self._known or (name in ONLY_WITH_HISTORY and not self._head.history):
            raise BadFile(f"There is no table “{clean(name, limit=40)}” in a desk.", hint=_AGAIN)
        return self._take_rows(name, self._placed(name, columns), rows)

    def _placed(self, name: str, columns: list[str]) -> list[Kept]:
        kept = {column.name: column for column in kept_columns(name)}
        strange = [column for column in columns if column not in kept]
        if strange or len(set(columns)) < len(columns):
            told = clean(strange[0], limit=40) if strange else "one of them twice"
            raise BadFile(f"The table {name} has the column “{told}”, which no desk has.", hint=_AGAIN)
        lacking = [one.name for one in kept.values() if one.name not in columns and one.stands_for is ...]
        if lacking:
            raise BadFile(f"The table {name} lacks the column “{lacking[0]}”.", hint=_AGAIN)
        return [kept[column] for column in columns]

    def _take_rows(self, name: str, columns: list[Kept], rows: Iterator[object]) -> Hashed:
        hashed, last, waiting = Hashed(), 0, list[list[Any]]()
        at = next(place for place, column in enumerate(columns) if column.name == "id")
        put = self._statement(name, columns)
        plain = [place for place, one in enumerate(columns) if one.kind == "text" and one.name not in _AS_IT_CAME]
        said = [place for place in plain if columns[place].name not in journal.NO_WORDS]
        names = next((place for place, one in enumerate(columns) if name == "client" and one.name == "name"), None)
        checks = [(place, column.holds, column.is_optional) for place, column in enumerate(columns)]
        for row in rows:
            if not isinstance(row, list) or len(row) != len(columns):
                raise self._wrong(name, hashed.count, f"it has not the {len(columns)} values of its columns")
            for place, holds, is_optional in checks:
                value = row[place]
                if not (is_optional if value is None else holds(value)):
                    raise self._wrong(name, hashed.count, self._no_such(columns[place], value))
            if row[at] <= last:
                twice = "is there twice" if row[at] == last else "stands after a higher one"
                raise self._wrong(name, hashed.count, f"the id {row[at]} {twice}")
            last = row[at]
            hashed.add(row_bytes(row))
            self._make_harmless(row, plain, said)
            if names is not None and len(self.names) < FEW_NAMES:
                self.names.append(clean(row[names]))
            waiting.append(row)
            if len(waiting) == _CHUNK:
                self._put(name, put, waiting, hashed.count)
                waiting = []
        self._put(name, put, waiting, hashed.count)
        self.counts[name], self._last_ids[name] = hashed.count, last
        return hashed

    def _statement(self, name: str, columns: list[Kept]) -> str:
        here = {column.name for column in columns}
        filled = [column for column in kept_columns(name) if column.name not in here]
        listed = ", ".join(f'"{column.name}"' for column in (*columns, *filled))
        values = ", ".join(["?"] * len(columns) + [_literal(column.stands_for) for column in filled])
        over = " OR REPLACE" if name in _BY_ITSELF else ""
        if name == "desk_info":  # an update, or the journal would not see the row that it takes the place of
            sets = ", ".join(f'"{one.name}" = excluded."{one.name}"' for one in (*columns, *filled) if one.name != "id")
            return f"INSERT INTO desk_info ({listed}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET {sets}"
        return f'INSERT{over} INTO "{name}" ({listed}) VALUES ({values})'

    def _put(self, name: str, put: str, rows: list[list[Any]], count: int) -> None:
        if not rows:
            return
        self._driver.execute("SAVEPOINT put")
        try:
            self._driver.executemany(put, rows)
        except sqlite3.IntegrityError:
            self._driver.execute("ROLLBACK TO put")
            self._find_wrong(name, put, rows, count - len(rows))
        self._driver.execute("RELEASE put")

    def _find_wrong(self, name: str, put: str, rows: list[list[Any]], before: int) -> None:
        """One by one, to say which row it is."""
        for place, row in enumerate(rows):
            try:
                self._driver.execute(put, row)
            except sqlite3.IntegrityError as error:
                said = re.fullmatch(r"UNIQUE constraint failed: (.+)", str(error))
                columns = ", ".join(one.partition(".")[2] for one in said[1].split(", ")) if said else ""
                what = f"an earlier row has the same {columns}" if columns else "it cannot stand beside the others"
                raise self._wrong(name, before + place, what) from error

    def _make_harmless(self, row: list[Any], plain: Sequence[int], said: Sequence[int]) -> None:
        """Take out what could act on a terminal, and of the number of a card all but its last four digits (R36)."""
        for place in plain:
            value = row[place]
            if value and not value.isprintable() and not is_harmless(value):
                row[place] = clean(value, multiline=True, limit=len(value))
                self._cleaned += 1
        for place in said:
            if row[place]:
                row[place], found = mask_card_numbers(row[place])
                self._cards += found

    def _no_such(self, column: Kept, value: object) -> str:
        told = "nothing" if value is None else f"“{clean(str(value), limit=40)}”"
        return f"{column.name} is {told}, and has to be: {column.kind}"

    def _wrong(self, name: str, row: int, what: str) -> BadFile:
        return BadFile(f"Row {row + 1:,} of {name} cannot be taken: {what}.", hint=_AGAIN)

    # ------------------------------------------------------------------------- the clients' files

    def _take_files(self, columns: list[str], rows: Iterator[object]) -> Hashed:
        hashed = Hashed()
        if columns != list(FILE_COLUMNS):
            raise BadFile(f"The table {FILES} has to have the columns {', '.join(FILE_COLUMNS)}.", hint=_AGAIN)
        for row in rows:
            sha256, number, part = self._part(row, hashed.count)
            if number == 0:
                self._end_file()
                if sha256 in self._has:
                    raise self._wrong(FILES, hashed.count, "its file is there twice")
                self._coming = _ComingFile(sha256, self._attachments)
            if self._coming is None or not self._coming.follows(sha256, number):
                raise self._wrong(FILES, hashed.count, "the part before it is missing")
            self._coming.add(part)
            hashed.add(row_bytes(row))  # type: ignore[arg-type]
        self._end_file()
        self.counts.pop(FILES)
        self.counts[FILES] = hashed.count
        return hashed

    def _part(self, row: object, at: int) -> tuple[str, int, bytes]:
        if isinstance(row, list) and list(map(type, row)) == [str, int, str] and kept_files.SHA256.fullmatch(row[0]):
            try:
                part = base64.b64decode(row[2], validate=True)
            except (binascii.Error, ValueError):
                part = b""
            if 0 < len(part) <= 4 * PART:
                return row[0], row[1], part
        raise self._wrong(FILES, at, "it is not a SHA-256, the number of a part, and base64")

    def _end_file(self) -> None:
        if self._coming is None:
            return
        coming, self._coming = self._coming, None
        self._has.add(coming.sha256)
        self.file_count += 1
        try:
            if not coming.is_whole:
                raise BadFile(f"The file {coming.sha256[:12]}… in it is not what was kept.", hint=_AGAIN)
            if (kept := coming.keep()) is not None:
                self._new_files.append(kept)
        finally:
            coming.close()

    # ------------------------------------------------------------------------------------ at the end

    def end_table(self, name: str, last_id: object) -> None:
        """The last id that was given, so that none is given twice (R4)."""
        if name == FILES:
            return
        if type(last_id) is not int or not 0 <= last_id < LARGEST_ID:
            raise BadFile(f"The last id of {name} is no number.", hint=_AGAIN)
        last = max(last_id, self._last_ids[name])
        done = self._driver.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, name))
        if not done.rowcount and last_id:
            self._driver.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))

    def take_settings(self, told: object) -> None:
        """Those that this program knows, with values that it takes; what is left out is told. Raises `BadFile`."""
        if not isinstance(told, dict):
            raise BadFile("The settings in it are no JSON object.", hint=_AGAIN)
        loaded = checked(portable(told), Path())
        self.settings = dict(loaded.given)
        self.notices += [f"its setting {'.'.join(one.path)} was left out: {one.reason}" for one in loaded.problems]
        if values := list(_in_lines(self.settings, ())):
            self.notices.append(f"its settings hold if this desk has no settings file yet: {', '.join(values)}")

    def finish(self) -> None:
        """Look at what holds between the rows. Raises `BadFile`."""
        for table, row_id, parent, _ in self._driver.execute("PRAGMA foreign_key_check"):
            if table != "primary_wanted":
                raise BadFile(
                    f"{_say(table)} {row_id} refers to a {parent.replace('_', ' ')} that is not in the file.",
                    hint=_AGAIN,
                )
        for sql, said in _RULES:
            for (row_id,) in self._driver.execute(sql):
                raise BadFile(said.format(row_id), hint=_AGAIN)
        for broken in consent_ledger.broken_chains(self._connection):
            raise BadFile(f"{broken.words}.", hint=f"{_AGAIN} The ledger is a proof, and is taken whole or not at all.")
        lost = {row[0] for row in self._driver.execute(_NAMED_FILES) if row[0]} - self._has
        if lost:
            self.notices.append(f"{counted(len(lost), 'file')} of clients were not in it: their rows are, without them")
        if self._cleaned:
            self.notices.append(f"control characters were taken out of {counted(self._cleaned, 'text')}")
        if self._cards:
            self.notices.append(f"{counted(self._cards, 'number')} of cards were cut to their last four digits")
        if not self.counts:
            raise BadFile("There is no table in the file.", hint=_AGAIN)
        self.counts |= count_rows(self._driver, ("client",))

    def close(self) -> None:
        """Nothing is left of a file of which nothing is kept."""
        if self._coming is not None:
            self._coming.close()
        if not self.is_whole:
            for path in self._new_files:
                path.unlink(missing_ok=True)


class _ComingFile:
    """One file of a client, as its parts come; in a temporary file, or only hashed where none is to be kept."""

    def __init__(self, sha256: str, folder: Path | None) -> None:
        self.sha256 = sha256
        self._folder, self._digest, self._next, self._size = folder, hashlib.sha256(), 0, 0
        self._place: Path | None = None
        if folder is not None:
            private_folder(folder)
            self._place = folder / f".{secrets.token_hex(8)}.tmp"
            self._place.touch(mode=PRIVATE_FILE, exist_ok=False)
            self._out = self._place.open("wb")

    def follows(self, sha256: str, number: int) -> bool:
        """Whether this is its next part."""
        return sha256 == self.sha256 and number == self._next

    def add(self, part: bytes) -> None:
        """Its next part."""
        self._next += 1
        self._size += len(part)
        if self._size > kept_files.LARGEST:
            raise BadFile(f"The file {self.sha256[:12]}… in it is larger than a desk keeps.", hint=_AGAIN)
        self._digest.update(part)
        if self._place is not None:
            self._out.write(part)

    @property
    def is_whole(self) -> bool:
        """Whether it is what it says."""
        return self._digest.hexdigest() == self.sha256

    def keep(self) -> Path | None:
        """Put it where the desk keeps it; where that is, if it was not there."""
        if self._place is None or self._folder is None:
            return None
        self._out.close()
        target = kept_files.place_of(self._folder, self.sha256)
        if kept_files.is_whole(target, self.sha256):
            return None
        kept_files.store_file(self._folder, self._place)
        return target

    def close(self) -> None:
        """Remove what is temporary."""
        if self._place is not None:
            self._out.close()
            self._place.unlink(missing_ok=True)


_NAMED_FILES = (
    "SELECT sha256 FROM attachment UNION SELECT sha256 FROM company_file UNION SELECT picture_sha256 FROM website "
    "UNION SELECT file_sha256 FROM training"
)
_RULES = (
    ("SELECT client_id FROM contact GROUP BY client_id HAVING sum(is_primary) <> 1 LIMIT 1",
     "Of the contacts of client {} not exactly one is primary."),
    ("SELECT client_id FROM location GROUP BY client_id HAVING sum(is_primary) <> 1 LIMIT 1",
     "Of the places of client {} not exactly one is primary."),
    ("SELECT gift_id FROM gift_movement GROUP BY gift_id HAVING sum(cents) < 0 LIMIT 1",
     "Of gift certificate {} more was used than was on it."),
    ("SELECT gift_id FROM gift_movement WHERE order_id IS NOT NULL GROUP BY gift_id, order_id HAVING sum(cents) > 0 "
     "LIMIT 1", "Gift certificate {} got back more than it paid for an order."),
)  # fmt: skip
"""What triggers keep otherwise (`db/one_primary.py`, `db/covered_gifts.py`), which stand still meanwhile."""


def _in_lines(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for name, value in values.items():
        where = (*path, clean(name, limit=80))
        if isinstance(value, Mapping):
            yield from _in_lines(value, where)
        else:
            yield f"{'.'.join(where)} = {clean(str(value), limit=80)}"


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _say(table: str) -> str:
    return table.replace("_", " ").capitalize()


def _report(taking: _Taking, source: Source) -> ImportReport:
    counts = {name: taking.counts[name] for name in _TOLD if taking.counts.get(name)}
    hidden = {*HISTORY, *_BY_ITSELF, *_TOLD, "desk_info", "calendar_link", FILES}
    if others := sum(count for name, count in taking.counts.items() if name not in hidden):
        counts["other_row"] = others
    if taking.file_count:
        counts["file"] = taking.file_count
    if done := taking.counts.get("journal_command"):
        counts["command"] = done
        taking.notices.append("its history comes with it: undo goes on where it stood, and does not take this back")
    return ImportReport(
        file=source.path.name,
        format=DESK,
        created=counts,
        updated={},
        unchanged={},
        refused=(),
        unused_columns=(),
        notices=tuple(Notice(0, said) for said in taking.notices),
        encoding=source.encoding,
        encodings=source.encodings,
        delimiter=source.delimiter,
        columns=(),
        samples=(),
        new_clients=tuple(taking.names),
        settings=taking.settings,
    )


def _in_words(report: ImportReport) -> str:
    told = [counted(report.created[kind], kind) for kind in ("client", "order", "signal") if kind in report.created]
    return ", ".join(told) or "no client"
