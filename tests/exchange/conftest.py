"""Taking a made-up file into a desk, and looking at what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from stylistdesk.commands.base import Outcome
from stylistdesk.desk import Desk
from stylistdesk.exchange.importing import ImportFile, ImportReport
from stylistdesk.exchange.recognise import recognise
from stylistdesk.queries.asking import Asking


@dataclass
class Bench:
    """A desk and a folder for files."""

    desk: Desk
    folder: Path

    def file(self, content: str | bytes, name: str = "file.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def outcome(self, content: str | bytes, name: str = "file.csv", **said: Any) -> Outcome:
        return self.desk.do(ImportFile(recognise(self.file(content, name), **said)))

    def take(self, content: str | bytes, name: str = "file.csv", **said: Any) -> ImportReport:
        report = self.outcome(content, name, **said).value
        assert isinstance(report, ImportReport)
        return report

    def look(self, content: str | bytes, name: str = "file.csv", **said: Any) -> ImportReport:
        report = self.desk.preview(ImportFile(recognise(self.file(content, name), **said))).value
        assert isinstance(report, ImportReport)
        return report

    def all(self, model: type[SQLModel]) -> list[Any]:
        def rows(asking: Asking) -> list[Any]:
            return list(asking.session.exec(select(model).order_by("id")))  # type: ignore[arg-type]

        return self.desk.ask(rows)


@pytest.fixture
def bench(desk: Desk, tmp_path: Path) -> Bench:
    return Bench(desk, tmp_path)


@pytest.fixture
def new_bench(new_desk: Callable[[], Desk], tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Bench]:
    """Another empty desk, for tests that need many."""
    return lambda: Bench(new_desk(), tmp_path_factory.mktemp("files", numbered=True))
