"""Shop links and the page of an event, with keys only (R37)."""

import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.consent import WithdrawConsent
from stylistdesk.commands.host_events import AddHostEvent, CloseHostEvent, HostEventForm
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.db.tables import HostEvent, Message, Order
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Cents, Channel
from stylistdesk.exchange.qr_code import half_blocks, qr_rows
from stylistdesk.paths import desk_paths
from tests.ui.conftest import NOW, Rep, at_the_desk

TODAY = date(2026, 11, 21)
LINK = "https://shop.example.com/?event=anas-party"
PARTY = HostEventForm("Ana's party", TODAY - timedelta(days=9), TODAY + timedelta(days=4), 1)
SHOP_LINKS = ("9", "j", "j", "j")


@pytest.fixture
def party(folder: Path) -> Path:
    """Ana's party is open, with two orders; of the rep's own nothing is."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        event = desk.do(AddHostEvent(PARTY)).value
        for guest, dollars in ((2, 120), (3, 130)):
            desk.do(AddOrderSummary(guest, OrderForm(TODAY, Cents(dollars * 100), event_id=event)))
    return folder


async def go(rep: Rep) -> None:
    await rep.sees("clients need you")
    await rep.press("9")
    await rep.sees("Training", "Sign-ups")
    await rep.press("j", "j", "j", "enter")
    await rep.sees("─ Shop links ─")


@pytest.fixture
async def rep(party: Path) -> AsyncIterator[Rep]:
    """A rep at Ana's party, on the smallest screen."""
    async with at_the_desk(party, (80, 24)) as someone:
        await go(someone)
        await someone.sees("Ana's party", "5 days left", "2 orders, $250")
        yield someone


def events(rep: Rep) -> list[HostEvent]:
    return rep.desk.ask(lambda asking: list(asking.session.exec(select(HostEvent).order_by("id"))))


async def test_the_banner_says_which_key_opens_an_own_window_until_one_is(rep: Rep) -> None:
    await rep.sees("1 open, none of your own is open", "No shop window of your own is open: a in Shop links opens one.")
    await rep.press("a")
    await rep.sees("Add an event", "Host", "30 days")
    await rep.write("My own shop")
    await rep.press("ctrl+s")
    await rep.sees("Added the event “My own shop”", "30 days left", "your own")
    await rep.until(lambda s: "No shop window" not in s, "no banner")
    assert events(rep)[-1].link == "https://shop.example.com/?event=my-own-shop"
    await rep.press("u")
    await rep.sees("No shop window of your own is open:")


