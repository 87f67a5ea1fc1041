"""What one cell says: text, yes or no, an instant, an address. Shared by all formats."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from datetime import time as clock
from functools import lru_cache
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import MULTILINE_LIMIT, SINGLE_LIMIT, clean
from stylistdesk.domain.web_address import checked_web_address
from stylistdesk.exchange.records import ClientRef, Notice
from stylistdesk.exchange.spreadsheet import FORMULA

_GUARD = re.compile(f"'(?={FORMULA})")
_PLAIN_EMAIL = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}",
    re.ASCII | re.IGNORECASE,
)
_EXAMPLE = "such as 2026-03-14T10:00:00-04:00"
_YEARS = range(1900, 2200)


def unguarded(text: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from taking it as a formula."""
    return _GUARD.sub("", text, count=1) if _GUARD.match(text) else text


def cell(text: str, limit: int = SINGLE_LIMIT) -> str:
    """The cell on one line, cleaned; the apostrophe that guards a formula in an export is taken off."""
    return clean(unguarded(text), limit=limit)


def long_cell(text: str, limit: int = MULTILINE_LIMIT) -> str:
    """The cell with its line breaks, cleaned; the apostrophe that guards a formula is taken off."""
    return clean(unguarded(text), multiline=True, limit=limit)


def code(text: str) -> str:
    """An id, postcode or phone: Shopify and spreadsheets put an apostrophe before it so that it stays text."""
    return clean(text.removeprefix("'"))


def word(text: str) -> str:
    """The cell as one of the words of an enum: "No-show" is no_show."""
    return "_".join(clean(text).casefold().replace("-", " ").replace("_", " ").split())


def yes_or_no(text: str) -> bool | None:
    """yes/true/1 or no/false/0; None for a blank cell and for anything else."""
    answer = text.strip().casefold()
    if answer in ("yes", "true", "1"):
        return True
    return False if answer in ("no", "false", "0") else None


@lru_cache(maxsize=4096)
def instant(text: str, zone: ZoneInfo | None = None) -> datetime:
    """The instant, in UTC. What names no offset is refused, or taken in `zone` where one is given.

    "2024-05-01 10:00:00 +0000", "2024-05-01T10:00:00Z" and "2024-05-01 10:00:00 UTC" are understood; a date alone is
    midnight in `zone`. Raises `Refused`.
    """
    written = clean(text)
    plain = written.removesuffix(" UTC").replace(" +", "+").replace(" -", "-")
    if plain != written and written.endswith(" UTC"):
        plain += "+00:00"
    try:
        if zone is not None and len(plain) == 10:
            found = datetime.combine(date.fromisoformat(plain), clock(0))
        else:
            found = datetime.fromisoformat(plain)
        if found.tzinfo is None:
            if zone is None:
                raise Refused(f"“{written[:40]}” does not say its offset from UTC ({_EXAMPLE})")
            found = found.replace(tzinfo=zone)
        found = found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(f"“{written[:40]}” is not a date and time ({_EXAMPLE})") from None
    if found.year not in _YEARS:
        raise Refused(f"the year of “{written[:40]}” cannot be right")
    return found


def instant_or_none(text: str, zone: ZoneInfo | None = None) -> datetime | None:
    """The instant, or None for a blank cell. Raises `Refused`."""
    return instant(text, zone) if text.strip() else None


@lru_cache(maxsize=32768)
def email_address(text: str) -> str | None:
    """The address as it is written to, or None if it is none. Nothing is looked up on the network."""
    written = code(text).removeprefix("mailto:")
    if len(written) <= 120 and _PLAIN_EMAIL.fullmatch(written) and written.index("@") <= 64:
        name, _, domain = written.partition("@")
        return f"{name}@{domain.lower()}"
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(written, check_deliverability=False, globally_deliverable=False)
    except (EmailNotValidError, ValueError):
        return None
    return found.normalized if "." in found.domain else None


def web_address(text: str) -> str:
    """The address of a page, with https:// before it where that is missing; "" for what is none."""
    try:
        return checked_web_address(text)
    except Refused:
        return ""


@lru_cache(maxsize=32768)
def phone_number(text: str, country: str) -> str | None:
    """The number as E.164, read as one of `country` unless it begins with +; None if it cannot be one.

    A number that is long enough counts, allotted or not: lists hold numbers that no table of area codes knows.
    """
    import phonenumbers

    try:
        found = phonenumbers.parse(_dialled(text)[:40], country)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(found) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def _dialled(text: str) -> str:
    return code(text).removeprefix("tel:")


def client_ref(
    line: int,
    country: str,
    *,
    name: str = "",
    email: str = "",
    phone: str = "",
    external_id: str = "",
    emails: Sequence[str] = (),
    phones: Sequence[str] = (),
    postcode: str = "",
) -> tuple[ClientRef, list[Notice]]:
    """How the row names its client, and notices of an address that is none: it is left out, and the row goes in.

    `emails` and `phones` are further ones; the first that is an address is the client's first. Raises `Refused` if
    nothing is left to know the client by.
    """
    notices: list[Notice] = []
    addresses: dict[str, str] = {}
    for written in filter(str.strip, (email, *emails)):
        address = email_address(written)
        if address is None:
            notices.append(Notice(line, f"“{clean(written)[:60]}” is not an email address; it was left out"))
        else:
            addresses.setdefault(address.casefold(), address)
    numbers: dict[str, None] = {}
    for written in filter(str.strip, (phone, *phones)):
        number = phone_number(written, country)
        if number is None:
            notices.append(Notice(line, f"“{clean(written)[:60]}” is not a phone number of {country}; it was left out"))
        else:
            numbers[number] = None
    by_country = any(not _dialled(written).startswith(("+", "＋")) for written in (phone, *phones) if written.strip())
    first, *further = addresses.values() or ("",)
    call, *calls = numbers or ("",)
    ref = ClientRef(
        cell(name, 300), first, call, code(external_id), tuple(further), tuple(calls), code(postcode), by_country
    )
    if not (ref.name or ref.email or ref.phone or ref.external_id):
        if notices:
            raise Refused(notices[0].text.partition(";")[0] + ", and the row names no client otherwise")
        raise Refused("the row names no client: no email, phone or name")
    return ref, notices
