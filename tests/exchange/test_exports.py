"""Files out (R46): what is written comes back as it was, harms no spreadsheet, and is private."""

import csv
import io
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.contacts import AddContact, ContactForm
from stylistdesk.commands.gifts import SellGift
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.commands.paying import RedeemGift
from stylistdesk.db.tables import Client, Contact, Location
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.types import Cents
from stylistdesk.exchange import exporting
from stylistdesk.exchange.cells import unguarded
from stylistdesk.exchange.export_cards import folded
from stylistdesk.exchange.exporting import EXPORTS, export_for, file_name, save
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from stylistdesk.exchange.spreadsheet import guarded
from stylistdesk.queries.exports import clients_for_export
from tests.exchange.conftest import Bench
from tests.helpers import add_client, dump
from tests.ui.test_hostile_text import PAYLOADS

READ_BACK = [known for known in EXPORTS if known.read_back]
_PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=40).map(clean)
_HARD = st.sampled_from(
    [
        "a,b;c",
        "back\\slash",
        "\\n",
        "\\,",
        "'=1+1",
        "=1+1",
        "''",
        "-x",
        "@x",
        "日本語",
        "é" * 90,
        "x" * 90,
        "a  b",
        ":;,",
    ]
)
_TEXT = st.one_of(_PLAIN, _HARD.map(clean))
_LINES = st.lists(_TEXT, max_size=3).map(lambda lines: clean("\n".join(lines), multiline=True))
_TAG = _TEXT.map(lambda text: clean(text.replace(",", " ").replace("*", ""))).filter(
    lambda tag: tag.casefold() not in ("", "mycontacts", "my contacts", "starred")
)
_BIRTHDAYS = st.one_of(
    st.just(""), st.dates().filter(lambda day: day.year > 1700).map(str), st.dates().map(lambda day: f"--{day:%m-%d}")
)
_CLIENTS = st.lists(
    st.fixed_dictionaries(
        {
            "first_name": _TEXT,
            "last_name": _TEXT,
            "company": _TEXT,
            "description": _LINES,
            "title": _TEXT,
            "tags": st.lists(_TAG, max_size=3, unique_by=name_key),
            "birthday": _BIRTHDAYS,
            "website": st.sampled_from(["", "https://example.com/a,b;c?d=1", "http://example.com/\\x"]),
            "emails": st.integers(0, 3),
            "phones": st.integers(0, 3),
            "places": st.lists(st.tuples(_TEXT, _TEXT.filter(bool), _TEXT, _TEXT, _TEXT), max_size=2),
            "pin": st.none() | st.tuples(st.integers(-90_000_000, 90_000_000), st.integers(-180_000_000, 180_000_000)),
        }
    ),
    min_size=1,
    max_size=3,
)


