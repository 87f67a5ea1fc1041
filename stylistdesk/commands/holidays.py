"""The holidays that a business day is not (R25): Canada's federal ones, and those of the chosen province."""

from datetime import date

PROVINCES = {
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


def holidays_around(day: date, province: str) -> frozenset[date]:
    """The holidays of that year and the next; `province` as in `PROVINCES`, or empty for the federal ones alone."""
    import holidays

    years = (day.year, day.year + 1)
    found = set(holidays.country_holidays("CA", years=years, categories=("public", "government")))
    if province in PROVINCES:
        found |= set(holidays.country_holidays("CA", subdiv=province, years=years))
    return frozenset(found)
