"""The sales summary, the orders behind it and the commission by month, against a plain reckoning beside them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.brands import AddBrand, SetClientBrand
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, OrderForm
from stylistdesk.commands.rates import RateOrders, SetRate
from stylistdesk.commands.sales import AddCreditMemo, CancelOrder, ShipOrder
from stylistdesk.db import tables as t
from stylistdesk.db.event_orders import bases_of
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.types import BasisPoints, BrandStatus, Cents, OrderStatus, RateScope
from stylistdesk.queries.client_history import client_history
from stylistdesk.queries.daily_tasks import client_pane
from stylistdesk.queries.overview import client_overview
from stylistdesk.queries.rates import brands_and_rates, her_brands, re_rating, re_rating_of_client, what_if
from stylistdesk.queries.sales import (
    commission_by_month,
    order_choices,
    order_page,
    orders_of,
    sales_summary,
    totals,
)
from tests.helpers import add_client
from tests.torture import times

TODAY = date(2026, 11, 21)
S = RateScope


def form(total: int = 100_000, on: date = TODAY, **said: Any) -> OrderForm:
    return OrderForm(on, Cents(total), **said)


def rate(scope: RateScope, value: int, start: date | None = None, end: date | None = None, **ids: int) -> SetRate:
    return SetRate(RateKey(scope, **ids), BasisPoints(value), start, end)


@dataclass(frozen=True)
class FromShop:
    """An order as a shop's file brings it: lines of (brand, cents)."""

    client_id: int
    number: str
    lines: tuple[tuple[str, int], ...]
    status: OrderStatus = OrderStatus.PLACED
    refunded: int = 0
    currency: str = "USD"

    def apply(self, work: Work) -> Outcome:
        worth = sum(cents for _, cents in self.lines)
        order = t.Order(
            client_id=self.client_id, source="shopify", number=self.number, status=self.status, currency=self.currency,
            placed_at=datetime(2026, 5, 4, 15, tzinfo=UTC), subtotal_cents=worth, shipping_cents=500, tax_cents=77,
            shipped_at=datetime(2026, 6, 1, 3, tzinfo=UTC) if self.status == "shipped" else None,
            discount_cents=0, total_cents=worth + 577, refunded_cents=self.refunded,
        )  # fmt: skip
        work.session.add(order)
        work.session.flush()
        for position, (brand, cents) in enumerate(self.lines):
            work.session.add(
                t.OrderLine(
                    order_id=order.id or 0, position=position, name="Hat", brand=brand, quantity=1, price_cents=cents
                )
            )
        return Outcome("From the shop", (self.client_id,), order.id)


@pytest.fixture
def ana(desk: Desk) -> int:
    return add_client(desk)


# ---------------------------------------------------------------- the summary


def test_sales_are_summed_by_year_season_and_brand(desk: Desk, ana: int) -> None:
    """She asks what she sold of Northmoor last fall."""
    fall = {"season": "Fall", "season_year": 2026, "brand": "Northmoor"}
    first = desk.do(AddOrderSummary(ana, form(60_000, units=10, **fall))).value
    desk.do(AddOrderSummary(ana, form(40_000, units=5, **fall)))
    desk.do(AddOrderSummary(ana, form(30_000, on=date(2025, 3, 2), brand="Northmoor")))
    desk.do(AddOrderSummary(ana, form(20_000, season="Holiday", season_year=2026)))
    desk.do(ShipOrder(first, TODAY, Cents(25_000)))
    desk.do(CancelOrder(first, Cents(5_000)))
    desk.do(AddCreditMemo(first, Cents(10_000), TODAY))
    found = desk.ask(sales_summary, ana)
    assert [(row.year, row.season, row.brand, row.standing.booked) for row in found.rows] == [
        (2026, "Fall", "Northmoor", 100_000),
        (2026, "Holiday", "", 20_000),
        (2025, "", "Northmoor", 30_000),
    ]
    s = found.rows[0].standing
    assert (s.cancelled, s.active, s.shipped, s.open, s.credited, s.units) == (
        5_000, 95_000, 15_000, 80_000, 10_000, 15,
    )  # fmt: skip
    assert (found.years, found.seasons) == ((2026, 2025), ("Fall", "Holiday", ""))
    assert [row.season for row in found.chosen(2026, "Fall")] == ["Fall"]
    assert totals(found.chosen(2026))["USD"].booked == 120_000
    assert len(found.rows[0].order_ids) == 2


