"""A session that the rep booked herself and that was called off late: its lookbook is still owed, and HQ to be told."""

from datetime import timedelta

from stylistdesk.commands.assignments import BookAssignment, CancelAssignment, SessionForm
from stylistdesk.commands.base import Command
from stylistdesk.commands.triage import DismissRule
from stylistdesk.demo.day_so_far import Calendar, Known, Step
from stylistdesk.domain.types import AssignmentType

HOLLIS = "hollis.grant@example.com"


def _booked(known: Known, on: Calendar) -> Command:
    at = on.at(-1, "11:00")
    form = SessionForm(at, at + timedelta(minutes=45), on.at(-1, "16:00"), rep_notes="Layers for the boat.")
    return BookAssignment(known.client_id, form, AssignmentType.RECURRING, "HQ styled her in June, before this desk.")


ASSIGNMENTS_OF_THE_WEEK: tuple[Step, ...] = (
    Step(-3, "16:10", HOLLIS, _booked),
    Step(-2, "16:35", HOLLIS, lambda known, _: CancelAssignment(known.assignment_id, "Called away to the island.")),
)
"""Played among the steps of the week, in order of time."""

ASSIGNMENTS_OF_THIS_MORNING: tuple[Step, ...] = (
    Step(
        0,
        "",
        HOLLIS,
        lambda known, _: DismissRule(
            known.client_id,
            "deliver_lookbook",
            f"deliver:{known.assignment_id}",
            "On Monday, when she is back.",
            action="Deliver the lookbook",
        ),
    ),
)
"""Played last: nothing of it waits in Daily Tasks."""
