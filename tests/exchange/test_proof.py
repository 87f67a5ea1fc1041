"""The proof pack (R25): everything about one address, private, and verifiable without this program."""

import json
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.consent import RecordConsent, SetSender, WithdrawConsent
from stylistdesk.commands.contacts import AddContact, ContactForm
from stylistdesk.commands.conversations import KeepMessage
from stylistdesk.commands.triage import LogMessage
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, ConsentGround, Direction
from stylistdesk.exchange.proof import write_proof
from stylistdesk.queries.proof import Proof, proof_of
from tests.helpers import add_client

ADDRESS = "ana@example.com"


@pytest.fixture
def pack(desk: Desk) -> Path:
    """Ana consented, was written to, and opted out."""
    add_client(desk, "Ana Ruiz", email=ADDRESS, phone="+12125550101")
    desk.do(SetSender("12 Alder Lane, Ottawa"))
    desk.do(RecordConsent(1, Channel.EMAIL, ADDRESS, ConsentGround.EXPRESS, date(2026, 11, 1), "Am Telefon: „ja“ 🙂"))
    desk.do(LogMessage(1, Channel.EMAIL, "Ana@Example.com", "Coats", "New coats are in"))
    desk.do(WithdrawConsent(1, Channel.EMAIL, ADDRESS, "Wrote unsubscribe"))
    return write_proof(desk.paths.exports, desk.ask(proof_of, 1, Channel.EMAIL, ADDRESS), desk.zone)


def unpacked(pack: Path, folder: Path) -> Path:
    with zipfile.ZipFile(pack) as files:
        files.extractall(folder)
    return folder


def verify(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", folder / "verify.py"], capture_output=True, text=True, check=False)


def test_it_is_private_and_in_the_desks_own_folder(desk: Desk, pack: Path) -> None:
    assert pack.parent == desk.paths.data_dir / "exports"
    assert pack.name == "proof-email-ana@example.com-2026-11-21.zip"
    assert (pack.stat().st_mode & 0o777, pack.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_it_tells_everything_about_the_address(pack: Path, tmp_path: Path) -> None:
    folder = unpacked(pack, tmp_path / "pack")
    proof = json.loads((folder / "proof.json").read_text())
    assert (proof["may_be_written_to"], proof["chain_holds"], len(proof["ledger"])) == (False, True, 2)
    assert proof["ledger"][0]["evidence"] == "Am Telefon: „ja“ 🙂"
    [message] = proof["messages_sent"]
    assert message["consent"] == "commercial: express consent of 1 Nov 2026, until she withdraws it"
    assert len(proof["opt_outs"]) == 1
    told = (folder / "proof.txt").read_text()
    for words in ("Ana Ruiz", "She opted out of email on 21 Nov 2026.", "New coats are in", "Wrote unsubscribe"):
        assert words in told


def test_anyone_can_verify_it_and_see_a_forgery(pack: Path, tmp_path: Path) -> None:
    folder = unpacked(pack, tmp_path / "pack")
    found = verify(folder)
    assert (found.returncode, "2 entries are as they were written" in found.stdout) == (0, True)
    proof = json.loads((folder / "proof.json").read_text())
    proof["ledger"][0]["happened_on"] = "2020-01-01"
    (folder / "proof.json").write_text(json.dumps(proof))
    assert "Entry 1 is not as it was written" in verify(folder).stderr
    proof["ledger"] = proof["ledger"][1:]
    (folder / "proof.json").write_text(json.dumps(proof))
    assert verify(folder).returncode == 1


def test_a_second_one_does_not_overwrite_the_first(desk: Desk, pack: Path) -> None:
    again = write_proof(desk.paths.exports, desk.ask(proof_of, 1, Channel.EMAIL, ADDRESS), desk.zone)
    assert again != pack
    assert pack.exists()


def test_a_strange_address_stays_inside_the_folder(desk: Desk, pack: Path) -> None:
    made = write_proof(desk.paths.exports, desk.ask(proof_of, 1, Channel.EMAIL, "../../x/y@example.com"), desk.zone)
    assert made.parent == pack.parent
    assert made.resolve().parent == pack.parent.resolve()


def test_the_text_of_an_address_is_apart_from_its_email(desk: Desk, pack: Path) -> None:
    proof = desk.ask(proof_of, 1, Channel.TEXT, "(212) 555-0101")
    assert (proof.address, proof.ledger, proof.sent) == ("+12125550101", (), ())


def test_what_the_client_did_is_no_proof_for_her_sister(desk: Desk, pack: Path) -> None:
    """A regulator would be shown Ana's messages as Marisol's own."""
    desk.do(AddContact(1, ContactForm("Marisol Ruiz", "her sister", phone="+12125550144")))
    for address, body in (("+12125550101", "Navy?"), ("(212) 555-0144", "Is it me you mean?")):
        desk.do(KeepMessage(1, Channel.TEXT, Direction.IN, desk.now(), body=body, address=address))
    hers = desk.ask(proof_of, 1, Channel.TEXT, "+12125550144")
    assert [message["body"] for message in hers.from_her] == ["Is it me you mean?"]
    assert len(desk.ask(proof_of, 1, Channel.TEXT, "+12125550101").from_her) == 2


def test_what_was_recorded_and_taken_back_is_told_all_the_same(desk: Desk, tmp_path: Path) -> None:
    """Undo takes an entry out of the ledger; a regulator who saw it before would find it gone without a word."""
    add_client(desk, "Ana Ruiz", email=ADDRESS)
    desk.clock = FrozenClock(datetime(2026, 11, 21, 10, 2, tzinfo=UTC))
    desk.do(RecordConsent(1, Channel.EMAIL, ADDRESS, ConsentGround.EXPRESS, date(2026, 11, 1), "On the phone"))
    desk.clock.at += timedelta(minutes=1)
    desk.undo()

    def told() -> tuple[Proof, str]:
        proof = desk.ask(proof_of, 1, Channel.EMAIL, ADDRESS)
        folder = unpacked(write_proof(desk.paths.exports, proof, desk.zone), tmp_path / "pack")
        assert json.loads((folder / "proof.json").read_text())["taken_back"] == list(proof.taken_back)
        assert verify(folder).returncode == 0
        return proof, (folder / "proof.txt").read_text()

    proof, words = told()
    assert (proof.ledger, proof.problems) == ((), ())
    entry = "recorded 21 Nov 2026 10:02, taken back 10:03 | subscribed | express | 2026-11-01 | recorded by hand"
    assert f"{entry} | On the phone" in words
    assert desk.ask(proof_of, 1, Channel.EMAIL, "bea@example.com").taken_back == ()
    desk.redo()
    assert (told()[0].taken_back, len(told()[0].ledger)) == ((), 1)
    desk.clock.at += timedelta(days=1)
    desk.undo()
    assert "recorded 21 Nov 2026 10:02, taken back 22 Nov 2026 10:03 | subscribed" in told()[1]
