"""Style Quizzes: one answer a row; all answers of a client at one time are one quiz, wherever its rows stand (R22)."""

from dataclasses import dataclass, field
from datetime import datetime

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import SPENDING_POWERS
from stylistdesk.exchange.cells import cell, client_ref, instant, long_cell
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.reading import Reading
from stylistdesk.exchange.records import ClientRef, Notice, QuizRecord, RefusedRow, Rows

_COLUMNS = ("client_email", "client_phone", "client_name", "taken_at", "spending_power", "question", "answer")


@dataclass(slots=True)
class _Quiz:
    line: int
    spending_power: int | None = None
    answers: dict[str, str] = field(default_factory=dict)


def _read(reading: Reading) -> Rows:
    locale = reading.locale
    quizzes: dict[tuple[ClientRef, datetime], _Quiz] = {}
    with reading.table() as table:
        places = [table.at(column) for column in _COLUMNS]
        for found in table.rows():
            if isinstance(found, RefusedRow | Notice):
                yield found
                continue
            line, row = found
            email, phone, name, taken, power, question, answer = (row[place] for place in places)
            try:
                ref, notices = client_ref(line, locale.country, name=name, email=email, phone=phone)
                taken_at = instant(taken, locale.zone)
                spending_power = _spending_power(power)
                asked = cell(question)
                if not asked and answer.strip():
                    raise Refused("the row has an answer and no question")
            except Refused as error:
                yield RefusedRow(line, str(error))
                continue
            yield from notices
            quiz = quizzes.setdefault((ref, taken_at), _Quiz(line))
            if quiz.spending_power is None:
                quiz.spending_power = spending_power
            elif spending_power not in (None, quiz.spending_power):
                yield Notice(line, f"spending_power was {quiz.spending_power} on line {quiz.line}; it stays so")
            if asked:
                _answer(quiz, asked, long_cell(answer))
    for (ref, taken_at), quiz in quizzes.items():
        yield QuizRecord(quiz.line, ref, taken_at, quiz.spending_power, tuple(quiz.answers.items()))


def _answer(quiz: _Quiz, question: str, answer: str) -> None:
    """A question that may be answered several times ("Colours?") keeps every answer."""
    there = quiz.answers.get(question)
    if not there:
        quiz.answers[question] = answer
    elif answer and answer not in there.split("\n"):
        quiz.answers[question] = f"{there}\n{answer}"


def _spending_power(text: str) -> int | None:
    """1 to 6, or as many `$`; None for a blank cell. Raises `Refused`."""
    written = cell(text)
    if not written:
        return None
    if set(written) == {"$"}:
        power = len(written)
    else:
        whole = written.removesuffix(".0")
        power = int(whole) if whole in {str(known) for known in SPENDING_POWERS} else 0
    if power not in SPENDING_POWERS:
        raise Refused(f"spending_power “{written[:20]}” is not 1 to 6")
    return power


STYLE_QUIZZES = Format(
    name="style_quizzes",
    label="Style Quizzes",
    program="quiz",
    required=("taken_at", "question", "answer"),
    one_of=("client_email", "client_phone", "client_name"),
    used=_COLUMNS,
    read=_read,
    aliases=("style_quiz", "quizzes"),
)
