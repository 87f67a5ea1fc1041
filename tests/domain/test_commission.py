"""Commission: the rules as a table, and the sums against a slow independent reckoning."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stylistdesk.domain.commission import DatedRate, RateBook, RateKey, Sold, Terms, half_up, say_reasons, say_why
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.rates import format_rate, parse_rate, parse_rate_or_none
from stylistdesk.domain.sales import OrderFacts, split
from stylistdesk.domain.types import BasisPoints, Cents, OrderKind, OrderStatus, RateScope

DAY = date(2026, 3, 1)
ANA, BEA, NORTHMOOR, HALCYON, ORDER, LINE = 1, 2, 1, 2, 1, 1
S = RateScope
KEYS = {
    S.LINE: RateKey(S.LINE, order_line_id=LINE),
    S.ORDER: RateKey(S.ORDER, order_id=ORDER),
    S.CLIENT_BRAND: RateKey(S.CLIENT_BRAND, ANA, NORTHMOOR),
    S.CLIENT: RateKey(S.CLIENT, ANA),
    S.REP_BRAND: RateKey(S.REP_BRAND, brand_id=NORTHMOOR),
    S.REP: RateKey(S.REP),
    S.BRAND: RateKey(S.BRAND, brand_id=NORTHMOOR),
}
SOLD = Sold(DAY, ANA, NORTHMOOR, ORDER, LINE)


def at(scope: RateScope, rate: int, start: date | None = None, end: date | None = None) -> DatedRate:
    return DatedRate(KEYS[scope], BasisPoints(rate), start, end)


@pytest.mark.parametrize("wins", list(RateScope))
def test_the_most_specific_scope_wins_over_all_below_it(wins: RateScope) -> None:
    """She would be paid at the brand's rate for a client who has her own."""
    order = list(RateScope)
    rates = [at(scope, 100 * (order.index(scope) + 1)) for scope in order[order.index(wins) :]]
    found = RateBook(reversed(rates)).holding(SOLD)
    assert [rate.key.scope for rate in found] == order[order.index(wins) :]


def test_zero_percent_is_a_rate_and_a_missing_one_is_none() -> None:
    """A client on 0 % would earn the rep the brand's 12 %."""
    found = RateBook([at(S.CLIENT, 0), at(S.BRAND, 1200)]).holding(SOLD)
    assert found[0].rate == 0
    assert say_why(found) == "0 %: her own rate, over the brand's 12 %"
    assert RateBook([]).holding(SOLD) == ()
    assert say_why(()) == ""
    assert (parse_rate_or_none("0"), parse_rate_or_none(" ")) == (0, None)


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2026, 2, 28), 500),
        (date(2026, 3, 1), 700),
        (date(2026, 6, 30), 700),
        (date(2026, 7, 1), None),
        (date(2026, 7, 2), 900),
    ],
)
def test_a_rate_holds_from_its_first_day_up_to_its_end(day: date, rate: int | None) -> None:
    """An order of the first day of a new rate would be paid at the old one."""
    book = RateBook(
        [
            at(S.CLIENT, 500, None, DAY),
            at(S.CLIENT, 700, DAY, date(2026, 7, 1)),
            at(S.CLIENT, 900, date(2026, 7, 2)),
        ]
    )
    found = book.holding(Sold(day, ANA))
    assert [r.rate for r in found] == ([] if rate is None else [rate])


def test_why_is_said_in_one_sentence() -> None:
    """She asks why it is 7 %, and the desk would shrug."""
    found = RateBook([at(S.CLIENT, 700, DAY), at(S.REP, 1000), at(S.BRAND, 1200)]).holding(SOLD)
    assert say_why(found) == "7 %: her own rate from 1 Mar 2026, over the rep's 10 % and the brand's 12 %"
    found = RateBook([at(scope, 100) for scope in RateScope]).holding(SOLD)
    assert say_why(found, "Northmoor") == (
        "1 %: this line's own rate, over the order's 1 %, her 1 % for Northmoor, her 1 %, the rep's 1 % for Northmoor,"
        " the rep's 1 % and the brand's 1 %"
    )


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        (["7 %: her own rate, over the rep's 10 %"] * 2, "7 %: her own rate, over the rep's 10 %"),
        (["7 %: her own rate, over the brand's 12 %", "7 %: her own rate"], "7 %: her own rate"),
        (["7 %: Alder's rate", "7 %: the rep's rate"], "7 %: Alder's rate and the rep's rate"),
        ([f"7 %: {name}'s rate" for name in "ABC"], "7 %: A's rate, B's rate and C's rate"),
        ([f"7 %: {name}'s rate" for name in "ABCD"], "by line: 7 %"),
        (["7 %: a", "5 %: b", "6 %: c"], "by line: 5 % to 7 %"),
        (["7 %: her own rate", ""], "7 %: her own rate, not on every line"),
        (["7 %: a", "", "12.5 %: b"], "by line: 7 % to 12.5 %, not on every line"),
        (["", ""], ""),
    ],
)
def test_the_reasons_of_lines_are_told_together(reasons: list[str], said: str) -> None:
    """She reads "by line: 7 %", and asks by which of her rates."""
    parts = [(int(float(why.partition(" %")[0]) * 100) if why else None, why) for why in reasons]
    assert say_reasons(parts) == said


