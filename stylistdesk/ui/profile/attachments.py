"""Attachments: files of hers, kept by their content, opened with the system's own program (R31)."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.file_names import say_size
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.kept_files import choose_a_file, open_copy, save_copy
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import Line, Piece, clip, fit, spread, wrap
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.attachments import AttachmentLine
    from stylistdesk.ui.profile.screen import Profile

Known = tuple["AttachmentLine", ...]


class Attachments(Section[Known]):
    """The newest first; the bytes of a removed one stay, so that undo brings it back."""

    TITLE = "Attachments"
    SCOPE = Scope.ATTACHMENTS
    ADDS = "a file"

    def read(self, desk: "Desk", client_id: int) -> Known:
        from stylistdesk.queries.attachments import attachments

        return desk.ask(attachments, client_id)

    def entries(self, known: Known, look: Look) -> list[Entry]:
        return [Entry(tuple(self._lines(one, look)), ("attachment", one.id)) for one in known]

    @staticmethod
    def _lines(one: "AttachmentLine", look: Look) -> list[Line]:
        when = words.day(look.here.day(one.added_at), look.here.today)
        head = (Piece(fit(f" {when}", 16), "quiet"), Piece(clip(one.name, look.width - 28), "strong"))
        note = wrap(one.note, look.width - 17) if one.note else []
        return [
            spread(head, (Piece(say_size(one.size), "quiet"),), look.width),
            *((Piece(" " * 16), Piece(part, "quiet")) for part in note),
        ]

    async def add(self, profile: "Profile") -> None:
        """Choose a file, keep its bytes, then its row."""
        desk, client_id = profile.desk, profile.client_id
        chosen = await choose_a_file(profile, "Attach a file", "Attach it")
        if chosen is None or desk is None:
            return

        def keep() -> "Command":
            from stylistdesk.commands.attachments import AddAttachment

            return AddAttachment(client_id, desk.keep_file(chosen))

        await profile.carry_out(await asyncio.to_thread(keep))

    async def edit(self, profile: "Profile", key: Key) -> None:
        one = _of(profile, key)
        if one is None:
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.attachments import EditAttachment

            return EditAttachment(one.id, values["name"], values["note"])

        fields = [Field("name", "Name", one.name), Field("note", "Note", one.note, lines=3, hint="what it is")]
        await profile.fill_in("Attachment", fields, make, draft=f"attachment:{one.id}")

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.attachments import RemoveAttachment

        await profile.carry_out(RemoveAttachment(key[1]))

    async def open(self, profile: "Profile", key: Key) -> None:
        one = _of(profile, key)
        if one is not None:
            await open_copy(profile, one.sha256, one.name, save="attachment_save")

    async def save_copy(self, profile: "Profile", key: Key | None) -> None:
        """Save a copy where the rep's downloads are."""
        one = _of(profile, key)
        if one is None:
            profile.tell("There is nothing here to save.", bad=True)
        else:
            await save_copy(profile, one.sha256, one.name)


def _of(profile: "Profile", key: Key | None) -> "AttachmentLine | None":
    known: Known = profile.known or ()
    return next((one for one in known if key is not None and one.id == key[1]), None)
