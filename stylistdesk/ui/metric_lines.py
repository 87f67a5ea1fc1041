"""A metric in lines: as a card, and in full with a plot, its formula and how far along its goal is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stylistdesk.domain.commission import half_up
from stylistdesk.domain.dates import MONTHS, WEEKDAYS
from stylistdesk.domain.metrics import Measure, Unit, along, change
from stylistdesk.domain.metrics_table import Card, Metric, Point
from stylistdesk.domain.metrics_words import say_change, say_formula, say_interval, say_value
from stylistdesk.domain.types import PeriodKind
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, cut, fit, labelled, spread, width_of, wrap
from stylistdesk.ui.symbols import Symbols

CARD_LINES = 4
ROUND = 1_000
LEAST_PLOT = 6
"""A card's plot is no shorter, only to say more beside it."""


def card_lines(
    metric: Metric, card: Card | None, goal: int | None, symbols: Symbols, currency: str, width: int
) -> tuple[Line, ...]:
    """The four lines of a card; while its number is not there yet, an ellipsis in its place."""
    if card is None:
        return ((Piece(clip(metric.label, width), "label"),), (Piece("…", "quiet"),), BLANK, BLANK)
    now = card.now
    n = f"n {now.n}" if now.n < ROUND else f"n {now.n // ROUND}k"
    head = spread((Piece(metric.label, "label"),), (Piece(n, "quiet"),), width)
    value = (Piece(say_value(now.value, metric.unit, currency), "strong"), *arrow(card, symbols))
    was = f"was {say_value(card.before.value, metric.unit, currency)}"
    interval = say_interval(now)
    third: Line = (Piece(f"{interval}  {was}" if interval else was, "quiet"),)
    last: Line = ()
    if goal is not None:
        last = (Piece(" "), _share(metric, now, goal, currency, width))
    plot = spark(card.series[-max(1, width - width_of(last)) :], symbols)
    return head, cut(value, width), cut(third, width), (Piece(plot, "quiet"), *last)


def _share(metric: Metric, now: Measure, goal: int, currency: str, width: int) -> Piece:
    """How much of its goal a number has reached, and the goal itself where that leaves room for a plot."""
    told, target = along(now, goal, less_is_better=metric.less_is_better), say_value(goal, metric.unit, currency)
    if told is None:
        return Piece(clip(f"goal {target}", width - 1))
    said = f"{told} % of goal"
    if width_of((Piece(f"{said} {target}"),)) + 1 + LEAST_PLOT <= width:
        said += f" {target}"
    return Piece(said, "good" if told >= 100 else "")


def arrow(card: Card, symbols: Symbols) -> Line:
    """Which way it went, if that is sure: an arrow, and for better or worse a colour."""
    found = change(card.now, card.before)
    if found is None or not found.arrow:
        return BLANK
    better = (found.arrow > 0) != card.metric.less_is_better
    return (Piece(f" {symbols.up if found.arrow > 0 else symbols.down}", "good" if better else "late"),)


