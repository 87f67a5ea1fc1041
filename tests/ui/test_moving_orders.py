"""Moving orders in the back office, with keys only: preview and move, customer service, the plan, the file."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Work
from stylistdesk.commands.desk import SetRecipients
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.db import tables as t
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Cents, MoveState
from stylistdesk.paths import desk_paths
from stylistdesk.ui import move_jobs
from tests.commands.doing import Do
from tests.ui.conftest import NOW, Rep, at_the_desk

TODAY = date(2026, 11, 21)


def _fill(folder: Path, *, closes: Sequence[int] = (5, 20)) -> None:
    """Two open events; Ana has three orders in one, Bea one in the other, Cleo one in none, Dana one of October."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for name, days in zip(("Fay's party", "Own shop"), closes, strict=True):
            event = t.HostEvent(
                name=name, code=name, opens_on=date(2026, 10, 25), closes_on=TODAY + timedelta(days=days)
            )
            desk.do(Do(lambda work, event=event: work.session.add(event)))
        for client_id, cents, event_id, on in (
            (1, 9_000, 1, date(2026, 11, 2)),
            (1, 8_000, 1, date(2026, 11, 3)),
            (1, 2_500, 1, date(2026, 11, 4)),
            (2, 7_000, 2, date(2026, 11, 5)),
            (3, 6_000, None, date(2026, 11, 6)),
            (4, 5_000, 1, date(2026, 10, 30)),
        ):
            order_id = desk.do(AddOrderSummary(client_id, OrderForm(on, Cents(cents)))).value

            def put(work: Work, order_id: int = order_id, event_id: int | None = event_id) -> None:
                work.session.get_one(t.Order, order_id).event_id = event_id

            desk.do(Do(put))
        desk.do(SetRecipients("", service_email="care@example.com"))


def rows(rep: Rep, model: Any) -> list[Any]:
    return rep.desk.ask(lambda asking: list(asking.session.exec(select(model).order_by("id"))))  # type: ignore[arg-type]


def where(rep: Rep) -> list[int | None]:
    return [order.event_id for order in rows(rep, t.Order)]


async def go(rep: Rep) -> None:
    """Into the task, by keys."""
    await rep.sees("clients need you")
    await rep.press("9")
    await rep.sees("Training", "Moving orders")
    await rep.press(*"j" * 7, "enter")
    await rep.sees("─ Moving orders ─")


@pytest.fixture
def moving(folder: Path) -> Path:
    _fill(folder)
    return folder


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_an_order_is_moved_after_a_look_at_both_events(moving: Path, size: tuple[int, int]) -> None:
    async with at_the_desk(moving, size) as rep:
        await go(rep)
        await rep.sees(
            "4 can be moved", "You can move until Mon 30 Nov", "S1004", "Bea Okafor", "in Own shop, can go to"
        )
        await rep.press("enter")
        await rep.sees(
            "Move order S1004 to Fay's party",
            "1 order, $70: no rewards, 2 orders and $130 short",
            "5 orders, $315: $31.50, 1 half-price item",
        )
        await rep.sees("y Move it", "Together: ")
        await rep.press("n")
        assert where(rep) == [1, 1, 1, 2, None, 1]
        await rep.press("v")
        await rep.sees("y Move it")
        await rep.press("y")
        await rep.sees("Moved order S1004 to “Fay's party”")
        assert where(rep) == [1, 1, 1, 1, None, 1]
        await rep.press("G")
        await rep.sees("Settled lately", "moved", "to Fay's party, from Own shop")
        await rep.press("u")
        await rep.until(lambda shown: "Settled lately" not in shown, "nothing is settled")
        assert where(rep) == [1, 1, 1, 2, None, 1]


async def test_an_event_whose_rewards_are_redeemed_is_told_of(moving: Path) -> None:
    """Its window is open, and still nothing moves there."""
    with Desk.open(desk_paths(moving), clock=FrozenClock(NOW)) as desk:
        placed = t.HostOrder(event_id=1, client_id=1, number="H1", status="placed", entered_at=NOW)
        desk.do(Do(lambda work: work.session.add(placed)))
    async with at_the_desk(moving, (80, 24)) as rep:
        await go(rep)
        await rep.sees("Only one event is open", "rewards of 1 event are redeemed: nothing moves")


async def test_the_order_of_last_month_is_refused_by_the_rule_and_one_key_writes(moving: Path) -> None:
    async with at_the_desk(moving) as rep:
        await go(rep)
        await rep.sees("Only customer service", "S1006")
        await rep.press("G", "enter")
        await rep.sees("placed on 30 Oct", "month in which it was placed.", "w Draft the email")
        await rep.press("y")  # it cannot be moved here
        await rep.press("w")
        await rep.sees("Asked of customer service", "S1006", "to be sent", "enter opens it, s when sent")
        assert [(x.order_id, x.state) for x in rows(rep, t.OrderMove)] == [(6, MoveState.DRAFTED)]
        assert where(rep)[5] == 1
        await rep.press("delete")
        await rep.until(lambda shown: "Asked of customer service" not in shown, "the draft is gone")
        assert rows(rep, t.Ticket) == []


