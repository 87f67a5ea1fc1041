"""Facts as the gathering would make them, out of a few signals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.facts import REACTIONS, DeliveredFact, Facts, ReceivedFact, Unseen
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import SignalKind

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)
HERE = LocalNow(NOW, ZONE)
TODAY = date(2026, 11, 21)


def ago(**since: float) -> datetime:
    """So long before now."""
    return NOW - timedelta(**since)


def local(day: int, hour: int = 0, minute: int = 0, *, month: int = 11, zone: ZoneInfo = ZONE) -> datetime:
    """A local time of 2026, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True)
class Did:
    """One signal."""

    id: int
    kind: SignalKind
    at: datetime


def unseen(kind: SignalKind, at: datetime, *, count: int = 1, first: datetime | None = None, **fields: Any) -> Unseen:
    """Signals of one kind since the last follow-up."""
    fields.setdefault("last_id", 100)
    return Unseen(kind, count, first or at, at, **fields)


def client(*hers: Unseen, **fields: Any) -> Facts:
    """Ana Ruiz, of whom nothing is known but this."""
    fields.setdefault("last_signal_id", max((each.last_id for each in hers), default=0))
    return Facts(fields.pop("client_id", 1), fields.pop("name", "Ana Ruiz"), "Ana", unseen=hers, **fields)


def facts_from(signals: Iterable[Did], *, watermark: int = 0, sent_at: datetime | None = None, **fields: Any) -> Facts:
    """What is gathered when these are her signals and a lookbook was delivered at `sent_at`."""
    all_of_them = sorted(signals, key=lambda did: did.id)
    hers = []
    for kind in SignalKind:
        new = [did for did in all_of_them if did.kind is kind and did.id > watermark]
        if new:
            instants = [did.at for did in new]
            hers.append(Unseen(kind, len(new), min(instants), max(instants), new[-1].id, item="Cashmere coat"))
    received = max(
        (did for did in all_of_them if did.kind is SignalKind.RECEIVED), key=lambda did: (did.at, did.id), default=None
    )
    if sent_at is not None:
        reacted = any(did.kind in REACTIONS and did.at > sent_at for did in all_of_them)
        fields["delivered"] = DeliveredFact(5, "Fall looks 2", sent_at, reacted, 7)
    if received is not None:
        fields["received"] = ReceivedFact(received.id, received.at, "Cashmere coat")
    return client(*hers, last_signal_id=max([watermark, *(did.id for did in all_of_them)]), **fields)


def said(suggestion: Suggestion | None) -> Suggestion:
    """The suggestion, which must be there."""
    assert suggestion is not None
    return suggestion
