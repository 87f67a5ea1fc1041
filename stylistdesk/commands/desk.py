"""Whose desk it is."""

from dataclasses import dataclass

from stylistdesk.clock import zone_named
from stylistdesk.commands.addresses import checked_email
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.tables import DeskInfo
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean


@dataclass(frozen=True, slots=True)
class SetUpDesk:
    """Say whose desk it is: her name, IANA time zone, currency (ISO 4217), country (ISO 3166)."""

    rep_name: str
    time_zone: str
    currency: str
    country: str = "US"

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a zone, a currency or a country that does not exist."""
        name = clean(self.rep_name)
        if not name:
            raise Refused("Your name is missing.", field="rep_name", hint="It signs your messages.")
        zone = _zone(self.time_zone, "time_zone")
        currency = self.currency.strip().upper()
        if not _is_currency(currency):
            raise Refused(
                f"“{clean(self.currency)}” is no currency.", field="currency", hint="For example USD, CAD or EUR."
            )
        country = checked_country(self.country or "US")
        there = work.session.get(DeskInfo, 1)
        info = there or DeskInfo(id=1, rep_name=name, time_zone=zone, currency=currency, country=country)
        info.rep_name, info.time_zone, info.currency, info.country = name, zone, currency, country
        work.session.add(info)
        return Outcome(f"Set up the desk of {name}" if there is None else f"Changed the desk of {name}")


@dataclass(frozen=True, slots=True)
class SetRecipients:
    """Say where tickets go: HQ's address, the rep's ASM's name and address, customer service's (R14, R21, R41).

    `company_zone` is the IANA zone in which the company's months end, empty where it is the desk's own.
    """

    hq_email: str
    asm_name: str = ""
    asm_email: str = ""
    service_email: str = ""
    company_zone: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an address or a zone that is none."""
        info = work.session.get(DeskInfo, 1)
        if info is None:
            raise Refused("The desk has no name yet.", hint="Say your name first.")
        info.hq_email = _email(self.hq_email, "hq_email")
        info.asm_name, info.asm_email = clean(self.asm_name), _email(self.asm_email, "asm_email")
        info.service_email = _email(self.service_email, "service_email")
        info.company_zone = _zone(self.company_zone, "company_zone") if clean(self.company_zone) else ""
        work.session.add(info)
        return Outcome("Said where tickets go")


def _zone(typed: str, field: str) -> str:
    zone = zone_named(typed)
    if zone is None:
        hint = "Write the nearest large city: New York, Chicago, London."
        raise Refused(f"“{clean(typed)}” is no time zone.", field=field, hint=hint)
    return zone


def _email(typed: str, field: str) -> str:
    try:
        return checked_email(typed)
    except Refused as no:
        raise Refused(no.reason, field=field, hint=no.hint) from None


def _is_currency(code: str) -> bool:
    from babel.numbers import list_currencies

    return code in list_currencies()


def checked_country(words: str) -> str:
    """The ISO 3166 code of the country that these words name. Raises `Refused` with field "country"."""
    country = country_named(words)
    if country is None:
        hint = "Its two letters or its English name, for example US or Canada."
        raise Refused(f"“{clean(words)[:40]}” is no country.", field="country", hint=hint)
    return country


_ALSO_NAMED = {"united states of america": "US", "great britain": "GB", "england": "GB", "scotland": "GB",
               "wales": "GB", "northern ireland": "GB", "holland": "NL", "the netherlands": "NL"}  # fmt: skip


def country_named(words: str) -> str | None:
    """The ISO 3166 code of the country that these words name: "ca", "USA", "Canada"; `None` if there is none such."""
    import phonenumbers
    from babel import Locale
    from babel.core import get_global

    said = clean(words)
    short = said.replace(".", "").upper()
    short = next(iter(get_global("territory_aliases").get(short, ())), short)
    code = _ALSO_NAMED.get(said.casefold(), short)
    if code in phonenumbers.SUPPORTED_REGIONS:
        return code
    names = Locale("en").territories.items()
    named = (code for code, name in names if name.casefold() == said.casefold())
    return next((code for code in named if code in phonenumbers.SUPPORTED_REGIONS), None)
