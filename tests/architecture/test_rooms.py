"""Who may import whom, and what is not imported before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_rooms_keep_their_doors_shut() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert told.returncode == 0, told.stdout + told.stderr


def loaded_by(statement: str) -> set[str]:
    """The top-level modules that are loaded after a statement, in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{statement}\nprint(*{{m.partition('.')[0] for m in sys.modules}})"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.splitlines()[-1].split())


SLOW = {"sqlmodel", "sqlalchemy", "alembic", "phonenumbers", "clevercsv", "babel"}


@pytest.mark.parametrize(
    ("statement", "kept_out"),
    [
        ("import stylistdesk.cli", {"textual", *SLOW}),
        ("import stylistdesk.ui.app", SLOW),
        ("from stylistdesk.queries.daily_tasks import queue", {"textual", *SLOW}),
        ("import stylistdesk.desk", {"textual", *SLOW} - {"sqlmodel", "sqlalchemy"}),
    ],
)
def test_nothing_slow_is_imported_before_it_is_needed(statement: str, kept_out: set[str]) -> None:
    """Or the first frame, `--help` and `today` keep the rep waiting."""
    assert not loaded_by(statement) & kept_out


def test_reading_the_queue_declares_no_tables() -> None:
    loaded = "'stylistdesk.db.tables' in sys.modules"
    check = f"import sys, stylistdesk.desk, stylistdesk.queries.daily_tasks; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False).returncode == 0