def test_a_shops_order_is_shared_out_among_its_brands_and_counts_merchandise(desk: Desk, ana: int) -> None:
    """Tax and shipping are no sales; an order of two brands is not one of neither."""
    desk.do(AddBrand("Northmoor"))
    desk.do(FromShop(ana, "#1", (("northmoor", 10_000), ("Halcyon Loom", 5_000)), OrderStatus.SHIPPED))
    desk.do(FromShop(ana, "#2", (("Northmoor", 4_000),), OrderStatus.CANCELLED))
    desk.do(FromShop(ana, "#3", (("Northmoor", 900),), currency="CAD"))
    rows = desk.ask(sales_summary, ana).rows
    assert [(r.brand, r.currency, r.standing.booked, r.standing.cancelled, r.standing.shipped) for r in rows] == [
        ("Halcyon Loom", "USD", 5_000, 0, 5_000),
        ("Northmoor", "CAD", 900, 0, 0),
        ("Northmoor", "USD", 14_000, 4_000, 10_000),
    ]
    assert {currency: total.booked for currency, total in totals(rows).items()} == {"USD": 19_000, "CAD": 900}


orders = st.lists(
    st.tuples(
        st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(0, 9_999)), min_size=1, max_size=4),
        st.sampled_from(list(OrderStatus)),
        st.integers(0, 5_000),
    ),
    max_size=5,
)


@settings(max_examples=times(12))
@given(shop=orders, typed=st.lists(st.tuples(st.integers(0, 50_000), st.integers(0, 100), st.integers(0, 100))))
def test_the_summary_adds_up_to_the_orders(
    new_desk: Callable[[], Desk], shop: list[Any], typed: list[tuple[int, int, int]]
) -> None:
    """Counted order by order on paper, and by the desk: the same to the cent."""
    with new_desk() as desk:
        ana = add_client(desk)
        wanted: Counter[str] = Counter()
        for number, (lines, status, refunded) in enumerate(shop):
            desk.do(FromShop(ana, f"#{number}", tuple(lines), status, refunded))
            worth = sum(cents for _, cents in lines)
            wanted["booked"] += worth
            wanted["cancelled"] += worth if status == "cancelled" else 0
            wanted["shipped"] += worth if status in ("shipped", "received") else 0
            goods = int(Fraction(refunded * worth, worth + 77) + Fraction(1, 2))  # its tax came back with it
            wanted["credited"] += 0 if status == "cancelled" else min(worth, goods)
        for total, ship, cancel in typed:
            order_id = desk.do(AddOrderSummary(ana, form(total, brand="A"))).value
            shipped = total * ship // 100
            cancelled = (total - shipped) * cancel // 100
            if shipped:
                desk.do(ShipOrder(order_id, TODAY, Cents(shipped)))
            if cancelled:
                desk.do(CancelOrder(order_id, Cents(cancelled)))
            wanted += Counter({"booked": total, "cancelled": cancelled, "shipped": shipped})
        found = desk.ask(sales_summary, ana)
        sums = totals(found.rows).get("USD")
        listed = desk.ask(orders_of, ana).rows
        assert sum(len(set(row.order_ids)) for row in found.rows) >= len(listed) == len(shop) + len(typed)
        for name in ("booked", "cancelled", "shipped", "credited"):
            assert (getattr(sums, name) if sums else 0) == wanted[name]
            assert sum(getattr(row.standing, name) for row in listed) == wanted[name]
        assert all(row.standing.open >= 0 for row in found.rows)
        pane = desk.ask(client_pane, ana)
        assert pane is not None
        assert pane.order_total == (sums.active if sums else 0)  # wherever she looks, the same sum


