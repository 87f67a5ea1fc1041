"""Emails that the desk sends itself, to a real mail server (R44): never lost, never against her will, never forged."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.consent import RecordConsent, SetSender, WithdrawConsent
from stylistdesk.commands.conversations import RemoveMessage
from stylistdesk.commands.sending import SendEmail
from stylistdesk.db.sent_emails import IN_A_COPY
from stylistdesk.db.tables import Contact, Delivery, Message, OutgoingEmail
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import NotUndoable, Refused
from stylistdesk.domain.sending import Came, is_nobody, wait_after
from stylistdesk.domain.types import Channel, ConsentGround, DeliveryState, EmailStatus, MessageKind
from stylistdesk.exchange.outbox import CUT_OFF, Outbox, Told, leave_it, recover, try_again
from stylistdesk.exchange.recognise import recognise
from stylistdesk.exchange.sending_account import AccountForm, save_account, send_test
from stylistdesk.exchange.smtp import Hand, Letter, written
from stylistdesk.exchange.whole_in import taking_in
from stylistdesk.queries.client_history import client_history
from stylistdesk.queries.outbox import OutboxRow, outbox, outbox_state
from stylistdesk.settings import Sending, Settings, load_settings
from stylistdesk.writing_out import write_json
from tests.exchange.mail_server import PASSWORD, USER, MailServer, made_certificate, mail_server
from tests.helpers import add_client, dump

keyring = pytest.importorskip("keyring", reason="keyring is not installed")

ANA = "ana@example.com"
TODAY = date(2026, 11, 21)
SOON = timedelta(seconds=11)
UTC_ZONE = ZoneInfo("UTC")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as it:
        yield it


@pytest.fixture
def ana(desk: Desk, server: MailServer) -> int:
    """She has agreed to emails; the rep has said who and where she is, and through which server."""
    desk.settings = Settings(sending=through(server))
    desk.do(SetSender("1 Main St, Albany NY 12207", ""))
    client_id = add_client(desk, "Ana Ruiz", email=ANA)
    desk.do(RecordConsent(client_id, Channel.EMAIL, ANA, ConsentGround.EXPRESS, TODAY, "On the phone: yes"))
    return client_id


def through(server: MailServer, **more: object) -> Sending:
    return Sending.model_validate(
        {"host": "127.0.0.1", "port": server.port, "security": "none", "from_address": "robin@example.com"}
        | {"from_name": "Röbin"}
        | more
    )


def email(client_id: int, **more: str) -> SendEmail:
    return SendEmail(client_id, **({"address": ANA, "subject": "Çelik coats", "body": "Grüße, Ana"} | more))  # type: ignore[arg-type]


def send(desk: Desk, clock: FrozenClock, after: timedelta = SOON) -> list[Told]:
    clock.at += after
    return Outbox(desk, timeout=2).run()


def row(desk: Desk) -> OutboxRow:
    (one,) = desk.ask(outbox)
    return one


def test_an_email_is_queued_and_sent_as_it_was_logged(
    desk: Desk, clock: FrozenClock, ana: int, server: MailServer
) -> None:
    """It would go out without who sends it and how to stop it, or twice, or say something else than her emails do."""
    message_id = desk.do(email(ana)).value
    assert Outbox(desk).run() == []  # it can still be taken back
    (told,) = send(desk, clock)
    assert (told.state, told.said) == (DeliveryState.SENT, "250 2.0.0 queued as 4711")
    (got,) = server.got
    assert server.to == [(ANA,)]
    assert (got["From"], got["To"], got["Subject"]) == ("Röbin <robin@example.com>", ANA, "Çelik coats")
    assert got["List-Unsubscribe"] == "<mailto:robin@example.com?subject=unsubscribe>"
    assert got["Date"] == "Sat, 21 Nov 2026 09:42:00 -0500"
    body = got.get_content()
    assert all(part in body for part in ("Grüße, Ana", "Ola Berg", "1 Main St, Albany NY 12207", "unsubscribe"))
    logged = desk.ask(lambda asking: asking.session.get_one(Message, message_id))
    assert logged.body.split() == body.split()
    assert logged.sent_at == datetime(2026, 11, 21, 14, 42, tzinfo=UTC)
    assert send(desk, clock) == []
    assert len(server.got) == 1


def test_an_undo_takes_it_back_while_it_waits_and_says_when_it_was_sent(
    desk: Desk, clock: FrozenClock, ana: int, server: MailServer
) -> None:
    """It would be gone from her emails, and lie in Ana's mailbox."""
    before = dump(desk)
    desk.do(email(ana))
    desk.undo()
    after = dump(desk)
    del before["delivery"], after["delivery"]
    assert after == before
    assert send(desk, clock) == []
    desk.redo()
    clock.at = datetime(2026, 11, 21, 14, 50, tzinfo=UTC)
    assert [told.state for told in Outbox(desk).run()] == [DeliveryState.SENT]
    sent = dump(desk)
    with pytest.raises(NotUndoable, match=r"cannot be undone: it was sent at 9:50\."):
        desk.undo()
    assert dump(desk) == sent
    clock.at += timedelta(days=3)
    with pytest.raises(NotUndoable, match=r"it was sent Sat 21 Nov at 9:50\."):
        desk.undo()


