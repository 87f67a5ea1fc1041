"""Whether every attachment is there and still what was attached, and whether a file lies about for nobody."""

import json
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import SQLModel

from stylistdesk.db.attachments import is_whole, kept_files, place_of


def attachment_problems(connection: Connection, folder: Path) -> list[str]:
    """A line for each attachment that is missing or damaged, and for each file that nothing needs, undo included."""
    rows = connection.exec_driver_sql(
        "SELECT attachment.sha256, attachment.name, client.name FROM attachment "
        "JOIN client ON client.id = attachment.client_id ORDER BY attachment.id"
    ).all()
    state: dict[str, str] = {}
    problems: list[str] = []
    for sha256, name, client in rows:
        if sha256 not in state:
            place = place_of(folder, sha256)
            state[sha256] = "" if is_whole(place, sha256) else "damaged" if place.exists() else "missing"
        if state[sha256]:
            problems.append(f"The attachment “{name}” of {client} is {state[sha256]}")
    needed = {row[0] for row in rows} | _in_journal(connection)
    problems += [
        f"The file attachments/{path.parent.name}/{path.name} belongs to no client and can be deleted"
        for path in kept_files(folder)
        if path.name not in needed
    ]
    return problems


def _in_journal(connection: Connection) -> set[str]:
    """The files that an undo or redo may need."""
    place = [column.name for column in SQLModel.metadata.tables["attachment"].columns].index("sha256")
    found: set[str] = set()
    for images in connection.exec_driver_sql(
        "SELECT before, after FROM journal_change WHERE table_name = 'attachment'"
    ):
        found.update(str(json.loads(image)[place]) for image in images if image)
    return found
