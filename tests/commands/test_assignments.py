"""Assignments by their commands: each rule that says no, each status, and every step taken back by one key."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.appointments import AppointmentForm, CancelAppointment, EditAppointment
from stylistdesk.commands.assignments import (
    BookAssignment,
    CancelAssignment,
    CloseOut,
    DeliverLookbook,
    MarkNoShow,
    RequestRevision,
    RescheduleAssignment,
    SessionForm,
    SetRepNotes,
    StartConsultation,
)
from stylistdesk.commands.base import Together, Work
from stylistdesk.commands.desk import SetRecipients
from stylistdesk.commands.lookbooks import EditLookbook, MarkDelivered, RemoveLookbook
from stylistdesk.commands.tickets import EditTicket, MarkTicketSent, SettleTicket
from stylistdesk.commands.triage import CompleteFollowUp
from stylistdesk.db.tables import Appointment, Assignment, Lookbook, Ticket
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, TicketTo
from stylistdesk.queries.daily_tasks import queue_row
from stylistdesk.queries.tickets import recipients
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.conftest import NOW
from tests.helpers import add_client

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)  # 10:00 in New York
FRIDAY = MONDAY + timedelta(days=4)
FORM = SessionForm(MONDAY, MONDAY + HOUR, MONDAY + 5 * HOUR, season="Fall", season_year=2026, rep_notes="Bring coats")
S, T = AssignmentStatus, AssignmentType


@pytest.fixture
def ana(desk: Desk) -> int:
    """Ana Ruiz; her id."""
    return add_client(desk)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def job(desk: Desk, number: int = 1) -> Assignment:
    found = desk.ask(lambda asking: asking.session.get(Assignment, number))
    assert found is not None
    return found


def meetings(desk: Desk, number: int = 1) -> list[Appointment]:
    return desk.ask(
        lambda asking: list(
            asking.session.exec(
                select(Appointment).where(Appointment.assignment_id == number).order_by(col(Appointment.id))
            )
        )
    )


def tickets(desk: Desk) -> list[Ticket]:
    return desk.ask(lambda asking: list(asking.session.exec(select(Ticket).order_by(col(Ticket.id)))))


def delivered(desk: Desk, client_id: int) -> int:
    """Her first lookbook, delivered; the assignment's id."""
    number = int(desk.do(BookAssignment(client_id, replace(FORM, consultation_at=NOW, look_review_at=None))).value)
    desk.do(DeliverLookbook(number))
    return number


def test_booking_makes_the_consultation_and_the_look_review(desk: Desk, ana: int, done: Done) -> None:
    outcome = done(BookAssignment(ana, FORM))
    assert outcome.label == "Booked Ana Ruiz for Mon 23 Nov 10:00, Head to Toe"
    booked = job(desk)
    assert (booked.type, booked.status, booked.rep_notes) == (T.INITIAL, S.SCHEDULED, "Bring coats")
    assert [(one.kind, one.starts_at, one.ends_at, one.season) for one in meetings(desk)] == [
        ("Consultation", MONDAY, MONDAY + HOUR, "Fall"),
        ("Look review", MONDAY + 5 * HOUR, None, "Fall"),
    ]


def test_the_type_follows_from_what_was_delivered_and_another_needs_a_reason(desk: Desk, ana: int, done: Done) -> None:
    with refused(desk, "reason"):
        desk.do(BookAssignment(ana, FORM, T.RECURRING))
    done(BookAssignment(ana, FORM, T.RECURRING, "She was styled elsewhere"))
    assert (job(desk).type, job(desk).type_reason) == (T.RECURRING, "She was styled elsewhere")
    assert desk.do(BookAssignment(ana, FORM)).label.endswith("Head to Toe")  # none was delivered yet
    done(DeliverLookbook(1))
    assert done(BookAssignment(ana, FORM)).label.endswith("Recurring Looks")
    assert job(desk, 3).type_reason == ""


