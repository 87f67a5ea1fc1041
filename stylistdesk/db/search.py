"""The index of the search (R43): words of many tables, in one FTS5 table for each kind of thing.

Triggers, made from the table of what is indexed, note which rows have changed and what the index holds of them;
`follow` brings the index in step as a command ends, in its transaction. To write into FTS5 from a trigger would cost
ten times as much: SQLite has it write out a segment with every row. So whatever writes is followed, an import of a
hundred thousand rows and its undo too. What another program has changed comes in with the next command.

The index keeps no text of its own: a view says what it holds of each row, and FTS5 itself can compare the two. All of
it follows from the rows, so it is not journaled, and is made anew with an upgrade. Only SQLite's own functions are in
the triggers, or no other program could write.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from stylistdesk.domain.assignments import TYPE_WORDS
from stylistdesk.domain.text import PLAIN_LETTERS

LONGEST = 20_000
"""So many characters of one thing are indexed: enough for a letter, and a limit for what a file may bring."""


OF_THE_INDEX = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT)
"""What FTS5 says of an index that it cannot make sense of. A full disk, say, is not among it."""


class DamagedIndex(Exception):
    """FTS5 cannot go on with the index: what was being written is rolled back, and can be written after `make`."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """One kind of thing: its number in `search_due`, its table, and which columns are found as words.

    A number ("GC-1042") is found with and without what divides it, and by its digits alone; a name with and without
    what is inside of it ("O'Brien"); a phone by any digits of it from the third last on.
    """

    kind: str
    number: int
    table: str
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    called: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """Of a column whose values have other names on screen, those names."""

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them; names and numbers first, as what a thing begins with counts for more."""
        return (*self.names, *self.numbers, *self.words, *self.phones)

    @property
    def index(self) -> str:
        """The FTS5 table."""
        return f"search_of_{self.kind}"

    @property
    def rows(self) -> str:
        """The view of what the index holds."""
        return f"search_rows_of_{self.kind}"

    @property
    def vocabulary(self) -> str:
        """The table of the words in the index."""
        return f"search_words_of_{self.kind}"

    def plain(self, row: str = "") -> str:
        """The SQL for the row's words as they are; empty where it has none."""
        return "trim(" + " || ' ' || ".join(f'{row}"{column}"' for column in self.columns) + ", ' ')"

    def written(self, row: str = "") -> str:
        """The SQL for what is taken from the row."""
        parts = [f'{row}"{column}"' for column in self.columns]
        parts += [_joined(f'{row}"{column}"', "'’-.") for column in self.names]
        parts += [_number(f'{row}"{column}"') for column in self.numbers]
        parts += [_digits(f'{row}"{column}"') for column in self.phones]
        parts += [called(f'{row}"{column}"', names) for column, names in self.called]
        return f"substr({' || char(10) || '.join(parts)}, 1, {LONGEST})"

    def said(self) -> str:
        """The SQL for what the index holds of the row: what is taken from it, in plain letters."""
        return _plain_letters(self.written())


_TYPES = {kind.value: f"{kind.value} looks {words}" for kind, words in TYPE_WORDS.items()}

INDEXED: tuple[Indexed, ...] = (
    Indexed("client", 1, "client", ("tags", "description", "website"), names=("name", "company")),
    Indexed("contact", 2, "contact", ("title", "email", "note"), names=("name",), phones=("phone",)),
    Indexed("order", 3, "order", ("tags", "note", "origin"), numbers=("number",)),
    Indexed("certificate", 4, "gift_certificate", ("note",), names=("for_name",), numbers=("number",)),
    Indexed("return", 5, "goods_return", ("note",), numbers=("number",)),
    Indexed("event", 6, "host_event", ("code", "place", "note"), names=("name",)),
    Indexed("item", 7, "search_item", names=("name",)),
    Indexed("note", 8, "note", ("body", "kind")),
    Indexed("message", 9, "message", ("subject", "body", "outcome")),
    Indexed("comment", 10, "signal", ("comment",)),
    Indexed("task", 11, "task", ("description", "category")),
    Indexed("follow_up", 12, "follow_up", ("reminder", "outcome")),
    Indexed("appointment", 13, "appointment", ("kind", "season", "note")),
    Indexed("ticket", 14, "ticket", ("subject", "body")),
    Indexed("lookbook", 15, "lookbook", ("title", "words")),
    Indexed("place", 16, "location", ("name", "line1", "line2", "city", "region", "country"), numbers=("postcode",)),
    Indexed("attachment", 17, "attachment", ("note",), names=("name",)),
    Indexed("company_file", 18, "company_file", ("kind", "name", "note"), names=("title",)),
    Indexed("sign_up", 19, "sign_up", ("email", "code", "note"), names=("name",), phones=("phone",)),
    Indexed("session", 20, "assignment", ("type", "status", "hq_notes", "rep_notes", "type_reason", "end_reason"),
        called=(("type", _TYPES),)),
)  # fmt: skip
"""What is found. A number is never given to another kind; a new kind is a row here and one in `queries/search.py`."""

