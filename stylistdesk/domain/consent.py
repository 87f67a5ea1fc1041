"""May she be written to? Judged at the moment of sending, by Canada's anti-spam law (R25; CASL, S.C. 2010, c. 23).

One pure function, `judge`, over what is known of one address. All dates are local to the desk.

- Express consent holds until it is withdrawn. A purchase is a ground for 2 years (s. 10(10)(a)), a contract while it
  is in force and 2 years after (s. 10(10)(d)), an inquiry for 6 months (s. 10(10)(e)); the 2 years of a subscription or
  membership begin when it ends (s. 10(11), (14)).
- A period is counted in whole months, and the day of the same number is in it (Interpretation Act, R.S.C. 1985,
  c. I-21, s. 28). Where counting forward from the ground and backward from the message differ, the earlier day holds.
- A message that asks for consent is itself a commercial one (s. 1(3)).
- Some messages need no consent (s. 6(6)), but do need the sender's name, mailing address and an unsubscribe (s. 6(2)).
  An answer to what she asked for is outside of the section (SOR/2013-221, s. 3(b)); so is a two-way call (s. 6(8)(a)).
- What a client did is a ground to write to her, not to her sister or her assistant: the relationship is that of the
  person to whom the message goes (s. 10(9)(a), (10)). A store buys through those who work for it: it is theirs too.
- Who has opted out is not written to again, whatever she buys, until she herself consents anew (s. 11).
- That a list says "subscribed" is taken at its word, but what proves it is missing (s. 13: the burden is the sender's).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from stylistdesk.domain.dates import MONTHS, add_months
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState, EmailStatus, MessageKind

UNSUBSCRIBE_DAYS = 10
"""Business days within which every list must have let an address go (s. 11(3))."""

_PERIODS: Final = MappingProxyType(
    {
        ConsentGround.PURCHASE: 24,
        ConsentGround.INQUIRY: 6,
        ConsentGround.CONTRACT: 24,
        ConsentGround.SUBSCRIPTION: 24,
    }
)
"""How many months each ground lives, counted from its day or, for the last two, from the day on which it ends."""

LASTING = frozenset({ConsentGround.CONTRACT, ConsentGround.SUBSCRIPTION})
"""Grounds that have an end of their own."""

_STRONGEST: Final = (
    ConsentGround.EXPRESS,
    ConsentGround.CONTRACT,
    ConsentGround.SUBSCRIPTION,
    ConsentGround.PURCHASE,
    ConsentGround.INQUIRY,
)


@dataclass(frozen=True, slots=True)
class _Exemption:
    section: str
    words: str
    bare: bool = False  # outside of section 6 altogether: neither consent nor sender and unsubscribe are asked for


_EXEMPT: Final[Mapping[MessageKind, _Exemption]] = MappingProxyType(
    {
        MessageKind.ANSWER: _Exemption("SOR/2013-221, s. 3(b)", "an answer to what she asked", bare=True),
        MessageKind.QUOTE: _Exemption("s. 6(6)(a)", "a quote that she asked for"),
        MessageKind.ORDER: _Exemption("s. 6(6)(b)", "a notice about what she ordered or booked"),
        MessageKind.WARRANTY: _Exemption("s. 6(6)(c)", "a warranty or safety notice"),
        MessageKind.ACCOUNT: _Exemption("s. 6(6)(d)", "facts about her subscription or account"),
        MessageKind.DELIVERY: _Exemption("s. 6(6)(f)", "a delivery notice"),
    }
)


@dataclass(frozen=True, slots=True)
class LedgerFact:
    """One entry of the ledger of an address. Without a `ground`, "subscribed" is only what a list says."""

    state: ConsentState
    recorded_on: date
    source: str = ""
    ground: ConsentGround | None = None
    happened_on: date | None = None
    ends_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A contact who has an address, by name; `is_primary`: the one by whom the client is reached."""

    name: str = ""
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one address: its ledger, the oldest entry first, and what its client did.

    `purchases` are the days of orders that were not cancelled, `inquiries` those of messages from her, `written` those
    of messages that came from this very address. `names` are the client's, in full first; a client with a
    `company` is a business. Without `holders` the address is taken for the client's own.
    """

    entries: Sequence[LedgerFact] = ()
    purchases: Sequence[date] = ()
    inquiries: Sequence[date] = ()
    opted_out_on: date | None = None
    state: ConsentState = ConsentState.NEVER_ASKED
    status: EmailStatus = EmailStatus.ACTIVE
    written: Sequence[date] = ()
    names: Sequence[str] = ()
    company: str = ""
    holders: Sequence[Holder] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """What a message must say of its sender (s. 6(2)); `unsubscribe`: whether it says how to stop such messages."""

    name: str = ""
    mailing_address: str = ""
    unsubscribe: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for which she may be written to; `last_day` is the last lawful day, `None` if none is set.

    `proven` is false for what is only a list's word.
    """

    kind: ConsentGround
    since: date
    last_day: date | None = None
    ended_on: date | None = None
    source: str = ""
    proven: bool = True

    def lives(self, on: date) -> bool:
        """Whether it makes a message of that day lawful."""
        return self.since <= on and (self.last_day is None or on <= self.last_day)

    @property
    def words(self) -> str:
        """The ground and its last lawful day: "purchase of 3 Mar 2026, until 3 Mar 2028"."""
        if not self.proven:
            said = f" ({self.source})" if self.source else ""
            return f"subscribed, as a list says{said}, until she withdraws"
        if self.kind is ConsentGround.EXPRESS:
            return f"express consent of {say_date(self.since)}, until she withdraws it"
        if self.kind not in LASTING:
            assert self.last_day is not None
            return f"{self.kind.value} of {say_date(self.since)}, until {say_date(self.last_day)}"
        if self.ended_on is None or self.last_day is None:
            return f"{self.kind.value} since {say_date(self.since)}, while it is in force and 2 years after"
        return f"{self.kind.value} until {say_date(self.ended_on)}, and so until {say_date(self.last_day)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a message may be sent, and why.

    `ground` is the strongest that lives, `grounds` all that live. `reason` is a sentence; `remedy` says what would make
    it lawful, where it is not; `missing` is what the message or its proof still lacks; `section` names the exemption.
    """

    channel: Channel
    kind: MessageKind
    lawful: bool
    reason: str
    ground: Ground | None = None
    grounds: tuple[Ground, ...] = ()
    missing: tuple[str, ...] = ()
    remedy: str = ""
    section: str = ""
    opted_out_on: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last lawful day, if there is one."""
        return self.ground.last_day if self.ground else None

    @property
    def express(self) -> bool:
        """Whether she said yes herself, be it only by a list's word."""
        return any(ground.kind is ConsentGround.EXPRESS for ground in self.grounds)


