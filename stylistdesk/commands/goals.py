"""Goals of the rep for her metrics (R20): one for each metric and kind of period."""

from dataclasses import dataclass

from sqlmodel import Session, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.tables import Goal
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.metrics import WHOLE, Unit
from stylistdesk.domain.metrics_table import BY_ID, Metric
from stylistdesk.domain.metrics_words import EXAMPLES, say_value
from stylistdesk.domain.types import PeriodKind


@dataclass(frozen=True, slots=True)
class SetGoal:
    """Set the target of a metric for each week, month or year, in the unit of the metric. `Outcome.value` is its id."""

    metric: str
    period: PeriodKind
    target: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a metric that there is not, and for a target that it cannot reach."""
        metric = _metric(self.metric)
        _check(metric, self.target)
        goal = _goal(work.session, self.metric, self.period)
        if goal is None:
            goal = Goal(metric=self.metric, period=self.period, target=self.target)
            work.session.add(goal)
        goal.target = self.target
        work.session.flush()
        said = say_value(self.target, metric.unit, work.currency)
        return Outcome(f"Set the goal for {metric.label} to {said} a {self.period.value}", value=goal.id)


@dataclass(frozen=True, slots=True)
class RemoveGoal:
    """Take the target of a metric away."""

    metric: str
    period: PeriodKind

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if there is none."""
        metric = _metric(self.metric)
        goal = _goal(work.session, self.metric, self.period)
        if goal is None:
            raise Refused(f"There is no goal for {metric.label} a {self.period.value}.")
        work.session.delete(goal)
        return Outcome(f"Removed the goal for {metric.label} a {self.period.value}")


def _metric(name: str) -> Metric:
    metric = BY_ID.get(name)
    if metric is None:
        raise Refused("There is no such metric.", field="metric")
    return metric


def _goal(session: Session, metric: str, period: PeriodKind) -> Goal | None:
    return session.exec(select(Goal).where(Goal.metric == metric, Goal.period == period)).first()


def _check(metric: Metric, target: int) -> None:
    low = -WHOLE if metric.unit is Unit.POINTS else 0
    if target < low:
        raise Refused("A goal is not below zero.", field="target", hint=EXAMPLES[metric.unit])
    if metric.unit in (Unit.RATE, Unit.POINTS) and target > WHOLE:
        raise Refused("A goal is at most 100 %.", field="target", hint=EXAMPLES[metric.unit])