MENTIONS = {
    "signal": "item",
    "order_line": "name",
    "lookbook_item": "name",
    "return_line": "name",
    "host_order_line": "name",
}
"""Where items are named. A name is indexed once, however many rows have it: there are a million signals."""

NEWEST = {table: place << 40 for place, table in enumerate(MENTIONS)}
"""`search_item.newest` is the row that last named it: the number of its table here, and its id. The row may be gone."""

ITEM = next(one for one in INDEXED if one.kind == "item")

_DUE = (
    "CREATE TABLE IF NOT EXISTS search_due (kind INTEGER NOT NULL, row_id INTEGER NOT NULL, was TEXT NOT NULL, "
    "PRIMARY KEY (kind, row_id)) WITHOUT ROWID"
)
_ITEMS = (
    "CREATE TABLE IF NOT EXISTS search_item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
    "mentions INTEGER NOT NULL DEFAULT 1, is_new INTEGER NOT NULL DEFAULT 1, newest INTEGER NOT NULL DEFAULT 0)"
)
_TO_LOOK_AT = "CREATE INDEX IF NOT EXISTS search_item_due ON search_item (id) WHERE is_new OR mentions <= 0"


# ---------------------------------------------------------------- what is indexed, in SQL


def _without(text: str, signs: str) -> str:
    for sign in signs:
        text = f"replace({text}, {_quoted(sign)}, '')"
    return text


def _joined(text: str, dividers: str) -> str:
    """The text without these characters where it has any, else nothing: it stands there as it is already."""
    without = _without(text, dividers)
    return f"CASE WHEN length({without}) < length({text}) THEN {without} ELSE '' END"


def _number(text: str) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-#/. "
    digits = [f"ltrim(upper({number}), '{letters}')" for number in (text, _without(text, "-/#. "))]
    return " || char(10) || ".join([_joined(text, "-/#. "), *digits])


def _digits(phone: str) -> str:
    """Every end of the number that has three digits or more: what begins one of them is a part of the number."""
    bare = _without(phone, "+-(). /")
    ends = " || ' ' || ".join(f"CASE WHEN length(d) >= {n} THEN substr(d, -{n}) ELSE '' END" for n in range(15, 2, -1))
    return f"(SELECT {ends} FROM (SELECT {bare} AS d LIMIT 1))"


def called(column: str, names: Mapping[Any, str]) -> str:
    """In SQL: what the values of a column are called on screen; nothing for a value without such a name."""
    cases = " ".join(f"WHEN {_quoted(value)} THEN {_quoted(words)}" for value, words in names.items())
    return f"CASE {column} {cases} ELSE '' END"


def _plain_letters(text: str) -> str:
    """FTS5 takes case off, and accents from Latin letters; letters like ø and ά are other letters to it."""
    said = f"(SELECT {text} AS t LIMIT 1)"
    forms = [(form, typed) for letter, typed in PLAIN_LETTERS.items() for form in _forms(letter)]
    for some in (forms[at : at + AT_ONCE] for at in range(0, len(forms), AT_ONCE)):
        plain = "t"
        for form, typed in some:
            plain = f"replace({plain}, {_quoted(form)}, {_quoted(typed)})"
        is_plain = "length(t) = length(CAST(t AS BLOB))"
        said = f"(SELECT CASE WHEN {is_plain} THEN t ELSE {plain} END AS t FROM {said} LIMIT 1)"
    return said


