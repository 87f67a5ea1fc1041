"""Gift certificates in the back office, by keys."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.consent import SetSender
from stylistdesk.commands.gifts import SellGift
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.db.tables import GiftCertificate, GiftMovement, HostEvent, Order
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Cents
from stylistdesk.paths import desk_paths
from stylistdesk.ui.backoffice.screen import BackOffice
from tests.commands.doing import Do
from tests.ui.conftest import NOW, Rep, at_the_desk

NUMBER = "GC7K2M9XQW"
DAY = NOW.date()
ANOTHER_SHOP = (("source", "shopify"), ("number", "X4"))


@pytest.fixture
async def rep(folder: Path) -> AsyncIterator[Rep]:
    """A rep in Certificates: one that Bea has bought for Ana, who has an order of $80."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(SetSender("12 Example St, New York NY 10001"))
        desk.do(SellGift(2, Cents(5_000), DAY, "Ana Ruiz", number=NUMBER))
        desk.do(AddOrderSummary(1, OrderForm(DAY, Cents(8_000))))
    async with at_the_desk(folder) as someone:
        await someone.sees("clients need you", "Ana Ruiz")
        await certificates(someone)
        yield someone


async def certificates(rep: Rep) -> None:
    await rep.press("9")
    await rep.until(lambda _: isinstance(rep.app.screen, BackOffice) and rep.app.screen.is_ready, "the back office")
    await rep.press("right_square_bracket", "right_square_bracket", "enter")
    await rep.until(lambda _: rep.app.screen.key_at_hand is not None, "a certificate")  # type: ignore[attr-defined]


async def fill(rep: Rep, *fields: str) -> None:
    """Type into one field after the other, and save."""
    for at, words in enumerate(fields):
        if at:
            await rep.press("tab")
        if words:
            await rep.write(words)
    await rep.press("ctrl+s")


async def test_a_few_letters_are_a_client_and_any_name_stays_a_name(rep: Rep) -> None:
    """ "dana" is Dana Whitfield; "her sister" is nobody's name; and a Dana who is no client can still be named."""
    for whom, said, client_id, name in (
        ("dana", "Dana Whitfield, your client, or write “only dana”", 4, ""),
        ("whit", "Dana Whitfield, your client", 4, ""),
        ("her sister", "only the name her sister is kept", None, "her sister"),
        ("only Dana", "only the name Dana is kept", None, "Dana"),
        ("only dana whitfield", "Dana Whitfield, your client", 4, ""),
    ):
        await rep.press("a")
        await rep.sees("Sell a gift certificate")
        for at, words in enumerate(("cleo", "30", "1", whom)):
            if at:
                await rep.press("tab")
            await rep.write(words)
        await rep.sees(said)
        await rep.press("ctrl+s")
        await rep.sees("Sold a gift certificate")
        newest = rep.desk.ask(
            lambda a: a.session.exec(select(GiftCertificate).order_by(col(GiftCertificate.id))).all()
        )[-1]
        assert (newest.for_client_id, newest.for_name) == (client_id, name)
    await rep.press("e")
    await rep.sees("Edit GC")
    await rep.write("emi")
    await rep.sees("Emi Tanaka, your client")
    await rep.press("ctrl+s")
    await rep.until(lambda shown: "Edit GC" not in shown and "for Emi Tanaka" in shown, "hers")


