"""A plain list of clients: the least that a file can be."""

from typing import Any

from stylistdesk.db.tables import Client, Consent, Contact
from stylistdesk.domain.types import ConsentState
from tests.helpers import add_client


def test_a_plain_list_is_taken_and_says_nothing_of_consent(bench: Any) -> None:
    """She would have to dress her own list up as a shop's."""
    rows = (
        "First Name,LAST NAME,E-mail,Mobile,Tel,City\nAna,Ruiz,ana@example.com,2125550101,2125550102,Boston\n,,,,,x\n"
    )
    report = bench.take(rows, "mine.csv")
    assert (report.format, report.unused_columns) == ("plain_list", ("City",))
    assert [(row.line, row.reason) for row in report.refused] == [
        (3, "the row names no client: no email, phone or name")
    ]
    (client,) = bench.all(Client)
    assert (client.name, client.first_name, client.last_name) == ("Ana Ruiz", "Ana", "Ruiz")
    assert [(contact.email, contact.phone) for contact in bench.all(Contact)] == [
        ("ana@example.com", "+12125550101"),
        ("", "+12125550102"),
    ]
    assert bench.all(Contact)[0].email_consent is ConsentState.NEVER_ASKED
    assert bench.all(Consent) == []
    assert bench.outcome(rows, "mine.csv").label.startswith("Nothing new")


def test_two_names_with_one_address_are_told(bench: Any) -> None:
    """The second of a couple would be dropped without a word."""
    report = bench.take("name,email\nNew One,dup@example.com\nNew Two,DUP@example.com\nnew one,dup@example.com\n")
    assert [client.name for client in bench.all(Client)] == ["New One"]
    (said,) = report.notices
    assert said.line == 3 and "“New Two” has the email, phone or id of “New One”" in said.text


def test_a_plain_list_only_fills_in(bench: Any) -> None:
    """An old list would rename her and take her number away."""
    add_client(bench.desk, "Ana Ruiz", email="ana@example.com", phone="+12125550101")
    bench.take("name,email,phone\nAna gym,ana@example.com,2125550109\n")
    assert [client.name for client in bench.all(Client)] == ["Ana Ruiz"]
    assert [contact.phone for contact in bench.all(Contact)] == ["+12125550101", "+12125550109"]
