"""Events with all that an export tells of them (R37)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from stylistdesk.db.tables import Client, Contact, HostEvent
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class ExportHostEvent:
    """One event. Its `external_id` is that of its file, or its code where it was made here."""

    external_id: str
    name: str
    host_email: str
    host_name: str
    opens_on: date
    closes_on: date
    held_at: datetime | None
    place: str
    link: str
    note: str


def host_events_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportHostEvent, ...]:
    """All events, or those of the hosts with the ids, in the order of their windows; cancelled ones too."""
    wanted = (
        select(HostEvent, Client.name, Contact.email)
        .join(Client, col(Client.id) == HostEvent.client_id, isouter=True)
        .join(Contact, (col(Contact.client_id) == Client.id) & col(Contact.is_primary), isouter=True)
        .order_by(col(HostEvent.opens_on), col(HostEvent.id))
    )
    if ids is not None:
        wanted = wanted.where(col(HostEvent.client_id).in_(ids))
    return tuple(
        ExportHostEvent(
            event.external_id or event.code,
            event.name,
            email or "",
            host or "",
            event.opens_on,
            event.closes_on,
            event.held_at,
            event.place,
            event.link,
            event.note,
        )
        for event, host, email in asking.session.exec(wanted)
    )
