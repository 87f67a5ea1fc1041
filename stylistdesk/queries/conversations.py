"""What was written and said: emails, the thread of each phone number, and what she liked in the showroom (R31, R33)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, or_, select

from stylistdesk.db.tables import Client, Contact, Message, Signal
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Cents, Channel, Direction, SignalKind
from stylistdesk.queries.asking import Asking

MOST = 1_000
"""A section shows at most so many, the newest."""

FEWEST_DIGITS = 4
"""So many digits are enough to look for a number by its end."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message or call, and whose it is."""

    id: int
    client_id: int
    channel: Channel
    direction: Direction
    sent_at: datetime
    address: str
    subject: str
    body: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said with one number (E.164; "" for none), newest first, and who else has that number.

    `whose` is the name of the contact it belongs to, if that is not her own.
    """

    number: str
    whose: str
    sharers: tuple[tuple[int, str], ...]
    messages: tuple[MessageRow, ...]


@dataclass(frozen=True, slots=True)
class Liked:
    """Something that she favourited or hearted."""

    id: int
    kind: SignalKind
    occurred_at: datetime
    item: str
    brand: str
    lookbook: str
    amount: Cents | None
    currency: str
    url: str


@dataclass(frozen=True, slots=True)
class ByPhone:
    """A number in E.164, and the clients who have it."""

    number: str
    clients: tuple[tuple[int, str], ...]


def emails(asking: Asking, client_id: int) -> tuple[MessageRow, ...]:
    """All emails with her, newest first."""
    rows = asking.session.exec(
        select(Message)
        .where(Message.client_id == client_id, Message.channel == Channel.EMAIL)
        .order_by(col(Message.sent_at).desc(), col(Message.id).desc())
        .limit(MOST)
    )
    return tuple(_row(message) for message in rows)


def conversation(asking: Asking, client_id: int) -> tuple[Thread, ...]:
    """The threads of her numbers, her primary number first, then what no number of hers belongs to."""
    session = asking.session
    client = session.get(Client, client_id)
    hers = session.exec(
        select(Contact.phone, Contact.name)
        .where(Contact.client_id == client_id, Contact.phone != "")
        .order_by(col(Contact.is_primary).desc(), col(Contact.id))
    )
    names: dict[str, str] = {}
    for number, name in hers:
        names.setdefault(number, name if client is not None and name != client.name else "")
    numbers = list(names)
    sharers = {number: _others(asking, number, client_id) for number in numbers}
    whose = {client_id, *(other for found in sharers.values() for other, _ in found)}
    rows = session.exec(
        select(Message)
        .where(
            col(Message.client_id).in_(whose),
            col(Message.channel).in_((Channel.TEXT, Channel.CALL)),
            or_(col(Message.client_id) == client_id, col(Message.address).in_(numbers)),
        )
        .order_by(col(Message.sent_at).desc(), col(Message.id).desc())
        .limit(MOST)
    )
    threads: dict[str, list[MessageRow]] = {number: [] for number in numbers}
    for message in rows:
        # A call that was logged without a number was on her first one.
        number = message.address or (numbers[0] if numbers else "")
        threads.setdefault(number, []).append(_row(message))
    return tuple(
        Thread(number, names.get(number, ""), sharers.get(number, ()), tuple(found))
        for number, found in threads.items()
    )


def by_phone(asking: Asking, typed: str) -> ByPhone:
    """Who has a number that is typed as one types it, or one that ends so. Raises `Refused` for what is no number."""
    import phonenumbers

    digits = "".join(letter for letter in typed if letter.isdecimal())

    try:
        parsed = phonenumbers.parse(typed, asking.country)
    except phonenumbers.NumberParseException:
        parsed = None
    possible = phonenumbers.ValidationResult.IS_POSSIBLE
    if parsed is None or phonenumbers.is_possible_number_with_reason(parsed) != possible:
        ends = _ending(asking, digits) if len(digits) >= FEWEST_DIGITS else ()
        if ends:
            return ByPhone(typed.strip(), ends)
        hint = f"With its area code, 212 555 0101, or +44 …; of its end, at least {FEWEST_DIGITS} digits"
        raise Refused(f"“{typed.strip()[:40]}” is no phone number.", field="number", hint=hint)
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return ByPhone(number, _others(asking, number, None))


def liked(asking: Asking, client_id: int) -> tuple[Liked, ...]:
    """What she favourited and hearted in the showroom, newest first."""
    rows = asking.session.exec(
        select(Signal)
        .where(Signal.client_id == client_id, col(Signal.kind).in_((SignalKind.FAVOURITED, SignalKind.HEARTED)))
        .order_by(col(Signal.occurred_at).desc(), col(Signal.id).desc())
        .limit(MOST)
    )
    return tuple(
        Liked(
            row.id or 0,
            row.kind,
            row.occurred_at,
            row.item,
            row.brand,
            row.lookbook,
            None if row.amount_cents is None else Cents(row.amount_cents),
            row.currency,
            row.url,
        )
        for row in rows
    )


def _others(asking: Asking, number: str, but: int | None) -> tuple[tuple[int, str], ...]:
    rows = asking.session.exec(
        select(Client.id, Client.name)
        .join(Contact, col(Contact.client_id) == col(Client.id))
        .where(Contact.phone == number, Client.id != but)
        .distinct()
        .order_by(col(Client.name_key), col(Client.id))
    )
    return tuple((int(client_id or 0), name) for client_id, name in rows)


def _ending(asking: Asking, digits: str) -> tuple[tuple[int, str], ...]:
    rows = asking.session.exec(
        select(Client.id, Client.name)
        .join(Contact, col(Contact.client_id) == col(Client.id))
        .where(col(Contact.phone).endswith(digits, autoescape=True))
        .distinct()
        .order_by(col(Client.name_key), col(Client.id))
        .limit(50)
    )
    return tuple((int(client_id or 0), name) for client_id, name in rows)


def _row(message: Message) -> MessageRow:
    return MessageRow(
        message.id or 0,
        message.client_id,
        message.channel,
        message.direction,
        message.sent_at,
        message.address,
        message.subject,
        message.body,
        message.outcome,
    )
