"""What metrics are made of, gathered from a desk: against rows put in by hand, and against the orders told in full."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.brands import AddBrand
from stylistdesk.commands.goals import SetGoal
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, OrderForm
from stylistdesk.commands.payments import PaymentForm, RecordPayment
from stylistdesk.commands.rates import RateOrders, SetRate
from stylistdesk.commands.sales import AddCreditMemo, CancelOrder, ShipOrder
from stylistdesk.db import tables as t
from stylistdesk.db.orders import read_orders
from stylistdesk.demo.large import build_large
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.metrics_of_sales import Bought, Sale, Sales, Sent, attributed
from stylistdesk.domain.metrics_table import Card
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.periods import period_of
from stylistdesk.domain.types import (
    AssignmentStatus,
    AssignmentType,
    BasisPoints,
    Cents,
    Channel,
    Direction,
    FollowUpStatus,
    OrderStatus,
    PeriodKind,
    RateScope,
    SignalKind,
)
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant, stored
from stylistdesk.queries.ledger import ledger
from stylistdesk.queries.local_days import LocalDays
from stylistdesk.queries.metrics import Gathered, in_full, metrics
from stylistdesk.queries.metrics_of_sales import bought, earned, sales
from tests.commands.doing import Do
from tests.helpers import add_client

TODAY = date(2026, 11, 21)
MONTH = period_of(TODAY, PeriodKind.MONTH)


def at(day: int, hour: int = 12, minute: int = 0, month: int = 11) -> datetime:
    """A local time in New York, which is 5 hours behind UTC (4 until 1 November)."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


def put(desk: Desk, *rows: Any) -> None:
    desk.do(Do(lambda work: [work.session.add(row) for row in rows]))


def cards(desk: Desk, period: Any = MONTH) -> dict[str, Card]:
    return {card.metric.id: card for card in desk.ask(metrics, period).cards}


def session(client_id: int, day: int, **fields: Any) -> t.Assignment:
    start = at(day, 10)
    given = {
        "type": AssignmentType.INITIAL,
        "status": AssignmentStatus.DELIVERED,
        "consultation_at": start,
        "delivered_at": start + timedelta(hours=5),
    }
    return t.Assignment(client_id=client_id, **(given | fields))


def message(client_id: int, when: datetime, direction: Direction = Direction.OUT) -> t.Message:
    return t.Message(client_id=client_id, channel=Channel.TEXT, direction=direction, sent_at=when, body="x")


@pytest.fixture
def ana(desk: Desk) -> int:
    return add_client(desk)


@pytest.fixture
def bea(desk: Desk) -> int:
    return add_client(desk, "Bea Okafor")


def test_an_empty_desk_shows_dashes(desk: Desk) -> None:
    found = desk.ask(metrics, MONTH)
    assert all(card.now.n == 0 for card in found.cards)
    assert {card.metric.id for card in found.cards if card.now.value is None} >= {"csat", "conversion", "kept"}


def test_sessions_and_how_they_went(desk: Desk, ana: int, bea: int) -> None:
    put(
        desk,
        session(ana, 3),
        message(ana, at(3, 9, 55)),
        session(bea, 4, delivered_at=at(5, 0, 30)),  # the next day
        message(bea, at(4, 8, 59)),  # more than an hour before: no beginning
        message(bea, at(4, 10, 1)),
        session(bea, 5, status=AssignmentStatus.CANCELLED, delivered_at=None, cancelled_at=at(2)),
        session(bea, 9, status=AssignmentStatus.CANCELLED, delivered_at=None, cancelled_at=at(8)),  # it is owed
        session(bea, 6, status=AssignmentStatus.CLOSED, delivered_at=None, end_reason="she moved"),
        session(bea, 30, status=AssignmentStatus.SCHEDULED, delivered_at=None),
        session(bea, 7, type=AssignmentType.REVISION, consultation_at=None, delivered_at=at(7)),
        t.Lookbook(client_id=ana, title="On the side", delivered_at=at(8)),
    )
    found = cards(desk)
    assert (found["on_time"].now.numerator, found["on_time"].now.n) == (1, 3)
    assert (found["same_day"].now.numerator, found["same_day"].now.n) == (1, 3)
    assert (found["revisions"].now.numerator, found["revisions"].now.n) == (1, 3)
    assert found["conversion"].now.n == 3
    late = desk.ask(in_full, "on_time", MONTH).behind
    assert [(one.name, one.numerator, one.n) for one in late] == [("Bea Okafor", 0, 2), ("Ana Ruiz", 1, 1)]