def test_removing_it_takes_it_back_and_her_going_and_coming_back_sends_nothing_twice(
    desk: Desk, clock: FrozenClock, ana: int, server: MailServer
) -> None:
    waits = desk.do(email(ana)).value
    assert desk.do(RemoveMessage(waits)).label == "Took back an email to Ana Ruiz, which was not sent"
    assert send(desk, clock) == []
    desk.undo()
    assert len(send(desk, clock)) == 1
    desk.do(DeleteClient(ana))
    desk.undo()
    assert row(desk).delivery.state is DeliveryState.SENT
    assert send(desk, clock) == []
    assert desk.do(RemoveMessage(waits)).label == "Removed an email of Ana Ruiz"


REFUSED = [
    ({"address": "ana"}, "is no email address", "address"),
    ({"address": "anä@example.com"}, "letters that not every mail server takes", "address"),
    ({"address": "ana@example.com, eve@example.com"}, "is no email address", "address"),
    ({"subject": " "}, "no subject", "subject"),
    ({"body": ""}, "empty", "body"),
    ({"address": "eve@example.com"}, "not consented", "address"),
]


@pytest.mark.parametrize(("what", "reason", "field"), REFUSED)
def test_what_may_not_or_cannot_be_sent_is_not_queued(
    desk: Desk, ana: int, what: dict[str, str], reason: str, field: str
) -> None:
    before = dump(desk)
    with pytest.raises(Refused, match=reason) as no:
        desk.do(email(ana, **what))
    assert no.value.field == field
    assert dump(desk) == before


def test_without_an_account_and_a_mailing_address_nothing_is_queued(desk: Desk, server: MailServer) -> None:
    ana = add_client(desk, "Ana Ruiz", email=ANA)
    desk.do(RecordConsent(ana, Channel.EMAIL, ANA, ConsentGround.EXPRESS, TODAY, "On the phone: yes"))
    with pytest.raises(Refused, match="Sending is not set up"):
        desk.do(email(ana))
    desk.settings = Settings(sending=through(server))
    with pytest.raises(Refused, match=r"An email must say your mailing address\. Say your mailing address first"):
        desk.do(email(ana))
    desk.do(email(ana, kind=MessageKind.ANSWER))  # an answer to her is outside of the law's section 6


def test_who_opts_out_while_it_waits_gets_nothing(desk: Desk, clock: FrozenClock, ana: int, server: MailServer) -> None:
    """She said no at 9:45, and at 9:50 an email would reach her."""
    message_id = desk.do(email(ana)).value
    desk.do(WithdrawConsent(ana, Channel.EMAIL, ANA, "On the phone"))
    (told,) = send(desk, clock)
    assert (told.state, told.said) == (DeliveryState.FAILED, "She opted out of email on 21 Nov 2026.")
    assert server.got == []
    assert desk.ask(outbox_state).failed == 1
    assert leave_it(desk) == 1
    assert desk.ask(outbox_state).failed == 0
    try_again(desk, message_id)
    assert [told.state for told in send(desk, clock)] == [DeliveryState.FAILED]


