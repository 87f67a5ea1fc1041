"""Returns as the back office lists them, and what rule 15 says of them (R5, R39)."""

from datetime import date, timedelta

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.orders import AddPurchaseOrder, OrderForm
from stylistdesk.commands.paying import PayByCard
from stylistdesk.commands.places import AddLocation, LocationForm
from stylistdesk.commands.returns import CancelReturn, MarkExchangeSent, MarkReceived, OpenReturn, PassOn
from stylistdesk.commands.triage import CompleteFollowUp
from stylistdesk.db import tables as t
from stylistdesk.desk import Desk
from stylistdesk.domain.gifts import Card
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.types import GiftMove, ReturnKind, SignalKind
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.client_history import client_history
from stylistdesk.queries.daily_tasks import queue_row
from stylistdesk.queries.local_days import LocalDays
from stylistdesk.queries.metrics_of_sales import moved
from stylistdesk.queries.returns import preview, return_choices, return_page, returnable_orders, returns
from tests.commands.doing import Do
from tests.conftest import NOW
from tests.helpers import add_client

BOUGHT = date(2026, 11, 1)
EXCHANGE = ReturnKind.EXCHANGE


@pytest.fixture
def ana(desk: Desk) -> int:
    return add_client(desk, email="ana@example.com")


@pytest.fixture
def order(desk: Desk, ana: int) -> int:
    form = OrderForm(BOUGHT, lines=parse_lines("2 x Silk scarf @ 40.00\n1 x Wool coat @ 180.00", "USD"))
    key = int(desk.do(AddPurchaseOrder(ana, form)).value)
    desk.do(PayByCard(key, Card("Visa", "4242")))
    return key


def owed(desk: Desk, client_id: int) -> list[str]:
    """What rule 15 suggests of her: at most one thing at a time."""
    row = desk.ask(queue_row, client_id)
    suggestions = row.standing.suggestions if row is not None and row.standing is not None else ()
    return [f"{one.action}, {one.subject}" for one in suggestions if one.number == 15]


def test_what_is_owed_stands_in_the_queue_until_it_is_done(desk: Desk, ana: int, order: int) -> None:
    """First the Return ID, then the exchange; done, received, cancelled and undone all count."""
    key = int(desk.do(OpenReturn(order, (Asked(1, 1, EXCHANGE, True),))).value)
    assert owed(desk, ana) == [f"Pass on the Return ID, return:{key}"]
    desk.do(CompleteFollowUp(ana, 0, rule="pass_on", subject=f"return:{key}"))
    assert owed(desk, ana) == [f"Ship the exchange, exchange:{key}"]
    desk.do(MarkExchangeSent(key))
    assert owed(desk, ana) == []
    desk.undo()
    assert owed(desk, ana) == [f"Ship the exchange, exchange:{key}"]
    desk.do(CancelReturn(key))
    assert owed(desk, ana) == []
    other = int(desk.do(OpenReturn(order, (Asked(2),))).value)
    assert owed(desk, ana) == [f"Pass on the Return ID, return:{other}"]
    desk.do(MarkReceived(other))
    assert owed(desk, ana) == []


@pytest.mark.parametrize("for_client", [True, False])
def test_a_certificate_is_owed_to_whom_it_goes(desk: Desk, ana: int, for_client: bool) -> None:
    """To the client who gets it, or else to her who bought it; not if it is used up or taken back."""
    bea = add_client(desk, "Bea Okafor", email="bea@example.com")

    def sold(work: object) -> None:
        row = t.GiftCertificate(client_id=ana, number="GC1001", currency="USD", sold_on=BOUGHT, for_name="Mia")
        row.for_client_id = bea if for_client else None
        work.session.add(row)  # type: ignore[attr-defined]
        work.session.flush()  # type: ignore[attr-defined]
        work.session.add(t.GiftMovement(gift_id=1, kind=GiftMove.SOLD, cents=50, at=NOW))  # type: ignore[attr-defined]

    desk.do(Do(sold))
    who, other = (bea, ana) if for_client else (ana, bea)
    assert owed(desk, who) == ["Send the gift certificate, gift:1"]
    assert owed(desk, other) == []
    desk.do(CompleteFollowUp(who, 0, rule="pass_on", subject="gift:1"))
    assert owed(desk, who) == []
    desk.undo()
    used = t.GiftMovement(gift_id=1, kind=GiftMove.REDEEMED, cents=-50, at=NOW)
    desk.do(Do(lambda work: work.session.add(used)))
    assert owed(desk, who) == []