def test_a_client_shows_the_same_sum_everywhere(desk: Desk, ana: int) -> None:
    """The pane said $155.77 with tax and shipping, and her Sales $150: which of the two did she sell?"""
    desk.do(FromShop(ana, "#1", (("A", 10_000), ("B", 5_000)), OrderStatus.SHIPPED, refunded=2_000))
    desk.do(FromShop(ana, "#2", (("A", 4_000),), OrderStatus.CANCELLED))
    order_id = desk.do(AddOrderSummary(ana, form(3_000))).value
    desk.do(CancelOrder(order_id, Cents(1_000)))
    desk.do(ShipOrder(order_id, TODAY))
    desk.do(AddCreditMemo(order_id, Cents(300), TODAY, reopens=False))
    pane, overview = desk.ask(client_pane, ana), desk.ask(client_overview, ana, 4)
    assert pane is not None
    assert overview is not None
    listed = {row.number: row.standing for row in desk.ask(orders_of, ana).rows}
    assert pane.order_total == totals(desk.ask(sales_summary, ana).rows)["USD"].active == 17_000
    assert [(o.number, o.booked, o.credited) for o in overview.orders] == [
        ("S1001", 3_000, 300),
        ("#2", 4_000, 0),
        ("#1", 15_000, 1_990),
    ]
    assert all((listed[o.number].booked, listed[o.number].credited) == (o.booked, o.credited) for o in overview.orders)
    told = [line for one in desk.ask(client_history, ana).happenings for line in one.said]
    assert "Order #1 booked $150" in told


# --------------------------------------------------------------------- orders


def test_an_order_is_told_in_full_with_why_this_rate(desk: Desk, ana: int) -> None:
    desk.do(rate(S.REP, 1_000))
    words = "4 x Cable cardigan [NM-310] @ 95 less 20\n6 x Felt hat @ 48 at 5 %"
    order_id = desk.do(
        AddPurchaseOrder(ana, form(0, on=date(2026, 10, 1), brand="Northmoor", lines=parse_lines(words, "USD")))
    ).value
    desk.do(ShipOrder(order_id, date(2026, 10, 9), Cents(20_000), "first parcel"))
    desk.do(AddCreditMemo(order_id, Cents(5_000), date(2026, 11, 3), note="moth"))
    page = desk.ask(order_page, order_id)
    assert page is not None
    assert [(x.name, x.brand, x.worth, x.rate, x.commission) for x in page.lines] == [
        ("Cable cardigan", "Northmoor", 36_000, 1_000, 3_600),
        ("Felt hat", "Northmoor", 28_800, 500, 1_440),
    ]
    assert [(m.kind, m.amount, m.commission) for m in page.moves] == [
        ("shipment", 20_000, 1_556), ("credit", 5_000, -389),
    ]  # fmt: skip
    assert page.row.earned == 1_556 - 389
    assert page.typed_lines == words.replace("95 ", "$95 ").replace("20\n", "$20\n").replace("48", "$48")
    assert (page.brand, page.own_rate, page.row.why) == ("Northmoor", None, "by line: 5 % to 10 %")
    assert desk.ask(order_page, 99) is None
    choices = desk.ask(order_choices, ana)
    assert (choices.brands, choices.next_summary, choices.next_purchase_order, choices.next_credit) == (
        ("Northmoor",), "S1001", "PO1002", "CM1002",
    )  # fmt: skip


# ----------------------------------------------------------------- commission


