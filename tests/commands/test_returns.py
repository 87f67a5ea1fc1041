"""Returns and exchanges (R39): what a rep does with one, each step taken back to the byte."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Command, Outcome
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.gifts import SellGift
from stylistdesk.commands.host_events import AddHostEvent, HostEventForm
from stylistdesk.commands.host_orders import EnterHostOrder, PlaceHostOrder
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, EditOrder, OrderForm, RemoveOrder
from stylistdesk.commands.paying import PayByCard, RedeemGift, RefundGift
from stylistdesk.commands.places import AddLocation, LocationForm
from stylistdesk.commands.rates import SetRate
from stylistdesk.commands.returns import (
    CancelReturn,
    EditReturn,
    MarkExchangeSent,
    MarkReceived,
    OpenReturn,
    PassOn,
)
from stylistdesk.commands.sales import CancelOrder, RemoveCreditMemo, ShipOrder
from stylistdesk.commands.triage import CompleteFollowUp
from stylistdesk.db import tables as t
from stylistdesk.db.event_orders import event_orders
from stylistdesk.db.gifts import balances, due_of
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.gifts import Card, make_number
from stylistdesk.domain.host_orders import parse_host_lines
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.types import (
    BasisPoints,
    Cents,
    GiftMove,
    HostOrderStatus,
    OrderKind,
    RateScope,
    RestockBasis,
    ReturnKind,
)
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.returns import return_choices
from stylistdesk.queries.sales import order_page
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.conftest import NOW
from tests.helpers import add_client

BOUGHT, TODAY = date(2026, 11, 1), date(2026, 11, 21)
REFUND, EXCHANGE, DAMAGED, MIS_SHIPPED = ReturnKind
LINES = "3 x Silk scarf @ 33.33\n1 x Wool coat @ 200.00 less 20.00"


def every(desk: Desk, model: type[SQLModel]) -> list[Any]:
    def rows(asking: Asking) -> list[Any]:
        return list(asking.session.exec(select(model).order_by("id")))  # type: ignore[arg-type]

    return desk.ask(rows)


def only(desk: Desk, model: type[SQLModel]) -> Any:
    (row,) = every(desk, model)
    return row


@pytest.fixture
def do(desk: Desk) -> Done:
    return Done(desk)


@pytest.fixture
def ana(desk: Desk) -> int:
    return add_client(desk)


def unpaid(desk: Desk, ana: int) -> int:
    return int(desk.do(AddPurchaseOrder(ana, OrderForm(BOUGHT, lines=parse_lines(LINES, "USD")))).value)


@pytest.fixture
def order(desk: Desk, ana: int) -> int:
    """Three scarves for $99.99 and a coat for $180, twenty days ago, paid by card."""
    key = unpaid(desk, ana)
    desk.do(PayByCard(key, VISA))
    desk.do(ShipOrder(key, BOUGHT))
    return key


SCARVES, COAT = 1, 2
VISA = Card("Visa", "4242")


def back(line: int = SCARVES, quantity: int | None = 1, kind: ReturnKind = REFUND, **more: Any) -> Asked:
    return Asked(line, quantity, kind, more.pop("replaced", kind is EXCHANGE), **more)


def opened(desk: Desk, order: int, *asked: Asked) -> int:
    return int(desk.do(OpenReturn(order, asked)).value)


def due(desk: Desk, order: int) -> int:
    found = desk.ask(lambda asking: due_of(asking.session, order))
    assert found is not None
    return found.due


def sound(desk: Desk) -> None:
    """The desk's own check finds nothing."""
    report = desk.do(CheckDesk()).value
    assert (report.problems, report.repaired) == ((), ())


# ------------------------------------------------------------------- opening


