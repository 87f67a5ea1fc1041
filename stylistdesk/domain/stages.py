"""How far a client is, and what a call status makes of it (R28).

A call status only moves her forward along lead, contacted, interested, active: a chat with somebody who orders does not
make her "contacted". Who is dormant comes back with any talk; who is lost comes back only with interest. No interest
makes anybody lost. An unanswered call and a message on the machine tell nothing, so they change nothing.
"""

from stylistdesk.domain.types import CallStatus, Stage

LADDER = (Stage.LEAD, Stage.CONTACTED, Stage.INTERESTED, Stage.ACTIVE)
"""The stages in their order; dormant and lost stand beside it."""

SETS: dict[CallStatus, Stage | None] = {
    CallStatus.NO_ANSWER: None,
    CallStatus.LEFT_MESSAGE: None,
    CallStatus.TALKED: Stage.CONTACTED,
    CallStatus.NOT_NOW: Stage.CONTACTED,
    CallStatus.INTERESTED: Stage.INTERESTED,
    CallStatus.APPOINTMENT_MADE: Stage.INTERESTED,
    CallStatus.ORDERED: Stage.ACTIVE,
    CallStatus.NOT_INTERESTED: Stage.LOST,
}
"""What each call status makes of a client who is not there yet."""


def stage_after(stage: Stage | None, status: CallStatus | None, *, has_orders: bool = False) -> Stage | None:
    """The stage of a client after a call; who has bought and was never given a stage gets none behind active."""
    wanted = SETS[status] if status is not None else None
    if wanted is None or wanted is Stage.LOST:
        return wanted or stage
    if stage is Stage.LOST:
        return stage if wanted is Stage.CONTACTED else wanted
    if stage is Stage.DORMANT:
        return wanted
    if stage is None:
        return None if has_orders and wanted is not Stage.ACTIVE else wanted
    return stage if LADDER.index(stage) >= LADDER.index(wanted) else wanted
