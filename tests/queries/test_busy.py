"""The rep's time is taken by what she booked, by what is busy and by what is blocked, each of a series by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stylistdesk.commands.appointments import AddAppointment, AppointmentForm, CancelAppointment
from stylistdesk.commands.base import Work
from stylistdesk.db.tables import Appointment, Assignment, CalendarEvent
from stylistdesk.desk import Desk
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, EventKind
from stylistdesk.queries.busy import busy_between
from stylistdesk.queries.events import events_between
from tests.commands.doing import Do
from tests.helpers import add_client

WEEK = datetime(2026, 11, 23, 5, tzinfo=UTC), datetime(2026, 11, 30, 5, tzinfo=UTC)  # Monday to Monday in New York


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A local time of New York, in winter."""
    return datetime(2026, month, day, hour + 5, minute, tzinfo=UTC)


@pytest.fixture
def ana(desk: Desk) -> int:
    return add_client(desk)


def put(desk: Desk, *rows: object) -> None:
    desk.do(Do(lambda work: [work.session.add(row) for row in rows]))


def event(starts: datetime, ends: datetime, **fields: object) -> CalendarEvent:
    given = {"kind": EventKind.EVENT, "title": "Trade show", "source": "desk", "uid": f"{starts}-{fields}"}
    return CalendarEvent(starts_at=starts, ends_at=ends, **(given | fields))  # type: ignore[arg-type]


def test_appointments_take_time_until_they_are_cancelled(desk: Desk, ana: int) -> None:
    first = desk.do(AddAppointment(ana, AppointmentForm("fitting", at(24, 10), at(24, 11, 30)))).value
    desk.do(AddAppointment(ana, AppointmentForm("fitting", at(24, 11))))  # no end: an hour, the usual
    desk.do(AddAppointment(ana, AppointmentForm("Look review", at(24, 16))))  # when looks are best sent: no time
    assert desk.ask(busy_between, *WEEK) == ((at(24, 10), at(24, 12)),)
    desk.do(CancelAppointment(first))
    assert desk.ask(busy_between, *WEEK) == ((at(24, 11), at(24, 12)),)
    assert desk.ask(busy_between, at(24, 11, 45), at(24, 13)) == ((at(24, 11, 45), at(24, 12)),)


def test_a_consultation_that_hq_set_takes_time_once(desk: Desk, ana: int) -> None:
    """It counts without an appointment of its own; with one, only that counts, though it was cancelled."""
    put(desk, Assignment(client_id=ana, type=AssignmentType.INITIAL, consultation_at=at(25, 9)))
    put(
        desk,
        Assignment(
            client_id=ana, type=AssignmentType.INITIAL, consultation_at=at(26, 9), status=AssignmentStatus.NO_SHOW
        ),
    )
    assert desk.ask(busy_between, *WEEK) == ((at(25, 9), at(25, 10)),)

    def cancelled(work: Work) -> None:
        row = Appointment(client_id=ana, assignment_id=1, kind="Consultation", starts_at=at(25, 9))
        row.cancelled_at = work.now
        work.session.add(row)

    desk.do(Do(cancelled))
    assert desk.ask(busy_between, *WEEK) == ()


def test_what_is_free_takes_no_time_and_whole_days_are_days_of_the_desk(desk: Desk) -> None:
    put(
        desk,
        event(at(23, 9), at(23, 10), busy=False),
        event(at(23, 12), at(23, 13), kind=EventKind.BLOCKED),
        # Written down by a desk in another zone: its instants are not midnights here.
        event(at(27, 3), at(28, 3), all_day=True, starts_on=date(2026, 11, 27), ends_on=date(2026, 11, 28)),
    )
    assert desk.ask(busy_between, *WEEK) == ((at(23, 12), at(23, 13)), (at(27, 0), at(28, 0)))
    assert [one.busy for one in desk.ask(events_between, *WEEK)] == [False, True, True]


def test_a_series_is_taken_day_by_day_by_the_clock_on_the_wall(desk: Desk) -> None:
    """Every Sunday at 9, across the change of the clocks; one is left out, one was moved and has a row of its own."""
    ics = (
        "BEGIN:VEVENT\r\nUID:sundays@x\r\nSUMMARY:Market\r\nDTSTART;TZID=America/New_York:20261018T090000\r\n"
        "DTEND;TZID=America/New_York:20261018T100000\r\nRRULE:FREQ=WEEKLY;COUNT=6\r\n"
        "EXDATE;TZID=America/New_York:20261025T090000\r\nEND:VEVENT\r\n"
    )
    first = datetime(2026, 10, 18, 13, tzinfo=UTC)
    put(
        desk,
        event(first, first + timedelta(hours=1), source="mine", uid="sundays@x", recurs=True, ics=ics),
        event(at(8, 15), at(8, 16), source="mine", uid="sundays@x", recurrence="20261108T140000Z"),
    )
    found = desk.ask(busy_between, datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    assert [starts for starts, _ in found] == [first, at(1, 9), at(8, 15), at(15, 9), at(22, 9)]


def test_a_series_of_whole_days_and_one_that_cannot_be_read(desk: Desk) -> None:
    ics = "BEGIN:VEVENT\r\nUID:m\r\nDTSTART;VALUE=DATE:20261101\r\nRRULE:FREQ=MONTHLY\r\nEND:VEVENT\r\n"
    on = {"all_day": True, "starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 2)}
    put(desk, event(at(1, 0), at(2, 0), uid="m", recurs=True, ics=ics, **on))
    put(desk, event(at(24, 9), at(24, 10), uid="bad", recurs=True, ics="no calendar\r\nat all"))
    often = "BEGIN:VEVENT\r\nUID:s\r\nDTSTART:20261124T180000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT"
    put(desk, event(at(24, 13), at(24, 14), uid="s", recurs=True, ics=often))
    shown = desk.ask(events_between, at(20, 0), at(5, 0, month=12))
    assert [(one.starts_on, one.starts_at) for one in shown] == [
        (None, at(24, 9)),
        (None, at(24, 13)),
        (date(2026, 12, 1), at(1, 0, month=12)),
    ]