def judge(
    channel: Channel,
    evidence: Evidence,
    on: date,
    *,
    kind: MessageKind = MessageKind.COMMERCIAL,
    sender: Sender = Sender(),
) -> Answer:
    """May she be written to by this channel, on this day, with a message of this kind?"""
    if channel is Channel.CALL:
        return Answer(channel, kind, True, "A two-way call needs no consent.", section="s. 6(8)(a)")
    if channel is Channel.IN_PERSON:
        return Answer(channel, kind, True, "What is said in person is no electronic message.", section="s. 1(1)")
    opted_out = withdrawn_on(evidence)
    grounds = live_grounds(evidence, on) if opted_out is None else ()
    ground = grounds[0] if grounds else None
    exemption = _EXEMPT.get(kind)
    if exemption is not None:
        missing = () if exemption.bare else _lacking(sender, evidence)
        reason = f"Needs no consent: {exemption.words} ({exemption.section}), if it sells nothing besides."
        return Answer(
            channel, kind, True, reason, ground, grounds, missing, section=exemption.section, opted_out_on=opted_out
        )
    missing = _lacking(sender, evidence)
    if opted_out is not None:
        return Answer(
            channel,
            kind,
            False,
            f"She opted out of {channel.value} on {say_date(opted_out)}.",
            missing=missing,
            remedy="Only her own express consent, given after that, makes it lawful; an answer to her and a notice "
            "about what she ordered or booked may be sent.",
            opted_out_on=opted_out,
        )
    if ground is None:
        reason = _not_hers(evidence, on) or _lapsed(evidence, on)
        return Answer(channel, kind, False, reason, missing=missing, remedy=_REMEDY)
    if not ground.proven:
        missing = (*missing, "proof of when and how she said yes")
    return Answer(channel, kind, True, f"May be written to: {ground.words}", ground, grounds, missing)


