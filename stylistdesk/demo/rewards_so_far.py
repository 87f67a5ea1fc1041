"""The host orders of the rep of the made-up world: one placed, one that waits to be placed."""

from dataclasses import dataclass

from sqlmodel import select

from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.host_orders import EnterHostOrder, PlaceHostOrder
from stylistdesk.db.host_orders import live_host_order
from stylistdesk.db.tables import HostEvent
from stylistdesk.demo.day_so_far import Step
from stylistdesk.demo.events_so_far import CLOSED, IMOGEN, JUNE, OVER, OnEvent
from stylistdesk.domain.host_orders import parse_host_lines

CLOCK = "08:45"


@dataclass(frozen=True, slots=True)
class PlaceItOf:
    """Place the host order of the event with this code."""

    code: str

    def apply(self, work: Work) -> Outcome:
        """What placing it does."""
        event_id = work.session.exec(select(HostEvent.id).where(HostEvent.code == self.code)).one()
        found = live_host_order(work.session, event_id or 0)
        assert found is not None and found.id is not None
        return PlaceHostOrder(found.id).apply(work)


def _takes(code: str, lines: str, note: str = "") -> Command:
    return OnEvent(code, lambda key: EnterHostOrder(key, parse_host_lines(lines, "USD"), None, note))


THE_HOST_ORDERS: tuple[Step, ...] = (
    Step(
        -4,
        CLOCK,
        JUNE,
        lambda _, __: _takes(
            CLOSED,
            "1 x Felt hat, walnut @ 96.00 reward\n1 x Silk scarf, marigold @ 78.00 reward\n"
            "1 x Wide trousers, oat @ 180.00 half price\n2 x Merino turtleneck, black @ 132.00 half price",
        ),
    ),
    Step(-4, CLOCK, JUNE, lambda _, __: PlaceItOf(CLOSED)),
    Step(
        -4,
        CLOCK,
        IMOGEN,
        lambda _, __: _takes(
            OVER,
            "1 x Felt hat, walnut @ 96.00 reward\n1 x Wide trousers, navy @ 180.00 half price\n"
            "1 x Silk scarf, marigold @ 78.00",
            "She asks her daughter about the trousers first.",
        ),
    ),
)
"""Played once the events are there with their orders."""