LATER = [
    ({"MAIL": ["451 4.3.0 later"]}, "451 4.3.0 later"),
    ({"RCPT": ["450 4.2.1 greylisted"]}, "450 4.2.1 greylisted"),
    ({"DATA": ["452 4.2.2 mailbox full"]}, "452 4.2.2 mailbox full"),
    ({"RCPT": [""]}, "broke off in the middle of it"),
    ({"DATA": [""]}, "broke off in the middle of it"),
    ({"DATA": [3.0]}, "did not answer in the middle of it"),
]


@pytest.mark.parametrize(("says", "said"), LATER)
def test_what_cannot_be_sent_now_is_tried_again(
    desk: Desk, clock: FrozenClock, ana: int, server: MailServer, says: dict[str, list[str | float]], said: str
) -> None:
    """A server that is busy for a minute would cost her the email."""
    desk.do(email(ana))
    server.says = says
    (told,) = send(desk, clock)
    assert told.state is DeliveryState.WAITING
    assert said in told.said
    assert told.next_at == clock.at + timedelta(minutes=1)
    assert send(desk, clock, timedelta(seconds=30)) == []
    assert [told.state for told in send(desk, clock, timedelta(seconds=30))] == [DeliveryState.SENT]
    key = desk.ask(lambda asking: asking.session.exec(select(OutgoingEmail)).one().message_key)
    assert server.keys == [key]


def test_a_day_of_tries_is_enough(desk: Desk, clock: FrozenClock, ana: int, server: MailServer) -> None:
    desk.do(email(ana))
    began = clock.at
    server.says = {"MAIL": ["421 4.3.2 closing"] * 99}
    (told,) = send(desk, clock)
    tries = 1
    while told.state is DeliveryState.WAITING:
        assert told.next_at is not None
        (told,) = send(desk, clock, told.next_at - clock.at)
        tries += 1
    assert (tries, told.state) == (7, DeliveryState.FAILED)
    assert timedelta(hours=23) < clock.at - began < timedelta(hours=25)
    assert [wait_after(number) for number in (0, 1, 7)] == [None, timedelta(minutes=1), None]


def test_an_arrival_that_nobody_confirmed_is_sent_again_with_the_same_key(
    desk: Desk, clock: FrozenClock, ana: int, server: MailServer
) -> None:
    desk.do(email(ana))
    server.says = {"AFTER": [""]}
    assert send(desk, clock)[0].state is DeliveryState.WAITING
    assert send(desk, clock, timedelta(minutes=1))[0].state is DeliveryState.SENT
    assert len(server.got) == 2
    assert len(set(server.keys)) == 1
    assert server.got[0].as_bytes() == server.got[1].as_bytes()


def test_nobody_at_the_address_marks_it_bounced_in_one_step(
    desk: Desk, clock: FrozenClock, ana: int, server: MailServer
) -> None:
    message_id = desk.do(email(ana)).value
    server.says = {"RCPT": ["550 5.1.1 no such user \x1b[31mhere"]}
    (told,) = send(desk, clock)
    assert (told.state, told.said) == (DeliveryState.FAILED, "550 5.1.1 no such user here")

    def status() -> EmailStatus:
        return desk.ask(lambda asking: asking.session.exec(select(Contact.email_status)).one())

    assert status() is EmailStatus.BOUNCED
    with pytest.raises(Refused, match="it is marked bounced"):
        desk.do(email(ana))
    try_again(desk, message_id)
    assert "marked bounced" in send(desk, clock)[0].said
    assert desk.undo().label == f"Marked {ANA} of Ana Ruiz as bounced"
    assert status() is EmailStatus.ACTIVE
    try_again(desk, message_id)
    assert send(desk, clock)[0].state is DeliveryState.SENT


