"""Reward tiers and host orders: each is one step that undo takes back, and none takes more than the rewards give."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from stylistdesk.commands.base import Work
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.host_orders import CancelHostOrder, EditHostOrder, EnterHostOrder, PlaceHostOrder
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, EditOrder, OrderForm, RemoveOrder
from stylistdesk.commands.returns import CancelReturn, OpenReturn
from stylistdesk.commands.reward_tiers import AddTier, EditTier, RemoveTier, RestoreUsualTiers
from stylistdesk.commands.sales import AddCreditMemo, CancelOrder, ReinstateOrder, RemoveCreditMemo, ShipOrder
from stylistdesk.db import tables as t
from stylistdesk.desk import Desk
from stylistdesk.domain.host_orders import HostLine, parse_host_lines
from stylistdesk.domain.host_rewards import USUAL_TIERS, Tier
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.types import BasisPoints, Cents, OrderStatus, ReturnKind
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.host_rewards import EventLedger, event_ledger, events_with_rewards, host_orders, tier_table
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.helpers import add_client

TODAY = date(2026, 11, 21)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


@pytest.fixture
def ana(desk: Desk) -> int:
    return add_client(desk)


def every(desk: Desk, model: type[SQLModel]) -> list[Any]:
    def rows(asking: Asking) -> list[Any]:
        return list(asking.session.exec(select(model).order_by("id")))  # type: ignore[arg-type]

    return desk.ask(rows)


def put(desk: Desk, *rows: SQLModel) -> None:
    def add(work: Work) -> None:
        for row in rows:
            work.session.add(row)
            work.session.flush()

    desk.do(Do(add))


def event(desk: Desk, host: int | None, closes: date = date(2026, 11, 15), **fields: Any) -> int:
    code = fields.pop("code", f"e{len(every(desk, t.HostEvent))}")
    put(desk, t.HostEvent(client_id=host, name="Ana's party", code=code, opens_on=date(2026, 11, 1), closes_on=closes,
                          **fields))  # fmt: skip
    return int(every(desk, t.HostEvent)[-1].id)


def guests_order(desk: Desk, event_id: int, cents: int, *, client: int | None = None, **fields: Any) -> int:
    """An order of a guest, placed in the event."""
    number = f"#{1000 + len(every(desk, t.Order))}"
    client = client or add_client(desk, f"Guest {number}")
    values: dict[str, Any] = {
        "source": "shopify", "status": OrderStatus.PLACED, "placed_at": datetime(2026, 11, 8, 17, tzinfo=UTC),
        "currency": "USD", "subtotal_cents": cents, "shipping_cents": 0, "tax_cents": 0, "discount_cents": 0,
        "total_cents": cents, "event_id": event_id,
    } | fields  # fmt: skip
    put(desk, t.Order(client_id=client, number=number, **values))
    return int(every(desk, t.Order)[-1].id)


def put_into(desk: Desk, order_id: int, event_id: int) -> None:
    def place(work: Work) -> None:
        order = work.session.get(t.Order, order_id)
        assert order is not None
        order.event_id = event_id

    desk.do(Do(place))


@pytest.fixture
def party(desk: Desk, ana: int) -> int:
    """Ana's party came to $412.50 of three orders: $61.88 and two half-price items."""
    event_id = event(desk, ana)
    for cents in (20_000, 20_000, 1_250):
        guests_order(desk, event_id, cents)
    return event_id


def lines(words: str) -> tuple[HostLine, ...]:
    return parse_host_lines(words, "USD")


FITS = lines("1 x Scarf @ 60 reward\n1 x Coat @ 95.01 half\n1 x Hat @ 48")


def ledger(desk: Desk, event_id: int) -> EventLedger:
    found = desk.ask(event_ledger, event_id)
    assert found is not None
    return found


# ------------------------------------------------------------------------------ tiers


def tier(begins: int, ends: int | None, percent: int, items: int = 0) -> Tier:
    cents = None if ends is None else Cents(ends * 100)
    return Tier(Cents(begins * 100), cents, percent=BasisPoints(percent * 100), half_price_items=items)


