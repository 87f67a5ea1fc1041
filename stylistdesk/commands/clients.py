"""Adding, editing and removing a client."""

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import col, delete, select, update

from stylistdesk.commands.addresses import checked_email, checked_phone, readdress, refuse_taken
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import client_named
from stylistdesk.db import tables
from stylistdesk.db.removing import refuse_if_others_need
from stylistdesk.db.tables import Client, Contact
from stylistdesk.domain.birthdays import checked_birthday
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.types import SPENDING_POWERS
from stylistdesk.domain.web_address import checked_web_address


@dataclass(frozen=True, slots=True)
class ClientForm:
    """What the form of a client holds, as typed: clean, checked and ready to be stored after `checked`."""

    name: str
    email: str = ""
    phone: str = ""
    spending_power: int | None = None
    company: str = ""
    tags: str = ""
    birthday: str = ""
    website: str = ""
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
            email=checked_email(self.email),
            phone=checked_phone(self.phone, work.country),
            company=clean(self.company),
            tags=", ".join(dict.fromkeys(tag for part in clean(self.tags).split(",") if (tag := part.strip()))),
            birthday=checked_birthday(self.birthday),
            website=checked_web_address(self.website, "website"),
            description=clean(self.description, multiline=True),
        )


@dataclass(frozen=True, slots=True)
class AddClient:
    """Add a client by hand. `Outcome.value` is the new client's id."""

    form: ClientForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, or for an address that another client has."""
        form = self.form.checked(work)
        refuse_taken(work.session, form.email)
        first, _, last = form.name.partition(" ")
        client = Client(
            name=form.name,
            name_key=name_key(form.name),
            first_name=first,
            last_name=last,
            company=form.company,
            tags=form.tags,
            birthday=form.birthday,
            website=form.website,
            description=form.description,
            spending_power=form.spending_power,
            added_at=work.now,
            added_by_hand=True,
        )
        work.session.add(client)
        work.session.flush()
        assert client.id is not None
        if form.email or form.phone:
            contact = Contact(client_id=client.id, name=form.name, is_primary=True)
            readdress(work.session, contact, form.email, form.phone)
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
        refuse_taken(session, form.email, but=self.client_id)
        known_as = client.name
        if form.name != client.name:
            client.first_name, _, client.last_name = form.name.partition(" ")
        client.name, client.name_key = form.name, name_key(form.name)
        client.company, client.description = form.company, form.description
        client.tags, client.birthday, client.website = form.tags, form.birthday, form.website
        client.spending_power = form.spending_power
        contact = session.exec(
            select(Contact).where(Contact.client_id == self.client_id, col(Contact.is_primary))
        ).first()
        if contact is not None or form.email or form.phone:
            contact = contact or Contact(client_id=self.client_id, name=form.name, is_primary=True)
            if contact.name == known_as:
                contact.name = form.name
            readdress(session, contact, form.email, form.phone)
        return Outcome(f"Edited {form.name}", (self.client_id,))


@dataclass(frozen=True, slots=True)
class DeleteClient:
    """Remove a client and all that hangs on her. Her addresses' opt-outs and consent ledger stay (R25)."""

    client_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the client is gone, and where money of others stands on what would go with her."""
        session = work.session
        client = client_named(session, self.client_id)
        name = client.name
        refuse_if_others_need(session, self.client_id, name)
        session.expunge(client)
        for parent, child, link in _BELONGING:
            hers = select(parent.id).where(parent.client_id == self.client_id)
            session.exec(delete(child).where(getattr(child, link).in_(hers)))
        for parent, child, link in _LET_GO:
            hers = select(parent.id).where(parent.client_id == self.client_id)
            session.exec(update(child).where(getattr(child, link).in_(hers)).values({link: None}))
        for named, link in _NAMING_HER:
            session.exec(update(named).where(getattr(named, link) == self.client_id).values({link: None}))
        session.exec(
            update(tables.Assignment).where(col(tables.Assignment.client_id) == self.client_id).values(parent_id=None)
        )
        session.exec(delete(tables.DistinctClients).where(col(tables.DistinctClients.other_id) == self.client_id))
        for table in _HANGING_ON_A_CLIENT:
            session.exec(delete(table).where(col(table.client_id) == self.client_id))
        session.exec(delete(Client).where(col(Client.id) == self.client_id))
        return Outcome(f"Removed {name}", (self.client_id,))


_BELONGING: tuple[tuple[Any, Any, str], ...] = (
    (tables.Order, tables.CommissionRate, "order_id"),
    (tables.Order, tables.Shipment, "order_id"),
    (tables.Lookbook, tables.LookbookItem, "lookbook_id"),
    (tables.StyleQuiz, tables.StyleQuizAnswer, "quiz_id"),
    (tables.Return, tables.ReturnLine, "return_id"),
    (tables.Order, tables.OrderLine, "order_id"),
    (tables.GiftCertificate, tables.GiftMovement, "gift_id"),
    (tables.HostOrder, tables.HostOrderLine, "host_order_id"),
)
"""What goes with her orders and the like: of each row, the rows that name it."""

_LET_GO: tuple[tuple[Any, Any, str], ...] = (
    (tables.Order, tables.GiftMovement, "order_id"),
    (tables.Return, tables.GiftMovement, "return_id"),
    (tables.Order, tables.RewardAdjustment, "order_id"),
    (tables.Return, tables.RewardAdjustment, "return_id"),
    (tables.Order, tables.GiftCertificate, "order_id"),
    (tables.Order, tables.HostOrder, "order_id"),
)
"""What stays, of another client, and no longer names what was hers: a balance is not changed by it."""

_NAMING_HER: tuple[tuple[Any, str], ...] = (
    (tables.HostEvent, "client_id"),
    (tables.GiftCertificate, "for_client_id"),
    (tables.SignUp, "client_id"),
)
"""What stays without her: an event whose guests' orders count, a certificate that another has bought, a sign-up."""

_HANGING_ON_A_CLIENT: tuple[Any, ...] = (
    tables.OrderMove,
    tables.CardPayment,
    tables.Return,
    tables.GiftCertificate,
    tables.HostOrder,
    tables.Ticket,
    tables.CalendarEvent,
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
    tables.OutgoingEmail,
    tables.Message,
    tables.Snooze,
    tables.Dismissal,
    tables.Contact,
    tables.Location,
    tables.ClientExternalId,
)