_REMEDY = (
    "Ask her for express consent in person or on the phone and record it; a purchase or an inquiry of hers is a "
    "ground too. Asking by message needs consent itself."
)


def _lacking(sender: Sender, evidence: Evidence) -> tuple[str, ...]:
    wanted = {
        "your name": bool(sender.name.strip()),
        "your mailing address": bool(sender.mailing_address.strip()),
        "how to unsubscribe": sender.unsubscribe,
        "an address that works (messages come back)": evidence.status is not EmailStatus.BOUNCED,
        "an address that works (it is not valid)": evidence.status is not EmailStatus.INVALID,
    }
    return tuple(what for what, there in wanted.items() if not there)


def withdrawn_on(evidence: Evidence) -> date | None:
    """Since when she does not want to be written to; `None` if she does not mind, or has consented anew since."""
    since: date | None = None
    for entry in evidence.entries:
        day = entry.happened_on or entry.recorded_on
        if entry.state is ConsentState.UNSUBSCRIBED:
            since = max(since or day, day)
        elif entry.ground is ConsentGround.EXPRESS and since is not None and day >= since:
            since = None  # an older yes that is only recorded later lifts nothing
    if evidence.opted_out_on is not None:
        return since or evidence.opted_out_on
    if since is None and (evidence.state is ConsentState.UNSUBSCRIBED or evidence.status is EmailStatus.UNSUBSCRIBED):
        return evidence.entries[-1].recorded_on if evidence.entries else date.min
    return since


def live_grounds(evidence: Evidence, on: date) -> tuple[Ground, ...]:
    """All grounds that live on a day, the strongest first: what has no end, then what ends last.

    A list's word comes after everything that is proven. Withdrawals are the matter of `withdrawn_on`.
    """
    return tuple(sorted((ground for ground in _grounds(evidence) if ground.lives(on)), key=_weakness))


def _weakness(ground: Ground) -> tuple[bool, bool, int, int, int]:
    days = -ground.last_day.toordinal() if ground.last_day else 0
    return (
        not ground.proven,
        ground.last_day is not None,
        days,
        _STRONGEST.index(ground.kind),
        -ground.since.toordinal(),
    )


def _grounds(evidence: Evidence) -> list[Ground]:
    found: list[Ground] = []
    claimed: Ground | None = None
    for entry in evidence.entries:
        if entry.state is ConsentState.UNSUBSCRIBED:
            # What she said before no longer holds; a relationship that began before is judged by `withdrawn_on`.
            found = [ground for ground in found if ground.kind is not ConsentGround.EXPRESS]
            claimed = None
        elif entry.ground is not None:
            found.append(_ground_of(entry, entry.ground))
        elif entry.state is ConsentState.SUBSCRIBED:
            claimed = Ground(ConsentGround.EXPRESS, entry.recorded_on, source=entry.source, proven=False)
    if claimed is None and evidence.state is ConsentState.SUBSCRIBED and not evidence.entries:
        claimed = Ground(ConsentGround.EXPRESS, date.min, proven=False)
    if acted_herself(evidence):
        found += _acts(evidence.purchases, evidence.inquiries)
    else:
        found += _acts((), evidence.written)
    return [*found, claimed] if claimed is not None else found