async def test_one_is_sold_sent_and_pays_in_part(rep: Rep) -> None:
    await rep.sees("1 gift certificate", "$50 left on 1", "1 not sent", NUMBER, "for Ana Ruiz", "by Bea Okafor")
    await rep.press("a")
    await rep.sees("Sell a gift certificate")
    await fill(rep, "cleo", "30", "2", "her sister")
    await rep.sees("Sold 2 gift certificates, $60 to Cleo Marsh", "for her sister")
    await rep.press("G")
    await rep.sees("$110 left on 3", "3 not sent")
    await rep.press("m")
    await rep.sees("Send it to whom?", "Ana Ruiz gets it", "Bea Okafor bought it")
    await rep.press("enter")
    await rep.sees("Message to Ana Ruiz", "Bea Okafor has a present for you", NUMBER, "Needs no consent")
    await rep.press("ctrl+s")
    await rep.sees(f"Sent gift certificate {NUMBER} to Ana Ruiz", "sent 21 Nov")
    await rep.press("r")
    await rep.sees("Redeem a gift certificate", "$50 is left; Bea Okafor bought it, for Ana Ruiz", "$80 is to be paid")
    await fill(rep, "", "", "35", "visa", "4242")
    await rep.sees(f"Redeemed $35 of {NUMBER} on order S1001, and $45 by card", "$15 of $50", "used 21 Nov")
    await rep.press("enter")
    await rep.sees(
        f"Gift certificate {NUMBER}",
        "$15 of $50",
        "redeemed",
        "-$35.00",
        "order S1001 of Ana Ruiz",
        "visa 4242 $45; paid",
    )
    await rep.press("escape", "u")
    await rep.until(lambda shown: "Took back" in shown and "$15 of $50" not in shown, "the balance as it was")
    await rep.press("g")
    await rep.sees("$110 left on 3")


async def test_a_card_number_is_refused_in_the_form_and_kept_nowhere(rep: Rep, folder: Path) -> None:
    """Not even in a draft of the form, which is kept while she types."""
    await rep.press("r")
    await rep.sees("Redeem a gift certificate")
    await fill(rep, "", "", "35", "visa", "4242 4242 4242 4242")
    await rep.sees("Only the brand and the last four digits are kept.")
    await rep.press("escape")
    await rep.sees("Leave without saving?")
    await rep.press("y")
    await rep.sees("$50 left on 1")
    await rep.press("e")
    await rep.sees(f"Edit {NUMBER}")
    await fill(rep, "", "", "", "4242-4242-4242-4242")
    await rep.sees("Only the brand and the last four digits are kept.")
    await rep.pilot.pause(0.8)
    kept = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b"4242 4242" not in kept
    assert b"4242-4242" not in kept


async def test_it_gets_its_money_back_and_is_corrected(rep: Rep) -> None:
    await rep.press("b")
    await rep.sees("pays for no order: there is nothing to give back")
    await rep.press("r")
    await rep.sees("$80 is to be paid")
    await rep.press("ctrl+s")
    await rep.sees("Redeemed $50", "used up")
    await rep.press("b")
    await rep.sees(f"Give back to {NUMBER}", "Order S1001 of Ana Ruiz: it paid $50")
    await fill(rep, "20", "the scarf")
    await rep.sees("Gave back $20 to certificates for order S1001", "$20 of $50")
    await rep.press("C")
    await rep.sees(f"Correct {NUMBER}")
    await fill(rep, "25")
    await rep.sees("A correction has a reason.")
    await rep.write("counted again")
    await rep.press("ctrl+s")
    await rep.sees(f"Corrected gift certificate {NUMBER} to $25", "$25 of $55")
    await rep.press("delete")
    await rep.sees("It was used, or corrected: it stays.")


async def test_its_number_is_typed_where_another_is_under_the_cursor(rep: Rep) -> None:
    """She reads it to the rep on the phone."""
    rep.desk.do(SellGift(3, Cents(2_000), DAY))
    await rep.press("escape", "r")
    await rep.sees("Redeem a gift certificate")
    await fill(rep, "gc 7k2m-9xqw", "s1001", "60")
    await rep.sees("Only $50 is left on GC7K2M9XQW.")
    await rep.write("10")
    await rep.press("ctrl+s")
    await rep.sees("Redeemed $10 of GC7K2M9XQW on order S1001", "$40 of $50")


