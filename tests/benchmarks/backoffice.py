"""How fast the back office is: its lists and one event on the large desk, and a plan of moves among 200 orders."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from stylistdesk.clock import FrozenClock
from stylistdesk.desk import Desk
from stylistdesk.domain.host_rewards import RewardRules
from stylistdesk.domain.move_plan import PlanOrder, best_moves
from stylistdesk.domain.types import Cents
from stylistdesk.queries.host_events import event_page, shop_links
from stylistdesk.queries.host_rewards import event_ledger, events_with_rewards
from stylistdesk.ui.backoffice.tasks import TASKS
from tests.benchmarks.figures import NOW, Figure, median, seconds

LISTED = {"Certificates": 0.2, "Returns": 0.2, "Moving orders": 0.2}
"""Seconds that reading a task may take."""
PLANNED, EVENTS = 200, 5


def backoffice_figures(where: Path) -> list[Figure]:
    """The figures of the back office."""
    with Desk.open(where, clock=FrozenClock(datetime.fromisoformat(NOW).astimezone(UTC)), write=False) as desk:
        links = desk.ask(shop_links)
        largest = max(links.rows, key=lambda row: row.orders)
        many = sum(row.orders for row in links.rows)

        figures = [
            Figure(
                f"{len(links.rows)} events with {many:,} orders in them; 150 ms",
                taken(lambda: desk.ask(shop_links)),
                0.15,
                1,
            ),
            Figure("the rewards of all of them; 150 ms", taken(lambda: desk.ask(events_with_rewards)), 0.15, 1),
            Figure(
                f"one event with {largest.orders} orders; 50 ms",
                taken(lambda: desk.ask(event_page, largest.id)),
                0.05,
                1,
            ),
            Figure("its rewards, order by order; 50 ms", taken(lambda: desk.ask(event_ledger, largest.id)), 0.05, 1),
        ]
        for task in TASKS:
            if task.TITLE in LISTED:
                goal = LISTED[task.TITLE]
                reached = taken(partial(task.read, desk))
                figures.append(Figure(f"{task.TITLE.lower()}; {goal * 1000:.0f} ms", reached, goal, 1))
    return [*figures, Figure(f"a plan among {PLANNED} orders in {EVENTS} events; 1 s", median(_plan, 3), 1.0, 1)]


def taken(work: Callable[[], object]) -> float:
    """The median of the seconds that it takes."""
    return median(lambda: seconds(work))


def _plan() -> float:
    random = Random(1)
    orders = [
        PlanOrder(at, at % EVENTS + 1, Cents(random.randrange(2_000, 30_000)), random.random() < 0.8)
        for at in range(1, PLANNED + 1)
    ]
    return seconds(lambda: best_moves(orders, range(1, EVENTS + 1), RewardRules()))


def main() -> None:
    """Only these rows: `python -m tests.benchmarks.backoffice DESK`, the folder of a large desk."""
    for figure in backoffice_figures(Path(sys.argv[1])):
        print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
