"""A metric's plot in full, and its small one: nothing is cut so that it misleads, and below zero is not zero."""

from datetime import date

import pytest

from stylistdesk.domain.dates import add_months
from stylistdesk.domain.metrics import Unit
from stylistdesk.domain.metrics_table import Point
from stylistdesk.ui.metric_lines import plot_lines, spark
from stylistdesk.ui.symbols import ASCII, UNICODE, Symbols

FIRST = date(2025, 12, 1)
MONTHS = ("Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")


def months(*values: int | None) -> tuple[Point, ...]:
    return tuple(Point(add_months(FIRST, i), add_months(FIRST, i + 1), value) for i, value in enumerate(values))


def drawn(
    points: tuple[Point, ...], goal: int | None = None, width: int = 56, symbols: Symbols = UNICODE
) -> tuple[str, ...]:
    lines = plot_lines(points, Unit.POINTS, goal, symbols, "USD", (width, 9))
    return tuple("".join(piece.text for piece in line).rstrip() for line in lines)


@pytest.mark.parametrize("width", range(18, 110))
def test_a_month_is_written_whole_and_under_its_bar(width: int) -> None:
    lines = drawn(months(*[5_000] * 12), width=width)
    labels = lines[-1].split()
    assert labels[-1] == "Nov" or width < 30
    assert set(labels) <= set(MONTHS) and len(lines[-1]) <= width
    each = lines[-1].index(labels[1]) - lines[-1].index(labels[0])
    steps = MONTHS.index(labels[1]) - MONTHS.index(labels[0])
    assert each % steps == 0 and lines[-2].startswith("█", lines[-1].index(labels[0]))


def test_a_week_is_written_whole_where_bars_are_narrow() -> None:
    weeks = tuple(Point(date(2026, 11, day), date(2026, 11, day + 7), 1) for day in (2, 9, 16, 23))
    assert drawn(weeks * 3, width=40)[-1].split() == ["23", "Nov"] * 3


@pytest.mark.parametrize("symbols", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_below_zero_is_told_from_zero(symbols: Symbols) -> None:
    """NPS -50 hangs below the line on which NPS 0 stands, half as far as NPS -100."""
    lines = drawn(months(5_000, 0, -5_000, -10_000), symbols=symbols)
    full = symbols.levels[-1]
    heights = [[line[6 + 8 * column : 7 + 8 * column] == full for line in lines[:-1]] for column in range(4)]
    ground = next(i for i, line in enumerate(lines) if line.lstrip().startswith("0 "))
    assert [sum(column[: ground + 1]) for column in heights] == [2, 0, 0, 0]
    assert [sum(column[ground + 1 :]) for column in heights] == [0, 0, 3, 5]
    assert lines[0].startswith(" +50 ") and lines[-2].startswith("-100 ")
    assert len(set(spark(months(-5_000, 0, 5_000), symbols))) == 3


def test_a_goal_above_every_bar_is_marked() -> None:
    lines = drawn(months(1_000, 2_000), goal=4_000)
    assert [line.split()[0] for line in lines if line[:5].strip()] == ["goal", "+20", "0"]
    assert lines[0].strip() == "goal" and "█" in lines[4]


def test_a_goal_among_the_bars_and_below_them_is_marked() -> None:
    for goal in (9_000, 10_000, 100, 0, -3_000):
        assert sum(line.lstrip().startswith("goal") for line in drawn(months(10_000, -5_000), goal=goal)) == 1


def test_no_value_at_all_draws_dots() -> None:
    assert spark(months(None, None), UNICODE) == "··"
    assert drawn(months(None, None))[-2].split() == ["0", "·", "·"]