def test_a_no_show_does_not_use_up_the_first_session(desk: Desk, ana: int, done: Done, clock: FrozenClock) -> None:
    desk.do(BookAssignment(ana, FORM))
    with refused(desk):
        desk.do(MarkNoShow(1))  # it has not begun
    clock.at = MONDAY + HOUR / 2
    done(MarkNoShow(1, "did not answer"))
    assert (job(desk).status, job(desk).end_reason, job(desk).cancelled_at) == (S.NO_SHOW, "did not answer", clock.at)
    assert [one.cancelled_at for one in meetings(desk)] == [None, clock.at]
    assert done(BookAssignment(ana, replace(FORM, consultation_at=FRIDAY, consultation_ends_at=None,
                                            look_review_at=None))).label.endswith("Head to Toe")  # fmt: skip
    with refused(desk):
        desk.do(DeliverLookbook(1))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"consultation_at": None}, "starts"),
        ({"consultation_at": datetime(1066, 10, 14, tzinfo=UTC)}, "starts"),
        ({"consultation_ends_at": MONDAY}, "ends"),
        ({"look_review_at": MONDAY - HOUR}, "review"),
        ({"effort_minutes": 0}, "effort"),
    ],
)
def test_a_session_that_cannot_be_is_refused(desk: Desk, ana: int, changed: dict[str, object], field: str) -> None:
    with refused(desk, field):
        desk.do(BookAssignment(ana, replace(FORM, **changed)))  # type: ignore[arg-type]


def test_the_status_goes_from_scheduled_to_closed_and_each_step_is_recorded(
    desk: Desk, ana: int, done: Done, clock: FrozenClock
) -> None:
    desk.do(BookAssignment(ana, FORM))
    clock.at = MONDAY - HOUR / 4
    done(StartConsultation(1))
    with refused(desk):
        desk.do(StartConsultation(1))
    clock.at = MONDAY + 6 * HOUR
    done(DeliverLookbook(1))
    with refused(desk):
        desk.do(CancelAssignment(1))
    with refused(desk):
        desk.do(RescheduleAssignment(1, FRIDAY))
    done(CloseOut(1))
    row = job(desk)
    assert (row.status, row.started_at, row.delivered_at, row.closed_at) == (
        S.CLOSED, MONDAY - HOUR / 4, MONDAY + 6 * HOUR, MONDAY + 6 * HOUR,
    )  # fmt: skip
    book = desk.ask(lambda asking: asking.session.get(Lookbook, 1))
    assert book is not None and (book.assignment_id, book.delivered_at) == (1, MONDAY + 6 * HOUR)


def test_closing_without_a_delivery_needs_a_reason(desk: Desk, ana: int, done: Done) -> None:
    desk.do(BookAssignment(ana, FORM))
    with refused(desk, "reason"):
        desk.do(CloseOut(1, " "))
    done(CloseOut(1, "She moved away"))
    assert (job(desk).status, job(desk).end_reason, job(desk).delivered_at) == (S.CLOSED, "She moved away", None)


def test_a_revision_needs_a_delivered_lookbook_and_its_number_belongs_to_the_root(
    desk: Desk, ana: int, done: Done
) -> None:
    desk.do(BookAssignment(ana, FORM))
    with refused(desk, "type"):
        desk.do(RequestRevision(1))
    desk.do(DeliverLookbook(1))
    assert done(RequestRevision(1)).label == "Booked Revision 1 with Ana Ruiz, with no time yet"
    assert meetings(desk, 2) == []
    with refused(desk, "type"):
        desk.do(RequestRevision(2))
    done(RescheduleAssignment(2, FRIDAY, None, FRIDAY + HOUR))
    assert [one.kind for one in meetings(desk, 2)] == ["Consultation", "Look review"]
    desk.do(DeliverLookbook(2))
    assert done(RequestRevision(2, replace(FORM, rep_notes=""))).label.startswith("Booked Revision 2")
    row = job(desk, 3)
    assert (row.type, row.parent_id, row.revision_number, row.consultation_at) == (T.REVISION, 2, 2, MONDAY)


