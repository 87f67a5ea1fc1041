"""The metrics of R20, against hand-worked tables and against the slowest way to count them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.metrics import (
    Measure,
    Unit,
    along,
    change,
    mean_of,
    median,
    percentile,
    rate_of,
    sum_of,
    wilson,
)
from stylistdesk.domain.metrics_of_work import (
    Answer,
    Closing,
    Consultation,
    Contacts,
    Delivered,
    Delivery,
    Promise,
    Rating,
    contacted,
    csat,
    nps,
    on_time,
    rebooking,
    response_90,
    response_median,
    revisions,
    same_day,
    timeliness,
)
from stylistdesk.domain.metrics_table import BY_ID, METRICS, Ground, board, spans_of
from stylistdesk.domain.metrics_words import say_formula
from stylistdesk.domain.periods import period_of
from stylistdesk.domain.types import PeriodKind
from stylistdesk.domain.worked_time import WorkedTime
from stylistdesk.domain.working_hours import WorkingHours
from tests.domain.making import NOW, TODAY, ZONE, local

DAY = timedelta(days=1)
ANA, BEA, CLEO = 1, 2, 3


def parts(measure: Measure) -> dict[int, tuple[int, int]]:
    return {part.client_id: (part.numerator, part.n) for part in measure.behind}


@pytest.mark.parametrize(
    ("some", "n", "interval"),
    [
        (0, 10, (0, 2775)),  # the rule of three would say 30 %
        (10, 10, (7225, 10_000)),
        (5, 10, (2366, 7634)),
        (81, 263, (2551, 3662)),  # Newcombe 1998, table I: 0.2553 to 0.3662 within rounding
        (1, 1, (2065, 10_000)),
    ],
)
def test_a_rate_of_few_is_told_to_be_unsure(some: int, n: int, interval: tuple[int, int]) -> None:
    found = wilson(some, n)
    assert found is not None
    assert abs(found[0] - interval[0]) <= 2 and abs(found[1] - interval[1]) <= 2


@given(st.integers(1, 3_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_both_ends_of_an_interval_are_just_as_unlikely_as_wilson_says(given: tuple[int, int]) -> None:
    """Its ends are where |k/n - p| = z * sqrt(p(1-p)/n): found here by halving, which needs no formula."""
    some, n = given
    found = wilson(some, n)
    assert found is not None
    share = some / n

    def out(p: float) -> bool:
        return (share - p) ** 2 > 1.959963984540054**2 * p * (1 - p) / n

    for end, far in ((found[0], 0.0), (found[1], 1.0)):
        inside, outside = share, far
        for _ in range(60):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if out(middle) else (middle, outside)
        assert abs(end - inside * 10_000) <= 1
    assert 0 <= found[0] <= 10_000 * share <= found[1] <= 10_000


@pytest.mark.parametrize(("some", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_nothing_and_more_than_all_have_no_interval(some: int, n: int) -> None:
    assert wilson(some, n) is None


Rows = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 1), st.just(1)), max_size=40)


def half_up(value: Fraction) -> int:
    return int((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


@given(Rows)
def test_a_rate_is_what_counting_one_by_one_gives(rows: list[tuple[int, int, int]]) -> None:
    measure = rate_of(iter(rows))
    yes = len([row for row in rows if row[1]])
    assert measure.value == (half_up(Fraction(yes * 10_000, len(rows))) if rows else None)
    assert (measure.numerator, measure.n) == (yes, len(rows))
    for part in measure.behind:
        hers = [row for row in rows if row[0] == part.client_id]
        assert (part.numerator, part.n) == (sum(row[1] for row in hers), len(hers))
    assert {part.client_id for part in measure.behind} == {row[0] for row in rows}


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(-90_000, 90_000), st.just(1)), max_size=30))
def test_means_and_sums_are_what_adding_up_gives(rows: list[tuple[int, int, int]]) -> None:
    total = sum(row[1] for row in rows)
    assert sum_of(rows, Unit.CENTS).value == total
    assert mean_of(rows, Unit.CENTS).value == (half_up(Fraction(total, len(rows))) if rows else None)
    assert mean_of(rows, Unit.HUNDREDTHS, 100).value == (half_up(Fraction(100 * total, len(rows))) if rows else None)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=50), st.integers(1, 100))
def test_a_percentile_is_the_least_that_so_many_do_not_exceed(values: list[int], per_cent: int) -> None:
    found = percentile(values, per_cent)
    assert found is not None and found in values
    assert len([v for v in values if v <= found]) * 100 >= per_cent * len(values)
    assert not any(len([v for v in values if v <= x]) * 100 >= per_cent * len(values) for x in values if x < found)


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([7], 7), ([1, 2], 2), ([9, 1, 5], 5), ([10, 1, 4, 5], 5), ([0, 0, 0, 9], 0)]
)
def test_the_median_is_the_middle_one(values: list[int], middle: int | None) -> None:
    assert median(values) == middle


def rate(some: int, n: int) -> Measure:
    return rate_of([(ANA, 1, 1)] * some + [(ANA, 0, 1)] * (n - some))


@pytest.mark.parametrize(
    ("now", "before", "by", "arrow"),
    [
        (rate(9, 10), rate(5, 10), 4_000, 0),  # 90 % of ten is not surely more than 50 % of ten
        (rate(90, 100), rate(50, 100), 4_000, 1),
        (rate(50, 100), rate(90, 100), -4_000, -1),
        (sum_of([(ANA, 12, 1)], Unit.COUNT), sum_of([(ANA, 9, 1)], Unit.COUNT), 3, 1),
        (sum_of([], Unit.CENTS), sum_of([(ANA, 500, 1)], Unit.CENTS), -500, -1),
    ],
)
def test_no_arrow_where_it_may_be_chance(now: Measure, before: Measure, by: int, arrow: int) -> None:
    found = change(now, before)
    assert found is not None
    assert (found.by, found.arrow) == (by, arrow)


def test_there_is_no_change_from_nothing() -> None:
    assert change(rate(1, 2), rate(0, 0)) is None


@pytest.mark.parametrize(
    ("value", "target", "less", "per_cent"),
    [(30, 40, False, 75), (50, 40, False, 125), (-5, 40, False, 0), (20, 40, True, 100), (80, 40, True, 50)],
)
def test_how_far_along_a_goal_is(value: int, target: int, less: bool, per_cent: int) -> None:
    assert along(Measure(Unit.COUNT, value, value, 1), target, less_is_better=less) == per_cent
    assert along(Measure(Unit.RATE, None, 0, 0), target, less_is_better=less) is None


# ------------------------------------------------------------ the rep's work


def test_csat_and_nps_by_hand() -> None:
    ratings = [
        Rating(TODAY, ANA, 5, 10),
        Rating(TODAY, ANA, 3, 9),
        Rating(TODAY, BEA, 4, 7),
        Rating(TODAY, BEA, 1, 0),
        Rating(TODAY, CLEO, 5),
    ]
    found = csat(ratings)
    assert (found.value, found.numerator, found.n) == (6_000, 3, 5)
    assert parts(found) == {ANA: (1, 2), BEA: (1, 2), CLEO: (1, 1)}
    asked = nps(ratings)
    assert (asked.value, asked.n, asked.interval) == (2_500, 4, None)  # 2 promoters, 1 detractor, of 4
    assert csat([]).value is None and nps([Rating(TODAY, ANA, 5)]).value is None


def test_a_consultation_is_on_time_by_the_first_message() -> None:
    starts = local(20, 10)
    held = [
        Consultation(TODAY, ANA, starts, starts - timedelta(minutes=3)),
        Consultation(TODAY, BEA, starts, starts),
        Consultation(TODAY, CLEO, starts, starts + timedelta(minutes=1)),
        Consultation(TODAY, CLEO, starts, None),
        Consultation(TODAY, CLEO, NOW + DAY, None),  # its time has not come
    ]
    assert (on_time(held, timedelta(0), NOW).numerator, on_time(held, timedelta(0), NOW).n) == (2, 4)
    assert on_time(held, timedelta(minutes=5), NOW).numerator == 3


def test_a_lookbook_is_late_once_the_day_is_over() -> None:
    due = local(20, 23, 59)
    found = same_day(
        [
            Delivery(TODAY, ANA, due, due - timedelta(hours=5)),
            Delivery(TODAY, BEA, due, due + timedelta(hours=1)),
            Delivery(TODAY, CLEO, due, None),
            Delivery(TODAY, CLEO, NOW + timedelta(hours=1), None),  # there is still time
        ],
        NOW,
    )
    assert (found.numerator, found.n) == (1, 3)


def test_revisions_are_told_against_root_lookbooks() -> None:
    rows = [Delivered(TODAY, ANA, False), Delivered(TODAY, ANA, True), Delivered(TODAY, BEA, False)]
    assert revisions(rows).value == 5_000
    assert revisions(rows[1:2]).value is None
    twice = revisions([*rows, rows[1], rows[1]])
    assert (twice.value, twice.interval) == (15_000, None)


def test_waiting_times_in_minutes() -> None:
    answers = [Answer(TODAY, ANA, 60 * minutes) for minutes in (5, 10, 15, 20, 25, 30, 35, 40, 45, 300)]
    assert response_median(answers).value == 28  # 27.5
    assert response_90(answers).value == 45
    assert parts(response_90(answers)) == {ANA: (300, 10)}
    assert response_median([]).value is None
    more = [*answers, Answer(TODAY, BEA, None)]
    found = response_median(more)
    assert (found.value, found.n, found.waiting) == (28, 10, 1)
    assert say_formula(BY_ID["response"], found, "USD")[1].endswith("; 10 answered, 1 not yet")


def test_a_follow_up_of_today_is_due_once_it_is_done() -> None:
    rows = [
        Promise(TODAY - DAY, ANA, TODAY - DAY),
        Promise(TODAY - DAY, BEA, TODAY),
        Promise(TODAY - DAY, CLEO, None),
        Promise(TODAY, CLEO, None),
        Promise(TODAY, CLEO, TODAY),
    ]
    found = timeliness(rows, TODAY)
    assert (found.numerator, found.n) == (2, 4)


def test_a_session_that_still_has_time_is_not_a_miss() -> None:
    rows = [
        Closing(TODAY - 30 * DAY, ANA, TODAY - 16 * DAY),  # on the last day
        Closing(TODAY - 30 * DAY, BEA, TODAY - 15 * DAY),  # a day too late
        Closing(TODAY - 30 * DAY, CLEO, None),
        Closing(TODAY - 3 * DAY, CLEO, None),
        Closing(TODAY - 3 * DAY, ANA, TODAY),
    ]
    found = rebooking(rows, 14, TODAY)
    assert (found.numerator, found.n) == (2, 4)


def test_a_client_counts_once_a_day() -> None:
    rows = [Contacts(TODAY - DAY, frozenset({ANA})), Contacts(TODAY, frozenset({ANA, BEA}))]
    assert contacted(rows).value == 3
    assert parts(contacted(rows)) == {ANA: (2, 2), BEA: (1, 1)}


Spans = st.lists(st.tuples(st.integers(0, 20 * 1440), st.integers(0, 20 * 1440)).map(sorted), min_size=1, max_size=20)


@given(Spans)
def test_working_time_laid_out_once_is_that_of_each_pair(pairs: Sequence[Sequence[int]]) -> None:
    """Over the end of summer time in New York, too."""
    hours = WorkingHours({0: ((540, 720), (780, 1020)), 2: ((0, 1440),), 6: ((60, 240),)}, {date(2026, 11, 4): ()})
    began = datetime(2026, 10, 25, 3, 30, tzinfo=UTC)
    spans = [(began + timedelta(minutes=one), began + timedelta(minutes=two)) for one, two in pairs]
    worked = WorkedTime(hours, min(s for s, _ in spans), max(e for _, e in spans), ZONE)
    for since, until in spans:
        assert worked.between(since, until) == hours.worked(since, until, ZONE).total_seconds()


# -------------------------------------------------------------------- a board


def test_a_board_tells_the_period_and_the_one_before() -> None:
    ratings = (
        Rating(date(2026, 9, 30), ANA, 1),
        Rating(date(2026, 10, 1), ANA, 5),
        Rating(date(2026, 10, 31), BEA, 2),
        Rating(date(2026, 11, 1), CLEO, 4),
    )
    ground = Ground(NOW, TODAY, ratings=ratings)
    cards = {card.metric.id: card for card in board(ground, period_of(TODAY, PeriodKind.MONTH))}
    assert list(cards) == [metric.id for metric in METRICS]
    one = cards["csat"]
    assert (one.now.value, one.now.n, one.before.value, one.before.n) == (10_000, 1, 5_000, 2)
    assert [point.value for point in one.series][-3:] == [0, 5_000, 10_000]
    assert len(one.series) == 12
    assert cards["booked"].now.value == 0 and cards["conversion"].now.value is None


@given(
    st.sets(st.tuples(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(1, 4)), max_size=60),
    st.sampled_from(PeriodKind),
    st.booleans(),
    st.integers(-3, 1),
)
def test_every_number_of_a_board_is_of_its_own_days(
    contacts: set[tuple[date, int]], kind: PeriodKind, rolling: bool, by: int
) -> None:
    days = [Contacts(on, frozenset(who for day, who in contacts if day == on)) for on in sorted(dict(contacts))]
    ground = Ground(NOW, TODAY, contacts=days)
    period = period_of(TODAY, kind, rolling=rolling).step(by)
    one = next(card for card in board(ground, period) if card.metric.id == "contacted")

    def slowly(starts: date, ends: date) -> int:
        return len([on for on, _ in contacts if starts <= on < ends])

    before = period.step(-1)
    assert one.now.value == slowly(period.starts, period.ends)
    assert one.before.value == slowly(before.starts, before.ends)
    for point in one.series:
        assert point.value == (None if point.starts > TODAY else slowly(point.starts, point.ends))
    assert one.series[-1].ends == period.ends


@pytest.mark.parametrize("kind", PeriodKind)
@pytest.mark.parametrize("rolling", [False, True])
def test_a_series_has_no_gaps(kind: PeriodKind, rolling: bool) -> None:
    spans = spans_of(period_of(TODAY, kind, rolling=rolling))
    assert all(one[1] == two[0] for one, two in pairwise(spans))


def test_each_metric_says_its_formula() -> None:
    """A rate names what is above and below the line, and no two have one name."""
    assert len(BY_ID) == len(METRICS) == 24
    for metric in METRICS:
        assert metric.top and (metric.bottom or metric.unit in (Unit.CENTS, Unit.COUNT))
    empty: Any = replace(Ground(NOW, TODAY))
    for card in board(empty, period_of(TODAY, PeriodKind.WEEK)):
        assert card.now.unit is card.metric.unit


def test_a_formula_says_what_it_counts() -> None:
    """NPS is of the answers; a session without a message is late; a follow-up without a day is not counted."""
    assert BY_ID["nps"].bottom == "answers"
    assert "without any message counts as late" in BY_ID["on_time"].note
    assert "Only those that had a day" in BY_ID["timeliness"].note
    assert "within 14 days" in BY_ID["rebooking"].note
    assert not any("root" in f"{metric.top} {metric.bottom} {metric.note}" for metric in METRICS)
