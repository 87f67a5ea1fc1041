"""What a figure is, and how one is measured."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOW = "2026-11-21T09:42-05:00"
PYTHON = sys.executable
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "STYLISTDESK_NOW": NOW}
DOWN = "\x1b[B"


@dataclass(frozen=True)
class Figure:
    """One line of the table: seconds (or MiB) reached, the floor of the same run, and the goal."""

    what: str
    reached: float
    floor: float
    goal: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.reached / self.floor

    def line(self) -> str:
        scale = 1000 if self.unit == "ms" else 1
        met = "yes" if self.ratio <= self.goal else "no"
        return (
            f"| {self.what} | {self.reached * scale:,.0f} {self.unit} | {self.floor * scale:,.0f} {self.unit} "
            f"| {self.ratio:.2f} | {self.goal:g} | {met} |"
        )


def median(measure: Callable[[], float], times: int = 5) -> float:
    """The median of several runs; the first warms the caches and does not count."""
    measure()
    return statistics.median(measure() for _ in range(times))


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