def test_answers_are_counted_in_working_hours(desk: Desk, ana: int, bea: int) -> None:
    """Monday to Friday, 9 to 17, until she has said otherwise."""
    hers = Direction.IN
    put(
        desk,
        message(ana, at(6, 16, 30), hers),  # Friday
        message(ana, at(7, 11), hers),  # and again on Saturday: the first one waits
        message(ana, at(9, 9, 45)),  # Monday
        message(ana, at(9, 10)),
        message(bea, at(10, 10), hers),
        t.FollowUp(client_id=bea, status=FollowUpStatus.COMPLETED, completed_at=at(10, 12)),
        message(bea, at(11, 10), hers),  # not answered yet
        t.Signal(client_id=bea, kind=SignalKind.REPLIED, occurred_at=at(2, 9), source="activity", external_id="r1"),
        message(bea, at(2, 9, 10)),
    )
    found = cards(desk)["response"].now
    assert (found.value, found.n, found.waiting) == (75, 3, 1)  # 10, 75 and 120 minutes
    assert cards(desk)["response_90"].now.value == 120
    # From Friday to Monday, once every hour of the week is worked.
    put(desk, *(t.Availability(weekday=day, starts=0, ends=1440) for day in range(7)))
    assert cards(desk)["response_90"].now.value == 65 * 60 + 15


def test_follow_ups_and_contacts(desk: Desk, ana: int, bea: int) -> None:
    done, open_ = FollowUpStatus.COMPLETED, FollowUpStatus.SCHEDULED
    put(
        desk,
        t.FollowUp(client_id=ana, status=done, due_on=date(2026, 11, 3), completed_at=at(3, 23, 30)),
        t.FollowUp(
            client_id=ana, status=done, due_on=date(2026, 11, 9), promised_on=date(2026, 11, 5), completed_at=at(9)
        ),
        t.FollowUp(client_id=bea, status=open_, due_on=date(2026, 11, 12)),
        t.FollowUp(client_id=bea, status=open_, due_on=TODAY),
        t.FollowUp(client_id=bea, status=FollowUpStatus.CANCELLED, due_on=date(2026, 11, 12)),
        t.FollowUp(client_id=bea, status=done, completed_at=at(3)),
        message(ana, at(3, 9)),
        t.Note(client_id=bea, written_at=at(4), body="talked", call_status="talked"),
        t.Note(client_id=bea, written_at=at(6), body="likes navy"),
    )
    found = cards(desk)
    assert (found["timeliness"].now.numerator, found["timeliness"].now.n) == (1, 3)
    assert found["contacted"].now.value == 4  # Ana on the 3rd and the 9th, Bea on the 3rd and the 4th


def test_who_was_rebooked(desk: Desk, ana: int, bea: int) -> None:
    """Booked is when the next session came onto the desk, or when it was if that is earlier, or when she said so."""
    closed = {"status": AssignmentStatus.CLOSED}
    cleo, dana = add_client(desk, "Cleo"), add_client(desk, "Dana")
    put(
        desk,
        session(ana, 1, closed_at=at(1, 18), **closed),
        session(ana, 9, type=AssignmentType.RECURRING),  # eight days later, entered today
        session(bea, 2, closed_at=at(2, 18), **closed),
        session(bea, 30, type=AssignmentType.RECURRING, status=AssignmentStatus.SCHEDULED),  # entered today: too late
        session(cleo, 3, closed_at=at(3, 18), **closed),
        t.Signal(client_id=cleo, kind=SignalKind.BOOKED, occurred_at=at(4), source="activity", external_id="b1"),
        session(dana, 19, closed_at=at(19, 18), **closed),  # still has time
    )
    found = cards(desk)["rebooking"].now
    assert (found.numerator, found.n) == (2, 3)
    put(desk, session(dana, 28, type=AssignmentType.RECURRING, status=AssignmentStatus.SCHEDULED))  # booked today
    assert (cards(desk)["rebooking"].now.numerator, cards(desk)["rebooking"].now.n) == (3, 4)


SEPTEMBER = at(4, month=9)


