"""The first pass over a file: whom it names, how often, and what it says of consent, before anything is written."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from stylistdesk.domain.types import Channel, ConsentState, EmailStatus
from stylistdesk.exchange.records import (
    ClientRecord,
    ClientRef,
    Evidence,
    Notice,
    OrderRecord,
    Record,
    RefusedRow,
    Rows,
)

Address = tuple[Channel, str]


@dataclass(slots=True)
class Survey:
    """How often each client is named and on which line first; by address and state, the first line that claims it.

    `evidence` is what the first line that has any says of how that state came about; `statuses` are those of emails
    that cannot be written to; `notices` tell which evidence cannot be right; `by_country` says that a phone without a
    country code was read as one of the desk's country.
    """

    mentions: Counter[ClientRef] = field(default_factory=Counter)
    lines: dict[ClientRef, int] = field(default_factory=dict)
    claims: dict[Address, dict[ConsentState, int]] = field(default_factory=dict)
    evidence: dict[tuple[Address, ConsentState], Evidence] = field(default_factory=dict)
    statuses: dict[Address, EmailStatus] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    by_country: bool = False


def ref_of(record: Record) -> ClientRef:
    """How the record names its client."""
    return record.ref if isinstance(record, ClientRecord) else record.client


def survey(rows: Rows, today: date) -> Survey:
    """What the whole file says; refused rows say nothing, and a consent of a day after `today` proves nothing."""
    found = Survey()
    for record in rows:
        if isinstance(record, RefusedRow | Notice):
            continue
        ref = ref_of(record)
        found.mentions[ref] += 1
        found.lines.setdefault(ref, record.line)
        found.by_country |= ref.by_country
        if isinstance(record, ClientRecord | OrderRecord):
            _claim(found, record.line, Channel.EMAIL, ref.email.casefold(), record.email_consent)
        if isinstance(record, ClientRecord):
            _claim(found, record.line, Channel.TEXT, ref.phone, record.text_consent)
            _tell(found, record, today)
    return found


def _claim(found: Survey, line: int, channel: Channel, address: str, state: ConsentState | None) -> None:
    if address and state is not None:
        found.claims.setdefault((channel, address), {}).setdefault(state, line)


def _tell(found: Survey, record: ClientRecord, today: date) -> None:
    address = (Channel.EMAIL, record.ref.email.casefold())
    if record.ref.email and record.email_consent is not None and record.evidence is not None:
        evidence = _not_in_future(found, record, record.evidence, today)
        found.evidence.setdefault((address, record.email_consent), evidence)
    if record.ref.email and record.email_status is not None:
        found.statuses.setdefault(address, record.email_status)


def _not_in_future(found: Survey, record: ClientRecord, evidence: Evidence, today: date) -> Evidence:
    """The evidence; of one that is dated in the future only the words are left, which are a list's bare word."""
    if evidence.happened_on is None or evidence.happened_on <= today:
        return evidence
    out = record.email_consent is ConsentState.UNSUBSCRIBED
    what, so = ("opt-out", "its day was left out") if out else ("consent", "it proves nothing")
    found.notices.append(Notice(record.line, f"the {what} of {record.ref.email} is dated in the future; {so}"))
    return replace(evidence, ground=None, happened_on=None)
