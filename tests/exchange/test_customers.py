"""Shopify's customer list, with all that it does to ids, phones and consent."""

from typing import Any

import pytest

from stylistdesk.db.tables import Client, ClientExternalId, Consent, Contact, Location, OptOut
from stylistdesk.domain.types import ConsentState, EmailStatus
from tests.helpers import add_client

CURRENT = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,"
    "Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,"
    "Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,"
    "Tags\n"
)
SHORT = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Accepts SMS Marketing,Phone,Tags,Note\n"
ANA = "'7001,Ana,Ruiz,ana@example.com,yes,no,'+12125550101,\"vip, linen\",Likes linen\n"


def test_a_row_of_todays_layout_becomes_a_client_with_contact_and_location(bench: Any) -> None:
    """Her id, phone or postcode would carry the apostrophe that Shopify puts before it."""
    row = (
        "'7001,Zoë,Ruiz,Zoe@Example.com,yes,Ruiz Ltd,1 Main St,Apt 2,Boston,MA,US,'02134,,'+12125550101,no,10.00,1,"
        '"a\nb",no,"vip, linen"\n'
    )
    report = bench.take("\ufeff" + CURRENT + row)
    assert report.as_json() == {
        "file": "file.csv",
        "format": "shopify_customers",
        "created": {"client": 1, "contact": 1, "location": 1},
        "updated": {},
        "unchanged": {},
        "refused": [],
        "unused_columns": ["Total Spent", "Total Orders", "Tax Exempt"],
    }
    (client,), (contact,), (place,) = bench.all(Client), bench.all(Contact), bench.all(Location)
    assert (client.name, client.company, client.tags, client.description) == (
        "Zoë Ruiz",
        "Ruiz Ltd",
        "vip, linen",
        "a\nb",
    )
    assert (contact.email, contact.email_key, contact.phone) == ("Zoe@example.com", "zoe@example.com", "+12125550101")
    assert (contact.is_primary, contact.email_consent, contact.text_consent) == (True, "subscribed", "never_asked")
    assert (place.line1, place.postcode, place.country, place.is_primary) == ("1 Main St", "02134", "US", True)
    assert bench.all(ClientExternalId)[0].external_id == "7001"


def test_the_older_layout_is_read_too(bench: Any) -> None:
    """A list exported years ago could not be used."""
    header = (
        "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,"
        "Country,"
        "Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt\n"
    )
    bench.take(header + "Ana,Ruiz,,no,,2 Elm St,,Toronto,Ontario,ON,Canada,CA,'M5V 1A1,(212) 555-0102,,0,0,,,no\n")
    (place,), (contact,) = bench.all(Location), bench.all(Contact)
    assert (place.city, place.region, place.postcode, place.country) == ("Toronto", "ON", "M5V 1A1", "CA")
    assert (contact.email, contact.phone) == ("", "+12125550102")


@pytest.mark.parametrize("times", [1, 2, 3])
def test_the_same_list_again_writes_nothing(bench: Any, times: int) -> None:
    """Every import would leave a step in the history, and "updated" would mean nothing."""
    rows = SHORT + ANA + "7002,Ben,Ode,ben@example.com,no,no,,,\n7003,Ana,Ruiz,ana@example.com,yes,,,other,\n"
    bench.take(rows)
    version = bench.desk.version
    for _ in range(times):
        outcome = bench.outcome(rows)
        assert (outcome.label, outcome.value.created, outcome.value.updated) == ("Nothing new in file.csv", {}, {})
        assert outcome.value.unchanged == {"client": 2, "contact": 2}
    assert bench.desk.version == version


def test_a_newer_list_fills_in_and_changes_but_blanks_nothing(bench: Any) -> None:
    """What the rep wrote down herself would be gone after the next export."""
    add_client(bench.desk, "Ana Ruiz", email="ana@example.com", description="Allergic to wool", company="Own Shop")
    report = bench.take(SHORT + ",Ana,Ruiz-Lopez,ANA@example.com,,,2125550101,,Likes linen\n")
    (client,), (contact,) = bench.all(Client), bench.all(Contact)
    assert (client.name, client.company) == ("Ana Ruiz-Lopez", "Own Shop")
    assert client.description == "Allergic to wool\nLikes linen"
    assert (contact.email, contact.phone) == ("ana@example.com", "+12125550101")
    assert report.updated == {"client": 1, "contact": 1}


