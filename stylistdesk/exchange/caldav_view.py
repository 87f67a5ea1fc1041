"""Both sides of what was changed on the desk and on a server, as a screen shows them (R19)."""

from dataclasses import dataclass
from datetime import datetime

from stylistdesk.exchange.caldav_items import record_in
from stylistdesk.exchange.records import EventRecord
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.calendars import conflicts


@dataclass(frozen=True, slots=True)
class TwoSides:
    """A conflict that waits; a side is `None` where it was removed there."""

    id: int
    account: str
    ours: EventRecord | None
    theirs: EventRecord | None
    found_at: datetime

    @property
    def title(self) -> str:
        """What it is about."""
        side = self.ours or self.theirs
        return side.title if side is not None else "something that was removed"


def conflict_sides(asking: Asking) -> tuple[TwoSides, ...]:
    """The conflicts that wait, the oldest first."""
    return tuple(
        TwoSides(one.id, one.account, record_in(one.ours, asking), record_in(one.theirs, asking), one.found_at)
        for one in conflicts(asking)
    )
