"""The calendar by keys alone: turning, opening, painting, booking, blocking, and days of 23 and 25 hours."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.appointments import AddAppointment, AppointmentForm
from stylistdesk.commands.assignments import BookAssignment, SessionForm
from stylistdesk.commands.availability import SetWeek
from stylistdesk.commands.cadences import SetCadence
from stylistdesk.commands.calendar import AddEvent, EventForm
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, EventKind
from stylistdesk.paths import desk_paths
from stylistdesk.queries.calendar import calendar_page
from stylistdesk.queries.events import events_between
from stylistdesk.queries.working_hours import working_hours
from stylistdesk.ui.app import StylistDesk
from stylistdesk.ui.screens.calendar import CalendarScreen
from tests.ui.conftest import NOW, Rep, at_the_desk, fill

MONDAY = date(2026, 11, 23)
WEEK = SetWeek({**dict.fromkeys(range(5), ((540, 1020),)), 5: ((600, 840),), 6: None})


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of November 2026 in New York, after the change of the clocks."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) + timedelta(hours=5)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A desk with hours filled in but for Sundays, and something on Tuesday."""
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        fill(desk)
        desk.do(WEEK)
        desk.do(AddAppointment(1, AppointmentForm("Fitting", at(24, 10), at(24, 11, 30))))
        desk.do(AddAppointment(2, AppointmentForm("Consultation", at(24, 11), at(24, 12))))
        desk.do(AddEvent(EventForm("Dentist", EventKind.BLOCKED, starts_at=at(25, 12), ends_at=at(25, 13))))
        desk.do(ScheduleFollowUp(3, Channel.TEXT, date(2026, 11, 26), "Ask about the shirt"))
        desk.do(SetCadence(4, 2, "week", date(2026, 11, 13)))
    return tmp_path


@asynccontextmanager
async def at_the_calendar(folder: Path, size: tuple[int, int] = (120, 40), now: datetime = NOW) -> AsyncIterator[Rep]:
    async with at_the_desk(folder, size=size, now=now) as rep:
        await rep.press("5")
        await rep.until(lambda _: where(rep)[1] == now.astimezone(rep.desk.zone).date(), "today in the calendar")
        await rep.sees("appointment")
        yield rep


def where(rep: Rep) -> tuple[str, date]:
    """The view and the day under the cursor."""
    screen = cast(Any, rep.app.screen)
    return (screen.place.view, screen.place.day) if isinstance(screen, CalendarScreen) else ("", date.min)


def hours(rep: Rep, day: date) -> tuple[tuple[int, int], ...]:
    return rep.desk.ask(working_hours).hours(day)