@given(st.tuples(*[st.one_of(st.none(), st.integers(0, 40)) for _ in range(4)]))
def test_two_rates_overlap_exactly_if_some_day_has_both(ends: tuple[int | None, ...]) -> None:
    """Two rates on one day: it would depend on the order of the rows which is paid."""

    def day(number: int | None) -> date | None:
        return None if number is None else DAY + timedelta(days=number)

    one, other = at(S.REP, 1, day(ends[0]), day(ends[1])), at(S.REP, 2, day(ends[2]), day(ends[3]))
    for rate in (one, other):
        assume(rate.starts_on is None or rate.ends_on is None or rate.starts_on < rate.ends_on)
    shared = any(one.holds_on(d) and other.holds_on(d) for n in range(-1, 43) for d in (DAY + timedelta(days=n),))
    assert one.overlaps(other) == other.overlaps(one) == shared


@given(st.tuples(*[st.one_of(st.none(), st.integers(0, 20)) for _ in range(4)]))
def test_a_rate_tried_out_holds_on_its_days_and_the_others_on_theirs(ends: tuple[int | None, ...]) -> None:
    """What if she paid 9 % from March: the months before would change too."""

    def day(number: int | None) -> date | None:
        return None if number is None else DAY + timedelta(days=number)

    kept, tried = at(S.REP, 1, day(ends[0]), day(ends[1])), at(S.REP, 2, day(ends[2]), day(ends[3]))
    book = RateBook([kept, at(S.BRAND, 3)]).with_instead(tried)
    for number in range(-1, 23):
        on = DAY + timedelta(days=number)
        found = book.holding(Sold(on, ANA, NORTHMOOR))
        wanted = 2 if tried.holds_on(on) else 1 if kept.holds_on(on) else 3
        assert found[0].rate == wanted


# ---------------------------------------------------------------- the sums

parts = st.lists(st.tuples(st.integers(0, 10**7), st.one_of(st.none(), st.integers(0, 10_000))), min_size=1, max_size=8)


