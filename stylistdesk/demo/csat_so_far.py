"""What the rep did with how her clients feel: looked through them, read the older ones, said what they are about."""

from datetime import datetime

from sqlmodel import col, select

from stylistdesk.commands.base import Command
from stylistdesk.commands.csat import AskAsm, ChangeThemes, CheckToday, MarkAnswered, MarkRead, SetAction
from stylistdesk.commands.work import CompleteTask, TaskForm
from stylistdesk.db.tables import CsatResponse
from stylistdesk.demo.day_so_far import Step
from stylistdesk.domain.types import Theme
from stylistdesk.queries.asking import Asking

DANA, JUNE, NORA = "dana.whitfield@example.com", "june.park@example.com", "nora.castellanos@example.com"
SIOBHAN, XIOMARA = "siobhan.obrien@example.com", "xiomara.pena@example.com"


def older_read(asking: Asking, before: datetime) -> Command:
    """The responses from before an instant are read."""
    found = asking.session.exec(select(CsatResponse.id).where(col(CsatResponse.responded_at) < before))
    return MarkRead([number for number in found if number is not None])


def _about(client: str, *themes: Theme) -> Step:
    return Step(0, "", client, lambda known, _: ChangeThemes((known.response_id,), frozenset(themes)))


CSAT_OF_THE_WEEK: tuple[Step, ...] = (Step(-2, "17:05", DANA, lambda known, _: CheckToday()),)
"""Played among the steps of the week, before the file of responses came."""

CSAT_OF_THIS_MORNING: tuple[Step, ...] = (
    _about(SIOBHAN, Theme.SERVICE, Theme.TIMELY),
    _about(JUNE, Theme.LOOKS),
    _about(DANA, Theme.LOOKS, Theme.EXECUTION),
    _about(NORA, Theme.TIMELY),
    Step(0, "", NORA, lambda known, _: SetAction(known.response_id, TaskForm("Deliver before five, not at closing"))),
    Step(0, "", NORA, lambda known, _: CompleteTask(known.task_id)),
    _about(XIOMARA, Theme.EXECUTION, Theme.SERVICE),
    Step(
        0,
        "",
        XIOMARA,
        lambda known, on: SetAction(known.response_id, TaskForm("Read her quiz again before each session", on.day(9))),
    ),
    Step(
        0,
        "",
        XIOMARA,
        lambda known, _: AskAsm(
            known.response_id,
            "Xiomara Peña: 3 of 5",
            "Hello Marguerite,\n\nXiomara Peña had told us twice that she wears no flat shoes, and found two pairs.\n\n"
            "Can her quiz say so on the first page?\n\nThea Lindholm",
            sent=True,
        ),
    ),
    Step(0, "", XIOMARA, lambda known, _: MarkAnswered((known.response_id,))),
)
"""Played last, at the present instant."""
