"""The events of the rep of the made-up world: one of each kind around today, with orders of the shop's file in them.

Other steps find an event by its code: `EVENTS` has them all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.host_events import AddHostEvent, CloseHostEvent, HostEventForm, TickStep
from stylistdesk.db.tables import HostEvent, Order
from stylistdesk.demo.day_so_far import Calendar, Known, Step
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_events import ClosingStep

ANA, FAY, IMOGEN, JUNE = (
    "ana.ruiz@example.com", "fay.lindqvist@example.com", "imogen.achebe@example.com", "june.park@example.com",
)  # fmt: skip
CLOCK = "08:40"

OPEN, OWN, OVER, UPCOMING, CLOSED = (
    "fays-fall-party",
    "theas-shop",
    "imogens-supper",
    "anas-evening",
    "junes-trunk-show",
)
EVENTS = (OPEN, OWN, OVER, UPCOMING, CLOSED)


@dataclass(frozen=True, slots=True)
class OnEvent:
    """A command about an event that is known by its code."""

    code: str
    make: Callable[[int], Command]

    def apply(self, work: Work) -> Outcome:
        """What the command does."""
        event_id = work.session.exec(select(HostEvent.id).where(HostEvent.code == self.code)).one()
        return self.make(event_id or 0).apply(work)


@dataclass(frozen=True, slots=True)
class PlacedIn:
    """Orders of the shop that were placed through an event's link: its files do not say so."""

    code: str
    numbers: Sequence[str]

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a number that the desk does not have."""
        event = work.session.exec(select(HostEvent).where(HostEvent.code == self.code)).one()
        orders = work.session.exec(select(Order).where(col(Order.number).in_(self.numbers))).all()
        if len(orders) != len(self.numbers):
            raise Refused(f"Not all orders of {event.name} are on the desk.")
        for order in orders:
            order.event_id = event.id
        return Outcome(f"Said which orders were placed in “{event.name}”")


def _event(client: str, form: Callable[[Known, Calendar], HostEventForm]) -> Step:
    return Step(-4, CLOCK, client, lambda known, on: AddHostEvent(form(known, on)))


def _orders(client: str, code: str, *numbers: str) -> Step:
    return Step(-4, CLOCK, client, lambda _, __: PlacedIn(code, numbers))


def _ticked(client: str, code: str, *steps: ClosingStep) -> tuple[Step, ...]:
    def ticked(step: ClosingStep) -> Step:
        return Step(-4, CLOCK, client, lambda _, __: OnEvent(code, lambda key: TickStep(key, step)))

    return tuple(ticked(step) for step in steps)


THE_EVENTS: tuple[Step, ...] = (
    _event(
        JUNE,
        lambda known, on: HostEventForm(
            "June's trunk show",
            on.day(-56),
            on.day(-35),
            known.client_id,
            CLOSED,
            held_at=on.at(-54, "18:00"),
            place="June's studio",
        ),
    ),
    _orders(JUNE, CLOSED, "#1011", "#1014", "#1015", "#1016"),
    *_ticked(JUNE, CLOSED, *ClosingStep),
    Step(-4, CLOCK, JUNE, lambda _, __: OnEvent(CLOSED, CloseHostEvent)),
    _event(
        IMOGEN,
        lambda known, on: HostEventForm(
            "Imogen's autumn supper",
            on.day(-28),
            on.day(-5),
            known.client_id,
            OVER,
            held_at=on.at(-23, "19:00"),
            place="Imogen's house",
            note="Eight at the table; two wanted to think it over.",
        ),
    ),
    _orders(IMOGEN, OVER, "#1024", "#1026", "#1027"),
    *_ticked(IMOGEN, OVER, ClosingStep.ORDERS_ENTERED),
    _event(
        FAY,
        lambda known, on: HostEventForm(
            "Fay's fall party",
            on.day(-14),
            on.day(8),
            known.client_id,
            OPEN,
            held_at=on.at(-13, "17:00"),
            place="Fay's loft",
            note="She wants the camel coats to be seen.",
        ),
    ),
    _orders(FAY, OPEN, "#1036", "#1037", "#1039", "#1040"),
    _event(FAY, lambda _, on: HostEventForm("Thea's own shop", on.day(-6), on.day(20), code=OWN)),
    _event(
        ANA,
        lambda known, on: HostEventForm(
            "Ana's holiday evening",
            on.day(5),
            on.day(19),
            known.client_id,
            UPCOMING,
            held_at=on.at(6, "19:00"),
            place="Ana's apartment",
        ),
    ),
)
"""Played before the week, once the files of before are in and the rep's own orders are typed."""