AT_ONCE = 16
"""SQLite's parser takes no more than a hundred things that stand one in another."""


def _forms(letter: str) -> list[str]:
    """The letter and its capital, where that is one letter of its own: it is none of ı, and two of ΐ."""
    capital = "ẞ" if letter == "ß" else letter.upper()
    return [form for form in (letter, capital) if len(form) == 1 and not form.isascii()]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


# ---------------------------------------------------------------- triggers


def triggers(table: str) -> dict[str, str]:
    """The triggers on this table, by name; the journal puts them up and checks that they stand."""
    made: dict[str, str] = {}
    for one in INDEXED:
        if one.table == table:
            made |= _noting(one)
    if table in MENTIONS:
        made |= _mentioning(table, MENTIONS[table])
    return made


def _noting(one: Indexed) -> dict[str, str]:
    def note(row: str, was: str) -> str:
        # Not OR IGNORE: the statement that fires the trigger has its own way with conflicts.
        return (
            f"INSERT INTO search_due (kind, row_id, was) VALUES ({one.number}, {row}.id, {was}) ON CONFLICT DO NOTHING;"
        )

    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in one.columns)
    columns = ", ".join(f'"{column}"' for column in one.columns)
    events = {
        "I": ("INSERT", f"{one.plain('NEW.')} <> ''", note("NEW", "''")),
        "U": (
            f"UPDATE OF {columns}",
            changed,
            note("OLD", f"CASE WHEN {one.plain('OLD.')} <> '' THEN {one.written('OLD.')} ELSE '' END"),
        ),
        "D": ("DELETE", f"{one.plain('OLD.')} <> ''", note("OLD", one.written("OLD."))),
    }
    return {
        f"search_{one.table}_{op}": (
            f'CREATE TRIGGER "search_{one.table}_{op}" AFTER {event} ON "{one.table}" WHEN {when} BEGIN {does} END'
        )
        for op, (event, when, does) in events.items()
    }


def _mentioning(table: str, column: str) -> dict[str, str]:
    more = (
        f'INSERT INTO search_item (name, newest) VALUES (NEW."{column}", {NEWEST[table]} + NEW.id) '
        "ON CONFLICT (name) DO UPDATE SET mentions = mentions + 1, newest = excluded.newest;"
    )
    less = f'UPDATE search_item SET mentions = mentions - 1 WHERE name = OLD."{column}";'
    events = {
        "I": ("INSERT", f"NEW.\"{column}\" <> ''", more),
        # Which is empty is no name, and never in the table of names but for a moment.
        "U": (f'UPDATE OF "{column}"', f'OLD."{column}" IS NOT NEW."{column}"', less + " " + more),
        "D": ("DELETE", f"OLD.\"{column}\" <> ''", less),
    }
    return {
        f"search_item_of_{table}_{op}": (
            f'CREATE TRIGGER "search_item_of_{table}_{op}" AFTER {event} ON "{table}" WHEN {when} BEGIN {does} END'
        )
        for op, (event, when, does) in events.items()
    }


# ---------------------------------------------------------------- making and following


def make(connection: Connection) -> int:
    """Make the index anew from the rows; how many things are in it."""
    for statement in (_DUE, "DROP TABLE IF EXISTS search_item", _ITEMS, _TO_LOOK_AT, "DELETE FROM search_due"):
        connection.exec_driver_sql(statement)
    _count_items(connection)
    return sum(_make_one(connection, one) for one in INDEXED)


def drop_views(connection: Connection) -> None:
    """Take away what would hold up a step of an upgrade that changes a table; `make` brings it back."""
    for one in INDEXED:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {one.rows}")