def test_open_ones_come_first_and_each_tells_what_it_is(desk: Desk, ana: int, order: int) -> None:
    first = int(desk.do(OpenReturn(order, (Asked(1),))).value)
    second = int(desk.do(OpenReturn(order, (Asked(1, 1, EXCHANGE, True, "navy"),))).value)
    third = int(desk.do(OpenReturn(order, (Asked(2),))).value)
    desk.do(MarkReceived(second))
    desk.do(MarkReceived(third))
    rows = desk.ask(returns)
    assert [(row.id, row.is_open) for row in rows] == [(second, True), (first, True), (third, False)]
    row = rows[1]
    assert (row.number, row.client, row.order, row.refund) == ("R2026-1001", "Ana Ruiz", "PO1001", 3_800)
    assert [(line.name, line.instead) for line in rows[0].lines] == [("Silk scarf", "navy")]


def test_a_page_tells_the_whole_chain(desk: Desk, clock: FrozenClock, ana: int, order: int) -> None:
    """The original purchase, what was sent for it, and what became of that."""
    desk.do(AddLocation(ana, LocationForm("Home", "4 Elm St", "", "Troy", "NY", "12180", "US")))
    first = int(desk.do(OpenReturn(order, (Asked(2, 1, EXCHANGE, True),))).value)
    sent = desk.ask(returns)[0].exchange_order_id
    assert sent is not None
    line = desk.ask(return_choices, sent).lines[0]
    assert (line.name, line.worth) == ("Wool coat", 18_000)
    second = int(desk.do(OpenReturn(sent, (Asked(line.line_id),))).value)
    page = desk.ask(return_page, second)
    assert page is not None
    assert [row.id for row in page.chain] == [first, second]
    assert (page.root, page.bought_on, page.last_day) == ("PO1001", BOUGHT, date(2026, 12, 1))
    assert (page.row.order, page.row.refund) == ("R2026-1001X", 17_800)
    assert page.client_address == ("4 Elm St", "Troy NY 12180", "US")
    assert desk.ask(return_page, 99) is None


def test_only_orders_within_the_window_are_offered(desk: Desk, clock: FrozenClock, ana: int, order: int) -> None:
    """A replacement by the day of what it stands for: its own order is newer."""
    desk.do(AddPurchaseOrder(ana, OrderForm(date(2026, 10, 1), lines=parse_lines("1 x Hat @ 9", "USD"))))
    desk.do(OpenReturn(order, (Asked(2, 1, EXCHANGE, True),)))
    offered = desk.ask(returnable_orders, ana)
    assert [(row.number, row.last_day) for row in offered] == [
        ("R2026-1001X", date(2026, 12, 1)),
        ("PO1001", date(2026, 12, 1)),
    ]
    clock.at = NOW + timedelta(days=11)
    assert desk.ask(returnable_orders, ana) == ()


def test_the_preview_is_what_saving_makes_of_it(desk: Desk, ana: int, order: int) -> None:
    asked = (Asked(1, 2), Asked(2, 1, ReturnKind.DAMAGED))
    seen = desk.ask(preview, order, asked)
    desk.do(OpenReturn(order, asked))
    row = desk.ask(returns)[0]
    assert (row.goods, row.fee, row.to_card) == (seen.worked.goods, seen.worked.fee, seen.worked.to_card)
    assert (row.goods, row.fee, row.lines) == (26_000, 200, seen.worked.lines)


def test_the_keep_rate_follows(desk: Desk, ana: int, order: int) -> None:
    """Each piece counts once it is here; what a file tells of the same return is the same pieces."""

    def back() -> int:
        def asked(asking: Asking) -> int:
            days = LocalDays(asking.zone, NOW.date())
            return sum(one.is_back for one in moved(asking, days, BOUGHT) if one.order_id == order)

        return desk.ask(asked)

    key = int(desk.do(OpenReturn(order, (Asked(1, 2), Asked(2, 1, EXCHANGE, True)))).value)
    assert back() == 0
    desk.do(MarkReceived(key))
    assert back() == 3
    told = t.Signal(client_id=ana, kind=SignalKind.RETURNED, occurred_at=NOW, source="t", external_id="1")
    told.order_id = order
    desk.do(Do(lambda work: work.session.add(told)))
    assert back() == 1


def test_her_history_tells_each_step(desk: Desk, ana: int, order: int) -> None:
    key = int(desk.do(OpenReturn(order, (Asked(1), Asked(2, 1, EXCHANGE, True)))).value)
    for command in (PassOn(key), MarkReceived(key), MarkExchangeSent(key)):
        desk.do(command)
    said = [words for one in desk.ask(client_history, ana).happenings for words in one.said]
    for words in (
        "Opened return R2026-1001 of order PO1001",
        "Passed on the Return ID R2026-1001",
        "Received what came back for R2026-1001",
        "Sent the exchange for R2026-1001",
        "Credited $40 on order PO1001 (CM1001)",
    ):
        assert words in said, said
    assert not any("return line" in words or "goods return" in words for words in said), said
