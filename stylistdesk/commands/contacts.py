"""The contacts of a client (R24): any number, one of them primary, each with the status of its email address."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from stylistdesk.commands.addresses import checked_email, checked_phone, readdress, refuse_taken
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.consent import RecordConsent, WithdrawConsent
from stylistdesk.commands.primary import remove_and_pass_on, take_primary
from stylistdesk.commands.triage import client_named
from stylistdesk.db.tables import Contact
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState, EmailStatus


@dataclass(frozen=True, slots=True)
class ContactForm:
    """What the form of a contact holds, as typed. `title` is what she is there: buyer, assistant, her husband.

    `email_consent` is `None` where it stays as it is; subscribing an address takes `evidence` in words (R25).
    """

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    email_status: EmailStatus = EmailStatus.ACTIVE
    note: str = ""
    email_consent: ConsentState | None = None
    evidence: str = ""

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
        more = _fill(work, contact, form)
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
        more = _fill(work, contact, form)
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
        said, client_id = _said(contact), contact.client_id
        more = remove_and_pass_on(session, Contact, contact, self.next_id, "contact", _said)
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


def _fill(work: Work, contact: Contact, form: ContactForm) -> str:
    """Write the form into the contact; what is to be said of the permission to write to its email address.

    What the form says of status and consent counts where it differs from what was there before: a new address brings
    what is known of itself.
    """
    before = contact.email_key, contact.email_status, contact.email_consent
    contact.name, contact.title, contact.note = form.name, form.title, form.note
    readdress(work.session, contact, form.email, form.phone)
    work.session.flush()
    new_address = contact.email_key != before[0]
    status = None if form.email_status is before[1] else form.email_status
    consent = None if form.email_consent is before[2] else form.email_consent
    if not contact.email:
        if consent not in (None, ConsentState.NEVER_ASKED):
            raise Refused("There is no address to write to.", field="email", hint="Type one, or leave the consent.")
        contact.email_status = form.email_status
        return ""
    if EmailStatus.UNSUBSCRIBED is status or consent is ConsentState.UNSUBSCRIBED:
        WithdrawConsent(contact.client_id, Channel.EMAIL, contact.email, form.evidence).apply(work)
        contact.email_status = status or contact.email_status
        return f"; {contact.email} has opted out"
    if consent is ConsentState.SUBSCRIBED:
        _subscribe(work, contact, form, status)
        return f"; {contact.email} is subscribed"
    out = contact.email_consent is ConsentState.UNSUBSCRIBED
    if consent is ConsentState.NEVER_ASKED and not new_address:
        raise Refused(
            f"What {contact.email} said is on record.",
            field="email_consent",
            hint="Only her own express consent brings it back." if out else "If she withdrew it, choose unsubscribed.",
        )
    if out and new_address:
        return "; this address opted out and stays unsubscribed"
    if out and status is EmailStatus.ACTIVE:
        raise Refused(
            f"{contact.email} has opted out.",
            field="email_status",
            hint="Only her own express consent brings it back.",
        )
    contact.email_status = status or contact.email_status
    return ""


def _subscribe(work: Work, contact: Contact, form: ContactForm, status: EmailStatus | None) -> None:
    """Record that she said yes, today, with the evidence."""
    today = work.now.astimezone(work.zone).date()
    RecordConsent(contact.client_id, Channel.EMAIL, contact.email, ConsentGround.EXPRESS, today, form.evidence).apply(
        work
    )
    if status is not None:
        contact.email_status = status


def _said(contact: Contact) -> str:
    """The contact in a word or two."""
    return contact.name or contact.email or contact.phone