def spark(points: Sequence[Point], symbols: Symbols) -> str:
    """A line of small bars; a dot where there is no value, an arrow down where it is below zero."""
    values = [point.value for point in points]
    scale = _Scale(max((value or 0 for value in values), default=0), len(symbols.levels) - 1)
    return "".join(
        symbols.dot if value is None else symbols.down if value < 0 else symbols.levels[scale.steps(value)]
        for value in values
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """A value of `worth` stands `steps_of_it` steps high."""

    worth: int
    steps_of_it: int

    def steps(self, value: int, times: int = 1) -> int:
        """How many steps high a value of 0 or more stands, rounded half up; `times` makes steps smaller."""
        return (value * self.steps_of_it * times + self.worth // 2) // self.worth if self.worth else 0


# -------------------------------------------------------------------- in full


def full_lines(
    card: Card, goal: int | None, symbols: Symbols, currency: str, kind: PeriodKind, size: tuple[int, int]
) -> list[Line]:
    """The number, what it was, its plot, its formula, how sure it is and its goal, for so many cells and lines."""
    width, height = size
    metric, now = card.metric, card.now
    facts = [*_formula(metric, now, currency, width), *_sure(card, currency, width)]
    if goal is not None:
        facts += _goal(card, goal, symbols, currency, kind, width)
    elif height > 20:
        facts += labelled("Goal", [(Piece("none yet", "quiet"),)])
    head = [_head(card, symbols, currency, width), BLANK]
    plot = plot_lines(card.series, metric.unit, goal, symbols, currency, (width, max(3, height - len(facts) - 3)))
    return [*head, *plot, BLANK, *facts]


def _head(card: Card, symbols: Symbols, currency: str, width: int) -> Line:
    unit, found = card.metric.unit, change(card.now, card.before)
    value = Piece(say_value(card.now.value, unit, currency), "strong")
    was = f"   was {say_value(card.before.value, unit, currency)}"
    by = say_change(found.by, unit, currency) if found is not None else ""
    more = ""
    if by and found is not None:
        more = f", {by} {'more' if found.by > 0 else 'less'}" + ("" if found.arrow else ", which may be chance")
    return cut((value, *arrow(card, symbols), Piece(was + more, "quiet")), width)


def _formula(metric: Metric, now: Measure, currency: str, width: int) -> list[Line]:
    words, numbers = say_formula(metric, now, currency)
    body = [(Piece(each),) for each in wrap(words, width - 10)]
    body.append((Piece(numbers, "strong"),))
    body += [(Piece(each, "quiet"),) for each in wrap(metric.note, width - 10) if metric.note]
    return labelled("Formula", body)


def _sure(card: Card, currency: str, width: int) -> list[Line]:
    said = f"n = {card.now.n:,}, before {card.before.n:,}"
    interval, before = say_interval(card.now), say_interval(card.before)
    if interval:
        said += f"; 95 % sure of {interval}" + (f", before {before}" if before else "")
    return labelled("Sample", [(Piece(each),) for each in wrap(said, width - 10)])


def _goal(card: Card, goal: int, symbols: Symbols, currency: str, kind: PeriodKind, width: int) -> list[Line]:
    metric = card.metric
    told = along(card.now, goal, less_is_better=metric.less_is_better)
    said = f"{say_value(goal, metric.unit, currency)} a {kind.value}"
    if told is None:
        return labelled("Goal", [(Piece(said),)])
    full = min(10, told // 10)
    bar = (Piece(symbols.done * full, "good"), Piece(symbols.undone * (10 - full), "quiet"))
    reached = "reached" if told >= 100 else f"{told} % of it"
    return labelled(
        "Goal", [cut((*bar, Piece(f" {reached}", "good" if told >= 100 else ""), Piece(f"  {said}")), width)]
    )


def plot_lines(
    points: Sequence[Point], unit: Unit, goal: int | None, symbols: Symbols, currency: str, size: tuple[int, int]
) -> list[Line]:
    """Bars over time, the days below; at the axis the highest value, 0, what is lowest below it, and the goal."""
    width, height = size
    rows = max(2, min(height, 12) - 1)
    values = [point.value for point in points]
    top, bottom = max((0, *(v for v in values if v))), min((0, *(v for v in values if v)))
    highest, lowest = max(top, goal or 0), min(bottom, goal or 0)
    below = max(1, min(rows - 1, half_up(rows * -lowest, highest - lowest))) if lowest else 0
    above = rows - below
    # One scale on both sides of zero: the side that has less room for what it shows sets it.
    scale = _Scale(highest, above) if highest * below >= -lowest * above else _Scale(-lowest, below)
    marks = {1: "0"}
    if bottom:
        marks[_row_of(bottom, scale)] = say_value(bottom, unit, currency)
    if top:
        marks[_row_of(top, scale)] = say_value(top, unit, currency)
    if goal is not None:
        marks[_row_of(goal, scale)] = "goal"
    margin = max(4, *map(len, marks.values())) + 1
    each = max(1, min(8, (width - margin) // max(1, len(points))))
    lines: list[Line] = []
    for row in range(above, -below, -1):
        bars = "".join(_bar(value, row, each, scale, symbols) for value in values)
        lines.append((Piece(fit(marks.get(row, ""), margin - 1, right=True) + " ", "quiet"), Piece(bars, "power")))
    lines.append((Piece(" " * margin), Piece(_days(points, each, width - margin), "quiet")))
    return lines


def _row_of(value: int, scale: _Scale) -> int:
    """In which row a bar of this value ends: 1 is the first above zero, 0 the first below it."""
    if value < 0:
        return 1 - max(1, scale.steps(-value))
    return max(1, -(-value * scale.steps_of_it // scale.worth)) if scale.worth else 1


def _bar(value: int | None, row: int, cells: int, scale: _Scale, symbols: Symbols) -> str:
    """One bar in one row: full, a part of it, or nothing; a dot on the ground where there is no value."""
    if value is None:
        return fit(symbols.dot if row == 1 else "", cells)
    if value < 0:
        sign = symbols.levels[-1] if _row_of(value, scale) <= row <= 0 else " "
        return fit(sign * max(1, cells - 1), cells)
    part = scale.steps(value, 8) - (row - 1) * 8
    if part <= 0 or row < 1:
        sign = symbols.levels[0] if row == 1 else " "
    else:
        sign = symbols.levels[-1] if part >= 8 else symbols.levels[part - 1]
    return fit(sign * max(1, cells - 1), cells)


def _days(points: Sequence[Point], cells: int, room: int) -> str:
    """When the bars are, each said whole: the last that has room, and of those before it as many."""
    said = [_day(point) for point in points]
    every = -(-(max(map(len, said), default=0) + 1) // cells)
    last = max((index for index, words in enumerate(said) if index * cells + len(words) <= room), default=0)
    line = ""
    for index in range(last % every, last + 1, every) if said else ():
        line = line.ljust(index * cells) + said[index]
    return line


def _day(point: Point) -> str:
    """When a bar is: the month of a month, the first day of a week."""
    days = (point.ends - point.starts).days
    if days == 1:
        return WEEKDAYS[point.starts.weekday()]
    if days > 27:
        return MONTHS[_middle(point).month - 1]
    return f"{point.starts.day} {MONTHS[point.starts.month - 1]}"


def _middle(point: Point) -> date:
    return point.starts + (point.ends - point.starts) / 2