def test_a_return_gets_its_number_and_refunds_what_was_paid(desk: Desk, do: Done, ana: int, order: int) -> None:
    """Goods less the fee go to her card; the credit on the order is for the goods, and does not reopen it."""
    desk.do(Do(lambda work: work.session.add(t.ReturnAddress(from_on=date(2026, 1, 1), lines="1 Old Road"))))
    desk.do(Do(lambda work: work.session.add(t.ReturnAddress(from_on=date(2026, 11, 21), lines="2 New Road\nTroy"))))
    desk.do(Do(lambda work: work.session.add(t.ReturnAddress(from_on=date(2026, 11, 22), lines="3 Later Road"))))
    outcome = do(OpenReturn(order, (back(SCARVES, 2), back(COAT)), note=" too\x00 big "))
    assert outcome.label == "Opened return R2026-1001 of order PO1001 of Ana Ruiz"
    row = only(desk, t.Return)
    assert (row.number, row.address, row.note) == ("R2026-1001", "2 New Road\nTroy", "too big")
    assert (row.order_id, row.root_order_id, row.opened_on) == (order, order, date(2026, 11, 21))
    assert (row.goods_cents, row.fee_cents, row.to_gift_cents, row.to_card_cents) == (24_666, 200, 0, 24_466)
    memo, card = only(desk, t.CreditMemo), every(desk, t.CardPayment)[-1]
    assert (memo.id, memo.amount_cents, memo.reopens) == (row.credit_id, 24_666, False)
    assert (card.cents, card.order_id, card.return_id) == (-24_466, order, row.id)
    do(OpenReturn(order, (back(),)))
    assert every(desk, t.Return)[1].number == "R2026-1002"
    assert every(desk, t.ReturnLine)[2].cents == 3_333
    sound(desk)


def test_no_more_comes_back_than_was_bought(desk: Desk, do: Done, order: int) -> None:
    """Per line and over all returns; a cancelled one does not count."""
    first = opened(desk, order, back(SCARVES, 2))
    with refused(desk, f"line_{SCARVES}") as no:
        desk.do(OpenReturn(order, (back(SCARVES, 2),)))
    assert "1 of 3 can still come back" in str(no.value)
    with refused(desk, f"line_{SCARVES}"):
        desk.do(OpenReturn(order, (back(SCARVES, 1), back(SCARVES, 1, EXCHANGE))))
    do(CancelReturn(first))
    do(OpenReturn(order, (back(SCARVES, None),)))
    assert [line.quantity for line in every(desk, t.ReturnLine)] == [2, 3]
    with refused(desk, f"line_{SCARVES}"):
        desk.do(OpenReturn(order, (back(SCARVES, None),)))
    with refused(desk):
        desk.do(OpenReturn(order, ()))
    sound(desk)


def test_her_country_and_the_basis_make_the_fee(desk: Desk, clock: FrozenClock, ana: int, order: int) -> None:
    """The fee of the country of her primary location, for each item that is refunded and not damaged."""
    fees = {"restock_fees": {"CA": 150}, "restock_basis": RestockBasis.ITEM}
    desk.settings = desk.settings.model_copy(update=fees)
    opened(desk, order, back(SCARVES, 2))
    desk.do(AddLocation(ana, LocationForm("Home", "1 Elm", "", "Toronto", "ON", "", "CA")))
    opened(desk, order, back(SCARVES, 1), back(COAT, 1, DAMAGED))
    assert [row.fee_cents for row in every(desk, t.Return)] == [400, 150]
    assert every(desk, t.Return)[1].to_card_cents == 3_333 + 18_000 - 150
    sound(desk)


def test_after_the_last_day_nothing_is_taken(desk: Desk, clock: FrozenClock, order: int) -> None:
    """The 30th day after the purchase is the last, until it ends in the desk's zone: at 5:00 in UTC."""
    clock.at = NOW.replace(month=12, day=2, hour=4, minute=59)
    opened(desk, order, back())
    clock.at += timedelta(minutes=1)
    for kind in ReturnKind:
        with refused(desk) as no:
            desk.do(OpenReturn(order, (back(SCARVES, 1, kind),)))
        assert "the last day was 1 Dec 2026" in str(no.value) and "HQ" in no.value.hint


def test_an_order_without_lines_comes_back_by_amount(desk: Desk, do: Done, ana: int) -> None:
    order = int(desk.do(AddOrderSummary(ana, OrderForm(BOUGHT, Cents(10_000)))).value)
    desk.do(PayByCard(order, VISA))
    with refused(desk, "name"):
        desk.do(OpenReturn(order, (Asked(None, cents=Cents(10)),)))
    with refused(desk, "amount"):
        desk.do(OpenReturn(order, (Asked(None, name="Coat"),)))
    do(OpenReturn(order, (Asked(None, name="Coat", cents=Cents(6_000)),)))
    with refused(desk, "amount") as no:
        desk.do(OpenReturn(order, (Asked(None, name="Hat", cents=Cents(4_001)),)))
    assert "Only $40" in str(no.value)
    do(OpenReturn(order, (Asked(None, 2, DAMAGED, name="Hat", cents=Cents(4_000)),)))
    assert [row.to_card_cents for row in every(desk, t.Return)] == [5_800, 4_000]
    assert due(desk, order) == 0
    sound(desk)


