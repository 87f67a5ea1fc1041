"""The gift certificates of the made-up world: one partly used, one used up, one full, and one that is not sent yet."""

from collections.abc import Callable
from dataclasses import dataclass

from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.gifts import SellGift, SendGift, gift_numbered
from stylistdesk.commands.paying import PayByCard, RedeemGift
from stylistdesk.demo.day_so_far import Step
from stylistdesk.demo.sales_so_far import OnOrder
from stylistdesk.domain.gifts import Card
from stylistdesk.domain.types import Cents

ANA, LEILANI, NADIA = "ana.ruiz@example.com", "leilani.kahale@example.com", "nadia.petrova@example.com"
ODETTE, YUSUF = "odette.barlow@example.com", "yusuf.demir@example.com"
CLOCK = "08:45"


@dataclass(frozen=True, slots=True)
class OnGift:
    """A command about a certificate that is known by its number."""

    number: str
    make: Callable[[int], Command]

    def apply(self, work: Work) -> Outcome:
        """What the command does."""
        return self.make(gift_numbered(work.session, self.number).id or 0).apply(work)


def _sold(client: str, day: int, number: str, dollars: int, whom: str, note: str = "", at: int = -4) -> Step:
    return Step(
        at,
        CLOCK,
        client,
        lambda known, on: SellGift(
            known.client_id, Cents(dollars * 100), on.day(day), whom=whom, note=note, number=number
        ),
    )


def _sent(client: str, number: str) -> Step:
    return Step(-4, CLOCK, client, lambda _, __: OnGift(number, SendGift))


def _redeemed(client: str, number: str, order: str, dollars: int) -> Step:
    amount = Cents(dollars * 100)
    return Step(-4, CLOCK, client, lambda _, __: OnOrder(order, lambda key: RedeemGift(number, key, amount)))


THE_GIFTS: tuple[Step, ...] = (
    _sold(LEILANI, -140, "GC4FWR8TNX", 60, "Marisol Ruiz", "For a scarf"),
    _sold(YUSUF, -70, "GC7K2M9XQW", 120, "Ana Ruiz", "Her birthday"),
    _sold(NADIA, -20, "GCH3P6VZCD", 200, "her mother", "Handed over in an envelope"),
    _sent(LEILANI, "GC4FWR8TNX"),
    _sent(YUSUF, "GC7K2M9XQW"),
    _sent(NADIA, "GCH3P6VZCD"),
    _redeemed(ANA, "GC4FWR8TNX", "S1003", 60),
    _redeemed(ANA, "GC7K2M9XQW", "S1003", 85),
    Step(-4, CLOCK, ANA, lambda _, __: OnOrder("S1003", lambda k: PayByCard(k, Card("Visa", "4242"), Cents(24_000)))),
    _sold(ODETTE, -1, "GCB9D5JYAS", 150, "Elin, her goddaughter", at=-1),
)
"""Played among the steps of the week, after the orders that they pay for."""
