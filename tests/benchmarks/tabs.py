"""How fast the tabs are: the frame of each, its numbers, a month that turns, and what metrics over three years take."""

import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from stylistdesk.clock import FrozenClock
from stylistdesk.desk import Desk
from stylistdesk.domain.periods import period_of
from stylistdesk.domain.types import PeriodKind
from stylistdesk.ui.asking_metrics import read_metrics
from tests.benchmarks.figures import ENV, NOW, Figure, median, seconds
from tests.terminal import Terminal

TABS = "12456783"
A_FRAME = 0.012
"""Seconds of silence after which a frame has been written."""


def tab_figures(arguments: list[str], ready: str, where: Path, arrow: float) -> list[Figure]:
    """The figures of the tabs; `arrow` is our own arrow key's median."""
    frames: list[float] = []
    first: dict[str, float] = {}
    with Terminal([sys.executable, *arguments], env=ENV) as terminal:
        terminal.wait_for(ready)
        terminal.settle(4.0)
        time.sleep(9)  # the tabs are mounted ahead in these
        for key in TABS:
            frame, numbers = visit(terminal, key)
            first[key] = max(numbers, frame)
        for _ in range(4):
            frames += [visit(terminal, key)[0] for key in TABS]
        visit(terminal, "5")
        turned = [terminal.time_key(key, quiet=0.05)[1] for key in "]]]]][[[[[]]]]]"]
    with Desk.open(where, clock=FrozenClock(datetime.fromisoformat(NOW).astimezone(UTC)), write=False) as desk:
        today = desk.now().astimezone(desk.zone).date()
        year = period_of(today, PeriodKind.YEAR)
        gathering = median(lambda: seconds(lambda: read_metrics(desk, year, None)), 3)
        held = read_metrics(desk, year, None).gathered
        again = median(lambda: seconds(lambda: read_metrics(desk, year, held)), 3)
    return [
        Figure("going to a tab, median; our arrow key on the list", statistics.median(frames), arrow, 2),
        Figure("a tab's first numbers, the slowest of eight; 300 ms", max(first.values()), 0.3, 1),
        Figure("turning the month, median; our arrow key on the list", statistics.median(turned), arrow, 2),
        Figure("all metrics over three years and more, in a worker; 1 s", gathering, 1.0, 1),
        Figure("the same when nothing changed; 1 s", again, 1.0, 0.3),
    ]


def visit(terminal: Terminal, key: str) -> tuple[float, float]:
    """Seconds to the end of the frame that the key brings, and to the last of what is read for it."""
    frame = terminal.time_key(key, quiet=A_FRAME)[1]
    began, last = time.perf_counter(), 0.0
    while chunk := terminal.read(0.6):
        last = time.perf_counter() - began
        terminal.show(chunk)
    return frame, frame + last if last else frame
