"""What the desk knows of the permission to write to one address, gathered for `domain.consent.judge` (R25).

Read by the queries for the screens, and by the commands inside their own transaction. Her orders are her purchases, the
cancelled ones left out; her messages and replies are her inquiries. Whose address it is goes along, since what a
client did is no ground to write to her sister.
"""

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from stylistdesk.domain.consent import Evidence, Holder, LedgerFact, Sender, lists_in, withdrawn_on
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState, EmailStatus

_COLUMNS = {Channel.EMAIL: ("email_key", "email_consent"), Channel.TEXT: ("phone", "text_consent")}
WRITTEN = (Channel.EMAIL, Channel.TEXT)
"""The channels that need consent."""


def address_key(channel: Channel, address: str, country: str) -> str:
    """An address as the ledger has it: an email without capitals, a phone in E.164 where it can be read as one."""
    address = address.strip()
    if channel is not Channel.TEXT:
        return address.casefold()
    if not address or re.fullmatch(r"\+\d{6,15}", address):
        return address
    import phonenumbers

    try:
        parsed = phonenumbers.parse(address, country)
    except phonenumbers.NumberParseException:
        return address
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def sender_of(connection: Connection) -> Sender:
    """Who the messages are from, and the mailing address that goes into them."""
    row = connection.exec_driver_sql("SELECT rep_name, mailing_address FROM desk_info WHERE id = 1").first()
    return Sender(row.rep_name, row.mailing_address) if row is not None else Sender()


def evidence_of(connection: Connection, zone: ZoneInfo, client_id: int, channel: Channel, address: str) -> Evidence:
    """Everything known of an address (as `address_key` gives it) of this client, or one that she might have."""
    key = channel.value, address
    opted_out = connection.exec_driver_sql(
        "SELECT recorded_at FROM opt_out WHERE channel = ? AND address = ?", key
    ).scalar()
    state, status = _state(connection, channel, address)
    names, company = _client(connection, client_id)
    hers = _holders(connection, channel, address, client_id)
    return Evidence(
        entries=_entries(connection, zone, *key),
        purchases=_days(connection, zone, _PURCHASES, client_id),
        inquiries=_days(connection, zone, _INQUIRIES, client_id, client_id),
        opted_out_on=_day(opted_out, zone) if opted_out else None,
        state=state,
        status=status,
        written=_written(connection, zone, client_id, address),
        names=names,
        company=company if all(row.client_id == client_id for row in hers) else "",
        holders=tuple(Holder(row.name, bool(row.is_primary) and row.client_id == client_id) for row in hers),
    )


def _client(connection: Connection, client_id: int) -> tuple[tuple[str, ...], str]:
    """What a client is called, and her company."""
    row = connection.exec_driver_sql(
        "SELECT name, first_name, last_name, company FROM client WHERE id = ?", (client_id,)
    ).first()
    if row is None:
        return (), ""
    return (row.name, row.first_name, f"{row.first_name} {row.last_name}"), row.company


def _holders(connection: Connection, channel: Channel, address: str, client_id: int) -> list[Any]:
    """The contacts of the client that have an address; those of others, if it is none of hers."""
    if channel not in _COLUMNS or not address:
        return []
    rows = connection.exec_driver_sql(
        "SELECT c.client_id, c.is_primary, "
        "CASE WHEN c.name = '' AND l.id <> :client THEN l.name ELSE c.name END AS name "
        f"FROM contact c JOIN client l ON l.id = c.client_id WHERE c.{_COLUMNS[channel][0]} = :address",
        {"client": client_id, "address": address},
    ).all()
    return [row for row in rows if row.client_id == client_id] or list(rows)


def _written(connection: Connection, zone: ZoneInfo, client_id: int, address: str) -> tuple[date, ...]:
    """The days of the messages to the rep that came from this very address."""
    rows = connection.exec_driver_sql(
        "SELECT m.sent_at, m.channel, m.address, d.country FROM message m JOIN desk_info d "
        "WHERE m.client_id = ? AND m.direction = 'in' AND m.address <> '' ORDER BY m.sent_at",
        (client_id,),
    )
    days = (_day(row.sent_at, zone) for row in rows if came_from(row.channel, row.address, row.country) == address)
    return tuple(dict.fromkeys(days))


