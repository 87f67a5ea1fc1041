"""Client satisfaction responses (R21): what a rep does with one, each taken back by one key."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Command
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.csat import (
    AddResponse,
    AskAsm,
    ChangeThemes,
    CheckToday,
    EditResponse,
    MarkAnswered,
    MarkRead,
    RemoveResponse,
    ResponseForm,
    SetAction,
)
from stylistdesk.commands.merging import MergeClients
from stylistdesk.commands.tickets import MarkTicketSent, SettleTicket
from stylistdesk.commands.triage import CompleteFollowUp
from stylistdesk.commands.work import CompleteTask, RemoveTask, TaskForm
from stylistdesk.db.tables import Assignment, CsatCheck, CsatResponse, Task, Ticket
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import AssignmentType, Channel, Theme, TicketTo
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.client_history import client_history
from stylistdesk.queries.daily_tasks import queue_row
from stylistdesk.queries.waiting import waiting
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.conftest import NOW
from tests.helpers import add_client, dump
from tests.torture import times

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def ana(desk: Desk) -> int:
    """Ana Ruiz; her id."""
    return add_client(desk)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def of_file(desk: Desk, client_id: int, score: int = 2, key: str = "csat-1") -> int:
    """A response as an import brings it; its id."""
    row = CsatResponse(
        client_id=client_id, external_id=key, responded_at=YESTERDAY, score=score, comment="Asked twice."
    )
    desk.do(Do(lambda work: work.session.add(row)))
    return [found.id for found in rows(desk, CsatResponse)][-1]


def rows(desk: Desk, table: Any) -> list[Any]:
    def ask(asking: Asking) -> list[Any]:
        found = list(asking.session.exec(select(table).order_by(table.id)))
        asking.session.expunge_all()
        return found

    return desk.ask(ask)


def test_a_response_is_typed_in_changed_and_removed(desk: Desk, ana: int, done: Done) -> None:
    desk.do(Do(lambda work: work.session.add(Assignment(client_id=ana, type=AssignmentType.INITIAL))))
    number = int(done(AddResponse(ana, ResponseForm(4, YESTERDAY, " Lovely\x1b[31m ", 1, 9))).value)
    row = rows(desk, CsatResponse)[0]
    assert (row.score, row.comment, row.nps, row.assignment_id, row.read_at) == (4, "Lovely", 9, 1, NOW)
    done(EditResponse(number, ResponseForm(2, NOW, "Not so lovely")))
    row = rows(desk, CsatResponse)[0]
    assert (row.score, row.comment, row.nps, row.assignment_id, row.responded_at) == (
        2,
        "Not so lovely",
        None,
        None,
        NOW,
    )
    desk.do(AskAsm(number, "About her", "What now?"))
    done(RemoveResponse(number))
    assert rows(desk, CsatResponse) == []
    assert [ticket.csat_id for ticket in rows(desk, Ticket)] == [None]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ResponseForm(0, NOW), "score"),
        (ResponseForm(6, NOW), "score"),
        (ResponseForm(5, NOW + timedelta(minutes=1)), "on"),
        (ResponseForm(5, NOW, nps=11), "nps"),
        (ResponseForm(5, NOW, assignment_id=9), "assignment"),
    ],
)
def test_a_wrong_field_is_refused(desk: Desk, ana: int, form: ResponseForm, field: str) -> None:
    """A 0 would pull the average down to nothing, a day ahead would be in no month."""
    with refused(desk, field):
        desk.do(AddResponse(ana, form))


def test_the_assignment_of_another_client_is_refused(desk: Desk, ana: int) -> None:
    bea = add_client(desk, "Bea Okafor")
    desk.do(Do(lambda work: work.session.add(Assignment(client_id=bea, type=AssignmentType.INITIAL))))
    with refused(desk, "assignment"):
        desk.do(AddResponse(ana, ResponseForm(5, NOW, "", 1)))


def test_what_came_in_a_file_cannot_be_changed_or_removed(desk: Desk, ana: int) -> None:
    """A rep could make a bad score a good one."""
    number = of_file(desk, ana)
    for command in (EditResponse(number, ResponseForm(5, NOW)), RemoveResponse(number)):
        with refused(desk):
            desk.do(command)


def test_reading_is_counted_in_the_tab_and_can_be_taken_back(desk: Desk, ana: int, done: Done) -> None:
    one, two = of_file(desk, ana, 5), of_file(desk, ana, 2, "csat-2")
    assert desk.ask(waiting).csat == 2
    assert done(MarkRead((one, two))).label == "Read 2 responses"
    assert desk.ask(waiting).csat == 0
    assert done(MarkRead((one,), read=False)).label == "Marked the response of Ana Ruiz as unread"
    assert desk.ask(waiting).csat == 1
    assert not desk.do(MarkRead((two,))).changed


def test_checking_today_reads_all_and_keeps_the_last_time_of_the_day(
    desk: Desk, ana: int, done: Done, clock: FrozenClock
) -> None:
    of_file(desk, ana, 5)
    assert done(CheckToday()).label == "Checked your responses today, 1 of them new"
    clock.at = NOW + timedelta(hours=2)
    done(CheckToday())
    assert [(check.day, check.checked_at) for check in rows(desk, CsatCheck)] == [(date(2026, 11, 21), clock.at)]
    clock.at = NOW + timedelta(days=1)
    done(CheckToday())
    assert len(rows(desk, CsatCheck)) == 2
    assert desk.ask(waiting).csat == 0


def test_themes_are_added_and_taken_away_for_one_and_for_several(desk: Desk, ana: int, done: Done) -> None:
    one, two = of_file(desk, ana), of_file(desk, ana, 5, "csat-2")
    label = done(ChangeThemes((one,), frozenset({Theme.TIMELY, Theme.SERVICE}))).label
    assert label == "Changed the themes of the response of Ana Ruiz to service, timely responses"
    done(ChangeThemes((one, two), frozenset({Theme.LOOKS}), frozenset({Theme.SERVICE})))
    assert [row.themes for row in rows(desk, CsatResponse)] == ["timely looks", "looks"]
    assert desk.ask(waiting).csat == 0


def test_an_action_item_is_a_task_of_hers_that_is_changed_done_and_removed(desk: Desk, ana: int, done: Done) -> None:
    number = of_file(desk, ana)
    task = int(done(SetAction(number, TaskForm("Tell her what is sold out", date(2026, 11, 27)))).value)
    assert desk.ask(waiting).csat == 0
    done(SetAction(number, TaskForm("Tell her each morning", date(2026, 11, 28), "Stock")))
    found = rows(desk, Task)
    assert [(one.id, one.client_id, one.description, one.category) for one in found] == [
        (task, ana, "Tell her each morning", "Stock")
    ]
    done(CompleteTask(task))
    done(RemoveTask(task))
    assert [row.action_task_id for row in rows(desk, CsatResponse)] == [None]
    with refused(desk, "description"):
        desk.do(SetAction(number, TaskForm(" ")))


def test_an_answer_settles_it_and_keeps_its_time(desk: Desk, ana: int, done: Done, clock: FrozenClock) -> None:
    number = of_file(desk, ana)
    done(MarkAnswered((number,)))
    clock.at = NOW + timedelta(days=1)
    assert not desk.do(MarkAnswered((number,))).changed
    desk.do(CompleteFollowUp(ana, 0, rule="make_it_right", subject=f"csat:{number}"))
    row = rows(desk, CsatResponse)[0]
    assert (row.answered_at, row.read_at) == (NOW, NOW)
    done(MarkAnswered((number,), answered=False))
    assert rows(desk, CsatResponse)[0].answered_at is None


def test_a_low_score_stays_in_daily_tasks_until_it_is_answered(desk: Desk, ana: int) -> None:
    """Rule 1: reading it, an action and a question are no answer; two complaints want two answers."""
    one, two = of_file(desk, ana, 2), of_file(desk, ana, 1, "csat-2")
    for command in (MarkRead((one, two)), SetAction(one, TaskForm("Adjust")), AskAsm(one, "Subject", "Words")):
        desk.do(command)

    def suggested() -> list[str]:
        row = desk.ask(queue_row, ana)
        return [each.subject for each in row.standing.suggestions if each.number == 1] if row else []

    assert suggested() == [f"csat:{one}"]
    desk.do(MarkAnswered((one,)))
    assert suggested() == [f"csat:{two}"]
    desk.do(CompleteFollowUp(ana, 0, rule="make_it_right", subject=f"csat:{two}", channel=Channel.CALL))
    assert suggested() == []
    desk.undo()
    assert suggested() == [f"csat:{two}"]


def test_making_it_right_in_daily_tasks_answers_it_and_reads_it(desk: Desk, ana: int, done: Done) -> None:
    """The tab would go on counting as unread what the rep has just made right."""
    number = of_file(desk, ana)
    done(CompleteFollowUp(ana, 0, rule="make_it_right", subject=f"csat:{number}"))
    assert rows(desk, CsatResponse)[0].answered_at == NOW
    assert desk.ask(waiting).csat == 0


def test_a_question_to_the_asm_is_drafted_changed_sent_and_settled(desk: Desk, ana: int, done: Done) -> None:
    number = of_file(desk, ana)
    ticket = int(done(AskAsm(number, "Ana Ruiz", "What may I offer her?")).value)
    done(AskAsm(number, "Ana Ruiz, 2 of 5", "May I offer her a revision?", ticket_id=ticket))
    done(AskAsm(number, "Ana Ruiz, 2 of 5", "May I offer her a revision?", sent=True, ticket_id=ticket))
    found = rows(desk, Ticket)[0]
    assert (found.recipient, found.client_id, found.csat_id, found.subject, found.sent_at) == (
        TicketTo.ASM, ana, number, "Ana Ruiz, 2 of 5", NOW,
    )  # fmt: skip
    with refused(desk):
        desk.do(AskAsm(number, "Another", "Words", ticket_id=ticket))
    done(SettleTicket(ticket))
    done(MarkTicketSent(ticket, sent=False))
    with refused(desk, "body"):
        desk.do(AskAsm(number, "Subject", "  "))


def test_a_client_who_goes_takes_it_all_with_her_and_undo_brings_it_back(desk: Desk, ana: int, done: Done) -> None:
    number = of_file(desk, ana)
    desk.do(SetAction(number, TaskForm("Adjust")))
    desk.do(AskAsm(number, "Subject", "Words"))
    done(DeleteClient(ana))
    assert [rows(desk, table) for table in (CsatResponse, Task, Ticket)] == [[], [], []]
    assert desk.do(CheckDesk()).value.problems == ()


def test_a_merge_keeps_all_of_both(desk: Desk, ana: int, done: Done) -> None:
    """A complaint, what was promised and what was asked would be lost with the second record of a client."""
    bea = add_client(desk, "Ana R.")
    for client_id, key in ((ana, "csat-1"), (bea, "csat-2")):
        number = of_file(desk, client_id, 2, key)
        desk.do(SetAction(number, TaskForm(f"Adjust {key}")))
        desk.do(AskAsm(number, key, "Words"))
    done(MergeClients(ana, bea))
    responses, tasks, tickets = (rows(desk, table) for table in (CsatResponse, Task, Ticket))
    assert {row.client_id for row in (*responses, *tasks, *tickets)} == {ana}
    assert [row.action_task_id for row in responses] == [task.id for task in tasks]
    assert [ticket.csat_id for ticket in tickets] == [row.id for row in responses]
    assert desk.do(CheckDesk()).value.problems == ()


def test_what_is_gone_is_refused(desk: Desk, ana: int) -> None:
    for command in (MarkRead((7,)), MarkAnswered((7,)), ChangeThemes((7,)), SetAction(7, TaskForm("x")), MarkRead(())):
        with refused(desk):
            desk.do(command)


def test_her_history_tells_themes_answer_and_action_but_not_that_it_was_read(desk: Desk, ana: int) -> None:
    """Opening a response would fill her history with nothing."""
    number = of_file(desk, ana)
    desk.do(MarkRead((number,)))
    desk.do(ChangeThemes((number,), frozenset({Theme.TIMELY})))
    desk.do(SetAction(number, TaskForm("Tell her what is sold out")))
    desk.do(AskAsm(number, "What now?", "Words", sent=True))
    desk.do(MarkAnswered((number,)))
    said = [words for one in desk.ask(client_history, ana).happenings for words in one.said]
    assert said[:6] == [
        "Answered her rating",
        "Sent the question to the ASM “What now?”",
        "Drafted a question to the ASM “What now?”",
        "Added a task “Tell her what is sold out”",
        "Added the themes of her rating: timely responses",
        "Added her to the desk",
    ] and said[-1].startswith("Rated you 2 of 5")


FORM = st.builds(
    ResponseForm, st.integers(0, 6), st.just(YESTERDAY), st.sampled_from(["", "Late"]), st.none(), st.none()
)
ID = st.integers(1, 3)
IDS = st.lists(ID, max_size=3)
THEMES = st.frozensets(st.sampled_from(Theme))
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(AddResponse, st.just(1), FORM),
    st.builds(EditResponse, ID, FORM),
    st.builds(RemoveResponse, ID),
    st.builds(MarkRead, IDS, st.booleans()),
    st.builds(CheckToday),
    st.builds(ChangeThemes, IDS, THEMES, THEMES),
    st.builds(MarkAnswered, IDS, st.booleans()),
    st.builds(SetAction, ID, st.builds(TaskForm, st.sampled_from(["", "Adjust"]))),
    st.builds(RemoveTask, ID),
    st.builds(AskAsm, ID, st.just("Subject"), st.sampled_from(["", "Words"]), st.booleans(), st.none() | ID),
    st.builds(DeleteClient, st.just(2)),
)


@settings(max_examples=times(12))
@given(st.lists(COMMANDS, min_size=3, max_size=20))
def test_in_whatever_order_all_of_it_is_taken_back_and_done_again(
    new_desk: Callable[[], Desk], commands: list[Command]
) -> None:
    with new_desk() as desk:
        add_client(desk)
        of_file(desk, add_client(desk, "Bea Okafor"))
        start, done = dump(desk), 0
        for command in commands:
            before = dump(desk)
            try:
                done += desk.do(command).changed
            except Refused:
                assert dump(desk) == before
        end = dump(desk)
        for _ in range(done):
            desk.undo()
        assert dump(desk) == start
        for _ in range(done):
            desk.redo()
        assert dump(desk) == end
