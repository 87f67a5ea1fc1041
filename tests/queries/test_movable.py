"""Whose order can still be moved to an event (R5 rule 16): found for all clients, in the last days of the month."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Work
from stylistdesk.commands.moves import MarkMoveRequested, RequestMove
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, OrderForm
from stylistdesk.commands.sales import AddCreditMemo
from stylistdesk.commands.triage import CompleteFollowUp, DismissRule
from stylistdesk.db.tables import DeskInfo, HostEvent, Order
from stylistdesk.desk import Desk
from stylistdesk.domain.order_lines import TypedLine
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import Cents, OrderStatus
from stylistdesk.queries.daily_tasks import queue, queue_row
from tests.commands.doing import Do
from tests.domain.making import local
from tests.helpers import add_client

LATE = local(26, 9, 0)
"""Thursday, 26 November: four days before the month ends."""


@pytest.fixture
def late(desk: Desk, clock: FrozenClock) -> Desk:
    clock.at = LATE
    desk.do(Do(lambda work: work.session.add(event("one"))))
    return desk


def event(code: str, opens: int = -5, closes: int = 10, **fields: Any) -> HostEvent:
    day = LATE.date()
    days = {"opens_on": day + timedelta(days=opens), "closes_on": day + timedelta(days=closes)}
    return HostEvent(name=code, code=code, **days, **fields)


def ordered(desk: Desk, on: date = date(2026, 11, 20), **fields: Any) -> int:
    client_id = add_client(desk, f"Client {desk.version}")
    order_id = desk.do(AddOrderSummary(client_id, OrderForm(on, Cents(9_000)))).value
    change(desk, Order, order_id, **fields)
    desk.do(CompleteFollowUp(client_id, 0))  # nothing else is to be done for her
    return client_id


def change(desk: Desk, table: type[Any], key: int, **fields: Any) -> None:
    def does(work: Work) -> None:
        row = work.session.get_one(table, key)
        for name, value in fields.items():
            setattr(row, name, value)

    desk.do(Do(does))


def suggested(desk: Desk, client_id: int) -> Suggestion | None:
    """What rule 16 says of her, the same in the whole queue as when she alone is looked at."""
    rows = {row.client_id: row for row in desk.ask(queue).rows}
    alone = desk.ask(queue_row, client_id)
    found = [
        next((s for s in row.standing.suggestions if s.number == 16), None)
        for row in (rows.get(client_id), alone)
        if row
    ]
    assert len(set(found)) <= 1
    return found[0] if found else None


def test_an_order_in_no_event_is_suggested_until_the_month_ends(late: Desk, clock: FrozenClock) -> None:
    client_id = ordered(late)
    found = suggested(late, client_id)
    assert found is not None
    assert (found.due, found.detail) == (
        local(30, 23, 59) + timedelta(seconds=59),
        "Order of 20 Nov · until Mon 30 Nov",
    )
    for at, there in (
        (local(22, 23), False),
        (local(23, 1), True),
        (local(30, 23), True),
        (local(1, 1, month=12), False),
    ):
        clock.at = at
        assert (suggested(late, client_id) is not None) is there, at


@pytest.mark.parametrize(
    "order",
    [
        {"on": date(2026, 10, 31)},
        {"status": OrderStatus.CANCELLED},
        {"is_host_order": True, "event_id": 1},
        {"refunded_cents": 9_000},
        {"event_id": 1},
    ],
)
def test_what_cannot_be_moved_or_is_in_an_event_is_not(late: Desk, order: dict[str, Any]) -> None:
    assert suggested(late, ordered(late, **order)) is None


def test_an_order_of_which_all_came_back_has_nothing_to_move(late: Desk) -> None:
    """Credited in part it still counts for something."""
    client_id = ordered(late)
    late.do(AddCreditMemo(1, Cents(8_000), LATE.date(), reopens=False))
    assert suggested(late, client_id) is not None
    late.do(AddCreditMemo(1, Cents(1_000), LATE.date(), reopens=False))
    assert suggested(late, client_id) is None


def test_a_purchase_order_belongs_to_no_party(late: Desk) -> None:
    client_id = add_client(late)
    late.do(AddPurchaseOrder(client_id, OrderForm(date(2026, 11, 20), lines=(TypedLine("Coat", 4, Cents(9_500)),))))
    assert suggested(late, client_id) is None


@pytest.mark.parametrize(
    "fields",
    [{"closes_on": LATE.date() - timedelta(days=1)}, {"opens_on": LATE.date() + timedelta(days=1)}, {"closed_at": LATE},
     {"cancelled_at": LATE}],
)  # fmt: skip
def test_without_an_open_event_nothing_is(late: Desk, fields: dict[str, Any]) -> None:
    client_id = ordered(late)
    change(late, HostEvent, 1, **fields)
    assert suggested(late, client_id) is None


def test_where_the_event_closes_before_the_month_does_that_is_the_last_day(late: Desk) -> None:
    client_id = ordered(late)
    change(late, HostEvent, 1, closes_on=date(2026, 11, 27))
    found = suggested(late, client_id)
    assert found is not None and found.detail == "Order of 20 Nov · only tomorrow"


def test_the_month_is_the_companys(late: Desk, clock: FrozenClock) -> None:
    client_id = ordered(late)
    change(late, DeskInfo, 1, company_zone="Asia/Tokyo")
    found = suggested(late, client_id)
    assert found is not None and found.due == datetime(2026, 11, 30, 14, 59, 59, tzinfo=UTC)
    clock.at = local(30, 10, 30)  # December in Tokyo
    assert suggested(late, client_id) is None


def test_asking_customer_service_settles_it_once_it_is_sent(late: Desk) -> None:
    client_id = ordered(late)
    move_id = late.do(RequestMove(1, 1)).value
    found = suggested(late, client_id)
    assert found is not None and "the email that is drafted" in found.reason
    late.do(MarkMoveRequested(move_id))
    assert suggested(late, client_id) is None


def test_dismissing_it_or_doing_it_settles_it_too(late: Desk) -> None:
    client_id, other = ordered(late), ordered(late)
    found = suggested(late, client_id)
    assert found is not None
    late.do(DismissRule(client_id, found.rule, found.subject, "not hers"))
    assert suggested(late, client_id) is None
    again = suggested(late, other)
    assert again is not None
    late.do(CompleteFollowUp(other, 0, again.rule, again.subject))
    assert suggested(late, other) is None