def _pin(at: tuple[int, int] | None, number: int) -> dict[str, Any]:
    return {"latitude": at[0], "longitude": at[1] // (number + 1), "position_from": "typed"} if at else {}


class Fill:
    """Puts made-up clients into a desk, past the forms."""

    def __init__(self, clients: list[dict[str, Any]]) -> None:
        self.clients = clients

    def apply(self, work: Work) -> Outcome:
        for number, told in enumerate(self.clients, 1):
            name = clean(f"{told['first_name']} {told['last_name']}") or f"Client {number}"
            client = Client(
                name=f"{name} {number}",
                name_key=name_key(f"{name} {number}"),
                first_name=told["first_name"] or "F",
                last_name=told["last_name"],
                company=told["company"],
                description=told["description"],
                tags=", ".join(told["tags"]),
                birthday=told["birthday"],
                website=told["website"],
                added_at=work.now,
            )
            work.session.add(client)
            work.session.flush()
            assert client.id is not None
            for index in range(max(told["emails"], told["phones"])):
                email = f"c{number}.{index}@example.com" if index < told["emails"] else ""
                work.session.add(
                    Contact(
                        client_id=client.id,
                        name=client.name,
                        email=email,
                        email_key=email,
                        phone=f"+1212555{number:02}{index:02}" if index < told["phones"] else "",
                        title=told["title"] if index == 0 else "",
                        is_primary=index == 0,
                    )
                )
            seen = set()
            for name, line1, line2, city, postcode in told["places"]:
                if (key := tuple(map(name_key, (line1, city, postcode)))) in seen:
                    continue
                work.session.add(
                    Location(client_id=client.id, name=name, line1=line1, line2=line2, city=city, postcode=postcode,
                             country="US", is_primary=not seen, **_pin(told["pin"], len(seen)))
                )  # fmt: skip
                seen.add(key)
            work.session.flush()
        return Outcome("Filled")


class Exported:
    """What the desk would write of the clients, and what an empty desk makes of it; nothing is kept."""

    def __init__(self, clients: list[dict[str, Any]], path: Path, which: str) -> None:
        self.clients, self.path, self.which = clients, path, which

    def apply(self, work: Work) -> Outcome:
        asking: Any = work
        Fill(self.clients).apply(work)
        before = clients_for_export(asking)
        content = export_for(self.path, self.which).make(asking, None).content
        self.path.write_bytes(content)
        connection = work.session.connection()
        for table in ("location", "contact", "client"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        report = ImportFile(recognise(self.path)).apply(work).value
        work.session.expire_all()
        return Outcome("Back again", value=(before, clients_for_export(asking), report))


def _told(client: Any, *, places: bool, every_pin: bool) -> dict[str, Any]:
    told = {
        name: getattr(client, name)
        for name in ("name", "first_name", "last_name", "company", "birthday", "website", "description", "tags")
    }
    told["emails"] = [contact.email for contact in client.contacts if contact.email]
    told["phones"] = [contact.phone for contact in client.contacts if contact.phone]
    told["titles"] = [contact.title for contact in client.contacts if contact.email or contact.phone][:1]
    if places:
        told["places"] = [(p.name, p.line1, p.line2, p.city, p.postcode, p.country) for p in client.locations]
        # Cards before 4.0 have one position each: that of the primary address.
        told["pins"] = [p.position for p in client.locations][: None if every_pin else 1]
    return told


@pytest.fixture(scope="module")
def shared_desk(new_desk: Callable[[], Desk]) -> Iterator[Desk]:
    with new_desk() as desk:
        yield desk


@pytest.mark.parametrize("which", ["vcard4", "vcard3", "vcard2", "clients"])
@given(clients=_CLIENTS)
def test_what_is_exported_comes_back_as_it_was(
    which: str, clients: list[dict[str, Any]], shared_desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An export from which contacts come back changed is no way out of the program."""
    path = tmp_path_factory.getbasetemp() / f"round{export_for(Path('x'), which).suffix}"
    before, after, report = shared_desk.preview(Exported(clients, path, which)).value
    assert (report.refused, report.notices) == ((), ())
    kept = {"places": which != "clients", "every_pin": which == "vcard4"}
    assert [_told(client, **kept) for client in after] == [_told(client, **kept) for client in before]


def test_an_export_of_the_desk_imported_into_it_changes_nothing(bench: Any) -> None:
    """Her own backup file would double her clients, or take their consents away."""
    bench.take(
        "First Name,Last Name,Email,Accepts Email Marketing,Phone,Company,Address1,City,Zip,Country,Tags,Note\n"
        'Ana,Ruiz,ana@example.com,yes,2125550101,Atelier,1 Main St,Boston,\'02134,US,"vip, fall",=1+1\n'
        ",,shop@example.com,no,,Copper Lane,,,,,,\n"
    )
    before = dump(bench.desk)
    for known in READ_BACK:
        made = bench.desk.ask(known.make, None)
        outcome = bench.outcome(made.content, f"again{known.suffix}")
        assert (outcome.label, outcome.value.refused) == (f"Nothing new in again{known.suffix}", ())
    assert dump(bench.desk) == before


def test_brands_and_rates_come_back_on_another_desk(bench: Bench, new_bench: Callable[[], Bench]) -> None:
    """What she agreed with each brand and client would have to be typed in again."""
    shop = "First Name,Last Name,Email,Accepts Email Marketing\nAna,Ruiz,ana@example.com,yes\n"
    bench.take(shop)
    bench.take(
        "brand,default_rate,note,client_email,status,brand_number\n"
        "Northmoor,12,knits,,,\nNorthmoor,,,ana@example.com,potential,NM-7\nAlder,12.5 %,,,,\n"
    )
    bench.take(
        "scope,brand,client_email,rate,starts_on,ends_on,note\n"
        "rep,,,10,,2026-03-01,\nrep,,,0,2026-03-01,,=SUM(1)\nclient_brand,Northmoor,ana@example.com,7,2026-01-01,,\n"
    )
    other = new_bench()
    other.take(shop)
    for which, count in (("brands", 3), ("commission_rates", 5)):
        made = bench.desk.ask(export_for(Path("x"), which).make, None)
        assert made.count == count
        assert bench.outcome(made.content, f"{which}.csv").label == f"Nothing new in {which}.csv"
        assert not other.take(made.content, f"{which}.csv").refused
        assert other.desk.ask(export_for(Path("x"), which).make, None) == made
    other.desk.close()
    assert b"'=SUM(1)" in made.content


@pytest.mark.parametrize(("which", "version"), [("vcard4", "4.0"), ("vcard3", "3.0")])
def test_a_card_is_what_the_standard_says(bench: Any, which: str, version: str) -> None:
    """Phones would refuse the file, or show half of a name."""
    bench.take(
        "BEGIN:VCARD\nVERSION:4.0\nUID:u-1\nFN:Zoë Müller\nN:Müller;Zoë;;;\nORG:A\\, B\nTITLE:Buyer\n"
        "EMAIL:zoe@example.com\nTEL:+12125550101\nADR;TYPE=HOME:;;1 Main St;Boston;MA;02134;US\n"
        "ADR;TYPE=x:;;2 Main St;Boston;MA;02134;US\nBDAY:--0314\nURL:https://example.com\nCATEGORIES:VIP,Fall\n"
        f"NOTE:{'long ' * 40}\\nend; really\nEND:VCARD\n",
        "z.vcf",
    )
    text = bench.desk.ask(export_for(Path("x.vcf"), which).make, None).content.decode()
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in text.replace("\r\n", "")
    assert lines[:2] == ["BEGIN:VCARD", f"VERSION:{version}"]
    assert lines[-2:] == ["END:VCARD", ""]
    wanted = {"FN:Zoë Müller", "N:Müller;Zoë;;;", "ORG:A\\, B", "UID:u-1", "CATEGORIES:VIP,Fall", "TITLE:Buyer"}
    if version == "4.0":
        wanted |= {"BDAY:--0314", "EMAIL;PREF=1:zoe@example.com", "TEL;TYPE=voice;PREF=1:+12125550101"}
        wanted |= {"ADR;TYPE=home;PREF=1:;;1 Main St;Boston;MA;02134;US"}
    else:
        wanted |= {"BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-14", "EMAIL;TYPE=INTERNET,PREF:zoe@example.com"}
        wanted |= {"TEL;TYPE=VOICE,PREF:+12125550101", "ADR;TYPE=HOME,PREF:;;1 Main St;Boston;MA;02134;US"}
    assert wanted <= set(lines)
    assert any(line.startswith("NOTE:long") for line in lines)
    assert "\\nend\\; really" in text.replace("\r\n ", "")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=400))
def test_a_folded_line_is_whole_letters_and_unfolds_to_itself(line: str) -> None:
    parts = folded(line).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line
    assert all(part.startswith(" ") for part in parts[1:])


@given(st.text(alphabet="'=+-@\t\r＝＋－＠﹦a1", max_size=6))
def test_the_guard_against_formulas_comes_off_again(text: str) -> None:
    """A spreadsheet would run a client's name; or every import would add one more apostrophe."""
    kept = guarded(text)
    assert kept[:1] not in tuple("=+-@\t\r＝＋－＠﹦")
    assert unguarded(kept) == text


def test_no_cell_of_the_table_is_a_formula(bench: Any) -> None:
    """=HYPERLINK(…) in a name would call somebody from her spreadsheet."""
    for number, payload in enumerate(["=1+1", "+1", "-1", "@x", "'=1"]):
        add_client(
            bench.desk, f"{payload}{number}", email=f"c{number}@example.com", company=payload, phone="+12125550101"
        )
    content = bench.desk.ask(export_for(Path("x.csv")).make, None).content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]


def test_a_table_that_was_edited_comes_back(bench: Any) -> None:
    """She could not put her list right in a spreadsheet."""
    add_client(bench.desk, "Ana Ruiz", email="ana@example.com", phone="+12125550101")
    content = bench.desk.ask(export_for(Path("x.csv")).make, None).content.decode("utf-8-sig")
    report = bench.take(content.replace("Ana Ruiz,Ana,Ruiz,", "Ana Ruiz-Lopez,Ana,Ruiz-Lopez,Atelier"))
    (client,) = bench.all(Client)
    assert (report.format, client.name, client.company) == ("clients", "Ana Ruiz-Lopez", "Atelier")


@pytest.mark.parametrize(
    ("file", "name", "parts"),
    [
        ("name,email,phone,email_status\nEmi Sato,emi@example.com,,\n", "Emi Sato", ("Emi", "Sato")),
        ("name,email,phone,email_status,first_name\nEmi Sato,emi@example.com,,,\n", "Emi Sato", ("Emi", "Sato")),
        ("name,email,phone,email_status\nEmi Sato Lee,emi@example.com,,\n", "Emi Sato Lee", ("Emi", "Sato Lee")),
        ("name,first_name,email,phone,email_status\nMia Lee,Mia,emi@example.com,,\n", "Mia Lee", ("Mia", "Lee")),
        ("name,last_name,email,phone,email_status\nEmi Lee,Lee,emi@example.com,,\n", "Emi Lee", ("Emi", "Lee")),
    ],
)
def test_a_table_without_her_first_and_last_name_blanks_neither(
    bench: Any, file: str, name: str, parts: tuple[str, str]
) -> None:
    """Her next message would begin with "Hi there,"."""
    add_client(bench.desk, "Emi Sato", email="emi@example.com")
    report = bench.take(file)
    (client,) = bench.all(Client)
    assert (client.name, (client.first_name, client.last_name)) == (name, parts)
    assert report.renamed == ((("Emi Sato", name),) if name != "Emi Sato" else ())
    assert bench.outcome(file).label == "Nothing new in file.csv"


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if "\ud800" not in payload])
@pytest.mark.parametrize("known", READ_BACK, ids=lambda known: known.name)
def test_hostile_text_stays_inside_its_property(bench: Any, payload: str, known: Any) -> None:
    """A note that ends a card and begins another would bring in a client nobody knows."""
    add_client(bench.desk, "Ana Ruiz", email="ana@example.com", description=f'{payload}\r\nEND:VCARD\nFN:x,{payload}"')
    made = bench.desk.ask(known.make, None)
    before = dump(bench.desk)
    outcome = bench.outcome(made.content, f"h{known.suffix}")
    assert (outcome.value.refused, outcome.value.created, outcome.value.updated) == ((), {}, {})
    assert dump(bench.desk) == before


