"""What a form says of a booking before it is saved (R13, R15): it warns once, and the next ctrl+s saves it anyway."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.bookings import say_length
from stylistdesk.domain.dates import LocalNow
from stylistdesk.ui import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stylistdesk.desk import Desk
    from stylistdesk.queries.appointments import Across
    from stylistdesk.queries.feasibility import Planned, Warned


class LookingAhead:
    """Looks at one booking after the other; what was warned of once is let through as long as it stays the same."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._told: Planned | None = None

    async def words(self, planned: "Planned") -> str:
        """What is to be said of it; nothing where all is well."""
        from stylistdesk.queries.appointments import standing_across
        from stylistdesk.queries.feasibility import look_ahead

        said = say_warned(await asyncio.to_thread(self.desk.ask, look_ahead, planned), self.desk)
        if not planned.overlaps:
            return said
        across = await asyncio.to_thread(
            lambda: self.desk.ask(
                standing_across, planned.starts_at, planned.ends_at, None, None, but_of=planned.assignment_id
            )
        )
        return f"It overlaps {say_across(across, self.desk)}. {said}".rstrip() if across else said

    async def holds_up(self, planned: "Planned", key: str) -> str:
        """The warning, the first time that this is to be saved; nothing where it may be."""
        said = await self.words(planned)
        if not said or self._told == planned:
            return ""
        self._told = planned
        return f"{said} {key} again saves it anyway."


def say_across(found: "Sequence[Across]", desk: "Desk") -> str:
    """The first two of those that it stands across, and how many more: "Ana Ruiz 9:30–10:30, Fair all day"."""
    here = LocalNow(desk.now(), desk.zone)
    named = []
    for one in found[:2]:
        span = "all day" if one.all_day else f"{here.hour(one.starts_at)}–{here.hour(one.ends_at)}"
        named.append(f"{one.who} {span}")
    more = f" and {len(found) - 2} more" if len(found) > 2 else ""
    return ", ".join(named) + more


def say_warned(warned: "Warned", desk: "Desk") -> str:
    """The warning in words."""
    said = []
    if warned.past_midnight:
        said.append("It goes past midnight: the lookbook is due on one day only.")
    if warned.review_late:
        said.append("The look review is after the day on which the lookbook is due.")
    if warned.late is not None and warned.due_at is not None:
        due = words.moment(warned.due_at, desk.now(), desk.zone)
        hours = "the usual hours" if warned.assumed else "your hours"
        whose = f"The lookbook of {warned.late}" if warned.late else "Her lookbook"
        what = f"{warned.what}, " if warned.what else ""
        short = say_length(warned.short)
        said.append(f"{whose} ({what}due {due}) would be late: {short} of it does not fit into {hours}.")
    return " ".join(said)
