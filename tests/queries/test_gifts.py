"""The list of gift certificates, one in full, and the orders that one can pay for."""

from datetime import timedelta

import pytest

from stylistdesk.commands.gifts import CorrectGift, SellGift, SendGift
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.commands.paying import PayByCard, RedeemGift, RefundGift
from stylistdesk.db.tables import Order
from stylistdesk.desk import Desk
from stylistdesk.domain.gifts import Card
from stylistdesk.domain.types import Cents, GiftMove
from stylistdesk.queries.gifts import GiftSums, gift_page, gift_sums, gifts, orders_called, orders_to_pay
from tests.commands.doing import Do
from tests.conftest import NOW
from tests.helpers import add_client

TODAY = NOW.date()


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Four certificates: one for Zoë, one partly used, one corrected and used up, one for Aunt Lou, which was sent."""
    for name in ("Ana Ruiz", "Zoë 50% Park"):
        add_client(desk, name)
    for dollars, whom in ((50, "Zoë 50% Park"), (40, ""), (30, ""), (20, "Aunt Lou")):
        desk.do(SellGift(1, Cents(dollars * 100), TODAY - timedelta(days=dollars), whom))
    for total in (25, 100):
        desk.do(AddOrderSummary(2, OrderForm(TODAY, Cents(total * 100))))
    numbers = {row.id: row.number for row in desk.ask(gifts).rows}
    desk.do(RedeemGift(numbers[2], 1))
    desk.do(CorrectGift(3, Cents(3_500), "it was 35"))
    desk.do(RedeemGift(numbers[3], 2))
    desk.do(PayByCard(2, Card("Visa", "4242"), Cents(500)))
    desk.do(SendGift(4))
    return desk


def test_the_list_says_what_is_left_of_how_much(full: Desk) -> None:
    listed = full.ask(gifts)
    assert [(r.id, r.whom, r.worth, r.left, bool(r.used_at), bool(r.sent_at)) for r in listed.rows] == [
        (4, "Aunt Lou", 2_000, 2_000, False, True),
        (3, "", 3_500, 0, True, False),
        (2, "", 4_000, 1_500, True, False),
        (1, "Zoë 50% Park", 5_000, 5_000, False, False),
    ]
    assert listed.next is None
    assert full.ask(gift_sums) == GiftSums(4, 3, (("USD", Cents(8_500)),), 2)


def test_it_comes_a_page_at_a_time(full: Desk) -> None:
    """A long list is not read whole."""
    first = full.ask(gifts, limit=3)
    rest = full.ask(gifts, before=first.next, limit=3)
    assert [row.id for page in (first, rest) for row in page.rows] == [4, 3, 2, 1]
    assert rest.next is None


@pytest.mark.parametrize(
    ("words", "ids"),
    [("zoe", [1]), ("50%", [1]), ("lou ana", [4]), ("nobody", []), ("%", [1]), ("", [4, 3, 2, 1]), ("_", [])],
)
def test_it_is_found_by_names(full: Desk, words: str, ids: list[int]) -> None:
    assert [row.id for row in full.ask(gifts, words).rows] == ids


def test_it_is_found_by_its_number_however_that_is_typed(full: Desk) -> None:
    number = full.ask(gifts).rows[2].number
    for typed in (number, number.lower().replace("0", "o"), f"{number[:2]}-{number[2:6]}", number[4:]):
        assert 2 in [row.id for row in full.ask(gifts, typed).rows]


def test_one_in_full_tells_what_it_paid_for(full: Desk) -> None:
    full.do(RefundGift(2, Cents(1_000), gift_id=3, note="the scarf"))
    page = full.ask(gift_page, 3)
    assert page is not None
    assert [(m.kind, m.cents, m.order, m.client, m.note) for m in page.moves] == [
        (GiftMove.SOLD, 3_000, "", "", ""),
        (GiftMove.CORRECTED, 500, "", "", "it was 35"),
        (GiftMove.REDEEMED, -3_500, "S1002", "Zoë 50% Park", ""),
        (GiftMove.REFUNDED, 1_000, "S1002", "Zoë 50% Park", "the scarf"),
    ]
    [paid] = page.orders
    assert (paid.here, paid.order.by_gifts, paid.order.by_card, paid.order.due) == (2_500, 2_500, 500, 7_000)
    assert paid.cards == (("Visa 4242", 500),)
    assert (page.row.left, page.row.worth) == (1_000, 3_500)
    assert full.ask(gift_page, 9) is None


def test_orders_are_offered_and_found_by_their_number(full: Desk) -> None:
    """Each shop numbers its own orders: two of one number are told apart by whose they are."""
    assert [order.number for order in full.ask(orders_to_pay, (1, 2))] == ["S1002"]
    assert [order.order_id for order in full.ask(orders_called, " s1001 ")] == [1]
    full.do(AddOrderSummary(1, OrderForm(TODAY, Cents(100), number="S1003")))
    shop = {"source": "shopify", "number": "S1001"}
    full.do(Do(lambda work: [setattr(work.session.get(Order, 3), name, value) for name, value in shop.items()]))
    for typed, clients, ids in (
        ("S1001", (), {1, 3}),
        ("S1001", (1, 2), {1, 3}),
        ("S1001", (1,), {3}),
        ("", (), set()),
        ("S9", (), set()),
    ):
        assert {order.order_id for order in full.ask(orders_called, typed, clients)} == ids