async def test_the_month_says_what_stands_on_its_days(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        shown = await rep.sees("Nov 2026", "2 appointments", "1 to do", "2 overlap (o)", "5 unfilled (N)")
        assert "[21]" in shown and "│ Thanksg" in shown  # today, and the holiday on a line of its own
        assert "Sat 21 Nov, today" in shown and "Nothing stands on this day." in shown and "10:00–14:00" in shown
        await rep.press("right", "right", "right")
        await rep.sees("Tue 24 Nov", "10:00–11:30", "Ana Ruiz", "overlaps Bea Okafor", "11:00–12:00")


async def test_arrows_and_keys_go_to_days_weeks_and_months(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        for keys, day in (
            ("right", date(2026, 11, 22)),
            ("h", date(2026, 11, 21)),
            ("down", date(2026, 11, 28)),
            ("k", date(2026, 11, 21)),
            ("right_square_bracket", date(2026, 12, 21)),
            ("left_square_bracket", date(2026, 11, 21)),
            ("G", date(2026, 11, 30)),
            ("g", date(2026, 11, 1)),
            ("up", date(2026, 10, 25)),
            ("t", date(2026, 11, 21)),
            ("N", date(2026, 11, 22)),
            ("N", date(2026, 11, 29)),
            ("o", date(2026, 11, 24)),
        ):
            await rep.press(keys)
            assert where(rep) == ("month", day), keys
            await rep.until(lambda _: cast(Any, rep.app.screen).page is not None, "the month")
        await rep.press("w", "right_square_bracket")
        assert where(rep) == ("week", date(2026, 12, 1))
        await rep.press("d", "right_square_bracket")
        assert where(rep) == ("day", date(2026, 12, 2))
        await rep.press("escape", "escape")
        assert where(rep)[0] == "month"


async def test_a_month_that_was_read_ahead_is_there_in_the_same_moment(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        screen = cast(Any, rep.app.screen)
        await rep.until(lambda _: date(2026, 12, 1) in screen.pages, "December")
        await rep.press("right_square_bracket")
        assert "Dec 2026" in rep.read() and "│ Christm" in rep.read()


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_enter_opens_the_day_and_there_what_is_under_the_cursor(kept: Path, size: tuple[int, int]) -> None:
    """At 80 columns too the day says everything of what stands on it."""
    async with at_the_calendar(kept, size) as rep:
        await rep.press("right", "right", "right", "enter")
        await rep.sees("Tue 24 Nov", "Fitting", "overlaps Bea", "9:00–17:00")
        await rep.press("tab", "down", "enter")
        await rep.sees("Bea Okafor", "Style Quiz", "11:00")
        await rep.press("escape")
        await rep.sees("On this day")
        await rep.press("escape")
        assert where(rep)[0] == "month"


async def test_whole_days_are_painted_off_and_on_again(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "space")
        await rep.sees("Mon 23 Nov: off.", "u undoes it")
        assert hours(rep, MONDAY) == ()
        await rep.press("space")
        await rep.sees("Mon 23 Nov: 9:00-17:00.")
        assert hours(rep, MONDAY) == ((540, 1020),)
        await rep.press("shift+right", "shift+right", "space")
        await rep.sees("Mon 23 Nov to Wed 25 Nov: off.")
        assert [hours(rep, MONDAY + timedelta(days=n)) for n in range(4)] == [(), (), (), ((540, 1020),)]
        await rep.press("u")
        await rep.sees("Took back")
        assert hours(rep, MONDAY) == ((540, 1020),)  # the whole range by one key


async def test_half_hours_are_painted_in_the_week_as_one_step(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "w")
        await rep.sees("23–29 Nov 2026")
        await rep.press("shift+right", "shift+down", "shift+down", "space")
        await rep.sees("Mon 23 Nov to Tue 24 Nov, 9:00 to 10:30: you do not work.")
        assert hours(rep, MONDAY) == hours(rep, MONDAY + timedelta(days=1)) == ((630, 1020),)
        assert hours(rep, MONDAY + timedelta(days=2)) == ((540, 1020),)
        await rep.press("s", "up", "space")  # selecting without shift
        await rep.sees("9:30 to 10:30: you work.")
        assert hours(rep, MONDAY + timedelta(days=1)) == ((570, 1020),)
        await rep.press("x")
        await rep.sees("as usual.")
        assert hours(rep, MONDAY + timedelta(days=1)) == ((540, 1020),)
        await rep.press("u", "u", "u")
        await rep.until(lambda _: hours(rep, MONDAY) == ((540, 1020),), "the hours as they were")


async def test_the_next_week_gets_the_hours_of_this_one(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "space", "C")
        await rep.sees("Copied the hours of a week")
        assert hours(rep, MONDAY + timedelta(days=7)) == ()
        assert where(rep)[1] == MONDAY + timedelta(days=7)


async def test_a_week_that_has_the_same_hours_is_left_alone_and_not_gone_to(kept: Path) -> None:
    """“Nothing was changed.” did not say why, and the cursor was a week further on."""
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "C")
        await rep.sees("The next week has the same hours: nothing was changed.")
        assert where(rep)[1] == MONDAY


async def test_what_takes_all_of_a_day_overlaps_all_day(kept: Path) -> None:
    """“0:00–0:00” is no time at all."""
    with Desk.open(desk_paths(kept), clock=FrozenClock(NOW)) as desk:
        fair = EventForm("Fair", EventKind.BLOCKED, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 25))
        desk.do(AddEvent(fair))
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "right")
        assert "0:00–0:00" not in await rep.sees("overlaps Fair all day")


