"""Google Contacts in both layouts, and Square's customers."""

from typing import Any

import pytest

from stylistdesk.db.tables import Client, ClientExternalId, Contact, Location, OptOut
from stylistdesk.exchange.recognise import recognise
from tests.helpers import add_client

NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,"
    "Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,"
    "Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Event 1 - Label,"
    "Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value"
)
OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
    "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,"
    "Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,"
    "Organization 1 - Yomi Name,Organization 1 - Title,Organization 1 - Department,Organization 1 - Symbol,"
    "Organization 1 - Location"
)
SQUARE = (
    "Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,Street Address 1,"
    "Street Address 2,City,State,Postal Code,Birthday,Memo,Square Customer ID,Creation Source,First Visit,Last Visit,"
    "Transaction Count,Lifetime Spend,Email Subscription Status,Instant Profile,Blocked from online booking"
)


def table(header: str, *rows: dict[str, str]) -> str:
    columns = header.split(",")
    assert all(set(row) <= set(columns) for row in rows)
    quoted = ([f'"{row.get(column, "")}"' for column in columns] for row in rows)
    return "\n".join([header, *(",".join(cells) for cells in quoted)]) + "\n"


def test_todays_layout_is_read(bench: Any) -> None:
    """Labels, titles and addresses of her Google contacts would be lost."""
    report = bench.take(
        table(
            NEW,
            {
                "First Name": "Ana",
                "Middle Name": "Maria",
                "Last Name": "Ruiz",
                "Organization Name": "Atelier",
                "Organization Title": "Buyer",
                "Birthday": "--03-14",
                "Notes": "Loves linen\nhates wool",
                "Labels": "Fall ::: VIP ::: * myContacts",
                "E-mail 1 - Label": "* Home",
                "E-mail 1 - Value": "ana@example.com",
                "Phone 1 - Label": "Mobile",
                "Phone 1 - Value": "(212) 555-0101",
                "Address 1 - Label": "* Home",
                "Address 1 - Street": "118 Willow Terrace\nApt 3",
                "Address 1 - City": "Hoboken",
                "Address 1 - Postal Code": "07030",
                "Website 1 - Value": "https://ruiz.example.com/a",
                "Event 1 - Value": "2020-01-01",
            },
        )
    )
    assert (report.format, report.refused, report.notices) == ("google_contacts", (), ())
    assert "Event 1 - Value" in report.unused_columns
    assert not {"E-mail 1 - Label", "Address 1 - Formatted", "Labels"} & set(report.unused_columns)
    (client,), (contact,), (place,) = bench.all(Client), bench.all(Contact), bench.all(Location)
    assert (client.name, client.first_name, client.last_name) == ("Ana Maria Ruiz", "Ana", "Ruiz")
    assert (client.birthday, client.tags, client.website) == ("--03-14", "Fall, VIP", "https://ruiz.example.com/a")
    assert (contact.email, contact.phone, contact.title) == ("ana@example.com", "+12125550101", "Buyer")
    assert (place.name, place.line1, place.city) == ("Home", "118 Willow Terrace Apt 3", "Hoboken")


def test_the_older_layout_is_read(bench: Any) -> None:
    """An export of last year could not be used."""
    bench.take(
        table(
            OLD,
            {
                "Name": "Ana Ruiz",
                "Given Name": "Ana",
                "Family Name": "Ruiz",
                "Birthday": "1984-03-14",
                "Group Membership": "* myContacts ::: Wholesale ::: * starred",
                "E-mail 1 - Type": "* Work",
                "E-mail 1 - Value": "ana@example.com",
                "Organization 1 - Name": "Atelier",
                "Organization 1 - Title": "Buyer",
            },
        )
    )
    (client,) = bench.all(Client)
    assert (client.name, client.company, client.tags, client.birthday) == (
        "Ana Ruiz",
        "Atelier",
        "Wholesale",
        "1984-03-14",
    )


def test_numbered_columns_grow_and_a_cell_may_hold_several_values(bench: Any) -> None:
    """The fourth email, and the second phone in one cell, would be dropped without a word."""
    header = NEW + ",E-mail 2 - Value,E-mail 10 - Value,Phone 2 - Label,Phone 2 - Value,Address 2 - City"
    rows = table(
        header,
        {
            "First Name": "Ana",
            "E-mail 1 - Value": "ana1@example.com ::: ana2@example.com",
            "E-mail 2 - Value": "ana3@example.com",
            "E-mail 10 - Value": "ana4@example.com",
            "Phone 1 - Value": "'+12125550101 ::: +12125550102",
            "Phone 2 - Label": "Work Fax",
            "Phone 2 - Value": "+12125550108",
            "Address 2 - City": "Boston",
        },
    )
    report = bench.take(rows)
    contacts = bench.all(Contact)
    assert [contact.email for contact in contacts] == [f"ana{n}@example.com" for n in (1, 2, 3, 4)]
    assert [contact.phone for contact in contacts] == ["+12125550101", "+12125550102", "", ""]
    assert bench.all(Location)[0].city == "Boston"
    assert [notice.text for notice in report.notices] == ["“+12125550108” is no telephone (work fax)"]
    assert not any("E-mail" in column or "Address 2" in column for column in report.unused_columns)
    assert bench.outcome(rows).label.startswith("Nothing new")


