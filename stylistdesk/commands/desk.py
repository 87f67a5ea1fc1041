"""Whose desk it is."""

from dataclasses import dataclass

from stylistdesk.clock import zone_named
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
        zone = zone_named(self.time_zone)
        if zone is None:
            raise Refused(
                f"“{clean(self.time_zone)}” is no time zone.",
                field="time_zone",
                hint="Write the nearest large city: New York, Chicago, London.",
            )
        currency = self.currency.strip().upper()
        if not _is_currency(currency):
            raise Refused(
                f"“{clean(self.currency)}” is no currency.", field="currency", hint="For example USD, CAD or EUR."
            )
        country = country_named(self.country or "US")
        if country is None:
            raise Refused(
                f"“{clean(self.country)}” is no country.",
                field="country",
                hint="Its two letters or its English name, for example US or Canada.",
            )
        there = work.session.get(DeskInfo, 1)
        info = there or DeskInfo(id=1, rep_name=name, time_zone=zone, currency=currency, country=country)
        info.rep_name, info.time_zone, info.currency, info.country = name, zone, currency, country
        work.session.add(info)
        return Outcome(f"Set up the desk of {name}" if there is None else f"Changed the desk of {name}")


def _is_currency(code: str) -> bool:
    from babel.numbers import list_currencies

    return code in list_currencies()


def country_named(words: str) -> str | None:
    """The ISO 3166 code of the country that these words name: "ca", "Canada"; `None` if there is none such."""
    import phonenumbers
    from babel import Locale

    said = clean(words)
    if said.upper() in phonenumbers.SUPPORTED_REGIONS:
        return said.upper()
    names = Locale("en").territories.items()
    named = (code for code, name in names if name.casefold() == said.casefold())
    return next((code for code in named if code in phonenumbers.SUPPORTED_REGIONS), None)
