"""The sample files are what real ones are, and tell one story."""

import csv
import json
import re
from collections import defaultdict
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

import phonenumbers
import pytest

from stylistdesk.demo.catalogue import CATALOGUE
from stylistdesk.demo.world import World
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, SignalKind

Row = dict[str, str]
Files = dict[str, list[Row]]

HEADERS = {
    "shopify_customers.csv": (
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
        "Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,"
        "Default Address Country Code,Default Address Zip,Default Address Phone,Phone,"
        "Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags"
    ),
    "shopify_orders.csv": (
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,"
        "Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
        "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
        "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
        "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
        "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
        "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
        "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
        "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,"
        "Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,"
        "Payment ID,Payment Terms Name,Next Payment Due At,Payment References"
    ),
    "activity-earlier.csv": (
        "external_id,occurred_at,client_email,client_phone,client_name,kind,lookbook,item,brand,amount,currency,"
        "comment,url"
    ),
    "hq_assignments.csv": (
        "external_id,client_email,client_phone,client_name,type,consultation_at,look_review_at,status,hq_notes,"
        "parent_external_id"
    ),
    "style_quizzes.csv": "client_email,taken_at,spending_power,question,answer",
    "brands.csv": "brand,default_rate,note,client_email,client_phone,client_name,status,brand_number",
    "commission_rates.csv": (
        "scope,brand,client_email,client_phone,client_name,order_number,rate,starts_on,ends_on,note"
    ),
    "csat.csv": "external_id,client_email,assignment_external_id,responded_at,score,comment,nps",
}


HEADERS["shopify_customers-trunk_show.csv"] = HEADERS["shopify_customers.csv"]
HEADERS["shopify_orders-earlier.csv"] = HEADERS["shopify_orders.csv"]


@pytest.mark.parametrize("name", HEADERS)
def test_columns_are_the_documented_ones_and_no_row_is_ragged(folder: Path, name: str) -> None:
    with (folder / name).open(encoding="utf-8-sig", newline="") as handle:
        table = list(csv.reader(handle, strict=True))
    assert table[0] == HEADERS[name].split(",")
    assert {len(row) for row in table} == {len(table[0])}


def test_json_lines_use_the_same_words(folder: Path) -> None:
    for line in (folder / "activity-since.jsonl").read_text("utf-8").splitlines():
        assert set(json.loads(line)) <= set(HEADERS["activity-earlier.csv"].split(","))


def test_every_file_is_told_in_the_readme(folder: Path) -> None:
    told = (folder / "README.md").read_text("utf-8")
    files = [file.name for file in folder.rglob("*") if file.is_file() and file.name != "README.md"]
    assert [name for name in files if f"`{name}`" not in told] == []


def test_every_address_and_number_is_made_up(folder: Path) -> None:
    for file in filter(Path.is_file, folder.rglob("*")):
        words = file.read_text("utf-8-sig")
        assert set(re.findall(r"[\w.'+-]+@([\w.-]+)", words)) <= {"example.com"}
        assert set(re.findall(r"https?://([\w.-]+)", words)) <= {"looks.example.com"}
        numbers = re.findall(r"\+1\d{10}\b", words)
        assert all(re.fullmatch(r"\+1\d{3}55501\d\d", number) for number in numbers)
        assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in set(numbers))


def test_clients_are_known_by_their_own_address_and_number(rows: Files) -> None:
    clients = rows["shopify_customers.csv"]
    emails = [row["Email"] for row in clients if row["Email"]]
    phones = [row["Phone"] for row in clients]
    assert len(clients) == 42
    assert len(set(emails)) == len(emails) == 41
    assert len(set(phones)) == len(phones)
    assert sum(bool(row["Default Address Company"]) for row in clients) == 4


def test_every_row_is_of_a_known_client(rows: Files, signals: list[Row]) -> None:
    known = {row["Email"] for row in rows["shopify_customers.csv"]} - {""}
    numbers = {row["Phone"].lstrip("'") for row in rows["shopify_customers.csv"]}
    named = [row["Email"].casefold() for row in rows["shopify_orders.csv"]]
    for name in ("hq_assignments.csv", "style_quizzes.csv", "csat.csv"):
        named += [row["client_email"] for row in rows[name]]
    named += [row.get("client_email", "") for row in signals]
    assert set(named) - {""} <= known
    for row in signals:
        assert row.get("client_email") or row["client_phone"] in numbers
    for row in rows["shopify_orders.csv"]:
        assert row["Email"] or not row["Total"] or row["Phone"] in numbers


def test_every_item_is_in_the_catalogue_at_its_price(rows: Files, signals: list[Row]) -> None:
    by_name = {item.name: item for item in CATALOGUE}
    by_sku = {item.sku: item for item in CATALOGUE}
    for row in signals:
        if row.get("brand"):
            item = by_name.get(row["item"]) or by_name[row["item"].rpartition(", ")[0]]
            assert row["brand"] == item.brand
            assert row.get("amount", "") in ("", f"{item.price_cents / 100:.2f}")
    for row in rows["shopify_orders.csv"]:
        item = by_sku["-".join(row["Lineitem sku"].split("-")[:2])]
        assert (row["Lineitem name"].partition(" - ")[0], row["Vendor"]) == (item.name, item.brand)
        assert float(row["Lineitem price"]) * 100 == item.price_cents / (2 if row["Lineitem compare at price"] else 1)