def test_moving_early_tells_nobody_and_the_confirmation_is_asked_for_again(desk: Desk, ana: int, done: Done) -> None:
    desk.do(BookAssignment(ana, replace(FORM, consultation_at=FRIDAY, consultation_ends_at=None, look_review_at=None)))
    done(RescheduleAssignment(1, FRIDAY + HOUR, FRIDAY + 2 * HOUR, FRIDAY + 3 * HOUR))
    assert tickets(desk) == []
    assert [one.starts_at for one in meetings(desk)] == [FRIDAY + HOUR, FRIDAY + 3 * HOUR]


def test_what_is_cancelled_within_48_hours_is_told_to_hq_and_its_lookbook_is_still_sent(
    desk: Desk, ana: int, done: Done, clock: FrozenClock
) -> None:
    desk.do(BookAssignment(ana, FORM))
    clock.at = MONDAY - 20 * HOUR
    done(CancelAssignment(1, "ill"))
    assert (job(desk).status, job(desk).end_reason) == (S.CANCELLED, "ill")
    assert [one.cancelled_at is None for one in meetings(desk)] == [False, True]  # the look review stands
    ticket = tickets(desk)[0]
    assert "Head to Toe session with Ana Ruiz of Mon 23 Nov 10:00 was cancelled" in ticket.body
    clock.at = MONDAY
    row = desk.ask(queue_row, ana)
    assert row is not None and row.next.rule == "deliver_lookbook"
    assert "still made and sent" in row.next.reason
    done_with_her = CompleteFollowUp(ana, row.last_signal_id, row.next.rule, row.next.subject)
    both = desk.preview(Together((done_with_her, CompleteFollowUp(ana, row.last_signal_id))))
    assert both.label == "Completed follow-up with Ana Ruiz (Head to Toe is Delivered) and 1 more"
    outcome = desk.do(done_with_her)
    assert outcome.label == "Completed follow-up with Ana Ruiz; Head to Toe is Delivered"
    assert job(desk).status is S.DELIVERED
    done(CloseOut(1))


def test_done_says_that_it_began_her_consultation(desk: Desk, ana: int, done: Done, clock: FrozenClock) -> None:
    """Its status had changed, and the message spoke of a follow-up only."""
    desk.do(BookAssignment(ana, FORM))
    clock.at = MONDAY - timedelta(minutes=10)
    row = desk.ask(queue_row, ana)
    assert row is not None and row.next.subject == "start:1"
    outcome = done(CompleteFollowUp(ana, row.last_signal_id, row.next.rule, row.next.subject))
    assert outcome.label == "Completed follow-up with Ana Ruiz; Head to Toe is In Progress"
    assert job(desk).status is S.IN_PROGRESS
    again = desk.do(CompleteFollowUp(ana, row.last_signal_id, row.next.rule, row.next.subject))
    assert again.label == "Completed follow-up with Ana Ruiz"  # nothing moved


@pytest.mark.parametrize(
    ("status", "asked"),
    [(S.SCHEDULED, True), (S.IN_PROGRESS, True), (S.NO_SHOW, False), (S.DELIVERED, False), (S.CLOSED, False)],
)
def test_no_session_that_is_over_is_to_be_confirmed(
    desk: Desk, ana: int, clock: FrozenClock, status: AssignmentStatus, asked: bool
) -> None:
    """Rule 18 had her confirm a consultation for looks that were sent already; an import may bring such a one."""
    clock.at = MONDAY - 24 * HOUR
    desk.do(BookAssignment(ana, FORM))

    def now_is(work: Work) -> None:
        work.session.get_one(Assignment, 1).status = status

    desk.do(Do(now_is))
    row = desk.ask(queue_row, ana)
    rules = [one.rule for one in row.standing.suggestions] if row is not None else []
    assert ("confirm_appointment" in rules) == asked


