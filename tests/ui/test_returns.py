"""Returns in the back office by keys alone (R39): open one, tell her, receive it, send the exchange, write the slip."""

import stat
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, OrderForm
from stylistdesk.commands.paying import PayByCard
from stylistdesk.commands.returns import OpenReturn
from stylistdesk.db.tables import Message, Order, Return, ReturnAddress, ReturnLine
from stylistdesk.desk import Desk
from stylistdesk.domain.gifts import Card
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.types import Cents
from stylistdesk.paths import desk_paths
from tests.commands.doing import Do
from tests.helpers import dump
from tests.ui.conftest import NOW, Rep, at_the_desk, fill
from tests.ui.test_hostile_text import STORABLE, harmless

LINES = "3 x Silk scarf @ 33.33\n1 x Wool coat @ 180.00"
SMALL = (80, 24)


def with_orders(desk: Desk, lines: str = LINES) -> None:
    """Ana has bought scarves and a coat; Bea something long ago, Cleo something without lines."""
    fill(desk)
    desk.do(AddPurchaseOrder(1, OrderForm(date(2026, 11, 1), lines=parse_lines(lines, "USD"))))
    desk.do(PayByCard(1, Card("Visa", "4242")))
    desk.do(AddOrderSummary(2, OrderForm(date(2026, 10, 1), Cents(9_000))))
    desk.do(AddOrderSummary(3, OrderForm(date(2026, 11, 9), Cents(9_000))))
    address = ReturnAddress(from_on=date(2026, 1, 1), lines="Halcyon Returns\n400 Tannery Row")
    desk.do(Do(lambda work: work.session.add(address)))


@pytest.fixture
def full(tmp_path: Path) -> Path:
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        with_orders(desk)
    return tmp_path


async def to_returns(rep: Rep) -> None:
    """Into the list of returns."""
    await rep.sees("clients need you")
    await rep.press("9")
    await rep.sees("Returns", "Company files")
    await rep.press(*"jjjjj")
    await rep.sees("Nothing here yet.", "adds a return or an exchange.")
    await rep.press("enter")


@pytest.fixture
async def rep(full: Path) -> AsyncIterator[Rep]:
    """A rep at a small screen, in Returns."""
    async with at_the_desk(full, SMALL) as someone:
        await to_returns(someone)
        yield someone


def rows(rep: Rep, table: Any = Return) -> list[Any]:
    def ask(asking: Any) -> list[Any]:
        found = list(asking.session.exec(select(table).order_by(table.id)))
        asking.session.expunge_all()
        return found

    return rep.desk.ask(ask)


def kept(rep: Rep) -> dict[str, Any]:
    """All rows, but what the program works out in between of who is likely to buy."""
    return {name: found for name, found in dump(rep.desk).items() if name not in ("buyer_model", "expected_value")}


async def choose_client(rep: Rep, name: str) -> None:
    await rep.press("a")
    await rep.sees("Open a return", "a few letters of her name")
    await rep.write(name)
    await rep.press("ctrl+s")


async def open_exchange(rep: Rep) -> None:
    """A scarf back for money, one exchanged; the coat came damaged."""
    await choose_client(rep, "ana")
    await rep.sees("Which order of Ana Ruiz?", "PO1001", "1 Nov 2026", "$279.99", "until 1 Dec")
    await rep.press("enter")
    await rep.sees("What comes back of PO1001", "3 x Silk scarf, $99.99", "1 x Wool coat, $180")
    await rep.write("1; 1 exchange for navy")
    await rep.sees("1 refund, $33.33; 1 exchange for navy")
    await rep.press("enter")
    await rep.write("1 damaged")
    await rep.sees("1 damaged, refunded, $180")
    await rep.press("ctrl+s")
    await rep.sees("Return of PO1001", "Restock fee for the return, US", "-$2.00", "Back to her card", "$211.33",
                   "One item sent instead, free.")  # fmt: skip


async def test_a_return_is_opened_by_the_number_of_its_order(rep: Rep) -> None:
    """What she reads from her parcel; an order that is too old says so in the form."""
    await rep.press("a")
    await rep.sees("Open a return", "an order's number")
    await rep.write("s1001")
    await rep.press("ctrl+s")
    await rep.sees("Order S1001 of Bea Okafor is cancelled, or not", "Open a return")
    await rep.write("po1001")
    await rep.sees("order PO1001 of Ana Ruiz")
    await rep.press("ctrl+s")
    await rep.sees("What comes back of PO1001", "3 x Silk scarf")
    await rep.write("one")
    await rep.sees("“one” is not a number. For example: 1;")