def came_from(channel: str, address: str, country: str) -> str:
    """The address of a message or call that was logged, as `address_key` gives it."""
    return address_key(Channel.EMAIL if channel == Channel.EMAIL else Channel.TEXT, address, country)


def lost_opt_outs(connection: Connection, zone: ZoneInfo) -> list[tuple[str, str]]:
    """The channel and address of each whose ledger says that she opted out, and that nothing keeps out any more."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT channel, address FROM consent k WHERE state = 'unsubscribed' AND NOT EXISTS "
        "(SELECT 1 FROM opt_out o WHERE o.channel = k.channel AND o.address = k.address) ORDER BY channel, address"
    )
    return [(row.channel, row.address) for row in rows if _withdrawn(connection, zone, row.channel, row.address)]


def _withdrawn(connection: Connection, zone: ZoneInfo, channel: str, address: str) -> bool:
    try:
        return withdrawn_on(Evidence(_entries(connection, zone, channel, address))) is not None
    except ValueError:  # an entry was written over with what is no day: its chain is told to be broken
        return False


def _entries(connection: Connection, zone: ZoneInfo, channel: str, address: str) -> tuple[LedgerFact, ...]:
    rows = connection.exec_driver_sql(
        "SELECT state, recorded_at, source, ground, happened_on, ends_on, evidence FROM consent "
        "WHERE channel = ? AND address = ? ORDER BY id",
        (channel, address),
    )
    return tuple(
        LedgerFact(
            ConsentState(row.state),
            _day(row.recorded_at, zone),
            row.source,
            ConsentGround(row.ground) if row.ground else None,
            date.fromisoformat(row.happened_on) if row.happened_on else None,
            date.fromisoformat(row.ends_on) if row.ends_on else None,
            row.evidence,
        )
        for row in rows
    )


_PURCHASES = (
    """SELECT placed_at FROM "order" WHERE client_id = ? AND status <> 'cancelled' """
    "AND NOT (total_cents > 0 AND cancelled_cents >= total_cents) ORDER BY placed_at"
)
_INQUIRIES = (
    "SELECT sent_at FROM message WHERE client_id = ? AND direction = 'in' UNION ALL "
    "SELECT occurred_at FROM signal WHERE client_id = ? AND kind = 'replied' ORDER BY 1"
)


def _days(connection: Connection, zone: ZoneInfo, statement: str, *client: int) -> tuple[date, ...]:
    rows = connection.exec_driver_sql(statement, client)
    return tuple(dict.fromkeys(_day(row[0], zone) for row in rows))


def _day(stored: str, zone: ZoneInfo) -> date:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone(zone).date()


def _state(connection: Connection, channel: Channel, address: str) -> tuple[ConsentState, EmailStatus]:
    """What the contacts with this address say; of several, the one that is against writing."""
    if channel not in _COLUMNS or not address:
        return ConsentState.NEVER_ASKED, EmailStatus.ACTIVE
    where, state = _COLUMNS[channel]
    rows = connection.exec_driver_sql(f"SELECT {state}, email_status FROM contact WHERE {where} = ?", (address,))
    found = [(ConsentState(row[0]), EmailStatus(row[1])) for row in rows]
    states = {state for state, _ in found}
    statuses = {status for _, status in found} if channel is Channel.EMAIL else set()
    against = (EmailStatus.UNSUBSCRIBED, EmailStatus.INVALID, EmailStatus.BOUNCED)
    return (
        next((one for one in (ConsentState.UNSUBSCRIBED, ConsentState.SUBSCRIBED) if one in states),
             ConsentState.NEVER_ASKED),
        next((one for one in against if one in statuses), EmailStatus.ACTIVE),
    )  # fmt: skip


def lists_with(connection: Connection, channel: Channel, address: str) -> tuple[str, ...]:
    """The outside lists that an address is on, by the imports that named it or its client."""
    where = _COLUMNS[channel][0]
    rows = connection.exec_driver_sql(
        "SELECT source FROM consent WHERE channel = :channel AND address = :address UNION "
        "SELECT x.source FROM client_external_id x JOIN contact c ON c.client_id = x.client_id "
        f"WHERE c.{where} = :address "
        f'UNION SELECT o.source FROM "order" o JOIN contact c ON c.client_id = o.client_id WHERE c.{where} = :address',
        {"channel": channel.value, "address": address},
    )
    return lists_in([row[0] for row in rows])
