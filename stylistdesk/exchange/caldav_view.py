"""Both sides of what was changed on the desk and on a server, as a screen shows them (R19)."""

from dataclasses import dataclass
from datetime import date, datetime

from stylistdesk.exchange.caldav_items import record_in
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.calendars import conflicts


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says; whole days are `starts_on` and, not with it, `ends_on`."""

    title: str
    starts_at: datetime
    ends_at: datetime
    starts_on: date | None
    ends_on: date | None
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class TwoSides:
    """A conflict that waits; a side is `None` where it was removed there."""

    id: int
    account: str
    ours: Side | None
    theirs: Side | None
    found_at: datetime

    @property
    def title(self) -> str:
        """What it is about."""
        side = self.ours or self.theirs
        return side.title if side is not None else "something that was removed"


def conflict_sides(asking: Asking) -> tuple[TwoSides, ...]:
    """The conflicts that wait, the oldest first."""
    return tuple(
        TwoSides(one.id, one.account, _side(one.ours, asking), _side(one.theirs, asking), one.found_at)
        for one in conflicts(asking)
    )


def _side(text: str, asking: Asking) -> Side | None:
    found = record_in(text, asking) if text else None
    if found is None:
        return None
    return Side(found.title, found.starts_at, found.ends_at, found.starts_on, found.ends_on, found.place, found.note)
