"""Consent: recorded with its evidence, and withdrawn everywhere at once (R24, R25)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection
from sqlmodel import col, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.holidays import holidays_around
from stylistdesk.commands.triage import client_named
from stylistdesk.db.consent_evidence import address_key, lists_with
from stylistdesk.db.consent_ledger import Chains
from stylistdesk.db.tables import Consent, Contact, DeskInfo, OptOut, Task
from stylistdesk.domain.consent import LASTING, PROVINCES, UNSUBSCRIBE_DAYS, business_day_after, say_date
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean, say_phone
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState, EmailStatus

BY_HAND = "recorded by hand"
LEAST_EVIDENCE = 8
"""So many characters the evidence of an express consent has at least: where and how she said it."""
NOBODY = 0
"""Whose an entry of the ledger is where she is no client: her address alone tells."""
UNSUBSCRIBE = "unsubscribe"
"""The category of the tasks that an opt-out brings: to take the address off an outside list."""

_STATE = {Channel.EMAIL: "email_consent", Channel.TEXT: "text_consent"}


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """Record on what ground an address may be written to, with the evidence in words.

    Express consent, given by her after she opted out, brings the address back; nothing else does. Of someone who is
    no client (`None`), the ledger keeps it under her address alone; `name` is what she is called.
    """

    client_id: int | None
    channel: Channel
    address: str
    ground: ConsentGround
    happened_on: date
    evidence: str
    ends_on: date | None = None
    name: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a day to come, for missing evidence, and for a weaker ground at an opted-out address."""
        name = clean(self.name) if self.client_id is None else client_named(work.session, self.client_id).name
        evidence = self._checked(work)
        address, contacts = _contacts_with(work, self.client_id, self.channel, self.address)
        express = self.ground is ConsentGround.EXPRESS
        self._lift_opt_out(work, address, contacts, express=express)
        if express:
            for contact in contacts:
                setattr(contact, _STATE[self.channel], ConsentState.SUBSCRIBED)
                if self.channel is Channel.EMAIL and contact.email_status is EmailStatus.UNSUBSCRIBED:
                    contact.email_status = EmailStatus.ACTIVE
        hers = next((contact for contact in contacts if contact.client_id == self.client_id), None)
        entry = Chains(work.session.connection()).entry(
            client_id=self.client_id or NOBODY,
            contact_id=(hers.id if hers else None) or NOBODY,
            channel=self.channel,
            address=address,
            state=ConsentState.SUBSCRIBED if express else ConsentState.NEVER_ASKED,
            source=BY_HAND,
            recorded_at=work.now,
            ground=self.ground,
            happened_on=self.happened_on,
            ends_on=self.ends_on,
            evidence=evidence,
        )
        work.session.add(Consent(**entry))
        article = "an" if self.ground is ConsentGround.INQUIRY else "a"
        what = "express consent" if express else f"{article} {self.ground.value}"
        return Outcome(f"Recorded {what} of {name} for {say_phone(address)}", _client_ids(contacts))

    def _checked(self, work: Work) -> str:
        _refuse_unwritten(self.channel)
        today = work.now.astimezone(work.zone).date()
        if self.happened_on > today:
            raise Refused("That day has not come yet.", field="happened_on", hint="Record it when it has happened.")
        if self.ends_on is not None and self.ground not in LASTING:
            raise Refused("Only a contract or a subscription has an end.", field="ends_on", hint="Leave the end empty.")
        if self.ends_on is not None and self.ends_on < self.happened_on:
            raise Refused("It ends before it begins.", field="ends_on", hint="Leave it empty while it is in force.")
        evidence = clean(self.evidence, multiline=True)
        if not evidence:
            raise Refused(
                "The evidence is missing: it is for you to prove.",
                field="evidence",
                hint="How did she say it, where, and to what? For example: on the phone, 3 Mar, yes to new looks.",
            )
        if self.ground is ConsentGround.EXPRESS and len(evidence) < LEAST_EVIDENCE:
            raise Refused(
                f"“{evidence}” would prove nothing.",
                field="evidence",
                hint="Where and how did she say it? For example: on the phone, 3 Mar, yes to new looks.",
            )
        return evidence

    def _lift_opt_out(self, work: Work, address: str, contacts: Iterable[Contact], *, express: bool) -> None:
        row = work.session.exec(select(OptOut).where(OptOut.channel == self.channel, OptOut.address == address)).first()
        out = row is not None or any(getattr(c, _STATE[self.channel]) is ConsentState.UNSUBSCRIBED for c in contacts)
        if not out:
            return
        if not express:
            raise Refused(
                f"{say_phone(address)} has opted out; a {self.ground.value} does not bring it back.",
                field="ground",
                hint="Only her own express consent does.",
            )
        since = _opted_out_on(work, self.channel, address, row)
        if since is not None and self.happened_on < since:
            raise Refused(
                f"She opted out on {say_date(since)}: a consent of before that no longer counts.",
                field="happened_on",
                hint="Record the day on which she consented anew.",
            )
        if row is not None:
            work.session.delete(row)


