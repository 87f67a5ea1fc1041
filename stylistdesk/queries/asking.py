"""What every query is given."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from stylistdesk.settings import Settings


@dataclass(frozen=True, slots=True)
class Asking:
    """A read: one session (one snapshot), the desk's now (UTC), its zone, currency, country and settings."""

    session: Session
    now: datetime
    zone: ZoneInfo
    currency: str
    country: str
    settings: Settings
