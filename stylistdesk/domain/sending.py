"""Sending email from the desk itself (R44): when it is tried again, and what the answer of a mail server means."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stylistdesk.domain.types import DeliveryState

GRACE = timedelta(seconds=10)
"""So long an email waits at first: an undo takes it back."""

LEFT_OUT_AFTER = timedelta(minutes=1)
"""While the server itself cannot be used, nothing else is tried for so long."""

_AGAIN = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=15),
)
"""After the first try, the second, …: a day in all."""


class Came(StrEnum):
    """What came of handing an email over."""

    SENT = "sent"
    LATER = "later"  # the server, or the way to it, cannot do it now
    NEVER = "never"  # the server will not take this email
    NO_MAILBOX = "no mailbox"  # there is nobody at the address
    ACCOUNT = "account"  # nothing can be sent before the rep puts her account right


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it, in the server's words or in ours; `reached` says whether the server was there at all."""

    came: Came
    said: str
    reached: bool = True


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries before the next; `None` when it is given up."""
    return _AGAIN[tries - 1] if 0 < tries <= len(_AGAIN) else None


_NOBODY = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Enhanced codes (RFC 3463) for an address that is wrong, has moved away, or is switched off."""
_POLICY = re.compile(r"relay|spam|block|denied|policy|reject|blacklist|reputation|auth", re.IGNORECASE)


def is_nobody(code: int, said: str) -> bool:
    """Whether the server refused the address because nobody has it, and not because of who sends or what it says."""
    enhanced = re.match(r"(5\.\d{1,3}\.\d{1,3})\b", said.strip())
    if enhanced is not None:
        return enhanced.group(1) in _NOBODY
    return code == 550 and _POLICY.search(said) is None


def say_delivery(
    state: DeliveryState, tried_at: datetime | None, next_at: datetime | None, said: str, moment: Callable[..., str]
) -> str:
    """How far an email has come: "sent 9:50", "waiting until 10:05: …", "not sent: …"; `moment` says an instant."""
    if state is DeliveryState.SENT:
        return f"sent {moment(tried_at)}" if tried_at else "sent"
    if state is DeliveryState.SENDING:
        return "being sent"
    if state is DeliveryState.FAILED:
        return f"not sent: {said}" if said else "not sent"
    if said and next_at is not None:
        return f"waiting until {moment(next_at)}: {said}"
    return "waiting to be sent"