async def test_an_empty_task_says_what_an_event_is_and_what_to_press(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await go(rep)
        await rep.sees("host's party,", "No shop window of your own is open: a opens one.")


async def test_a_wrong_window_and_an_unknown_host_are_said_beside_their_fields(rep: Rep) -> None:
    await rep.press("a")
    await rep.sees("Add an event")
    await rep.write("Bea's shop")
    await rep.press("tab")
    await rep.write("nobody")
    await rep.press("tab", "tab")
    await rep.write("2027-01-30")
    await rep.press("ctrl+s")
    await rep.sees("No client has “nobody” in her name.")
    await rep.write("bea")
    await rep.press("ctrl+s")
    await rep.sees("open for at most 30 days; that", "is 71.")
    await rep.write("in 1 week")
    await rep.press("ctrl+s")
    await rep.sees("Added the event “Bea's shop”", "with Bea Okafor")


async def test_the_link_is_copied_and_shown_as_a_code_that_a_phone_reads(rep: Rep) -> None:
    await rep.press("c")
    await rep.sees("The link of Ana's party is copied.")
    assert rep.app.clipboard == LINK
    await rep.press("r")
    shown = await rep.sees("Ana's party", LINK)
    drawn = [line for line in half_blocks(qr_rows(LINK)) if line.strip()]
    assert [line.strip() for line in shown.splitlines() if set(line.strip()) <= set("█▀▄ ") and line.strip()] == [
        line.strip() for line in drawn
    ]
    strips = rep.app.screen._compositor.render_strips(rep.app.size)
    code = [segment for strip in strips for segment in strip if set(segment.text) & set("█▀▄")]
    assert {segment.style.color.name for segment in code if segment.style and segment.style.color} == {"#000000"}
    assert {
        segment.style.bgcolor.name
        for segment in code
        if "█" not in segment.text and segment.style and segment.style.bgcolor
    } == {"#ffffff"}
    await rep.press("escape")
    await rep.sees("─ Shop links ─")


async def test_the_code_is_written_into_a_private_file(rep: Rep, tmp_path: Path) -> None:
    for kind, keys, begins in (("png", ("enter",), b"\x89PNG"), ("svg", ("j", "enter"), b"<?xml")):
        await rep.press("W")
        await rep.sees("QR code as")
        await rep.press(*keys)
        await rep.sees("QR code of Ana's party", f"anas-party-qr.{kind}")
        await rep.write(str(tmp_path / f"code.{kind}"))
        await rep.press("ctrl+s")
        await rep.until(lambda s: "Wrote 1 QR code" in s, kind)
        path = tmp_path / f"code.{kind}"
        assert path.read_bytes().startswith(begins) and stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_the_host_is_written_to_with_her_link_as_far_as_she_may_be(rep: Rep) -> None:
    """She opted out of texts: that is said in the form, and nothing goes or is logged."""
    rep.desk.do(WithdrawConsent(1, Channel.TEXT, "+12125550101", "STOP"))
    await rep.press("m")
    await rep.sees("Message to Ana Ruiz", LINK)
    rep.app.screen.query_one("#field-channel").focus()
    await rep.press("t", "ctrl+s")
    await rep.sees("She opted out of text")
    assert rep.app.clipboard == ""
    rep.app.screen.query_one("#field-kind").focus()
    await rep.press("n")  # a notice about what she has going goes all the same
    await rep.press("ctrl+s")
    await rep.sees("It is copied to be pasted.")
    assert LINK in rep.app.clipboard and "12 Nov to 25 Nov" in rep.app.clipboard
    logged = rep.desk.ask(lambda asking: asking.session.exec(select(Message.body)).all())
    assert len(logged) == 1 and LINK in logged[0]


async def test_the_host_is_thanked_when_her_event_is_closed(rep: Rep) -> None:
    rep.desk.do(CloseHostEvent(1))
    await rep.sees("Closed")
    await rep.press("m")
    await rep.sees("Message to Ana Ruiz", "thank you so much for hosting", "2 orders and $250 in sales")


async def test_the_page_of_an_event_has_its_steps_its_orders_and_what_they_earn(rep: Rep) -> None:
    await rep.press("enter")
    await rep.sees("Thu 12 Nov to Wed 25 Nov", "To close it", "$250 counts; rewards begin with 1 more order.")
    await rep.press("space", "j", "enter")
    await rep.sees("space ticks this step")
    await rep.press("space")
    await rep.until(lambda s: s.count("●") == 2, "two ticks")
    await rep.press("d")
    await rep.sees("Close Ana's party?", "open until 25 Nov", "Still to do:", "The host is thanked")
    await rep.press("escape", "d")
    await rep.sees("Close Ana's party?")
    await rep.press("y")
    await rep.sees("Closed the event “Ana's party”", "closed Sat 21 Nov")
    await rep.press("d")
    await rep.sees("Reopened the event", "5 days left")
    await rep.press("x")
    await rep.sees("Call Ana's party off?", "2 orders stay in it")
    await rep.press("n", "x")
    await rep.sees("Call Ana's party off?")
    await rep.press("y")
    await rep.sees("Cancelled the event “Ana's party”; 2 orders stay in it.")
    await rep.press("u")
    await rep.sees("5 days left")
    await rep.press("G")
    await rep.sees("S1001", "Bea Okafor", "$120", "Cleo Marsh", "$130")
    await rep.press("enter")
    await rep.sees("Cleo Marsh", "─ Orders ─")


async def test_an_event_with_orders_is_not_removed_and_says_what_to_do_instead(rep: Rep) -> None:
    await rep.press("delete")
    await rep.sees("Ana's party has orders.", "Cancel it instead")
    await rep.press("e")
    await rep.sees("Change Ana's party", "anas-party")
    await rep.write("Ana's winter party")
    await rep.press("ctrl+s")
    await rep.sees("Edited the event “Ana's winter party”")
    assert events(rep)[0].code == "anas-party"


async def test_the_own_shop_has_no_host_to_write_to(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddHostEvent(HostEventForm("My shop", TODAY, TODAY)))
        over = desk.do(AddHostEvent(replace(PARTY, closes_on=TODAY - timedelta(days=1)))).value
        closed = desk.do(AddHostEvent(replace(PARTY, name="Long ago"))).value
        desk.do(CloseHostEvent(closed))
        assert over
    async with at_the_desk(folder, (80, 24)) as rep:
        await go(rep)
        await rep.sees("last day", "to be closed", "5 of 5 steps", "1 open, 1 to be closed")
        await rep.press("m")
        await rep.sees("This is your own event", "c copies its link.")
        await rep.press("j", "m")
        await rep.sees("thank you so much for hosting")


async def test_an_order_is_put_into_the_event_in_its_form(party: Path) -> None:
    async with at_the_desk(party, (80, 24)) as rep:
        await rep.sees("clients need you")
        await rep.app.open_profile(4, "Orders")
        await rep.sees("─ Orders ─")
        await rep.press("a")
        await rep.sees("Add an order summary")
        rep.app.screen.query_one("#field-event_id").focus()
        await rep.press("right")
        await rep.sees("Ana's party, 12 Nov to 25 Nov")
        rep.app.screen.query_one("#field-total").focus()
        await rep.write("90")
        await rep.press("ctrl+s")
        await rep.sees("Added order")
        order = rep.desk.ask(lambda asking: asking.session.exec(select(Order).where(Order.client_id == 4)).one())
        assert order.event_id == 1
        await rep.press("enter", "enter")
        await rep.sees("Event", "Ana's party")


async def test_what_an_event_has_in_the_calendar_opens_its_page(folder: Path) -> None:
    held = datetime(2026, 11, 21, 22, tzinfo=UTC)
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddHostEvent(replace(PARTY, held_at=held, closes_on=TODAY)))
    async with at_the_desk(folder, (120, 36)) as rep:
        await rep.sees("clients need you")
        await rep.press("5")
        await rep.sees("Closes: Ana's party")
        await rep.press("enter")
        await rep.sees("17:00–18:00", "Closes: Ana's party")
        await rep.press("tab", "enter")
        await rep.sees("To close it", "Rewards so far")
        await rep.press("escape")
        await rep.sees("Closes: Ana's party")
        await rep.press("delete")
        await rep.sees("This event has a shop window.")


