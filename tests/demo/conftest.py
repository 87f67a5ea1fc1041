"""The sample files, read as plain rows."""

import csv
import json
from pathlib import Path

import pytest

from stylistdesk.demo.world import World, data_folder, read_world

Row = dict[str, str]


@pytest.fixture(scope="session")
def folder() -> Path:
    return data_folder()


@pytest.fixture(scope="session")
def world(folder: Path) -> World:
    return read_world(folder)


@pytest.fixture(scope="session")
def rows(folder: Path) -> dict[str, list[Row]]:
    """The rows of every sample file, by its name."""
    found: dict[str, list[Row]] = {}
    for file in folder.iterdir():
        if file.suffix == ".csv":
            with file.open(encoding="utf-8-sig", newline="") as handle:
                found[file.name] = list(csv.DictReader(handle, strict=True))
        elif file.suffix == ".jsonl":
            found[file.name] = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return found


@pytest.fixture(scope="session")
def signals(rows: dict[str, list[Row]]) -> list[Row]:
    """The rows of both activity files, in the order in which they are imported."""
    return rows["activity-earlier.csv"] + rows["activity-since.jsonl"]
