"""The only clock. Everything else is handed `now`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from stylistdesk.domain.errors import Refused


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class WallClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


class StartedClock:
    """A clock that was set to an instant when it was made, and goes on from there: for the demo's morning."""

    def __init__(self, at: datetime) -> None:
        self._lead = at.astimezone(UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        """The instant at which it was set and the time since, in UTC."""
        return datetime.now(UTC) + self._lead


class FrozenClock:
    """A clock that stands still until it is set: for tests, pictures and `--at`."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The instant at which it was set, in UTC."""
        return self.at


def clock_from(words: str | None) -> Clock:
    """The clock that `--at` or STYLISTDESK_NOW asks for; without either, the wall clock.

    Takes ISO 8601; without an offset it is in the machine's zone. Raises `Refused` if it is no time.
    """
    words = words or os.environ.get("STYLISTDESK_NOW")
    if not words:
        return WallClock()
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        raise Refused(f"“{words}” is not a time.", field="at", hint="Write it like 2026-11-21T09:42-05:00.") from None
    if not 1970 <= at.year <= 2999:
        raise Refused("That time is too far away.", field="at", hint="Years from 1970 to 2999 are understood.")
    return FrozenClock(at if at.tzinfo else at.replace(tzinfo=ZoneInfo(machine_zone())))


def zone_named(words: str) -> str | None:
    """The IANA zone that these words name: "America/New_York", "new york"; `None` if there is none, or several."""
    try:
        return ZoneInfo(words.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    sought = "_".join(words.casefold().split())
    found = {name for name in available_timezones() if sought and name.casefold().rpartition("/")[2] == sought}
    return min(found, key=lambda name: (name.count("/"), name)) if found else None


def machine_zone() -> str:
    """The IANA name of the machine's time zone, or UTC where it cannot be told."""
    for name in (os.environ.get("TZ", "").removeprefix(":"), _linked_zone()):
        if name:
            try:
                return ZoneInfo(name).key
            except (ZoneInfoNotFoundError, ValueError):
                continue
    return "UTC"


def _linked_zone() -> str:
    try:
        target = str(Path("/etc/localtime").resolve(strict=True))
    except OSError:
        return ""
    return target.partition("zoneinfo/")[2]
