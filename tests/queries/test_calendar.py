"""What stands on each day of the calendar, by the clock on the wall (R13, R16 to R18)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.appointments import AddAppointment, AppointmentForm, CancelAppointment
from stylistdesk.commands.availability import DaysOff, SetWeek
from stylistdesk.commands.brands import AddBrand
from stylistdesk.commands.cadences import PauseCadence, SetCadence
from stylistdesk.commands.calendar import AddEvent, EventForm
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.commands.work import AddTask
from stylistdesk.db.tables import Assignment
from stylistdesk.desk import Desk
from stylistdesk.domain.calendar_days import CalendarDay, Entry, What, with_across
from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, Channel, DeadlineAnchor, EventKind, Overlaps
from stylistdesk.queries.calendar import calendar_page
from stylistdesk.queries.holidays import holidays_of
from stylistdesk.queries.working_hours import working_hours
from tests.commands.doing import Do
from tests.conftest import NOW
from tests.helpers import add_client

FIRST, UNTIL = date(2026, 11, 1), date(2026, 12, 7)
WEEK = SetWeek({**dict.fromkeys(range(5), ((540, 1020),)), 5: ((600, 840),), 6: None})


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of November 2026 in New York, after the change of the clocks."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) + timedelta(hours=5)


@pytest.fixture
def ana(desk: Desk) -> int:
    return add_client(desk)


def days(desk: Desk, first: date = FIRST, until: date = UNTIL) -> dict[date, CalendarDay]:
    return {day.day: day for day in desk.ask(calendar_page, first, until).days}


def on(desk: Desk, day: int) -> list[tuple[What, str]]:
    """What stands on a day of November, in order, and its names."""
    return [(entry.what, entry.name) for entry in days(desk)[date(2026, 11, day)].entries]


def book(desk: Desk, client_id: int, starts: datetime, minutes: int = 60, brand_id: int | None = None) -> int:
    form = AppointmentForm("fitting", starts, starts + timedelta(minutes=minutes), brand_id=brand_id)
    return int(desk.do(AddAppointment(client_id, form)).value)


def test_every_day_is_there_with_its_hours_and_what_was_not_filled_in(desk: Desk) -> None:
    assumed = days(desk)
    assert len(assumed) == 36 and not any(day.filled for day in assumed.values())
    assert assumed[date(2026, 11, 23)].hours == ((540, 1020),)
    desk.do(WEEK)
    desk.do(DaysOff([date(2026, 11, 27)]))
    filled = days(desk)
    assert [day.day for day in filled if not filled[day].filled] == [1, 8, 15, 22, 29, 6]
    assert (filled[date(2026, 11, 27)].hours, filled[date(2026, 11, 28)].hours) == ((), ((600, 840),))
    assert desk.ask(working_hours).next_unfilled(date(2026, 11, 22)) == date(2026, 11, 29)
    assert desk.ask(calendar_page, FIRST, UNTIL).hours.next_unfilled(date(2026, 11, 20)) == date(2026, 11, 22)


def test_holidays_are_those_of_the_country_and_the_province(desk: Desk) -> None:
    assert days(desk)[date(2026, 11, 26)].holiday == "Thanksgiving Day"
    desk.do(SetUpDesk("Ola Berg", "America/Toronto", "CAD", "CA"))
    assert days(desk)[date(2026, 11, 26)].holiday == ""
    february = days(desk, date(2026, 2, 1), date(2026, 3, 1))
    assert february[date(2026, 2, 16)].holiday == ""
    desk.do(Do(lambda work: work.session.connection().exec_driver_sql("UPDATE desk_info SET province = 'ON'")))
    assert days(desk, date(2026, 2, 1), date(2026, 3, 1))[date(2026, 2, 16)].holiday == "Family Day"
    assert holidays_of("ZZ", "", 2026) == {}


def test_what_stands_on_a_day_is_in_the_order_of_the_day(desk: Desk, ana: int) -> None:
    bea = add_client(desk, "Bea Okafor")
    desk.do(AddTask(ana, "Mail the swatches", date(2026, 11, 24)))
    desk.do(ScheduleFollowUp(ana, Channel.CALL, date(2026, 11, 24), "Ring her"))
    book(desk, ana, at(24, 14))
    gone = book(desk, bea, at(24, 11))
    desk.do(CancelAppointment(gone))
    desk.do(AddEvent(EventForm("Market week", starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 25))))
    desk.do(AddEvent(EventForm("", EventKind.BLOCKED, starts_at=at(24, 12), ends_at=at(24, 13))))
    assert on(desk, 24) == [
        (What.EVENT, "Market week"),
        (What.APPOINTMENT, "Bea Okafor"),
        (What.BLOCKED, "Blocked"),
        (What.APPOINTMENT, "Ana Ruiz"),
        (What.FOLLOW_UP, "Ana Ruiz"),
        (What.TASK, "Ana Ruiz"),
    ]
    assert days(desk)[date(2026, 11, 24)].count(What.APPOINTMENT) == 1  # what was cancelled does not count
    assert on(desk, 23) == [(What.EVENT, "Market week")] and on(desk, 25) == []


def test_a_look_review_stands_on_its_day_and_is_no_appointment(desk: Desk, ana: int) -> None:
    """It says when the looks are best sent: a day with one session is not said to have two."""
    book(desk, ana, at(24, 10))
    desk.do(AddAppointment(ana, AppointmentForm("Look review", at(24, 16))))
    assert on(desk, 24) == [(What.APPOINTMENT, "Ana Ruiz")] * 2
    assert days(desk)[date(2026, 11, 24)].count(What.APPOINTMENT) == 1


def test_what_goes_past_midnight_stands_on_both_days_and_what_ends_at_midnight_on_one(desk: Desk, ana: int) -> None:
    book(desk, ana, at(24, 23), 120)
    book(desk, ana, at(26, 23), 60)
    assert [len(on(desk, day)) for day in (23, 24, 25, 26, 27)] == [0, 1, 1, 1, 0]
    assert [len(day.entries) for day in desk.ask(calendar_page, date(2026, 11, 25), date(2026, 11, 26)).days] == [1]


def test_a_lookbook_is_due_on_the_day_of_its_consultation(desk: Desk, ana: int) -> None:
    """Also where nobody wrote an appointment down; one that was delivered is due no more."""

    def assign(status: AssignmentStatus, day: int, hour: int) -> None:
        row = Assignment(client_id=ana, type=AssignmentType.INITIAL, status=status, consultation_at=at(day, hour))
        row.look_review_at = at(day, hour) + timedelta(hours=5)
        row.delivered_at = at(day, hour) if status is AssignmentStatus.DELIVERED else None
        desk.do(Do(lambda work: work.session.add(row)))

    assign(AssignmentStatus.SCHEDULED, 24, 10)
    assign(AssignmentStatus.DELIVERED, 25, 10)
    assign(AssignmentStatus.CANCELLED, 26, 10)
    assert [what for what, _ in on(desk, 24)] == [What.CONSULTATION, What.LOOK_REVIEW, What.DEADLINE]
    assert [what for what, _ in on(desk, 25)] == [What.CONSULTATION, What.LOOK_REVIEW]
    assert on(desk, 26) == []
    late = Do(
        lambda work: work.session.connection().exec_driver_sql("UPDATE assignment SET cancelled_at = consultation_at")
    )
    desk.do(late)  # cancelled as it was to begin: the lookbook is still made and sent (R14)
    assert [what for what, _ in on(desk, 26)] == [What.DEADLINE]
    assign(AssignmentStatus.IN_PROGRESS, 27, 23)  # to midnight and half an hour beyond, by the usual length
    desk.settings = desk.settings.model_copy(update={"appointment_minutes": 90})
    assert What.DEADLINE in dict(on(desk, 27))
    desk.settings = desk.settings.model_copy(update={"deadline_counts_from": DeadlineAnchor.END})
    assert What.DEADLINE not in dict(on(desk, 27)) and What.DEADLINE in dict(on(desk, 28))


def test_cadences_count_from_their_anchor_and_stop_while_they_are_paused(desk: Desk, ana: int) -> None:
    bea = add_client(desk, "Bea Okafor")
    desk.do(SetCadence(ana, 1, "month", date(2026, 1, 31)))
    desk.do(SetCadence(bea, 2, "week", date(2026, 11, 9)))
    shown = days(desk, date(2026, 2, 1), date(2026, 12, 31))
    assert [day for day in shown if any(entry.client_id == ana for entry in shown[day].entries)] == [
        date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30),
        date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30),
    ]  # fmt: skip
    hers = [day for day in shown if any(entry.client_id == bea for entry in shown[day].entries)]
    assert hers == [date(2026, 11, 9), date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 21)]
    assert shown[date(2026, 11, 23)].count(What.CADENCE) == 1
    desk.do(PauseCadence(bea))
    assert not any(day.cadences for day in days(desk, date(2026, 11, 1), date(2026, 11, 30)).values())


def test_of_many_clients_due_on_a_day_the_first_are_named_and_all_are_counted(desk: Desk) -> None:
    for number in range(60):
        desk.do(SetCadence(add_client(desk, f"Client {number}"), 1, "week", date(2026, 11, 2)))
    day = days(desk)[date(2026, 11, 23)]
    assert (day.cadences, len(day.entries)) == (60, 50)


def test_overlaps_are_told_as_the_setting_says(desk: Desk, ana: int) -> None:
    bea, brand = add_client(desk, "Bea Okafor"), int(desk.do(AddBrand("Alder")).value)
    book(desk, ana, at(24, 10), 90, brand)
    book(desk, bea, at(24, 11), 60)
    book(desk, bea, at(24, 12), 60)  # begins as the one before ends
    desk.do(AddEvent(EventForm("Dentist", EventKind.BLOCKED, starts_at=at(24, 12, 30), ends_at=at(24, 13))))

    def across() -> list[list[str]]:
        return [[name for name, _, _ in entry.across] for entry in days(desk)[date(2026, 11, 24)].entries]

    assert across() == [["Bea Okafor"], ["Ana Ruiz"], ["Dentist"], ["Bea Okafor"]]
    desk.settings = desk.settings.model_copy(update={"overlaps": Overlaps.SAME_BRAND})
    assert across() == [[], [], [], []]
    book(desk, bea, at(24, 11), 30, brand)
    assert [names for names in across() if names] == [["Bea Okafor"], ["Ana Ruiz"]]
    desk.settings = desk.settings.model_copy(update={"overlaps": Overlaps.IGNORE})
    assert not any(across())


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.booleans()), max_size=14))
def test_one_pass_finds_what_comparing_each_with_each_finds(spans: list[tuple[int, int, bool]]) -> None:
    zero = datetime(2026, 1, 1, tzinfo=UTC)
    entries = [
        Entry(
            What.APPOINTMENT, number, zero + timedelta(minutes=starts), zero + timedelta(minutes=starts + long), "x",
            who=str(number), busy=busy,
        )
        for number, (starts, long, busy) in enumerate(spans)
    ]  # fmt: skip
    for entry in with_across(entries, timedelta(hours=1), Overlaps.SAME_REP):
        others = {
            one.who
            for one in entries
            if one.id != entry.id and one.busy and entry.busy
            and one.starts_at < entry.ends_at and entry.starts_at < one.ends_at
        }  # fmt: skip
        named = {name for name, _, _ in entry.across}
        assert named <= others and len(named) == min(4, len(others))


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 11, 2), 24)])
def test_a_day_of_23_or_25_hours_has_what_stands_on_it(desk: Desk, ana: int, day: date, hours: int) -> None:
    """Something at each hour that there is: all of it stands on that day and none on its neighbours."""
    starts = start_of_day(day, desk.zone)
    for hour in range(hours):
        book(desk, ana, starts + timedelta(hours=hour))
    shown = days(desk, day - timedelta(days=1), day + timedelta(days=2))
    assert [len(one.entries) for one in shown.values()] == [0, hours, 0]
    assert [entry.starts_at for entry in shown[day].entries] == [starts + timedelta(hours=h) for h in range(hours)]
    assert not any(entry.across for entry in shown[day].entries)


@pytest.mark.parametrize("zone", ["America/Santiago", "Asia/Beirut", "Australia/Lord_Howe", "Africa/Cairo"])
def test_what_is_due_stands_on_its_own_day_also_where_midnight_is_skipped(
    new_desk: Callable[[], Desk], zone: str, tmp_path: Path
) -> None:
    with new_desk() as desk:
        desk.clock = FrozenClock(NOW - timedelta(days=365))
        desk.do(SetUpDesk("Ola Berg", zone, "USD", "US"))
        ana = add_client(desk)
        for number in range(300):
            desk.do(AddTask(ana, str(number), date(2026, 1, 1) + timedelta(days=number)))
        found = desk.ask(calendar_page, date(2026, 1, 1), date(2026, 10, 28)).days
        assert [[entry.title for entry in day.entries] for day in found] == [[str(number)] for number in range(300)]


def test_a_copy_of_an_entry_later_in_a_series_is_another(desk: Desk) -> None:
    entry = Entry(What.EVENT, 1, at(24, 9), at(24, 10), "Yoga")
    assert entry.key != replace(entry, starts_at=at(25, 9)).key
