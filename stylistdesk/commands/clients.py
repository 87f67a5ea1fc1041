"""Adding, editing and removing a client."""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, delete, select, update

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import client_named
from stylistdesk.db import tables
from stylistdesk.db.tables import Client, Contact, OptOut
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.types import SPENDING_POWERS, Channel, ConsentState, EmailStatus


@dataclass(frozen=True, slots=True)
class ClientForm:
    """What the form of a client holds, as typed: clean, checked and ready to be stored after `checked`."""

    name: str
    email: str = ""
    phone: str = ""
    spending_power: int | None = None
    company: str = ""
    description: str = ""

    def checked(self, work: Work) -> "ClientForm":
        """The same, cleaned: the email checked, the phone in E.164. Raises `Refused` at the first wrong field."""
        name = clean(self.name)
        if not name:
            raise Refused("The name is missing.", field="name", hint="A first name is enough.")
        if self.spending_power is not None and self.spending_power not in SPENDING_POWERS:
            raise Refused("Spending power is 1 to 6.", field="spending_power", hint="Leave it empty if unknown.")
        return replace(
            self,
            name=name,
            email=_checked_email(clean(self.email)),
            phone=_checked_phone(clean(self.phone), work.country),
            company=clean(self.company),
            description=clean(self.description, multiline=True),
        )


def _checked_email(address: str) -> str:
    if not address:
        return ""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Refused(f"“{address}” is no email address.", field="email", hint=str(error)) from None


def _checked_phone(number: str, country: str) -> str:
    if not number:
        return ""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise Refused(
            f"“{number}” is no phone number.", field="phone", hint="For example +1 212 555 0101, or without +1."
        )
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True, slots=True)
class AddClient:
    """Add a client by hand. `Outcome.value` is the new client's id."""

    form: ClientForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, or for an address that another client has."""
        form = self.form.checked(work)
        _refuse_taken(work.session, form)
        first, _, last = form.name.partition(" ")
        client = Client(
            name=form.name,
            name_key=name_key(form.name),
            first_name=first,
            last_name=last,
            company=form.company,
            description=form.description,
            spending_power=form.spending_power,
            added_at=work.now,
            added_by_hand=True,
        )
        work.session.add(client)
        work.session.flush()
        assert client.id is not None
        if form.email or form.phone:
            _store_contact(work.session, Contact(client_id=client.id, name=form.name, is_primary=True), form)
        return Outcome(f"Added {form.name}", (client.id,), client.id)


@dataclass(frozen=True, slots=True)
class EditClient:
    """Change a client's own fields and her primary contact."""

    client_id: int
    form: ClientForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, or for an address that another client has."""
        session, form = work.session, self.form.checked(work)
        client = client_named(session, self.client_id)
        _refuse_taken(session, form, but=self.client_id)
        if form.name != client.name:
            client.first_name, _, client.last_name = form.name.partition(" ")
        client.name, client.name_key = form.name, name_key(form.name)
        client.company, client.description = form.company, form.description
        client.spending_power = form.spending_power
        contact = session.exec(
            select(Contact).where(Contact.client_id == self.client_id, col(Contact.is_primary))
        ).first()
        if contact is not None or form.email or form.phone:
            _store_contact(session, contact or Contact(client_id=self.client_id, name=form.name, is_primary=True), form)
        return Outcome(f"Edited {form.name}", (self.client_id,))


def _store_contact(session: Session, contact: Contact, form: ClientForm) -> None:
    contact.phone = form.phone
    if form.email.casefold() != contact.email_key:
        opted_out = session.exec(
            select(OptOut).where(OptOut.channel == Channel.EMAIL, OptOut.address == form.email.casefold())
        ).first()
        contact.email_status = EmailStatus.UNSUBSCRIBED if opted_out else EmailStatus.ACTIVE
        contact.email_consent = ConsentState.UNSUBSCRIBED if opted_out else ConsentState.NEVER_ASKED
    contact.email, contact.email_key = form.email, form.email.casefold()
    session.add(contact)


def _refuse_taken(session: Session, form: ClientForm, but: int | None = None) -> None:
    if not form.email:
        return
    taken = session.exec(
        select(Client).join(Contact).where(Contact.email_key == form.email.casefold(), Client.id != but)
    ).first()
    if taken is not None:
        raise Refused(f"{form.email} belongs to {taken.name}.", field="email", hint="Edit that client instead.")


@dataclass(frozen=True, slots=True)
class DeleteClient:
    """Remove a client and all that hangs on her. Her addresses' opt-outs and consent ledger stay (R25)."""

    client_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the client is gone."""
        session = work.session
        client = client_named(session, self.client_id)
        name = client.name
        session.expunge(client)
        for parent, child, link in (
            (tables.Order, tables.CommissionRate, "order_id"),
            (tables.Order, tables.OrderLine, "order_id"),
            (tables.Lookbook, tables.LookbookItem, "lookbook_id"),
            (tables.StyleQuiz, tables.StyleQuizAnswer, "quiz_id"),
        ):
            hers = select(parent.id).where(parent.client_id == self.client_id)
            session.exec(delete(child).where(getattr(child, link).in_(hers)))
        session.exec(
            update(tables.Assignment).where(col(tables.Assignment.client_id) == self.client_id).values(parent_id=None)
        )
        session.exec(delete(tables.DistinctClients).where(col(tables.DistinctClients.other_id) == self.client_id))
        for table in _HANGING_ON_A_CLIENT:
            session.exec(delete(table).where(col(table.client_id) == self.client_id))
        session.exec(delete(Client).where(col(Client.id) == self.client_id))
        return Outcome(f"Removed {name}", (self.client_id,))


_HANGING_ON_A_CLIENT = (
    tables.CommissionRate,
    tables.CreditMemo,
    tables.ClientBrand,
    tables.DistinctClients,
    tables.Attachment,
    tables.Signal,
    tables.Appointment,
    tables.Order,
    tables.CsatResponse,
    tables.Lookbook,
    tables.Assignment,
    tables.Cadence,
    tables.StyleQuiz,
    tables.FollowUp,
    tables.Task,
    tables.Note,
    tables.Message,
    tables.Snooze,
    tables.Dismissal,
    tables.Contact,
    tables.Location,
    tables.ClientExternalId,
)
