"""Style Quiz: every version, and the newest side by side (R22)."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.quiz_versions import Compared, compare
from stylistdesk.domain.spoken_dates import parse_day
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.client import POWERS
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.lines import Line, Piece, fit, line, wrap
from stylistdesk.ui.profile.dated import dated, heading, on
from stylistdesk.ui.profile.section import Entry, Key, Look, Section
from stylistdesk.ui.work_forms import today

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.quizzes import QuizForm
    from stylistdesk.desk import Desk
    from stylistdesk.queries.quizzes import QuizVersion
    from stylistdesk.ui.profile.screen import Profile

    Versions = tuple[QuizVersion, ...]

BROAD = 84
"""From so many cells on, three versions stand side by side; else two."""


class Quiz(Section["Versions"]):
    """The versions, newest first, and below them what she answered."""

    TITLE = "Style Quiz"
    ADDS = "a Style Quiz"

    def read(self, desk: "Desk", client_id: int) -> "Versions":
        from stylistdesk.queries.quizzes import client_quizzes

        return desk.ask(client_quizzes, client_id)

    def entries(self, known: "Versions", look: Look) -> list[Entry]:
        if not known:
            return []
        listed = [_version(quiz, look) for quiz in known]
        side_by_side = known[: 3 if look.width >= BROAD else 2]
        title = "Her answers" if len(side_by_side) == 1 else "Side by side: * is another answer than before"
        return [*listed, heading(title), Entry(tuple(_table(side_by_side, look)))]

    # ------------------------------------------------------------------- keys

    async def add(self, profile: "Profile") -> None:
        from stylistdesk.queries.quizzes import questions_to_ask

        desk = profile.desk
        assert desk is not None
        asked = await asyncio.to_thread(desk.ask, questions_to_ask, profile.client_id)
        fields = _fields(asked, "today", None, desk, again=True)

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.quizzes import AddQuiz

            return AddQuiz(profile.client_id, _form(values, asked, desk, None))

        await profile.fill_in("Add a Style Quiz", fields, make, draft=f"quiz:new:{profile.client_id}")

    async def edit(self, profile: "Profile", key: Key) -> None:
        desk = profile.desk
        quiz = next((quiz for quiz in profile.known if quiz.id == key[1]), None)
        if desk is None or quiz is None:
            return
        day = quiz.taken_at.astimezone(desk.zone).date()

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.quizzes import EditQuiz

            return EditQuiz(quiz.id, _form(values, quiz.answers, desk, quiz.taken_at))

        fields = _fields(quiz.answers, day.isoformat(), quiz.spending_power, desk, again=False)
        await profile.fill_in("Edit the Style Quiz", fields, make, draft=f"quiz:{quiz.id}")

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.quizzes import RemoveQuiz

        await profile.carry_out(RemoveQuiz(key[1]))


# --------------------------------------------------------------------- the form


def _fields(
    asked: Sequence[tuple[str, str]], taken: str, power: int | None, desk: "Desk", *, again: bool
) -> list[Field]:
    """The day, what she spends, every question, and room for a new one. `again`: her answers of last time are hints."""
    here = today(desk)

    def day(typed: str) -> str:
        found = parse_day(typed, here)
        if found > here:
            raise Refused("That day is yet to come.", field="taken_on", hint="For example: today, yesterday, 14 mar.")
        return words.day(found, here)

    fields = [
        Field("taken_on", "Taken on", taken, hint="for example today, yesterday, 14 mar 2026", understood=day),
        Field("spending_power", "Spends", str(power or ""), choices=POWERS),
    ]
    for number, (question, answer) in enumerate(asked):
        height = min(4, answer.count("\n") + 1)
        fields.append(
            Field(
                f"answer{number}", "", "" if again else answer, question=question,
                hint=f"last time: {answer}" if again and answer else "", lines=height if height > 1 else 1,
            )
        )  # fmt: skip
    return [
        *fields,
        Field("question", "New question", hint="may be empty; it is asked again next time"),
        Field("answer", "Its answer"),
    ]


def _form(
    values: dict[str, str], asked: Sequence[tuple[str, str]], desk: "Desk", taken_at: datetime | None
) -> "QuizForm":
    from stylistdesk.commands.quizzes import QuizForm

    answers = [(question, values[f"answer{number}"]) for number, (question, _) in enumerate(asked)]
    answers.append((values["question"], values["answer"]))
    power = values["spending_power"]
    at = _instant(parse_day(values["taken_on"], today(desk)), desk, taken_at)
    return QuizForm(at, int(power) if power else None, tuple(answers))


def _instant(day: date, desk: "Desk", taken_at: datetime | None) -> datetime:
    """When on that day: when it was, now, or at noon."""
    if taken_at is not None and taken_at.astimezone(desk.zone).date() == day:
        return taken_at
    now = desk.now()
    return now if day == today(desk) else datetime.combine(day, time(12), tzinfo=desk.zone)


# ------------------------------------------------------------------- the answers


def _version(quiz: "QuizVersion", look: Look) -> Entry:
    answered = sum(1 for _, answer in quiz.answers if answer)
    head = line(
        Piece(fit(words.power(quiz.spending_power), 8), "power" if quiz.spending_power else "quiet"),
        Piece(words.count(answered, "answer"), "quiet"),
    )
    return dated(("quiz", quiz.id), on(quiz.taken_at, look), head, look)


def _table(quizzes: Sequence["QuizVersion"], look: Look) -> list[Line]:
    """A column for each version; a question is above its answers, so that both have room."""
    gap = 2
    room = max(8, (look.width - 3) // len(quizzes) - gap)
    lines: list[Line] = []
    if len(quizzes) > 1:
        days = [Piece(fit(on(quiz.taken_at, look), room + gap), "quiet") for quiz in quizzes]
        lines += [(Piece("   "), *days)]
    for row in compare([quiz.answers for quiz in quizzes]):
        lines += _row(row, room, gap, look)
    return lines


def _row(row: Compared, room: int, gap: int, look: Look) -> list[Line]:
    lines: list[Line] = [(Piece(f" {part}", "quiet"),) for part in wrap(row.question, look.width - 2)]
    columns = [
        wrap(f"* {answer}" if changed else answer, room) if answer else ["–" if answer is None else "not answered"]
        for answer, changed in zip(row.answers, row.changed, strict=True)
    ]
    looks = [
        "quiet" if not answer else "strong" if changed else ""
        for answer, changed in zip(row.answers, row.changed, strict=True)
    ]
    for at in range(max(len(column) for column in columns)):
        cells = [
            Piece(fit(column[at] if at < len(column) else "", room + gap), shown)
            for column, shown in zip(columns, looks, strict=True)
        ]
        lines.append((Piece("   "), *cells))
    return lines
