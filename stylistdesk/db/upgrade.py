"""Bringing an older file up to date: a verified backup first, then all steps in one transaction (Alembic).

Imported only when a file is behind. A step that fails rolls everything back: the file is as before.
"""

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlmodel import SQLModel

import stylistdesk.db.tables  # noqa: F401  (registers the tables)
from stylistdesk.db import journal, search
from stylistdesk.db.backups import Backup, make_backup
from stylistdesk.db.engine import SCHEMA_VERSION, Database
from stylistdesk.paths import DeskPaths

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(
    paths: DeskPaths, *, now: datetime, scripts: Path = SCRIPTS, to: int = SCHEMA_VERSION, recipient: str = ""
) -> Backup:
    """Bring the file at rest in `paths` up to the schema version `to`. Gives the backup made before.

    The backup is encrypted where there is a `recipient`.
    """
    database = Database(paths.database)
    try:
        backup = make_backup(database, paths.backups, now=now, why="before an upgrade", recipient=recipient)
        bring_up_to_date(database, scripts, to)
    finally:
        database.close()
    return backup


def bring_up_to_date(database: Database, scripts: Path = SCRIPTS, to: int = SCHEMA_VERSION) -> None:
    """Run the steps that an open file has not seen, as one transaction."""
    with database.write() as session:
        connection = session.connection()
        search.drop_views(connection)
        run_steps(connection, scripts)
        journal.install(connection)
        search.make(connection)
        connection.exec_driver_sql(f"PRAGMA user_version={to}")


def run_steps(connection: Connection, scripts: Path = SCRIPTS) -> None:
    """Run the steps that the file has not seen, inside the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    config.attributes["target_metadata"] = SQLModel.metadata
    command.upgrade(config, "head")
