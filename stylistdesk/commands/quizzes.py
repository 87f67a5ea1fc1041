"""Style Quizzes that the rep enters herself (R22). Spending power comes from the newest one that tells it.

The answer to how often she wants new looks sets her cadence, as an imported quiz does (`exchange/store_quizzes.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, delete, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.cadences import cadence_of
from stylistdesk.commands.triage import client_named
from stylistdesk.db.tables import Cadence, Client, StyleQuiz, StyleQuizAnswer
from stylistdesk.domain.dates import say_cadence
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.frequency import asks_frequency, frequency
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import SPENDING_POWERS

MOST_ANSWERS = 200
"""A quiz has at most so many questions."""


@dataclass(frozen=True, slots=True)
class QuizForm:
    """What the form of a quiz holds: when it was taken, spending power (1 to 6), questions with their answers."""

    taken_at: datetime
    spending_power: int | None = None
    answers: tuple[tuple[str, str], ...] = ()

    def checked(self, work: Work) -> "QuizForm":
        """The same, cleaned; a question may stay without an answer. Raises `Refused` at the first wrong field."""
        if self.taken_at > work.now:
            raise Refused("That day is yet to come.", field="taken_on", hint="For example: today, yesterday, 14 mar.")
        if self.spending_power is not None and self.spending_power not in SPENDING_POWERS:
            raise Refused("Spending power is 1 to 6.", field="spending_power", hint="Leave it empty if unknown.")
        answers: dict[str, str] = {}
        for question, answer in self.answers[:MOST_ANSWERS]:
            asked, said = clean(question), clean(answer, multiline=True)
            if said and not asked:
                raise Refused("The question is missing.", field="question", hint="What was she asked?")
            if asked in answers:
                raise Refused("That question is there already.", field="question", hint="Answer it above.")
            if asked:
                answers[asked] = said
        if self.spending_power is None and not any(answers.values()):
            raise Refused("The quiz is empty.", hint="Answer a question, or say what she spends.")
        return replace(self, answers=tuple(answers.items()))


@dataclass(frozen=True, slots=True)
class AddQuiz:
    """Keep a Style Quiz that a client took. `Outcome.value` is its id."""

    client_id: int
    form: QuizForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an empty quiz, a day to come, or a second one of the same instant."""
        client, form = client_named(work.session, self.client_id), self.form.checked(work)
        before = _deciding(work, self.client_id)
        quiz = StyleQuiz(client_id=self.client_id, taken_at=form.taken_at, spending_power=form.spending_power)
        _refuse_same_time(work, self.client_id, form.taken_at)
        work.session.add(quiz)
        work.session.flush()
        _answer(work, quiz, form.answers)
        cadence = _conclude(work, client, before)
        return Outcome(f"Added a Style Quiz of {client.name}{cadence}", (self.client_id,), quiz.id)


def _quiz(work: Work, quiz_id: int) -> StyleQuiz:
    quiz = work.session.get(StyleQuiz, quiz_id)
    if quiz is None:
        raise Refused("This Style Quiz is no longer on the desk.", hint="Undo brings a removed one back.")
    return quiz


