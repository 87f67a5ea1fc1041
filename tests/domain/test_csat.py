"""What scores come to (R21, R20): CSAT %, averages, NPS, months and themes, by hand and by a slow way."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.csat import (
    Rating,
    Scores,
    by_month,
    by_theme,
    join_themes,
    parse_themes,
    say_themes,
    scores_of,
)
from stylistdesk.domain.types import Theme

SAT = date(2026, 11, 21)
ratings = st.lists(
    st.builds(
        Rating,
        st.dates(date(2025, 6, 1), date(2026, 12, 31)),
        st.integers(1, 3),
        st.integers(1, 5),
        st.none() | st.integers(0, 10),
        st.sets(st.sampled_from(Theme)).map(tuple),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("scores", "asked", "expected"),
    [
        ([], [], Scores(0, None, None, None, 0, None)),
        ([5], [], Scores(1, 10_000, (2_065, 10_000), 500, 0, None)),
        ([5, 4, 3], [10, 9, 8], Scores(3, 6_667, (2_077, 9_385), 400, 3, 6_667)),
        ([1, 2], [6, 0], Scores(2, 0, (0, 6_576), 150, 2, -10_000)),
        ([4, 4, 3, 5, 2, 5, 4, 5], [9, 7, 3], Scores(8, 7_500, (4_093, 9_285), 400, 3, 0)),
        ([3], [7, 8], Scores(1, 0, (0, 7_935), 300, 1, 0)),
    ],
)
def test_what_some_ratings_come_to(scores: list[int], asked: list[int], expected: Scores) -> None:
    """A 3 is not satisfied, a 7 and an 8 count for neither side."""
    found = scores_of(
        Rating(SAT, 1, score, asked[number] if number < len(asked) else None) for number, score in enumerate(scores)
    )
    assert found == expected


@given(ratings)
def test_scores_agree_with_fractions(some: list[Rating]) -> None:
    """The shares are what a slow count gives, to half a basis point."""
    found = scores_of(some)
    if found.satisfied is None:
        assert some == []
        return
    exact = Fraction(sum(1 for one in some if one.score in (4, 5)), len(some))
    assert abs(Fraction(found.satisfied, 10_000) - exact) <= Fraction(1, 20_000)
    asked = [one.nps for one in some if one.nps is not None]
    good, bad = (len([nps for nps in asked if nps in which]) for which in ((9, 10), range(7)))
    if found.nps is not None:
        assert abs(Fraction(found.nps, 10_000) - Fraction(good - bad, len(asked))) <= Fraction(1, 20_000)


@given(ratings)
def test_every_rating_of_the_last_twelve_months_is_in_one_month(some: list[Rating]) -> None:
    months = by_month(some, SAT)
    assert [month.first for month in months][::11] == [date(2025, 12, 1), date(2026, 11, 1)]
    assert len(months) == 12
    assert sum(month.scores.n for month in months) == sum(date(2025, 12, 1) <= r.on < date(2026, 12, 1) for r in some)


def test_a_month_without_ratings_has_no_share() -> None:
    """A month in which nobody answered is no bad month."""
    months = by_month([Rating(SAT, 1, 5), Rating(SAT - timedelta(days=40), 1, 1)], SAT)
    assert [month.scores.satisfied for month in months[-3:]] == [None, 0, 10_000]


def test_a_response_counts_in_each_of_its_themes() -> None:
    found = by_theme(
        [Rating(SAT, 1, 2, None, (Theme.TIMELY, Theme.SERVICE)), Rating(SAT, 2, 5, None, (Theme.SERVICE,))]
    )
    assert [(one.theme, one.scores.n, one.scores.average) for one in found] == [
        (Theme.SERVICE, 2, 350), (Theme.EXECUTION, 0, None), (Theme.TIMELY, 1, 200), (Theme.LOOKS, 0, None),
    ]  # fmt: skip


@given(st.sets(st.sampled_from(Theme)))
def test_themes_come_back_as_they_were_stored(themes: set[Theme]) -> None:
    assert set(parse_themes(join_themes(themes))) == themes


def test_a_word_that_is_no_theme_is_left_out() -> None:
    """A theme of a later version would stop the whole tab."""
    assert say_themes(parse_themes("looks  shoes timely")) == "timely responses, look quality"