async def test_an_order_is_entered_on_the_page_of_its_event(party: Path) -> None:
    """A few letters of the client, then the usual form with the event chosen; the page shows it, and asks on."""
    async with at_the_desk(party, (80, 24)) as rep:
        await go(rep)
        await rep.press("enter")
        await rep.sees("rewards begin with 1 more order.", "a Order")
        await rep.press("a")
        await rep.sees("An order in Ana's party", "Client")
        await rep.write("dana")
        await rep.sees("with Dana Whitfield")
        await rep.press("ctrl+s")
        await rep.sees("Add an order summary", "S1003")
        rep.app.screen.query_one("#field-total").focus()
        await rep.write("180")
        rep.app.screen.query_one("#field-ordered_on").focus()
        await rep.write("2026-11-02")
        await rep.press("ctrl+s")
        await rep.sees("Ana's party was not open on")
        await rep.write("today")
        await rep.press("ctrl+n")
        await rep.sees("An order in Ana's party")
        await rep.press("escape")
        shown = await rep.sees("Added order S1003", "Dana Whitfield", "15 % of $430")
        assert "rewards begin" not in shown
        await rep.press("P")
        await rep.sees("An order in Ana's party")
        await rep.write("emi")
        await rep.press("ctrl+s")
        await rep.sees("Add a purchase order", "Lines")
        rep.app.screen.query_one("#field-lines").focus()
        await rep.press("2")
        await rep.press("escape")
        await rep.sees("Leave without saving?")
        await rep.press("y")
        await rep.press("d", "y")
        await rep.sees("closed Sat 21 Nov")
        await rep.press("a")
        await rep.sees("Ana's party is closed.", "d opens it again.")
        order = rep.desk.ask(lambda asking: asking.session.exec(select(Order).where(Order.client_id == 4)).one())
        assert (order.event_id, order.total_cents) == (1, 18_000)


async def test_an_order_is_entered_from_the_list_of_events(rep: Rep) -> None:
    await rep.press("N")
    await rep.sees("An order in Ana's party")
    await rep.write("cleo")
    await rep.press("ctrl+s")
    await rep.sees("Add an order summary")
    rep.app.screen.query_one("#field-total").focus()
    await rep.write("70")
    await rep.press("ctrl+s")
    await rep.sees("Added order S1003", "3 orders, $320")


async def test_the_page_of_an_own_event_speaks_of_no_host(folder: Path) -> None:
    """Nobody earns from it, and there is nobody to send its link to."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        event = desk.do(AddHostEvent(HostEventForm("My shop", TODAY, TODAY))).value
        desk.do(AddOrderSummary(2, OrderForm(TODAY, Cents(9_000), event_id=event)))
        desk.do(AddHostEvent(replace(PARTY, name="Ana's party")))
    async with at_the_desk(folder, (120, 36)) as rep:
        await go(rep)
        await rep.press("enter")
        shown = await rep.sees(
            "My shop", "Sales so far", "$90 counts. It has no host who earns rewards.", "c Copy link"
        )
        assert "Send to host" not in shown
        await rep.press("escape", "j", "enter")
        await rep.sees("Rewards so far", "m Send to host")
