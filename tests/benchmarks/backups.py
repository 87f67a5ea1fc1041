"""What a backup of a large desk does to the keys: the day's first is made while she works."""

import statistics
import sys
import time
from pathlib import Path

from tests.benchmarks.figures import DOWN, ENV, Figure
from tests.terminal import Terminal

AT_MOST = 300
"""Seconds that a backup may take."""


def backup_figures(arguments: list[str], ready: str, where: Path, arrow: float, high: float) -> list[Figure]:
    """Arrow keys while the day's backup is made; `arrow` and `high` are their median and 95th percentile without."""
    answers = sorted(keys_beside_a_backup(arguments, ready, where))
    size = (where / "desk.sqlite3").stat().st_size / 1_000_000
    return [
        Figure(
            f"arrow key beside a backup of {size:,.0f} MB, median; without one", statistics.median(answers), arrow, 1.5
        ),
        Figure("the same, 95th percentile; without one, 95th percentile", answers[int(len(answers) * 0.95)], high, 1.5),
    ]


def keys_beside_a_backup(arguments: list[str], ready: str, where: Path) -> list[float]:
    """Seconds to the last byte of the answer of each arrow key, from the first client until the backup is there."""
    folder = where / "backups"
    for made in folder.iterdir():
        made.unlink()
    answers: list[float] = []
    end = time.monotonic() + AT_MOST
    with Terminal([sys.executable, *arguments], env=ENV) as terminal:
        terminal.wait_for(ready)
        terminal.settle(1.0)
        while not list(folder.glob("desk-*.sqlite3")):
            assert time.monotonic() < end, "no backup was made"
            answers.append(terminal.time_key(DOWN)[1])
    return answers