def test_the_usual_tiers_hold_until_the_first_edit_writes_them_all(desk: Desk, done: Done) -> None:
    assert desk.ask(tier_table).are_usual
    assert not desk.do(EditTier(20_000, USUAL_TIERS[0])).changed
    assert done(EditTier(20_000, tier(200, 350, 12, 1))).label == "Changed the tier of $200 to $350"
    table = desk.ask(tier_table)
    assert (table.are_usual, table.rules.tiers) == (False, (tier(200, 350, 12, 1), *USUAL_TIERS[1:]))
    assert done(AddTier(tier(350, 400, 13))).label == "Added the tier of $350 to $400"
    assert done(RemoveTier(100_000)).label == "Removed the tier of $1,000 and more"
    done(EditTier(70_000, tier(750, None, 22)))  # it begins elsewhere
    assert [x.from_cents for x in desk.ask(tier_table).rules.tiers] == [20_000, 35_000, 40_000, 75_000]
    done(RestoreUsualTiers())
    assert (desk.ask(tier_table).rules.tiers, every(desk, t.RewardTier)) == (USUAL_TIERS, [])
    assert not desk.do(RestoreUsualTiers()).changed


def test_a_tier_that_overlaps_another_is_refused(desk: Desk) -> None:
    with refused(desk, "to") as no:
        desk.do(EditTier(20_000, tier(200, 450, 10, 1)))
    assert no.value.reason == "It overlaps the tier of $400 to $700."
    with refused(desk, "from"):
        desk.do(AddTier(tier(2_000, None, 30)))
    with refused(desk):
        desk.do(RemoveTier(33))
    for begins in (20_000, 40_000, 70_000):
        desk.do(RemoveTier(begins))
    with refused(desk):
        desk.do(RemoveTier(100_000))


# ------------------------------------------------------------------------- host orders


def test_a_host_order_is_entered_changed_placed_and_cancelled(desk: Desk, done: Done, ana: int, party: int) -> None:
    """What she pays becomes an order of hers; it never counts for the event."""
    outcome = done(EnterHostOrder(party, FITS, note=" for \n Friday"))
    assert outcome.label == ("Entered host order HO-1001 of Ana Ruiz, she pays $95.51")
    key = outcome.value
    done(EditHostOrder(key, lines("2 x Hat @ 48 half\n1 x Scarf @ 60 reward"), "two hats"))
    done(EditHostOrder(key, FITS))
    placed = done(PlaceHostOrder(key))
    assert placed.client_ids == (ana,)
    (order,) = [one for one in every(desk, t.Order) if one.client_id == ana]
    assert (order.number, order.kind, order.total_cents, order.units) == ("HO-1001", "summary", 9_551, 3)
    assert (order.event_id, order.is_host_order, order.id) == (party, True, placed.value)
    row = every(desk, t.HostOrder)[0]
    assert (row.status, row.reward_cents, row.half_price_items, row.order_id) == ("placed", 6_188, 2, order.id)
    assert every(desk, t.Client)[0].order_count == 1
    assert every(desk, t.HostEvent)[0].steps_done == "host_order"
    found = ledger(desk, party)
    assert (found.event.rewards.orders, found.event.rewards.base, found.account.total) == (3, 41_250, 6_188)
    assert [(x.what, x.cents) for x in found.account.left_out] == [("Host order HO-1001", 9_551)]
    for command in (PlaceHostOrder(key), EditHostOrder(key, FITS)):
        with refused(desk) as no:
            desk.do(command)
        assert "final" in no.value.reason
    outcome = done(CancelHostOrder(key))
    assert outcome.label == ("Cancelled host order HO-1001 of Ana Ruiz and its order")
    order = every(desk, t.Order)[-1]
    assert (order.status, order.cancelled_cents) == ("cancelled", 9_551)
    assert (every(desk, t.HostEvent)[0].steps_done, ledger(desk, party).account.left_out) == ("", ())
    assert done(EnterHostOrder(party, FITS)).label.startswith("Entered host order HO-1002 of Ana Ruiz")
    report = desk.preview(CheckDesk()).value
    assert (report.problems, report.repaired) == ((), ("3 order summaries",))  # those of guests put in here


