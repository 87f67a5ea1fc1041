"""Whom a row means: email, then phone, then external id, then exact name."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.db.tables import Client, Contact, Signal
from stylistdesk.desk import Desk
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from tests.helpers import add_client

ACTIVITY = "external_id,occurred_at,client_email,client_phone,client_name,kind,item\n"
CUSTOMERS = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Phone\n"


def _row(email: str = "", phone: str = "", name: str = "", number: int = 1) -> str:
    return f"e{number},2026-11-20T10:00:00-05:00,{email},{phone},{name},hearted,Coat\n"


@pytest.mark.parametrize(
    ("email", "phone", "name", "client"),
    [
        ("ANA@Example.com", "", "", "Ana Ruiz"),
        ("ana@example.com", "(212) 555-0102", "Ben Ode", "Ana Ruiz"),
        ("", "(212) 555-0102", "", "Ben Ode"),
        ("ben.new@example.com", "212-555-0102", "Ben Ode", "Ben Ode"),
        ("", "+1 212 555 0102", "Ana Ruiz", "Ben Ode"),
        ("", "", "ana  RUIZ", "Ana Ruiz"),
        ("", "", "Ana Ruis", "Ana Ruis"),
        ("new@example.com", "", "", "new@example.com"),
        ("other.ana@example.com", "", "Ana Ruiz", "Ana Ruiz (new)"),
    ],
)
def test_the_strongest_key_decides(bench: Any, email: str, phone: str, name: str, client: str) -> None:
    """A heart would stand under the wrong client."""
    ana = add_client(bench.desk, "Ana Ruiz", email="ana@example.com", phone="+12125550101")
    ben = add_client(bench.desk, "Ben Ode", email="ben@example.com", phone="+12125550102")
    bench.take(ACTIVITY + _row(email, phone, name))
    (signal,) = bench.all(Signal)
    names = {ana: "Ana Ruiz", ben: "Ben Ode"}
    found = names.get(signal.client_id) or next(c.name for c in bench.all(Client) if c.id == signal.client_id)
    new = signal.client_id not in names and found in names.values()
    assert (f"{found} (new)" if new else found) == client


def test_two_clients_on_one_phone_are_told_apart_by_name_or_refused(bench: Any) -> None:
    """A mother's cart would be put under her daughter's name."""
    for name in ("Ana Ruiz", "Bea Ruiz"):
        add_client(bench.desk, name, phone="+12125550101")
    report = bench.take(
        ACTIVITY
        + _row(phone="2125550101", name="Bea Ruiz", number=1)
        + _row(phone="2125550101", name="B. Ruiz", number=2)
    )
    assert [signal.client_id for signal in bench.all(Signal)] == [2]
    assert [(row.line, "2 clients share the phone" in row.reason) for row in report.refused] == [(3, True)]


def test_two_clients_of_one_name_are_refused_with_what_to_do(bench: Any) -> None:
    """The first of two Anas would get what both of them do."""
    for number in (1, 2):
        add_client(bench.desk, "Ana Ruiz", email=f"ana{number}@example.com")
    report = bench.take(ACTIVITY + _row(name="Ana Ruiz"))
    assert report.refused[0].reason == "2 clients are called “Ana Ruiz”; give the row an email or a phone"


def test_two_people_of_one_name_in_a_list_stay_two(bench: Any) -> None:
    """Two Maria Garcias would become one, and one would get the other's messages."""
    rows = "1,Maria,Garcia,m1@example.com,no,\n2,Maria,Garcia,m2@example.com,no,\n3,Maria,Garcia,,no,2125550103\n"
    assert bench.take(CUSTOMERS + rows).created["client"] == 3


def test_a_list_knows_its_own_ids_again(bench: Any) -> None:
    """A client who changed her email in the shop would be there twice."""
    bench.take(CUSTOMERS + "1,Ana,Ruiz,ana@example.com,no,\n")
    report = bench.take(CUSTOMERS + "1,Ana,Ruiz,ana.new@example.com,no,\n")
    assert report.created == {"contact": 1}
    assert [(c.email, c.is_primary) for c in bench.all(Contact)] == [
        ("ana@example.com", True),
        ("ana.new@example.com", False),
    ]


def test_email_wins_over_an_id_and_it_is_said(bench: Any) -> None:
    """The file and the desk would disagree and nobody would know."""
    bench.take(CUSTOMERS + "1,Ana,Ruiz,ana@example.com,no,\n2,Ben,Ode,ben@example.com,no,\n")
    report = bench.take(CUSTOMERS + "2,Ana,Ruiz,ana@example.com,no,\n")
    assert [notice.text for notice in report.notices] == ["id 2 is that of another client; the email or phone decided"]
    assert "client" not in report.created


def test_a_signal_stays_with_the_client_it_was_given_to(bench: Any) -> None:
    """After two clients were made one, the old file would bring the second back."""
    bench.take(ACTIVITY + _row("ana@example.com"))
    with bench.desk._database.write() as session:  # as merging and editing would
        session.connection().exec_driver_sql("UPDATE contact SET email = 'x@example.com', email_key = 'x@example.com'")
        session.connection().exec_driver_sql("UPDATE client SET name = 'Ana', name_key = 'ana'")
    report = bench.take(ACTIVITY + _row("ana@example.com"))
    assert (report.created, report.unchanged) == ({}, {"signal": 1})


_REFS = st.tuples(
    st.sampled_from(["", "a@example.com", "b@example.com"]),
    st.sampled_from(["", "2125550101", "2125550102"]),
    st.sampled_from(["", "Ana", "Bea"]),
).filter(any)


@given(data=st.data())
def test_the_order_of_the_rows_does_not_matter(data: st.DataObject, order_desk: Desk, tmp_path_factory: Any) -> None:
    """The same file sorted differently would make other clients."""
    refs = data.draw(st.lists(_REFS, max_size=6))
    rows = [_row(*ref, number=number) for number, ref in enumerate(refs)]
    folder = tmp_path_factory.getbasetemp()

    def families(lines: list[str]) -> set[frozenset[str]]:
        path = folder / "order.csv"
        path.write_text(ACTIVITY + "".join(lines))
        found: dict[int, set[str]] = {}

        class Look:
            def apply(self, work: Any) -> Any:
                outcome = ImportFile(recognise(path)).apply(work)
                for client_id, external_id in work.session.connection().exec_driver_sql(
                    "SELECT client_id, external_id FROM signal"
                ):
                    found.setdefault(client_id, set()).add(external_id)
                return outcome

        order_desk.preview(Look())
        return {frozenset(group) for group in found.values()}

    assert families(rows) == families(data.draw(st.permutations(rows)))


@pytest.fixture(scope="module")
def order_desk(new_desk: Callable[[], Desk]) -> Any:
    with new_desk() as desk:
        yield desk
