"""What one key does to a client in the queue (R6)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlmodel import Session, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.passing_on import OWED, settle_owed
from stylistdesk.commands.sessions import begin, deliver, named
from stylistdesk.db.consent_evidence import WRITTEN, address_key, evidence_of, sender_of
from stylistdesk.db.tables import (
    Appointment,
    Assignment,
    Client,
    CsatResponse,
    Dismissal,
    Erasure,
    FollowUp,
    Message,
    Signal,
    Snooze,
    Task,
)
from stylistdesk.domain.assignments import STATUS_WORDS
from stylistdesk.domain.consent import judge
from stylistdesk.domain.dates import next_cadence
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.rules import say_rule
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Channel, Direction, FollowUpStatus, MessageKind

MOST_WORDS = 20_000
"""A note or a message is at most so long."""


def client_named(session: Session, client_id: int) -> Client:
    """The client, or `Refused` if she is gone or was erased."""
    client = client_of_sale(session, client_id)
    if session.exec(select(Erasure.id).where(Erasure.client_number == client_id)).first() is not None:
        raise Refused(f"Client {client_id} was erased.", hint="Only sums of sales are left, without a name.")
    return client


def client_of_sale(session: Session, client_id: int) -> Client:
    """As `client_named`, also one who was erased: what she bought can still come back, say."""
    client = session.get(Client, client_id)
    if client is None:
        raise Refused("This client is no longer on the desk.", hint="Undo brings a removed client back.")
    return client


@dataclass(frozen=True, slots=True)
class CompleteFollowUp:
    """The rep has dealt with a client: the watermark moves to the last signal that she has seen (R4).

    `rule` and `subject` say which suggestion was dealt with; what it was about is settled too: the assignment is
    started or delivered, the appointment confirmed, the response answered, the follow-up or task completed.
    """

    client_id: int
    seen_through: int
    rule: str = ""
    subject: str = ""
    channel: Channel | None = None
    outcome: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the client is gone."""
        session = work.session
        client = client_named(session, self.client_id)
        settled, moved = _settle(work, self.client_id, self.subject)
        if not isinstance(settled, FollowUp):
            settled = FollowUp(client_id=self.client_id, status=FollowUpStatus.COMPLETED)
            session.add(settled)
        settled.status = FollowUpStatus.COMPLETED
        settled.completed_at = work.now
        settled.rule = self.rule
        settled.channel = self.channel or settled.channel
        settled.outcome = clean(self.outcome, multiline=True, limit=MOST_WORDS)
        settled.seen_through = max(client.watermark, min(self.seen_through, newest_signal(session, self.client_id)))
        client.watermark = settled.seen_through
        for snooze in session.exec(select(Snooze).where(Snooze.client_id == self.client_id)):
            session.delete(snooze)
        told = moved + _schedule_next(work, settled)
        return Outcome(f"Completed follow-up with {client.name}{told}", (self.client_id,))


def _schedule_next(work: Work, done: FollowUp) -> str:
    """If it repeats, the next one is promised, on a day counted from its anchor (R18); what to say of it."""
    if not done.repeat_every or done.repeat_anchor is None:
        return ""
    today = work.now.astimezone(work.zone).date()
    after = max(today, done.promised_on or done.due_on or today)
    due_on = next_cadence(done.repeat_anchor, done.repeat_every, done.repeat_unit, after)
    work.session.add(
        FollowUp(
            client_id=done.client_id,
            status=FollowUpStatus.SCHEDULED,
            due_on=due_on,
            channel=done.channel,
            reminder=done.reminder,
            repeat_every=done.repeat_every,
            repeat_unit=done.repeat_unit,
            repeat_anchor=done.repeat_anchor,
        )
    )
    return f"; the next one is on {work.say(due_on)}"


_Settled = CsatResponse | Assignment | FollowUp | Task | Appointment


def _settle(work: Work, client_id: int, subject: str) -> tuple[_Settled | None, str]:
    """Settle the thing that a suggestion was about; "csat:4" names the response with id 4. With what to say of it."""
    tables: dict[str, type[_Settled]] = {
        "csat": CsatResponse,
        "start": Assignment,
        "deliver": Assignment,
        "follow_up": FollowUp,
        "task": Task,
        "appointment": Appointment,
    }
    kind, _, number = subject.partition(":")
    if kind in OWED and number.isdecimal():
        return None, settle_owed(work, client_id, kind, int(number))
    if kind not in tables or not number.isdecimal():
        return None, ""
    row = cast("_Settled | None", work.session.get(tables[kind], int(number)))
    if row is None or row.client_id != client_id:
        return None, ""
    moved = ""
    if isinstance(row, CsatResponse):
        row.answered_at = row.answered_at or work.now
        row.read_at = row.read_at or work.now
    elif isinstance(row, Task):
        row.done_at = work.now
    elif isinstance(row, Appointment):
        row.confirmed_at = work.now
    elif isinstance(row, Assignment):
        moved = _move_on(work, row, wanted=deliver if kind == "deliver" else begin)
    return row, moved


def _move_on(work: Work, assignment: Assignment, *, wanted: Callable[[Work, Assignment], None]) -> str:
    """R12: what cannot move on, since it was delivered, closed or cancelled meanwhile, stays what it is.

    Gives what to say of it: its status is seen all over the desk.
    """
    with suppress(Refused):
        wanted(work, assignment)
        return f"; {named(assignment)} is {STATUS_WORDS[assignment.status]}"
    return ""


