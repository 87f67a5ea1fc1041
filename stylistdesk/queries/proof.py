"""Everything that proves the permission to write to one address (R25: the burden of proof is on the sender)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stylistdesk.db.consent_evidence import address_key, came_from, evidence_of, sender_of
from stylistdesk.db.consent_ledger import broken_chains, taken_back
from stylistdesk.domain.consent import Answer, acted_herself, judge
from stylistdesk.domain.types import Channel
from stylistdesk.queries.facts import instant

if TYPE_CHECKING:
    from stylistdesk.queries.asking import Asking

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof for one address, as rows of plain values; instants are ISO 8601 in UTC.

    `ledger` holds its entries, the oldest first, each with exactly what was hashed, `taken_back` those that undo
    took out of it again; `problems` is empty if the chain holds. `purchases` and `from_her` are the orders and
    messages that grounds rest on: not those of a client whose sister or assistant has the address.
    """

    channel: Channel
    address: str
    sender: str
    mailing_address: str
    made_at: datetime
    clients: tuple[str, ...]
    answer: Answer
    ledger: tuple[Row, ...]
    taken_back: tuple[Row, ...]
    problems: tuple[str, ...]
    opt_outs: tuple[Row, ...]
    purchases: tuple[Row, ...]
    from_her: tuple[Row, ...]
    sent: tuple[Row, ...]
    obligations: tuple[Row, ...]


_LEDGER = (
    "SELECT previous_hash, channel, address, state, source, recorded_at, coalesce(ground, '') AS ground, "
    "coalesce(happened_on, '') AS happened_on, coalesce(ends_on, '') AS ends_on, evidence, hash "
    "FROM consent WHERE channel = :channel AND address = :address ORDER BY id"
)
_OPT_OUTS = "SELECT source, recorded_at FROM opt_out WHERE channel = :channel AND address = :address"
_WHO = "SELECT value FROM json_each(:clients)"
_ACTED = "SELECT value FROM json_each(:acted)"
_PURCHASES = (
    f"""SELECT source, number, placed_at, status FROM "order" WHERE client_id IN ({_ACTED}) ORDER BY placed_at"""
)
_FROM_HER = (
    f"SELECT channel, sent_at, address, subject, body, client_id IN ({_ACTED}) AS hers FROM message "
    f"WHERE direction = 'in' AND client_id IN ({_WHO}) "
    f"UNION ALL SELECT 'reply on ' || source, occurred_at, '', item, comment, 1 FROM signal WHERE kind = 'replied' "
    f"AND client_id IN ({_ACTED}) ORDER BY 2"
)
_SENT = (
    "SELECT sent_at, address, subject, body, consent FROM message WHERE direction = 'out' AND channel = :channel "
    f"AND client_id IN ({_WHO}) ORDER BY sent_at"
)
_OBLIGATIONS = (
    "SELECT description, due_on, done_at FROM task WHERE category = 'unsubscribe' AND instr(description, :address) "
    f"AND client_id IN ({_WHO}) ORDER BY due_on"
)


def proof_of(asking: "Asking", client_id: int, channel: Channel, address: str) -> Proof:
    """The proof for one address of a client; of messages, those to this address or to one that was not noted."""
    connection = asking.session.connection()
    key = address_key(channel, address, asking.country)
    column = "email_key" if channel is Channel.EMAIL else "phone"
    people = connection.exec_driver_sql(
        f"SELECT DISTINCT l.id, l.name FROM client l LEFT JOIN contact c ON c.client_id = l.id "
        f"WHERE c.{column} = ? OR l.id = ? ORDER BY l.id",
        (key, client_id),
    ).all()
    known = {row[0]: evidence_of(connection, asking.zone, row[0], channel, key) for row in people}
    given = {
        "channel": channel.value,
        "address": key,
        "clients": json.dumps(list(known)),
        "acted": json.dumps([client for client, evidence in known.items() if acted_herself(evidence)]),
    }

    def rows(statement: str) -> tuple[Row, ...]:
        return tuple(_plain(row._mapping) for row in connection.exec_driver_sql(statement, given))

    sender, today = sender_of(connection), asking.now.astimezone(asking.zone).date()
    evidence = known.get(client_id) or evidence_of(connection, asking.zone, client_id, channel, key)
    return Proof(
        channel=channel,
        address=key,
        sender=sender.name,
        mailing_address=sender.mailing_address,
        made_at=asking.now,
        clients=tuple(row[1] for row in people),
        answer=judge(channel, evidence, today, sender=sender),
        ledger=rows(_LEDGER),
        taken_back=tuple(taken_back(connection, channel.value, key)),
        problems=tuple(one.words for one in broken_chains(connection) if one[:2] == (channel.value, key)),
        opt_outs=rows(_OPT_OUTS),
        purchases=rows(_PURCHASES),
        from_her=tuple(
            {name: value for name, value in row.items() if name != "hers"}
            for row in rows(_FROM_HER)
            if row["hers"] or came_from(row["channel"], row["address"], asking.country) == key
        ),
        sent=tuple(
            row for row in rows(_SENT) if address_key(channel, row["address"], asking.country) in (key, "")
        ),
        obligations=rows(_OBLIGATIONS),
    )  # fmt: skip


def _plain(row: Any) -> Row:
    """The row; instants as ISO 8601 in UTC, but those of the ledger as they were hashed."""
    values = dict(row)
    for name in ("placed_at", "sent_at", "done_at"):
        if values.get(name):
            values[name] = instant(values[name]).isoformat()
    return values
