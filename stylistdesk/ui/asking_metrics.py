"""What the screens of metrics ask the desk. Called in threads: the queries bring in the database."""

from typing import TYPE_CHECKING

from stylistdesk.ui.jobs import no_collecting

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.domain.periods import Period
    from stylistdesk.domain.types import PeriodKind
    from stylistdesk.queries.ledger import Ledger
    from stylistdesk.queries.metrics import Gathered, InFull, Metrics


def read_metrics(desk: "Desk", period: "Period", held: "Gathered | None") -> "Metrics":
    """All metrics of a period."""
    from stylistdesk.queries.metrics import metrics

    with no_collecting():
        return desk.ask(metrics, period, held)


def read_metric(desk: "Desk", metric_id: str, period: "Period", held: "Gathered | None") -> "InFull":
    """One metric of a period, and who is behind it."""
    from stylistdesk.queries.metrics import in_full

    with no_collecting():
        return desk.ask(in_full, metric_id, period, held)


def read_goal(desk: "Desk", metric_id: str, kind: "PeriodKind") -> int | None:
    """The goal of a metric for a kind of period, in its own unit."""
    from stylistdesk.queries.metrics import goals

    return next((goal.target for goal in desk.ask(goals) if (goal.metric, goal.period) == (metric_id, kind)), None)


def read_ledger(desk: "Desk", period: "Period") -> "Ledger":
    """The commission ledger of a period."""
    from stylistdesk.queries.ledger import ledger

    return desk.ask(ledger, period)


def read_brand_names(desk: "Desk") -> dict[int, str]:
    """The brands, by id, in the order of their names."""
    from stylistdesk.queries.rates import brands_and_rates

    return {brand.id: brand.name for brand in desk.ask(brands_and_rates).brands}
