"""What can be moved between events and how, what a move does to rewards, and the plan (R41)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from stylistdesk.commands.base import Work
from stylistdesk.commands.host_orders import EnterHostOrder, PlaceHostOrder
from stylistdesk.commands.moves import ConfirmMove, MarkMoveRequested, MoveOrder, MoveOrders, RequestMove
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.commands.sales import AddCreditMemo
from stylistdesk.db.event_orders import rewards_of_events
from stylistdesk.db.tables import HostEvent, HostOrder, Order, RewardAdjustment
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_orders import HostLine
from stylistdesk.domain.host_rewards import Rewards
from stylistdesk.domain.move_plan import Proof
from stylistdesk.domain.moves import Broken, Way
from stylistdesk.domain.types import Cents, HostOrderStatus, HostPays, MoveState
from stylistdesk.exchange.export_moves import order_moves_text
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.moves import events_to_move_to, moves_page, order_numbered, preview_move, propose_moves
from stylistdesk.ui.move_lines import change_lines
from tests.commands.doing import Do
from tests.helpers import add_client

TODAY = date(2026, 11, 21)


def event(desk: Desk, name: str, *, opens: int = -20, closes: int = 5, **fields: Any) -> int:
    days = {"opens_on": TODAY + timedelta(days=opens), "closes_on": TODAY + timedelta(days=closes)}
    row = HostEvent(name=name, code=name, **days, **fields)
    made: list[int] = []

    def does(work: Work) -> None:
        work.session.add(row)
        work.session.flush()
        made.append(row.id or 0)

    desk.do(Do(does))
    return made[0]


def order(desk: Desk, client_id: int, cents: int, event_id: int | None, on: date = TODAY) -> int:
    order_id = int(desk.do(AddOrderSummary(client_id, OrderForm(on, Cents(cents)))).value)

    def does(work: Work) -> None:
        work.session.get_one(Order, order_id).event_id = event_id

    desk.do(Do(does))
    return order_id


def rewards(desk: Desk, ids: Sequence[int]) -> dict[int, Rewards]:
    def query(asking: Asking) -> dict[int, Rewards]:
        return rewards_of_events(asking.session, asking.settings, ids)

    return desk.ask(query)


@pytest.fixture
def parties(desk: Desk) -> Desk:
    """Events 1 and 2 are open, 3 is over. Orders: three in 1, one in 2, one in none, one of October in 1, one in 3."""
    ana = add_client(desk)
    for name, closes in (("Fay's party", 5), ("Own shop", 20), ("Over", -1)):
        event(desk, name, closes=closes)
    for cents, event_id, on in (
        (9_000, 1, TODAY),
        (8_000, 1, date(2026, 11, 2)),
        (2_500, 1, date(2026, 11, 3)),
        (7_000, 2, date(2026, 11, 4)),
        (6_000, None, date(2026, 11, 5)),
        (5_000, 1, date(2026, 10, 31)),
        (4_000, 3, date(2026, 11, 6)),
    ):
        order(desk, ana, cents, event_id, on)
    return desk


def test_the_list_says_where_each_order_is_and_how_it_can_go_where(parties: Desk) -> None:
    page = parties.ask(moves_page)
    assert [(row.number, row.event, row.to, row.base) for row in page.here] == [
        ("S1001", "Fay's party", ((2, "Own shop"),), 9_000),
        ("S1004", "Own shop", ((1, "Fay's party"),), 7_000),
        ("S1003", "Fay's party", ((2, "Own shop"),), 2_500),
        ("S1002", "Fay's party", ((2, "Own shop"),), 8_000),
    ]
    assert [(row.number, row.event, row.to) for row in page.service] == [
        ("S1005", "", ((1, "Fay's party"), (2, "Own shop"))),
        ("S1006", "Fay's party", ((2, "Own shop"),)),
    ]
    assert "not placed in an event" in page.service[0].why and "calendar month" in page.service[1].why
    assert (page.last_day, page.days_left, page.open_events) == (date(2026, 11, 30), 9, 2)


def test_an_order_asked_for_goes_from_the_list_to_what_waits_and_then_to_what_is_settled(parties: Desk) -> None:
    move_id = parties.do(RequestMove(5, 2)).value
    page = parties.ask(moves_page)
    assert [row.number for row in page.service] == ["S1006"]
    assert [(row.number, row.source, row.to, row.state) for row in page.asked] == [
        ("S1005", "", "Own shop", MoveState.DRAFTED)
    ]
    parties.do(MarkMoveRequested(move_id))
    parties.do(ConfirmMove(move_id))
    parties.do(MoveOrder(1, 2))
    page = parties.ask(moves_page)
    assert page.asked == ()
    assert [(row.number, row.state) for row in page.settled] == [
        ("S1001", MoveState.MOVED),
        ("S1005", MoveState.CONFIRMED),
    ]
    assert page.of_clients([99]).count == 0 and page.of_clients([1]) == page
    text = order_moves_text(page, parties.zone)
    assert "can be moved,S1005,Ana Ruiz,2026-11-05,60.00,USD,Own shop,Fay's party,,,," in text
    assert "confirmed,S1005,Ana Ruiz,,,,,Own shop,2026-11-21T09:42:00-05:00," in text


def test_a_long_list_has_the_newest_and_says_how_many_more_there_are(parties: Desk) -> None:
    """Eight seconds went into judging 25,000 orders of open events, one by one and for each event."""
    parties.do(AddCreditMemo(1, Cents(9_000), TODAY, reopens=False))
    page = parties.ask(moves_page, most=1)
    assert [row.number for row in page.here] == ["S1004"]  # nothing is left of S1001
    assert [row.number for row in page.service] == ["S1005", "S1006"]  # of those in no event, of another month
    assert (page.more_here, page.more, page.plans) == (3, 0, True)
    order(parties, 1, 100, None, TODAY)
    assert parties.ask(moves_page, most=1).more == 1
    whole = parties.ask(moves_page, most=None)
    assert ([row.number for row in whole.here], whole.more_here) == (["S1004", "S1003", "S1002"], 0)


@pytest.mark.parametrize(("order_id", "to"), [(1, 2), (4, 1), (3, 2), (5, 2), (2, 2)])
def test_the_preview_is_what_comes_of_the_move(parties: Desk, order_id: int, to: int) -> None:
    parties.do(AddCreditMemo(3, Cents(500), TODAY, reopens=False))
    seen = parties.ask(preview_move, order_id, to)
    assert {one.event_id: one.before for one in seen.changes} == rewards(parties, [x.event_id for x in seen.changes])
    if seen.verdict.way is Way.MOVE:
        parties.do(MoveOrder(order_id, to))
    else:
        parties.do(ConfirmMove(parties.do(RequestMove(order_id, to)).value))
    assert {one.event_id: one.after for one in seen.changes} == rewards(parties, [x.event_id for x in seen.changes])
    assert seen.to.event_id == to and seen.changes[-1] is seen.to


def test_the_preview_tells_of_a_pending_host_order_that_would_no_longer_fit(parties: Desk) -> None:
    """She would only be told when she places it, with the order long gone."""
    lines = (HostLine("Scarf", 1, Cents(2_000), HostPays.REWARD),)
    parties.do(EnterHostOrder(1, lines, client_id=1))
    party, _ = parties.ask(preview_move, 1, 2).changes
    assert party.unfit.startswith("Host order HO-1001 would no longer fit. The event does not qualify: it needs $45 ")
    shown = " ".join(piece.text for line in change_lines((party,), "USD", 78) for piece in line)
    assert "would no longer fit" in shown
    for order_id, to in ((3, 2), (4, 1)):  # $22 and $31.50 are enough for it
        assert [one.unfit for one in parties.ask(preview_move, order_id, to).changes] == ["", ""]


def test_the_preview_tells_what_is_posted_to_redeemed_rewards(parties: Desk) -> None:
    """She would keep what her orders no longer earn, and they would count for the other event as well."""
    lines = (HostLine("Scarf", 1, Cents(2_000), HostPays.REWARD),)
    parties.do(PlaceHostOrder(parties.do(EnterHostOrder(1, lines, client_id=1)).value))
    party, own = parties.ask(preview_move, 1, 2).changes
    said = "Its rewards are redeemed: an adjustment of -$24.50 and -1 half-price item is posted, nothing is reopened."
    assert (party.posted, own.posted) == (said, "")
    assert "redeemed" in " ".join(piece.text for line in change_lines((party,), "USD", 200) for piece in line)
    told = parties.do(ConfirmMove(parties.do(RequestMove(1, 2)).value)).label
    assert told.endswith("; the rewards were redeemed: -$24.50 and -1 half-price item is posted")
    posted = select(RewardAdjustment.cents, RewardAdjustment.half_price_items, RewardAdjustment.note)
    assert [tuple(row) for row in parties.ask(lambda asking: asking.session.exec(posted).all())] == [
        (-2_450, -1, "Order S1001 moved")
    ]
    assert "of +$24.50 and +1 half-price item is" in parties.ask(preview_move, 1, 1).changes[-1].posted


def test_the_preview_of_what_may_not_be_says_why(parties: Desk) -> None:
    assert parties.ask(preview_move, 6, 2).verdict.broken is Broken.OTHER_MONTH
    assert parties.ask(preview_move, 7, 2).verdict.broken is Broken.NOT_OPEN
    with pytest.raises(Refused):
        parties.ask(preview_move, 99, 2)


def test_the_plan_is_carried_out_as_it_was_shown(parties: Desk) -> None:
    proposal = parties.ask(propose_moves)
    assert proposal is not None
    assert [(move.number, move.source, move.to, move.base) for move in proposal.moves] == [
        ("S1004", "Own shop", "Fay's party", 7_000)
    ]
    assert (proposal.plan.gain, proposal.plan.proof) == (700, Proof.BEST)
    parties.do(MoveOrders(tuple((move.order_id, move.event_id) for move in proposal.moves)))
    assert {one.event_id: one.after for one in proposal.changes} == rewards(parties, (1, 2))
    again = parties.ask(propose_moves)
    assert again is not None and again.moves == ()


def test_neither_plan_nor_list_touches_rewards_that_are_redeemed(parties: Desk) -> None:
    host_order = HostOrder(
        event_id=1, client_id=1, number="H1", status=HostOrderStatus.PLACED, entered_at=parties.now()
    )
    parties.do(Do(lambda work: work.session.add(host_order)))
    assert parties.ask(propose_moves) is None
    assert parties.ask(moves_page).here == ()
    assert parties.ask(preview_move, 4, 1).verdict.reason.startswith("Fay's party has its rewards redeemed")
    page = parties.ask(moves_page)
    assert (page.open_events, page.redeemed) == (1, 1)


def test_a_rep_who_wants_no_plan_gets_none(parties: Desk) -> None:
    parties.settings = parties.settings.model_copy(update={"plan_moves": False})
    assert parties.ask(propose_moves) is None


def test_an_order_is_found_by_its_number(parties: Desk) -> None:
    assert parties.ask(order_numbered, " s1002 ") == 2
    for typed in ("", "S9999"):
        with pytest.raises(Refused) as no:
            parties.ask(order_numbered, typed)
        assert no.value.field == "number"
    assert parties.ask(events_to_move_to)[-1] == (3, "Over, ended on 20 Nov")


def test_where_no_event_is_open_there_is_nothing_to_move(desk: Desk) -> None:
    order(desk, add_client(desk), 9_000, None)
    event(desk, "Over", closes=-1)
    page = desk.ask(moves_page)
    assert (page.here, page.service, page.open_events) == ((), (), 0)
