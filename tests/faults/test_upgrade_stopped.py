"""The upgrade of each earlier file, stopped after any statement: the file is as it was, and opens whole next time."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from stylistdesk.clock import FrozenClock
from stylistdesk.db import backups
from stylistdesk.desk import Desk
from tests.conftest import NOW
from tests.helpers import dump, frozen_desk
from tests.torture import LONG

FROZEN = sorted(path.stem.removesuffix("_version") for path in (Path(__file__).parents[1] / "db").glob("*_version.sql"))


class PowerCut(Exception):
    """It stops here."""


class Statements:
    """Counts the statements of SQLAlchemy, and stops at one of them."""

    def __init__(self, stop: int = 0) -> None:
        self.count, self.stop = 0, stop

    def __enter__(self) -> "Statements":
        event.listen(Engine, "before_cursor_execute", self._next)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._next)

    def _next(self, *_: Any) -> None:
        self.count += 1
        if self.count == self.stop:
            raise PowerCut


def everything(path: Path) -> list[str]:
    """The whole file as statements, and its version."""
    with closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump(), str(connection.execute("PRAGMA user_version").fetchone())]


@pytest.mark.timeout(0)
@pytest.mark.parametrize("frozen", FROZEN)
def test_an_upgrade_that_is_stopped_anywhere_leaves_the_file_as_it_was(frozen: str, tmp_path: Path) -> None:
    folder = frozen_desk(tmp_path / "desk", frozen)
    path = folder / "desk.sqlite3"
    content, before = path.read_bytes(), everything(path)

    def open_it() -> None:
        Desk.open(folder, clock=FrozenClock(NOW)).close()

    with Statements() as whole:
        open_it()
    wanted = dump(path)
    step = 1 if LONG else max(1, whole.count // 6)
    for stop in range(1, whole.count, step):
        path.write_bytes(content)
        for backup in (folder / "backups").iterdir():
            backup.unlink()
        with Statements(stop), pytest.raises(PowerCut):
            open_it()
        if everything(path) == before:
            assert all(backups.is_whole(backup) for backup in backups.backups_in(folder / "backups"))
        else:
            assert dump(path) == wanted, f"half an upgrade after statement {stop}"
        open_it()
        assert dump(path) == wanted