@pytest.mark.parametrize(
    ("code", "said", "nobody"),
    [
        (550, "5.1.1 user unknown", True),
        (550, "No such user here", True),
        (553, "5.1.3 bad address", True),
        (550, "5.7.1 relaying denied", False),
        (550, "Message rejected as spam", False),
        (554, "5.7.26 unauthenticated", False),
        (552, "5.2.2 mailbox full", False),
    ],
)
def test_a_refusal_for_another_reason_says_nothing_of_her_address(code: int, said: str, nobody: bool) -> None:
    assert is_nobody(code, said) is nobody


def test_a_server_that_lets_nobody_in_fails_no_email_and_is_not_asked_for_each(
    desk: Desk, clock: FrozenClock, ana: int, server: MailServer
) -> None:
    for _ in range(3):
        desk.do(email(ana))
    server.says = {"MAIL": ["550 5.7.1 not for you"]}
    assert [told.state for told in send(desk, clock)] == [DeliveryState.WAITING]
    assert len(send(desk, clock)) == 2  # the two that had not been tried


# ------------------------------------------------------------------ what ends in the middle


def test_killed_while_it_sends_it_is_sent_once_or_twice_and_never_lost(
    desk: Desk, clock: FrozenClock, ana: int, server: MailServer
) -> None:
    """The laptop dies: nobody would know whether Ana was written to."""
    folder = desk.paths.data_dir
    form = AccountForm("127.0.0.1", str(server.port), "none", "", "", "Robin", "robin@example.com")
    save_account(desk, form)
    desk.settings = load_settings(desk.paths.settings)[0]
    for stage in ("MAIL", "DATA", "AFTER"):
        desk.do(email(ana, subject=stage))
        desk.close()
        server.says = {stage: [60.0]}
        clock.at += SOON
        process = subprocess.Popen(
            [sys.executable, "-m", "stylistdesk", "--data-dir", str(folder), "--at", clock.at.isoformat(), "send"],
            stdout=subprocess.DEVNULL,
        )
        until(lambda: not server.says[stage])  # noqa: B023 - asked in the loop
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        desk = Desk.open(folder, clock=clock)
        with pytest.raises(NotUndoable, match="is being sent"):
            desk.undo()
        assert recover(desk) == 1
        assert (row_of(desk, stage).state, row_of(desk, stage).said) == (DeliveryState.WAITING, CUT_OFF)
        assert [told.state for told in Outbox(desk).run()] == [DeliveryState.SENT]
        mine = [message for message in server.got if message["Subject"] == stage]
        assert len(mine) == (2 if stage == "AFTER" else 1)
        assert len({message["Message-ID"] for message in mine}) == 1
    desk.close()


def test_what_waited_in_a_backup_is_not_sent_again_after_a_restore(
    desk: Desk, clock: FrozenClock, ana: int, server: MailServer, tmp_path: Path
) -> None:
    """The copy does not know that it went out meanwhile: Ana would have it twice."""
    desk.do(email(ana, subject="Coats"))
    desk.back_up()
    file = write_json(desk, tmp_path / "desk.json", force=True).path
    assert [told.state for told in send(desk, clock)] == [DeliveryState.SENT]
    desk.restore_here("latest")
    assert (row_of(desk, "Coats").state, row_of(desk, "Coats").said) == (DeliveryState.FAILED, IN_A_COPY)
    assert send(desk, clock) == [] and len(server.got) == 1
    with Desk.open(tmp_path / "other", clock=clock) as other:
        other.take_in(taking_in(recognise(file), other.paths.attachments))
        assert row_of(other, "Coats").state == DeliveryState.FAILED
    with desk._database.read() as session:
        message = session.exec(select(OutgoingEmail.message_id)).one()
    try_again(desk, message)
    assert [told.state for told in Outbox(desk).run()] == [DeliveryState.SENT]


def row_of(desk: Desk, subject: str) -> Delivery:
    def ask(asking: object) -> Delivery:
        return asking.session.exec(  # type: ignore[attr-defined, no-any-return]
            select(Delivery)
            .join(OutgoingEmail, OutgoingEmail.id == Delivery.id)
            .join(Message, Message.id == OutgoingEmail.message_id)
            .where(Message.subject == subject)
        ).one()

    return desk.ask(ask)