@dataclass(frozen=True)
class FromShop:
    """An order as a shop's file brings it: lines of (cents, quantity, shipped)."""

    client_id: int
    number: str
    lines: tuple[tuple[int, int, bool], ...]
    status: OrderStatus = OrderStatus.RECEIVED
    placed: datetime = SEPTEMBER
    refunded: int = 0
    currency: str = "USD"

    def apply(self, work: Work) -> Outcome:
        worth = sum(cents * quantity for cents, quantity, _ in self.lines)
        got = self.status is OrderStatus.RECEIVED
        order = t.Order(
            client_id=self.client_id, source="shopify", number=self.number, status=self.status, currency=self.currency,
            placed_at=self.placed, subtotal_cents=worth, shipping_cents=500, tax_cents=77, discount_cents=0,
            shipped_at=self.placed + timedelta(days=2) if got else None, received_at=self.placed if got else None,
            total_cents=worth + 577, refunded_cents=self.refunded,
        )  # fmt: skip
        work.session.add(order)
        work.session.flush()
        for position, (cents, quantity, shipped) in enumerate(self.lines):
            work.session.add(
                t.OrderLine(
                    order_id=order.id or 0, position=position, name="Hat", quantity=quantity, price_cents=cents,
                    shipped=shipped,
                )
            )  # fmt: skip
        return Outcome("From the shop", (self.client_id,), order.id)


@pytest.fixture
def shop(desk: Desk, ana: int, bea: int) -> Iterator[Desk]:
    """Orders of every kind, at 7 %, and at 9 % for Bea."""
    desk.do(SetRate(RateKey(RateScope.REP), BasisPoints(700), None, None))
    desk.do(SetRate(RateKey(RateScope.CLIENT, bea), BasisPoints(900), None, None))
    for number, (who, lines, more) in enumerate(
        (
            (ana, ((10_001, 1, False),), {}),
            (ana, ((5_003, 2, False), (99, 1, False)), {"refunded": 5_003}),
            (bea, ((7_777, 3, True), (1_111, 1, False)), {"status": OrderStatus.PLACED}),
            (bea, ((7_777, 1, False),), {"status": OrderStatus.CANCELLED, "refunded": 8_000}),
            (bea, ((0, 2, False),), {}),
            (bea, (), {}),
            (ana, ((8_888, 1, False),), {"currency": "CAD"}),
            (ana, ((3_333, 1, False),), {"placed": at(1, 0, 30), "status": OrderStatus.SHIPPED}),
        )
    ):
        desk.do(FromShop(who, f"#{number}", lines, **more))  # type: ignore[arg-type]
    typed = desk.do(AddOrderSummary(bea, OrderForm(TODAY - timedelta(days=80), Cents(50_000), units=7))).value
    desk.do(ShipOrder(typed, TODAY - timedelta(days=50), Cents(20_000)))
    desk.do(CancelOrder(typed, Cents(5_000)))
    desk.do(AddCreditMemo(typed, Cents(3_000), TODAY - timedelta(days=2), reopens=False))
    lines = parse_lines("2 x Coat @ 120.00\n1 x Hat @ 45.00 at 3 %", "USD")
    desk.do(AddPurchaseOrder(ana, OrderForm(TODAY - timedelta(days=5), lines=lines)))
    desk.do(RateOrders())
    yield desk


