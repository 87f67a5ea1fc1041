"""Orders of the made-up world that are to go to an event: one that the rep can move, two asked of customer service."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import select

from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.moves import MarkMoveRequested, RequestMove
from stylistdesk.db.tables import HostEvent, Order
from stylistdesk.demo.day_so_far import Step
from stylistdesk.demo.events_so_far import OPEN, OWN, PlacedIn

CLEO, FAY, LOU = "cleo.marsh@example.com", "fay.lindqvist@example.com", "lou.bianchi@example.com"


@dataclass(frozen=True, slots=True)
class OnOrder:
    """A command about an order that is known by its number, and an event by its code."""

    number: str
    code: str
    make: Callable[[int, int], Command]

    def apply(self, work: Work) -> Outcome:
        """What the command does."""
        order_id = work.session.exec(select(Order.id).where(Order.number == self.number)).one()
        event_id = work.session.exec(select(HostEvent.id).where(HostEvent.code == self.code)).one()
        return self.make(order_id or 0, event_id or 0).apply(work)


@dataclass(frozen=True, slots=True)
class Asked:
    """Customer service was asked by an email that was sent."""

    order_id: int
    event_id: int
    note: str

    def apply(self, work: Work) -> Outcome:
        """Drafted and sent in one step."""
        move = RequestMove(self.order_id, self.event_id, self.note).apply(work)
        return MarkMoveRequested(move.value).apply(work)


MOVES_OF_THIS_MORNING: tuple[Step, ...] = (
    Step(0, "", CLEO, lambda _, __: PlacedIn(OWN, ("#1042",))),
    Step(
        0,
        "",
        FAY,
        lambda _, __: OnOrder(
            "#1038", OPEN, lambda order, event: Asked(order, event, "She is the host, and ordered by her own app.")
        ),
    ),
    Step(
        0,
        "",
        LOU,
        lambda _, __: OnOrder(
            "#1034", OPEN, lambda order, event: RequestMove(order, event, "Lou was at Fay's party and used no link.")
        ),
    ),
)
