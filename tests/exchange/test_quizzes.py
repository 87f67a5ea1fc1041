"""Style Quizzes: spending power and cadence come from the newest one."""

from datetime import date
from typing import Any

import pytest

from stylistdesk.db.tables import Cadence, Client, StyleQuiz, StyleQuizAnswer
from stylistdesk.domain.frequency import asks_frequency, frequency

HEADER = "client_email,taken_at,spending_power,question,answer\n"
OFTEN = "How often would you like new looks?"


def _quiz(day: str, power: str, often: str, email: str = "ana@example.com") -> str:
    at = f"2026-{day}T10:00:00-04:00"
    return f"{email},{at},{power},{OFTEN},{often}\n{email},{at},{power},Colours?,ink\n"


def test_the_rows_of_one_time_are_one_quiz(bench: Any) -> None:
    """Each answer would be a quiz of its own."""
    one, two = _quiz("05-01", "3", "Every 6 weeks"), _quiz("06-01", "", "Never", "ben@example.com")
    mixed = "".join(line + "\n" for pair in zip(one.splitlines(), two.splitlines(), strict=True) for line in pair)
    report = bench.take(HEADER + mixed)
    assert report.created == {"client": 2, "contact": 2, "style_quiz": 2, "cadence": 1}
    answers = [(a.quiz_id, a.position, a.question, a.answer) for a in bench.all(StyleQuizAnswer)]
    assert answers[:2] == [(1, 0, OFTEN, "Every 6 weeks"), (1, 1, "Colours?", "ink")]
    assert [client.spending_power for client in bench.all(Client)] == [3, None]


def test_the_newest_quiz_counts_in_whatever_order_they_come(bench: Any) -> None:
    """An old quiz imported late would take a client down to $."""
    bench.take(HEADER + _quiz("06-01", "5", "Every 3 months"))
    bench.take(HEADER + _quiz("05-01", "1", "Every month"))
    assert bench.all(Client)[0].spending_power == 5
    cadence = bench.all(Cadence)[0]
    assert (cadence.every, cadence.unit, cadence.anchor_on) == (3, "month", date(2026, 6, 1))
    bench.take(HEADER + _quiz("07-01", "$$$$$$", "Every 2 weeks"))
    cadence = bench.all(Cadence)[0]
    assert (cadence.every, cadence.unit, cadence.anchor_on) == (2, "week", date(2026, 7, 1))
    assert bench.all(Client)[0].spending_power == 6


def test_what_was_set_by_hand_since_is_not_taken_back(bench: Any) -> None:
    """The rep's own spending power and cadence would be undone by yesterday's file."""
    bench.take(HEADER + _quiz("05-01", "3", "Every 6 weeks"))
    with bench.desk._database.write() as session:
        session.connection().exec_driver_sql("UPDATE client SET spending_power = 4")
        session.connection().exec_driver_sql("UPDATE cadence SET anchor_on = '2026-05-10', every = 8")
    again = bench.take(HEADER + _quiz("05-01", "3", "Every 6 weeks"))
    assert (again.created, again.updated, again.unchanged) == ({}, {}, {"style_quiz": 1})
    bench.take(HEADER + _quiz("08-01", "5", "Every month"))
    assert (bench.all(Client)[0].spending_power, bench.all(Cadence)[0].every) == (5, 8)


def test_a_changed_answer_is_changed_and_a_new_one_added(bench: Any) -> None:
    """A corrected quiz would keep its wrong size."""
    bench.take(HEADER + _quiz("05-01", "3", "Every 6 weeks"))
    report = bench.take(
        HEADER + _quiz("05-01", "3", "Every month") + "ana@example.com,2026-05-01T14:00:00Z,3,Size?,38\n"
    )
    assert [(a.question, a.answer) for a in bench.all(StyleQuizAnswer)] == [
        (OFTEN, "Every month"),
        ("Colours?", "ink"),
        ("Size?", "38"),
    ]
    assert (report.updated, len(bench.all(StyleQuiz)), bench.all(Cadence)[0].unit) == ({"cadence": 1}, 1, "month")


def test_a_wrong_row_is_refused_and_the_quiz_goes_in_without_it(bench: Any) -> None:
    """Seven dollar signs would break the list."""
    rows = (
        _quiz("05-01", "3", "x")
        + "ana@example.com,2026-05-01T14:00:00Z,7,Size?,38\n,soon,,,\nb@example.com,soon,1,Q,A\n"
    )
    report = bench.take(HEADER + rows)
    assert [(row.line, row.reason.split("”")[0]) for row in report.refused] == [
        (4, "spending_power “7"),
        (5, "the row names no client: no email, phone or name"),
        (6, "“soon"),
    ]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Every 6 weeks", (6, "week")),
        ("every month", (1, "month")),
        ("Every 3 months, please", (3, "month")),
        ("Monthly", (1, "month")),
        ("Every other month", (2, "month")),
        ("Every two weeks", (2, "week")),
        ("Once a season", (3, "month")),
        ("Quarterly", (3, "month")),
        ("Twice a year", (6, "month")),
        ("4 times a year", (3, "month")),
        ("Bi-weekly", (2, "week")),
        ("Just this once", None),
        ("Never", None),
        ("Every 900 weeks", None),
        ("", None),
    ],
)
def test_a_frequency_is_understood(answer: str, found: tuple[int, str] | None) -> None:
    """Recurring Looks would never come due."""
    assert frequency(answer) == found


def test_only_a_question_about_styling_makes_a_cadence() -> None:
    """ "How often do you travel? Every month" would book a session each month."""
    assert asks_frequency(OFTEN)
    assert not asks_frequency("How often do you travel?")
