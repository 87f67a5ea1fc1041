"""Days that have been, as typed: "yesterday", "mon", "10/12", "3 days ago". Orders and shipments are past."""

import re
from datetime import date, timedelta

from stylistdesk.domain.dates import add_months
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_dates import parse_day

PAST_EXAMPLES = "Try: today, yesterday, mon, last fri, 3 days ago, 10/12, 12 oct, 2026-10-12."

_YEAR = re.compile(r"\b[0-9]{4}\b|/[0-9]{1,2}/[0-9]{2}$")
_OF_MONTH = re.compile(r"(?:last |the )*[0-9]{1,2}(?:st|nd|rd|th)")


def parse_past_day(words: str, today: date) -> date:
    """The last such day up to today; a year that is named holds as it is. Raises `Refused` with examples."""
    said = " ".join(words.casefold().split())
    try:
        if said.endswith(" ago"):
            ahead = parse_day(f"in {said.removesuffix(' ago')}", today)
            months = (ahead.year - today.year) * 12 + ahead.month - today.month
            return add_months(today, -months) if _by_month(said) else today - (ahead - today)
        found = parse_day(said.removeprefix("last "), today)
    except (Refused, OverflowError):
        raise Refused(f"“{words.strip()[:40]}” is not a day that I understand.", hint=PAST_EXAMPLES) from None
    if _YEAR.search(said):
        return found
    if found > today and (found - today).days <= 7 and not any(character.isdigit() for character in said):
        found -= timedelta(days=7)
    if found == today and said.startswith("last "):
        found -= timedelta(days=7)
    if found <= today:
        return found
    return add_months(found, -1) if _OF_MONTH.fullmatch(said) else _years_back(found, today)


def _by_month(said: str) -> bool:
    return any(word.startswith(("month", "year", "mo", "yr")) for word in said.split())


def _years_back(day: date, today: date) -> date:
    """The same day and month in the last year that has it."""
    for year in range(today.year, today.year - 9, -1):
        try:
            found = day.replace(year=year)
        except ValueError:
            continue
        if found <= today:
            return found
    return day
