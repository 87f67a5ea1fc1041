"""Notes about a client, and the stage that their call status sets (R28)."""

from dataclasses import dataclass, replace

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.db.tables import Client, DeskInfo, Note
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import YEARS
from stylistdesk.domain.stages import stage_after
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import CallStatus, Stage


@dataclass(frozen=True, slots=True)
class NoteForm:
    """What the form of a note holds; what came of the call, if it was one."""

    body: str
    kind: str = ""
    season: str = ""
    season_year: int | None = None
    call_status: CallStatus | None = None

    def checked(self) -> "NoteForm":
        """The same, cleaned. Raises `Refused` for an empty note; what came of a call is words enough."""
        body = clean(self.body, multiline=True, limit=MOST_WORDS)
        if not body and self.call_status is None:
            raise Refused("The note is empty.", field="body", hint="Write a few words.")
        if self.season_year is not None and self.season_year not in YEARS:
            raise Refused("That year is too far away.", field="season", hint="Try: fall 2026.")
        return replace(self, body=body, kind=clean(self.kind), season=clean(self.season))


@dataclass(frozen=True, slots=True)
class AddNote:
    """Write a note about a client; its author is the rep. `Outcome.value` is its id."""

    client_id: int
    body: str
    kind: str = ""
    season: str = ""
    season_year: int | None = None
    call_status: CallStatus | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an empty note."""
        client = client_named(work.session, self.client_id)
        form = NoteForm(self.body, self.kind, self.season, self.season_year, self.call_status).checked()
        desk = work.session.get(DeskInfo, 1)
        note = Note(
            client_id=self.client_id,
            kind=form.kind,
            written_at=work.now,
            body=form.body,
            season=form.season,
            season_year=form.season_year,
            call_status=form.call_status,
            author=desk.rep_name if desk else "",
        )
        work.session.add(note)
        moved = _move(client, form.call_status)
        work.session.flush()
        return Outcome(f"Added a note about {client.name}{moved}", (self.client_id,), note.id)


def _move(client: Client, status: CallStatus | None) -> str:
    """Set the stage that a call status asks for, and say so."""
    stage = stage_after(client.stage, status, has_orders=client.order_count > 0)
    if stage is client.stage:
        return ""
    client.stage = stage
    return f"; she is now {stage.value}" if stage else ""


def _note(work: Work, note_id: int) -> Note:
    note = work.session.get(Note, note_id)
    if note is None:
        raise Refused("This note is no longer on the desk.", hint="Undo brings a removed note back.")
    return note


@dataclass(frozen=True, slots=True)
class EditNote:
    """Change a note. Its author and time stay; another call status sets the stage as a new note does."""

    note_id: int
    form: NoteForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an empty note."""
        note, form = _note(work, self.note_id), self.form.checked()
        client = client_named(work.session, note.client_id)
        moved = _move(client, form.call_status) if form.call_status is not note.call_status else ""
        note.body, note.kind, note.call_status = form.body, form.kind, form.call_status
        note.season, note.season_year = form.season, form.season_year
        return Outcome(f"Edited a note about {client.name}{moved}", (note.client_id,), note.id)


@dataclass(frozen=True, slots=True)
class RemoveNote:
    """Take a note away. The stage that it set stays: what happened since may stand on it."""

    note_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the note is gone."""
        note = _note(work, self.note_id)
        client = client_named(work.session, note.client_id)
        work.session.delete(note)
        return Outcome(f"Removed a note about {client.name}", (note.client_id,))


@dataclass(frozen=True, slots=True)
class SetStage:
    """Say by hand how far a client is, forward or back; `None` is not said."""

    client_id: int
    stage: Stage | None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the client is gone."""
        client = client_named(work.session, self.client_id)
        client.stage = self.stage
        said = f"{client.name} is now {self.stage.value}" if self.stage else f"The stage of {client.name} is not said"
        return Outcome(said, (self.client_id,))
