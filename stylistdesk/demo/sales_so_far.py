"""The orders that the rep of the made-up world typed in herself: over two years, shipped, cancelled, credited."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import select

from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.orders import OURS, AddOrderSummary, AddPurchaseOrder, OrderForm
from stylistdesk.commands.rates import ReRate, SetRate
from stylistdesk.commands.sales import AddCreditMemo, CancelOrder, ShipOrder
from stylistdesk.db.tables import Order
from stylistdesk.demo.day_so_far import Calendar, Step
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.types import BasisPoints, Cents, RateScope

ANA, HARBOR = "ana.ruiz@example.com", "buying.harborandhem@example.com"
CLOCK = "08:20"


@dataclass(frozen=True, slots=True)
class OnOrder:
    """A command about an order that is known by its number."""

    number: str
    make: Callable[[int], Command]

    def apply(self, work: Work) -> Outcome:
        """What the command does."""
        order_id = work.session.exec(select(Order.id).where(Order.source == OURS, Order.number == self.number)).one()
        return self.make(order_id or 0).apply(work)


def _sold(
    client: str, day: int, number: str, brand: str, season: str, dollars: int, units: int, origin: str, words: str = ""
) -> Step:
    return Step(
        -4,
        CLOCK,
        client,
        lambda known, on: AddOrderSummary(
            known.client_id,
            OrderForm(
                on.day(day),
                Cents(dollars * 100),
                brand,
                season,
                on.day(day).year,
                ship_on=on.day(day + 10),
                cancel_on=on.day(day + 45),
                number=number,
                units=units,
                rep="Thea Lindholm",
                origin=origin,
                description=words,
            ),
        ),
    )


def _purchase(client: str, day: int, number: str, brand: str, season: str, lines: str) -> Step:
    return Step(
        -4,
        CLOCK,
        client,
        lambda known, on: AddPurchaseOrder(
            known.client_id,
            OrderForm(
                on.day(day),
                brand=brand,
                season=season,
                season_year=on.day(day).year,
                ship_on=on.day(day + 14),
                cancel_on=on.day(day + 60),
                number=number,
                rep="Thea Lindholm",
                origin="Market week",
                lines=parse_lines(lines, "USD"),
            ),
        ),
    )


def _shipped(client: str, number: str, day: int, dollars: int = 0, note: str = "") -> Step:
    amount = Cents(dollars * 100) if dollars else None
    return Step(-4, CLOCK, client, lambda _, on: OnOrder(number, lambda key: ShipOrder(key, on.day(day), amount, note)))


def _credited(client: str, number: str, day: int, dollars: int, words: str, *, reopens: bool) -> Step:
    def make(on: Calendar) -> Command:
        return OnOrder(number, lambda key: AddCreditMemo(key, Cents(dollars * 100), on.day(day), reopens, "", words))

    return Step(-4, CLOCK, client, lambda _, on: make(on))


def _cancelled(client: str, number: str, dollars: int = 0) -> Step:
    amount = Cents(dollars * 100) if dollars else None
    return Step(-4, CLOCK, client, lambda _, __: OnOrder(number, lambda key: CancelOrder(key, amount)))


def _rate(client: str, rate: int, day: int, note: str) -> Step:
    return Step(
        -4,
        CLOCK,
        client,
        lambda known, on: SetRate(
            RateKey(RateScope.CLIENT, known.client_id), BasisPoints(rate), on.day(day), None, note
        ),
    )


def _re_rated(client: str, number: str) -> Step:
    return Step(-4, CLOCK, client, lambda _, __: OnOrder(number, lambda key: ReRate((key,))))


THE_ORDERS: tuple[Step, ...] = (
    _sold(ANA, -410, "S1001", "Northmoor", "Fall", 420, 3, "Trunk show"),
    _shipped(ANA, "S1001", -401),
    _sold(ANA, -240, "S1002", "Maison Orme", "Spring", 360, 1, "Showroom", "The trench, paid half in advance"),
    _shipped(ANA, "S1002", -228),
    _credited(ANA, "S1002", -12, 90, "A button came off; she keeps the coat.", reopens=False),
    _sold(ANA, -60, "S1003", "Northmoor", "Holiday", 640, 4, "Trunk show", "Gifts for her sisters"),
    _shipped(ANA, "S1003", -9, 240, "two of the four"),
    _sold(HARBOR, -620, "S1004", "Northmoor", "Spring", 3_200, 40, "Market week"),
    _shipped(HARBOR, "S1004", -600),
    _sold(HARBOR, -440, "S1005", "Halcyon Loom", "Fall", 1_860, 36, "Market week"),
    _shipped(HARBOR, "S1005", -420, 1_400),
    _cancelled(HARBOR, "S1005"),
    _sold(HARBOR, -250, "S1006", "Northmoor", "Spring", 4_150, 52, "Market week"),
    _shipped(HARBOR, "S1006", -231),
    _credited(HARBOR, "S1006", -11, 380, "Four cardigans with a dropped stitch; they are sent again.", reopens=True),
    _purchase(
        HARBOR,
        -48,
        "PO1001",
        "Northmoor",
        "Holiday",
        "12 x Cable cardigan, cream [NM-310] @ 95.00\n8 x Merino turtleneck, camel [NM-301] @ 66.00 less 28.00\n"
        "10 x Felt hat, walnut [HL-720] @ 24.00 at 6 %",
    ),
    _shipped(HARBOR, "PO1001", -16, 900, "first boxes"),
    _sold(HARBOR, -30, "S1007", "Halcyon Loom", "Holiday", 980, 20, "Phone"),
    _rate(HARBOR, 850, -45, "from the new agreement"),
    _re_rated(HARBOR, "S1007"),
)
"""Played before the week, once the files of before are in."""
