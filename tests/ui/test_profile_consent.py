"""The section Consent: who may be written to and until when, recorded and withdrawn by keys (R24, R25)."""

import zipfile
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.consent import RecordConsent, WithdrawConsent
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, ConsentGround
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from stylistdesk.paths import desk_paths
from tests.commands.test_consent import CUSTOMERS, customer
from tests.ui.conftest import NAMES, NOW, Rep, at_the_desk, fill

ANA = "c1@example.com"


@pytest.fixture
async def ana(tmp_path: Path) -> AsyncIterator[Rep]:
    """Ana's consent: she asked for prices, is on a Shopify list, and opted out of texts."""
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        fill(desk)
        file = tmp_path / "customers.csv"
        file.write_text(CUSTOMERS + customer(ANA, "", name="Ana"))
        desk.do(ImportFile(recognise(file)))
        asked = "Asked for the price list"
        desk.do(RecordConsent(1, Channel.EMAIL, ANA, ConsentGround.INQUIRY, date(2026, 8, 28), asked))
        desk.do(WithdrawConsent(1, Channel.TEXT, "+12125550101", "Replied STOP"))
    async with at_the_desk(tmp_path) as rep:
        await rep.sees("clients need you")
        while not rep.under_cursor().startswith("Ana"):
            await rep.press("j")
        await rep.press("enter")
        await rep.sees("Overview", "Consent")
        while getattr(rep.app.screen, "section").TITLE != "Consent":  # noqa: B009
            await rep.press("right_square_bracket")
        await rep.sees("May she be written to?", "The ledger, newest first")
        yield rep


async def test_it_says_for_each_address_whether_why_and_until_when(ana: Rep) -> None:
    shown = ana.read()
    assert "May be written to: inquiry of 28 Aug 2026, until 28 Feb 2027" in shown
    assert "missing: your mailing address (ctrl+r)" in shown
    assert "on Shopify" in shown
    assert "She opted out of text on 21 Nov 2026." in shown
    assert "Asked for the price list" in shown
    assert "Replied STOP" in shown
    assert "email until 28 Feb 2027, text opted out   c1@example.com" in shown, "the header says it in short"


async def test_a_records_a_consent_with_its_evidence(ana: Rep) -> None:
    await ana.press("a")
    await ana.sees("Record a consent of Ana", "Evidence")
    ana.app.screen.query_one("#field-address").focus()
    await ana.write(ANA)
    ana.app.screen.query_one("#field-happened_on").focus()
    await ana.write("fri")
    await ana.sees("20 Nov 2026")
    await ana.press("ctrl+s")
    await ana.sees("The evidence is missing")
    ana.app.screen.query_one("#field-evidence").focus()
    await ana.press(*"Said yes", "ctrl+s")
    await ana.sees(
        "Recorded express consent of Ana", "express consent of 20 Nov 2026, until she withdraws it", "Said yes"
    )
    await ana.press("u")
    await ana.until(lambda shown: "inquiry of 28 Aug 2026, until" in shown and "Said yes" not in shown)


async def test_delete_on_an_address_opts_it_out_and_makes_the_list_an_obligation(ana: Rep) -> None:
    await ana.press("enter", "delete")
    await ana.sees("Opt out c1@example.com", "Shopify: a task to take it off within 10 business days")
    await ana.press("ctrl+s")
    await ana.sees("opted out at c1@example.com; 1 list to take it off", "Take c1@example.com off", "by Fri 4 Dec")
    await ana.sees("She opted out of email on 21 Nov 2026.")
    await ana.press("u")
    await ana.until(lambda shown: "Take c1@example.com off" not in shown)


async def test_what_is_in_the_ledger_stays(ana: Rep) -> None:
    await ana.press("enter", "G", "delete")
    await ana.sees("The ledger only grows")
    await ana.press("enter")
    await ana.sees("An entry of the consent ledger", "Hash", "Evidence")
    await ana.press("escape")


async def test_the_email_status_is_set_by_e(ana: Rep) -> None:
    await ana.press("enter", "e")
    await ana.sees("Status of c1@example.com")
    await ana.press("b", "ctrl+s")
    await ana.sees("Set the email status of Ana", "bounced")


async def test_the_proof_is_one_private_file(ana: Rep) -> None:
    await ana.press("enter", "P")
    await ana.sees("Wrote /", "It holds her data")
    [pack] = (ana.desk.paths.exports).iterdir()
    assert pack.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(pack) as files:
        assert sorted(files.namelist()) == ["proof.json", "proof.txt", "verify.py"]


@pytest.mark.parametrize("width", [80, 100, 120, 160])
async def test_it_fits(tmp_path: Path, width: int) -> None:
    from stylistdesk.domain.dates import LocalNow
    from stylistdesk.queries.consent import consent_page
    from stylistdesk.ui.lines import width_of
    from stylistdesk.ui.profile.consent import Consent
    from stylistdesk.ui.profile.section import Look
    from stylistdesk.ui.symbols import UNICODE

    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        fill(desk, ("Ana " + "Ruiz" * 30, *NAMES[1:]))
        desk.do(RecordConsent(1, Channel.EMAIL, ANA, ConsentGround.CONTRACT, date(2024, 2, 29), "word " * 200))
        member = ConsentGround.SUBSCRIPTION
        desk.do(RecordConsent(1, Channel.EMAIL, ANA, member, date(2024, 2, 29), "x", date(2027, 12, 29)))
        desk.do(WithdrawConsent(1, Channel.TEXT, "+12125550101", "x" * 300))
        page = desk.ask(consent_page, 1)
        assert page is not None
        here = LocalNow(desk.now(), desk.zone)
        room = width - 24
        for entry in Consent().entries(page, Look(here, UNICODE, room, lambda name: name)):
            assert all(width_of(line) <= room for line in entry.lines), entry
            if entry.key and entry.key[0] == "ledger":
                told = "".join(piece.text for line in entry.lines for piece in line)
                assert ANA in told or "(212) 555-0101" in told, "the address is whole"
