"""What the calendar shows: its grids, the day under the cursor, and the months as they were read."""

import asyncio
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container
from textual.widget import Widget

from stylistdesk.domain.calendar_days import CalendarDay, What
from stylistdesk.domain.dates import MONTHS, add_months
from stylistdesk.domain.day_slots import Row
from stylistdesk.domain.month_grid import first_weekday, month_grid
from stylistdesk.ui import text
from stylistdesk.ui.calendar import marks
from stylistdesk.ui.calendar.cells import Cells
from stylistdesk.ui.calendar.hours import HourGrid
from stylistdesk.ui.calendar.month import MonthGrid
from stylistdesk.ui.calendar.place import DAY, MONTH, PLAIN, Place
from stylistdesk.ui.jobs import start
from stylistdesk.ui.lines import Piece, plain_text
from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.widgets.entries import Entries
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.commands.base import Outcome
    from stylistdesk.desk import Desk
    from stylistdesk.queries.calendar import CalendarPage

KEPT = 8
"""So many months are kept as they were read."""

AHEAD = 0.1
"""Seconds to wait before neighbours are read: what the key shows is painted first."""

NO_DAYS: dict[date, CalendarDay] = {}


class CalendarBase(DeskScreen):
    """A grid on the left, the day under its cursor on the right. The months around the one at hand are read ahead."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Place(date(2000, 1, 1))
        self.pages: dict[date, CalendarPage] = {}
        self.days: dict[date, dict[date, CalendarDay]] = {}
        self.read_at = -1
        self._views: list[str] = []
        self._listed: tuple[CalendarDay, date, int, bool, str] | None = None
        self._began = False

    # ------------------------------------------------------------------ frame

    def body(self) -> Iterable[Widget]:
        yield Container(MonthGrid(id="month"), HourGrid(id="hours"), id="grids")
        yield Entries(id="pane")

    @property
    def month(self) -> MonthGrid:
        """The grid of a month."""
        return self.query_one("#month", MonthGrid)

    @property
    def hours(self) -> HourGrid:
        """The grid by the hour."""
        return self.query_one("#hours", HourGrid)

    @property
    def pane(self) -> Entries:
        """The day under the cursor."""
        return self.query_one("#pane", Entries)

    @property
    def grid(self) -> Cells:
        """The grid that is in sight."""
        return self.month if self.place.view == MONTH else self.hours

    @property
    def page(self) -> "CalendarPage | None":
        """What is known of the month at hand."""
        return self.pages.get(self.place.month)

    @property
    def today(self) -> date:
        """The desk's day."""
        return self.program.local_now().date()

    def warm(self, desk: "Desk") -> None:
        _warm(desk)

    async def to_copy(self) -> str:
        """The day under the cursor and all that is on it; in the list of the day, what is under the cursor there."""
        if self.pane.has_focus:
            return self.pane.copied
        day = marks.day_title(self.place.day, self.today)
        return "\n".join((day, plain_text(line for entry in self.pane.entries for line in entry.lines)))

    # ---------------------------------------------------------------- loading

    def reload(self) -> None:
        start(self, self._load, "calendar", group="load", exclusive=True)

    async def _load(self) -> None:
        """Read the month at hand, then those around it."""
        desk = self.desk
        if desk is None:
            return
        if not self._began:
            self._began = True
            starts = first_weekday(desk.settings.week_starts)
            self.place = Place(self.today, week_starts=starts)
            self.add_class("-month")
        await self._show_month(desk)
        version, month = self.read_at, self.place.month
        await asyncio.sleep(AHEAD)
        for near in (add_months(month, 1), add_months(month, -1)):
            if near not in self.pages and self.read_at == desk.version:
                page = await asyncio.to_thread(_read, desk, near, self.place.week_starts)
                if desk.version == version:
                    self._keep(near, page)

    async def _show_month(self, desk: "Desk") -> None:
        """Show the month at hand, read where it is not known; what was read of another version is forgotten."""
        version, month = desk.version, self.place.month
        if self.read_at != version or month not in self.pages:
            page = await asyncio.to_thread(_read, desk, month, self.place.week_starts)
            if self.read_at != version:
                self.pages.clear()
                self.days.clear()
                self.read_at = version
            self._keep(month, page)
        self.shown_version = version
        self.paint()

    def _keep(self, month: date, page: "CalendarPage") -> None:
        self.pages[month] = page
        self.days[month] = {day.day: day for day in page.days}
        while len(self.pages) > KEPT:
            far = max(self.pages, key=lambda one: abs((one - self.place.month).days))
            del self.pages[far], self.days[far]

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await asyncio.shield(self._read_again())

    async def _read_again(self) -> None:
        """The month at hand as it is now; its neighbours are read ahead anew."""
        desk = self.desk
        if desk is None or not self._began:
            return
        self.read_at = -1
        await self._show_month(desk)
        self.reload()

    def time_passed(self) -> None:
        self.paint()

    # ---------------------------------------------------------------- showing

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the place."""
        return self.place.rows(self.desk.zone) if self.desk is not None else PLAIN

    def at_same_hour(self, place: Place) -> Place:
        """The place by its own rows, given by those that are shown now."""
        if self.desk is None or (place.view, place.dates) == (self.place.view, self.place.dates):
            return place
        after = place.rows(self.desk.zone)
        return place.among(self.rows, after) if self.rows != after else place

    def go(self, place: Place) -> None:
        """Be there; what is not known yet of it is read."""
        place = self.at_same_hour(place)
        before, self.place = self.place, place
        if place != before:
            self.paint()
        if place.month != before.month or place.month not in self.pages:
            self.reload()

    def point_at(self, outcome: "Outcome | None", what: What) -> None:
        """Nothing is selected any more; the cursor goes to what was just made, where it is in sight."""
        self.go(self.place.without_selection())
        made = outcome.value if outcome is not None else None
        for day in self.page.days if self.page is not None and made is not None else ():
            for entry in day.entries:
                if (entry.what, entry.id) == (what, made):
                    self.go(self.place.to_day(day.day))
                    self.pane.go_to(marks.key_of(entry))
                    return

    def paint(self) -> None:
        """Show the place: its grid, its day, and what there is to say of it."""
        desk, place = self.desk, self.place
        if desk is None or not self._began or not self.is_mounted:
            return
        days, page = self.days.get(place.month, NO_DAYS), self.page
        chosen = place.chosen_days if place.anchor is not None else ()
        if place.view == MONTH:
            assumed = page is not None and page.hours.is_assumed
            self.month.show(place.weeks, days, place.day, self.today, frozenset(chosen), desk.zone, assumed=assumed)
        elif page is not None:
            cells = frozenset((day, row) for day in chosen for row in place.chosen_rows)
            now = desk.now().replace(second=0, microsecond=0)
            now -= timedelta(minutes=now.minute % 5)
            self.hours.show(place.dates, days, page.hours, desk.zone, (place.day, place.row), cells, now)
        self._entitle()
        self._show_day(days.get(place.day))
        self._sum_up()

    def _entitle(self) -> None:
        place = self.place
        name = f"{MONTHS[place.day.month - 1]} {place.day.year}"
        if place.view == DAY:
            name = marks.day_title(place.day, self.today)
        elif place.view != MONTH:
            name = marks.week_title(place.dates[0], place.dates[-1])
        said = marks.legend(plain=self.grid.plain)
        legend = said if len(said) + 4 <= self.grid.size.width else ""
        grid = self.grid
        if grid.border_title != text.content(name):
            grid.border_title = text.content(name)
        if grid.border_subtitle != text.content(legend):
            grid.border_subtitle = text.content(legend)

    def _show_day(self, day: CalendarDay | None) -> None:
        desk, page, pane = self.desk, self.page, self.pane
        if day is None or desk is None or page is None:
            return
        shown = day, self.today, pane.room, page.hours.is_assumed, self.place.view
        if self._listed is not None and self._listed[0] is day and self._listed[1:] == shown[1:]:
            return
        same_day = self._listed is not None and self._listed[0].day == day.day
        self._listed = shown
        keys = {name: self.program.keymap_of_desk.shown(f"calendar_{name}") for name in ("book", "block", "event")}
        lines = marks.day_entries(day, pane.room, desk.zone, self.today, plain=self.grid.plain, keys=keys)
        pane.show(lines, keep_place=same_day)
        hours = marks.hours_said(day, assumed=page.hours.is_assumed)
        title = "On this day" if self.place.view == DAY else marks.day_title(day.day, self.today)
        pane.entitle(text.content(title), text.content(hours))

    def _sum_up(self) -> None:
        """What the month holds, and which days are not filled in."""
        page, place, keys = self.page, self.place, self.program.keymap_of_desk.shown
        if page is None:
            return
        if place.view == MONTH:
            days = [day for day in page.days if day.day.month == place.day.month]
        else:
            days = [day for day in page.days if day.day in place.dates]
        first, *more = marks.summary(days, page.hours, keys)
        if page.waiting:
            more.insert(0, Piece(f"  {page.waiting} changed on both sides ({keys('calendar_servers')})", "late"))
        self.query_one(SumUp).sum_up((first, *more))

    @on(Cells.Resized)
    @on(Entries.Resized)
    def _resized(self) -> None:
        self._listed = None
        self.paint()


def _warm(desk: "Desk") -> None:
    """Read today's month: the names of the holidays take long the first time."""
    _read(desk, desk.now().astimezone(desk.zone).date().replace(day=1), 0)


def _read(desk: "Desk", month: date, week_starts: int) -> "CalendarPage":
    from stylistdesk.queries.calendar import calendar_page

    weeks = month_grid(month, week_starts)
    return desk.ask(calendar_page, weeks[0][0], weeks[-1][-1] + timedelta(days=1))
