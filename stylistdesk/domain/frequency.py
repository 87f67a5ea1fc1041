"""How often a client wants to be styled, as she answered in words: "Every 6 weeks", "Twice a year"."""

import re
from typing import NamedTuple

from stylistdesk.domain.errors import Refused

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "once": 1, "other": 2, "two": 2, "second": 2, "three": 3, "third": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_WEEKS = {"week": 1, "fortnight": 2}
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "year": 12}
_PLAIN = {
    "weekly": ("week", 1), "biweekly": ("week", 2), "fortnightly": ("week", 2), "monthly": ("month", 1),
    "bimonthly": ("month", 2), "quarterly": ("month", 3), "seasonally": ("month", 3), "yearly": ("month", 12),
    "annually": ("month", 12),
}  # fmt: skip
_EVERY = re.compile(
    r"\b(?:every|each|once (?:a|every)|once per)(?: (\d{1,2}|[a-z]+))??(?: or so)? "
    r"(week|fortnight|month|quarter|season|year)s?\b"
)
_TIMES = re.compile(r"\b(?:(twice)|(\d|two|three|four|six) times) (?:a|per|each|every) year\b")
LONGEST = {"week": 104, "month": 60}
"""The longest interval of a cadence, in its units."""


class Frequency(NamedTuple):
    """Every so many weeks or months."""

    every: int
    unit: str


def asks_frequency(question: str) -> bool:
    """Whether a question of a Style Quiz is about how often she wants to be styled."""
    asked = question.casefold()
    if "styling frequency" in asked or "cadence" in asked:
        return True
    return "how often" in asked and any(word in asked for word in ("look", "styl", "lookbook", "recurring"))


def frequency(answer: str) -> Frequency | None:
    """The frequency that the answer means; None if it means none ("Never", "I will ask when I need you")."""
    said = " ".join(answer.casefold().replace("-", " ").split())
    plain = next((_PLAIN[word] for word in said.replace("bi ", "bi").split() if word in _PLAIN), None)
    if plain:
        return Frequency(plain[1], plain[0])
    times = _TIMES.search(said)
    if times:
        count = 2 if times[1] else _number(times[2])
        return Frequency(12 // count, "month") if count and 12 % count == 0 else None
    found = _EVERY.search(said)
    if not found:
        return None
    count = _number(found[1]) if found[1] else 1
    unit = "week" if found[2] in _WEEKS else "month"
    every = count * (_WEEKS.get(found[2]) or _MONTHS[found[2]])
    return Frequency(every, unit) if 0 < every <= LONGEST[unit] else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word, 0)


def parse_frequency(words: str) -> Frequency:
    """The cadence that the rep types: "6 weeks", "every 2 months", "monthly", "twice a year". Raises `Refused`."""
    found = frequency(words) or frequency(f"every {words.strip()}")
    if found is None:
        raise Refused(
            f"“{words.strip()}” is no interval." if words.strip() else "Say how often.",
            field="every",
            hint="Try: 6 weeks, every month, 3 months, twice a year.",
        )
    return found
