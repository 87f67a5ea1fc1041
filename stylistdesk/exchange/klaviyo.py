"""Klaviyo: the profiles of a list or segment, and the file of suppressed addresses.

`Email Marketing Consent` is SUBSCRIBED, UNSUBSCRIBED or NEVER_SUBSCRIBED; the last is no withdrawal and is not taken
for one. Suppressed addresses are kept as opt-outs (or as bounced or invalid, by the reason) without making clients.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import ConsentGround, ConsentState, EmailStatus
from stylistdesk.exchange.cells import cell, client_ref, code, instant_or_none, word
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRecord, Evidence, LocationRecord, Notice, Rows

_COLUMNS = (
    "Email", "Klaviyo ID", "First Name", "Last Name", "Organization", "Title", "Phone Number", "Address", "Address 2",
    "City", "State / Region", "Country", "Zip Code", "Source", "IP Address", "Email Marketing Consent",
    "Email Marketing Consent Timestamp", "Email Suppressions",
)  # fmt: skip
_CONSENT = {
    "subscribed": ConsentState.SUBSCRIBED,
    "unsubscribed": ConsentState.UNSUBSCRIBED,
    "never_subscribed": None,
    "": None,
}
_REASON = ("Suppression Reason", "Suppression Reasons", "Suppressed Reason", "Reason", "Email Suppressions")
_WHEN = ("Timestamp", "Suppression Timestamp", "Suppressed At", "Date Suppressed", "Date")
_SUPPRESSED = ("Email", *_REASON, *_WHEN)
_OPTED_OUT = frozenset({"UNSUBSCRIBED", "UNSUBSCRIBE", "USER_SUPPRESSED", "SPAM_COMPLAINT"})
_STATUS = {
    "HARD_BOUNCE": EmailStatus.BOUNCED,
    "HARD_BOUNCED": EmailStatus.BOUNCED,
    "BOUNCED": EmailStatus.BOUNCED,
    "SOFT_BOUNCE": EmailStatus.BOUNCED,
    "INVALID_EMAIL": EmailStatus.INVALID,
    "INVALID": EmailStatus.INVALID,
}
_NONE = frozenset({"NONE", "NULL", "FALSE", "NO", "N", "NAN", "NEVER"})
_UTC = ZoneInfo("UTC")
_REASONS = re.compile(r"[A-Z]+(?:[_ ][A-Z]+)*")


def _read_list(reading: Reading) -> Rows:
    return each_row(reading, _COLUMNS, _profile)


def _profile(line: int, cells: list[str], locale: Locale) -> Rows:
    row = dict(zip(_COLUMNS, cells, strict=True))
    first, last, company = cell(row["First Name"], 200), cell(row["Last Name"], 200), cell(row["Organization"], 200)
    ref, notices = client_ref(
        line,
        locale.country,
        name=f"{first} {last}".strip() or company,
        email=row["Email"],
        phone=row["Phone Number"],
        external_id=row["Klaviyo ID"],
    )
    answer = word(row["Email Marketing Consent"])
    state = _CONSENT.get(answer)
    if answer not in _CONSENT:
        notices.append(Notice(line, f"Email Marketing Consent “{cell(answer)[:40]}” is not known; it was left out"))
    at = _time(line, row["Email Marketing Consent Timestamp"], notices)
    reasons = _reasons(row["Email Suppressions"])
    suppressed, status = _meaning(line, reasons, notices)
    evidence = _evidence(state, at, row, locale)
    if suppressed:
        state, evidence = ConsentState.UNSUBSCRIBED, _told(reasons, None, locale)
    yield from notices
    place = LocationRecord(
        line1=cell(row["Address"], 300),
        line2=cell(row["Address 2"], 300),
        city=cell(row["City"], 200),
        region=cell(row["State / Region"], 100),
        postcode=code(row["Zip Code"]),
        country=cell(row["Country"], 100),
    )
    yield ClientRecord(
        line,
        ref,
        first_name=first,
        last_name=last,
        company=company,
        email_consent=state,
        email_status=status,
        evidence=evidence,
        locations=(place,) if place.line1 or place.city or place.postcode else (),
        title=cell(row["Title"], 200),
        fills=True,
    )


def _evidence(state: ConsentState | None, at: datetime | None, row: dict[str, str], locale: Locale) -> Evidence | None:
    if state is None or at is None:
        return None
    subscribed = state is ConsentState.SUBSCRIBED
    parts = [f"{'subscribed' if subscribed else 'unsubscribed'} {at:%Y-%m-%d %H:%M} UTC"]
    for said, column in (("from", "IP Address"), ("source", "Source")) if subscribed else ():
        if told := cell(row[column], 200):
            parts.append(f"{said} {told}")
    ground = ConsentGround.EXPRESS if subscribed else None
    return Evidence(ground, at.astimezone(locale.zone).date(), f"Klaviyo: {', '.join(parts)}")


def _read_suppressed(reading: Reading) -> Rows:
    return each_row(reading, _SUPPRESSED, _suppression)


def _suppression(line: int, cells: list[str], locale: Locale) -> Rows:
    row = dict(zip(_SUPPRESSED, cells, strict=True))
    ref, notices = client_ref(line, locale.country, email=row["Email"])
    said = next((row[column] for column in _REASON if row[column].strip()), "")
    reasons = _reasons(said) or ["USER_SUPPRESSED"]
    at = _time(line, next((row[column] for column in _WHEN if row[column].strip()), ""), notices)
    opted_out, status = _meaning(line, reasons, notices)
    yield from notices
    yield ClientRecord(
        line,
        ref,
        email_consent=ConsentState.UNSUBSCRIBED if opted_out else None,
        email_status=status,
        evidence=_told(reasons, at, locale) if opted_out else None,
        fills=True,
        only_known=True,
    )


def _reasons(text: str) -> list[str]:
    """The reasons in a cell, whether it holds one, a list, or JSON; what is no known word stands for itself."""
    words = [found.replace(" ", "_") for found in _REASONS.findall(cell(text).upper())]
    known = [found for found in words if found in _OPTED_OUT or found in _STATUS]
    return list(dict.fromkeys(known or [found for found in words if found not in _NONE]))


def _meaning(line: int, reasons: list[str], notices: list[Notice]) -> tuple[bool, EmailStatus | None]:
    """Whether the reasons are an opt-out, and what they say of the address. One that is not known is an opt-out."""
    unknown = [reason for reason in reasons if reason not in _OPTED_OUT and reason not in _STATUS]
    notices += [Notice(line, f"the reason “{reason[:40]}” is not known; it counts as an opt-out") for reason in unknown]
    opted_out = bool(unknown) or any(reason in _OPTED_OUT for reason in reasons)
    return opted_out, next((_STATUS[reason] for reason in reasons if reason in _STATUS), None)


def _told(reasons: list[str], at: datetime | None, locale: Locale) -> Evidence:
    said = ", ".join(reason.lower().replace("_", " ") for reason in reasons)
    when = f" {at:%Y-%m-%d %H:%M} UTC" if at else ""
    return Evidence(None, at.astimezone(locale.zone).date() if at else None, f"Klaviyo: suppressed ({said}){when}")


def _time(line: int, text: str, notices: list[Notice]) -> datetime | None:
    try:
        return instant_or_none(text, _UTC)
    except Refused as error:
        notices.append(Notice(line, str(error)))
        return None


KLAVIYO_LIST = Format(
    name="klaviyo_list",
    label="Klaviyo list",
    program="klaviyo",
    required=("Email",),
    one_of=("Klaviyo ID", "Email Marketing Consent"),
    used=_COLUMNS,
    read=_read_list,
    aliases=("klaviyo",),
)
KLAVIYO_SUPPRESSIONS = Format(
    name="klaviyo_suppressions",
    label="Klaviyo suppressions",
    program="klaviyo",
    required=("Email",),
    one_of=_REASON[:4],
    used=_SUPPRESSED,
    read=_read_suppressed,
    aliases=("klaviyo_suppressed",),
)
