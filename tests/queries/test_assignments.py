"""What the Appointments tab shows: the groups, all of R9, what is late; and what a booking would do to the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.appointments import AddAppointment, AppointmentForm
from stylistdesk.commands.assignments import (
    BookAssignment,
    CancelAssignment,
    DeliverLookbook,
    RequestRevision,
    SessionForm,
    StartConsultation,
)
from stylistdesk.db.tables import Availability, Cadence, CalendarEvent, Contact, Message, Order, Signal, StyleQuiz
from stylistdesk.desk import Desk
from stylistdesk.domain.due_groups import DueGroup
from stylistdesk.domain.types import (
    AssignmentStatus,
    Channel,
    DeadlineAnchor,
    Direction,
    EventKind,
    OrderStatus,
    SignalKind,
)
from stylistdesk.queries.assignments import due, to_start
from stylistdesk.queries.feasibility import Planned, look_ahead
from tests.commands.doing import Do
from tests.conftest import NOW
from tests.helpers import add_client

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
TEN = datetime(2026, 11, 23, 15, tzinfo=UTC)  # Monday, 10:00 in New York


@pytest.fixture
def ana(desk: Desk) -> int:
    """Ana Ruiz; her id."""
    return add_client(desk)


def book(desk: Desk, client_id: int, at: datetime, review: datetime | None = None) -> int:
    return int(desk.do(BookAssignment(client_id, SessionForm(at, at + HOUR, review))).value)


def groups(desk: Desk) -> dict[int | None, DueGroup]:
    return {row.assignment_id: row.group for row in desk.ask(due)}


def test_what_is_overdue_stands_on_top_and_what_was_delivered_at_the_end(desk: Desk, ana: int) -> None:
    ahead = {
        book(desk, ana, NOW - DAY): DueGroup.OVERDUE,
        book(desk, ana, NOW - HOUR / 2): DueGroup.OVERDUE,  # not begun at its time
        book(desk, ana, NOW + HOUR): DueGroup.TODAY,
        book(desk, ana, NOW + DAY): DueGroup.TOMORROW,
        book(desk, ana, NOW + 2 * DAY): DueGroup.THIS_WEEK,
        book(desk, ana, NOW + 6 * DAY): DueGroup.THIS_WEEK,
        book(desk, ana, NOW + 7 * DAY): DueGroup.LATER,
    }
    begun = book(desk, ana, NOW - HOUR)
    desk.do(StartConsultation(begun))
    sent = book(desk, ana, NOW - 2 * HOUR)
    desk.do(DeliverLookbook(sent))
    revision = int(desk.do(RequestRevision(sent)).value)
    ahead |= {begun: DueGroup.TODAY, sent: DueGroup.TO_CLOSE, revision: DueGroup.NO_TIME}
    assert groups(desk) == ahead
    order = list(DueGroup)
    shown = [order.index(row.group) for row in desk.ask(due)]
    assert shown == sorted(shown)


def test_a_row_tells_all_of_r9(desk: Desk, ana: int) -> None:
    def fill(work: object) -> None:
        money: dict[str, object] = {
            "status": OrderStatus.PLACED,
            "subtotal_cents": 0,
            "shipping_cents": 0,
            "tax_cents": 0,
            "discount_cents": 0,
        }
        rows = [
            StyleQuiz(client_id=ana, taken_at=NOW - 9 * DAY, source="test"),
            Cadence(client_id=ana, every=6, unit="week", anchor_on=date(2026, 11, 2)),
            Contact(client_id=ana, phone="+12125550101", is_primary=True),
            Order(client_id=ana, source="shop", number="1", placed_at=NOW, currency="USD", total_cents=1500, **money),
            Order(client_id=ana, source="shop", number="2", placed_at=NOW, currency="CAD", total_cents=900, **money),
            *(
                Signal(client_id=ana, kind=SignalKind.HEARTED, occurred_at=NOW - n * DAY, source="t",
                       external_id=f"{n}")
                for n in (3, 1, 2)
            ),
        ]  # fmt: skip
        for row in rows:
            work.session.add(row)  # type: ignore[attr-defined]

    desk.do(Do(fill))
    number = book(desk, ana, TEN, TEN + 5 * HOUR)
    (row,) = desk.ask(due)
    assert row.assignment_id == number
    her = row.about
    assert (her.name, her.quiz_taken_at, her.cadence, her.orders, her.phone) == (
        "Ana Ruiz", NOW - 9 * DAY, "every 6 weeks", 2, "+12125550101",
    )  # fmt: skip
    assert her.currency == "USD"
    assert her.signals[:2] == ((SignalKind.HEARTED, 3, NOW - DAY), (SignalKind.COMMENTED, 0, None))
    assert (row.what, row.status, row.look_review_at, row.confirmed, row.flags) == (
        "Head to Toe", AssignmentStatus.SCHEDULED, TEN + 5 * HOUR, False, (),
    )  # fmt: skip


def test_what_is_late_is_flagged_from_what_was_sent_and_when(desk: Desk, ana: int, clock: FrozenClock) -> None:
    number = book(desk, ana, TEN)

    def flags() -> tuple[str, ...]:
        (row,) = desk.ask(due)
        assert row.assignment_id == number
        return row.flags

    def write(at: datetime, direction: Direction) -> None:
        message = Message(client_id=ana, channel=Channel.TEXT, direction=direction, sent_at=at, body="Hello")
        desk.do(Do(lambda work: work.session.add(message)))

    write(TEN - 2 * HOUR, Direction.OUT)
    write(TEN - MINUTE, Direction.IN)
    clock.at = TEN + 5 * MINUTE
    assert flags() == ("not begun", "consultation late")
    write(TEN + 3 * MINUTE, Direction.OUT)
    assert flags() == ("not begun", "consultation late")
    desk.settings = desk.settings.model_copy(update={"consultation_grace_minutes": 5})
    assert flags() == ("not begun",)
    desk.do(StartConsultation(number))
    assert flags() == ("begun late",)
    clock.at = TEN + 20 * HOUR
    desk.do(DeliverLookbook(number))
    assert flags() == ("delivered late", "not closed")


def test_what_was_cancelled_late_stays_in_the_list_and_what_was_cancelled_early_does_not(
    desk: Desk, ana: int, clock: FrozenClock
) -> None:
    first, second = book(desk, ana, TEN), book(desk, ana, TEN + 7 * DAY)
    clock.at = TEN - HOUR
    desk.do(CancelAssignment(first))
    desk.do(CancelAssignment(second))
    rows = desk.ask(due)
    assert [(row.assignment_id, row.owed, row.group) for row in rows] == [(first, True, DueGroup.TODAY)]


def test_other_appointments_stand_among_them_until_their_day_is_over(desk: Desk, ana: int, clock: FrozenClock) -> None:
    desk.do(AddAppointment(ana, AppointmentForm("Fitting", NOW + HOUR)))
    number = book(desk, ana, NOW + DAY)

    def shown() -> list[tuple[str, DueGroup]]:
        return [(row.what, row.group) for row in desk.ask(due)]

    assert shown() == [("Fitting", DueGroup.TODAY), ("Head to Toe", DueGroup.TOMORROW)]
    keys = [row.key for row in desk.ask(due)]
    assert len(set(keys)) == 2 and 2 * number in keys
    clock.at = NOW + DAY
    assert [what for what, _ in shown()] == ["Head to Toe"]


def test_the_prompt_comes_15_minutes_before_and_goes_when_it_is_begun(desk: Desk, ana: int, clock: FrozenClock) -> None:
    number = book(desk, ana, TEN)
    for at, prompted in ((TEN - 16 * MINUTE, False), (TEN - 15 * MINUTE, True), (TEN + 59 * MINUTE, True),
                         (TEN + HOUR, False)):  # fmt: skip
        clock.at = at
        assert bool(desk.ask(to_start)) is prompted
    clock.at = TEN
    assert [(one.assignment_id, one.name, one.at) for one in desk.ask(to_start)] == [(number, "Ana Ruiz", TEN)]
    desk.do(StartConsultation(number))
    assert desk.ask(to_start) == ()


# ------------------------------------------------------------------- does it fit (R15)


def planned(at: datetime, **more: object) -> Planned:
    return replace(Planned(at, at + HOUR, makes=True, name="Bea Okafor"), **more)


def test_a_day_that_is_full_names_the_first_lookbook_that_would_be_late(desk: Desk, ana: int) -> None:
    """Monday 9 to 17, sessions from 10 to 13: four hours are left for three lookbooks of 90 minutes."""
    for hour in (0, 1):
        book(desk, ana, TEN + hour * HOUR)
    assert not desk.ask(look_ahead, planned(TEN + 2 * HOUR, effort=HOUR))
    warned = desk.ask(look_ahead, planned(TEN + 2 * HOUR))
    assert (warned.late, warned.short, warned.assumed) == ("Bea Okafor", HOUR / 2, True)
    assert warned.due_at == datetime(2026, 11, 24, 4, 59, 59, tzinfo=UTC)


def test_what_would_be_late_is_named_with_its_type(desk: Desk, ana: int) -> None:
    """Of a client with two lookbooks on one day she knows which one: of what stands, what is moved and what is new."""
    number = book(desk, ana, TEN + 4 * HOUR)
    assert desk.ask(look_ahead, planned(TEN + 5 * HOUR, makes=False)).what == "Head to Toe"
    moved = planned(TEN + 7 * HOUR, assignment_id=number)
    assert (desk.ask(look_ahead, moved).late, desk.ask(look_ahead, moved).what) == ("Bea Okafor", "Head to Toe")
    assert desk.ask(look_ahead, planned(TEN + 6 * HOUR + 45 * MINUTE, what="Revision")).what


def test_an_appointment_without_a_lookbook_takes_time_from_those_of_the_day(desk: Desk, ana: int) -> None:
    book(desk, ana, TEN + 4 * HOUR)  # 14:00 to 15:00, then two hours for its lookbook
    meeting = planned(TEN + 5 * HOUR, makes=False, name="")
    warned = desk.ask(look_ahead, meeting)
    assert (warned.late, warned.short) == ("Ana Ruiz", HOUR / 2)
    assert not desk.ask(look_ahead, replace(meeting, ends_at=TEN + 5 * HOUR + 30 * MINUTE))


def test_what_is_moved_does_not_stand_in_its_own_way(desk: Desk, ana: int) -> None:
    number = book(desk, ana, TEN + 4 * HOUR)
    assert not desk.ask(look_ahead, planned(TEN + 4 * HOUR + 30 * MINUTE, assignment_id=number))
    assert desk.ask(look_ahead, planned(TEN + 4 * HOUR + 30 * MINUTE)).late  # as a second one


def test_hours_of_her_own_count_and_the_look_review_takes_none(desk: Desk, ana: int) -> None:
    desk.do(Do(lambda work: work.session.add(Availability(weekday=0, starts=10 * 60, ends=12 * 60 + 30))))
    book(desk, ana, TEN, TEN + HOUR)  # the look review is just when the lookbook is being made
    assert not desk.ask(look_ahead, planned(TEN + 10 * HOUR, makes=False))
    warned = desk.ask(look_ahead, planned(TEN + 10 * HOUR))
    assert (warned.late, warned.short, warned.assumed) == ("Bea Okafor", 90 * MINUTE, False)
    assert desk.ask(look_ahead, planned(TEN + DAY)).late  # Tuesday she does not work


def test_midnight_warns_and_what_is_past_does_not(desk: Desk, ana: int) -> None:
    late = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)  # 23:30
    assert desk.ask(look_ahead, planned(late)).past_midnight
    assert not desk.ask(look_ahead, planned(late, ends_at=late + HOUR / 2)).past_midnight
    assert not desk.ask(look_ahead, planned(NOW - DAY))
    desk.settings = desk.settings.model_copy(update={"deadline_counts_from": DeadlineAnchor.END})
    warned = desk.ask(look_ahead, planned(late))
    assert warned.past_midnight and not warned.late  # there is all of Tuesday then


def test_a_lookbook_owed_after_a_late_cancellation_takes_its_time_too(desk: Desk, ana: int, clock: FrozenClock) -> None:
    book(desk, ana, TEN)
    clock.at = TEN + 6 * HOUR  # 16:00; an hour of work is left
    desk.do(CancelAssignment(1))
    warned = desk.ask(look_ahead, planned(TEN + 9 * HOUR, makes=False))
    assert (warned.late, warned.short) == ("Ana Ruiz", 30 * MINUTE)


def test_blocked_time_is_taken_too(desk: Desk, ana: int) -> None:
    book(desk, ana, TEN)
    assert not desk.ask(look_ahead, planned(TEN + 7 * HOUR, makes=False))
    blocked = CalendarEvent(
        kind=EventKind.BLOCKED, title="Dentist", starts_at=TEN + HOUR, ends_at=TEN + 6 * HOUR, source="desk", uid="x"
    )
    desk.do(Do(lambda work: work.session.add(blocked)))
    warned = desk.ask(look_ahead, planned(TEN + 7 * HOUR, makes=False))
    assert (warned.late, warned.short) == ("Ana Ruiz", HOUR / 2)