def test_a_host_order_that_costs_her_nothing_is_cancelled_too(desk: Desk, done: Done, party: int) -> None:
    """An order of nothing has no sum by which it could be seen to be cancelled."""
    key = desk.do(EnterHostOrder(party, lines("1 x Scarf @ 60 reward"))).value
    done(PlaceHostOrder(key))
    assert (every(desk, t.Order)[-1].status, every(desk, t.Order)[-1].total_cents) == ("placed", 0)
    done(CancelHostOrder(key))
    assert every(desk, t.Order)[-1].status == "cancelled"
    report = desk.preview(CheckDesk()).value
    assert (report.problems, report.repaired) == ((), ("3 order summaries",))  # those of guests put in here


@pytest.mark.parametrize(
    "words",
    [
        "1 x Coat @ 61.89 reward",
        "1 x Scarf @ 40 reward\n1 x Scarf @ 21.89 reward",
        "3 x Hat @ 5 half",
        "2 x Hat @ 5 half\n1 x Hat @ 5 half",
    ],
)
def test_it_never_takes_more_than_the_rewards_give(desk: Desk, party: int, words: str) -> None:
    with refused(desk, "lines"):
        desk.do(EnterHostOrder(party, lines(words)))
    key = desk.do(EnterHostOrder(party, FITS)).value
    with refused(desk, "lines"):
        desk.do(EditHostOrder(key, lines(words)))


def test_an_event_has_one_host_order_at_a_time(desk: Desk, done: Done, party: int) -> None:
    key = desk.do(EnterHostOrder(party, FITS)).value
    with refused(desk) as no:
        desk.do(EnterHostOrder(party, FITS))
    assert str(no.value) == "There is a host order HO-1001 already, pending. Change it, or cancel it."
    assert done(CancelHostOrder(key)).label == ("Cancelled host order HO-1001 of Ana Ruiz")
    with refused(desk):
        desk.do(CancelHostOrder(key))
    with refused(desk):
        desk.do(PlaceHostOrder(key))
    desk.do(EnterHostOrder(party, FITS))


def test_the_rewards_are_the_hosts_alone(desk: Desk, done: Done, ana: int, party: int) -> None:
    """An event of the rep's own has no host: she says which client takes them."""
    bea = add_client(desk, "Bea Okafor")
    with refused(desk, "client"):
        desk.do(EnterHostOrder(party, FITS, bea))
    own = event(desk, None)
    for cents in (30_000, 20_000, 10_000):
        guests_order(desk, own, cents)
    with refused(desk, "client"):
        desk.do(EnterHostOrder(own, FITS))
    key = done(EnterHostOrder(own, FITS, bea)).value
    done(PlaceHostOrder(key))
    assert every(desk, t.Order)[-1].client_id == bea
    mine = desk.do(EnterHostOrder(party, FITS, ana)).value

    def give(work: Work) -> None:
        found = work.session.get(t.HostEvent, party)
        assert found is not None
        found.client_id = bea

    desk.do(Do(give))
    with refused(desk) as no:
        desk.do(PlaceHostOrder(mine))
    assert no.value.reason == "Bea Okafor is the host of Ana's party now, and HO-1002 is Ana Ruiz's."


def test_an_event_that_does_not_qualify_says_what_is_missing(desk: Desk, ana: int) -> None:
    event_id = event(desk, ana)
    guests_order(desk, event_id, 15_500)
    guests_order(desk, event_id, 0)
    with refused(desk, "lines") as no:
        desk.do(EnterHostOrder(event_id, FITS))
    assert no.value.reason == "The event does not qualify: it needs 2 orders and $45 more."
    called_off = event(desk, ana, cancelled_at=datetime(2026, 11, 2, tzinfo=UTC))
    with refused(desk):
        desk.do(EnterHostOrder(called_off, FITS))


def test_placing_says_that_the_event_is_still_open(desk: Desk, ana: int, party: int) -> None:
    """It is no reason to refuse: some hosts order early."""
    assert "open" not in desk.do(PlaceHostOrder(desk.do(EnterHostOrder(party, FITS)).value)).label
    early = event(desk, ana, closes=TODAY)
    for cents in (20_000, 20_000, 1_250):
        guests_order(desk, early, cents)
    outcome = desk.do(PlaceHostOrder(desk.do(EnterHostOrder(early, FITS)).value))
    assert outcome.label.endswith("she pays $95.51; the event is open until Sat 21 Nov")


