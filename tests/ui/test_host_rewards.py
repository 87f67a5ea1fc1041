"""Host rewards by keys: the list, the ledger, a host order from its first line to its end, and the tiers."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Work
from stylistdesk.db import tables as t
from stylistdesk.desk import Desk
from stylistdesk.domain.types import OrderStatus
from stylistdesk.exchange.exporting import export_for
from stylistdesk.paths import desk_paths
from stylistdesk.queries.host_rewards import host_orders
from tests.commands.doing import Do
from tests.ui.conftest import NOW, Rep, at_the_desk

PARTY, OPEN, OWN = 1, 2, 3


def give_events(folder: Path) -> None:
    """Ana's party is over and came to $412.50; Bea's is open and lacks an order; the rep's own has a host to name."""

    def add(work: Work) -> None:
        def event(key: int, host: int | None, name: str, closes: date) -> None:
            work.session.add(t.HostEvent(id=key, client_id=host, name=name, code=name, opens_on=date(2026, 11, 1),
                                         closes_on=closes))  # fmt: skip

        event(PARTY, 1, "Ana's party", date(2026, 11, 15))
        event(OPEN, 2, "Bea's evening", date(2026, 11, 28))
        event(OWN, None, "Robin's shop", date(2026, 11, 10))
        work.session.flush()
        sold = [(PARTY, 20_000), (PARTY, 20_000), (PARTY, 2_750), (OPEN, 10_000), (OPEN, 5_500), (OWN, 30_000),
                (OWN, 30_000), (OWN, 30_000)]  # fmt: skip
        for number, (event_id, cents) in enumerate(sold, 1001):
            order = t.Order(
                client_id=3 + number % 3, source="shopify", number=f"#{number}", status=OrderStatus.PLACED,
                placed_at=datetime(2026, 11, 5, 17, tzinfo=UTC), currency="USD", subtotal_cents=cents,
                shipping_cents=500, tax_cents=0, discount_cents=1_000, total_cents=cents + 500, event_id=event_id,
                refunded_cents=1_500 if cents == 2_750 else 0,
            )  # fmt: skip
            work.session.add(order)

    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(Do(add))


@pytest.fixture
async def rep(folder: Path) -> AsyncIterator[Rep]:
    """A rep who looks at the host rewards."""
    give_events(folder)
    async with at_the_desk(folder) as someone:
        await someone.sees("clients need you")
        await someone.press("9")
        await someone.sees("Training", "Host rewards")
        await someone.press("right_square_bracket", *["right_square_bracket"] * 3, "enter")
        await someone.sees("Host order to enter  2", "Open or to come  1")
        yield someone


async def write_lines(rep: Rep, *lines: str) -> None:
    """Type the lines of a host order into an empty form."""
    for line in lines:
        await rep.press(*("space" if c == " " else c for c in line), "enter")


async def test_the_list_says_what_each_event_has_or_lacks(rep: Rep) -> None:
    shown = await rep.sees(
        "2 host orders to enter", "Ana's party", "$61.88 and 2 half-price items", "ended Sun 15 Nov",
        "Bea's evening", "open until Sat 28 Nov", "$155 of 2 orders; needs 1 order and $45 more",
        "your own event", "$180 and 3 half-price items",
    )  # fmt: skip
    assert shown.index("Ana's party") < shown.index("Robin's shop") < shown.index("Bea's evening")
    await rep.press("j", "j", "o")
    await rep.sees("Bea's evening needs 1 order and $45 more.")
    await rep.press("P")
    await rep.sees("Bea's evening has no host order.")


async def test_the_ledger_shows_how_each_cent_came_about(rep: Rep) -> None:
    await rep.press("enter")
    await rep.sees(
        "Rewards of Ana's party", "$61.88 and 2 half-price items", "#1003", "$12.50", "$412.50",
        "$37.50, less $10 discount and $15 returned", "Tax and shipping", "$15", "3 are needed",
        "Tier of $400 to $700: 15 % and 2 half-price items", "15 % of $412.50 is 61.875, rounded to the cent",
        "o enters what she takes.",
    )  # fmt: skip
    await rep.press("enter")
    await rep.sees("Emi Tanaka", "Overview", "#1001")


