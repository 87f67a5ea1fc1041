"""What the rep writes and sends: her templates (R44), and the emails that wait to be sent or were."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, utc, utc_or_none, word
from stylistdesk.domain.types import Channel, DeliveryState, MessageKind


class Template(SQLModel, table=True):
    """A message in the rep's own words (R44); one with `replaces` stands in the place of a template that came with us.

    `channel` is the one it is for, or None for text and email alike. `suggestion` is the next action it answers, as
    `domain/templates.py` names them; empty where it is for no action of its own. A `hidden` one is not offered.
    """

    __tablename__ = "template"
    __table_args__ = (UniqueConstraint("name"), UniqueConstraint("replaces"), KEPT)

    id: int | None = key()
    name: str
    channel: Channel | None = word(Channel, optional=True)
    suggestion: str = ""
    kind: MessageKind = word(MessageKind)
    subject: str = ""
    body: str = ""
    replaces: str | None = None
    hidden: bool = False
    changed_at: datetime = utc()


class OutgoingEmail(SQLModel, table=True):
    """An email that the desk itself is to send, by SMTP; the message it logged is what it says.

    `message_key` is its Message-ID, the same at each try, so that a second delivery can be known for one.
    """

    __tablename__ = "outgoing_email"
    __table_args__ = (UniqueConstraint("message_id"), UniqueConstraint("message_key"), KEPT)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    message_id: int = Field(foreign_key="message.id")
    message_key: str
    from_address: str
    to_address: str
    queued_at: datetime = utc()


class Delivery(SQLModel, table=True):
    """How far the email with the same id has come. Not journaled: what was sent is not taken back by an undo.

    It stays where the email's own row goes with its client, so that her return brings back what had become of it.
    """

    __tablename__ = "delivery"

    id: int = Field(primary_key=True)
    state: DeliveryState = word(DeliveryState)
    tries: int = 0
    tried_at: datetime | None = utc_or_none()
    next_at: datetime | None = utc_or_none(index=True)
    said: str = ""