def _opted_out_on(work: Work, channel: Channel, address: str, row: OptOut | None) -> date | None:
    """The day of the last withdrawal in the ledger, or the day on which the opt-out was recorded."""
    entry = work.session.exec(
        select(Consent)
        .where(Consent.channel == channel, Consent.address == address, Consent.state == ConsentState.UNSUBSCRIBED)
        .order_by(col(Consent.id).desc())
        .limit(1)
    ).first()
    if entry is not None and entry.happened_on is not None:
        return entry.happened_on
    at = entry.recorded_at if entry is not None else row.recorded_at if row is not None else None
    return at.astimezone(work.zone).date() if at is not None else None


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """She does not want to be written to at an address: suppressed at once, in all contacts that have it.

    For each outside list that the address is on, a task says to take it off there in time (CASL s. 11(3)).
    `Outcome.value` is the number of these tasks.
    """

    client_id: int
    channel: Channel
    address: str
    evidence: str = ""
    happened_on: date | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the address is not hers, or the day is to come."""
        client = client_named(work.session, self.client_id)
        _refuse_unwritten(self.channel)
        today = work.now.astimezone(work.zone).date()
        if self.happened_on is not None and self.happened_on > today:
            raise Refused("That day has not come yet.", field="happened_on", hint="When did she opt out?")
        address, contacts = _contacts_with(work, self.client_id, self.channel, self.address)
        tasks = _suppress(
            work, self.channel, address, contacts, self.client_id, clean(self.evidence, multiline=True),
            self.happened_on or today,
        )  # fmt: skip
        more = f"; {tasks} list{'' if tasks == 1 else 's'} to take it off" if tasks else ""
        return Outcome(f"{client.name} opted out at {say_phone(address)}{more}", _client_ids(contacts), tasks)


def _suppress(
    work: Work,
    channel: Channel,
    address: str,
    contacts: list[Contact],
    client_id: int,
    evidence: str,
    happened_on: date,
) -> int:
    session, chains = work.session, Chains(work.session.connection())
    there = session.exec(select(OptOut).where(OptOut.channel == channel, OptOut.address == address)).first()
    if there is None:
        session.add(OptOut(channel=channel, address=address, source=BY_HAND, recorded_at=work.now))
    already = there is not None and all(
        getattr(contact, _STATE[channel]) is ConsentState.UNSUBSCRIBED for contact in contacts
    )
    for contact in contacts:
        setattr(contact, _STATE[channel], ConsentState.UNSUBSCRIBED)
        if channel is Channel.EMAIL and contact.email_status is EmailStatus.ACTIVE:
            contact.email_status = EmailStatus.UNSUBSCRIBED
        if already and not (evidence and contact.client_id == client_id):
            continue
        assert contact.id is not None
        entry = chains.entry(
            client_id=contact.client_id,
            contact_id=contact.id,
            channel=channel,
            address=address,
            state=ConsentState.UNSUBSCRIBED,
            source=BY_HAND,
            recorded_at=work.now,
            happened_on=happened_on,
            evidence=evidence,
        )
        session.add(Consent(**entry))
    if already:
        return 0
    session.flush()
    lists = lists_with(session.connection(), channel, address)
    if not lists:
        return 0
    due_on = unsubscribe_by(session.connection(), happened_on)
    open_tasks = _open_obligations(session.connection(), client_id)
    wanted = [words for words in (obligation(address, name, happened_on) for name in lists) if words not in open_tasks]
    for words in wanted:
        session.add(Task(client_id=client_id, description=words, category=UNSUBSCRIBE, due_on=due_on))
    return len(wanted)


def obligation(address: str, name: str, since: date) -> str:
    """The words of the task to take an address off an outside list."""
    return f"Take {address} off {name}: she opted out on {say_date(since)}"


def unsubscribe_by(connection: Connection, since: date) -> date:
    """The last day on which an outside list may still have an address that opted out."""
    province = connection.exec_driver_sql("SELECT province FROM desk_info WHERE id = 1").scalar() or ""
    return business_day_after(since, UNSUBSCRIBE_DAYS, holidays_around(since, province.removeprefix("CA-")))


def _open_obligations(connection: Connection, client_id: int) -> set[str]:
    rows = connection.exec_driver_sql(
        "SELECT description FROM task WHERE client_id = ? AND category = ? AND done_at IS NULL",
        (client_id, UNSUBSCRIBE),
    )
    return {str(row[0]) for row in rows}


@dataclass(frozen=True, slots=True)
class SetEmailStatus:
    """Say what became of an email address (R24); Unsubscribed is an opt-out like any other."""

    contact_id: int
    status: EmailStatus

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` where an opted-out address would become Active without her consent."""
        contact = work.session.get(Contact, self.contact_id)
        if contact is None or not contact.email:
            raise Refused("This address is no longer on the desk.", hint="Undo brings a removed contact back.")
        if self.status is EmailStatus.UNSUBSCRIBED:
            return WithdrawConsent(
                contact.client_id, Channel.EMAIL, contact.email, "Email status set to Unsubscribed"
            ).apply(work)
        out = work.session.exec(
            select(OptOut).where(OptOut.channel == Channel.EMAIL, OptOut.address == contact.email_key)
        ).first()
        if self.status is EmailStatus.ACTIVE and (
            out is not None or contact.email_consent is ConsentState.UNSUBSCRIBED
        ):
            raise Refused(
                f"{contact.email} has opted out.",
                field="email_status",
                hint="Only her own express consent brings it back: record that.",
            )
        client = client_named(work.session, contact.client_id)
        contact.email_status = self.status
        work.session.add(contact)
        return Outcome(f"Set the email status of {client.name} to {self.status.value.capitalize()}", (client.id or 0,))


