"""Client satisfaction responses (R21): what is unread and what wants an answer first, and how scores have gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from stylistdesk.domain.assignments import say_type
from stylistdesk.domain.csat import (
    LOW,
    MONTHS_SHOWN,
    TYPED_IN,
    MonthOfScores,
    Rating,
    Scores,
    ThemeOfScores,
    by_month,
    by_theme,
    parse_themes,
    scores_of,
)
from stylistdesk.domain.dates import LocalNow, add_months, start_of_day
from stylistdesk.domain.types import AssignmentType, Theme
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant, stored
from stylistdesk.queries.work import TaskRow

DAYS = 90
"""The line that sums up counts so many days."""
MOST = 1_000
"""Of the responses that are read and need no answer so many are listed, the newest."""
FEW = 3


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One response. `action_done` is `None` where it has no action item; `asked` is whether the ASM was asked."""

    id: int
    client_id: int
    client: str
    score: int
    nps: int | None
    responded_at: datetime
    comment: str
    read_at: datetime | None
    answered_at: datetime | None
    themes: tuple[Theme, ...]
    typed_in: bool
    action_due_on: date | None
    action_done: bool | None
    asked: bool

    @property
    def to_answer(self) -> bool:
        """Whether it waits for an answer (R5, rule 1)."""
        return self.score <= LOW and self.answered_at is None


@dataclass(frozen=True, slots=True)
class Responses:
    """Unread ones; of the others those that wait for an answer, the longest first; then the rest, the newest first.

    `left_out` is how many older ones of the rest are not listed. `lately` are the scores of the last 90 days, `year`,
    `months` and `themes` those of the last twelve months; `checked_at` is when the rep last looked through them all.
    """

    unread: tuple[ResponseRow, ...]
    to_answer: tuple[ResponseRow, ...]
    rest: tuple[ResponseRow, ...]
    left_out: int
    lately: Scores
    year: Scores
    months: tuple[MonthOfScores, ...]
    themes: tuple[ThemeOfScores, ...]
    checked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the ASM about a response."""

    ticket_id: int
    subject: str
    body: str
    drafted_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another response of the same client, before this one."""

    responded_at: datetime
    score: int
    comment: str


@dataclass(frozen=True, slots=True)
class ResponsePane:
    """One response in full; the newest question first, the newest earlier response first.

    `action` is what is to be adjusted after it.
    """

    row: ResponseRow
    first_name: str
    assignment_id: int | None
    assignment: str
    consultation_at: datetime | None
    delivered_at: datetime | None
    action: TaskRow | None
    questions: tuple[Question, ...]
    before: tuple[Earlier, ...]

    @property
    def draft(self) -> Question | None:
        """The question that is drafted and not sent."""
        return next((one for one in self.questions if one.sent_at is None and one.settled_at is None), None)


_ROWS = """
    SELECT r.id, r.client_id, c.name, r.score, r.nps, r.responded_at, r.comment, r.read_at, r.answered_at, r.themes,
        r.external_id, t.id, t.due_on, t.done_at,
        EXISTS (SELECT 1 FROM ticket k WHERE k.csat_id = r.id AND k.sent_at IS NOT NULL)
    FROM csat_response r JOIN client c ON c.id = r.client_id LEFT JOIN task t ON t.id = r.action_task_id"""
_WAITS = f"score <= {LOW} AND answered_at IS NULL"
_ORDERED = "ORDER BY r.responded_at DESC, r.id DESC"


def responses(asking: Asking) -> Responses:
    """All that the tab shows beside the response under the cursor."""
    here = LocalNow(asking.now, asking.zone)
    rest = f"read_at IS NOT NULL AND NOT ({_WAITS})"
    first = add_months(here.today.replace(day=1), 1 - MONTHS_SHOWN)
    since = min(first, here.today - timedelta(days=DAYS))
    ratings = [
        Rating(here.day(instant(at)), client_id, score, nps, parse_themes(themes) if themes else ())
        for at, client_id, score, nps, themes in _ask(
            asking,
            "SELECT responded_at, client_id, score, nps, themes FROM csat_response WHERE responded_at >= :since",
            since=stored(start_of_day(since, asking.zone)),
        )
    ]
    year = [rating for rating in ratings if rating.on >= first]
    counted = next(_ask(asking, f"SELECT count(*) FROM csat_response WHERE {rest}"))[0]
    checked = next(_ask(asking, "SELECT max(checked_at) FROM csat_check"))[0]
    return Responses(
        unread=_rows(asking, f"WHERE r.read_at IS NULL {_ORDERED}"),
        to_answer=_rows(asking, f"WHERE r.read_at IS NOT NULL AND r.{_WAITS} ORDER BY r.responded_at, r.id"),
        rest=_rows(asking, f"WHERE {rest} {_ORDERED} LIMIT {MOST}"),
        left_out=max(0, counted - MOST),
        lately=scores_of(rating for rating in ratings if rating.on > here.today - timedelta(days=DAYS)),
        year=scores_of(year),
        months=by_month(year, here.today),
        themes=by_theme(year),
        checked_at=instant(checked) if checked else None,
    )


