"""Emails that the desk sends itself, by keys (R44): set up, sent, taken back, and told of where they could not be."""

from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.consent import RecordConsent, SetSender
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, ConsentGround
from stylistdesk.exchange.sending_account import AccountForm, save_account
from stylistdesk.paths import desk_paths
from tests.exchange.mail_server import MailServer, mail_server
from tests.ui.conftest import NOW, Rep, at_the_desk, fill

keyring = pytest.importorskip("keyring", reason="keyring is not installed")

BEA = "c2@example.com"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as it:
        yield it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        fill(desk)
        desk.do(SetSender("1 Main St, Albany NY 12207", ""))
        today = date(2026, 11, 21)
        desk.do(RecordConsent(2, Channel.EMAIL, BEA, ConsentGround.EXPRESS, today, "On the phone: yes"))
    return tmp_path


def account(folder: Path, server: MailServer) -> None:
    (folder / "settings.toml").write_text(
        f'[sending]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nfrom_address = "robin@example.com"\n'
    )


@pytest.fixture
async def bea(folder: Path, server: MailServer) -> AsyncIterator[Rep]:
    """A desk that sends, with the cursor on Bea."""
    account(folder, server)
    async with at_the_desk(folder) as rep:
        await on_bea(rep)
        yield rep


async def on_bea(rep: Rep) -> None:
    await rep.sees("clients need you")
    while rep.under_cursor() != "Bea Okafor":
        await rep.press("j")


async def write(rep: Rep) -> None:
    await rep.press("m")
    await rep.sees("Message to Bea Okafor")
    rep.app.screen.query_one("#field-channel").focus()
    await rep.press("e")
    rep.app.screen.query_one("#field-body").focus()


async def pass_time(rep: Rep, time: timedelta = timedelta(seconds=11)) -> None:
    clock: Any = rep.desk.clock
    clock.at += time


async def test_an_email_is_sent_and_an_undo_says_that_it_was(bea: Rep, server: MailServer) -> None:
    """She would press ctrl+e and not know whether Bea has it."""
    await write(bea)
    await bea.press("ctrl+e")
    await bea.sees("Completed follow-up with Bea Okafor", "The email goes to Bea in 10 seconds.", "u undoes it")
    await bea.press("ctrl+x")
    await bea.sees("Emails to send", "Through 127.0.0.1", "from robin@example.com", "Waiting", "waiting to be sent")
    await bea.sees("1 email waits", "r Send now", "del Take back", "u Undo")
    assert server.got == []
    await pass_time(bea)
    shown = await bea.sees("Nothing waits   1 was sent", "sent Sat 21 Nov 9:42")
    assert "Take back" not in shown and "Send now" not in shown and "Seen" not in shown
    assert server.to == [(BEA,)]
    assert "1 Main St" in server.got[0].get_content()
    await bea.press("u")
    await bea.sees("Take back an earlier step?", "cannot be", "9:42.", "you did before")
    await bea.press("n")
    await bea.until(lambda shown: "earlier step" not in shown, "the question gone")
    await bea.press("u", "y")
    await bea.sees("Took back:")
    await bea.press("j", "delete")
    await bea.sees("It was sent: nothing takes it back.")


async def test_what_can_be_done_while_one_waits_is_said_on_a_small_screen_too(folder: Path, server: MailServer) -> None:
    account(folder, server)
    async with at_the_desk(folder, (80, 24)) as rep:
        await on_bea(rep)
        await write(rep)
        await rep.press("ctrl+e")
        await rep.sees("The email goes to Bea in 10 seconds.")
        await rep.press("ctrl+x")
        await rep.sees("r Send now", "del Take back", "u Undo", "e changes it")
        server.says = {"RCPT": ["550 5.1.1 no such user"]}
        await pass_time(rep)
        await rep.sees("r Try again", "x Seen", "del Take back", "u Undo")


async def test_it_is_taken_back_while_it_waits(bea: Rep, server: MailServer) -> None:
    await write(bea)
    await bea.press("ctrl+e")
    await bea.sees("The email goes to Bea in 10 seconds.")
    await bea.press("u")
    await bea.sees("Took back: Completed follow-up with Bea Okafor")
    await pass_time(bea)
    await bea.press("ctrl+x")
    await bea.sees("Nothing was sent by the desk yet")
    assert server.got == []


