"""What the rep sells and earns (R20, R32), by hand and against the slowest way to count it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.metrics import Measure, Unit
from stylistdesk.domain.metrics_ledger import paid_since, settle, still_owed
from stylistdesk.domain.metrics_of_sales import (
    Bought,
    Earned,
    Moved,
    Payment,
    Received,
    Sale,
    Sales,
    Sent,
    active,
    attributed,
    booked,
    buyers,
    cancelled,
    conversion,
    earned,
    items_back,
    kept,
    one_by_one,
    order_value,
    outstanding,
    owed,
    paid,
    projected,
    retention,
    returns,
    revenue_per_lookbook,
    shipped,
    summed,
    units_per_order,
)
from stylistdesk.domain.metrics_table import BY_ID
from stylistdesk.domain.metrics_words import parse_target, say_change, say_formula, say_interval, say_value
from tests.domain.making import NOW, TODAY

DAY = timedelta(days=1)
ANA, BEA, CLEO = 1, 2, 3


def sale(
    client: int,
    cents: int,
    *,
    cancels: int = 0,
    ships: int = 0,
    units: int | None = 1,
    own: bool = True,
    key: int = 1,
    earns: int = 0,
    refunded: int = 0,
    arrived: bool = False,
) -> Sale:
    return Sale("", client, key, own, cents, cancels, ships, earns, refunded, arrived, units)


SALES = (
    sale(ANA, 10_000, ships=4_000, units=2, earns=700),
    sale(ANA, 5_000, cancels=5_000, units=9),
    sale(BEA, 6_001, cancels=1_000, units=1, earns=350),
    sale(CLEO, 9_900, own=False, units=3, earns=99),
    sale(CLEO, 2_000, units=None),
)
SOLD = (Sales(TODAY, SALES),)


@pytest.mark.parametrize(
    ("formula", "value", "n"),
    [
        (booked, 23_001, 4),
        (cancelled, 6_000, 2),
        (active, 17_001, 3),
        (shipped, 4_000, 1),
        (order_value, 5_667, 3),  # 17,001 / 3, which an order cancelled whole does not lower
        (units_per_order, 200, 3),  # 6 units / 3 orders, one of them in another currency
        (projected, 1_050, 2),
    ],
)
def test_sales_by_hand(formula: object, value: int, n: int) -> None:
    found = formula(summed(one_by_one(SOLD)))  # type: ignore[operator]
    assert (found.value, found.n) == (value, n)
    assert formula(summed(SOLD)).alone() == found.alone()  # type: ignore[operator]


def test_active_is_booked_less_cancelled() -> None:
    sold = summed(SOLD)
    assert active(sold).numerator == booked(sold).numerator - cancelled(sold).numerator


@st.composite
def days_of_sales(draw: st.DrawFn) -> list[Sales]:
    """Orders of some days in a row, each with an id of its own."""
    cents = st.integers(0, 900)
    order = st.builds(
        lambda client, worth, cancels, *rest: Sale("", client, 0, rest[0], worth, min(cancels, worth), *rest[1:]),
        st.integers(1, 3), cents, cents, st.booleans(), cents, cents, st.just(0), st.booleans(),
        st.none() | st.integers(0, 5),
    )  # fmt: skip
    days = draw(st.lists(st.lists(order, max_size=8), max_size=4))
    keys = iter(range(1, 40))
    found = []
    for number, orders in enumerate(days):
        refunds = [draw(st.sampled_from((0, 0, one.active // 2, one.active))) for one in orders]
        each = [one._replace(order_id=next(keys), refunded=cents) for one, cents in zip(orders, refunds, strict=True)]
        found.append(Sales(TODAY + number * DAY, each))
    return found


def slowly(days: list[Sales]) -> dict[str, tuple[int, int]]:
    """The sum of each metric, and of how many orders, as the words for it say."""
    orders = [order for day in days for order in day.orders]
    standing = [one for one in orders if not one.is_cancelled]
    own = [one for one in orders if one.is_own_currency]
    net = [one.active for one in standing if one.is_own_currency]
    told: dict[str, list[int]] = {
        "booked": [one.booked for one in own],
        "cancelled": [one.cancelled for one in own if one.cancelled],
        "active": net,
        "shipped": [one.shipped for one in own if one.shipped],
        "order_value": net,
        "units": [one.units for one in standing if one.units is not None],
        "projected": [one.projected for one in own if one.projected],
    }
    return {name: (sum(each), len(each)) for name, each in told.items()}


@given(days_of_sales())
def test_the_sums_of_days_are_those_of_their_orders(days: list[Sales]) -> None:
    sold, alone = summed(days), summed(one_by_one(days))
    assert [one.on for one in sold] == [one.on for one in days]
    for name, told in slowly(days).items():
        of = {"units": units_per_order}.get(name) or globals()[name]
        found = of(sold)
        assert (found.numerator, found.n) == told
        assert of(alone).alone() == found.alone()
    assert sum(one.others for one in sold) == sum(not one.is_own_currency for day in days for one in day.orders)


def test_retention_counts_who_bought_again() -> None:
    before = [sale(ANA, 100), sale(ANA, 100), sale(BEA, 100), sale(CLEO, 100, cancels=100)]
    now = buyers([Sales(TODAY, [sale(ANA, 50)]), Sales(TODAY + DAY, [sale(CLEO, 50)])])
    found = retention(buyers([Sales(TODAY - DAY, before)]), now)
    assert (found.value, found.numerator, found.n) == (5_000, 1, 2)
    assert retention((), now).value is None


def test_an_order_is_put_down_to_the_last_lookbook_before_it() -> None:
    first, second = NOW - 20 * DAY, NOW - 10 * DAY
    lookbooks = (Sent(first.date(), ANA, first), Sent(second.date(), ANA, second), Sent(TODAY, BEA, NOW))
    orders = (
        Bought(ANA, first - DAY, 1_000),  # before any
        Bought(ANA, first + DAY, 2_000),
        Bought(ANA, second + DAY, 4_000),  # within 14 days of both
        Bought(ANA, second + 14 * DAY, 8_000),  # at the very end of the window
        Bought(ANA, second + 14 * DAY + timedelta(seconds=1), 16_000),
        Bought(BEA, NOW, 64_000),  # at the instant of delivery is not after it
        Bought(CLEO, NOW, 128_000),
    )
    won = attributed(lookbooks, orders, 14)
    assert [(one.orders, one.net) for one in won] == [(1, 2_000), (2, 12_000), (0, 0)]
    told = attributed(lookbooks, (Bought(BEA, NOW + DAY), Bought(ANA, second + 15 * DAY)), 14)
    assert [(one.orders, one.net) for one in told] == [(0, 0), (0, 0), (1, 0)]  # a checkout of no known order counts
    assert (conversion(won).numerator, conversion(won).n) == (2, 3)
    assert revenue_per_lookbook(won).value == 4_667


Instants = st.integers(0, 40 * 24).map(lambda hours: NOW - timedelta(hours=hours))


@given(
    st.lists(st.tuples(st.integers(1, 3), Instants), max_size=12, unique=True),
    st.lists(st.builds(Bought, st.integers(1, 3), Instants, st.integers(0, 999)), max_size=25),
    st.integers(1, 20),
)
def test_attribution_is_what_looking_at_every_pair_gives(
    sent: list[tuple[int, datetime]],
    bought: list[Bought],
    days: int,
) -> None:
    lookbooks = tuple(sorted((Sent(at.date(), who, at) for who, at in sent), key=lambda one: one.on))
    slowly = [[0, 0] for _ in lookbooks]
    for client_id, at, cents in bought:
        before = [
            (book.delivered_at, index)
            for index, book in enumerate(lookbooks)
            if book.client_id == client_id and book.delivered_at < at <= book.delivered_at + timedelta(days=days)
        ]
        if before:
            index = max(before)[1]
            slowly[index][0] += 1
            slowly[index][1] += cents
    assert [[one.orders, one.net] for one in attributed(lookbooks, bought, days)] == slowly


def test_what_came_back_is_told_once_the_window_has_closed() -> None:
    bought = TODAY - 31 * DAY
    days = (
        Sales(
            bought,
            (
                sale(ANA, 400, units=4, key=1, arrived=True),
                sale(BEA, 400, units=2, key=2, refunded=200, arrived=True),
                sale(CLEO, 100, key=3),  # her items tell that it arrived
                sale(5, 100, units=7, key=5),
                sale(6, 100, key=6),
            ),
        ),
        Sales(bought + DAY, (sale(CLEO, 100, units=5, key=4, arrived=True),)),
    )
    items = (
        Moved(bought + DAY, ANA, 1, True),
        Moved(bought + 2 * DAY, ANA, None, True),  # says no order: it is of the last one before it
        Moved(bought - DAY, ANA, None, True),  # nothing was bought before it
        Moved(bought + DAY, CLEO, 3, True),
        Moved(bought + DAY, CLEO, 3, True),  # twice, of one unit
        Moved(bought + 3 * DAY, 6, None, False),
    )
    back = items_back(days, items)
    received = returns(one_by_one(days), back, 30)
    assert [(one.units, one.returned) for one in received] == [(4, 2), (2, 1), (1, 1), (1, 0), (5, 0)]
    assert received[0] == Received(TODAY, ANA, 4, 2)
    assert returns(days, back, 30) == (Received(TODAY, 0, 8, 4), Received(TODAY + DAY, 0, 5, 0))
    found = kept(received, TODAY)
    assert (found.numerator, found.n) == (4, 8)  # the last can still come back


@given(
    days_of_sales(),
    st.lists(
        st.builds(
            Moved,
            st.integers(-1, 5).map(lambda days: TODAY + days * DAY),
            st.integers(1, 3),
            st.none() | st.integers(1, 9),
            st.booleans(),
        ),
        max_size=12,
    ),
)
def test_what_came_back_of_a_day_is_what_came_back_of_each_order(days: list[Sales], items: list[Moved]) -> None:
    of: dict[int, list[Moved]] = {}
    for item in items:
        hers = [
            order.order_id
            for day in days
            for order in day.orders
            if order.client_id == item.client_id and order.active > 0 and day.on <= item.on
        ]
        key = item.order_id if item.order_id is not None else max(hers, default=0)
        of.setdefault(key, []).append(item)
    each = []
    for day in days:
        for order in day.orders:
            its = of.get(order.order_id, [])
            if order.active > 0 and (order.has_arrived or its):
                units = order.units or 0
                refunds = (2 * units * order.refunded + order.active) // (2 * order.active)
                came = min(units, max(sum(item.is_back for item in its), refunds))
                each.append((day.on + 31 * DAY, order.client_id, units, came))
    back = items_back(days, items)
    assert [tuple(one) for one in returns(one_by_one(days), back, 30)] == each
    for one in returns(days, back, 30):
        those = [row for row in each if row[0] == one.on]
        assert (one.units, one.returned) == (sum(row[2] for row in those), sum(row[3] for row in those))


POSTINGS = (
    Earned(TODAY - 40 * DAY, ANA, 1, 500),
    Earned(TODAY - 30 * DAY, BEA, 2, 300),
    Earned(TODAY - 10 * DAY, ANA, 1, -100),
    Earned(TODAY, CLEO, 3, 700),
)


def test_commission_by_hand() -> None:
    payments = (Payment(TODAY - 20 * DAY, 1, 450), Payment(TODAY, 2, -50))
    assert earned(POSTINGS).value == 1_400
    assert paid(payments).value == 400
    assert outstanding(owed(POSTINGS, payments)).value == 1_000
    assert outstanding(owed((), (Payment(TODAY, 1, 10),))).value == -10


@pytest.mark.parametrize(
    ("payments", "shares", "ahead"),
    [
        ([], {1: 0, 2: 0, 3: 0}, 0),
        ([(450, None)], {1: 400, 2: 50, 3: 0}, 0),  # the first earned first, less what was credited
        ([(350, 9)], {1: 50, 2: 300, 3: 0}, 0),  # what is over of a brand's goes to the others
        ([(250, 9), (250, None)], {1: 250, 2: 250, 3: 0}, 0),
        ([(2_000, None), (-100, None)], {1: 400, 2: 300, 3: 700}, 500),
    ],
)
def test_payments_go_to_what_was_earned_first(
    payments: list[tuple[int, int | None]], shares: dict[int, int], ahead: int
) -> None:
    given = [Payment(TODAY, index, cents, brand) for index, (cents, brand) in enumerate(payments)]
    found = settle(POSTINGS, given, {2: frozenset({9})})
    assert (found.paid, found.ahead) == (shares, ahead)


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(-300, 900)), max_size=20),
    st.lists(st.tuples(st.integers(-200, 900), st.sampled_from([None, 7, 8])), max_size=8),
)
def test_no_cent_of_a_payment_is_lost(
    postings: Sequence[tuple[int, int]], payments: Sequence[tuple[int, int | None]]
) -> None:
    earnings = [Earned(TODAY, ANA, key, cents) for key, cents in postings]
    given = [Payment(TODAY, index, cents, brand) for index, (cents, brand) in enumerate(payments)]
    found = settle(earnings, given, {1: frozenset({7}), 2: frozenset({7, 8})})
    assert sum(found.paid.values()) + found.ahead == sum(cents for cents, _ in payments)
    earns: dict[int, int] = {}
    for key, cents in postings:
        earns[key] = earns.get(key, 0) + cents
    assert all(0 <= part <= max(0, earns[key]) for key, part in found.paid.items())
    rows, ahead = still_owed(earnings, given, {1: frozenset({7}), 2: frozenset({7, 8})})
    assert sum(cents for _, cents, _ in rows) - ahead == outstanding(owed(earnings, given)).value


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(-30, 90)), max_size=10),
    st.lists(st.tuples(st.integers(-20, 90), st.integers(0, 9), st.sampled_from([None, 7])), max_size=6),
)
def test_what_was_paid_since_adds_up_to_the_payments_since(
    postings: Sequence[tuple[int, int]], payments: Sequence[tuple[int, int, int | None]]
) -> None:
    earnings = [Earned(TODAY, key, key, cents) for key, cents in postings]
    given = [Payment(TODAY - day * DAY, index, cents, brand) for index, (cents, day, brand) in enumerate(payments)]
    since = TODAY - 4 * DAY
    rows, ahead = paid_since(since, earnings, given, {1: frozenset({7})})
    assert sum(cents for _, cents, _ in rows) + ahead == sum(one.cents for one in given if one.on >= since)
    if all(one.cents > 0 and one.brand_id is None for one in given):
        assert all(cents > 0 for _, cents, _ in rows)  # nobody's share shrinks where money only comes


# ------------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (None, Unit.RATE, "–"),
        (8_235, Unit.RATE, "82.4 %"),
        (10_000, Unit.RATE, "100 %"),
        (2_500, Unit.POINTS, "+25"),
        (-1_249, Unit.POINTS, "-12"),
        (144_050, Unit.CENTS, "$1,440.50"),
        (1_204, Unit.COUNT, "1,204"),
        (95, Unit.MINUTES, "1h35"),
        (184, Unit.HUNDREDTHS, "1.84"),
    ],
)
def test_a_value_is_said_in_its_unit(value: int | None, unit: Unit, said: str) -> None:
    assert say_value(value, unit, "USD") == said


def test_a_formula_has_its_numbers_put_in() -> None:
    rate = Measure(Unit.RATE, 8_235, 14, 17, (5_897, 9_381))
    assert say_formula(BY_ID["csat"], rate, "USD") == ("ratings of 4 and 5 / all ratings", "14 / 17 = 82.4 %")
    assert say_interval(rate) == "59–94 %"
    value = Measure(Unit.CENTS, 5_667, 17_001, 3)
    assert say_formula(BY_ID["order_value"], value, "USD")[1] == "$170.01 / 3 = $56.67"
    assert say_formula(BY_ID["booked"], Measure(Unit.CENTS, 500, 500, 1), "USD")[1] == "= $5"
    assert say_change(-350, Unit.RATE, "USD") == "3.5 pts"


@pytest.mark.parametrize(
    ("words", "unit", "target"),
    [
        ("40 %", Unit.RATE, 4_000),
        ("92.5", Unit.RATE, 9_250),
        ("$2,000", Unit.CENTS, 200_000),
        (" 2 000 ", Unit.CENTS, 200_000),
        ("12", Unit.COUNT, 12),
        ("1,200", Unit.COUNT, 1_200),
        ("2h", Unit.MINUTES, 120),
        ("45", Unit.MINUTES, 45),
        ("1.8", Unit.HUNDREDTHS, 180),
        ("+40", Unit.POINTS, 4_000),
        ("-5 points", Unit.POINTS, -500),
    ],
)
def test_a_goal_is_typed_as_people_do(words: str, unit: Unit, target: int) -> None:
    assert parse_target(words, unit, "USD") == target


@pytest.mark.parametrize(
    ("words", "unit"),
    [("", Unit.RATE), ("101 %", Unit.RATE), ("a lot", Unit.CENTS), ("12.5", Unit.COUNT), ("soon", Unit.MINUTES),
     ("101", Unit.POINTS), ("1.234", Unit.HUNDREDTHS), ("9" * 15, Unit.CENTS)],
)  # fmt: skip
def test_what_is_no_goal_is_refused_with_an_example(words: str, unit: Unit) -> None:
    with pytest.raises(Refused) as no:
        parse_target(words, unit, "USD")
    assert no.value.field == "target" and no.value.hint