def test_only_some_clients_and_in_the_order_of_their_names(bench: Any) -> None:
    ids = [add_client(bench.desk, name) for name in ("Cleo", "ana", "Bea")]
    for wanted, names in ((None, ["ana", "Bea", "Cleo"]), (ids[:2], ["ana", "Cleo"]), ([], [])):
        assert [client.name for client in bench.desk.ask(clients_for_export, wanted)] == names
    assert bench.desk.ask(EXPORTS[0].make, ids[:1]).count == 1


def test_a_file_is_private_whole_and_takes_the_place_of_nothing(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Her clients' addresses would be readable by everyone on the machine, or an older file be gone."""
    paths = bench.desk.paths
    target = bench.folder / "out.vcf"
    assert save(target, b"one", force=False, paths=paths) == target
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(Refused, match="is there already"):
        save(target, b"two", force=False, paths=paths)
    assert target.read_bytes() == b"one"
    target.chmod(0o644)
    save(target, b"two", force=True, paths=paths)
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"two", 0o600)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "private_file", full)
    with pytest.raises(OSError, match="No space"):
        save(bench.folder / "new.vcf", b"x", force=False, paths=paths)
    assert not (bench.folder / "new.vcf").exists()


def test_a_link_is_not_followed_out_of_the_folder(bench: Any) -> None:
    """A file that is a link would be written somewhere else."""
    outside = bench.folder / "outside.txt"
    outside.write_text("mine")
    folder = bench.folder / "out"
    folder.mkdir()
    (folder / "a.vcf").symlink_to(outside)
    with pytest.raises(Refused, match="there already"):
        save(folder / "a.vcf", b"x", force=False, paths=bench.desk.paths)
    save(folder / "a.vcf", b"x", force=True, paths=bench.desk.paths)
    assert (outside.read_text(), (folder / "a.vcf").read_bytes()) == ("mine", b"x")


