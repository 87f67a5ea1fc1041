"""When an appointment is, as it is typed, and what it stands across (R14, R17, R18).

An appointment lasts from an instant up to, not with, another. One without an end counts as the usual length.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_dates import MOMENT_EXAMPLES, parse_moment
from stylistdesk.domain.types import Overlaps

LONGEST = timedelta(days=14)
"""No appointment is longer: a market week and a half."""

LENGTH_EXAMPLES = "Try: 1h, 45 min, 1h30, 90, or when it ends: 11:30, tomorrow 1:00."
_LENGTH = re.compile(
    r"(?:(?P<h>[0-9]{1,3})(?:[.,](?P<tenths>[0-9]{1,2}))? ?h(?:(?:ou)?rs?)?)?"
    r" ?(?:(?P<m>[0-9]{1,4}) ?(?:m|mins?|minutes?)?)?"
)
_WORDS = {
    "an hour": 60,
    "one hour": 60,
    "half an hour": 30,
    "half hour": 30,
    "an hour and a half": 90,
    "two hours": 120,
    "a day": 1440,
}


def parse_length(words: str) -> timedelta | None:
    """A length in words ("1h", "45 min", "1h30", "1.5 h", "90" minutes); `None` for what is no length."""
    said = " ".join(words.casefold().split()).removeprefix("for ").removeprefix("in ")
    if said in _WORDS:
        return timedelta(minutes=_WORDS[said])
    found = _LENGTH.fullmatch(said)
    if found is None or not (found["h"] or found["m"]) or (found["tenths"] and found["m"]):
        return None
    minutes = int(found["h"] or 0) * 60 + int(found["m"] or 0)
    if found["tenths"]:
        minutes += int(found["tenths"].ljust(2, "0")) * 60 // 100
    return timedelta(minutes=minutes)


def parse_end(words: str, starts_at: datetime, zone: ZoneInfo) -> datetime | None:
    """When it ends, in UTC: a length, or a time on the day on which it starts; empty is not known.

    A length is time that passes: an hour across a change of the clocks is an hour. Raises `Refused`.
    """
    if not words.strip():
        return None
    length = parse_length(words)
    if length is not None:
        ends_at = starts_at + length
    else:
        local = starts_at.astimezone(zone)
        day = local.replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            ends_at = parse_moment(words, day, zone, strict=True)
        except Refused as no:
            if no.hint != MOMENT_EXAMPLES:  # the clocks skip it
                raise Refused(no.reason, field="ends", hint=no.hint) from None
            raise Refused(
                f"“{words.strip()}” is neither a length nor a time.", field="ends", hint=LENGTH_EXAMPLES
            ) from None
    check_span(starts_at, ends_at)
    return ends_at


def check_span(starts_at: datetime, ends_at: datetime | None) -> None:
    """Raises `Refused` unless it ends after it starts, within two weeks."""
    if ends_at is None:
        return
    if ends_at <= starts_at:
        raise Refused("It ends before it starts.", field="ends", hint=LENGTH_EXAMPLES)
    if ends_at - starts_at > LONGEST:
        raise Refused("That is longer than two weeks.", field="ends", hint=LENGTH_EXAMPLES)


def say_length(length: timedelta) -> str:
    """A length as one types it: "45 min", "1h", "1h30"."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours}h{minutes:02}" if minutes else f"{hours}h"


@dataclass(frozen=True, slots=True)
class Booked:
    """One appointment as far as overlaps go."""

    id: int
    starts_at: datetime
    ends_at: datetime | None
    brand_id: int | None = None

    def span(self, usual: timedelta) -> tuple[datetime, datetime]:
        """From when until when it lasts."""
        return self.starts_at, self.ends_at or self.starts_at + usual


def overlapping(
    one: Booked, others: Iterable[Booked], usual: timedelta, which: Overlaps = Overlaps.SAME_REP
) -> tuple[Booked, ...]:
    """Those that stand across `one`, the first first; who only meets at an end does not (R17).

    With `SAME_BRAND`, an appointment without a brand stands across nothing.
    """
    if which is Overlaps.IGNORE or (which is Overlaps.SAME_BRAND and one.brand_id is None):
        return ()
    starts_at, ends_at = one.span(usual)
    found = [
        other
        for other in others
        if other.id != one.id
        and other.starts_at < ends_at
        and starts_at < other.span(usual)[1]
        and (which is Overlaps.SAME_REP or other.brand_id == one.brand_id)
    ]
    return tuple(sorted(found, key=lambda other: (other.starts_at, other.id)))
