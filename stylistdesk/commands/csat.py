"""What the rep does with client satisfaction responses (R21): read, themes, an action, an answer, a question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlmodel import col, select, update

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.tickets import DraftTicket, EditTicket, MarkTicketSent
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.commands.work import AddTask, EditTask, TaskForm
from stylistdesk.db.tables import Assignment, Client, CsatCheck, CsatResponse, Ticket
from stylistdesk.domain.csat import NPS_SCORES, SCORES, TYPED_IN, join_themes, parse_themes, say_themes
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Theme, TicketTo

ACTION = "CSAT"
"""The category of a task that is to adjust something."""


@dataclass(frozen=True, slots=True)
class ResponseForm:
    """What the form of a response holds: its score, when it came, her words, and 0 to 10 if she was asked."""

    score: int
    responded_at: datetime
    comment: str = ""
    assignment_id: int | None = None
    nps: int | None = None

    def checked(self, work: Work, client_id: int) -> "ResponseForm":
        """The same, cleaned. Raises `Refused` at the first wrong field."""
        if self.score not in SCORES:
            raise Refused("A score is 1 to 5.", field="score")
        if self.nps is not None and self.nps not in NPS_SCORES:
            raise Refused("That is not 0 to 10.", field="nps", hint="Empty if she was not asked.")
        if self.responded_at > work.now:
            raise Refused("That day has not come yet.", field="on", hint="For example today, yesterday, 3/14.")
        if self.assignment_id is not None:
            assignment = work.session.get(Assignment, self.assignment_id)
            if assignment is None or assignment.client_id != client_id:
                raise Refused("That is no assignment of hers.", field="assignment")
        return replace(self, comment=clean(self.comment, multiline=True, limit=MOST_WORDS))


@dataclass(frozen=True, slots=True)
class AddResponse:
    """Type in what a client said. The rep has read it as she types it. `Outcome.value` is its id."""

    client_id: int
    form: ResponseForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field."""
        client = client_named(work.session, self.client_id)
        form = self.form.checked(work, self.client_id)
        response = CsatResponse(
            client_id=self.client_id,
            assignment_id=form.assignment_id,
            external_id=TYPED_IN + uuid4().hex,
            responded_at=form.responded_at,
            score=form.score,
            comment=form.comment,
            nps=form.nps,
            read_at=work.now,
        )
        work.session.add(response)
        work.session.flush()
        return Outcome(f"Added a {form.score} of 5 by {client.name}", (self.client_id,), response.id)


@dataclass(frozen=True, slots=True)
class EditResponse:
    """Change a response that was typed in."""

    response_id: int
    form: ResponseForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for one that came in a file, and at the first wrong field."""
        response, client = _typed_in(work, self.response_id)
        form = self.form.checked(work, response.client_id)
        response.score, response.responded_at, response.comment = form.score, form.responded_at, form.comment
        response.assignment_id, response.nps = form.assignment_id, form.nps
        return Outcome(f"Edited the response of {client.name}", (response.client_id,), response.id)


@dataclass(frozen=True, slots=True)
class RemoveResponse:
    """Take a response away that was typed in. Its action item and its questions to the ASM stay."""

    response_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for one that came in a file."""
        response, client = _typed_in(work, self.response_id)
        work.session.exec(update(Ticket).where(col(Ticket.csat_id) == response.id).values(csat_id=None))
        work.session.delete(response)
        return Outcome(f"Removed the response of {client.name}", (response.client_id,))


def _typed_in(work: Work, response_id: int) -> tuple[CsatResponse, Client]:
    response, client = _response(work, response_id)
    if not response.external_id.startswith(TYPED_IN):
        raise Refused(
            "This response came in a file: it stays as the client gave it.", hint="Only what you typed in can change."
        )
    return response, client


def _response(work: Work, response_id: int) -> tuple[CsatResponse, Client]:
    response = work.session.get(CsatResponse, response_id)
    if response is None:
        raise Refused("This response is no longer on the desk.", hint="Undo brings a removed one back.")
    return response, client_named(work.session, response.client_id)


def _responses(work: Work, response_ids: Sequence[int]) -> tuple[list[CsatResponse], str, tuple[int, ...]]:
    """The responses, "the response of Ana Ruiz" or "3 responses", and whose they are."""
    found = [_response(work, response_id) for response_id in response_ids]
    if not found:
        raise Refused("No response is chosen.")
    said = f"the response of {found[0][1].name}" if len(found) == 1 else f"{len(found)} responses"
    return [response for response, _ in found], said, tuple(response.client_id for response, _ in found)


