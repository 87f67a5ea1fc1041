"""Sends what waits, one email after the other (R44): each is claimed, handed over, and what came of it is kept.

The network is never waited for in a transaction. An email that was being sent when the program ended is sent again,
with the same Message-ID: rather twice than never. Whether she may be written to is judged once more as it is claimed
(R25).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from stylistdesk.commands.base import Command, Outcome
from stylistdesk.commands.sending import MarkBounced
from stylistdesk.db.consent_evidence import address_key, evidence_of, sender_of
from stylistdesk.db.tables import Client, Delivery, Message, OutgoingEmail
from stylistdesk.domain.consent import judge
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.sending import Answer, Came, wait_after
from stylistdesk.domain.types import Channel, DeliveryState, EmailStatus, MessageKind
from stylistdesk.exchange.keyrings import EMAIL
from stylistdesk.exchange.smtp import TIMEOUT, Hand, Letter, written
from stylistdesk.queries.asking import Asking
from stylistdesk.settings import Sending, Settings

P = ParamSpec("P")
T = TypeVar("T")

CUT_OFF = "stylistdesk was closed while it was sent: it is sent again, and may arrive twice."


class SendingDesk(Protocol):
    """What sending needs of an open desk."""

    settings: Settings

    @property
    def zone(self) -> ZoneInfo:
        """The desk's zone."""
        ...

    @property
    def country(self) -> str:
        """The desk's country."""
        ...

    def now(self) -> datetime:
        """The present instant."""
        ...

    def ask(self, query: Callable[Concatenate[Asking, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask a query."""
        ...

    def do(self, command: Command) -> Outcome:
        """Run a command."""
        ...

    def note(self, write: Callable[[Session], T], *, quietly: bool = False) -> T:
        """Keep what has no undo."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one email. `outcome` is that of marking her address as bounced, where it was."""

    id: int
    client_id: int
    client: str
    address: str
    state: DeliveryState
    said: str
    next_at: datetime | None = None
    outcome: Outcome | None = None

    def as_json(self) -> dict[str, Any]:
        """By name, for the command line."""
        return {
            "id": self.id,
            "client": self.client,
            "address": self.address,
            "state": self.state.value,
            "said": self.said,
            "next_at": self.next_at.isoformat() if self.next_at else None,
        }


@dataclass(frozen=True, slots=True)
class _Claimed:
    id: int
    client_id: int
    client: str
    tries: int
    letter: Letter


def recover(desk: SendingDesk) -> int:
    """Have what was being sent when the program ended wait again; how many there are. Only with nothing being sent."""

    def write(session: Session) -> int:
        cut_off = session.exec(select(Delivery).where(col(Delivery.state) == DeliveryState.SENDING)).all()
        for delivery in cut_off:
            delivery.state, delivery.next_at, delivery.said = DeliveryState.WAITING, desk.now(), CUT_OFF
            session.add(delivery)
        return len(cut_off)

    return desk.note(write, quietly=True)


def try_again(desk: SendingDesk, message_id: int) -> None:
    """Send it now: what could not be sent, or what waits. Raises `Refused` where there is no such thing."""

    def write(session: Session) -> None:
        found = session.exec(
            select(Delivery)
            .join(OutgoingEmail, col(OutgoingEmail.id) == col(Delivery.id))
            .where(OutgoingEmail.message_id == message_id)
        ).first()
        if found is None or found.state not in (DeliveryState.FAILED, DeliveryState.WAITING):
            raise Refused("There is nothing to try again.", hint="Only what waits, or was not sent, can be.")
        if found.state is DeliveryState.FAILED:
            found.tries = 0
        found.state, found.next_at, found.said = DeliveryState.WAITING, desk.now(), ""
        session.add(found)

    desk.note(write)


def leave_it(desk: SendingDesk) -> int:
    """The rep has seen what could not be sent: she is not told of it any more. How many there were."""

    def write(session: Session) -> int:
        failed = select(Delivery).where(col(Delivery.state) == DeliveryState.FAILED, col(Delivery.next_at).is_not(None))
        seen = session.exec(failed).all()
        for delivery in seen:
            delivery.next_at = None
            session.add(delivery)
        return len(seen)

    return desk.note(write, quietly=True)


def kept_password(account: Sending) -> str:
    """The password that the keyring has for the account. Raises `Refused` with field "password"."""
    password = EMAIL.of(account.host, account.user) if account.user else ""
    if account.user and not password:
        raise Refused(f"No password is kept for {account.user}.", field="password", hint="Type it in your account.")
    return password


class Outbox:
    """Sends what is due. `run` is for a thread; `stop` for another one: it ends at once, and nothing is written after.

    An email whose sending `stop` breaks off stays “being sent”, and `recover` finds it.
    """

    def __init__(
        self, desk: SendingDesk, tell: Callable[[Told], None] = lambda told: None, *, timeout: float = TIMEOUT
    ) -> None:
        self.desk, self.tell, self.timeout = desk, tell, timeout
        self.server_away = False  # the last run ended because the server could not be used
        self._gate = Lock()  # whoever has it writes to the desk; once stopped, nobody does
        self._stopped = False
        self._hand: Hand | None = None

    def stop(self) -> None:
        """Break off."""
        self._stopped = True
        if self._hand is not None:
            self._hand.let_go()
        with self._gate:
            pass

    def run(self) -> list[Told]:
        """Send all that is due, and tell of each. Raises `Refused` where the password cannot be had."""
        told: list[Told] = []
        account = self.desk.settings.sending
        self.server_away = False
        if not account.is_set_up:
            return told
        self._write(partial(recover, self.desk))
        while (came := self._next(account)) is not None:
            told.append(came)
            self.tell(came)
            if self.server_away:
                break
        return told

    def _next(self, account: Sending) -> Told | None:
        """Send the one that is due first; `None` if nothing is."""
        found = self._write(lambda: self.desk.note(self._claim, quietly=True))
        if found is None or isinstance(found, Told):
            return found
        try:
            if self._hand is None:
                self._hand = Hand(account, kept_password(account), timeout=self.timeout)
            answer = self._hand.over(written(found.letter, account, self.desk.zone))
        except Refused as no:  # the keyring is locked, or it cannot be written at all
            answer = Answer(Came.ACCOUNT if no.field == "password" else Came.NEVER, str(no), no.field != "password")
        self.server_away = not answer.reached or answer.came is Came.ACCOUNT
        return self._write(lambda: self._keep(found, answer))

    def _write(self, write: Callable[[], T]) -> T | None:
        """Write to the desk, unless it was stopped: then the desk may be closed by now."""
        with self._gate:
            return None if self._stopped else write()

    # ------------------------------------------------------------ before and after

    def _claim(self, session: Session) -> _Claimed | Told | None:
        """Take the one that is due first; what may not be sent any more is told at once."""
        now = self.desk.now()
        row = session.exec(
            select(Delivery, OutgoingEmail, Message, Client.name)
            .join(OutgoingEmail, col(OutgoingEmail.id) == col(Delivery.id))
            .join(Message, col(Message.id) == col(OutgoingEmail.message_id))
            .join(Client, col(Client.id) == col(OutgoingEmail.client_id))
            .where(col(Delivery.state) == DeliveryState.WAITING, col(Delivery.next_at) <= now)
            .order_by(col(Delivery.next_at), col(Delivery.id))
            .limit(1)
        ).first()
        if row is None:
            return None
        delivery, email, message, name = row
        said_kind = message.consent.partition(":")[0]
        kind = next((one for one in MessageKind if one.value == said_kind), MessageKind.COMMERCIAL)
        if said := self._unlawful(session, email, kind):
            delivery.state, delivery.next_at, delivery.said = DeliveryState.FAILED, now, said
            session.add(delivery)
            return Told(delivery.id, email.client_id, name, email.to_address, delivery.state, said)
        delivery.state, delivery.tries = DeliveryState.SENDING, delivery.tries + 1
        delivery.tried_at, delivery.next_at = now, None
        session.add(delivery)
        letter = Letter(email.message_key, email.to_address, message.subject, message.body, kind, email.queued_at)
        return _Claimed(delivery.id, email.client_id, name, delivery.tries, letter)

    def _unlawful(self, session: Session, email: OutgoingEmail, kind: MessageKind) -> str:
        """Why she may not be written to any more; empty if she may."""
        connection, zone = session.connection(), self.desk.zone
        key = address_key(Channel.EMAIL, email.to_address, self.desk.country)
        evidence = evidence_of(connection, zone, email.client_id, Channel.EMAIL, key)
        today = self.desk.now().astimezone(zone).date()
        answer = judge(Channel.EMAIL, evidence, today, kind=kind, sender=sender_of(connection))
        if evidence.status in (EmailStatus.BOUNCED, EmailStatus.INVALID):
            return f"Nothing arrives at {email.to_address}: it is marked {evidence.status.value}."
        return "" if answer.lawful else answer.reason

    def _keep(self, sent: _Claimed, answer: Answer) -> Told:
        now, wait = self.desk.now(), wait_after(sent.tries)
        state, next_at = DeliveryState.FAILED, now
        if answer.came is Came.SENT:
            state = DeliveryState.SENT
        elif answer.came in (Came.LATER, Came.ACCOUNT) and wait is not None:
            state, next_at = DeliveryState.WAITING, now + wait

        def write(session: Session) -> None:
            delivery = session.get_one(Delivery, sent.id)
            delivery.state, delivery.said = state, answer.said
            delivery.tried_at = now
            delivery.next_at = None if state is DeliveryState.SENT else next_at
            session.add(delivery)

        self.desk.note(write, quietly=True)
        outcome = None
        if answer.came is Came.NO_MAILBOX:
            done = self.desk.do(MarkBounced(sent.client_id, sent.letter.to, answer.said))
            outcome = done if done.changed else None
        waits = next_at if state is DeliveryState.WAITING else None
        return Told(sent.id, sent.client_id, sent.client, sent.letter.to, state, answer.said, waits, outcome)