def test_commission_is_earned_when_it_ships_and_a_credit_counts_in_its_own_month(desk: Desk, ana: int) -> None:
    """A credit of November must not change the statement of September."""
    order_id = desk.do(AddOrderSummary(ana, form(100_000, on=date(2026, 8, 30), rate=BasisPoints(1_000)))).value
    desk.do(ShipOrder(order_id, date(2026, 9, 1), Cents(40_000)))
    desk.do(ShipOrder(order_id, date(2026, 10, 1)))
    desk.do(AddCreditMemo(order_id, Cents(30_000), date(2026, 11, 1)))
    other = desk.do(AddOrderSummary(ana, form(5_000, rate=BasisPoints(1_000)))).value
    desk.do(CancelOrder(other))
    months = desk.ask(commission_by_month, ana)
    assert [(m.year, m.month, m.earned, m.credited) for m in months] == [
        (2026, 11, 0, -3_000),
        (2026, 10, 6_000, 0),
        (2026, 9, 4_000, 0),
    ]


def test_a_shops_order_earns_in_the_local_month_in_which_it_was_sent(desk: Desk, ana: int) -> None:
    """Sent on 1 June at three in the morning UTC, it is 31 May at her desk."""
    desk.do(FromShop(ana, "#1", (("A", 10_000),), OrderStatus.SHIPPED, refunded=2_000))
    desk.do(rate(S.REP, 1_000))
    desk.do(RateOrders())
    (month,) = desk.ask(commission_by_month, None)
    assert (month.year, month.month, month.earned, month.credited, month.net) == (2026, 5, 1_000, -198, 802)