def test_many_orders_stand_and_earn_as_each_one_does(shop: Desk) -> None:
    def compared(asking: Asking) -> None:
        days = LocalDays(asking.zone, TODAY)
        by_day = sales(asking, days, date(2000, 1, 1))
        found = {sale.order_id: (day.on, sale) for day in by_day for sale in day.orders}
        earnings: dict[tuple[int, date], int] = {}
        for one in earned(asking, days):
            earnings[one.order_id, one.on] = earnings.get((one.order_id, one.on), 0) + one.cents
        orders = list(read_orders(asking.session, asking.zone))
        assert found.keys() == {order.row["id"] for order in orders}
        slowly: dict[tuple[int, date], int] = {}
        for order in orders:
            (on, sale), standing = found[order.row["id"]], order.facts.standing
            assert (on, sale.client_id, instant(sale.placed_at)) == (
                order.day, order.row["client_id"], order.row["placed_at"]
            )  # fmt: skip
            assert (sale.booked, sale.cancelled, sale.shipped, sale.active) == (
                standing.booked, standing.cancelled, standing.shipped, standing.active
            )  # fmt: skip
            assert (sale.units or 0) == standing.units
            assert sale.projected == (order.row["commission_cents"] or 0)
            assert sale.refunded == order.facts.paid_back
            for posting in order.postings(order.terms):
                if order.row["currency"] == "USD":
                    key = (order.row["id"], posting.on)
                    slowly[key] = slowly.get(key, 0) + posting.commission
        assert {key: cents for key, cents in earnings.items() if cents} == {
            key: cents for key, cents in slowly.items() if cents
        }
        assert len(slowly) > 5

    shop.ask(compared)


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 40 * 24)), max_size=12, unique=True),
    st.lists(st.tuples(st.integers(0, 40 * 24), st.integers(1, 4), st.integers(0, 2), st.booleans()), max_size=25),
    st.integers(0, 20),
)
def test_no_order_that_a_lookbook_led_to_is_missed(
    sent: list[tuple[int, int]], placed: list[tuple[int, int, int, bool]], days: int
) -> None:
    """Over the end of summer time, too."""
    zone = ZoneInfo("America/New_York")

    def when(hours: int) -> datetime:
        return at(10, month=10) + timedelta(hours=hours)

    lookbooks = [
        Sent(when(hours).astimezone(zone).date(), who, when(hours))
        for who, hours in sorted(sent, key=lambda one: one[1])
    ]
    orders = [
        Sale(stored(when(hours)), who, key, own, 2, cancelled, 0, 0, 0, True, 1)
        for key, (hours, who, cancelled, own) in enumerate(sorted(placed))
    ]
    some = list(bought([Sales(*day) for day in LocalDays(zone, TODAY).split(orders)], lookbooks, days))
    each = [
        Bought(one.client_id, instant(one.placed_at), one.active if one.is_own_currency else 0)
        for one in orders
        if not one.is_cancelled
    ]
    assert set(some) <= set(each)
    assert attributed(lookbooks, some, days) == attributed(lookbooks, each, days)


def test_a_year_of_sales(shop: Desk) -> None:
    year = period_of(TODAY, PeriodKind.YEAR)
    found = cards(shop, year)
    assert found["booked"].now.value == found["active"].now.numerator + found["cancelled"].now.numerator
    assert found["order_value"].now.n == 8  # not the one that was cancelled whole, nor the one in Canadian dollars
    assert shop.ask(metrics, year).other_currencies == 1
    assert (found["kept"].now.numerator, found["kept"].now.n) == (4, 5)  # one of three hats was refunded
    ledger_of_year = shop.ask(ledger, year)
    assert ledger_of_year.earned == found["earned"].now.value
    assert ledger_of_year.projected == found["projected"].now.value
    assert sum(row.earned_here for row in ledger_of_year.rows) == ledger_of_year.earned
    assert all("%" in row.why for row in ledger_of_year.rows)


def test_who_bought_again_is_told_of_the_period_before_too(desk: Desk, ana: int, bea: int) -> None:
    """On the first and last days of three years; an order that was cancelled whole is none, one of nothing is."""
    line = ((1_000, 1, False),)
    for number, (who, year, month, day, more) in enumerate(
        (
            (ana, 2024, 1, 1, {}),
            (bea, 2024, 12, 31, {"lines": ()}),
            (ana, 2025, 1, 1, {}),
            (bea, 2025, 6, 1, {"status": OrderStatus.CANCELLED}),
            (bea, 2025, 12, 31, {}),
            (ana, 2026, 1, 1, {"status": OrderStatus.CANCELLED}),
            (bea, 2026, 1, 1, {}),
            (bea, 2023, 12, 31, {}),
            (add_client(desk, "Cleo"), 2024, 6, 1, {"status": OrderStatus.CANCELLED}),
        )
    ):
        placed = datetime(year, month, day, 23, 30, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)
        desk.do(FromShop(who, f"#{number}", **({"lines": line, "placed": placed} | more)))  # type: ignore[arg-type]
    found = cards(desk, period_of(TODAY, PeriodKind.YEAR))["retention"]
    assert (found.now.numerator, found.now.n) == (1, 2)
    assert (found.before.numerator, found.before.n) == (2, 2)


