"""Mailchimp's audience, which it exports as several files: subscribed, unsubscribed, cleaned (bounced), and the rest.

The merge fields come first and are named by the user, so the columns behind them tell the format. Times name no zone
and are UTC. OPTIN_TIME is when she signed up herself: that is express consent, and it goes to the ledger with its IP.
CONFIRM_TIME alone is also written for people whom the owner added, so by itself it is told, but proves nothing.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import chain
from zoneinfo import ZoneInfo

from stylistdesk.domain.birthdays import birthday
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import ConsentGround, ConsentState, EmailStatus
from stylistdesk.exchange.cells import cell, client_ref, instant_or_none, long_cell
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRecord, Evidence, LocationRecord, Notice, RefusedRow, Rows
from stylistdesk.exchange.rows import folded

_MERGED = {
    "email": ("Email Address", "Email", "E-mail", "E-mail Address", "EMAIL"),
    "first": ("First Name", "FNAME", "Prénom", "Vorname", "Nombre"),
    "last": ("Last Name", "LNAME", "Nom", "Nachname", "Apellido", "Apellidos"),
    "name": ("Name", "Full Name"),
    "phone": ("Phone Number", "Phone", "Mobile", "SMS Phone Number"),
    "company": ("Company", "Company Name", "Organization"),
    "address": ("Address",),
    "birthday": ("Birthday", "Birthdate", "Date of Birth"),
}
"""What merge fields are mostly called."""

_FIXED = ("OPTIN_TIME", "OPTIN_IP", "CONFIRM_TIME", "CONFIRM_IP", "NOTES", "TAGS")
_LEFT = ("UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_REASON", "UNSUB_REASON_OTHER")
_CLEANED = ("CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE")
_KNOWN_BY = ("MEMBER_RATING", "OPTIN_TIME", "CONFIRM_TIME", "LEID", "EUID", "LAST_CHANGED")
_WORD_TAG = re.compile(r'"((?:[^"\\]|\\.)*)"|([^,"]+)')
_ESCAPED = re.compile(r'\\([,"\\])')


class _Row:
    """A row by its columns, whatever their order and however often they stand."""

    def __init__(self, line: int, row: list[str], places: dict[str, list[int]], zone: ZoneInfo) -> None:
        self.line, self._row, self._places, self._zone = line, row, places, zone
        self.notices: list[Notice] = []

    def all(self, *columns: str) -> list[str]:
        """What stands in these columns, without blanks, each thing once."""
        places = chain.from_iterable(self._places.get(folded(column), ()) for column in columns)
        told = (_ESCAPED.sub(r"\1", self._row[place]).strip() for place in places)
        return list(dict.fromkeys(text for text in told if text))

    def one(self, *columns: str) -> str:
        """The first of them."""
        return next(iter(self.all(*columns)), "")

    def merged(self, what: str) -> str:
        """The merge field that means this."""
        return self.one(*_MERGED[what])

    def time(self, column: str) -> datetime | None:
        """A time, in UTC; one that is none is told."""
        written = self.one(column)
        try:
            return instant_or_none(written, ZoneInfo("UTC"))
        except Refused as error:
            self.notices.append(Notice(self.line, f"{column}: {error}"))
            return None

    def local(self, at: datetime) -> datetime:
        """The same instant in the desk's zone."""
        return at.astimezone(self._zone)


def _read(reading: Reading, evidence: Callable[[_Row], Evidence | None], *, state: ConsentState | None,
          status: EmailStatus | None = None) -> Rows:  # fmt: skip
    with reading.table() as table:
        places: dict[str, list[int]] = {}
        for index, column in enumerate(table.header):
            places.setdefault(folded(column), []).append(index)
        if not any(folded(name) in places for name in _MERGED["email"]):
            places[folded("Email Address")] = [0]  # its own field comes first, whatever the user calls it
        for found in table.rows():
            if isinstance(found, RefusedRow | Notice):
                yield found
                continue
            row = _Row(*found, places, reading.locale.zone)
            try:
                yield from _client(row, reading.locale, state, status, evidence(row))
            except Refused as error:
                yield RefusedRow(row.line, str(error))


