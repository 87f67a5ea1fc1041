"""Client satisfaction responses, tied to their assignments."""

from typing import Any

import pytest

from stylistdesk.commands.csat import ChangeThemes, MarkAnswered, SetAction
from stylistdesk.commands.work import TaskForm
from stylistdesk.db.tables import Client, CsatResponse
from stylistdesk.domain.types import Theme
from tests.conftest import NOW

HEADER = "external_id,client_email,assignment_external_id,responded_at,score,comment\n"
AT = "2026-11-20T10:00:00-05:00"
HQ = "external_id,client_email,type,status\nHQ-1,ana@example.com,initial,closed\n"


def test_a_response_finds_its_assignment_and_through_it_its_client(bench: Any) -> None:
    """A bad score would not say which lookbook it is about."""
    bench.take(HQ, "hq.csv")
    report = bench.take(HEADER + f"c1,ana@example.com,HQ-1,{AT},2,Late\nc2,,HQ-1,{AT},5,\nc3,,HQ-9,{AT},5,\n")
    assert [(r.client_id, r.assignment_id, r.score, r.comment) for r in bench.all(CsatResponse)] == [
        (1, 1, 2, "Late"),
        (1, 1, 5, ""),
    ]
    assert [row.line for row in report.refused] == [4]
    assert len(bench.all(Client)) == 1


def test_an_unknown_assignment_is_told_and_the_response_kept(bench: Any) -> None:
    """The answer of an unhappy client would be thrown away for a number."""
    report = bench.take(HEADER + f"c1,ana@example.com,HQ-9,{AT},1,\n")
    assert (report.notices[0].text, len(bench.all(CsatResponse))) == (
        "there is no assignment HQ-9; the response stands alone",
        1,
    )


def test_the_same_responses_again_change_nothing(bench: Any) -> None:
    """An answered complaint would come back unanswered."""
    rows = HEADER + f"c1,ana@example.com,,{AT},1,\n,ana@example.com,,{AT},4,no id\nc1,ana@example.com,,{AT},1,\n"
    bench.take(rows)
    assert bench.take(rows).unchanged == {"csat_response": 2}
    assert bench.take(HEADER + f"c1,ana@example.com,,{AT},2,better\n").updated == {"csat_response": 1}


@pytest.mark.parametrize("score", ["0", "6", "five", "", "4.5", "-1"])
def test_a_score_is_1_to_5(bench: Any, score: str) -> None:
    """A 0 would pull the average down to nothing."""
    assert [row.line for row in bench.take(HEADER + f"c1,ana@example.com,,{AT},{score},\n").refused] == [2]


@pytest.mark.parametrize(("on", "kept"), [("2026-11-21T14:42:00Z", 1), ("2026-11-21", 1), ("2026-11-21T14:43:00Z", 0)])
def test_a_response_has_come_already(bench: Any, on: str, kept: int) -> None:
    """A day ahead would be in no month, and on top of her responses until then."""
    report = bench.take(HEADER + f"c1,ana@example.com,,{on},5,\n")
    assert len(bench.all(CsatResponse)) == kept
    reasons = [] if kept else [(2, "responded_at has not come yet")]
    assert [(row.line, row.reason) for row in report.refused] == reasons


def test_nps_is_taken_where_she_was_asked(bench: Any) -> None:
    """A 0 to 10 in the file would be lost; a wrong one must not lose the row with it."""
    header = HEADER.replace("comment", "comment,nps")
    report = bench.take(
        header + f"c1,ana@example.com,,{AT},5,,10\nc2,ana@example.com,,{AT},4,,\nc3,a@b.co,,{AT},3,,11\n"
    )
    assert [row.nps for row in bench.all(CsatResponse)] == [10, None, None]
    assert [(n.line, n.text) for n in report.notices] == [(4, "nps “11” is not 0 to 10; it was left out")]
    assert bench.take(header + f"c1,ana@example.com,,{AT},5,,\n").unchanged == {"csat_response": 1}
    assert bench.take(header + f"c1,ana@example.com,,{AT},5,,0\n").updated == {"csat_response": 1}
    assert bench.all(CsatResponse)[0].nps == 0


def test_a_row_without_an_id_is_known_again_when_the_file_has_an_empty_nps_column(bench: Any) -> None:
    """A later export of the same survey would bring every response a second time."""
    bench.take(HEADER + f",ana@example.com,,{AT},4,no id\n")
    again = bench.take(HEADER.replace("comment", "comment,nps") + f",ana@example.com,,{AT},4,no id,\n")
    assert again.unchanged == {"csat_response": 1}


def test_an_import_leaves_what_the_rep_has_done_with_a_response(bench: Any) -> None:
    """Importing the same file again would make it all unread and unanswered."""
    bench.take(HEADER + f"c1,ana@example.com,,{AT},1,\n")
    for command in (
        MarkAnswered((1,)),
        ChangeThemes((1,), frozenset({Theme.TIMELY})),
        SetAction(1, TaskForm("Adjust")),
    ):
        bench.desk.do(command)
    bench.take(HEADER + f"c1,ana@example.com,,{AT},1,with words now\n")
    (row,) = bench.all(CsatResponse)
    assert (row.comment, row.read_at, row.answered_at, row.themes, row.action_task_id) == (
        "with words now", NOW, NOW, "timely", 1,
    )  # fmt: skip