async def test_hours_are_filled_in_as_they_are_typed(folder: Path) -> None:
    """On a desk without any, the line that sums up says what is assumed and which key fills them in."""
    async with at_the_calendar(folder) as rep:
        await rep.sees("Mon–Fri 9–17 assumed: H fills in your hours")
        await rep.press("H")
        await rep.sees("Your hours", "9:00-17:00, 8h", "Until you save them, these are assumed.")
        await rep.write("9-12, 25")
        await rep.press("ctrl+s")
        await rep.sees("are no hours")
        await rep.write("9-12, 13-18")
        await rep.sees("9:00-12:00, 13:00-18:00, 8h")
        await rep.press("ctrl+s")
        await rep.sees("Filled in your weekly hours.")
        await rep.press("right")
        await rep.sees("9 unfilled (N)")
        assert hours(rep, MONDAY) == ((540, 720), (780, 1080))


async def test_the_hours_of_one_day_are_in_the_same_form(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "H")
        await rep.sees("Your hours", "Mon 23 Nov")
        await rep.press("shift+tab")
        await rep.write("noon-6pm")
        await rep.press("ctrl+s")
        await rep.sees("Filled in your hours.", "12:00–18:00")
        assert (hours(rep, MONDAY), hours(rep, MONDAY + timedelta(days=7))) == (((720, 1080),), ((540, 1020),))


async def test_an_appointment_is_booked_at_the_cursor(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "w", "down", "down", "a")
        await rep.sees("Appointment", "Mon 23 Nov 10:00")
        await rep.write("emi")
        await rep.press("ctrl+s")
        await rep.sees("Booked Emi Tanaka for Mon 23 Nov 10:00.")
        day = rep.desk.ask(calendar_page, MONDAY, MONDAY + timedelta(days=1)).days[0]
        assert [entry.who for entry in day.entries] == ["Emi Tanaka"]
        await rep.press("d")
        await rep.sees("● Emi Tanaka", "On this day")


@pytest.mark.parametrize(
    ("hour", "offered"), [(8, "2026-11-23 09:00"), (12, "2026-11-23 13:00"), (22, "2026-11-24 09:00")]
)
async def test_what_is_booked_today_is_not_offered_in_the_past(kept: Path, hour: int, offered: str) -> None:
    """In the evening it began at nine in the morning of that day."""
    with Desk.open(desk_paths(kept), clock=FrozenClock(NOW)) as desk:
        desk.do(SetWeek(dict.fromkeys(range(5), ((540, 720), (780, 1020)))))
    async with at_the_calendar(kept, now=at(23, hour, 33)) as rep:
        await rep.press("a")
        shown = await rep.sees("Starts", offered)
        assert "which is past" not in shown


async def test_time_is_blocked_over_what_is_selected_and_removed(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "w", "shift+down", "shift+down", "b")
        await rep.sees("Block time", "Mon 23 Nov 9:00", "until Mon 23 Nov 10:30, 1h30")
        await rep.press("ctrl+s")
        await rep.sees("Blocked time on Mon 23 Nov 9:00.")
        found = rep.desk.ask(events_between, at(23, 0), at(24, 0))
        assert [(one.starts_at, one.ends_at, one.kind) for one in found] == [
            (at(23, 9), at(23, 10, 30), EventKind.BLOCKED)
        ]
        await rep.press("delete")
        await rep.until(lambda _: rep.desk.ask(events_between, at(23, 0), at(24, 0)) == (), "it is gone")
        await rep.press("u")
        await rep.until(lambda _: len(rep.desk.ask(events_between, at(23, 0), at(24, 0))) == 1, "it is back")