async def test_a_return_is_opened_by_keys_and_undone_by_one(rep: Rep) -> None:
    """What it comes to is seen before it is saved; the first wrong field keeps the cursor."""
    before = kept(rep)
    await open_exchange(rep)
    await rep.press("escape")
    await rep.sees("What comes back of PO1001", "1 refund, $33.33; 1 exchange for navy")
    await rep.write("4")
    await rep.press("ctrl+s")
    await rep.sees("3 of 3 can still come back.")
    await rep.write("1; 1 exchange for navy")
    await rep.press("ctrl+s")
    await rep.sees("Back to her card", "$211.33")
    await rep.write("too big")
    await rep.press("ctrl+s")
    await rep.sees("Opened return R2026-1001 of order PO1001 of Ana Ruiz.", "u undoes it.")
    await rep.sees("Return ID not passed on", "exchange to be sent", "opened today")
    assert [(line.quantity, line.kind) for line in rows(rep, ReturnLine)] == [
        (1, "refund"),
        (1, "exchange"),
        (1, "damaged"),
    ]
    assert rows(rep)[0].note == "too big"
    await rep.press("u")
    await rep.sees("Took back", "Nothing here yet.")
    assert kept(rep) == before


async def test_she_is_told_her_return_id_and_where_to_send_it(rep: Rep) -> None:
    """The message is logged, and with it the Return ID is passed on: one undo step."""
    await open_exchange(rep)
    await rep.press("ctrl+s")
    await rep.sees("Opened return")
    await rep.press("m")
    await rep.sees("Message to Ana Ruiz", "Return ID: R2026-1001", "Needs no consent", "she has her Return ID")
    await rep.press("ctrl+s")
    await rep.sees("Passed on R2026-1001 to Ana Ruiz.", "exchange to be sent")
    (message,) = rows(rep, Message)
    for words in ("Return ID: R2026-1001", "Halcyon Returns\n400 Tannery Row", "ships free", "Robin"):
        assert words in message.body
    assert rows(rep)[0].passed_on_at == NOW
    await rep.press("u")
    await rep.sees("Return ID not passed on")
    assert rows(rep, Message) == []


async def test_each_step_is_one_key_there_and_on_its_page(rep: Rep) -> None:
    await open_exchange(rep)
    await rep.press("ctrl+s")
    await rep.sees("Opened return")
    await rep.press("y")
    await rep.sees("Passed on R2026-1001 of Ana Ruiz.")
    await rep.press("j")
    await rep.sees("1 open return   1 exchange to send")
    await rep.press("X")
    await rep.sees("Sent the exchange for R2026-1001 of Ana Ruiz.", "exchange sent today")
    await rep.press("enter")
    await rep.sees("Return ID R2026-1001", "until 1 Dec 2026, from the original purchase", "Halcyon Returns",
                   "1 x Silk scarf: exchange for navy", "replaced", "Restock fee for the return")  # fmt: skip
    await rep.press("i")
    await rep.sees("Return ID R2026-1001", "received today")
    await rep.press("escape")
    await rep.sees("Received return R2026-1001 of Ana Ruiz.", "Done")
    await rep.press("delete")
    await rep.sees("It was received: what came back is here.")
    await rep.press("i")
    await rep.sees("Took back the receipt", "Open")
    await rep.press("X")
    await rep.sees("exchange to be sent")
    await rep.press("delete")
    await rep.sees("Cancelled return R2026-1001 of Ana Ruiz.", "cancelled today")
    assert len(rows(rep, Order)) == 3


async def test_an_order_without_lines_comes_back_by_amount(rep: Rep) -> None:
    await choose_client(rep, "cleo")
    await rep.sees("Which order of Cleo Marsh?")
    await rep.press("enter")
    await rep.sees("What comes back of S1002", "this order has no lines", "$90 of the order is left")
    await rep.press("ctrl+s")
    await rep.sees("Say what comes back.")
    await rep.write("Hat")
    await rep.press("tab")
    await rep.write("40")
    await rep.press("ctrl+s")
    await rep.sees("1 x Hat: refund", "$38")
    await rep.press("ctrl+s")
    await rep.sees("Opened return R2026-1001 of order S1002 of Cleo Marsh.")


async def test_after_the_window_it_says_what_to_do(rep: Rep) -> None:
    await choose_client(rep, "bea")
    await rep.sees("No order of Bea Okafor is within 30 days. HQ or your ASM may allow it.")
    assert rows(rep) == []