@pytest.mark.parametrize(
    "name", ["desk.sqlite3", "desk.sqlite3-wal", "desk.lock", "settings.toml", "backups/a.csv", "inbox/a.csv"]
)
def test_the_desks_own_files_are_never_written_over(bench: Any, name: str) -> None:
    """A slip of the hand would put a list of clients in the place of the desk."""
    with pytest.raises(Refused, match="desk's own"):
        save(bench.desk.paths.data_dir / name, b"x", force=True, paths=bench.desk.paths)


@pytest.mark.parametrize(
    "about", ["../../etc/passwd", "..", "", "/", "Ana [/] x", "a\x00b", ".hidden", "日本", "CON" * 90]
)
def test_a_name_of_a_file_never_leads_out_of_its_folder(about: str, tmp_path: Path) -> None:
    """A client called ../../x would be written over a file of another program."""
    name = file_name(about, ".vcf")
    assert name.endswith(".vcf") and len(name) <= 64 and not name.startswith(".")
    assert (tmp_path / name).resolve().parent == tmp_path.resolve()


def test_what_cannot_be_written_is_said(bench: Any) -> None:
    for path, name in ((Path("a.xyz"), None), (Path("a"), None), (Path("a.vcf"), "nonsense")):
        with pytest.raises(Refused, match=r"\.vcf or \.csv"):
            export_for(path, name)
    assert export_for(Path("a.VCF")).name == "vcard4"
    for target in (bench.folder / "none" / "a.vcf", bench.folder):
        with pytest.raises(Refused, match="folder"):
            save(target, b"x", force=True, paths=bench.desk.paths)
    names = [known.name for known in EXPORTS] + [other for known in EXPORTS for other in known.aliases]
    assert len(names) == len(set(names))


