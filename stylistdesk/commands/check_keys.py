"""Checking what is found by: the keys of names and addresses, the indexes, and the journal's own order."""

from collections.abc import Callable, Iterator

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex
from sqlmodel import SQLModel

from stylistdesk.domain.text import name_key

_KEYS: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("client", "name", "name_key", name_key),
    ("contact", "email", "email_key", str.casefold),
    ("brand", "name", "name_key", name_key),
)
"""Each table whose rows are found by a key: the column it is made of, its own, and how it is made."""


def repair_keys(connection: Connection) -> int:
    """A client, contact or brand whose key is another one is never found by what she reads on the screen."""
    count = 0
    for table, column, key, make in _KEYS:
        rows = connection.exec_driver_sql(f"SELECT id, {column}, {key} FROM {table}").all()
        wrong = [(make(words), number) for number, words, kept in rows if make(words) != kept]
        if wrong:
            # One brand may not have the key of another: then both stay, and she merges them.
            done = connection.exec_driver_sql(f"UPDATE OR IGNORE {table} SET {key} = ? WHERE id = ?", wrong)
            count += done.rowcount
    return count


def repair_indexes(connection: Connection) -> tuple[int, list[str]]:
    """An index that is gone makes lists slow, and lets in twice what may be there once.

    How many were made anew, and what stands in the way of the others.
    """
    there = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'index'")}
    made, problems = 0, []
    for table in SQLModel.metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            if str(index.name) in there:
                continue
            try:
                with connection.begin_nested():
                    connection.execute(CreateIndex(index))
                made += 1
            except IntegrityError:
                columns = " and ".join(column.name for column in index.columns)
                problems.append(f"Rows of {table.name} that may be there once have the same {columns}")
    return made, problems


def journal_problems(connection: Connection) -> Iterator[str]:
    """Changes that no command made, and commands that undo nothing: what they did cannot be taken back (R7)."""
    for what, sql in _JOURNAL.items():
        count = int(connection.exec_driver_sql(sql).scalar_one())
        if count:
            yield f"{count} {what}"


_JOURNAL = {
    "changes in the history belong to a command that is gone": "SELECT count(*) FROM journal_change c WHERE "
    "command_id <> 0 AND NOT EXISTS (SELECT 1 FROM journal_command WHERE id = c.command_id)",
    "steps of undo and redo name a command that is gone": "SELECT count(*) FROM journal_command u WHERE "
    "kind IN ('undo', 'redo') AND NOT EXISTS (SELECT 1 FROM journal_command d WHERE d.id = u.target_id "
    "AND d.kind = 'do')",
}