def _acts(purchases: Sequence[date], inquiries: Sequence[date]) -> list[Ground]:
    days = [(ConsentGround.PURCHASE, day) for day in purchases] + [(ConsentGround.INQUIRY, day) for day in inquiries]
    return [Ground(kind, day, last_lawful_day(kind, day)) for kind, day in days]


def acted_herself(evidence: Evidence) -> bool:
    """Whether what the client did was done by who has this address: the client, or someone who works for a store."""
    if evidence.company.strip() or not evidence.holders:
        return True
    own = {"", *map(name_key, evidence.names)}
    return any(holder.is_primary or name_key(holder.name) in own for holder in evidence.holders)


def _ground_of(entry: LedgerFact, kind: ConsentGround) -> Ground:
    since = entry.happened_on or entry.recorded_on
    if kind is ConsentGround.EXPRESS:
        return Ground(kind, since, source=entry.source)
    if kind in LASTING:
        last = last_lawful_day(kind, entry.ends_on) if entry.ends_on else None
        return Ground(kind, since, last, entry.ends_on, entry.source)
    return Ground(kind, since, last_lawful_day(kind, since), source=entry.source)


def last_lawful_day(kind: ConsentGround, day: date) -> date:
    """The last day on which a message may rest on a ground of that day (for those that last: of its end).

    Raises `KeyError` for express consent, which has no last day.
    """
    # Counted back from the message, a ground of the end of a month may be in the period for up to three days more
    # (28 Feb + 6 months: 28 Aug, or 31 Aug); it never is for less. So the earlier day is the one counted forward.
    return add_months(day, _PERIODS[kind])


def _not_hers(evidence: Evidence, on: date) -> str:
    """Why the client's living grounds are none here: "the purchase of 3 Mar 2026 was Ana Ruiz's, not hers"."""
    if acted_herself(evidence):
        return ""
    lives = [ground for ground in _acts(evidence.purchases, evidence.inquiries) if ground.lives(on)]
    if not lives:
        return ""
    best, whose = min(lives, key=_weakness), next(iter(evidence.names), "the client")
    return f"She has not consented: the {best.kind.value} of {say_date(best.since)} was {whose}’s, not hers."


def _lapsed(evidence: Evidence, on: date) -> str:
    """Why there is no ground: the last one and when it lapsed, or that there never was one."""
    past = [ground for ground in _grounds(evidence) if ground.last_day is not None and ground.last_day < on]
    if not past:
        return "She has not consented, and there is no purchase, inquiry or contract to rest on."
    last = max(past, key=lambda ground: ground.last_day or date.min)
    assert last.last_day is not None
    day = last.ended_on or last.since
    verb = "until" if last.kind in LASTING else "of"
    return f"Her {last.kind.value} {verb} {say_date(day)} was a ground until {say_date(last.last_day)}."


def say_date(day: date) -> str:
    """A date with its year: "3 Mar 2028"; "an unknown day" where only the fact is known."""
    return "an unknown day" if day == date.min else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def consent_phrase(answers: Sequence[Answer]) -> str:
    """The state of her consent in a few words, for a header: "email until 3 Mar 2028, text opted out"."""
    said: dict[str, list[str]] = {}
    for answer in answers:
        said.setdefault(_phrase(answer), []).append(answer.channel.value)
    return ", ".join(f"{' and '.join(channels)} {phrase}" for phrase, channels in said.items()) or "no address"


def _phrase(answer: Answer) -> str:
    if answer.opted_out_on is not None:
        return "opted out"
    if answer.ground is None:
        return "no consent"
    if answer.last_day is not None:
        return f"until {say_date(answer.last_day)}"
    return "express" if answer.ground.proven and answer.ground.kind is ConsentGround.EXPRESS else "yes"


