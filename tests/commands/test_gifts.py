"""Gift certificates: sold, sent, redeemed, refunded, corrected; each a step that can be taken back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest

from stylistdesk.commands.base import Command
from stylistdesk.commands.carts import SellCart
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import AddClient, ClientForm, DeleteClient
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.commands.gifts import CorrectGift, DeleteGift, EditGift, SellGift, SendGift, UnsendGift
from stylistdesk.commands.host_events import AddHostEvent, HostEventForm
from stylistdesk.commands.merging import MergeClients
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, EditOrder, OrderForm, RemoveOrder
from stylistdesk.commands.paying import PayByCard, RedeemGift, RefundGift, RemoveCardPayment
from stylistdesk.commands.returns import OpenReturn
from stylistdesk.commands.sales import AddCreditMemo, CancelOrder
from stylistdesk.commands.triage import LogMessage
from stylistdesk.commands.work import AddTask
from stylistdesk.db import gifts
from stylistdesk.db.event_orders import event_orders
from stylistdesk.db.tables import GiftCertificate, HostEvent, Order
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import NotUndoable, Refused
from stylistdesk.domain.gifts import BY_ITSELF, IN_AN_EVENT, ONLY_FOUR, Card, make_number
from stylistdesk.domain.order_lines import TypedLine, parse_lines
from stylistdesk.domain.periods import period_of
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.types import Cents, Channel, MessageKind, PeriodKind
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.clients import going_with
from stylistdesk.queries.metrics import metrics
from stylistdesk.queries.sales import orders_of
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.conftest import NOW
from tests.helpers import add_client, dump

TODAY = NOW.date()
VISA = Card("Visa", "4242")


@pytest.fixture
def done(desk: Desk) -> Done:
    """Three clients; whatever is done is taken back and done again on the way."""
    for name in ("Ana Ruiz", "Bea Okafor", "Cleo Marsh"):
        add_client(desk, name, email=f"{name[:3].lower()}@example.com")
    return Done(desk)


def sold(done: Done, dollars: int = 50, client: int = 1, **more: object) -> int:
    [gift_id] = done(SellGift(client, Cents(dollars * 100), TODAY, **more)).value  # type: ignore[arg-type]
    return int(gift_id)


def ordered(done: Done, dollars: int, client: int = 1) -> int:
    return int(done(AddOrderSummary(client, OrderForm(TODAY, Cents(dollars * 100)))).value)


def number(desk: Desk, gift_id: int) -> str:
    return gift(desk, gift_id).number


def gift(desk: Desk, gift_id: int) -> GiftCertificate:
    found = desk.ask(lambda asking: asking.session.get(GiftCertificate, gift_id))
    assert found is not None
    return found


def left(desk: Desk, gift_id: int) -> int:
    return desk.ask(lambda asking: gifts.balances(asking.session, (gift_id,)))[gift_id]


def due(desk: Desk, order_id: int) -> int:
    found = desk.ask(lambda asking: gifts.due_of(asking.session, order_id))
    assert found is not None
    return found.due


def to_give_back(desk: Desk, order_id: int) -> int:
    found = desk.ask(lambda asking: gifts.due_of(asking.session, order_id))
    assert found is not None
    return found.to_give_back


def test_several_are_sold_at_once_each_with_its_own_number(desk: Desk, done: Done) -> None:
    """For the bridesmaids; the one for a client is hers, another only has a name on it."""
    outcome = done(SellGift(1, Cents(5_000), TODAY, whom="bea  okafor", count=3, note="wedding"))
    assert outcome.label == "Sold 3 gift certificates, $150 to Ana Ruiz"
    assert outcome.client_ids == (1, 2)
    three = [gift(desk, key) for key in outcome.value]
    assert len({one.number for one in three}) == 3
    assert {(one.for_client_id, one.for_name, one.note) for one in three} == {(2, "", "wedding")}
    other = gift(desk, sold(done, whom="Aunt Lou"))
    assert (other.for_client_id, other.for_name) == (None, "Aunt Lou")


def test_it_is_never_sold_in_an_event(desk: Desk, done: Done) -> None:
    with refused(desk, "event_id") as no:
        desk.do(SellGift(1, Cents(5_000), TODAY, event_id=1))
    assert no.value.reason == IN_AN_EVENT


@pytest.mark.parametrize(
    ("cents", "days", "more", "field"),
    [
        (0, 0, {}, "amount"),
        (-100, 0, {}, "amount"),
        (100, 1, {}, "sold_on"),
        (100, 0, {"count": 0}, "count"),
        (100, 0, {"note": "card 4242 4242 4242 4242"}, "note"),
        (100, 0, {"whom": "4242424242424242"}, "whom"),
        (100, 0, {"number": "GC1234567"}, "number"),
    ],
)
def test_a_sale_is_refused(desk: Desk, done: Done, cents: int, days: int, more: dict[str, object], field: str) -> None:
    with refused(desk, field):
        desk.do(SellGift(1, Cents(cents), TODAY + timedelta(days), **more))  # type: ignore[arg-type]


def test_it_pays_in_part_and_across_orders(desk: Desk, done: Done) -> None:
    """What is left stays on it, until nothing is."""
    one, small, large = sold(done, 50), ordered(done, 30, client=2), ordered(done, 100)
    typed = number(desk, one).lower().replace("0", "o")
    done(RedeemGift(f"{typed[:2]} {typed[2:6]}-{typed[6:]}", small))
    assert (left(desk, one), due(desk, small)) == (2_000, 0)
    done(RedeemGift(typed, large, Cents(500)))
    assert (left(desk, one), due(desk, large)) == (1_500, 9_500)
    with refused(desk, "amount") as no:
        desk.do(RedeemGift(typed, large, Cents(1_501)))
    assert no.value.reason == f"Only $15 is left on {number(desk, one)}."
    with refused(desk, "order"):
        desk.do(RedeemGift(typed, small))
    done(RedeemGift(typed, large))
    with refused(desk, "number"):
        desk.do(RedeemGift(typed, large))


def test_several_pay_for_one_order_and_the_rest_is_on_a_card(desk: Desk, done: Done) -> None:
    order, one, two = ordered(done, 120), sold(done, 50), sold(done, 40, client=2)
    done(RedeemGift(number(desk, one), order))
    outcome = done(RedeemGift(number(desk, two), order, rest=VISA))
    assert outcome.label.endswith("on order S1001, and $30 by card")
    assert due(desk, order) == 0
    [row] = dump(desk)["card_payment"]
    assert row[4:7] == (3_000, "Visa", "4242")
    with refused(desk, "order"):
        desk.do(PayByCard(order, VISA))
    other = ordered(done, 10)
    with refused(desk, "amount"):
        desk.do(PayByCard(other, VISA, Cents(1_001)))


@pytest.mark.parametrize(
    "typed", ["4242424242424242", "4242 4242 4242 4242", "1234567890123", "1" * 19, "4242-4242-4242-4"]
)
def test_no_card_number_is_kept_anywhere(desk: Desk, done: Done, typed: str) -> None:
    """Not in any field, not in any note, and not in the history."""
    one, order = sold(done), ordered(done, 80)
    done(RedeemGift(number(desk, one), order))
    cart = OrderForm(TODAY, lines=parse_lines("1 x Coat @ 10", "USD"), description=typed)
    for command in (
        SellGift(1, Cents(100), TODAY, note=typed),
        SellGift(1, Cents(100), TODAY, whom=typed),
        EditGift(one, note=f"her card: {typed}"),
        EditGift(one, whom=typed),
        CorrectGift(one, Cents(100), typed),
        PayByCard(order, Card("Visa", typed)),
        PayByCard(order, Card(typed, "4242")),
        RedeemGift(number(desk, sold(done)), order, Cents(100), Card("Visa", typed)),
        RefundGift(order, note=typed),
        SellCart(1, cart),
        SendGift(one, LogMessage(1, Channel.EMAIL, "ana@example.com", "", typed, MessageKind.ORDER)),
    ):
        before = dump(desk)
        with pytest.raises(Refused) as no:
            desk.do(command)
        assert no.value.reason == ONLY_FOUR
        assert dump(desk) == before


CARD = "(4111) 1111\n1111 / 1111"


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: AddHostEvent(HostEventForm(CARD, TODAY, TODAY)), "name"),
        (lambda: AddHostEvent(HostEventForm("Party", TODAY, TODAY, place=CARD)), "place"),
        (lambda: AddOrderSummary(1, OrderForm(TODAY, Cents(100), number=CARD)), "number"),
        (lambda: AddOrderSummary(1, OrderForm(TODAY, Cents(100), rep=CARD)), "rep"),
        (lambda: AddOrderSummary(1, OrderForm(TODAY, Cents(100), origin=CARD)), "origin"),
        (lambda: AddPurchaseOrder(1, OrderForm(TODAY, lines=(TypedLine(f"Coat {CARD}", 1, Cents(100)),))), "name"),
        (lambda: OpenReturn(1, (Asked(1, 1, is_replaced=True, instead=f"for Visa {CARD}"),)), "instead"),
        (lambda: AddClient(ClientForm(CARD)), "name"),
    ],
)
def test_a_card_number_is_refused_whatever_is_typed_into(
    desk: Desk, done: Done, make: Callable[[], Command], field: str
) -> None:
    """Not only in notes: nothing that she types keeps one."""
    done(AddPurchaseOrder(1, cart("1 x Coat @ 50")))
    with refused(desk, field) as no:
        desk.do(make())
    assert ONLY_FOUR in no.value.reason


def test_a_refund_goes_to_the_certificates_first(desk: Desk, done: Done) -> None:
    """And to each at most what it paid for that order."""
    order, other, one, two = ordered(done, 120), ordered(done, 10), sold(done, 50), sold(done, 40)
    for key in (one, two):
        done(RedeemGift(number(desk, key), order))
    done(PayByCard(order, Card("Amex", "0005"), Cents(1_000)))
    done(PayByCard(order, VISA))
    with refused(desk, "amount"):
        desk.do(RefundGift(order, Cents(12_001)))
    with refused(desk, "order"):
        desk.do(RefundGift(other, gift_id=one))
    done(RefundGift(order, Cents(6_000), gift_id=two))
    assert (left(desk, one), left(desk, two)) == (2_000, 4_000)
    outcome = done(RefundGift(order))
    assert outcome.label == "Gave back $30 to certificates and $30 to the card for order S1001"
    assert (left(desk, one), left(desk, two), due(desk, order)) == (5_000, 4_000, 12_000)
    assert [row[4:7] for row in dump(desk)["card_payment"]][2:] == [(-2_000, "Visa", "4242"), (-1_000, "Amex", "0005")]
    with refused(desk, "order"):
        desk.do(RefundGift(order))


def test_what_was_taken_back_of_an_order_is_not_due(desk: Desk, done: Done) -> None:
    """Cancelled and credited parts are no longer to be paid."""
    order, one = ordered(done, 100), sold(done, 150)
    done(CancelOrder(order, Cents(2_000)))
    done(AddCreditMemo(order, Cents(1_000), TODAY, reopens=False))
    with refused(desk, "amount"):
        desk.do(RedeemGift(number(desk, one), order, Cents(7_001)))
    done(RedeemGift(number(desk, one), order))
    assert (left(desk, one), due(desk, order)) == (8_000, 0)


def test_an_order_that_a_certificate_pays_stays(desk: Desk, done: Done) -> None:
    """Removed, the money would be gone; given back, the order may go."""
    order, one = ordered(done, 100), sold(done, 50)
    done(RedeemGift(number(desk, one), order))
    with refused(desk):
        desk.do(RemoveOrder(order))
    done(RefundGift(order))
    done(RemoveOrder(order))
    assert left(desk, one) == 5_000


def test_cancelling_gives_back_what_is_owed_no_longer(desk: Desk, done: Done) -> None:
    """To the certificates in the same step; what her card is owed stays in sight until it went back."""
    order, one, two = ordered(done, 640), sold(done, 50), sold(done, 95, client=2)
    for key in (one, two):
        done(RedeemGift(number(desk, key), order))
    done(PayByCard(order, VISA, Cents(24_000)))
    outcome = done(CancelOrder(order, Cents(40_000)))
    assert outcome.label == (
        f"Cancelled $400 of order S1001 of Ana Ruiz, $50 back to {number(desk, one)}, $95 back to {number(desk, two)}"
    )
    assert outcome.client_ids == (1, 2)
    assert (left(desk, one), left(desk, two), due(desk, order), to_give_back(desk, order)) == (5_000, 9_500, 0, 0)
    outcome = done(CancelOrder(order))
    assert outcome.label == "Cancelled $240 of order S1001 of Ana Ruiz, $240 to give back to her card"
    assert to_give_back(desk, order) == 24_000
    done(RefundGift(order, Cents(24_000)))
    assert (to_give_back(desk, order), due(desk, order)) == (0, 0)


def test_an_order_that_costs_less_now_gives_back_what_is_owed_no_longer(desk: Desk, done: Done) -> None:
    order, one = ordered(done, 150), sold(done, 60)
    done(RedeemGift(number(desk, one), order, rest=VISA))
    outcome = done(EditOrder(order, OrderForm(TODAY, Cents(5_000), number="S1001")))
    assert (
        outcome.label
        == f"Edited order S1001 of Ana Ruiz, $60 back to {number(desk, one)}, $40 to give back to her card"
    )
    assert (left(desk, one), to_give_back(desk, order), due(desk, order)) == (6_000, 4_000, 0)
    assert done(EditOrder(order, OrderForm(TODAY, Cents(5_000), description="blue"))).label.endswith("of Ana Ruiz")


def test_the_fee_of_a_return_is_not_to_be_given_back(desk: Desk, done: Done) -> None:
    """She paid 50, got 48 back, and the fee stays here."""
    order = done(AddPurchaseOrder(1, cart("1 x Coat @ 50"))).value
    done(PayByCard(order, VISA))
    (line,) = dump(desk)["order_line"]
    done(OpenReturn(order, (Asked(line[0], 1),)))
    assert (due(desk, order), to_give_back(desk, order)) == (0, 0)


def test_a_card_payment_is_removed_unless_it_went_back(desk: Desk, done: Done) -> None:
    order = ordered(done, 100)
    done(PayByCard(order, VISA, Cents(4_000)))
    done(RefundGift(order, Cents(100)))
    with refused(desk):
        desk.do(RemoveCardPayment(1))
    desk.undo()
    done(RemoveCardPayment(1))
    assert due(desk, order) == 10_000


def test_what_it_was_sold_at_is_changed_only_before_it_is_used(desk: Desk, done: Done) -> None:
    one, order = sold(done, 50), ordered(done, 20)
    done(EditGift(one, "Aunt Lou", "for Lou", Cents(6_000), TODAY - timedelta(days=3)))
    assert left(desk, one) == 6_000
    done(RedeemGift(number(desk, one), order))
    done(EditGift(one, "Bea Okafor", "", Cents(6_000)))
    assert gift(desk, one).for_client_id == 2
    with refused(desk, "amount"):
        desk.do(EditGift(one, "", "", Cents(5_000)))


def test_a_correction_has_a_reason(desk: Desk, done: Done) -> None:
    one = sold(done, 50)
    for balance, reason, field in ((4_000, "  ", "reason"), (-1, "so", "balance"), (5_000, "so", "balance")):
        with refused(desk, field):
            desk.do(CorrectGift(one, Cents(balance), reason))
    done(CorrectGift(one, Cents(4_000), "sold at 40"))
    assert left(desk, one) == 4_000
    with refused(desk):
        desk.do(DeleteGift(one))
    two = sold(done)
    done(DeleteGift(two))
    assert [row[0] for row in dump(desk)["gift_certificate"]] == [one]


def test_the_number_is_sent_with_a_message_or_by_hand(desk: Desk, done: Done) -> None:
    """Who gets it has not consented to anything: a notice goes to her all the same, once it says who sends it."""
    one = sold(done, whom="Bea Okafor")
    letter = LogMessage(2, Channel.EMAIL, "bea@example.com", "For you", number(desk, one), MessageKind.ORDER)
    with refused(desk):
        desk.do(SendGift(one, LogMessage(3, Channel.EMAIL, "cle@example.com", "", "x", MessageKind.ORDER)))
    with refused(desk, "address"):
        desk.do(SendGift(one, LogMessage(2, Channel.EMAIL, "bea@example.com", "", "x")))
    assert done(SendGift(one, letter)).label == f"Sent gift certificate {number(desk, one)} to Bea Okafor"
    assert (gift(desk, one).sent_at, len(dump(desk)["message"])) == (NOW, 1)
    done(UnsendGift(one))
    with refused(desk):
        desk.do(UnsendGift(one))
    done(SendGift(one))
    assert (gift(desk, one).sent_at, len(dump(desk)["message"])) == (NOW, 1)


# ---------------------------------------------------------------- a mixed cart


def an_event(desk: Desk, *, closed: bool = False) -> int:
    event = HostEvent(
        client_id=3, name="Cleo's party", code="CLEO", opens_on=TODAY - timedelta(days=3), closes_on=TODAY,
        closed_at=NOW if closed else None,
    )  # fmt: skip
    desk.do(Do(lambda work: work.session.add(event)))
    return len(dump(desk)["host_event"])


def cart(words: str, **more: object) -> OrderForm:
    return OrderForm(TODAY, lines=parse_lines(words, "USD"), **more)  # type: ignore[arg-type]


def test_a_mixed_cart_is_split_in_one_step(desk: Desk, done: Done) -> None:
    """The coat counts for the event; the certificates count for nothing until they pay."""
    event = an_event(desk)
    outcome = done(SellCart(1, cart("1 x Coat @ 240\n2 x Gift certificate for Bea Okafor @ 50", event_id=event)))
    assert outcome.label == "Sold order PO1001 and 2 gift certificates, $100 to Ana Ruiz"
    order_id, ids = outcome.value.order_id, outcome.value.gift_ids
    assert [(one.order_id, one.base) for one in desk.ask(lambda asking: event_orders(asking.session))] == [
        (order_id, 24_000)
    ]
    assert [(gift(desk, key).order_id, gift(desk, key).for_client_id) for key in ids] == [(order_id, 2)] * 2
    assert [row[6] for row in dump(desk)["order_line"]] == [1]
    assert done(SellCart(1, cart("1 x Gift certificate @ 50"))).value.order_id is None
    assert done(SellCart(1, cart("1 x Coat @ 50"))).value.gift_ids == ()


def test_what_is_bought_with_it_counts_for_the_event(desk: Desk, done: Done) -> None:
    event = an_event(desk)
    order = done(SellCart(1, cart("1 x Coat @ 240", event_id=event))).value.order_id
    done(RedeemGift(number(desk, sold(done, 240)), order))
    assert [one.base for one in desk.ask(lambda asking: event_orders(asking.session))] == [24_000]


def test_selling_one_is_no_sale_and_buying_with_it_is(desk: Desk, done: Done) -> None:
    """Else the same money would be counted twice: as it is sold, and as it pays."""
    month = period_of(TODAY, PeriodKind.MONTH)
    before = desk.ask(metrics, month).cards
    one = sold(done, 240)
    assert desk.ask(metrics, month).cards == before
    assert desk.ask(orders_of, 1).rows == ()
    order = ordered(done, 240)
    bought = desk.ask(metrics, month).cards
    assert bought != before
    done(RedeemGift(number(desk, one), order))
    assert desk.ask(metrics, month).cards == bought


@pytest.mark.parametrize(
    ("words", "closed", "days", "field"),
    [
        ("1 x Gift certificate @ 50", False, 0, "event_id"),
        ("1 x Coat @ 50", True, 0, "event_id"),
        ("1 x Coat @ 50", False, 4, "event_id"),
        ("", False, 0, "lines"),
    ],
)
def test_a_cart_is_refused(desk: Desk, done: Done, words: str, closed: bool, days: int, field: str) -> None:
    event = an_event(desk, closed=closed)
    form = OrderForm(TODAY - timedelta(days), lines=parse_lines(words, "USD"), event_id=event)
    with refused(desk, field):
        desk.do(SellCart(1, form))


def test_a_certificate_is_no_line_of_an_order(desk: Desk, done: Done) -> None:
    """It would count as a sale, and for an event; so would one that is written into an order later."""
    event = an_event(desk)
    with refused(desk, "lines"):
        desk.do(AddPurchaseOrder(1, cart("1 x Coat @ 50\n1 x Gift certificate @ 50")))
    order = done(AddPurchaseOrder(1, cart("1 x Coat @ 50", event_id=event))).value
    with refused(desk, "lines"):
        desk.do(EditOrder(order, cart("1 x Coat @ 50\n1 x Holiday gift certificate @ 50")))


def test_a_sum_of_certificates_does_not_go_into_an_event(desk: Desk, done: Done) -> None:
    """What is paid with one does."""
    event, said = an_event(desk), {"description": "Gift certificate"}
    with refused(desk, "description") as no:
        desk.do(AddOrderSummary(1, OrderForm(TODAY, Cents(5_000), event_id=event, **said)))
    assert (no.value.reason, no.value.hint) == (IN_AN_EVENT, BY_ITSELF)
    done(AddOrderSummary(1, OrderForm(TODAY, Cents(5_000), **said)))
    paid = OrderForm(TODAY, Cents(5_000), event_id=event, description="Coat, paid by gift certificate")
    order = done(AddOrderSummary(1, paid)).value
    with refused(desk, "description"):
        desk.do(EditOrder(order, OrderForm(TODAY, Cents(5_000), event_id=event, **said)))


# --------------------------------------------------------- whatever happens to it


def test_an_earlier_step_is_not_taken_back_from_under_a_later_one(desk: Desk, done: Done) -> None:
    """The history lets her take back any step; one that put money on which was spent since stays."""
    one, order = sold(done, 10), ordered(done, 50)
    desk.do(CorrectGift(one, Cents(5_000), "it was 50"))
    corrected = desk.ask(_last_command)
    desk.do(RedeemGift(number(desk, one), order))
    desk.do(CorrectGift(one, Cents(100), "a little more"))  # not what spends it
    spent = f"“Redeemed \\$50 of {number(desk, one)} on order S1001” \\(today 9:42\\) depends on"
    before = dump(desk)
    with pytest.raises(NotUndoable, match=spent) as no:
        desk.undo(corrected)
    assert no.value.hint == "Undo that one first."
    assert dump(desk) == before
    desk.undo()
    desk.undo()
    desk.undo(corrected)
    assert left(desk, one) == 1_000


def _last_command(asking: Asking) -> int:
    found = asking.session.connection().exec_driver_sql("SELECT max(id) FROM journal_command WHERE kind = 'do'")
    return int(found.scalar_one())


def test_a_redemption_is_not_taken_back_once_it_was_given_back(desk: Desk, done: Done) -> None:
    """The certificate would have 70 of the 50 it was sold at."""
    one, order = sold(done, 50), ordered(done, 20)
    desk.do(RedeemGift(number(desk, one), order))
    redeemed = desk.ask(_last_command)
    done(RefundGift(order))
    before = dump(desk)
    with pytest.raises(NotUndoable, match=r"“Gave back .* for order S1001” \(today 9:42\) depends on"):
        desk.undo(redeemed)
    assert dump(desk) == before


def test_a_merge_and_a_removal_leave_every_balance_as_it_was(desk: Desk, done: Done) -> None:
    """The order it paid for may go with its client; the certificate of another does not get its money back."""
    one, order = sold(done, 50, client=1, whom="Bea Okafor"), ordered(done, 20, client=2)
    done(RedeemGift(number(desk, one), order, Cents(2_000)))
    done(MergeClients(3, 2))
    assert gift(desk, one).for_client_id == 3
    done(DeleteClient(3))
    assert (left(desk, one), gift(desk, one).for_client_id) == (3_000, None)
    done(DeleteClient(1))
    assert (dump(desk)["gift_certificate"], dump(desk)["gift_movement"]) == ([], [])


def test_a_certificate_that_another_holds_or_has_used_keeps_its_buyer(
    desk: Desk, done: Done, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left on it is Bea's, and what it paid is off her order; one that nobody got goes with its buyer."""
    one, order, own = sold(done, 50, client=1, whom="Bea Okafor"), ordered(done, 80, client=2), sold(done, 20, client=1)
    named = gift(desk, one).number
    assert desk.ask(going_with, 1) == (
        f"gift certificate {named} ($50 left)",
        f"gift certificate {number(desk, own)} ($20 left)",
    )
    with pytest.raises(Refused, match=rf"{named} for Bea Okafor: \$50 is left on it"):
        desk.do(DeleteClient(1))
    done(RedeemGift(named, order))
    with pytest.raises(Refused, match=f"{named}, which has paid for order S1001 of Bea Okafor. Merge"):
        desk.do(DeleteClient(1))
    monkeypatch.setattr("stylistdesk.commands.clients.refuse_if_others_need", lambda *_: None)  # as it once was
    desk.do(DeleteClient(1))
    (said,) = desk.preview(CheckDesk()).value.problems
    assert said.startswith(f"Gift certificate {named}, for order S1001 of Bea Okafor, went by “Removed Ana Ruiz”")
    desk.undo()
    assert desk.preview(CheckDesk()).value.problems == ()
    done(RefundGift(order))
    done(RemoveOrder(order))
    desk.do(DeleteClient(1))
    (said,) = desk.preview(CheckDesk()).value.problems
    assert said.startswith(f"Gift certificate {named}, for Bea Okafor,")