def _make_one(connection: Connection, one: Indexed) -> int:
    _drop_virtual(connection, one.vocabulary)
    connection.exec_driver_sql(f"DROP VIEW IF EXISTS {one.rows}")
    connection.exec_driver_sql(_view(one))
    _drop(connection, one.index)
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE {one.index} USING fts5(said, content='{one.rows}', content_rowid='id', columnsize=0, "
        "prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')"
    )
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {one.vocabulary} USING fts5vocab('{one.index}', 'row')")
    return connection.exec_driver_sql(
        f"INSERT INTO {one.index} (rowid, said) SELECT id, said FROM {one.rows} ORDER BY id"
    ).rowcount


def _drop(connection: Connection, index: str) -> None:
    """Drop an index, also a damaged one: what FTS5 cannot read it does not drop, so that is first made an empty one."""
    there = _tables(connection)
    kept = [part for part in ("data", "idx", "config") if f"{index}_{part}" in there]
    connection.exec_driver_sql("CREATE VIRTUAL TABLE search_of_nothing USING fts5(said, content='')")
    for part in kept:
        connection.exec_driver_sql(f"DELETE FROM {index}_{part}")
        connection.exec_driver_sql(f"INSERT INTO {index}_{part} SELECT * FROM search_of_nothing_{part}")
    connection.exec_driver_sql("DROP TABLE search_of_nothing")
    _drop_virtual(connection, index)
    for part in kept:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index}_{part}")


def _drop_virtual(connection: Connection, name: str) -> None:
    """Drop a virtual table; one whose statement is damaged cannot be, and is struck from the table of contents."""
    try:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    except DBAPIError:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql("DELETE FROM sqlite_schema WHERE name = ?", (name,))
        connection.exec_driver_sql("PRAGMA writable_schema = RESET")


def _view(one: Indexed) -> str:
    return f"CREATE VIEW {one.rows} AS SELECT id, {one.said()} AS said FROM \"{one.table}\" WHERE {one.plain()} <> ''"


def is_of_another_version(connection: Connection) -> bool:
    """Whether the index was made by other rules than these, or is not there: it has to be made, with its triggers."""
    # As bytes: what damage has made of a statement need not be text.
    rows = connection.exec_driver_sql("SELECT CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_schema WHERE sql <> ''")
    there = {name.decode(errors="replace"): sql.decode(errors="replace") for name, sql in rows}
    items = there.get("search_item", "").partition("(")[2]
    return items != _ITEMS.partition("(")[2] or any(there.get(one.rows) != _view(one) for one in INDEXED)


def can_be_asked(connection: Connection) -> bool:
    """Whether the index answers; it is derived, so that damage of it is no damage of the desk."""
    try:
        for one in INDEXED if _is_there(connection) else ():
            connection.exec_driver_sql(f"SELECT 1 FROM {one.index} WHERE {one.index} MATCH '\"a\" *' LIMIT 1").first()
            connection.exec_driver_sql(f"SELECT 1 FROM {one.vocabulary} LIMIT 1").first()
    except (DBAPIError, sqlite3.DatabaseError):
        return False
    return True


def follow(connection: Connection) -> None:
    """Bring the index in step with the rows that were changed since it last was. Raises `DamagedIndex`."""
    try:
        _follow(connection)
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in OF_THE_INDEX:
            raise DamagedIndex from error  # SQLite may have rolled all back: nothing more is done in this transaction
        raise


def _follow(connection: Connection) -> None:
    numbers = {row[0] for row in connection.exec_driver_sql("SELECT DISTINCT kind FROM search_due")}
    was = _plain_letters("was")
    for one in INDEXED:
        if one.number in numbers:
            connection.exec_driver_sql(
                f"INSERT INTO {one.index} ({one.index}, rowid, said) SELECT 'delete', row_id, {was} FROM search_due "
                f"WHERE kind = {one.number} AND was <> '' ORDER BY row_id"
            )
            connection.exec_driver_sql(
                f"INSERT INTO {one.index} (rowid, said) SELECT id, said FROM {one.rows} "
                f"WHERE id IN (SELECT row_id FROM search_due WHERE kind = {one.number}) ORDER BY id"
            )
            connection.exec_driver_sql("DELETE FROM search_due WHERE kind = ?", (one.number,))
    _follow_items(connection)