def test_an_address_that_is_none_is_left_out_and_told(bench: Any) -> None:
    """The client would be lost for a typing error, or kept with an address that cannot be written to."""
    report = bench.take(SHORT + "1,Ana,Ruiz,ana@,no,no,12,,\n2,,,not-one,no,no,,,\n3,,,,no,no,,,\n")
    assert [(notice.line, notice.text.split(" is ")[0]) for notice in report.notices] == [
        (2, "“ana@”"),
        (2, "“12”"),
        (3, "“not-one”"),
    ]
    assert [client.name for client in bench.all(Client)] == ["Ana Ruiz"]
    assert [row.line for row in report.refused] == [3, 4]
    assert bench.all(Contact) == []


def test_a_column_that_stands_twice_loses_nothing(bench: Any) -> None:
    """The phone in the second Phone column would be dropped without a word."""
    header = "First Name,Last Name,Email,Accepts Email Marketing,Phone,Phone\n"
    report = bench.take(
        header + "Ana,Ruiz,ana@example.com,no,,2125550101\nBen,Ode,ben@example.com,no,2125550102,2125550103\n"
    )
    assert [contact.phone for contact in bench.all(Contact)] == ["+12125550101", "+12125550102"]
    assert [(notice.line, "2125550103" in notice.text) for notice in report.notices] == [(3, True)]


def test_ragged_rows_are_refused_and_the_good_ones_go_in(bench: Any) -> None:
    """One broken row would cost the whole list, or shift a phone into the name."""
    report = bench.take(SHORT + "1,2,3\n" + ANA + 'x,"y\n')
    assert [row.line for row in report.refused] == [2, 4]
    assert [client.name for client in bench.all(Client)] == ["Ana Ruiz"]


def test_hostile_text_comes_in_clean(bench: Any) -> None:
    """A name from a web form would turn the screen red or run an action."""
    bench.take(SHORT + "1,\x1b[31mAna\x1b[0m\u202e,R\x00uiz [/],ana@example.com,no,no,,\"'=1+1\",'=HYPERLINK(1)\n")
    (client,) = bench.all(Client)
    assert (client.name, client.tags, client.description) == ("Ana Ruiz [/]", "=1+1", "=HYPERLINK(1)")


def test_an_opt_out_in_a_newer_list_is_kept_for_good(bench: Any) -> None:
    """She would go on writing to someone who asked her to stop."""
    bench.take(SHORT + ANA)
    bench.take(SHORT + ANA.replace(",yes,", ",no,"))
    (contact,), (out,) = bench.all(Contact), bench.all(OptOut)
    assert (contact.email_consent, contact.email_status) == (ConsentState.UNSUBSCRIBED, EmailStatus.UNSUBSCRIBED)
    assert (out.channel, out.address) == ("email", "ana@example.com")
    assert [row.state for row in bench.all(Consent)] == ["subscribed", "unsubscribed"]
    again = bench.take(SHORT + ANA)
    assert "has opted out" in again.notices[0].text
    state = bench.all(Contact)[0].email_consent
    assert (again.created, again.updated, state) == ({"task": 1}, {}, "unsubscribed"), "the shop still has her"


def test_no_is_not_an_opt_out_for_someone_who_was_never_asked(bench: Any) -> None:
    """Half of her list would be barred for ever although nobody asked them."""
    bench.take(SHORT + ANA.replace(",yes,", ",no,"))
    assert (bench.all(Contact)[0].email_consent, bench.all(OptOut)) == ("never_asked", [])
    bench.take(SHORT + ANA)
    assert bench.all(Contact)[0].email_consent == "subscribed"


def test_an_opt_out_holds_for_everyone_with_that_address(bench: Any) -> None:
    """The same phone under her sister's name would still be texted."""
    add_client(bench.desk, "Bea Ruiz", email="bea@example.com", phone="+12125550101")
    header = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Accepts SMS Marketing,Phone\n"
    bench.take(header + "1,Ana,Ruiz,ana@example.com,no,yes,2125550101\n")
    bench.take(header + "1,Ana,Ruiz,ana@example.com,no,no,2125550101\n")
    assert {contact.text_consent for contact in bench.all(Contact)} == {ConsentState.UNSUBSCRIBED}
    assert [client.name for client in bench.all(Client)] == ["Bea Ruiz", "Ana Ruiz"]


def test_a_preview_counts_what_the_import_does_and_does_nothing(bench: Any) -> None:
    """The preview would promise something else than what happens."""
    seen = bench.look(SHORT + ANA)
    assert bench.all(Client) == []
    done = bench.take(SHORT + ANA)
    assert (seen.created, seen.new_clients) == (done.created, ("Ana Ruiz",))
    assert seen.samples[0][1:4] == ("Ana", "Ruiz", "ana@example.com")
    assert (seen.encoding, seen.delimiter) == ("utf-8", ",")
