"""vCards of all ages: every quirk of real address books, and no card that costs another one."""

from typing import Any

import pytest

from stylistdesk.db.tables import Client, ClientExternalId, Contact, Location
from stylistdesk.domain.birthdays import birthday
from stylistdesk.domain.errors import BadFile
from stylistdesk.exchange import cards, reading
from stylistdesk.exchange.recognise import recognise
from tests.helpers import add_client


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


ANA = card("FN:Ana Ruiz", "N:Ruiz;Ana;;;", "EMAIL:ana@example.com", "TEL;TYPE=CELL:+12125550101")


def test_a_card_becomes_a_client_with_all_that_it_says(bench: Any) -> None:
    """Half of what her phone knows of a client would be typed in again."""
    report = bench.take(
        card(
            "FN:Ana Ruiz",
            "N:Ruiz;Ana;;;",
            "ORG:Atelier Ruiz;Fittings",
            "TITLE:Buyer",
            "EMAIL;TYPE=HOME:ana@example.com",
            "EMAIL;TYPE=WORK,PREF:ana@work.example.com",
            "TEL;TYPE=HOME:(212) 555-0102",
            "TEL;TYPE=CELL:(212) 555-0101",
            "ADR;TYPE=HOME:;Apt 3;118 Willow Terrace;Hoboken;NJ;07030;US",
            "BDAY:1984-03-14",
            "URL:ruiz.example.com",
            "NOTE:Loves linen\\, hates wool\\nAsk for Ana",
            "CATEGORIES:myContacts,VIP,Fall",
            "UID:urn:uuid:1",
            "NICKNAME:Nita",
            "X-SOCIALPROFILE:x",
        ),
        "ana.vcf",
    )
    assert report.created == {"client": 1, "contact": 2, "location": 1}
    assert (report.format, report.unused_columns, report.refused) == ("vcard", ("NICKNAME", "X-SOCIALPROFILE"), ())
    (client,), (place,) = bench.all(Client), bench.all(Location)
    assert (client.name, client.first_name, client.last_name) == ("Ana Ruiz", "Ana", "Ruiz")
    assert (client.company, client.tags, client.birthday) == ("Atelier Ruiz", "VIP, Fall", "1984-03-14")
    assert (client.website, client.description) == (
        "https://ruiz.example.com",
        "Loves linen, hates wool\nAsk for Ana",
    )
    assert [(c.email, c.phone, c.is_primary, c.title) for c in bench.all(Contact)] == [
        ("ana@work.example.com", "+12125550101", True, "Buyer"),
        ("ana@example.com", "+12125550102", False, ""),
    ]
    assert (place.name, place.line1, place.line2, place.city) == ("Home", "118 Willow Terrace", "Apt 3", "Hoboken")
    assert [row.external_id for row in bench.all(ClientExternalId)] == ["urn:uuid:1"]


def test_the_same_cards_again_change_nothing_and_are_taken_back_as_one(bench: Any) -> None:
    """Her address book imported every month would grow doubles."""
    two = ANA + card("FN:Ben Ode", "TEL:+12125550102", "EMAIL:ben@example.com", "EMAIL:ben.ode@example.com")
    bench.take(two, "a.vcf")
    again = bench.outcome(two, "a.vcf")
    assert (again.label, again.value.unchanged) == ("Nothing new in a.vcf", {"client": 2, "contact": 3})
    bench.desk.undo()
    assert bench.all(Client) == []


def test_a_card_fills_in_and_never_overwrites_what_the_desk_knows(bench: Any) -> None:
    """ "Ana gym 2" in her phone would become the client's name, and an old number her only one."""
    add_client(bench.desk, "Ana Ruiz", email="ana@example.com", phone="+12125550101", company="Atelier")
    bench.take(card("FN:Ana gym", "ORG:Gym", "EMAIL:ANA@example.com", "TEL:+12125550109", "BDAY:--0314"))
    (client,) = bench.all(Client)
    assert (client.name, client.company, client.birthday) == ("Ana Ruiz", "Atelier", "--03-14")
    assert [contact.phone for contact in bench.all(Contact)] == ["+12125550101", "+12125550109"]
    bench.take(card("FN:Ana", "EMAIL:ana@example.com", "BDAY:1984-03-14"))
    bench.take(card("FN:Ana", "EMAIL:ana@example.com", "BDAY:1990-01-01"))
    assert bench.all(Client)[0].birthday == "1984-03-14"


