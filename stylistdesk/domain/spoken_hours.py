"""The hours of a day as a rep types them: "9-12, 13-17", "9am-5pm", "off" (R17)."""

import re

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.working_hours import DAY, Hours, merged

HOURS_EXAMPLES = "Try: 9-17, 9-12 13-17, 9:30am-5pm, or off; empty is not filled in."
_OFF = ("off", "none", "no", "closed", "free", "day off", "0")
_TIME = r"(?:noon|midnight|[0-9]{1,2}(?:[:.h][0-9]{2})? ?(?:[ap]\.?m\.?)?)"
_SPAN = re.compile(rf"({_TIME}) ?(?:-|–|—|to|until|till) ?({_TIME})")
_PARTS = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?(?:([ap])\.?m\.?)?")


def parse_hours(words: str, field: str = "") -> Hours | None:
    """The hours that are meant: none for a day off, `None` where nothing is said. Raises `Refused` at `field`."""
    said = " ".join(words.casefold().split())
    if not said:
        return None
    if said in _OFF:
        return ()
    found, at = [], 0
    for match in _SPAN.finditer(said):
        starts, ends = _minute(match[1]), _minute(match[2], end=True)
        between = said[at : match.start()]
        if starts is None or ends is None or starts >= ends or between.strip(" ,;+&").removeprefix("and"):
            raise _not_hours(words, field)
        found.append((starts, ends))
        at = match.end()
    if not found or said[at:].strip(" ,;"):
        raise _not_hours(words, field)
    return merged(found)


def _minute(said: str, *, end: bool = False) -> int | None:
    """The minute of the day; midnight and 24:00 are its end where a span ends."""
    if said == "noon":
        return 720
    if said == "midnight":
        return DAY if end else 0
    match = _PARTS.fullmatch(said)
    assert match is not None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    found = hour * 60 + minute
    if end and found == 0:
        found = DAY
    return found if minute < 60 and found <= DAY else None


def _not_hours(words: str, field: str) -> Refused:
    return Refused(f"“{words.strip()[:30]}” are no hours.", field=field or None, hint=HOURS_EXAMPLES)


def say_hours(hours: Hours) -> str:
    """The hours in words that can be typed again: "9:00-12:00, 13:00-17:00", "off"."""
    return ", ".join(f"{say_minute(starts)}-{say_minute(ends)}" for starts, ends in hours) or "off"


def say_minute(minute: int) -> str:
    """A minute of the day: "9:30"; 1440 is 24:00."""
    return f"{minute // 60}:{minute % 60:02}"
