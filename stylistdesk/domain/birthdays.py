"""A birthday as files write it: with its year, or without where she did not tell it."""

import re
from datetime import date

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean

_NO_YEAR = frozenset({"0000", "1604"})
"""Years that stand for none: Apple's address book writes 1604, some others zeros."""

_LEAP = 2000
_WITH_YEAR = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?")
_WITHOUT = re.compile(r"-{0,2}(\d{1,2})[-/.]?(\d{2})(?:[T ].*)?|-{0,2}(\d{1,2})[-/.](\d{1,2})")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def birthday(text: str) -> str | None:
    """ "1984-03-14", or "--03-14" without the year; "" for a blank, None for what is no day.

    Understood are 1984-03-14, 19840314, --03-14, --0314, 03-14, 3/14, 3/14/1984, with a time behind or not. Where month
    and day cannot be told apart the month is first.
    """
    written = text.strip()
    if not written:
        return ""
    year, month, day = "", 0, 0
    if found := _WITH_YEAR.fullmatch(written):
        year, month, day = found[1], int(found[2]), int(found[3])
    elif found := _AMERICAN.fullmatch(written):
        year, month, day = found[3], int(found[1]), int(found[2])
    elif found := _WITHOUT.fullmatch(written):
        month, day = int(found[1] or found[3]), int(found[2] or found[4])
    if month > 12 and not written.startswith("-"):
        month, day = day, month
    year = "" if year in _NO_YEAR else year
    try:
        date(int(year) if year else _LEAP, month, day)
    except ValueError:
        return None
    return f"{year or '-'}-{month:02}-{day:02}"


def checked_birthday(typed: str) -> str:
    """The same of what was typed into a form; raises `Refused` with field "birthday" for what is no day."""
    found = birthday(clean(typed))
    if found is None:
        raise Refused(f"“{clean(typed)}” is no birthday.", field="birthday", hint="For example 1984-03-14, or 3/14.")
    return found


def say_birthday(written: str) -> str:
    """ "14 Mar 1984" of "1984-03-14", and "14 Mar" of "--03-14"; what is no day stands as it was written."""
    try:
        on = date.fromisoformat(written.replace("--", "2000-", 1) if written.startswith("--") else written)
    except ValueError:
        return written
    return f"{on.day} {on:%b}" if written.startswith("--") else f"{on.day} {on:%b} {on.year}"