def test_what_is_cancelled_early_owes_nothing(desk: Desk, ana: int, done: Done, clock: FrozenClock) -> None:
    clock.at = MONDAY - 49 * HOUR
    desk.do(BookAssignment(ana, FORM))
    done(CancelAssignment(1))
    assert tickets(desk) == []
    assert all(one.cancelled_at for one in meetings(desk))
    with refused(desk):
        desk.do(DeliverLookbook(1))
    clock.at = MONDAY
    row = desk.ask(queue_row, ana)
    assert row is None or all(one.rule != "deliver_lookbook" for one in row.standing.suggestions)
    done(RescheduleAssignment(1, FRIDAY))  # a new time opens it again
    assert (job(desk).status, job(desk).cancelled_at) == (S.SCHEDULED, None)


def test_the_calendar_and_the_profile_move_and_cancel_the_assignment_too(
    desk: Desk, ana: int, done: Done, clock: FrozenClock
) -> None:
    desk.do(BookAssignment(ana, FORM))
    clock.at = MONDAY - 20 * HOUR
    done(EditAppointment(1, AppointmentForm("Consultation", MONDAY + HOUR, MONDAY + 2 * HOUR)))
    row = job(desk)
    assert (row.consultation_at, row.consultation_ends_at, row.look_review_at) == (
        MONDAY + HOUR, MONDAY + 2 * HOUR, MONDAY + 6 * HOUR,
    )  # fmt: skip
    assert meetings(desk)[1].starts_at == MONDAY + 6 * HOUR
    assert "was moved from Mon 23 Nov 10:00 to Mon 23 Nov 11:00" in tickets(desk)[0].body
    done(EditAppointment(2, AppointmentForm("Look review", MONDAY + 7 * HOUR)))
    assert job(desk).look_review_at == MONDAY + 7 * HOUR
    done(CancelAppointment(1))
    assert job(desk).status is S.CANCELLED
    [ticket] = tickets(desk)  # the look review is no session, and what was not sent yet tells both
    assert "Since then: the session of Mon 23 Nov 11:00 was cancelled." in ticket.body
    done(CancelAppointment(1, cancelled=False))
    assert (job(desk).status, meetings(desk)[0].cancelled_at) == (S.SCHEDULED, None)


def test_a_ticket_that_was_not_sent_tells_what_came_after(desk: Desk, ana: int, done: Done, clock: FrozenClock) -> None:
    """Moved out of the 48 hours and then cancelled, the draft still said that it was moved."""
    desk.do(BookAssignment(ana, FORM))
    clock.at = MONDAY - 20 * HOUR
    done(RescheduleAssignment(1, MONDAY + 96 * HOUR))
    assert "so too" in done(CancelAssignment(1)).label
    [ticket] = tickets(desk)
    assert ticket.body.index("was moved from Mon") < ticket.body.index("Since then: the session of Fri 27 Nov")
    done(MarkTicketSent(1))
    done(RescheduleAssignment(1, MONDAY + 98 * HOUR))
    assert len(tickets(desk)) == 1 and "11:00" not in tickets(desk)[0].body


def test_delivering_the_lookbook_in_the_profile_delivers_the_assignment(desk: Desk, ana: int, done: Done) -> None:
    desk.do(BookAssignment(ana, FORM))
    desk.do(Do(lambda work: work.session.add(Lookbook(client_id=ana, assignment_id=1, title="Fall"))))
    done(MarkDelivered(1))
    assert (job(desk).status, job(desk).delivered_at) == (S.DELIVERED, NOW)
    done(MarkDelivered(1, delivered=False))
    assert (job(desk).status, job(desk).delivered_at) == (S.IN_PROGRESS, None)


def test_her_notes_are_hers_and_hqs_are_refused_to_everybody_else(desk: Desk, ana: int, done: Done) -> None:
    desk.do(BookAssignment(ana, FORM))
    done(SetRepNotes(1, "Likes wool"))
    assert job(desk).rep_notes == "Likes wool"

    def scribble(work: object) -> None:
        work.session.get(Assignment, 1).hq_notes = "mine"  # type: ignore[attr-defined]

    with pytest.raises(Refused, match="read-only"):
        desk.do(Do(scribble))
    assert job(desk).hq_notes == ""


