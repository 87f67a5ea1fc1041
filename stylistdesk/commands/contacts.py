"""The contacts of a client (R24): any number, one of them primary, each with the status of its email address."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from stylistdesk.commands.addresses import checked_email, checked_phone, has_opted_out, readdress, refuse_taken
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.primary import next_primary, take_primary
from stylistdesk.commands.triage import client_named
from stylistdesk.db.tables import Contact
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Channel, EmailStatus


@dataclass(frozen=True, slots=True)
class ContactForm:
    """What the form of a contact holds, as typed. `title` is what she is there: buyer, assistant, her husband."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    email_status: EmailStatus = EmailStatus.ACTIVE
    note: str = ""

    def checked(self, work: Work) -> "ContactForm":
        """The same, cleaned: the email checked, the phone in E.164. Raises `Refused` at the first wrong field."""
        form = replace(
            self,
            name=clean(self.name),
            title=clean(self.title),
            email=checked_email(self.email),
            phone=checked_phone(self.phone, work.country),
            note=clean(self.note, multiline=True),
        )
        if not (form.email or form.phone or form.name):
            raise Refused("Nothing is said of this contact.", field="name", hint="A name, an email or a phone.")
        return form


@dataclass(frozen=True, slots=True)
class AddContact:
    """Add a contact of a client; her first one is primary, and so is one that asks to be. `Outcome.value` is its id."""

    client_id: int
    form: ContactForm
    primary: bool = False

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, an address that another client has, or if the client is gone."""
        client = client_named(work.session, self.client_id)
        form = self.form.checked(work)
        refuse_taken(work.session, form.email, but=self.client_id)
        contact = Contact(client_id=self.client_id)
        more = _fill(work.session, contact, form)
        work.session.flush()
        take_primary(work.session, Contact, contact, asked=self.primary)
        return Outcome(f"Added {_said(contact)} to {client.name}{more}", (self.client_id,), contact.id)


@dataclass(frozen=True, slots=True)
class EditContact:
    """Change a contact. A new address of hers brings what is known of the permission to write to it."""

    contact_id: int
    form: ContactForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, an address that another client has, or if the contact is gone."""
        contact = _contact(work.session, self.contact_id)
        form = self.form.checked(work)
        refuse_taken(work.session, form.email, but=contact.client_id)
        more = _fill(work.session, contact, form)
        client = client_named(work.session, contact.client_id)
        return Outcome(f"Edited {_said(contact)} of {client.name}{more}", (contact.client_id,))


@dataclass(frozen=True, slots=True)
class RemoveContact:
    """Remove a contact; opt-outs and the consent ledger of its addresses stay (R25).

    If it is the primary one, `next_id` says which of those that stay is primary now.
    """

    contact_id: int
    next_id: int | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` with field "next" where several contacts stay and none of them is named."""
        session = work.session
        contact = _contact(session, self.contact_id)
        heir = next_primary(session, Contact, contact, self.next_id, "contact")
        said, client_id = _said(contact), contact.client_id
        session.delete(contact)
        session.flush()
        more = ""
        if heir is not None:
            heir.is_primary = True
            session.add(heir)
            more = f"; {_said(heir)} is primary now"
        return Outcome(f"Removed {said} of {client_named(session, client_id).name}{more}", (client_id,))


@dataclass(frozen=True, slots=True)
class MakeContactPrimary:
    """Have this contact be the one to whom messages and calls go."""

    contact_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the contact is gone."""
        contact = _contact(work.session, self.contact_id)
        take_primary(work.session, Contact, contact, asked=True)
        name = client_named(work.session, contact.client_id).name
        return Outcome(f"Made {_said(contact)} the primary contact of {name}", (contact.client_id,))


def _contact(session: Session, contact_id: int) -> Contact:
    contact = session.get(Contact, contact_id)
    if contact is None:
        raise Refused("This contact is no longer on the desk.", hint="Undo brings it back.")
    return contact


def _fill(session: Session, contact: Contact, form: ContactForm) -> str:
    """Write the form into the contact; what is to be said of an address that has opted out."""
    contact.name, contact.title, contact.note = form.name, form.title, form.note
    readdress(session, contact, form.email, form.phone)
    if form.email_status is EmailStatus.ACTIVE and has_opted_out(session, Channel.EMAIL, contact.email_key):
        contact.email_status = EmailStatus.UNSUBSCRIBED
        return "; this address opted out and stays unsubscribed"
    contact.email_status = form.email_status
    return ""


def _said(contact: Contact) -> str:
    """The contact in a word or two."""
    return contact.name or contact.email or contact.phone