def _client(
    row: _Row, locale: Locale, state: ConsentState | None, status: EmailStatus | None, evidence: Evidence | None
) -> Rows:
    first, last = cell(row.merged("first"), 200), cell(row.merged("last"), 200)
    company = cell(row.merged("company"), 200)
    ref, notices = client_ref(
        row.line,
        locale.country,
        name=f"{first} {last}".strip() or cell(row.merged("name"), 300) or company,
        email=row.merged("email"),
        phone=row.merged("phone"),
    )
    if not ref.email:
        raise Refused("the row has no email address")
    born = birthday(cell(row.merged("birthday")))
    if born is None:
        notices.append(Notice(row.line, f"the birthday “{cell(row.merged('birthday'))[:60]}” is no day; left out"))
    yield from (*row.notices, *notices)
    yield ClientRecord(
        row.line,
        ref,
        first_name=first,
        last_name=last,
        company=company,
        email_consent=state,
        email_status=status,
        evidence=evidence,
        locations=_locations(row.merged("address")),
        note=long_cell(row.one("NOTES")),
        tags=_tags(row.one("TAGS")),
        birthday=born or "",
        fills=True,
    )


def _opted_in(row: _Row) -> Evidence | None:
    opted, confirmed = row.time("OPTIN_TIME"), row.time("CONFIRM_TIME")
    parts = []
    for said, at, ip in (("opted in", opted, row.one("OPTIN_IP")), ("confirmed", confirmed, row.one("CONFIRM_IP"))):
        if at is not None:
            place = cell(ip, 60)
            parts.append(f"{said} {at:%Y-%m-%d %H:%M} UTC" + (f" from {place}" if place else ""))
    if not parts:
        return None
    ground = ConsentGround.EXPRESS if opted is not None else None
    at = opted or confirmed
    return Evidence(ground, row.local(at).date() if at else None, f"Mailchimp: {', '.join(parts)}")


def _left(row: _Row) -> Evidence | None:
    at = row.time("UNSUB_TIME")
    reasons = filter(None, [cell(text, 300) for text in row.all("UNSUB_REASON", "UNSUB_REASON_OTHER")])
    campaign = cell(row.one("UNSUB_CAMPAIGN_TITLE"), 200)
    parts = [f"unsubscribed {at:%Y-%m-%d %H:%M} UTC" if at else "unsubscribed", *reasons]
    parts += [f"after “{campaign}”"] if campaign else []
    return Evidence(None, row.local(at).date() if at else None, f"Mailchimp: {', '.join(parts)}")


def _nothing(_row: _Row) -> None:
    return None


def _tags(text: str) -> tuple[str, ...]:
    """Tags with commas between, each in quotes or not: `"VIP","Blog"`."""
    found = (cell((quoted or plain).strip(), 200) for quoted, plain in _WORD_TAG.findall(text))
    return tuple(dict.fromkeys(tag.replace(",", " ") for tag in found if tag))


def _locations(text: str) -> tuple[LocationRecord, ...]:
    """An address field is one cell, its parts two spaces apart."""
    parts = [cell(part, 300) for part in re.split(r"\s{2,}", text.strip()) if part.strip()]
    if len(parts) in (5, 6):
        line1, *more, city, region, postcode, country = parts
        return (LocationRecord("", line1, ", ".join(more), city, region, postcode, country),)
    return (LocationRecord(line1=cell(" ".join(parts), 300)),) if parts else ()


_USED_LIKE = "|".join(re.escape(folded(name)) for names in _MERGED.values() for name in names)


def _file(name: str, label: str, read: Callable[[Reading], Rows], columns: tuple[str, ...] = ()) -> Format:
    return Format(
        name=f"mailchimp_{name}",
        label=f"Mailchimp {label}",
        program="mailchimp",
        required=(),
        one_of=(*_KNOWN_BY, *_LEFT[:1], *_CLEANED[:1]),
        used=_FIXED,
        used_like="|".join([_USED_LIKE, *(folded(column) for column in columns)]),
        named=(name,),
        read=read,
        aliases=("mailchimp",) if name == "subscribed" else (),
        escapes=True,
    )


MAILCHIMP = (
    _file("subscribed", "subscribed", partial(_read, evidence=_opted_in, state=ConsentState.SUBSCRIBED)),
    _file("unsubscribed", "unsubscribed", partial(_read, evidence=_left, state=ConsentState.UNSUBSCRIBED), _LEFT),
    _file("cleaned", "cleaned (bounced)",
          partial(_read, evidence=_nothing, state=None, status=EmailStatus.BOUNCED), _CLEANED),
    _file("nonsubscribed", "never subscribed", partial(_read, evidence=_nothing, state=None)),
)  # fmt: skip
"""The files of an audience. Where its name does not say which it is, the columns do."""
