"""The returns of the rep of the made-up world: one that is done, an exchange to be sent, and one of this morning."""

from dataclasses import dataclass

from sqlmodel import col, select

from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.returns import MarkReceived, OpenReturn, PassOn
from stylistdesk.db.tables import Order, OrderLine, Return, ReturnAddress
from stylistdesk.demo.day_so_far import Calendar, Known, Step
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.types import ReturnKind

MARGAUX, BIANCA = "margaux.petit@example.com", "bianca.dangelo@example.com"
ADDRESS = "Halcyon Returns\n400 Tannery Row\nNewark, NJ 07105"


@dataclass(frozen=True, slots=True)
class OpenFor:
    """Something of an order comes back: the order is known by its number, the item by the beginning of its name."""

    order: str
    item: str
    kind: ReturnKind
    instead: str = ""
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """What opening it does; the company's return address is written down with the first."""
        if work.session.exec(select(ReturnAddress.id)).first() is None:
            day = work.now.astimezone(work.zone).date().replace(month=1, day=1)
            work.session.add(ReturnAddress(from_on=day, lines=ADDRESS))
        line = work.session.exec(
            select(OrderLine)
            .join(Order, col(Order.id) == OrderLine.order_id)
            .where(Order.number == self.order, col(OrderLine.name).startswith(self.item))
        ).one()
        asked = Asked(line.id, 1, self.kind, self.kind is ReturnKind.EXCHANGE, self.instead)
        return OpenReturn(line.order_id, (asked,), self.note).apply(work)


@dataclass(frozen=True, slots=True)
class OnReturn:
    """A command about the newest return of a client."""

    client_id: int
    command: type[PassOn] | type[MarkReceived]

    def apply(self, work: Work) -> Outcome:
        """What the command does."""
        newest = select(Return.id).where(Return.client_id == self.client_id).order_by(col(Return.id).desc())
        return self.command(work.session.exec(newest).first() or 0).apply(work)


def _passed_on(known: Known, _: Calendar) -> Command:
    return OnReturn(known.client_id, PassOn)


def _received(known: Known, _: Calendar) -> Command:
    return OnReturn(known.client_id, MarkReceived)


def _opened(day: int, clock: str, client: str, opened: OpenFor) -> Step:
    return Step(day, clock, client, lambda known, on: opened)


RETURNS_OF_THE_WEEK: tuple[Step, ...] = (
    _opened(-4, "08:40", MARGAUX, OpenFor("#1030", "Felt hat", ReturnKind.REFUND, note="A size too small for her.")),
    Step(-4, "08:41", MARGAUX, _passed_on),
    _opened(-3, "09:10", BIANCA, OpenFor("#1028", "Silk camisole", ReturnKind.EXCHANGE, "size S")),
    Step(-3, "09:12", BIANCA, _passed_on),
    Step(-1, "16:35", MARGAUX, _received),
)
RETURNS_OF_THIS_MORNING: tuple[Step, ...] = (
    _opened(0, "", BIANCA, OpenFor("#1028", "Layered chain", ReturnKind.DAMAGED, note="The clasp came open.")),
)
