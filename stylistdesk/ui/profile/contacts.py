"""Contacts: whom to write to and call, one of them primary, with what is known of the permission (R24)."""

from typing import TYPE_CHECKING

from stylistdesk.domain.text import say_phone, typed_phone
from stylistdesk.domain.types import ConsentState, EmailStatus
from stylistdesk.ui import asking, words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, line, wrap
from stylistdesk.ui.profile.next_primary import ask_next
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.contacts import ContactForm
    from stylistdesk.desk import Desk
    from stylistdesk.queries.places import ContactRow
    from stylistdesk.ui.profile.screen import Profile

Known = tuple["ContactRow", ...]

STATUSES = {
    EmailStatus.ACTIVE: "active",
    EmailStatus.UNSUBSCRIBED: "unsubscribed",
    EmailStatus.BOUNCED: "bounced",
    EmailStatus.INVALID: "invalid",
}
_STATES = (ConsentState.NEVER_ASKED, ConsentState.SUBSCRIBED, ConsentState.UNSUBSCRIBED)


class Contacts(Section["Known"]):
    """Each contact with its addresses."""

    TITLE = "Contacts"
    SCOPE = Scope.CONTACTS
    ADDS = "a contact"

    def read(self, desk: "Desk", client_id: int) -> Known:
        return asking.read_contacts(desk, client_id)

    def entries(self, known: Known, look: Look) -> list[Entry]:
        return [Entry(tuple(_lines(contact, look)), ("contact", contact.id), _reached(contact)) for contact in known]

    async def add(self, profile: "Profile") -> None:
        def command(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.contacts import AddContact

            return AddContact(profile.client_id, _form_of(values), primary=values.get("primary") == "yes")

        await profile.fill_in(
            "Add a contact", _fields(None, first=not profile.known), command, draft=f"contact:new:{profile.client_id}"
        )

    async def edit(self, profile: "Profile", key: Key) -> None:
        contact = _known(profile, key)
        if contact is None or profile.desk is None:
            return

        def command(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.contacts import EditContact

            return EditContact(contact.id, _form_of(values))

        await profile.fill_in(
            f"Edit {contact.said}", _fields(contact, profile.desk.country), command, draft=f"contact:{contact.id}"
        )

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.contacts import RemoveContact

        contact = _known(profile, key)
        if contact is None:
            return
        others = [(other.id, other.said) for other in profile.known if other.id != contact.id]
        goes, heir = await ask_next(profile, contact.is_primary, others)
        if goes:
            await profile.carry_out(RemoveContact(contact.id, heir))

    async def make_primary(self, profile: "Profile", key: Key | None) -> None:
        """Have messages and calls go to this contact."""
        from stylistdesk.commands.contacts import MakeContactPrimary

        if key is not None:
            await profile.carry_out(MakeContactPrimary(key[1]))


def _known(profile: "Profile", key: Key) -> "ContactRow | None":
    return next((contact for contact in profile.known or () if contact.id == key[1]), None)


def _reached(contact: "ContactRow") -> str:
    """What is copied of a contact: the number, else the address."""
    return say_phone(contact.phone) if contact.phone else contact.email or contact.said


def _lines(contact: "ContactRow", look: Look) -> list[Line]:
    head = [Piece(f" {clip(contact.said, look.width - 30)}", "strong")]
    head.append(Piece(f"  {clip(contact.title, 18)}" if contact.title else "", "quiet"))
    head.append(Piece("  primary" if contact.is_primary else "", "label"))
    lines: list[Line] = [tuple(head)]
    if contact.email:
        said, shade = words.CONSENT[contact.email_consent]
        status = contact.email_status
        lines.append(
            line(
                f"   {contact.email}  ",
                Piece(STATUSES[status], "quiet" if status is EmailStatus.ACTIVE else "late"),
                Piece(f"  email: {said}", shade),
            )
        )
    if contact.phone:
        said, shade = words.CONSENT[contact.text_consent]
        lines.append(line(f"   {say_phone(contact.phone)}  ", Piece(f"text: {said}", shade)))
    if not contact.email and not contact.phone:
        lines.append((Piece("   no email or phone yet", "late"),))
    lines += [(Piece(f"   {part}", "quiet"),) for part in wrap(contact.note, look.width - 4) if contact.note]
    return [*lines, BLANK]


def _fields(contact: "ContactRow | None", country: str = "", *, first: bool = False) -> list[Field]:
    fields = [
        Field("name", "Name", contact.name if contact else "", hint="who it is"),
        Field("title", "What", contact.title if contact else "", hint="buyer, assistant, her husband; may be empty"),
        Field("email", "Email", contact.email if contact else "", hint="may be empty"),
        Field(
            "email_status",
            "Email status",
            contact.email_status.value if contact else EmailStatus.ACTIVE.value,
            choices=tuple((status.value, said) for status, said in STATUSES.items()),
        ),
        Field(
            "email_consent",
            "Email consent",
            (contact.email_consent if contact else ConsentState.NEVER_ASKED).value,
            choices=tuple((state.value, words.CONSENT[state][0]) for state in _STATES),
        ),
        Field("evidence", "Evidence", hint="if she subscribes: how she said yes, where, and to what"),
        Field(
            "phone",
            "Phone",
            typed_phone(contact.phone, country) if contact else "",
            hint="212 555 0101, or with +; may be empty",
        ),
        Field("note", "Note", contact.note if contact else "", lines=2, hint="ctrl+s saves"),
    ]
    if contact is None and not first:
        fields.append(
            Field("primary", "Primary", "no", choices=(("no", "no"), ("yes", "yes, in place of the present")))
        )
    return fields


def _form_of(values: dict[str, str]) -> "ContactForm":
    from stylistdesk.commands.contacts import ContactForm

    return ContactForm(
        values["name"],
        values["title"],
        values["email"],
        values["phone"],
        EmailStatus(values["email_status"]),
        values["note"],
        ConsentState(values["email_consent"]),
        values["evidence"],
    )