def until(holds: object, seconds: float = 20) -> None:
    for _ in range(int(seconds / 0.02)):
        if holds():  # type: ignore[operator]
            return
        time.sleep(0.02)
    pytest.fail("it did not come to that")


def test_closing_the_desk_waits_for_no_server(desk: Desk, clock: FrozenClock, ana: int, server: MailServer) -> None:
    desk.do(email(ana))
    clock.at += SOON
    server.says = {"DATA": [30.0]}
    outbox_ = Outbox(desk)
    thread = threading.Thread(target=outbox_.run)
    thread.start()
    until(lambda: not server.says["DATA"])
    began = time.monotonic()
    outbox_.stop()
    thread.join(5)
    assert time.monotonic() - began < 2
    assert not thread.is_alive()
    assert row(desk).delivery.state is DeliveryState.SENDING  # nothing was written after the stop
    assert recover(desk) == 1


# ---------------------------------------------------------------- what it says, to whom


@given(*[st.text(max_size=200)] * 3)
def test_nothing_that_is_typed_makes_a_header_of_its_own(subject: str, name: str, body: str) -> None:
    account = Sending.model_construct(host="h", from_name=name, from_address="robin@example.com")
    at = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)
    letter = Letter("<1@example.com>", ANA, subject + "\r\nBcc: eve@example.com", body, MessageKind.ANSWER, at)
    head = written(letter, account, UTC_ZONE).as_bytes().partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert sorted(names) == sorted(
        [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Content-Type", b"Content-Transfer-Encoding",
         b"MIME-Version"]
    )  # fmt: skip


@pytest.mark.parametrize("implicit", [False, True])
def test_the_password_goes_only_to_a_server_that_is_who_it_says(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, implicit: bool
) -> None:
    """Anybody in the café would read it."""
    certificate = made_certificate(tmp_path)
    with mail_server(certificate, implicit=implicit) as server:
        security = "tls" if implicit else "starttls"
        account = through(server, host="localhost", user=USER, security=security)
        at = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)
        message = written(Letter("<1@example.com>", ANA, "Looks", "Coats", MessageKind.ANSWER, at), account, UTC_ZONE)
        answer = Hand(account, PASSWORD, timeout=3).over(message)
        assert (answer.came, answer.said) == (Came.ACCOUNT, "The certificate of localhost is not trusted.")
        assert server.users == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        assert Hand(account, PASSWORD, timeout=3).over(message).came is Came.SENT
        answer = Hand(account, "wrong one", timeout=3).over(message)
        assert answer.came is Came.ACCOUNT
        assert "refuses your user name or password" in answer.said
        assert "wrong one" not in answer.said
        other = through(server, host="localhost", user=USER, security="starttls" if implicit else "tls")
        seen = len(server.users)
        assert Hand(other, PASSWORD, timeout=1).over(message).came is not Came.SENT
        assert len(server.users) == seen
    with mail_server() as server:
        plain = through(server, host="localhost", user=USER, security="starttls")
        answer = Hand(plain, PASSWORD, timeout=3).over(message)
        assert (answer.came, answer.said) == (Came.ACCOUNT, "localhost does not offer STARTTLS.")