def test_a_client_who_was_only_an_address_gets_her_name(bench: Any) -> None:
    """She would be called by her email although her phone knows her name."""
    bench.take(card("FN:ana@example.com", "EMAIL:ana@example.com"))
    assert bench.all(Client)[0].name == "ana@example.com"
    bench.take(ANA)
    assert [(client.name, client.last_name) for client in bench.all(Client)] == [("Ana Ruiz", "Ruiz")]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("BDAY:1984-03-14", "1984-03-14"),
        ("BDAY:19840314", "1984-03-14"),
        ("BDAY:--0314", "--03-14"),
        ("BDAY:--03-14", "--03-14"),
        ("BDAY:1604-03-14", "--03-14"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604;VALUE=date:1604-02-29", "--02-29"),
        ("BDAY;VALUE=date-time:1984-03-14T00:00:00Z", "1984-03-14"),
        ("BDAY:19840314T000000Z", "1984-03-14"),
    ],
)
def test_a_birthday_may_lack_its_year(bench: Any, written: str, kept: str) -> None:
    """Apple writes 1604 for a year that is not known: she would be congratulated on her 422nd."""
    report = bench.take(card("FN:Ana", written))
    assert (bench.all(Client)[0].birthday, report.notices) == (kept, ())


@pytest.mark.parametrize("written", ["BDAY;VALUE=text:circa 1984", "BDAY:1984-02-30", "BDAY:1984", "BDAY:---14"])
def test_a_birthday_that_is_no_day_is_told(bench: Any, written: str) -> None:
    """It would be lost without a word, or the card with it."""
    report = bench.take(card("FN:Ana", written))
    assert bench.all(Client)[0].birthday == ""
    assert "is no day; it was left out" in report.notices[0].text


@pytest.mark.parametrize(
    ("written", "kept"),
    [("3/14", "--03-14"), ("14/3", "--03-14"), ("03-14", "--03-14"), ("12/31/1990", "1990-12-31"), ("", ""),
     ("0000-01-02", "--01-02"), ("13/13", None), ("soon", None)],
)  # fmt: skip
def test_birthdays_of_other_programs(written: str, kept: str | None) -> None:
    assert birthday(written) == kept


def test_long_lines_are_unfolded_also_inside_a_letter(bench: Any) -> None:
    """Zoë would be ZoÃ«, and every other name in the file with her."""
    whole = card("FN:Zoë Müller", "NOTE:a long\r\n  note\r\n\t with folds", "EMAIL:zoe@example.com").encode()
    at = whole.index("ë".encode()) + 1
    bench.take(whole[:at] + b"\r\n " + whole[at:], "z.vcf")
    (client,) = bench.all(Client)
    assert (client.name, client.description) == ("Zoë Müller", "a long note with folds")


def test_an_old_phones_cards_are_read(bench: Any) -> None:
    """vCard 2.1: words without TYPE=, quoted-printable that goes on over lines, a picture in bare lines."""
    bench.take(
        card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB;;;",
            "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB M=C3=\r\n=BCller",
            "TEL;CELL;VOICE:212-555-0101",
            "EMAIL;PREF;INTERNET:zoe@example.com",
            "NOTE;QUOTED-PRINTABLE:one=0D=0Atwo",
            "PHOTO;JPEG;ENCODING=BASE64:/9j/4AAQSkZJRgABAQ\r\nAAAA/wD/2wBD\r\n",
            "X-AFTER:1",
            version="2.1",
        )
        + card("FN:Jos\xe9", "TEL:2125550102", version="2.1")
    )
    zoe, jose = bench.all(Client)
    assert (zoe.name, zoe.first_name, zoe.description, jose.name) == ("Zoë Müller", "Zoë", "one\ntwo", "José")
    assert [contact.phone for contact in bench.all(Contact)] == ["+12125550101", "+12125550102"]