def test_a_pending_one_that_no_longer_fits_says_so_and_is_not_placed(desk: Desk, done: Done, party: int) -> None:
    key = desk.do(EnterHostOrder(party, FITS)).value
    assert desk.ask(host_orders)[0].unfit == ""
    order_id = every(desk, t.Order)[0].id
    desk.do(AddCreditMemo(order_id, Cents(2_000), TODAY, reopens=False))
    unfit = desk.ask(host_orders)[0].unfit
    assert unfit.startswith("Its reward lines come to $60, and the reward is $39.25. Let her pay $20.75")
    with refused(desk, "lines") as no:
        desk.do(PlaceHostOrder(key))
    assert str(no.value) == unfit
    done(EditHostOrder(key, lines("1 x Scarf @ 39.25 reward\n1 x Scarf, the rest @ 20.75\n1 x Hat @ 48 half")))
    done(PlaceHostOrder(key))
    assert every(desk, t.HostOrder)[0].reward_cents == 3_925


# ------------------------------------------------------- what was placed stays as it is


def test_what_was_placed_is_not_changed_as_an_order(desk: Desk, done: Done, ana: int, party: int) -> None:
    """Its sum belongs to the rewards; it ships like any other."""
    key = desk.do(EnterHostOrder(party, FITS)).value
    order_id = desk.do(PlaceHostOrder(key)).value
    form = OrderForm(TODAY, Cents(1), number="HO-1001")
    for command in (EditOrder(order_id, form), RemoveOrder(order_id), CancelOrder(order_id), ReinstateOrder(order_id)):
        with refused(desk) as no:
            desk.do(command)
        assert "host order" in no.value.reason
    done(EditOrder(order_id, OrderForm(TODAY, Cents(9_551), brand="Northmoor")))
    done(ShipOrder(order_id, TODAY))
    with refused(desk) as no:
        desk.do(CancelHostOrder(key))
    assert str(no.value) == (
        "Order HO-1001 cannot be cancelled: something of it was sent. Take that back on her order first."
    )
    with refused(desk) as no:
        desk.do(DeleteClient(ana))
    assert "host order HO-1001 is placed" in no.value.reason and "Merge" in no.value.hint


def test_a_guest_whose_order_was_redeemed_stays(desk: Desk, done: Done, ana: int, party: int) -> None:
    """Her order earned the host what she has; once it is cancelled, both may go."""
    guest = next(order.client_id for order in every(desk, t.Order) if order.event_id == party)
    key = desk.do(EnterHostOrder(party, FITS)).value
    desk.do(PlaceHostOrder(key))
    with refused(desk) as no:
        desk.do(DeleteClient(guest))
    assert "whose rewards are redeemed: HO-1001" in no.value.reason
    done(CancelHostOrder(key))
    done(DeleteClient(guest))
    done(DeleteClient(ana))
    assert (every(desk, t.HostOrder), every(desk, t.HostOrderLine)) == ([], [])


def test_its_number_is_no_order_s(desk: Desk, ana: int, party: int) -> None:
    desk.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(1), number="HO-1001")))
    key = desk.do(EnterHostOrder(party, FITS)).value
    assert every(desk, t.HostOrder)[0].number == "HO-1002"
    desk.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(1), number="HO-1002")))
    with refused(desk, "number"):
        desk.do(PlaceHostOrder(key))


def test_after_it_was_placed_the_rewards_are_what_was_frozen_and_posted(desk: Desk, done: Done, party: int) -> None:
    """Nothing is reopened: the adjustment is in the sum, and cancelling the host order takes it away."""
    key = desk.do(EnterHostOrder(party, FITS)).value
    desk.do(PlaceHostOrder(key))
    order_id = every(desk, t.Order)[0].id
    credited = done(AddCreditMemo(order_id, Cents(2_000), TODAY, reopens=False))
    assert credited.label.endswith("; the rewards were redeemed: -$22.63 and -1 half-price item is posted")
    assert [one.note for one in every(desk, t.RewardAdjustment)] == ["Order #1000 credited"]
    done(RemoveCreditMemo(credited.value))
    assert (ledger(desk, party).account.total, every(desk, t.RewardAdjustment)) == (6_188, [])
    done(RemoveOrder(order_id))
    assert ledger(desk, party).account.not_posted == 0
    desk.undo()
    desk.do(AddCreditMemo(order_id, Cents(2_000), TODAY, reopens=False))
    account = ledger(desk, party).account
    assert (account.total, account.half_price_items, account.not_posted) == (3_925, 1, 0)
    (row,) = desk.ask(events_with_rewards)
    assert (row.total, row.half_price_items, row.next) == (3_925, 1, None)
    done(CancelHostOrder(key))
    assert (ledger(desk, party).account.total, every(desk, t.RewardAdjustment)) == (3_925, [])
    desk.do(PlaceHostOrder(desk.do(EnterHostOrder(party, lines("1 x Scarf @ 39.25 reward"))).value))
    assert ledger(desk, party).account.total == 3_925


