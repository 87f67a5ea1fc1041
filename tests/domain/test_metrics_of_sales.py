"""What the rep sells and earns (R20, R32), by hand and against the slowest way to count it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.metrics import Measure, Unit
from stylistdesk.domain.metrics_ledger import paid_since, settle, still_owed
from stylistdesk.domain.metrics_of_sales import (
    Checkout,
    Earned,
    Moved,
    Payment,
    Received,
    Sale,
    Sent,
    active,
    attributed,
    booked,
    by_day,
    cancelled,
    conversion,
    earned,
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
    at: datetime = NOW,
    *,
    cancels: int = 0,
    ships: int = 0,
    units: int | None = 1,
    own: bool = True,
    key: int = 1,
    earns: int = 0,
) -> Sale:
    return Sale(at.date(), client, key, at, own, cents, cancels, ships, units, earns)


SALES = (
    sale(ANA, 10_000, ships=4_000, units=2, earns=700),
    sale(ANA, 5_000, cancels=5_000, units=9),
    sale(BEA, 6_001, cancels=1_000, units=1, earns=350),
    sale(CLEO, 9_900, own=False, units=3, earns=99),
    sale(CLEO, 2_000, units=None),
)


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
    found = formula(one_by_one(SALES))  # type: ignore[operator]
    assert (found.value, found.n) == (value, n)
    assert formula(by_day(SALES)).alone() == found.alone()  # type: ignore[operator]


def test_active_is_booked_less_cancelled() -> None:
    sold = by_day(SALES)
    assert active(sold).numerator == booked(sold).numerator - cancelled(sold).numerator


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3), st.integers(1, 3), st.integers(0, 900), st.integers(0, 900), st.integers(0, 900),
            st.none() | st.integers(0, 5), st.booleans(), st.integers(0, 90),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_the_sums_of_days_are_those_of_their_orders(
    rows: list[tuple[int, int, int, int, int, int | None, bool, int]],
) -> None:
    sales = [
        sale(
            client, cents, NOW - days * DAY, cancels=min(cancels, cents), ships=ships, units=units, own=own, earns=earns
        )
        for days, client, cents, cancels, ships, units, own, earns in rows
    ]
    days = by_day(sales)
    assert [one.on for one in days] == sorted({one.on for one in sales})
    for formula in (booked, cancelled, active, shipped, order_value, units_per_order, projected):
        assert formula(days).alone() == formula(one_by_one(sales)).alone()


def test_retention_counts_who_bought_again() -> None:
    before = (sale(ANA, 100), sale(ANA, 100), sale(BEA, 100), sale(CLEO, 100, cancels=100))
    now = (sale(ANA, 50), sale(CLEO, 50))
    found = retention(before, now)
    assert (found.value, found.numerator, found.n) == (5_000, 1, 2)
    assert retention((), now).value is None


def test_an_order_is_put_down_to_the_last_lookbook_before_it() -> None:
    first, second = NOW - 20 * DAY, NOW - 10 * DAY
    lookbooks = (Sent(first.date(), ANA, first), Sent(second.date(), ANA, second), Sent(TODAY, BEA, NOW))
    sales = (
        sale(ANA, 1_000, first - DAY),  # before any
        sale(ANA, 2_000, first + DAY),
        sale(ANA, 4_000, second + DAY),  # within 14 days of both
        sale(ANA, 8_000, second + 14 * DAY),  # at the very end of the window
        sale(ANA, 16_000, second + 14 * DAY + timedelta(seconds=1)),
        sale(ANA, 32_000, second + DAY, cancels=32_000),
        sale(BEA, 64_000, NOW),  # at the instant of delivery is not after it
        sale(CLEO, 128_000, NOW),
    )
    won = attributed(lookbooks, sales, (), 14)
    assert [(one.orders, one.net) for one in won] == [(1, 2_000), (2, 12_000), (0, 0)]
    told = attributed(lookbooks, (), (Checkout(BEA, NOW + DAY), Checkout(ANA, second + 15 * DAY)), 14)
    assert [(one.orders, one.net) for one in told] == [(0, 0), (0, 0), (1, 0)]  # a checkout of no known order counts
    assert (conversion(won).numerator, conversion(won).n) == (2, 3)
    assert revenue_per_lookbook(won).value == 4_667


Instants = st.integers(0, 40 * 24).map(lambda hours: NOW - timedelta(hours=hours))


@given(
    st.lists(st.tuples(st.integers(1, 3), Instants), max_size=12, unique=True),
    st.lists(st.tuples(st.integers(1, 3), Instants, st.integers(1, 999)), max_size=25),
    st.lists(st.tuples(st.integers(1, 3), Instants), max_size=9),
    st.integers(1, 20),
)
def test_attribution_is_what_looking_at_every_pair_gives(
    sent: list[tuple[int, datetime]],
    bought: list[tuple[int, datetime, int]],
    told: list[tuple[int, datetime]],
    days: int,
) -> None:
    lookbooks = tuple(sorted((Sent(at.date(), who, at) for who, at in sent), key=lambda one: one.on))
    sales = [sale(who, cents, at) for who, at, cents in bought]
    slowly = [[0, 0] for _ in lookbooks]
    for client_id, at, cents in (*bought, *((who, at, 0) for who, at in told)):
        before = [
            (book.delivered_at, index)
            for index, book in enumerate(lookbooks)
            if book.client_id == client_id and book.delivered_at < at <= book.delivered_at + timedelta(days=days)
        ]
        if before:
            index = max(before)[1]
            slowly[index][0] += 1
            slowly[index][1] += cents
    won = attributed(lookbooks, sales, [Checkout(*one) for one in told], days)
    assert [[one.orders, one.net] for one in won] == slowly


def came(on: date, client: int, key: int, units: int, cents: int, refunded: int, arrived: bool) -> Sale:
    return sale(client, cents, units=units, key=key)._replace(on=on, refunded=refunded, has_arrived=arrived)


def test_what_came_back_is_told_once_the_window_has_closed() -> None:
    bought = TODAY - 31 * DAY
    orders = (
        came(bought, ANA, 1, 4, 400, 0, True),
        came(bought, BEA, 2, 2, 400, 200, True),
        came(bought, CLEO, 3, 1, 100, 0, False),  # her items tell it
        came(bought + DAY, CLEO, 4, 5, 100, 0, True),
        came(bought, 5, 5, 7, 100, 0, False),
        came(bought, 6, 6, 1, 100, 0, False),
    )
    items = (
        Moved(bought + DAY, ANA, 1, True),
        Moved(bought + 2 * DAY, ANA, None, True),  # says no order: it is of the last one before it
        Moved(bought - DAY, ANA, None, True),  # nothing was bought before it
        Moved(bought + DAY, CLEO, 3, True),
        Moved(bought + DAY, CLEO, 3, True),  # twice, of one unit
        Moved(bought + 3 * DAY, 6, None, False),
    )
    received = returns(orders, items, 30)
    assert [(one.units, one.returned) for one in received] == [(4, 2), (2, 1), (1, 1), (5, 0), (1, 0)]
    assert received[0] == Received(TODAY, ANA, 4, 2)
    found = kept(received, TODAY)
    assert (found.numerator, found.n) == (4, 8)  # the fourth can still come back


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