def test_the_check_finds_what_was_written_from_outside(desk: Desk, done: Done) -> None:
    one, order = sold(done, 500), ordered(done, 100)
    done(RedeemGift(number(desk, one), order))
    assert desk.do(CheckDesk()).value.problems == ()

    with closing(sqlite3.connect(desk.paths.database)) as connection:
        connection.execute("DROP TRIGGER gift_movement_covered_U")
        connection.execute("UPDATE gift_movement SET cents = -10001 WHERE order_id = 1")
        connection.execute("UPDATE gift_movement SET cents = 10000 WHERE kind = 'sold'")
        connection.execute("DELETE FROM journal_change WHERE table_name = 'gift_movement'")  # as in a file without it
        connection.commit()
    report = desk.do(CheckDesk()).value
    assert report.problems == (
        f"Gift certificate {number(desk, one)}: -$0.01 is left on it",
        "Order S1001 of Ana Ruiz: gift certificates paid $100.01 for it, and it was placed at $100",
    )
    assert report.repaired == ("1 journal triggers",)


@pytest.mark.parametrize("cents", [10_000, 50_001])
def test_a_sum_that_was_changed_from_outside_is_put_back_as_the_history_has_it(
    desk: Desk, done: Done, cents: int
) -> None:
    """$500 was paid for it, and whoever has the number would be refused, or given too much."""
    one, order = sold(done, 500), ordered(done, 100)
    done(RedeemGift(number(desk, one), order))
    done(RefundGift(order))
    desk.undo()
    before = dump(desk)
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        connection.execute("UPDATE gift_movement SET cents = ? WHERE kind = 'sold'", (cents,))
        connection.commit()
    report = desk.do(CheckDesk()).value
    assert (report.problems, report.repaired) == ((), ("1 sums moved on gift certificates, as the history has them",))
    assert dump(desk) == before
    assert desk.do(CheckDesk()).value.repaired == ()
    desk.undo()
    assert desk.do(CheckDesk()).value.repaired == report.repaired, "what is taken back is not what was written last"
    assert dump(desk) == before