# ------------------------------------------------------------------- where money goes


def test_a_refund_goes_back_to_her_certificates_first(desk: Desk, do: Done, ana: int) -> None:
    """At most what each paid and is not yet back; the rest to the card that paid."""
    order = unpaid(desk, ana)

    def paid(work: Any) -> None:
        for number, (sold, used) in enumerate(((5_000, 3_000), (9_000, 9_000)), 1):
            gift = t.GiftCertificate(client_id=ana, number=f"GC{number}", currency="USD", sold_on=BOUGHT)
            gift.number = make_number(lambda them, at=number: them[at])
            work.session.add(gift)
            work.session.flush()
            for kind, cents, to in ((GiftMove.SOLD, sold, None), (GiftMove.REDEEMED, -used, order)):
                work.session.add(t.GiftMovement(gift_id=number, kind=kind, cents=cents, at=work.now, order_id=to))
        card = t.CardPayment(
            client_id=ana, order_id=order, paid_on=BOUGHT, cents=15_999, brand="Visa", last_four="4242"
        )
        work.session.add(card)

    desk.do(Do(paid))
    do(OpenReturn(order, (back(SCARVES, 2),)))  # $66.66 - $2
    assert desk.ask(lambda asking: balances(asking.session)) == {1: 5_000, 2: 3_466}
    second = int(do(OpenReturn(order, (back(COAT),))).value)
    assert desk.ask(lambda asking: balances(asking.session)) == {1: 5_000, 2: 9_000}
    card = every(desk, t.CardPayment)[-1]
    assert (card.cents, card.brand, card.last_four) == (-(17_800 - 5_534), "Visa", "4242")
    sound(desk)

    def spent(work: Any) -> None:
        work.session.add(t.GiftMovement(gift_id=2, kind=GiftMove.REDEEMED, cents=-9_000, at=work.now))

    desk.do(Do(spent))
    with refused(desk) as no:
        desk.do(CancelReturn(second))
    assert "spent since" in str(no.value)


def test_no_money_goes_back_that_was_never_paid(desk: Desk, do: Done, ana: int) -> None:
    """Of $279.99 a certificate paid $35: it gets that, less the fee; the rest is off what she owes, then nothing."""
    key = unpaid(desk, ana)
    (gift,) = desk.do(SellGift(ana, Cents(5_000), BOUGHT)).value
    desk.do(RedeemGift(only(desk, t.GiftCertificate).number, key, Cents(3_500)))
    do(OpenReturn(key, (back(COAT), back(SCARVES, 3))))
    row = only(desk, t.Return)
    assert (row.goods_cents, row.fee_cents, row.to_gift_cents, row.to_card_cents) == (27_999, 200, 3_300, 0)
    assert (every(desk, t.CardPayment), due(desk, key)) == ([], 0)
    sound(desk)
    do(CancelReturn(row.id))
    assert due(desk, key) == 24_499
    do(RefundGift(key, gift_id=gift))
    do(OpenReturn(key, (back(SCARVES, 3),)))  # all is due again: it costs the fee, and gives nothing
    row = every(desk, t.Return)[1]
    assert (row.fee_cents, row.to_gift_cents, row.to_card_cents, due(desk, key)) == (200, 0, 0, 18_200)
    do(PayByCard(key, VISA, Cents(200)))
    do(OpenReturn(key, (back(COAT),)))
    row = every(desk, t.Return)[2]
    assert (row.fee_cents, row.to_card_cents, due(desk, key)) == (0, 0, 0)
    sound(desk)


