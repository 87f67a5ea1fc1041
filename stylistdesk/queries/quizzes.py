"""The Style Quizzes of one client, all versions (R22)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from stylistdesk.db.tables import StyleQuiz, StyleQuizAnswer
from stylistdesk.queries.asking import Asking

MOST = 50
"""So many versions are given, the newest."""


@dataclass(frozen=True, slots=True)
class QuizVersion:
    """One Style Quiz with its questions and answers in their order."""

    id: int
    taken_at: datetime
    spending_power: int | None
    answers: tuple[tuple[str, str], ...]


def client_quizzes(asking: Asking, client_id: int) -> tuple[QuizVersion, ...]:
    """Her Style Quizzes, newest first."""
    quizzes = asking.session.exec(
        select(StyleQuiz)
        .where(StyleQuiz.client_id == client_id)
        .order_by(col(StyleQuiz.taken_at).desc(), col(StyleQuiz.id).desc())
        .limit(MOST)
    ).all()
    answers = _answers(asking, [quiz.id or 0 for quiz in quizzes])
    return tuple(QuizVersion(q.id or 0, q.taken_at, q.spending_power, answers[q.id or 0]) for q in quizzes)


def _answers(asking: Asking, ids: list[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    found: dict[int, list[tuple[str, str]]] = {number: [] for number in ids}
    for one in asking.session.exec(
        select(StyleQuizAnswer)
        .where(col(StyleQuizAnswer.quiz_id).in_(ids))
        .order_by(col(StyleQuizAnswer.quiz_id), col(StyleQuizAnswer.position), col(StyleQuizAnswer.id))
    ):
        found[one.quiz_id].append((one.question, one.answer))
    return {number: tuple(pairs) for number, pairs in found.items()}


def questions_to_ask(asking: Asking, client_id: int) -> tuple[tuple[str, str], ...]:
    """The questions of her last quiz with what she answered then; of the desk's last one if she has none."""
    newest = select(StyleQuiz.id).order_by(col(StyleQuiz.taken_at).desc(), col(StyleQuiz.id).desc()).limit(1)
    hers = asking.session.exec(newest.where(StyleQuiz.client_id == client_id)).first()
    if hers is not None:
        return _answers(asking, [hers])[hers]
    last = asking.session.exec(newest).first()
    return tuple((question, "") for question, _ in _answers(asking, [last])[last]) if last is not None else ()
