"""What several tests do with a desk."""

import sqlite3
from contextlib import closing
from pathlib import Path

from stylistdesk.commands.clients import AddClient, ClientForm
from stylistdesk.desk import Desk


def dump(desk: Desk | Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the journal's and the search's, as SQLite has it."""
    path = desk if isinstance(desk, Path) else desk.paths.database
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'journal_%' "
                "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%' AND name <> 'alembic_version' ORDER BY name"
            )
        ]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}


def add_client(desk: Desk, name: str = "Ana Ruiz", **fields: object) -> int:
    """A client added by hand; her id."""
    return int(desk.do(AddClient(ClientForm(name, **fields))).value)  # type: ignore[arg-type]


def frozen_desk(folder: Path, version: str) -> Path:
    """A desk as the schema of that name left it ("sixth"), in this folder; the folder."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / "desk.sqlite3")) as connection:
        connection.executescript((Path(__file__).parent / "db" / f"{version}_version.sql").read_text())
    return folder
