"""A message is judged as it is written: what is lawful goes, what is not says what would make it so (R25)."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import AddClient, ClientForm
from stylistdesk.commands.consent import RecordConsent, SetSender, WithdrawConsent
from stylistdesk.commands.contacts import AddContact, ContactForm
from stylistdesk.commands.conversations import KeepMessage
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.db.tables import Message
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, ConsentGround, Direction
from stylistdesk.paths import desk_paths
from stylistdesk.ui.dialogs.form import Hint
from tests.ui.conftest import NOW, Rep, at_the_desk, fill

BEA = "c2@example.com"


@pytest.fixture
async def bea(tmp_path: Path) -> AsyncIterator[Rep]:
    """Bea's message, about what she left in her cart: she agreed to emails, and opted out of texts."""
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        fill(desk)
        today = date(2026, 11, 21)
        desk.do(RecordConsent(2, Channel.EMAIL, BEA, ConsentGround.EXPRESS, today, "On the phone: yes"))
        desk.do(WithdrawConsent(2, Channel.TEXT, "+12125550102", "STOP"))
    async with at_the_desk(tmp_path) as rep:
        await rep.sees("clients need you")
        while rep.under_cursor() != "Bea Okafor":
            await rep.press("j")
        await rep.press("m")
        await rep.sees("Message to Bea Okafor")
        yield rep


async def says(rep: Rep, *words: str) -> None:
    """Wait until the line below the address says all this, on however many lines."""

    def said() -> str:
        return " ".join(str(hint.words) for hint in rep.app.screen.query("#hint-address").results(Hint))

    await rep.until(lambda _: all(word in said() for word in words), words)
    first = words[0].split()
    await rep.sees(" ".join(first[:2]))


async def channel(rep: Rep, letter: str) -> None:
    """Choose the channel by its first letter, and go back to the words."""
    rep.app.screen.query_one("#field-channel").focus()
    await rep.press(letter)
    rep.app.screen.query_one("#field-body").focus()


async def test_the_form_says_whether_she_may_be_written_to_and_follows_the_channel(bea: Rep) -> None:
    await channel(bea, "t")
    await says(bea, "She opted out of text on 21 Nov 2026.")
    await channel(bea, "e")
    await says(bea, "May be written to: express consent of 21 Nov 2026", "Missing: your mailing address", "(ctrl+r)")


async def test_an_opt_out_is_never_written_to_and_the_form_says_what_would_be_lawful(bea: Rep) -> None:
    await channel(bea, "t")
    await bea.press("ctrl+s")
    await says(bea, "Only her own express consent", "an answer to her and a notice about what she")
    assert bea.app.clipboard == ""
    await bea.press("ctrl+o")
    await says(bea, "Only her own express consent")


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def nora(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Rep]:
    """A message to the one client of a new desk, added by hand: a phone, an email, and no consent."""
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        desk.do(SetUpDesk("Robin", "America/New_York", "USD", "US"))
        desk.do(AddClient(ClientForm("Nora Byrne", phone="+12125550177", email="nora@example.com")))
    account = '[sending]\nhost = "smtp.example.com"\nfrom_address = "robin@example.com"\n'
    (tmp_path / "settings.toml").write_text(account)
    async with at_the_desk(tmp_path, request.param) as rep:
        await rep.sees("Nora Byrne")
        await rep.press("m")
        await says(rep, "She has not consented")
        yield rep


async def test_why_she_may_not_be_written_to_is_said_in_full(nora: Rep) -> None:
    """It ended in "needs consent itsel…" though there was room."""
    await nora.sees("ground too. Asking by message needs consent", "itself.")
    assert "…" not in nora.read().split("Nora Byrne ─")[-1].split("Message  ")[0]


async def test_a_message_that_may_not_go_says_at_the_key_that_it_did_not(nora: Rep) -> None:
    """The words below the address stayed as they were, so that the key seemed to do nothing."""
    assert "Not " not in nora.read()
    await nora.press("ctrl+s")
    await nora.sees("Not copied. She has not consented", "Ask her", "itself.")
    assert nora.app.clipboard == ""
    await nora.press("ctrl+o")
    await nora.sees("Not opened. She has not consented")
    await channel(nora, "e")
    await nora.until(lambda shown: "nora@example.com" in shown and "Not opened" not in shown, "judged anew")
    await nora.press("ctrl+e")
    await nora.sees("Not sent. She has not consented")
    assert nora.desk.ask(lambda asking: asking.session.exec(select(Message)).all()) == []


async def test_the_help_of_a_message_names_its_keys_as_the_footer_does(nora: Rep) -> None:
    await nora.sees("ctrl+s Copy")
    await nora.press("f1")
    await nora.sees("Keys in Message")
    lines: set[str] = set()
    for _ in range(4):
        lines |= {" ".join(line.strip(" │▆▇█").split()) for line in nora.read().splitlines()}
        await nora.press("pagedown")
    for said in ("ctrl+s Copy Copy the message", "ctrl+c Copy selected Copy what is"):
        assert any(said in line for line in lines), said
    assert not any("ctrl+s Save" in line for line in lines)


async def test_an_order_notice_goes_all_the_same(bea: Rep) -> None:
    await channel(bea, "t")
    bea.app.screen.query_one("#field-kind").focus()
    await bea.press("n")
    await says(bea, "Needs no consent: a notice about what she ordered or booked")
    await bea.press("ctrl+s")
    await bea.sees("Completed follow-up with Bea Okafor")
    assert bea.app.clipboard.startswith("Hi Bea")


