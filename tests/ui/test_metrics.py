"""Metrics by keys alone (R20): cards, one in full, goals, the commission ledger, and a second window that follows."""

import csv
import stat
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.goals import SetGoal
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.commands.payments import PaymentForm, RecordPayment
from stylistdesk.commands.rates import RateOrders, SetRate
from stylistdesk.commands.sales import ShipOrder
from stylistdesk.db import tables as t
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.types import BasisPoints, Cents, PeriodKind, RateScope
from stylistdesk.paths import desk_paths
from stylistdesk.queries.metrics import goals
from stylistdesk.ui.app import StylistDesk
from tests.commands.doing import Do
from tests.ui.conftest import NOW, Rep, at_the_desk

TODAY = date(2026, 11, 21)
ANA, BEA = 1, 2


def rated(desk: Desk, client_id: int, score: int, on: datetime) -> None:
    row = t.CsatResponse(client_id=client_id, external_id=f"{client_id}{on}", responded_at=on, score=score)
    desk.do(Do(lambda work: work.session.add(row)))


def sold(desk: Desk, client_id: int, dollars: int, on: date, number: str) -> int:
    form = OrderForm(on, Cents(dollars * 100), number=number, units=2)
    return int(desk.do(AddOrderSummary(client_id, form)).value)


@pytest.fixture
def busy(folder: Path) -> Path:
    """Ana is happy and bought in November; Bea was not, and bought in October."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(SetRate(RateKey(RateScope.REP), BasisPoints(1_000), None, None))
        rated(desk, ANA, 5, NOW - timedelta(days=2))
        rated(desk, BEA, 2, NOW - timedelta(days=3))
        rated(desk, BEA, 5, NOW - timedelta(days=30))
        shipped = sold(desk, ANA, 400, TODAY - timedelta(days=5), "S1")
        sold(desk, BEA, 100, TODAY - timedelta(days=40), "S2")
        desk.do(ShipOrder(shipped, TODAY - timedelta(days=1), Cents(30_000)))
        desk.do(RateOrders())
    return folder


@pytest.fixture(params=[(120, 36), (80, 24)], ids=["wide", "80x24"])
async def rep(busy: Path, request: pytest.FixtureRequest) -> AsyncIterator[Rep]:
    async with at_the_desk(busy, request.param) as someone:
        await someone.sees("need you")
        await someone.press("6")
        await someone.sees("Nov 2026", "CSAT", "50 %", "n 2")
        yield someone


async def go_to(rep: Rep, label: str) -> None:
    """Move by arrows until the card is under the cursor."""
    from stylistdesk.domain.metrics_table import METRICS

    await rep.press("home")
    for _ in range([metric.label for metric in METRICS].index(label)):
        await rep.press("right")


async def test_a_card_says_what_it_was_and_how_sure_it_is(rep: Rep) -> None:
    await rep.sees("9–91 %", "was 100 %")
    shown = await rep.sees("n 2")
    assert "50 % ▲" not in shown and "50 % ▼" not in shown  # two ratings prove nothing
    await go_to(rep, "Booked")
    await rep.sees("$400 ▲", "was $100")


async def test_the_keys_turn_the_period(rep: Rep) -> None:
    await rep.press("left_square_bracket")
    await rep.sees("Oct 2026", "100 %", "n 1")
    await rep.press("right_square_bracket", "right_square_bracket")
    await rep.sees("That has not begun yet.")
    await rep.press("y")
    await rep.sees("2026   was: 2025", "66.7 %", "n 3")
    await rep.press("r")
    await rep.sees("365 days to 21 Nov", "Rolling")
    await rep.press("w")
    await rep.sees("7 days to 21 Nov", "50 %")
    await rep.press("r", "m")
    await rep.sees("Nov 2026", "Month by the calendar")


async def test_one_in_full_shows_its_formula_and_whose_it_is(rep: Rep) -> None:
    await rep.press("enter")
    await rep.sees("ratings of 4 and 5 / all ratings", "1 / 2 = 50 %", "n = 2, before 1", "95 % sure of 9–91 %", "Nov")
    shown = await rep.sees("Clients behind it: 2", "0 of 1", "1 of 1", "which may be chance")
    assert shown.index("Bea Okafor") < shown.index("Ana Ruiz")  # she who was not happy comes first
    await rep.press("left_square_bracket")
    await rep.sees("Oct 2026", "1 / 1 = 100 %", "Clients behind it: 1")
    await rep.press("right_square_bracket")
    await rep.sees("Clients behind it: 2")
    await rep.press("j", "enter")
    await rep.sees("Ana Ruiz", "Overview")
    await rep.press("escape")
    await rep.sees("Clients behind it: 2")
    await rep.press("right")
    await rep.sees("NPS", "0 / 0 = –", "No client is behind it")
    await rep.press("left", "escape")
    await rep.sees("Service", "Same-day delivery")


async def test_a_period_chosen_in_full_stays(rep: Rep) -> None:
    await rep.press("enter", "left_square_bracket")
    await rep.sees("1 / 1 = 100 %")
    await rep.press("escape")
    await rep.sees("Oct 2026   was: Sep 2026", "n 1")


async def test_a_goal_is_set_as_it_is_said_and_taken_away(rep: Rep) -> None:
    await go_to(rep, "Booked")
    await rep.press("G")
    await rep.sees("Goal for Booked", "Each month")
    await rep.write("lots")
    await rep.press("ctrl+s")
    await rep.sees("is not an amount of money")
    await rep.write("$2,000")
    await rep.sees("$2,000 a month")
    await rep.press("ctrl+s")
    await rep.sees("Set the goal for Booked to $2,000 a month.", "20 % of goal")
    await rep.press("enter")
    await rep.sees("██░░░░░░░░ 20 % of it  $2,000 a month")
    await rep.press("e")
    await rep.sees("Goal for Booked", "Empty takes the goal away.")
    await rep.write("")
    await rep.press("ctrl+s")
    await rep.sees("Removed the goal for Booked a month.")
    await rep.press("u")
    await rep.sees("20 % of it")
    await rep.press("escape")
    await rep.sees("e Goal")
    await rep.press("e")  # the same key as on the page of one
    await rep.sees("Goal for Booked", "Each month", "$2,000")
    await rep.press("escape")
    assert [(goal.metric, goal.period, goal.target) for goal in rep.desk.ask(goals)] == [
        ("booked", PeriodKind.MONTH, 200_000)
    ]


async def test_a_card_never_takes_the_share_for_the_goal(rep: Rep) -> None:
    """CSAT of 50 % is 52 % of a goal of 95 %, on a narrow screen too."""
    rep.desk.do(SetGoal("csat", PeriodKind.MONTH, BasisPoints(9_500)))
    rep.desk.do(SetGoal("nps", PeriodKind.MONTH, BasisPoints(4_000)))
    full = rep.app.size.width > 80
    shown = await rep.sees("52 % of goal 95 %" if full else "52 % of goal", "goal +40")
    assert "goal 52" not in shown and ("of goal 9" in shown) == full


async def test_what_is_outstanding_and_paid_is_somebodys(rep: Rep) -> None:
    await go_to(rep, "Outstanding")
    await rep.press("enter")
    await rep.sees("Clients behind it: 1", "Ana Ruiz", "$30 in 1")
    rep.desk.do(RecordPayment(PaymentForm(TODAY, Cents(5_000))))
    await rep.press("left")
    await rep.sees("commission paid to you", "Ana Ruiz", "$30 in 1", "and $20 paid ahead, for no order yet")
    await rep.press("right")
    await rep.sees("-$20", "No client is behind it", "less $20 paid ahead, for no order yet")


async def test_the_ledger_takes_payments(rep: Rep) -> None:
    await rep.press("c")
    await rep.sees("Commission ledger", "Ana Ruiz", "S1", "10 %: your rate", "$40", "$30")
    await rep.press("a")
    await rep.sees("Record a payment")
    await rep.write("12.50")
    await rep.press("ctrl+s")
    await rep.sees("Recorded a payment of $12.50.", "21 Nov 2026", "$17.50")
    await rep.press("up", "e")
    await rep.sees("Edit a payment")
    await rep.write("20")
    await rep.press("ctrl+s")
    await rep.sees("Edited a payment of $20.", "$10")
    await rep.press("delete")
    await rep.sees("Removed a payment of $20.", "a records a payment")
    await rep.press("u")
    await rep.sees("21 Nov 2026")
    await rep.press("j", "e")
    await rep.sees("Only payments are changed here.")
    await rep.press("enter")
    await rep.sees("Ana Ruiz", "Orders")
    await rep.press("escape")
    await rep.sees("Commission ledger")
    await rep.press("left_square_bracket")
    await rep.sees("Oct 2026", "Bea Okafor", "S2")
    await rep.press("left_square_bracket")
    await rep.sees("No order with a commission rate is of this period.")


@pytest.mark.parametrize("kind", ["csv", "pdf"])
async def test_the_statement_is_written_for_her_alone(busy: Path, tmp_path: Path, kind: str) -> None:
    with Desk.open(desk_paths(busy), clock=FrozenClock(NOW)) as desk:
        desk.do(RecordPayment(PaymentForm(TODAY, Cents(-250), note="=taken back")))
    async with at_the_desk(busy) as rep:
        await rep.sees("need you")
        await rep.press("6")
        await rep.sees("50 %")
        await rep.press("c")
        await rep.sees("S1")
        await rep.press("x")
        await rep.sees("Commission statement")
        if kind == "pdf":
            pytest.importorskip("fpdf")
            await rep.press("right")
        await rep.press("tab")
        target = tmp_path / f"statement.{kind}"
        await rep.write(str(target))
        await rep.press("ctrl+s")
        await rep.sees("Wrote 1 order and 1 payment to")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    if kind == "pdf":
        assert target.read_bytes().startswith(b"%PDF-")
        return
    rows = list(csv.DictReader(target.read_text("utf-8-sig").splitlines()))
    assert [(row["kind"], row["earned_in_period"], row["paid"], row["why"]) for row in rows] == [
        ("order", "30.00", "0.00", "10 %: the rep's rate"),
        ("payment", "", "-2.50", "'=taken back"),
        ("period", "30.00", "-2.50", ""),
    ]


async def test_without_the_package_it_says_how_to_get_it(busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fpdf", None)
    async with at_the_desk(busy) as rep:
        await rep.sees("need you")
        await rep.press("6", "c")
        await rep.sees("S1")
        await rep.press("x")
        await rep.sees("Commission statement")
        await rep.press("right", "ctrl+s")
        await rep.sees("need the package fpdf2", "pip install", "stylistdesk[pdf]")


async def test_a_second_window_follows(busy: Path) -> None:
    """It only reads, and shows what the first window does within a second, with the cursor where it was."""
    clock = FrozenClock(NOW)
    with Desk.open(desk_paths(busy), clock=clock) as owner:
        app = StylistDesk(lambda: Desk.open(desk_paths(busy), clock=clock), {}, busy, clock=clock)
        async with app.run_test(size=(120, 36)) as pilot:
            rep = Rep(app, pilot)
            await rep.sees("need you", "only be read")
            await rep.press("6")
            await rep.sees("50 %", "n 2")
            await go_to(rep, "Average order")
            rated(owner, 3, 5, NOW - timedelta(days=1))
            sold(owner, 3, 800, TODAY, "S3")
            await rep.sees("66.7 %", "n 3", "$1,200", "$600")
            await rep.press("enter")
            await rep.sees("$1,200 / 2 = $600", "Cleo Marsh")
            sold(owner, 4, 600, TODAY, "S4")
            await rep.sees("$1,800 / 3 = $600", "Dana Whitfield")
            await rep.press("e")
            await rep.write("500")
            await rep.press("ctrl+s")
            await rep.sees("only be read")


async def test_before_the_numbers_are_there_the_names_are(busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While they are counted, a key is still answered."""
    from threading import Event

    from stylistdesk.ui.screens import metrics as screen

    go_on, read = Event(), screen.read_metrics

    def slowly(*given: object) -> object:
        go_on.wait(10)
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(screen, "read_metrics", slowly)
    async with at_the_desk(busy) as rep:
        await rep.sees("need you")
        await rep.press("6")
        shown = await rep.sees("Nov 2026", "Same-day delivery", "Booked", "…")
        assert "50 %" not in shown
        await rep.press("right", "down", "left_square_bracket")
        await rep.sees("Oct 2026")
        go_on.set()
        await rep.sees("was –", "100 %")
        assert rep.app.screen.query_one("#cards").cursor == 5  # type: ignore[attr-defined]


async def test_a_desk_left_open_over_midnight_counts_the_new_month(busy: Path) -> None:
    clock = FrozenClock(datetime(2026, 12, 1, 4, 58, tzinfo=UTC))  # two minutes to December in New York
    app = StylistDesk(lambda: Desk.open(desk_paths(busy), clock=clock), {}, busy, clock=clock)
    async with app.run_test(size=(120, 36)) as pilot:
        rep = Rep(app, pilot)
        await rep.sees("need you")
        await rep.press("6")
        await rep.sees("Nov 2026", "50 %")
        clock.at += timedelta(minutes=5)
        await rep.sees("Dec 2026   was: Nov 2026   day 1 of 31, against a whole month", "was 50 %")
