"""Goals and payments of commission: each is one step that undo takes back."""

from datetime import date, timedelta

import pytest

from stylistdesk.commands.brands import AddBrand
from stylistdesk.commands.goals import RemoveGoal, SetGoal
from stylistdesk.commands.payments import EditPayment, PaymentForm, RecordPayment, RemovePayment
from stylistdesk.desk import Desk
from stylistdesk.domain.periods import period_of
from stylistdesk.domain.types import Cents, PeriodKind
from stylistdesk.queries.ledger import ledger
from stylistdesk.queries.metrics import goals
from tests.commands.undone import Done, refused

TODAY = date(2026, 11, 21)
MONTH = PeriodKind.MONTH


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def test_a_goal_is_set_changed_and_removed(desk: Desk, done: Done) -> None:
    assert done(SetGoal("conversion", MONTH, 4_000)).label == "Set the goal for Conversion to 40 % a month"
    done(SetGoal("conversion", PeriodKind.YEAR, 3_500))
    done(SetGoal("conversion", MONTH, 4_500))
    assert {(goal.metric, goal.period, goal.target) for goal in desk.ask(goals)} == {
        ("conversion", MONTH, 4_500),
        ("conversion", PeriodKind.YEAR, 3_500),
    }
    done(RemoveGoal("conversion", MONTH))
    assert [goal.period for goal in desk.ask(goals)] == [PeriodKind.YEAR]


def test_the_same_goal_again_changes_nothing(desk: Desk) -> None:
    desk.do(SetGoal("booked", MONTH, 200_000))
    assert not desk.do(SetGoal("booked", MONTH, 200_000)).changed


@pytest.mark.parametrize(
    ("metric", "target", "field"),
    [("happiness", 1, "metric"), ("csat", 10_001, "target"), ("booked", -1, "target"), ("nps", -10_001, "target")],
)
def test_a_goal_that_cannot_be_is_refused(desk: Desk, metric: str, target: int, field: str) -> None:
    with refused(desk, field):
        desk.do(SetGoal(metric, MONTH, target))


def test_there_is_no_goal_to_remove(desk: Desk) -> None:
    with refused(desk):
        desk.do(RemoveGoal("csat", MONTH))


def test_a_payment_is_recorded_edited_and_removed(desk: Desk, done: Done) -> None:
    brand_id = desk.do(AddBrand("Northmoor")).value
    outcome = done(RecordPayment(PaymentForm(TODAY, Cents(12_000), brand_id, " by cheque\n")))
    assert outcome.label == "Recorded a payment of $120"
    done(RecordPayment(PaymentForm(TODAY - timedelta(days=40), Cents(-500))))
    done(EditPayment(outcome.value, PaymentForm(TODAY, Cents(13_000), brand_id, "by cheque")))
    november = desk.ask(ledger, period_of(TODAY, MONTH))
    assert [(one.cents, one.note, brand) for one, brand in november.payments] == [(13_000, "by cheque", "Northmoor")]
    assert (november.paid, november.outstanding, november.ahead) == (13_000, -12_500, 12_500)
    done(RemovePayment(outcome.value))
    assert desk.ask(ledger, period_of(TODAY, MONTH)).paid == 0
    with refused(desk):
        desk.do(RemovePayment(outcome.value))
    with refused(desk):
        desk.do(EditPayment(outcome.value, PaymentForm(TODAY, Cents(1))))


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (PaymentForm(TODAY, Cents(0)), "amount"),
        (PaymentForm(TODAY + timedelta(days=1), Cents(100)), "on"),
        (PaymentForm(TODAY, Cents(100), 99), "brand"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(desk: Desk, form: PaymentForm, field: str) -> None:
    with refused(desk, field):
        desk.do(RecordPayment(form))