async def test_the_mailing_address_is_asked_for_from_the_form_and_signs_the_email(bea: Rep) -> None:
    await channel(bea, "e")
    await says(bea, "Missing: your mailing address")
    await bea.press("ctrl+r")
    await bea.sees("Your desk", "Commercial messages must say who sends them")
    await bea.press(*"12 Alder Lane", "tab", *"on")
    await bea.sees("Ontario")
    await bea.press("ctrl+s")
    await bea.until(lambda shown: "Message to Bea" in shown and "Missing" not in shown)
    await bea.press("ctrl+s")
    await bea.sees("Completed follow-up with Bea Okafor")
    assert "Robin\n\n--\n12 Alder Lane\nReply “unsubscribe”" in bea.app.clipboard


async def test_what_the_words_lack_is_named_as_they_are_typed(bea: Rep) -> None:
    """S. 6(2): without a mailing address on the desk nothing is signed, and what is missing is said."""
    await channel(bea, "e")
    await says(bea, "Missing: your mailing address, how to unsubscribe (ctrl+r)")
    await bea.write("Hi Bea, new boots are in. Reply STOP to opt out.")
    await says(bea, "Missing: your name, your mailing address (ctrl+r)")
    await bea.write("Hi Bea, new boots are in")
    await says(bea, "Missing: your name, your mailing address, how to unsubscribe (ctrl+r)")
    bea.app.screen.query_one("#field-kind").focus()
    await bea.press("a")
    await says(bea, "Needs no consent: an answer to what she asked")
    await bea.until(lambda shown: "Missing" not in shown)


async def test_a_text_is_signed_in_one_line_which_is_shown_before(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(SetSender("48 Wharton Mews\nNew York"))
        desk.do(RecordConsent(1, Channel.TEXT, "+12125550101", ConsentGround.INQUIRY, date(2026, 8, 28), "Asked"))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("m")
        await rep.sees("Message to Ana Ruiz")
        await channel(rep, "t")
        await rep.until(lambda shown: "signed:" not in shown)  # it answers what she wrote
        rep.app.screen.query_one("#field-kind").focus()
        await rep.press("c")
        await rep.sees("signed: Robin, 48 Wharton Mews, New York.", "STOP to opt out.")
        rep.app.screen.query_one("#field-body").focus()
        await rep.write("Hi Ana, new coats are in. Robin")
        await rep.sees("signed: 48 Wharton Mews, New York. Reply STOP to")
        assert "Missing" not in rep.read()
        await rep.press("ctrl+s")
        await rep.sees("Completed follow-up with Ana Ruiz")
        wanted = "Hi Ana, new coats are in. Robin\n48 Wharton Mews, New York. Reply STOP to opt out."
        assert rep.app.clipboard == wanted
        kept = rep.desk.ask(lambda asking: asking.session.exec(select(Message)).one())
        assert kept.body == wanted, "what is logged is what was sent"


async def test_another_address_is_judged_as_it_is_typed(bea: Rep) -> None:
    await channel(bea, "e")
    await says(bea, "May be written to")
    bea.app.screen.query_one("#field-address").focus()
    await bea.write("someone@example.com")
    await says(bea, "She has not consented")
    await bea.press("ctrl+s")
    await says(bea, "Ask her for express consent in person")


async def test_the_number_of_her_sister_is_judged_as_hers(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        asked = NOW - timedelta(days=9)
        desk.do(KeepMessage(1, Channel.TEXT, Direction.IN, asked, body="Do you have it in navy?"))
        desk.do(AddContact(1, ContactForm("Marisol Ruiz", "her sister", phone="+12125550144")))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("m")
        await rep.sees("Message to Ana Ruiz")
        await channel(rep, "t")
        rep.app.screen.query_one("#field-kind").focus()
        await rep.press("c")
        await says(rep, "May be written to: inquiry of 12 Nov 2026")
        rep.app.screen.query_one("#field-address").focus()
        await rep.write("(212) 555-0144")
        await says(rep, "She has not consented: the inquiry of 12 Nov 2026 was Ana Ruiz’s, not hers.")


async def test_the_address_can_be_set_from_anywhere(rep: Rep) -> None:
    await rep.press("ctrl+r")
    await rep.sees("Your desk", "P.O. box")
    await rep.press("tab", "tab", "tab", "tab", *"P.O. Box 1", "ctrl+s")
    await rep.sees("Set your mailing address")
    await rep.press("u")
    await rep.sees("Took back: Set your mailing address")


async def test_a_known_address_is_in_every_email(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(SetSender("12 Alder Lane"))
        desk.do(RecordConsent(1, Channel.EMAIL, "c1@example.com", ConsentGround.INQUIRY, date(2026, 8, 28), "Asked"))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("m")
        await rep.sees("Message to Ana Ruiz")
        await channel(rep, "e")
        rep.app.screen.query_one("#field-kind").focus()
        await rep.press("c")
        await says(rep, "inquiry of 28 Aug 2026, until 28 Feb 2027")
        rep.app.screen.query_one("#field-body").focus()
        await rep.press("Y", "e", "s", "ctrl+s")
        await rep.sees("Completed follow-up with Ana Ruiz")
        assert rep.app.clipboard.startswith("Hi Ana,\n\nThank you for asking! Yes\n\n--\n")
        assert "12 Alder Lane" in rep.app.clipboard


async def test_a_key_pressed_while_the_form_was_on_its_way_acts_in_it(rep: Rep) -> None:
    """Escape was lost where it came before the form took keys: she was caught in it until she pressed again."""
    await rep.press("m")
    await rep.sees("Message to Ana Ruiz")
    form, held = rep.app.screen, rep.app.held_keys
    held.hold()
    await rep.press("escape")
    form.call_later(held.let_go)  # as the form itself does when it is there
    await rep.until(lambda shown: "Message to" not in shown, "the list again")