def test_an_overdrawn_certificate_is_told_once(desk: Desk, done: Done) -> None:
    """In words, and not as a row of a table too."""
    one = sold(done, 500)
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        connection.execute("UPDATE gift_movement SET cents = -1")
        connection.execute("DELETE FROM journal_change WHERE table_name = 'gift_movement'")
        connection.commit()
    problems = desk.preview(CheckDesk()).value.problems
    assert f"Gift certificate {number(desk, one)}: -$0.01 is left on it" in problems
    assert not any("primary_wanted" in words for words in problems)


def test_the_check_tells_of_a_number_that_is_none(desk: Desk, done: Done) -> None:
    sold(done, 500)
    desk.do(Do(lambda work: work.session.connection().exec_driver_sql("UPDATE gift_certificate SET number = 'GC1'")))
    said = "Gift certificate GC1: that is no number of a certificate, so nobody can redeem it"
    assert desk.preview(CheckDesk()).value.problems == (said,)


def test_an_unknown_number_says_what_to_do(desk: Desk, done: Done) -> None:
    order = ordered(done, 100)
    with refused(desk, "number") as no:
        desk.do(RedeemGift(make_number(lambda them: them[0]), order))
    assert no.value.hint == "Compare it with hers: one that another rep sold is redeemed there."