def test_a_guests_return_is_in_the_rewards_once(desk: Desk, done: Done, party: int) -> None:
    """Posted while the host order is placed, in what the orders come to once that is cancelled; never in both."""
    guest = add_client(desk, "Cleo Marsh")
    form = OrderForm(date(2026, 11, 9), lines=parse_lines("2 x Scarf @ 50.00", "USD"))
    order_id = desk.do(AddPurchaseOrder(guest, form)).value
    desk.do(ShipOrder(order_id, date(2026, 11, 10)))
    put_into(desk, order_id, party)
    assert ledger(desk, party).account.total == 7_688
    key = desk.do(EnterHostOrder(party, FITS)).value
    desk.do(PlaceHostOrder(key))
    line_id = every(desk, t.OrderLine)[0].id
    opened = done(OpenReturn(order_id, (Asked(line_id, 1, ReturnKind.REFUND),)))
    account = ledger(desk, party).account
    assert ([one.cents for one in account.adjustments], account.total, account.not_posted) == ([-750], 6_938, 0)
    done(CancelReturn(opened.value))
    assert (ledger(desk, party).account.total, ledger(desk, party).account.not_posted) == (7_688, 0)
    opened = desk.do(OpenReturn(order_id, (Asked(line_id, 1, ReturnKind.REFUND),)))
    done(CancelHostOrder(key))
    assert ledger(desk, party).account.total == 6_938
    desk.do(PlaceHostOrder(desk.do(EnterHostOrder(party, FITS)).value))
    assert (ledger(desk, party).account.total, ledger(desk, party).account.not_posted) == (6_938, 0)
    assert desk.preview(CheckDesk()).value.problems == ()


@pytest.mark.parametrize(
    ("refunded", "counts"),
    [(0, 10_000), (5_400, 5_000), (5_401, 4_999), (1, 9_999), (10_800, 0), (11_600, 0)],
)
def test_refunded_tax_takes_no_merchandise(desk: Desk, ana: int, refunded: int, counts: int) -> None:
    """$100 with 8 % tax and $8 shipping: half of it refunded with its tax is $54, and $50 of merchandise."""
    event_id = event(desk, ana)
    guests_order(desk, event_id, 10_000, total_cents=11_600, shipping_cents=800, tax_cents=800, refunded_cents=refunded)
    account = ledger(desk, event_id).account
    assert [(one.counts, one.returned) for one in account.orders] == [(counts, 10_000 - counts)]
    assert account.rewards.base == counts


def bought(desk: Desk, party: int, of: str) -> int:
    """A guest's order of one item, placed in the event and sent."""
    form = OrderForm(date(2026, 11, 9), lines=parse_lines(of, "USD"))
    order_id = int(desk.do(AddPurchaseOrder(add_client(desk, f"Cleo {desk.version}"), form)).value)
    desk.do(ShipOrder(order_id, date(2026, 11, 10)))
    put_into(desk, order_id, party)
    return order_id


def comes_back(desk: Desk, order_id: int) -> OpenReturn:
    (line,) = (row for row in every(desk, t.OrderLine) if row.order_id == order_id)
    return OpenReturn(order_id, (Asked(line.id, 1, ReturnKind.REFUND),))


def test_a_return_takes_no_reward_that_the_host_never_got(desk: Desk, done: Done, party: int) -> None:
    """An order that came after the host order earned her nothing: that it comes back takes nothing."""
    desk.do(PlaceHostOrder(desk.do(EnterHostOrder(party, FITS)).value))
    had = ledger(desk, party).account
    later = bought(desk, party, "1 x Gown @ 900.00")
    assert ledger(desk, party).account.not_posted > 12_150
    opened = done(comes_back(desk, later))
    assert opened.label.endswith("the rewards that were redeemed stay as they are")
    assert every(desk, t.RewardAdjustment) == []
    account = ledger(desk, party).account
    assert (account.total, account.half_price_items) == (had.total, had.half_price_items) == (6_188, 2)