def test_a_host_gets_back_what_she_paid_herself(desk: Desk, do: Done, ana: int) -> None:
    """Nothing for the hat that her reward paid, half for the coat at half price; no item that she never had."""
    desk.do(AddHostEvent(HostEventForm("Tea", TODAY, TODAY, ana)))
    for _ in range(3):
        desk.do(AddOrderSummary(add_client(desk, "Bea"), OrderForm(TODAY, Cents(40_000), event_id=1)))
    words = "1 x Felt hat @ 96 reward\n1 x Coat @ 201 half price\n2 x Sock @ 10"
    desk.do(PlaceHostOrder(desk.do(EnterHostOrder(1, parse_host_lines(words, "USD"))).value))
    key = every(desk, t.Order)[-1].id
    desk.do(PayByCard(key, VISA))
    choices = desk.ask(return_choices, key).lines
    assert [(one.name, one.left, one.worth) for one in choices] == [
        ("Felt hat, by reward", 1, 0), ("Coat, at half price", 1, 10_050), ("Sock", 2, 2_000),
    ]  # fmt: skip
    hat, coat, sock = (one.line_id for one in choices)
    for wrong in (Asked(None, name="Felt hat", cents=Cents(9_600)), back(hat, 2), back(sock, 3)):
        with refused(desk, f"line_{wrong.line_id}" if wrong.line_id else None):
            desk.do(OpenReturn(key, (wrong,)))
    do(OpenReturn(key, (back(hat), back(coat), back(sock))))
    assert only(desk, t.Return).to_card_cents == 10_050 + 1_000 - 200
    with refused(desk, f"line_{hat}"):
        desk.do(OpenReturn(key, (back(hat),)))
    do(OpenReturn(key, (back(sock, 1, EXCHANGE, instead="red"),)))
    assert every(desk, t.OrderLine)[-1].name == "Sock, red"
    sound(desk)


def test_what_another_program_keeps_was_paid_there(desk: Desk, ana: int) -> None:
    """A shop's order, and one of an event's file that names no payment: the money goes to her card."""
    for at, source in enumerate(("shopify", "event_orders")):
        key = unpaid(desk, ana)

        def kept(work: Any, key: int = key, source: str = source) -> None:
            row = work.session.get(t.Order, key)
            row.source, row.kind = source, OrderKind.SHOP

        desk.do(Do(kept))
        coat = max(line.id for line in every(desk, t.OrderLine))
        opened(desk, key, back(coat))
        assert every(desk, t.Return)[at].to_card_cents == 17_800


def test_what_was_credited_otherwise_is_not_refunded_again(desk: Desk, ana: int, order: int) -> None:
    from stylistdesk.commands.sales import AddCreditMemo

    desk.do(AddCreditMemo(order, Cents(27_000), BOUGHT, reopens=False))
    with refused(desk) as no:
        desk.do(OpenReturn(order, (back(SCARVES, 1),)))
    assert "Only $9.99 of order PO1001 can still be refunded" in str(no.value)


# ------------------------------------------------------------------- exchanges and their chains


def test_an_exchange_sends_another_and_costs_nothing(desk: Desk, do: Done, ana: int, order: int) -> None:
    """Its order ships free; it is no purchase of hers, and no money moves."""
    do(OpenReturn(order, (back(SCARVES, 2, EXCHANGE, instead="navy"), back(COAT, 1, DAMAGED, replaced=True))))
    row, sent = only(desk, t.Return), every(desk, t.Order)[1]
    assert (row.goods_cents, row.fee_cents, row.to_card_cents, row.credit_id) == (0, 0, 0, None)
    assert (sent.id, sent.number, sent.total_cents, sent.status) == (
        row.exchange_order_id,
        "R2026-1001X",
        0,
        "placed",
    )
    with refused(desk) as no:
        desk.do(CancelOrder(sent.id))
    assert str(no.value).startswith("Order R2026-1001X is what is sent for return R2026-1001. Cancel R2026-1001 under")
    new = [(line.name, line.quantity) for line in every(desk, t.OrderLine) if line.order_id == sent.id]
    assert new == [("Silk scarf, navy", 2), ("Wool coat", 1)]
    assert only(desk, t.Client).order_count == 1
    do(MarkExchangeSent(row.id))
    assert (every(desk, t.Order)[1].status, only(desk, t.Return).exchange_sent_at) == ("shipped", NOW)
    with refused(desk):
        desk.do(CancelReturn(row.id))
    do(MarkExchangeSent(row.id, sent=False))
    do(CancelReturn(row.id))
    assert len(every(desk, t.Order)) == 1
    sound(desk)


