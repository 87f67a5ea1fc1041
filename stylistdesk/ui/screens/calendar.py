"""Calendar: the month, the week and the day, with the rep's hours and all that stands on them (R17, R18)."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from textual import events, on
from textual.binding import Binding

from stylistdesk.domain.calendar_days import Entry
from stylistdesk.domain.day_slots import STEP, Row
from stylistdesk.domain.types import EventKind
from stylistdesk.ui.calendar import doing, marks
from stylistdesk.ui.calendar.base import NO_DAYS, CalendarBase
from stylistdesk.ui.calendar.cells import Cells
from stylistdesk.ui.calendar.place import DAY, MONTH, MORNING, PLAIN
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.widgets.entries import Entries


def _row_at(rows: Sequence[Row], now: datetime) -> int:
    """The row of a local time, which may be in an hour that the clocks show twice."""
    minute = now.hour * 60 + now.minute
    minute -= minute % STEP
    return rows.index((minute, now.fold) if (minute, now.fold) in rows else (minute, 0))


class CalendarScreen(CalendarBase):
    """What the keys of the calendar do: they move, select, turn, and have things done at the cursor."""

    PLACE = "Calendar"
    TAB: ClassVar[str] = "calendar"
    AUTO_FOCUS = "#month"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.CALENDAR, Scope.MOVING)  # type: ignore[assignment]

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
        rows = len(self.rows)
        self.go(self.place.moved(lambda place: place.stepped(days, down, rows), select=select))

    def action_first(self) -> None:
        self._end(last=False)

    def action_last(self) -> None:
        self._end(last=True)

    def _end(self, *, last: bool) -> None:
        rows = len(self.rows)
        self.go(self.place.moved(lambda place: place.ended(rows, last=last)))

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

    async def action_servers(self) -> None:
        """The calendars on servers."""
        from stylistdesk.ui.screens.calendars import open_calendars

        await open_calendars(self.program)

    def action_next_unfilled(self) -> None:
        """To the next day of which she has not said when she works."""
        if self.page is not None:
            day = self.page.hours.next_unfilled(self.place.day)
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
        place = self.at_same_hour(replace(self.place.without_selection(), view=view))
        desk = self.desk
        if view != MONTH and desk is not None:
            rows = place.rows(desk.zone)
            if place.day == self.today and rows[place.row] == PLAIN[MORNING]:
                place = replace(place, row=_row_at(rows, self.program.local_now()))
            self.hours.row = place.row
            self.call_after_refresh(self._centre)
        self.place = place
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
