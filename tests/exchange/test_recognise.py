"""Recognising a file: by its columns, in the encoding and with the delimiter that it is really in."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import BadFile
from stylistdesk.exchange import recognise as recognising
from stylistdesk.exchange.exporting import EXPORTS, Export
from stylistdesk.exchange.recognise import recognise

OLDER = (
    "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,"
    "Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt\n"
)
CUSTOMERS = "First Name,Last Name,Email,Accepts Email Marketing\n"


def _file(folder: Path, content: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("header", "format_name"),
    [
        (OLDER, "shopify_customers"),
        (CUSTOMERS, "shopify_customers"),
        ("\n\n" + CUSTOMERS, "shopify_customers"),
        ("sep=,\n" + CUSTOMERS, "shopify_customers"),
        (CUSTOMERS.replace(",", ";"), "shopify_customers"),
        (CUSTOMERS.replace(",", "\t"), "shopify_customers"),
        (CUSTOMERS.replace(",", "|") * 3, "shopify_customers"),
        (CUSTOMERS.upper(), "shopify_customers"),
        ("Name,Email,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n", "shopify_orders"),
        ("external_id,occurred_at,client_email,kind\n", "activity"),
        ('{"occurred_at": "x", "client_name": "Ana", "kind": "hearted"}\n', "activity"),
        ("external_id,client_email,type,status\n", "hq_assignments"),
        ("client_email,taken_at,spending_power,question,answer\n", "style_quizzes"),
        ("external_id,client_email,assignment_external_id,responded_at,score,comment\n", "csat"),
        ("Sale Date,Order ID,Full Name,Order Value,Order Total\n", "etsy_sold_orders"),
        ("Sale Date,Item Name,Quantity,Price,Order ID,Item Total\n", "etsy_sold_order_items"),
        (
            "Order Number,Order Status,Order Date,Email (Billing),Item Name,Order Total Amount\n",
            "woocommerce_advanced_order_export",
        ),
        ("order_id,order_date,status,order_total,billing_email,line_items\n", "woocommerce_csv_import_suite"),
        ("Date,Time,Time Zone,Net Sales,Total Collected,Transaction ID,Event Type\n", "square_transactions"),
        ("event_name,order_number,placed_at,client_email,item\n", "event_orders"),
    ],
)
def test_a_format_is_known_by_its_columns(tmp_path: Path, header: str, format_name: str) -> None:
    """A rep would have to say which program each file is from."""
    assert recognise(_file(tmp_path, header.encode())).format == format_name


def test_columns_that_are_not_used_are_told_in_the_files_own_words(tmp_path: Path) -> None:
    """She would not know that her measurements column went nowhere."""
    extra = "Fecha de nacimiento (customer.metafields.facts.birth_date)"
    found = recognise(_file(tmp_path, f"{CUSTOMERS.strip()},{extra}\n".encode()))
    assert found.unused_columns == (extra,)


@pytest.mark.parametrize(
    ("encoding", "text", "found"),
    [
        ("utf-8", "Zoë Łucja 愛", "utf-8"),
        ("utf-8-sig", "Zoë", "utf-8-sig"),
        ("utf-16", "Zoë", "utf-16"),
        ("utf-16-le", "Zoë", "utf-16-le"),
        ("cp1252", "Zoë Élodie “Ana” José", "cp1252"),
        ("latin-1", "Zoë Élodie José", "cp1252"),
        ("cp1251", "Анна Иванова Екатерина Петрова Москва", "cp1251"),
    ],
)
def test_names_are_read_in_the_encoding_they_are_in(tmp_path: Path, encoding: str, text: str, found: str) -> None:
    """Zoë would be called ZoÃ« ever after."""
    content = (CUSTOMERS + f"{text},Ruiz,ana@example.com,yes\n" * 3).encode(encoding)
    assert recognise(_file(tmp_path, content)).encoding == found


def test_other_encodings_are_offered(tmp_path: Path) -> None:
    """A wrong guess could not be put right in the preview."""
    path = _file(tmp_path, (CUSTOMERS + "Łucja,Wiśniewska,l@example.com,no\n").encode("cp1250"))
    found = recognise(path)
    assert len(found.encodings) > 1
    assert recognise(path, encoding="cp1250").encoding == "cp1250"


def test_a_file_cut_off_inside_a_letter_is_still_utf8(tmp_path: Path) -> None:
    """One lost byte at the end would garble every name in the list."""
    content = (CUSTOMERS + "Zoë,Ruiz,zoe@example.com,yes\nChloë").encode()[:-1]
    assert recognise(_file(tmp_path, content)).encoding == "utf-8"


def _zip(folder: Path) -> Path:
    path = folder / "bomb.csv"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("file.csv", b"0" * 5_000_000)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"a,b,c\n1,2,3\n", "no format"),
        (b"a,b,c\n1,2,3\n", "the header name,email,phone is enough"),
        (b"First Name,Last Name\n", "lacks columns of Shopify customers: Email, Accepts Email Marketing"),
        (b"First Name,Last Name\n", "the header name,email,phone is enough"),
        (
            b"Customer ID,First Name,Last Name,Email,Phone,Default Address City,Total Spent,Total Orders,Note,Tags,"
            b"Default Address Company,Default Address Address1\n",
            "lacks columns of Shopify customers",
        ),
        (b"Name,Email,Created at,Lineitem name,Lineitem price\n", "lacks columns of Shopify orders"),
        (b'[{"kind": "hearted"}]', "one JSON list"),
        (b'{"kind": "hearted"}\n', "lacks columns of Activity"),
        (b"\xff\xfe\x00\xdca\x00", "begins as utf-16"),
        (b'"First Name,Last Name\n', "no format"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    """She would see a traceback, or nothing at all."""
    with pytest.raises(BadFile) as refused:
        recognise(_file(tmp_path, content))
    assert said in str(refused.value)


def test_a_zip_file_is_not_unpacked(tmp_path: Path) -> None:
    """A small file that unpacks to a huge one would freeze the desk."""
    with pytest.raises(BadFile, match=r"zip archive or an Excel workbook.*Export it as CSV"):
        recognise(_zip(tmp_path))


def test_a_file_too_large_and_a_folder_and_no_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk would hang on a film that was chosen by mistake."""
    monkeypatch.setattr(recognising, "LARGEST", 100)
    for path in (_file(tmp_path, CUSTOMERS.encode() * 9), tmp_path, tmp_path / "none.csv", Path("a\x00b")):
        with pytest.raises(BadFile):
            recognise(path)


