"""Days by the hour, beside each other: working time shaded, and what takes time as blocks (R17)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rich.segment import Segment
from textual.strip import Strip

from stylistdesk.domain.calendar_days import CalendarDay, Entry, What
from stylistdesk.domain.dates import WEEKDAYS
from stylistdesk.domain.day_slots import Row, Slot, rows_of, say_row, slots_of
from stylistdesk.domain.working_hours import WorkingHours
from stylistdesk.ui.calendar.cells import Cells
from stylistdesk.ui.calendar.marks import MARK_OF, about, counts, sign, span
from stylistdesk.ui.lines import Line, Piece, clip

GUTTER = 7
"""The cells before the first day, for the hours."""

HEAD = 2
"""The lines above the hours: the days, and what stands on them at no time; one more where its names need it."""

NARROWEST = 9
"""Blocks beside each other have at least so many cells; else one is shown, and how many more there are."""


class HourGrid(Cells):
    """Some days by the half hour; the head stays in sight, the hours below it are scrolled."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.dates: tuple[date, ...] = ()
        self.days: Mapping[date, CalendarDay] = {}
        self.hours = WorkingHours()
        self.zone = ZoneInfo("UTC")
        self.day, self.row = date.min, 0
        self.now: datetime | None = None
        self.chosen: frozenset[tuple[date, int]] = frozenset()
        self.rows: tuple[Row, ...] = ()
        self.top, self.head = 0, HEAD
        self._slots: dict[date, dict[Row, Slot]] = {}
        self._works: dict[date, frozenset[Row]] = {}
        self._lanes: dict[date, tuple[dict[str, int], int]] = {}

    # ---------------------------------------------------------------- showing

    def show(
        self,
        dates: tuple[date, ...],
        days: Mapping[date, CalendarDay],
        hours: WorkingHours,
        zone: ZoneInfo,
        cursor: tuple[date, int],
        chosen: frozenset[tuple[date, int]],
        now: datetime,
    ) -> None:
        """Show these days with the cursor on a row of one of them."""
        same = dates == self.dates and zone == self.zone and hours == self.hours and now == self.now
        same = same and all(days.get(day) is self.days.get(day) for day in dates)
        before = {self.row} | {row for _, row in self.chosen ^ chosen}
        self.dates, self.days, self.hours, self.zone, self.now = dates, days, hours, zone, now
        (self.day, self.row), self.chosen = cursor, chosen
        if not same:
            self.rows = rows_of(dates, zone)
            self._slots = {day: {slot.row: slot for slot in slots_of(day, zone)} for day in dates}
            self._works = {day: self._worked(day) for day in dates}
            self._lanes = {day: _lanes(days.get(day)) for day in dates}
        top, head = self.top, self.head
        self._keep_in_sight()
        if not same or (top, head) != (self.top, self.head):
            self.refresh()
        else:
            self.draw_lines([(0, 1), *((self.head + row - self.top, 1) for row in before | {self.row})])

    def _worked(self, day: date) -> frozenset[Row]:
        spans = self.hours.spans(day, self.zone)
        slots = self._slots[day].values()
        return frozenset(slot.row for slot in slots if any(since <= slot.starts_at < until for since, until in spans))

    def works(self, day: date, row: int) -> bool:
        """Whether she works in a row of a day."""
        return self.rows[row] in self._works.get(day, ())

    def has(self, day: date, row: int) -> bool:
        """Whether a day has a row: the clocks skip some, and show others twice on one day only."""
        return self.rows[row] in self._slots.get(day, {})

    def _keep_in_sight(self) -> None:
        width = self.cell_width - 1
        fits = all(_fits(self.days.get(day), width, plain=self.plain) for day in self.dates)
        self.head = HEAD if fits else HEAD + 1
        height = max(1, self.size.height - self.head)
        if self.row < self.top:
            self.top = self.row
        elif self.row >= self.top + height:
            self.top = self.row - height + 1
        self.top = max(0, min(self.top, len(self.rows) - height))

    def on_resize(self) -> None:
        self._keep_in_sight()
        super().on_resize()

    def centre(self) -> None:
        """Have the cursor a third of the way down, so that the hours after it are in sight."""
        height = max(1, self.size.height - self.head)
        self.top = max(0, min(self.row - height // 4, len(self.rows) - height))

    def at(self, day: date, row: int) -> list[Entry]:
        """What takes some of a row of a day, the first first; what only begins there after what was there before."""
        slot = self._slots.get(day, {}).get(self.rows[row]) if 0 <= row < len(self.rows) else None
        known = self.days.get(day)
        if slot is None or known is None:
            return []
        return [entry for entry in known.timed() if slot.has(entry.starts_at, entry.ends_at)]

    @property
    def cell_width(self) -> int:
        """How many cells a day has; one is left between two."""
        count = max(1, len(self.dates))
        return max(3, (self.size.width - GUTTER - count + 1) // count)

    def place_at(self, column: int, line: int) -> tuple[date, int] | None:
        """The day and the row of a place in the grid; in its head, the row under the cursor."""
        place = (column - GUTTER) // (self.cell_width + 1)
        row = self.row if line < self.head else line - self.head + self.top
        if column < GUTTER or not 0 <= place < len(self.dates) or not 0 <= row < len(self.rows):
            return None
        return self.dates[place], row

    # ---------------------------------------------------------------- drawing

    def render_line(self, y: int) -> Strip:
        width, cell, row = self.size.width, self.cell_width, y - self.head + self.top
        if not self.dates or row >= len(self.rows):
            return Strip(self.cell((), width), width)
        segments = self.cell(self._label(row) if y >= self.head else (), GUTTER)
        for place, day in enumerate(self.dates):
            if place:
                segments.append(Segment("|" if self.plain else "│", self.shaded("faint", "")))
            if y == 0:
                segments += self.cell(self._heading(day, cell), cell, "chosen" if day == self.day else "")
            elif y < self.head:
                line = self._untimed(self.days.get(day), cell - 1, last=y == self.head - 1)
                segments += self.cell((Piece(" "), *line), cell)
            else:
                segments += self._slot(day, row, cell)
        segments += self.cell((), width - sum(segment.cell_length for segment in segments))
        return Strip(segments, width)

    def _label(self, row: int) -> Line:
        minute, again = self.rows[row]
        said = say_row(self.rows[row]) if minute % 60 == 0 or again else ""
        slot = self._slots.get(self.day, {}).get(self.rows[row])
        is_now = slot is not None and self.now is not None and slot.starts_at <= self.now < slot.ends_at
        if is_now:
            return (Piece(" now ", "tab"),)
        return (Piece(f"{said:>6}", "key" if row == self.row else "quiet"),)

    def _heading(self, day: date, width: int) -> Line:
        known = self.days.get(day)
        today = self.now is not None and self.now.astimezone(self.zone).date() == day
        name = f"{WEEKDAYS[day.weekday()]} {day.day}"
        pieces: Line = (Piece(f"[{name}]", "tab") if today else Piece(f" {name}", "strong"),)
        if known is None:
            return pieces
        unfilled = not known.filled and not self.hours.is_assumed
        flags = ("!" if known.across else "") + ("?" if unfilled else "")
        said = "off" if known.filled and not known.hours else ""
        room = width - pieces[0].width - len(flags) - 1
        said = f" {said}" if said and room > len(said) else ""
        return (
            *pieces,
            Piece(said, "quiet"),
            Piece(" " * max(0, room - len(said))),
            Piece(flags, "late" if "!" in flags else "key"),
        )

    def _untimed(self, day: CalendarDay | None, width: int, *, last: bool) -> Line:
        """What stands on a day at no time of it: its names, and in the last line of the head its numbers."""
        if day is None:
            return ()
        said = _counted(day, width, plain=self.plain) if last else ()
        if last and self.head > HEAD:
            return said
        room = width - sum(piece.width for piece in said) - bool(said)
        names = _named(day, room, plain=self.plain)
        return (*names, Piece(" "), *said) if names else said

    def _slot(self, day: date, row: int, width: int) -> list[Segment]:
        slot = self._slots[day].get(self.rows[row])
        shade = "chosen" if (day, row) in self.chosen else ""
        if (day, row) == (self.day, self.row):
            shade = "cursor"
        if slot is None:
            said = "skipped " if self.rows[row][1] == 0 and width > 8 else ""
            rest = ("-" if self.plain else "╌") * (width - 2 - len(said))
            return self.cell((Piece(f" {said}{rest}", "faint"),), width, shade)
        known = self.days.get(day)
        blocked = known is not None and known.is_blocked
        works = slot.row in self._works[day] and not blocked
        edge = Piece(("|" if self.plain else "▏") if works else " ", "quiet")
        if blocked:
            edge = Piece("|" if self.plain else "┃", MARK_OF[What.BLOCKED].look)
        ground = shade or ("block" if blocked else "work" if works else "")
        entries = self.at(day, row)
        lanes, count = self._lanes[day]
        if not entries:
            return self.cell((edge,), width, ground)
        room = width - 1
        if room // count < NARROWEST:
            first = next((one for one in entries if one.starts_at >= slot.starts_at), entries[0])
            more = f" +{len(entries) - 1}" if len(entries) > 1 else ""
            inside = self._block(first, day, slot, room - len(more), shade)
            return [*self.cell((edge,), 1, ground), *inside, *self.cell((Piece(more, "late"),), len(more), shade)]
        segments = self.cell((edge,), 1, ground)
        by_lane = {lanes[entry.key]: entry for entry in entries}
        for lane in range(count):
            wide = room // count + (room % count if lane == count - 1 else 0)
            one = by_lane.get(lane)
            segments += self._block(one, day, slot, wide, shade) if one else self.cell((), wide, ground)
        return segments

    def _block(self, entry: Entry, day: date, slot: Slot, width: int, shade: str) -> list[Segment]:
        """One line of a block: its name, then what it is and when, then only its ground."""
        mark = MARK_OF[entry.what]
        bar = Piece("|" if self.plain else "┃", mark.look)
        lead = Piece(f"{mark.shown(plain=self.plain)} ", mark.look) if width > NARROWEST else bar
        starts = max(entry.starts_at, min(one.starts_at for one in self._slots[day].values()))
        place = sum(1 for one in self._slots[day].values() if starts < one.ends_at and one.starts_at < slot.starts_at)
        wide = width > 30
        said, look = "", ""
        if place == 0:
            said, look = entry.name, "late" if entry.across else "strong"
        elif place == 1:
            words = (entry.place, entry.words) if wide else (about(entry), entry.place, entry.words)
            said = "  ".join(part for part in words if part)
        pieces: Line = (lead if place == 0 else bar, Piece("" if place == 0 or width <= NARROWEST else " "))
        room = width - sum(piece.width for piece in pieces)
        pieces = (*pieces, Piece(clip(said, room), look))
        if place == 0 and wide:
            pieces = (*pieces, Piece(f"  {span(entry, day, self.zone)}  {about(entry)}"))
        return self.cell(pieces, width, shade or "block")


def _names(day: CalendarDay, *, plain: bool) -> list[Piece]:
    """What is particular about all of a day, by name: its holiday, what is blocked, events."""
    whole = (*day.whole(What.BLOCKED), *day.whole(What.EVENT, What.SHOP_WINDOW))
    holiday = [Piece(day.holiday, "label")] if day.holiday else []
    return holiday + [Piece(f"{sign(one.what, plain=plain)} {one.name}", "quiet") for one in whole]


def _counted(day: CalendarDay, width: int, *, plain: bool) -> Line:
    """What stands on a day at no time of it, but for what is named, in numbers."""
    named = (What.EVENT, What.BLOCKED, What.SHOP_WINDOW)
    rest = tuple(one for one in day.entries if not one.is_timed and one.what not in named)
    return counts(replace(day, entries=rest), width, plain=plain)


def _named(day: CalendarDay, width: int, *, plain: bool) -> Line:
    """The first of its names, and how many more there are."""
    names = _names(day, plain=plain)
    if not names or width < 3:
        return ()
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return (Piece(clip(names[0].text, max(1, width - len(more))), names[0].look), Piece(more, "quiet"))


def _fits(day: CalendarDay | None, width: int, *, plain: bool) -> bool:
    """Whether the names of a day have room beside its numbers."""
    if day is None:
        return True
    said = _counted(day, width, plain=plain)
    names = _names(day, plain=plain)
    more = len(f" +{len(names) - 1}") if len(names) > 1 else 0
    return not names or not said or names[0].width + more + 1 + sum(piece.width for piece in said) <= width


def _lanes(day: CalendarDay | None) -> tuple[dict[str, int], int]:
    """Beside each other what stands across each other: of each entry the lane, and how many lanes there are."""
    until: list[datetime] = []
    lanes: dict[str, int] = {}
    for entry in sorted(day.timed() if day is not None else (), key=lambda entry: (entry.starts_at, entry.id)):
        free = next((lane for lane, ends in enumerate(until) if ends <= entry.starts_at), len(until))
        until[free : free + 1] = [max(entry.ends_at, entry.starts_at)]
        lanes[entry.key] = free
    return lanes, max(1, len(until))
