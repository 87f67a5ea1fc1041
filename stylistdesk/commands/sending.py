"""Emails that the desk itself is to send (R44): queued one at a time, to one client, as she may be written to (R25)."""

from dataclasses import dataclass
from uuid import uuid4

from sqlmodel import col, select

from stylistdesk.commands.addresses import checked_email
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import LogMessage, client_named
from stylistdesk.db.consent_evidence import address_key, evidence_of, sender_of
from stylistdesk.db.tables import Contact, Delivery, Message, OutgoingEmail
from stylistdesk.domain.consent import judge, sender_in, signed
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.sending import GRACE
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Channel, DeliveryState, EmailStatus, MessageKind

_REMEDIES = {
    "your name": "Say your name first, under “Your desk”.",
    "your mailing address": "Say your mailing address first: it goes below each email.",
}


@dataclass(frozen=True, slots=True)
class SendEmail:
    """Log an email as sent now, and have the desk send it; taken back by an undo while it waits.

    `Outcome.value` is the id of the message. Its Message-ID is made here once, so each try has the same.
    """

    client_id: int
    address: str
    subject: str
    body: str
    kind: MessageKind = MessageKind.COMMERCIAL

    @property
    def channel(self) -> Channel:
        """By what it goes."""
        return Channel.EMAIL

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` where she may not be written to, where it lacks what it must say, and without an account."""
        account = work.settings.sending
        if not account.is_set_up:
            raise Refused("Sending is not set up.", field="address", hint="Say through which server, then try again.")
        client = client_named(work.session, self.client_id)
        address = deliverable(self.address)
        subject = clean(self.subject)
        if not subject:
            raise Refused("The email has no subject.", field="subject", hint="Say in a few words what it is about.")
        if not clean(self.body, multiline=True):
            raise Refused("The message is empty.", field="body", hint="Write a few words.")
        connection = work.session.connection()
        sender = sender_of(connection)
        body = signed(clean(self.body, multiline=True), sender, Channel.EMAIL, self.kind)
        evidence = evidence_of(
            connection, work.zone, self.client_id, Channel.EMAIL, address_key(Channel.EMAIL, address, work.country)
        )
        if evidence.status in (EmailStatus.BOUNCED, EmailStatus.INVALID):
            raise Refused(
                f"Nothing arrives at {address}: it is marked {evidence.status.value}.",
                field="address",
                hint="Write to another address, or set this one Active in her contacts.",
            )
        today = work.now.astimezone(work.zone).date()
        said = judge(Channel.EMAIL, evidence, today, kind=self.kind, sender=sender_in(body, sender))
        wanted = [lacking for lacking in said.missing if not lacking.startswith("proof")] if said.lawful else []
        if wanted:  # without a mailing address nothing is signed, so it is named first
            lacking = "your mailing address" if "your mailing address" in wanted else wanted[0]
            raise Refused(f"An email must say {lacking}.", field="body", hint=_REMEDIES.get(lacking, "Write it below."))
        message = LogMessage(self.client_id, Channel.EMAIL, address, subject, body, self.kind).apply(work)
        row = OutgoingEmail(
            client_id=self.client_id,
            message_id=int(message.value),
            message_key=f"<{uuid4().hex}@{account.from_address.rpartition('@')[2]}>",
            from_address=account.from_address,
            to_address=address,
            queued_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        assert row.id is not None
        work.session.add(Delivery(id=row.id, state=DeliveryState.WAITING, next_at=work.now + GRACE))
        work.session.flush()
        return Outcome(f"Queued an email to {client.name}", (self.client_id,), message.value)


def deliverable(typed: str) -> str:
    """One address that every mail server takes. Raises `Refused` with field "address"."""
    from email_validator import EmailNotValidError, validate_email

    if not clean(typed):
        raise Refused("There is no email address.", field="address", hint="Write one.")
    try:
        address = checked_email(typed)
        plain = validate_email(address, check_deliverability=False).ascii_email
    except (Refused, EmailNotValidError) as no:
        hint = no.hint if isinstance(no, Refused) else ""
        raise Refused(f"“{clean(typed, limit=100)}” is no email address.", field="address", hint=hint) from None
    if plain is None:
        raise Refused(
            f"{address} has letters that not every mail server takes.",
            field="address",
            hint="Open it in your own mail program instead.",
        )
    return address


@dataclass(frozen=True, slots=True)
class MarkBounced:
    """Nobody is at an address of hers: nothing more is sent there. `said` are the server's words."""

    client_id: int
    address: str
    said: str = ""

    def apply(self, work: Work) -> Outcome:
        """Changes nothing where the address is not hers any more, or is not Active."""
        client = client_named(work.session, self.client_id)
        hers = select(Contact).where(
            Contact.client_id == self.client_id,
            Contact.email_key == address_key(Channel.EMAIL, self.address, work.country),
            col(Contact.email_status) == EmailStatus.ACTIVE,
        )
        for contact in work.session.exec(hers):
            contact.email_status = EmailStatus.BOUNCED
        return Outcome(f"Marked {self.address} of {client.name} as bounced", (self.client_id,))


def queued_with(work: Work, message: Message) -> tuple[OutgoingEmail, DeliveryState] | None:
    """What the desk has to send with a message, or had. Raises `Refused` while it is being sent."""
    row = work.session.exec(select(OutgoingEmail).where(OutgoingEmail.message_id == message.id)).first()
    if row is None:
        return None
    delivery = work.session.get(Delivery, row.id)
    state = delivery.state if delivery is not None else DeliveryState.FAILED
    if state is DeliveryState.SENDING:
        raise Refused("It is being sent just now.", hint="Wait a moment.")
    return row, state