@dataclass(frozen=True, slots=True)
class SnoozeClient:
    """Hide a client from the queue until an instant, unless something urgent or new wakes her."""

    client_id: int
    until: datetime
    seen_through: int | None = None  # the last signal that the screen showed; a later one still wakes her

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a time that is past."""
        client = client_named(work.session, self.client_id)
        if self.until <= work.now:
            raise Refused("That time is past.", field="until", hint="For example: tomorrow, 3d, fri 9:30.")
        snooze = work.session.exec(select(Snooze).where(Snooze.client_id == self.client_id)).first()
        snooze = snooze or Snooze(client_id=self.client_id, until=self.until, mark=0)
        snooze.until, snooze.mark = self.until, _mark(work.session, self.client_id, self.seen_through)
        work.session.add(snooze)
        return Outcome(
            f"Snoozed {client.name} until {work.say(self.until.astimezone(work.zone).date())}", (self.client_id,)
        )


@dataclass(frozen=True, slots=True)
class DismissRule:
    """Hide a rule for a client until a new signal feeds it (R6)."""

    client_id: int
    rule: str
    subject: str = ""
    reason: str = ""
    seen_through: int | None = None  # the last signal that the screen showed; a later one brings it back
    action: str = ""  # what it suggested, in the words of the screen

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the client is gone."""
        client = client_named(work.session, self.client_id)
        found = work.session.exec(
            select(Dismissal).where(
                Dismissal.client_id == self.client_id,
                Dismissal.rule == self.rule,
                Dismissal.subject == self.subject,
            )
        ).first()
        dismissal = found or Dismissal(
            client_id=self.client_id, rule=self.rule, subject=self.subject, mark=0, dismissed_at=work.now
        )
        dismissal.mark = _mark(work.session, self.client_id, self.seen_through)
        dismissal.reason, dismissal.dismissed_at = clean(self.reason), work.now
        work.session.add(dismissal)
        return Outcome(f"Dismissed “{clean(self.action) or say_rule(self.rule)}” for {client.name}", (self.client_id,))


@dataclass(frozen=True, slots=True)
class LogMessage:
    """Keep a message that was sent. It does not move the watermark: only completing a follow-up does (R4).

    It is judged as it is sent (R25): a commercial one goes only to whom it may, and the ground is kept with it.
    `Outcome.value` is its id.
    """

    client_id: int
    channel: Channel
    address: str
    subject: str
    body: str
    kind: MessageKind = MessageKind.COMMERCIAL

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an empty message, and for a commercial one to an address that has not consented."""
        client = client_named(work.session, self.client_id)
        body = clean(self.body, multiline=True, limit=MOST_WORDS)
        if not body:
            raise Refused("The message is empty.", field="body", hint="Write a few words.")
        message = Message(
            client_id=self.client_id,
            channel=self.channel,
            direction=Direction.OUT,
            sent_at=work.now,
            address=_reached_at(self.channel, self.address, work.country),
            subject=clean(self.subject),
            body=body,
            consent=judged(work, self.client_id, self.channel, self.address, self.kind),
        )
        work.session.add(message)
        work.session.flush()
        return Outcome(f"Logged a message to {client.name}", (self.client_id,), message.id)


def _reached_at(channel: Channel, address: str, country: str) -> str:
    """The address as it is kept: a number in E.164, so that it is of the conversation with that number."""
    address = clean(address)
    return address if channel is Channel.EMAIL else address_key(Channel.TEXT, address, country)


def judged(work: Work, client_id: int, channel: Channel, address: str, kind: MessageKind) -> str:
    """What a message is for and on which ground it is sent, for the proof; `client_id` is 0 for who is no client.

    Raises `Refused` for a commercial one to an address that has not consented, or to none.
    """
    if channel not in WRITTEN:
        return ""
    address = clean(address)
    if not address and kind is MessageKind.COMMERCIAL:
        raise Refused("There is no address.", field="address", hint="Say where it goes: her consent is for that.")
    connection = work.session.connection()
    key = address_key(channel, address, work.country)
    evidence = evidence_of(connection, work.zone, client_id, channel, key)
    today = work.now.astimezone(work.zone).date()
    answer = judge(channel, evidence, today, kind=kind, sender=sender_of(connection))
    if not answer.lawful:
        raise Refused(answer.reason, field="address", hint=answer.remedy)
    ground = answer.section or (answer.ground.words if answer.ground else "")
    return f"{kind.value}: {ground}"


@dataclass(frozen=True, slots=True)
class LogCall:
    """Keep a call: what came of it, and what was said. `Outcome.value` is its id."""

    client_id: int
    outcome: str
    body: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the client is gone."""
        client = client_named(work.session, self.client_id)
        message = Message(
            client_id=self.client_id,
            channel=Channel.CALL,
            direction=Direction.OUT,
            sent_at=work.now,
            outcome=clean(self.outcome),
            body=clean(self.body, multiline=True, limit=MOST_WORDS),
        )
        work.session.add(message)
        work.session.flush()
        return Outcome(f"Logged a call with {client.name}", (self.client_id,), message.id)


def newest_signal(session: Session, client_id: int) -> int:
    """The id of the last signal recorded for a client, or 0."""
    newest = session.exec(
        select(Signal.id).where(Signal.client_id == client_id).order_by(Signal.id.desc()).limit(1)  # type: ignore[union-attr]
    ).first()
    return newest or 0


def _mark(session: Session, client_id: int, seen_through: int | None) -> int:
    newest = newest_signal(session, client_id)
    return newest if seen_through is None else min(newest, seen_through)
