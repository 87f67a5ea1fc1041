"""Who is likely to buy (R48): what is made up with known parameters is found again, and the chance is worth knowing."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.buying import (
    CDNOW,
    DEFAULT_PULL,
    History,
    Parameters,
    Spending,
    alive,
    chance,
    fit,
    history,
    log_likelihood,
    spending,
)

TRUE = Parameters(r=0.8, alpha=7.0, a=0.7, b=2.8)


def made_up(of: Parameters, clients: int, seed: int, *, after: int = 91) -> list[tuple[History, bool]]:
    """So many clients whose first order was one to three years ago, and whether each ordered in the days after."""
    random, found = Random(seed), []
    for _ in range(clients):
        observed = random.randrange(365, 3 * 365)
        rate, leaves = random.gammavariate(of.r, 1 / of.alpha), random.betavariate(of.a, of.b)
        days, day = [0], 0.0
        while True:
            day += 7 * random.expovariate(rate) if rate > 1e-9 else 1e9
            if day > observed + after:
                break
            days.append(round(day))
            if random.random() < leaves:
                break
        known = history(days, observed)
        assert known is not None
        found.append((known, any(observed < day <= observed + after for day in days)))
    return found


def test_the_parameters_of_made_up_histories_are_found_again() -> None:
    """Within a fifth, and the share that stays away after an order within three points of a hundred."""
    found = fit([known for known, _ in made_up(TRUE, 4_000, seed=4)])
    assert found.r == pytest.approx(TRUE.r, rel=0.2)
    assert found.alpha == pytest.approx(TRUE.alpha, rel=0.2)
    assert found.a / (found.a + found.b) == pytest.approx(TRUE.a / (TRUE.a + TRUE.b), abs=0.03)


def test_the_likelihood_is_that_of_the_paper() -> None:
    """By the four factors of its equation (6), multiplied out plainly."""
    from math import gamma, log

    r, alpha, a, b = CDNOW
    for x, last, observed in ((0, 0, 270), (1, 70, 270), (4, 210, 273)):
        tx, t = last / 7, observed / 7
        first = gamma(b + x) * gamma(a + b) / (gamma(b) * gamma(a + b + x)) * gamma(r + x) * alpha**r / gamma(r)
        second = (alpha + t) ** -(r + x) + (x > 0) * (a / (b + x - 1) if x else 0) * (alpha + tx) ** -(r + x)
        assert log_likelihood(CDNOW, [(History(x, last, observed), 2)]) == pytest.approx(2 * log(first * second))


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_the_likeliest_tenth_buys_more_than_the_most_recent_tenth(seed: int) -> None:
    """On clients that the model has not seen; and it says about how many of all will buy."""
    of = fit([known for known, _ in made_up(TRUE, 1_500, seed=seed)])
    fresh = made_up(TRUE, 3_000, seed=100 + seed)
    tenth = len(fresh) // 10
    likely = sorted(fresh, key=lambda one: -chance(of, one[0], 13))[:tenth]
    recent = sorted(fresh, key=lambda one: one[0].observed - one[0].last)[:tenth]
    assert sum(bought for _, bought in likely) > sum(bought for _, bought in recent)
    told = sum(chance(of, known, 13) for known, _ in fresh)
    assert told == pytest.approx(sum(bought for _, bought in fresh), rel=0.15)


def test_a_desk_that_nobody_ever_left_still_gets_parameters_one_can_count_with() -> None:
    found = fit([History(11, 330, 350)] * 300)
    assert all(1e-4 < value < 1e5 for value in found)
    assert 0.9 < chance(found, History(11, 330, 350), 13) <= 1


def test_many_clients_give_the_same_model_in_whatever_order_they_come() -> None:
    known = [one for one, _ in made_up(TRUE, 6_000, seed=5)]
    assert fit(known) == fit(known[::-1])


positive = st.floats(0.05, 50)
parameters = st.builds(Parameters, positive, positive, positive, positive)
days = st.lists(st.integers(0, 1_500), min_size=1, max_size=30)


@given(parameters, days, st.integers(0, 2_000), st.integers(1, 104))
def test_a_chance_is_one_and_grows_with_the_weeks(of: Parameters, on: list[int], later: int, weeks: int) -> None:
    known = history(on, max(on) + later)
    assert known is not None
    soon, then = chance(of, known, weeks), chance(of, known, weeks + 1)
    assert 0 <= soon <= then <= 1 and 0 <= alive(of, known) <= 1


@given(parameters, days, st.integers(1, 2_000))
def test_the_longer_she_is_quiet_the_less_likely_she_is_there(of: Parameters, on: list[int], later: int) -> None:
    now, then = history(on, max(on)), history(on, max(on) + later)
    assert now is not None and then is not None
    assert alive(of, then) <= alive(of, now)
    assert chance(of, then, 13) <= chance(of, now, 13) + 1e-12


def test_the_limits() -> None:
    """One order only: she is taken to be there; on its very day, and after a lifetime."""
    assert alive(CDNOW, History(0, 0, 0)) == 1
    assert chance(CDNOW, History(0, 0, 0), 13) == pytest.approx(1 - (4.414 / 17.414) ** 0.243)
    assert chance(CDNOW, History(0, 0, 36_500), 13) < 0.01
    assert alive(CDNOW, History(4_000, 4_100, 36_500)) == 0
    assert history([], 5) is None and history([9], 5) is None
    assert history([3, 3, 1, 9], 5) == History(1, 2, 4)


def test_her_mean_order_is_drawn_towards_the_desks() -> None:
    assert Spending(100_00, 3).of([]) == 100_00
    assert Spending(100_00, 3).of([200_00] * 3) == 150_00
    assert spending([[100_00, 300_00], [], [500_00]]) == Spending(300_00, DEFAULT_PULL)
    assert spending([]) == Spending(0, DEFAULT_PULL)


@pytest.mark.parametrize(("within", "between"), [(40_00, 20_00), (20_00, 40_00)])
def test_how_much_the_desk_draws_is_learned_from_how_orders_differ(within: int, between: int) -> None:
    """Orders scattered around means that are scattered too: the pull is the one variance over the other."""
    random = Random(7)
    clients = []
    for _ in range(1_000):
        own = random.gauss(200_00, between)
        clients.append([round(random.gauss(own, within)) for _ in range(random.randrange(1, 9))])
    found = spending(clients)
    assert found.mean == pytest.approx(200_00, rel=0.03)
    assert found.pull == pytest.approx((within / between) ** 2, rel=0.2)
