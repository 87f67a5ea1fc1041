"""What the CSAT tab shows: what is new and what wants an answer first, and how scores have gone (R21)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from stylistdesk.commands.csat import (
    AddResponse,
    AskAsm,
    ChangeThemes,
    CheckToday,
    MarkAnswered,
    MarkRead,
    ResponseForm,
    SetAction,
)
from stylistdesk.commands.work import CompleteTask, TaskForm
from stylistdesk.db.tables import Assignment, CsatResponse
from stylistdesk.desk import Desk
from stylistdesk.domain.types import AssignmentType, Theme
from stylistdesk.queries.csat import assignments_to_rate, response_panes, responses
from tests.commands.doing import Do
from tests.conftest import NOW
from tests.helpers import add_client


@pytest.fixture
def ana(desk: Desk) -> int:
    """Ana Ruiz; her id."""
    return add_client(desk)


def put(desk: Desk, client_id: int, *scores: int, days: int = 1, **fields: Any) -> list[int]:
    """Responses as files bring them, each a day older than the one before; their ids."""

    def add(work: Any) -> None:
        for number, score in enumerate(scores):
            at = NOW - timedelta(days=days + number)
            key = f"{client_id}-{days}-{number}"
            row = CsatResponse(client_id=client_id, external_id=key, responded_at=at, score=score, **fields)
            work.session.add(row)

    desk.do(Do(add))
    shown = desk.ask(responses)
    return [row.id for group in (shown.unread, shown.to_answer, shown.rest) for row in group]


def test_unread_come_first_then_what_waits_longest_for_an_answer_then_the_newest(desk: Desk, ana: int) -> None:
    put(desk, ana, 5, 1, 2, 4, 3)
    shown = desk.ask(responses)
    assert [row.score for row in shown.unread] == [5, 1, 2, 4, 3]
    five, one, two, four, _ = (row.id for row in shown.unread)
    desk.do(MarkRead((five, one, two, four)))
    shown = desk.ask(responses)
    groups = [[row.score for row in group] for group in (shown.unread, shown.to_answer, shown.rest)]
    assert groups == [[3], [2, 1], [5, 4]]
    desk.do(MarkAnswered((two,)))
    assert [row.score for row in desk.ask(responses).rest] == [5, 2, 4]


def test_a_row_tells_what_was_done_with_it(desk: Desk, ana: int) -> None:
    (number,) = put(desk, ana, 2)
    task = int(desk.do(SetAction(number, TaskForm("Adjust", date(2026, 11, 27)))).value)
    desk.do(AskAsm(number, "Subject", "Words"))
    (row,) = desk.ask(responses).to_answer
    assert (row.client, row.action_due_on, row.action_done, row.asked) == ("Ana Ruiz", date(2026, 11, 27), False, False)
    desk.do(AskAsm(number, "Subject", "Words", sent=True))
    desk.do(CompleteTask(task))
    (row,) = desk.ask(responses).to_answer
    assert (row.action_done, row.asked, row.typed_in) == (True, True, False)


def test_scores_count_ninety_days_by_the_local_calendar(desk: Desk, ana: int) -> None:
    """A response of the evening would count for the next day, and one of three months ago as a new one."""
    local_midnight = datetime(2026, 8, 24, 4, 0, tzinfo=UTC)  # the first instant of the 90 days up to 21 November
    for at in (NOW, local_midnight, local_midnight - timedelta(seconds=1)):
        desk.do(AddResponse(ana, ResponseForm(5 if at == NOW else 2, at)))
    shown = desk.ask(responses)
    assert (shown.lately.n, shown.lately.satisfied) == (2, 5_000)
    assert (shown.year.n, shown.year.satisfied) == (3, 3_333)
    assert [(month.first.month, month.scores.n) for month in shown.months if month.scores.n] == [(8, 2), (11, 1)]


def test_themes_have_their_count_and_mean(desk: Desk, ana: int) -> None:
    numbers = put(desk, ana, 2, 5)
    desk.do(ChangeThemes(numbers, frozenset({Theme.TIMELY})))
    told = {one.theme: (one.scores.n, one.scores.average) for one in desk.ask(responses).themes}
    assert told[Theme.TIMELY] == (2, 350) and told[Theme.LOOKS] == (0, None)


def test_when_it_was_last_checked(desk: Desk, ana: int) -> None:
    assert desk.ask(responses).checked_at is None
    desk.do(CheckToday())
    assert desk.ask(responses).checked_at == NOW


def test_an_empty_desk_has_nothing_to_show(desk: Desk) -> None:
    shown = desk.ask(responses)
    assert (shown.unread, shown.to_answer, shown.rest, shown.lately.satisfied) == ((), (), (), None)


def test_a_response_in_full(desk: Desk, ana: int) -> None:
    at = NOW - timedelta(days=3)
    job = Assignment(client_id=ana, type=AssignmentType.REVISION, revision_number=2, consultation_at=at)
    ahead = Assignment(client_id=ana, type=AssignmentType.RECURRING, consultation_at=NOW + timedelta(days=1))
    desk.do(Do(lambda work: work.session.add_all([job, ahead])))
    put(desk, ana, 5, 4, 3, 3, 1, days=5)
    (newest, *_) = put(desk, ana, 2, assignment_id=1, comment="Asked twice.", nps=4)
    desk.do(SetAction(newest, TaskForm("Adjust")))
    first = desk.do(AskAsm(newest, "First", "Words", sent=True)).value
    second = desk.do(AskAsm(newest, "Second", "Words")).value
    pane = desk.ask(response_panes, (newest, 99))[newest]
    assert (pane.first_name, pane.assignment, pane.consultation_at, pane.row.nps) == ("Ana", "Revision 2", at, 4)
    assert pane.action is not None and (pane.action.description, pane.action.category) == ("Adjust", "CSAT")
    assert [question.ticket_id for question in pane.questions] == [second, first]
    assert pane.draft is not None and pane.draft.subject == "Second"
    assert [one.score for one in pane.before] == [5, 4, 3]
    assert desk.ask(assignments_to_rate, ana) == ((1, "Revision 2", at),)  # of what is still ahead nobody knows yet