def business_day_after(day: date, count: int, holidays: Collection[date]) -> date:
    """The day that is so many business days later: day 0 is not counted, weekends and holidays are left out."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    return day


UNSUBSCRIBE_LINE = "Reply “unsubscribe” and I will not write to you about looks and offers again."
STOP_LINE = "Reply STOP to opt out."
_UNSUBSCRIBE_WORDS = re.compile(
    r"\b(?:STOP|ARR[EÊ]T)\b|(?i:\bunsubscrib|\bopt(?:ing)?[ -]?out\b|\bdésabonn|\bdésinscri)"
)


def signed(
    body: str, sender: Sender, channel: Channel = Channel.EMAIL, kind: MessageKind = MessageKind.COMMERCIAL
) -> str:
    """The body with who sends it, from where, and how to stop it below (s. 6(2)): what of the three it does not say.

    A text gets one short line. Without a mailing address it stays as it is, and so does an answer to her.
    """
    there, address = sender_in(body, sender), _in_one_line(sender.mailing_address)
    if not address or is_bare(kind):
        return body
    name = "" if there.name else sender.name.strip()
    address = "" if there.mailing_address else address
    if channel is Channel.TEXT:
        said = ", ".join(filter(None, (name, address)))
        parts = [f"{said.removesuffix('.')}." if said else "", "" if there.unsubscribe else STOP_LINE]
        below, between = " ".join(filter(None, parts)), "\n"
    else:
        below = "\n".join(filter(None, (name, address, "" if there.unsubscribe else UNSUBSCRIBE_LINE)))
        between = "\n\n--\n"
    return f"{body.rstrip()}{between}{below}" if below else body


def sender_in(body: str, sender: Sender) -> Sender:
    """What a message really says of its sender: blank is what its words do not hold."""
    lines = _lines(sender.mailing_address)
    return Sender(
        sender.name if _says(body, sender.name) else "",
        sender.mailing_address if lines and all(_says(body, line) for line in lines) else "",
        _UNSUBSCRIBE_WORDS.search(body) is not None,
    )


def is_bare(kind: MessageKind) -> bool:
    """Whether a message of this kind is outside of section 6: it needs neither a sender nor an unsubscribe."""
    return kind in _EXEMPT and _EXEMPT[kind].bare


def _says(body: str, part: str) -> bool:
    """Whether a part stands in the body, word by word, whatever is between the words."""
    words = _words(part)
    return f" {words} " in f" {_words(body)} " if words else part.strip() in body


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _in_one_line(address: str) -> str:
    return ", ".join(_lines(address))


def _lines(address: str) -> list[str]:
    """The lines of an address that have a word, without what is between them when they stand one behind the other."""
    return [line for part in address.splitlines() if _words(line := part.strip().rstrip(", "))]


PROVINCES: Final = MappingProxyType(
    {
        "AB": "Alberta",
        "BC": "British Columbia",
        "MB": "Manitoba",
        "NB": "New Brunswick",
        "NL": "Newfoundland and Labrador",
        "NS": "Nova Scotia",
        "NT": "Northwest Territories",
        "NU": "Nunavut",
        "ON": "Ontario",
        "PE": "Prince Edward Island",
        "QC": "Quebec",
        "SK": "Saskatchewan",
        "YT": "Yukon",
    }
)
"""Canada's provinces and territories, whose holidays are no business days there."""

LISTS: Final = MappingProxyType(
    {
        "shopify": "Shopify",
        "mailchimp": "Mailchimp",
        "klaviyo": "Klaviyo",
        "square": "Square",
        "woocommerce": "WooCommerce",
    }
)
"""Programs outside of the desk that can write to her: what an opt-out must be passed on to."""


def lists_in(sources: Collection[str]) -> tuple[str, ...]:
    """Which of them these sources of rows and ledger entries name ("shopify", "Mailchimp subscribed, file …")."""
    folded = [source.casefold() for source in sources]
    return tuple(name for key, name in LISTS.items() if any(source.startswith(key) for source in folded))