async def test_a_host_order_is_entered_placed_and_taken_back(rep: Rep) -> None:
    await rep.press("o")
    await rep.sees("Host order of Ana Ruiz", "$61.88 and 2 half-price items", "1 x Cardigan @ 95.00 reward")
    await write_lines(rep, "1 x Scarf @ 70 reward", "1 x Coat @ 95.01 half")
    await rep.sees("$70 of $61.88 by reward, 1 of 2 at half price")
    await rep.press("ctrl+s")
    await rep.sees("Its reward lines come to $70, and", "Let her pay $8.12")
    await rep.press("up", "up", "end", *["left"] * len(" reward"), "backspace", "backspace", "6", "0")
    await rep.press("ctrl+s")
    await rep.sees("Entered host order HO-1001 of Ana Ruiz, she pays $47.51", "Host order pending  1")
    await rep.sees("HO-1001 pending: $60 by reward, 1 item at half price, she pays $47.51")
    await rep.press("enter")
    await rep.sees("HO-1001", "entered Sat 21 Nov", "1 x Coat", "half price", "$47.51")
    await rep.press("P")
    await rep.sees("Place HO-1001 of Ana Ruiz?", "She pays $47.51.", "frozen at $61.88", "can no longer")
    await rep.press("n")
    assert [row.status for row in rep.desk.ask(host_orders)] == ["pending"]
    await rep.press("P")
    await rep.sees("Only cancelling it as a whole")
    await rep.press("y")
    await rep.sees("Placed host order HO-1001 of Ana Ruiz, she pays $47.51", "Frozen Sat 21 Nov", "placed Sat 21 Nov")
    await rep.press("o")
    await rep.sees("Host order HO-1001 was placed: it is final.", "C cancels it as a whole.")
    await rep.press("C")
    await rep.sees("Cancel HO-1001?", "Her order is cancelled too")
    await rep.press("escape")
    await rep.press("u")
    await rep.sees("entered Sat 21 Nov")
    await rep.press("C")
    await rep.sees("Cancelled host order HO-1001 of Ana Ruiz", "cancelled Sat 21 Nov", "o enters what she takes.")
    await rep.press("escape")
    await rep.sees("Host order to enter  2")
    assert [(row.number, row.status) for row in rep.desk.ask(host_orders)] == [("HO-1001", "cancelled")]


async def test_the_form_says_which_line_is_wrong_while_it_is_typed(rep: Rep) -> None:
    """Two lines that ran into one are not taken as one item."""
    await rep.press("o")
    await rep.sees("Host order of Ana Ruiz", "1 x Cardigan @ 95.00 reward")
    await write_lines(rep, "1 x Hat @ 20 reward", "1 x Scarf @ 45 half price1 x Coat @ 9 reward")
    await rep.sees("Line 2: Two items are in it. Begin a new")
    await rep.press("ctrl+s")
    await rep.sees("Line 2: Two items are in it.", "Host order of Ana Ruiz")
    await rep.press("up", "end", *["left"] * len("1 x Coat @ 9 reward"), "enter")
    await rep.sees("$29 of $61.88 by reward, 1 of 2 at half price")