@pytest.mark.parametrize(
    "said", [{"format": "xyz"}, {"encoding": "xyz"}, {"encoding": "zlib"}, {"encoding": "ascii"}, {"delimiter": "ab"}]
)
def test_what_the_rep_says_of_a_file_is_checked(tmp_path: Path, said: dict[str, str]) -> None:
    """A mistyped option would be a traceback."""
    with pytest.raises(BadFile):
        recognise(_file(tmp_path, (CUSTOMERS + "Zoë,,,\n").encode()), **said)


OWN = [known for known in EXPORTS if known.table is not None and not known.read_back]


@pytest.mark.parametrize("known", OWN, ids=lambda known: known.name)
def test_an_own_list_that_is_not_taken_in_is_named(tmp_path: Path, known: Export) -> None:
    """She would be told to export her opt-outs "again with all columns" from Klaviyo, where they never were."""
    for columns in (known.columns, [column.replace("_", " ") for column in known.columns]):
        for said in ({}, {"format": "clients"}):
            with pytest.raises(BadFile, match="is stylistdesk's own list") as raised:
                recognise(_file(tmp_path, (",".join(columns) + "\n").encode(), f"{known.name}.csv"), **said)
            assert f"“{known.label}”" in raised.value.reason and "desk.json" in str(raised.value.hint)


def test_the_list_of_contacts_is_none_of_clients_though_she_took_columns_out(tmp_path: Path) -> None:
    """Ana would be called by the name of her sister, who is one of her contacts."""
    header = b"client,name,title,email,phone,email_status,email_consent\n"
    with pytest.raises(BadFile, match="own list “contacts”") as raised:
        recognise(_file(tmp_path, header))
    assert "--format clients" in str(raised.value.hint)
    assert recognise(_file(tmp_path, header.removeprefix(b"client,"))).format == "clients"


def test_a_format_may_be_named_as_one_says_it(tmp_path: Path) -> None:
    """ "shopify-customers" would not be found for want of an underscore."""
    path = _file(tmp_path, CUSTOMERS.encode())
    assert recognise(path, format="Shopify-Customers").format == "shopify_customers"
    with pytest.raises(BadFile, match="lacks columns of CSAT"):
        recognise(path, format="csat")


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", CUSTOMERS.encode(), b"\xff\xfe", b"\xef\xbb\xbf", b'{"kind":', b"PK"]),
)
def test_no_bytes_are_a_traceback(tmp_path_factory: pytest.TempPathFactory, content: bytes, before: bytes) -> None:
    """A damaged download would close the desk."""
    path = _file(tmp_path_factory.getbasetemp(), before + content, "random.csv")
    try:
        recognise(path)
    except BadFile as refused:
        assert str(refused)


@pytest.mark.parametrize(
    "header",
    ["first name,last name,email,phone", "NAME;E-Mail;Mobile", "name\ttel", "Full Name,mail,status,city,notes",
     "Surname,Telephone"],
)  # fmt: skip
def test_a_plain_list_is_known_by_the_usual_names_of_columns(tmp_path: Path, header: str) -> None:
    """Her own list was called a Shopify file with columns missing."""
    assert recognise(_file(tmp_path, f"{header}\n".encode())).format == "plain_list"


def test_every_other_format_goes_before_a_plain_list(tmp_path: Path) -> None:
    """A shop's file would lose its consents and addresses."""
    assert recognise(_file(tmp_path, CUSTOMERS.encode())).format == "shopify_customers"
    for header in ("name,email,phone,other_emails", "Name,Email Address,OPTIN_TIME", "Email,Name,Klaviyo ID"):
        assert recognise(_file(tmp_path, f"{header}\n".encode())).format != "plain_list"
