"""Whose consent lapses soon (R5 rule 14): found for all clients in one statement, judged by the same rule as a message.

The statement finds the few clients with something that lapses in that time; `domain.consent.judge` then says of each
whether it is the last that holds.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from stylistdesk.domain.consent import Evidence, LedgerFact, judge
from stylistdesk.domain.dates import LocalNow, add_months, start_of_day
from stylistdesk.domain.facts import ConsentFact
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState

Rows = Callable[..., Iterator[tuple[Any, ...]]]

_SLACK = 4
"""Days around the span, since months are of different lengths: what is let in too much is judged away."""

_LEDGER = """(SELECT json_group_array(json_array(state, date(recorded_at), ground, happened_on, ends_on)) FROM
    (SELECT * FROM consent WHERE channel = '{channel}' AND address = {address} ORDER BY id))"""

# Who bought later than that is left out before anything else is looked up: nearly everyone, on a desk with orders.
_LAPSING = f"""
    SELECT c.id, c.last_order_on,
           (SELECT max(sent_at) FROM message m WHERE m.client_id = c.id AND m.direction = 'in') AS wrote,
           (SELECT max(occurred_at) FROM signal s WHERE s.client_id = c.id AND s.kind = 'replied') AS replied,
           CASE WHEN p.email_key <> '' AND p.email_consent = 'never_asked' AND p.email_status = 'active'
                AND NOT EXISTS (SELECT 1 FROM opt_out o WHERE o.channel = 'email' AND o.address = p.email_key)
                THEN {_LEDGER.format(channel="email", address="p.email_key")} END,
           CASE WHEN p.phone <> '' AND p.text_consent = 'never_asked'
                AND NOT EXISTS (SELECT 1 FROM opt_out o WHERE o.channel = 'text' AND o.address = p.phone)
                THEN {_LEDGER.format(channel="text", address="p.phone")} END
    FROM client c CROSS JOIN contact p ON p.client_id = c.id AND p.is_primary
    WHERE (c.last_order_on IS NULL OR c.last_order_on <= :bought_to)
      AND ((p.email_key <> '' AND p.email_consent = 'never_asked')
           OR (p.phone <> '' AND p.text_consent = 'never_asked'))
      AND (c.last_order_on >= :bought_from
           OR wrote BETWEEN :asked_from AND :asked_to OR replied BETWEEN :asked_from AND :asked_to
           OR EXISTS (SELECT 1 FROM consent k WHERE k.channel = 'email' AND k.address = p.email_key
                      AND k.ground IS NOT NULL)
           OR EXISTS (SELECT 1 FROM consent k WHERE k.channel = 'text' AND k.address = p.phone
                      AND k.ground IS NOT NULL)) {{one}}"""


def lapsing(rows: Rows, here: LocalNow, days: int) -> dict[int, ConsentFact]:
    """By client, the ground that lapses within so many days and is the strongest: by email if it may be, else by text.

    `rows` runs a statement, with `{one}` filled in as a condition on a column where one client is asked for.
    """
    first, last = here.today - timedelta(days=_SLACK), here.today + timedelta(days=days + _SLACK)
    found: dict[int, ConsentFact] = {}
    for client_id, bought, wrote, replied, *ledgers in rows(
        _LAPSING,
        "c.id",
        bought_from=add_months(first, -24).isoformat(),
        bought_to=add_months(last, -24).isoformat(),
        asked_from=_stored(add_months(first, -6), here),
        asked_to=_stored(add_months(last, -6), here),
    ):
        purchases = (date.fromisoformat(bought),) if bought else ()
        inquiries = tuple(_day(at, here) for at in (wrote, replied) if at)
        for channel, ledger in zip((Channel.EMAIL, Channel.TEXT), ledgers, strict=True):
            if ledger is None:
                continue
            answer = judge(channel, Evidence(_entries(ledger), purchases, inquiries), here.today)
            lapses = answer.last_day
            if lapses is not None and answer.ground is not None and (lapses - here.today).days <= days:
                words = answer.ground.words.split(", ", 1)[0]
                found[client_id] = ConsentFact(channel, words, lapses)
                break
    return found


def _entries(ledger: str) -> tuple[LedgerFact, ...]:
    return tuple(
        LedgerFact(
            ConsentState(state),
            date.fromisoformat(recorded_on),
            "",
            ConsentGround(ground) if ground else None,
            date.fromisoformat(happened_on) if happened_on else None,
            date.fromisoformat(ends_on) if ends_on else None,
        )
        for state, recorded_on, ground, happened_on, ends_on in json.loads(ledger)
    )


def _day(stored: str, here: LocalNow) -> date:
    return here.day(datetime.fromisoformat(stored).replace(tzinfo=UTC))


def _stored(day: date, here: LocalNow) -> str:
    return start_of_day(day, here.zone).strftime("%Y-%m-%d %H:%M:%S.%f")
