"""Storing Style Quizzes (R22). The newest sets spending power, and the cadence if it says how often to style her.

Both are set only when a quiz is new or has changed, so that importing it again takes nothing back that the rep has set
since. A cadence that does not count from the day of one of her quizzes was set by hand, and stays.
"""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stylistdesk.db.tables import Cadence, StyleQuiz, StyleQuizAnswer
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.frequency import asks_frequency, frequency
from stylistdesk.exchange.ledger import Ledger, Values, differences, fetch
from stylistdesk.exchange.people import Person
from stylistdesk.exchange.records import QuizRecord
from stylistdesk.exchange.store import Store


class _Shelf:
    """The quizzes, answers and cadences of the clients at hand, kept in step with what is written."""

    def __init__(self, ledger: Ledger, clients: list[int]) -> None:
        session = ledger.session
        self.quizzes: dict[int, list[Values]] = {}
        self.answers: dict[int, dict[str, Values]] = {}
        self.cadences = {row["client_id"]: row for row in fetch(session, Cadence, "client_id", clients)}
        for quiz in fetch(session, StyleQuiz, "client_id", clients):
            self.quizzes.setdefault(quiz["client_id"], []).append(quiz)
        ids = [quiz["id"] for quizzes in self.quizzes.values() for quiz in quizzes]
        for answer in fetch(session, StyleQuizAnswer, "quiz_id", ids):
            self.answers.setdefault(answer["quiz_id"], {})[answer["question"]] = answer


def store_quizzes(records: Sequence[QuizRecord], store: Store) -> None:
    """Store the records."""
    people = store.people
    people.load(record.client for record in records)
    persons: dict[int, Person] = {}
    for index, record in enumerate(records):
        try:
            persons[index] = people.person(record.client)
        except Refused as error:
            store.refuse(record, error)
    shelf = _Shelf(store.ledger, [person.id for person in persons.values()])
    for index, record in enumerate(records):
        if index in persons:
            _store(record, persons[index], shelf, store)
        people.done(record.client)


def _store(record: QuizRecord, person: Person, shelf: _Shelf, store: Store) -> None:
    quizzes = shelf.quizzes.setdefault(person.id, [])
    quiz = next((known for known in quizzes if known["taken_at"] == record.taken_at), None)
    new = quiz is None
    changed = False
    if quiz is None:
        store.people.know(person, record.client)
        quiz = {"client_id": person.id, "taken_at": record.taken_at, "spending_power": record.spending_power}
        quiz["id"] = store.ledger.insert(StyleQuiz, **quiz)
        quizzes.append(quiz)
    elif record.spending_power:
        changes = differences(quiz, {"spending_power": record.spending_power})
        changed = store.ledger.update(StyleQuiz, quiz["id"], changes, person.id)
        quiz |= changes
    if not new and not changed:
        store.ledger.unchanged["style_quiz"] += 1
    answered = _answers(record, shelf.answers.setdefault(quiz["id"], {}), quiz["id"], store)
    if answered:
        store.ledger.clients.add(person.id)
    if new or changed or answered:
        _conclude(record, person, [known for known in quizzes if known is not quiz], shelf, store)


def _answers(record: QuizRecord, there: dict[str, Values], quiz_id: int, store: Store) -> bool:
    """Whether any answer was new or changed."""
    changed = False
    for question, answer in record.answers:
        known = there.get(question)
        if known is None:
            values: Values = {"quiz_id": quiz_id, "position": len(there), "question": question, "answer": answer}
            there[question] = values | {"id": store.ledger.insert(StyleQuizAnswer, **values)}
            changed = True
        elif answer and store.ledger.update(StyleQuizAnswer, known["id"], differences(known, {"answer": answer})):
            known["answer"] = answer
            changed = True
    return changed


def _conclude(record: QuizRecord, person: Person, others: list[Values], shelf: _Shelf, store: Store) -> None:
    later = [quiz for quiz in others if quiz["taken_at"] > record.taken_at]
    if record.spending_power and not any(quiz["spending_power"] for quiz in later):
        person.client.row["spending_power"] = record.spending_power
    if not later:
        _set_cadence(record, person, [quiz["taken_at"] for quiz in others], shelf, store)


def _set_cadence(record: QuizRecord, person: Person, taken: list[datetime], shelf: _Shelf, store: Store) -> None:
    answers = [answer for question, answer in record.answers if asks_frequency(question)]
    wanted = next((found for answer in answers if (found := frequency(answer))), None)
    if wanted is None:
        return
    zone = store.work.zone
    values: Values = {"every": wanted.every, "unit": wanted.unit, "anchor_on": _day(record.taken_at, zone)}
    there = shelf.cadences.get(person.id)
    if there is None:
        row_id = store.ledger.insert(Cadence, client_id=person.id, **values)
        shelf.cadences[person.id] = values | {"id": row_id}
    elif there["anchor_on"] in {_day(at, zone) for at in [*taken, record.taken_at]}:
        store.ledger.update(Cadence, there["id"], differences(there, values), person.id)
        there |= values


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