def _dealt_with(work: Work, response: CsatResponse) -> None:
    """Whoever deals with a response has read it."""
    response.read_at = response.read_at or work.now


@dataclass(frozen=True, slots=True)
class MarkRead:
    """The rep has read these responses, or wants them unread again."""

    response_ids: Sequence[int]
    read: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was read before keeps its time. Raises `Refused` if one is gone."""
        responses, said, clients = _responses(work, self.response_ids)
        for response in responses:
            response.read_at = (response.read_at or work.now) if self.read else None
        return Outcome(f"Read {said}" if self.read else f"Marked {said} as unread", clients)


@dataclass(frozen=True, slots=True)
class CheckToday:
    """The rep looked through her responses today: all are read, and that she looked is kept."""

    def apply(self, work: Work) -> Outcome:
        """A second time on one day keeps the later time."""
        today = work.now.astimezone(work.zone).date()
        check = work.session.exec(select(CsatCheck).where(CsatCheck.day == today)).first()
        check = check or CsatCheck(day=today, checked_at=work.now)
        check.checked_at = work.now
        work.session.add(check)
        unread = work.session.exec(select(CsatResponse).where(col(CsatResponse.read_at).is_(None))).all()
        for response in unread:
            response.read_at = work.now
        more = f", {len(unread)} of them new" if unread else ""
        return Outcome(f"Checked your responses today{more}", tuple(response.client_id for response in unread))


@dataclass(frozen=True, slots=True)
class ChangeThemes:
    """Say what responses are about: these themes are added, those taken away."""

    response_ids: Sequence[int]
    added: frozenset[Theme] = frozenset()
    removed: frozenset[Theme] = frozenset()

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if a response is gone."""
        responses, said, clients = _responses(work, self.response_ids)
        for response in responses:
            themes = (set(parse_themes(response.themes)) | self.added) - self.removed
            response.themes = join_themes(themes)
            _dealt_with(work, response)
        one = say_themes(parse_themes(responses[0].themes)) if len(responses) == 1 else ""
        return Outcome(f"Changed the themes of {said}" + (f" to {one}" if one else ""), clients)


@dataclass(frozen=True, slots=True)
class MarkAnswered:
    """These responses have their answer, or have none after all (R5, rule 1)."""

    response_ids: Sequence[int]
    answered: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was answered before keeps its time. Raises `Refused` if one is gone."""
        responses, said, clients = _responses(work, self.response_ids)
        for response in responses:
            response.answered_at = (response.answered_at or work.now) if self.answered else None
            _dealt_with(work, response)
        return Outcome(f"Answered {said}" if self.answered else f"Marked {said} as not answered", clients)


@dataclass(frozen=True, slots=True)
class SetAction:
    """What is to be adjusted after a response, as a task; the one it has already is changed. `Outcome.value` is its id.

    The task is one of the client's, so it shows with her others, and rule 13 reminds of it.
    """

    response_id: int
    form: TaskForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an empty task, or for a new day that is past."""
        response, client = _response(work, self.response_id)
        _dealt_with(work, response)
        if response.action_task_id is not None:
            done = EditTask(response.action_task_id, self.form).apply(work)
            return Outcome(f"Edited the action item for {client.name}", (response.client_id,), done.value)
        form = self.form
        added = AddTask(response.client_id, form.description, form.due_on, form.category or ACTION, form.assignee)
        done = added.apply(work)
        response.action_task_id = done.value
        return Outcome(f"Added an action item for {client.name}", (response.client_id,), done.value)


@dataclass(frozen=True, slots=True)
class AskAsm:
    """Draft a question to the ASM about a response, or change the draft; `sent` if it went out. The value is its id."""

    response_id: int
    subject: str
    body: str
    sent: bool = False
    ticket_id: int | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without a subject or words, and for a draft that was sent."""
        response, client = _response(work, self.response_id)
        _dealt_with(work, response)
        if self.ticket_id is None:
            drafted = DraftTicket(
                TicketTo.ASM, self.subject, self.body, response.client_id, response.assignment_id, response.id
            ).apply(work)
        else:
            drafted = EditTicket(self.ticket_id, self.subject, self.body).apply(work)
        if self.sent:
            MarkTicketSent(drafted.value).apply(work)
        said = "Sent" if self.sent else "Drafted"
        return Outcome(f"{said} a question to your ASM about {client.name}", (response.client_id,), drafted.value)