def test_a_value_may_be_in_a_charset_of_its_own(bench: Any) -> None:
    """Names from a phone of 2009 would be question marks."""
    bench.take(
        card("N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;Zo=EB", version="2.1").encode()
        + card("FN:Łucja", "TEL:2125550102").encode()
    )
    assert [client.name for client in bench.all(Client)] == ["Zoë Müller", "Łucja"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_cards_are_read_in_the_encoding_they_are_in(bench: Any, encoding: str) -> None:
    """Outlook saves cards in the encoding of the machine."""
    text = card("FN:Zoë Élodie", "NOTE:José, café", "TEL:2125550101")
    report = bench.take(text.encode(encoding), "z.vcf")
    assert ([client.name for client in bench.all(Client)], report.refused) == (["Zoë Élodie"], ())


def test_grouped_and_labelled_properties_are_read(bench: Any) -> None:
    """An iPhone groups each address with its label: every email from it would be missing."""
    bench.take(
        card(
            "FN:Ana Ruiz",
            "item1.EMAIL;type=INTERNET;type=pref:ana@example.com",
            "item1.X-ABLabel:_$!<Other>!$_",
            "item2.ADR:;;1 Main St;Boston;MA;02134;United States",
            "item2.X-ABADR:us",
            "item2.X-ABLabel:Showroom",
        )
    )
    assert bench.all(Contact)[0].email == "ana@example.com"
    assert bench.all(Location)[0].name == "Showroom"


def test_numbers_may_be_links_and_alternatives_count_once(bench: Any) -> None:
    """vCard 4 writes tel:+1-212… and gives one thing in several languages."""
    report = bench.take(
        card(
            "FN;ALTID=1;LANGUAGE=en:Hana Sato",
            "FN;ALTID=1;LANGUAGE=ja:佐藤花",
            'TEL;VALUE=uri;TYPE="voice,cell";PREF=1:tel:+1-212-555-0101;ext=7',
            "TEL;TYPE=fax:212-555-0108",
            "EMAIL:mailto:hana@example.com",
            "TITLE;ALTID=2:Buyer",
            "TITLE;ALTID=2:Einkäuferin",
            version="4.0",
        )
    )
    (client,), (contact,) = bench.all(Client), bench.all(Contact)
    assert (client.name, contact.phone, contact.email) == ("Hana Sato", "+12125550101", "hana@example.com")
    assert contact.title == "Buyer"
    assert [notice.text for notice in report.notices] == ["“212-555-0108” is no telephone (fax)"]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("FN:", "N:Ruiz;Ana;Maria;;"), "Ana Maria Ruiz"),
        (("FN: ", "N:;;;;", "ORG:Copper Lane;Buying"), "Copper Lane"),
        (("EMAIL:ana@example.com",), "ana@example.com"),
        (("TEL:2125550101",), "+12125550101"),
    ],
)
def test_a_card_with_an_empty_name_is_called_what_it_can_be(bench: Any, lines: tuple[str, ...], name: str) -> None:
    """A stub from another program would be refused although it has a number."""
    assert bench.take(card(*lines)).refused == ()
    assert [client.name for client in bench.all(Client)] == [name]


def test_a_store_has_no_first_name(bench: Any) -> None:
    """A letter would begin "Dear Copper"."""
    bench.take(card("FN:Copper Lane Boutique", "ORG:Copper Lane Boutique", "TEL:2125550101"))
    assert [(client.company, client.first_name) for client in bench.all(Client)] == [("Copper Lane Boutique", "")]


def test_a_bad_card_costs_itself_and_no_other(bench: Any) -> None:
    """One broken card would keep a thousand out."""
    report = bench.take(
        "stray\r\n"
        + ANA
        + "BEGIN:VCARD\r\nFN:Never closed\r\n"
        + card("FN:Ben Ode", "no property at all", "TEL:2125550102")
        + card("NOTE:nobody")
        + card("FN:Friends", "KIND:group", "MEMBER:urn:uuid:1", version="4.0")
        + "BEGIN:VCARD\r\nFN:Cut o",
        "book.vcf",
    )
    assert [client.name for client in bench.all(Client)] == ["Ana Ruiz", "Ben Ode"]
    assert [(row.line, row.reason) for row in report.refused] == [
        (1, "the line stands outside of a card (BEGIN:VCARD is missing)"),
        (9, "the card is not closed (END:VCARD is missing)"),
        (17, "the card names nobody: no name, email or phone"),
        (21, "the card is that of a group, not of a person or a store"),
        (27, "the card is not closed (END:VCARD is missing)"),
    ]
    assert [(notice.line, notice.text) for notice in report.notices] == [
        (14, "the line is no property; it was left out")
    ]


