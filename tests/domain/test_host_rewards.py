"""Host rewards: which tier holds, what it gives to the cent, and how far it is to the next."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_orders import (
    HostLine,
    misfit,
    parse_host_lines,
    refusal,
    say_taken,
    spell_host_line,
    taken,
)
from stylistdesk.domain.host_rewards import USUAL_TIERS, RewardRules, Tier, rewards_of
from stylistdesk.domain.reward_tiers import (
    gaps,
    next_step,
    overlap,
    say_gives,
    say_missing,
    say_next,
    say_reach,
    with_tier,
)
from stylistdesk.domain.rewards_ledger import Account, Adjustment, CountedOrder, Frozen, say_counts, say_percentage
from stylistdesk.domain.types import BasisPoints, Cents, HostPays

USUAL = RewardRules()


def tier(
    begins: int, ends: int | None = None, percent: int | None = None, fixed: int | None = None, items: int = 0
) -> Tier:
    """A tier of so many dollars."""
    return Tier(
        Cents(begins * 100),
        None if ends is None else Cents(ends * 100),
        None if fixed is None else Cents(fixed * 100),
        None if percent is None else BasisPoints(percent * 100),
        items,
    )


@pytest.mark.parametrize(
    ("bases", "reward", "items", "missing", "following"),
    [
        ((), 0, 0, "3 orders and $200 more", "3 orders and $200 more reach $20 and 1 half-price item"),
        ((10_000, 5_450), 0, 0, "1 order and $45.50 more", "1 order and $45.50 more reach $20 and 1 half-price item"),
        ((30_000, 20_000), 0, 0, "1 order more", "1 order more reaches $75 and 2 half-price items"),
        ((9_900, 9_900, 0, 0), 0, 0, "1 order and $2 more", "1 order and $2 more reach $20 and 1 half-price item"),
        ((10_000, 9_998, 1), 0, 0, "$0.01 more", "$0.01 more reaches $20 and 1 half-price item"),
        ((10_000, 9_999, 1), 2_000, 1, "", "$200 more reaches $60 and 2 half-price items"),
        ((20_000, 19_998, 1), 4_000, 1, "", "$0.01 more reaches $60 and 2 half-price items"),
        ((20_000, 20_000, 1_250), 6_188, 2, "", "$287.50 more reaches $140 and 3 half-price items"),
        ((50_000, 28_000, 2_000), 16_000, 3, "", "$200 more reaches $250 and 4 half-price items"),
        ((99_999, 1, 123), 25_031, 4, "", ""),
    ],
)  # fmt: skip
def test_what_an_event_has_come_to(
    bases: tuple[int, ...], reward: int, items: int, missing: str, following: str
) -> None:
    """The host asks what she gets, and what is missing to more."""
    rewards = rewards_of(bases, USUAL)
    assert (rewards.cents, rewards.half_price_items, say_missing(rewards, "USD")) == (reward, items, missing)
    step = next_step(rewards, USUAL)
    assert (say_next(step, "USD") if step else "") == following


def test_the_next_step_passes_over_what_earns_nothing() -> None:
    """Between two tiers there may be a gap, and the first may begin above what qualifies."""
    rules = RewardRules(1, Cents(10_000), (tier(300, 400, 10), tier(500, None, fixed=80)))
    assert [(s.cents, s.reward) for s in [next_step(rewards_of((5_000,), rules), rules)] if s] == [(25_000, 3_000)]
    below = rewards_of((45_000,), rules)
    assert (below.qualifies, below.tier, below.cents) == (True, None, 0)
    assert next_step(below, rules) == next_step(rewards_of((45_000, 0), rules), rules)
    assert [(s.cents, s.reward) for s in [next_step(below, rules)] if s] == [(5_000, 8_000)]
    assert next_step(rewards_of((60_000,), rules), rules) is None
    assert gaps(rules.tiers) == ((40_000, 50_000),)
    assert gaps(USUAL_TIERS) == ()


# ------------------------------------------------------------------ the table of tiers


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (tier(-1, 100, 10), "from"),
        (tier(150, 150, 10), "to"),
        (tier(150, 120, 10), "to"),
        (tier(100, 150, 10, 20), "fixed"),
        (tier(100, 150, fixed=-1), "fixed"),
        (tier(100, 150, -1), "percent"),
        (tier(100, 150, 101), "percent"),
        (tier(100, 150, 10, items=-1), "half_price_items"),
        (tier(100, 150), "percent"),
        (tier(100, 150, 0), "percent"),
        (tier(100, 201, 10), "to"),
        (tier(100, None, 10), "to"),
        (tier(200, 250, 10), "from"),
        (tier(5_000, None, 10), "from"),
    ],
)
def test_a_wrong_tier_is_refused_at_its_field(wrong: Tier, field: str) -> None:
    with pytest.raises(Refused) as no:
        with_tier(USUAL_TIERS, wrong, "USD")
    assert no.value.field == field


def test_tiers_stand_in_order_and_are_said_in_words() -> None:
    table = with_tier(USUAL_TIERS, tier(0, 200, items=1), "USD")
    assert [say_reach(one, "USD") for one in table] == [
        "$0 to $200", "$200 to $400", "$400 to $700", "$700 to $1,000", "$1,000 and more",
    ]  # fmt: skip
    assert [say_gives(one, "USD") for one in (table[0], table[2], tier(1, None, fixed=50))] == [
        "1 half-price item", "15 % and 2 half-price items", "$50",
    ]  # fmt: skip


edges = st.integers(0, 60_000)
some_tiers = st.builds(
    lambda begins, wide, percent, fixed, items: Tier(
        Cents(begins),
        None if wide is None else Cents(begins + wide),
        Cents(fixed) if percent is None else None,
        None if percent is None else BasisPoints(percent),
        items,
    ),
    edges,
    st.one_of(st.none(), st.integers(1, 30_000)),
    st.one_of(st.none(), st.integers(1, 10_000)),
    st.integers(1, 20_000),
    st.integers(0, 5),
)


@given(st.lists(some_tiers, max_size=5), st.lists(st.integers(0, 30_000), max_size=6), st.integers(0, 4), edges)
def test_rewards_are_what_is_reckoned_slowly(
    wished: list[Tier], bases: list[int], needed: int, sales_needed: int
) -> None:
    """Whatever the table and the orders: one tier at most, a rounding of half a cent at most, and no tier overlaps."""
    tiers: tuple[Tier, ...] = ()
    for one in wished:
        crowded = any(
            max(one.from_cents, other.from_cents)
            < min(10**9 if x.to_cents is None else x.to_cents for x in (one, other))
            for other in tiers
        )
        assert crowded == any(overlap(one, other) for other in tiers)
        if crowded:
            with pytest.raises(Refused):
                with_tier(tiers, one, "USD")
        else:
            tiers = with_tier(tiers, one, "USD")
    rules = RewardRules(needed, Cents(sales_needed), tiers)
    rewards = rewards_of(bases, rules)
    counting = [base for base in bases if base]
    enough = len(counting) >= needed and sum(counting) >= sales_needed
    assert rewards.qualifies == enough
    holding = [
        one
        for one in tiers
        if one.from_cents <= sum(counting) and not (one.to_cents is not None and sum(counting) >= one.to_cents)
    ]
    if not enough or not holding:
        assert (rewards.cents, rewards.half_price_items, rewards.tier) == (0, 0, None)
    else:
        (one,) = holding
        fixed, percent = one.fixed_cents, one.percent
        exact = Fraction(fixed) if fixed is not None else Fraction(sum(counting) * (percent or 0), 10_000)
        assert -Fraction(1, 2) < rewards.cents - exact <= Fraction(1, 2)
        assert rewards.half_price_items == one.half_price_items
    step = next_step(rewards, rules)
    if step is not None:  # with so much more, and so many orders, it is reached; with a cent less it is not
        more = [1] * step.orders
        if step.cents >= len(more) and (more or step.cents):
            reached = [*counting, *more[1:], step.cents - len(more[1:])] if more else [*counting, step.cents]
            then = rewards_of(reached if counting or more else [step.cents], rules)
            assert (then.cents, then.half_price_items) == (step.reward, step.half_price_items)


# -------------------------------------------------------------------------- the ledger

amounts = st.integers(0, 40_000)
orders = st.builds(
    lambda worth, discount, cancelled, returned, key: CountedOrder(
        key, 1, "Ana Ruiz", f"#{key}", date(2026, 11, 1), Cents(worth + discount + cancelled + returned),
        Cents(discount), Cents(cancelled), Cents(returned), Cents(0),
    ),
    amounts, st.integers(0, 500), st.integers(0, 9_000), st.integers(0, 9_000), st.integers(1, 99),
)  # fmt: skip
adjustments = st.builds(
    lambda cents, items: Adjustment(date(2026, 11, 20), Cents(cents), items, ""),
    st.integers(-3_000, 3_000),
    st.integers(-1, 1),
)
frozen = st.one_of(
    st.none(),
    st.builds(lambda cents, items: Frozen("HO-1001", date(2026, 11, 10), Cents(cents), items), amounts, st.just(2)),
)


@given(st.lists(orders, max_size=8), frozen, st.lists(adjustments, max_size=3))
def test_the_lines_of_the_ledger_are_the_total_to_the_cent(
    some: list[CountedOrder], placed: Frozen | None, posted: list[Adjustment]
) -> None:
    account = Account(tuple(some), (), USUAL, placed, tuple(posted) if placed else ())
    running = 0
    for order, so_far in zip(some, account.running, strict=True):
        running += order.merchandise - order.discount - order.cancelled - order.returned
        assert (so_far, bool(order.why_nothing)) == (running, order.counts == 0)
    assert running == account.rewards.base
    first = placed.cents if placed else account.rewards.cents
    assert account.total == first + sum(one.cents for one in account.adjustments)
    assert account.not_posted == (account.rewards.cents - account.total if placed else 0)


def test_an_order_says_how_its_sum_came_about() -> None:
    order = CountedOrder(
        1, 1, "Ana", "#1", date(2026, 11, 1), Cents(14_000), Cents(2_000), Cents(500), Cents(1_550), Cents(99)
    )
    assert say_counts(order, "USD") == "$140, less $20 discount, $5 cancelled and $15.50 returned"
    assert order.counts == 9_950
    gone = CountedOrder(1, 1, "Ana", "#1", date(2026, 11, 1), Cents(9), Cents(0), Cents(9), Cents(0), Cents(0))
    assert (say_counts(gone, "USD"), gone.why_nothing) == ("$0.09, less $0.09 cancelled", "cancelled")


@pytest.mark.parametrize(
    ("base", "percent", "currency", "said"),
    [
        (41_250, 1_500, "USD", "15 % of $412.50 is 61.875, rounded to the cent"),
        (40_000, 1_500, "USD", "15 % of $400"),
        (33_333, 1_250, "USD", "12.5 % of $333.33 is 41.66625, rounded to the cent"),
        (333, 1_000, "JPY", "10 % of ¥333 is 33.3, rounded to the cent"),
    ],
)
def test_a_percentage_says_what_was_rounded(base: int, percent: int, currency: str, said: str) -> None:
    assert say_percentage(base, percent, currency) == said


# ------------------------------------------------------------------ what the host takes


def test_lines_of_a_host_order_are_typed_as_a_rep_says_them() -> None:
    typed = "1 x Cable cardigan, cream @ 95.00 reward\nFelt hat @ 48.01, half price\n\n2 Wool sock @ 12"
    lines = parse_host_lines(typed, "USD")
    assert [(x.quantity, x.name, x.price, x.pays, x.she_pays) for x in lines] == [
        (1, "Cable cardigan, cream", 9_500, HostPays.REWARD, 0),
        (1, "Felt hat", 4_801, HostPays.HALF_PRICE, 2_401),
        (2, "Wool sock", 1_200, HostPays.HERSELF, 2_400),
    ]
    assert say_taken(taken(lines), "USD") == "$95 by reward, 1 item at half price, she pays $48.01"
    assert parse_host_lines("\n".join(spell_host_line(x, "USD") for x in lines), "USD") == lines


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "has lines"),
        ("a cardigan", "Line 1: “a cardigan” is no line"),
        ("1 x Hat @ 5\n0 x Hat @ 5", "Line 2: That is none"),
        ("1 x Hat @ -5", "below zero"),
        ("1 x Hat @ 5\n2 x Scarf @ 45 half price1 x Coat @ 96.15 reward", "Line 2: Two items are in it"),
        ("1 x Hat @ 1.240", "read in two ways"),
        ("999999 x Hat @ 999,999,999.00", "too much"),
    ],
)
def test_a_line_that_cannot_be_is_refused(typed: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        parse_host_lines(typed, "USD")


@given(
    st.lists(
        st.builds(
            HostLine,
            st.text("abc @x19,", min_size=1, max_size=12).map(str.strip).filter(bool).map(lambda x: f"k{x}k"),
            st.integers(1, 99),
            st.integers(0, 99_999).map(Cents),
            st.sampled_from(HostPays),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_line_is_spelled_as_it_is_read(lines: list[HostLine]) -> None:
    """Her order comes back into the form as she wrote it."""
    again = parse_host_lines("\n".join(spell_host_line(x, "USD") for x in lines), "USD")
    assert [(x.quantity, x.price, x.pays) for x in again] == [(x.quantity, x.price, x.pays) for x in lines]
    assert taken(again) == taken(lines)


def test_what_is_too_much_says_what_to_do() -> None:
    takes = taken(parse_host_lines("1 x Coat @ 95 reward\n2 x Hat @ 48 half", "USD"))
    assert misfit(takes, 9_500, 2, "USD") is None
    over = misfit(takes, 6_188, 2, "USD")
    assert over and str(over) == (
        "Its reward lines come to $95, and the reward is $61.88. Let her pay $33.12 of it herself, "
        "on a line of its own."
    )
    items = misfit(takes, 9_500, 1, "USD")
    assert items and items.reason == "It takes 2 items at half price, and the rewards give 1 item."
    none = refusal(takes, rewards_of((10_000, 5_500), USUAL), "USD")
    assert none and none.reason == "The event does not qualify: it needs 1 order and $45 more."
    bare = RewardRules(0, Cents(0), (tier(500, None, 10),))
    gap = refusal(takes, rewards_of((10_000,), bare), "USD")
    assert gap and gap.reason == "No tier speaks of $100."
