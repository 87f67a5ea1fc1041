"""Cadences and Style Quizzes entered by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.cadences import LeaveCadence, PauseCadence, ResumeCadence, SetCadence
from stylistdesk.commands.clients import ClientForm, EditClient
from stylistdesk.commands.quizzes import AddQuiz, EditQuiz, QuizForm, RemoveQuiz
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.frequency import parse_frequency
from stylistdesk.domain.quiz_versions import compare
from stylistdesk.queries.cadence import ClientCadence, client_cadence
from stylistdesk.queries.clients import client_card
from stylistdesk.queries.quizzes import client_quizzes, questions_to_ask
from tests.commands.undone import Done, refused
from tests.conftest import NOW
from tests.helpers import add_client

OFTEN = "How often would you like new looks?"
SIZES = "Your sizes (top, bottom, shoe)"


@pytest.fixture
def ana(desk: Desk) -> int:
    """Ana Ruiz; her id."""
    return add_client(desk)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def _cadence(desk: Desk, client_id: int) -> ClientCadence:
    found = desk.ask(client_cadence, client_id)
    assert found is not None
    return found


def test_she_enrols_pauses_resumes_changes_and_leaves(desk: Desk, ana: int, done: Done, clock: FrozenClock) -> None:
    assert desk.ask(client_cadence, ana) is None
    done(SetCadence(ana, 1, "month", date(2026, 12, 31)))
    hers = _cadence(desk, ana)
    assert hers.words == "every month"
    assert [f"{day:%-d %b}" for day in hers.next_days] == ["31 Dec", "31 Jan", "28 Feb", "31 Mar", "30 Apr", "31 May"]
    done(PauseCadence(ana))
    assert _cadence(desk, ana).paused_at == NOW
    clock.at = NOW + timedelta(days=100)  # 1 March
    done(ResumeCadence(ana))
    assert _cadence(desk, ana).next_days[0] == date(2027, 3, 31)
    done(SetCadence(ana, 6, "week", date(2027, 3, 1)))
    assert _cadence(desk, ana).words == "every 6 weeks"
    done(LeaveCadence(ana))
    assert desk.ask(client_cadence, ana) is None
    for command in (PauseCadence(ana), ResumeCadence(ana), LeaveCadence(ana)):
        with refused(desk):
            desk.do(command)


@pytest.mark.parametrize(("every", "unit"), [(0, "week"), (-1, "month"), (61, "month"), (105, "week"), (1, "day")])
def test_what_is_no_interval_is_refused(desk: Desk, ana: int, every: int, unit: str) -> None:
    with refused(desk, "every"):
        desk.do(SetCadence(ana, every, unit, date(2026, 12, 1)))


def test_a_paused_cadence_stays_paused_when_it_is_changed(desk: Desk, ana: int) -> None:
    desk.do(SetCadence(ana, 6, "week", date(2026, 11, 20)))
    desk.do(PauseCadence(ana))
    desk.do(SetCadence(ana, 8, "week", date(2026, 11, 20)))
    assert _cadence(desk, ana).paused_at is not None


@pytest.mark.parametrize(
    ("words", "found"),
    [("6 weeks", (6, "week")), ("every 2 months", (2, "month")), ("month", (1, "month")), ("monthly", (1, "month")),
     ("twice a year", (6, "month")), ("every other week", (2, "week")),
     ("every fortnight", (2, "week")), ("fortnightly", (2, "week")), ("2 fortnights", (4, "week"))],
)  # fmt: skip
def test_an_interval_is_understood(words: str, found: tuple[int, str]) -> None:
    assert parse_frequency(words) == found


@pytest.mark.parametrize("words", ["", "often", "6", "0 weeks", "900 weeks"])
def test_what_is_no_interval_in_words_is_refused(words: str) -> None:
    with pytest.raises(Refused) as no:
        parse_frequency(words)
    assert no.value.field == "every"


def _power(desk: Desk, client_id: int) -> int | None:
    card = desk.ask(client_card, client_id)
    assert card is not None
    return card.spending_power


def _taken(days: int, power: int | None = None, *answers: tuple[str, str]) -> QuizForm:
    return QuizForm(NOW - timedelta(days=days), power, answers or ((SIZES, "M, 8, 38"),))


def test_spending_power_comes_from_the_newest_quiz_that_tells_it(desk: Desk, ana: int, done: Done) -> None:
    first = int(done(AddQuiz(ana, _taken(100, 2))).value)
    assert _power(desk, ana) == 2
    newest = int(done(AddQuiz(ana, _taken(10, 5))).value)
    assert _power(desk, ana) == 5
    done(AddQuiz(ana, _taken(50, 3)))
    assert _power(desk, ana) == 5
    done(AddQuiz(ana, _taken(1)))
    assert _power(desk, ana) == 5
    done(EditQuiz(newest, _taken(10, 6)))
    assert _power(desk, ana) == 6
    done(RemoveQuiz(newest))
    assert _power(desk, ana) == 3
    done(EditQuiz(first, _taken(100, 4)))
    assert _power(desk, ana) == 3


def test_with_the_last_quiz_gone_there_is_a_dash_unless_it_was_set_by_hand(desk: Desk, ana: int, done: Done) -> None:
    quiz = int(desk.do(AddQuiz(ana, _taken(10, 5))).value)
    done(RemoveQuiz(quiz))
    assert _power(desk, ana) is None
    again = int(desk.do(AddQuiz(ana, _taken(10, 5))).value)
    desk.do(EditClient(ana, ClientForm("Ana Ruiz", spending_power=2)))
    desk.do(EditQuiz(again, _taken(10, 5, (SIZES, "S, 6, 37"))))
    assert _power(desk, ana) == 2
    desk.do(RemoveQuiz(again))
    assert _power(desk, ana) == 2


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.none() | st.integers(1, 6)), min_size=1, max_size=6, unique_by=lambda q: q[0]
    )
)
def test_in_whatever_order_quizzes_come_the_newest_decides(
    new_desk: object, quizzes: list[tuple[int, int | None]]
) -> None:
    with new_desk() as desk:
        ana = add_client(desk)
        for days, power in quizzes:
            desk.do(AddQuiz(ana, _taken(days, power)))
        telling = [power for _, power in sorted(quizzes) if power]
        assert _power(desk, ana) == (telling[0] if telling else None)


def test_the_questions_of_the_last_quiz_are_asked_again(desk: Desk, ana: int) -> None:
    bea = add_client(desk, "Bea Okafor")
    assert desk.ask(questions_to_ask, ana) == ()
    desk.do(AddQuiz(bea, _taken(5, None, (OFTEN, "Monthly"), (SIZES, "S"))))
    assert desk.ask(questions_to_ask, ana) == ((OFTEN, ""), (SIZES, ""))
    desk.do(AddQuiz(ana, _taken(50, None, (SIZES, "M"), ("Colors?", ""))))
    assert desk.ask(questions_to_ask, ana) == ((SIZES, "M"), ("Colors?", ""))


def test_editing_a_quiz_changes_adds_and_takes_away_answers(desk: Desk, ana: int, done: Done) -> None:
    quiz = int(desk.do(AddQuiz(ana, _taken(5, None, (OFTEN, "Never"), (SIZES, "M")))).value)
    done(EditQuiz(quiz, _taken(5, None, (SIZES, "L"), ("Colors?", "Ink\nbone"))))
    assert desk.ask(client_quizzes, ana)[0].answers == ((SIZES, "L"), ("Colors?", "Ink\nbone"))


def test_how_often_she_wants_looks_sets_her_cadence_unless_it_was_set_by_hand(desk: Desk, ana: int, done: Done) -> None:
    said = done(AddQuiz(ana, _taken(50, None, (OFTEN, "Every 6 weeks")))).label
    assert said == "Added a Style Quiz of Ana Ruiz; cadence now every 6 weeks"
    assert (_cadence(desk, ana).words, _cadence(desk, ana).anchor_on) == ("every 6 weeks", date(2026, 10, 2))
    said = done(AddQuiz(ana, _taken(5, None, (OFTEN, "Monthly")))).label
    assert said.endswith("; cadence now every month")
    assert (_cadence(desk, ana).words, _cadence(desk, ana).anchor_on) == ("every month", date(2026, 11, 16))
    assert done(AddQuiz(ana, _taken(3, None, (OFTEN, "Monthly")))).label == "Added a Style Quiz of Ana Ruiz"
    desk.do(SetCadence(ana, 8, "week", date(2026, 12, 1)))
    assert desk.do(AddQuiz(ana, _taken(1, None, (OFTEN, "Every 2 weeks")))).label == "Added a Style Quiz of Ana Ruiz"
    assert _cadence(desk, ana).words == "every 8 weeks"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (QuizForm(NOW + timedelta(days=1), 3), "taken_on"),
        (QuizForm(NOW, 7), "spending_power"),
        (QuizForm(NOW, None, ((SIZES, ""),)), None),
        (QuizForm(NOW, None, (("", "38"),)), "question"),
        (QuizForm(NOW, None, ((SIZES, "38"), (SIZES, "39"))), "question"),
    ],
)
def test_a_quiz_that_is_none_is_refused(desk: Desk, ana: int, form: QuizForm, field: str | None) -> None:
    with refused(desk, field):
        desk.do(AddQuiz(ana, form))


def test_two_quizzes_of_one_instant_are_refused(desk: Desk, ana: int) -> None:
    desk.do(AddQuiz(ana, _taken(5, 3)))
    with refused(desk, "taken_on"):
        desk.do(AddQuiz(ana, _taken(5, 4)))


def test_versions_stand_side_by_side_with_what_changed() -> None:
    newest = ((SIZES, "L"), ("Colors?", "Ink"), ("New?", "yes"))
    before = (("colors?", "ink "), (SIZES, "M"), ("Gone?", "yes"))
    rows = {row.question: row for row in compare([newest, before])}
    assert list(rows) == [SIZES, "Colors?", "New?", "Gone?"]
    assert rows[SIZES].changed == (True, False)
    assert rows["Colors?"].changed == (False, False)
    assert rows["New?"].answers == ("yes", None) and rows["New?"].changed == (False, False)
    assert rows["Gone?"].answers == (None, "yes")
    assert compare([(("Q", "a"),), (("Q", ""),), (("Q", "b"),)])[0].changed == (True, False, False)
