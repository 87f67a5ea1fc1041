"""The month: a cell a day, with its number, what is particular about it, counts, and the first that stands on it."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from rich.segment import Segment
from textual.strip import Strip

from stylistdesk.domain.calendar_days import CalendarDay, What
from stylistdesk.domain.dates import WEEKDAYS
from stylistdesk.domain.month_grid import Week
from stylistdesk.ui.calendar.cells import Cells
from stylistdesk.ui.calendar.marks import clock, counts, sign
from stylistdesk.ui.lines import Line, Piece, clip

ROOM_FOR_TIMES = 13
"""A cell so wide says when something is, and not only with whom."""

KEPT = 400
"""So many cells are kept as they were laid out."""


class MonthGrid(Cells):
    """The weeks of a month; the days of its neighbours are faint."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.weeks: tuple[Week, ...] = ()
        self.days: Mapping[date, CalendarDay] = {}
        self.day = self.today = date.min
        self.chosen: frozenset[date] = frozenset()
        self.assumed = False
        self.zone = ZoneInfo("UTC")
        self._laid: dict[tuple[date, int, int, bool, bool], tuple[CalendarDay, tuple[Line, ...]]] = {}

    # ---------------------------------------------------------------- showing

    def show(
        self,
        weeks: tuple[Week, ...],
        days: Mapping[date, CalendarDay],
        day: date,
        today: date,
        chosen: frozenset[date],
        zone: ZoneInfo,
        *,
        assumed: bool,
    ) -> None:
        """Show these weeks with the cursor on a day; draws again only what differs."""
        same = (weeks, today, zone, assumed) == (self.weeks, self.today, self.zone, self.assumed)
        changed = {self.day, day} | (self.chosen ^ chosen)
        if same and days is not self.days:
            shown = [one for week in weeks for one in week]
            changed |= {one for one in shown if days.get(one) != self.days.get(one)}
        self.weeks, self.days, self.day, self.today, self.chosen = weeks, days, day, today, chosen
        self.zone, self.assumed = zone, assumed
        if not same:
            self.refresh()
            return
        spans = self.spans()
        self.draw_lines([spans[number] for number, week in enumerate(weeks) if not changed.isdisjoint(week)])

    def spans(self) -> list[tuple[int, int]]:
        """Of each week its first line, and how many it has; what is left over goes to the first ones."""
        count = max(1, len(self.weeks))
        height, over = divmod(max(count, self.size.height - 1), count)
        return [(1 + number * height + min(number, over), height + (number < over)) for number in range(count)]

    def _place(self, line: int) -> tuple[int, int, int]:
        """The week of a line of the grid, which of its lines it is, and how many the week has; -1 for none."""
        for number, (first, height) in enumerate(self.spans()):
            if first <= line < first + height:
                return number, line - first, height
        return -1, 0, 1

    @property
    def cell_width(self) -> int:
        """How many cells a day has; one is left between two."""
        return max(3, (self.size.width - 6) // 7)

    def corners(self) -> list[tuple[int, int]]:
        """Where the days begin."""
        found: dict[date, tuple[int, int]] = {}
        for line in range(self.size.height):
            for column in range(self.size.width):
                if (day := self.day_at(column, line)) is not None:
                    found.setdefault(day, (column, line))
        return list(found.values())

    def day_at(self, column: int, line: int) -> date | None:
        """The day of a place in the grid."""
        week, place = self._place(line)[0], column // (self.cell_width + 1)
        if not 0 <= week < len(self.weeks) or not 0 <= place < 7:
            return None
        return self.weeks[week][place]

    # ---------------------------------------------------------------- drawing

    def render_line(self, y: int) -> Strip:
        width, cell = self.size.width, self.cell_width
        week, line, height = self._place(y)
        segments: list[Segment] = []
        if not self.weeks or (y and week < 0):
            return Strip(self.cell((), width), width)
        bar = Segment("|" if self.plain else "│", self.shaded("faint", ""))
        for place in range(7):
            if place:
                segments.append(bar if y else Segment(" ", self.shaded("", "")))
            if y == 0:
                name = WEEKDAYS[self.weeks[0][place].weekday()]
                segments += self.cell((Piece(f" {name}", "label"),), cell)
            else:
                segments += self._day_line(self.weeks[week][place], line, cell, height)
        segments += self.cell((), width - 7 * cell - 6)
        return Strip(segments, width)

    def _day_line(self, day: date, line: int, width: int, height: int) -> list[Segment]:
        shade = "cursor" if day == self.day else "chosen" if day in self.chosen else ""
        outside = day.month != self.weeks[1][0].month
        known = self.days.get(day)
        if known is None:
            number = (Piece(f" {day.day:2} ", "faint" if outside else "quiet"),) if line == 0 else ()
            return self.cell(number, width, shade)
        lines = self._laid_out(known, width, height, outside=outside)
        pieces = lines[line] if line < len(lines) else ()
        if line == 0 and day == self.today:
            pieces = (Piece(f"[{day.day:2}]", "tab"), *pieces[1:])
        return self.cell(pieces, width, shade)

    def _laid_out(self, day: CalendarDay, width: int, height: int, *, outside: bool) -> tuple[Line, ...]:
        key = (day.day, width, height, outside, self.assumed)
        kept = self._laid.get(key)
        if kept is None or kept[0] is not day:
            if len(self._laid) > KEPT:
                self._laid.clear()
            kept = self._laid[key] = day, self._lay_out(day, width, height, outside=outside)
        return kept[1]

    def _lay_out(self, day: CalendarDay, width: int, height: int, *, outside: bool) -> tuple[Line, ...]:
        """The number and what is particular; counts; where there is room, the first that have a time."""
        looks = "faint" if outside else "strong"
        flags = ("!" if day.across else "") + ("" if day.filled or self.assumed else "?")
        room = max(0, height - 2)
        named = self._named(day, width)
        # Cut off beside the number, the name of a holiday has a line of its own, where one is left.
        own_line = len(day.holiday) > width - 5 - len(flags) and len(named) < room
        said = ("" if own_line else day.holiday) or ("off" if day.filled and not day.hours else "")
        said = clip(said, width - 5 - len(flags))
        gap = " " * max(0, width - 4 - len(said) - len(flags) - (1 if flags else 0))
        lines: list[Line] = [
            (
                Piece(f" {day.day.day:2} ", looks),
                Piece(said, "faint" if outside else "label" if day.holiday else "quiet"),
                Piece(gap),
                Piece(flags, "late" if "!" in flags else "key"),
            ),
            (Piece(" "), *counts(day, width - 1, plain=self.plain)),
        ]
        if own_line:
            lines.append((Piece(f" {clip(day.holiday, width - 1)}", "label"),))
        lines += named[:room]
        if outside:
            lines = [tuple(Piece(piece.text, "faint") for piece in one) for one in lines]
        return tuple(lines)

    def _named(self, day: CalendarDay, width: int) -> list[Line]:
        """What stands on a day, by name: blocked days, what has a time, then events of whole days.

        A look review is not named where the same client is there with something else that day.
        """
        timed = list(day.timed())
        met = {entry.client_id for entry in timed if entry.busy and entry.client_id is not None}
        named: list[tuple[str, str, str]] = []
        for entry in (*day.whole(What.BLOCKED), *timed, *day.whole(What.EVENT, What.SHOP_WINDOW)):
            if entry.all_day:
                named.append((f"{sign(entry.what, plain=self.plain)} ", "quiet", entry.name))
            elif entry.busy or entry.what is What.EVENT or entry.client_id not in met:
                when = f"{clock(entry.starts_at, self.zone)} " if width >= ROOM_FOR_TIMES else ""
                named.append((when, "quiet", entry.name))
        return [(Piece(f" {lead}", look), Piece(clip(name, width - 1 - len(lead)))) for lead, look, name in named]
