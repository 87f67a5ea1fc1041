"""Messages and calls that the rep logs by hand: what came in, and what went out elsewhere (R31, R33)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.sending import queued_with
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.db.tables import Contact, Message
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Channel, DeliveryState, Direction

_WHAT = {Channel.EMAIL: "an email", Channel.TEXT: "a text", Channel.CALL: "a call", Channel.IN_PERSON: "a meeting"}


@dataclass(frozen=True, slots=True)
class KeepMessage:
    """Log a message or a call of the past. Without an address it is the client's own. `Outcome.value` is its id."""

    client_id: int
    channel: Channel
    direction: Direction
    at: datetime
    subject: str = ""
    body: str = ""
    address: str = ""
    outcome: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a message without words, and for a time that has not come."""
        client = client_named(work.session, self.client_id)
        body, subject = clean(self.body, multiline=True, limit=MOST_WORDS), clean(self.subject)
        if not body and not subject and self.channel is not Channel.CALL:
            raise Refused("The message is empty.", field="body", hint="Write a few words.")
        if self.at > work.now:
            raise Refused("That time has not come yet.", field="at", hint="For example: now, 9:30, yesterday 14:00.")
        message = Message(
            client_id=self.client_id,
            channel=self.channel,
            direction=self.direction,
            sent_at=self.at,
            address=clean(self.address) or _own_address(work, self.client_id, self.channel),
            subject=subject,
            body=body,
            outcome=clean(self.outcome),
        )
        work.session.add(message)
        work.session.flush()
        way = "from" if self.direction is Direction.IN else "with" if self.channel is Channel.CALL else "to"
        return Outcome(f"Logged {_WHAT[self.channel]} {way} {client.name}", (self.client_id,), message.id)


@dataclass(frozen=True, slots=True)
class RemoveMessage:
    """Take a logged message or call away again; an email that waits to be sent, or could not be, is then not sent."""

    message_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone, or is being sent just now."""
        message = work.session.get(Message, self.message_id)
        if message is None:
            raise Refused("This message is no longer there.", hint="Undo brings a removed one back.")
        client = client_named(work.session, message.client_id)
        label = f"Removed {_WHAT[message.channel]} of {client.name}"
        if (queued := queued_with(work, message)) is not None:
            row, state = queued
            if state is not DeliveryState.SENT:
                label = f"Took back an email to {client.name}, which was not sent"
            work.session.delete(row)
            work.session.flush()
        work.session.delete(message)
        return Outcome(label, (message.client_id,))


def _own_address(work: Work, client_id: int, channel: Channel) -> str:
    contacts = work.session.exec(
        select(Contact).where(Contact.client_id == client_id).order_by(col(Contact.is_primary).desc(), col(Contact.id))
    )
    addresses = (contact.email if channel is Channel.EMAIL else contact.phone for contact in contacts)
    return next((address for address in addresses if address), "")
