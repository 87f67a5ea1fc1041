"""Notes: who wrote what about her and when, what came of calls, and how far she is (R28)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.seasons import parse_season, say_season
from stylistdesk.domain.types import Stage
from stylistdesk.ui import words
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import Line, Piece, line
from stylistdesk.ui.profile.dated import dated, more, on
from stylistdesk.ui.profile.section import Entry, Key, Look, Section
from stylistdesk.ui.work_forms import call_status_of, note_fields

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.notes import ClientNotes, NoteRow
    from stylistdesk.ui.profile.screen import Profile


class Notes(Section["ClientNotes"]):
    """The newest first."""

    TITLE = "Notes"
    SCOPE: ClassVar[Scope] = Scope.NOTES
    ADDS = "a note"

    def read(self, desk: "Desk", client_id: int) -> "ClientNotes":
        from stylistdesk.queries.notes import client_notes

        return desk.ask(client_notes, client_id)

    def empty(self, look: Look) -> list[Line]:
        return [
            *super().empty(look),
            look.key("note_stage", "says how far she is."),
        ]

    def entries(self, known: "ClientNotes", look: Look) -> list[Entry]:
        if not known.rows:
            return []
        stage = line(
            Piece(f" {known.stage.value if known.stage else 'stage not said'}", "strong" if known.stage else "quiet"),
            *look.key("note_stage", "says how far she is", before="   "),
        )
        return [Entry((stage, ())), *(_note(note, look) for note in known.rows)]

    # ------------------------------------------------------------------- keys

    async def add(self, profile: "Profile") -> None:
        """The form of the key that writes a note in every list of clients."""
        profile.action_note()

    async def edit(self, profile: "Profile", key: Key) -> None:
        known: ClientNotes = profile.known
        note = next((note for note in known.rows if note.id == key[1]), None)
        if note is not None:
            await profile.fill_in(
                "Edit the note", note_fields(note), lambda v: _changed(key[1], v), draft=f"note:{key[1]}"
            )

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.notes import RemoveNote

        await profile.carry_out(RemoveNote(key[1]))

    async def choose_stage(self, profile: "Profile", key: Key | None) -> None:
        """Say how far she is, by hand."""
        from stylistdesk.commands.notes import SetStage
        from stylistdesk.ui.dialogs.picker import Picker

        known: ClientNotes = profile.known
        choices = [(stage.value, said) for stage, said in words.STAGES.items()]
        picker = Picker(
            "How far she is", [*choices, ("none", "not said")], known.stage.value if known.stage else "none"
        )
        chosen = await profile.app.push_screen_wait(picker)
        if chosen is not None:
            await profile.carry_out(SetStage(profile.client_id, Stage(chosen) if chosen != "none" else None))


def _changed(note_id: int, values: dict[str, str]) -> "Command":
    from stylistdesk.commands.notes import EditNote, NoteForm

    season, year = parse_season(values["season"])
    return EditNote(note_id, NoteForm(values["body"], values["kind"], season, year, call_status_of(values)))


def _note(note: "NoteRow", look: Look) -> Entry:
    call = f"call: {words.CALL_STATUSES[note.call_status]}" if note.call_status else ""
    head = line(
        f"{look.here.hour(note.written_at):>5}",
        Piece(f"  {note.author}" if note.author else "", "strong"),
        Piece(f"  {call}" if call else "", "good"),
    )
    about = more(note.kind, say_season(note.season, note.season_year), look=look)
    return dated(("note", note.id), on(note.written_at, look), head, look, note.body, about=about)
