"""Consent as files tell it (R25): an opt-out holds against every file, before or after, in any order.

One state is decided for each address before anything is written:

- an address in `opt_out` stays unsubscribed, whatever the file says;
- "unsubscribed" is an opt-out. So is "never asked" where the same list said "subscribed" since she last opted out, or
  says both at once of an address that was not subscribed: of two readings the one that cannot break the law is taken;
- "never asked" takes nothing from a consent that came from elsewhere: it is left, and told;
- "subscribed" is taken if nothing stands against it.

What the file says of how a state came about is written to the ledger, once, also where the state was known before; so
is the first "subscribed" of each outside list, by which its later "no" is known as a withdrawal.
An opt-out that a list tells is owed to every other list that the address is on: each is a task. So is a list that says
"subscribed" of an address that is out already: it has not let her go.
"""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from stylistdesk.commands.consent import UNSUBSCRIBE, obligation, unsubscribe_by
from stylistdesk.db.consent_ledger import Chains
from stylistdesk.db.tables import ClientExternalId, Consent, Contact, OptOut, Task
from stylistdesk.domain.consent import lists_in
from stylistdesk.domain.types import Channel, ConsentState, EmailStatus
from stylistdesk.exchange.ledger import Ledger, Values, fetch, table_of
from stylistdesk.exchange.records import Evidence, Notice
from stylistdesk.exchange.survey import Address, Survey

_ADDRESS = {Channel.EMAIL: "email_key", Channel.TEXT: "phone"}
_STATE = {Channel.EMAIL: "email_consent", Channel.TEXT: "text_consent"}
_OTHERS_YES = (
    "stays subscribed: she said yes elsewhere, so the “no” here is no opt-out of hers; "
    "if it is one, opt her out in her profile"
)


