"""What the rep aims at, and the commission that she was paid."""

from stylistdesk.commands.goals import SetGoal
from stylistdesk.commands.payments import PaymentForm, RecordPayment
from stylistdesk.demo.day_so_far import Step
from stylistdesk.domain.types import Cents, PeriodKind

ANA, CLOCK = "ana.ruiz@example.com", "08:21"


def _goal(metric: str, target: int) -> Step:
    return Step(-4, CLOCK, ANA, lambda _, __: SetGoal(metric, PeriodKind.MONTH, target))


def _paid(day: int, dollars: int, note: str) -> Step:
    return Step(-4, CLOCK, ANA, lambda _, on: RecordPayment(PaymentForm(on.day(day), Cents(dollars * 100), note=note)))


THE_NUMBERS: tuple[Step, ...] = (
    _goal("csat", 9_000),
    _goal("booked", 6_000_00),
    _goal("conversion", 4_000),
    _goal("contacted", 40),
    _paid(-96, 410, "July and August"),
    _paid(-37, 290, "September"),
    _paid(-6, 325, "October"),
)
"""Played before the week, whoever the client: they are about none."""
