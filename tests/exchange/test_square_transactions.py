"""Square's transactions: payments and refunds, joined by Transaction ID."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.db.tables import CardPayment, Client, ClientExternalId, GiftCertificate, Order, OrderLine, Signal
from stylistdesk.exchange.moments import day, moment, zone_named
from tests.helpers import dump

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
HEADER = (
    "Date", "Time", "Time Zone", "Gross Sales", "Discounts", "Service Charges", "Net Sales", "Gift Card Sales", "Tax",
    "Tip", "Partial Refunds", "Total Collected", "Source", "Card", "Cash", "Fees", "Transaction ID", "Payment ID",
    "Card Brand", "PAN Suffix", "Description", "Event Type", "Customer ID", "Customer Name", "Customer Reference ID",
    "Transaction Status",
)  # fmt: skip
PAID = {
    "Date": "09/13/2026", "Time": "10:02:11", "Time Zone": "Eastern Time (US & Canada)", "Gross Sales": "$1,285.00",
    "Discounts": "-$45.00", "Service Charges": "$0.00", "Net Sales": "$1,240.00", "Gift Card Sales": "$0.00",
    "Tax": "$99.20", "Tip": "$20.00", "Partial Refunds": "$0.00", "Total Collected": "$1,359.20",
    "Source": "Point of Sale", "Card": "$1,359.20", "Cash": "$0.00", "Fees": "-$36.22", "Transaction ID": "TX1",
    "Payment ID": "PAY1", "Card Brand": "Visa", "PAN Suffix": "4242", "Description": "Coat (S), Scarf x 1",
    "Event Type": "Payment", "Customer ID": "SQ8", "Customer Name": "Pia Lund", "Transaction Status": "Complete",
}  # fmt: skip
BACK = PAID | {
    "Date": "09/20/2026", "Gross Sales": "-$45.00", "Discounts": "$0.00", "Net Sales": "-$45.00", "Tax": "-$3.60",
    "Tip": "$0.00", "Total Collected": "-$48.60", "Card": "-$48.60", "Payment ID": "PAY1R", "Event Type": "Refund",
    "Description": "Scarf x 1", "Customer ID": "", "Customer Name": "",
}  # fmt: skip


def file(*rows: dict[str, str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _cards(bench: Any) -> list[tuple[Any, ...]]:
    return sorted((row.external_id, row.cents, row.brand, row.last_four) for row in bench.all(CardPayment))


def test_a_payment_is_an_order_of_its_goods(bench: Any) -> None:
    """Her tips would earn a commission, or the order be off by the discount."""
    report = bench.take(file(PAID))
    assert report.created == {"client": 1, "order": 1, "card_payment": 1, "signal": 1}
    (order,), (signal,) = bench.all(Order), bench.all(Signal)
    assert (order.subtotal_cents, order.discount_cents, order.tax_cents, order.total_cents) == (
        124_000,
        4_500,
        9_920,
        133_920,
    )
    assert order.placed_at == datetime(2026, 9, 13, 14, 2, 11, tzinfo=UTC)
    assert (order.status, order.source, order.note) == ("shipped", "square", "Coat (S), Scarf x 1")
    assert (signal.item, signal.amount_cents, bench.all(OrderLine)) == ("Coat (S), Scarf x 1", 133_920, [])
    assert _cards(bench) == [("square:PAY1", 133_920, "Visa", "4242")], "without the tip"
    assert bench.all(CardPayment)[0].paid_on == date(2026, 9, 13)


@pytest.mark.parametrize("rows", [(PAID, BACK), (BACK, PAID)])
def test_a_refund_goes_to_its_payment(bench: Any, rows: tuple[dict[str, str], ...]) -> None:
    """Square writes the newest first: the refund would stand before anything that it could be of."""
    bench.take(file(*rows))
    (order,) = bench.all(Order)
    assert (order.refunded_cents, order.total_cents) == (4_860, 133_920)
    assert _cards(bench) == [("square:PAY1", 133_920, "Visa", "4242"), ("square:refund:PAY1R", -4_860, "Visa", "4242")]


def test_refunds_of_later_files_add_up(bench: Any) -> None:
    """The second refund would be lost, or the first count twice."""
    bench.take(file(PAID))
    second = BACK | {
        "Payment ID": "PAY1S",
        "Gross Sales": "-$10.00",
        "Net Sales": "-$10.00",
        "Tax": "$0.00",
        "Card": "-$10.00",
    }
    for rows, refunded in (((BACK,), 4_860), ((second,), 5_860), ((BACK, second), 5_860), ((BACK,), 5_860)):
        bench.take(file(*rows))
        assert [order.refunded_cents for order in bench.all(Order)] == [refunded]
    assert [bench.take(file(*rows)).changes_something for rows in ((PAID,), (second,))] == [False, False]


def test_a_refund_may_name_its_payment_instead(bench: Any) -> None:
    """Some refunds have a transaction of their own."""
    other = BACK | {"Transaction ID": "TX9", "Payment ID": "PAY1"}
    for rows in ((other, PAID), (other,)):
        report = bench.take(file(*rows))
        assert report.refused == ()
        assert [order.refunded_cents for order in bench.all(Order)] == [4_860]
    assert [row[:2] for row in _cards(bench)] == [("square:PAY1", 133_920), ("square:refund:PAY1", -4_860)]
    rest = {"Gross Sales": "-$1,195.00", "Net Sales": "-$1,195.00", "Tax": "-$95.60", "Card": "-$1,290.60"}
    again = BACK | rest | {"Transaction ID": "TX10", "Payment ID": "PAY1S"}
    assert len(bench.take(file(again)).refused) == 1, "of a payment that nobody knows"
    bench.take(file(again | {"Transaction ID": "TX1"}))
    assert (bench.all(Order)[0].refunded_cents, bench.all(Signal)) == (133_920, [])


def test_a_refund_without_its_payment_is_refused(bench: Any) -> None:
    (refused,) = bench.take(file(BACK)).refused
    assert (refused.line, refused.reason) == (
        2,
        "the payment TX1 that was paid back is not in this file and not on the desk; "
        "export Square's transactions from the day of the payment on",
    )
    assert (bench.all(Order), bench.all(Client), bench.all(CardPayment)) == ([], [], [])


@pytest.mark.parametrize("apart", [False, True])
def test_more_paid_back_than_was_paid_is_told(bench: Any, apart: bool) -> None:
    """The order would hold less than nothing, or the rest be gone without a word."""
    more = BACK | {"Gross Sales": "-$1,500.00", "Net Sales": "-$1,500.00", "Tax": "$0.00", "Card": "-$1,500.00"}
    first = bench.take(file(PAID)) if apart else None
    report = bench.take(file(more) if apart else file(PAID, more))
    assert bench.all(Order)[0].refunded_cents == 133_920
    text = "order TX1: $1,500 was paid back, more than it came to; $1,339.20 of it was taken as refunded"
    assert [notice.line for notice in report.notices if notice.text == text] == [2 if apart else 3]
    assert first is None or first.notices == ()


@pytest.mark.parametrize("event", ["Chargeback", "Dispute won"])
def test_what_is_neither_a_payment_nor_a_refund_is_refused_and_the_sale_stays(bench: Any, event: str) -> None:
    """Money that the bank took back would be a second sale, and earn a commission."""
    odd = BACK | {"Event Type": event, "Gross Sales": "$45.00", "Payment ID": "PAY1C"}
    report = bench.take(file(PAID, odd, odd | {"Transaction ID": "TX2"}))
    assert [(row.line, f"its Event Type is “{event}”, neither" in row.reason) for row in report.refused] == [
        (3, True),
        (4, True),
    ]
    assert [order.total_cents for order in bench.all(Order)] == [133_920]
    bench.take(file(PAID | {"Transaction ID": "TX3", "Payment ID": "PAY3", "Event Type": ""}))
    assert len(bench.all(Order)) == 2


def test_all_of_it_paid_back_is_nothing_to_thank_for(bench: Any) -> None:
    bench.take(file(PAID))
    whole = BACK | {"Gross Sales": "-$1,240.00", "Net Sales": "-$1,240.00", "Tax": "-$99.20", "Card": "-$1,339.20"}
    bench.take(file(whole))
    assert (bench.all(Order)[0].refunded_cents, bench.all(Signal)) == (133_920, [])


def test_a_gift_card_that_was_sold_is_told_and_is_no_merchandise(bench: Any) -> None:
    """It would count for an event, and a certificate stand there whose number nobody knows."""
    mixed = PAID | {"Gift Card Sales": "$50.00", "Total Collected": "$1,409.20", "Card": "$1,409.20"}
    alone = mixed | {
        "Transaction ID": "TX2", "Payment ID": "PAY2", "Gross Sales": "$0.00", "Discounts": "$0.00",
        "Net Sales": "$0.00", "Tax": "$0.00", "Card": "$50.00",
    }  # fmt: skip
    report = bench.take(file(mixed, alone))
    assert (report.created["order"], report.refused) == (1, ())
    assert (bench.all(Order)[0].total_cents, bench.all(GiftCertificate)) == (133_920, [])
    assert [row[:2] for row in _cards(bench)] == [("square:PAY1", 133_920)]
    told = [(notice.line, notice.text) for notice in report.notices]
    assert [line for line, _ in told] == [2, 3]
    assert all("a gift card of $50 was sold; it is no merchandise and was left out" in text for _, text in told)


@pytest.mark.parametrize(
    ("said", "cards", "told"),
    [
        ({}, [("Visa", "4242")], ""),
        ({"PAN Suffix": "'0042"}, [("Visa", "0042")], ""),
        ({"PAN Suffix": "4111111111114242"}, [("Visa", "4242")], "more than the last four digits"),
        ({"PAN Suffix": "**** **** **** 4242"}, [("Visa", "4242")], "more than the last four digits"),
        ({"PAN Suffix": "4111111111114242"}, [("Visa", "4242")], "of a card; only these were kept"),
        ({"PAN Suffix": "42"}, [("Visa", "")], "is not the last four digits"),
        ({"PAN Suffix": "**** **42"}, [("Visa", "")], "is not the last four digits"),
        ({"PAN Suffix": "4242, 5454", "Card Brand": "Visa, Mastercard"}, [("Visa, Mastercard", "")], "2 cards paid"),
        ({"Card": "$0.00", "Cash": "$1,359.20", "Card Brand": "", "PAN Suffix": ""}, [], ""),
    ],
)
def test_of_a_card_only_the_last_four_digits_are_kept(
    bench: Any, said: dict[str, str], cards: list[tuple[str, str]], told: str
) -> None:
    """A whole card number on the desk would be a matter for the police."""
    report = bench.take(file(PAID | said))
    assert [(brand, last_four) for _, _, brand, last_four in _cards(bench)] == cards
    texts = [notice.text for notice in report.notices]
    assert bool(texts) is bool(told)
    assert told in "".join(texts)
    assert "4111" not in str(dump(bench.desk)) + "".join(texts)


def test_a_sale_without_a_customer_is_refused_with_what_to_do(bench: Any) -> None:
    """It can be put under nobody, and would be a client called nothing."""
    nobody = {"Customer ID": "", "Customer Name": "", "Transaction ID": "TX2", "Payment ID": "PAY2"}
    report = bench.take(file(PAID, PAID | nobody))
    (refused,) = report.refused
    assert refused.line == 3
    assert (
        "no customer stands on it, so it can be put under nobody; add the customer to the sale in Square"
        in refused.reason
    )
    assert len(bench.all(Order)) == 1


def test_a_customer_is_known_by_either_id(bench: Any) -> None:
    """The clients of the directory would be there a second time."""
    bench.take((SAMPLES / "square_customers.csv").read_bytes())
    clients = len(bench.all(Client))
    by_reference = {"Customer ID": "", "Customer Name": "P. S.", "Customer Reference ID": "R-104"}
    for count, said in enumerate(
        ({"Customer ID": "SQ8F2A"}, by_reference, {"Customer ID": "", "Customer Name": "Sunniva"})
    ):
        report = bench.take(file(PAID | {"Transaction ID": f"T{count}", "Payment ID": f"P{count}"} | said))
        assert report.refused == ()
    assert len(bench.all(Client)) == clients
    assert {row.client_id for row in bench.all(Order)} == {1, 3}


def test_a_new_customer_is_known_again_by_her_id(bench: Any) -> None:
    bench.take(file(PAID))
    bench.take(file(PAID | {"Transaction ID": "TX2", "Payment ID": "PAY2", "Customer Name": "Pia Lund-Berg"}))
    assert [(row.source, row.external_id) for row in bench.all(ClientExternalId)] == [("square", "SQ8")]
    assert len(bench.all(Client)) == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"Transaction Status": "Failed"}, "its status is Failed, so nothing was sold"),
        ({"Date": "31/12/2026"}, "is not a date, the month first"),
        ({"Time": "25:00:00"}, "“25:00:00” is not a time"),
        ({"Gross Sales": "a lot"}, "is not an amount of money"),
        ({"Transaction ID": ""}, "the row has no order number (Transaction ID)"),
        ({"Gross Sales": "-$5.00", "Discounts": "$0.00"}, "its payment is below zero"),
    ],
)
def test_what_cannot_be_read_is_refused_by_line(bench: Any, said: dict[str, str], reason: str) -> None:
    (refused,) = bench.take(file(PAID | said)).refused
    assert (refused.line, reason in refused.reason) == (2, True)


def test_what_was_ordered_online_is_not_yet_sent(bench: Any) -> None:
    bench.take(file(PAID | {"Source": "Square Online"}))
    assert [order.status for order in bench.all(Order)] == ["placed"]


def test_a_zone_that_nobody_knows_is_told_once(bench: Any) -> None:
    """Every sale of the file would be hours off without a word."""
    odd = {"Time Zone": "Middle of Nowhere"}
    report = bench.take(file(PAID | odd, PAID | odd | {"Transaction ID": "TX2", "Payment ID": "PAY2"}))
    assert [notice.text for notice in report.notices] == [
        "the time zone “Middle of Nowhere” is not known; times are taken as on the desk"
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Eastern Time (US & Canada)", "America/New_York"), ("Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("Arizona", "America/Phoenix"), ("London", "Europe/London"), ("Europe/Paris", "Europe/Paris"),
        ("Tokyo", "Asia/Tokyo"), ("UTC", "UTC"), ("../../etc/passwd", ""), ("", ""),
    ],
)  # fmt: skip
def test_names_of_zones(name: str, key: str) -> None:
    found = zone_named(name)
    assert (found.key if found else "") == key


def test_days_and_times_as_shops_write_them() -> None:
    zone = zone_named("Eastern Time (US & Canada)")
    assert zone is not None
    assert {day(text) for text in ("09/03/26", "9/3/2026", "2026-09-03")} == {date(2026, 9, 3)}
    noon = datetime(2026, 9, 3, 16, 30, tzinfo=UTC)
    assert {moment("09/03/26", text, zone) for text in ("12:30:00", "12:30 PM", "12:30:00 pm")} == {noon}
    assert moment("09/03/26", "12:05 AM", zone) == datetime(2026, 9, 3, 4, 5, tzinfo=UTC)


def test_the_sample_is_undone_as_one(bench: Any) -> None:
    before = dump(bench.desk)
    bench.take((SAMPLES / "square_transactions.csv").read_bytes())
    after = dump(bench.desk)
    bench.desk.undo()
    assert dump(bench.desk) == before
    bench.desk.redo()
    assert dump(bench.desk) == after