def test_a_ticket_is_edited_sent_and_settled(desk: Desk, ana: int, done: Done, clock: FrozenClock) -> None:
    clock.at = MONDAY - 20 * HOUR
    desk.do(BookAssignment(ana, FORM))
    desk.do(CancelAssignment(1))
    with refused(desk, "body"):
        desk.do(EditTicket(1, "Late change", " "))
    done(EditTicket(1, "Late change", "She is ill."))
    done(MarkTicketSent(1))
    with refused(desk):
        desk.do(EditTicket(1, "Late change", "Too late"))
    done(SettleTicket(1))
    ticket = tickets(desk)[0]
    assert (ticket.body, ticket.sent_at, ticket.settled_at) == ("She is ill.", clock.at, clock.at)
    done(SettleTicket(1, settled=False))
    done(MarkTicketSent(1, sent=False))
    assert tickets(desk)[0].sent_at is None


def test_where_tickets_go_is_said_once_and_checked(desk: Desk, done: Done) -> None:
    with refused(desk, "hq_email"):
        desk.do(SetRecipients("nowhere"))
    with refused(desk, "asm_email"):
        desk.do(SetRecipients("hq@example.com", "Maya Lind", "nowhere"))
    done(SetRecipients("hq@example.com", " Maya Lind ", "maya@example.com"))
    found = desk.ask(recipients)
    assert (found.email(TicketTo.HQ), found.asm_name, found.email(TicketTo.ASM)) == (
        "hq@example.com", "Maya Lind", "maya@example.com",
    )  # fmt: skip


def test_the_next_session_is_head_to_toe_exactly_while_nothing_was_delivered(desk: Desk, ana: int, done: Done) -> None:
    """What is booked ahead follows what is delivered before it, and follows it back (R10)."""
    desk.do(BookAssignment(ana, FORM))
    desk.do(BookAssignment(ana, SessionForm(FRIDAY)))
    desk.do(BookAssignment(ana, SessionForm(FRIDAY + timedelta(days=7)), T.RECURRING, "HQ styled her before"))
    done(DeliverLookbook(1))
    assert [job(desk, number).type for number in (1, 2, 3)] == [T.INITIAL, T.RECURRING, T.RECURRING]
    done(MarkDelivered(1, delivered=False))
    assert [job(desk, number).type for number in (1, 2, 3)] == [T.INITIAL, T.INITIAL, T.RECURRING]


def test_when_a_lookbook_was_delivered_is_one_thing_everywhere(desk: Desk, ana: int, done: Done) -> None:
    """Typed in later, it is on the assignment too: or it would be called late for ever."""
    desk.do(BookAssignment(ana, FORM))
    desk.do(DeliverLookbook(1))
    really = NOW - timedelta(hours=2)
    done(EditLookbook(1, "Fall looks", really))
    assert job(desk).delivered_at == really
    desk.do(CloseOut(1))
    for command in (MarkDelivered(1, delivered=False), RemoveLookbook(1), EditLookbook(1, "Fall looks", None)):
        with refused(desk):
            desk.do(command)


def test_a_delivered_lookbook_that_is_taken_away_was_not_delivered(desk: Desk, ana: int, done: Done) -> None:
    desk.do(BookAssignment(ana, FORM))
    desk.do(DeliverLookbook(1))
    done(RemoveLookbook(1))
    assert (job(desk).status, job(desk).delivered_at) == (S.IN_PROGRESS, None)


def test_a_session_that_had_begun_and_is_moved_ahead_begins_anew(desk: Desk, ana: int, done: Done) -> None:
    """Or nobody is prompted when it really begins (R12)."""
    desk.do(BookAssignment(ana, FORM))
    desk.do(StartConsultation(1))
    done(RescheduleAssignment(1, FRIDAY))
    assert (job(desk).status, job(desk).started_at) == (S.SCHEDULED, None)
