"""What stands above every section of a client's profile."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from stylistdesk.db.tables import Cadence, Client, Contact
from stylistdesk.domain.consent import Answer
from stylistdesk.domain.dates import say_cadence
from stylistdesk.domain.types import EmailStatus, Stage
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.consent import primary_answers
from stylistdesk.queries.last_contact import LastContact, last_contact


@dataclass(frozen=True, slots=True)
class Header:
    """Who she is, in a few words."""

    client_id: int
    name: str
    company: str
    spending_power: int | None
    stage: Stage | None
    cadence: str
    cadence_paused: bool
    contact: str  # her primary contact's name, where it is not her own
    email: str
    phone: str
    email_status: EmailStatus | None
    consent: tuple[Answer, ...]  # of her primary contact: what is judged of writing to it now
    order_count: int
    added_at: datetime
    last_contact: LastContact | None


def header(asking: Asking, client_id: int) -> Header | None:
    """The header of a client's profile; `None` if she is not on the desk."""
    client = asking.session.get(Client, client_id)
    if client is None:
        return None
    contact = asking.session.exec(
        select(Contact).where(Contact.client_id == client_id).order_by(col(Contact.is_primary).desc(), col(Contact.id))
    ).first()
    cadence = asking.session.exec(select(Cadence).where(Cadence.client_id == client_id)).first()
    return Header(
        client_id=client_id,
        name=client.name,
        company=client.company,
        spending_power=client.spending_power,
        stage=client.stage,
        cadence=say_cadence(cadence.every, cadence.unit) if cadence else "",
        cadence_paused=bool(cadence and cadence.paused_at),
        contact=contact.name if contact and contact.name != client.name else "",
        email=contact.email if contact else "",
        phone=contact.phone if contact else "",
        email_status=contact.email_status if contact else None,
        consent=primary_answers(asking, client_id),
        order_count=client.order_count,
        added_at=client.added_at,
        last_contact=last_contact(asking, client_id),
    )