async def test_a_mixed_cart_is_split(rep: Rep) -> None:
    """An event is the goods': certificates alone are not sold in it."""
    party = HostEvent(client_id=3, name="Cleo's party", code="CLEO", opens_on=DAY, closes_on=DAY + timedelta(3))
    rep.desk.do(Do(lambda work: work.session.add(party)))
    await rep.press("P")
    await rep.sees("Sell a cart", "Event")
    await rep.write("emi")
    await rep.press("tab", *"2", "space", *"gift", "space", *"card", "space", "at", *"50")
    await rep.sees("2 certificates, $100")
    await rep.press("tab", "right", "ctrl+s")
    await rep.sees("A gift certificate is never sold in an event.")
    await rep.press("enter", *"1", "space", *"Coat", "space", "at", *"240")
    await rep.sees("an order of $240 and 2 certificates, $100")
    rep.app.screen.query_one("#field-ordered_on").focus()
    await rep.write("yesterday")
    await rep.press("ctrl+s")
    await rep.sees("Cleo's party was not open on Fri 20 Nov")
    assert rep.app.screen.focused is rep.app.screen.query_one("#field-ordered_on")
    await rep.write("today")
    await rep.press("ctrl+s")
    await rep.sees("Sold order PO1001 and 2 gift certificates, $100 to Emi Tanaka")
    await rep.press("g")
    await rep.sees("$150 left on 3")