def test_the_account_is_kept_in_the_settings_and_its_password_nowhere_but_in_the_keyring(
    desk: Desk, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, user: held.get((service, user)))
    monkeypatch.setattr(keyring, "set_password", lambda service, user, word: held.update({(service, user): word}))
    monkeypatch.setattr(keyring, "delete_password", lambda service, user: held.pop((service, user), None))
    desk.paths.settings.write_text("# mine\nrecent_contact_days = 5  # not so soon\n")
    form = AccountForm("SMTP.example.com ", "587", "starttls", USER, PASSWORD, "Robin", "robin@example.com")
    save_account(desk, form)
    text = desk.paths.settings.read_text()
    assert text.startswith("# mine\nrecent_contact_days = 5  # not so soon\n")
    assert load_settings(desk.paths.settings) == (desk.settings, [])
    assert desk.settings.sending.host == "smtp.example.com"
    assert held == {("stylistdesk email", f"{USER} at smtp.example.com"): PASSWORD}
    save_account(desk, AccountForm("mail.example.com", "587", "starttls", USER, "another", "R", "robin@example.com"))
    assert held == {("stylistdesk email", f"{USER} at mail.example.com"): "another"}
    kept = b"".join(path.read_bytes() for path in desk.paths.data_dir.rglob("*") if path.is_file())
    assert PASSWORD.encode() not in kept
    with pytest.raises(Refused, match="Type the password"):
        save_account(desk, AccountForm("new.example.com", "587", "tls", USER, "", "R", "robin@example.com"))
    assert desk.settings.sending.host == "mail.example.com"
    for wrong, field in (
        ({"host": ""}, "host"),
        ({"host": "a b"}, "host"),
        ({"port": "0"}, "port"),
        ({"port": "many"}, "port"),
        ({"security": "none"}, "host"),
        ({"from_address": "robin"}, "from_address"),
    ):
        typed = {"host": "smtp.example.com", "port": "587", "security": "tls", "user": "", "password": ""}
        with pytest.raises(Refused) as no:
            AccountForm(**(typed | {"from_name": "", "from_address": "r@example.com"} | wrong)).checked()
        assert no.value.field == field
    here = AccountForm("127.0.0.1", str(server.port), "none", "", "", "Robin", "robin@example.com")
    assert send_test(desk, here, timeout=2).startswith("A test is on its way to robin@example.com.")
    assert server.to == [("robin@example.com",)]


def test_a_setting_that_would_send_in_clear_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[sending]\nhost = "smtp.example.com"\nfrom_address = "r@example.com"\nsecurity = "none"\n')
    settings, problems = load_settings(file)
    assert settings.sending.security == "starttls"
    assert "settings.toml, line 4: sending.security: none sends your password" in problems[0]


def test_a_script_sends_what_waits(desk: Desk, clock: FrozenClock, ana: int, server: MailServer) -> None:
    from typer.testing import CliRunner

    from stylistdesk import cli

    save_account(desk, AccountForm("127.0.0.1", str(server.port), "none", "", "", "Robin", "robin@example.com"))
    desk.do(email(ana))
    desk.do(email(ana, subject="Later"))
    folder = desk.paths.data_dir
    clock.at += SOON

    def run(*arguments: str, command: str = "send") -> tuple[int, str]:
        told = CliRunner().invoke(
            cli.app, ["--data-dir", str(folder), "--at", clock.at.isoformat(), command, *arguments]
        )
        return told.exit_code, told.stdout if command == "send" else told.output

    desk.close()
    server.says = {"RCPT": ["450 4.2.0 greylisted"]}
    code, said = run("--json")
    assert code == 12
    assert [(one["client"], one["state"], one["said"]) for one in json.loads(said)] == [
        ("Ana Ruiz", "waiting", "450 4.2.0 greylisted"),
        ("Ana Ruiz", "sent", "250 2.0.0 queued as 4711"),
    ]
    clock.at += timedelta(minutes=1)
    assert run() == (0, f"Ana Ruiz <{ANA}>: sent\n")
    assert run() == (0, "Nothing waits to be sent.\n")
    code, said = run(command="undo")
    assert code != 0 and "it was sent at 9:42. The step before it: Recorded express consent of Ana Ruiz" in said
    assert "Take that back?" in said and "Took back" not in said


def test_her_history_says_what_became_of_it(desk: Desk, clock: FrozenClock, ana: int, server: MailServer) -> None:
    desk.do(email(ana))

    def told() -> list[str]:
        return [
            said
            for one in desk.ask(client_history, ana).happenings
            for said in one.said
            if "mailed" in said or "outgoing" in said
        ]

    assert told() == ["Emailed her: Çelik coats, waiting to be sent"]
    send(desk, clock)
    assert told() == ["Emailed her: Çelik coats, sent 9:42"]
