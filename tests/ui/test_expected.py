"""What clients are expected to bring (R48), as a rep sees it: learned beside the screen, without a key."""

from datetime import timedelta
from pathlib import Path

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.derive import refresh_order_summary
from stylistdesk.db.tables import Order
from stylistdesk.desk import Desk
from stylistdesk.domain.types import OrderStatus
from stylistdesk.paths import desk_paths
from tests.ui.conftest import NOW, at_the_desk


class Ordered:
    """Bea orders every month, Dana ordered once."""

    def apply(self, work: Work) -> Outcome:
        for client_id, ago in ((2, 5), (2, 35), (2, 65), (2, 95), (4, 60)):
            order = Order(
                client_id=client_id, source="test", number=f"{client_id}-{ago}", status=OrderStatus.RECEIVED,
                placed_at=work.now - timedelta(days=ago), currency="USD", subtotal_cents=140_00, shipping_cents=0,
                tax_cents=0, discount_cents=0, total_cents=140_00,
            )  # fmt: skip
            work.session.add(order)
        refresh_order_summary(work.session, (2, 4), work.zone)
        return Outcome("Imported orders", (2, 4))


async def test_orders_that_come_in_are_learned_from_and_said(folder: Path) -> None:
    """In her pane, as a term of why, in all clients by expected value, and in the profile."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(Ordered())
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you", "Ana Ruiz", "Since your last follow-up")
        await rep.press("ctrl+f", *"okafor", "enter")
        await rep.sees("Likely to buy by 20 Feb: ", " %, about $140", "likely to buy: ")
        await rep.press("8", "o", "o", "o", "o")
        await rep.sees("by expected value", "by 20 Feb: ", "about $140")
        await rep.press("g")
        assert [row.name for row in rep.app.screen.listed.rows[:2]] == ["Bea Okafor", "Dana Whitfield"]  # type: ignore[attr-defined]
        await rep.press("enter")
        await rep.sees("Overview", "Likely to buy by 20 Feb: ")
        await rep.press("escape", "u")
        await rep.sees("Took back: Imported orders")
        await rep.press("3")
        await rep.until(lambda shown: "likely to buy" not in shown.lower() and "No orders yet" in shown)