def test_items_tell_that_an_order_came_where_the_shop_does_not(desk: Desk, ana: int, bea: int) -> None:
    """An item that names no order is of the last one before it, on the day of the order too."""

    def item(
        client_id: int, when: datetime, order_id: int | None = None, kind: SignalKind = SignalKind.RECEIVED
    ) -> None:
        row = t.Signal(client_id=client_id, kind=kind, occurred_at=when, source="activity", external_id=f"{when}")
        row.order_id = order_id
        put(desk, row)

    def kept() -> tuple[int, int]:
        found = cards(desk, period_of(TODAY, PeriodKind.YEAR))["kept"].now
        return found.numerator, found.n

    first, second, told = (
        int(desk.do(FromShop(client_id, number, ((1_000, units, False),), status, placed)).value)
        for client_id, number, units, status, placed in (
            (ana, "#1", 1, OrderStatus.SHIPPED, SEPTEMBER),
            (ana, "#2", 2, OrderStatus.SHIPPED, SEPTEMBER + timedelta(days=9)),
            (bea, "#3", 4, OrderStatus.RECEIVED, SEPTEMBER),
        )
    )
    assert kept() == (4, 4)
    item(ana, SEPTEMBER - timedelta(days=1))
    item(bea, SEPTEMBER + timedelta(days=5), told)
    assert kept() == (4, 4)
    item(ana, SEPTEMBER - timedelta(hours=11))
    assert kept() == (5, 5)
    item(ana, SEPTEMBER + timedelta(days=12), second)
    item(ana, SEPTEMBER + timedelta(days=13))
    assert kept() == (7, 7)
    item(ana, SEPTEMBER + timedelta(days=14), kind=SignalKind.RETURNED)
    item(bea, SEPTEMBER + timedelta(days=15), told, SignalKind.RETURNED)
    assert kept() == (5, 7)
    item(ana, SEPTEMBER + timedelta(days=16), first, SignalKind.RETURNED)
    assert kept() == (4, 7)


def test_the_ledger_says_what_is_still_owed(shop: Desk) -> None:
    year = period_of(TODAY, PeriodKind.YEAR)
    before = shop.ask(ledger, year)
    assert before.outstanding == before.earned > 0 and before.paid == 0
    shop.do(RecordPayment(PaymentForm(TODAY, Cents(1_000))))
    after = shop.ask(ledger, year)
    assert (after.paid, after.outstanding) == (1_000, before.earned - 1_000)
    assert sum(row.paid for row in after.rows) == 1_000
    assert sum(row.outstanding for row in after.rows) == after.outstanding
    assert cards(shop, year)["outstanding"].now.value == after.outstanding


def whose(desk: Desk, metric: str, period: Any) -> tuple[dict[str, int], int]:
    found = desk.ask(in_full, metric, period)
    return {one.name: one.numerator for one in found.behind}, found.apart


def test_whose_the_commission_is_that_was_paid_and_is_owed(shop: Desk) -> None:
    """Each month's clients add up to its number; what was paid ahead is nobody's."""
    year = period_of(TODAY, PeriodKind.YEAR)
    assert whose(shop, "paid", year) == ({}, 0)
    names, _ = whose(shop, "earned", year)
    assert whose(shop, "outstanding", year)[0] == names and len(names) == 2
    shop.do(RecordPayment(PaymentForm(date(2026, 10, 20), Cents(1_000))))
    shop.do(RecordPayment(PaymentForm(TODAY, Cents(500))))
    for period in (MONTH, MONTH.step(-1), MONTH.step(-2), year):
        for metric in ("paid", "outstanding"):
            parts, apart = whose(shop, metric, period)
            assert (sum(parts.values()), apart) == (cards(shop, period)[metric].now.value, 0)
    assert sum(whose(shop, "paid", MONTH)[0].values()) == 500
    orders = {row.client: 0 for row in shop.ask(ledger, year).rows}
    for row in shop.ask(ledger, year).rows:
        orders[row.client] += row.outstanding
    assert whose(shop, "outstanding", year)[0] == {name: cents for name, cents in orders.items() if cents}
    shop.do(RecordPayment(PaymentForm(TODAY, Cents(100_000))))
    parts, apart = whose(shop, "paid", MONTH)
    assert sum(parts.values()) + apart == 100_500 and apart > 0
    assert whose(shop, "outstanding", MONTH) == ({}, apart)
    assert cards(shop, MONTH)["outstanding"].now.value == -apart


