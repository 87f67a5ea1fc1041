"""How Client Sweep lays out its rows and its sums, in cells."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from stylistdesk.domain.dates import WEEKDAYS, LocalNow, say_short_day
from stylistdesk.domain.money import format_money
from stylistdesk.domain.types import SignalKind
from stylistdesk.ui import words
from stylistdesk.ui.lines import Line, Piece, fit, line, spread
from stylistdesk.ui.screens.queue_lines import POWER
from stylistdesk.ui.symbols import SIGNAL_WORDS, Symbols

if TYPE_CHECKING:
    from stylistdesk.queries.sweep import Money, Sweep, SweepRow

WHAT = {
    "order": "ordered",
    "message_in": "wrote",
    "message_out": "your message",
    "call": "call",
    "note": "your note",
    "appointment": "appointment",
} | {kind.value: said for kind, said in SIGNAL_WORDS.items()}
ROOMY = 84
"""From so many cells on, each day of a month has a cell of its own in the bar."""
LEAST = 4
"""So many activities in one part of a bar, or as many as she had at most, fill it."""


def row_lines(
    row: "SweepRow", bar: Line, width: int, here: LocalNow, symbols: Symbols, currency: str
) -> tuple[Line, Line]:
    """Who, when she was active and what she spent; then what she did last, how much of each, and what is next."""
    name = max(10, min(24, width * 3 // 10))
    spent = _amounts(row.spent, currency, row.others)
    first = spread(
        line(
            Piece(fit(row.name, name), "name"),
            " ",
            Piece(fit(words.power(row.spending_power), POWER), "power" if row.spending_power else "quiet"),
            *bar,
        ),
        (Piece(f" {spent}" if spent else ""),),
        width,
    )
    marks = symbols.signals
    counts = (
        (marks[SignalKind.HEARTED], row.hearts),
        (marks[SignalKind.COMMENTED], row.comments),
        (marks[SignalKind.ADDED_TO_CART], row.cart),
        (marks[SignalKind.CHECKED_OUT], row.orders),
        (symbols.message, row.messages),
    )
    told = [f"{mark}{number}" for mark, number in counts if number]
    told += [words.count(number, one) for number, one in ((row.notes, "note"), (row.appointments, "appt")) if number]
    ahead = f" next {_day(here, row.next_at)}" if row.next_at is not None else ""
    last = f"{_day(here, row.last_at)}, {WHAT.get(row.what, row.what)}"
    room = width - name - 1 - POWER - len(ahead)
    while told and len("  ".join(told)) >= room:
        told.pop()  # the last are the least telling
    left = (Piece(fit(last, name + 1 + POWER), "quiet"), Piece("  ".join(told), "signal"))
    return first, spread(left, (Piece(ahead, "quiet"),), width)


def words_of(row: "SweepRow", here: LocalNow, currency: str) -> str:
    """What a row says in words, for the filter."""
    counts = ((row.notes, "note"), (row.appointments, "appt"), (row.orders, "order"))
    told = [words.count(number, one) for number, one in counts if number]
    last = f"{_day(here, row.last_at)}, {WHAT.get(row.what, row.what)}"
    return " ".join([words.power(row.spending_power), last, *told, _amounts(row.spent, currency, row.others)])


def _day(here: LocalNow, at: datetime) -> str:
    day = here.day(at)
    away = (day - here.today).days
    if away == 0:
        return "today"
    return f"{WEEKDAYS[day.weekday()]} {day.day}" if -7 < away < 7 else say_short_day(day, here.today)


def bar_cells(parts: int, width: int) -> int:
    """How many cells the bar of a period of so many parts takes in a list of this width."""
    return parts if parts <= 13 or width >= ROOMY else -(-parts // 2)


def bar_of(done: Sequence[int], begun: int, width: int, symbols: Symbols) -> Line:
    """What was done in each part, as a bar; only so many parts have begun, the rest stays blank."""
    cells = bar_cells(len(done), width)
    each = -(-len(done) // cells)
    sums = [sum(done[at : at + each]) for at in range(0, len(done), each)]
    most, levels = max(LEAST, *sums), symbols.bars
    drawn = [levels[-(-many * (len(levels) - 1) // most)] if at * each < begun else " " for at, many in enumerate(sums)]
    return tuple(
        Piece("".join(run), "quiet" if nothing else "signal")
        for nothing, run in groupby(drawn, key=lambda cell: cell in (" ", levels[0]))
    )


def summary(found: "Sweep", said: str, currency: str, symbols: Symbols, matching: str) -> Line:
    """The period, and the sums over all who did anything in it."""
    dot = f"  {symbols.dot}  "
    spent = _amounts(found.spent, currency, found.others)
    parts = [
        words.count(len(found.rows), "client"),
        *([f"{spent} spent"] if spent else []),  # before what may have no room
        words.count(found.orders, "order"),
        words.count(found.activities, "activity", "activities"),
    ]
    pieces = [Piece(said, "strong"), Piece(f"   {parts[0]}"), *(Piece(dot + part) for part in parts[1:])]
    if matching:
        pieces.append(Piece(f"   {matching}", "quiet"))
    return tuple(pieces)


def _amounts(cents: int, currency: str, others: "Money") -> str:
    """What was spent in the desk's currency, and in others."""
    told = [format_money(cents, currency)] if cents else []
    return " + ".join([*told, *(format_money(more, other) for other, more in others)])