async def test_a_whole_day_that_is_blocked_is_painted_and_named(kept: Path) -> None:
    """It had looked like any day of work in the week, and was a number in the month."""
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "b")
        await rep.sees("Block time", "all of Mon 23 Nov")
        await rep.press("tab", "tab")
        await rep.write("Inventory")
        await rep.press("ctrl+s")
        await rep.sees("Blocked “Inventory” on Mon 23 Nov.", "■ Inven…")
        await rep.press("w")
        shown = await rep.sees("23–29 Nov 2026", "■ Inven…")
        assert re.search(r" 10:00 ┃ +│▏", shown)  # Tuesday is worked
        grid = cast(Any, rep.app.screen).hours
        assert all(
            segment.style.bgcolor == grid.shaded("", "block").bgcolor
            for segment in grid._slot(date(2026, 11, 23), 30, grid.cell_width)
        )


async def test_a_holiday_is_named_beside_what_is_due_on_it(kept: Path) -> None:
    with Desk.open(desk_paths(kept), clock=FrozenClock(NOW)) as desk:
        desk.do(BookAssignment(2, SessionForm(at(26, 10), at(26, 11))))
        desk.do(SetCadence(4, 2, "week", date(2026, 11, 26)))
    async with at_the_calendar(kept, size=(80, 24)) as rep:
        await rep.press("down", "w")
        shown = await rep.sees("Thanksg…", "▲1 »1")
        assert shown.index("Thanksg…") < shown.index("▲1 »1")