class Consents:
    """What is decided for each address that the file names, and the evidence that is written for it."""

    def __init__(
        self, ledger: Ledger, survey: Survey, *, source: str, program: str, now: datetime, zone: ZoneInfo
    ) -> None:
        self._ledger, self._source, self._program = ledger, source, program
        self._now, self._zone = now, zone
        table = table_of(OptOut)
        rows = ledger.session.execute(select(table.c.channel, table.c.address))
        self._out: set[Address] = {(channel, address) for channel, address in rows}
        self._kept: list[Notice] = []
        self._in: set[Address] = set()
        self._new: list[Address] = []
        self._still_there: list[Address] = []
        self._due: dict[date, date] = {}
        self._chains = Chains(ledger.session.connection(), everything=True)
        self._statuses = survey.statuses
        self._evidence = survey.evidence
        self._told = self._told_before() if survey.evidence else set[tuple[Address, ConsentState, str]]()
        self._lists = lists_in([source])
        self._said_yes = self._said_yes_before() if survey.claims and self._lists else set[Address]()
        self._decide(survey)

    def _decide(self, survey: Survey) -> None:
        knew = self._known_subscribed()
        for address, claims in survey.claims.items():
            subscribed, said_no = ConsentState.SUBSCRIBED in claims, ConsentState.NEVER_ASKED in claims
            if address in self._out:
                if subscribed:
                    if len(claims) == 1:  # a file that says "no" as well is where her opt-out may have come from
                        self._still_there.append(address)
                    line = claims[ConsentState.SUBSCRIBED]
                    self._kept.append(Notice(line, f"{address[1]} has opted out; it was not subscribed again"))
            elif ConsentState.UNSUBSCRIBED in claims or (
                said_no and (address in self._said_yes or (subscribed and address not in knew))
            ):
                self._new.append(address)
            elif said_no and address in knew:
                line = claims[ConsentState.NEVER_ASKED]
                self._kept.append(Notice(line, f"{address[1]} {_OTHERS_YES}"))
            elif subscribed:
                self._in.add(address)
        self._out.update(self._new)

    def _told_before(self) -> set[tuple[Address, ConsentState, str]]:
        table = table_of(Consent)
        query = select(table.c.channel, table.c.address, table.c.state, table.c.evidence).where(table.c.evidence != "")
        rows = self._ledger.session.execute(query)
        return {((channel, address), state, evidence) for channel, address, state, evidence in rows}

    def _said_yes_before(self) -> set[Address]:
        """The addresses that this list itself has called subscribed since they last opted out."""
        table = table_of(Consent)
        query = select(table.c.channel, table.c.address, table.c.state, table.c.source).order_by(table.c.id)
        said: set[Address] = set()
        for channel, address, state, source in self._ledger.session.execute(query):
            if state is ConsentState.UNSUBSCRIBED:
                said.discard((channel, address))
            elif state is ConsentState.SUBSCRIBED and lists_in([source]) == self._lists:
                said.add((channel, address))
        return said

    def _known_subscribed(self) -> set[Address]:
        table = table_of(Contact)
        known: set[Address] = set()
        for channel, column in _ADDRESS.items():
            query = select(table.c[column]).where(table.c[_STATE[channel]] == ConsentState.SUBSCRIBED)
            known |= {(channel, address) for address in self._ledger.session.execute(query).scalars()}
        return known

    def notices(self) -> Iterator[Notice]:
        """The addresses of which the file says something else than what stays: a "yes" or a "no" that is not taken."""
        yield from self._kept

    def changes(self, contact: Values) -> Values:
        """What is to be changed in a contact so that it holds what was decided for its addresses."""
        changes: Values = {}
        for channel, column in _ADDRESS.items():
            state = self._state((channel, contact[column])) if contact[column] else None
            if state is not None and state != contact[_STATE[channel]]:
                changes[_STATE[channel]] = state
        opted_out = (Channel.EMAIL, contact["email_key"]) in self._out
        if opted_out and contact["email_status"] == EmailStatus.ACTIVE:
            changes["email_status"] = EmailStatus.UNSUBSCRIBED
        elif contact["email_status"] == EmailStatus.ACTIVE:
            status = self._statuses.get((Channel.EMAIL, contact["email_key"]))
            if status is not None:
                changes["email_status"] = status
        return changes

    def _state(self, address: Address) -> ConsentState | None:
        if address in self._out:
            return ConsentState.UNSUBSCRIBED
        return ConsentState.SUBSCRIBED if address in self._in else None

    def write_evidence(self, contact: Values, changes: Values) -> None:
        """Add to the consent rows what has just changed in a contact, and what the file says of how it came about."""
        for channel, column in _ADDRESS.items():
            address, state = (channel, contact[column]), contact[_STATE[channel]]
            evidence = self._evidence.get((address, state))
            new = evidence is not None and (address, state, evidence.text) not in self._told
            first = bool(self._lists) and address in self._in and address not in self._said_yes
            if _STATE[channel] in changes or new or first:
                self._add(contact, address, state, evidence or Evidence())

    def _add(self, contact: Values, address: Address, state: ConsentState, evidence: Evidence) -> None:
        self._told.add((address, state, evidence.text))
        if state is ConsentState.SUBSCRIBED:
            self._said_yes.add(address)
        entry = self._chains.entry(
            client_id=contact["client_id"],
            contact_id=contact["id"],
            channel=address[0],
            address=address[1],
            state=state,
            source=self._source,
            recorded_at=self._now,
            ground=evidence.ground,
            happened_on=evidence.happened_on,
            evidence=evidence.text,
        )
        self._ledger.insert(Consent, **entry)

    def close(self) -> None:
        """Write the new opt-outs, and hold every contact with such an address to them, whoever's it is."""
        for channel, address in self._new:
            self._ledger.insert(OptOut, channel=channel, address=address, source=self._source, recorded_at=self._now)
        self._ledger.flush()
        for channel, column in _ADDRESS.items():
            addresses = [address for where, address in (*self._new, *self._statuses) if where == channel]
            for contact in fetch(self._ledger.session, Contact, column, addresses):
                changes = self.changes(contact)
                if self._ledger.update(Contact, contact["id"], changes, contact["client_id"]):
                    self.write_evidence(contact | changes, changes)
            self._oblige(channel, [address for where, address in self._new if where == channel])
            self._oblige_own(channel, [address for where, address in self._still_there if where == channel])
        self._ledger.flush()

    def _oblige(self, channel: Channel, addresses: list[str]) -> None:
        """For each other list that an address is on, a task to take it off there in time (CASL s. 11(3))."""
        session = self._ledger.session
        sources: dict[str, set[str]] = {}
        for entry in fetch(session, Consent, "address", addresses, channel=channel):
            sources.setdefault(entry["address"], set()).add(entry["source"])
        contacts = fetch(session, Contact, _ADDRESS[channel], addresses)
        hers: dict[int, list[str]] = {}
        for contact in contacts:
            hers.setdefault(contact["client_id"], []).append(contact[_ADDRESS[channel]])
        for known in fetch(session, ClientExternalId, "client_id", hers):
            for address in hers[known["client_id"]]:
                sources.setdefault(address, set()).add(known["source"])
        whose = _whose(contacts, _ADDRESS[channel])
        own = set(lists_in([self._program]))
        for address, named in sources.items():
            for name in (name for name in lists_in(named) if name not in own and address in whose):
                told = self._evidence.get(((channel, address), ConsentState.UNSUBSCRIBED))
                since = (told and told.happened_on) or self._day(self._now)
                self._add_task(whose[address], obligation(address, name, since), since)

    def _oblige_own(self, channel: Channel, addresses: list[str]) -> None:
        """For each client's address that this list still has although it is out, a task, unless there was one."""
        session = self._ledger.session
        if not self._lists or not addresses:
            return
        whose = _whose(fetch(session, Contact, _ADDRESS[channel], addresses), _ADDRESS[channel])
        days = self._opted_out_on(channel, list(whose))
        tasks = fetch(session, Task, "client_id", whose.values(), category=UNSUBSCRIBE)
        there = {task["description"] for task in tasks}
        for address, client_id in whose.items():
            for name in self._lists:
                if there.isdisjoint(obligation(address, name, day) for day in days[address]):
                    since = min(days[address])
                    self._add_task(client_id, obligation(address, name, since), since)

    def _opted_out_on(self, channel: Channel, addresses: list[str]) -> dict[str, set[date]]:
        """The days on which she opted out, by what is known of her last opt-out: each file may tell another one."""
        session = self._ledger.session
        days: dict[str, set[date]] = {address: set() for address in addresses}
        for entry in fetch(session, Consent, "address", addresses, channel=channel):
            if entry["state"] is ConsentState.UNSUBSCRIBED:
                days[entry["address"]].add(entry["happened_on"] or self._day(entry["recorded_at"]))
            elif entry["state"] is ConsentState.SUBSCRIBED:
                days[entry["address"]].clear()
        for out in fetch(session, OptOut, "address", addresses, channel=channel):
            days[out["address"]].add(self._day(out["recorded_at"]))
        return days

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def _add_task(self, client_id: int, words: str, since: date) -> None:
        due_on = self._due.get(since) or unsubscribe_by(self._ledger.session.connection(), since)
        self._due[since] = due_on
        self._ledger.insert(Task, client_id=client_id, description=words, category=UNSUBSCRIBE, due_on=due_on)


def _whose(contacts: list[Values], column: str) -> dict[str, int]:
    """Whose each address is: of several clients, the first."""
    return {contact[column]: contact["client_id"] for contact in reversed(contacts)}
