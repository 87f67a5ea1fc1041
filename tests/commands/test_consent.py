"""Consent recorded, withdrawn and proved (R24, R25), each taken back byte for byte."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, delete, select, update

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Command, Outcome, Together, Work
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.consent import RecordConsent, SetEmailStatus, SetSender, WithdrawConsent
from stylistdesk.commands.contacts import AddContact, ContactForm
from stylistdesk.commands.conversations import KeepMessage
from stylistdesk.commands.holidays import holidays_around
from stylistdesk.commands.triage import LogMessage
from stylistdesk.db.tables import ClientExternalId, Consent, Contact, Message, Order, Task
from stylistdesk.desk import Desk
from stylistdesk.domain.consent import consent_phrase
from stylistdesk.domain.consent_chain import LedgerEntry
from stylistdesk.domain.errors import NotUndoable, Refused
from stylistdesk.domain.types import (
    Channel,
    ConsentGround,
    ConsentState,
    Direction,
    EmailStatus,
    MessageKind,
    OrderStatus,
)
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.consent import ConsentPage, consent_page, primary_answers
from tests.helpers import add_client, dump

EMAIL, TEXT = Channel.EMAIL, Channel.TEXT
TODAY = date(2026, 11, 21)
ADDRESS = "ana@example.com"
CUSTOMERS = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags\n"  # noqa: E501


def customer(email: str, accepts: str, number: int = 1, name: str = "Ana") -> str:
    return f"{number},{name},Ruiz,{email},{accepts},,,,,,,,,,no,0,0,,no,\n"


def imported(desk: Desk, folder: Path, *rows: str) -> Outcome:
    file = folder / "customers.csv"
    file.write_text(CUSTOMERS + "".join(rows))
    return desk.do(ImportFile(recognise(file)))


def express(client_id: int, on: date = TODAY, evidence: str = "On the phone: yes to new looks.") -> RecordConsent:
    return RecordConsent(client_id, EMAIL, ADDRESS, ConsentGround.EXPRESS, on, evidence)


def page(desk: Desk, client_id: int) -> ConsentPage:
    found = desk.ask(consent_page, client_id)
    assert found is not None
    return found


def rows(desk: Desk, model: type) -> list:  # type: ignore[type-arg]
    return desk.ask(lambda asking: list(asking.session.exec(select(model).order_by(col(model.id)))))  # type: ignore[attr-defined]


def undone(desk: Desk, command: Command) -> Outcome:
    """Do it, take it back, find everything as it was, and do it again."""
    before = dump(desk)
    outcome = desk.do(command)
    after = dump(desk)
    desk.undo()
    assert dump(desk) == before
    desk.redo()
    assert dump(desk) == after
    return outcome


@pytest.fixture
def ana(desk: Desk) -> int:
    return add_client(desk, "Ana Ruiz", email="Ana@example.com", phone="+12125550101")


@pytest.fixture
def write(ana: int) -> LogMessage:
    return LogMessage(ana, EMAIL, "ANA@example.com", "Looks", "New coats are in")


class Bought:
    """An order of hers, so many days ago."""

    def __init__(self, client_id: int, days: int, status: OrderStatus = OrderStatus.PLACED) -> None:
        self.client_id, self.days, self.status = client_id, days, status

    def apply(self, work: Work) -> Outcome:
        work.session.add(
            Order(
                client_id=self.client_id, source="test", number=f"#{self.days}", status=self.status,
                placed_at=work.now - timedelta(days=self.days), currency="USD", subtotal_cents=1, shipping_cents=0,
                tax_cents=0, discount_cents=0, total_cents=1,
            )
        )  # fmt: skip
        return Outcome("Bought")


class TestMessages:
    def test_a_commercial_message_without_consent_is_refused_and_says_what_would_make_it_lawful(
        self, desk: Desk, write: LogMessage
    ) -> None:
        before = dump(desk)
        with pytest.raises(Refused, match="not consented") as no:
            desk.do(write)
        assert "express consent" in no.value.hint
        assert dump(desk) == before

    @pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind is not MessageKind.COMMERCIAL])
    def test_what_needs_no_consent_goes_through_even_after_an_opt_out(
        self, desk: Desk, ana: int, kind: MessageKind
    ) -> None:
        desk.do(WithdrawConsent(ana, EMAIL, ADDRESS))
        desk.do(LogMessage(ana, EMAIL, ADDRESS, "Your parcel", "It has shipped", kind))
        assert rows(desk, Message)[0].consent.startswith(f"{kind.value}: ")

    @pytest.mark.parametrize(
        ("days", "status", "lawful"),
        [
            (1, OrderStatus.PLACED, True),
            (730, OrderStatus.RECEIVED, True),
            (731, OrderStatus.RECEIVED, False),
            (1, OrderStatus.CANCELLED, False),
        ],
    )
    def test_an_order_is_a_purchase_for_two_years(
        self, desk: Desk, ana: int, write: LogMessage, days: int, status: OrderStatus, lawful: bool
    ) -> None:
        desk.do(Bought(ana, days, status))
        if not lawful:
            with pytest.raises(Refused):
                desk.do(write)
            return
        undone(desk, write)
        assert rows(desk, Message)[0].consent.startswith("commercial: purchase of ")

    def test_what_she_wrote_is_an_inquiry(self, desk: Desk, ana: int, write: LogMessage) -> None:
        class Wrote:
            def apply(self, work: Work) -> Outcome:
                at = work.now - timedelta(days=90)
                work.session.add(Message(client_id=ana, channel=TEXT, direction=Direction.IN, sent_at=at, body="Navy?"))
                return Outcome("Wrote")

        desk.do(Wrote())
        desk.do(write)
        assert rows(desk, Message)[-1].consent == "commercial: inquiry of 23 Aug 2026, until 23 Feb 2027"

    def test_an_opt_out_is_found_however_the_address_is_typed(self, desk: Desk, ana: int) -> None:
        desk.do(Bought(ana, 1))
        desk.do(WithdrawConsent(ana, TEXT, "(212) 555-0101"))
        for typed in ("+12125550101", "212 555 0101", "+1 (212) 555-0101"):
            with pytest.raises(Refused, match="opted out of text"):
                desk.do(LogMessage(ana, TEXT, typed, "", "New coats"))
        with pytest.raises(Refused, match="no address"):
            desk.do(LogMessage(ana, TEXT, " ", "", "New coats"))
        desk.do(LogMessage(ana, EMAIL, ADDRESS, "", "New coats"))


class TestWhoseItIs:
    """Ana bought; her sister Marisol, whose number the desk knows, did not."""

    @pytest.fixture
    def marisol(self, desk: Desk, ana: int) -> LogMessage:
        desk.do(Bought(ana, 1))
        desk.do(AddContact(ana, ContactForm("Marisol Ruiz", "her sister", phone="+12125550144")))
        return LogMessage(ana, TEXT, "212 555 0144", "", "New coats are in")

    def test_her_purchase_is_no_ground_to_write_to_her_sister(self, desk: Desk, ana: int, marisol: LogMessage) -> None:
        before = dump(desk)
        with pytest.raises(Refused, match="the purchase of 20 Nov 2026 was Ana Ruiz’s, not hers"):
            desk.do(marisol)
        assert dump(desk) == before
        desk.do(LogMessage(ana, TEXT, "(212) 555-0101", "", "New coats are in"))
        told = {line.address: line.answer.lawful for line in page(desk, ana).addresses}
        assert told == {"Ana@example.com": True, "+12125550101": True, "+12125550144": False}

    def test_what_her_sister_wrote_herself_is_one(self, desk: Desk, ana: int, marisol: LogMessage) -> None:
        at = desk.now() - timedelta(days=3)
        desk.do(KeepMessage(ana, Channel.CALL, Direction.IN, at, body="Coats?", address="(212) 555-0144"))
        undone(desk, marisol)
        assert rows(desk, Message)[-1].consent == "commercial: inquiry of 18 Nov 2026, until 18 May 2027"

    def test_whoever_works_for_a_store_is_written_to_about_what_it_bought(self, desk: Desk) -> None:
        store = add_client(desk, "Harbor & Hem", email="shop@example.com", company="Harbor & Hem")
        desk.do(Bought(store, 1))
        desk.do(AddContact(store, ContactForm("Paloma Reyes", "buyer", "paloma@example.com")))
        desk.do(LogMessage(store, EMAIL, "paloma@example.com", "Coats", "New coats are in"))

    def test_another_clients_address_is_not_hers(self, desk: Desk, ana: int) -> None:
        desk.do(Bought(ana, 1))
        add_client(desk, "Bea Okafor", email="bea@example.com")
        with pytest.raises(Refused, match="was Ana Ruiz’s, not hers"):
            desk.do(LogMessage(ana, EMAIL, "bea@example.com", "", "New coats"))


class TestRecording:
    def test_express_consent_makes_it_lawful_and_says_so(self, desk: Desk, ana: int, write: LogMessage) -> None:
        undone(desk, express(ana))
        desk.do(write)
        [address] = [line for line in page(desk, ana).addresses if line.channel is EMAIL]
        assert address.state is ConsentState.SUBSCRIBED
        assert address.answer.reason == "May be written to: express consent of 21 Nov 2026, until she withdraws it"
        assert consent_phrase(desk.ask(primary_answers, ana)) == "email express, text no consent"

    @pytest.mark.parametrize(
        ("command", "field"),
        [
            (lambda ana: express(ana, evidence=" "), "evidence"),
            (lambda ana: express(ana, TODAY + timedelta(days=1)), "happened_on"),
            (
                lambda ana: RecordConsent(ana, EMAIL, "bea@example.com", ConsentGround.EXPRESS, TODAY, "In the shop"),
                "address",
            ),
            (lambda ana: RecordConsent(ana, EMAIL, ADDRESS, ConsentGround.EXPRESS, TODAY, "in June"), "evidence"),
            (lambda ana: RecordConsent(ana, EMAIL, ADDRESS, ConsentGround.INQUIRY, TODAY, "x", TODAY), "ends_on"),
            (
                lambda ana: RecordConsent(
                    ana, EMAIL, ADDRESS, ConsentGround.CONTRACT, TODAY, "x", TODAY - timedelta(days=1)
                ),
                "ends_on",
            ),
            (
                lambda ana: RecordConsent(ana, Channel.CALL, ADDRESS, ConsentGround.EXPRESS, TODAY, "In the shop"),
                "channel",
            ),
        ],
    )
    def test_what_proves_nothing_is_refused(self, desk: Desk, ana: int, command, field: str) -> None:  # type: ignore[no-untyped-def]
        before = dump(desk)
        with pytest.raises(Refused) as no:
            desk.do(command(ana))
        assert no.value.field == field
        assert dump(desk) == before

    def test_only_her_own_yes_after_the_opt_out_brings_an_address_back(self, desk: Desk, ana: int) -> None:
        desk.do(WithdrawConsent(ana, EMAIL, ADDRESS))
        with pytest.raises(Refused, match="a purchase does not bring it back"):
            desk.do(RecordConsent(ana, EMAIL, ADDRESS, ConsentGround.PURCHASE, TODAY, "In the shop"))
        with pytest.raises(Refused, match="opted out on 21 Nov 2026"):
            desk.do(express(ana, TODAY - timedelta(days=1)))
        undone(desk, express(ana))
        contact = rows(desk, Contact)[0]
        assert (contact.email_consent, contact.email_status) == (ConsentState.SUBSCRIBED, EmailStatus.ACTIVE)
        assert dump(desk)["opt_out"] == []


class TestWithdrawing:
    def test_all_contacts_with_the_address_are_suppressed_at_once(self, desk: Desk, ana: int) -> None:
        bea = add_client(desk, "Bea Okafor", phone="+12125550102")

        class Shares:
            def apply(self, work: Work) -> Outcome:
                work.session.add(Contact(client_id=bea, email=ADDRESS, email_key=ADDRESS, email_consent="subscribed"))
                return Outcome("Shares")

        desk.do(Shares())
        outcome = undone(desk, WithdrawConsent(ana, EMAIL, "Ana@Example.com", "Wrote STOP"))
        assert set(outcome.client_ids) == {ana, bea}
        hers = [contact for contact in rows(desk, Contact) if contact.email_key == ADDRESS]
        assert {(c.email_consent, c.email_status) for c in hers} == {
            (ConsentState.UNSUBSCRIBED, EmailStatus.UNSUBSCRIBED)
        }
        assert [entry.evidence for entry in rows(desk, Consent)] == ["Wrote STOP", "Wrote STOP"]
        for client in (ana, bea):
            with pytest.raises(Refused, match="opted out"):
                desk.do(LogMessage(client, EMAIL, ADDRESS, "", "New coats"))

    def test_each_outside_list_is_an_obligation_due_in_ten_business_days(self, desk: Desk, tmp_path: Path) -> None:
        imported(desk, tmp_path, customer(ADDRESS, "yes"))
        desk.do(SetSender("12 Alder Lane, Ottawa", "ON"))
        outcome = undone(desk, WithdrawConsent(1, EMAIL, ADDRESS))
        assert outcome.label == "Ana Ruiz opted out at ana@example.com; 1 list to take it off"
        [task] = rows(desk, Task)
        assert (task.category, task.due_on) == ("unsubscribe", date(2026, 12, 4))
        assert task.description == "Take ana@example.com off Shopify: she opted out on 21 Nov 2026"
        assert [one.description for one in page(desk, 1).obligations] == [task.description]
        desk.do(WithdrawConsent(1, EMAIL, ADDRESS))
        assert len(rows(desk, Task)) == 1

    def test_the_days_count_from_when_she_said_it_and_leave_the_provinces_holidays_out(
        self,
        new_desk,
        tmp_path: Path,  # type: ignore[no-untyped-def]
    ) -> None:
        due = []
        for province in ("", "QC"):
            with new_desk() as desk:
                desk.clock = FrozenClock(datetime(2027, 6, 24, 16, tzinfo=UTC))
                imported(desk, tmp_path, customer(ADDRESS, "yes"))
                desk.do(SetSender("1 rue Exemple, Montréal", province))
                desk.do(WithdrawConsent(1, EMAIL, ADDRESS, happened_on=date(2027, 6, 22)))
                due.append(rows(desk, Task)[0].due_on)
        assert due == [date(2027, 7, 7), date(2027, 7, 8)], "Canada Day; and Saint-Jean-Baptiste in Quebec"

    def test_no_later_import_brings_it_back(self, desk: Desk, tmp_path: Path, ana: int) -> None:
        desk.do(WithdrawConsent(ana, EMAIL, ADDRESS))
        outcome = imported(desk, tmp_path, customer("ANA@example.com", "yes"))
        assert "opted out" in outcome.value.notices[0].text
        assert rows(desk, Contact)[0].email_consent is ConsentState.UNSUBSCRIBED

    def test_an_opt_out_that_one_list_tells_is_owed_to_the_others(self, desk: Desk, tmp_path: Path) -> None:
        imported(desk, tmp_path, customer(ADDRESS, "yes"), customer("bea@example.com", "yes", 2, "Bea"))

        class Listed:
            """As an import from another list would leave it."""

            def apply(self, work: Work) -> Outcome:
                work.session.add(ClientExternalId(client_id=1, source="klaviyo", external_id="K1"))
                return Outcome("Listed")

        desk.do(Listed())
        before = dump(desk)
        imported(desk, tmp_path, customer(ADDRESS, "no"), customer("bea@example.com", "no", 2, "Bea"))
        [task] = rows(desk, Task)
        assert task.description == "Take ana@example.com off Klaviyo: she opted out on 21 Nov 2026"
        assert task.due_on == date(2026, 12, 4)
        desk.undo()
        assert dump(desk) == before

    def test_the_email_status_says_the_same(self, desk: Desk, ana: int) -> None:
        contact = rows(desk, Contact)[0].id
        undone(desk, SetEmailStatus(contact, EmailStatus.BOUNCED))
        undone(desk, SetEmailStatus(contact, EmailStatus.ACTIVE))
        undone(desk, SetEmailStatus(contact, EmailStatus.UNSUBSCRIBED))
        assert len(dump(desk)["opt_out"]) == 1
        with pytest.raises(Refused, match="has opted out"):
            desk.do(SetEmailStatus(contact, EmailStatus.ACTIVE))

    def test_a_deleted_client_leaves_her_opt_out_and_the_ledger(self, desk: Desk, ana: int) -> None:
        desk.do(WithdrawConsent(ana, EMAIL, ADDRESS))
        desk.do(DeleteClient(ana))
        again = add_client(desk, "Ana Ruiz", email=ADDRESS)
        with pytest.raises(Refused, match="opted out"):
            desk.do(LogMessage(again, EMAIL, ADDRESS, "", "New coats"))
        assert len(page(desk, again).ledger) == 1


class TestLedger:
    @pytest.fixture
    def chain(self, desk: Desk, ana: int) -> Iterator[Desk]:
        """Three entries of one address, and one of another."""
        desk.do(express(ana))
        desk.do(WithdrawConsent(ana, EMAIL, ADDRESS))
        desk.do(express(ana))
        desk.do(RecordConsent(ana, TEXT, "+12125550101", ConsentGround.INQUIRY, TODAY, "Asked for navy"))
        yield desk

    def test_each_entry_names_the_one_before(self, chain: Desk) -> None:
        entries = rows(chain, Consent)
        assert [entry.previous_hash for entry in entries] == ["", entries[0].hash, entries[1].hash, ""]
        assert chain.do(CheckDesk()).value.problems == ()

    def test_imports_chain_too(self, desk: Desk, tmp_path: Path) -> None:
        imported(desk, tmp_path, customer(ADDRESS, "yes"))
        desk.do(WithdrawConsent(1, EMAIL, ADDRESS))
        desk.do(express(1))
        imported(desk, tmp_path, customer(ADDRESS, "yes"))
        imported(desk, tmp_path, customer(ADDRESS, "no"), customer("bea@example.com", "yes", 2, "Bea"))
        assert len(rows(desk, Consent)) == 6
        assert desk.do(CheckDesk()).value.problems == ()

    def test_the_newest_entry_can_be_taken_back_and_no_other(self, chain: Desk) -> None:
        history = chain.ask(lambda asking: [
            row.id for row in asking.session.connection().exec_driver_sql(
                "SELECT id FROM journal_command WHERE name = 'RecordConsent' ORDER BY id")])  # fmt: skip
        before = dump(chain)
        with pytest.raises(NotUndoable, match="later entry for the same address"):
            chain.undo(history[0])
        assert dump(chain) == before
        chain.undo()
        chain.undo()
        assert len(rows(chain, Consent)) == 2

    @pytest.mark.parametrize(
        "statement",
        [
            update(Consent).where(col(Consent.id) == 1).values(evidence="She never minds"),
            delete(Consent).where(col(Consent.id) == 3),
            delete(Consent),
        ],
    )
    def test_no_command_changes_or_deletes_what_is_written(self, chain: Desk, statement: object) -> None:
        class Forge:
            def apply(self, work: Work) -> Outcome:
                work.session.exec(statement)  # type: ignore[call-overload]
                return Outcome("Forged")

        with pytest.raises(Exception, match="append-only"):
            chain.do(Forge())

    @pytest.mark.parametrize(
        ("forgery", "said"),
        [
            ("UPDATE consent SET evidence = 'She never minds' WHERE id = 1", "does not say what was written"),
            ("UPDATE consent SET happened_on = '2020-01-01' WHERE id = 3", "does not say what was written"),
            ("UPDATE consent SET recorded_at = 'yesterday' WHERE id = 3", "does not say what was written"),
            ("UPDATE consent SET address = 'bea@example.com' WHERE id = 1", "gone or was changed"),
            ("DELETE FROM consent WHERE id = 2", "gone or was changed"),
            ("DELETE FROM consent WHERE id = 1", "gone or was changed"),
            ("DELETE FROM consent WHERE id = 3", "lost entry 3"),
            ("UPDATE consent SET hash = printf('%064d', 7) WHERE id = 1", "does not say what was written"),
        ],
    )
    @pytest.mark.parametrize("journal", [False, True], ids=["unseen", "seen by the journal"])
    def test_the_check_finds_a_forgery_names_the_address_and_mends_nothing(
        self, chain: Desk, forgery: str, said: str, journal: bool
    ) -> None:
        path = chain.paths.database
        with forger_of(chain, journal=journal) as forger:
            forger.execute(forgery)
        forged = dump(path)["consent"]
        for _ in range(2):
            problems = chain.do(CheckDesk()).value.problems
            assert any(said in problem and ADDRESS in problem for problem in problems), problems
        assert dump(path)["consent"] == forged

    @pytest.mark.parametrize("journal", [False, True], ids=["unseen", "seen by the journal"])
    def test_the_newest_entry_written_over_with_a_hash_of_its_own_is_found(
        self, desk: Desk, ana: int, journal: bool
    ) -> None:
        """Her opt-out would become a yes, and the chain would hold."""
        desk.do(WithdrawConsent(ana, EMAIL, ADDRESS))
        [entry] = rows(desk, Consent)
        hers = "", "email", ADDRESS, "subscribed", entry.source, entry.recorded_at, "express", TODAY
        with forger_of(desk, journal=journal) as forger:
            forger.execute(
                "UPDATE consent SET state = 'subscribed', ground = 'express', happened_on = ?, hash = ?",
                (TODAY.isoformat(), LedgerEntry(*hers).hash()),
            )
        for _ in range(2):
            [problem] = desk.do(CheckDesk()).value.problems
            assert f"The consent ledger of {ADDRESS} (email) is broken at entry 1: it was rewritten" in problem

    def test_what_was_taken_back_by_undo_is_no_loss_however_often(self, chain: Desk) -> None:
        for _ in range(2):
            for _ in range(3):
                chain.undo()
            assert chain.do(CheckDesk()).value.problems == ()
            for _ in range(3):
                chain.redo()
            assert chain.do(CheckDesk()).value.problems == ()
        chain.undo()
        assert chain.do(CheckDesk()).value.problems == ()

    def test_an_opt_out_that_is_gone_from_the_file_is_told_and_put_back(self, desk: Desk, ana: int) -> None:
        """The next list would bring her back, and nothing would say so."""
        desk.do(express(ana))
        desk.do(WithdrawConsent(ana, EMAIL, ADDRESS, "Wrote STOP"))
        before = dump(desk)
        with forger_of(desk) as forger:
            forger.execute("DELETE FROM opt_out")
        report = desk.do(CheckDesk()).value
        assert report.problems == (f"{ADDRESS} (email) opted out by the ledger, but was no longer kept out",)
        assert "1 opt-outs put back" in report.repaired
        kept = dump(desk)
        assert [row[1:] for row in kept["opt_out"]] == [row[1:] for row in before["opt_out"]]
        assert {**kept, "opt_out": []} == {**before, "opt_out": []}
        assert desk.do(CheckDesk()).value.problems == ()
        assert dump(desk) == kept

    def test_one_that_she_lifted_herself_stays_lifted(self, chain: Desk) -> None:
        assert dump(chain)["opt_out"] == []
        assert chain.do(CheckDesk()).value.as_json() == {"ok": True, "problems": [], "repaired": []}

    def test_none_is_put_back_by_a_ledger_that_is_broken(self, chain: Desk) -> None:
        """Without the newest entry, her yes, the ledger ends with the opt-out that she lifted."""
        with forger_of(chain) as forger:
            forger.execute("DELETE FROM consent WHERE id = 3")
        report = chain.do(CheckDesk()).value
        assert [problem.partition(" (")[0] for problem in report.problems] == [
            f"The consent ledger of {ADDRESS}",
            ADDRESS,
        ]
        assert dump(chain)["opt_out"] == []


@contextmanager
def forger_of(desk: Desk, *, journal: bool = False) -> Iterator[sqlite3.Connection]:
    """Another program at the file, the triggers that keep the ledger gone; those of the journal may stand."""
    with closing(sqlite3.connect(desk.paths.database)) as forger:
        for trigger in ("kept_U", "kept_D", *(() if journal else ("U", "D"))):
            forger.execute(f"DROP TRIGGER journal_consent_{trigger}")
        yield forger
        forger.commit()


def test_a_whole_year_of_undo(desk: Desk, ana: int) -> None:
    """Everything together is one step, and every step can be taken back to the first."""
    empty = dump(desk)
    desk.do(Together([express(ana), LogMessage(ana, EMAIL, ADDRESS, "", "New coats")], "Asked her and wrote"))
    desk.do(WithdrawConsent(ana, EMAIL, ADDRESS))
    desk.do(express(ana))
    for _ in range(3):
        desk.undo()
    assert dump(desk) == empty


class TestSender:
    def test_the_mailing_address_is_kept(self, desk: Desk) -> None:
        undone(desk, SetSender("12 Alder Lane\nOttawa ON K1A 0A1", "ca-on"))

        def told(asking: Asking) -> object:
            return tuple(asking.session.connection().exec_driver_sql(
                "SELECT mailing_address, province FROM desk_info").one())  # fmt: skip

        assert desk.ask(told) == ("12 Alder Lane\nOttawa ON K1A 0A1", "CA-ON")

    @pytest.mark.parametrize(("address", "province", "field"), [(" ", "", "mailing_address"), ("x", "ZZ", "province")])
    def test_what_is_none_is_refused(self, desk: Desk, address: str, province: str, field: str) -> None:
        with pytest.raises(Refused) as no:
            desk.do(SetSender(address, province))
        assert no.value.field == field


def test_federal_holidays_and_those_of_a_province() -> None:
    """R25; the federal ones as the Canada Labour Code and the public service have them."""
    federal, quebec = holidays_around(date(2026, 6, 1), ""), holidays_around(date(2026, 6, 1), "QC")
    assert {date(2026, 7, 1), date(2026, 9, 30), date(2026, 12, 25), date(2027, 1, 1)} <= federal
    assert date(2026, 6, 24) not in federal
    assert date(2026, 6, 24) in quebec
    assert federal <= quebec
