"""Whether every file that is kept is there and still what it was, and whether one lies about for nobody."""

import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import SQLModel

from stylistdesk.db.attachments import is_whole, kept_files, place_of, put_back

_KEPT = (
    (
        "attachment",
        "sha256",
        "SELECT sha256, 'The attachment “' || attachment.name || '” of ' || client.name FROM attachment "
        "JOIN client ON client.id = client_id ORDER BY attachment.id",
    ),
    (
        "company_file",
        "sha256",
        "SELECT sha256, 'The company file “' || title || '” of ' || dated_on FROM company_file ORDER BY id",
    ),
    (
        "website",
        "picture_sha256",
        "SELECT picture_sha256, 'The picture “' || picture_name || '” of your website' FROM website",
    ),
    (
        "training",
        "file_sha256",
        "SELECT file_sha256, 'The file “' || file_name || '” of your training' FROM training ORDER BY id",
    ),
)
"""Each table whose rows name a kept file: the column of its hash, and the query of the hashes and what to call them."""

_WHAT_TO_DO = {
    "attachment": "no copy of it is whole: attach it again",
    "company_file": "choose it again: delete it in Company files and add the file",
    "website": "choose it again in Your website",
    "training": "choose it again in Training",
}


def repair_attachments(connection: Connection, folder: Path, copies: Sequence[Path]) -> tuple[list[str], int, int]:
    """A line for each kept file that is missing or damaged, and for each that nothing needs, undo included.

    Those of which a whole one is in the folders `copies` are put back: how many. And how many rows told another size
    than their whole file has, which they do no more.
    """
    state: dict[str, str] = {"": ""}
    problems: list[str] = []
    needed: set[str] = set()
    mended = 0
    for table, column, sql in _KEPT:
        for sha256, named in connection.exec_driver_sql(sql):
            if sha256 not in state:
                place = place_of(folder, sha256)
                state[sha256] = "" if is_whole(place, sha256) else "damaged" if place.exists() else "missing"
                if state[sha256] and put_back(folder, sha256, copies):
                    state[sha256], mended = "", mended + 1
            if state[sha256]:
                problems.append(f"{named} is {state[sha256]}; {_WHAT_TO_DO[table]}")
            needed.add(sha256)
        needed |= _in_journal(connection, table, column)
    problems += [
        f"The file attachments/{path.parent.name}/{path.name} belongs to nothing here and can be deleted"
        for path in kept_files(folder)
        if path.name not in needed
    ]
    whole = [sha256 for sha256, wrong in state.items() if sha256 and not wrong]
    return problems, mended, sum(_repair_sizes(connection, sha256, place_of(folder, sha256)) for sha256 in whole)


def _repair_sizes(connection: Connection, sha256: str, place: Path) -> int:
    size = place.stat().st_size
    return sum(
        connection.exec_driver_sql(
            f"UPDATE {table} SET size = ? WHERE sha256 = ? AND size <> ?", (size, sha256, size)
        ).rowcount
        for table in ("attachment", "company_file")
    )


def _in_journal(connection: Connection, table: str, column: str) -> set[str]:
    """The files that an undo or redo may need."""
    place = [each.name for each in SQLModel.metadata.tables[table].columns].index(column)
    found: set[str] = set()
    for images in connection.exec_driver_sql("SELECT before, after FROM journal_change WHERE table_name = ?", (table,)):
        found.update(str(json.loads(image)[place]) for image in images if image)
    return found