def slowly(amount: Fraction) -> int:
    """Half up, by another road: decimal digits."""
    exact = Decimal(amount.numerator * 10**6 // amount.denominator) / 10**6
    if Fraction(exact) != amount:  # keep what the six digits lost on the right side of the half
        exact += Decimal(1) / 10**7
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@given(parts, st.integers(0, 100))
def test_the_lines_add_up_to_the_order_to_the_cent(lines: list[tuple[int, int | None]], percent: int) -> None:
    """The rep adds up her statement and is a cent short."""
    terms = Terms(tuple(lines))
    worth = sum(weight for weight, _ in lines)
    active = worth * percent // 100
    per_line = terms.by_line(active)
    assert sum(value or 0 for value in per_line) == terms.on(active)
    if worth:
        exact = sum((Fraction(active * w * (r or 0), worth * 10_000) for w, r in lines), Fraction(0))
        assert terms.on(active) == slowly(exact)
        earning = [i for i, (w, r) in enumerate(lines) if w and r]
        for index, (weight, rate) in enumerate(lines):
            if rate is None:
                assert per_line[index] is None
            elif not earning or index != earning[-1]:
                assert per_line[index] == slowly(Fraction(active * weight * rate, worth * 10_000))


@pytest.mark.parametrize(
    ("lines", "earned", "per_line"),
    [
        (((10_000, 700),), 700, (700,)),
        (((1_050, 1_000), (1_050, 1_000)), 210, (105, 105)),
        (((5, 1_000), (5, 1_000), (5, 1_000)), 2, (1, 1, 0)),  # 0.5 cents each: up, up, and the rest
        (((333, 1_250), (333, 1_250)), 83, (42, 41)),
        (((10_000, None),), 0, (None,)),
        (((10_000, 0), (10_000, None), (100, 1_000)), 10, (0, None, 10)),
        (((0, 700),), 0, (0,)),
    ],
)
def test_a_table_of_commissions(
    lines: tuple[tuple[int, int | None], ...], earned: int, per_line: tuple[int | None, ...]
) -> None:
    """Half up a line, the remainder on the last."""
    terms = Terms(lines)
    worth = sum(weight for weight, _ in lines)
    assert (terms.on(worth), terms.by_line(worth)) == (earned, per_line)


@given(parts, st.lists(st.integers(-(10**6), 10**6), max_size=8))
def test_what_is_posted_by_month_adds_up(lines: list[tuple[int, int | None]], moves: list[int]) -> None:
    """Shipped in three parts and credited in two: the year would not agree with its months."""
    terms = Terms(tuple(lines))
    posted = terms.postings(moves)
    assert len(posted) == len(moves)
    assert sum(posted) == terms.on(sum(moves))


def test_a_full_credit_gives_back_exactly_what_was_earned() -> None:
    """Three credits of a third would take back a cent too much."""
    terms = Terms(((10_001, 1_050),))
    assert terms.on(10_001) == 1_050
    assert sum(terms.postings([10_001, -3_333, -3_333, -3_335])) == 0


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_shares_add_up_to_what_was_shared(cents: int, weights: list[int]) -> None:
    """An order of two brands: their sums would not be the order."""
    shares = split(cents, weights)
    assert sum(shares) == cents
    assert all(share >= 0 for share in shares)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_half_up_is_the_nearest_and_halves_go_away_from_zero(numerator: int, denominator: int) -> None:
    exact = abs(Fraction(numerator, denominator))
    wanted = slowly(exact) if exact.denominator < 10**6 else int(exact + Fraction(1, 2))
    assert half_up(numerator, denominator) == (-wanted if numerator < 0 else wanted)


# ---------------------------------------------------------------- rates as typed


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("7", 700), ("7.5 %", 750), ("7,5%", 750), ("12.25", 1225), ("0", 0), ("100 percent", 10_000), ("0.05", 5)],
)
def test_a_rate_is_read_as_it_is_meant(typed: str, rate: int) -> None:
    assert parse_rate(typed) == rate


@pytest.mark.parametrize("typed", ["", "%", "-1", "100.01", "7.555", "seven", "1e2", "٧", "7 8"])
def test_what_is_no_rate_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        parse_rate(typed)


@given(st.integers(0, 10_000))
def test_a_rate_that_is_shown_can_be_typed_again(rate: int) -> None:
    assert parse_rate(format_rate(rate)) == rate


# ---------------------------------------------------------------- how an order stands


def facts(**said: object) -> OrderFacts:
    known = {"kind": OrderKind.SUMMARY, "status": OrderStatus.PLACED, "booked": 100, "cancelled": 0, "shipped": 0}
    return OrderFacts(**(known | said))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("order", "stands"),
    [
        (facts(), (100, 0, 100, 0, 100)),
        (facts(cancelled=30), (100, 30, 70, 0, 70)),
        (facts(cancelled=30, shipped=50), (100, 30, 70, 50, 20)),
        (facts(cancelled=100, status=OrderStatus.CANCELLED), (100, 100, 0, 0, 0)),
        (facts(status=OrderStatus.CANCELLED), (100, 0, 100, 0, 100)),  # reinstated: its status follows
        (facts(shipped=100, credits=((Cents(40), True),)), (100, 0, 100, 60, 40)),
        (facts(shipped=100, credits=((Cents(40), False),)), (100, 0, 100, 100, 0)),
        (facts(kind=OrderKind.SHOP, status=OrderStatus.RECEIVED), (100, 0, 100, 100, 0)),
        (facts(kind=OrderKind.SHOP, shipped_lines=Cents(60)), (100, 0, 100, 60, 40)),
        (facts(kind=OrderKind.SHOP, status=OrderStatus.CANCELLED, refunded=Cents(100)), (100, 100, 0, 0, 0)),
    ],
)
def test_active_is_booked_less_cancelled_and_open_is_active_less_shipped(
    order: OrderFacts, stands: tuple[int, ...]
) -> None:
    """A credit memo reopens the order, or does not, as she says."""
    s = order.standing
    assert (s.booked, s.cancelled, s.active, s.shipped, s.open) == stands