def test_another_currency_does_not_pay(desk: Desk, done: Done) -> None:
    one = sold(done, 50)
    desk.do(SetUpDesk("Ola Berg", "America/New_York", "CAD", "CA"))
    order = int(desk.do(AddOrderSummary(1, OrderForm(TODAY, Cents(100)))).value)
    with refused(desk, "number"):
        desk.do(RedeemGift(number(desk, one), order))


@pytest.mark.parametrize("words", ["4242 4242 4242 4242", "Amex 378282246310005 ok", "4242-4242-4242-4242"])
def test_no_card_number_is_kept_in_any_note(desk: Desk, done: Done, words: str) -> None:
    """Wherever she writes: a note, a task, an event."""
    before = dump(desk)
    day = NOW.date()
    for command in (AddNote(1, words), AddTask(1, words), AddHostEvent(HostEventForm("Party", day, day, note=words))):
        with pytest.raises(Refused, match="last four digits"):
            desk.do(command)
    assert dump(desk) == before


@pytest.mark.parametrize(
    "words", ["(212) 555-0101 (646) 555-0102", "order 1234567890123", "4242", "2026-11-21 14:42:10"]
)
def test_other_digits_are_kept(desk: Desk, done: Done, words: str) -> None:
    assert done(AddTask(1, words))


def test_what_was_paid_in_its_shop_is_not_paid_again(desk: Desk, done: Done) -> None:
    """A certificate for an imported order would be money spent twice."""
    order, gift_id = ordered(done, 100), sold(done, 50)
    desk.do(Do(lambda work: setattr(work.session.get_one(Order, order), "source", "shopify")))
    with pytest.raises(Refused, match="paid in its shop"):
        desk.do(RedeemGift(number(desk, gift_id), order))
    assert (due(desk, order), left(desk, gift_id)) == (0, 5_000)