def test_a_replacement_comes_back_for_what_the_original_cost(
    desk: Desk, do: Done, clock: FrozenClock, order: int
) -> None:
    """Down a chain of exchanges; the money is on the original order, and so is the window."""
    first = opened(desk, order, back(SCARVES, 2, EXCHANGE), back(COAT, 1, EXCHANGE))
    clock.at = NOW + timedelta(days=5)
    second_order = every(desk, t.Return)[0].exchange_order_id
    scarves, coat = (line.id for line in every(desk, t.OrderLine) if line.order_id == second_order)
    do(OpenReturn(second_order, (back(coat, 1, MIS_SHIPPED, replaced=True), back(scarves, 1))))
    row = every(desk, t.Return)[1]
    assert (row.order_id, row.root_order_id, row.goods_cents) == (second_order, order, 3_333)
    assert only(desk, t.CreditMemo).order_id == order
    (last_coat,) = (line.id for line in every(desk, t.OrderLine) if line.order_id == row.exchange_order_id)
    with refused(desk) as no:
        desk.do(CancelReturn(first))
    assert "comes back itself" in str(no.value)
    do(OpenReturn(row.exchange_order_id, (back(last_coat, 1),)))
    third = every(desk, t.Return)[2]
    assert (third.root_order_id, third.goods_cents, third.fee_cents) == (order, 18_000, 200)
    sound(desk)
    clock.at = NOW + timedelta(days=11)
    with refused(desk) as no:
        desk.do(OpenReturn(second_order, (back(scarves, 1),)))
    assert "1 Dec 2026" in str(no.value)


# ------------------------------------------------------------------- the host's rewards


@pytest.mark.parametrize("status", [None, HostOrderStatus.PENDING, HostOrderStatus.PLACED])
def test_redeemed_rewards_are_adjusted_and_not_reopened(
    desk: Desk, do: Done, ana: int, order: int, status: HostOrderStatus | None
) -> None:
    host = add_client(desk, "Bea Okafor")

    def held(work: Any) -> None:
        event = t.HostEvent(client_id=host, name="Tea", code="tea", opens_on=BOUGHT, closes_on=BOUGHT)
        work.session.add(event)
        work.session.flush()
        for key in (order, *more):
            work.session.get(t.Order, key).event_id = event.id
        if status is not None:
            hers = t.HostOrder(event_id=event.id, client_id=host, number="H1", status=status, entered_at=work.now)
            hers.reward_cents, hers.half_price_items = 7_200, 2
            work.session.add(hers)

    more = [int(desk.do(AddOrderSummary(ana, OrderForm(BOUGHT, Cents(10_000)))).value) for _ in range(2)]
    desk.do(Do(held))  # $479.99: 15 % is $72, and two half-price items
    outcome = do(OpenReturn(order, (back(COAT),)))  # $299.99: 10 % is $30, and one
    assert desk.ask(lambda asking: sum(one.base for one in event_orders(asking.session))) == 29_999
    if status is HostOrderStatus.PLACED:
        posted = only(desk, t.RewardAdjustment)
        assert (posted.cents, posted.half_price_items, posted.return_id) == (-4_200, -1, only(desk, t.Return).id)
        assert "so -$42.00 and -1 half-price item is posted as an adjustment" in outcome.label
        assert only(desk, t.HostOrder).status == "placed"
    else:
        assert every(desk, t.RewardAdjustment) == []
        assert "the host's rewards change from $72 to $30" in outcome.label
    do(CancelReturn(only(desk, t.Return).id))
    assert every(desk, t.RewardAdjustment) == every(desk, t.CreditMemo) == []
    assert only(desk, t.CardPayment).cents > 0


# ------------------------------------------------------------------- afterwards


def test_each_step_can_be_taken_back(desk: Desk, do: Done, order: int) -> None:
    key = opened(desk, order, back(COAT))
    steps: list[tuple[Callable[[], Command], str, Any]] = [
        (lambda: PassOn(key), "passed_on_at", NOW),
        (lambda: PassOn(key, passed_on=False), "passed_on_at", None),
        (lambda: MarkReceived(key), "received_at", NOW),
        (lambda: EditReturn(key, "came in a bag"), "note", "came in a bag"),
    ]
    for make, column, value in steps:
        do(make())
        assert getattr(only(desk, t.Return), column) == value
    with refused(desk) as no:
        desk.do(CancelReturn(key))
    assert "received" in str(no.value)
    with refused(desk):
        desk.do(MarkExchangeSent(key))
    do(MarkReceived(key, received=False))
    do(CancelReturn(key))
    for command in (PassOn(key), MarkReceived(key), CancelReturn(key), EditReturn(key, "")):
        with refused(desk):
            desk.do(command)


