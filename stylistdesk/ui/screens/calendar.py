"""Calendar: the month, the week and the day, with the rep's hours and all that stands on them (R17, R18)."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding
from textual.containers import Container
from textual.widget import Widget

from stylistdesk.domain.calendar_days import CalendarDay, Entry
from stylistdesk.domain.dates import MONTHS, add_months
from stylistdesk.domain.month_grid import first_weekday, month_grid
from stylistdesk.domain.types import EventKind
from stylistdesk.ui import text
from stylistdesk.ui.calendar import doing, marks
from stylistdesk.ui.calendar.cells import Cells
from stylistdesk.ui.calendar.hours import HourGrid
from stylistdesk.ui.calendar.month import MonthGrid
from stylistdesk.ui.calendar.place import DAY, MONTH, Place
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.widgets.entries import Entries
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.calendar import CalendarPage

KEPT = 8
"""So many months are kept as they were read."""

AHEAD = 0.03
"""Seconds to wait before neighbours are read: what the key shows is painted first."""

NO_DAYS: dict[date, CalendarDay] = {}


class CalendarScreen(DeskScreen):
    """A grid on the left, the day under its cursor on the right. The months around the one at hand are read ahead."""

    PLACE = "Calendar"
    TAB: ClassVar[str] = "calendar"
    AUTO_FOCUS = "#month"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.CALENDAR, Scope.MOVING)  # type: ignore[assignment]

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
        await asyncio.sleep(AHEAD)
        for near in (add_months(month, 1), add_months(month, -1)):
            if near not in self.pages and self.read_at == desk.version:
                page = await asyncio.to_thread(_read, desk, near, self.place.week_starts)
                if desk.version == version:
                    self._keep(near, page)

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
        version, month = desk.version, self.place.month
        page = await asyncio.to_thread(_read, desk, month, self.place.week_starts)
        self.pages.clear()
        self.days.clear()
        self.read_at = self.shown_version = version
        self._keep(month, page)
        self.paint()
        self.reload()

    def time_passed(self) -> None:
        self.paint()

    # ---------------------------------------------------------------- showing

    def go(self, place: Place) -> None:
        """Be there; what is not known yet of it is read."""
        if place != self.place:
            self.place = place
            self.paint()
        if place.month not in self.pages or add_months(place.month, 1) not in self.pages:
            self.reload()

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
        legend = text.content(said if len(said) + 4 <= self.grid.size.width else "")
        grid = self.grid
        if grid.border_title != text.content(name):
            grid.border_title = text.content(name)
        if grid.border_subtitle != legend:
            grid.border_subtitle = legend

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
        self.query_one(SumUp).sum_up(marks.summary(days, page.hours, keys))

    @on(Cells.Resized)
    @on(Entries.Resized)
    def _resized(self) -> None:
        self._listed = None
        self.paint()

    # ----------------------------------------------------------------- moving

    def action_step(self, days: int) -> None:
        self._move(days, 0)

    def action_cursor_up(self) -> None:
        self._move(0, -1)

    def action_cursor_down(self) -> None:
        self._move(0, 1)

    def action_extend(self, days: int, down: int) -> None:
        """Move, and select what lies between."""
        self._move(days, down, select=True)

    def _move(self, days: int, down: int, *, select: bool = False) -> None:
        rows = len(self.hours.rows) or 48
        self.go(self.place.moved(lambda place: place.stepped(days, down, rows), select=select))

    def action_first(self) -> None:
        self.go(self.place.moved(lambda place: place.ended(last=False)))

    def action_last(self) -> None:
        self.go(self.place.moved(lambda place: place.ended(last=True)))

    def action_page_up(self) -> None:
        self._page(-1)

    def action_page_down(self) -> None:
        self._page(1)

    def _page(self, by: int) -> None:
        if self.place.view == MONTH:
            self.action_turn(by)
        else:
            self._move(0, by * max(1, self.hours.size.height - 4))

    def action_turn(self, by: int) -> None:
        """To the month, week or day before or after."""
        self.go(self.place.moved(lambda place: place.turned(by)))

    def action_today(self) -> None:
        self.go(self.place.without_selection().to_day(self.today))

    def action_select(self) -> None:
        """Begin to select here; again ends it."""
        place = self.place
        if place.anchor is not None:
            self.go(place.without_selection())
        else:
            self.go(replace(place, anchor=(place.day, place.row), sticky=True))

    def action_next_unfilled(self) -> None:
        """To the next day of which she has not said when she works."""
        if self.page is not None:
            day = self.page.hours.next_unfilled(self.place.day) or None
            if day is None:
                self.tell("Every day is filled in.")
            else:
                self.go(self.place.without_selection().to_day(day))

    def action_next_overlap(self) -> None:
        """To the next day here on which something stands across something else; after the last, the first."""
        found = [day.day for day in (self.page.days if self.page else ()) if day.across]
        if not found:
            self.tell("Nothing overlaps here.")
            return
        day = next((day for day in found if day > self.place.day), found[0])
        self.go(self.place.without_selection().to_day(day))

    def action_show_view(self, view: str) -> None:
        """Show the month, the week or the day."""
        if view != self.place.view:
            self._views.append(self.place.view)
            self._show_view(view)

    def _show_view(self, view: str) -> None:
        was_in_grid = not self.pane.has_focus
        for name in ("month", "week", "day"):
            self.set_class(name == view, f"-{name}")
        row = self.place.row
        self.place = replace(self.place.without_selection(), view=view)
        if view != MONTH:
            if self.place.day == self.today and row == Place(self.today).row:
                now: datetime = self.program.local_now()
                row = now.hour * 2 + now.minute // 30
            self.place = replace(self.place, row=row)
            self.hours.row = row
            self.call_after_refresh(self._centre)
        if was_in_grid:
            self.grid.focus()
        self.paint()

    def _centre(self) -> None:
        self.hours.centre()
        self.hours.refresh()

    def action_go_back(self) -> None:
        """End the selection; then out of the list; then back to the view before."""
        if self.place.anchor is not None:
            self.go(self.place.without_selection())
        elif self.pane.has_focus and self.place.view != DAY:
            self.grid.focus()
        elif self._views or self.place.view != MONTH:
            self._show_view(self._views.pop() if self._views else MONTH)

    # ------------------------------------------------------------ what keys do

    @property
    def here(self) -> Entry | None:
        """What is under the cursor: of the list, or of the hours."""
        day = self.days.get(self.place.month, NO_DAYS).get(self.place.day)
        if day is None:
            return None
        if self.pane.has_focus:
            return next((entry for entry in day.entries if marks.key_of(entry) == self.pane.current), None)
        if self.place.view == MONTH:
            return None
        return next(iter(self.hours.at(self.place.day, self.place.row)), None)

    def _job(self, job: Callable[..., Coroutine[Any, Any, None]], *given: Any) -> None:
        if self.page is not None:
            start(self, partial(job, self, *given), "calendar", group="dialog")

    def action_paint(self) -> None:
        self._job(doing.paint)

    def action_as_usual(self) -> None:
        self._job(doing.as_usual)

    def action_copy_week(self) -> None:
        self._job(doing.copy_week)

    def action_hours(self) -> None:
        self._job(doing.edit_hours)

    def action_book(self) -> None:
        self._job(doing.book)

    def action_block(self) -> None:
        self._job(doing.add_event, EventKind.BLOCKED)

    def action_event(self) -> None:
        self._job(doing.add_event, EventKind.EVENT)

    def action_open_here(self) -> None:
        """Open what is under the cursor; in the month, the day."""
        if self.here is not None:
            self._job(doing.open_entry, self.here)
        elif self.place.view != DAY and not self.pane.has_focus:
            self.action_show_view(DAY)
        else:
            key = self.program.keymap_of_desk.shown("calendar_book")
            self.tell(f"Nothing stands here. {key} books an appointment.")

    def action_edit_here(self) -> None:
        self._with_entry(doing.edit)

    def action_remove_here(self) -> None:
        self._with_entry(doing.remove)

    def _with_entry(self, job: Callable[..., Coroutine[Any, Any, None]]) -> None:
        if self.here is not None:
            self._job(job, self.here)
        else:
            key = self.program.keymap_of_desk.shown("next_pane")
            self.tell(f"Nothing is under the cursor. {key} goes to the list of the day.")

    @on(Cells.Clicked)
    def _clicked(self, event: Cells.Clicked) -> None:
        place = self.place.without_selection()
        if place.view == MONTH:
            day = self.month.day_at(event.column, event.line)
            if day is None:
                return
            self.go(place.to_day(day))
        else:
            found = self.hours.place_at(event.column, event.line)
            if found is None:
                return
            self.go(replace(place.to_day(found[0]), row=found[1]))
        if event.twice:
            self.action_open_here()

    @on(Entries.Opened)
    def _opened(self) -> None:
        self.action_open_here()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Over the grid the wheel goes through the hours, or through the months."""
        if not isinstance(event.control, Entries):
            self._move(0, 1) if self.place.view != MONTH else self.action_turn(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The other way."""
        if not isinstance(event.control, Entries):
            self._move(0, -1) if self.place.view != MONTH else self.action_turn(-1)


def _read(desk: "Desk", month: date, week_starts: int) -> "CalendarPage":
    from stylistdesk.queries.calendar import calendar_page

    weeks = month_grid(month, week_starts)
    return desk.ask(calendar_page, weeks[0][0], weeks[-1][-1] + timedelta(days=1))