async def test_placing_asks_where_the_event_is_still_open(rep: Rep) -> None:
    def sell(work: Work) -> None:
        work.session.add(
            t.Order(client_id=5, source="shopify", number="#2000", status=OrderStatus.PLACED, placed_at=NOW,
                    currency="USD", subtotal_cents=9_000, shipping_cents=0, tax_cents=0, discount_cents=0,
                    total_cents=9_000, event_id=OPEN)
        )  # fmt: skip

    rep.desk.do(Do(sell))
    await rep.press("8")
    await rep.sees("5 clients")
    await rep.press("9")
    await rep.sees("$24.50 and 1 half-price item")
    await rep.press("G", "o")
    await rep.sees("Host order of Bea Okafor")
    await write_lines(rep, "1 x Hat @ 20 reward")
    await rep.press("ctrl+s")
    await rep.sees("Entered host order HO-1001 of Bea Okafor, she pays $0")
    await rep.press("P")
    await rep.sees("Bea's evening is still open", "Orders until Sat 28 Nov would still earn more.", "pays $0.")
    await rep.press("escape", "P")
    await rep.press("y")
    await rep.sees("Placed host order HO-1001 of Bea Okafor", "Host order placed  1")


async def test_of_the_reps_own_event_she_says_who_takes_the_rewards(rep: Rep) -> None:
    await rep.press("j", "o")
    await rep.sees("Host order of Robin's shop", "Client")
    await rep.press(*"cleo", "tab")
    await rep.sees("with Cleo Marsh")
    await write_lines(rep, "2 x Hat @ 48 half")
    await rep.press("ctrl+s")
    await rep.sees("Entered host order HO-1001 of Cleo Marsh, she pays $48")


async def test_the_tiers_are_changed_and_restored(rep: Rep) -> None:
    await rep.press("T")
    await rep.sees(
        "Reward tiers, the usual ones", "$400", "15 %", "2 items", "An event qualifies from 3 orders and $200"
    )
    await rep.press("j", "e")
    await rep.sees("Edit the tier", "Half price")
    await rep.press("tab")
    await rep.write("750")
    await rep.press("ctrl+s")
    await rep.sees("It overlaps the tier of $700 to $1,000.")
    await rep.write("650")
    await rep.press("ctrl+s")
    await rep.sees(
        "Reward tiers, your own", "Changed the tier of $400 to $650", "Sales of $650 up to $700 earn nothing."
    )
    await rep.press("R")
    await rep.sees("Reward tiers, the usual ones", "Restored the usual tiers")
    await rep.press("u")
    await rep.sees("Reward tiers, your own")
    await rep.press("a")
    await rep.sees("Add a tier")
    await rep.write("650")
    await rep.press("tab")
    await rep.write("700")
    await rep.press("tab", "tab")
    await rep.write("100")
    await rep.press("ctrl+s")
    await rep.sees("Added the tier of $650 to $700", "$100")
    await rep.press("escape")
    await rep.sees("Host order to enter")


async def test_the_files_are_written(rep: Rep, tmp_path: Path) -> None:
    """The ledger of the event, and the host orders once there are any."""
    await rep.press("E")
    await rep.sees("There is no host order to export.")
    await rep.press("enter")
    await rep.sees("Rewards of Ana's party")
    await rep.press("E")
    await rep.sees("Export the rewards")
    await rep.write(str(tmp_path / "ledger.csv"))
    await rep.press("ctrl+s")
    await rep.sees("Wrote 3 orders to")
    assert "61.88" in (tmp_path / "ledger.csv").read_text()
    made = rep.desk.ask(export_for(tmp_path, "rewards").make, None)
    assert (made.count, made.content.count(b"\r\ntotal,"), made.content.count(b"Bea's evening")) == (3, 3, 5)


async def test_on_a_small_screen_nothing_is_out_of_reach(folder: Path) -> None:
    give_events(folder)
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you")
        await rep.press("9")
        await rep.sees("Training")
        await rep.press(*["right_square_bracket"] * 4, "enter")
        await rep.sees("Ana's party", "$61.88 and 2 half-price items")
        await rep.press("enter")
        await rep.sees("Rewards of Ana's party", "so far", "$412.50")
        await rep.press("G")
        await rep.sees("o Host order", "P Place", "C Cancel", "esc Back")
