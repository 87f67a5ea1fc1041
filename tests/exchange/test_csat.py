"""Client satisfaction responses, tied to their assignments."""

from typing import Any

import pytest

from stylistdesk.db.tables import Client, CsatResponse

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