async def test_what_could_not_be_sent_is_told_until_it_was_seen(bea: Rep, server: MailServer) -> None:
    """It would lie in a list that nobody looks at, and Bea would wait for it."""
    server.says = {"RCPT": ["550 5.1.1 no such user"]}
    await write(bea)
    await bea.press("ctrl+e")
    await bea.sees("The email goes to Bea in 10 seconds.")
    await pass_time(bea)
    await bea.sees("Not sent to Bea Okafor: no such mailbox. Marked Bounced.", "u undoes that")
    await bea.press("j")
    await bea.sees("ctrl+x Not sent: the email to Bea Okafor")
    await bea.press("ctrl+x")
    await bea.sees("1 could not be sent: x when you have seen it", "not sent: 550 5.1.1 no such user")
    await bea.sees("r Try again", "x Seen", "del Take back")
    await bea.press("x")
    await bea.sees("You are not told of it any more.")
    await bea.press("escape")
    await bea.until(lambda shown: "Emails to send" not in shown and "Not sent: the email" not in shown)
    await bea.press("u")
    await bea.sees("Took back: Marked c2@example.com of Bea Okafor as bounced")
    await bea.press("ctrl+x")
    await bea.sees("Not sent")
    await bea.press("j", "r")
    await bea.sees("sent Sat 21 Nov")
    assert server.to == [(BEA,)]
    await bea.press("enter")
    await bea.sees("Emails", "from you", "sent Sat 21 Nov 9:42")


async def test_it_is_set_up_from_the_message_and_tried(
    folder: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She would have to read a manual of settings, and lose what she has written."""
    held: dict[Any, str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, user: held.get((service, user)))
    monkeypatch.setattr(keyring, "set_password", lambda service, user, word: held.update({(service, user): word}))
    async with at_the_desk(folder) as rep:
        await on_bea(rep)
        await write(rep)
        await rep.press(*"Mine. ", "ctrl+e")
        await rep.sees("Sending email", "nothing goes out in bulk")
        await rep.press("ctrl+s")
        await rep.sees("Say through which server.")
        await rep.write("smtp.example.com")
        await rep.press("tab", "n", "tab")
        await rep.write(str(server.port))
        await rep.press("tab", "tab", "tab")
        await rep.write("robin@example.com")
        await rep.press("ctrl+s")
        await rep.sees("sends your password and your emails in clear")
        await rep.write("127.0.0.1")
        server.says = {"MAIL": ["550 5.7.1 who are you"]}
        await rep.press("ctrl+t")
        await rep.sees("127.0.0.1 does not send for robin@example.com:", "5.7.1 who are you")
        await rep.press("ctrl+t")
        await rep.sees("A test is on its way to robin@example.com")
        assert server.to == [("robin@example.com",)]
        await rep.press("ctrl+s")
        await rep.sees("Message to Bea Okafor", "Mine.")
        await rep.press("ctrl+e")
        await rep.sees("The email goes to Bea in 10 seconds.")
        await pass_time(rep)
        await rep.until(lambda _: len(server.got) == 2)
        assert "Mine." in server.got[1].get_content()
    text = (folder / "settings.toml").read_text()
    assert "[sending]" in text
    assert held == {}


async def test_a_text_is_not_sent(bea: Rep) -> None:
    await bea.press("m")
    await bea.sees("Message to Bea Okafor")
    bea.app.screen.query_one("#field-channel").focus()
    await bea.press("t", "ctrl+e")
    await bea.sees("Only an email is sent by the desk.")


async def test_what_was_being_sent_when_the_desk_ended_is_sent_again(folder: Path, server: MailServer) -> None:
    import sqlite3
    from contextlib import closing

    account(folder, server)
    async with at_the_desk(folder) as rep:
        await on_bea(rep)
        await write(rep)
        await rep.press("ctrl+e")
        await rep.sees("The email goes to Bea in 10 seconds.")
    with closing(sqlite3.connect(folder / "desk.sqlite3")) as connection, connection:
        connection.execute("UPDATE delivery SET state = 'sending', next_at = NULL")
    async with at_the_desk(folder) as rep:
        await rep.sees("An email was being sent when the desk was closed.", "It is sent again.")
        await rep.until(lambda _: len(server.got) == 1)


async def test_an_account_that_comes_back_asks_for_its_password(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring has let go of it, and nothing would be sent until she noticed."""
    held: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, user: held.get((service, user)))
    monkeypatch.setattr(keyring, "set_password", lambda service, user, word: held.update({(service, user): word}))
    monkeypatch.setattr(keyring, "delete_password", lambda service, user: held.pop((service, user), None))
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for host in ("one.example.com", "two.example.com"):
            save_account(desk, AccountForm(host, "587", "starttls", "robin", "secret", "", "robin@example.com"))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("ctrl+l", "u")
        await rep.sees("one.example.com", "Type its password: ctrl+x, then e.")
        await rep.press("U")
        await rep.until(lambda shown: "two.example.com" in shown and "Type its password" not in shown)
