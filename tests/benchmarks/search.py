"""How long a letter typed in the search takes, and the same questions asked of FTS5 alone."""

import statistics
from datetime import UTC, datetime
from pathlib import Path

from stylistdesk.clock import FrozenClock
from stylistdesk.db.search import INDEXED
from stylistdesk.desk import Desk
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.search import EACH, search, vocabulary
from tests.benchmarks.figures import NOW, Figure, median, seconds

FRAME = 0.016
"""Seconds: a letter is answered before the next frame."""


def search_figures(where: Path, name: str) -> list[Figure]:
    """A name, a phrase, digits, a typo, a day, and what is hers, typed letter by letter."""
    with Desk.open(where, clock=FrozenClock(datetime.fromisoformat(NOW).astimezone(UTC))) as desk:
        words = desk.ask(vocabulary)
        phrases = (
            name, "cashmere coat", "555 01", "csahmere", "ana 23 nov", "# 10 42", "tuesday", "ana items",
            f"orders of {name}", f"{name} apointment",
        )  # fmt: skip
        typed = [said[:end] for said in phrases for end in range(1, len(said) + 1)]
        ours = [median(lambda said=said: seconds(lambda: desk.ask(search, said, words)), 3) for said in typed]
        bare = [median(lambda said=said: seconds(lambda: desk.ask(_bare, said)), 3) for said in typed]
    return [
        Figure("a letter typed in the search, the slowest; 16 ms", max(ours), FRAME, 1),
        Figure(
            "a letter typed, median; FTS5 asked once in each kind", statistics.median(ours), statistics.median(bare), 4
        ),
    ]


def _bare(asking: Asking, typed: str) -> None:
    connection = asking.session.connection()
    question = " AND ".join(f'"{part}" *' for part in typed.split()) or '"a" *'
    for one in INDEXED:
        statement = f"SELECT rowid FROM {one.index} WHERE {one.index} MATCH ? ORDER BY rowid DESC LIMIT ?"
        connection.exec_driver_sql(statement, (question, EACH)).all()