def response_panes(asking: Asking, response_ids: Iterable[int]) -> dict[int, ResponsePane]:
    """These responses in full; those that are gone are left out."""
    return {pane.row.id: pane for each in response_ids if (pane := _pane(asking, each)) is not None}


def _pane(asking: Asking, response_id: int) -> ResponsePane | None:
    row = next(iter(_rows(asking, "WHERE r.id = :id", id=response_id)), None)
    if row is None:
        return None
    first_name, assignment_id, kind, number, starts, delivered = next(
        _ask(
            asking,
            "SELECT c.first_name, a.id, a.type, a.revision_number, a.consultation_at, a.delivered_at "
            "FROM csat_response r JOIN client c ON c.id = r.client_id LEFT JOIN assignment a ON a.id = r.assignment_id "
            "WHERE r.id = :id",
            id=response_id,
        )
    )
    actions = _ask(
        asking,
        "SELECT t.id, t.description, t.category, t.assignee, t.due_on, t.done_at "
        "FROM csat_response r JOIN task t ON t.id = r.action_task_id WHERE r.id = :id",
        id=response_id,
    )
    questions = _ask(
        asking,
        "SELECT id, subject, body, drafted_at, sent_at, settled_at FROM ticket WHERE csat_id = :id ORDER BY id DESC",
        id=response_id,
    )
    before = _ask(
        asking,
        "SELECT responded_at, score, comment FROM csat_response WHERE client_id = :client "
        "AND (responded_at, id) < (SELECT responded_at, id FROM csat_response WHERE id = :id) "
        "ORDER BY responded_at DESC, id DESC LIMIT :few",
        client=row.client_id,
        id=response_id,
        few=FEW,
    )
    return ResponsePane(
        row=row,
        first_name=first_name,
        assignment_id=assignment_id,
        assignment=say_type(AssignmentType(kind), number) if kind else "",
        consultation_at=_at(starts),
        delivered_at=_at(delivered),
        action=next(
            (TaskRow(a, what, kind, who, _on(due), _at(done)) for a, what, kind, who, due, done in actions), None
        ),
        questions=tuple(
            Question(number, subject, body, instant(drafted), _at(sent), _at(settled))
            for number, subject, body, drafted, sent, settled in questions
        ),
        before=tuple(Earlier(instant(at), score, comment) for at, score, comment in before),
    )


def assignments_to_rate(asking: Asking, client_id: int, most: int = 8) -> tuple[tuple[int, str, datetime | None], ...]:
    """The newest sessions that a client has had, which a response can be about: id, type in words, consultation."""
    rows = _ask(
        asking,
        "SELECT id, type, revision_number, consultation_at FROM assignment WHERE client_id = :client "
        "AND (delivered_at IS NOT NULL OR status NOT IN ('cancelled', 'no_show') AND consultation_at <= :now) "
        "ORDER BY coalesce(delivered_at, consultation_at) DESC, id DESC LIMIT :most",
        client=client_id,
        now=stored(asking.now),
        most=most,
    )
    return tuple((number, say_type(AssignmentType(kind), revision), _at(at)) for number, kind, revision, at in rows)


def _ask(asking: Asking, statement: str, **given: Any) -> Any:
    return asking.session.connection().connection.cursor().execute(statement, given)


def _rows(asking: Asking, where: str, **given: Any) -> tuple[ResponseRow, ...]:
    return tuple(_row(*told) for told in _ask(asking, f"{_ROWS} {where}", **given))


def _row(
    number: int, client_id: int, client: str, score: int, nps: int | None, at: str, comment: str, read: str | None,
    answered: str | None, themes: str, external_id: str, task: int | None, due: str | None, done: str | None,
    asked: int,
) -> ResponseRow:  # fmt: skip
    return ResponseRow(
        id=number,
        client_id=client_id,
        client=client,
        score=score,
        nps=nps,
        responded_at=instant(at),
        comment=comment,
        read_at=_at(read),
        answered_at=_at(answered),
        themes=parse_themes(themes) if themes else (),
        typed_in=external_id.startswith(TYPED_IN),
        action_due_on=_on(due),
        action_done=None if task is None else done is not None,
        asked=bool(asked),
    )


def _at(written: str | None) -> datetime | None:
    return instant(written) if written else None


def _on(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