def test_an_old_card_is_quoted_where_it_is_not_plain(bench: Any) -> None:
    """An old phone would show half of a name."""
    bench.take("First Name,Last Name,Email,Accepts Email Marketing,Note\nZoë,Müller,zoe@example.com,no,Plain; really\n")
    text = bench.desk.ask(export_for(Path("x.vcf"), "vcard2").make, None).content.decode("ascii")
    lines = text.split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:2.1"]
    assert "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB;;;" in lines
    assert "EMAIL;INTERNET;PREF:zoe@example.com" in lines and "NOTE:Plain\\; really" in lines


def test_the_title_of_her_assistant_is_not_hers(bench: Any) -> None:
    client_id = add_client(bench.desk, "Ana Ruiz", email="ana@example.com")
    form = ContactForm(name="Paloma", email="paloma@example.com", title="her assistant")
    bench.desk.do(AddContact(client_id, form))
    for known in READ_BACK:
        assert b"her assistant" not in bench.desk.ask(known.make, None).content


def test_certificates_are_told_with_what_is_left_and_each_movement(bench: Any) -> None:
    """Her bookkeeper sees what is still owed on them, and why; a name with a formula in it is none."""
    desk, day = bench.desk, bench.desk.now().date()
    add_client(desk, "Ana Ruiz", email="ana@example.com")
    add_client(desk, "=Bea()", email="bea@example.com")
    desk.do(SellGift(1, Cents(5_000), day, "=Bea()", number="GC2345678E"))
    desk.do(AddOrderSummary(2, OrderForm(day, Cents(2_050))))
    desk.do(RedeemGift("GC2345678E", 1))
    listed, moves = (
        list(csv.reader(io.StringIO(desk.ask(known.make, None).content.decode("utf-8-sig"))))
        for known in EXPORTS
        if known.name.startswith("gift_")
    )
    assert dict(zip(*listed, strict=True)) == {
        "number": "GC2345678E", "sold_on": str(day), "buyer": "Ana Ruiz", "buyer_email": "ana@example.com",
        "for": "'=Bea()", "for_email": "bea@example.com", "currency": "USD", "sold": "50.00", "left": "29.50",
        "sent_on": "", "last_used_on": str(day), "order": "", "note": "",
    }  # fmt: skip
    assert [row[2:7] for row in moves[1:]] == [
        ["sold", "50.00", "USD", "", ""],
        ["redeemed", "-20.50", "USD", "S1001", "'=Bea()"],
    ]
    assert desk.ask(EXPORTS[-1].make, [2]).count == 0