def test_a_card_inside_a_card_is_passed_over(bench: Any) -> None:
    """vCard 2.1 puts an assistant's card into that of her boss."""
    inner = "BEGIN:VCARD\r\nFN:Assistant\r\nTEL:2125550103\r\nEND:VCARD"
    report = bench.take(card("FN:Ana Ruiz", "AGENT:", inner, "TEL:2125550101", version="2.1"))
    assert ([client.name for client in bench.all(Client)], report.refused) == (["Ana Ruiz"], ())
    assert [contact.phone for contact in bench.all(Contact)] == ["+12125550101"]


def test_what_is_too_long_is_refused_and_a_picture_is_not(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken card would fill the memory; a large picture would keep a good one out."""
    picture = "PHOTO;ENCODING=b:" + "\r\n ".join(["A" * 70] * 3_000)
    note = "NOTE:" + "\r\n ".join(["x" * 70] * 1_600)
    monkeypatch.setattr(cards, "MOST_PROPERTIES", 50)
    report = bench.take(
        card("FN:Ana", picture, "TEL:2125550101")
        + card("FN:Ben", note)
        + card("FN:Cleo", *[f"X-{n}:1" for n in range(60)])
        + card("FN:Dana", "X-LONG:" + "y" * 2_100_000)
        + card("FN:Emi", "TEL:2125550102")
    )
    assert [client.name for client in bench.all(Client)] == ["Ana", "Emi"]
    assert [row.reason for row in report.refused] == [
        "a value is longer than 100,000 characters",
        "the card has more than 50 properties",
        "a value is longer than 100,000 characters",
    ]


def test_a_number_of_a_household_makes_nobody_one(bench: Any) -> None:
    """Mother and daughter share a landline: one would be lost in the other."""
    home = "TEL;TYPE=HOME:2125550100"
    book = card("FN:Ana Ruiz", "TEL;TYPE=CELL:2125550101", home) + card("FN:Bea Ruiz", "TEL;TYPE=CELL:2125550102", home)
    assert bench.take(book).created["client"] == 2
    assert bench.outcome(book).label.startswith("Nothing new")


def test_a_further_address_finds_her_and_is_never_taken_from_another(bench: Any) -> None:
    """She would be there twice; or her husband's messages would go to her."""
    ana = add_client(bench.desk, "Ana Ruiz", email="ana@work.example.com")
    book = card("FN:Ana R.", "EMAIL:ana@example.com", "EMAIL:ana@work.example.com", "EMAIL:bo@example.com") + card(
        "FN:Bo Ruiz", "EMAIL:bo@example.com"
    )
    report = bench.take(book)
    assert [client.name for client in bench.all(Client)] == ["Ana Ruiz", "Bo Ruiz"]
    assert {(contact.client_id == ana, contact.email) for contact in bench.all(Contact)} == {
        (True, "ana@work.example.com"),
        (True, "ana@example.com"),
        (False, "bo@example.com"),
    }
    assert [notice.text for notice in report.notices] == ["bo@example.com is another client's; it was left out"]
    assert bench.outcome(book).label.startswith("Nothing new")


def test_cards_are_known_by_their_content_and_by_no_other_name(bench: Any) -> None:
    """A file of cards called contacts.txt would be no file that the desk knows."""
    path = bench.file("\ufeff\r\n" + ANA, "contacts.txt")
    assert recognise(path).format == "vcard"
    assert recognise(path, format="vcf").label == "vCards"
    with pytest.raises(BadFile, match="has no vCards"):
        recognise(bench.file("a,b\n1,2\n"), format="vcard")
    with pytest.raises(BadFile, match="lacks columns"):
        recognise(path, format="csat")


def test_the_preview_of_cards_shows_them_and_what_is_not_used(bench: Any) -> None:
    """She could not see before the import what will become of her address book."""
    seen = bench.look(ANA + card("FN:Ben", "X-SKYPE:ben"), "a.vcf")
    assert (seen.created, seen.new_clients, seen.unused_columns) == (
        {"client": 2, "contact": 1},
        ("Ana Ruiz", "Ben"),
        ("X-SKYPE",),
    )
    assert dict(zip(seen.columns, seen.samples[0], strict=True))["TEL"] == "+12125550101"
    assert len(seen.samples) == 2
    assert bench.all(Client) == []


def test_a_book_with_too_many_cards_is_refused_whole(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless file would fill the disk."""
    monkeypatch.setattr(reading, "MOST_ROWS", 400)
    with pytest.raises(BadFile, match="more than 400"):
        bench.take("".join(card(f"FN:Ana {n}") for n in range(600)), "a.vcf")
    assert bench.all(Client) == []


@pytest.mark.parametrize("cut", range(0, 330, 7))
def test_a_book_that_broke_off_anywhere_gives_what_is_whole(bench: Any, cut: int) -> None:
    """A download that broke off would be a traceback, or half a client."""
    whole = (ANA + card("FN:Zo\u00eb", "NOTE:a\r\n b", "TEL:2125550102") + card("FN:Cleo", "TEL:2125550103")).encode()
    try:
        report = bench.take(whole[: len(whole) - cut], "a.vcf")
    except BadFile as refused:
        assert str(refused)
    else:
        names = [client.name for client in bench.all(Client)]
        assert names == ["Ana Ruiz", "Zo\u00eb", "Cleo"][: len(names)]
        assert len(report.refused) <= 1


STREET = ";;1 Main St;Ottawa;ON;K1A 0A9;CA"
SHOW = ";;2 Elm St;Montreal;QC;;CA"


def positions(bench: Any) -> list[tuple[int | None, int | None, str]]:
    return [(place.latitude, place.longitude, place.position_from) for place in bench.all(Location)]


@pytest.mark.parametrize(
    ("version", "lines"),
    [
        ("4.0", (f"ADR:{STREET}", "GEO:geo:45.42,-75.69")),
        ("4.0", (f'ADR;GEO="geo:45.42,-75.69":{STREET}',)),
        ("3.0", ("GEO:45.42;-75.69", f"ADR:{STREET}")),
        ("2.1", (f"ADR;HOME:{STREET}", "GEO:45.42;-75.69")),
    ],
)
def test_a_card_says_where_her_address_is(bench: Any, version: str, lines: tuple[str, ...]) -> None:
    """Her pin on the map would be missing although her phone knows the place."""
    report = bench.take(card("FN:Ana", *lines, version=version))
    assert (positions(bench), report.notices) == ([(45_420_000, -75_690_000, "typed")], ())
    assert report.unused_columns == ()


def test_a_position_belongs_to_the_address_of_its_group(bench: Any) -> None:
    """Of two showrooms, the pin would stand at the wrong one."""
    report = bench.take(
        card("FN:Ana", f"item1.ADR:{STREET}", f"item2.ADR:{SHOW}", "item2.GEO:45.5;-73.57", "GEO:1;2")
        + card("FN:Ben", f"ADR;ALTID=1:{STREET}", f"ADR;ALTID=2:{SHOW}", "GEO;ALTID=2:geo:45.5,-73.57", version="4.0")
    )
    assert positions(bench) == [(None, None, ""), (45_500_000, -73_570_000, "typed")] * 2
    assert [notice.text for notice in report.notices] == [
        "the position “1;2” is that of no one address; it was left out"
    ]


def test_a_position_fills_in_and_never_moves_a_pin(bench: Any) -> None:
    """What she has put right on the map would be undone by her address book."""
    bench.take(card("FN:Ana", f"ADR:{STREET}"))
    for where in ("45.42;-75.69", "1;2"):
        bench.take(card("FN:Ana", f"ADR:{STREET}", f"GEO:{where}"))
    assert positions(bench) == [(45_420_000, -75_690_000, "typed")]


@pytest.mark.parametrize("written", ["north of here", "95;1", "45.42"])
def test_a_position_that_is_none_is_told(bench: Any, written: str) -> None:
    """It would be lost without a word, or the card with it."""
    report = bench.take(card("FN:Ana", f"ADR:{STREET}", f"GEO:{written}"))
    assert [(notice.line, notice.text) for notice in report.notices] == [
        (1, f"the position “{written}” is none; it was left out")
    ]
    assert positions(bench) == [(None, None, "")]
