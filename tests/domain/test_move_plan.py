"""The set of moves that earns hosts most (R41): the same as trying every one, and quick where that cannot be done."""

import time
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylistdesk.domain import move_plan
from stylistdesk.domain.host_rewards import RewardRules, Tier, rewards_of
from stylistdesk.domain.move_plan import Move, Plan, PlanOrder, Proof, best_moves
from stylistdesk.domain.move_search import Searched
from stylistdesk.domain.types import BasisPoints, Cents

USUAL = RewardRules()


@st.composite
def rules(draw: st.DrawFn) -> RewardRules:
    """The usual tiers, or others: with gaps, fixed rewards, rewards that fall where more is sold, any rounding."""
    if draw(st.booleans()):
        return USUAL
    cuts = sorted(draw(st.sets(st.integers(0, 900), min_size=1, max_size=4)))
    tiers = tuple(
        Tier(
            Cents(low * 100),
            draw(st.sampled_from([None, Cents(high * 100)])) if high else None,
            *draw(st.one_of(st.tuples(st.integers(0, 9_000), st.none()), st.tuples(st.none(), st.integers(0, 4_000)))),
            draw(st.integers(0, 4)),
        )
        for low, high in zip(cuts, [*cuts[1:], 0], strict=True)
    )
    return RewardRules(draw(st.integers(0, 4)), Cents(draw(st.sampled_from([0, 10_000, 20_000]))), tiers)