@dataclass(frozen=True, slots=True)
class EditQuiz:
    """Change a Style Quiz."""

    quiz_id: int
    form: QuizForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` as adding does."""
        quiz, form = _quiz(work, self.quiz_id), self.form.checked(work)
        client = client_named(work.session, quiz.client_id)
        before = _deciding(work, quiz.client_id)
        if form.taken_at != quiz.taken_at:
            _refuse_same_time(work, quiz.client_id, form.taken_at)
        quiz.taken_at, quiz.spending_power = form.taken_at, form.spending_power
        _answer(work, quiz, form.answers)
        cadence = _conclude(work, client, before)
        return Outcome(f"Edited a Style Quiz of {client.name}{cadence}", (quiz.client_id,), quiz.id)


@dataclass(frozen=True, slots=True)
class RemoveQuiz:
    """Take a Style Quiz away, with its answers."""

    quiz_id: int

    def apply(self, work: Work) -> Outcome:
        """Spending power is then the next newest quiz's, or a dash. Raises `Refused` if the quiz is gone."""
        quiz = _quiz(work, self.quiz_id)
        client = client_named(work.session, quiz.client_id)
        before = _deciding(work, quiz.client_id)
        work.session.exec(delete(StyleQuizAnswer).where(col(StyleQuizAnswer.quiz_id) == self.quiz_id))
        work.session.delete(quiz)
        _set_power(work, client, before)
        return Outcome(f"Removed a Style Quiz of {client.name}", (client.id or 0,))


def _refuse_same_time(work: Work, client_id: int, taken_at: datetime) -> None:
    if work.session.exec(
        select(StyleQuiz.id).where(StyleQuiz.client_id == client_id, StyleQuiz.taken_at == taken_at)
    ).first():
        raise Refused("She took a Style Quiz at that very time.", field="taken_on", hint="Edit that one instead.")


def _answer(work: Work, quiz: StyleQuiz, answers: Sequence[tuple[str, str]]) -> None:
    """Make the answers these, in this order; those that stay as they are are not touched."""
    found = work.session.exec(select(StyleQuizAnswer).where(StyleQuizAnswer.quiz_id == quiz.id))
    there = {answer.question: answer for answer in found}
    assert quiz.id is not None
    for position, (question, said) in enumerate(answers):
        answer = there.pop(question, None)
        answer = answer or StyleQuizAnswer(quiz_id=quiz.id, position=position, question=question, answer=said)
        answer.position, answer.answer = position, said
        work.session.add(answer)
    for gone in there.values():
        work.session.delete(gone)


def _deciding(work: Work, client_id: int) -> tuple[int, int] | None:
    """The newest quiz that tells spending power, and what it tells."""
    work.session.flush()
    row = work.session.exec(
        select(StyleQuiz.id, StyleQuiz.spending_power)
        .where(StyleQuiz.client_id == client_id, col(StyleQuiz.spending_power).is_not(None))
        .order_by(col(StyleQuiz.taken_at).desc(), col(StyleQuiz.id).desc())
        .limit(1)
    ).first()
    return None if row is None or row[0] is None or row[1] is None else (row[0], row[1])


def _set_power(work: Work, client: Client, before: tuple[int, int] | None) -> None:
    """What the rep set by hand stays until another quiz decides, or the one that decides tells something else."""
    assert client.id is not None
    now = _deciding(work, client.id)
    if now is not None and now != before:
        client.spending_power = now[1]
    elif now is None and before is not None and client.spending_power == before[1]:
        client.spending_power = None


def _conclude(work: Work, client: Client, before: tuple[int, int] | None) -> str:
    """Spending power and cadence, as the newest quiz tells them; a cadence that was set by hand stays.

    What to say of the cadence, if it is another one now.
    """
    _set_power(work, client, before)
    assert client.id is not None
    quizzes = work.session.exec(
        select(StyleQuiz).where(StyleQuiz.client_id == client.id).order_by(col(StyleQuiz.taken_at).desc())
    ).all()
    newest = quizzes[0]
    said = work.session.exec(
        select(StyleQuizAnswer).where(StyleQuizAnswer.quiz_id == newest.id).order_by(col(StyleQuizAnswer.position))
    )
    wanted = next((f for answer in said if asks_frequency(answer.question) and (f := frequency(answer.answer))), None)
    if wanted is None:
        return ""
    anchor = _day(work, newest.taken_at)
    cadence, same = cadence_of(work, client.id), False
    if cadence is None:
        work.session.add(Cadence(client_id=client.id, every=wanted.every, unit=wanted.unit, anchor_on=anchor))
    elif cadence.anchor_on in {_day(work, quiz.taken_at) for quiz in quizzes}:
        same = (cadence.every, cadence.unit) == wanted
        cadence.every, cadence.unit, cadence.anchor_on = wanted.every, wanted.unit, anchor
    else:
        same = True
    return "" if same else f"; cadence now {say_cadence(*wanted)}"


def _day(work: Work, at: datetime) -> date:
    return at.astimezone(work.zone).date()