def _follow_items(connection: Connection) -> None:
    due = "FROM search_item INDEXED BY search_item_due WHERE (is_new OR mentions <= 0)"
    if connection.exec_driver_sql(f"SELECT 1 {due} LIMIT 1").first() is None:
        return
    connection.exec_driver_sql(
        f"INSERT INTO {ITEM.index} ({ITEM.index}, rowid, said) SELECT 'delete', id, {ITEM.said()} {due} "
        f"AND NOT is_new AND {ITEM.plain()} <> '' ORDER BY id"
    )
    connection.exec_driver_sql("DELETE FROM search_item WHERE mentions <= 0 OR name = ''")
    connection.exec_driver_sql(
        f"INSERT INTO {ITEM.index} (rowid, said) SELECT id, {ITEM.said()} {due} AND {ITEM.plain()} <> '' ORDER BY id"
    )
    connection.exec_driver_sql("UPDATE search_item SET is_new = 0 WHERE is_new")


def leave_no_trace(connection: Connection) -> None:
    """Take out of the index what is left in it of words that no row has any more, for a client who is erased.

    FTS5 only notes that a row is gone, until it writes its pages anew. Takes seconds on a large desk.
    """
    follow(connection)
    for one in INDEXED:
        connection.exec_driver_sql(f"INSERT INTO {one.index} ({one.index}) VALUES ('optimize')")


# ---------------------------------------------------------------- checking


def waiting(connection: Connection) -> int:
    """How many things have changed since the index was last in step: none, where no other program has written."""
    if not _is_there(connection):
        return 0
    counts = ("SELECT count(*) FROM search_due", "SELECT count(*) FROM search_item WHERE is_new OR mentions <= 0")
    return sum(int(connection.exec_driver_sql(count).scalar_one()) for count in counts)


def repair(connection: Connection) -> int:
    """Make anew what does not say what the rows say; how many things were put into the index again."""
    if not _is_there(connection) or is_of_another_version(connection):
        return make(connection)
    follow(connection)
    items = _items_that_differ(connection)
    if items:
        _count_items(connection)
    mended = 0
    for one in INDEXED:
        if (items and one is ITEM) or not _is_whole(connection, one):
            mended += max(_make_one(connection, one), 1)
    return mended


def _is_there(connection: Connection) -> bool:
    wanted = {name for one in INDEXED for name in (one.index, one.rows, one.vocabulary)}
    return wanted | {"search_due", "search_item", "search_item_due"} <= _tables(connection)


def _tables(connection: Connection) -> set[str]:
    """The names of all that is in the file."""
    names = connection.exec_driver_sql("SELECT CAST(name AS BLOB) FROM sqlite_schema")
    return {name.decode(errors="replace") for (name,) in names}


def _is_whole(connection: Connection, one: Indexed) -> bool:
    """Whether the index is sound in itself and holds what the rows say, no more and no less."""
    try:
        connection.exec_driver_sql(f"INSERT INTO {one.index} ({one.index}, rank) VALUES ('integrity-check', 1)")
    except (DBAPIError, sqlite3.DatabaseError):
        return False
    return True


def _named() -> str:
    every = " UNION ALL ".join(
        f'SELECT "{column}" AS name, {NEWEST[table]} + id AS row FROM "{table}"' for table, column in MENTIONS.items()
    )
    return f"SELECT name, count(*) AS mentions, max(row) AS newest FROM ({every}) WHERE name <> '' GROUP BY name"


def _items_that_differ(connection: Connection) -> int:
    named = f"SELECT name, mentions FROM ({_named()})"
    differ = (
        f"SELECT count(*) FROM (SELECT name, mentions FROM search_item EXCEPT {named}) UNION ALL "
        f"SELECT count(*) FROM ({named} EXCEPT SELECT name, mentions FROM search_item)"
    )
    return sum(int(row[0]) for row in connection.exec_driver_sql(differ))


def _count_items(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM search_item")
    connection.exec_driver_sql(
        f"INSERT INTO search_item (name, mentions, newest, is_new) SELECT name, mentions, newest, 0 FROM ({_named()})"
    )
