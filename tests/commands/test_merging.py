"""R47: two records become one, nothing is lost, and undo takes them apart again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, col, func, select

from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import AddClient, ClientForm, DeleteClient
from stylistdesk.commands.merging import MarkDistinct, MergeClients
from stylistdesk.db import tables as t
from stylistdesk.db.consent_ledger import Chains
from stylistdesk.db.journal import journaled_tables
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import (
    AssignmentType,
    BrandStatus,
    Channel,
    ConsentState,
    Direction,
    EmailStatus,
    FollowUpStatus,
    OrderStatus,
    RateScope,
    SignalKind,
)
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.duplicates import Duplicates, duplicates
from tests.helpers import add_client, dump
from tests.torture import times


@dataclass(frozen=True)
class Put:
    """Rows for a client, straight into the tables: `rows` makes them with her id and a number of their own."""

    client_id: int
    rows: Callable[[Work, int], list[Any]]

    def apply(self, work: Work) -> Outcome:
        for row in self.rows(work, self.client_id):
            work.session.add(row)
            work.session.flush()
        return Outcome("Put rows", (self.client_id,))


@dataclass(frozen=True)
class Life:
    """What a made-up client has of everything: counts that a test draws."""

    email: str
    phone: str
    city: str
    signals: int
    seen: int
    orders: int
    quiz_at: int
    cadence: bool
    snoozed: bool
    dismissed: bool
    brand: bool
    rate_from: int
    tags: str

    def rows(self, work: Work, who: int) -> list[Any]:
        now, key = work.now, f"{who}-{self.email}"
        found: list[Any] = [
            t.Contact(client_id=who, email=self.email, email_key=self.email, phone=self.phone, is_primary=True),
            t.Contact(client_id=who, email=f"second{who}@example.com", email_key=f"second{who}@example.com"),
            t.Location(client_id=who, line1="1 Dean Court", city=self.city, is_primary=True),
            t.Location(client_id=who, line1=f"{who} Elm Row", city=self.city),
            t.Consent(
                **Chains(work.session.connection()).entry(
                    client_id=who, contact_id=who, channel=Channel.EMAIL, address=self.email or f"{who}@example.com",
                    source="test", state=ConsentState.SUBSCRIBED, recorded_at=now,
                )
            ),
            t.Note(client_id=who, body="navy", written_at=now),
            t.Task(client_id=who, description="swatch"),
            t.Message(client_id=who, channel=Channel.TEXT, direction=Direction.IN, sent_at=now, body="hello"),
            t.FollowUp(client_id=who, status=FollowUpStatus.SCHEDULED, due_on=date(2026, 12, 1)),
            t.StyleQuiz(client_id=who, taken_at=now - timedelta(days=self.quiz_at), spending_power=3),
            t.ClientExternalId(client_id=who, source="shop", external_id=key),
            t.Attachment(client_id=who, name="a.txt", sha256="0" * 64, size=1, added_at=now),
            t.Assignment(client_id=who, type=AssignmentType.INITIAL, external_id=key),
            t.Appointment(client_id=who, kind="consultation", starts_at=now),
            t.CsatResponse(client_id=who, external_id=key, responded_at=now, score=5),
            t.Lookbook(client_id=who, title="Fall looks"),
        ]  # fmt: skip
        found += [
            t.Signal(
                client_id=who, kind=SignalKind.HEARTED, occurred_at=now, source="test", external_id=f"{key}-{number}"
            )
            for number in range(self.signals)
        ]
        found += [
            t.Order(
                client_id=who, source="shop", number=f"{key}-{number}", status=OrderStatus.PLACED,
                placed_at=now - timedelta(days=30 * number), currency="USD", subtotal_cents=100, shipping_cents=0,
                tax_cents=0, discount_cents=0, total_cents=100,
            )
            for number in range(self.orders)
        ]  # fmt: skip
        if self.cadence:
            found.append(t.Cadence(client_id=who, every=6, unit="week", anchor_on=date(2026, 1, who)))
        if self.snoozed:
            found.append(t.Snooze(client_id=who, until=now + timedelta(days=who), mark=10**6))
        if self.dismissed:
            found.append(t.Dismissal(client_id=who, rule="send_close_up", mark=10**6, dismissed_at=now))
        if self.brand:
            found.append(t.ClientBrand(client_id=who, brand_id=1, status=BrandStatus.POTENTIAL, number=f"N{who}"))
        if self.rate_from:
            found.append(
                t.CommissionRate(
                    scope=RateScope.CLIENT, client_id=who, rate=500, starts_on=date(2026, self.rate_from, 1),
                    ends_on=date(2026, self.rate_from + 2, 1), set_at=now,
                )
            )  # fmt: skip
        return found


@dataclass(frozen=True)
class Look:
    """She has looked at the first so many of the signals of a client."""

    client_id: int
    seen: int

    def apply(self, work: Work) -> Outcome:
        client = work.session.get(t.Client, self.client_id)
        assert client is not None
        ids = work.session.exec(
            select(t.Signal.id).where(t.Signal.client_id == self.client_id).order_by(col(t.Signal.id))
        ).all()
        if self.seen and ids:
            client.watermark = ids[min(self.seen, len(ids)) - 1] or 0
        return Outcome("Looked")


@dataclass(frozen=True)
class AddBrand:
    def apply(self, work: Work) -> Outcome:
        work.session.add(t.Brand(name="Nordlys", name_key="nordlys"))
        return Outcome("Added a brand")


lives = st.builds(
    Life,
    email=st.sampled_from(["", "ana@example.com", "bea@example.com"]),
    phone=st.sampled_from(["", "+12125550101", "+12125550102"]),
    city=st.sampled_from(["Hoboken", "Brooklyn"]),
    signals=st.integers(0, 4),
    seen=st.integers(0, 5),
    orders=st.integers(0, 4),
    quiz_at=st.integers(1, 2),
    cadence=st.booleans(),
    snoozed=st.booleans(),
    dismissed=st.booleans(),
    brand=st.booleans(),
    rate_from=st.integers(0, 3),
    tags=st.sampled_from(["", "fall", "Fall, gala"]),
)
sides = st.lists(
    st.tuples(
        st.sampled_from(["name", "company", "tags", "contact", "location", "cadence", "rates"]),
        st.sampled_from(["keep", "gone"]),
    ),
    max_size=5,
).map(tuple)


def fill(desk: Desk, one: Life, other: Life) -> None:
    desk.do(AddBrand())
    for who, life in ((1, one), (2, other)):
        desk.do(AddClient(ClientForm(f"Ana Ruiz {who}" if who == 2 else "Ana Ruiz", description=f"words {who}")))
        desk.do(Put(who, life.rows))
    # Signals of the two interleave, as imports bring them.
    desk.do(Put(1, lambda work, who: [_signal(work, who, "late")]))
    for who, life in ((1, one), (2, other)):
        desk.do(Look(who, life.seen))


def _signal(work: Work, who: int, key: str) -> t.Signal:
    return t.Signal(
        client_id=who, kind=SignalKind.COMMENTED, occurred_at=work.now, source="test", external_id=f"{who}-{key}"
    )


def counts(asking: Asking) -> dict[str, int]:
    return {
        table.name: asking.session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in journaled_tables()
    }


def unseen(asking: Asking) -> set[str]:
    rows = asking.session.connection().exec_driver_sql(
        "SELECT external_id FROM signal JOIN client ON client.id = client_id WHERE signal.id > watermark"
    )
    return {str(row[0]) for row in rows}


def rows_of(asking: Asking, who: int) -> dict[str, int]:
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        for name in ("client_id", "other_id"):
            if name in table.columns and not table.name.startswith("journal"):
                count = asking.session.execute(
                    select(func.count()).select_from(table).where(table.c[name] == who)
                ).scalar_one()
                if count:
                    found[table.name] = count
    return found


@settings(max_examples=times(8))
@given(one=lives, other=lives, choices=sides)
def test_merged_and_taken_apart(new_desk: Callable[[], Desk], one: Life, other: Life, choices: Any) -> None:
    with new_desk() as desk:
        fill(desk, one, other)
        before, had, waiting = dump(desk), desk.ask(counts), desk.ask(unseen)

        outcome = desk.do(MergeClients(1, 2, choices))

        assert desk.ask(rows_of, 2) == {}
        assert desk.ask(lambda asking: asking.session.get(t.Client, 2)) is None
        now = desk.ask(counts)
        one_each = {"client", "contact", "location", "cadence", "snooze", "dismissal", "client_brand",
                    "commission_rate", "style_quiz"}  # fmt: skip
        assert {name: had[name] for name in had if name not in one_each} == {
            name: now[name] for name in now if name not in one_each
        }
        assert now["client"] == had["client"] - 1
        assert now["cadence"] == min(1, had["cadence"])
        assert now["snooze"] == had["snooze"] // 2
        # Nothing that had not been seen is lost, and what shows again is told.
        shown = desk.ask(unseen)
        assert waiting <= shown
        assert len(shown - waiting) == outcome.value.shown_again
        client = desk.ask(lambda asking: asking.session.get(t.Client, 1))
        assert client is not None and client.order_count == one.orders + other.orders
        primaries = [row for row in dump(desk)["contact"] if row[6]]
        assert len(primaries) == 1
        addresses = [row[4] for row in dump(desk)["contact"] if row[4]]
        assert len(addresses) == len(set(addresses))
        report = desk.preview(CheckDesk()).value
        assert report.problems == () and report.repaired == ()

        desk.undo()
        assert dump(desk) == before
        desk.redo()
        assert desk.ask(rows_of, 2) == {}


@pytest.fixture
def two(desk: Desk) -> tuple[int, int]:
    return (
        add_client(desk, "Ana Ruiz", email="ana@example.com", phone="+12125550101"),
        add_client(desk, "Ana María Ruiz", phone="+12125550101", company="Copper Lane"),
    )


def test_the_longer_name_and_the_known_company_stay_by_themselves(desk: Desk, two: tuple[int, int]) -> None:
    keep, gone = two
    outcome = desk.do(MergeClients(keep, gone))
    assert outcome.label == "Merged Ana María Ruiz into Ana Ruiz, as Ana María Ruiz"
    client = desk.ask(lambda asking: asking.session.get(t.Client, keep))
    assert client is not None
    assert (client.name, client.company, client.first_name) == ("Ana María Ruiz", "Copper Lane", "Ana")


def test_another_name_that_is_longer_is_not_taken_for_hers(desk: Desk) -> None:
    """Of two who are marked, the one into whom the other goes keeps her name."""
    keep, gone = add_client(desk, "Ana Ruiz"), add_client(desk, "Beatrice Okafor")
    assert desk.do(MergeClients(keep, gone)).label == "Merged Beatrice Okafor into Ana Ruiz"
    client = desk.ask(lambda asking: asking.session.get(t.Client, keep))
    assert client is not None and client.name == "Ana Ruiz"


def test_what_she_chose_stays(desk: Desk, two: tuple[int, int]) -> None:
    keep, gone = two
    desk.do(MergeClients(keep, gone, (("name", "keep"), ("company", "keep"))))
    client = desk.ask(lambda asking: asking.session.get(t.Client, keep))
    assert client is not None and (client.name, client.company) == ("Ana Ruiz", "")


def test_one_address_once_and_the_stricter_word_of_it(desk: Desk, two: tuple[int, int]) -> None:
    keep, gone = two

    def same(work: Work, who: int) -> list[Any]:
        return [
            t.Contact(
                client_id=who, email="ana@example.com", email_key="ana@example.com", phone="+12125550109",
                email_status=EmailStatus.BOUNCED, email_consent=ConsentState.UNSUBSCRIBED,
            )
        ]  # fmt: skip

    desk.do(Put(gone, same))
    desk.do(MergeClients(keep, gone))
    contacts = desk.ask(lambda asking: list(asking.session.exec(select(t.Contact).order_by(col(t.Contact.id)))))
    assert [(c.email, c.phone, c.is_primary) for c in contacts] == [
        ("ana@example.com", "+12125550101", True),
        ("", "+12125550109", False),
    ]
    assert contacts[0].email_consent is ConsentState.UNSUBSCRIBED
    assert contacts[0].email_status is EmailStatus.BOUNCED


def test_snoozed_is_she_only_where_both_were(desk: Desk, two: tuple[int, int]) -> None:
    keep, gone = two
    desk.do(Put(gone, lambda work, who: [t.Snooze(client_id=who, until=work.now + timedelta(days=9), mark=0)]))
    desk.do(MergeClients(keep, gone))
    assert dump(desk)["snooze"] == []


@pytest.mark.parametrize(("keep", "gone"), [(1, 1), (1, 9), (9, 1)])
def test_refused_where_there_are_no_two(desk: Desk, two: tuple[int, int], keep: int, gone: int) -> None:
    before = dump(desk)
    with pytest.raises(Refused):
        desk.do(MergeClients(keep, gone))
    assert dump(desk) == before


def found(desk: Desk) -> list[tuple[int, int]]:
    answer: Duplicates = desk.ask(duplicates)
    return [(pair.one, pair.other) for pair in answer.pairs]


def test_found_by_email_phone_and_a_name_alike_in_one_city(desk: Desk) -> None:
    def at(city: str, email: str = "", phone: str = "") -> Callable[[Work, int], list[Any]]:
        return lambda work, who: [
            t.Location(client_id=who, city=city, is_primary=True),
            t.Contact(client_id=who, email=email, email_key=email, phone=phone, is_primary=True),
        ]

    rows: list[tuple[str, str, str, str]] = [
        ("Ana Ruiz", "Hoboken", "ana@example.com", ""),
        ("Ruiz Ana", "Hoboken", "", ""),
        ("Ana Ruis", "Boston", "", ""),
        ("Bea Okafor", "Brooklyn", "ana@example.com", ""),
        ("Cleo Marsh", "", "", "+12125550101"),
        ("Dana Whitfield", "", "", "+12125550101"),
    ]
    for name, city, email, phone in rows:
        desk.do(Put(add_client(desk, name), at(city, email, phone)))
    assert set(found(desk)) == {(1, 2), (1, 4), (5, 6)}
    whys = {(pair.one, pair.other): pair.why for pair in desk.ask(duplicates).pairs}
    assert whys[1, 2] == ("names alike, both in Hoboken",)
    assert whys[5, 6] == ("same phone (212) 555-0101",)


def test_two_who_are_two_are_not_offered_again(desk: Desk) -> None:
    for _ in range(3):
        add_client(desk, "Ana Ruiz")
    assert found(desk) == [(1, 2), (1, 3), (2, 3)]
    before = dump(desk)
    desk.do(MarkDistinct(2, 1))
    desk.do(MarkDistinct(1, 2))
    assert found(desk) == [(1, 3), (2, 3)]
    # Whoever she was told apart from stays apart from what she becomes.
    desk.do(MergeClients(3, 2))
    assert found(desk) == []
    desk.undo()
    desk.undo()
    assert dump(desk) == before


def test_a_deleted_client_leaves_no_memory_of_two(desk: Desk) -> None:
    for _ in range(2):
        add_client(desk, "Ana Ruiz")
    commands: list[Command] = [MarkDistinct(1, 2), DeleteClient(2)]
    for command in commands:
        desk.do(command)
    assert dump(desk)["distinct_clients"] == []


def test_a_birthday_and_a_web_address_outlive_a_merge(desk: Desk) -> None:
    """What only the record that goes knew would be gone with it."""
    keep, gone = add_client(desk, "Ana Ruiz"), add_client(desk, "Ana Ruiz Lopez")
    with desk._database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE client SET birthday = '--03-14', website = 'https://example.com' WHERE id = ?", (gone,)
        )
    desk.do(MergeClients(keep, gone))
    (row,) = dump(desk)["client"]
    assert {"--03-14", "https://example.com"} <= set(row)