async def test_the_slip_and_the_list_are_written_for_her_alone(rep: Rep, tmp_path: Path) -> None:
    await open_exchange(rep)
    await rep.press("ctrl+s")
    await rep.sees("Opened return")
    await rep.press("S")
    await rep.sees("The slip of R2026-1001", "PDF, to print", "plain text")
    await rep.press("j", "enter")
    await rep.sees("Slip of R2026-1001", "only you can read it")
    target = tmp_path / "slip.txt"
    await rep.write(str(target))
    await rep.press("ctrl+s")
    await rep.sees("Wrote 1 slip to")
    assert "R E T U R N   I D   R 2 0 2 6 - 1 0 0 1" in target.read_text()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    await rep.press("W")
    await rep.sees("Export the returns")
    await rep.write(str(tmp_path / "all.csv"))
    await rep.press("ctrl+s")
    await rep.sees("Wrote 1 return to")
    assert "R2026-1001" in (tmp_path / "all.csv").read_text()


async def test_a_missing_return_address_is_told(tmp_path: Path) -> None:
    """In the list, before a return is saved, and on its page."""
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        with_orders(desk)
        desk.undo()
    async with at_the_desk(tmp_path, SMALL) as rep:
        await to_returns(rep)
        await rep.sees("No return address is known", "Company files")
        await choose_client(rep, "cleo")
        await rep.press("enter")
        await rep.sees("this order has no lines")
        await rep.press(*"Hat", "tab", *"40", "ctrl+s")
        await rep.sees("Off what she still owes", "$38", "No return address is known")
        await rep.press("ctrl+s")
        await rep.sees("Opened return", "No return address is known")


async def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """What a shop's file calls its items reaches the form, what it comes to, the list and the page as plain text."""
    lines = "\n".join("1 x Item @ 9" for _ in STORABLE)
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        with_orders(desk, lines)

        def spoil(work: Any) -> None:
            for key, payload in enumerate(STORABLE, 1):
                work.session.connection().exec_driver_sql("UPDATE order_line SET name = ? WHERE id = ?", (payload, key))

        desk.do(Do(spoil))
    async with at_the_desk(tmp_path) as rep:
        await to_returns(rep)
        await choose_client(rep, "ana")
        await rep.sees("Which order")
        await rep.press("enter")
        assert harmless(await rep.sees("What comes back of PO1001"))
        for _ in STORABLE:
            await rep.press("1", "tab")
            assert harmless(rep.read())
        await rep.press("ctrl+s")
        assert harmless(await rep.sees("Back to her card", "more"))
        await rep.press("ctrl+s")
        assert harmless(await rep.sees("Opened return", "Return ID not passed on"))
        await rep.press("enter")
        assert harmless(await rep.sees("Return ID R2026-1001", "What comes back"))
        for _ in range(3):
            await rep.press("pagedown")
            assert harmless(rep.read())


async def test_daily_tasks_writes_the_same_words_and_is_done_with_it(full: Path) -> None:
    """`m` on "Pass on the Return ID" says where to send it too, and passes it on."""
    with Desk.open(desk_paths(full), clock=FrozenClock(NOW)) as desk:
        order = desk.do(
            AddPurchaseOrder(5, OrderForm(date(2026, 11, 2), lines=parse_lines("1 x Hat @ 9", "USD")))
        ).value
        desk.do(OpenReturn(order, (Asked(3),)))
    async with at_the_desk(full) as rep:
        await rep.sees("clients need you", "Pass on the Return ID")
        while rep.under_cursor() != "Emi Tanaka":
            await rep.press("j")
        await rep.sees("its Return ID and where to send it.")
        await rep.press("m")
        await rep.sees("Message to Emi Tanaka", "Return ID: R2026-1001", "Halcyon Returns")
        await rep.press("ctrl+s")
        await rep.sees("Completed follow-up with Emi Tanaka.")
        assert "400 Tannery Row" in rows(rep, Message)[0].body
        assert rows(rep)[0].passed_on_at == NOW


async def test_a_return_is_cancelled_on_its_own_page_and_gives_no_money_back(rep: Rep) -> None:
    """The list said "$211.33 back" of what was cancelled; on the page, delete did nothing."""
    await open_exchange(rep)
    await rep.press("ctrl+s")
    await rep.sees("Opened return", "$211.33 back")
    await rep.press("enter")
    await rep.sees("Return ID R2026-1001", "Back to her card")
    await rep.press("delete")
    await rep.sees("cancelled today", "It was cancelled: no money goes back.")
    await rep.press("escape")
    assert "$211.33 back" not in await rep.sees("Cancelled", "no money back", "Cancelled return R2026-1001")


async def test_what_has_not_shipped_is_rather_cancelled(rep: Rep) -> None:
    """A hint, no refusal."""
    await choose_client(rep, "ana")
    await rep.press("enter")
    await rep.sees("What comes back of PO1001", "Nothing has shipped: to cancel it (C in Orders) is plainer.")
