"""The holidays of the rep's country, by name, for her calendar (R17)."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from stylistdesk.domain.consent import PROVINCES
from stylistdesk.queries.asking import Asking


def holidays_between(asking: Asking, first: date, until: date) -> Mapping[date, str]:
    """The public holidays from a day up to, not with, another, in the desk's country and province."""
    province = asking.session.connection().exec_driver_sql("SELECT province FROM desk_info WHERE id = 1").scalar() or ""
    found: dict[date, str] = {}
    for year in range(first.year, until.year + 1):
        found |= holidays_of(asking.country, province, year)
    return {day: name for day, name in found.items() if first <= day < until}


@lru_cache(maxsize=64)
def holidays_of(country: str, province: str, year: int) -> dict[date, str]:
    """The public holidays of a year, none where nobody knows them; with those of a province of Canada."""
    import holidays

    try:
        found = dict(holidays.country_holidays(country, years=year, language="en_US"))
        if country == "CA" and province in PROVINCES:
            found |= holidays.country_holidays(country, subdiv=province, years=year, language="en_US")
    except (NotImplementedError, KeyError):
        return {}
    return found