async def test_the_event_of_a_cart_is_read_whole_on_80_columns(folder: Path) -> None:
    """A long name pushed the days of its window out of the form."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for name in ("Cleo's long holiday party in town", "Dana's open house in December"):
            party = HostEvent(name=name, code=name[:4].upper(), opens_on=DAY, closes_on=DAY + timedelta(3))
            desk.do(Do(lambda work, party=party: work.session.add(party)))  # type: ignore[misc]
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you")
        await rep.press("9")
        await rep.until(lambda _: isinstance(rep.app.screen, BackOffice) and rep.app.screen.is_ready, "the back office")
        await rep.press("right_square_bracket", "right_square_bracket", "enter", "P")
        await rep.sees("Sell a cart", "none")
        await rep.press("tab", "tab", "right")
        await rep.sees("Dana's open house in De…, 21 Nov to 24 Nov ")
        await rep.press("right")
        await rep.sees("Cleo's long holiday par…, 21 Nov to 24 Nov ")


async def test_it_is_filtered_by_number_or_name(rep: Rep) -> None:
    rep.desk.do(SellGift(3, Cents(2_000), DAY, "Lou"))
    await rep.press("ctrl+f")
    await rep.sees("Show certificates")
    await fill(rep, "lou")
    await rep.until(lambda shown: "for Lou" in shown and NUMBER not in shown, "only Lou's")
    await rep.press("ctrl+f")
    await fill(rep, "7k2m")
    await rep.until(lambda shown: "for Lou" not in shown and NUMBER in shown, "only Ana's")
    await rep.press("ctrl+f")
    await rep.sees("Show certificates")
    await rep.press("ctrl+u", "ctrl+s")
    await rep.sees("for Lou", NUMBER)


async def test_a_long_list_is_read_as_she_goes_down(rep: Rep) -> None:
    def many(work: object) -> None:
        session = work.session  # type: ignore[attr-defined]
        for at in range(1_200):
            session.add(GiftCertificate(client_id=1, number=f"GC{at:08}", currency="USD", sold_on=DAY))
        session.flush()
        for key in range(2, 1_202):
            session.add(GiftMovement(gift_id=key, kind="sold", cents=100, at=NOW))

    rep.desk.do(Do(many))
    await rep.press("8", "9")
    await rep.sees("1,201 gift certificates", "GC00001199")
    entries = rep.app.screen._entries  # type: ignore[attr-defined]
    assert len(entries.entries) == 501
    while len(entries.entries) < 1_201:
        await rep.press("k", "G")
        await rep.pilot.pause(0.05)
    await rep.press("G")
    await rep.sees(NUMBER)
    await rep.press("y")  # what she has seen so far is there as before, and the cursor is where it was
    await rep.sees(f"Sent gift certificate {NUMBER}", "sent 21 Nov")
    assert len(entries.entries) == 1_201


async def test_what_paid_is_said_in_her_orders(rep: Rep) -> None:
    await rep.press("r")
    await rep.sees("$80 is to be paid")
    await rep.press("ctrl+s")
    await rep.sees("Redeemed $50")
    await rep.press("p", "enter")
    await rep.sees("Overview")
    await rep.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
    while "paid by certificates $50; $30 to be paid" not in rep.read():
        await rep.press("right_square_bracket")
        await rep.pilot.pause()


async def test_an_order_is_found_by_letters_of_her_name_and_anothers_is_asked_about(rep: Rep) -> None:
    """Of several orders she picks; one of neither who gets nor who bought it is never paid for in silence."""
    for dollars in (30, 60):
        rep.desk.do(AddOrderSummary(4, OrderForm(DAY, Cents(dollars * 100))))
    await rep.press("r")
    await rep.sees("Redeem a gift certificate", "$80 is to be paid")
    await rep.press("tab")
    await rep.write("nobody")
    await rep.press("ctrl+s")
    await rep.sees("“nobody” is no order, and not one client.")
    await rep.write("bea")
    await rep.press("ctrl+s")
    await rep.sees("Bea Okafor has no order to be paid.")
    await rep.write("dana")
    await rep.sees("order of Dana Whitfield, who neither gets nor", "bought it: 2 orders, you are asked which")
    await rep.press("ctrl+s")
    shown = await rep.sees("Which order of Dana Whitfield?", "S1002", "S1003")
    assert shown.index("S1003") < shown.index("S1002")
    await rep.press("escape")
    await rep.sees("You picked none of them.")
    await rep.press("ctrl+s")
    await rep.sees("Which order of Dana Whitfield?")
    await rep.press("j", "enter")
    await rep.sees("An order of Dana Whitfield?", "Bea Okafor bought", NUMBER, "Redeem it all the same")
    await rep.press("escape")
    await rep.sees("Order S1002 is Dana Whitfield's.", "Nothing was")
    await rep.write("s1003")
    await rep.sees("order of Dana Whitfield, who neither gets nor", "bought it: $60 is to be paid")
    await rep.press("ctrl+s")
    await rep.sees("An order of Dana Whitfield?")
    await rep.press("y")
    await rep.sees(f"Redeemed $50 of {NUMBER} on order S1003")


async def test_a_number_that_several_orders_have_asks_which(rep: Rep) -> None:
    """Each shop numbers its own."""
    for client in (4, 5):
        rep.desk.do(AddOrderSummary(client, OrderForm(DAY, Cents(3_000), number=f"X{client}")))
    rep.desk.do(Do(lambda work: [setattr(work.session.get(Order, 3), *one) for one in ANOTHER_SHOP]))
    await rep.press("r")
    await rep.sees("$80 is to be paid")
    await rep.press("tab")
    await rep.write("x4")
    await rep.sees("2 orders are called X4; you are asked which")
    await rep.press("ctrl+s")
    await rep.sees("Which X4?", "Dana Whitfield", "Emi Tanaka")
    await rep.press("j", "enter")
    await rep.sees("An order of Dana Whitfield?")
    await rep.press("y")
    await rep.sees(f"Redeemed $30 of {NUMBER} on order X4")


async def test_all_keys_of_a_certificate_are_named_on_a_small_screen(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(SellGift(2, Cents(5_000), DAY, "Ana Ruiz", number=NUMBER))
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you")
        await certificates(rep)
        await rep.press("enter")
        await rep.sees(f"Gift certificate {NUMBER}", "r Redeem m Send y Sent", "p Profile esc Back")