def test_every_order_adds_up(rows: Files) -> None:
    lines = defaultdict(list)
    for row in rows["shopify_orders.csv"]:
        lines[row["Name"]].append(row)
    for order in lines.values():
        first = next(row for row in order if row["Total"])
        assert [row for row in order if row["Total"]] == [first]
        goods = sum(_cents(row["Lineitem price"]) * int(row["Lineitem quantity"]) for row in order)
        assert _cents(first["Subtotal"]) == goods - _cents(first["Discount Amount"])
        assert _cents(first["Taxes"]) == _cents(first["Tax 1 Value"]) + _cents(first["Tax 2 Value"])
        parts = ("Subtotal", "Shipping", "Taxes")
        assert _cents(first["Total"]) == sum(_cents(first[part]) for part in parts)


def test_the_earlier_orders_are_what_the_shop_knew_then(rows: Files) -> None:
    now, then = rows["shopify_orders.csv"], rows["shopify_orders-earlier.csv"]
    assert {row["Name"] for row in now} - {row["Name"] for row in then} == {"#1042"}
    by_line = {(row["Name"], row["Lineitem sku"]): row for row in now}
    changed = [row for row in then if row != by_line[row["Name"], row["Lineitem sku"]]]
    assert [(row["Name"], row["Fulfillment Status"]) for row in changed] == [("#1040", "unfulfilled")]


def test_what_was_received_was_bought_before(rows: Files, signals: list[Row]) -> None:
    bought = defaultdict(list)
    for row in rows["shopify_orders.csv"]:
        bought[row["Email"], row["Lineitem name"].replace(" - ", ", ")].append(_at(row["Created at"]))
    for row in signals:
        if row["kind"] in ("received", "returned"):
            placed = bought[row["client_email"], row["item"]]
            assert placed and min(placed) < _at(row["occurred_at"])


def test_every_lookbook_was_delivered_before_anyone_looked_at_it(rows: Files, signals: list[Row]) -> None:
    first_look: dict[tuple[str, str], datetime] = {}
    for row in signals:
        if row.get("lookbook"):
            key = row["client_email"], row["lookbook"]
            first_look[key] = min(first_look.get(key, _at(row["occurred_at"])), _at(row["occurred_at"]))
    delivered = defaultdict(list)
    for row in rows["hq_assignments.csv"]:
        if row["status"] in ("Delivered", "Closed"):
            delivered[row["client_email"]].append(_at(row["look_review_at"]))
    for (email, title), at in first_look.items():
        titles = sorted({other for (who, other) in first_look if who == email})
        assert len(titles) <= len(delivered[email]), title
        assert any(0 <= (at - review).total_seconds() < 86_400 for review in delivered[email]), (email, title)


def test_assignments_keep_the_rules_of_their_types(rows: Files) -> None:
    by_id = {row["external_id"]: row for row in rows["hq_assignments.csv"]}
    had_a_lookbook: set[str] = set()
    for row in sorted(by_id.values(), key=lambda row: row["consultation_at"] or "9"):
        kind = AssignmentType(row["type"])
        status = AssignmentStatus(row["status"].lower().replace(" ", "_").replace("-", "_"))
        if kind is AssignmentType.REVISION:
            parent = by_id[row["parent_external_id"]]
            assert (parent["client_email"], parent["status"]) == (row["client_email"], "Delivered")
            continue
        assert (kind is AssignmentType.RECURRING) == (row["client_email"] in had_a_lookbook), row
        if status in (AssignmentStatus.DELIVERED, AssignmentStatus.CLOSED):
            had_a_lookbook.add(row["client_email"])
    for row in rows["csat.csv"]:
        assert by_id[row["assignment_external_id"]]["client_email"] == row["client_email"]


def test_all_that_happened_lies_before_the_reference_instant(rows: Files, signals: list[Row], world: World) -> None:
    happened = [_at(row["occurred_at"]) for row in signals]
    happened += [_at(row["Created at"]) for row in rows["shopify_orders.csv"]]
    happened += [_at(row["taken_at"]) for row in rows["style_quizzes.csv"]]
    happened += [_at(row["responded_at"]) for row in rows["csat.csv"]]
    assert max(happened) < world.reference
    assert {row["kind"] for row in signals} == set(SignalKind) - {SignalKind.CHECKED_OUT}
    earlier = [_at(row["occurred_at"]) for row in rows["activity-earlier.csv"]]
    since = [_at(row["occurred_at"]) for row in rows["activity-since.jsonl"]]
    assert earlier == sorted(earlier)
    assert sum(at < max(earlier) for at in since) == 1, "one signal of an old date is recorded late"


def test_the_people_at_the_top_are_as_drawn(rows: Files, world: World) -> None:
    placed = defaultdict(list)
    for row in rows["shopify_orders.csv"]:
        if row["Total"]:
            placed[row["Email"]].append((_at(row["Created at"]), _cents(row["Total"]), row["Name"]))
    ana, cleo, ines = (placed[f"{name}@example.com"] for name in ("ana.ruiz", "cleo.marsh", "ines.duarte"))
    assert (len(ana), sum(cents for _, cents, _ in ana), max(ana)[0].date().isoformat()) == (6, 1_440_00, "2026-10-12")
    assert [(cents, number) for _, cents, number in cleo] == [(312_00, "#1042")]
    days = sorted(at.date() for at, _, _ in ines)
    assert (world.reference.date() - days[-1]).days == 71
    assert median((later - earlier).days for earlier, later in pairwise(days)) == 34


def _at(words: str) -> datetime:
    at = datetime.fromisoformat(words)
    assert at.tzinfo is not None, words
    return at


def _cents(words: str) -> int:
    return round(float(words or "0") * 100)
