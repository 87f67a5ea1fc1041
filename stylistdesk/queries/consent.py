"""Consent as the screens show it (R24, R25): each address of a client with what is judged of it, and the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from stylistdesk.db.consent_evidence import WRITTEN, address_key, evidence_of, lists_with, sender_of
from stylistdesk.domain.consent import Answer, Sender, judge, sender_in, signed
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState, EmailStatus, MessageKind
from stylistdesk.queries.facts import instant

if TYPE_CHECKING:
    from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class AddressLine:
    """One address of a client: `answer` judges a commercial message sent there now."""

    contact_id: int
    contact: str
    is_primary: bool
    channel: Channel
    address: str
    state: ConsentState
    status: EmailStatus
    answer: Answer
    lists: tuple[str, ...]  # the outside lists that it is on


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry of the consent ledger."""

    id: int
    channel: Channel
    address: str
    state: ConsentState
    ground: ConsentGround | None
    happened_on: date | None
    ends_on: date | None
    source: str
    recorded_at: datetime
    evidence: str
    hash: str


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """One outside list that has to let an address go, and by when."""

    task_id: int
    description: str
    due_on: date | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """Everything about the permission to write to one client; the ledger is newest first."""

    client_id: int
    name: str
    sender: Sender
    addresses: tuple[AddressLine, ...]
    ledger: tuple[LedgerLine, ...]
    obligations: tuple[ObligationLine, ...]


def judge_message(
    asking: "Asking",
    client_id: int,
    channel: Channel,
    address: str,
    kind: MessageKind = MessageKind.COMMERCIAL,
    body: str = "",
) -> tuple[Answer, Sender]:
    """May she be written to at this address now, in these words once they are signed, and who would they be from?"""
    connection = asking.session.connection()
    key, sender = address_key(channel, address, asking.country), sender_of(connection)
    evidence = evidence_of(connection, asking.zone, client_id, channel, key)
    said = sender_in(signed(body, sender, channel, kind), sender)
    return judge(channel, evidence, _today(asking), kind=kind, sender=said), sender


def sender_as_typed(asking: "Asking") -> tuple[str, str]:
    """The rep's mailing address and her province ("ON"), as she gave them."""
    row = (
        asking.session.connection()
        .exec_driver_sql("SELECT mailing_address, province FROM desk_info WHERE id = 1")
        .first()
    )
    return (row.mailing_address, row.province.removeprefix("CA-")) if row is not None else ("", "")


def _today(asking: "Asking") -> date:
    return asking.now.astimezone(asking.zone).date()


def consent_page(asking: "Asking", client_id: int) -> ConsentPage | None:
    """Her addresses, each judged, with the ledger of all of them; `None` if she is not on the desk."""
    connection = asking.session.connection()
    name = connection.exec_driver_sql("SELECT name FROM client WHERE id = ?", (client_id,)).scalar()
    if name is None:
        return None
    sender, addresses = sender_of(connection), _addresses(asking, client_id)
    return ConsentPage(
        client_id,
        name,
        sender,
        addresses,
        _ledger(asking, client_id, addresses),
        _obligations(asking, client_id),
    )


def primary_answers(asking: "Asking", client_id: int) -> tuple[Answer, ...]:
    """What is judged of the addresses of her primary contact, for the header of her profile."""
    return tuple(line.answer for line in _addresses(asking, client_id, lists=False) if line.is_primary)


def _addresses(asking: "Asking", client_id: int, *, lists: bool = True) -> tuple[AddressLine, ...]:
    connection, sender, today = asking.session.connection(), sender_of(asking.session.connection()), _today(asking)
    rows = connection.exec_driver_sql(
        "SELECT id, name, is_primary, email, email_key, phone, email_consent, text_consent, email_status FROM contact "
        "WHERE client_id = ? ORDER BY is_primary DESC, id",
        (client_id,),
    ).all()
    found = []
    for row in rows:
        for channel in WRITTEN:
            email = channel is Channel.EMAIL
            key = row.email_key if email else row.phone
            if not key:
                continue
            evidence = evidence_of(connection, asking.zone, client_id, channel, key)
            found.append(
                AddressLine(
                    row.id,
                    row.name,
                    bool(row.is_primary),
                    channel,
                    row.email if email else row.phone,
                    ConsentState(row.email_consent if email else row.text_consent),
                    EmailStatus(row.email_status),
                    judge(channel, evidence, today, sender=sender),
                    lists_with(connection, channel, key) if lists else (),
                )
            )
    return tuple(found)


def _ledger(asking: "Asking", client_id: int, addresses: tuple[AddressLine, ...]) -> tuple[LedgerLine, ...]:
    connection = asking.session.connection()
    columns = "id, channel, address, state, ground, happened_on, ends_on, source, recorded_at, evidence, hash"
    found = {row.id: row for row in connection.exec_driver_sql(
        f"SELECT {columns} FROM consent WHERE client_id = ?", (client_id,))}  # fmt: skip
    for line in addresses:
        key = address_key(line.channel, line.address, asking.country)
        rows = connection.exec_driver_sql(
            f"SELECT {columns} FROM consent WHERE channel = ? AND address = ?", (line.channel.value, key)
        )
        found |= {row.id: row for row in rows}
    return tuple(
        LedgerLine(
            row.id,
            Channel(row.channel),
            row.address,
            ConsentState(row.state),
            ConsentGround(row.ground) if row.ground else None,
            date.fromisoformat(row.happened_on) if row.happened_on else None,
            date.fromisoformat(row.ends_on) if row.ends_on else None,
            row.source,
            instant(row.recorded_at),
            row.evidence,
            row.hash,
        )
        for _, row in sorted(found.items(), reverse=True)
    )


def _obligations(asking: "Asking", client_id: int) -> tuple[ObligationLine, ...]:
    rows = asking.session.connection().exec_driver_sql(
        "SELECT id, description, due_on, done_at FROM task WHERE client_id = ? AND category = 'unsubscribe' "
        "ORDER BY done_at IS NOT NULL, due_on, id",
        (client_id,),
    )
    return tuple(
        ObligationLine(
            row.id,
            row.description,
            date.fromisoformat(row.due_on) if row.due_on else None,
            instant(row.done_at) if row.done_at else None,
        )
        for row in rows
    )