def test_a_payment_for_a_brand_is_of_the_clients_who_bought_it(shop: Desk, ana: int) -> None:
    year = period_of(TODAY, PeriodKind.YEAR)
    brand = int(shop.do(AddBrand("Northmoor")).value)
    order = shop.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(10_000), brand="Northmoor"))).value
    shop.do(ShipOrder(order, TODAY, Cents(10_000)))
    shop.do(RateOrders())
    shop.do(RecordPayment(PaymentForm(TODAY, Cents(700), brand)))
    assert list(whose(shop, "paid", year)[0].values()) == [700]


def test_a_month_of_the_ledger_has_what_earned_in_it(shop: Desk) -> None:
    """An order of September that shipped in October stands in both months."""
    october = shop.ask(ledger, period_of(date(2026, 10, 5), PeriodKind.MONTH))
    assert [(row.on.month, row.earned_here > 0) for row in october.rows] == [(9, True)]
    assert october.rows[0].projected is None  # it counts where it was ordered, as on the card
    assert october.projected == cards(shop, october.period)["projected"].now.value


STEPS: tuple[Callable[[Desk, int], Any], ...] = (
    lambda desk, ana: put(desk, message(ana, at(12))),
    lambda desk, ana: put(desk, session(ana, 12)),
    lambda desk, ana: put(
        desk, t.CsatResponse(client_id=ana, external_id="c1", responded_at=at(12), score=5, nps=9)
    ),
    lambda desk, ana: desk.do(FromShop(ana, "#90", ((1_000, 1, False),), placed=at(13))),
    lambda desk, ana: desk.do(RateOrders()),
    lambda desk, ana: desk.do(RecordPayment(PaymentForm(TODAY, Cents(500)))),
    lambda desk, ana: put(desk, t.FollowUp(client_id=ana, status=FollowUpStatus.COMPLETED, due_on=TODAY,
                                           completed_at=at(20))),
    lambda desk, ana: put(desk, t.Signal(client_id=ana, kind=SignalKind.RETURNED, occurred_at=at(5, month=9),
                                         source="activity", external_id="x1")),
    lambda desk, ana: put(desk, t.Availability(weekday=0, starts=0, ends=600)),
    lambda desk, ana: desk.do(AddBrand("Northmoor")),
    lambda desk, ana: desk.undo(),
    lambda desk, ana: desk.undo(),
    lambda desk, ana: desk.undo(),
)  # fmt: skip


def test_what_is_kept_in_step_is_what_would_be_read_anew(shop: Desk, ana: int) -> None:
    """After each change only what rests on the changed tables is gathered again: nothing may be old."""
    held: Gathered | None = None
    for step in STEPS:
        step(shop, ana)
        for period in (MONTH, period_of(TODAY, PeriodKind.YEAR), period_of(TODAY, PeriodKind.WEEK)):
            kept = shop.ask(metrics, period, held)
            assert kept.cards == shop.ask(metrics, period).cards
            held = kept.gathered


def test_what_has_not_changed_is_not_gathered_again(shop: Desk, ana: int) -> None:
    first = shop.ask(metrics, MONTH).gathered
    assert shop.ask(metrics, MONTH, first).gathered is first
    put(shop, message(ana, at(12)))
    second = shop.ask(metrics, MONTH, first).gathered
    assert second.rows["sales"] is first.rows["sales"] and second.rows["contacts"] is not first.rows["contacts"]


def test_a_goal_shows_for_its_kind_of_period_alone(desk: Desk) -> None:
    desk.do(SetGoal("booked", PeriodKind.MONTH, 200_000))
    assert desk.ask(metrics, MONTH).goals == {"booked": 200_000}
    assert desk.ask(metrics, period_of(TODAY, PeriodKind.WEEK)).goals == {}


def test_a_larger_desk_adds_up(new_desk: Callable[[], Desk]) -> None:
    """Behind each number stand the clients who make it, and no others."""
    with new_desk() as desk:
        build_large(desk, 40, 400)
        year = period_of(TODAY, PeriodKind.YEAR)
        found = desk.ask(metrics, year)
        for card in found.cards:
            if card.metric.id in ("response", "response_90"):
                continue
            names = desk.ask(in_full, card.metric.id, year, found.gathered).behind
            assert sum(one.numerator for one in names) == card.now.numerator
            if card.metric.id not in ("paid", "outstanding"):  # their rows are orders, not payments and days
                assert sum(one.n for one in names) == card.now.n
            assert len({one.client_id for one in names}) == len(names)