def test_cancelling_one_return_leaves_the_other_no_more_than_it_took(desk: Desk, done: Done, party: int) -> None:
    """Whichever was posted first: with only the small one left, the host has what the orders earn."""
    large, small = bought(desk, party, "1 x Gown @ 300.00"), bought(desk, party, "1 x Hat @ 10.00")
    desk.do(PlaceHostOrder(desk.do(EnterHostOrder(party, FITS)).value))
    frozen = ledger(desk, party).account.total
    bought(desk, party, "1 x Cape @ 50.00")
    first, second = (done(comes_back(desk, key)).value for key in (large, small))
    account = ledger(desk, party).account
    assert account.total == account.rewards.cents < frozen and len(account.adjustments) == 2
    done(CancelReturn(first))
    account = ledger(desk, party).account
    assert (account.total, account.adjustments) == (frozen, ())
    done(CancelReturn(second))
    assert ledger(desk, party).account.total == frozen


def test_the_ledger_tells_what_counts_and_what_is_left_out(desk: Desk, ana: int) -> None:
    event_id = event(desk, ana)
    guests_order(
        desk, event_id, 15_000, total_cents=17_250, shipping_cents=1_000, tax_cents=1_250, discount_cents=1_500
    )
    gone = guests_order(desk, event_id, 9_000, status=OrderStatus.CANCELLED)
    half = guests_order(desk, event_id, 10_000, refunded_cents=2_500)
    guests_order(desk, event_id, 9_900, currency="EUR")
    put(desk, t.GiftCertificate(client_id=ana, number="GC1", currency="USD", sold_on=TODAY, order_id=half))
    put(desk, t.GiftMovement(gift_id=1, kind="sold", cents=5_000, at=datetime(2026, 11, 8, tzinfo=UTC)))
    account = ledger(desk, event_id).account
    assert [(x.merchandise, x.discount, x.cancelled, x.returned, x.counts) for x in account.orders] == [
        (16_500, 1_500, 0, 0, 15_000), (9_000, 0, 9_000, 0, 0), (10_000, 0, 0, 2_500, 7_500),
    ]  # fmt: skip
    assert [x.order_id for x in account.orders if x.why_nothing == "cancelled"] == [gone]
    assert account.running == (15_000, 15_000, 22_500)
    assert [(x.what, x.cents) for x in account.left_out] == [
        ("Tax and shipping", 2_250), ("Order #1003 of Guest #1003", None), ("Certificate GC1", 5_000),
    ]  # fmt: skip
    assert (account.rewards.orders, account.rewards.base, account.rewards.orders_missing) == (2, 22_500, 1)


def test_check_tells_of_a_placed_one_that_takes_too_much(desk: Desk, party: int) -> None:
    """Only another program can have written it."""
    desk.do(PlaceHostOrder(desk.do(EnterHostOrder(party, FITS)).value))

    def spoil(work: Work) -> None:
        line = work.session.get(t.HostOrderLine, 1)
        assert line is not None
        line.price_cents = 6_189
        work.session.add(t.RewardTier(from_cents=100, to_cents=300, percent=1))
        work.session.add(t.RewardTier(from_cents=299, percent=1))

    desk.do(Do(spoil))
    assert desk.preview(CheckDesk()).value.problems == (
        "1 placed host orders that take more than their rewards were",
        "1 pairs of reward tiers that overlap",
    )


def test_the_check_tells_of_an_adjustment_of_rewards_that_are_not_redeemed(desk: Desk, party: int) -> None:
    put(desk, t.RewardAdjustment(event_id=party, posted_on=TODAY, cents=-100, note="R-1"))
    said = "1 adjustments of rewards that are not redeemed: no host order of the event is placed"
    assert desk.preview(CheckDesk()).value.problems == (said,)
    desk.do(PlaceHostOrder(desk.do(EnterHostOrder(party, FITS)).value))
    assert desk.preview(CheckDesk()).value.problems == ()
