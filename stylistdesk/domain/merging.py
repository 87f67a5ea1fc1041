"""How two records of one person become one (R47): which value stays, and what must not be lost on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import ConsentState, EmailStatus


class Side(StrEnum):
    """Whose value stays: that of the record that is kept, of the one that goes, or both, one after the other."""

    KEEP = "keep"
    GONE = "gone"
    BOTH = "both"


class MergeField(StrEnum):
    """What is asked when two records are merged; everything else of both is simply kept."""

    NAME = "name"
    COMPANY = "company"
    SPENDING_POWER = "spending_power"
    STAGE = "stage"
    TAGS = "tags"
    DESCRIPTION = "description"
    BIRTHDAY = "birthday"
    WEBSITE = "website"
    CONTACT = "contact"
    LOCATION = "location"
    CADENCE = "cadence"
    RATES = "rates"


TAKES_BOTH = frozenset({MergeField.TAGS, MergeField.DESCRIPTION})
"""Fields that can hold the values of both."""


def default_side(field: MergeField, keep: str, gone: str) -> Side:
    """The value that is known; of two, both where the field takes them, else a fuller name, else the kept one's."""
    if not gone or keep == gone:
        return Side.KEEP
    if not keep:
        return Side.GONE
    if field in TAKES_BOTH:
        return Side.BOTH
    named = field in (MergeField.NAME, MergeField.COMPANY)
    return Side.GONE if named and _is_fuller(gone, keep) else Side.KEEP


def _is_fuller(name: str, other: str) -> bool:
    """Whether it says the other name and more: "Ana María Ruiz" of "Ana Ruiz", and not any longer name."""
    words = name_key(name).split()
    return len(name) > len(other) and all(
        any(word.startswith(part) for word in words) for part in name_key(other).split()
    )


def joined_tags(keep: str, gone: str) -> str:
    """The tags of both, each once, in their order."""
    tags: dict[str, str] = {}
    for tag in (*keep.split(","), *gone.split(",")):
        if tag.strip():
            tags.setdefault(tag.strip().casefold(), tag.strip())
    return ", ".join(tags.values())


def joined_words(keep: str, gone: str) -> str:
    """Both texts, one below the other, unless one says it all."""
    if not gone or gone in keep:
        return keep
    return gone if keep in gone else f"{keep}\n{gone}"


@dataclass(frozen=True, slots=True)
class Seen:
    """How far the rep has seen a client's signals: the watermark, and the first signal after it, if there is one."""

    watermark: int
    first_unseen: int | None


def merged_watermark(keep: Seen, gone: Seen) -> int:
    """The highest watermark after which every signal that was unseen on either side is still unseen (R4).

    Signals that had been seen, of the side whose watermark is higher, may show again: none is ever lost.
    """
    highest = max(keep.watermark, gone.watermark)
    unseen = [first for first in (keep.first_unseen, gone.first_unseen) if first is not None]
    return min([highest, *(first - 1 for first in unseen)])


def merged_mark(mark: int, other: Seen) -> int:
    """The mark of a snooze or dismissal of one side, so that it does not hide what is unseen on the other side."""
    return mark if other.first_unseen is None else min(mark, other.first_unseen - 1)


_STRICTEST = (ConsentState.UNSUBSCRIBED, ConsentState.SUBSCRIBED, ConsentState.NEVER_ASKED)
_WORST = (EmailStatus.UNSUBSCRIBED, EmailStatus.INVALID, EmailStatus.BOUNCED, EmailStatus.ACTIVE)


def strictest(states: Sequence[ConsentState]) -> ConsentState:
    """Of what two records say of one address: a no stands before a yes, a yes before nothing (R25)."""
    return min(states, key=_STRICTEST.index)


def worst(states: Sequence[EmailStatus]) -> EmailStatus:
    """Of what two records say of one address: the one that stops most."""
    return min(states, key=_WORST.index)