@st.composite
def parties(draw: st.DrawFn, most: int) -> tuple[list[PlanOrder], int]:
    events = draw(st.integers(1, 3))
    step = draw(st.sampled_from([1, 5, 37, 100, 1_000]))
    orders = draw(
        st.lists(
            st.tuples(
                st.integers(1, events), st.integers(0, 40_000 // step), st.sampled_from([True, True, True, False])
            ),
            max_size=most,
        )
    )
    return [
        PlanOrder(at, event, Cents(base * step), moves) for at, (event, base, moves) in enumerate(orders, 10)
    ], events


def earned(plan: Plan) -> tuple[int, int, int]:
    after = plan.after.values()
    return sum(x.cents for x in after), sum(x.half_price_items for x in after), -len(plan.moves)


def every(orders: list[PlanOrder], events: int, known: RewardRules) -> Iterator[tuple[int, int, int]]:
    """What each set of moves there is earns, moves with it."""
    free = [one for one in orders if one.moves and one.base]
    stays = [[x.base for x in orders if not x.moves and x.event_id == e + 1] for e in range(events)]
    rewards: dict[tuple[int, ...], tuple[int, int]] = {}
    for where in product(range(events), repeat=len(free)):
        cents = items = 0
        for event in range(events):
            bases = (*stays[event], *(x.base for x, to in zip(free, where, strict=True) if to == event))
            if bases not in rewards:
                found = rewards_of(bases, known)
                rewards[bases] = found.cents, found.half_price_items
            cents, items = cents + rewards[bases][0], items + rewards[bases][1]
        yield cents, items, -sum(x.event_id != to + 1 for x, to in zip(free, where, strict=True))


@given(parties(7), rules())
@settings(max_examples=150)
def test_no_set_of_moves_is_better(given_: tuple[list[PlanOrder], int], known: RewardRules) -> None:
    orders, events = given_
    plan = best_moves(orders, range(1, events + 1), known)
    assert earned(plan) == max(every(orders, events, known))
    assert (plan.proof, plan.at_most) == (Proof.BEST, earned(plan)[0])


@pytest.mark.parametrize("seed", range(3))
def test_nor_with_twelve_orders_and_three_events(seed: int) -> None:
    dice = Random(seed)
    orders = [PlanOrder(at, dice.randint(1, 3), Cents(dice.randint(2_000, 30_000))) for at in range(12)]
    of: list[tuple[int, int]] = []  # by the orders that are in an event, a bit each
    for some in range(1 << 12):
        found = rewards_of([one.base for one in orders if some >> one.id & 1], USUAL)
        of.append((found.cents, found.half_price_items))
    home = [sum(1 << one.id for one in orders if one.event_id == event) for event in (1, 2, 3)]
    everything = (1 << 12) - 1
    best = (0, 0, 0)
    for first in range(1 << 12):
        rest = second = everything ^ first
        while True:
            third = rest ^ second
            cents = of[first][0] + of[second][0] + of[third][0]
            if cents >= best[0]:
                stay = (first & home[0]).bit_count() + (second & home[1]).bit_count() + (third & home[2]).bit_count()
                best = max(best, (cents, of[first][1] + of[second][1] + of[third][1], stay - 12))
            if not second:
                break
            second = (second - 1) & rest
    plan = best_moves(orders, (1, 2, 3), USUAL)
    assert (earned(plan), plan.proof) == (best, Proof.BEST)


@given(parties(7), rules())
@settings(max_examples=60)
def test_nor_where_the_quick_search_gives_up(given_: tuple[list[PlanOrder], int], known: RewardRules) -> None:
    orders, events = given_
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(move_plan, "search_all", lambda *_: Searched(None, finished=False))
        plan = best_moves(orders, range(1, events + 1), known)
    assert (earned(plan), plan.proof) == (max(every(orders, events, known)), Proof.BEST)


def test_ten_orders_in_six_events_are_shared_as_well_as_can_be() -> None:
    """Two half-price items for each of four hosts; the quick search stopped at four of these eight."""
    orders = [
        PlanOrder(at, event, Cents(cents))
        for at, (event, cents) in enumerate(
            [(6, 24_496), (6, 35_736), (1, 31_515), (2, 4_398), (2, 8_419), (3, 31_740), (2, 25_953), (5, 7_682),
             (5, 17_340), (1, 15_203)]
        )
    ]  # fmt: skip
    plan = best_moves(orders, range(1, 7), USUAL)
    assert (sum(one.half_price_items for one in plan.after.values()), plan.proof) == (8, Proof.BEST)


@given(parties(9), rules(), st.randoms(use_true_random=False))
def test_it_is_the_same_each_time_and_moves_only_what_may_move(
    given_: tuple[list[PlanOrder], int], known: RewardRules, dice: Random
) -> None:
    orders, events = given_
    plan = best_moves(orders, range(1, events + 1), known)
    shuffled = dice.sample(orders, len(orders))
    assert best_moves(shuffled, reversed(range(1, events + 1)), known) == plan
    by_id = {one.id: one for one in orders}
    goes = {move.order_id: move.to_event_id for move in plan.moves}
    for move in plan.moves:
        assert by_id[move.order_id].moves and by_id[move.order_id].event_id == move.from_event_id != move.to_event_id
    for event, after in plan.after.items():
        assert after == rewards_of([x.base for x in orders if goes.get(x.id, x.event_id) == event], known)
    assert plan.gain >= 0


def test_two_small_parties_become_one_that_qualifies() -> None:
    orders = [PlanOrder(1, 1, Cents(9_000)), PlanOrder(2, 1, Cents(8_000)), PlanOrder(3, 2, Cents(7_000))]
    plan = best_moves(orders, (1, 2), USUAL)
    assert plan.moves == (Move(3, 2, 1),)
    assert (plan.gain, plan.more_items) == (2_400, 1)
    assert {key: one.cents for key, one in plan.before.items()} == {1: 0, 2: 0}


def test_where_nothing_is_gained_nothing_is_moved() -> None:
    assert best_moves([], (1, 2), USUAL).moves == ()
    assert best_moves([PlanOrder(1, 1, Cents(9_000))], (1,), USUAL).moves == ()
    fixed = RewardRules(0, Cents(0), (Tier(Cents(100), None, percent=BasisPoints(1_000)),))
    orders = [PlanOrder(at, at % 2, Cents(10_000)) for at in range(8)]
    assert best_moves(orders, (0, 1), fixed).moves == ()


@pytest.mark.parametrize(("events", "step"), [(2, 1), (3, 1), (3, 100), (5, 1), (8, 100)])
def test_two_hundred_orders_take_about_a_second_and_never_claim_more_than_is_known(events: int, step: int) -> None:
    dice = Random(events * step)
    orders = [
        PlanOrder(at, dice.randint(1, events), Cents(dice.randint(1_000, 6_000) // step * step), dice.random() < 0.9)
        for at in range(200)
    ]
    began = time.perf_counter()
    plan = best_moves(orders, range(1, events + 1), USUAL)
    assert time.perf_counter() - began < 5  # on a machine that has other things to do
    assert plan.gain >= 0 and earned(plan)[0] <= plan.at_most
    assert plan.proof is Proof.FOUND or earned(plan)[0] == plan.at_most