def test_what_a_return_hangs_on_stays(desk: Desk, do: Done, ana: int, order: int) -> None:
    """Its credit goes only with it, its order and the line only without it."""
    key = opened(desk, order, back(COAT), back(SCARVES, 2))
    with refused(desk):
        desk.do(RemoveCreditMemo(only(desk, t.CreditMemo).id))
    with refused(desk):
        desk.do(RemoveOrder(order))
    for words in (LINES.splitlines()[0], LINES.replace("3 x", "1 x")):
        with refused(desk, "lines"):
            desk.do(EditOrder(order, OrderForm(BOUGHT, lines=parse_lines(words + "\n9 x Hat @ 99", "USD"))))
    do(CancelReturn(key))
    do(EditOrder(order, OrderForm(BOUGHT, lines=parse_lines(LINES.splitlines()[0] + "\n9 x Hat @ 99", "USD"))))
    do(RemoveOrder(order))
    assert every(desk, t.Return) == every(desk, t.ReturnLine) == []


def test_removing_her_removes_them(desk: Desk, do: Done, ana: int, order: int) -> None:
    opened(desk, order, back(COAT), back(SCARVES, 1, EXCHANGE))
    do(DeleteClient(ana))
    assert every(desk, t.Return) == every(desk, t.ReturnLine) == every(desk, t.Order) == []


@pytest.mark.parametrize("kind", ["return", "exchange"])
def test_done_in_the_queue_does_what_was_owed(desk: Desk, do: Done, ana: int, order: int, kind: str) -> None:
    """`d` on rule 15 passes the Return ID on, or sends the exchange: it does not come back."""
    key = opened(desk, order, back(COAT, 1, EXCHANGE))
    outcome: Outcome = do(CompleteFollowUp(ana, 0, rule="pass_on", subject=f"{kind}:{key}"))
    row = only(desk, t.Return)
    assert (row.passed_on_at, row.exchange_sent_at) == ((NOW, None) if kind == "return" else (None, NOW))
    assert outcome.label.startswith("Completed follow-up with Ana Ruiz")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE return_line SET quantity = 4", "Order PO1001: 4 of “Silk scarf” came back, and only 3 were bought"),
        ("UPDATE return_line SET cents = 1", "Return R2026-1001: its sums are not those of its lines"),
        (
            "UPDATE card_payment SET cents = -1",
            "Return R2026-1001: what was credited and paid back is not what it came to",
        ),
    ],
)
def test_the_check_tells_what_cannot_be_right(desk: Desk, order: int, sql: str, said: str) -> None:
    opened(desk, order, back())
    desk.do(Do(lambda work: work.session.connection().exec_driver_sql(sql)))
    assert said in desk.do(CheckDesk()).value.problems


def test_the_check_tells_of_more_of_a_card_than_four_digits(desk: Desk, order: int) -> None:
    opened(desk, order, back())
    said = "1 card payments that keep something else than the last four digits"
    for four, problems in (("4242", ()), ("", ()), ("42424", (said,)), ("42a2", (said,))):
        sql = f"UPDATE card_payment SET last_four = '{four}' WHERE cents < 0"
        desk.do(Do(lambda work, sql=sql: work.session.connection().exec_driver_sql(sql)))
        assert desk.preview(CheckDesk()).value.problems == problems


def test_what_comes_back_before_it_was_sent_need_not_leave_and_costs_no_commission(desk: Desk, ana: int) -> None:
    """Ship offered all of it, and she had earned less than nothing; what left later than its return is the rest."""
    desk.do(SetRate(RateKey(RateScope.REP), BasisPoints(1_000), None, None))
    key = unpaid(desk, ana)
    row = opened(desk, key, back(COAT))

    def stands() -> tuple[int, int]:
        page = desk.ask(order_page, key)
        assert page is not None
        return page.row.left_to_ship, page.row.earned

    assert stands() == (9_999, 0)
    with refused(desk, "amount"):
        desk.do(ShipOrder(key, TODAY, Cents(10_000)))
    desk.do(ShipOrder(key, TODAY))
    assert stands() == (0, 1_000)
    sound(desk)
    desk.do(CancelReturn(row))
    assert stands() == (18_000, 1_000)
    desk.do(ShipOrder(key, TODAY))
    desk.do(OpenReturn(key, (back(),)))
    assert stands()[0] == 0
    sound(desk)