async def test_customer_service_is_written_to_and_answers(moving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(move_jobs, "open_link", lambda link: opened.append(link) or True)
    async with at_the_desk(moving) as rep:
        await go(rep)
        await rep.sees("S1005", "in no event, can go to")
        await rep.press("G", "k")
        await rep.press("s")
        await rep.sees("Customer service is not asked for this order.")
        await rep.press("w")
        await rep.sees("Move order S1005 to", "Own shop")
        await rep.press("enter")
        await rep.sees("Drafted an email to customer service", "enter shows it, s when sent.", "to be sent")
        await rep.press("e")
        await rep.sees("Edit the email", "please move order S1005 of Cleo Marsh")
        await rep.press("escape", "enter")
        await rep.sees("The email to customer service", "o Open mail")
        await rep.press("o")
        await rep.sees("It is open in your mail program.")
        assert opened[0].startswith("mailto:care@example.com?subject=Move%20order%20S1005")
        await rep.press("s")
        await rep.sees("Requested the move of order S1005", "requested", "y confirmed, x refused")
        await rep.press("y")
        await rep.sees("Customer service moved order S1005", "confirmed")
        assert where(rep)[4] == 1
        await rep.press("u")
        await rep.sees("requested")
        await rep.press("x")
        await rep.sees("Customer service refused to move order S1005", "refused")
        assert where(rep)[4] is None


async def test_a_drafted_email_is_read_copied_and_marked_where_no_program_opens_it(
    moving: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The footer says of each row what enter does there, and the letter is no dead end."""
    monkeypatch.setattr(move_jobs, "open_link", lambda link: False)
    async with at_the_desk(moving, (80, 24)) as rep:
        await go(rep)
        shown = await rep.sees("enter Preview")
        assert "s Sent" not in shown and "y Confirmed" not in shown
        await rep.press("G", "w")
        await rep.sees(
            "Drafted an email to customer service on S1006.",
            "enter shows it, s when sent.",
            "enter Email",
            "s Sent",
        )
        for key in ("enter", "w", "v"):
            await rep.press(key)
            await rep.sees("To       care@example.com", "Move order S1006 to Own shop", "please move order S1006")
            await rep.press("escape")
        await rep.press("enter", "o")
        await rep.sees("No program here opens mailto: links. Copy its words instead.")
        await rep.press("enter", "ctrl+y")
        await rep.sees("Its words are copied. They go to care@example.com. s when it is sent.")
        assert rep.app.clipboard.startswith("Hello,") and "please move order S1006" in rep.app.clipboard
        await rep.press("enter", "s")
        await rep.sees("Requested the move of order S1006", "enter Email", "y Confirmed", "x Refused")
        await rep.press("enter")
        assert "e Edit" not in await rep.sees("please move order S1006", "c Copy")
        await rep.press("escape", "x")
        await rep.sees("Settled lately", "refused")
        await rep.press("G", "w")
        await rep.sees("The move of order S1006 is settled.", "enter Profile")
        await rep.press("s")
        await rep.sees("The move of order S1006 is refused already.")
        await rep.press("enter")
        await rep.sees("─ Overview ─")


async def test_what_the_rep_has_moved_is_not_sent_to_anyone(moving: Path) -> None:
    async with at_the_desk(moving) as rep:
        await go(rep)
        await rep.press("enter")
        await rep.sees("y Move it")
        await rep.press("y")
        await rep.sees("Moved order S1004")
        await rep.press("G", "s")
        await rep.sees("Order S1004 was moved already, by you.")


async def test_the_plan_is_shown_with_what_is_known_of_it_and_made_in_one_step(moving: Path) -> None:
    async with at_the_desk(moving) as rep:
        await go(rep)
        await rep.press("P")
        shown = await rep.sees("The moves that earn most", "This is proved best", "y Make these moves")
        assert "from Own shop to Fay's party" in shown and "Fay's party" in shown
        await rep.press("y")
        await rep.sees("as planned")
        assert where(rep) == [1, 1, 1, 1, None, 1]
        await rep.press("P")
        await rep.sees("The orders are where they earn most.")
        await rep.press("escape", "u")
        await rep.until(lambda _: where(rep) == [1, 1, 1, 2, None, 1], "all are back")


async def test_any_order_is_found_by_its_number(moving: Path) -> None:
    async with at_the_desk(moving) as rep:
        await go(rep)
        await rep.press("a")
        await rep.sees("Move an order", "its number")
        await rep.write("S9999")
        await rep.press("ctrl+s")
        await rep.sees("There is no order S9999.")
        await rep.write("s1001")
        await rep.press("ctrl+s")
        await rep.sees("Move order S1001 to Own shop", "y Move it")


async def test_the_list_is_written_into_a_file(moving: Path, tmp_path: Path) -> None:
    async with at_the_desk(moving) as rep:
        await go(rep)
        await rep.press("E")
        await rep.sees("Export the moves of orders")
        await rep.write(str(tmp_path / "moves.csv"))
        await rep.press("ctrl+s")
        await rep.sees("Wrote 6 moves to")
    assert "can be moved,S1004,Bea Okafor,2026-11-05,70.00,USD,Own shop,Fay's party" in (
        tmp_path / "moves.csv"
    ).read_text("utf-8-sig")


async def test_where_nothing_can_be_moved_it_says_why(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await go(rep)
        await rep.sees("No order can be moved now.", "finds an order by its number.")
        await rep.press("P")
        await rep.sees("Fewer than two events are open.")
        await rep.press("a")
        await rep.sees("There is no event yet.")