def test_a_contact_without_a_name_or_with_a_bad_birthday_goes_in(bench: Any) -> None:
    """People whom she only ever mailed would be refused."""
    report = bench.take(
        table(
            NEW,
            {"E-mail 1 - Value": "ana@example.com", "Birthday": "soon"},
            {"Organization Name": "Copper Lane", "Phone 1 - Value": "12"},
            {"Notes": "nobody"},
        )
    )
    assert [client.name for client in bench.all(Client)] == ["ana@example.com", "Copper Lane"]
    assert [notice.line for notice in report.notices] == [2, 3]
    assert [row.line for row in report.refused] == [4]


def test_a_short_export_of_google_is_known_too(bench: Any) -> None:
    """Programs that write for Google leave out most of its columns."""
    for header in ("Name,E-mail 1 - Value", "First Name,Last Name,Phone 1 - Value", "Name,Group Membership"):
        assert recognise(bench.file(header + "\n")).format == "google_contacts"


def test_a_google_export_changes_nothing_that_the_desk_knows(bench: Any) -> None:
    add_client(bench.desk, "Ana Ruiz", email="ana@example.com", company="Atelier", description="Allergic to wool")
    bench.take(table(NEW, {"First Name": "Anita", "Organization Name": "Gym", "E-mail 1 - Value": "ana@example.com"}))
    (client,) = bench.all(Client)
    assert (client.name, client.company, client.description) == ("Ana Ruiz", "Atelier", "Allergic to wool")


ANA = {
    "Reference ID": "R-7",
    "First Name": "Ana",
    "Last Name": "Ruiz",
    "Email Address": "ana@example.com",
    "Phone Number": "'+12125550101",
    "Birthday": "03-14",
    "Memo": "Prefers mornings",
    "Square Customer ID": "SQ1",
    "Lifetime Spend": "$1,240.00",
    "Email Subscription Status": "Subscribed",
}


def test_squares_customers_are_read(bench: Any) -> None:
    """Her ids, birthday and memo in Square would be lost, or her spending be taken for a note."""
    report = bench.take(table(SQUARE, ANA | {"Street Address 1": "1 Main St", "City": "Boston", "State": "MA"}))
    assert (report.format, report.refused, report.notices) == ("square_customers", (), ())
    assert {"Lifetime Spend", "Transaction Count", "First Visit", "Instant Profile"} <= set(report.unused_columns)
    (client,), (contact,) = bench.all(Client), bench.all(Contact)
    assert (client.name, client.birthday, client.description) == ("Ana Ruiz", "--03-14", "Prefers mornings")
    assert (contact.phone, contact.email_consent) == ("+12125550101", "subscribed")
    assert bench.all(Location)[0].region == "MA"
    assert [row.external_id for row in bench.all(ClientExternalId)] == ["SQ1", "reference:R-7"]


def test_square_knows_a_client_by_either_id(bench: Any) -> None:
    """A client with a new email and phone would be there twice."""
    bench.take(table(SQUARE, ANA))
    bench.take(table(SQUARE, ANA | {"Email Address": "", "Phone Number": "", "Square Customer ID": ""}))
    bench.take(table(SQUARE, ANA | {"Email Address": "new@example.com", "Phone Number": ""}))
    assert len(bench.all(Client)) == 1
    assert bench.outcome(table(SQUARE, ANA)).label.startswith("Nothing new")


@pytest.mark.parametrize(
    ("status", "consent", "out"),
    [
        ("Subscribed", "subscribed", 0),
        ("Unsubscribed", "unsubscribed", 1),
        ("Unknown", "never_asked", 0),
        ("", "never_asked", 0),
    ],
)
def test_squares_subscription_status_is_consent(bench: Any, status: str, consent: str, out: int) -> None:
    """She would write to someone who left, or bar someone who was never asked."""
    bench.take(table(SQUARE, ANA | {"Email Subscription Status": status}))
    assert (bench.all(Contact)[0].email_consent, len(bench.all(OptOut))) == (consent, out)


def test_unknown_in_square_takes_no_consent_away(bench: Any) -> None:
    """ "Unknown" would count as an opt-out of everyone who subscribed elsewhere."""
    bench.take(table(SQUARE, ANA))
    report = bench.take(table(SQUARE, ANA | {"Email Subscription Status": "Unknown"}))
    assert (bench.all(Contact)[0].email_consent, report.changes_something) == ("subscribed", False)


def test_an_opt_out_in_square_is_never_brought_back(bench: Any) -> None:
    bench.take(table(SQUARE, ANA | {"Email Subscription Status": "Unsubscribed"}))
    report = bench.take(table(SQUARE, ANA))
    assert (bench.all(Contact)[0].email_consent, bench.all(Contact)[0].email_status) == ("unsubscribed",) * 2
    assert "has opted out" in report.notices[0].text