@pytest.mark.parametrize(("refunded", "goods"), [(0, 0), (1, 1), (5_039, 5_000), (10_077, 10_000), (10_577, 10_000)])
def test_refunded_tax_takes_no_commission_and_no_merchandise(desk: Desk, ana: int, refunded: int, goods: int) -> None:
    """What she earns and what the order counts for in an event go by the same merchandise."""
    order_id = desk.do(FromShop(ana, "#1", (("A", 10_000),), OrderStatus.SHIPPED, refunded)).value
    desk.do(rate(S.REP, 1_000))
    desk.do(RateOrders())
    (row,) = desk.ask(orders_of, ana).rows
    assert (row.standing.credited, row.earned) == (goods, (10_000 - goods + 5) // 10)
    assert desk.ask(lambda asking: bases_of(asking.session, (order_id,))) == {order_id: 10_000 - goods}


@settings(max_examples=times(12))
@given(
    rates=st.lists(st.integers(0, 3_000), min_size=1, max_size=3),
    sold=st.lists(st.tuples(st.integers(1, 99_999), st.integers(0, 400), st.integers(0, 100)), max_size=6),
)
def test_the_months_add_up_to_what_an_independent_reckoning_earns(
    new_desk: Callable[[], Desk], rates: list[int], sold: list[tuple[int, int, int]]
) -> None:
    """Dated rates one after the other; every order by hand, in fractions, and rounded once."""
    with new_desk() as desk:
        ana = add_client(desk)
        first = TODAY - timedelta(days=400)
        starts = [first + timedelta(days=index * 100) for index in range(len(rates))]
        for index, value in enumerate(rates):
            end = starts[index + 1] if index + 1 < len(starts) else None
            desk.do(rate(S.CLIENT, value, starts[index], end, client_id=ana))
        wanted = 0
        for cents, days, percent in sold:
            on = first + timedelta(days=days)
            order_id = desk.do(AddOrderSummary(ana, form(cents, on=on))).value
            sent = cents * percent // 100
            if sent:
                desk.do(ShipOrder(order_id, TODAY, Cents(sent)))
            holds = [value for start, value in zip(starts, rates, strict=True) if start <= on][-1]
            wanted += int(Fraction(sent * holds, 10_000) + Fraction(1, 2))
        assert sum(m.net for m in desk.ask(commission_by_month, ana)) == wanted
        assert sum(row.earned for row in desk.ask(orders_of, ana).rows) == wanted


def test_her_orders_come_a_page_at_a_time(desk: Desk, ana: int) -> None:
    """Each once and the newest first, though several are of one day: 50,000 of them took six seconds to show."""
    days = [TODAY - timedelta(days=number % 3) for number in range(11)]
    for on in days:
        desk.do(AddOrderSummary(ana, form(1_000, on=on)))
    desk.do(AddOrderSummary(add_client(desk, "Bea Okafor"), form(1_000)))
    whole = desk.ask(orders_of, ana)
    assert [row.day for row in whole.rows] == sorted(days, reverse=True)
    assert whole.next is None
    rows, after, pages = [], None, 0
    while pages == 0 or after is not None:
        page = desk.ask(orders_of, ana, after, 4)
        rows, after, pages = [*rows, *page.rows], page.next, pages + 1
    assert (tuple(rows), pages) == (whole.rows, 3)


# ------------------------------------------------------------ brands and rates


def test_her_brands_say_what_would_hold_today_and_why(desk: Desk, ana: int) -> None:
    northmoor = desk.do(AddBrand("Northmoor")).value
    desk.do(AddBrand("Halcyon Loom"))
    desk.do(rate(S.BRAND, 1_200, brand_id=northmoor))
    desk.do(rate(S.REP, 1_000))
    desk.do(rate(S.CLIENT_BRAND, 800, date(2025, 1, 1), date(2026, 1, 1), client_id=ana, brand_id=northmoor))
    desk.do(rate(S.CLIENT_BRAND, 700, date(2026, 3, 1), client_id=ana, brand_id=northmoor))
    desk.do(SetClientBrand(ana, "Northmoor", BrandStatus.ACTIVE, "N-77"))
    found = desk.ask(her_brands, ana)
    assert found is not None
    first, second = found.brands
    assert (first.name, first.status, first.number, first.default, first.rep, first.today) == (
        "Northmoor", BrandStatus.ACTIVE, "N-77", 1_200, 1_000, 700,
    )  # fmt: skip
    assert [(r.rate, r.runs) for r in first.own] == [(700, True), (800, False)]
    assert first.why == (
        "7 %: her own rate for Northmoor from 1 Mar 2026, over the rep's 10 % and the brand's 12 %"
    )  # fmt: skip
    assert (second.name, second.status, second.today) == ("Halcyon Loom", None, 1_000)
    everything = desk.ask(brands_and_rates)
    assert [(b.name, b.active, b.potential, [r.rate for r in b.default]) for b in everything.brands] == [
        ("Halcyon Loom", 0, 0, []), ("Northmoor", 1, 0, [1_200]),
    ]  # fmt: skip
    assert [r.rate for r in everything.rep] == [1_000]
    assert desk.ask(her_brands, 99) is None


def test_re_rating_is_seen_before_it_is_done_and_what_if_keeps_nothing(desk: Desk, ana: int) -> None:
    desk.do(rate(S.REP, 1_000))
    lines = parse_lines("2 x Hat @ 50\n1 x Coat @ 100 at 3 %", "USD")
    order_id = desk.do(AddPurchaseOrder(ana, form(0, lines=lines))).value
    desk.do(AddOrderSummary(ana, form(on=date(2026, 1, 5), brand="Northmoor")))
    assert desk.ask(re_rating_of_client, ana) == ()
    desk.do(rate(S.CLIENT, 700, date(2026, 3, 1), client_id=ana))
    (one,) = desk.ask(re_rating_of_client, ana)
    assert (one.number, one.old.commission, one.new.commission, one.new.why) == (
        "PO1001", 1_300, 1_000, "by line: 3 % to 7 %",
    )  # fmt: skip
    assert [(name, old.rate, new.rate) for name, old, new in one.lines] == [("Hat", 1_000, 700), ("Coat", 300, 300)]
    assert desk.ask(re_rating, (order_id,)) == (one,)
    tried = desk.ask(what_if, ana, BasisPoints(2_000))
    assert [(t.number, t.old.commission, t.new.commission) for t in tried] == [
        ("PO1001", 1_300, 2_300),
        ("S1001", 10_000, 20_000),
    ]
    assert [t.number for t in desk.ask(what_if, ana, BasisPoints(2_000), date(2026, 2, 1))] == ["PO1001"]
    assert [t.number for t in desk.ask(what_if, ana, BasisPoints(2_000), None, 1)] == ["S1001"]
    assert len(desk.ask(brands_and_rates).rep) == 1
