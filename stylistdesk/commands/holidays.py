"""The holidays that a business day is not (R25): Canada's federal ones, and those of the chosen province."""

from datetime import date

from stylistdesk.domain.consent import PROVINCES


def holidays_around(day: date, province: str) -> frozenset[date]:
    """The holidays of that year and the next; `province` as in `PROVINCES`, or empty for the federal ones alone."""
    import holidays

    years = (day.year, day.year + 1)
    found = set(holidays.country_holidays("CA", years=years, categories=("public", "government")))
    if province in PROVINCES:
        found |= set(holidays.country_holidays("CA", subdiv=province, years=years))
    return frozenset(found)
