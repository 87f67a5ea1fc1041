"""Files of a client (R31): the row of each. Its bytes are kept before (`db/attachments.py`) and stay after."""

from dataclasses import dataclass

from sqlmodel import Session, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import client_named
from stylistdesk.db.attachments import SHA256, Stored
from stylistdesk.db.tables import Attachment
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.file_names import harmless_name
from stylistdesk.domain.text import clean


def name_of_new(stored: Stored, same: str) -> str:
    """The harmless name of a file that is to be listed; `same` is what it is listed as already, if it is.

    Raises `Refused` for what was not kept, and for what is there.
    """
    if not SHA256.fullmatch(stored.sha256) or stored.size <= 0:
        raise Refused("That is no file that was kept.")
    if same:
        raise Refused(
            f"This very file is there already, as {same}.",
            hint="Choose another one. If it was missing or damaged, it is whole again.",
        )
    return harmless_name(stored.name)


@dataclass(frozen=True, slots=True)
class AddAttachment:
    """Keep a stored file with a client."""

    client_id: int
    stored: Stored
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if she has this very file already."""
        session, stored = work.session, self.stored
        client = client_named(session, self.client_id)
        same = session.exec(
            select(Attachment).where(Attachment.client_id == self.client_id, Attachment.sha256 == stored.sha256)
        ).first()
        attachment = Attachment(
            client_id=self.client_id,
            name=name_of_new(stored, same.name if same else ""),
            sha256=stored.sha256,
            size=stored.size,
            added_at=work.now,
            note=clean(self.note, multiline=True, limit=2_000),
        )
        session.add(attachment)
        session.flush()
        return Outcome(f"Attached “{attachment.name}” to {client.name}", (self.client_id,), attachment.id)


@dataclass(frozen=True, slots=True)
class EditAttachment:
    """Rename an attachment, or say what it is."""

    attachment_id: int
    name: str
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone, or has no name."""
        attachment = _attachment(work.session, self.attachment_id)
        if not clean(self.name):
            raise Refused("The name is missing.", field="name", hint="For example Contract 2026.pdf.")
        attachment.name = harmless_name(self.name)
        attachment.note = clean(self.note, multiline=True, limit=2_000)
        return Outcome(f"Changed the attachment “{attachment.name}”", (attachment.client_id,))


@dataclass(frozen=True, slots=True)
class RemoveAttachment:
    """Take an attachment away from a client. The bytes stay, so that undo brings it back."""

    attachment_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone."""
        attachment = _attachment(work.session, self.attachment_id)
        work.session.delete(attachment)
        return Outcome(f"Removed the attachment “{attachment.name}”", (attachment.client_id,))


def _attachment(session: Session, attachment_id: int) -> Attachment:
    found = session.get(Attachment, attachment_id)
    if found is None:
        raise Refused("This attachment is no longer there.", hint="Undo brings a removed one back.")
    return found
