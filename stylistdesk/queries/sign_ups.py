"""Signing up reps (R42): who may become one, how far each is, what waits, and whether she may be written to."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Row

from stylistdesk.db.consent_evidence import WRITTEN, address_key, evidence_of, sender_of
from stylistdesk.domain.consent import Answer, judge
from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.sign_ups import OF_SIGN_UP, OVER, SignUpState, Steps
from stylistdesk.domain.types import Channel
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant

MOST_JUDGED = 40
"""Of so many of those who may be written to, it is said whether they may."""


@dataclass(frozen=True, slots=True)
class SignUpRow:
    """Someone who may become a rep. Of a client, name and addresses are hers as they are now.

    `remind_on` is the day on which the desk reminds of her; `answers` judge a commercial message to each address.
    """

    id: int
    client_id: int | None
    name: str
    email: str
    phone: str
    code: str
    link: str
    note: str
    added_at: datetime
    steps: Steps
    remind_on: date | None
    is_due: bool
    answers: tuple[Answer, ...] = ()

    @property
    def state(self) -> SignUpState:
        """How far she is."""
        return self.steps.state


_ROWS = """
    SELECT s.id, s.client_id, coalesce(c.name, s.name) AS name,
        coalesce(nullif(k.email, ''), s.email) AS email, coalesce(nullif(k.phone, ''), s.phone) AS phone,
        s.code, s.link, s.note, s.added_at, s.sent_at, s.opened_at, s.enrolled_at, s.given_up_at,
        CASE WHEN s.client_id IS NULL THEN s.remind_on ELSE
            (SELECT min(f.due_on) FROM follow_up f
             WHERE f.client_id = s.client_id AND f.status = 'scheduled' AND f.rule = :rule) END AS remind_on
    FROM sign_up s LEFT JOIN client c ON c.id = s.client_id
    LEFT JOIN contact k ON k.client_id = s.client_id AND k.is_primary
    ORDER BY s.id DESC"""
_STATES = (SignUpState.ADDED, SignUpState.OPENED, SignUpState.SENT, SignUpState.ENROLLED, SignUpState.GIVEN_UP)


def sign_ups(asking: Asking, *, judged: bool = True) -> tuple[SignUpRow, ...]:
    """Who is due first, the longest due at the top; then who has no link yet, who opened it, who has it; the rest."""
    today = LocalNow(asking.now, asking.zone).today
    found = asking.session.connection().exec_driver_sql(_ROWS, {"rule": OF_SIGN_UP})
    rows = sorted((_row(row, today) for row in found), key=_place)
    most = MOST_JUDGED if judged else 0
    return (*(row if row.state in OVER else _judged(asking, row) for row in rows[:most]), *rows[most:])


def _row(row: Row[tuple[object, ...]], today: date) -> SignUpRow:
    stamps = (row.sent_at, row.opened_at, row.enrolled_at, row.given_up_at)
    steps = Steps(*(instant(at) if at else None for at in stamps))
    remind_on = date.fromisoformat(row.remind_on) if row.remind_on and steps.state not in OVER else None
    return SignUpRow(
        row.id,
        row.client_id,
        row.name,
        row.email,
        row.phone,
        row.code,
        row.link,
        row.note,
        instant(row.added_at),
        steps,
        remind_on,
        remind_on is not None and remind_on <= today,
    )


def _place(row: SignUpRow) -> tuple[bool, date, int]:
    return not row.is_due, row.remind_on if row.is_due and row.remind_on else date.max, _STATES.index(row.state)


def _judged(asking: Asking, row: SignUpRow) -> SignUpRow:
    connection = asking.session.connection()
    sender, today = sender_of(connection), LocalNow(asking.now, asking.zone).today
    answers: list[Answer] = []
    for channel in WRITTEN:
        address = row.email if channel is Channel.EMAIL else row.phone
        if address:
            key = address_key(channel, address, asking.country)
            evidence = evidence_of(connection, asking.zone, row.client_id or 0, channel, key)
            answers.append(judge(channel, evidence, today, sender=sender))
    return replace(row, answers=tuple(answers))