@dataclass(frozen=True, slots=True)
class SetSender:
    """Say where the rep's own mail goes, for her messages, and in which province she is, for its holidays."""

    mailing_address: str
    province: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an address that is none, or a province that does not exist."""
        info = work.session.get(DeskInfo, 1)
        if info is None:
            raise Refused("The desk has no name yet.", hint="Say your name first.")
        address = clean(self.mailing_address, multiline=True, limit=500)
        if not address:
            raise Refused(
                "The mailing address is missing.",
                field="mailing_address",
                hint="Street, city, postcode: a P.O. box will do.",
            )
        province = clean(self.province).upper().removeprefix("CA-")
        if province and province not in PROVINCES:
            raise Refused(
                f"“{province}” is no province.", field="province", hint="For example ON or QC; empty if none."
            )
        info.mailing_address, info.province = address, f"CA-{province}" if province else ""
        work.session.add(info)
        return Outcome("Set your mailing address")


def _refuse_unwritten(channel: Channel) -> None:
    if channel not in _STATE:
        raise Refused("Only emails and texts need consent.", field="channel", hint="A call may always be made.")


def _contacts_with(work: Work, client_id: int | None, channel: Channel, address: str) -> tuple[str, list[Contact]]:
    """The address as the ledger has it, and all contacts with it; `Refused` if the client has no such address.

    Without a client, any address will do.
    """
    key = address_key(channel, clean(address), work.country)
    column = col(Contact.email_key if channel is Channel.EMAIL else Contact.phone)
    found = list(work.session.exec(select(Contact).where(column == key).order_by(col(Contact.id)))) if key else []
    if not key or (client_id is not None and not any(contact.client_id == client_id for contact in found)):
        raise Refused(
            f"“{clean(address)}” is none of her addresses.", field="address", hint="Add it to her contacts first."
        )
    return key, found


def _client_ids(contacts: Iterable[Contact]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(contact.client_id for contact in contacts))