async def test_a_client_is_named_once_for_her_consultation_and_its_look_review(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(BookAssignment(2, SessionForm(at(24, 10), at(24, 11), at(24, 15))))
        desk.do(BookAssignment(3, SessionForm(at(25, 10), at(25, 11), at(26, 15))))
    async with at_the_calendar(folder) as rep:
        shown = await rep.sees("Bea Oka", "Cleo Ma")
        assert (shown.count("Bea Oka"), shown.count("Cleo Ma")) == (1, 2)  # hers is on another day


async def test_an_event_of_several_days_is_added_and_changed(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        await rep.press("right", "right", "shift+right", "v")
        await rep.sees("Event", "all of Mon 23 Nov", "to Tue 24 Nov, two days")
        await rep.write("Market week")
        await rep.press("tab", "tab", "tab")
        await rep.write("cleo")
        await rep.press("ctrl+s")
        await rep.sees("Added “Market week” on Mon 23 Nov.")
        await rep.press("tab", "e")
        await rep.sees("Change Market week", "Cleo Marsh")
        await rep.press("tab", "tab")
        await rep.write("4 days")
        await rep.press("ctrl+s")
        await rep.sees("Changed “Market week”.")
        one = rep.desk.ask(events_between, at(23, 0), at(24, 0))[0]
        assert (one.starts_on, one.ends_on, one.who) == (MONDAY, MONDAY + timedelta(days=4), "Cleo Marsh")


async def test_what_is_in_the_list_of_a_day_is_opened_where_it_belongs(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        for steps, words in ((5, "Cleo Marsh"), (1, "Dana Whitfield")):
            await rep.press(*["right"] * steps, "tab")
            await rep.sees(words)
            await rep.press("enter")
            await rep.sees(words, "Overview")
            await rep.press("escape")
            await rep.until(lambda _: isinstance(rep.app.screen, CalendarScreen), "the calendar")
            await rep.press("escape")


@pytest.mark.parametrize(
    ("now", "words", "missing"),
    [
        (datetime(2026, 3, 8, 15, tzinfo=UTC), ["2:00  skipped"], ["1:00*"]),
        (datetime(2026, 11, 1, 15, tzinfo=UTC), ["1:00*", "1:30*"], ["skipped"]),
    ],
)
async def test_days_of_23_and_25_hours(folder: Path, now: datetime, words: list[str], missing: list[str]) -> None:
    """The hour that the clocks skip is marked, the one that they repeat is there twice, and can be booked."""
    async with at_the_calendar(folder, now=now) as rep:
        await rep.press("d", "g")
        shown = await rep.sees("0:00", *words)
        assert not any(word in shown for word in missing)
        await rep.press("down", "down", "down", "down", "a")  # 2:00 is skipped; or the second 1:00
        await rep.sees("Appointment", "the second 1:00" if "1:00*" in words else "Sun 8 Mar")


@pytest.mark.parametrize(
    ("day", "rows"),
    [(date(2026, 3, 7), 48), (date(2026, 10, 31), 50)],  # the day before the clocks go forward, and back
)
async def test_a_desk_left_open_over_a_change_of_the_clocks(folder: Path, day: date, rows: int) -> None:
    """In the morning after, her sessions would stand an hour off, or yesterday would still be today."""
    zone, morning = ZoneInfo("America/New_York"), day + timedelta(days=1)

    def on(day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)

    with Desk.open(desk_paths(folder), clock=FrozenClock(on(day, 8))) as desk:
        desk.do(WEEK)
        for client_id, at in ((1, on(day, 23)), (2, on(morning, 10)), (3, on(morning + timedelta(days=1), 10))):
            desk.do(BookAssignment(client_id, SessionForm(at, at + timedelta(minutes=45))))
    clock = FrozenClock(on(day, 22))
    app = StylistDesk(lambda: Desk.open(desk_paths(folder), clock=clock), {}, folder, clock=clock)
    async with app.run_test(size=(180, 60)) as pilot:
        rep = Rep(app, pilot)
        await rep.until(lambda _: app.desk is not None, "the desk")
        await rep.press("2")
        await rep.sees("Today  1", "Tomorrow  1")
        await rep.press("5")
        await rep.until(lambda _: where(rep) == ("month", day), "the eve")
        await rep.sees(f"[{day.day:2}]", "23:00 Ana", "10:00 Bea")
        clock.at = on(morning, 9, 10)
        assert f"[{day.day:2}]" not in await rep.sees(f"[{morning.day:2}]", "10:00 Bea")
        await rep.press("t")
        await rep.until(lambda _: where(rep) == ("month", morning), "today")
        await rep.sees(f"[{morning.day:2}]", f"Sun {morning.day}", ", today", "10:00 Bea", "10:00 Cleo")
        for view in ("w", "d"):
            await rep.press(view)
            shown = await rep.sees(" now ", "Bea Okafor", f"[Sun {morning.day}]")
            grid, row = cast(Any, app.screen).hours, cast(Any, app.screen).place.row
            assert len(grid.rows) == rows and grid.rows[row] == (540, 0)
            assert [[one.who for one in grid.at(morning, row + half)] for half in (1, 2)] == [[], ["Bea Okafor"]]
            assert re.search(r"│ +10:00 .*Bea Okafor", shown)
        await rep.press("2")
        shown = await rep.sees("Overdue  1", "Today  1", "Tomorrow  1")
        assert [shown.index(name) for name in ("Ana Ruiz", "Bea Okafor", "Cleo Marsh")] == sorted(
            shown.index(name) for name in ("Ana Ruiz", "Bea Okafor", "Cleo Marsh")
        )


async def test_an_hour_that_is_on_one_day_only_is_painted_on_no_other(kept: Path) -> None:
    """On the other days of that week it is no free time: space there had painted their ordinary 1:00."""
    sunday = date(2026, 11, 1)
    async with at_the_calendar(kept, now=datetime(2026, 10, 29, 15, tzinfo=UTC)) as rep:
        await rep.press("w", "g", "down", "down", "down", "down")
        shown = await rep.sees("1:00*", "Sat 31")
        line = next(line for line in shown.splitlines() if " 1:00*" in line)
        assert line.count("╌╌╌ ") == 6 and "╌" not in shown.split(" 2:00")[1]
        await rep.press("right", "right", "space")
        await rep.sees("There is no 1:00* on Sat 31 Oct.")
        assert hours(rep, date(2026, 10, 31)) == ((600, 840),)
        await rep.press("right", "space")
        await rep.sees("Sun 1 Nov, 1:00 to 1:30: you work, at both 1:00.")
        grid = cast(Any, rep.app.screen).hours
        assert [grid.works(sunday, row) for row in range(2, 6)] == [True, False, True, False]
        await rep.press("space")
        await rep.sees("you do not work, at both 1:00.")
        assert hours(rep, sunday) == ()
        await rep.press("shift+left", "shift+up", "space")
        await rep.sees("twice on one of these days: paint that day by itself.")
        assert hours(rep, date(2026, 10, 31)) == ((600, 840),)


async def test_hours_that_are_skipped_are_not_said_to_be_worked(kept: Path) -> None:
    async with at_the_calendar(kept, now=datetime(2026, 3, 6, 15, tzinfo=UTC)) as rep:
        await rep.press("w", "right", "right", "g", "down", "shift+down", "shift+down", "shift+down", "space")
        await rep.sees("Sun 8 Mar, 0:30 to 2:00: you work.")
        assert hours(rep, date(2026, 3, 8)) == ((30, 120),)
        await rep.press("down", "space")
        await rep.sees("There is no 2:30 on Sun 8 Mar")
        await rep.press("g", "down", "shift+down", "shift+down", "shift+down", "space")
        await rep.sees("Sun 8 Mar, 0:30 to 2:00: you do not work.")


async def test_the_cursor_stays_at_its_hour_beside_a_day_of_25(folder: Path) -> None:
    """She books at 9:00 and gets 10:00, or the last half hour of the long day takes the program down on the next."""
    async with at_the_calendar(folder, now=datetime(2026, 11, 1, 15, tzinfo=UTC)) as rep:
        screen = cast(Any, rep.app.screen)

        def hour() -> tuple[int, int]:
            return cast(tuple[int, int], screen.hours.rows[screen.place.row])

        await rep.press("d")
        await rep.sees("[Sun 1]")
        assert hour() == (600, 0)  # now
        await rep.press("right")
        assert hour() == (600, 0) and len(screen.rows) == 48
        await rep.press("left", "G")
        assert hour() == (23 * 60 + 30, 0)
        await rep.press("right", "space")
        assert hour() == (23 * 60 + 30, 0)
        await rep.sees("23:30")
        await rep.press("left", "g", "down", "down", "down", "down")
        assert hour() == (60, 1)  # the second 1:00
        await rep.press("m", "d")
        assert hour() == (60, 0)


async def test_a_click_selects_a_day_and_two_open_it(kept: Path) -> None:
    async with at_the_calendar(kept) as rep:
        grid = cast(Any, rep.app.screen).month
        x, y = grid.cell_width + 4, grid.spans()[4][0] + 1
        await rep.pilot.click("#month", offset=(x, y))
        assert where(rep) == ("month", date(2026, 11, 24))
        await rep.pilot.click("#month", offset=(x, y), times=2)
        await rep.sees("Tue 24 Nov", "On this day")
        assert where(rep)[0] == "day"


async def test_the_help_says_what_the_signs_of_the_grid_mean(kept: Path) -> None:
    """A “?” in the corner of a day would stay one."""
    async with at_the_calendar(kept) as rep:
        await rep.press("question_mark")
        await rep.sees("Keys in Calendar")
        await rep.press("end")
        await rep.sees("Signs in the grid", "●2 appointment")
        assert re.search(r"! +something overlaps.*\n.*\? +your hours are not filled in", rep.read())


async def test_without_symbols_the_signs_are_plain(kept: Path) -> None:
    async with at_the_desk(kept, size=(120, 40), first={"symbols": "ascii"}) as rep:
        await rep.press("5")
        shown = await rep.sees("@ appointment", "^ lookbook", "@2")
        assert shown.isascii() or all(sign not in shown for sign in "●▲»■│")
